"""Rules on the question bank as a whole: what its correct options have in common, and which number it gives first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import sqrt

from quizgen.lint.rule import LintDiagnostic, RuleList, Severity, WholeBank, cite_haladyna
from quizgen.lint.views import LanguageView, LocatedText
from quizgen.shapes import Choose
from quizgen.text.messages import _

RULES = RuleList()

MIN_SAMPLE = 20
"""With fewer questions, a share says nothing."""

MIN_SWEEPING = 10
"""With fewer absolute or reassuring statements, their share tells nothing."""

MIN_TRUE_SHARE, MAX_TRUE_SHARE = 0.25, 0.75
"""Bounds for the share of true ones among absolute or reassuring statements."""

MAX_DEVIATIONS = 3.0
"""Standard deviations from the expected value: by chance, one bank in about 700 is further away."""


_EXTREMES = (
    (
        _(
            "in {language}, the longest option is the key in {count} of the {total} questions with one longest option (by chance: {chance})"
        ),
        _("make a distractor the longest in some questions"),
        _("make the key the longest in some questions"),
        1,
    ),
    (
        _(
            "in {language}, the shortest option is the key in {count} of the {total} questions with one shortest option (by chance: {chance})"
        ),
        _("make a distractor the shortest in some questions"),
        _("make the key the shortest in some questions"),
        -1,
    ),
)
"""What is reported about longest and shortest options, the hint if they are keys too often, and the hint if too rarely."""


@RULES.rule(
    "key-length-overall",
    Severity.WARNING,
    "whole",
    cite_haladyna("24", "28d"),
    "In the whole question bank, the correct option is the longest or the shortest about as often as by chance.",
)
def check_length_of_correct_options(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a question bank in which the length of options helps to guess the correct one.

    Neither “choose the longest” nor “avoid the longest” may help. The limit comes from the binomial distribution.
    """
    for language in dict.fromkeys(view.language for item in whole_bank.items for view in item.views):
        views = [
            view
            for item in whole_bank.items
            if (view := item.view(language)) and len(view.correct_options) == 1
        ]
        for what, distractors, keys, direction in _EXTREMES:
            extremes = [
                (view, extreme) for view in views if (extreme := _find_extreme_option(view, direction))
            ]
            hits = sum(extreme.is_correct for _view, extreme in extremes)
            chances = [1 / len(view.options) for view, _part in extremes]
            often = _occurs_too_often(hits, chances)
            if often or _occurs_too_often(len(chances) - hits, [1 - chance for chance in chances]):
                yield LintDiagnostic(
                    "",
                    (),
                    what.with_values(
                        language=language,
                        count=hits,
                        total=len(chances),
                        chance=f"{sum(chances):.0f}",
                    ),
                    distractors if often else keys,
                )


def _find_extreme_option(view: LanguageView, direction: int) -> LocatedText | None:
    """Return the longest option, or the shortest if ``direction`` is -1; ``None`` if several are equally long."""
    ranked = sorted(view.options, key=lambda part: -direction * len(part.text))
    is_alone = len(ranked) > 1 and len(ranked[0].text) != len(ranked[1].text)
    return ranked[0] if is_alone else None


@RULES.rule(
    "true-false-balance",
    Severity.WARNING,
    "whole",
    "Frey et al. 2005, on true-false items",
    "About half of the true-or-false statements are true.",
)
def check_share_of_true_statements(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a question bank in which most statements are true, or most are false.

    A reader who always gives the same answer would pass.
    """
    truths = [
        truth for item in whole_bank.items if item.views and (truth := item.views[0].truth_value) is not None
    ]
    for value, named in (
        (True, _("{count} of {total} true-false statements are true")),
        (False, _("{count} of {total} true-false statements are false")),
    ):
        count = sum(truth is value for truth in truths)
        if _occurs_too_often(count, [0.5] * len(truths), min_sample=10, max_deviations=2.5):
            yield LintDiagnostic(
                "",
                (),
                named.with_values(count=count, total=len(truths)),
                _("rewrite some as the opposite"),
            )


@RULES.rule(
    "sweeping-statements",
    Severity.WARNING,
    "whole",
    cite_haladyna("28a") + "; Frey et al. 2005, on true-false items",
    "Of the true-or-false statements that are absolute or reassuring, 25 to 75% are true.",
)
def check_share_of_true_absolute_statements(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a question bank in which absolute or reassuring statements are nearly always false, or nearly always true.

    Their tone would give the answer away. A language with fewer than ten such statements is not checked.
    """
    for language in dict.fromkeys(view.language for item in whole_bank.items for view in item.views):
        views = [
            view
            for item in whole_bank.items
            if (view := item.view(language)) and view.truth_value is not None
        ]
        sweeping = [view for view in views if view.words.pattern("sweeping").search(view.stem.text)]
        true = sum(view.truth_value is True for view in sweeping)
        if len(sweeping) >= MIN_SWEEPING and not MIN_TRUE_SHARE <= true / len(sweeping) <= MAX_TRUE_SHARE:
            what = _(
                "in {language}, {count} of {total} absolute or reassuring statements are true",
                language=language,
                count=true,
                total=len(sweeping),
            )
            hint = (
                _("rewrite some as the opposite")
                if true > len(sweeping) / 2
                else _("ask for reassuring or absolute statements that are true")
            )
            yield LintDiagnostic("", (), what, hint)


@RULES.rule(
    "key-position",
    Severity.WARNING,
    "whole",
    cite_haladyna("20") + "; Attali & Bar-Hillel 2003",
    "In a printed quiz, the correct option is equally often in each position.",
)
def check_positions_of_correct_options(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a quiz in which correct options are too often in the same position.

    The rule checks a quiz that is drawn from the bank, because the order in the files is never printed.
    """
    places: dict[int, Counter[int]] = {}
    for question in whole_bank.drawn_questions:
        if isinstance(question.answer, Choose) and question.answer.style == "one":
            places.setdefault(len(question.answer.options), Counter())[question.answer.keys[0]] += 1
    for size, counts in places.items():
        total = counts.total()
        for place, count in sorted(counts.items()):
            if _occurs_too_often(count, [1 / size] * total):
                yield LintDiagnostic(
                    "",
                    (),
                    _(
                        "of {total} keys among {size} options, {count} are in position {place}",
                        total=total,
                        size=size,
                        count=count,
                        place=place + 1,
                    ),
                    _("check how the quiz is shuffled"),
                )


def _occurs_too_often(
    hits: int,
    chances: Iterable[float],
    *,
    min_sample: int = MIN_SAMPLE,
    max_deviations: float = MAX_DEVIATIONS,
) -> bool:
    """Return whether something happens much more often than by chance. ``chances`` has its probability for each question."""
    chances = list(chances)
    spread = sqrt(sum(chance * (1 - chance) for chance in chances))
    return len(chances) >= min_sample and spread > 0 and (hits - sum(chances)) / spread > max_deviations


@RULES.rule(
    "emergency-number",
    Severity.NOTE,
    "whole",
    "this project",
    "The first step after a fraud names the number that sheets print below “Money gone?”.",
)
def check_number_of_first_step(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a question bank whose first step names other numbers than the help number with the role `emergency`.

    A poster, a leaflet or a card would send people whose money has gone to a number that cannot stop it.
    """
    bank = whole_bank.bank
    emergency = next(iter(bank.help_numbers_with_role("emergency")), None)
    step = next(iter(bank.statements_with_role("step")), None)
    if not emergency or not step:
        return
    said = [step.number, *step.head.values(), *step.text.values()]
    named = {
        each.number: each.id
        for each in bank.help.values()
        if any(re.search(rf"(?<!\d){re.escape(each.number)}(?!\d)", text) for text in said)
    }
    if named and emergency.number not in named:
        yield LintDiagnostic(
            "",
            (),
            _(
                "sheets print {number} below “Money gone?”, but the first step, {step}, names {others}",
                number=emergency.number,
                step=step.id,
                others=tuple(named),
            ),
            _("give the role emergency to the number that can stop the money"),
        )
