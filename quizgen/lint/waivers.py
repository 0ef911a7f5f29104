"""Waivers: a question may break a lint rule if its author gives a reason."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from quizgen.errors import suggest_nearest
from quizgen.lint.rule import LintDiagnostic, Rule, Severity
from quizgen.text.messages import _

UNKNOWN = Rule(
    "waiver-unknown",
    Severity.ERROR,
    "waiver",
    "this project",
    "A waiver names a rule that exists.",
    lambda _: (),
)
UNUSED = Rule(
    "waiver-unused",
    Severity.WARNING,
    "waiver",
    "this project",
    "A waiver is removed when its rule finds nothing any more.",
    lambda _: (),
)


Waiver: TypeAlias = Mapping[str, str]
"""The rules that a question is allowed to break: reasons by rule id."""


def apply_waivers(
    diagnostics: Iterable[tuple[Rule, LintDiagnostic]], waivers: Mapping[str, Waiver], rules: Collection[str]
) -> Iterator[tuple[Rule, LintDiagnostic, str]]:
    """Yield each diagnostic with the reason that waives it, or "". Then yield diagnostics about the waivers themselves.

    ``waivers`` has the waiver of each question that has one; ``rules`` are the ids of rules that can be waived. A
    diagnostic about two questions can be waived on either. A waived rule that finds nothing is reported as unused.
    """
    used = set()
    for rule, diagnostic in diagnostics:
        reason = ""
        for side in filter(None, (diagnostic, diagnostic.mirror)):
            if own_reason := waivers.get(side.question, {}).get(rule.id):
                used.add((side.question, rule.id))
                reason = reason or own_reason
        yield rule, diagnostic, reason
    for question, waiver in waivers.items():
        yield from (
            (rule, diagnostic, "") for rule, diagnostic in _check_waivers(question, waiver, used, rules)
        )


def _check_waivers(
    question: str, waiver: Waiver, used: set[tuple[str, str]], rules: Collection[str]
) -> Iterator[tuple[Rule, LintDiagnostic]]:
    """Yield a diagnostic for each waived rule that does not exist, and for each that found nothing to waive."""
    for id_ in waiver:
        path = ("waive", id_)
        if id_ not in rules:
            hint = suggest_nearest(id_, rules) or _("docs/lint.md lists the rules")
            yield (
                UNKNOWN,
                LintDiagnostic(question, path, _("there is no rule {rule} to waive", rule=id_), hint),
            )
        elif (question, id_) not in used:
            what = _("{rule} finds nothing here any more", rule=id_)
            yield UNUSED, LintDiagnostic(question, path, what, _("remove the waiver"))
