"""CONTRIBUTING says how a scene is added to the full screen: here one is, in a copy, and is seen on a terminal."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.cli.test_fullscreen import Screen

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")

ROOT = Path(__file__).parents[2]

SCENE = '''
"""How far one is, in large letters."""

from quizgen.language import message
from quizgen.screen.rows import paragraph
from quizgen.screen.scenes import KeyHint, Middle, Scene
from quizgen.screen.session import Session, go_back


class Halfway(Scene):
    """A pretended scene over any other."""

    overlay = True

    def press(self, session: Session, key: str) -> Session:
        """Return at any key."""
        return go_back(session)

    def middle(self, session: Session, width: int) -> Middle:
        """Say it."""
        language, left = session.attempt.quiz.language, session.attempt.total - session.attempt.position
        return Middle([(), *paragraph(message(language, "app.halfway", left=left), width, "strong")])

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Offer the way back."""
        return [KeyHint("Enter", "enter", "do-return")]


SCENE = Halfway()
'''


def changed(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("quizgen", "question_bank", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


def test_a_scene_is_its_module_a_key_and_its_words(copy: Path, tmp_path: Path) -> None:
    before = contents(copy)
    (copy / "quizgen/screen/scenes/halfway.py").write_text(SCENE, encoding="utf-8")
    changed(
        copy / "quizgen/screen/scenes/__init__.py",
        lambda code: code.replace(
            '        case "l":\n',
            '        case "w":\n            return lay_over(session, "halfway")\n        case "l":\n',
        ),
    )
    changed(
        copy / "quizgen/locales/en.toml",
        lambda words: words.replace("[app]\n", '[app]\nhalfway = "Still to come: {left}"\n'),
    )
    after = contents(copy)
    assert len({name for name in after if after[name] != before.get(name)}) == 3
    assert before.keys() <= after.keys()

    program = Program(tmp_path)
    screen = Screen(program, "take", "--bank", program.bank, "-q", "parcels/customs-text", folder=copy)
    screen.sees("Press a letter")
    screen.presses("w")
    screen.sees("Still to come: 1")
    screen.presses("x")
    screen.sees("Press a letter")
    screen.presses("q")
    assert screen.ends() == (0, "\nStopped before the first answer; there is nothing to keep.\n")
