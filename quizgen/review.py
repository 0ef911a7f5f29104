"""When questions are due for review, and how many days in a row somebody has practised.

The schedule is that of FSRS-6 with the default weights of the ``fsrs`` package (Ye, Su and Cao, "A Stochastic Shortest
Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022, and its successor FSRS-6). A right answer
is rated Good; a wrong answer or a skip is rated Again. There are no steps within a day, because people do not
take the same quiz several times a day, and nothing is random, so that the same history gives the same schedule.
The schedule is computed from the answers and is not stored.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from math import exp, inf

from msgspec import Struct
from msgspec.structs import replace

from quizgen.history import PastAnswer
from quizgen.permutations import shuffled

_AGAIN, _GOOD, _EASY = 1, 3, 4
"""Ratings, as FSRS numbers them."""

_DAY = 86400.0  # seconds
_MIN_STABILITY = 0.001  # days

ALLOWED_MISSED_DAYS = 1
"""Days in a row that may be missed: one bad day does not end a streak."""


class DueQuestion(Struct, frozen=True):
    """A question, the time ``at`` which it is due, in seconds since the epoch, and the probability that it is still ``known`` now.

    ``right`` says whether the latest answer was right, and ``right_days`` on how many days it was answered right since the
    last mistake.
    """

    question: str
    at: float
    known: float
    right: bool = True
    right_days: int = 0


class _Memory(Struct):
    """What FSRS knows about a question: how hard it is, and for how many days it is remembered."""

    difficulty: float
    stability: float
    at: float
    right: bool
    right_days: int


class _Model:
    """The equations of FSRS-6 for the ratings Good and Again. ``day_of`` returns the day of a time.

    The class ``Scheduler`` of the package computes the same for one review at a time, and takes ten times as long.
    That is too slow for histories with 100,000 answers.
    """

    def __init__(self, day_of: Callable[[float], Hashable]) -> None:
        from fsrs import Scheduler  # noqa: PLC0415  loaded for a review only

        scheduler = Scheduler()
        self._day_of = day_of
        self._weights = scheduler.parameters
        self._decay = -self._weights[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._days_for_stability: float = (
            scheduler.desired_retention ** (1 / self._decay) - 1
        ) / self._factor
        self._longest: int = scheduler.maximum_interval
        self._easy_difficulty = self._initial_difficulty(_EASY)

    def first_review(self, review: PastAnswer) -> _Memory:
        """Return the memory after the first answer to a question."""
        rating = _GOOD if review.right else _AGAIN
        difficulty = _clamp_difficulty(self._initial_difficulty(rating))
        return _Memory(difficulty, self._weights[rating - 1], review.at, review.right, int(review.right))

    def review_again(self, memory: _Memory, review: PastAnswer) -> None:
        """Change the memory by another answer to the same question."""
        weights, rating = self._weights, _GOOD if review.right else _AGAIN
        before, difficulty = memory.stability, memory.difficulty
        if int((review.at - memory.at) // _DAY) < 1:
            growth = exp(weights[17] * (rating - _GOOD + weights[18])) * before ** -weights[19]
            after = before * (max(growth, 1.0) if review.right else growth)
        elif review.right:
            forgotten = 1 - self.recall_probability(memory, review.at)
            after = before * (
                1
                + exp(weights[8])
                * (11 - difficulty)
                * before ** -weights[9]
                * (exp(forgotten * weights[10]) - 1)
            )
        else:
            forgotten = 1 - self.recall_probability(memory, review.at)
            lapsed = (
                weights[11]
                * difficulty ** -weights[12]
                * ((before + 1) ** weights[13] - 1)
                * exp(forgotten * weights[14])
            )
            after = min(lapsed, before / exp(weights[17] * weights[18]))
        memory.stability = max(after, _MIN_STABILITY)
        harder = difficulty - weights[6] * (rating - _GOOD) * (10 - difficulty) / 9
        memory.difficulty = _clamp_difficulty(weights[7] * self._easy_difficulty + (1 - weights[7]) * harder)
        if not review.right:
            memory.right_days = 0
        elif not memory.right_days or self._day_of(review.at) != self._day_of(memory.at):
            memory.right_days += 1
        memory.at, memory.right = review.at, review.right

    def recall_probability(self, memory: _Memory, now: float) -> float:
        """Return the probability that the answer is still known. Only whole days count."""
        days = max((now - memory.at) // _DAY, 0)
        return float((1 + self._factor * days / memory.stability) ** self._decay)

    def due_time(self, memory: _Memory) -> float:
        """Return when the question is due."""
        days: int = round(memory.stability * self._days_for_stability)
        return memory.at + _DAY * min(max(days, 1), self._longest)

    def _initial_difficulty(self, rating: int) -> float:
        return self._weights[4] - exp(self._weights[5] * (rating - 1)) + 1


def _clamp_difficulty(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)


def _utc_day(at: float) -> int:
    return int(at // _DAY)


def schedule_reviews(
    reviews: Iterable[PastAnswer], now: float, day_of: Callable[[float], Hashable] = _utc_day
) -> list[DueQuestion]:
    """Return when each question that was ever answered is due. The question least likely to be known comes first.

    ``day_of`` returns the local day of a time in seconds since the epoch.
    """
    model = _Model(day_of)
    memories: dict[str, _Memory] = {}
    for review in sorted(reviews, key=lambda review: review.at):
        if memory := memories.get(review.question):
            model.review_again(memory, review)
        else:
            memories[review.question] = model.first_review(review)
    found = [
        DueQuestion(
            question,
            model.due_time(memory),
            model.recall_probability(memory, now),
            memory.right,
            memory.right_days,
        )
        for question, memory in memories.items()
    ]
    return sorted(found, key=lambda due: (due.known, due.question))


def schedule_matters(
    reviews: Sequence[PastAnswer],
    matters: Mapping[str, str],
    now: float,
    day_of: Callable[[float], Hashable] = _utc_day,
) -> list[DueQuestion]:
    """Return when each question that was ever answered is due, if ``matters`` has it.

    ``matters`` maps the id of a question to its matter: a name that it shares with questions that ask the same in
    another way (:func:`quizgen.cli.days.question_matters`). All questions on one matter are due at the same time, because an answer to one of them tells what somebody knows of
    it. So another one can be asked in place of the one that was missed.
    """
    answered: dict[str, dict[str, None]] = {}
    renamed = []
    for review in reviews:
        if matter := matters.get(review.question):
            answered.setdefault(matter, {})[review.question] = None
            renamed.append(PastAnswer(matter, review.right, review.at))
    return [
        replace(due, question=question)
        for due in schedule_reviews(renamed, now, day_of)
        for question in answered[due.question]
    ]


def choose_variants(
    due_ids: Iterable[str], matters: Mapping[str, str], reviews: Iterable[PastAnswer]
) -> list[str]:
    """Return the questions to ask in place of those that are due: one for each matter, the one not asked for longest.

    Whoever sees the same question again remembers the answer, and not the rule behind it.
    """
    members: dict[str, list[str]] = {}
    for question, matter in matters.items():
        members.setdefault(matter, []).append(question)
    last = {review.question: review.at for review in sorted(reviews, key=lambda review: review.at)}
    chosen: dict[str, str] = {}
    for question in due_ids:
        matter = matters.get(question, question)
        candidates = shuffled(members.get(matter, [question]), "review", question, last.get(question))
        chosen.setdefault(matter, min(candidates, key=lambda each: last.get(each, -inf)))
    return list(chosen.values())


def count_streak_days(days: Iterable[date], today: date) -> int:
    """Return how many days in a row have practice, up to ``today``. A single missed day does not end the streak.

    Missed days are not counted. Today is not missed before it is over.
    """
    count, before = 0, today
    for day in sorted({day for day in days if day <= today}, reverse=True):
        if (before - day).days - 1 > ALLOWED_MISSED_DAYS:
            break
        count, before = count + 1, day
    return count
