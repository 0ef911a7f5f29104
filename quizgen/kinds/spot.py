"""``spot``: the line of an exhibit that gives it away, or shows that it is genuine."""

from collections.abc import Iterator
from typing import Any, ClassVar

from quizgen.errors import Diagnostic, Path
from quizgen.kinds.kind import Asker, EntryData, Kind, Steps
from quizgen.model import Exhibit
from quizgen.shapes import Choose
from quizgen.text.languages import Text
from quizgen.text.messages import in_every_language, text

LEAST_LINES = 3
"""A choice of fewer lines is a guess (Rodriguez 2005: three options are enough)."""


class Spot(Kind[Choose]):
    """The one line of an exhibit that decides."""

    name = "spot"
    rank = 80
    meaning = "kinds.meaning-spot"
    stem = "kinds.stem-own"
    keys: ClassVar = {}
    needs_exhibit = True
    own_stem = False

    def check_exhibit(self, entry: EntryData, exhibit: EntryData) -> Iterator[Diagnostic]:  # noqa: ARG002
        """See that one line decides, and that there are enough to choose from."""
        lines = [line.get("who") for line in exhibit["lines"]]
        deciding = {sign["line"] for sign in exhibit["signs"]}
        if len(deciding) > 1 or "from" in deciding:
            what = text("kinds.signs-apart", exhibit=exhibit["id"])
            yield Diagnostic(("exhibit",), what, "kinds.judge-or-fewer")
        elif any(lines[line - 1 : line] == ["you"] for line in deciding):
            what = text("kinds.sign-by-you", exhibit=exhibit["id"])
            yield Diagnostic(("exhibit",), what, "kinds.ask-judge")
        elif sum(who != "you" for who in lines) < LEAST_LINES:
            what = text("kinds.few-lines", exhibit=exhibit["id"], least=LEAST_LINES)
            yield Diagnostic(("exhibit",), what, "kinds.ask-judge")

    def answer_of(self, entry: EntryData, exhibit: Exhibit | None = None) -> Choose:  # noqa: ARG002  as of every kind
        """Make an option of each line that others say, in the exhibit's order."""
        assert exhibit  # noqa: S101  checked
        options = tuple(in_every_language("kinds.line", number=number) for number in exhibit.lines_by_others)
        key = exhibit.lines_by_others.index(exhibit.deciding[0])
        return Choose(options=options, keys=(key,), style="line", numbers=exhibit.lines_by_others)

    def stem_of(self, entry: EntryData, exhibit: Exhibit | None = None) -> Text:
        """Ask what gives a scam away, or what shows that it is genuine."""
        assert exhibit  # noqa: S101  checked
        name = "kinds.spot-genuine" if exhibit.genuine else "kinds.spot-scam"
        return entry.get("stem") or in_every_language(name)

    def entry_of(self, answer: Choose) -> dict[str, Any]:  # noqa: ARG002  as of every kind
        """Nothing is its own: lines and key stand in the exhibit."""
        return {}

    def places(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:
        """All options come of the exhibit."""
        return ((("exhibit",),) * len(answer.options),)

    def ask(self, asker: Asker) -> Steps:  # noqa: ARG002  as of every kind
        """Nothing beside the exhibit."""
        yield from ()


KIND = Spot()
