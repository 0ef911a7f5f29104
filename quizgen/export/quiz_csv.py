"""A quiz as CSV: a row for each question, with a column for each prompt, each option and each answer of a blank.

``exhibit`` has a line for each line of it.
"""

from string import ascii_lowercase
from typing import Any, NamedTuple

from quizgen.export.format import Format, csv_bytes, safe_cell
from quizgen.export.words import QuestionRecord, below_stem, exhibit_lines, letters_of, reasons, source_lines

_ABOUT = ("id", "language", "topic", "kind", "level", "difficulty", "audience")
_LATTER = ("key", "rationale", "advice", "source")


class _Columns(NamedTuple):
    """How many columns there are of each sort: as many as the question that has most of it needs."""

    prompts: int
    options: int
    accept: int

    def heads(self) -> list[str]:
        return [
            *(f"prompt_{number}" for number in range(1, self.prompts + 1)),
            *(f"option_{letter}" for letter in ascii_lowercase[: self.options]),
            *(f"accept_{number}" for number in range(1, self.accept + 1)),
        ]


def _sorts(question: QuestionRecord) -> tuple[list[str], list[str], list[str]]:
    answer = question["answer"]
    return answer.get("prompts", []), below_stem(question), answer.get("accept", [])


def _write(quiz: dict[str, Any]) -> bytes:
    questions = quiz["questions"]
    most = (max(map(len, texts)) for texts in zip(*map(_sorts, questions), strict=True))
    columns = _Columns(*most)
    heads = [*_ABOUT, "exhibit", "stem", *columns.heads(), *_LATTER]
    return csv_bytes([heads, *(_row(question, quiz["language"], columns) for question in questions)])


def _row(question: QuestionRecord, language: str, columns: _Columns) -> list[str]:
    about = {**question, "language": language}
    cells = ["\n".join(exhibit_lines(question)), question["stem"]]
    for texts, count in zip(_sorts(question), columns, strict=True):
        cells += [*texts, *[""] * (count - len(texts))]
    cells += [
        letters_of(question),
        "\n".join(reasons(question, language)),
        question["advice"],
        "\n".join(source_lines(question, language)),
    ]
    return [*(str(about[name]) for name in _ABOUT), *map(safe_cell, cells)]


FORMAT = Format(name="csv", suffix=".csv", takes="quiz", write=_write)
