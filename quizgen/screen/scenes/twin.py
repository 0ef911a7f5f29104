"""The scene that shows an exhibit beside its twin, after a mistake."""

from quizgen.screen.answer_input import KeyHelp
from quizgen.screen.rows import Row
from quizgen.screen.scenes import HELP, LANGUAGE, SCROLL_HELP, KeyHint, Scene, ScrollArea
from quizgen.screen.session import Session, pop_scene, push_scene, switch_language
from quizgen.screen.twin import twin_rows
from quizgen.text.messages import _
from quizgen.view.twin import build_twin_view

_BACK = ("enter", "escape", " ", "t", "left", "right", "q")


class TwinScene(Scene):
    """The exhibit that was just judged, and its twin, with marks at what differs."""

    scrolls = True

    def question_index(self, session: Session) -> int:
        """Return the index of the question that was just answered."""
        return session.explained_answer_index

    def is_wide(self, _session: Session) -> bool:
        """Return True: there are two exhibits."""
        return True

    def handle_key(self, session: Session, key: str) -> Session:
        """Return to the feedback."""
        if key in _BACK:
            return pop_scene(session)
        if key == "l":
            return switch_language(session)
        return push_scene(session, "help") if key in ("?", "f1") else session

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw both exhibits, and what gives each of them away."""
        view = build_twin_view(session.attempt, session.explained_answer_index)
        rows: list[Row] = [(), *twin_rows(view, session.attempt.quiz.language, width)] if view else []
        return ScrollArea(rows, whole=len(rows))

    def help_keys(self, _session: Session) -> tuple[KeyHelp, ...]:
        """List the key that returns to the feedback."""
        return KeyHelp("Enter Esc", _("return to the reasons"), "enter"), SCROLL_HELP

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Return the hint for returning to the feedback."""
        return [KeyHint("Enter", "enter", "do-return"), HELP, LANGUAGE]


SCENE = TwinScene()
