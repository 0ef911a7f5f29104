"""``spot``: the line of an exhibit that shows that it is a scam, or genuine."""

from collections.abc import Iterator

from quizgen.errors import Diagnostic
from quizgen.kinds.kind import EntryData, ExhibitKind
from quizgen.model import Exhibit
from quizgen.shapes import Choose
from quizgen.text.languages import Text
from quizgen.text.messages import _, translations_of

MIN_LINES = 3
"""With fewer lines to choose from, an answer is a guess (Rodriguez 2005: three options are enough)."""

MOST_LINES = 8
"""Options have the letters a to h."""


class Spot(ExhibitKind[Choose]):
    """The one line of an exhibit that decides."""

    name = "spot"
    rank = 80
    meaning = _("the line of an exhibit that decides")

    def check_exhibit(self, entry: EntryData, exhibit: EntryData) -> Iterator[Diagnostic]:  # noqa: ARG002
        """Check that exactly one line decides, and that there are enough options."""
        lines = [line.get("who") for line in exhibit["lines"]]
        deciding = {sign["line"] for sign in exhibit["signs"]}
        if len(deciding) > 1 or "from" in deciding:
            what = _("the signs of {exhibit} are not all in one line", exhibit=exhibit["id"])
            yield Diagnostic(("exhibit",), what, _("use the kind `judge`, or remove signs"))
        elif any(lines[line - 1 : line] == ["you"] for line in deciding):
            what = _("the sign of {exhibit} is in a line that the reader says", exhibit=exhibit["id"])
            yield Diagnostic(("exhibit",), what, _("use the kind `judge`"))
        elif (count := sum(who != "you" for who in lines)) < MIN_LINES:
            what = _(
                "{exhibit} has fewer than {least} lines to choose from",
                exhibit=exhibit["id"],
                least=MIN_LINES,
            )
            yield Diagnostic(("exhibit",), what, _("use the kind `judge`"))
        elif count > MOST_LINES:
            what = _(
                "{exhibit} has more than {most} lines to choose from", exhibit=exhibit["id"], most=MOST_LINES
            )
            yield Diagnostic(("exhibit",), what, _("use the kind `judge`"))

    def answer_about(self, exhibit: Exhibit) -> Choose:
        """Make an option of each line that others say, in the exhibit's order."""
        options = tuple(
            translations_of(_("Line {number}", number=number)) for number in exhibit.lines_by_others
        )
        key = exhibit.lines_by_others.index(exhibit.deciding_lines[0])
        return Choose(options=options, keys=(key,), style="line", numbers=exhibit.lines_by_others)

    def default_stem(self, exhibit: Exhibit) -> Text:
        """Ask what gives the scam away, or what shows that the exhibit is genuine."""
        return translations_of(
            _("This is genuine. Which line shows it?")
            if exhibit.genuine
            else _("This is a scam. Which line gives it away?")
        )


KIND = Spot()
