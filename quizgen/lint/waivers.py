"""Waivers: a question, or an item model for all its questions, may break a rule if its author gives a reason."""

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
    """Reasons by rule id, and the id of who gives them.

    ``author`` is the id of the question, or of the item model.
    """

    author: str
    reasons: Mapping[str, str]


def apply_waivers(
    found: Iterable[tuple[Rule, LintDiagnostic]], waivers: Mapping[str, Waiver], rules: Collection[str]
) -> Iterator[tuple[Rule, LintDiagnostic, str]]:
    """Yield every finding with the reason that waives it, or "", then the problems of waivers.

    ``waivers`` are those of each question that has any; ``rules`` are the ids that can be waived. A finding on two
    questions can be waived on either of them. An author's waiver is in use while its rule reports any of the author's
    questions; otherwise a problem is reported on the first of these.
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
            (rule, diagnostic, "")
            for rule, diagnostic in _check_waivers(question, waivers[question], used, rules)
        )


def _check_waivers(
    question: str, waiver: Waiver, used: set[tuple[str, str]], rules: Collection[str]
) -> Iterator[tuple[Rule, LintDiagnostic]]:
    """Yield problems of waivers whose rule does not exist, or reports nothing."""
    for id_ in waiver.reasons:
        path = ("waive", id_)
        if id_ not in rules:
            hint = nearest(id_, rules) or _("docs/lint.md lists the rules")
            yield (
                UNKNOWN,
                LintDiagnostic(question, path, _("there is no rule {rule} to waive", rule=id_), hint),
            )
        elif (waiver.author, id_) not in used:
            what = _("{rule} finds nothing here any more", rule=id_)
            yield UNUSED, LintDiagnostic(question, path, what, _("remove the waiver"))
