"""Typing the words of a blank."""

from quizgen.screen.answer_input import AnswerInput, IncompleteAnswer, KeyResult, SentAnswer, type_key
from quizgen.screen.rows import input_rows
from quizgen.screen.shapes import Choices, ScreenShape
from quizgen.shapes import Fill
from quizgen.shapes.fill import clean_reply
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


class FillScreen(ScreenShape[Fill]):
    """``words`` has the typed words, and the cursor is a position in them."""

    shape = Fill

    def begin(self, _answer: Fill) -> AnswerInput:
        """Begin with no words."""
        return AnswerInput(cursor=0)

    def press(self, _answer: Fill, draft: AnswerInput, key: str) -> KeyResult:
        """Type, or send the words."""
        if key == "enter":
            words = clean_reply(draft.words)
            return SentAnswer(words) if words else IncompleteAnswer(draft, _("Nothing typed yet."))
        return type_key(draft, key)

    def choices(self, _answer: Fill, _question: QuestionView, draft: AnswerInput, width: int) -> Choices:
        """Show the line for words."""
        rows, caret = input_rows(draft.words, draft.cursor, width)
        return Choices(rows, (0, len(rows)), caret)


SCREEN = FillScreen()
