"""The answer to a question, whatever its shape: what is right, how replies are read, and in which orders it is printed."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import ClassVar, Literal, Self, TypeAlias

from msgspec import Struct, StructMeta

from quizgen.text.languages import FALLBACK, Text

Response: TypeAlias = tuple[int, ...] | str | None
"""What a person answered: indices as printed, or words, as the shape says.

Whether the order of indices matters is for the shape: it does in an order, and not in a choice of several. ``None`` is no
answer: a skip where it is marked, and a line that could not be read where one is parsed.
"""

Orders: TypeAlias = tuple[tuple[int, ...], ...]
"""The printed order of each list below a stem that is shuffled, as indices into the authored one."""

AnswerForm: TypeAlias = Literal["choose", "sides", "lines", "pairs", "order", "blank"]
"""What stands below a stem: options with letters; the two sides of a truth or a verdict; nothing, since lines of the
exhibit are numbered; prompts and choices; steps; nothing, since there is a blank in the stem."""


class Mark(Struct, frozen=True):
    """Whether a response is right, and which of its parts are, as its shape tells them."""

    right: bool
    parts: tuple[bool, ...] = ()


class _AbstractStruct(StructMeta, ABCMeta):
    """Makes structs whose abstract methods must be implemented."""


class Shape(Struct, metaclass=_AbstractStruct, frozen=True):
    """An answer: what is right, and what there is to choose from. As loaded in authored order, in a quiz as printed."""

    takes_words: ClassVar[bool] = False
    """Whether the response is words, in place of indices."""

    counts_parts: ClassVar[bool] = False
    """Whether a response is given place by place, so that it can be partly right."""

    # What is shown.

    @property
    @abstractmethod
    def form(self) -> AnswerForm:
        """What stands below the stem."""

    @property
    @abstractmethod
    def hint(self) -> str:
        """The name of the message that says how to answer, in the table of each interface."""

    def example(self) -> str:
        """Return a reply of this kind that is not the right one, or "" where any would be a hint."""
        return ""

    @property
    def numbered(self) -> tuple[Text, ...]:
        """Texts that are known by number: the prompts of pairs."""
        return ()

    @property
    def lettered(self) -> tuple[Text, ...]:
        """Texts that are known by letter: options, choices or steps."""
        return ()

    def accepted(self, _language: str) -> tuple[str, ...]:
        """Words that a blank takes in a language, the best first; none where there is no blank."""
        return ()

    def groups(self) -> tuple[tuple[Text, ...], ...]:
        """Return the lists of texts that stand below the stem."""
        return tuple(group for group in (self.numbered, self.lettered) if group)

    def key_parts(self) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return the right answer part by part: the name of each as it is typed, and the texts that it consists of."""
        return self.parts(self.solution(FALLBACK))

    def parts(self, response: Response) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return a response part by part: the name of each as it is typed, and the texts that it consists of."""
        chosen = response if isinstance(response, tuple) else ()
        return tuple((self.label(index), (self.lettered[index],)) for index in chosen)

    @abstractmethod
    def listed(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Return the answer with its solution, line by line: a sign, and texts that belong together.

        The sign is an asterisk for what is right, a hyphen for what is not, or a place in an order.
        """

    def key_texts(self) -> Iterator[Text]:
        """Return what is right, each as a text; nothing where its words alone do not tell it, as with an order."""
        for sign, texts in self.listed():
            if sign == "*":
                yield {tag: " ".join(text.get(tag, "") for text in texts) for tag in texts[0]}

    @property
    def truth(self) -> bool | None:
        """Whether the stem, a statement, is true; ``None`` where it is no statement."""
        return None

    @property
    def allows_several(self) -> bool:
        """Whether several options may be chosen, each by itself."""
        return False

    @property
    def judges_exhibit(self) -> bool:
        """Whether it asks if the exhibit is genuine, or which of its lines decides."""
        return False

    @property
    def is_verdict(self) -> bool:
        """Whether it asks if the exhibit is genuine."""
        return False

    @property
    def line_numbers(self) -> tuple[int, ...]:
        """Numbers of the lines of the exhibit that there are to choose from; none where it asks for no line."""
        return ()

    # Marking.

    @abstractmethod
    def solution(self, language: str) -> Response:
        """Return the right response; of words, the best in a language."""

    @abstractmethod
    def mark(self, response: Response) -> Mark:
        """Mark a response: right if the whole of it is. A skip, or a response of another shape, is wrong."""

    # Replies. Options, choices and steps are known by letter, prompts by number, as they are printed.

    @abstractmethod
    def parse(self, line: str) -> Response:
        """Read a reply, leniently; return ``None`` if it cannot be read.

        A shape of words gets the typed line; any other gets its letters and digits alone, in lower case (``screen/answer_parser.py``).
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
        """Return the letter by which an option, a choice or a step is known."""
        return ascii_lowercase[index]

    # Printed orders. Those that would print the solution itself do not count as orders where it could be seen.

    # A shape with nothing to shuffle leaves all of this as it is here.

    @property
    def permutations(self) -> int:
        """How many printed orders there are."""
        return 1

    def drawn_orders(self, *_seed: object) -> Orders:
        """Draw a printed order, from the parts of a seed."""
        return ()

    @property
    def key_position_count(self) -> int:
        """Among how many places a quiz deals its keys evenly; 0 where the key has no place of its own."""
        return 0

    def with_key_at(self, orders: Orders, _place: int) -> Orders:
        """Return a printed order in which the key stands in a place, below ``key_position_count``."""
        return orders

    def arranged(self, _orders: Orders) -> Self:
        """Return the answer in a printed order."""
        return self

    def order_index(self, _orders: Orders) -> int:
        """Return the number of a printed order, from 0 to below ``permutations``."""
        return 0

    def order_at(self, _index: int) -> Orders:
        """Return the printed order with this number."""
        return ()


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


def different_from(key: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Return as many different indices below ``count`` as a key has, in another order; there are two at least."""
    turned = tuple((place + 1) % count for place in range(len(key)))
    return turned if turned != key else tuple(range(len(key)))
