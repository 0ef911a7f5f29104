"""Rules on what options ask a person to do: whether caution, or being alone of its kind, tells the key.

The kinds of acts (to refuse, to ring the police, to go the official way …) are patterns of each language's file.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from quizgen.lint.rule import LintDiagnostic, RuleList, Severity, Whole, haladyna
from quizgen.lint.views import View
from quizgen.text.messages import Message, _

RULES = RuleList()

STANDS_OUT = ("refuse", "police", "official", "deny")
"""Kinds of acts of which a lone one is taken for the key by whoever knows nothing of the matter."""

CAUTIOUS = ("refuse", "police")
"""The most cautious kinds."""

ENOUGH = 20
"""Questions below which a share over the bank says nothing."""

MAX_SHARED = 3
"""How many questions may have the same options."""

LEANS = 0.45
"""A share of keys above which a habit answers the questions."""


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
        keys = _keys_of_sets(views)
        for view in views:
            if len(keys[_set_of(view)]) > 1:
                continue
            if kind := _lone_kind(view):
                key = view.keys[0]
                yield LintDiagnostic(
                    view.question.id,
                    key.path,
                    _("in {language}, only the key {act}", language=language, act=_ACTS[kind]),
                    _("let a distractor do so too, or word the key like them"),
                )


_ACTS: Mapping[str, Message] = {
    "refuse": _("refuses"),
    "police": _("turns to the police"),
    "official": _("goes the official way"),
    "deny": _("denies"),
}
"""What people call the acts in ``text/words/``."""


def _lone_kind(view: View) -> str:
    """Name the kind that the key alone is of, while all distractors are of one other kind; or ""."""
    if len(view.distractors) < 2:  # noqa: PLR2004  one distractor is always alone
        return ""
    own, *others = (view.words.kinds_of(part.text) for part in (*view.keys, *view.distractors))
    alone = own - frozenset.union(*others)
    if frozenset.intersection(*others) - own:
        return next((kind for kind in STANDS_OUT if kind in alone), "")
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
            sets[_set_of(view)].append(view)
    for several in sets.values():
        if len(several) > MAX_SHARED:
            first = several[0]
            yield LintDiagnostic(
                first.question.id,
                first.keys[0].path,
                _("{count} questions have these options", count=len(several)),
                _("write options of their own for some: what people do in that very scene"),
            )


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
        hits = [hit for view in views if (hit := _hit_of_caution(view)) is not None]
        if len(hits) >= ENOUGH and sum(hits) > len(hits) * LEANS:
            said = _(
                "in {language}, the most cautious option is the key in {count} of {total} questions",
                language=language,
                count=f"{sum(hits):.0f}",
                total=len(hits),
            )
            yield LintDiagnostic("", (), said, _("ask more of what is genuine, or needs an answer"))


def _hit_of_caution(view: View) -> float | None:
    """Give the chance that a guess among the cautious options is right; ``None`` where none or all are."""
    cautious = [part for part in view.options if view.words.kinds_of(part.text) & {*CAUTIOUS}]
    if not cautious or len(cautious) == len(view.options):
        return None
    return sum(part.right for part in cautious) / len(cautious)


def _by_language(whole: Whole) -> Iterator[tuple[str, list[View]]]:
    """Give the questions with options and one key, language by language."""
    for language in whole.bank.declared.languages:
        views = [view for item in whole.items if (view := item.view(language)) and len(view.keys) == 1]
        if views:
            yield language, views


def _set_of(view: View) -> frozenset[str]:
    return frozenset(part.text for part in view.options)


def _keys_of_sets(views: Sequence[View]) -> dict[frozenset[str], set[str]]:
    """Give the keys that the questions with the same options have."""
    keys: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for view in views:
        keys[_set_of(view)].add(view.keys[0].text)
    return keys
