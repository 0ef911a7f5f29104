"""The kind ``judge``: decide whether an exhibit is genuine or a scam."""

from quizgen.kinds.kind import ExhibitKind
from quizgen.model import Exhibit
from quizgen.shapes import Choose
from quizgen.text.languages import Text
from quizgen.text.messages import _, pgettext, translations_of


class JudgeKind(ExhibitKind[Choose]):
    """The kind ``judge``: decide whether the exhibit is genuine or a scam.

    The exhibit itself says which option is correct.
    """

    name = "judge"
    rank = 70
    meaning = _("decide whether a call or message is genuine or a scam")

    def build_exhibit_answer(self, exhibit: Exhibit) -> Choose:
        """Build the two options, "Genuine" and "A scam"."""
        verdicts = (translations_of(_("Genuine")), translations_of(_("A scam")))
        return Choose(options=verdicts, keys=(0 if exhibit.genuine else 1,), style="verdict")

    def default_stem(self, exhibit: Exhibit) -> Text:
        """Return a stem that asks whether the exhibit is genuine or a scam."""
        del exhibit
        return translations_of(pgettext("question", "Genuine, or a scam?"))


KIND = JudgeKind()
