"""The base class of answer shapes."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import ClassVar, Literal, Self, TypeAlias

from msgspec import Struct, StructMeta

from quizgen.text.languages import FALLBACK, Text

Response: TypeAlias = tuple[int, ...] | str | None
"""What a person answered: indices of what was chosen, as printed, or words. The shape determines which.

The shape also decides whether the order of indices matters: it does for steps to put in order, but not for
several options. ``None`` means a skipped question when a response is marked, and a line that makes no sense
when a reply is parsed.
"""

Orders: TypeAlias = tuple[tuple[int, ...], ...]
"""The order in which each shuffled list below a stem is printed, as indices into the author's order."""

AnswerForm: TypeAlias = Literal["choose", "sides", "lines", "pairs", "order", "blank"]
"""What is printed below a stem.

In this order: options with letters; the two options of a statement or a verdict; nothing, because the options are lines of
the exhibit; prompts and choices; steps; nothing, because the stem has a blank.
"""


class Correctness(Struct, frozen=True):
    """Whether a response is right as a whole, and which of its parts are right.

    The shape defines what the parts are.
    """

    right: bool
    parts: tuple[bool, ...] = ()


class _AbstractStruct(StructMeta, ABCMeta):
    """A metaclass for structs with abstract methods, which subclasses must implement."""


class AnswerShape(Struct, metaclass=_AbstractStruct, frozen=True):
    """An answer: what there is to choose from or to fill in, and what is correct.

    In the question bank, options are in the author's order. In a quiz, they are in the order in which
    they are printed.
    """

    takes_words: ClassVar[bool] = False
    """Whether the response is words instead of indices."""

    has_parts: ClassVar[bool] = False
    """Whether a response has a part for each position, so that some parts can be right while others are wrong."""

    # What interfaces show of an answer.

    @property
    @abstractmethod
    def answer_form(self) -> AnswerForm:
        """What is printed below the stem."""

    @property
    @abstractmethod
    def hint_id(self) -> str:
        """The id of the hint that says how to answer. Each interface has its own text for it."""

    def example_reply(self) -> str:
        """Return a wrong reply in the right format, as an example.

        It is "" if any example would help to guess the answer.
        """
        return ""

    @property
    def numbered_texts(self) -> tuple[Text, ...]:
        """The texts that are numbered: the prompts of pairs."""
        return ()

    @property
    def lettered_texts(self) -> tuple[Text, ...]:
        """The texts that have letters: options, choices or steps."""
        return ()

    def accepted_wordings(self, _language: str) -> tuple[str, ...]:
        """Return the wordings that a blank accepts in a language, the best first; empty if there is no blank."""
        return ()

    def text_groups(self) -> tuple[tuple[Text, ...], ...]:
        """Return the lists of texts below the stem, for example the prompts and the choices."""
        return tuple(group for group in (self.numbered_texts, self.lettered_texts) if group)

    def correct_response_parts(self) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return the right answer in parts. Each has a name, as a person types it, and texts.

        For example, ``("1b", (prompt, choice))`` for a pair.
        """
        return self.response_parts(self.correct_response(FALLBACK))

    def response_parts(self, response: Response) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return a response in parts. Each has a name, as a person types it, and texts."""
        chosen = response if isinstance(response, tuple) else ()
        return tuple((self.option_letter(index), (self.lettered_texts[index],)) for index in chosen)

    @abstractmethod
    def solution_lines(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Yield the answer with its solution, line by line, as a sign and the texts of the line.

        The sign is "*" for what is correct, "-" for what is wrong, or a position in an order, such as
        "1.".
        """

    def correct_texts(self) -> Iterator[Text]:
        """Yield the texts that are correct.

        There are none if the texts alone do not make an answer right, as with steps to put in order.
        """
        for mark, texts in self.solution_lines():
            if mark == "*":
                yield {tag: " ".join(text.get(tag, "") for text in texts) for tag in texts[0]}

    @property
    def truth_value(self) -> bool | None:
        """Whether the stem is a true statement; ``None`` if it is not a statement."""
        return None

    @property
    def allows_several_options(self) -> bool:
        """Whether a person can choose several options."""
        return False

    @property
    def is_about_exhibit(self) -> bool:
        """Whether the question asks if the exhibit is genuine, or which of its lines shows that."""
        return False

    @property
    def is_genuine_or_scam_choice(self) -> bool:
        """Whether the question asks if the exhibit is genuine."""
        return False

    @property
    def option_line_numbers(self) -> tuple[int, ...]:
        """The numbers of the exhibit's lines that are options; empty if the options are not lines."""
        return ()

    # Marking a response.

    @abstractmethod
    def correct_response(self, language: str) -> Response:
        """Return the right response; for a blank, the best wording in a language."""

    @abstractmethod
    def mark_response(self, response: Response) -> Correctness:
        """Return whether a response is right, as a whole and in each part.

        A skipped question is wrong. So is a response that belongs to another shape.
        """

    # Replies. Options, choices and steps have letters, prompts have numbers, as printed.

    @abstractmethod
    def parse_reply(self, line: str) -> Response:
        """Parse what a person typed, tolerantly; return ``None`` if it makes no sense.

        If the response is words, ``line`` is the line as typed. Otherwise it has only the letters and
        digits of the line, in lower case (``screen/answer_parser.py``).
        """

    def format_reply(self, response: Response) -> str:
        """Return a response as a person types it, such as ``b``, ``a c``, ``t``, ``1b 2a``, ``c a b`` or words.

        It is "" for a skipped question.
        """
        if response is None or isinstance(response, str):
            return response or ""
        return " ".join(map(self.option_letter, response))

    def format_correct_response(self, language: str) -> str:
        """Return the right response as a person types it; for a blank, the best wording in a language."""
        return self.format_reply(self.correct_response(language))

    def option_letter(self, index: int) -> str:
        """Return the letter of an option, a choice or a step."""
        return ascii_lowercase[index]

    # Printed orders. An order that would show the solution does not count.
    # A shape with nothing to shuffle keeps these defaults.

    @property
    def order_count(self) -> int:
        """How many different orders of its options, steps or pairs an answer can be printed in."""
        return 1

    def draw_random_orders(self, *_seed_parts: object) -> Orders:
        """Draw an order for each shuffled list. The same parts of a seed give the same orders."""
        return ()

    @property
    def correct_position_count(self) -> int:
        """The number of positions that the correct option can have in print; 0 if it has none.

        A quiz spreads its correct options evenly over these positions.
        """
        return 0

    def with_correct_option_at(self, orders: Orders, _position: int) -> Orders:
        """Return these orders with the correct option moved to a position, from 0 to ``correct_position_count`` - 1."""
        return orders

    def with_orders(self, _orders: Orders) -> Self:
        """Return the same answer with its texts in these orders."""
        return self

    def index_of_orders(self, _orders: Orders) -> int:
        """Return one index that stands for the printed orders of all shuffled lists, from 0 to ``order_count`` - 1."""
        return 0

    def orders_at_index(self, _index: int) -> Orders:
        """Return the printed order of each shuffled list, by an index that stands for all of them.

        The inverse of ``index_of_orders``.
        """
        return ()


def parse_indices(reply: str, names: Sequence[str]) -> tuple[int, ...] | None:
    """Return the index in ``names`` of each character of a reply.

    The result is ``None`` if the reply is empty or has another character.
    """
    if not reply or any(character not in names for character in reply):
        return None
    return tuple(names.index(character) for character in reply)


def parse_letters(reply: str, count: int) -> tuple[int, ...] | None:
    """Return the index of each letter of a reply; ``None`` if one is not among the first ``count`` letters."""
    return parse_indices(reply, ascii_lowercase[:count])


def mark_by_position(correct: tuple[int, ...], response: Response) -> Correctness:
    """Mark a response by comparing it with the correct indices, position by position."""
    given = response if isinstance(response, tuple) and len(response) == len(correct) else ()
    parts = tuple(index < len(given) and given[index] == right for index, right in enumerate(correct))
    return Correctness(right=response == correct, parts=parts)


def wrong_indices(correct: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Return as many distinct indices below ``count`` as are correct, but in another order.

    ``count`` is at least 2.
    """
    rotated = tuple((position + 1) % count for position in range(len(correct)))
    return rotated if rotated != correct else tuple(range(len(correct)))
