"""What holds for every scene, whichever there are."""

import ast
from pathlib import Path

import pytest
from msgspec.structs import replace

import quizgen.screen
from quizgen.attempt import Attempt, Rules
from quizgen.screen.page import draw_session_page
from quizgen.screen.rows import row_text
from quizgen.screen.scenes import KEY_LABELS, LANGUAGE, all_scenes, current_scene, press_key
from quizgen.screen.session import Session, start_session
from tests.exhibit_bank import JUDGED, exhibit_quiz
from tests.screen.pages import exhibit_sessions, sessions, unfolding_sessions
from tests.screen.test_session import attempt, pressed

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
            assert hint.does in KEY_LABELS
        if hint.does == "do-answer":
            continue  # an answer may not be whole yet
        after = press_key(session, hint.key, session.at + 1)
        assert not after.unclear
        assert (after.scene, after.request, after.attempt, after.draft, after.reviewed, after.more, after.unfolded, after.asks_skip) != (
            session.scene, session.request, session.attempt, session.draft, session.reviewed, session.more,
            session.unfolded, session.asks_skip,
        ) or session.typing != after.typing, hint  # fmt: skip


def listed_keys(session: Session) -> str:
    rows = draw_session_page(press_key(session, "?", session.at), 80, 60).rows
    return "\n".join(row_text(row) for row in rows)


@pytest.mark.parametrize(
    ("keys", "scene", "works", "does_not"),
    [
        ("", "prompt", ["a–d 1–4", "choose an answer"], ["tick", "source"]),
        ("d⏎", "prompt", ["tick an answer", "Space"], ["choose an answer"]),
        ("d⏎s⏎s⏎", "prompt", ["go to a line", "Backspace"], ["tick an answer"]),
        ("d⏎s⏎s⏎s⏎", "prompt", ["a–c ", "make it the next step"], ["1–3", "go to a line"]),
        ("d", "feedback", ["Enter Space →", "next question", "m "], ["skip", "choose an answer"]),
        ("d⏎←", "review", ["← →", "Enter Esc"], ["skip", "choose an answer"]),
        ("s⏎s⏎s⏎s⏎s⏎⎋s⏎", "results", ["practise"], ["skip", "send"]),
    ],
)
def test_the_list_of_keys_is_that_of_the_scene(
    keys: str, scene: str, works: list[str], does_not: list[str]
) -> None:
    session = pressed(start_session(attempt(), 0.0), keys)
    assert session.scene == scene
    text = listed_keys(session)
    assert [words for words in works if words not in text] == []
    assert [words for words in does_not if words in text] == []


def test_the_arrows_mark_the_lines_of_the_exhibit_and_no_list_repeats_them() -> None:
    spotting = next(
        session
        for session in exhibit_sessions("en")
        if session.scene == "prompt" and session.open_question.answer.option_line_numbers
    )
    rows = draw_session_page(spotting, 80, 24).rows
    assert not [row for row in rows if "Line 1" in row_text(row)]
    moved = press_key(spotting, "down", spotting.at)
    (marked,) = [row for row in draw_session_page(moved, 80, 24).rows if any(s.look == "picked" for s in row)]
    assert "1. Caller: You are about to send 900 crowns abroad." in row_text(marked)
    assert press_key(moved, "enter", moved.at).attempt.answers[-1].response == (0,)


@pytest.mark.parametrize("size", [(40, 16), (40, 22), (60, 16)])
def test_feedback_keeps_a_sender_in_view_who_gives_the_exhibit_away(size: tuple[int, int]) -> None:
    judged = next(question for question in JUDGED if question.exhibit == "callers/message")
    session = start_session(Attempt(quiz=exhibit_quiz("en", judged), started=0.0), 0.0)
    session = press_key(session, "b", 0.0)
    assert session.scene == "feedback"
    page = draw_session_page(session, *size)
    text = "\n".join(row_text(row) for row in page.rows)
    assert page.max_top
    assert "[55500]" in text
    assert "✗ Wrong" in text


@pytest.mark.parametrize("daily", ["2026-11-28", ""])
def test_after_the_five_of_a_day_the_line_to_copy_stands_beside_the_score(daily: str) -> None:
    taken = replace(attempt(), rules=Rules(daily=daily))
    while taken.question:
        taken = taken.answer(None, 1.0)
    session = replace(start_session(taken, 0.0), final_lines=("28 Nov □□□□□□ day 1", "These come back."))
    text = "\n".join(row_text(row) for row in draw_session_page(session, 80, 100).rows)
    assert (text.index("28 Nov") < text.index("To remember")) == bool(daily)
    assert text.index("These come back.") > text.index("To remember")
