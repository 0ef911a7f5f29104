"""The kind ``multiple``: several options may be correct."""

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

_MIN_OPTIONS, _MAX_OPTIONS = 3, 8


class MultipleEntry(QuestionEntry):
    """A question of the kind ``multiple``: one or more options are correct."""

    key: Annotated[tuple[TextField, ...], Meta(min_length=1, max_length=7)]
    distractors: Annotated[tuple[TextField, ...], Meta(min_length=1, max_length=7)]


class MultipleKind(Kind[MultipleEntry, Choose]):
    """The kind ``multiple``: a question with options. One or more of them are correct."""

    name = "multiple"
    rank = 20
    meaning = _("several options are right")
    entry_type = MultipleEntry

    def check_entry(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check how many options there are, and that they differ."""
        keys, distractors = list_item_paths(entry, "key"), list_item_paths(entry, "distractors")
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

    def build_answer(self, entry: MultipleEntry, exhibit: Exhibit | None) -> Choose:
        """Build the options, the correct ones first."""
        del exhibit
        options = (*entry.key, *entry.distractors)
        return Choose(options=options, keys=tuple(range(len(entry.key))), style="several")

    def can_have_answer(self, answer: AnswerShape) -> bool:
        """Return whether the answer has options and several can be chosen."""
        return isinstance(answer, Choose) and answer.allows_several_options

    def build_entry(self, answer: Choose) -> dict[str, Any]:
        """Return the correct options and the wrong ones."""
        wrong = [option for index, option in enumerate(answer.options) if index not in answer.keys]
        return {"key": [answer.options[index] for index in answer.keys], "distractors": wrong}

    def text_paths(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:
        """Return the paths of the correct options, then those of the wrong ones."""
        right = (("key", index) for index in range(len(answer.keys)))
        wrong = (("distractors", index) for index in range(len(answer.options) - len(answer.keys)))
        return ((*right, *wrong),)


KIND = MultipleKind()
