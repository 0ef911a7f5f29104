"""``true-false``: a statement that is true or false."""

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
from quizgen.kinds.kind import Asker, Kind, Steps, WrittenQuestion
from quizgen.model import Exhibit
from quizgen.shapes import Choose, Shape
from quizgen.text.languages import Text
from quizgen.text.messages import _, translations_of


class TrueFalseQuestion(WrittenQuestion):
    """A statement instead of a question."""

    key: bool


class _Rules(ModelRules):
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
        return truth_choice(draft.holds)


def truth_choice(true: bool) -> Choose:  # noqa: FBT001  the truth is the answer
    """Make the options true and false; ``true`` says which is the key."""
    options: tuple[Text, ...] = (translations_of(_("True")), translations_of(_("False")))
    return Choose(options=options, keys=(0 if true else 1,), style="truth")


class TrueFalse(Kind[TrueFalseQuestion, Choose]):
    """A statement that is true or false."""

    name = "true-false"
    rank = 30
    meaning = _("a statement that holds or does not")
    stem = _("Stem: a statement")
    entry_type = TrueFalseQuestion
    model_rules = _Rules()

    def answer_of(self, written: TrueFalseQuestion, exhibit: Exhibit | None) -> Choose:
        """Make two options, true and false."""
        del exhibit
        return truth_choice(written.key)

    def fits(self, answer: Shape) -> bool:
        """Return whether the answer says if a statement is true."""
        return isinstance(answer, Choose) and answer.truth_value is not None

    def entry_of(self, answer: Choose) -> dict[str, Any]:
        """Return whether the statement is true."""
        return {"key": answer.keys == (0,)}

    def text_paths(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:
        """Return the path of the key for both options, which do not occur in the entry."""
        del answer
        return ((("key",), ("key",)),)

    def ask(self, asker: Asker) -> Steps:
        """Ask whether the statement is true."""
        yield from asker.truth(("key",), _("Is it true? (t or f)"))


KIND = TrueFalse()
