"""Typing words into a blank."""

from quizgen.screen.answer_input import AnswerInput, IncompleteAnswer, KeyResult, SentAnswer, edit_words
from quizgen.screen.rows import input_rows
from quizgen.screen.shapes import AnswerScreen, ChoiceRows
from quizgen.shapes import Fill
from quizgen.shapes.fill import clean_reply
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


class FillScreen(AnswerScreen[Fill]):
    """Handles keys for a blank, and draws the typed words.

    ``words`` has the typed words, and the cursor is a position in them.
    """

    shape = Fill

    def start_input(self, _answer: Fill) -> AnswerInput:
        """Begin without words."""
        return AnswerInput(cursor=0)

    def handle_key(self, _answer: Fill, draft: AnswerInput, key: str) -> KeyResult:
        """Edit the words, or send them."""
        if key == "enter":
            words = clean_reply(draft.words)
            return SentAnswer(words) if words else IncompleteAnswer(draft, _("Nothing typed yet."))
        return edit_words(draft, key)

    def draw_choices(
        self, _answer: Fill, _question: QuestionView, draft: AnswerInput, width: int
    ) -> ChoiceRows:
        """Draw the line into which people type."""
        rows, caret = input_rows(draft.words, draft.cursor, width)
        return ChoiceRows(rows, (0, len(rows)), caret)


SCREEN = FillScreen()
