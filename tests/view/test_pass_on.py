"""Lines from a quiz to send to somebody else."""

from typing import Any

from msgspec.structs import replace

from quizgen.attempt import Attempt, Rules
from quizgen.screen.app import QuizApp
from quizgen.screen.line_mode import PlainDisplay, take_quiz
from quizgen.screen.scenes import press_key
from quizgen.screen.session import start_session
from quizgen.view.pass_on import list_lines_to_pass_on
from tests.banks import sample_quiz
from tests.exhibit_bank import JUDGED, exhibit_quiz
from tests.screen.test_app import drawn, driven


def judged(*responses: tuple[int, ...], language: str = "en") -> Attempt:
    attempt = Attempt(quiz=exhibit_quiz(language, *JUDGED), started=0.0)
    for response in responses:
        attempt = attempt.answer(response, 0.0)
    return attempt


def test_a_line_has_the_words_of_the_scam_and_what_to_do() -> None:
    attempt = judged(*[(0,)] * len(JUDGED))
    lines = list_lines_to_pass_on(attempt)
    assert 1 <= len(lines) <= 3
    assert lines[0].startswith("If you read or hear “")
    scam = next(
        question
        for question in attempt.quiz.questions
        if not attempt.quiz.bank.exhibits[question.exhibit].genuine
    )
    words = attempt.quiz.bank.exhibits[scam.exhibit].signs[0].words["en"]
    assert f"“{words}”: " in " ".join(lines)


def test_no_advice_comes_twice_and_what_was_missed_comes_first() -> None:
    lines = list_lines_to_pass_on(judged(*[(0,)] * len(JUDGED)))
    assert len(set(lines)) == len(lines)
    quiz = sample_quiz("en")
    attempt = Attempt(quiz=quiz, started=0.0)
    for question in quiz.questions[:-1]:
        attempt = attempt.answer(question.answer.correct_response("en"), 0.0)
    missed = attempt.answer(None, 0.0)
    advice = quiz.questions[-1].advice.get("en", "")
    if advice:
        assert list_lines_to_pass_on(missed)[0].endswith(advice)


def test_w_shows_the_lines_and_c_asks_to_copy_them() -> None:
    session = start_session(judged(*[(0,)] * len(JUDGED)), 0.0)
    assert session.scene == "results"
    session = press_key(session, "w", 1.0)
    assert session.scene == "pass_on"
    assert press_key(session, "c", 2.0).request == "copy"
    assert press_key(session, "enter", 2.0).scene == "results"


def test_at_a_stall_there_is_nothing_to_send() -> None:
    session = start_session(replace(judged(*[(0,)] * len(JUDGED)), kiosk=True), 0.0)
    assert press_key(session, "w", 1.0).scene == "results"


def test_a_person_reads_the_lines_in_line_mode_too() -> None:
    written: list[str] = []
    typed = iter(["a"] * len(JUDGED))
    taken = Attempt(quiz=exhibit_quiz("en", *JUDGED), started=0.0, rules=Rules())
    take_quiz(
        taken,
        PlainDisplay(written.append, lambda _seconds: next(typed, None)),
        save_attempt=lambda _attempt: True,
        now=lambda: 0.0,
    )
    assert "Send this to somebody you care about" in "".join(written)


def test_the_screen_copies_the_lines() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        await pilot.press("w", "c")
        assert "Copied, if your terminal allows it." in "\n".join(drawn(app))

    taken = judged(*[(0,)] * len(JUDGED))
    assert driven(script, taken).clipboard == "\n".join(list_lines_to_pass_on(taken))
