"""The report on results: what people answered, what has changed, and which questions to look at again, in words and bars."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from quizgen.analysis import (
    Gain,
    Interval,
    ItemChange,
    ItemStatistics,
    Sitting,
    count_items,
    measure_calibration,
    measure_gain,
    measure_verdicts,
)
from quizgen.analysis.gain import MIN_PAIRS, percent, signed_points
from quizgen.analysis.intervals import wilson_interval
from quizgen.model import Bank
from quizgen.text.messages import Message, _, ngettext, pgettext
from quizgen.view.tally import stem_with_exhibit

_CHANCE = 0.05


class Bar(Struct, frozen=True):
    """A bar with its label and its numbers. All are in percent; ``low`` to ``high`` is the 95 % interval."""

    label: str
    share: float
    low: float
    high: float
    text: str


class QuestionReport(Struct, frozen=True):
    """The bar of a question's share right, and remarks for its author."""

    stem: str
    bar: Bar
    remarks: tuple[str, ...]


class ChangeReport(Struct, frozen=True):
    """The bars of a question before and after a talk, and what to say about the change."""

    stem: str
    before: Bar
    after: Bar
    change: str


class TalkReport(Struct, frozen=True):
    """A talk in a line: its name, how many people filled in both sheets, the shares right, and the change."""

    name: str
    people: int
    before: str
    after: str
    change: str


class Report(Struct, frozen=True):
    """Everything that a report says. Parts about which the results say nothing are empty."""

    sheets: int
    sentences: tuple[str, ...]
    talks: tuple[TalkReport, ...]
    changes: tuple[ChangeReport, ...]
    verdicts: tuple[Bar, ...]
    verdict_notes: tuple[str, ...]
    calibration: tuple[Bar, ...]
    questions: tuple[QuestionReport, ...]


def build_report(talks: Mapping[str, Sequence[Sitting]], bank: Bank, language: str) -> Report:
    """Build the report on the results of one or more talks, by their names.

    What it says about all people together counts each person once: without the sheets from after a talk.
    """
    gains = {name: measure_gain(sittings) for name, sittings in talks.items()}
    paired = {name: gain for name, gain in gains.items() if gain.pairs}
    # The same code may be printed for another person at another talk.
    everybody = [
        replace(sitting, code=f"{name}/{sitting.code}") if sitting.code else sitting
        for name, sittings in talks.items()
        for sitting in sittings
    ]
    gain = measure_gain(everybody)
    has_pairs_asked = any(sitting.time for sitting in everybody)
    first = [sitting for sitting in everybody if sitting.time != "after"]
    verdict_bars, notes = _report_verdicts(first, language)
    items = sorted(count_items(first), key=lambda item: item.right / item.asked)
    return Report(
        sheets=len(everybody),
        sentences=tuple(each.translated(language) for each in _sentences(gain)) if has_pairs_asked else (),
        talks=tuple(_report_talk(name, each) for name, each in paired.items()) if len(paired) > 1 else (),
        changes=tuple(_report_change(each, bank, language) for each in gain.items)
        if gain.pairs >= MIN_PAIRS
        else (),
        verdicts=verdict_bars,
        verdict_notes=notes,
        calibration=tuple(
            _bar(_name_sureness(each.sureness, language), each.right, each.total, each.interval)
            for each in measure_calibration(first)
        ),
        questions=tuple(_report_question(item, bank, language) for item in items),
    )


_SURENESS: Mapping[int, Message] = {5: _("5, certain"), 1: _("1, a guess")}
"""What the ends of the scale mean, as on the sheets."""


def _sentences(gain: Gain) -> Iterator[Message]:
    yield gain.summary
    if gain.pairs >= MIN_PAIRS:
        yield _(
            "{gained} had more right answers after the talk, {lost} fewer, and {same} as many.",
            gained=gain.gained,
            lost=gain.lost,
            same=gain.same,
        )
        if gain.sureness_summary:
            yield gain.sureness_summary
        yield gain.trust_summary
    if gain.unpaired:
        yield ngettext(
            "1 sheet has no other half and does not count here.",
            "{count} sheets have no other half and do not count here.",
            gain.unpaired,
        )


def _name_sureness(number: int, language: str) -> str:
    return _SURENESS[number].translated(language) if number in _SURENESS else str(number)


def _report_talk(name: str, gain: Gain) -> TalkReport:
    interval = gain.interval
    change = signed_points(gain.change)
    if interval and gain.pairs >= MIN_PAIRS:
        change += f" ({signed_points(interval.low)} … {signed_points(interval.high)})"
    return TalkReport(name, gain.pairs, percent(gain.before), percent(gain.after), change)


def _report_change(item: ItemChange, bank: Bank, language: str) -> ChangeReport:
    counts = item.right
    interval = counts.interval or Interval(-1.0, 1.0)
    change = _(
        "{change} percentage points ({low} to {high}). {gained} changed to the right answer and {lost} to a wrong one, which may be chance."
    )
    if counts.chance < _CHANCE:
        change = _(
            "{change} percentage points ({low} to {high}). {gained} changed to the right answer and {lost} to a wrong one."
        )
    return ChangeReport(
        stem_with_exhibit(bank, item.question, language),
        _bar(_("Before").translated(language), counts.before, counts.total),
        _bar(_("After").translated(language), counts.after, counts.total),
        change.with_values(
            change=signed_points((counts.after - counts.before) / counts.total),
            low=signed_points(interval.low),
            high=signed_points(interval.high),
            gained=counts.only_after,
            lost=counts.only_before,
        ).translated(language),
    )


def _report_verdicts(sittings: Sequence[Sitting], language: str) -> tuple[tuple[Bar, ...], tuple[str, ...]]:
    """Return the bars of scams stopped and genuine contacts recognised, and what to say about them."""
    found = measure_verdicts(sittings)
    counts = found.counts
    bars = [
        _bar(label.translated(language), right, total, interval)
        for label, right, total, interval in (
            (_("Scams recognised"), counts.stopped, counts.scams, found.stopped),
            (_("Genuine ones recognised"), counts.trusted, counts.genuine, found.trusted),
        )
        if total
    ]
    if not bars:
        return (), ()
    if found.d_prime is None or found.criterion is None:
        note = _(
            "Too few people, or only one sort of call and message, to say how well people tell them apart."
        )
    else:
        note = _(
            "How well people tell them apart: d′ {d_prime} ({d_low} to {d_high}; 0 is guessing). To which side they lean: c {c} ({c_low} to {c_high}; below 0 they suspect too much, above 0 too little).",
            d_prime=_number(counts.d_prime or 0.0),
            d_low=_number(found.d_prime.low),
            d_high=_number(found.d_prime.high),
            c=_number(counts.criterion or 0.0),
            c_low=_number(found.criterion.low),
            c_high=_number(found.criterion.high),
        )
    return tuple(bars), (note.translated(language),)


def _number(value: float) -> str:
    """Return a number with one decimal, such as ``−0.3``."""
    return f"{round(value, 1) + 0.0:.1f}".replace("-", "−")


def _report_question(item: ItemStatistics, bank: Bank, language: str) -> QuestionReport:
    bar = _bar(pgettext("column", "Right").translated(language), item.right, item.asked, item.share)
    stem = stem_with_exhibit(bank, item.question, language)
    return QuestionReport(stem, bar, tuple(remark.translated(language) for remark in item.remarks(language)))


def _bar(label: str, count: int, total: int, interval: Interval | None = None) -> Bar:
    """Return the bar of a share, with Wilson's interval unless another is given."""
    interval = interval or wilson_interval(count, total)
    share, low, high = (round(100 * each, 1) for each in (count / total, interval.low, interval.high))
    return Bar(label, share, low, high, f"{share:.0f} % ({low:.0f}–{high:.0f}), {count}/{total}")
