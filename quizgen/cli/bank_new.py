"""``quizgen bank new``: write an entry in a text editor, check it, and add it to the file of its topic."""

import os
import shlex
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import click
import typer

from quizgen.bank import analyse_bank
from quizgen.bank.files import MAX_BYTES, RawFile, display_path
from quizgen.cli import completion
from quizgen.cli.bank_check import run_lint
from quizgen.cli.console import is_interactive
from quizgen.cli.editable_bank import EditableBank, read_editable_bank
from quizgen.cli.options import OwnBankOption, require_own_bank
from quizgen.cli.output import print_problems, progress, reader_language, say
from quizgen.cli.passage_texts import read_passage_texts
from quizgen.errors import MisuseError, QuizgenError, problem, suggest_nearest
from quizgen.files import os_error_reason, read_file
from quizgen.text.messages import N_, _


def new(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            autocompletion=completion.complete_new_entries,
            show_default=False,
            help=N_(
                "What to write: fact, lesson, exhibit (a call or message in two versions, genuine and scam, with a question about each), or a kind of question: {kinds:either}."
            ),
        ),
    ] = "",
    topic: Annotated[
        str,
        typer.Option(
            "--topic",
            "-t",
            metavar="TOPIC",
            autocompletion=completion.complete_topics,
            show_default=False,
            help=N_("The topic of the entry, if the bank has several."),
        ),
    ] = "",
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help=N_("Go on with an entry that is not in the bank yet.")),
    ] = None,
    bank: OwnBankOption = None,
) -> None:
    """Open a new entry in your text editor, check it, and add it to the file of its topic.

    The editor is the one that $VISUAL or $EDITOR names. An entry with a mistake stays in a file of its own.
    """
    folders = require_own_bank(bank)
    own = read_editable_bank(folders)
    own.check_is_folder()
    path = from_ or _make_file(kind, _entry_template(own, kind, topic))
    read_file(path, MAX_BYTES, _("import it in parts"))
    has_editor = is_interactive() and (os.environ.get("VISUAL") or os.environ.get("EDITOR"))
    if not has_editor and not from_:
        say(_("{file}: write the entry there, and then run", file=path))
        _print_way_on(path, folders)
        return
    if (has_editor and not _edit(path)) or not _add_entries(path, folders):
        _print_way_on(path, folders)
        raise typer.Exit(1)
    if not from_:
        path.unlink()


def _entry_template(own: EditableBank, kind: str, topic: str) -> str:
    """Return the text of a new entry to fill in.

    Raises MisuseError if the kind or the topic is not one of the bank, and QuizgenError if it cannot be added.
    """
    from quizgen.author.entry_template import NEW_KINDS, entry_template

    if kind not in NEW_KINDS:
        hint = suggest_nearest(kind, NEW_KINDS) or _("use {kinds:either}", kinds=NEW_KINDS)
        what = _("no {what} {asked!r}") if kind else _("what to write is missing")
        raise MisuseError(problem(what, hint, what=_("kind"), asked=kind))
    topics = tuple(own.content.topics)
    if not topics:
        raise QuizgenError(
            problem(
                _("this bank has no topic for a question"),
                _("write a file with `topic` and `title` first"),
                file=display_path(own.folders[0]),
            )
        )
    if not topic and len(topics) > 1:
        raise MisuseError(
            problem(
                _("the bank has several topics"),
                _("name one with --topic: {topics:either}", topics=topics),
            )
        )
    topic = topic or topics[0]
    own.check_topic(topic)
    own.file_of(topic)
    words = read_passage_texts(own.content, own.folders) if kind == "fact" else {}
    return entry_template(own.content, kind, topic, words, reader_language())


def _make_file(kind: str, text: str) -> Path:
    """Write a text into a new temporary file."""
    try:
        descriptor, name = tempfile.mkstemp(".yaml", f"quizgen-{kind}-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
    except OSError as error:
        raise QuizgenError(
            problem(_("cannot write the file: {reason}"), reason=os_error_reason(error))
        ) from error
    return Path(name)


def _edit(path: Path) -> bool:
    """Open a file in the user's editor until it is closed; return whether it was saved."""
    say(_("{file}: open in your editor", file=path))
    before = path.stat().st_mtime_ns
    try:
        click.edit(filename=str(path))
    except (click.ClickException, ValueError):  # ValueError: a quotation mark in $EDITOR is not closed
        say(_("{file}: the editor failed; set $EDITOR to another, and go on with", file=path), err=True)
        return False
    if path.stat().st_mtime_ns == before:
        say(_("{file}: nothing is written; go on with", file=path), err=True)
        return False
    return True


def _print_way_on(path: Path, folders: Sequence[Path]) -> None:
    """Print the command that adds an entry later."""
    banks = [word for folder in folders for word in ("--bank", str(folder))]
    typer.echo(f"  {shlex.join(['quizgen', 'bank', 'new', '--from', str(path), *banks])}")


def _add_entries(path: Path, folders: Sequence[Path]) -> bool:
    """Check the entries in a file, and add them to a bank. Return whether none has a problem."""
    from quizgen.author.draft_file import read_drafts
    from quizgen.author.draft_import import DraftImport

    own = read_editable_bank(folders)
    raw = read_file(path, MAX_BYTES, _("import it in parts"))
    entries, unreadable = read_drafts(RawFile(display_path(path), raw))
    words = read_passage_texts(own.content, folders)
    importer = DraftImport(own.content, list(own.files.values()), own.topics, words, are_drafts=False)
    result = importer.sort(entries, unreadable, lambda _analysis: ())
    if result.problems:
        print_problems(result.problems, err=True)
        say(_("{file}: nothing is written; correct it, and go on with", file=path), err=True)
        return False
    edited = importer.new_files(result.passed)
    own.write(edited)
    ids = tuple(each.full_id for each in result.passed)
    if ids:
        say(_("{ids:both} written to {files:both}", ids=ids, files=tuple(edited)))
        _print_findings(folders, ids)
    else:
        say(_("the bank has this already"))
    return True


def _print_findings(folders: Sequence[Path], ids: Sequence[str]) -> None:
    """Print what the rules of item writing find in new questions."""
    with progress(1) as report_progress:
        analysis = analyse_bank(folders)._replace(own=frozenset(ids))
        findings = run_lint(analysis, report_progress)
    for each in findings:
        if not each.reason:
            say(each)
