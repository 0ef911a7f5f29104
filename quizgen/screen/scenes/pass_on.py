"""The scene at the end of a quiz with a few lines to send to somebody else."""

from msgspec.structs import replace

from quizgen.screen.answer_input import KeyHelp
from quizgen.screen.layout import lay_out_lines
from quizgen.screen.lines import Line, pass_on_lines
from quizgen.screen.scenes import HELP, LANGUAGE, SCROLL_HELP, KeyHint, Scene, ScrollArea, handle_quiz_command
from quizgen.screen.session import Session, pop_scene
from quizgen.text.messages import _


class PassOnScene(Scene):
    """Shows the lines to send to somebody, and the key that copies them."""

    scrolls = True

    def handle_key(self, session: Session, key: str) -> Session:
        """Copy the lines, or go back to the results."""
        if key == "c":
            return replace(session, request="copy")
        if key in ("enter", "escape", "q", "w", "left"):
            return pop_scene(session)
        return handle_quiz_command(session, key)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw the lines, and below them what came of copying."""
        said = [Line("kind", session.said)] if session.said else []
        return ScrollArea(
            [
                (),
                *lay_out_lines(pass_on_lines(session.attempt), width),
                (),
                *lay_out_lines(said, width),
            ]
        )

    def help_keys(self, _session: Session) -> tuple[KeyHelp, ...]:
        """List the keys for copying and for going back."""
        return (
            KeyHelp("c", _("copy the lines"), "c"),
            SCROLL_HELP,
            KeyHelp("Enter Esc", _("back to the results"), "enter"),
        )

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Return the hints for copying and for going back."""
        return [KeyHint("c", "c", "do-copy"), KeyHint("Enter", "enter", "do-return"), HELP, LANGUAGE]


SCENE = PassOnScene()
