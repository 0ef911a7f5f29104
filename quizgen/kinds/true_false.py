"""The kind ``true-false``: a statement to judge as true or false."""

from collections.abc import Iterator
from typing import Any

from quizgen.errors import Path
from quizgen.generate import (
    HOLDS_FIELD,
    STATED_PREFIX,
    FillTemplate,
    ItemModel,
    ItemModelEntry,
    ModelRules,
    QuestionDraft,
)
from quizgen.generate.siblings import Siblings, digest
from quizgen.kinds.kind import Kind, QuestionEntry
from quizgen.model import Exhibit
from quizgen.shapes import AnswerShape, Choose
from quizgen.text.languages import Text
from quizgen.text.messages import _, translations_of


class TrueFalseEntry(QuestionEntry):
    """A question of the kind ``true-false``: its stem is a statement."""

    key: bool


class _TrueFalseModelRules(ModelRules):
    """How questions of the kind ``true-false`` are made from item models."""

    entry_type = ItemModelEntry

    def field_names(self, model: ItemModel, members: tuple[str, ...]) -> tuple[str, ...]:
        return (*members, *(STATED_PREFIX + name for name in model.asked), HOLDS_FIELD)

    def draft_questions(self, siblings: Siblings) -> Iterator[QuestionDraft]:
        for relation in siblings.ring:
            other = next(siblings.wrong_siblings(relation), None)
            true = other is None or int(digest("true", siblings.model.id, relation.id), 16) % 2 == 0
            yield QuestionDraft((relation,), () if true or other is None else (other,), holds=true)

    def make_answer(self, draft: QuestionDraft, fill_template: FillTemplate) -> Choose:
        del fill_template
        return true_or_false_choice(draft.holds)


def true_or_false_choice(is_true: bool) -> Choose:  # noqa: FBT001  the truth is the answer
    """Build the options "True" and "False"; ``is_true`` says which is correct."""
    options: tuple[Text, ...] = (translations_of(_("True")), translations_of(_("False")))
    return Choose(options=options, keys=(0 if is_true else 1,), style="truth")


class TrueFalseKind(Kind[TrueFalseEntry, Choose]):
    """The kind ``true-false``: a statement to judge as true or false."""

    name = "true-false"
    rank = 30
    meaning = _("a statement that is true or false")
    has_statement = True
    entry_type = TrueFalseEntry
    model_rules = _TrueFalseModelRules()

    def build_answer(self, entry: TrueFalseEntry, exhibit: Exhibit | None) -> Choose:
        """Build the options "True" and "False"."""
        del exhibit
        return true_or_false_choice(entry.key)

    def can_have_answer(self, answer: AnswerShape) -> bool:
        """Return whether the options of the answer are "True" and "False"."""
        return isinstance(answer, Choose) and answer.truth_value is not None

    def build_entry(self, answer: Choose) -> dict[str, Any]:
        """Return the field that says whether the statement is true."""
        return {"key": answer.keys == (0,)}

    def text_paths(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:
        """Return the path of the field that says whether the statement is true, once for each option.

        The options themselves are not in the entry.
        """
        del answer
        return ((("key",), ("key",)),)


KIND = TrueFalseKind()
