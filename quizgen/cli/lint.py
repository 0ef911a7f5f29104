"""``quizgen bank check`` by the rules, or for programs: reads, judges and prints."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from quizgen import __version__
from quizgen.bank import Survey, survey
from quizgen.errors import MisuseError, problem

if TYPE_CHECKING:
    from quizgen.lint.report import Finding

_READING = 0.5  # share of the time that goes into reading the files


def report(places: Sequence[Path], *, lint: bool, json: bool, sarif: bool) -> int:
    """Check places, by the rules too if ``lint``, print what was found, and return the exit code."""
    from quizgen.lint import ALL_RULES
    from quizgen.lint.report import as_json, as_sarif, unsound

    if json and sarif:
        raise MisuseError(problem("--json and --sarif exclude each other", "choose one"))
    with progress(shown=lint) as step:
        surveyed = survey(places, lambda share: step(_READING * share))
        findings = unsound(surveyed.findings.problems)
        if lint and not findings:
            findings = judged(surveyed, lambda share: step(_READING + (1 - _READING) * share))
    if json:
        _print_json(as_json(findings))
    elif sarif:
        _print_json(as_sarif([_relative(each) for each in findings], ALL_RULES, __version__))
    else:
        _print_lines(surveyed, findings)
    return int(any(each.fails for each in findings))


def judged(surveyed: Survey, step: Callable[[float], None]) -> "list[Finding]":
    """Hold a sound bank against the rules, the whole of it as one quiz would print it."""
    from quizgen.assemble import arrange
    from quizgen.lint import Waiver, judge, look
    from quizgen.lint.report import placed

    bank = surveyed.bank
    if bank is None:
        return []
    drawn = arrange(bank, list(bank.questions.values()), seed=0, language="en").questions
    waivers = {id_: Waiver(it.author, it.waive) for id_, it in surveyed.questions.items() if it.waive}
    return placed(surveyed, judge(look(bank, drawn=drawn, step=step), waivers))


def _print_lines(surveyed: Survey, findings: "Sequence[Finding]") -> None:
    from quizgen.lint.report import counts

    problems = surveyed.findings.problems
    for each in findings:
        if not each.reason:
            typer.echo(str(each.problem if problems else each))
    if problems:
        typer.echo("the rules of item writing wait until this is put right", err=True)
        return
    counted = counts(findings)
    waived = counted.pop("waived")
    said = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in counted.items() if count)
    questions = surveyed.findings.questions + surveyed.findings.generated
    typer.echo(
        f"{questions} question{'s' * (questions != 1)} held against the rules: {said or 'no finding'}"
        + (f" ({waived} waived)" if waived else "")
    )


def _relative(finding: "Finding") -> "Finding":
    """Name a file from the current folder, as those who read SARIF expect."""
    if not finding.problem.file:
        return finding
    name = Path(os.path.relpath(finding.problem.file)).as_posix()
    return finding._replace(problem=replace(finding.problem, file=name))


@contextmanager
def progress(*, shown: bool) -> Iterator[Callable[[float], None]]:
    """Show a bar on a terminal's stderr while the work is done, and take it away at the end."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Checking", total=1.0)
        yield lambda share: bar.update(task, completed=share)


def _print_json(data: Any) -> None:
    from msgspec.json import encode, format  # noqa: A004  its own name

    typer.echo(format(encode(data), indent=2))
