"""The game with money: what each answer about an exhibit that unfolds costs, and what is left at the end.

A person begins with a sum. Whoever stops a scam on the deciding line loses nothing; later it costs a part of
the sum at stake, and all of it if the scam is taken for genuine. Refusing a genuine contact costs its stake, too,
or else it would be best to refuse everything. Everything has a stake, so that each mistake costs something. Nothing here affects the score.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from quizgen.attempt import Attempt, MarkedAnswer
from quizgen.model import Bank, Exhibit, Line, Question

START_MONEY = 50_000
"""The sum that a game begins with, if the question bank does not give another."""

_SMALL_PART = 50
"""An exhibit whose stake nobody gives puts this part of the sum at stake: a fiftieth."""


class Mistake(Struct, frozen=True):
    """A mistake that costs money: the id of the question, how many lines had appeared, and the sum."""

    question: str
    line: int
    sum: int


class Balance(Struct, frozen=True):
    """The money of an attempt so far.

    ``start`` is the sum at the beginning, and ``kept`` what is left. ``costs[i]`` is what answer ``i`` costs; together
    they never exceed ``start``. ``worst`` is the most expensive mistake, the first of equal ones; ``None`` if nothing
    is lost.
    """

    start: int
    kept: int
    costs: tuple[int, ...]
    worst: Mistake | None


def start_money(bank: Bank) -> int:
    """Return the sum that a game begins with. It is 0 if the bank has no currency, so that there is no game."""
    declared = bank.declared
    return (declared.money or START_MONEY) if declared.currency else 0


def stake_of(exhibit: Exhibit, bank: Bank) -> int:
    """Return what an exhibit puts at stake: its own stake, or else the usual one of its bank. It is 0 if there is no game."""
    start = start_money(bank)
    return (exhibit.stake or bank.declared.stake or max(start // _SMALL_PART, 1)) if start else 0


def money_at_stake(attempt: Attempt, question: Question, kept: int) -> int:
    """Return what a question puts at stake of the ``kept`` money; 0 if its exhibit does not unfold."""
    bank = attempt.quiz.bank
    return min(stake_of(bank.exhibits[question.exhibit], bank), kept) if attempt.unfolds(question) else 0


def cost_of_answer(exhibit: Exhibit, answered: MarkedAnswer, stake: int) -> int:
    """Return what an answer about an exhibit that unfolds and has this stake costs somebody who has enough money.

    A question that was skipped counts as taking the exhibit for genuine. What a reply costs is lost even if it
    comes before the deciding line.
    """
    if not isinstance(answered.response, tuple):
        return 0 if exhibit.genuine else stake
    if not answered.right:
        return stake
    seen = answered.lines_seen
    first = max(exhibit.deciding_line, 1)  # the sender appears together with line 1
    if exhibit.genuine or seen is None:
        return 0
    said = exhibit.chosen_replies(answered.replies)
    after_replies = [line for number, reply in said.items() if number <= seen for line in reply.then]
    if seen <= first:
        return _largest_loss(after_replies)
    if _largest_loss(_every_line(exhibit)):
        return _largest_loss([*exhibit.lines[:seen], *after_replies])
    last = len(exhibit.lines)
    return round(stake * (min(seen, last) - first) / (last - first))


def _largest_loss(lines: Iterable[Line]) -> int:
    """Return what is lost by the last of some lines. Losses never decrease from line to line."""
    return max((line.lost or 0 for line in lines), default=0)


def _every_line(exhibit: Exhibit) -> Iterator[Line]:
    """Yield the lines of an exhibit, and those after each reply."""
    for line in exhibit.lines:
        yield line
        for reply in line.replies:
            yield from reply.then


def balance(attempt: Attempt) -> Balance | None:
    """Return the money of an attempt so far, or ``None`` if nothing is at stake in its quiz."""
    quiz = attempt.quiz
    start = kept = start_money(quiz.bank)
    if not attempt.rules.unfold or not any(
        money_at_stake(attempt, question, start) for question in quiz.questions
    ):
        return None
    costs: list[int] = []
    worst: Mistake | None = None
    for question, answered in zip(quiz.questions, attempt.answers, strict=False):
        lost = 0
        if attempt.unfolds(question):
            exhibit = quiz.bank.exhibits[question.exhibit]
            lost = min(cost_of_answer(exhibit, answered, stake_of(exhibit, quiz.bank)), kept)
            if lost > (worst.sum if worst else 0):
                worst = Mistake(question.id, answered.lines_seen or len(exhibit.lines), lost)
        costs.append(lost)
        kept -= lost
    return Balance(start, kept, tuple(costs), worst)
