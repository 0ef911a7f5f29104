"""The base class of answer shapes: what is right, how replies are read, and in which orders an answer is printed."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import ClassVar, Literal, Self, TypeAlias

from msgspec import Struct, StructMeta

from quizgen.text.languages import FALLBACK, Text

Response: TypeAlias = tuple[int, ...] | str | None
"""What a person answered: indices in printed order, or words, depending on the shape.

The shape decides whether the order of indices matters: it does for steps in order, but not for several options. ``None`` is
a skip when it is marked, and a line that makes no sense when it is parsed.
"""

Orders: TypeAlias = tuple[tuple[int, ...], ...]
"""The printed order of each shuffled list below a stem, as indices into the authored order."""

AnswerForm: TypeAlias = Literal["choose", "sides", "lines", "pairs", "order", "blank"]
"""What is printed below a stem.

In this order: options with letters; the two options of a statement or a verdict; nothing, because the options are lines of
the exhibit; prompts and choices; steps; nothing, because the stem has a blank.
"""


class Mark(Struct, frozen=True):
    """Whether a response is right, and which of its parts are right. The shape defines what the parts are."""

    right: bool
    parts: tuple[bool, ...] = ()


class _AbstractStruct(StructMeta, ABCMeta):
    """A metaclass for structs with abstract methods that subclasses must implement."""


class Shape(Struct, metaclass=_AbstractStruct, frozen=True):
    """An answer: the key and what there is to choose from. As loaded, in authored order; in a quiz, in printed order."""

    takes_words: ClassVar[bool] = False
    """Whether the response is words instead of indices."""

    has_parts: ClassVar[bool] = False
    """Whether a response has a part for each position, so that it can be partly right."""

    # What interfaces show.

    @property
    @abstractmethod
    def form(self) -> AnswerForm:
        """What is printed below the stem."""

    @property
    @abstractmethod
    def hint(self) -> str:
        """The name of the message that says how to answer. Each interface has it in its own table."""

    def example(self) -> str:
        """Return an example of a wrong reply in the right format; "" if any example would give a hint."""
        return ""

    @property
    def numbered_texts(self) -> tuple[Text, ...]:
        """Texts that have numbers: the prompts of pairs."""
        return ()

    @property
    def lettered_texts(self) -> tuple[Text, ...]:
        """Texts that have letters: options, choices or steps."""
        return ()

    def accepted(self, _language: str) -> tuple[str, ...]:
        """Return the wordings that a blank accepts in a language, the best first; empty if there is no blank."""
        return ()

    def groups(self) -> tuple[tuple[Text, ...], ...]:
        """Return the lists of texts below the stem."""
        return tuple(group for group in (self.numbered_texts, self.lettered_texts) if group)

    def key_parts(self) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return the right answer in parts: the name of each part as one types it, and its texts."""
        return self.parts(self.solution(FALLBACK))

    def parts(self, response: Response) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return a response in parts: the name of each part as one types it, and its texts."""
        chosen = response if isinstance(response, tuple) else ()
        return tuple((self.label(index), (self.lettered_texts[index],)) for index in chosen)

    @abstractmethod
    def solution_lines(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Return the answer line by line with the solution: a mark, and texts that belong together.

        The mark is an asterisk for what is right, a hyphen for what is wrong, or a position in an order.
        """

    def key_texts(self) -> Iterator[Text]:
        """Return the texts that are right. There are none if texts alone do not make the answer right, as with an order."""
        for mark, texts in self.solution_lines():
            if mark == "*":
                yield {tag: " ".join(text.get(tag, "") for text in texts) for tag in texts[0]}

    @property
    def truth_value(self) -> bool | None:
        """Whether the stem, a statement, is true; ``None`` if it is not a statement."""
        return None

    @property
    def allows_several(self) -> bool:
        """Whether a person may choose several options."""
        return False

    @property
    def judges_exhibit(self) -> bool:
        """Whether the question asks if the exhibit is genuine, or which of its lines decides that."""
        return False

    @property
    def is_verdict(self) -> bool:
        """Whether the question asks if the exhibit is genuine."""
        return False

    @property
    def line_numbers(self) -> tuple[int, ...]:
        """Numbers of the exhibit's lines that are options; empty if the options are not lines."""
        return ()

    # Marking.

    @abstractmethod
    def solution(self, language: str) -> Response:
        """Return the right response; for a blank, the best wording in a language."""

    @abstractmethod
    def mark(self, response: Response) -> Mark:
        """Mark a response, which is right only as a whole. A skip, or a response of another shape, is wrong."""

    # Replies. Options, choices and steps have letters, prompts have numbers, as printed.

    @abstractmethod
    def parse(self, line: str) -> Response:
        """Parse a reply leniently; return ``None`` if it makes no sense.

        If the response is words, ``line`` is the line as typed. Otherwise it is only its letters and digits, in lower
        case (``screen/answer_parser.py``).
        """

    def write(self, response: Response) -> str:
        """Return a response as one types it: ``b``, ``a c``, ``t``, ``1b 2a``, ``c a b`` or words; "" for a skip."""
        if response is None or isinstance(response, str):
            return response or ""
        return " ".join(map(self.label, response))

    def write_solution(self, language: str) -> str:
        """Return the right response as one types it; for a blank, the best wording in a language."""
        return self.write(self.solution(language))

    def label(self, index: int) -> str:
        """Return the letter of an option, a choice or a step."""
        return ascii_lowercase[index]

    # Printed orders. An order that would show the solution does not count.
    # A shape with nothing to shuffle keeps these defaults.

    @property
    def order_count(self) -> int:
        """The number of printed orders."""
        return 1

    def draw_orders(self, *_seed: object) -> Orders:
        """Draw printed orders with the parts of a seed."""
        return ()

    @property
    def key_position_count(self) -> int:
        """The number of positions over which a quiz spreads keys evenly; 0 if the key has no position."""
        return 0

    def with_key_at(self, orders: Orders, _position: int) -> Orders:
        """Return printed orders in which the key is at a position below ``key_position_count``."""
        return orders

    def arranged(self, _orders: Orders) -> Self:
        """Return the answer in the given printed orders."""
        return self

    def order_index(self, _orders: Orders) -> int:
        """Return the index of printed orders, from 0 to below ``order_count``."""
        return 0

    def order_at(self, _index: int) -> Orders:
        """Return the printed orders with this index."""
        return ()


def parse_indices(reply: str, names: Sequence[str]) -> tuple[int, ...] | None:
    """Return the index of each character among the names; ``None`` for an empty reply or an unknown character."""
    if not reply or any(character not in names for character in reply):
        return None
    return tuple(names.index(character) for character in reply)


def parse_letters(reply: str, count: int) -> tuple[int, ...] | None:
    """Return the index of each letter in a reply; ``None`` if one is not among the first ``count`` letters."""
    return parse_indices(reply, ascii_lowercase[:count])


def mark_by_position(key: tuple[int, ...], response: Response) -> Mark:
    """Mark a response position by position."""
    given = response if isinstance(response, tuple) and len(response) == len(key) else ()
    parts = tuple(index < len(given) and given[index] == right for index, right in enumerate(key))
    return Mark(right=response == key, parts=parts)


def different_indices(key: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Return as many distinct indices below ``count`` as the key has, in another order. ``count`` is at least 2."""
    rotated = tuple((position + 1) % count for position in range(len(key)))
    return rotated if rotated != key else tuple(range(len(key)))
