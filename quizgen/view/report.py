"""The report on results: what people answered, what has changed, and which questions to look at again, in words and bars."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from msgspec import Struct
from msgspec.structs import replace

from quizgen.analysis import (
    Gain,
    Interval,
    ItemChange,
    ItemStatistics,
    Sitting,
    count_items,
    measure_gain,
    measure_verdicts,
)
from quizgen.analysis.gain import MIN_PAIRS, percent, signed_points
from quizgen.analysis.intervals import mean_interval, wilson_interval
from quizgen.analysis.items import MIN_ANSWERS
from quizgen.model import Bank
from quizgen.text.languages import localize
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
    """The bar of a question's share right, what was chosen how often, and remarks for its author."""

    stem: str
    bar: Bar
    remarks: tuple[str, ...]
    chosen: tuple[str, ...] = ()
    is_conspicuous: bool = False


class ChangeReport(Struct, frozen=True):
    """The bars of a question before and after a talk, and what to say about the change."""

    stem: str
    before: Bar
    after: Bar
    change: str


class TalkReport(Struct, frozen=True):
    """A talk in a line: its name, how many people it compares, the shares right in percent and in words, and the change.

    For a talk without sheets from after it, the people are all, ``before`` is their share right, and ``after`` and ``change`` are "".
    """

    name: str
    people: int
    before: str
    after: str
    change: str
    drawn: tuple[float, float]


class Report(Struct, frozen=True):
    """Everything that a report says. Parts about which the results say nothing are empty."""

    sheets: int
    sentences: tuple[str, ...]
    talks: tuple[TalkReport, ...]
    changes: tuple[ChangeReport, ...]
    verdicts: tuple[Bar, ...]
    verdict_notes: tuple[str, ...]
    questions: tuple[QuestionReport, ...]


def divide_talks(tables: Mapping[str, Sequence[Sitting]]) -> dict[str, list[Sitting]]:
    """Divide tables of results, by their names, into the talks that they have, sorted by name where the table names them."""
    talks: dict[str, list[Sitting]] = {}
    for name, sittings in tables.items():
        for sitting in sorted(sittings, key=lambda each: each.talk):
            talk = sitting.talk if len(tables) == 1 else f"{name}/{sitting.talk}"
            talks.setdefault(talk if sitting.talk else name, []).append(sitting)
    return talks


def talk_table(report: Report, language: str) -> Iterator[tuple[str, ...]]:
    """Yield the lines of talks as a table, below its heads. Without sheets from after a talk, it has no columns for a change."""
    has_change = any(each.after for each in report.talks)
    shares = (
        [_("Before"), _("After"), _("Change, in percentage points")]
        if has_change
        else [pgettext("column", "Right")]
    )
    heads = [_("Talk"), _("People"), *shares]
    yield tuple(head.translated(language) for head in heads)
    for each in report.talks:
        yield (each.name, str(each.people), each.before, each.after, each.change)[: len(heads)]


def build_report(talks: Mapping[str, Sequence[Sitting]], bank: Bank, language: str) -> Report:
    """Build the report on the results of one or more talks, by their names.

    What it says about all people together counts each person once: without the sheets from after a talk.
    """
    gains = {name: measure_gain(sittings) for name, sittings in talks.items()}
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
        talks=tuple(_report_talk(name, gains[name], sittings) for name, sittings in talks.items())
        if len(talks) > 1
        else (),
        changes=tuple(_report_change(each, bank, language) for each in gain.items)
        if gain.pairs >= MIN_PAIRS
        else (),
        verdicts=verdict_bars,
        verdict_notes=notes,
        questions=tuple(_report_question(item, bank, language) for item in items),
    )


def _sentences(gain: Gain) -> Iterator[Message]:
    yield gain.summary
    if gain.pairs >= MIN_PAIRS:
        yield _(
            "{gained} had more right answers after the talk, {lost} fewer, and {same} as many.",
            gained=gain.gained,
            lost=gain.lost,
            same=gain.same,
        )
        yield gain.trust_summary
    if gain.unpaired:
        yield ngettext(
            "1 sheet does not count here: the other half is missing or there twice, or one of both cannot be read.",
            "{count} sheets do not count here: the other half is missing or there twice, or one of both cannot be read.",
            gain.unpaired,
        )


def _report_talk(name: str, gain: Gain, sittings: Sequence[Sitting]) -> TalkReport:
    if not gain.pairs:
        shares = [
            fmean(given.right for given in each.answers)
            for each in sittings
            if each.answers and each.time != "after"
        ]
        share = fmean(shares) if shares else 0.0
        text = percent(share)
        if len(shares) >= MIN_PAIRS:
            found = mean_interval(shares)
            text += f" ({100 * max(found.low, 0):.0f}–{100 * min(found.high, 1):.0f})"
        return TalkReport(name, len(shares), text, "", "", (0, round(100 * share, 1)))
    interval = gain.interval
    change = signed_points(gain.change)
    if interval and gain.pairs >= MIN_PAIRS:
        change += f" ({signed_points(interval.low)} … {signed_points(interval.high)})"
    low, high = sorted((gain.before, gain.after))
    drawn = (round(100 * low, 1), round(100 * (high - low), 1))
    return TalkReport(name, gain.pairs, percent(gain.before), percent(gain.after), change, drawn)


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
    return QuestionReport(
        stem,
        bar,
        tuple(remark.translated(language) for remark in item.remarks(language)),
        tuple(each.translated(language) for each in _count_answers(item, language)),
        is_conspicuous=item.asked >= MIN_ANSWERS and bool(item.remarks(language)),
    )


def _count_answers(item: ItemStatistics, language: str) -> Iterator[Message]:
    """Yield how many people chose each option, how many left the question out, how long they took, and how it goes with the others."""
    for option in item.options:
        chose = _("{count} chose “{option}” (right)") if option.correct else _("{count} chose “{option}”")
        yield chose.with_values(count=option.chosen, option=localize(option.text, language))
    if item.skipped:
        yield ngettext("1 left it out", "{count} left it out", item.skipped)
    if item.seconds is not None:
        yield _("half of them took more than {seconds} s", seconds=round(item.seconds))
    if item.correlation is not None and item.correlation_interval:
        yield _(
            "correlation with the other answers {r} ({low} to {high})",
            r=_number(item.correlation),
            low=_number(item.correlation_interval.low),
            high=_number(item.correlation_interval.high),
        )


def summary_lines(report: Report, language: str) -> Iterator[str]:
    """Yield what a report says in short: the sentences about a talk, scams and genuine contacts, and conspicuous questions."""
    yield from report.sentences
    if report.sheets >= MIN_PAIRS:
        yield from (
            _("{share}: {figures}", share=bar.label, figures=bar.text).translated(language)
            for bar in report.verdicts
        )
        yield from report.verdict_notes
    for each in report.questions:
        yield from (f"{each.stem} → {remark}" for remark in each.remarks if each.is_conspicuous)


def _bar(label: str, count: int, total: int, interval: Interval | None = None) -> Bar:
    """Return the bar of a share, with Wilson's interval unless another is given."""
    interval = interval or wilson_interval(count, total)
    share, low, high = (round(100 * each, 1) for each in (count / total, interval.low, interval.high))
    return Bar(label, share, low, high, f"{share:.0f} % ({low:.0f}–{high:.0f}), {count}/{total}")
