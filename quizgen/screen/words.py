"""A line as it is said, and the words of a bank made safe to be shown. Pure, and without colour or width."""

import unicodedata
from collections.abc import Iterable
from math import ceil
from string import ascii_lowercase
from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.attempt import Attempt, Score
from quizgen.language import Text, localize
from quizgen.shapes import Answer, Choose

Role: TypeAlias = Literal[
    "title",  # of the quiz
    "head",  # of a part of it
    "question",
    "stem",
    "prompt",
    "option",
    "hint",
    "right",
    "wrong",
    "skipped",
    "reason",
    "source",
    "score",
    "missed",
    "fact",
    "note",
]

_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Line(Struct, frozen=True):
    """One thing that is said. ``label`` stands before the text: an option's letter, or "Why:"."""

    role: Role
    text: str
    label: str = ""

    @property
    def whole(self) -> str:
        """Label and text, with the space between them that the label's script wants."""
        space = "" if not self.label or self.label.endswith("：") else " "
        return f"{self.label}{space}{self.text}"


class Bar(Struct, frozen=True):
    """The score of one topic, by its title."""

    title: str
    score: Score

    @property
    def whole(self) -> str:
        """The bar in words."""
        return f"{self.title} {self.score.right}/{self.score.total}"


def visible(text: str) -> str:
    """Show control and bidi characters as escapes, and any run of spaces as one, so that nothing acts."""
    return "".join(
        ascii(c)[1:-1] if c in _BIDI or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c
        for c in " ".join(text.split())
    )


def visible_typed(typed: str) -> str:
    """Show what is being typed: as :func:`visible`, but with every space that was typed."""
    return "".join(c if c == " " else visible(c) for c in typed)


def shown(text: Text, language: str) -> str:
    """Give a text of a bank as it may be shown."""
    return visible(localize(text, language))


def topic_title(attempt: Attempt, topic: str) -> str:
    """Give the title of a topic."""
    return shown(attempt.quiz.bank.topics[topic].title, attempt.quiz.language)


def clock(seconds: float) -> str:
    """Write seconds as minutes and seconds, the last one counted until it is over."""
    whole = ceil(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def lettered(answer: Answer, texts: Iterable[Text], index: int, language: str) -> Line:
    """Show one option, choice or step, by its letter."""
    names = "tf" if isinstance(answer, Choose) and answer.style == "truth" else ascii_lowercase
    return Line("option", shown(tuple(texts)[index], language), f"{names[index]})")
