"""The scene between the last question of a quiz, if it was missed, and its repeat."""

from quizgen.screen.answer_input import KeyHelp
from quizgen.screen.layout import lay_out_lines
from quizgen.screen.lines import pause_lines
from quizgen.screen.scenes import (
    SCROLL_HELP,
    KeyHint,
    Scene,
    ScrollArea,
    handle_quiz_command,
    list_quiz_help_keys,
    list_quiz_key_hints,
)
from quizgen.screen.session import Session, go_to_next_question, go_to_results
from quizgen.text.messages import _


class PauseScene(Scene):
    """A page that says that the last question comes back, so that the repeat does not follow the answer at once."""

    scrolls = True

    def question_index(self, session: Session) -> int:
        """Return the index of the last question."""
        return session.attempt.position - 1

    def handle_key(self, session: Session, key: str) -> Session:
        """Go on to the repeat at Enter, or leave it out and go to the results."""
        if key in ("enter", " ", "right"):
            return go_to_next_question(session)
        return go_to_results(session) if key in ("q", "ctrl+c") else handle_quiz_command(session, key)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw why the question comes back, and what to think of first."""
        return ScrollArea([(), *lay_out_lines(pause_lines(session.attempt.quiz.language), width)])

    def help_keys(self, session: Session) -> tuple[KeyHelp, ...]:
        """List the keys for the repeat and for the results."""
        again = KeyHelp("Enter Space →", _("answer the question once more"), "enter")
        return again, SCROLL_HELP, *list_quiz_help_keys(session, can_look_back=True)

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Return the hints for going on and for stopping."""
        return [KeyHint("Enter", "enter", "do-next"), *list_quiz_key_hints(session, can_look_back=True)]


SCENE = PauseScene()
