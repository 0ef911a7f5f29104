"""``match``: pairs to match."""

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Meta, field

from quizgen.errors import Diagnostic, Path
from quizgen.fields import Member, TemplateField, TextField, Written, about
from quizgen.generate import Each, FillTemplate, ItemModel, ItemModelEntry, ModelRules, QuestionDraft, Size
from quizgen.generate.siblings import Siblings
from quizgen.kinds.kind import Asker, EntryData, Kind, Steps, WrittenQuestion, check_distinct_texts, paths_in
from quizgen.model import Exhibit
from quizgen.shapes import Match, Shape
from quizgen.text.messages import NOTHING, _


class Pair(Written):
    """A left side and the right side that belongs to it."""

    left: TextField
    right: TextField


class MatchQuestion(WrittenQuestion):
    """A question with pairs to match."""

    pairs: Annotated[tuple[Pair, ...], Meta(min_length=2, max_length=8)]
    distractors: Annotated[
        tuple[TextField, ...], Meta(min_length=1, max_length=4), about("Right sides that no left side takes.")
    ] = ()


class MatchModel(ItemModelEntry):
    """An item model of such questions. ``given`` may be empty."""

    given: Annotated[tuple[Member, ...], about("Members that the question tells.")]
    left: TemplateField
    right: TemplateField
    each: Each = field(default_factory=dict)
    size: Size = 4


class _Rules(ModelRules):
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


class MatchKind(Kind[MatchQuestion, Match]):
    """Pairs of a left and a right side, and right sides without a left side as distractors."""

    name = "match"
    rank = 40
    meaning = _("pairs to put together")
    entry_type = MatchQuestion
    model_rules = _Rules()

    def check(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check that left sides differ, and right sides."""
        pairs = paths_in(entry, "pairs")
        yield from check_distinct_texts(entry, [(*pair, "left") for pair in pairs], _("left sides"))
        rights = [*((*pair, "right") for pair in pairs), *paths_in(entry, "distractors")]
        yield from check_distinct_texts(entry, rights, _("right sides"))

    def answer_of(self, written: MatchQuestion, exhibit: Exhibit | None) -> Match:
        """Make pairs, each prompt with the choice of the same index."""
        del exhibit
        return Match(
            prompts=tuple(pair.left for pair in written.pairs),
            choices=(*(pair.right for pair in written.pairs), *written.distractors),
            key=tuple(range(len(written.pairs))),
        )

    def fits(self, answer: Shape) -> bool:
        """Return whether the answer is a match."""
        return isinstance(answer, Match)

    def entry_of(self, answer: Match) -> dict[str, Any]:
        """Return the pairs and the distractors."""
        pairs = [
            {"left": prompt, "right": answer.choices[index]}
            for prompt, index in zip(answer.prompts, answer.key, strict=True)
        ]
        rest = [choice for index, choice in enumerate(answer.choices) if index not in answer.key]
        return {"pairs": pairs, "distractors": rest} if rest else {"pairs": pairs}

    def text_paths(self, answer: Match) -> tuple[tuple[Path, ...], ...]:
        """Return the paths of left sides and of right sides."""
        count = len(answer.prompts)
        rest = (("distractors", index) for index in range(len(answer.choices) - count))
        return (
            tuple(("pairs", index, "left") for index in range(count)),
            (*(("pairs", index, "right") for index in range(count)), *rest),
        )

    def ask(self, asker: Asker) -> Steps:
        """Ask for pairs, then for right sides without a left side."""
        minimum, maximum = asker.limits("pairs")
        for index in range(maximum):
            skip_label = _("no more") if index >= minimum else NOTHING
            label = _("Pair {number}, left side", number=index + 1)
            left = yield from asker.text(("pairs", index, "left"), label, skip_label=skip_label)
            if left is None:
                break
            label = _("Pair {number}, right side", number=index + 1)
            yield from asker.text(("pairs", index, "right"), label)
        yield from asker.texts(
            "distractors", _("Distractor (a right side that belongs to no left side):"), minimum=0
        )


KIND = MatchKind()
