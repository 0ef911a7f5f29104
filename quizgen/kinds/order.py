"""``order``: steps to put in order."""

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
from quizgen.kinds.kind import Asker, EntryData, Kind, Steps, WrittenQuestion, check_distinct_texts, paths_in
from quizgen.model import Exhibit
from quizgen.shapes import Order, Shape
from quizgen.text.messages import _

MIN_STEPS = 3


class OrderQuestion(WrittenQuestion):
    """A question with steps to put in order."""

    sequence: Annotated[tuple[TextField, ...], Meta(min_length=MIN_STEPS, max_length=8)]


class OrderModel(ItemModelEntry):
    """An item model of such questions."""

    option: TemplateField
    each: Each = field(default_factory=dict)
    size: Size = 5


class _Rules(ModelRules):
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


class OrderKind(Kind[OrderQuestion, Order]):
    """A sequence of steps, first to last."""

    name = "order"
    rank = 50
    meaning = _("steps to put in order")
    entry_type = OrderQuestion
    model_rules = _Rules()

    def check(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check that steps differ."""
        yield from check_distinct_texts(entry, paths_in(entry, "sequence"), _("steps"))

    def answer_of(self, written: OrderQuestion, exhibit: Exhibit | None) -> Order:
        """Make an order of the steps as the author wrote them."""
        del exhibit
        return Order(steps=written.sequence, key=tuple(range(len(written.sequence))))

    def fits(self, answer: Shape) -> bool:
        """Return whether the answer is an order."""
        return isinstance(answer, Order)

    def entry_of(self, answer: Order) -> dict[str, Any]:
        """Return the steps, first to last."""
        return {"sequence": [answer.steps[index] for index in answer.key]}

    def text_paths(self, answer: Order) -> tuple[tuple[Path, ...], ...]:
        """Return the paths of the steps."""
        return (tuple(("sequence", index) for index in range(len(answer.steps))),)

    def ask(self, asker: Asker) -> Steps:
        """Ask for the steps."""
        yield from asker.texts("sequence", _("Steps, first to last: step"))


KIND = OrderKind()
