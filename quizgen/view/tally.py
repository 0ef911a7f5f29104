"""A stall's day as plain data: who came, how it went, and what was missed most."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, structs

from quizgen.attempt import Attempt
from quizgen.detection import Detection, detection
from quizgen.model import Bank, Question
from quizgen.text.messages import aside
from quizgen.view.exhibit import named, view_exhibit
from quizgen.view.text import shown

MOST_MISSED = 3

LEAST_OTHERS = 3
"""Visitors to be compared with; of fewer, one would tell how a neighbour did."""


class MissedQuestion(Struct, frozen=True):
    """A question, by id, and in words with what it is about, that so many of those ``asked`` missed."""

    id: str
    stem: str
    missed: int
    asked: int


class TallyView(Struct, frozen=True):
    """So many ``visitors`` began and so many ``finished``, of whom ``average`` is the mean share that was right, 0 to 1.

    ``verdicts`` are those of all on exhibits; ``missed`` are the questions missed most, of all that were answered.
    """

    visitors: int
    finished: int
    average: float | None
    verdicts: Detection
    missed: tuple[MissedQuestion, ...]


def view_tally(attempts: Iterable[Attempt], language: str) -> TallyView:
    """Sum attempts up; a skip is missed."""
    asked: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    stems: dict[str, str] = {}
    shares: list[float] = []
    visitors = 0
    verdicts = Detection(0, 0, 0, 0)
    for attempt in attempts:
        visitors += 1
        if attempt.finished is not None:
            score = attempt.score()
            shares.append(score.right / score.total)
        verdicts = Detection(
            *(sum(pair) for pair in zip(*map(structs.astuple, (verdicts, detection(attempt))), strict=True))
        )
        for question, answered in zip(attempt.quiz.questions, attempt.answers, strict=False):
            stems[question.id] = _stem(attempt.quiz.bank, question, language)
            asked[question.id] += 1
            missed[question.id] += not answered.right
    worst = sorted(+missed, key=lambda id_: (-missed[id_], -missed[id_] / asked[id_], id_))[:MOST_MISSED]
    return TallyView(
        visitors=visitors,
        finished=len(shares),
        average=sum(shares) / len(shares) if shares else None,
        verdicts=verdicts,
        missed=tuple(MissedQuestion(id_, stems[id_], missed[id_], asked[id_]) for id_ in worst),
    )


def _stem(bank: Bank, question: Question, language: str) -> str:
    """Say what was asked; of what exhibit, since all verdicts are asked for in the same words."""
    exhibit = view_exhibit(bank, question, language, signs=False)
    return shown(question.stem, language) + aside([named(exhibit)] if exhibit else [], language)


def better_than(share: float, shares: Iterable[float]) -> tuple[int, int] | None:
    """Compare a share of right answers with those of all: above how many, of how many others.

    ``shares`` are those of all. ``None`` where it is above none, or where there are too few to compare with.
    """
    others = list(shares)
    if share in others:
        others.remove(share)
    better = sum(other < share for other in others)
    return (better, len(others)) if better and len(others) >= LEAST_OTHERS else None
