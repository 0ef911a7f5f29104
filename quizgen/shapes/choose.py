"""A choice of options."""

from collections.abc import Iterator, Mapping
from functools import cache
from math import factorial
from typing import Literal, Self

from msgspec.structs import replace

from quizgen.permutations import permutation_at, permutation_index, shuffled
from quizgen.shapes.shape import AnswerForm, Mark, Orders, Response, Shape, parse_indices, parse_letters
from quizgen.text.languages import LANGUAGES, Text, locale
from quizgen.text.normalise import normalise

_SIDES = {"truth": ("true", "false"), "verdict": ("genuine", "scam")}
"""The fields of :class:`~quizgen.text.languages.Locale` with the words for both options of a style."""


class Choose(Shape, frozen=True, tag="choose", omit_defaults=True):
    """Options to choose from. In the styles ``one`` and ``several`` they are shuffled.

    The other styles have a fixed order: a ``truth`` (true and false, with the letters t and f), a ``verdict``
    (genuine and a scam) and a ``line`` of an exhibit.

    ``keys`` are ascending indices into ``options``; the order of a response does not matter. A mark has a part for
    each option: whether it was rightly chosen or rightly left out. If the options are lines, ``numbers`` are the
    numbers of these lines.
    """

    options: tuple[Text, ...]
    keys: tuple[int, ...]
    style: Literal["one", "several", "truth", "verdict", "line"]
    numbers: tuple[int, ...] = ()

    @property
    def has_fixed_order(self) -> bool:
        """Whether the options have a fixed order."""
        return self.style not in ("one", "several")

    @property
    def is_two_sided(self) -> bool:
        """Whether this is a truth or a verdict, which always have the same two options."""
        return self.style in _SIDES

    @property
    def form(self) -> AnswerForm:
        """Options with letters, unless their order is fixed."""
        return "lines" if self.numbers else "sides" if self.has_fixed_order else "choose"

    @property
    def hint(self) -> str:
        """A hint for each style: one letter, several, t or f, a verdict, or the number of a line."""
        return f"hint-{self.style}"

    def example(self) -> str:
        """Return a reply with two options, if several may be chosen."""
        if not self.allows_several:
            return ""
        return self.write((0, 2) if self.keys == (0, 1) else (0, 1))

    @property
    def lettered_texts(self) -> tuple[Text, ...]:
        """The options."""
        return self.options

    @property
    def allows_several(self) -> bool:
        """Whether the style is ``several``."""
        return self.style == "several"

    @property
    def judges_exhibit(self) -> bool:
        """Whether the options are verdicts or lines."""
        return self.style in ("verdict", "line")

    @property
    def is_verdict(self) -> bool:
        """Whether the style is ``verdict``."""
        return self.style == "verdict"

    @property
    def line_numbers(self) -> tuple[int, ...]:
        """The numbers of the lines that are the options."""
        return self.numbers

    def solution_lines(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Return the options, with an asterisk for the right ones."""
        for index, option in enumerate(self.options):
            yield "*" if index in self.keys else "-", (option,)

    def key_texts(self) -> Iterator[Text]:
        """Return the keys, unless the order is fixed: then many questions have the same options."""
        return iter(()) if self.has_fixed_order else super().key_texts()

    @property
    def truth_value(self) -> bool | None:
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
        """Parse letters or digits, or a word for true, false, genuine or a scam. A digit may be the number of a line."""
        count = len(self.options)
        words = _replies(self.style)
        if self.is_two_sided:  # a printed letter wins over a word of some language
            words = {**words, **{self.label(index): index for index in range(count)}}
        if line in words:
            return (words[line],)
        # A digit for each line: an exhibit has at most eight (``Exhibit`` in bank/written.py).
        digits = "".join(map(str, self.numbers)) or "123456789"[:count]
        chosen = parse_indices(line, digits) or parse_letters(line, count)
        if not chosen or (len(chosen) > 1 and not self.allows_several):
            return None
        return tuple(sorted(set(chosen)))

    def label(self, index: int) -> str:
        """Return the letter of an option."""
        return "tf"[index] if self.style == "truth" else super().label(index)

    @property
    def key_position_count(self) -> int:
        """The number of options if exactly one is right."""
        return len(self.options) if self.style == "one" else 0

    def draw_orders(self, *seed: object) -> Orders:
        """Shuffle the options, unless their order is fixed."""
        return () if self.has_fixed_order else (tuple(shuffled(range(len(self.options)), *seed)),)

    def with_key_at(self, orders: Orders, position: int) -> Orders:
        """Move the only key to a position."""
        order = [index for index in orders[0] if index != self.keys[0]]
        order.insert(position, self.keys[0])
        return (tuple(order),)

    def arranged(self, orders: Orders) -> Self:
        """Return the choice with its options in the given order."""
        if not orders:
            return self
        (order,) = orders
        keys = tuple(sorted(order.index(key) for key in self.keys))
        return replace(self, options=tuple(self.options[index] for index in order), keys=keys)

    @property
    def order_count(self) -> int:
        """The number of orders of the options."""
        return 1 if self.has_fixed_order else factorial(len(self.options))

    def order_index(self, orders: Orders) -> int:
        """Return the index of the order of the options."""
        return permutation_index(orders[0]) if orders else 0

    def order_at(self, index: int) -> Orders:
        """Return the order of the options with this index."""
        return () if self.has_fixed_order else (tuple(permutation_at(index, len(self.options))),)


@cache
def _replies(style: str) -> Mapping[str, int]:
    """Return the words for both options of a truth or a verdict, in every language, normalised as the parser does."""
    return {
        normalise(word, only_letters_and_digits=True): index
        for index, side in enumerate(_SIDES.get(style, ()))
        for language in LANGUAGES
        for word in getattr(locale(language), side)
    }


SHAPE = Choose
