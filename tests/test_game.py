"""What answers cost while an exhibit unfolds, and what is left of the money."""

import pytest
from msgspec.structs import replace

from quizgen.attempt import Attempt, MarkedAnswer, Rules
from quizgen.game import Balance, Mistake, balance, cost_of_answer, money_at_stake, stake_of, start_money
from quizgen.model import Declaration, Exhibit, Line, Quiz, Reply
from quizgen.shapes import Response
from tests.exhibit_bank import EXHIBITS, JUDGED, exhibit_quiz

GENUINE, SCAM = (0,), (1,)
SCAM_CHAT = replace(EXHIBITS["callers/chat"], stake=900)  # four lines; the third decides
SCAM_MAIL = replace(EXHIBITS["callers/email"], stake=2000)  # three lines; the second decides
GENUINE_CALL = replace(EXHIBITS["callers/call"], stake=300)


def answered(
    exhibit: Exhibit, response: Response, seen: int | None, replies: tuple[int, ...] = ()
) -> MarkedAnswer:
    right = response == (GENUINE if exhibit.genuine else SCAM)
    return MarkedAnswer("q", response, right, 1.0, lines_seen=seen, replies=replies)


def playing(*exhibits: Exhibit, money: int = 0, stake: int = 0, unfold: bool = True) -> Attempt:
    by_id = {exhibit.id: exhibit for exhibit in exhibits}
    quiz = exhibit_quiz("en", *(question for question in JUDGED if question.exhibit in by_id))
    questions = tuple(sorted(quiz.questions, key=lambda question: list(by_id).index(question.exhibit)))
    declared = Declaration(currency={"en": "crowns", "zh-Hans": "克朗"}, money=money, stake=stake)
    bank = replace(quiz.bank, exhibits=by_id, declared=declared)
    return Attempt(Quiz(questions, 7, "en", bank), 0.0, rules=Rules(unfold=unfold))


@pytest.mark.parametrize(("seen", "expected"), [(1, 0), (3, 0), (4, 900), (9, 900), (None, 0)])
def test_a_scam_that_is_stopped_costs_nothing_until_the_line_that_decides(
    seen: int | None, expected: int
) -> None:
    assert cost_of_answer(SCAM_CHAT, answered(SCAM_CHAT, SCAM, seen), 900) == expected


def test_each_line_after_the_one_that_decides_costs_the_same_part() -> None:
    long = replace(SCAM_MAIL, lines=(*SCAM_MAIL.lines, SCAM_MAIL.lines[-1]), stake=1001)
    assert [cost_of_answer(long, answered(long, SCAM, seen), long.stake) for seen in (2, 3, 4)] == [
        0,
        500,
        1001,
    ]


def test_a_sender_who_decides_costs_nothing_on_the_first_line() -> None:
    (sign,) = SCAM_CHAT.signs
    by_sender = replace(SCAM_CHAT, signs=(replace(sign, line=0),))
    assert [
        cost_of_answer(by_sender, answered(by_sender, SCAM, seen), by_sender.stake) for seen in (1, 2, 4)
    ] == [0, 300, 900]


@pytest.mark.parametrize(
    ("exhibit", "response", "expected"),
    [
        (SCAM_CHAT, GENUINE, 900),
        (SCAM_CHAT, None, 900),
        (SCAM_CHAT, "no verdict", 900),
        (GENUINE_CALL, SCAM, 300),
        (GENUINE_CALL, GENUINE, 0),
        (GENUINE_CALL, None, 0),
    ],
)
def test_a_wrong_verdict_costs_the_stake_and_a_skip_takes_everything_for_genuine(
    exhibit: Exhibit, response: Response, expected: int
) -> None:
    assert cost_of_answer(exhibit, answered(exhibit, response, 4), exhibit.stake) == expected


def test_the_losses_that_lines_give_count_and_so_do_those_after_a_reply() -> None:
    paid = Line("sender", {"en": "Thank you."}, lost=200)
    reply = Reply({"en": "I will pay."}, (paid,))
    refuse = Reply({"en": "I will not."}, (replace(paid, lost=None),))
    chat = replace(
        SCAM_CHAT,
        lines=(*SCAM_CHAT.lines[:3], replace(SCAM_CHAT.lines[3], replies=(reply, refuse)), replace(paid, lost=900)),
    )  # fmt: skip
    assert cost_of_answer(chat, answered(chat, SCAM, 3), chat.stake) == 0
    assert cost_of_answer(chat, answered(chat, SCAM, 4), chat.stake) == 0
    assert cost_of_answer(chat, answered(chat, SCAM, 4, (0,)), chat.stake) == 200
    assert cost_of_answer(chat, answered(chat, SCAM, 4, (1,)), chat.stake) == 0
    assert cost_of_answer(chat, answered(chat, SCAM, 5, (0,)), chat.stake) == 900
    early = replace(chat, lines=(replace(chat.lines[0], replies=(reply, refuse)), *chat.lines[1:]))
    assert [
        cost_of_answer(early, answered(early, SCAM, 1, replies), early.stake) for replies in ((), (0,), (1,))
    ] == [
        0,
        200,
        0,
    ]


def test_the_balance_adds_costs_up_and_names_the_most_expensive_mistake() -> None:
    attempt = playing(SCAM_CHAT, SCAM_MAIL, GENUINE_CALL, money=5000)
    begun = attempt.answer(SCAM, 1.0, lines_seen=4)
    assert balance(begun) == Balance(5000, 4100, (900,), Mistake("callers/judge-chat", 4, 900))
    done = begun.answer(GENUINE, 2.0, lines_seen=2).answer(SCAM, 3.0, lines_seen=1)
    assert balance(done) == Balance(5000, 1800, (900, 2000, 300), Mistake("callers/judge-email", 2, 2000))


def test_nobody_loses_more_than_they_have() -> None:
    attempt = playing(SCAM_CHAT, SCAM_MAIL, money=1000)
    assert money_at_stake(attempt, attempt.quiz.questions[1], 1000) == 1000
    done = attempt.answer(GENUINE, 1.0, lines_seen=4).answer(GENUINE, 2.0, lines_seen=3)
    assert balance(done) == Balance(1000, 0, (900, 100), Mistake("callers/judge-chat", 4, 900))


def test_what_an_exhibit_without_a_stake_puts_at_stake_comes_from_its_bank() -> None:
    chat = EXHIBITS["callers/chat"]
    for money, stake, expected in ((0, 0, 1000), (5000, 0, 100), (5000, 250, 250), (20, 0, 1)):
        game = playing(chat, money=money, stake=stake)
        assert stake_of(chat, game.quiz.bank) == expected
        missed = balance(game.answer(GENUINE, 1.0, lines_seen=4))
        assert missed is not None
        assert missed.costs == (expected,)
    assert stake_of(SCAM_CHAT, playing(chat, stake=250).quiz.bank) == 900
    assert stake_of(chat, replace(game.quiz.bank, declared=Declaration())) == 0


def test_nothing_is_at_stake_without_a_currency_or_lines_one_by_one() -> None:
    playing_chat = playing(SCAM_CHAT)
    assert (money := balance(playing_chat)) is not None
    assert (money.start, money.kept, money.worst) == (50_000, 50_000, None)
    assert balance(playing(SCAM_CHAT, unfold=False)) is None
    bank = replace(playing_chat.quiz.bank, declared=Declaration())
    assert balance(replace(playing_chat, quiz=replace(playing_chat.quiz, bank=bank))) is None
    assert start_money(bank) == 0


def test_the_first_of_two_lines_with_signs_is_the_deciding_line() -> None:
    (sign,) = SCAM_CHAT.signs
    exhibit = replace(SCAM_CHAT, signs=(replace(sign, line=4), replace(sign, line=1)))
    assert exhibit.deciding_line == 1
    assert [
        cost_of_answer(exhibit, answered(exhibit, SCAM, seen), exhibit.stake) for seen in (1, 2, 3, 4)
    ] == [
        0,
        300,
        600,
        900,
    ]
