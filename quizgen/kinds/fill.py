"""``fill``: a blank to fill in."""

from collections.abc import Iterator
from typing import Annotated, Any

from quizgen.errors import Diagnostic, Path
from quizgen.fields import WordsField, about
from quizgen.kinds.kind import Asker, EntryData, Kind, Steps, WrittenQuestion, check_distinct
from quizgen.model import BLANK, Exhibit
from quizgen.shapes import Fill, Shape
from quizgen.text.messages import _
from quizgen.text.normalise import normalise


class FillQuestion(WrittenQuestion):
    """A question with a blank in its stem."""

    accept: Annotated[WordsField, about("Per language, every wording taken, the best one first.")]


class FillKind(Kind[FillQuestion, Fill]):
    """A stem with a blank, and the wordings that it accepts. Item models make none: they cannot generate wordings."""

    name = "fill"
    rank = 60
    meaning = _("a blank to fill")
    stem = _("Stem, with the blank written {blank}", blank=BLANK)
    has_blank = True
    entry_type = FillQuestion

    def check(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check that wordings differ."""
        for tag, words in entry.get("accept", {}).items():
            yield from check_distinct(("accept", tag), [normalise(word) for word in words])

    def answer_of(self, written: FillQuestion, exhibit: Exhibit | None) -> Fill:
        """Make a blank with the wordings, and with the text around it."""
        del exhibit
        around = {}
        for tag, stem in written.stem.items():
            before, blank, after = stem.partition(BLANK)
            if blank:
                around[tag] = (before, after)
        return Fill(accept=written.accept, around=around)

    def fits(self, answer: Shape) -> bool:
        """Return whether the answer is a blank."""
        return isinstance(answer, Fill)

    def entry_of(self, answer: Fill) -> dict[str, Any]:
        """Return the wordings."""
        return {"accept": {tag: list(words) for tag, words in answer.accept.items()}}

    def text_paths(self, answer: Fill) -> tuple[tuple[Path, ...], ...]:
        """Return no paths, because there are no texts below the stem."""
        del answer
        return ()

    def ask(self, asker: Asker) -> Steps:
        """Ask for the wordings."""
        yield from asker.words("accept", _("Accepted answers, the best first, separated by ;"))


KIND = FillKind()
