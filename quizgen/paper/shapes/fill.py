"""A line to write on, within the stem."""

from quizgen.paper.shapes import PaperShape
from quizgen.shapes import Fill
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


class FillOnPaper(PaperShape):
    """A blank stands in the stem, and nothing below it."""

    shape = Fill
    is_keyed_by_words = True

    def hint(self, question: QuestionView) -> str:
        """Say what goes onto the line."""
        return _("Write it in.").translated(question.language)

    def key_cell(self, question: QuestionView) -> str:
        """Give the best words."""
        return question.right_answer


PAPER = FillOnPaper()
