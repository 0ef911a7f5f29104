"""A quiz as CSV: a row for each question, with a column for each option.

``exhibit`` has a line for each line of it; ``prompts`` and ``accept`` (the answers that a blank takes) have a line
for each of them too.
"""

from collections.abc import Iterator
from string import ascii_lowercase
from typing import Any

from quizgen.export.format import Format, csv_bytes, safe_cell
from quizgen.export.words import QuestionRecord, below_stem, exhibit_lines, letters_of, reasons, source_lines

_ABOUT = ("id", "language", "topic", "kind", "level", "difficulty", "audience")
_FEWEST_OPTIONS = 4


def _write(quiz: dict[str, Any]) -> bytes:
    questions = quiz["questions"]
    options = max(_FEWEST_OPTIONS, *(len(below_stem(question)) for question in questions))
    return csv_bytes(
        [
            [*_ABOUT, "exhibit", "stem", "prompts", *(f"option_{letter}" for letter in ascii_lowercase[:options]),
             "accept", "key", "rationale", "advice", "source"],
            *(list(_row(question, quiz["language"], options)) for question in questions),
        ]
    )  # fmt: skip


def _row(question: QuestionRecord, language: str, options: int) -> Iterator[str]:
    about = {**question, "language": language}
    texts = below_stem(question)
    answer = question["answer"]
    yield from (str(about[name]) for name in _ABOUT)
    cells = [
        "\n".join(exhibit_lines(question)),
        question["stem"],
        "\n".join(f"{place}. {prompt}" for place, prompt in enumerate(answer.get("prompts", ()), start=1)),
        *texts,
        *[""] * (options - len(texts)),
        "\n".join(answer.get("accept", ())),
        letters_of(question),
        "\n".join(reasons(question, language)),
        question["advice"],
        "\n".join(source_lines(question, language)),
    ]
    yield from map(safe_cell, cells)


FORMAT = Format(name="csv", suffix=".csv", takes="quiz", write=_write)
