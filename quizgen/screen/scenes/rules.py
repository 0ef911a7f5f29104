"""The scene with the rules of a quiz that has a time limit, before the clock starts."""

from quizgen.screen.answer_input import KeyHelp
from quizgen.screen.rows import Row, Span, wrap_paragraph
from quizgen.screen.scenes import (
    SCROLL_HELP,
    KeyHint,
    Scene,
    ScrollArea,
    handle_quiz_command,
    list_quiz_help_keys,
    list_quiz_key_hints,
)
from quizgen.screen.session import Session, go_to_next_question
from quizgen.text.messages import _
from quizgen.view.question import build_quiz_view


class RulesScene(Scene):
    """The time limits, and that the clock starts when Enter is pressed."""

    scrolls = True
    progress = False
    """The page is about the whole quiz, so the head does not name the topic of the first question."""

    def handle_key(self, session: Session, key: str) -> Session:
        """Begin the quiz at Enter, which starts the clock."""
        return go_to_next_question(session) if key in ("enter", " ") else handle_quiz_command(session, key)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw the rules."""
        language = session.attempt.quiz.language
        title = _("This quiz is timed").translated(language)
        rows: list[Row] = [(), *wrap_paragraph(title, width, "strong"), ()]
        for rule in build_quiz_view(session.attempt).unusual_rules(language):
            rows += wrap_paragraph(rule, width, lead=(Span("· ", "dim"),))
        return ScrollArea(
            [
                *rows,
                (),
                *wrap_paragraph(
                    _("The clock starts when you press Enter.").translated(language), width, "accent"
                ),
            ]
        )

    def help_keys(self, session: Session) -> tuple[KeyHelp, ...]:
        """List the key that begins the quiz."""
        begin = KeyHelp("Enter", _("begin; the clock starts"), "enter")
        return (begin, SCROLL_HELP, *list_quiz_help_keys(session, can_look_back=session.attempt.position > 0))

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Return the hints for beginning and for other keys."""
        return [KeyHint("Enter", "enter", "do-begin"), *list_quiz_key_hints(session, can_look_back=False)]


SCENE = RulesScene()
