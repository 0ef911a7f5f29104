"""A quiz as Aiken: a line for the question, one for each option, and one for the answer.

It holds choices with one right answer, and nothing but them: https://docs.moodle.org/en/Aiken_format.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from string import ascii_uppercase

from quizgen.author.plain_question import PlainQuestion
from quizgen.export.format import Format
from quizgen.export.reading import (
    Reading,
    UntakenError,
    are_truth,
    choose,
    gathered,
    one_line,
    text_of,
    truth,
    without_blank,
)
from quizgen.export.records import QuizExport
from quizgen.export.words import in_a_line
from quizgen.text.messages import Message, _
from quizgen.view.question import QuestionView

_READ_OTHERWISE = re.compile(r"[A-Z][.)]|ANSWER:")
"""How a line begins that Aiken does not take for a question."""

_OPTION = re.compile(r"([A-Z])[.)]\s*(.+)")
_ANSWER = re.compile(r"ANSWER\s*[:：]\s*([A-Za-z])[.)]?")


def _refuses(question: QuestionView) -> Iterator[Message]:
    if not question.is_choice:
        yield _("it has no place for questions of the kind {kind}", kind=question.question.kind)
        return
    if len(question.key_indices) > 1:
        yield _("it takes one right answer, and here are {count}", count=len(question.key_indices))
    asked = in_a_line(question)
    if any("\n" in line for line in (asked, *(option.text for option in question.options))):
        yield _("a text in it has a line break")
    if found := _READ_OTHERWISE.match(asked):
        yield _("a line of it would begin with `{words}`, which means something else there", words=found[0])


def _question(question: QuestionView) -> str:
    options = zip(ascii_uppercase, question.options, strict=False)
    lines = [
        in_a_line(question),
        *(f"{letter}. {option.text}" for letter, option in options),
        f"ANSWER: {ascii_uppercase[question.key_indices[0]]}",
    ]
    return "\n".join(lines) + "\n"


def _write(quiz: QuizExport) -> bytes:
    return "\n".join(map(_question, quiz.questions)).encode()


def _read(data: bytes, language: str, name: str) -> Reading:
    """Read questions; one of several lines is one all the same."""

    def found() -> Iterator[tuple[int, Callable[[], PlainQuestion]]]:
        asked: list[str] = []
        options: list[tuple[str, str]] = []
        line = 0
        for number, row in enumerate([*text_of(data, name).split("\n"), ""], start=1):
            words = row.strip()
            answer = _ANSWER.fullmatch(words)
            option = _OPTION.fullmatch(words)
            if answer or (options and not option and words):
                yield (
                    line or number,
                    partial(_taken, line or number, asked, options, answer[1] if answer else "", language),
                )
                asked, options, line = [], [], 0
                if answer:
                    continue
            if option and asked:
                options.append((option[1], option[2]))
            elif words:
                asked.append(words)
                line = line or number
        if asked or options:
            yield line, partial(_taken, line, asked, options, "", language)

    return gathered(found(), name)


def _taken(
    line: int, asked: list[str], options: list[tuple[str, str]], key: str, language: str
) -> PlainQuestion:
    if not key or not asked or not options:
        raise UntakenError(_("question, options or answer are missing"))
    if key.upper() not in [letter for letter, _ in options]:
        raise UntakenError(_("its answer {asked!r} is none of its options", asked=key))
    words = [words for _, words in options]
    answer = (
        truth(true=key.upper() == "A")
        if are_truth(words)
        else choose(
            [(each, 100.0 * (letter == key.upper())) for letter, each in options], language, several=False
        )
    )
    return PlainQuestion(line, without_blank(one_line("\n".join(asked))), answer)


FORMAT = Format(name="aiken", suffix=".txt", takes="quiz", write=_write, refuses=_refuses, read=_read)
