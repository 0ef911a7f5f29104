"""Waivers: a question, or all that an item model makes, may break a rule for a reason that its author gives."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from quizgen.errors import nearest
from quizgen.lint.rule import LintDiagnostic, Rule, Severity
from quizgen.text.messages import _

UNKNOWN = Rule(
    "waiver-unknown",
    Severity.ERROR,
    "waiver",
    "this project",
    "A waiver names a rule that there is.",
    lambda _: (),
)
UNUSED = Rule(
    "waiver-unused",
    Severity.WARNING,
    "waiver",
    "this project",
    "A waiver is there as long as its rule fires, and no longer.",
    lambda _: (),
)


class Waiver(NamedTuple):
    """What a question waives: reasons by rule id, and whose they are.

    ``author`` is the question's own id, or that of the item model that waives for all that it makes.
    """

    author: str
    reasons: Mapping[str, str]


def apply_waivers(
    found: Iterable[tuple[Rule, LintDiagnostic]], waivers: Mapping[str, Waiver], rules: Collection[str]
) -> Iterator[tuple[Rule, LintDiagnostic, str]]:
    """Give every finding with the reason that waives it ("" where none does), then what is wrong with waivers.

    ``waivers`` are those of each question that has any; ``rules`` are the ids that one may name. What is between two questions is waived on either
    of them. An author's waiver is needed as long as its rule fires on one of the questions, and what is
    wrong with it is said of the first of them.
    """
    used = set()
    for rule, diagnostic in found:
        reason = ""
        for side in filter(None, (diagnostic, diagnostic.mirror)):
            waiver = waivers.get(side.question)
            if waiver and (own_reason := waiver.reasons.get(rule.id)):
                used.add((waiver.author, rule.id))
                reason = reason or own_reason
        yield rule, diagnostic, reason
    first: dict[str, str] = {}
    for question, waiver in waivers.items():
        first.setdefault(waiver.author, question)
    for question in first.values():
        yield from (
            (rule, diagnostic, "") for rule, diagnostic in _wrong(question, waivers[question], used, rules)
        )


def _wrong(
    question: str, waiver: Waiver, used: set[tuple[str, str]], rules: Collection[str]
) -> Iterator[tuple[Rule, LintDiagnostic]]:
    """Tell which waivers name a rule that there is not, or one that does not fire."""
    for id_ in waiver.reasons:
        path = ("waive", id_)
        if id_ not in rules:
            hint = nearest(id_, rules) or _("docs/lint.md lists the rules")
            yield (
                UNKNOWN,
                LintDiagnostic(question, path, _("there is no rule {rule} to waive", rule=id_), hint),
            )
        elif (waiver.author, id_) not in used:
            what = _("{rule} does not fire here any more", rule=id_)
            yield UNUSED, LintDiagnostic(question, path, what, _("take the waiver out"))
