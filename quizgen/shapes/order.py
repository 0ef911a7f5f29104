"""The answer shape ``Order``: steps to put in order."""

from collections.abc import Iterator
from typing import ClassVar, Self

from msgspec.structs import replace

from quizgen.permutations import (
    count_orders_avoiding_solution,
    permutation_at,
    permutation_index,
    shuffle_avoiding,
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


class Order(AnswerShape, frozen=True, tag="order"):
    """Steps to put in order; ``key`` has indices into ``steps``, from the first step to the last.

    A response is a tuple of such indices. A marked response has a part for each position.
    """

    steps: tuple[Text, ...]
    key: tuple[int, ...]

    has_parts = True

    answer_form: ClassVar[AnswerForm] = "order"
    hint_id: ClassVar[str] = "hint-order"

    def example_reply(self) -> str:
        """Return a wrong reply, with the steps in another order."""
        return self.format_reply(wrong_indices(self.key, len(self.steps)))

    @property
    def lettered_texts(self) -> tuple[Text, ...]:
        """The steps."""
        return self.steps

    def correct_response_parts(self) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return the letter and the text of each step, from the first step to the last."""
        return super().response_parts(self.key)

    def response_parts(self, response: Response) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """Return each step at the position that the response gives it; the name of such a part is like ``1b``."""
        return tuple(
            (f"{place}{letter}", step)
            for place, (letter, step) in enumerate(super().response_parts(response), start=1)
        )

    def solution_lines(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Yield the steps in the correct order, with "1.", "2." and so on before them."""
        for number, index in enumerate(self.key, start=1):
            yield f"{number}.", (self.steps[index],)

    def correct_response(self, _language: str) -> Response:
        """Return the indices of the steps in the correct order."""
        return self.key

    def mark_response(self, response: Response) -> Correctness:
        """Mark the step at each position."""
        return mark_by_position(self.key, response)

    def parse_reply(self, line: str) -> Response:
        """Parse letters only. Digits are ambiguous: "2 3 1" could also be a number for each step as printed."""
        order = parse_letters(line, len(self.steps))
        return order if order and sorted(order) == list(range(len(self.steps))) else None

    def draw_random_orders(self, *seed_parts: object) -> Orders:
        """Shuffle the steps, but never into the correct order."""
        return (shuffle_avoiding(self.key, len(self.steps), *seed_parts),)

    def with_orders(self, orders: Orders) -> Self:
        """Return the same answer with its steps in this printed order."""
        (order,) = orders
        steps = tuple(self.steps[index] for index in order)
        return replace(self, steps=steps, key=tuple(order.index(index) for index in self.key))

    @property
    def order_count(self) -> int:
        """The number of orders that the steps can be printed in; the correct one does not count."""
        return count_orders_avoiding_solution(len(self.steps), len(self.steps))

    def index_of_orders(self, orders: Orders) -> int:
        """Return the index of a printed order of the steps. The inverse of ``orders_at_index``.

        The orders are numbered from the correct one, which is left out.
        """
        (order,) = orders
        return permutation_index([self.key.index(step) for step in order]) - 1

    def orders_at_index(self, index: int) -> Orders:
        """Return the printed order of the steps that has this index."""
        return (tuple(self.key[place] for place in permutation_at(index + 1, len(self.key))),)


SHAPE = Order
