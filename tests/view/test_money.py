"""What a game says about money: before an answer, after it, and at the end."""

import pytest
from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.view.money import build_money_view, describe_cost, describe_stake
from tests.exhibit_bank import EXHIBITS, SPOTTED
from tests.test_game import GENUINE, GENUINE_CALL, SCAM, SCAM_CHAT, SCAM_MAIL, playing

MAIL_WITHOUT_STAKE = EXHIBITS["callers/email"]


def game(language: str = "en") -> Attempt:
    return playing(SCAM_CHAT, MAIL_WITHOUT_STAKE, GENUINE_CALL, money=12_000).in_language(language)


def test_before_an_answer_it_says_what_is_at_stake_of_what_one_has() -> None:
    begun = game()
    assert describe_stake(begun) == (
        "900 of your 12,000 crowns at stake",
        "900 of 12,000 crowns at stake",
        "900 of 12,000 at stake",
        "900 crowns at stake",
    )
    assert describe_stake(begun, is_open=False) == ("You have 12,000 crowns",)
    assert describe_stake(game("zh-Hans"))[0] == "现有12,000克朗，其中900有风险"
    answered = begun.answer(SCAM, 1.0, lines_seen=4)
    assert describe_stake(answered)[0] == "240 of your 11,100 crowns at stake"
    assert describe_stake(answered, is_open=False) == ("You have 11,100 crowns",)
    assert describe_stake(replace(begun, rules=replace(begun.rules, unfold=False))) == ()


@pytest.mark.parametrize("sign", ["£", "A$"])
def test_a_sign_of_a_currency_stands_before_every_sum(sign: str) -> None:
    quiz = game().quiz
    bank = replace(quiz.bank, declared=replace(quiz.bank.declared, currency={"en": sign}))
    begun = replace(game(), quiz=replace(quiz, bank=bank))
    assert describe_stake(begun) == (
        f"{sign}900 of your {sign}12,000 at stake",
        f"{sign}900 of {sign}12,000 at stake",
        f"{sign}900 of {sign}12,000 at stake",
        f"{sign}900 at stake",
    )
    answered = begun.answer(SCAM, 1.0, lines_seen=4)
    assert describe_cost(answered, 0) == f"−{sign}900 for stopping late: you have {sign}11,100."
    for _ in range(2):
        answered = answered.answer(SCAM, 2.0, lines_seen=1)
    view = build_money_view(answered)
    assert view
    assert view.kept.startswith(f"You kept {sign}")
    assert f"of {sign}12,000." in view.kept


def test_before_feedback_at_the_end_nothing_shows_whether_an_answer_was_right() -> None:
    exam = game()
    exam = replace(exam, rules=replace(exam.rules, feedback="end"))
    assert describe_stake(exam) == ("900 crowns at stake",)
    for response in (SCAM, GENUINE):
        after = exam.answer(response, 1.0, lines_seen=4)
        assert describe_stake(after) == ("240 crowns at stake",)
        assert describe_stake(after.answer(response, 2.0, lines_seen=1)) == ("300 crowns at stake",)


def test_without_money_nothing_is_at_stake() -> None:
    poor = playing(SCAM_CHAT, SCAM_MAIL, money=1).answer(GENUINE, 1.0, lines_seen=4)
    assert describe_stake(poor) == ("Your money is gone",)
    for response in (GENUINE, SCAM):
        assert describe_cost(poor.answer(response, 2.0, lines_seen=1), 1) == (
            "Your money is gone, so nothing more can be lost. Your answers still count."
        )


@pytest.mark.parametrize(
    ("response", "seen", "words"),
    [
        (SCAM, 3, "Nothing lost, because you stopped it in time: you have 12,000 crowns."),
        (SCAM, 4, "−900 crowns for stopping late: you have 11,100 crowns."),
        (GENUINE, 2, "−900 crowns because you did not stop it: you have 11,100 crowns."),
        (None, 1, "−900 crowns because you did not stop it: you have 11,100 crowns."),
    ],
)
def test_after_an_answer_it_says_what_it_cost_and_why(
    response: tuple[int, ...] | None, seen: int, words: str
) -> None:
    assert describe_cost(game().answer(response, 1.0, lines_seen=seen), 0) == words


def test_a_genuine_contact_that_is_missed_costs_too() -> None:
    done = (
        game().answer(SCAM, 1.0, lines_seen=4).answer(SCAM, 1.0, lines_seen=1).answer(SCAM, 3.0, lines_seen=2)
    )
    assert describe_cost(done, 1) == "Nothing lost, because you stopped it in time: you have 11,100 crowns."
    assert describe_cost(done, 2) == (
        "−300 crowns: refusing a genuine one costs as much as missing a scam. You have 10,800 crowns."
    )
    trusted = (
        game()
        .answer(SCAM, 1.0, lines_seen=3)
        .answer(SCAM, 1.0, lines_seen=1)
        .answer(GENUINE, 3.0, lines_seen=2)
    )
    assert describe_cost(trusted, 2) == "Nothing lost: you have 12,000 crowns."
    assert describe_cost(replace(trusted, rules=replace(trusted.rules, unfold=False)), 2) == ""


def test_the_wrong_line_of_a_genuine_call_is_not_the_same_as_refusing_it() -> None:
    attempt = playing(GENUINE_CALL, money=12_000)
    attempt = replace(attempt, quiz=replace(attempt.quiz, questions=(SPOTTED,)))
    right = SPOTTED.answer.correct_response("en")
    wrong = next(each for each in ((0,), (1,)) if each != right)
    lines = len(GENUINE_CALL.lines)
    assert describe_cost(attempt.answer(wrong, 1.0, lines_seen=lines), 0) == (
        "−300 crowns for the wrong line: you have 11,700 crowns."
    )
    assert (
        describe_cost(attempt.answer(right, 1.0, lines_seen=lines), 0)
        == "Nothing lost: you have 12,000 crowns."
    )


def test_the_end_says_what_was_kept_and_the_most_expensive_mistake() -> None:
    done = (
        game()
        .answer(GENUINE, 1.0, lines_seen=4)
        .answer(SCAM, 2.0, lines_seen=1)
        .answer(SCAM, 3.0, lines_seen=2)
    )
    told = build_money_view(done)
    assert told is not None
    assert told.kept == "You kept 10,800 of 12,000 crowns."
    assert told.worst == (
        "Your most expensive mistake: the chat message (A new friend from the choir), line 4 (−900 crowns)."
    )
    chinese = build_money_view(done.in_language("zh-Hans"))
    assert chinese is not None
    assert chinese.worst == "损失最大的一次：聊天消息（合唱团的新朋友），第 4 行（损失900克朗）。"
    for best, words in (
        (None, ""),
        (9_000, "Your best result so far. Before, it was 9,000 crowns."),
        (10_800, "Your best result: 10,800 crowns."),
    ):
        compared = build_money_view(done, best)
        assert compared is not None
        assert compared.best == words
    perfect = build_money_view(game().answer(SCAM, 1.0, lines_seen=1))
    assert perfect is not None
    assert (perfect.kept, perfect.worst) == ("You kept 12,000 of 12,000 crowns.", "")
