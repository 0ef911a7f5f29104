"""``fill``: a blank to fill."""

from collections.abc import Iterator
from typing import Any, ClassVar

from quizgen.errors import Diagnostic, Path
from quizgen.kinds.kind import WORDS, Asker, EntryData, Kind, Steps, check_distinct
from quizgen.model import BLANK, Exhibit
from quizgen.shapes import Fill
from quizgen.text.messages import text
from quizgen.text.normalise import folded


class FillKind(Kind[Fill]):
    """A stem with a blank, and the wordings that it takes. Item models make none: wordings cannot be generated."""

    name = "fill"
    rank = 60
    meaning = "kinds.meaning-fill"
    stem = text("kinds.stem-blank", blank=BLANK)
    has_blank = True
    keys: ClassVar = {
        "accept": WORDS | {"description": "Per language, every wording taken, the best one first."}
    }

    def check(self, entry: EntryData) -> Iterator[Diagnostic]:
        """See that wordings differ."""
        for tag, words in entry.get("accept", {}).items():
            yield from check_distinct(("accept", tag), [folded(word) for word in words])

    def answer_of(self, entry: EntryData, exhibit: Exhibit | None = None) -> Fill:  # noqa: ARG002  as of every kind
        """Take the wordings."""
        return Fill(accept={tag: tuple(words) for tag, words in entry["accept"].items()})

    def entry_of(self, answer: Fill) -> dict[str, Any]:
        """Give the wordings."""
        return {"accept": {tag: list(words) for tag, words in answer.accept.items()}}

    def places(self, answer: Fill) -> tuple[tuple[Path, ...], ...]:  # noqa: ARG002  as of every kind
        """Nothing stands below the stem."""
        return ()

    def ask(self, asker: Asker) -> Steps:
        """Ask for wordings."""
        yield from asker.words("accept", "kinds.ask-accept")


KIND = FillKind()
