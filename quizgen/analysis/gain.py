"""What has changed between two sheets of the same people, before a talk and after it.

It is a comparison of people with themselves, not an experiment. It cannot say what made the change.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean

from msgspec import Struct

from quizgen.analysis.intervals import (
    Interval,
    exact_mcnemar,
    mean_interval,
    paired_difference_interval,
)
from quizgen.analysis.sitting import GivenAnswer, Sitting
from quizgen.model import Question
from quizgen.text.messages import Message, _, ngettext

MIN_PAIRS = 10
"""With fewer pairs of sheets, nothing is said about a change."""


class PairedCounts(Struct, frozen=True):
    """Of how many pairs something holds both times, only before, only after, and neither time."""

    both: int
    only_before: int
    only_after: int
    neither: int

    @property
    def total(self) -> int:
        """The number of pairs."""
        return self.both + self.only_before + self.only_after + self.neither

    @property
    def before(self) -> int:
        """Of how many it holds before."""
        return self.both + self.only_before

    @property
    def after(self) -> int:
        """Of how many it holds after."""
        return self.both + self.only_after

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the change of the share; ``None`` without pairs."""
        if not self.total:
            return None
        return paired_difference_interval(self.both, self.only_before, self.only_after, self.neither)

    @property
    def chance(self) -> float:
        """How often pairs are at least as uneven by chance: McNemar's exact test."""
        return exact_mcnemar(self.only_before, self.only_after)


class ItemChange(Struct, frozen=True):
    """How many people had a question right, before and after."""

    question: Question
    right: PairedCounts


class Gain(Struct, frozen=True):
    """What has changed between two sheets of the same people.

    - ``pairs`` is the number of people whose two sheets were laid side by side. ``unpaired`` is the number of sheets
      whose other half is missing or there twice.
    - ``gained``, ``lost`` and ``same`` are the numbers of people who had more, fewer and as many right answers after.
    - ``before`` and ``after`` are the mean shares of right answers, and ``change`` is the mean difference with its 95 %
      interval (``None`` with fewer than two pairs).
    - ``trust`` says how the share of people changed who called everything genuine that they saw genuine; it has no
      pairs if nothing genuine was shown.
    """

    pairs: int
    unpaired: int
    gained: int
    lost: int
    same: int
    before: float
    after: float
    change: float
    interval: Interval | None
    items: tuple[ItemChange, ...]
    trust: PairedCounts

    @property
    def summary(self) -> Message:
        """One sentence for a report. It claims a change only if chance alone would seldom make it."""
        if self.pairs < MIN_PAIRS or self.interval is None:
            return ngettext(
                "1 person filled in both sheets: too few to say whether anything has changed.",
                "{count} people filled in both sheets: too few to say whether anything has changed.",
                self.pairs,
            )
        sentence = _(
            "{pairs} people answered the same questions before and after the talk: {before} of their answers were right before and {after} after, which may be chance ({change} percentage points; 95 % interval {low} to {high})."
        )
        if self.interval.low > 0:
            sentence = _(
                "{pairs} people answered the same questions before and after the talk: {before} of their answers were right before and {after} after, so more than before ({change} percentage points; 95 % interval {low} to {high})."
            )
        elif self.interval.high < 0:
            sentence = _(
                "{pairs} people answered the same questions before and after the talk: {before} of their answers were right before and {after} after, so fewer than before ({change} percentage points; 95 % interval {low} to {high})."
            )
        return sentence.with_values(
            pairs=self.pairs,
            before=percent(self.before),
            after=percent(self.after),
            change=signed_points(self.change),
            low=signed_points(self.interval.low),
            high=signed_points(self.interval.high),
        )

    @property
    def trust_summary(self) -> Message:
        """Say whether people trust genuine contacts less than before, which is the harm that warnings do."""
        interval = self.trust.interval
        if interval is None:
            return _(
                "None of these questions shows a genuine call or message, so nobody can tell whether people now trust genuine ones less."
            )
        if self.trust.total < MIN_PAIRS:
            return _("Too few people judged genuine calls and messages to say whether they trust them less.")
        sentence = _(
            "{before} of {count} people recognised all genuine calls and messages before, and {after} after: that may be chance."
        )
        if interval.high < 0:
            sentence = _(
                "{before} of {count} people recognised all genuine calls and messages before, and only {after} after: people trust genuine ones less, so change the talk."
            )
        elif interval.low > 0:
            sentence = _(
                "{before} of {count} people recognised all genuine calls and messages before, and {after} after: more than before."
            )
        return sentence.with_values(before=self.trust.before, after=self.trust.after, count=self.trust.total)


def percent(share: float) -> str:
    """Return a share in percent, such as ``62 %``."""
    return f"{100 * share:.0f} %"


def signed_points(share: float) -> str:
    """Return a difference of shares in percentage points, such as ``+12`` or ``−3``."""
    points = round(100 * share)
    return f"+{points}" if points > 0 else f"−{-points}" if points else "0"


def measure_gain(sittings: Iterable[Sitting]) -> Gain:
    """Lay the sheets with the same code side by side, and measure what has changed.

    A question counts for a person only if both sheets have a readable answer to it; skipped counts as wrong. Sheets whose
    code is there twice for the same time are left out, because nobody knows which of them belongs to the other half.
    """
    sheets = [each for each in sittings if each.time and each.code]
    by_code: dict[str, list[Sitting]] = defaultdict(list)
    for sheet in sheets:
        by_code[sheet.code].append(sheet)
    people = [
        pairs
        for each in by_code.values()
        if sorted(sheet.time for sheet in each) == ["after", "before"]
        if (pairs := _pair_answers(*sorted(each, key=lambda sheet: sheet.time == "after")))
    ]
    before = [fmean(one.right for one, _other in pairs) for pairs in people]
    after = [fmean(other.right for _one, other in pairs) for pairs in people]
    changes = [second - first for first, second in zip(before, after, strict=True)]
    return Gain(
        pairs=len(people),
        unpaired=len(sheets) - 2 * len(people),
        gained=sum(change > 0 for change in changes),
        lost=sum(change < 0 for change in changes),
        same=sum(change == 0 for change in changes),
        before=fmean(before) if before else 0.0,
        after=fmean(after) if after else 0.0,
        change=fmean(changes) if changes else 0.0,
        interval=_change_interval(changes, max(map(len, people))) if len(changes) > 1 else None,
        items=tuple(_count_item_changes(people)),
        trust=_count_pairs(
            (all(one.right for one, _other in judged), all(other.right for _one, other in judged))
            for pairs in people
            if (judged := [pair for pair in pairs if pair[0].genuine])
        ),
    )


def _change_interval(changes: Sequence[float], questions: int) -> Interval:
    """Return the interval of the mean change.

    If all changes are alike, they have no spread, and the interval would be a point. Then two more people are assumed, who
    differ from the others by one question, up and down.
    """
    if len(set(changes)) == 1:
        return mean_interval([*changes, changes[0] - 1 / questions, changes[0] + 1 / questions])
    return mean_interval(changes)


def _pair_answers(before: Sitting, after: Sitting) -> list[tuple[GivenAnswer, GivenAnswer]]:
    """Return the answers to each question that both sheets of a person have."""
    later = {given.question.id: given for given in after.answers}
    return [(given, later[given.question.id]) for given in before.answers if given.question.id in later]


def _count_item_changes(people: Sequence[Sequence[tuple[GivenAnswer, GivenAnswer]]]) -> Iterable[ItemChange]:
    """Yield the changes of each question, in the order in which questions first occur."""
    by_question: dict[str, list[tuple[GivenAnswer, GivenAnswer]]] = defaultdict(list)
    for pairs in people:
        for pair in pairs:
            by_question[pair[0].question.id].append(pair)
    for pairs in by_question.values():
        yield ItemChange(pairs[0][0].question, _count_pairs((one.right, other.right) for one, other in pairs))


def _count_pairs(pairs: Iterable[tuple[bool, bool]]) -> PairedCounts:
    """Count pairs of whether something holds before and after."""
    counts = {(first, second): 0 for first in (True, False) for second in (True, False)}
    for pair in pairs:
        counts[pair] += 1
    return PairedCounts(counts[True, True], counts[True, False], counts[False, True], counts[False, False])
