import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.attempt import Attempt, Rules, Score
from quizgen.screen.page import draw_session_page
from quizgen.screen.rows import row_text
from quizgen.screen.scenes import paste_text, press_key
from quizgen.screen.session import (
    IDLE_SECONDS,
    WAIT_SECONDS,
    Session,
    advance_time,
    answer_question,
    open_session,
    open_welcome,
    start_session,
    switch_language,
)
from quizgen.shapes import Response
from quizgen.view.results import build_results_view
from tests.banks import sample_quiz
from tests.screen.test_answer_input import NAMED

KEYS = ("d", "ad⏎", "f", "cab⏎", "cab⏎", "link⏎")
"""The right answers to the sample quiz, key by key."""


def attempt(language: str = "en", *, kiosk: bool = False, **rules: object) -> Attempt:
    return Attempt(quiz=sample_quiz(language), started=0.0, rules=Rules(**rules), kiosk=kiosk)  # type: ignore[arg-type]


def pressed(session: Session, keys: str, at: float | None = None) -> Session:
    for key in keys:
        name = {"⏎": "enter", "←": "left", "→": "right", "⎋": "escape"}.get(key, key)
        session = press_key(session, name, session.at if at is None else at)
    return session


def given_of(session: Session) -> list[Response]:
    return [given.response for given in session.attempt.answers]


def test_a_whole_quiz_by_keys() -> None:
    session = start_session(attempt(), 0.0)
    for keys in KEYS:
        assert session.scene == "prompt"
        session = pressed(session, keys)
        assert session.scene == "feedback"
        session = pressed(session, "⏎")
    assert session.scene == "results"
    assert session.attempt.score().right == 6
    assert pressed(session, "⏎").request == "leave"


def test_with_feedback_at_the_end_questions_follow_each_other() -> None:
    session = start_session(attempt(feedback="end"), 0.0)
    for keys in KEYS[:-1]:
        session = pressed(session, keys)
        assert session.scene == "prompt"
    assert not session.attempt.can_show_right_answers
    session = pressed(session, KEYS[-1])
    assert session.scene == "results"
    assert session.attempt.can_show_right_answers


def test_the_feedback_on_the_first_answer_has_nothing_to_look_back_at() -> None:
    session = pressed(start_session(attempt(), 0.0), "d")
    assert pressed(session, "←").scene == "feedback"
    later = pressed(session, "⏎s")
    assert later.scene == "feedback"
    assert (pressed(later, "←").scene, pressed(later, "←").reviewed) == ("review", 0)


def test_the_rules_of_a_timed_quiz_do_not_name_the_topic_of_its_first_question() -> None:
    session = open_session(attempt(quiz_seconds=60.0), 0.0)
    assert session.scene == "rules"
    assert "Parcels and fees" not in shown_text(session)


def test_only_some_keys_leave_the_feedback() -> None:
    session = pressed(start_session(attempt(), 0.0), "d")
    assert pressed(session, "acd12sx").scene == "feedback"
    assert [pressed(session, key).scene for key in "⏎ →"] == ["prompt"] * 3


def test_a_skip_and_a_stop() -> None:
    session = pressed(start_session(attempt(), 0.0), "s⏎q")
    assert session.request == "leave"
    assert given_of(session) == [None]


def test_changing_the_language_keeps_the_draft() -> None:
    session = pressed(start_session(attempt(), 0.0), "d⏎al")
    assert session.attempt.quiz.language == "zh-Hans"
    assert session.draft.chosen == (0,)
    assert pressed(session, "ll").attempt.quiz.language == "en"


def test_the_answer_review_opens_and_closes() -> None:
    session = pressed(start_session(attempt(), 0.0), "d⏎s⏎")
    back = pressed(session, "←")
    assert (back.scene, back.reviewed) == ("review", 1)
    assert pressed(back, "←←").reviewed == 0
    assert pressed(back, "←→→").scene == "prompt"
    assert pressed(back, "⎋").draft == session.draft
    assert pressed(start_session(attempt(), 0.0), "←").unclear  # nothing to look back at


def test_pressing_an_option_twice_quickly_answers_once() -> None:
    session = pressed(start_session(attempt(), 0.0), "bb")
    assert given_of(session) == [(1,)]
    assert (session.scene, session.reviewed) == ("feedback", 0)
    told = pressed(session, "⏎sb")
    assert told.scene == "feedback"
    assert (pressed(told, "←").scene, pressed(told, "←").reviewed) == ("review", 0)


def test_j_and_k_are_arrows_but_not_in_words() -> None:
    session = pressed(start_session(attempt(), 0.0), "jj")
    assert session.draft.cursor == 1
    assert pressed(session, "k").draft.cursor == 0
    assert pressed(at_blank(), "jk").draft.words == "jk"


def test_a_blank_is_skipped_and_left_without_escape() -> None:
    assert given_of(press_key(pressed(at_blank(), "li"), "tab", 0.0))[-1] is None
    assert press_key(pressed(at_blank(), "li"), "ctrl+c", 0.0).request == "leave"


def test_the_keys_are_shown_over_any_scene() -> None:
    session = start_session(attempt(), 0.0)
    for name in ("?", "f1", "？"):
        assert press_key(session, name, 0.0).scene == "help"
    assert pressed(session, "?x") == replace(session, unclear=False)
    assert pressed(session, "?l").attempt.quiz.language == "zh-Hans"


def test_the_language_key_offers_only_languages_of_the_bank() -> None:
    made = attempt()
    declared = replace(made.quiz.bank.declared, languages=("en", "fr"))
    bilingual = replace(made, quiz=replace(made.quiz, bank=replace(made.quiz.bank, declared=declared)))
    session = start_session(bilingual, 0.0)
    assert [pressed(session, "l" * count).attempt.quiz.language for count in range(3)] == [
        "en",
        "fr",
        "en",
    ]
    texts = [row_text(row) for row in draw_session_page(session, 80, 24).rows]
    assert any("Français" in each for each in texts)
    alone = replace(
        bilingual.quiz, bank=replace(bilingual.quiz.bank, declared=replace(declared, languages=("en",)))
    )
    session = start_session(replace(bilingual, quiz=alone), 0.0)
    assert pressed(session, "l").attempt.quiz.language == "en"
    assert not any("English" in row_text(row) for row in draw_session_page(session, 80, 24).rows)


@pytest.mark.parametrize("key", ["Ｄ", "D", "４"])
def test_width_and_case_do_not_matter(key: str) -> None:
    assert given_of(pressed(start_session(attempt(), 0.0), key)) == [(3,)]


def test_an_unknown_key_gets_a_message() -> None:
    session = pressed(start_session(attempt(), 0.0), "z")
    assert session.unclear
    assert not pressed(session, "l").unclear


def at_blank() -> Session:
    return start_session(
        replace(
            attempt(), answers=pressed(start_session(attempt(feedback="end"), 0.0), "sssss").attempt.answers
        ),
        0.0,
    )


def test_letters_are_words_in_a_blank_and_commands_after_escape() -> None:
    session = at_blank()
    assert pressed(session, "slbq?").draft.words == "slbq?"
    assert pressed(session, "⎋l").attempt.quiz.language == "zh-Hans"
    assert pressed(session, "⎋s").scene == "feedback"
    assert pressed(session, "⎋⏎link⏎").attempt.answers[-1].right
    assert press_key(session, "f1", 0.0).scene == "help"


@pytest.mark.parametrize(("typed", "scene"), [("s", "feedback"), ("q", "leave"), ("?", "help")])
def test_a_single_command_in_a_blank_works_as_in_line_mode(typed: str, scene: str) -> None:
    session = pressed(at_blank(), f"{typed}⏎")
    assert scene in (session.scene, session.request)


def test_pasted_text_answers_nothing_but_fills_a_blank() -> None:
    session = paste_text(start_session(attempt(), 0.0), "d\nd\n", 1.0)
    assert (session.scene, session.unclear) == ("prompt", True)
    assert paste_text(at_blank(), "li\nnk", 1.0).draft.words == "li nk"


def test_practising_again_asks_only_what_was_missed() -> None:
    session = start_session(attempt(feedback="end", quiz_seconds=9.0), 0.0)
    session = pressed(session, "dsssss⏎")
    session = pressed(session, "p", at=5.0)
    again = session.attempt
    missed = list(sample_quiz().questions[1:])
    assert sorted(question.id for question in again.quiz.questions) == sorted(q.id for q in missed)
    assert [question.id for question in again.quiz.questions] != [question.id for question in missed]
    assert (again.started, again.position, again.rules) == (5.0, 0, Rules(is_practice=True))


def test_missed_questions_repeat_between_the_others_without_counting() -> None:
    session = pressed(start_session(attempt(repeat=True), 0.0), "d⏎" + "s⏎" * 3, at=3.0)
    asked = []
    while session.scene != "results":
        question = session.open_question
        asked.append((session.original is not None, question.id))
        assert bool(session.repeat_note) == asked[-1][0]
        response = question.answer.correct_response("en") if session.original else None
        session = pressed(answer_question(session, response), "⏎")
        session = pressed(session, "⏎") if session.scene == "pause" else session
    ids = [question.id for question in sample_quiz().questions]
    again = [(True, ids[index]) for index in range(1, 4)]
    assert asked == [(False, ids[4]), *again, (False, ids[5])]
    assert session.attempt.score() == Score(1, 6)
    assert session.attempt.repeat_score() == Score(3, 3)
    assert "3 of 3" in build_results_view(session.attempt).repeated
    assert pressed(session, "⏎").request == "leave"


def test_a_repeat_says_how_many_there_are_once_that_is_known() -> None:
    session = start_session(attempt(repeat=True), 0.0)
    for keys in (*KEYS[:4], "s", "s⏎"):
        session = pressed(session, f"{keys}⏎")
    assert session.repeat_note == "Once more, 1 of 2: you missed this question."
    session = pressed(session, "s⏎")
    session = pressed(session, "⏎") if session.scene == "pause" else session
    assert session.repeat_note == "Once more, 2 of 2: you missed this question."
    early = pressed(start_session(attempt(repeat=True), 0.0), "s⏎")
    for keys in KEYS[1:4]:
        early = pressed(early, f"{keys}⏎")
    assert early.repeat_note == "Once more: you missed this question.", "others can still be missed"


def test_a_quiz_can_be_stopped_at_a_repeat_and_continues_there() -> None:
    session = pressed(start_session(attempt(repeat=True), 0.0), "s⏎" * 4)
    assert session.original
    left = press_key(switch_language(session), "ctrl+c", 0.0)
    assert (left.scene, left.request, left.attempt.quiz.language) == ("prompt", "leave", "zh-Hans")
    assert (left.attempt.position, left.attempt.repeats) == (4, ())
    resumed = start_session(left.attempt, 5.0)
    assert (resumed.original is not None, resumed.open_question.id) == (True, session.open_question.id)


def test_a_repeat_after_the_last_question_can_be_left_for_the_results() -> None:
    session = start_session(attempt(repeat=True), 0.0)
    for keys in (*KEYS[:4], "s", KEYS[5]):
        session = pressed(session, f"{keys}⏎")
    assert session.original
    left = pressed(session, "q")
    assert (left.scene, left.request) == ("results", None)
    assert build_results_view(left.attempt).repeated == ""  # none was answered


def test_the_last_question_comes_back_after_a_page_in_between() -> None:
    session = start_session(attempt(repeat=True), 0.0)
    for keys in (*KEYS[:5], "s⏎"):
        session = pressed(session, f"{keys}⏎")
    assert (session.scene, session.original, session.has_open_question) == ("pause", None, False)
    assert pressed(session, "q").scene == "results"
    again = pressed(session, "⏎")
    assert (again.scene, again.original is not None) == ("prompt", True)
    assert again.open_question.id == session.attempt.quiz.questions[5].id
    done = pressed(again, "s⏎⏎")
    assert (done.scene, done.attempt.repeat_score().total) == ("results", 1)
    assert start_session(session.attempt, 9.0).scene == "pause"  # also after a break


def test_nothing_repeats_without_the_rule_or_a_mistake() -> None:
    assert pressed(start_session(attempt(), 0.0), "s⏎" * 6 + "⏎").original is None
    session = start_session(attempt(repeat=True), 0.0)
    for keys in KEYS:
        session = pressed(session, f"{keys}⏎")
    assert (session.scene, session.original) == ("results", None)


def test_without_a_mistake_there_is_nothing_to_practise() -> None:
    session = pressed(start_session(attempt(feedback="end"), 0.0), "".join(KEYS))
    assert pressed(session, "p").scene == "results"


# Time


def test_a_question_out_of_time_counts_as_skipped_and_says_so() -> None:
    session = start_session(attempt(question_seconds=20.0), 100.0)
    assert session.seconds_left == 20
    assert advance_time(session, 119.5).scene == "prompt"
    session = advance_time(session, 120.0)
    assert (session.scene, session.late) == ("feedback", True)
    assert given_of(session) == [None]
    session = pressed(advance_time(session, 500.0), "⏎")  # reading why costs nothing
    assert session.seconds_left == 20


def test_a_key_after_the_time_limit_answers_nothing() -> None:
    session = press_key(start_session(attempt(question_seconds=20.0), 0.0), "d", 21.0)
    assert given_of(session) == [None]


def test_when_time_is_up_the_next_question_says_so_and_not_what_the_last_key_lacked() -> None:
    session = press_key(start_session(attempt(question_seconds=20.0, feedback="end"), 0.0), "enter", 1.0)
    assert "Nothing chosen yet." in shown_text(session)
    session = advance_time(session, 20.0)
    assert "Nothing chosen yet." not in shown_text(session)
    assert "Time is up: question skipped." in shown_text(session)


def test_the_results_say_that_time_was_up_if_nothing_else_did() -> None:
    session = advance_time(start_session(attempt(quiz_seconds=20.0, feedback="end"), 0.0), 20.0)
    assert session.scene == "results"
    assert "Time is up." in shown_text(session)


def shown_text(session: Session) -> str:
    return "\n".join(row_text(row).strip() for row in draw_session_page(session, 80, 24).rows)


@pytest.mark.parametrize("feedback", ["each", "end"])
def test_a_late_key_does_not_answer_the_next_question(feedback: str) -> None:
    session = start_session(attempt(question_seconds=20.0, feedback=feedback), 0.0)
    assert given_of(press_key(session, "d", 20.3)) == [None]
    session = advance_time(session, 20.0)
    gone = (session.scene, session.attempt)
    for key in ("d", "enter"):
        at_once = press_key(session, key, 20.5)
        assert (at_once.scene, at_once.attempt) == gone
    assert paste_text(session, "d", 20.5).unclear is False
    assert press_key(session, "s", 21.5).attempt.position + (feedback == "each") == 2


def test_a_key_pressed_as_time_runs_out_does_not_leave_the_quiz() -> None:
    session = start_session(attempt(quiz_seconds=30.0, feedback="end"), 0.0)
    assert press_key(session, "enter", 30.2).scene == "results"
    assert press_key(advance_time(session, 30.0), "q", 30.2).scene == "results"
    assert press_key(advance_time(session, 30.0), "q", 32.0).request == "leave"


def test_after_a_timeout_the_next_question_can_be_answered() -> None:
    session = advance_time(start_session(attempt(question_seconds=1.0, feedback="end"), 0.0), 1.0)
    assert press_key(session, "s", 1.1).attempt.position == 1
    assert press_key(session, "s", 1.3).attempt.position == 2


def test_keys_work_if_the_clock_is_set_back_as_time_runs_out() -> None:
    session = advance_time(start_session(attempt(question_seconds=20.0, feedback="end"), 1000.0), 1020.0)
    assert press_key(session, "s", 5.0).attempt.position == 2


def test_when_the_quiz_time_ends_all_open_questions_are_skipped() -> None:
    session = start_session(attempt(quiz_seconds=30.0, feedback="end"), 0.0)
    session = press_key(session, "d", 12.0)
    assert session.seconds_left == 18
    session = advance_time(session, 30.0)
    assert session.scene == "results"
    assert given_of(session) == [(3,), *[None] * 5]
    assert [given.seconds for given in session.attempt.answers] == [12.0, 18.0, 0.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("key", ["?", "←"], ids=["keys", "a look back"])
def test_time_stops_while_another_scene_covers_the_question(key: str) -> None:
    """A question once timed out while the person looked at another scene."""
    session = advance_time(
        pressed(start_session(attempt(question_seconds=20.0, feedback="end"), 0.0), "s"), 5.0
    )
    over = pressed(session, key)
    assert over.scene in ("help", "review")
    assert advance_time(over, 500.0).seconds_left == 15
    back = press_key(advance_time(over, 500.0), "enter", 600.0)
    assert (back.scene, back.seconds_left) == ("prompt", 15)
    assert press_key(back, "s", 602.0).attempt.answers[-1].seconds == 7


def test_setting_the_clock_back_takes_no_time_away() -> None:
    session = advance_time(start_session(attempt(question_seconds=20.0), 1000.0), 5.0)
    assert session.seconds_left == 20
    assert press_key(session, "d", 5.0).attempt.answers[0].seconds == 0


# A kiosk


def visitor(language: str = "en") -> Session:
    return start_session(attempt(language, kiosk=True), 0.0)


def test_a_visitor_chooses_a_language() -> None:
    session = open_welcome(attempt(kiosk=True), 0.0)
    for keys, language in (("⏎", "en"), ("2", "zh-Hans"), ("ll⏎", "zh-Hant")):
        begun = pressed(session, keys)
        assert (begun.request, begun.attempt.quiz.language) == ("begin", language)
    assert press_key(press_key(session, "down", 0.0), "enter", 0.0).attempt.quiz.language == "zh-Hans"
    assert pressed(session, "qxs?").scene == "welcome"


def test_a_minute_without_a_key_asks_and_then_goes_to_the_next() -> None:
    session = advance_time(visitor(), IDLE_SECONDS - 1)
    assert session.scene == "prompt"
    session = advance_time(session, IDLE_SECONDS)
    assert session.scene == "idle_check"
    assert pressed(session, "a", at=IDLE_SECONDS + 5).scene == "prompt"  # and the key answers nothing
    assert given_of(pressed(session, "a")) == []
    assert advance_time(session, IDLE_SECONDS + WAIT_SECONDS).request == "next_visitor"


def test_pasted_text_counts_as_activity() -> None:
    session = advance_time(visitor(), IDLE_SECONDS)
    assert paste_text(session, "a", IDLE_SECONDS + 5).scene == "prompt"


def test_the_next_visitor_does_not_get_the_last_ones_language() -> None:
    session = pressed(open_welcome(attempt(kiosk=True), 0.0), "l")
    assert advance_time(session, IDLE_SECONDS).scene == "welcome"
    assert advance_time(session, IDLE_SECONDS + WAIT_SECONDS).request == "next_visitor"


def test_outside_a_kiosk_there_is_no_idle_check() -> None:
    assert advance_time(start_session(attempt(), 0.0), 10_000.0).scene == "prompt"


def test_q_does_not_leave_a_kiosk_and_the_end_returns_to_the_welcome() -> None:
    session = pressed(visitor(), "q")
    assert session.scene == "prompt"
    for keys in KEYS:
        session = pressed(session, f"{keys}⏎")
    assert session.scene == "results"
    assert pressed(session, "p").scene == "results"
    assert pressed(session, "q").request == pressed(session, "⏎").request == "next_visitor"


@given(
    st.booleans(),
    st.sampled_from(["each", "end"]),
    st.lists(
        st.one_of(st.sampled_from([*NAMED, *"abcdtfslbq?pc1234 "]), st.characters(), st.floats(0, 90)),
        max_size=60,
    ),
)
def test_no_keys_lose_or_change_an_answer(
    kiosk: bool,  # noqa: FBT001  drawn
    feedback: str,
    events: list[str | float],
) -> None:
    session = start_session(attempt(kiosk=kiosk, feedback=feedback, question_seconds=30.0), 0.0)
    for event in events:
        if session.request:
            assert press_key(session, "s", session.at) == session  # nobody sees what a key would do
            break
        before = session
        if isinstance(event, float):
            session = advance_time(session, session.at + event)
        else:
            session = press_key(session, event, session.at)
        if session.attempt.started == before.attempt.started:
            assert session.attempt.answers[: before.attempt.position] == before.attempt.answers
            assert session.attempt.position - before.attempt.position in (0, 1)
        assert len(session.back) <= 3
        assert (session.scene == "results") <= (session.attempt.finished_at is not None)
    if kiosk:
        assert session.request != "leave"
