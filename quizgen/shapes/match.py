"""Pairs to put together."""

import re
from collections.abc import Iterator, Sequence
from math import factorial
from typing import Self

from msgspec.structs import replace

from quizgen.permutations import number_of, order_of, shuffled, unsolved, unsolved_orders
from quizgen.shapes.shape import Digit, Mark, Orders, Response, Shape, letters, mark_each
from quizgen.text.languages import Text


class Match(Shape, frozen=True, tag="match"):
    """Prompts, each of which goes with one choice: ``key[i]`` is the choice for prompt ``i``.

    No choice serves twice; choices that no prompt takes are distractors. A response has the choice for
    each prompt, and a mark's parts tell which of them are right.
    """

    prompts: tuple[Text, ...]
    choices: tuple[Text, ...]
    key: tuple[int, ...]

    counts_parts = True

    def groups(self) -> tuple[tuple[Text, ...], ...]:
        """Give the prompts, and the choices."""
        return self.prompts, self.choices

    def listed(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """List the pairs, and with a hyphen what belongs to none."""
        for prompt, index in zip(self.prompts, self.key, strict=True):
            yield "*", (prompt, self.choices[index])
        for index, choice in enumerate(self.choices):
            if index not in self.key:
                yield "-", (choice,)

    def solution(self, language: str) -> Response:  # noqa: ARG002  as of every shape
        """Give the choice for each prompt."""
        return self.key

    def mark(self, response: Response) -> Mark:
        """Mark each prompt."""
        return mark_each(self.key, response)

    def parse(self, line: str) -> Response:
        """Read ``1b2a3c``, in any order of rows, or ``bac``; each row and each choice serves once."""
        rows = len(self.prompts)
        if re.fullmatch(r"(?:[1-9][a-z])+", line):
            found = sorted(re.findall(r"([1-9])([a-z])", line))
            if [row for row, _ in found] != [str(row + 1) for row in range(rows)]:
                return None
            line = "".join(choice for _, choice in found)
        chosen = letters(line, len(self.choices))
        return chosen if chosen and len(chosen) == rows == len(set(chosen)) else None

    def write(self, response: Response) -> str:
        """Write each prompt's number with its choice's letter."""
        if not isinstance(response, tuple):
            return super().write(response)
        return " ".join(f"{row}{self.label(choice)}" for row, choice in enumerate(response, start=1))

    def drawn_orders(self, *seed: object, key_place: int | None = None) -> Orders:  # noqa: ARG002  as of every shape
        """Shuffle prompts and choices so that they do not face each other all."""
        rows = shuffled(range(len(self.prompts)), *seed, "prompts")
        return tuple(rows), unsolved([self.key[row] for row in rows], len(self.choices), *seed)

    def arranged(self, orders: Orders) -> Self:
        """Put prompts and choices in order."""
        rows, columns = orders
        return replace(
            self,
            prompts=tuple(self.prompts[row] for row in rows),
            choices=tuple(self.choices[column] for column in columns),
            key=tuple(columns.index(self.key[row]) for row in rows),
        )

    @property
    def permutations(self) -> int:
        """Count the orders of prompts, and those of choices that do not print the solution."""
        return factorial(len(self.prompts)) * unsolved_orders(len(self.prompts), len(self.choices))

    def digits(self, orders: Orders) -> list[Digit]:
        """Give the number of the order of the prompts, and that of the choices from the one that prints the solution."""
        rows, columns = orders
        solved = self._solved(rows)
        count = unsolved_orders(len(self.prompts), len(self.choices))
        number = number_of([solved.index(column) for column in columns])
        return [
            Digit(number_of(rows), factorial(len(rows))),
            Digit(number - (factorial(len(columns)) - count), count),
        ]

    def orders_of(self, values: Iterator[int]) -> Orders:
        """Give the orders with these numbers."""
        rows = order_of(next(values), len(self.prompts))
        solved = self._solved(rows)
        first = factorial(len(self.choices)) - unsolved_orders(len(self.prompts), len(self.choices))
        columns = order_of(next(values) + first, len(self.choices))
        return tuple(rows), tuple(solved[column] for column in columns)

    def _solved(self, rows: Sequence[int]) -> list[int]:
        """Return the order that prints each choice beside its prompt, and then those that belong to none."""
        paired = [self.key[row] for row in rows]
        return paired + [choice for choice in range(len(self.choices)) if choice not in paired]


SHAPE = Match
