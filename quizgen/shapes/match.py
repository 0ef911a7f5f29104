"""Pairs to match."""

import re
from collections.abc import Iterator, Sequence
from math import factorial
from typing import ClassVar, Self

from msgspec.structs import replace

from quizgen.permutations import (
    count_orders_hiding,
    permutation_at,
    permutation_index,
    shuffled,
    shuffled_away_from,
)
from quizgen.shapes.shape import (
    AnswerForm,
    Mark,
    Orders,
    Response,
    Shape,
    different_indices,
    mark_by_position,
    parse_letters,
)
from quizgen.text.languages import Text


class Match(Shape, frozen=True, tag="match"):
    """Prompts and choices to match: ``key[i]`` is the choice for prompt ``i``.

    Each choice belongs to at most one prompt; choices without a prompt are distractors. A response has the choice
    for each prompt, and a mark has a part for each prompt.
    """

    prompts: tuple[Text, ...]
    choices: tuple[Text, ...]
    key: tuple[int, ...]

    has_parts = True

    form: ClassVar[AnswerForm] = "pairs"
    hint: ClassVar[str] = "hint-match"

    def example(self) -> str:
        """Return a reply with a different choice for each prompt."""
        return self.write(different_indices(self.key, len(self.choices)))

    @property
    def numbered_texts(self) -> tuple[Text, ...]:
        """The prompts."""
        return self.prompts

    @property
    def lettered_texts(self) -> tuple[Text, ...]:
        """The choices."""
        return self.choices

    def parts(self, response: Response) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return each prompt with its choice; the name of a part is like ``1b``."""
        chosen = response if isinstance(response, tuple) else ()
        return tuple(
            (f"{row}{self.label(choice)}", (prompt, self.choices[choice]))
            for row, (prompt, choice) in enumerate(zip(self.prompts, chosen, strict=False), start=1)
        )

    def solution_lines(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Return the pairs, then the distractors with a hyphen."""
        for prompt, index in zip(self.prompts, self.key, strict=True):
            yield "*", (prompt, self.choices[index])
        for index, choice in enumerate(self.choices):
            if index not in self.key:
                yield "-", (choice,)

    def solution(self, _language: str) -> Response:
        """Return the choice for each prompt."""
        return self.key

    def mark(self, response: Response) -> Mark:
        """Mark each prompt."""
        return mark_by_position(self.key, response)

    def parse(self, line: str) -> Response:
        """Parse ``1b2a3c``, in any order of rows, or ``bac``. Each row and each choice may occur once."""
        rows = len(self.prompts)
        if re.fullmatch(r"(?:[1-9][a-z])+", line):
            found = sorted(re.findall(r"([1-9])([a-z])", line))
            if [row for row, _ in found] != [str(row + 1) for row in range(rows)]:
                return None
            line = "".join(choice for _, choice in found)
        chosen = parse_letters(line, len(self.choices))
        return chosen if chosen and len(chosen) == rows == len(set(chosen)) else None

    def write(self, response: Response) -> str:
        """Return each prompt's number with its choice's letter."""
        if not isinstance(response, tuple):
            return super().write(response)
        return " ".join(f"{row}{self.label(choice)}" for row, choice in enumerate(response, start=1))

    def draw_orders(self, *seed: object) -> Orders:
        """Shuffle prompts and choices so that the printed rows are not all pairs."""
        rows = shuffled(range(len(self.prompts)), *seed, "prompts")
        return tuple(rows), shuffled_away_from([self.key[row] for row in rows], len(self.choices), *seed)

    def arranged(self, orders: Orders) -> Self:
        """Return the pairs with prompts and choices in the given orders."""
        rows, columns = orders
        return replace(
            self,
            prompts=tuple(self.prompts[row] for row in rows),
            choices=tuple(self.choices[column] for column in columns),
            key=tuple(columns.index(self.key[row]) for row in rows),
        )

    @property
    def order_count(self) -> int:
        """The number of orders of prompts, times that of choices that do not show the solution."""
        return factorial(len(self.prompts)) * count_orders_hiding(len(self.prompts), len(self.choices))

    def order_index(self, orders: Orders) -> int:
        """Return the combined index of both orders. Orders of choices are numbered from the one that shows the solution."""
        rows, columns = orders
        solved = self._solved_columns(rows)
        hiding = count_orders_hiding(len(self.prompts), len(self.choices))
        revealing = factorial(len(columns)) - hiding
        number = permutation_index([solved.index(column) for column in columns])
        return permutation_index(rows) * hiding + number - revealing

    def order_at(self, index: int) -> Orders:
        """Return the orders of prompts and choices with this index."""
        hiding = count_orders_hiding(len(self.prompts), len(self.choices))
        revealing = factorial(len(self.choices)) - hiding
        row_number, column_number = divmod(index, hiding)
        rows = permutation_at(row_number, len(self.prompts))
        solved = self._solved_columns(rows)
        columns = permutation_at(column_number + revealing, len(self.choices))
        return tuple(rows), tuple(solved[column] for column in columns)

    def _solved_columns(self, rows: Sequence[int]) -> list[int]:
        """Return the order of choices that prints each one beside its prompt, with the distractors last."""
        paired = [self.key[row] for row in rows]
        return paired + [choice for choice in range(len(self.choices)) if choice not in paired]


SHAPE = Match
