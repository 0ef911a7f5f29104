"""The tally of a day at a kiosk: how many visitors came, how well they did, and what they missed most."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, structs

from quizgen.attempt import Attempt
from quizgen.detection import Detection, count_verdicts
from quizgen.model import Bank, Question
from quizgen.text.messages import in_brackets
from quizgen.view.exhibit import build_exhibit_view, exhibit_name
from quizgen.view.text import localize_for_display

MAX_MISSED = 3

MIN_OTHERS = 3
"""The smallest number of visitors to compare with. With fewer, people could tell how a neighbour did."""


class MissedQuestion(Struct, frozen=True):
    """A question that ``missed`` of ``asked`` visitors answered wrong or skipped.

    ``stem`` also names the exhibit, because all questions about exhibits have the same stem.
    """

    id: str
    stem: str
    missed: int
    asked: int


class TallyView(Struct, frozen=True):
    """How many ``visitors`` began a quiz, how many ``finished``, and how well they did.

    ``average`` is the mean share of right answers, from 0 to 1. ``verdicts`` says how well all visitors
    together told scams from genuine contacts. ``missed`` are the questions missed most.
    """

    visitors: int
    finished: int
    average: float | None
    verdicts: Detection
    missed: tuple[MissedQuestion, ...]


def build_tally_view(attempts: Iterable[Attempt], language: str) -> TallyView:
    """Sum up the attempts of a day. A skipped question counts as missed."""
    asked: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    stems: dict[str, str] = {}
    shares: list[float] = []
    visitors = 0
    verdicts = Detection(0, 0, 0, 0)
    for attempt in attempts:
        visitors += 1
        if attempt.finished_at is not None:
            score = attempt.score()
            shares.append(score.right / score.total)
        verdicts = Detection(
            *(
                sum(pair)
                for pair in zip(*map(structs.astuple, (verdicts, count_verdicts(attempt))), strict=True)
            )
        )
        for question, answered in zip(attempt.quiz.questions, attempt.answers, strict=False):
            stems[question.id] = stem_with_exhibit(attempt.quiz.bank, question, language)
            asked[question.id] += 1
            missed[question.id] += not answered.right
    worst = sorted(+missed, key=lambda id_: (-missed[id_], -missed[id_] / asked[id_], id_))[:MAX_MISSED]
    return TallyView(
        visitors=visitors,
        finished=len(shares),
        average=sum(shares) / len(shares) if shares else None,
        verdicts=verdicts,
        missed=tuple(MissedQuestion(id_, stems[id_], missed[id_], asked[id_]) for id_ in worst),
    )


def stem_with_exhibit(bank: Bank, question: Question, language: str) -> str:
    """Return the stem of a question and the name of its exhibit.

    Without the name, all questions about exhibits would look the same.
    """
    exhibit = build_exhibit_view(bank, question, language, show_signs=False)
    return localize_for_display(question.stem, language) + in_brackets(
        [exhibit_name(exhibit)] if exhibit else [], language
    )


def count_lower_shares(own_share: float, all_shares: Iterable[float]) -> tuple[int, int] | None:
    """Return how many other people had a lower share of right answers, and how many other people there are.

    ``all_shares`` includes ``own_share``. The result is ``None`` if nobody had a lower share, or if there
    are too few people to keep them anonymous.
    """
    others = list(all_shares)
    if own_share in others:
        others.remove(own_share)
    better = sum(other < own_share for other in others)
    return (better, len(others)) if better and len(others) >= MIN_OTHERS else None
