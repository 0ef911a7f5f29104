"""How well a person tells scams from genuine contacts, by signal detection theory.

A scam is the signal. A hit is a scam that the person calls a scam; a false alarm is a genuine exhibit that the
person calls a scam. The sensitivity d′ says how well the person tells them apart: 0 is chance. The criterion c
says to which side the person leans: above 0 to calling things genuine, below 0 to calling them scams (Macmillan
and Creelman, *Detection Theory: A User's Guide*, second edition, 2005, chapters 1 and 2).
"""

from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.attempt import Attempt

Leaning: TypeAlias = Literal["trusting", "even", "suspicious"]

NOTICEABLE = 0.3
"""The distance of c from 0 from which on we mention it: one mistake in twenty, ten of each sort, stays below."""

CLEAR = 0.6
"""The value of c above which a person trusts too much in spite of mistakes of the other sort."""

MIN_CASES = 3
"""With fewer scams, one missed scam says nothing about how trusting a person is; the same holds for genuine exhibits."""


class Detection(Struct, frozen=True):
    """Counts of verdicts: of ``scams`` scams, ``stopped`` were called scams; of ``genuine`` genuine exhibits, ``trusted`` were called genuine."""

    scams: int
    stopped: int
    genuine: int
    trusted: int

    @property
    def mistakes(self) -> int:
        """The number of wrong verdicts."""
        return self.scams - self.stopped + self.genuine - self.trusted

    @property
    def d_prime(self) -> float | None:
        """The sensitivity z(H) - z(F), where H is the rate of hits and F the rate of false alarms.

        ``None`` without scams or without genuine exhibits.
        """
        rates = self._z_scores()
        return rates and rates[0] - rates[1]

    @property
    def criterion(self) -> float | None:
        """The criterion -(z(H) + z(F)) / 2. ``None`` without scams or without genuine exhibits."""
        rates = self._z_scores()
        return rates and -(rates[0] + rates[1]) / 2

    @property
    def leaning(self) -> Leaning | None:
        """To which side the person leans. ``None`` if there are too few cases to say so.

        There is no leaning to a side without a mistake on that side. A person who called something genuine a
        scam counts as trusting only if fewer than half of the scams were stopped and c is clearly above 0.
        """
        if self.criterion is None:
            return None
        alarms, missed = self.genuine - self.trusted, self.scams - self.stopped
        if (missed and self.scams < MIN_CASES) or (alarms and self.genuine < MIN_CASES):
            return None
        if missed and not alarms and self.criterion > NOTICEABLE:
            return "trusting"
        if self.stopped < self.scams / 2 and self.criterion > CLEAR:
            return "trusting"
        if alarms and self.criterion < -NOTICEABLE:
            return "suspicious"
        return "even" if min(self.scams, self.genuine) >= MIN_CASES else None

    def _z_scores(self) -> tuple[float, float] | None:
        """Return the z-scores of the rates of hits and false alarms.

        Return ``None`` without scams or without genuine exhibits.
        """
        if not self.scams or not self.genuine:
            return None
        return z_score_of_rate(self.stopped, self.scams), z_score_of_rate(
            self.genuine - self.trusted, self.genuine
        )


def z_score_of_rate(count: int, total: int) -> float:
    """Return z of a rate with the log-linear correction: add half a case to the count and one to the total.

    The correction keeps rates of 0 and 1 finite, with less bias than replacing only these (Hautus, "Corrections for
    extreme proportions and their biasing effects on estimated values of d′", Behavior Research Methods,
    Instruments, & Computers 27, 1995, pages 46 to 51).
    """
    from statistics import NormalDist  # noqa: PLC0415  slow to load, and only a result needs it

    return NormalDist().inv_cdf((count + 0.5) / (total + 1))


def count_verdicts(attempt: Attempt) -> Detection:
    """Return the counts of verdicts in an attempt. Questions that were skipped do not count."""
    counts = {(genuine, right): 0 for genuine in (True, False) for right in (True, False)}
    for question, answered in zip(attempt.quiz.questions, attempt.answers, strict=False):
        exhibit = attempt.quiz.bank.exhibits.get(question.exhibit)
        if exhibit and question.answer.is_genuine_or_scam_choice and isinstance(answered.response, tuple):
            counts[exhibit.genuine, answered.right] += 1
    return Detection(
        scams=counts[False, True] + counts[False, False],
        stopped=counts[False, True],
        genuine=counts[True, True] + counts[True, False],
        trusted=counts[True, True],
    )
