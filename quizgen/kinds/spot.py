"""The kind ``spot``: find the line of an exhibit that shows that it is a scam, or genuine."""

from collections.abc import Iterator

from quizgen.errors import Diagnostic
from quizgen.kinds.kind import EntryData, ExhibitKind
from quizgen.model import Exhibit
from quizgen.shapes import Choose
from quizgen.text.languages import Text
from quizgen.text.messages import _, translations_of

MIN_LINES = 3
"""With fewer lines to choose from, an answer is a guess (Rodriguez 2005: three options are enough)."""

MAX_LINES = 8
"""Options have the letters a to h."""


class SpotKind(ExhibitKind[Choose]):
    """The kind ``spot``: find the line of the exhibit that gives the scam away, or shows that it is genuine."""

    name = "spot"
    rank = 80
    meaning = _("find the line that shows whether a call or message is genuine")

    def check_exhibit(self, entry: EntryData, exhibit: EntryData) -> Iterator[Diagnostic]:  # noqa: ARG002
        """Check that the signs of a scam, or of a genuine contact, are all in one line.

        There must also be enough lines to choose from, and not too many.
        """
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
        elif count > MAX_LINES:
            what = _(
                "{exhibit} has more than {most} lines to choose from", exhibit=exhibit["id"], most=MAX_LINES
            )
            yield Diagnostic(("exhibit",), what, _("use the kind `judge`"))

    def build_exhibit_answer(self, exhibit: Exhibit) -> Choose:
        """Build an option for each line of the exhibit that other people say, in the same order."""
        options = tuple(
            translations_of(_("Line {number}", number=number)) for number in exhibit.lines_by_others
        )
        key = exhibit.lines_by_others.index(exhibit.deciding_line)
        return Choose(options=options, keys=(key,), style="line", numbers=exhibit.lines_by_others)

    def default_stem(self, exhibit: Exhibit) -> Text:
        """Return a stem that asks which line gives the scam away, or shows that it is genuine."""
        return translations_of(
            _("This is genuine. Which line shows it?")
            if exhibit.genuine
            else _("This is a scam. Which line gives it away?")
        )


KIND = SpotKind()
