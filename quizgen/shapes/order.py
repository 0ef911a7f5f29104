"""Steps to put in order."""

from collections.abc import Iterator
from typing import ClassVar, Self

from msgspec.structs import replace

from quizgen.permutations import count_orders_hiding, permutation_at, permutation_index, shuffled_away_from
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


class Order(Shape, frozen=True, tag="order"):
    """Steps to put in order: ``key`` has indices into ``steps``, first to last.

    A response lists the steps in the same way. A mark has a part for each position.
    """

    steps: tuple[Text, ...]
    key: tuple[int, ...]

    has_parts = True

    form: ClassVar[AnswerForm] = "order"
    hint: ClassVar[str] = "hint-order"

    def example(self) -> str:
        """Return a reply with another order."""
        return self.write(different_indices(self.key, len(self.steps)))

    @property
    def lettered_texts(self) -> tuple[Text, ...]:
        """The steps."""
        return self.steps

    def key_parts(self) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return the steps with their letters, first to last."""
        return super().parts(self.key)

    def parts(self, response: Response) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return each step at its position; the name of a part is like ``1b``."""
        return tuple(
            (f"{place}{letter}", step)
            for place, (letter, step) in enumerate(super().parts(response), start=1)
        )

    def solution_lines(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Return the steps, first to last, with numbers."""
        for number, index in enumerate(self.key, start=1):
            yield f"{number}.", (self.steps[index],)

    def solution(self, _language: str) -> Response:
        """Return the steps, first to last."""
        return self.key

    def mark(self, response: Response) -> Mark:
        """Mark each position."""
        return mark_by_position(self.key, response)

    def parse(self, line: str) -> Response:
        """Parse letters only. Digits are ambiguous: "2 3 1" could also number the steps as printed."""
        order = parse_letters(line, len(self.steps))
        return order if order and sorted(order) == list(range(len(self.steps))) else None

    def draw_orders(self, *seed: object) -> Orders:
        """Shuffle the steps so that their order is not the solution."""
        return (shuffled_away_from(self.key, len(self.steps), *seed),)

    def arranged(self, orders: Orders) -> Self:
        """Return the steps in the given printed order."""
        (order,) = orders
        steps = tuple(self.steps[index] for index in order)
        return replace(self, steps=steps, key=tuple(order.index(index) for index in self.key))

    @property
    def order_count(self) -> int:
        """The number of orders other than the solution."""
        return count_orders_hiding(len(self.steps), len(self.steps))

    def order_index(self, orders: Orders) -> int:
        """Return the index of the order. Orders are numbered from the solution, which does not count."""
        (order,) = orders
        return permutation_index([self.key.index(step) for step in order]) - 1

    def order_at(self, index: int) -> Orders:
        """Return the order of the steps with this index."""
        return (tuple(self.key[place] for place in permutation_at(index + 1, len(self.key))),)


SHAPE = Order
