"""The answer shape ``Match``: pairs to match."""

import re
from collections.abc import Iterator, Sequence
from math import factorial
from typing import ClassVar, Self

from msgspec.structs import replace

from quizgen.permutations import (
    count_orders_avoiding_solution,
    permutation_at,
    permutation_index,
    shuffle_avoiding,
    shuffled,
)
from quizgen.shapes.shape import (
    AnswerForm,
    AnswerShape,
    Correctness,
    Orders,
    Response,
    mark_by_position,
    parse_letters,
    wrong_indices,
)
from quizgen.text.languages import Text


class Match(AnswerShape, frozen=True, tag="match"):
    """Prompts, and choices to match with them; ``key[i]`` is the index of the choice for prompt ``i``.

    Each choice belongs to at most one prompt; a choice that belongs to none is a distractor. A response
    has the index of a choice for each prompt, and a marked response has a part for each prompt.
    """

    prompts: tuple[Text, ...]
    choices: tuple[Text, ...]
    key: tuple[int, ...]

    has_parts = True

    answer_form: ClassVar[AnswerForm] = "pairs"
    hint_id: ClassVar[str] = "hint-match"

    def example_reply(self) -> str:
        """Return a wrong reply, with a different choice for each prompt."""
        return self.format_reply(wrong_indices(self.key, len(self.choices)))

    @property
    def numbered_texts(self) -> tuple[Text, ...]:
        """The prompts."""
        return self.prompts

    @property
    def lettered_texts(self) -> tuple[Text, ...]:
        """The choices."""
        return self.choices

    def response_parts(self, response: Response) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return each prompt with the choice that the response gives it; the name of such a part is like ``1b``."""
        chosen = response if isinstance(response, tuple) else ()
        return tuple(
            (f"{row}{self.option_letter(choice)}", (prompt, self.choices[choice]))
            for row, (prompt, choice) in enumerate(zip(self.prompts, chosen, strict=False), start=1)
        )

    def solution_lines(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Yield each pair with "*" before it, then each distractor with "-" before it."""
        for prompt, index in zip(self.prompts, self.key, strict=True):
            yield "*", (prompt, self.choices[index])
        for index, choice in enumerate(self.choices):
            if index not in self.key:
                yield "-", (choice,)

    def correct_response(self, _language: str) -> Response:
        """Return the index of the choice for each prompt."""
        return self.key

    def mark_response(self, response: Response) -> Correctness:
        """Mark the choice for each prompt."""
        return mark_by_position(self.key, response)

    def parse_reply(self, line: str) -> Response:
        """Parse a reply such as ``1b2a3c``, in any order of the numbers, or ``bac``.

        No number and no letter may occur twice.
        """
        rows = len(self.prompts)
        if re.fullmatch(r"(?:[1-9][a-z])+", line):
            found = sorted(re.findall(r"([1-9])([a-z])", line))
            if [row for row, _ in found] != [str(row + 1) for row in range(rows)]:
                return None
            line = "".join(choice for _, choice in found)
        chosen = parse_letters(line, len(self.choices))
        return chosen if chosen and len(chosen) == rows == len(set(chosen)) else None

    def format_reply(self, response: Response) -> str:
        """Return the number of each prompt with the letter of its choice."""
        if not isinstance(response, tuple):
            return super().format_reply(response)
        return " ".join(f"{row}{self.option_letter(choice)}" for row, choice in enumerate(response, start=1))

    def draw_random_orders(self, *seed_parts: object) -> Orders:
        """Shuffle prompts and choices, but never so that each prompt is printed beside its choice."""
        rows = shuffled(range(len(self.prompts)), *seed_parts, "prompts")
        return tuple(rows), shuffle_avoiding([self.key[row] for row in rows], len(self.choices), *seed_parts)

    def with_orders(self, orders: Orders) -> Self:
        """Return the same answer with prompts and choices in these orders."""
        rows, columns = orders
        return replace(
            self,
            prompts=tuple(self.prompts[row] for row in rows),
            choices=tuple(self.choices[column] for column in columns),
            key=tuple(columns.index(self.key[row]) for row in rows),
        )

    @property
    def order_count(self) -> int:
        """How many ways there are to print the prompts and choices.

        An order of choices that shows the solution does not count.
        """
        return factorial(len(self.prompts)) * count_orders_avoiding_solution(
            len(self.prompts), len(self.choices)
        )

    def index_of_orders(self, orders: Orders) -> int:
        """Return the index of an order of prompts and an order of choices.

        This is the inverse of ``orders_at_index``. The orders of choices are numbered from the one
        that shows the solution; those that do are left out.
        """
        rows, columns = orders
        solved = self._correct_choice_order(rows)
        hiding = count_orders_avoiding_solution(len(self.prompts), len(self.choices))
        revealing = factorial(len(columns)) - hiding
        number = permutation_index([solved.index(column) for column in columns])
        return permutation_index(rows) * hiding + number - revealing

    def orders_at_index(self, index: int) -> Orders:
        """Return the order of prompts and the order of choices that have this index."""
        hiding = count_orders_avoiding_solution(len(self.prompts), len(self.choices))
        revealing = factorial(len(self.choices)) - hiding
        row_number, column_number = divmod(index, hiding)
        rows = permutation_at(row_number, len(self.prompts))
        solved = self._correct_choice_order(rows)
        columns = permutation_at(column_number + revealing, len(self.choices))
        return tuple(rows), tuple(solved[column] for column in columns)

    def _correct_choice_order(self, prompt_order: Sequence[int]) -> list[int]:
        """Return the order in which each choice is printed beside its prompt, with the distractors last."""
        paired = [self.key[row] for row in prompt_order]
        return paired + [choice for choice in range(len(self.choices)) if choice not in paired]


SHAPE = Match
