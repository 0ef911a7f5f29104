"""What holds for a quiz against the clock, before the clock runs."""

from quizgen.screen.rows import Row, Span, paragraph
from quizgen.screen.scenes import KeyHint, Scene, ScrollArea, command, commands
from quizgen.screen.session import Session, next_question
from quizgen.text.messages import message
from quizgen.view.question import view_quiz


class Rules(Scene):
    """How much time there is, and that it begins with Enter."""

    scrolls = True

    def question(self, session: Session) -> int:
        """Give the one that comes next."""
        return session.attempt.position

    def press(self, session: Session, key: str) -> Session:
        """Begin, which starts the clock."""
        return next_question(session) if key in ("enter", " ") else command(session, key)

    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """Say each rule."""
        language = session.attempt.quiz.language
        rows: list[Row] = [(), *paragraph(message(language, "app.rules-title"), width, "strong"), ()]
        for rule in view_quiz(session.attempt).rules(language):
            rows += paragraph(rule, width, lead=(Span("· ", "dim"),))
        return ScrollArea([*rows, (), *paragraph(message(language, "app.rules-begin"), width, "accent")])

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Offer to begin."""
        return [KeyHint("Enter", "enter", "do-begin"), *commands(session, look=False)]


SCENE = Rules()
