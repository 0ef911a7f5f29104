"""The scene that shows an exhibit beside its twin, after a mistake."""

from msgspec.structs import replace

from quizgen.screen.answer_input import KeyHelp
from quizgen.screen.rows import Row
from quizgen.screen.scenes import HELP, LANGUAGE, SCROLL_HELP, KeyHint, Scene, ScrollArea
from quizgen.screen.session import Session, pop_scene, push_scene, switch_language
from quizgen.screen.twin import twin_rows
from quizgen.text.messages import _
from quizgen.view.twin import build_twin_view

_BACK = ("enter", "escape", " ", "t", "left", "right", "q")

TWIN = KeyHint("t", "t", "do-twin")
TWIN_HELP = KeyHelp("t", _("see the real one beside the false one"), "t")


def has_twin_to_compare(session: Session, index: int) -> bool:
    """Return whether the exhibit of answer ``index`` was judged wrong and has a twin to show beside it."""
    answers = session.attempt.answers
    return not answers[index].right and build_twin_view(session.attempt, index) is not None


def mistakes_with_twins(session: Session) -> list[int]:
    """List the indices of all answers whose exhibit can be shown beside its twin."""
    return [index for index in range(session.attempt.position) if has_twin_to_compare(session, index)]


def show_twin(session: Session, index: int) -> Session:
    """Show the exhibit of answer ``index`` beside its twin, over the current scene."""
    return push_scene(replace(session, compared=index), "twin")


class TwinScene(Scene):
    """The exhibit that was just judged, and its twin, with marks at what differs."""

    scrolls = True

    def question_index(self, session: Session) -> int:
        """Return the index of the question with the exhibit."""
        return session.compared

    def is_wide(self, _session: Session) -> bool:
        """Return True: there are two exhibits."""
        return True

    def handle_key(self, session: Session, key: str) -> Session:
        """Go to another mistake if the scene was opened from the results, or return."""
        near = self._neighbours(session)
        if key in near:
            return replace(session, compared=near[key])
        if key in _BACK:
            return pop_scene(session)
        if key == "l":
            return switch_language(session)
        return push_scene(session, "help") if key in ("?", "f1") else session

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw both exhibits, and what gives each of them away."""
        view = build_twin_view(session.attempt, session.compared)
        rows: list[Row] = [(), *twin_rows(view, session.attempt.quiz.language, width)] if view else []
        return ScrollArea(rows, whole=len(rows))

    def _neighbours(self, session: Session) -> dict[str, int]:
        """Return the mistakes before and after this one, by their keys. From other scenes than the results, there are none."""
        if "results" not in session.back:
            return {}
        every = mistakes_with_twins(session)
        before = [index for index in every if index < session.compared]
        after = [index for index in every if index > session.compared]
        return {**({"left": before[-1]} if before else {}), **({"right": after[0]} if after else {})}

    def help_keys(self, session: Session) -> tuple[KeyHelp, ...]:
        """List the keys that show other mistakes, and the one that returns."""
        other = KeyHelp("← →", _("see the mistake before or after this one"))
        return (
            *([other] if self._neighbours(session) else []),
            KeyHelp("Enter Esc", _("return to the page before"), "enter"),
            SCROLL_HELP,
        )

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Return the hints for other mistakes and for returning."""
        near = self._neighbours(session)
        return [
            *([KeyHint("←", "left", "do-earlier")] if "left" in near else []),
            *([KeyHint("→", "right", "do-later")] if "right" in near else []),
            KeyHint("Enter", "enter", "do-return"),
            HELP,
            LANGUAGE,
        ]


SCENE = TwinScene()
