"""``quizgen import drafts``: check drafts that a language model or a person has written, and add those that pass to a bank."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quizgen.bank import BankAnalysis
from quizgen.bank.files import RawFile, display_path
from quizgen.cli.bank_check import run_lint
from quizgen.cli.editable_bank import read_editable_bank
from quizgen.cli.output import print_problems, progress, say
from quizgen.cli.passage_texts import read_passage_texts
from quizgen.errors import Problem
from quizgen.files import read_file
from quizgen.text.messages import _, ngettext

if TYPE_CHECKING:
    from quizgen.author.draft_import import SortedDrafts

DRAFTS = "drafts"
"""What stands in the place of a format on the command line."""


def import_drafts(file: Path, folder: Path, topic: str, *, dry_run: bool) -> None:
    """Add the drafts in a file that pass all checks to a bank, and name those that are refused. Exit with 1 if there are any.

    With ``dry_run``, nothing is written.
    """
    from quizgen.author.draft_file import read_drafts
    from quizgen.author.draft_import import DraftImport
    from quizgen.bank.files import MAX_BYTES

    own = read_editable_bank([folder])
    own.check_is_folder()
    if topic:
        own.check_topic(topic)
    raw = read_file(file, MAX_BYTES, _("import it in parts"))
    drafts, unreadable = read_drafts(RawFile(display_path(file), raw))
    words = read_passage_texts(own.content, [folder])
    importer = DraftImport(own.content, list(own.files.values()), own.topics, words, topic)
    with progress(1) as report_progress:
        result = importer.sort(drafts, unreadable, lambda analysis: lint_drafts(analysis, report_progress))
    if result.passed and not dry_run:
        own.write(importer.new_files(result.passed))
    print_problems(result.problems, err=True)
    _say_result(result, display_path(folder), dry_run=dry_run)
    raise typer.Exit(int(bool(result.problems)))


def lint_drafts(
    analysis: BankAnalysis, report_progress: Callable[[float], None] = lambda _: None
) -> list[Problem]:
    """Return what the rules of item writing find, each with the name of the rule."""
    return [
        replace(each.problem, hint=_("{hint} [{rule}]", hint=each.problem.hint, rule=each.rule.id))
        for each in run_lint(analysis, report_progress)
        if each.fails_check
    ]


def _say_result(result: "SortedDrafts", folder: str, *, dry_run: bool) -> None:
    """Print how many drafts were added to a bank, how many were refused, and what to do next."""
    counts = Counter(each.draft.section for each in result.passed)
    what = (
        ngettext("{count} fact", "{count} facts", counts["facts"]),
        ngettext("{count} exhibit", "{count} exhibits", counts["exhibits"]),
        ngettext("{count} question", "{count} questions", counts["questions"]),
    )
    message = (
        _("{folder}: {drafts} would be added ({what}), {refused} refused")
        if dry_run
        else _("{folder}: {drafts} added ({what}), {refused} refused")
    )
    drafts = ngettext("{count} draft", "{count} drafts", len(result.passed))
    say(message.with_values(folder=folder, drafts=drafts, what=what, refused=result.refused))
    if result.known:
        say(
            ngettext(
                "1 other is in the bank already",
                "{count} others are in the bank already",
                result.known,
            )
        )
    if result.passed and not dry_run:
        say(_("Read and accept them: `quizgen bank accept --bank {folder}`", folder=folder))
