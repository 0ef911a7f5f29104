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
    # An answer without a tilde that has an arrow is a pair.
    taken = question["answer"].get("accept", ())
    if any("->" in words for words in [*taken, *(side for pair in _pairs(question) for side in pair)]):
        yield text("export.holds-mark", mark="->")


def _answers(question: QuestionRecord) -> list[str]:
    """Write the answers, a line each."""
    answer = question["answer"]
    if answer["type"] == "fill":
        # In a short answer an asterisk stands for any words.
        return [f"=%100%{_begun(words.replace('*', chr(92) + '*'))}" for words in answer["accept"]]
    if pairs := _pairs(question):
        return [f"={_begun(left)} -> {_written(right)}" for left, right in pairs]
    keys = answer["keys"]
    if answer["style"] == "several":
        signs = [f"~%{share(index, keys)}%" for index in range(len(answer["options"]))]
    else:
        signs = ["=" if index in keys else "~" for index in range(len(answer["options"]))]
    return [sign + _begun(option) for sign, option in zip(signs, answer["options"], strict=True)]


def _begun(words: str) -> str:
    """Escape a text whose beginning might be read as a weight or as the name of a form of text."""
    return ("[plain]" if words.startswith(("%", "[")) else "") + _written(words)


def _question(question: QuestionRecord, language: str) -> str:
    asked = "\n".join([*exhibit_lines(question), *([""] if question["exhibit"] else ()), question["stem"]])
    told = "\n".join(explanation(question, language))
    truth = truth_of(question)
    answers = "\n".join(["", *_answers(question), ""]) if truth is None else str(truth).upper()
    return (
        f"// [id:{question['id']}] {' '.join(f'[tag:{tag}]' for tag in tags_of(question, language))}\n"
        f"::{question['id']}::[plain]{_written(asked)} {{{answers}####{_begun(told)}\n}}"
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
