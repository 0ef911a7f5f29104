"""The kind ``single``: exactly one option is correct."""

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Meta

from quizgen.errors import Diagnostic, Path
from quizgen.fields import TextField
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


class SingleEntry(QuestionEntry):
    """A question of the kind ``single``: one option is correct."""

    key: TextField
    distractors: Annotated[tuple[TextField, ...], Meta(min_length=1, max_length=7)]


class SingleKind(Kind[SingleEntry, Choose]):
    """The kind ``single``: options, with exactly one that is correct."""

    name = "single"
    rank = 10
    meaning = _("one option is right")
    entry_type = SingleEntry

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
