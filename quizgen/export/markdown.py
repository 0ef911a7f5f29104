"""A quiz as Markdown (CommonMark): each question under a heading, with its answer and the reasons below it."""

import re
from collections.abc import Iterator
from string import ascii_lowercase

from quizgen.export.format import Format
from quizgen.export.records import QuizExport
from quizgen.export.words import exhibit_lines, explanation, key_letters_of, option_texts
from quizgen.text.languages import locale
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

_SPECIAL = re.compile(r"[\\`*_\[\]<>&#|~!]")
_SPECIAL_AT_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)


def _escape(words: str) -> str:
    """Escape characters with a meaning in Markdown; a line feed becomes a hard line break."""
    escaped = _SPECIAL.sub(lambda match: f"\\{match[0]}", words.strip("\n"))
    return _SPECIAL_AT_START.sub(_escape_start, escaped).replace("\n", "\\\n")


def _escape_start(match: re.Match[str]) -> str:
    """Escape the bullet of a list item, or the sign after its number."""
    blanks, mark = match.groups()
    return f"{blanks}{mark}\\" if mark.isdigit() else f"{blanks}\\{mark}"


def _item(mark: str, words: str) -> str:
    """Write a list item, with its other lines indented below the first."""
    return mark + _escape(words).replace("\n", "\n" + " " * len(mark))


def _blocks(number: int, question: QuestionView) -> Iterator[str]:
    yield f"## {number}. {question.id}"
    if lines := exhibit_lines(question):
        yield "\n>\n".join("> " + _escape(line).replace("\n", "\n> ") for line in lines)
    yield _escape(question.stem)
    if question.prompts:
        yield "\n".join(_item(f"{prompt.name}. ", prompt.text) for prompt in question.prompts)
    if texts := option_texts(question):
        yield "\n".join(
            _item("- ", f"{letter}. {words}") for letter, words in zip(ascii_lowercase, texts, strict=False)
        )
    right = locale(question.language).semicolon.join(question.accepted) or key_letters_of(question)
    label = _("Right answer:").translated(question.language)
    yield f"**{_escape(label)}** {_escape(right)}"
    yield from map(_escape, explanation(question))


def _write(quiz: QuizExport) -> bytes:
    blocks = [f"# {_escape(quiz.title)}"]
    for number, question in enumerate(quiz.questions, start=1):
        blocks += _blocks(number, question)
    return ("\n\n".join(blocks) + "\n").encode()


FORMAT = Format(name="markdown", suffix=".md", takes="quiz", write=_write)
