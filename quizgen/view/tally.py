"""The tally of a kiosk's day: how many visitors came, how they did, and what they missed most."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, structs

from quizgen.attempt import Attempt
from quizgen.detection import Detection, detection
from quizgen.model import Bank, Question
from quizgen.text.messages import aside
from quizgen.view.exhibit import exhibit_name, view_exhibit
from quizgen.view.text import display_text

MAX_MISSED = 3

MIN_OTHERS = 3
"""The smallest number of visitors to compare with. With fewer, people could tell how a neighbour did."""


class MissedQuestion(Struct, frozen=True):
    """A question that ``missed`` of ``asked`` visitors missed: its id, and a stem that also names its exhibit."""

    id: str
    stem: str
    missed: int
    asked: int


class TallyView(Struct, frozen=True):
    """How many ``visitors`` began and how many ``finished``; ``average`` is the mean share of right answers, 0 to 1.

    ``verdicts`` are the verdicts of all visitors on exhibits. ``missed`` are the questions missed most.
    """

    visitors: int
    finished: int
    average: float | None
    verdicts: Detection
    missed: tuple[MissedQuestion, ...]


def view_tally(attempts: Iterable[Attempt], language: str) -> TallyView:
    """Sum up attempts; a skip counts as missed."""
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
    worst = sorted(+missed, key=lambda id_: (-missed[id_], -missed[id_] / asked[id_], id_))[:MAX_MISSED]
    return TallyView(
        visitors=visitors,
        finished=len(shares),
        average=sum(shares) / len(shares) if shares else None,
        verdicts=verdicts,
        missed=tuple(MissedQuestion(id_, stems[id_], missed[id_], asked[id_]) for id_ in worst),
    )


def _stem(bank: Bank, question: Question, language: str) -> str:
    """Return the stem, with the name of its exhibit, because all verdicts have the same stem."""
    exhibit = view_exhibit(bank, question, language, signs=False)
    return display_text(question.stem, language) + aside([exhibit_name(exhibit)] if exhibit else [], language)


def better_than(share: float, shares: Iterable[float]) -> tuple[int, int] | None:
    """Compare a share of right answers with those of all: above how many, of how many others.

    ``shares`` includes the person's own share. The result is ``None`` if it is above none, or if there are too few others.
    """
    others = list(shares)
    if share in others:
        others.remove(share)
    better = sum(other < share for other in others)
    return (better, len(others)) if better and len(others) >= MIN_OTHERS else None
