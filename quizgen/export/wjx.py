"""A quiz as the text that Wenjuanxing (问卷星) imports as an exam: a title, then block by block.

A block has a line with number, question and kind, a line for each option, and one each for the right answer and the
explanation. Its words are Chinese whatever the language of the quiz, since the importer goes by them.
"""

from collections.abc import Iterator
from string import ascii_uppercase
from typing import Any

from quizgen.export.format import Format
from quizgen.export.words import QuestionRecord, explanation, in_a_line, texts_of
from quizgen.text.messages import Message, text

_KINDS = {"several": "多选题", "truth": "判断题"}
_ONE, _BLANK = "单选题", "填空题"
_RIGHT, _WHY = "正确答案：", "答案解析："
_OR = "|"


def _refuses(question: QuestionRecord, language: str) -> Iterator[Message]:
    if question["answer"]["type"] not in ("choose", "fill"):
        yield text("export.no-kind", kind=question["kind"])
        return
    if any("\n" in words for words in texts_of(question, language)):
        yield text("export.line-break")
    if any(_OR in words for words in question["answer"].get("accept", ())):
        yield text("export.holds-mark", mark=_OR)


def _question(number: int, question: QuestionRecord, language: str) -> str:
    answer = question["answer"]
    if answer["type"] == "fill":
        kind, options, right = _BLANK, [], _OR.join(answer["accept"])
    else:
        kind = _KINDS.get(answer["style"], _ONE)
        options = [
            f"{letter}. {words}" for letter, words in zip(ascii_uppercase, answer["options"], strict=False)
        ]
        right = "".join(ascii_uppercase[key] for key in answer["keys"])
    why = " ".join(explanation(question, language))
    lines = [f"{number}. {in_a_line(question, language)}[{kind}]", *options, _RIGHT + right, _WHY + why]
    return "\n".join(lines) + "\n"


def _write(quiz: dict[str, Any]) -> bytes:
    blocks = (
        _question(number, question, quiz["language"])
        for number, question in enumerate(quiz["questions"], start=1)
    )
    return "\n".join([f"{quiz['title']}\n", *blocks]).encode()


FORMAT = Format(name="wjx", suffix=".txt", takes="quiz", write=_write, refuses=_refuses)
