"""What every answer shape can do."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import ClassVar, NamedTuple, Self, TypeAlias

from msgspec import Struct, StructMeta

from quizgen.text.languages import Text

Response: TypeAlias = tuple[int, ...] | str | None
"""What a person answered, in printed indices or in words, as the shape says; ``None`` is a skip."""

Orders: TypeAlias = tuple[tuple[int, ...], ...]
"""The printed order of each list below a stem that is shuffled, as indices into the authored one."""


class Mark(Struct, frozen=True):
    """Whether a response is right, and which of its parts are, as its shape tells them."""

    right: bool
    parts: tuple[bool, ...] = ()


class Digit(NamedTuple):
    """Which of so many ways to print something, from 0."""

    value: int
    radix: int


class _AbstractStruct(StructMeta, ABCMeta):
    """The metaclass of a struct that may have abstract methods."""


class Shape(Struct, frozen=True, metaclass=_AbstractStruct):
    """An answer: what is right, and what there is to choose from. As loaded in authored order, in a quiz as printed."""

    takes_words: ClassVar[bool] = False
    """Whether the response is words, in place of indices."""

    counts_parts: ClassVar[bool] = False
    """Whether so many of the parts being right is worth telling where the whole is wrong."""

    @abstractmethod
    def groups(self) -> tuple[tuple[Text, ...], ...]:
        """Texts that stand side by side below the stem, group by group."""

    @abstractmethod
    def listed(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Give the answer with its solution, line by line: a sign, and texts that belong together.

        The sign is an asterisk for what is right, a hyphen for what is not, or a place in an order.
        """

    def key_texts(self) -> Iterator[Text]:
        """Give what is right, each as a text; nothing where its words alone do not tell it, as with an order."""
        for sign, texts in self.listed():
            if sign == "*":
                yield {tag: " ".join(text.get(tag, "") for text in texts) for tag in texts[0]}

    @property
    def truth(self) -> bool | None:
        """Whether the stem, a statement, is true; ``None`` where it is no statement."""
        return None

    # Marking.

    @abstractmethod
    def solution(self, language: str) -> Response:
        """Give the right response; of words, the best in a language."""

    @abstractmethod
    def mark(self, response: Response) -> Mark:
        """Mark a response: right if the whole of it is. A skip, or a response of another shape, is wrong."""

    # Replies. Options, choices and steps are known by letter, prompts by number, as they are printed.

    @abstractmethod
    def parse(self, line: str) -> Response:
        """Read a typed line, leniently; ``None`` is not understood.

        Where the response is indices, all but letters and digits is gone from the line, and case with it.
        """

    def write(self, response: Response) -> str:
        """Write a response as it is typed: ``b``, ``a c``, ``t``, ``1b 2a``, ``c a b`` or words; "" for a skip."""
        if response is None or isinstance(response, str):
            return response or ""
        return " ".join(map(self.label, response))

    def write_solution(self, language: str) -> str:
        """Write the right response; for words, the best in a language."""
        return self.write(self.solution(language))

    def label(self, index: int) -> str:
        """Give the letter by which an option, a choice or a step is known."""
        return ascii_lowercase[index]

    @property
    def line_numbers(self) -> tuple[int, ...]:
        """Numbers of the lines of the exhibit that there are to choose from; none where it asks for no line."""
        return ()

    # Printed orders. Those that would print the solution itself do not count as orders where it could be seen.

    @property
    def key_places(self) -> int:
        """Among how many places the key is dealt evenly over a quiz; 0 where it has no place of its own."""
        return 0

    @abstractmethod
    def drawn_orders(self, *seed: object, key_place: int | None = None) -> Orders:
        """Draw a printed order, from the parts of a seed; ``key_place`` is where the key is to stand."""

    @abstractmethod
    def arranged(self, orders: Orders) -> Self:
        """Give the answer in a printed order."""

    @property
    @abstractmethod
    def permutations(self) -> int:
        """How many printed orders there are."""

    @abstractmethod
    def digits(self, orders: Orders) -> list[Digit]:
        """Say which of its printed orders one is: the digits of a number, their radices' product ``permutations``."""

    @abstractmethod
    def orders_of(self, values: Iterator[int]) -> Orders:
        """Give the printed order with these digits; takes as many values as there are."""


def indices(bare: str, names: Sequence[str]) -> tuple[int, ...] | None:
    """Look each character up among the names; ``None`` if there is none, or one that is no name."""
    if not bare or any(character not in names for character in bare):
        return None
    return tuple(names.index(character) for character in bare)


def letters(bare: str, count: int) -> tuple[int, ...] | None:
    """Read letters below a count; ``None`` for anything else."""
    return indices(bare, ascii_lowercase[:count])


def mark_each(key: tuple[int, ...], response: Response) -> Mark:
    """Mark place by place."""
    given = response if isinstance(response, tuple) and len(response) == len(key) else ()
    parts = tuple(index < len(given) and given[index] == right for index, right in enumerate(key))
    return Mark(right=response == key, parts=parts)
