"""What holds for every scene, whichever there are."""

import ast
from pathlib import Path

import pytest

import quizgen.screen
from quizgen.screen.scenes import DOES, LANGUAGE, all_scenes, current_scene, press_key
from quizgen.screen.session import Session
from tests.screen.pages import exhibit_sessions, sessions, unfolding_sessions

CODE = Path(quizgen.screen.__file__).parent
ALL = (*sessions("en"), *exhibit_sessions("en"), *unfolding_sessions("en"))
SHOWN = [session for session in ALL if not session.request]


def named_in_code() -> set[str]:
    """The scenes that a session is sent to."""
    names: set[str] = set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            values = [keyword.value for keyword in node.keywords if keyword.arg == "scene"]
            if isinstance(node.func, ast.Name) and node.func.id == "push_scene":
                values.append(node.args[1])
            names |= {str(value.value) for value in values if isinstance(value, ast.Constant)}
    return names


def test_every_scene_exists_and_can_be_reached() -> None:
    assert named_in_code() == set(all_scenes())


def test_every_scene_has_a_golden_page() -> None:
    assert {session.scene for session in SHOWN} == set(all_scenes())


@pytest.mark.parametrize("session", SHOWN, ids=lambda session: session.scene)
def test_each_key_that_is_offered_does_something(session: Session) -> None:
    hints = current_scene(session).key_hints(session)
    assert hints
    for hint in hints:
        if hint != LANGUAGE:
            assert hint.does in DOES
        if hint.does == "do-answer":
            continue  # an answer may not be whole yet
        after = press_key(session, hint.key, session.at)
        assert not after.unclear
        assert (after.scene, after.request, after.attempt, after.draft, after.reviewed, after.more, after.unfolded) != (
            session.scene, session.request, session.attempt, session.draft, session.reviewed, session.more,
            session.unfolded,
        ) or session.typing != after.typing, hint  # fmt: skip
