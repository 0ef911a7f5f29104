"""Feedback after an answer: right or wrong, and why."""

from collections.abc import Sequence

from msgspec.structs import replace

from quizgen.screen import answer_review
from quizgen.screen.rows import Row
from quizgen.screen.scenes import MORE, KeyHint, Scene, ScrollArea, command, commands
from quizgen.screen.session import Session, next_question, review_answer
from quizgen.view.feedback import build_feedback_view, describe_decision_time

_ROOM = 11
"""The rows above a verdict that the smallest screen shows together with it and the row below."""


class Feedback(Scene):
    """The verdict, the answer beside the right one, and the explanation. The verdict is always visible, and the question stays where it was."""

    scrolls = True

    def question(self, session: Session) -> int:
        """Return the question just answered."""
        return session.explained

    def press(self, session: Session, key: str) -> Session:
        """Continue only on a few keys, so that nobody does so by mistake."""
        if key == "left":
            return review_answer(session, session.attempt.position - 2)  # the last answer is on the screen
        if key == "m":
            return replace(session, more=not session.more)
        return next_question(session) if key in ("enter", " ", "right") else command(session, key)

    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """Show question and answers where they were, and below them the verdict and the reasons."""
        language = session.attempt.quiz.language
        view = build_feedback_view(session.attempt, session.explained, late=session.late)
        when = describe_decision_time(session.attempt, session.explained, session.unfolded)
        told = answer_review.explained(view, language, width, more=session.more, timing=when)
        # The explanation needs the space more than the sources, unless somebody asked for these.
        last = len(told.rows) if session.more else told.source - 1
        first = _sign(told.rows, told.verdict) if session.unfolded else told.verdict
        return ScrollArea([(), *told.rows], (1 + first, 1 + last), read=1 + last, whole=1 + last)

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Offer to look back if there is an earlier answer."""
        return [
            KeyHint("Enter", "enter", "do-next"),
            MORE,
            *commands(session, look=session.attempt.position > 1),
        ]


def _sign(rows: Sequence[Row], verdict: int) -> int:
    """Return the row of the first deciding words, or of the verdict if both do not fit."""
    found = next((at for at, row in enumerate(rows) if any(span.look == "sign" for span in row)), verdict)
    return found if verdict - found < _ROOM else verdict


SCENE = Feedback()
