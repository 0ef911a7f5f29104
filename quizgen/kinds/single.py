"""``single``: exactly one option is right."""

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
from quizgen.kinds.kind import Asker, EntryData, Kind, Steps, WrittenQuestion, check_distinct_texts, paths_in
from quizgen.model import Exhibit
from quizgen.shapes import Choose, Shape
from quizgen.text.messages import _

_SPARE_DISTRACTORS = 5  # spare ones replace those already used with another key


class SingleQuestion(WrittenQuestion):
    """A question with one right option."""

    key: TextField
    distractors: Annotated[tuple[TextField, ...], Meta(min_length=1, max_length=7)]


class SingleModel(ItemModelEntry):
    """An item model of such questions."""

    option: TemplateField
    size: Size = 3


class _Rules(ModelRules):
    entry_type = SingleModel

    def field_names(self, model: ItemModel, members: tuple[str, ...]) -> tuple[str, ...]:
        del model
        return members

    def template_name(self, path: Path) -> str:
        return "option" if path[0] in ("key", "distractors") else super().template_name(path)

    def draft_questions(self, siblings: Siblings) -> Iterator[QuestionDraft]:
        """Make a draft for each question and key that the relations distinguish.

        Two drafts of the same question have different wrong answers, as long as there are enough.
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
            if (given, _ids(wrong)) in drawn:
                choices = combinations((*wrong, *islice(more, _SPARE_DISTRACTORS)), len(wrong))
                wrong = next((each for each in choices if (given, _ids(each)) not in drawn), wrong)
            drawn.add((given, _ids(wrong)))
            yield QuestionDraft((relation,), wrong)

    def make_answer(self, draft: QuestionDraft, fill_template: FillTemplate) -> Choose:
        require_wrong_answers(draft)
        return Choose(fill_template("option", (*draft.right, *draft.wrong)), (0,), "one")


def _ids(relations: tuple[Relation, ...]) -> frozenset[str]:
    return frozenset(each.id for each in relations)


class Single(Kind[SingleQuestion, Choose]):
    """Options with exactly one key."""

    name = "single"
    rank = 10
    meaning = _("one option is right")
    entry_type = SingleQuestion
    model_rules = _Rules()

    def check(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check that options differ."""
        yield from check_distinct_texts(entry, [("key",), *paths_in(entry, "distractors")], _("options"))

    def answer_of(self, written: SingleQuestion, exhibit: Exhibit | None) -> Choose:
        """Make a choice with the key first."""
        del exhibit
        return Choose(options=(written.key, *written.distractors), keys=(0,), style="one")

    def fits(self, answer: Shape) -> bool:
        """Return whether the answer is a choice of one."""
        return isinstance(answer, Choose) and answer.style == "one"

    def entry_of(self, answer: Choose) -> dict[str, Any]:
        """Return the key and the distractors."""
        wrong = [option for index, option in enumerate(answer.options) if index not in answer.keys]
        return {"key": answer.options[answer.keys[0]], "distractors": wrong}

    def text_paths(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:
        """Return the paths of the key and the distractors."""
        wrong = (("distractors", index) for index in range(len(answer.options) - 1))
        return ((("key",), *wrong),)

    def ask(self, asker: Asker) -> Steps:
        """Ask for the key, then for distractors."""
        yield from asker.text(("key",), _("Key: the right answer"))
        yield from asker.texts("distractors", _("Distractor: wrong answer"))


KIND = Single()
