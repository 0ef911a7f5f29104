"""The answer shape ``Choose``: options to choose from."""

from collections.abc import Iterator, Mapping
from functools import cache
from math import factorial
from typing import Literal, Self, TypeAlias

from msgspec.structs import replace

from quizgen.permutations import permutation_at, permutation_index, shuffled
from quizgen.shapes.shape import (
    AnswerForm,
    AnswerShape,
    Correctness,
    Orders,
    Response,
    parse_indices,
    parse_letters,
)
from quizgen.text.languages import LANGUAGES, Text, locale
from quizgen.text.normalise import normalise

_SIDES = {"truth": ("true", "false"), "verdict": ("genuine", "scam")}
"""The fields of :class:`~quizgen.text.languages.Locale` with the words that people may type for each of the two options."""


ChoiceStyle: TypeAlias = Literal["one", "several", "truth", "verdict", "line"]


class Choose(AnswerShape, frozen=True, tag="choose", omit_defaults=True):
    """Options to choose from; ``keys`` are the indices of the correct ones, in ascending order.

    The ``style`` says what the options are: ``one`` or ``several`` may be chosen and are shuffled. The
    other styles have a fixed order: ``truth`` has the options true and false, ``verdict`` genuine and a
    scam, and ``line`` has lines of an exhibit. Then ``numbers`` are the numbers of these lines.

    The order of indices in a response does not matter. A marked response has a part for each option,
    which is right if a correct option was chosen or a wrong one was not.
    """

    options: tuple[Text, ...]
    keys: tuple[int, ...]
    style: ChoiceStyle
    numbers: tuple[int, ...] = ()

    @property
    def has_fixed_order(self) -> bool:
        """Whether the options are never shuffled."""
        return self.style not in ("one", "several")

    @property
    def has_two_fixed_options(self) -> bool:
        """Whether the options are true and false, or genuine and a scam."""
        return self.style in _SIDES

    @property
    def answer_form(self) -> AnswerForm:
        """What is printed below the stem.

        That is options with letters, two fixed options, or nothing if the options are lines of the
        exhibit.
        """
        return "lines" if self.numbers else "sides" if self.has_fixed_order else "choose"

    @property
    def hint_id(self) -> str:
        """The id of the hint for this style, such as ``hint-one``."""
        return f"hint-{self.style}"

    def example_reply(self) -> str:
        """Return a wrong reply with two options, if several can be chosen."""
        if not self.allows_several_options:
            return ""
        return self.format_reply((0, 2) if self.keys == (0, 1) else (0, 1))

    @property
    def lettered_texts(self) -> tuple[Text, ...]:
        """The options."""
        return self.options

    @property
    def allows_several_options(self) -> bool:
        """Whether a person can choose several options."""
        return self.style == "several"

    @property
    def is_about_exhibit(self) -> bool:
        """Whether the options are genuine and a scam, or lines of an exhibit."""
        return self.style in ("verdict", "line")

    @property
    def is_genuine_or_scam_choice(self) -> bool:
        """Whether the options are genuine and a scam."""
        return self.style == "verdict"

    @property
    def option_line_numbers(self) -> tuple[int, ...]:
        """The numbers of the exhibit's lines that are the options; empty if the options are not lines."""
        return self.numbers

    def solution_lines(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Yield the options: "*" before a correct one, "-" before a wrong one."""
        for index, option in enumerate(self.options):
            yield "*" if index in self.keys else "-", (option,)

    def correct_texts(self) -> Iterator[Text]:
        """Yield the correct options, but none if the order is fixed.

        Many questions have the same fixed options, so these say nothing about a single one.
        """
        return iter(()) if self.has_fixed_order else super().correct_texts()

    @property
    def truth_value(self) -> bool | None:
        """Whether the statement is true; ``None`` if the options are not true and false."""
        return self.keys == (0,) if self.style == "truth" else None

    def correct_response(self, _language: str) -> Response:
        """Return the indices of the correct options."""
        return self.keys

    def mark_response(self, response: Response) -> Correctness:
        """Mark each option: right if it is correct and chosen, or wrong and not chosen."""
        chosen = response if isinstance(response, tuple) else ()
        parts = tuple((index in chosen) == (index in self.keys) for index in range(len(self.options)))
        return Correctness(right=set(chosen) == set(self.keys), parts=parts)

    def parse_reply(self, line: str) -> Response:
        """Parse letters or digits, or a word such as "true" or "scam".

        If the options are lines, a digit is the number of a line.
        """
        count = len(self.options)
        words = _fixed_option_words(self.style)
        if self.has_two_fixed_options:  # a printed letter wins over a word of some language
            words = {**words, **{self.option_letter(index): index for index in range(count)}}
        if line in words:
            return (words[line],)
        numbers = [str(number) for number in self.numbers or range(1, count + 1)]
        if line in numbers:  # a line of a long exhibit can have a number of two digits
            return (numbers.index(line),)
        chosen = parse_indices(line, numbers) or parse_letters(line, count)
        if not chosen or (len(chosen) > 1 and not self.allows_several_options):
            return None
        return tuple(sorted(set(chosen)))

    def option_letter(self, index: int) -> str:
        """Return the letter of an option: t and f for true and false."""
        return "tf"[index] if self.style == "truth" else super().option_letter(index)

    @property
    def correct_position_count(self) -> int:
        """The number of options if exactly one is correct, otherwise 0."""
        return len(self.options) if self.style == "one" else 0

    def draw_random_orders(self, *seed_parts: object) -> Orders:
        """Shuffle the options, unless their order is fixed."""
        return () if self.has_fixed_order else (tuple(shuffled(range(len(self.options)), *seed_parts)),)

    def with_correct_option_at(self, orders: Orders, position: int) -> Orders:
        """Return these orders with the only correct option moved to a position."""
        order = [index for index in orders[0] if index != self.keys[0]]
        order.insert(position, self.keys[0])
        return (tuple(order),)

    def with_orders(self, orders: Orders) -> Self:
        """Return the same answer with its options in this order."""
        if not orders:
            return self
        (order,) = orders
        keys = tuple(sorted(order.index(key) for key in self.keys))
        return replace(self, options=tuple(self.options[index] for index in order), keys=keys)

    @property
    def order_count(self) -> int:
        """The number of orders that the options can be printed in."""
        return 1 if self.has_fixed_order else factorial(len(self.options))

    def index_of_orders(self, orders: Orders) -> int:
        """Return the index of an order of the options. The inverse of ``orders_at_index``."""
        return permutation_index(orders[0]) if orders else 0

    def orders_at_index(self, index: int) -> Orders:
        """Return the order of the options that has this index."""
        return () if self.has_fixed_order else (tuple(permutation_at(index, len(self.options))),)


@cache
def _fixed_option_words(style: str) -> Mapping[str, int]:
    """Map each word that people can type for one of two fixed options to that option's index.

    The words of all languages count. They are normalised in the same way as typed replies.
    """
    return {
        normalise(word, only_letters_and_digits=True): index
        for index, side in enumerate(_SIDES.get(style, ()))
        for language in LANGUAGES
        for word in getattr(locale(language), side)
    }


SHAPE = Choose
