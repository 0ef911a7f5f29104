"""The scene that asks whether anybody is still there, if a kiosk had no input for a while."""

from quizgen.screen.rows import wrap_paragraph
from quizgen.screen.scenes import KeyHint, Scene, ScrollArea
from quizgen.screen.session import IDLE_SECONDS, WAIT_SECONDS, Session, pop_scene
from quizgen.text.messages import _


class IdleCheckScene(Scene):
    """A question over any other scene, until somebody presses a key or the time is up."""

    overlay = True
    wakes = True

    def handle_key(self, session: Session, _key: str) -> Session:
        """Close the scene at any key, because it shows that somebody is there."""
        return pop_scene(session)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Ask whether anybody is there, and show the seconds left."""
        language = session.attempt.quiz.language
        left = max(IDLE_SECONDS + WAIT_SECONDS - (session.at - session.touched), 0)
        asked = wrap_paragraph(_("Is anyone still there?").translated(language), width, "strong")
        rest = wrap_paragraph(
            _(
                "Press any key to continue. The quiz restarts in {seconds} seconds.", seconds=round(left)
            ).translated(language),
            width,
        )
        return ScrollArea([(), *asked, (), *rest])

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Return the hint for the key that goes on."""
        return [KeyHint("Enter", "enter", "do-return")]


SCENE = IdleCheckScene()
