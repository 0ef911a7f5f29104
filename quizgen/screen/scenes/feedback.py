"""Right or wrong, and why, after an answer."""

from quizgen.screen import answer_review
from quizgen.screen.exhibit import exhibit_rows
from quizgen.screen.rows import Row, paragraph
from quizgen.screen.scenes import KeyHint, Middle, Scene, command, commands
from quizgen.screen.session import Session, go_on, look_back
from quizgen.view.feedback import view_feedback


class Feedback(Scene):
    """The verdict, the answer beside the right one, and all that explains it; the verdict is always seen."""

    scrolls = True

    def question(self, session: Session) -> int:
        """Give the one just answered."""
        return session.explained

    def press(self, session: Session, key: str) -> Session:
        """Go on by a few keys only, so that nobody does so by mistake."""
        if key in ("b", "left"):
            return look_back(session, session.attempt.position - 2)  # the last is before one's eyes
        return go_on(session) if key in ("enter", " ", "right") else command(session, key)

    def middle(self, session: Session, width: int) -> Middle:
        """Show stem, verdict, answers and reasons."""
        language = session.attempt.quiz.language
        view = view_feedback(session.attempt, session.explained, late=session.late)
        rows: list[Row] = [(), *exhibit_rows(view.exhibit, width), *paragraph(view.stem, width, "strong"), ()]
        verdict = len(rows)
        rows += answer_review.verdict(view.verdict, language, width)
        rows += [*answer_review.review(view.review, language, width), ()]
        rows += answer_review.reasons(view, language, width)
        explained = len(rows)
        rows += answer_review.sources(view, language, width)
        # Below an exhibit the sources may wait: its marked words are worth more of the screen.
        return Middle(rows, (verdict, explained if view.exhibit else len(rows)))

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Offer to look back where there is something before."""
        look = [KeyHint("b", "b", "do-look")] if session.attempt.position > 1 else []
        return [KeyHint("Enter", "enter", "do-next"), *look, *commands(session)]


SCENE = Feedback()
