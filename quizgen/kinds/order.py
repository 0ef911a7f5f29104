"""The kind ``order``: steps to put in order."""

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Meta, field

from quizgen.errors import Diagnostic, Path
from quizgen.fields import TemplateField, TextField
from quizgen.generate import (
    Each,
    FillTemplate,
    ItemModelEntry,
    ModelError,
    ModelRules,
    QuestionDraft,
    Size,
    SkippedError,
)
from quizgen.generate.siblings import Siblings
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


class OrderModel(ItemModelEntry):
    """An item model that generates questions of the kind ``order``."""

    option: TemplateField
    each: Each = field(default_factory=dict)
    size: Size = 5


class _OrderModelRules(ModelRules):
    """How questions of the kind ``order`` are made from item models."""

    entry_type = OrderModel
    several = True

    def template_name(self, path: Path) -> str:
        return "option" if path[0] == "sequence" else super().template_name(path)

    def draft_questions(self, siblings: Siblings) -> Iterator[QuestionDraft]:
        size = siblings.model.size
        for group in siblings.relations_by_given.values():
            steps = sorted(group, key=lambda each: each.rank)
            for first in range(0, max(1, len(steps) - size + 1), max(1, size - 1)):
                yield QuestionDraft(tuple(steps[first : first + size]))

    def make_answer(self, draft: QuestionDraft, fill_template: FillTemplate) -> Order:
        ranks = [each.rank for each in draft.right]
        if 0 in ranks or len(set(ranks)) < len(ranks):
            what = _("the ranks of {names} give no clear order", names=tuple(each.id for each in draft.right))
            raise ModelError(("kind",), what, _("give each a rank of its own"))
        if len(ranks) < MIN_STEPS:
            raise SkippedError(
                _("it has {count} steps, but needs {least}", count=len(ranks), least=MIN_STEPS)
            )
        return Order(fill_template("option", draft.right), tuple(range(len(ranks))))


class OrderKind(Kind[OrderEntry, Order]):
    """The kind ``order``: steps to put in order."""

    name = "order"
    rank = 50
    meaning = _("steps to put in order")
    entry_type = OrderEntry
    model_rules = _OrderModelRules()

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
