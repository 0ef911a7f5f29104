"""Right or wrong, and why, after an answer."""

from msgspec.structs import replace

from quizgen.screen import answer_review
from quizgen.screen.scenes import MORE, KeyHint, Middle, Scene, command, commands
from quizgen.screen.session import Session, go_on, look_back
from quizgen.view.feedback import timing, view_feedback


class Feedback(Scene):
    """The verdict, the answer beside the right one, and all that explains it; the verdict is always seen, and the question stays in its place."""

    scrolls = True

    def question(self, session: Session) -> int:
        """Give the one just answered."""
        return session.explained

    def press(self, session: Session, key: str) -> Session:
        """Go on by a few keys only, so that nobody does so by mistake."""
        if key == "left":
            return look_back(session, session.attempt.position - 2)  # the last is before one's eyes
        if key == "m":
            return replace(session, more=not session.more)
        return go_on(session) if key in ("enter", " ", "right") else command(session, key)

    def middle(self, session: Session, width: int) -> Middle:
        """Leave question and answers where they were, and say below how it went and why."""
        language = session.attempt.quiz.language
        view = view_feedback(session.attempt, session.explained, late=session.late)
        when = timing(session.attempt, session.explained, session.unfolded)
        told = answer_review.explained(view, language, width, more=session.more, timing=when)
        # The sources may wait, unless they were asked for: what explains is worth more of the screen.
        last = len(told.rows) if session.more else told.source - 1
        return Middle([(), *told.rows], (1 + told.verdict, 1 + last))

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Offer to look back where there is something before."""
        return [
            KeyHint("Enter", "enter", "do-next"),
            MORE,
            *commands(session, look=session.attempt.position > 1),
        ]


SCENE = Feedback()
