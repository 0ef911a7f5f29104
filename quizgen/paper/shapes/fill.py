"""A line to write on, within the stem."""

from quizgen.paper.shapes import PaperShape
from quizgen.shapes import Fill
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


class FillOnPaper(PaperShape):
    """How a blank is printed: in the stem, with nothing below it."""

    shape = Fill
    is_answered_in_words = True

    def hint(self, question: QuestionView) -> str:
        """Return the hint to write on the line."""
        return _("Write it in.").translated(question.language)

    def answer_key_cell(self, question: QuestionView) -> str:
        """Return the best answer."""
        return question.right_answer


PAPER = FillOnPaper()
