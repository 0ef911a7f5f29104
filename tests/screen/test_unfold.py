"""An exhibit that comes line by line, key by key and a line at a time."""

import io

import pytest
from msgspec.structs import replace

from quizgen.attempt import Attempt, Rules
from quizgen.model import Line, Reply
from quizgen.screen.line_mode import PlainDisplay, take_quiz
from quizgen.screen.page import draw_session_page
from quizgen.screen.rows import key_at_column, row_text
from quizgen.screen.scenes import current_scene, press_key
from quizgen.screen.session import Session, advance_time, start_session
from quizgen.view.feedback import describe_decision_time
from tests.banks import sample_quiz
from tests.exhibit_bank import JUDGED, SPOTTED, exhibit_quiz
from tests.screen.test_session import pressed
from tests.screen.transcript import replies
from tests.test_game import GENUINE_CALL, SCAM_CHAT, playing

CHAT, EMAIL = JUDGED[1], JUDGED[3]
RULES = Rules(unfold=True)


def unfolding(*questions: object, rules: Rules = RULES, language: str = "en") -> Session:
    quiz = exhibit_quiz(language, *questions)  # type: ignore[arg-type]
    return start_session(Attempt(quiz=quiz, started=0.0, rules=rules), 0.0)


def lines_seen(session: Session) -> int:
    text = "\n".join(row_text(row) for row in draw_session_page(session, 80, 40).rows)
    return sum(words in text for words in ("purse", "Can I help", "Lend me", "Sunday"))


@pytest.mark.parametrize("key", ["⏎", " ", "→", "j"])
def test_a_key_shows_the_next_line_until_the_last(key: str) -> None:
    session = unfolding(CHAT)
    assert [lines_seen(pressed(session, key * count)) for count in range(4)] == [1, 2, 3, 4]
    assert pressed(session, key * 3 + "⏎").unfinished
    for way in ("b", "x", "j⏎", "k⏎"):
        assert pressed(session, key * 3 + way).attempt.answers[0].right == (way != "j⏎")
    for count in range(4):  # a skip can cost money, so no hint asks for it
        shown = pressed(session, key * count)
        assert "do-skip" not in [hint.does for hint in current_scene(shown).key_hints(shown)]


def test_x_means_a_scam_also_where_the_whole_exhibit_is_shown_and_no_topic_tells_the_verdict() -> None:
    session = unfolding(CHAT, rules=Rules())
    assert session.scene == "prompt"
    assert "Strange callers" not in row_text(draw_session_page(session, 80, 40).rows[0])
    answered = pressed(session, "x")
    assert answered.attempt.answers[0].right


def test_no_bubble_grows_wider_when_a_longer_line_comes() -> None:
    session = unfolding(CHAT)
    quiz = session.attempt.quiz
    exhibit = quiz.bank.exhibits[CHAT.exhibit]
    lines = tuple(
        replace(exhibit.lines[0], text={"en": "word " * 4 * number})
        for number in range(1, len(exhibit.lines) + 1)
    )
    bank = replace(quiz.bank, exhibits={exhibit.id: replace(exhibit, lines=lines)})
    session = replace(session, attempt=replace(session.attempt, quiz=replace(quiz, bank=bank)))
    tops = {
        row_text(row)
        for count in range(len(lines))
        for row in draw_session_page(pressed(session, "⏎" * count), 80, 40).rows
        if "╭" in row_text(row)
    }
    assert len(tops) == 1


@pytest.mark.parametrize(
    ("keys", "right", "words"),
    [
        ("x", True, "stopped it at line 1 of 4, before line 3"),
        ("b", True, "stopped it at line 1 of 4, before line 3"),
        ("⏎⏎x", True, "stopped it at line 3 of 4, the line that gives it away"),
        ("⏎⏎⏎b", True, "stopped it at line 4 of 4; line 3 gives it away"),
        ("⏎1", False, "answered at line 2 of 4; line 3 gives it away"),
        ("⏎⏎⏎1", False, "already read line 3, which gives it away"),
    ],
)
def test_an_answer_may_come_at_any_line_and_feedback_says_how_early(
    keys: str, *, right: bool, words: str
) -> None:
    session = pressed(unfolding(CHAT), keys)
    assert (session.scene, session.attempt.answers[0].right) == ("feedback", right)
    assert words in "\n".join(row_text(row) for row in draw_session_page(session, 98, 40).rows)


def test_a_skip_has_no_decision_time_and_the_sender_may_be_telltale() -> None:
    assert "line 3" not in "\n".join(
        row_text(row) for row in draw_session_page(pressed(unfolding(CHAT), "ss"), 80, 40).rows
    )
    taken = pressed(unfolding(JUDGED[0]), "a").attempt  # a message whose number is a sign
    assert (
        describe_decision_time(taken, 0)
        == "You answered at line 1 of 2; the sender shows that it is genuine."
    )


def test_only_a_second_s_skips_and_tab_never_does() -> None:
    session = unfolding(CHAT)
    asked = pressed(session, "s")
    assert asked.attempt.position == 0
    assert "Press s again to skip it." in "\n".join(
        row_text(row) for row in draw_session_page(asked, 80, 40).rows
    )
    assert pressed(asked, "s").attempt.answers[0].response is None
    assert pressed(asked, "⏎s").attempt.position == 0
    tab = press_key(session, "tab", 1.0)
    assert (tab.attempt.position, tab.unclear) == (0, True)
    ordinary = press_key(unfolding(CHAT, rules=Rules()), "tab", 1.0)
    assert (ordinary.attempt.position, ordinary.unclear) == (0, True)


def test_only_shown_lines_can_be_chosen() -> None:
    session = unfolding(SPOTTED)
    for key in "34bc2z":
        assert pressed(session, key).attempt.position == 0
        assert pressed(session, key).unclear
    session = pressed(session, "⏎⏎")
    rows = draw_session_page(session, 80, 24).rows
    click = next(key_at_column(row, 6) for row in rows if "what it is for" in row_text(row))
    assert [pressed(session, key).attempt.answers[0].right for key in ("3", "b", "x", click)] == [True] * 4
    assert not pressed(session, "1").attempt.answers[0].right
    assert next(key_at_column(row, 4) for row in rows if "line 4 of 4" in row_text(row)) == "enter"


def test_only_exhibits_unfold_and_only_with_the_rule() -> None:
    assert start_session(Attempt(quiz=sample_quiz("en"), started=0.0, rules=RULES), 0.0).scene == "prompt"
    assert unfolding(CHAT, rules=Rules()).scene == "prompt"


def test_the_clock_runs_while_help_and_language_are_available() -> None:
    session = unfolding(CHAT, EMAIL, rules=replace(RULES, question_seconds=20.0))
    helped = "\n".join(row_text(row) for row in draw_session_page(pressed(session, "?"), 80, 40).rows)
    assert "stop here: it is a scam" in helped
    session = pressed(session, "⏎l?x")
    assert (session.scene, session.unfolded, session.attempt.quiz.language) == ("unfold", 2, "zh-Hans")
    late = advance_time(session, 20.0)
    assert (late.scene, late.late, late.attempt.answers[0].response) == ("feedback", True, None)
    after = press_key(late, "enter", 30.0)
    assert (after.scene, after.unfolded) == ("unfold", 1)


def told(
    *typed: str, patient: bool = True, questions: tuple[object, ...] = (CHAT, SPOTTED)
) -> tuple[str, Attempt]:
    out = io.StringIO()
    quiz = exhibit_quiz("en", *questions)  # type: ignore[arg-type]
    attempt = Attempt(quiz=quiz, started=0.0, rules=RULES)
    display = PlainDisplay(out.write, replies(*typed, echo=out.write))
    attempt = take_quiz(
        attempt, display, save_attempt=lambda _: True, now=lambda: 1.0, asks_again_if_unclear=patient
    )
    return out.getvalue(), attempt


def test_an_empty_line_shows_the_next_line_of_an_exhibit() -> None:
    out, attempt = told("", "", "b", "3", "", "", "3")
    assert [given.right for given in attempt.answers] == [True, True]
    first = out[out.index("Question 1") : out.index("Question 2")]
    assert (
        first.index("Genuine, or a scam?")
        < first.index("1. ")
        < first.index("> \n2. You:")
        < first.index("> \n3. ")
    )
    assert "4. " not in first.partition("Right.")[0]
    assert "You stopped it at line 3 of 4, the line that gives it away." in first
    assert "That is not a valid answer" in out  # the line had not come yet


def test_x_stops_an_unfolding_exhibit_in_line_mode_too() -> None:
    _, attempt = told("", "x", "", "", "x")
    assert [given.right for given in attempt.answers] == [True, True]
    _, attempt = told("x", "x")
    assert [given.right for given in attempt.answers] == [True, False]


def test_a_file_of_answers_needs_no_empty_lines() -> None:
    _, attempt = told("b", "3", patient=False)
    assert [given.right for given in attempt.answers] == [True, True]


@pytest.mark.parametrize(("width", "height", "sign"), [(40, 16, False), (60, 20, True), (80, 18, True)])
def test_telltale_words_are_bracketed_where_they_were_read(width: int, height: int, *, sign: bool) -> None:
    rows = draw_session_page(pressed(unfolding(CHAT), "x"), width, height).rows
    text = "\n".join(row_text(row) for row in rows)
    assert "✓ Right" in text
    assert ("[the code]" in text) == sign


def shown(session: Session, width: int = 80, height: int = 40) -> str:
    return "\n".join(row_text(row) for row in draw_session_page(session, width, height).rows)


@pytest.mark.parametrize(("width", "words"), [(80, "900 of your 5,000 crowns at stake"), (40, "900 of 5,000 at stake")])  # fmt: skip
def test_the_head_shows_the_money_in_place_of_the_topic(width: int, words: str) -> None:
    session = start_session(playing(SCAM_CHAT, GENUINE_CALL, money=5000), 0.0)
    assert words in shown(session, width)
    assert "Strange callers" not in shown(session, width)
    answered = pressed(session, "⏎⏎⏎b")
    assert answered.attempt.answers[0].lines_seen == 4
    assert "−900 crowns for stopping late: you have 4,100 crowns." in shown(answered)
    assert shown(answered).startswith("  You have 4,100 crowns")
    ended = shown(pressed(answered, "⏎b⏎"), height=60)
    assert "You kept 3,800 of 5,000 crowns." in ended
    assert "Your most expensive mistake: the chat message (A new friend" in ended


def test_line_mode_says_the_same_about_money() -> None:
    out = io.StringIO()
    display = PlainDisplay(out.write, replies("", "", "", "b", "b", echo=out.write))
    game = playing(SCAM_CHAT, GENUINE_CALL, money=5000)
    take_quiz(game, display, save_attempt=lambda _: True, now=lambda: 1.0, asks_again_if_unclear=True)
    said = out.getvalue()
    assert said.index("900 of your 5,000 crowns at stake") < said.index("−900 crowns for stopping late")
    assert "300 of your 4,100 crowns at stake" in said
    assert "You kept 3,800 of 5,000 crowns.\nYour most expensive mistake:" in said


def answering_back() -> Session:
    """A chat whose first and third lines have two replies; the second reply to the first line costs 200."""
    paid = Line("sender", {"en": "Thank you for the fare.", "zh-Hans": "谢谢车费。"}, lost=200)
    asked = Reply({"en": "Which choir?", "zh-Hans": "哪个合唱团？"}, (Line("sender", {"en": "Yours."}),))
    pay = Reply({"en": "Here is your fare.", "zh-Hans": "车费给你。"}, (paid,))
    first, second, third, *rest = SCAM_CHAT.lines
    lines = (replace(first, replies=(asked, pay)), second, replace(third, replies=(pay, asked)), *rest)
    return start_session(playing(replace(SCAM_CHAT, lines=lines), GENUINE_CALL, money=5000), 0.0)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 16)])
def test_a_person_chooses_what_to_say_and_the_other_side_answers(width: int, height: int) -> None:
    session = answering_back()
    page = shown(session, width, height)
    assert "What do you say?" in page
    assert "Which choir?" in page
    assert "Here is your fare." in page
    waiting = pressed(session, "⏎")
    assert (waiting.unfolded, waiting.replies) == (1, ())
    assert "First choose what you say" in shown(waiting, width, height)
    assert pressed(session, "3").unclear
    asked = shown(pressed(session, "1"), width, 40)
    assert asked.index("Which choir?") < asked.index("Yours.") < asked.index("line 2 of 4")
    assert pressed(session, "12").unclear  # a number is no verdict
    assert pressed(session, "1⏎⏎").reply_options
    assert pressed(session, "1⏎⏎2⏎b").attempt.answers[0].replies == (0, 1)


def test_a_reply_can_be_clicked_and_a_verdict_may_come_first() -> None:
    rows = draw_session_page(answering_back(), 80, 24).rows
    assert next(key_at_column(row, 6) for row in rows if "Here is your fare" in row_text(row)) == "2"
    for key, right in (("x", True), ("b", True), ("a", False)):
        assert pressed(answering_back(), key).attempt.answers[0].right == right


def test_what_a_reply_costs_is_lost_and_feedback_shows_what_was_said() -> None:
    answered = pressed(answering_back(), "2⏎b")
    page = shown(answered)
    assert "−200 crowns for stopping late: you have 4,800 crowns." in page
    assert (
        page.index("Here is your fare.") < page.index("Thank you for the fare.") < page.index("Can I help?")
    )


def test_line_mode_takes_a_number_for_a_reply() -> None:
    out = io.StringIO()
    display = PlainDisplay(out.write, replies("", "9", "1", "1", "", "", "2", "b", "a", echo=out.write))
    attempt = take_quiz(
        answering_back().attempt,
        display,
        save_attempt=lambda _: True,
        now=lambda: 1.0,
        asks_again_if_unclear=True,
    )
    said = out.getvalue()
    assert said.count("What do you say?\n1) Which choir?\n2) Here is your fare.") == 2
    assert said.count("Type the number of your reply. You can also answer now.") == 3
    assert "You: Which choir?\nSender: Yours.\n" in said
    assert said.count("That is not a valid answer") == 2
    assert (attempt.answers[0].replies, attempt.answers[0].right, attempt.score().right) == ((0, 1), True, 2)


def test_a_file_of_answers_has_no_replies() -> None:
    display = PlainDisplay(lambda _: None, replies("b", "a", echo=lambda _: None))
    attempt = take_quiz(
        answering_back().attempt,
        display,
        save_attempt=lambda _: True,
        now=lambda: 1.0,
        asks_again_if_unclear=False,
    )
    assert [(answer.replies, answer.right) for answer in attempt.answers] == [((), True), ((), True)]
