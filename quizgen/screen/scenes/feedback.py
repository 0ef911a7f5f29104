"""Right or wrong, and why, after an answer."""

from collections.abc import Sequence

from msgspec.structs import replace

from quizgen.screen import answer_review
from quizgen.screen.rows import Row
from quizgen.screen.scenes import MORE, KeyHint, Scene, ScrollArea, command, commands
from quizgen.screen.session import Session, next_question, review_answer
from quizgen.view.feedback import timing, view_feedback

_ROOM = 11
"""Rows above a verdict that are seen on the smallest screen with it and the row below."""


class Feedback(Scene):
    """The verdict, the answer beside the right one, and all that explains it; the verdict is always seen, and the question stays in its place."""

    scrolls = True

    def question(self, session: Session) -> int:
        """Give the one just answered."""
        return session.explained

    def press(self, session: Session, key: str) -> Session:
        """Go on by a few keys only, so that nobody does so by mistake."""
        if key == "left":
            return review_answer(session, session.attempt.position - 2)  # the last is before one's eyes
        if key == "m":
            return replace(session, more=not session.more)
        return next_question(session) if key in ("enter", " ", "right") else command(session, key)

    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """Leave question and answers where they were, and say below how it went and why."""
        language = session.attempt.quiz.language
        view = view_feedback(session.attempt, session.explained, late=session.late)
        when = timing(session.attempt, session.explained, session.unfolded)
        told = answer_review.explained(view, language, width, more=session.more, timing=when)
        # The sources may wait, unless they were asked for: what explains is worth more of the screen.
        last = len(told.rows) if session.more else told.source - 1
        first = _sign(told.rows, told.verdict) if session.unfolded else told.verdict
        return ScrollArea([(), *told.rows], (1 + first, 1 + last), read=1 + last, whole=1 + last)

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Offer to look back where there is something before."""
        return [
            KeyHint("Enter", "enter", "do-next"),
            MORE,
            *commands(session, look=session.attempt.position > 1),
        ]


def _sign(rows: Sequence[Row], verdict: int) -> int:
    """Find the row where words stand that decide, to light up before one's eyes; the verdict, where both have no room."""
    found = next((at for at, row in enumerate(rows) if any(span.look == "sign" for span in row)), verdict)
    return found if verdict - found < _ROOM else verdict


SCENE = Feedback()
