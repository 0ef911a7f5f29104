"""Report what lint rules find, with file, line and column: as lines of text, as JSON, and as SARIF."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import quote

from quizgen.bank import BankAnalysis
from quizgen.errors import Problem
from quizgen.ids import topic_of
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
    """A problem that a rule found, with its place. ``reason`` says why it is waived, or is "".

    ``question`` is the full id of the question or of the lesson, or "" if the problem is about the whole question bank
    or a topic. ``path`` is the path of the text in its entry.
    """

    problem: Problem
    rule: Rule
    question: str
    path: tuple[str | int, ...]
    reason: str

    @property
    def fails_check(self) -> bool:
        """Whether the finding makes a check fail: it is an error or a warning, and it is not waived."""
        return not self.reason and self.rule.severity is not Severity.NOTE

    def translated(self, language: str) -> str:
        """Return a line such as ``file:line:column: warning: what is wrong; what to do [rule] topic/question``."""
        what = _SEVERITIES[self.rule.severity].with_values(what=self.problem.what)
        return f"{replace(self.problem, what=what).translated(language)} [{self.rule.id}] {self.question}".rstrip()

    def __str__(self) -> str:
        return self.translated(FALLBACK)


def locate_findings(
    analysis: BankAnalysis, diagnostics: Iterable[tuple[Rule, LintDiagnostic, str]]
) -> list[Finding]:
    """Convert diagnostics to findings with file, line and column, sorted by place. Those outside the files asked for are left out.

    A diagnostic about the whole question bank gets the place of its first topic, and one about a topic or a lesson the
    place of that. One about two questions gets the place of the first that is in the files asked for.
    """
    topics = analysis.bank.topics if analysis.bank else {}
    first = analysis.topics.get(next(iter(topics), ""))
    findings = []
    for rule, diagnostic, reason in diagnostics:
        shown = (
            diagnostic if diagnostic.question in analysis.own or not diagnostic.mirror else diagnostic.mirror
        )
        if (lesson := analysis.parts.get(shown.question)) and topic_of(shown.question) in analysis.topics:
            problem = lesson(shown.path, shown.what, shown.hint)
        elif shown.question in analysis.own:
            problem = _locate_diagnostic(analysis, shown)
        elif document := analysis.topics.get(shown.question) if shown.question else first:
            problem = document.problem_at(("topic",), shown.what, shown.hint)
        else:
            continue
        question = "" if shown.question in analysis.topics else shown.question
        findings.append(Finding(problem, rule, question, shown.path, reason))
    return sorted(findings, key=lambda each: (each.problem, each.rule.id))


def _locate_diagnostic(analysis: BankAnalysis, diagnostic: LintDiagnostic) -> Problem:
    """Return a problem with the place of a diagnostic's text: in the question, its exhibit or its lesson."""
    problem_at, part = analysis.questions[diagnostic.question].problem_at, None
    if diagnostic.path[:1] in (("exhibit",), ("lesson",)) and len(diagnostic.path) > 1:
        part = analysis.parts.get(str(diagnostic.path[1]))
    if part:
        return part(diagnostic.path[2:], diagnostic.what, diagnostic.hint)
    return problem_at(diagnostic.path, diagnostic.what, diagnostic.hint)


def problems_as_findings(problems: Iterable[Problem]) -> list[Finding]:
    """Convert problems that are not from lint rules to findings."""
    return [Finding(problem, INVALID_BANK, "", (), "") for problem in problems]


def findings_to_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return findings as plain data, ready for JSON. ``waived`` is the reason, or null."""
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
        "counts": count_by_severity(findings),
    }


def count_by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Return the number of findings of each severity. Waived findings are counted separately."""
    counted = Counter("waived" if each.reason else str(each.rule.severity) for each in findings)
    return {name: counted[name] for name in (*map(str, Severity), "waived")}


def findings_to_sarif(findings: Sequence[Finding], rules: Sequence[Rule], version: str) -> dict[str, Any]:
    """Return findings in the format SARIF 2.1.0, which GitHub and others show beside the code.

    File names should be relative to the folder of the source code.
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
    """Return a rule in the SARIF format."""
    why = " ".join((rule.check.__doc__ or rule.asks).split())
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.asks},
        "fullDescription": {"text": why},
        "help": {"text": f"{why} Source: {rule.reference}. Examples: docs/lint.md."},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _sarif_result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    """Return a finding in the SARIF format. ``index`` has the position of each rule in the list of rules."""
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
