"""The kind ``match``: pairs to match."""

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Meta

from quizgen.errors import Diagnostic, Path
from quizgen.fields import TextField, YamlMapping, describe_value
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


class MatchKind(Kind[MatchEntry, Match]):
    """The kind ``match``: pairs of a left and a right side.

    Right sides that belong to no left side are distractors.
    """

    name = "match"
    rank = 40
    meaning = _("pairs to put together")
    entry_type = MatchEntry

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
