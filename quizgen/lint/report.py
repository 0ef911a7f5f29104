"""Findings with their places, as lines for people, as JSON and as SARIF."""

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

UNSOUND = Rule("unsound", Severity.ERROR, "bank", "the bank’s schema", "A bank is well formed.", lambda _: ())
"""Stands for the plain check, which comes before all rules, in reports that name a rule for everything."""

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


_SEVERITIES: Mapping[Severity, Message] = {
    Severity.ERROR: _("error: {what}"),
    Severity.WARNING: _("warning: {what}"),
    Severity.NOTE: _("note: {what}"),
}


class Finding(NamedTuple):
    """What was found, where, and the reason that waives it ("" where none does).

    ``question`` is a full id, or "" for the bank; ``path`` is where in its entry the text stands.
    """

    problem: Problem
    rule: Rule
    question: str
    path: tuple[str | int, ...]
    reason: str

    @property
    def fails(self) -> bool:
        """Whether a check ends badly for it: an error or a warning that nobody has waived."""
        return not self.reason and self.rule.severity is not Severity.NOTE

    def translated(self, language: str) -> str:
        """``file:line:column: warning: what; hint [rule]``."""
        what = _SEVERITIES[self.rule.severity].filled(what=self.problem.what)
        return f"{replace(self.problem, what=what).translated(language)} [{self.rule.id}]"

    def __str__(self) -> str:
        return self.translated(FALLBACK)


def placed(analysis: BankAnalysis, judged: Iterable[tuple[Rule, LintDiagnostic, str]]) -> list[Finding]:
    """Put findings where they stand, sorted by place; those outside the surveyed places are left out.

    What is said of the bank as a whole stands at its first topic, what is said of a topic at that, and what
    is said of two questions at the later one, if that is in a surveyed place.
    """
    topics = analysis.bank.topics if analysis.bank else {}
    first = analysis.topics.get(next(iter(topics), ""))
    findings = []
    for rule, diagnostic, reason in judged:
        seen = (
            diagnostic if diagnostic.question in analysis.own or not diagnostic.mirror else diagnostic.mirror
        )
        if seen.question in analysis.own:
            problem = _place(analysis, seen)
        elif document := analysis.topics.get(seen.question) if seen.question else first:
            problem = document.problem(("topic",), seen.what, seen.hint)
        else:
            continue
        question = seen.question if seen.question in analysis.own else ""
        findings.append(Finding(problem, rule, question, seen.path, reason))
    return sorted(findings, key=lambda each: (each.problem, each.rule.id))


def _place(analysis: BankAnalysis, diagnostic: LintDiagnostic) -> Problem:
    """Make a problem where a text stands: in the entry of its question, or in that of the exhibit."""
    problem_at, exhibit = analysis.questions[diagnostic.question].problem_at, None
    if diagnostic.path[:1] == ("exhibit",) and len(diagnostic.path) > 1:
        exhibit = analysis.exhibits.get(str(diagnostic.path[1]))
    if exhibit:
        return exhibit(diagnostic.path[2:], diagnostic.what, diagnostic.hint)
    return problem_at(diagnostic.path, diagnostic.what, diagnostic.hint)


def unsound(problems: Iterable[Problem]) -> list[Finding]:
    """Make findings of what the plain check found."""
    return [Finding(problem, UNSOUND, "", (), "") for problem in problems]


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Give findings as plain data; ``waived`` is the reason, or null."""
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
    """Count findings by severity, and those waived apart."""
    counted = Counter("waived" if each.reason else str(each.rule.severity) for each in findings)
    return {name: counted[name] for name in (*map(str, Severity), "waived")}


def as_sarif(findings: Sequence[Finding], rules: Sequence[Rule], version: str) -> dict[str, Any]:
    """Give findings as a SARIF 2.1.0 log, which code hosts show in place.

    Files are named as in the findings; they should be relative, and are taken from the source root.
    """
    listed = [*rules, UNSOUND]
    index = {rule.id: number for number, rule in enumerate(listed)}
    driver = {"name": "quizgen", "semanticVersion": version, "rules": [_descriptor(rule) for rule in listed]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, index) for each in findings],
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptor(rule: Rule) -> dict[str, Any]:
    why = " ".join((rule.check.__doc__ or rule.asks).split())
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.asks},
        "fullDescription": {"text": why},
        "help": {"text": f"{why} Source: {rule.reference}. Examples: docs/lint.md."},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    problem = finding.problem
    what, hint = (each.translated(FALLBACK) for each in (problem.what, problem.hint))
    result: dict[str, Any] = {
        "ruleId": finding.rule.id,
        "ruleIndex": index[finding.rule.id],
        "level": str(finding.rule.severity),
        "message": {"text": f"{what}; {hint}" if hint else what},
        "suppressions": [{"kind": "inSource", "justification": finding.reason}] if finding.reason else [],
    }
    if finding.question:  # so that a host knows a finding again when lines have moved
        spot = "/".join(map(str, (finding.question, *finding.path)))
        result["partialFingerprints"] = {"ruleAndSpot/v1": f"{finding.rule.id}:{spot}"}
    if problem.file:
        where: dict[str, Any] = {
            "artifactLocation": {"uri": quote(problem.file.replace("\\", "/")), "uriBaseId": "%SRCROOT%"}
        }
        if problem.line:
            where["region"] = {"startLine": problem.line, "startColumn": problem.column or 1}
        result["locations"] = [{"physicalLocation": where}]
    return result
