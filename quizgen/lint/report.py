"""Report findings with their places: as lines for people, as JSON and as SARIF."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import quote

from quizgen.bank import BankAnalysis
from quizgen.errors import Problem
from quizgen.lint.rule import LintDiagnostic, Rule, Severity
from quizgen.text.languages import FALLBACK
from quizgen.text.messages import Message, _

INVALID_BANK = Rule(
    "unsound", Severity.ERROR, "bank", "the bank’s schema", "A bank is well formed.", lambda _: ()
)
"""Stands for ordinary problems in reports that need a rule for each entry. Lint rules run only without such problems."""

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


_SEVERITIES: Mapping[Severity, Message] = {
    Severity.ERROR: _("error: {what}"),
    Severity.WARNING: _("warning: {what}"),
    Severity.NOTE: _("note: {what}"),
}


class Finding(NamedTuple):
    """A problem that a rule found, and the reason that waives it, or "".

    ``question`` is a full id, or "" for the bank; ``path`` is the text's path in its entry.
    """

    problem: Problem
    rule: Rule
    question: str
    path: tuple[str | int, ...]
    reason: str

    @property
    def fails(self) -> bool:
        """Whether it fails a check: an error or a warning that is not waived."""
        return not self.reason and self.rule.severity is not Severity.NOTE

    def translated(self, language: str) -> str:
        """Return ``file:line:column: warning: what; hint [rule]``."""
        what = _SEVERITIES[self.rule.severity].filled(what=self.problem.what)
        return f"{replace(self.problem, what=what).translated(language)} [{self.rule.id}]"

    def __str__(self) -> str:
        return self.translated(FALLBACK)


def locate_findings(
    analysis: BankAnalysis, diagnostics: Iterable[tuple[Rule, LintDiagnostic, str]]
) -> list[Finding]:
    """Find the place of each diagnostic, and sort by place; places that were not asked for are left out.

    A diagnostic of the bank is placed at its first topic, one of a topic at that topic, and one of two questions at the
    one that the rule names, or at the other if only that one is in the places asked for.
    """
    topics = analysis.bank.topics if analysis.bank else {}
    first = analysis.topics.get(next(iter(topics), ""))
    findings = []
    for rule, diagnostic, reason in diagnostics:
        shown = (
            diagnostic if diagnostic.question in analysis.own or not diagnostic.mirror else diagnostic.mirror
        )
        if shown.question in analysis.own:
            problem = _problem_of(analysis, shown)
        elif document := analysis.topics.get(shown.question) if shown.question else first:
            problem = document.problem_at(("topic",), shown.what, shown.hint)
        else:
            continue
        question = shown.question if shown.question in analysis.own else ""
        findings.append(Finding(problem, rule, question, shown.path, reason))
    return sorted(findings, key=lambda each: (each.problem, each.rule.id))


def _problem_of(analysis: BankAnalysis, diagnostic: LintDiagnostic) -> Problem:
    """Make a problem at a text, which may be in the question's exhibit."""
    problem_at, exhibit = analysis.questions[diagnostic.question].problem_at, None
    if diagnostic.path[:1] == ("exhibit",) and len(diagnostic.path) > 1:
        exhibit = analysis.exhibits.get(str(diagnostic.path[1]))
    if exhibit:
        return exhibit(diagnostic.path[2:], diagnostic.what, diagnostic.hint)
    return problem_at(diagnostic.path, diagnostic.what, diagnostic.hint)


def problem_findings(problems: Iterable[Problem]) -> list[Finding]:
    """Turn ordinary problems into findings."""
    return [Finding(problem, INVALID_BANK, "", (), "") for problem in problems]


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return findings as plain data; ``waived`` is the reason, or null."""
    return {
        "findings": [
            {
                "rule": each.rule.id,
                "severity": str(each.rule.severity),
                "file": each.problem.file,
                "line": each.problem.line,
                "column": each.problem.column,
                "question": each.question or None,
                "what": each.problem.what.translated(FALLBACK),
                "hint": each.problem.hint.translated(FALLBACK),
                "waived": each.reason or None,
            }
            for each in findings
        ],
        "counts": counts(findings),
    }


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Count findings by severity, and waived ones separately."""
    counted = Counter("waived" if each.reason else str(each.rule.severity) for each in findings)
    return {name: counted[name] for name in (*map(str, Severity), "waived")}


def as_sarif(findings: Sequence[Finding], rules: Sequence[Rule], version: str) -> dict[str, Any]:
    """Return findings as a SARIF 2.1.0 log, which code hosts show beside the code.

    File names are those of the findings. They should be relative, and are resolved from the source root.
    """
    all_rules = [*rules, INVALID_BANK]
    index = {rule.id: number for number, rule in enumerate(all_rules)}
    driver = {
        "name": "quizgen",
        "semanticVersion": version,
        "rules": [_sarif_rule(rule) for rule in all_rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(each, index) for each in findings],
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    why = " ".join((rule.check.__doc__ or rule.asks).split())
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.asks},
        "fullDescription": {"text": why},
        "help": {"text": f"{why} Source: {rule.reference}. Examples: docs/lint.md."},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _sarif_result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    problem = finding.problem
    what, hint = (each.translated(FALLBACK) for each in (problem.what, problem.hint))
    result: dict[str, Any] = {
        "ruleId": finding.rule.id,
        "ruleIndex": index[finding.rule.id],
        "level": str(finding.rule.severity),
        "message": {"text": f"{what}; {hint}" if hint else what},
        "suppressions": [{"kind": "inSource", "justification": finding.reason}] if finding.reason else [],
    }
    if finding.question:  # so that a host recognises a finding after its lines have moved
        spot = "/".join(map(str, (finding.question, *finding.path)))
        result["partialFingerprints"] = {"ruleAndSpot/v1": f"{finding.rule.id}:{spot}"}
    if problem.file:
        location: dict[str, Any] = {
            "artifactLocation": {"uri": quote(problem.file.replace("\\", "/")), "uriBaseId": "%SRCROOT%"}
        }
        if problem.line:
            location["region"] = {"startLine": problem.line, "startColumn": problem.column or 1}
        result["locations"] = [{"physicalLocation": location}]
    return result
