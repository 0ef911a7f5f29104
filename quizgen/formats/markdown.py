"""Export a quiz as Markdown (CommonMark): each question with a heading, its right answer and the reasons."""

import re
from collections.abc import Iterator
from string import ascii_lowercase

from quizgen.formats.format import Format
from quizgen.formats.question_texts import (
    exhibit_lines,
    explanation_lines,
    option_texts,
    right_answer_letters,
)
from quizgen.formats.records import QuizExport
from quizgen.text.languages import locale
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

_SPECIAL = re.compile(r"[\\`*_\[\]<>&#|~!]")
_SPECIAL_AT_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)


def _escape(text: str) -> str:
    """Escape characters that have a meaning in Markdown; a line feed becomes a hard line break."""
    escaped = _SPECIAL.sub(lambda match: f"\\{match[0]}", text.strip("\n"))
    return _SPECIAL_AT_START.sub(_escape_list_marker, escaped).replace("\n", "\\\n")


def _escape_list_marker(match: re.Match[str]) -> str:
    """Escape the start of a line that would begin a list item, such as ``-`` or ``1.``."""
    blanks, mark = match.groups()
    return f"{blanks}{mark}\\" if mark.isdigit() else f"{blanks}\\{mark}"


def _list_item(marker: str, text: str) -> str:
    """Return a list item, its further lines indented like the first."""
    return marker + _escape(text).replace("\n", "\n" + " " * len(marker))


def _question_blocks(number: int, question: QuestionView) -> Iterator[str]:
    yield f"## {number}. {question.id}"
    if lines := exhibit_lines(question):
        yield "\n>\n".join("> " + _escape(line).replace("\n", "\n> ") for line in lines)
    yield _escape(question.stem)
    if question.prompts:
        yield "\n".join(_list_item(f"{prompt.name}. ", prompt.text) for prompt in question.prompts)
    if texts := option_texts(question):
        yield "\n".join(
            _list_item("- ", f"{letter}. {words}")
            for letter, words in zip(ascii_lowercase, texts, strict=False)
        )
    right = locale(question.language).semicolon.join(question.accepted_wordings) or right_answer_letters(
        question
    )
    label = _("Right answer:").translated(question.language)
    yield f"**{_escape(label)}** {_escape(right)}"
    yield from map(_escape, explanation_lines(question))


def _quiz_to_markdown(quiz: QuizExport) -> bytes:
    blocks = [f"# {_escape(quiz.title)}"]
    for number, question in enumerate(quiz.questions, start=1):
        blocks += _question_blocks(number, question)
    return ("\n\n".join(blocks) + "\n").encode()


FORMAT = Format(
    name="markdown", suffix=".md", subject="quiz", meaning=_("text with headings"), write=_quiz_to_markdown
)
