"""Lines from a quiz to send to somebody else."""

from typing import Any

from msgspec.structs import replace

from quizgen.attempt import Attempt, Rules
from quizgen.screen.app import QuizApp
from quizgen.screen.line_mode import PlainDisplay, take_quiz
from quizgen.screen.page import MIN_SIZE, draw_session_page
from quizgen.screen.scenes import press_key
from quizgen.screen.session import start_session
from quizgen.view.pass_on import list_lines_to_pass_on
from tests.banks import sample_quiz
from tests.exhibit_bank import JUDGED, exhibit_quiz
from tests.screen.test_app import drawn, driven
from tests.test_game import SCAM_CHAT, playing

SCAMS = sum(not exhibit_quiz("en", *JUDGED).bank.exhibits[question.exhibit].genuine for question in JUDGED)


def judged(*responses: tuple[int, ...], language: str = "en") -> Attempt:
    attempt = Attempt(quiz=exhibit_quiz(language, *JUDGED), started=0.0)
    for response in responses:
        attempt = attempt.answer(response, 0.0)
    return attempt


def test_the_lines_say_how_it_went_what_to_remember_and_invite() -> None:
    assert list_lines_to_pass_on(judged(*[(1,)] * len(JUDGED))) == (
        "Real or scam? A quiz",
        f"I had {SCAMS} of {len(JUDGED)} right.",
        f"Scams stopped: {SCAMS} of {SCAMS}.",
        "Asked for money or a code? Stop and check.",
        "And you?",
    )


def test_a_day_has_its_date_and_squares_and_a_game_its_money() -> None:
    taken = judged((0,), (0,))
    assert "28 Nov ■□" in list_lines_to_pass_on(replace(taken, rules=Rules(daily="2026-11-28")))
    said = list_lines_to_pass_on(playing(SCAM_CHAT).answer((1,), 0.0, lines_seen=1))
    assert "I kept 50,000 of 50,000 crowns." in said


def test_a_bank_about_another_subject_says_nothing_about_fraud() -> None:
    quiz = sample_quiz("en")
    declared = replace(quiz.bank.declared, title={"en": "Ships"})
    quiz = replace(quiz, bank=replace(quiz.bank, declared=declared))
    first, *others = list_lines_to_pass_on(Attempt(quiz=quiz, started=0.0).answer(None, 0.0))
    assert first == "Ships"
    assert "Stop and check" not in " ".join(others)


def test_the_key_is_offered_in_the_smallest_window() -> None:
    session = start_session(judged(*[(0,)] * len(JUDGED)), 0.0)
    page = draw_session_page(replace(session, offers_another=True), *MIN_SIZE)
    keys = {span.key for row in page.rows for span in row}
    assert {"n", "w"} <= keys


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
