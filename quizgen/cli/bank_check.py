"""``quizgen bank check``: check a question bank and print its problems, once or after every change of its files."""

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
from quizgen.files import shipped_folder
from quizgen.text.messages import N_, Message, _, ngettext

if TYPE_CHECKING:
    from quizgen.lint.report import Finding

_READING_SHARE = 0.5  # the share of the progress bar for reading the files

_POLL_SECONDS = 0.5
"""Seconds between two looks for changes. Not every file system reports changes, so we poll on all."""

_SETTLE_SECONDS = 0.1
"""Seconds without a change after which an editor has finished saving."""

FileStates = Mapping[Path, tuple[int, ...]]
"""The time, size and inode of each file of a question bank. One of these changes when the file changes."""


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
            "--sarif",
            help=N_(
                "Print the problems in the format SARIF 2.1.0, which GitHub and others can show (for programmers)."
            ),
        ),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help=N_("Check again whenever a file changes, until you press Ctrl-C."))
    ] = False,
) -> None:
    """Check a question bank, and print each problem on a line of its own. The exit code is 1 if there is a problem.

    A single file is read together with the other files in its folder, because its ids may refer to them. With
    ``--lint``, errors and warnings of the lint rules are problems too, unless the question waives them; notes
    are not.
    """
    all_paths = [*(paths or ()), *(bank or ())] or [shipped_folder("question_bank")]
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

    def check_once() -> int:
        return _check_and_print(all_paths, lint=lint, json=json, sarif=sarif)

    raise typer.Exit(_check_until_interrupted(all_paths, check_once) if watch else check_once())


def _check_and_print(paths: Sequence[Path], *, lint: bool, json: bool, sarif: bool) -> int:
    """Check question banks, print the problems, and return the exit code.

    ``paths`` are folders or files. With ``lint``, the lint rules are checked too.
    """
    summary, findings = _analyse_and_lint(paths) if lint else (check_bank(paths), None)
    if json or sarif:
        _print_json_or_sarif(summary, findings, sarif=sarif)
    elif summary.problems:
        print_problems(summary.problems, summary.more)
        if lint:
            say(_("the rules of item writing are checked once this is fixed"), err=True)
    elif findings is None:
        facts, questions = (
            ngettext("{count} fact", "{count} facts", summary.facts),
            ngettext("{count} question", "{count} questions", summary.questions),
        )
        files = ngettext("{count} file", "{count} files", summary.files)
        what = _("{facts} and {questions} in {files}: no problems found")
        say(what.with_values(facts=facts, questions=questions, files=files))
        _say_drafts(summary)
    else:
        _print_findings(summary, findings)
    return int(bool(summary.problems) or any(each.fails_check for each in findings or ()))


def _say_drafts(summary: Findings) -> None:
    """Print how many entries are drafts, if any."""
    if summary.drafts:
        say(
            ngettext(
                "1 draft is in no quiz yet; read it with `quizgen bank accept`",
                "{count} drafts are in no quiz yet; read them with `quizgen bank accept`",
                summary.drafts,
            )
        )


def _analyse_and_lint(paths: Sequence[Path]) -> "tuple[Findings, list[Finding]]":
    """Check question banks, and if they have no problem, check them against the lint rules."""
    with progress(1) as report_progress:
        analysis = analyse_bank(paths, lambda share: report_progress(_READING_SHARE * share))
        findings = run_lint(
            analysis, lambda share: report_progress(_READING_SHARE + (1 - _READING_SHARE) * share)
        )
    return analysis.findings, findings


def _print_json_or_sarif(summary: Findings, findings: "Sequence[Finding] | None", *, sarif: bool) -> None:
    """Print the problems and the findings as one document, in SARIF if ``sarif`` is set and in JSON otherwise."""
    from quizgen.lint import ALL_RULES
    from quizgen.lint.report import findings_to_json, findings_to_sarif, problems_as_findings

    all_findings = [*problems_as_findings(summary.problems), *(findings or ())]
    if sarif:
        print_json(
            findings_to_sarif([_with_relative_path(each) for each in all_findings], ALL_RULES, __version__)
        )
    else:
        print_json(findings_to_json(all_findings))


def _print_findings(summary: Findings, findings: "Sequence[Finding]") -> None:
    """Print the findings of the lint rules that are not waived, and a last line with their number."""
    from quizgen.lint.report import count_by_severity

    for each in findings:
        if not each.reason:
            say(each)
    counted_by = count_by_severity(findings)
    waived = counted_by.pop("waived")
    named = {
        "error": ngettext("{count} error", "{count} errors", counted_by["error"]),
        "warning": ngettext("{count} warning", "{count} warnings", counted_by["warning"]),
        "note": ngettext("{count} note", "{count} notes", counted_by["note"]),
    }
    listed = [named[name] for name, count in counted_by.items() if count]
    questions = ngettext("{count} question", "{count} questions", summary.questions)
    message = (
        _("{questions} checked against the rules: {findings} ({waived} waived)")
        if waived
        else _("{questions} checked against the rules: {findings}")
    )
    say(message.with_values(questions=questions, findings=listed or _("no findings"), waived=waived))
    _say_drafts(summary)


def run_lint(analysis: BankAnalysis, report_progress: Callable[[float], None]) -> "list[Finding]":
    """Check a question bank against the lint rules, and return the findings; none for a bank with problems.

    ``report_progress`` gets the share of the rules that are done, from 0 to 1.
    """
    from quizgen.lint import RULES, apply_waivers, run_rules
    from quizgen.lint.report import locate_findings

    bank = analysis.bank
    if bank is None:
        return []
    waivers = {id_: origin.waive for id_, origin in analysis.questions.items() if origin.waive}
    return locate_findings(
        analysis, apply_waivers(run_rules(bank, on_progress=report_progress), waivers, RULES)
    )


def _with_relative_path(finding: "Finding") -> "Finding":
    """Return a finding whose file is named relative to the current folder, as programs that read SARIF expect."""
    if not finding.problem.file:
        return finding
    name = Path(os.path.relpath(finding.problem.file)).as_posix()
    return finding._replace(problem=replace(finding.problem, file=name))


def _check_until_interrupted(paths: Sequence[Path], check_once: Callable[[], int]) -> int:
    """Run a check now and after every change of the files, until Ctrl-C; return the exit code.

    Raises QuizgenError if a path does not exist at the start. Later, files may be removed and added.
    """
    if missing := [_missing_path_problem(path) for path in paths if not os.path.exists(path)]:  # noqa: PTH110  a Path raises for a name that is too long
        raise QuizgenError(missing)
    # Editors replace files, so folders are watched. A file may also refer to its neighbours.
    folders = list(dict.fromkeys(path.parent if path.is_file() else path for path in paths))
    shown_paths = tuple(map(display_path, paths))
    try:
        _check_after_each_change(folders, check_once, shown_paths)
    except KeyboardInterrupt:
        if sys.stdout.isatty():
            typer.echo()
        _print_with_time(_("no longer watching {places}", places=shown_paths))
    return 130


def _check_after_each_change(
    folders: Sequence[Path], check_once: Callable[[], int], shown_paths: Sequence[str]
) -> None:
    """Run a check now and after every change of a file in these folders, without end."""
    before = _read_file_states(folders)
    _print_with_time(_("checking {places}; press Ctrl-C to stop", places=shown_paths))
    check_once()
    while True:
        sys.stdout.flush()
        now = _wait_for_change(folders, before)
        _print_with_time(_("{changes}", changes=tuple(_change_messages(before, now))))
        before = now
        check_once()


def _print_with_time(message: Message) -> None:
    """Print a message with the time of day before it."""
    echo(f"[{time.strftime('%H:%M:%S')}] {message.translated(reader_language())}")
    sys.stdout.flush()


def _wait_for_change(folders: Sequence[Path], earlier_states: FileStates) -> FileStates:
    """Wait until a file has changed and all changes are saved; return the new states of the files."""
    now = earlier_states
    while now == earlier_states:
        time.sleep(_POLL_SECONDS)
        now = _read_file_states(folders)
    settled: FileStates = {}
    while settled != now:
        settled = now
        time.sleep(_SETTLE_SECONDS)
        now = _read_file_states(folders)
    return now


def _read_file_states(folders: Sequence[Path]) -> FileStates:
    """Return the states of the question bank files in these folders. Files that cannot be read are left out."""
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


def _change_messages(earlier_states: FileStates, current_states: FileStates) -> Iterator[Message]:
    """Yield a message for each file that was added, removed or changed."""
    for path in sorted({*earlier_states, *current_states}):
        if earlier_states.get(path) != current_states.get(path):
            what = (
                _("{file} is new")
                if path not in earlier_states
                else _("{file} was removed")
                if path not in current_states
                else _("{file} has changed")
            )
            yield what.with_values(file=display_path(path))


def _missing_path_problem(path: Path) -> Problem:
    """Return the problem that a path does not exist."""
    return problem(_("there is no such file or folder"), _("check the path"), file=display_path(path))
