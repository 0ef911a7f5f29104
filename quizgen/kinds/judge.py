"""``judge``: a verdict on an exhibit, genuine or a scam."""

from typing import Any, ClassVar

from quizgen.errors import Path
from quizgen.kinds.kind import Asker, EntryData, Kind, Steps
from quizgen.model import Exhibit
from quizgen.shapes import Choose
from quizgen.text.languages import Text
from quizgen.text.messages import in_every_language


class Judge(Kind[Choose]):
    """A verdict on an exhibit; the key is what the exhibit is."""

    name = "judge"
    rank = 70
    meaning = "kinds.meaning-judge"
    stem = "kinds.stem-own"
    keys: ClassVar = {}
    needs_exhibit = True
    own_stem = False

    def answer_of(self, entry: EntryData, exhibit: Exhibit | None = None) -> Choose:  # noqa: ARG002  as of every kind
        """Make two options, genuine and a scam."""
        assert exhibit  # noqa: S101  checked
        verdicts = (in_every_language("kinds.genuine"), in_every_language("kinds.scam"))
        return Choose(options=verdicts, keys=(0 if exhibit.genuine else 1,), style="verdict")

    def stem_of(self, entry: EntryData, exhibit: Exhibit | None = None) -> Text:  # noqa: ARG002  as of every kind
        """Ask what it is."""
        return entry.get("stem") or in_every_language("kinds.judge")

    def entry_of(self, answer: Choose) -> dict[str, Any]:  # noqa: ARG002  as of every kind
        """Nothing is its own: the key stands in the exhibit."""
        return {}

    def places(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:  # noqa: ARG002  as of every kind
        """Both options come of the exhibit."""
        return ((("exhibit",), ("exhibit",)),)

    def ask(self, asker: Asker) -> Steps:  # noqa: ARG002  as of every kind
        """Nothing beside the exhibit."""
        yield from ()


KIND = Judge()
