"""The kind ``match``: pairs to match."""

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Meta, field

from quizgen.errors import Diagnostic, Path
from quizgen.fields import Member, TemplateField, TextField, YamlMapping, describe_value
from quizgen.generate import Each, FillTemplate, ItemModel, ItemModelEntry, ModelRules, QuestionDraft, Size
from quizgen.generate.siblings import Siblings
from quizgen.kinds.kind import (
    EntryData,
    Kind,
    QuestionEntry,
    check_distinct_texts,
    list_item_paths,
)
from quizgen.model import Exhibit
from quizgen.shapes import AnswerShape, Match
from quizgen.text.messages import _


class Pair(YamlMapping):
    """A left side, and the right side that belongs to it."""

    left: TextField
    right: TextField


class MatchEntry(QuestionEntry):
    """A question of the kind ``match``: pairs to match."""

    pairs: Annotated[tuple[Pair, ...], Meta(min_length=2, max_length=8)]
    distractors: Annotated[
        tuple[TextField, ...],
        Meta(min_length=1, max_length=4),
        describe_value("Right sides that belong to no left side."),
    ] = ()


class MatchModel(ItemModelEntry):
    """An item model that generates questions of the kind ``match``."""

    given: Annotated[tuple[Member, ...], describe_value("Members that the question states.")]
    left: TemplateField
    right: TemplateField
    each: Each = field(default_factory=dict)
    size: Size = 4


class _MatchModelRules(ModelRules):
    """How questions of the kind ``match`` are made from item models."""

    entry_type = MatchModel
    several = True

    def field_names(self, model: ItemModel, members: tuple[str, ...]) -> tuple[str, ...]:
        del members
        return model.within

    def template_name(self, path: Path) -> str:
        return str(path[2]) if path[0] == "pairs" and path[2:] else super().template_name(path)

    def draft_questions(self, siblings: Siblings) -> Iterator[QuestionDraft]:
        return (QuestionDraft(tuple(chosen)) for chosen in siblings.exclusive_sets())

    def make_answer(self, draft: QuestionDraft, fill_template: FillTemplate) -> Match:
        key = tuple(range(len(draft.right)))
        return Match(fill_template("left", draft.right), fill_template("right", draft.right), key)


class MatchKind(Kind[MatchEntry, Match]):
    """The kind ``match``: pairs of a left and a right side.

    Right sides that belong to no left side are distractors.
    """

    name = "match"
    rank = 40
    meaning = _("pairs to put together")
    entry_type = MatchEntry
    model_rules = _MatchModelRules()

    def check_entry(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check that all left sides differ, and all right sides."""
        pairs = list_item_paths(entry, "pairs")
        yield from check_distinct_texts(entry, [(*pair, "left") for pair in pairs], _("left sides"))
        rights = [*((*pair, "right") for pair in pairs), *list_item_paths(entry, "distractors")]
        yield from check_distinct_texts(entry, rights, _("right sides"))

    def build_answer(self, entry: MatchEntry, exhibit: Exhibit | None) -> Match:
        """Build prompts and choices; each prompt has the same index as its choice."""
        del exhibit
        return Match(
            prompts=tuple(pair.left for pair in entry.pairs),
            choices=(*(pair.right for pair in entry.pairs), *entry.distractors),
            key=tuple(range(len(entry.pairs))),
        )

    def can_have_answer(self, answer: AnswerShape) -> bool:
        """Return whether the answer consists of pairs."""
        return isinstance(answer, Match)

    def build_entry(self, answer: Match) -> dict[str, Any]:
        """Return the pairs and the distractors."""
        pairs = [
            {"left": prompt, "right": answer.choices[index]}
            for prompt, index in zip(answer.prompts, answer.key, strict=True)
        ]
        rest = [choice for index, choice in enumerate(answer.choices) if index not in answer.key]
        return {"pairs": pairs, "distractors": rest} if rest else {"pairs": pairs}

    def text_paths(self, answer: Match) -> tuple[tuple[Path, ...], ...]:
        """Return the paths of the left sides, and those of the right sides."""
        count = len(answer.prompts)
        rest = (("distractors", index) for index in range(len(answer.choices) - count))
        return (
            tuple(("pairs", index, "left") for index in range(count)),
            (*(("pairs", index, "right") for index in range(count)), *rest),
        )


KIND = MatchKind()
