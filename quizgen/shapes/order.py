"""Steps to put in order."""

from collections.abc import Iterator
from math import factorial
from typing import Self

from msgspec.structs import replace

from quizgen.permutations import number_of, order_of, unsolved, unsolved_orders
from quizgen.shapes.shape import Digit, Mark, Orders, Response, Shape, letters, mark_each
from quizgen.text.languages import Text


class Order(Shape, frozen=True, tag="order"):
    """Steps to put in order: ``key`` lists indices into ``steps``, first to last.

    A response lists the steps too, and a mark's parts tell which places are right.
    """

    steps: tuple[Text, ...]
    key: tuple[int, ...]

    counts_parts = True

    def groups(self) -> tuple[tuple[Text, ...], ...]:
        """Give the steps."""
        return (self.steps,)

    def listed(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """List the steps, first to last, by number."""
        for number, index in enumerate(self.key, start=1):
            yield f"{number}.", (self.steps[index],)

    def solution(self, language: str) -> Response:  # noqa: ARG002  as of every shape
        """Give the steps, first to last."""
        return self.key

    def mark(self, response: Response) -> Mark:
        """Mark each place."""
        return mark_each(self.key, response)

    def parse(self, line: str) -> Response:
        """Read letters only: "2 3 1" could as well number the steps as they stand."""
        order = letters(line, len(self.steps))
        return order if order and sorted(order) == list(range(len(self.steps))) else None

    def drawn_orders(self, *seed: object, key_place: int | None = None) -> Orders:  # noqa: ARG002  as of every shape
        """Shuffle the steps so that they are not solved."""
        return (unsolved(self.key, len(self.steps), *seed),)

    def arranged(self, orders: Orders) -> Self:
        """Put the steps in the order in which they are printed."""
        (order,) = orders
        steps = tuple(self.steps[index] for index in order)
        return replace(self, steps=steps, key=tuple(order.index(index) for index in self.key))

    @property
    def permutations(self) -> int:
        """Count the orders that are not the solution."""
        return unsolved_orders(len(self.steps), len(self.steps))

    def digits(self, orders: Orders) -> list[Digit]:
        """Give the number of the order from the solution, which is the first."""
        (order,) = orders
        return [Digit(number_of([self.key.index(step) for step in order]) - 1, factorial(len(order)) - 1)]

    def orders_of(self, values: Iterator[int]) -> Orders:
        """Give the order with a number."""
        return (tuple(self.key[index] for index in order_of(next(values) + 1, len(self.key))),)


SHAPE = Order
