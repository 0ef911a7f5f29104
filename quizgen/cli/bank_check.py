"""``quizgen bank check``: check a bank and print the problems, once or after every change of its files."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizgen import __version__
from quizgen.bank import BankAnalysis, Findings, analyse_bank, check_bank
from quizgen.bank.files import display_path, is_bank_file
from quizgen.cli.options import BankOption, JsonOption
from quizgen.cli.output import echo, print_json, print_problems, progress, reader_language, say
from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.files import shipped
from quizgen.text.messages import N_, Message, _, ngettext

if TYPE_CHECKING:
    from quizgen.lint.report import Finding

_READING_SHARE = 0.5  # the share of the progress bar for reading the files

_POLL_SECONDS = 0.5
"""Seconds between two looks for changes. Not every file system reports changes, so we poll on all."""

_SETTLE_SECONDS = 0.1
"""Seconds without a change after which an editor has finished saving."""

State = Mapping[Path, tuple[int, ...]]
"""Bank files, with their time, size and inode, which change when a file does."""


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FOLDER]…",
            help=N_(
                "The folders of question banks to check, or single files; by default the built-in question bank."
            ),
        ),
    ] = None,
    bank: BankOption = None,
    lint: Annotated[
        bool, typer.Option("--lint", help=N_("Also check how well the questions are written."))
    ] = False,
    json: JsonOption = False,
    sarif: Annotated[
        bool,
        typer.Option(
            "--sarif", help=N_("SARIF 2.1.0, for programmers: a report that GitHub and others can show.")
        ),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help=N_("Check again whenever a file changes, until you press Ctrl-C."))
    ] = False,
) -> None:
    """Report everything that is wrong in a bank, a line a problem; exit 1 if there is any.

    A file alone is read with the files beside it, to which its ids may lead. With --lint, notes alone do
    not fail it: errors and warnings do, unless the question waives them.
    """
    places = [*(paths or ()), *(bank or ())] or [shipped("question_bank")]
    if json and sarif:
        raise MisuseError(problem(_("--json and --sarif cannot be used together"), _("choose one")))
    if watch and (json or sarif):
        option = "--json" if json else "--sarif"
        raise MisuseError(
            problem(
                _("--watch prints one result after another, but {option} prints a single document"),
                _("leave out one of them"),
                option=option,
            )
        )

    def once() -> int:
        return _report(places, lint=lint, json=json, sarif=sarif)

    raise typer.Exit(_watch(places, once) if watch else once())


def _report(places: Sequence[Path], *, lint: bool, json: bool, sarif: bool) -> int:
    """Check places, with the lint rules if ``lint``, print what is found, and return the exit code."""
    found, findings = _analyse_and_lint(places) if lint else (check_bank(places), None)
    if json or sarif:
        _print_for_programs(found, findings, sarif=sarif)
    elif found.problems:
        print_problems(found.problems, found.more)
        if lint:
            say(_("the rules of item writing are checked once this is fixed"), err=True)
    elif findings is None:
        facts, questions = (
            ngettext("{count} fact", "{count} facts", found.facts),
            ngettext("{count} question", "{count} questions", found.questions),
        )
        sound = (
            _("{facts} and {questions} in {files}, {generated} more generated: no problems found")
            if found.generated
            else _("{facts} and {questions} in {files}: no problems found")
        )
        files = ngettext("{count} file", "{count} files", found.files)
        values = {"facts": facts, "questions": questions, "files": files, "generated": found.generated}
        say(sound.filled(**values))
    else:
        _print_findings(found, findings)
    return int(bool(found.problems) or any(each.fails for each in findings or ()))


def _analyse_and_lint(places: Sequence[Path]) -> "tuple[Findings, list[Finding]]":
    """Check places, and if they have no problem, check them against the lint rules."""
    with progress(1) as step:
        analysis = analyse_bank(places, lambda share: step(_READING_SHARE * share))
        findings = run_lint(analysis, lambda share: step(_READING_SHARE + (1 - _READING_SHARE) * share))
    return analysis.findings, findings


def _print_for_programs(found: Findings, findings: "Sequence[Finding] | None", *, sarif: bool) -> None:
    from quizgen.lint import ALL_RULES
    from quizgen.lint.report import as_json, as_sarif, problem_findings

    every = [*problem_findings(found.problems), *(findings or ())]
    if sarif:
        print_json(as_sarif([_relative(each) for each in every], ALL_RULES, __version__))
    else:
        print_json(as_json(every))


def _print_findings(found: Findings, findings: "Sequence[Finding]") -> None:
    from quizgen.lint.report import counts

    for each in findings:
        if not each.reason:
            say(each)
    counted_by = counts(findings)
    waived = counted_by.pop("waived")
    named = {
        "error": ngettext("{count} error", "{count} errors", counted_by["error"]),
        "warning": ngettext("{count} warning", "{count} warnings", counted_by["warning"]),
        "note": ngettext("{count} note", "{count} notes", counted_by["note"]),
    }
    listed = [named[name] for name, count in counted_by.items() if count]
    questions = ngettext("{count} question", "{count} questions", found.questions + found.generated)
    done = (
        _("{questions} checked against the rules: {findings} ({waived} waived)")
        if waived
        else _("{questions} checked against the rules: {findings}")
    )
    say(done.filled(questions=questions, findings=listed or _("no findings"), waived=waived))


def run_lint(surveyed: BankAnalysis, step: Callable[[float], None]) -> "list[Finding]":
    """Check a valid bank against the lint rules, with all its questions arranged as in one quiz."""
    from quizgen.assemble import arrange
    from quizgen.lint import RULES, Waiver, apply_waivers, run_rules
    from quizgen.lint.report import locate_findings

    bank = surveyed.bank
    if bank is None:
        return []
    drawn = arrange(bank, list(bank.questions.values()), seed=0, language="en").questions
    waivers = {id_: Waiver(it.author, it.waive) for id_, it in surveyed.questions.items() if it.waive}
    return locate_findings(surveyed, apply_waivers(run_rules(bank, drawn=drawn, step=step), waivers, RULES))


def _relative(finding: "Finding") -> "Finding":
    """Make a file's name relative to the current folder, as readers of SARIF expect."""
    if not finding.problem.file:
        return finding
    name = Path(os.path.relpath(finding.problem.file)).as_posix()
    return finding._replace(problem=replace(finding.problem, file=name))


def _watch(places: Sequence[Path], check: Callable[[], int]) -> int:
    """Run a check, and run it again after every change, until Ctrl-C; return the exit code.

    Raises QuizgenError if a place does not exist at the start. Later, places may come and go.
    """
    if lost := [_missing(place) for place in places if not os.path.exists(place)]:  # noqa: PTH110  a Path raises for a name that is too long
        raise QuizgenError(lost)
    # Editors replace files, so folders are watched. A file may also refer to its neighbours.
    folders = list(dict.fromkeys(place.parent if place.is_file() else place for place in places))
    listed = tuple(map(display_path, places))
    try:
        _check_after_changes(folders, check, listed)
    except KeyboardInterrupt:
        if sys.stdout.isatty():
            typer.echo()
        _say_with_time(_("no longer watching {places}", places=listed))
    return 130


def _check_after_changes(folders: Sequence[Path], check: Callable[[], int], listed: Sequence[str]) -> None:
    seen = _read_state(folders)
    _say_with_time(_("checking {places}; press Ctrl-C to stop", places=listed))
    check()
    while True:
        sys.stdout.flush()
        now = _wait_for_change(folders, seen)
        _say_with_time(_("{changes}", changes=tuple(_changes(seen, now))))
        seen = now
        check()


def _say_with_time(what: Message) -> None:
    echo(f"[{time.strftime('%H:%M:%S')}] {what.translated(reader_language())}")
    sys.stdout.flush()


def _wait_for_change(folders: Sequence[Path], before: State) -> State:
    """Wait until a file has changed and no further change follows; return the new state."""
    now = before
    while now == before:
        time.sleep(_POLL_SECONDS)
        now = _read_state(folders)
    settled: State = {}
    while settled != now:
        settled = now
        time.sleep(_SETTLE_SECONDS)
        now = _read_state(folders)
    return now


def _read_state(folders: Sequence[Path]) -> State:
    state = {}
    for folder in folders:
        with suppress(OSError):  # the check reports it
            for entry in os.scandir(folder):
                if is_bank_file(entry.name):
                    with suppress(OSError):  # it was just deleted
                        about = entry.stat(follow_symlinks=not _is_broken_link(entry.path))
                        state[Path(entry.path)] = (about.st_mtime_ns, about.st_size, about.st_ino)
    return state


def _is_broken_link(path: str) -> bool:
    """Return whether a path is a link to a file that does not exist."""
    return os.path.islink(path) and not os.path.exists(path)  # noqa: PTH114, PTH110  as scandir gives it


def _changes(before: State, now: State) -> Iterator[Message]:
    """Yield a message for each file that is new, gone or changed."""
    for path in sorted({*before, *now}):
        if before.get(path) != now.get(path):
            what = (
                _("{file} is new")
                if path not in before
                else _("{file} was removed")
                if path not in now
                else _("{file} has changed")
            )
            yield what.filled(file=display_path(path))


def _missing(place: Path) -> Problem:
    return problem(_("there is no such file or folder"), _("check the path"), file=display_path(place))
