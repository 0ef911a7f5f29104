"""The kind ``single``: exactly one option is correct."""

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Annotated, Any

from msgspec import Meta

from quizgen.errors import Diagnostic, Path
from quizgen.fields import TemplateField, TextField
from quizgen.generate import (
    FillTemplate,
    ItemModel,
    ItemModelEntry,
    ModelRules,
    QuestionDraft,
    Relation,
    Size,
    require_wrong_answers,
)
from quizgen.generate.siblings import ComparableMembers, Siblings
from quizgen.kinds.kind import (
    EntryData,
    Kind,
    QuestionEntry,
    check_distinct_texts,
    list_item_paths,
)
from quizgen.model import Exhibit
from quizgen.shapes import AnswerShape, Choose
from quizgen.text.messages import _

_SPARE_DISTRACTORS = 5  # spare ones replace those already used with another key


class SingleEntry(QuestionEntry):
    """A question of the kind ``single``: one option is correct."""

    key: TextField
    distractors: Annotated[tuple[TextField, ...], Meta(min_length=1, max_length=7)]


class SingleModel(ItemModelEntry):
    """An item model that generates questions of the kind ``single``."""

    option: TemplateField
    size: Size = 3


class _SingleModelRules(ModelRules):
    """How questions of the kind ``single`` are made from item models."""

    entry_type = SingleModel

    def field_names(self, model: ItemModel, members: tuple[str, ...]) -> tuple[str, ...]:
        del model
        return members

    def template_name(self, path: Path) -> str:
        return "option" if path[0] in ("key", "distractors") else super().template_name(path)

    def draft_questions(self, siblings: Siblings) -> Iterator[QuestionDraft]:
        """Make a draft for each question and correct option that the relations tell apart.

        Two drafts of the same question have different wrong options, as long as there are enough.
        """
        seen = set()
        drawn: set[tuple[ComparableMembers, frozenset[str]]] = set()
        for relation in siblings.ring:
            given, asked = siblings.given_members(relation), siblings.asked_members(relation)
            if (given, asked) in seen:
                continue
            seen.add((given, asked))
            more = siblings.wrong_siblings(relation)
            wrong = tuple(islice(more, siblings.model.size))
            if (given, _relation_ids(wrong)) in drawn:
                choices = combinations((*wrong, *islice(more, _SPARE_DISTRACTORS)), len(wrong))
                wrong = next((each for each in choices if (given, _relation_ids(each)) not in drawn), wrong)
            drawn.add((given, _relation_ids(wrong)))
            yield QuestionDraft((relation,), wrong)

    def make_answer(self, draft: QuestionDraft, fill_template: FillTemplate) -> Choose:
        require_wrong_answers(draft)
        return Choose(fill_template("option", (*draft.right, *draft.wrong)), (0,), "one")


def _relation_ids(relations: tuple[Relation, ...]) -> frozenset[str]:
    return frozenset(each.id for each in relations)


class SingleKind(Kind[SingleEntry, Choose]):
    """The kind ``single``: options, with exactly one that is correct."""

    name = "single"
    rank = 10
    meaning = _("one option is right")
    entry_type = SingleEntry
    model_rules = _SingleModelRules()

    def check_entry(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check that all options differ."""
        yield from check_distinct_texts(
            entry, [("key",), *list_item_paths(entry, "distractors")], _("options")
        )

    def build_answer(self, entry: SingleEntry, exhibit: Exhibit | None) -> Choose:
        """Build the options, the correct one first."""
        del exhibit
        return Choose(options=(entry.key, *entry.distractors), keys=(0,), style="one")

    def can_have_answer(self, answer: AnswerShape) -> bool:
        """Return whether the answer has options and exactly one can be chosen."""
        return isinstance(answer, Choose) and answer.style == "one"

    def build_entry(self, answer: Choose) -> dict[str, Any]:
        """Return the correct option and the wrong ones."""
        wrong = [option for index, option in enumerate(answer.options) if index not in answer.keys]
        return {"key": answer.options[answer.keys[0]], "distractors": wrong}

    def text_paths(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:
        """Return the path of the correct option, then those of the wrong ones."""
        wrong = (("distractors", index) for index in range(len(answer.options) - 1))
        return ((("key",), *wrong),)


KIND = SingleKind()
