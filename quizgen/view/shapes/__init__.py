"""How each answer shape is put into words: one module a shape, found by looking.

Options, choices and steps go by letter, the prompts of a match by number, as they are printed and typed.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cache
from typing import Any, ClassVar, Generic, Literal, TypeVar

from msgspec import Struct

from quizgen.language import Text, message
from quizgen.registry import modules_in
from quizgen.shapes import Answer, Response, Shape
from quizgen.view.text import shown

A = TypeVar("A", bound=Shape)


class Part(Struct, frozen=True):
    """One part of a question or an answer: what it is called (``b``, ``1``, ``1b``, or "") and its text."""

    name: str
    text: str


class ReviewedPart(Struct, frozen=True):
    """One part of an answer beside the right one.

    ``status`` is how it stands: ``right``, ``wrong``, or ``open`` where it tells nothing. ``notes`` say what
    it is ("right answer", "your answer b"). Where it has no name it has a ``label`` ("Right answer:").
    ``answers`` is false for an option that is neither right nor chosen.
    """

    name: str
    text: str
    status: Literal["right", "wrong", "open"] = "open"
    notes: tuple[str, ...] = ()
    label: str = ""
    answers: bool = True


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
    views = [module.VIEW for module in modules_in(__name__, __path__)]
    return {view.shape: view for view in views}


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
    answer: Shape, place: int, key: int, response: Response, part: Part, language: str
) -> ReviewedPart:
    """Review one ``part`` of an answer in which every place has a letter, with what was said in its place."""
    given = indices(response)
    mine = given[place] if place < len(given) else key
    right = bool(given) and mine == key
    return ReviewedPart(
        name=part.name,
        text=part.text,
        status="open" if response is None else "right" if right else "wrong",
        notes=(f"{message(language, 'app.mine')} {answer.label(mine)}",) if mine != key else (),
    )
