"""A quiz as GIFT, Moodle's format of plain text: https://docs.moodle.org/en/GIFT_format.

What GIFT has no kind for goes as one it has: steps to put in order as pairs of a number and a step.
"""

import re
from collections.abc import Iterator
from typing import Any

from quizgen.export.format import Format
from quizgen.export.words import (
    QuestionRecord,
    exhibit_lines,
    explanation,
    key_choices,
    pairs_of,
    share,
    tags_of,
    truth_of,
)
from quizgen.language import Message, text

_SPECIAL = re.compile(r"[\\~=#{}:]")


def _written(words: str) -> str:
    """Escape what GIFT reads as its own, line feeds too, since an empty line would end the question."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", words).replace("\n", "\\n")


def _pairs(question: QuestionRecord) -> list[tuple[str, str]]:
    if question["answer"]["type"] == "order":
        return [(f"{place}.", step) for place, step in enumerate(key_choices(question), start=1)]
    return pairs_of(question)


def _refuses(question: QuestionRecord, _language: str) -> Iterator[Message]:
    if any("->" in words for pair in _pairs(question) for words in pair):
        yield text("export.holds-arrow")


def _answers(question: QuestionRecord) -> list[str]:
    """Write the answers, a line each; a weight goes before a text, since the text may itself begin as one does."""
    answer = question["answer"]
    if answer["type"] == "fill":
        # In a short answer an asterisk stands for any words.
        return [f"=%100%{_written(words.replace('*', chr(92) + '*'))}" for words in answer["accept"]]
    if pairs := _pairs(question):
        return [f"={_written(left)} -> {_written(right)}" for left, right in pairs]
    keys = answer["keys"]
    if answer["style"] == "several":
        return [
            f"~%{share(index, keys)}%{_written(option)}" for index, option in enumerate(answer["options"])
        ]
    return [
        f"=%100%{_written(option)}" if index in keys else f"~%0%{_written(option)}"
        for index, option in enumerate(answer["options"])
    ]


def _question(question: QuestionRecord, language: str) -> str:
    asked = "\n".join([*exhibit_lines(question), *([""] if question["exhibit"] else ()), question["stem"]])
    told = "\n".join(explanation(question, language))
    truth = truth_of(question)
    answers = "\n".join(["", *_answers(question), ""]) if truth is None else str(truth).upper()
    return (
        f"// [id:{question['id']}] {' '.join(f'[tag:{tag}]' for tag in tags_of(question, language))}\n"
        f"::{question['id']}::[plain]{_written(asked)} {{{answers}####{_written(told)}\n}}"
    )


def _write(quiz: dict[str, Any]) -> bytes:
    blocks = []
    topic = None
    for question in quiz["questions"]:
        if question["topic"] != topic:
            topic = question["topic"]
            names = (name.replace("/", "//") for name in (quiz["title"], quiz["topics"][topic]))
            blocks.append("$CATEGORY: " + "/".join(" ".join(name.split()) for name in names))
        blocks.append(_question(question, quiz["language"]))
    return ("\n\n".join(blocks) + "\n").encode()


FORMAT = Format(name="gift", suffix=".gift", takes="quiz", write=_write, refuses=_refuses)
