"""The kind ``order``: steps to put in order."""

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Meta

from quizgen.errors import Diagnostic, Path
from quizgen.fields import TextField
from quizgen.kinds.kind import (
    EntryData,
    Kind,
    QuestionEntry,
    check_distinct_texts,
    list_item_paths,
)
from quizgen.model import Exhibit
from quizgen.shapes import AnswerShape, Order
from quizgen.text.messages import _

MIN_STEPS = 3


class OrderEntry(QuestionEntry):
    """A question of the kind ``order``: steps to put in order."""

    sequence: Annotated[tuple[TextField, ...], Meta(min_length=MIN_STEPS, max_length=8)]


class OrderKind(Kind[OrderEntry, Order]):
    """The kind ``order``: steps to put in order."""

    name = "order"
    rank = 50
    meaning = _("steps to put in order")
    entry_type = OrderEntry

    def check_entry(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check that all steps differ."""
        yield from check_distinct_texts(entry, list_item_paths(entry, "sequence"), _("steps"))

    def build_answer(self, entry: OrderEntry, exhibit: Exhibit | None) -> Order:
        """Build the steps, which the entry has in the correct order."""
        del exhibit
        return Order(steps=entry.sequence, key=tuple(range(len(entry.sequence))))

    def can_have_answer(self, answer: AnswerShape) -> bool:
        """Return whether the answer consists of steps."""
        return isinstance(answer, Order)

    def build_entry(self, answer: Order) -> dict[str, Any]:
        """Return the steps in the correct order."""
        return {"sequence": [answer.steps[index] for index in answer.key]}

    def text_paths(self, answer: Order) -> tuple[tuple[Path, ...], ...]:
        """Return the paths of the steps."""
        return (tuple(("sequence", index) for index in range(len(answer.steps))),)


KIND = OrderKind()
