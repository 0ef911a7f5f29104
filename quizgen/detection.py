"""How well somebody tells scams from genuine contacts, by signal detection theory. Pure.

A scam is the signal, and to call an exhibit one is to say that the signal is there: a hit is a scam called a
scam, a false alarm a genuine exhibit called one. Sensitivity d′ tells how well the two are told apart, 0 by
chance; the criterion c which way somebody leans, above 0 to taking things for genuine, below 0 to taking them
for scams (Macmillan and Creelman, *Detection Theory: A User's Guide*, second edition, 2005, chapters 1 and 2).
"""

from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.attempt import Attempt

Leaning: TypeAlias = Literal["trusting", "even", "suspicious"]

NOTICEABLE = 0.3
"""How far c must be from 0 to be worth a word: one mistake in twenty, ten of each sort, is not."""


class Detection(Struct, frozen=True):
    """Verdicts on exhibits: of so many ``scams`` so many ``stopped``, of so many ``genuine`` so many ``trusted``."""

    scams: int
    stopped: int
    genuine: int
    trusted: int

    @property
    def mistakes(self) -> int:
        """How many verdicts were wrong."""
        return self.scams - self.stopped + self.genuine - self.trusted

    @property
    def d_prime(self) -> float | None:
        """z(H) - z(F), H and F being the rates of hits and false alarms; ``None`` where one sort is lacking."""
        rates = self._scores()
        return rates and rates[0] - rates[1]

    @property
    def criterion(self) -> float | None:
        """C = -(z(H) + z(F)) / 2; ``None`` where one sort is lacking."""
        rates = self._scores()
        return rates and -(rates[0] + rates[1]) / 2

    @property
    def leaning(self) -> Leaning | None:
        """Which way somebody leans; ``None`` where one sort is lacking.

        It takes a mistake on that side; and somebody who has taken something genuine for a scam does not count as
        trusting.
        """
        if self.criterion is None:
            return None
        alarms = self.genuine - self.trusted
        if self.stopped < self.scams and not alarms and self.criterion > NOTICEABLE:
            return "trusting"
        return "suspicious" if alarms and self.criterion < -NOTICEABLE else "even"

    def _scores(self) -> tuple[float, float] | None:
        """Give z(H) and z(F)."""
        if not self.scams or not self.genuine:
            return None
        return rate_score(self.stopped, self.scams), rate_score(self.genuine - self.trusted, self.genuine)


def rate_score(count: int, total: int) -> float:
    """Give z of a rate by the log-linear correction: half a case is added to the count, and one to the total.

    It keeps rates of 0 and 1 finite, with less bias than replacing these alone (Hautus, "Corrections for
    extreme proportions and their biasing effects on estimated values of d′", Behavior Research Methods,
    Instruments, & Computers 27, 1995, pages 46 to 51).
    """
    from statistics import NormalDist  # noqa: PLC0415  slow to load, and only a result needs it

    return NormalDist().inv_cdf((count + 0.5) / (total + 1))


def detection(attempt: Attempt) -> Detection:
    """Count the verdicts in an attempt: answers to questions whether an exhibit is genuine, without skips."""
    counts = {(genuine, right): 0 for genuine in (True, False) for right in (True, False)}
    for question, given in zip(attempt.quiz.questions, attempt.given, strict=False):
        exhibit = attempt.quiz.bank.exhibits.get(question.exhibit)
        if exhibit and question.answer.is_verdict and isinstance(given.response, tuple):
            counts[exhibit.genuine, given.right] += 1
    return Detection(
        scams=counts[False, True] + counts[False, False],
        stopped=counts[False, True],
        genuine=counts[True, True] + counts[True, False],
        trusted=counts[True, True],
    )
