"""Options to choose from."""

from collections.abc import Iterator, Mapping
from functools import cache
from math import factorial
from typing import Literal, Self

from msgspec.structs import replace

from quizgen.permutations import permutation_at, permutation_index, shuffled
from quizgen.shapes.shape import AnswerForm, Mark, Orders, Response, Shape, indices, letters
from quizgen.text.languages import LANGUAGES, Text, locale
from quizgen.text.normalise import normalise

_SIDES = {"truth": ("true", "false"), "verdict": ("genuine", "scam")}
"""What the two options of a style are called in :class:`~quizgen.text.languages.Locale`."""


class Choose(Shape, frozen=True, tag="choose", omit_defaults=True):
    """Options to choose from: ``one`` or ``several`` are right, and they are shuffled.

    Options of three other styles have an order of their own: a ``truth`` (true and false, known as t and f), a ``verdict``
    (genuine and a scam) and a ``line`` of an exhibit.

    ``keys`` are ascending indices into ``options``; a response may name them in any order. A mark has a part for each option: whether it was
    rightly ticked or rightly left alone. ``numbers`` are the numbers of the lines, where the options are lines.
    """

    options: tuple[Text, ...]
    keys: tuple[int, ...]
    style: Literal["one", "several", "truth", "verdict", "line"]
    numbers: tuple[int, ...] = ()

    @property
    def fixed(self) -> bool:
        """Whether the options have an order of their own."""
        return self.style not in ("one", "several")

    @property
    def two_sided(self) -> bool:
        """Whether it is a truth or a verdict, whose two options everybody knows."""
        return self.style in _SIDES

    @property
    def form(self) -> AnswerForm:
        """Options with letters, unless they have an order of their own."""
        return "lines" if self.numbers else "sides" if self.fixed else "choose"

    @property
    def hint(self) -> str:
        """One letter, several, t or f, a verdict, or the number of a line."""
        return f"hint-{self.style}"

    def example(self) -> str:
        """Choose two."""
        if not self.allows_several:
            return ""
        return self.write((0, 2) if self.keys == (0, 1) else (0, 1))

    @property
    def lettered(self) -> tuple[Text, ...]:
        """The options."""
        return self.options

    @property
    def allows_several(self) -> bool:
        """Whether its style says so."""
        return self.style == "several"

    @property
    def judges_exhibit(self) -> bool:
        """Whether the options are a verdict, or lines."""
        return self.style in ("verdict", "line")

    @property
    def is_verdict(self) -> bool:
        """Whether its style says so."""
        return self.style == "verdict"

    @property
    def line_numbers(self) -> tuple[int, ...]:
        """The numbers of the lines that the options are."""
        return self.numbers

    def listed(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """List the options, the right ones with an asterisk."""
        for index, option in enumerate(self.options):
            yield "*" if index in self.keys else "-", (option,)

    def key_texts(self) -> Iterator[Text]:
        """Return the keys, unless the options have an order of their own: then their texts are the same in many questions."""
        return iter(()) if self.fixed else super().key_texts()

    @property
    def truth(self) -> bool | None:
        """Whether the statement is true."""
        return self.keys == (0,) if self.style == "truth" else None

    def solution(self, _language: str) -> Response:
        """Return the keys."""
        return self.keys

    def mark(self, response: Response) -> Mark:
        """Mark each option."""
        chosen = response if isinstance(response, tuple) else ()
        parts = tuple((index in chosen) == (index in self.keys) for index in range(len(self.options)))
        return Mark(right=set(chosen) == set(self.keys), parts=parts)

    def parse(self, line: str) -> Response:
        """Read letters or digits, or a word for true or false, genuine or a scam; a digit may be that of a line."""
        count = len(self.options)
        words = _replies(self.style)
        if self.two_sided:  # a letter is what it is on the page, whatever word some language has
            words = {**words, **{self.label(index): index for index in range(count)}}
        if line in words:
            return (words[line],)
        # A digit for each line: an exhibit has at most eight (``Exhibit`` in bank/written.py).
        digits = "".join(map(str, self.numbers)) or "123456789"[:count]
        chosen = indices(line, digits) or letters(line, count)
        if not chosen or (len(chosen) > 1 and not self.allows_several):
            return None
        return tuple(sorted(set(chosen)))

    def label(self, index: int) -> str:
        """Return an option's letter."""
        return "tf"[index] if self.style == "truth" else super().label(index)

    @property
    def key_position_count(self) -> int:
        """A single key is dealt among all places."""
        return len(self.options) if self.style == "one" else 0

    def drawn_orders(self, *seed: object) -> Orders:
        """Shuffle the options, unless they have an order of their own."""
        return () if self.fixed else (tuple(shuffled(range(len(self.options)), *seed)),)

    def with_key_at(self, orders: Orders, place: int) -> Orders:
        """Move the single key."""
        order = [index for index in orders[0] if index != self.keys[0]]
        order.insert(place, self.keys[0])
        return (tuple(order),)

    def arranged(self, orders: Orders) -> Self:
        """Put the options in order."""
        if not orders:
            return self
        (order,) = orders
        keys = tuple(sorted(order.index(key) for key in self.keys))
        return replace(self, options=tuple(self.options[index] for index in order), keys=keys)

    @property
    def permutations(self) -> int:
        """Count the orders of the options."""
        return 1 if self.fixed else factorial(len(self.options))

    def order_index(self, orders: Orders) -> int:
        """Return the number of the order of the options."""
        return permutation_index(orders[0]) if orders else 0

    def order_at(self, index: int) -> Orders:
        """Return the order of the options with this number."""
        return () if self.fixed else (tuple(permutation_at(index, len(self.options))),)


@cache
def _replies(style: str) -> Mapping[str, int]:
    """Return the words for either side of a truth or a verdict, in any language, as the parser leaves them."""
    return {
        normalise(word, only_letters_and_digits=True): index
        for index, side in enumerate(_SIDES.get(style, ()))
        for language in LANGUAGES
        for word in getattr(locale(language), side)
    }


SHAPE = Choose
