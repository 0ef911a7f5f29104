"""``multiple``: one or more options are right."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

from msgspec import Meta, field

from quizgen.errors import Diagnostic, Path
from quizgen.fields import TemplateField, TextField
from quizgen.generate import (
    Each,
    FillTemplate,
    ItemModelEntry,
    ModelRules,
    QuestionDraft,
    Size,
    require_wrong_answers,
)
from quizgen.generate.siblings import Siblings, digest
from quizgen.kinds.kind import Asker, EntryData, Kind, Steps, WrittenQuestion, check_distinct_texts, paths_in
from quizgen.model import Exhibit
from quizgen.shapes import Choose, Shape
from quizgen.text.messages import _

_MIN_OPTIONS, _MAX_OPTIONS = 3, 8

MIN_KEYS = 2
"""A generated question with only one key would be of the kind ``single``."""

MAX_KEYS = 3


class MultipleQuestion(WrittenQuestion):
    """A question with one or more right options."""

    key: Annotated[tuple[TextField, ...], Meta(min_length=1, max_length=7)]
    distractors: Annotated[tuple[TextField, ...], Meta(min_length=1, max_length=7)]


class MultipleModel(ItemModelEntry):
    """An item model of such questions."""

    option: TemplateField
    each: Each = field(default_factory=dict)
    size: Size = 2


class _Rules(ModelRules):
    entry_type = MultipleModel
    several = True

    def template_name(self, path: Path) -> str:
        return "option" if path[0] in ("key", "distractors") else super().template_name(path)

    def draft_questions(self, siblings: Siblings) -> Iterator[QuestionDraft]:
        for group in siblings.relations_by_given.values():
            right = {siblings.asked_members(relation): relation for relation in reversed(group)}
            if len(right) >= MIN_KEYS:
                first = next(iter(right.values()))
                count = MIN_KEYS + int(digest("keys", siblings.model.id, first.id), 16) % 2
                keys = sorted(list(right.values())[:count], key=lambda each: each.id)
                # The number of options is the same for two keys and three, so that it gives nothing away.
                size = siblings.model.size + MAX_KEYS - len(keys)
                yield QuestionDraft(tuple(keys), tuple(islice(siblings.wrong_siblings(keys[0]), size)))

    def make_answer(self, draft: QuestionDraft, fill_template: FillTemplate) -> Choose:
        require_wrong_answers(draft)
        options = fill_template("option", (*draft.right, *draft.wrong))
        return Choose(options, tuple(range(len(draft.right))), "several")


class Multiple(Kind[MultipleQuestion, Choose]):
    """Options with one or more keys."""

    name = "multiple"
    rank = 20
    meaning = _("several options are right")
    entry_type = MultipleQuestion
    model_rules = _Rules()

    def check(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check the number of options, and that they differ."""
        keys, distractors = paths_in(entry, "key"), paths_in(entry, "distractors")
        count = len(keys) + len(distractors)
        if keys and distractors and not _MIN_OPTIONS <= count <= _MAX_OPTIONS:
            what = _("question {id} has {count} options", count=count, id=entry["id"])
            yield Diagnostic(
                (),
                what,
                _(
                    "give {least} to {most}, keys and distractors together",
                    least=_MIN_OPTIONS,
                    most=_MAX_OPTIONS,
                ),
            )
        yield from check_distinct_texts(entry, [*keys, *distractors], _("options"))

    def answer_of(self, written: MultipleQuestion, exhibit: Exhibit | None) -> Choose:
        """Make a choice with the keys first."""
        del exhibit
        options = (*written.key, *written.distractors)
        return Choose(options=options, keys=tuple(range(len(written.key))), style="several")

    def fits(self, answer: Shape) -> bool:
        """Return whether the answer is a choice of several."""
        return isinstance(answer, Choose) and answer.allows_several

    def entry_of(self, answer: Choose) -> dict[str, Any]:
        """Return the keys and the distractors."""
        wrong = [option for index, option in enumerate(answer.options) if index not in answer.keys]
        return {"key": [answer.options[index] for index in answer.keys], "distractors": wrong}

    def text_paths(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:
        """Return the paths of the keys and the distractors."""
        right = (("key", index) for index in range(len(answer.keys)))
        wrong = (("distractors", index) for index in range(len(answer.options) - len(answer.keys)))
        return ((*right, *wrong),)

    def ask(self, asker: Asker) -> Steps:
        """Ask for keys, then for distractors."""
        yield from asker.texts("key", _("Key: a right answer"))
        yield from asker.texts(
            "distractors", _("Distractor: wrong answer"), maximum=_MAX_OPTIONS - len(asker.entry["key"])
        )


KIND = Multiple()
