"""``quizgen bank check`` by the rules, or for programs: reads, judges and prints."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen import __version__
from quizgen.bank import Survey, survey
from quizgen.cli.output import print_json, progress, say
from quizgen.errors import MisuseError, problem
from quizgen.language import counted, text

if TYPE_CHECKING:
    from quizgen.lint.report import Finding

_READING = 0.5  # share of the time that goes into reading the files


def report(places: Sequence[Path], *, lint: bool, json: bool, sarif: bool) -> int:
    """Check places, by the rules too if ``lint``, print what was found, and return the exit code."""
    from quizgen.lint import ALL_RULES
    from quizgen.lint.report import as_json, as_sarif, unsound

    if json and sarif:
        raise MisuseError(problem("check.json-or-sarif", "check.choose-one"))
    with progress(1) as step:
        surveyed = survey(places, lambda share: step(_READING * share))
        findings = unsound(surveyed.findings.problems)
        if lint and not findings:
            findings = judged(surveyed, lambda share: step(_READING + (1 - _READING) * share))
    if json:
        print_json(as_json(findings))
    elif sarif:
        print_json(as_sarif([_relative(each) for each in findings], ALL_RULES, __version__))
    else:
        _print_lines(surveyed, findings)
    return int(any(each.fails for each in findings))


def judged(surveyed: Survey, step: Callable[[float], None]) -> "list[Finding]":
    """Hold a sound bank against the rules, the whole of it as one quiz would print it."""
    from quizgen.assemble import arrange
    from quizgen.lint import Waiver, apply_waivers, run_rules
    from quizgen.lint.report import placed

    bank = surveyed.bank
    if bank is None:
        return []
    drawn = arrange(bank, list(bank.questions.values()), seed=0, language="en").questions
    waivers = {id_: Waiver(it.author, it.waive) for id_, it in surveyed.questions.items() if it.waive}
    return placed(surveyed, apply_waivers(run_rules(bank, drawn=drawn, step=step), waivers))


def _print_lines(surveyed: Survey, findings: "Sequence[Finding]") -> None:
    from quizgen.lint.report import counts

    problems = surveyed.findings.problems
    for each in findings:
        if not each.reason:
            say(each.problem if problems else each)
    if problems:
        say("check.rules-wait", err=True)
        return
    found = counts(findings)
    waived = found.pop("waived")
    listed = [counted(f"check.{name}", count) for name, count in found.items() if count]
    questions = counted("check.questions", surveyed.findings.questions + surveyed.findings.generated)
    done = "check.judged-waived" if waived else "check.judged"
    say(done, questions=questions, findings=listed or text("check.no-finding"), waived=waived)


def _relative(finding: "Finding") -> "Finding":
    """Name a file from the current folder, as those who read SARIF expect."""
    if not finding.problem.file:
        return finding
    name = Path(os.path.relpath(finding.problem.file)).as_posix()
    return finding._replace(problem=replace(finding.problem, file=name))
