"""The rules of a quiz with a time limit, before the clock starts."""

from quizgen.screen.rows import Row, Span, paragraph
from quizgen.screen.scenes import KeyHint, Scene, ScrollArea, command, commands
from quizgen.screen.session import Session, next_question
from quizgen.text.messages import _
from quizgen.view.question import build_quiz_view


class Rules(Scene):
    """The time limits, and that the clock starts at Enter."""

    scrolls = True

    def question(self, session: Session) -> int:
        """Return the next question."""
        return session.attempt.position

    def press(self, session: Session, key: str) -> Session:
        """Begin, which starts the clock."""
        return next_question(session) if key in ("enter", " ") else command(session, key)

    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """List the rules."""
        language = session.attempt.quiz.language
        rows: list[Row] = [
            (),
            *paragraph(_("This quiz is timed").translated(language), width, "strong"),
            (),
        ]
        for rule in build_quiz_view(session.attempt).unusual_rules(language):
            rows += paragraph(rule, width, lead=(Span("· ", "dim"),))
        return ScrollArea(
            [
                *rows,
                (),
                *paragraph(_("The clock starts when you press Enter.").translated(language), width, "accent"),
            ]
        )

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Offer to begin."""
        return [KeyHint("Enter", "enter", "do-begin"), *commands(session, look=False)]


SCENE = Rules()
