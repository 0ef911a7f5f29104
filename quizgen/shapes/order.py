"""Steps to put in order."""

from collections.abc import Iterator
from typing import ClassVar, Self

from msgspec.structs import replace

from quizgen.permutations import count_orders_hiding, permutation_at, permutation_index, shuffled_away_from
from quizgen.shapes.shape import AnswerForm, Mark, Orders, Response, Shape, different_from, letters, mark_each
from quizgen.text.languages import Text


class Order(Shape, frozen=True, tag="order"):
    """Steps to put in order: ``key`` lists indices into ``steps``, first to last.

    A response lists the steps too, and a mark's parts tell which places are right.
    """

    steps: tuple[Text, ...]
    key: tuple[int, ...]

    counts_parts = True

    form: ClassVar[AnswerForm] = "order"
    hint: ClassVar[str] = "hint-order"

    def example(self) -> str:
        """Return another order."""
        return self.write(different_from(self.key, len(self.steps)))

    @property
    def lettered(self) -> tuple[Text, ...]:
        """The steps."""
        return self.steps

    def key_parts(self) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return the steps by their letters, first to last."""
        return super().parts(self.key)

    def parts(self, response: Response) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return each step in its place, as ``1b``."""
        return tuple(
            (f"{place}{letter}", step)
            for place, (letter, step) in enumerate(super().parts(response), start=1)
        )

    def listed(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """List the steps, first to last, by number."""
        for number, index in enumerate(self.key, start=1):
            yield f"{number}.", (self.steps[index],)

    def solution(self, _language: str) -> Response:
        """Return the steps, first to last."""
        return self.key

    def mark(self, response: Response) -> Mark:
        """Mark each place."""
        return mark_each(self.key, response)

    def parse(self, line: str) -> Response:
        """Read letters only: "2 3 1" could as well number the steps as they stand."""
        order = letters(line, len(self.steps))
        return order if order and sorted(order) == list(range(len(self.steps))) else None

    def drawn_orders(self, *seed: object) -> Orders:
        """Shuffle the steps so that they are not solved."""
        return (shuffled_away_from(self.key, len(self.steps), *seed),)

    def arranged(self, orders: Orders) -> Self:
        """Put the steps in the order in which they are printed."""
        (order,) = orders
        steps = tuple(self.steps[index] for index in order)
        return replace(self, steps=steps, key=tuple(order.index(index) for index in self.key))

    @property
    def permutations(self) -> int:
        """Count the orders that are not the solution."""
        return count_orders_hiding(len(self.steps), len(self.steps))

    def order_index(self, orders: Orders) -> int:
        """Return the number of the order, counted from the solution, which does not count itself."""
        (order,) = orders
        return permutation_index([self.key.index(step) for step in order]) - 1

    def order_at(self, index: int) -> Orders:
        """Return the order of the steps with this number."""
        return (tuple(self.key[place] for place in permutation_at(index + 1, len(self.key))),)


SHAPE = Order
