from collections.abc import Iterator
from functools import partial

import pytest
from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.screen.line_mode import PlainDisplay, take_quiz
from quizgen.screen.page import draw_session_page
from quizgen.screen.rows import row_text
from quizgen.screen.scenes import press_key
from quizgen.screen.session import Session, answer_question, go_to_next_question, start_session
from tests.view.test_twin import attempt_at, with_twins


@pytest.fixture
def taken() -> Attempt:
    return attempt_at(*with_twins())


def feedback(attempt: Attempt, *, right: bool) -> Session:
    session = start_session(attempt, 0.0)
    return answer_question(session, (0,) if right else (1,))  # it is genuine


def page(session: Session, width: int) -> list[str]:
    return [row_text(row).rstrip() for row in draw_session_page(session, width, 40).rows]


def test_after_a_mistake_the_twin_is_one_key_away(taken: Attempt) -> None:
    session = feedback(taken, right=False)
    assert "compare" in page(session, 80)[-1]
    twin = press_key(session, "t", 0.0)
    assert twin.scene == "twin"
    for key in ("enter", "t", "escape"):
        assert press_key(twin, key, 0.0) == press_key(session, "unknown", 0.0)
    assert press_key(twin, "l", 0.0).attempt.quiz.language == "zh-Hans"


def test_the_twin_of_a_mistake_is_shown_when_looking_back_and_at_the_end_too(taken: Attempt) -> None:
    (question,) = taken.quiz.questions
    three = replace(taken, quiz=replace(taken.quiz, questions=(question, question, question)))
    session = start_session(three, 0.0)
    for response in ((1,), (0,), (1,)):  # the middle one is right
        session = go_to_next_question(answer_question(session, response))
    assert session.scene == "results"
    assert "compare" in page(session, 80)[-1]
    first = press_key(session, "t", 0.0)
    assert (first.scene, first.compared) == ("twin", 0)
    last = press_key(first, "right", 0.0)
    assert (last.scene, last.compared) == ("twin", 2)
    assert press_key(last, "left", 0.0).compared == 0
    assert press_key(last, "enter", 0.0).scene == "results"
    back = press_key(session, "left", 0.0)
    assert press_key(back, "t", 0.0).compared == 2
    assert press_key(press_key(back, "left", 0.0), "t", 0.0).scene == "review"  # a right answer


def test_a_right_answer_has_nothing_to_compare(taken: Attempt) -> None:
    session = feedback(taken, right=True)
    assert "compare" not in page(session, 80)[-1]
    assert press_key(session, "t", 0.0).scene == "feedback"


@pytest.mark.parametrize("width", [40, 60, 80, 99])
def test_in_a_narrow_window_the_twin_comes_first_and_changed_lines_are_marked(
    taken: Attempt, width: int
) -> None:
    rows = page(press_key(feedback(taken, right=False), "t", 0.0), width)
    titles = [row.strip() for row in rows if "What you met" in row or row.strip().startswith("The ")]
    assert len(titles) == 2
    assert "What you met" in titles[1]
    assert sum("▌" in row and "Tell nobody." in row for row in rows) == 2


def test_in_a_wide_window_both_are_side_by_side(taken: Attempt) -> None:
    rows = page(press_key(feedback(taken, right=False), "t", 0.0), 100)
    (title,) = [row for row in rows if "What you met" in row]
    assert title.index("What you met") < title.index("The ", title.index("What you met"))
    changed = next(row for row in rows if "Tell nobody." in row)
    assert changed.count("▌") == 2


def test_line_mode_says_what_differs_only_to_a_person(taken: Attempt) -> None:
    for patient in (True, False):
        said: list[str] = []
        typed = iter(["b"])
        display = PlainDisplay(said.append, partial(_next_line, typed))
        take_quiz(taken, display, save_attempt=lambda _: True, now=lambda: 3.0, asks_again_if_unclear=patient)
        assert any("Tell nobody." in text for text in said) is patient


def _next_line(lines: Iterator[str], _seconds: float | None) -> str | None:
    return next(lines, None)
