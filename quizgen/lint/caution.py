"""Rules on what options tell the reader to do, such as to refuse or to call the police. This must not give the answer away.

The patterns that recognise such acts are in the word list of each language.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from quizgen.lint.rule import LintDiagnostic, RuleList, Severity, WholeBank, cite_haladyna
from quizgen.lint.views import LanguageView, LocatedText
from quizgen.text.messages import Message, _

RULES = RuleList()

CONSPICUOUS_ACTS = ("refuse", "police", "official", "deny")
"""Acts that look like the key if only one option has them."""

CAUTIOUS_ACTS = ("refuse", "police")
"""The most cautious acts."""

MIN_SAMPLE = 20
"""With fewer questions, a share of the bank says nothing."""

MAX_SHARED = 3
"""The most questions that may have the same options."""

MIN_USES = 4
"""An option of fewer questions tells nothing by how often it is correct."""

MIN_CORRECT_SHARE, MAX_CORRECT_SHARE = 0.1, 0.5
"""Bounds for the share of its questions in which an option is correct."""

MAX_KEY_SHARE = 0.45
"""If an option is the key more often, it can be guessed."""


@RULES.rule(
    "key-alone-in-kind",
    Severity.WARNING,
    "whole",
    cite_haladyna("23", "28d") + "; Moreno, Martínez & Muñiz 2006, on options that stand out",
    "The correct option is not the only one that refuses, calls the police or takes the official way.",
)
def check_correct_option_stands_out(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a correct option that alone tells the reader to refuse, to call the police or to use the official way.

    A reader picks it without reading the rest. The rule applies if all wrong options are of one other type. Options
    that several questions share, each with another correct one, give nothing away and are not reported.
    """
    for language, views in _questions_by_language(whole_bank):
        keys = _correct_options_by_option_texts(views)
        for view in views:
            if len(keys[_option_texts(view)]) > 1:
                continue
            if kind := _find_act_only_in_correct_option(view):
                key = view.correct_options[0]
                yield LintDiagnostic(
                    view.question.id,
                    key.path,
                    _("in {language}, only the key {act}", language=language, act=_ACTS[kind]),
                    _("let a distractor do so too, or word the key like the distractors"),
                )


_ACTS: Mapping[str, Message] = {
    "refuse": _("refuses"),
    "police": _("turns to the police"),
    "official": _("goes the official way"),
    "deny": _("denies"),
}
"""What reports call the acts in ``text/words/``."""


def _find_act_only_in_correct_option(view: LanguageView) -> str:
    """Return an act that only the correct option has, if all wrong options share another act, or else ""."""
    if len(view.wrong_options) < 2:  # noqa: PLR2004  one distractor is always alone
        return ""
    own, *others = (view.words.find_acts(part.text) for part in (*view.correct_options, *view.wrong_options))
    alone = own - frozenset.union(*others)
    if frozenset.intersection(*others) - own:
        return next((kind for kind in CONSPICUOUS_ACTS if kind in alone), "")
    return ""


@RULES.rule(
    "shared-options",
    Severity.WARNING,
    "whole",
    cite_haladyna("29", "30"),
    "At most three handwritten questions have the same options.",
)
def check_shared_options(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report the first of four or more handwritten questions that have the same options.

    Options that fit many scenes fit none of them well, and readers see through them: what people really do in this
    scene is missing.
    """
    _language, views = next(iter(_questions_by_language(whole_bank)), ("", []))
    sets: defaultdict[frozenset[str], list[LanguageView]] = defaultdict(list)
    for view in views:
        if not view.question.generated:
            sets[_option_texts(view)].append(view)
    for questions in sets.values():
        if len(questions) > MAX_SHARED:
            first = questions[0]
            yield LintDiagnostic(
                first.question.id,
                first.correct_options[0].path,
                _("{count} questions have these options", count=len(questions)),
                _("write options of their own for some: what people really do in that scene"),
            )


@RULES.rule(
    "option-key-share",
    Severity.WARNING,
    "whole",
    cite_haladyna("20") + "; Attali & Bar-Hillel 2003, on guessing habits",
    "An option that is in four questions or more is correct in 10 to 50% of them.",
)
def check_how_often_option_is_correct(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report the first question with an option that is in many questions, and is correct in too few or too many of them.

    A reader who has met the option a few times learns that it is never right, or nearly always.
    """
    _language, views = next(iter(_questions_by_language(whole_bank)), ("", []))
    uses: defaultdict[str, list[tuple[LanguageView, LocatedText]]] = defaultdict(list)
    for view in views:
        for part in view.options:
            uses[part.text].append((view, part))
    for having in uses.values():
        correct = sum(part.is_correct for _view, part in having)
        if len(having) >= MIN_USES and not MIN_CORRECT_SHARE <= correct / len(having) <= MAX_CORRECT_SHARE:
            view, part = having[0]
            what = _(
                "of the {total} questions with this option, it is correct in {count}",
                total=len(having),
                count=correct,
            )
            too_often = correct > len(having) * MAX_CORRECT_SHARE
            hint = (
                _("offer it as a wrong option, or write others")
                if too_often
                else _("make it correct in one, or write others")
            )
            yield LintDiagnostic(view.question.id, part.path, what, hint)


@RULES.rule(
    "cautious-key",
    Severity.WARNING,
    "whole",
    cite_haladyna("20") + "; Attali & Bar-Hillel 2003, on guessing habits",
    "In the whole question bank, the most cautious option is correct in at most 45% of the questions that have one.",
)
def check_most_cautious_option(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a question bank in which a reader who always hangs up, refuses or calls the police would do well.

    Real banks and real police call people too. If two options of a question are equally cautious and one of them is
    correct, the question counts as a half; with three, as a third.
    """
    for language, views in _questions_by_language(whole_bank):
        hits = [hit for view in views if (hit := _chance_that_cautious_guess_is_right(view)) is not None]
        if len(hits) >= MIN_SAMPLE and sum(hits) > len(hits) * MAX_KEY_SHARE:
            what = _(
                "in {language}, the most cautious option is the key in {count} of {total} questions",
                language=language,
                count=f"{sum(hits):.0f}",
                total=len(hits),
            )
            yield LintDiagnostic(
                "", (), what, _("ask more about genuine contacts, or about those that need an answer")
            )


def _chance_that_cautious_guess_is_right(view: LanguageView) -> float | None:
    """Return the probability that a guess among the cautious options is right; ``None`` if no or every option is cautious."""
    cautious = [part for part in view.options if view.words.find_acts(part.text) & {*CAUTIOUS_ACTS}]
    if not cautious or len(cautious) == len(view.options):
        return None
    return sum(part.is_correct for part in cautious) / len(cautious)


def _questions_by_language(whole_bank: WholeBank) -> Iterator[tuple[str, list[LanguageView]]]:
    """Yield each language with its choice questions that have exactly one correct option."""
    for language in whole_bank.bank.declared.languages:
        views = [
            view
            for item in whole_bank.items
            if (view := item.view(language)) and len(view.correct_options) == 1
        ]
        if views:
            yield language, views


def _option_texts(view: LanguageView) -> frozenset[str]:
    """Return the set of the texts of a question's options."""
    return frozenset(part.text for part in view.options)


def _correct_options_by_option_texts(views: Sequence[LanguageView]) -> dict[frozenset[str], set[str]]:
    """Group questions by their set of option texts, and return all correct options of each group."""
    keys: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for view in views:
        keys[_option_texts(view)].add(view.correct_options[0].text)
    return keys
