"""A quiz as Aiken: a line for the question, one for each option, and one for the answer.

It holds choices with one right answer, and nothing but them: https://docs.moodle.org/en/Aiken_format.
"""

import re
from collections.abc import Iterator
from string import ascii_uppercase
from typing import Any

from quizgen.export.format import Format
from quizgen.export.words import QuestionRecord, in_a_line
from quizgen.language import Message, text

_READ_OTHERWISE = re.compile(r"[A-Z][.)]|ANSWER:")
"""How a line begins that Aiken does not take for a question."""


def _refuses(question: QuestionRecord, language: str) -> Iterator[Message]:
    answer = question["answer"]
    if answer["type"] != "choose":
        yield text("export.no-kind", kind=question["kind"])
        return
    if len(answer["keys"]) > 1:
        yield text("export.one-key", count=len(answer["keys"]))
    asked = in_a_line(question, language)
    if any("\n" in line for line in (asked, *answer["options"])):
        yield text("export.line-break")
    if found := _READ_OTHERWISE.match(asked):
        yield text("export.begins-so", words=found[0])


def _question(question: QuestionRecord, language: str) -> str:
    answer = question["answer"]
    options = zip(ascii_uppercase, answer["options"], strict=False)
    lines = [
        in_a_line(question, language),
        *(f"{letter}. {option}" for letter, option in options),
        f"ANSWER: {ascii_uppercase[answer['keys'][0]]}",
    ]
    return "\n".join(lines) + "\n"


def _write(quiz: dict[str, Any]) -> bytes:
    return "\n".join(_question(question, quiz["language"]) for question in quiz["questions"]).encode()


FORMAT = Format(name="aiken", suffix=".txt", takes="quiz", write=_write, refuses=_refuses)
