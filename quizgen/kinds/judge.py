"""``judge``: a verdict on an exhibit, genuine or a scam."""

from quizgen.kinds.kind import ExhibitKind
from quizgen.model import Exhibit
from quizgen.shapes import Choose
from quizgen.text.languages import Text
from quizgen.text.messages import _, pgettext, translations_of


class Judge(ExhibitKind[Choose]):
    """A verdict on an exhibit. The key is what the exhibit is."""

    name = "judge"
    rank = 70
    meaning = _("decide whether an exhibit is genuine or a scam")

    def answer_about(self, exhibit: Exhibit) -> Choose:
        """Make two options, genuine and a scam."""
        verdicts = (translations_of(_("Genuine")), translations_of(_("A scam")))
        return Choose(options=verdicts, keys=(0 if exhibit.genuine else 1,), style="verdict")

    def default_stem(self, exhibit: Exhibit) -> Text:
        """Ask whether the exhibit is genuine or a scam."""
        del exhibit
        return translations_of(pgettext("question", "Genuine, or a scam?"))


KIND = Judge()
