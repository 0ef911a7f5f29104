"""The question whether anybody is still there, at a kiosk without input for a while."""

from quizgen.screen.rows import paragraph
from quizgen.screen.scenes import KeyHint, Scene, ScrollArea
from quizgen.screen.session import IDLE_SECONDS, WAIT_SECONDS, Session, pop_scene
from quizgen.text.messages import _


class IdleCheck(Scene):
    """A question over any other scene, until somebody presses a key or time is up."""

    overlay = True
    wakes = True

    def press(self, session: Session, _key: str) -> Session:
        """Return at any key, which shows that somebody is there."""
        return pop_scene(session)

    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """Ask, and count down."""
        language = session.attempt.quiz.language
        left = max(IDLE_SECONDS + WAIT_SECONDS - (session.at - session.touched), 0)
        asked = paragraph(_("Is anyone still there?").translated(language), width, "strong")
        rest = paragraph(
            _(
                "Press any key to continue. The quiz restarts in {seconds} seconds.", seconds=round(left)
            ).translated(language),
            width,
        )
        return ScrollArea([(), *asked, (), *rest])

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Offer the way back."""
        return [KeyHint("Enter", "enter", "do-return")]


SCENE = IdleCheck()
