"""How each answer shape is put into words: one module a shape, found by looking.

Options, choices and steps go by letter, the prompts of a match by number, as they are printed and typed.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cache
from typing import Any, ClassVar, Generic, Literal, TypeVar

from msgspec import Struct

from quizgen.registry import entries_in
from quizgen.shapes import Answer, Response, Shape
from quizgen.text.languages import Text
from quizgen.text.messages import message
from quizgen.view.text import shown

A = TypeVar("A", bound=Shape)


class Part(Struct, frozen=True):
    """One part of a question or an answer: what it is called (``b``, ``1``, ``1b``, or "") and its text."""

    name: str
    text: str


class ReviewedPart(Struct, frozen=True):
    """One part of an answer beside the right one.

    ``status`` is how it stands: ``right``, ``wrong``, or ``open`` where it tells nothing. ``notes`` say what
    it is ("right answer", "your answer"). Where it has no name it has a ``label`` ("Right answer:").
    ``answers`` is false for an option that is neither right nor chosen. ``given`` is what stood before it
    when it was given: a tick, or a letter. ``compared`` sets what was said in a place beside what is right there.
    """

    name: str
    text: str
    status: Literal["right", "wrong", "open"] = "open"
    notes: tuple[str, ...] = ()
    label: str = ""
    answers: bool = True
    given: str = ""
    compared: str = ""


class ShapeView(ABC, Generic[A]):
    """Puts answers of one shape into words."""

    shape: ClassVar[type[Shape]]

    @abstractmethod
    def hint(self, answer: A) -> str:
        """Name the message that says how it is answered, in the table of each interface."""

    @abstractmethod
    def example(self, answer: A) -> str:
        """Give a reply of this kind that is not the right one, or "" where any would be a hint."""

    @abstractmethod
    def prompts(self, answer: A, language: str) -> tuple[Part, ...]:
        """List what goes by number."""

    @abstractmethod
    def options(self, answer: A, language: str) -> tuple[Part, ...]:
        """List what goes by letter."""

    @abstractmethod
    def key(self, answer: A, language: str) -> tuple[Part, ...]:
        """Give the right answer as it would be typed, with what it stands for."""

    @abstractmethod
    def response(self, answer: A, response: Response, language: str) -> tuple[Part, ...]:
        """Repeat a response in full; a skip has no part."""

    @abstractmethod
    def review(self, answer: A, response: Response, language: str) -> tuple[ReviewedPart, ...]:
        """Set a response beside the right one."""


@cache
def _registry() -> dict[type[Shape], ShapeView[Any]]:
    return entries_in(__name__, __path__, "VIEW", lambda view: view.shape)


def shape_view(answer: Answer) -> ShapeView[Any]:
    """Find how answers of this shape are put into words."""
    return _registry()[type(answer)]


def lettered(answer: Shape, texts: Iterable[Text], language: str) -> tuple[Part, ...]:
    """Name texts by letter."""
    return tuple(Part(answer.label(index), shown(text, language)) for index, text in enumerate(texts))


def indices(response: Response) -> tuple[int, ...]:
    """Give a response of indices; none of a skip, or of words."""
    return response if isinstance(response, tuple) else ()


def different_from(key: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Give as many different indices below ``count``, not in the key's order; there are two at least."""
    turned = tuple((place + 1) % count for place in range(len(key)))
    return turned if turned != key else tuple(range(len(key)))


def placed(
    name: str, whole: str, mine: Part | None, right: str, language: str, *, of: str = ""
) -> ReviewedPart:
    """Review one place of an answer that is given place by place.

    ``mine`` is what was put there, or ``None`` of a skip; ``right`` the text that belongs there, and ``whole`` how the
    right place reads. ``of`` is what the place is of: a prompt.
    """
    given = f" {mine.name if mine else '_'} " if of else ""
    if mine is None or mine.text == right:
        return ReviewedPart(name, whole, "open" if mine is None else "right", given=given)
    compared = message(language, "take.compared", mine=_bare(mine.text), right=_bare(right))
    return ReviewedPart(name, of or compared, "wrong", given=given, compared=compared if of else "")


def _bare(text: str) -> str:
    """Give a sentence without the full stop that its place in another brings along."""
    return text.rstrip(".。")
