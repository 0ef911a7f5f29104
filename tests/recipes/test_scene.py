"""CONTRIBUTING says how a scene is added to the full screen: here one is, in a copy, and is seen on a terminal."""

from pathlib import Path

from tests.cli.test_fullscreen import Screen
from tests.recipes.copied import Copy

SCENE = '''
"""How far one is, in large letters."""

from quizgen.text.messages import _
from quizgen.screen.rows import wrap_paragraph
from quizgen.screen.scenes import KeyHint, ScrollArea, Scene
from quizgen.screen.session import Session, pop_scene


class HalfwayScene(Scene):
    """A pretended scene over any other."""

    overlay = True

    def handle_key(self, session: Session, key: str) -> Session:
        """Return at any key."""
        return pop_scene(session)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Say it."""
        language, left = session.attempt.quiz.language, session.attempt.total - session.attempt.position
        return ScrollArea([(), *wrap_paragraph(_("Still to come: {left}", left=left).translated(language), width, "strong")])

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Offer the way back."""
        return [KeyHint("Enter", "enter", "do-return")]


SCENE = HalfwayScene()
'''


def test_a_scene_is_its_module_a_key_and_its_words(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/screen/scenes/halfway.py", SCENE)
    copy.change(
        "quizgen/screen/scenes/__init__.py",
        lambda code: code.replace(
            '        case "l":\n',
            '        case "w":\n            return push_scene(session, "halfway")\n        case "l":\n',
        ),
    )

    screen = Screen(copy.program, "take", "--bank", copy.bank, "-q", "parcels/customs-text", folder=copy.root)
    screen.sees("Press a letter")
    screen.presses("w")
    screen.sees("Still to come: 1")
    screen.presses("x")
    screen.sees("Press a letter")
    screen.presses("q")
    assert screen.ends() == (0, "\nStopped before the first answer; nothing to save.\n")
    assert copy.touched() == {
        "quizgen/screen/scenes/halfway.py",
        "quizgen/screen/scenes/__init__.py",
    }
