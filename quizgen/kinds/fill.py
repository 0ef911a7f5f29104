"""The kind ``fill``: the stem has a blank to fill in."""

from collections.abc import Iterator
from typing import Annotated, Any

from quizgen.errors import Diagnostic, Path
from quizgen.fields import WordsField, describe_value
from quizgen.kinds.kind import EntryData, Kind, QuestionEntry, check_distinct_items
from quizgen.model import BLANK, Exhibit
from quizgen.shapes import AnswerShape, Fill
from quizgen.text.messages import _
from quizgen.text.normalise import normalise


class FillEntry(QuestionEntry):
    """A question of the kind ``fill``: words go into a blank."""

    accept: Annotated[
        WordsField, describe_value("Every wording that is accepted, in each language, the best one first.")
    ]


class FillKind(Kind[FillEntry, Fill]):
    """The kind ``fill``: a stem with a blank, and the wordings that are accepted in it."""

    name = "fill"
    rank = 60
    meaning = _("a blank to fill in")
    has_blank = True
    entry_type = FillEntry

    def check_entry(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check that no accepted wording is listed twice."""
        for tag, words in entry.get("accept", {}).items():
            yield from check_distinct_items(("accept", tag), [normalise(word) for word in words])

    def build_answer(self, entry: FillEntry, exhibit: Exhibit | None) -> Fill:
        """Build the answer from the accepted wordings and from the text around the blank."""
        del exhibit
        around = {}
        for tag, stem in entry.stem.items():
            before, blank, after = stem.partition(BLANK)
            if blank:
                around[tag] = (before, after)
        return Fill(accept=entry.accept, around=around)

    def can_have_answer(self, answer: AnswerShape) -> bool:
        """Return whether the answer is a blank."""
        return isinstance(answer, Fill)

    def build_entry(self, answer: Fill) -> dict[str, Any]:
        """Return the field with the accepted wordings."""
        return {"accept": {tag: list(words) for tag, words in answer.accept.items()}}

    def text_paths(self, answer: Fill) -> tuple[tuple[Path, ...], ...]:
        """Return no paths, because nothing is printed below the stem."""
        del answer
        return ()


KIND = FillKind()
