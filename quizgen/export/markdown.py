"""A quiz as Markdown (CommonMark): each question under a heading, with its answer and the reasons below it."""

import re
from collections.abc import Iterator
from string import ascii_lowercase

from quizgen.export.format import Format
from quizgen.export.records import QuizExport
from quizgen.export.words import below_stem, exhibit_lines, explanation, letters_of
from quizgen.text.languages import locale
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

_ANYWHERE = re.compile(r"[\\`*_\[\]<>&#|~!]")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)


def _written(words: str) -> str:
    """Escape what Markdown reads as its own; a line feed is a hard break."""
    escaped = _ANYWHERE.sub(lambda found: f"\\{found[0]}", words.strip("\n"))
    return _AT_START.sub(_plain_start, escaped).replace("\n", "\\\n")


def _plain_start(found: re.Match[str]) -> str:
    """Escape a mark of a list; of a numbered one, what stands behind its number."""
    blanks, mark = found.groups()
    return f"{blanks}{mark}\\" if mark.isdigit() else f"{blanks}\\{mark}"


def _item(mark: str, words: str) -> str:
    """Write an item of a list, its further lines below its first."""
    return mark + _written(words).replace("\n", "\n" + " " * len(mark))


def _blocks(number: int, question: QuestionView) -> Iterator[str]:
    yield f"## {number}. {question.id}"
    if lines := exhibit_lines(question):
        yield "\n>\n".join("> " + _written(line).replace("\n", "\n> ") for line in lines)
    yield _written(question.stem)
    if question.prompts:
        yield "\n".join(_item(f"{prompt.name}. ", prompt.text) for prompt in question.prompts)
    if texts := below_stem(question):
        yield "\n".join(
            _item("- ", f"{letter}. {words}") for letter, words in zip(ascii_lowercase, texts, strict=False)
        )
    right = locale(question.language).semicolon.join(question.accepted) or letters_of(question)
    label = _("Right answer:").translated(question.language)
    yield f"**{_written(label)}** {_written(right)}"
    yield from map(_written, explanation(question))


def _write(quiz: QuizExport) -> bytes:
    blocks = [f"# {_written(quiz.title)}"]
    for number, question in enumerate(quiz.questions, start=1):
        blocks += _blocks(number, question)
    return ("\n\n".join(blocks) + "\n").encode()


FORMAT = Format(name="markdown", suffix=".md", takes="quiz", write=_write)
