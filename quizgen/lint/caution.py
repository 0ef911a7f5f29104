"""Rules on what options tell a person to do: neither caution nor standing alone may reveal the key.

The kinds of acts (to refuse, to call the police, to use the official way …) are patterns in each language's file.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from quizgen.lint.rule import LintDiagnostic, RuleList, Severity, Whole, haladyna
from quizgen.lint.views import Part, View
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
    haladyna("23", "28d") + "; Moreno, Martínez & Muñiz 2006, on options that stand out",
    "The key is not the only refusal among what agrees, nor the only option of its kind.",
)
def key_alone_in_kind(whole: Whole) -> Iterator[LintDiagnostic]:
    """The only `don’t`, the only call to the police, the only official way: each is chosen unread.

    It is found where all distractors are of one other kind. Options that several questions share, each with
    a key of its own, betray nothing.
    """
    for language, views in _by_language(whole):
        keys = _keys_by_option_set(views)
        for view in views:
            if len(keys[_option_set(view)]) > 1:
                continue
            if kind := _act_of_key_alone(view):
                key = view.keys[0]
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


def _act_of_key_alone(view: View) -> str:
    """Return the act that only the key has while all distractors share another act; or ""."""
    if len(view.distractors) < 2:  # noqa: PLR2004  one distractor is always alone
        return ""
    own, *others = (view.words.acts_of(part.text) for part in (*view.keys, *view.distractors))
    alone = own - frozenset.union(*others)
    if frozenset.intersection(*others) - own:
        return next((kind for kind in CONSPICUOUS_ACTS if kind in alone), "")
    return ""


@RULES.rule(
    "shared-options",
    Severity.WARNING,
    "whole",
    haladyna("29", "30"),
    "At most three written questions share their options.",
)
def shared_options(whole: Whole) -> Iterator[LintDiagnostic]:
    """Options that serve many scenes fit none of them, and people see through them: what one really does in a scene is missing.

    The first question with these options is reported.
    """
    _language, views = next(iter(_by_language(whole)), ("", []))
    sets: defaultdict[frozenset[str], list[View]] = defaultdict(list)
    for view in views:
        if not view.question.generated:
            sets[_option_set(view)].append(view)
    for questions in sets.values():
        if len(questions) > MAX_SHARED:
            first = questions[0]
            yield LintDiagnostic(
                first.question.id,
                first.keys[0].path,
                _("{count} questions have these options", count=len(questions)),
                _("write options of their own for some: what people do in that very scene"),
            )


@RULES.rule(
    "option-key-share",
    Severity.WARNING,
    "whole",
    haladyna("20") + "; Attali & Bar-Hillel 2003, on guessing habits",
    "An option of four questions or more is the correct one in 10 to 50% of them.",
)
def option_key_share(whole: Whole) -> Iterator[LintDiagnostic]:
    """Whoever has met an option a few times learns that it is never right, or nearly always.

    The first question with the option is reported.
    """
    _language, views = next(iter(_by_language(whole)), ("", []))
    uses: defaultdict[str, list[tuple[View, Part]]] = defaultdict(list)
    for view in views:
        for part in view.options:
            uses[part.text].append((view, part))
    for having in uses.values():
        correct = sum(part.is_key for _view, part in having)
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
    haladyna("20") + "; Attali & Bar-Hillel 2003, on guessing habits",
    "Over the bank, the most cautious option is the key in at most 45% of the questions that have one.",
)
def cautious_key(whole: Whole) -> Iterator[LintDiagnostic]:
    """Who always hangs up, refuses and rings the police must not pass: real banks and police ring too.

    Where several options are as cautious, each counts as a guess among them.
    """
    for language, views in _by_language(whole):
        hits = [hit for view in views if (hit := _chance_of_caution(view)) is not None]
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


def _chance_of_caution(view: View) -> float | None:
    """Return the chance that a guess among the cautious options is right; ``None`` if none or all are cautious."""
    cautious = [part for part in view.options if view.words.acts_of(part.text) & {*CAUTIOUS_ACTS}]
    if not cautious or len(cautious) == len(view.options):
        return None
    return sum(part.is_key for part in cautious) / len(cautious)


def _by_language(whole: Whole) -> Iterator[tuple[str, list[View]]]:
    """Yield each language with its questions that have options and one key."""
    for language in whole.bank.declared.languages:
        views = [view for item in whole.items if (view := item.view(language)) and len(view.keys) == 1]
        if views:
            yield language, views


def _option_set(view: View) -> frozenset[str]:
    return frozenset(part.text for part in view.options)


def _keys_by_option_set(views: Sequence[View]) -> dict[frozenset[str], set[str]]:
    """Return the keys of questions with the same options."""
    keys: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for view in views:
        keys[_option_set(view)].add(view.keys[0].text)
    return keys
