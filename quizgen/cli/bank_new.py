"""``quizgen bank new``: ask for a question, show it, and add it to the file of its topic."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from msgspec.structs import replace

from quizgen.bank import analyse_bank
from quizgen.bank.files import RawFile, display_path
from quizgen.cli import completion
from quizgen.cli.bank_check import run_lint
from quizgen.cli.bank_new_draft import StoredDraft, absolute_places, delete_draft, read_draft, write_draft
from quizgen.cli.console import Replies, display, is_interactive, prepare_streams
from quizgen.cli.history import read_yes_or_no
from quizgen.cli.options import BankOption
from quizgen.cli.output import check_writable, echo, progress, reader_language, say, write_files
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import is_installed, shipped
from quizgen.model import Audience, Bank
from quizgen.text.languages import LANGUAGES
from quizgen.text.messages import N_, Message, _

if TYPE_CHECKING:
    from quizgen.author.interview import Interview


class _NoMoreRepliesError(Exception):
    """There are no more replies: the person leaves, or the input ends."""


class EditableBank(NamedTuple):
    """A valid bank with its files, for adding questions.

    ``files`` are the files as they were read, by name, ``paths`` their paths, and ``topics`` the name of each topic's file.
    """

    places: Sequence[Path]
    content: Bank
    files: dict[str, RawFile]
    paths: dict[str, Path]
    topics: dict[str, str]

    def file_of(self, topic: str) -> RawFile:
        """Return the file of a topic; raises QuizgenError if no question can be added to it."""
        from quizgen.author.insert import check_insertable

        if topic not in self.topics:
            place = display_path(self.places[0])
            raise QuizgenError(
                problem(
                    _("the topic {topic} is in another file of this folder"),
                    _("name the folder"),
                    topic=topic,
                    file=place,
                )
            )
        file = self.files[self.topics[topic]]
        check_insertable(file)
        path = self.paths[file.name]
        check_writable(path, force=True)
        if not os.access(path, os.W_OK):
            raise QuizgenError(
                problem(
                    _("this file is write-protected"),
                    _("give yourself permission to write to it"),
                    file=file.name,
                )
            )
        return file


def new(
    topic: Annotated[
        str,
        typer.Option(
            "--topic",
            "-t",
            metavar="TOPIC",
            autocompletion=completion.topics,
            help=N_("The topic of the question; if you leave it out, you are asked."),
        ),
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            "-k",
            metavar="KIND",
            autocompletion=completion.kinds,
            help=N_("The kind of question: {kinds:either}. If you leave it out, you are asked."),
        ),
    ] = "",
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="LEVEL",
            autocompletion=completion.levels,
            help=N_(
                "Whether the question asks to recall, understand or apply something. If you leave it out, you are asked."
            ),
        ),
    ] = "",
    audience: Annotated[
        Audience,
        typer.Option(
            "--audience",
            help=N_("Who the question is for: everyone, or people whose job is to fight fraud (work)."),
        ),
    ] = "everyone",
    bank: BankOption = None,
) -> None:
    """Write a new question: asked for step by step, checked as you go, and added to its topic's file.

    Nothing else in the file changes. From a pipe it reads one answer a line.
    """
    raise typer.Exit(_new(editable_bank(bank or [_own_bank()]), topic, kind, level, audience))


def _new(bank: "EditableBank", topic: str, kind: str, level: str, audience: Audience) -> int:
    """Ask for a question, and write it if the person agrees; return the exit code."""
    _validate(bank.content, topic, kind, level)
    if topic:
        bank.file_of(topic)
    prepare_streams(reader_language(), *map(_interface_language, bank.content.declared.languages))
    draft = StoredDraft(absolute_places(bank.places), (), topic, kind, level, audience)
    replies = Replies()
    say(
        _(
            "A new question for {places}. Nothing is written until you confirm.\n  <               go back a step; there, = keeps your earlier answer\n  an empty line   leave (asks first); what you typed is saved for next time",
            places=tuple(map(display_path, bank.places)),
        )
        if is_interactive()
        else _(
            "A new question for {places}. Nothing is written until you confirm.\n  <               go back a step; there, = keeps your earlier answer\n  an empty line   stop, as with Ctrl-C; nothing is written",
            places=tuple(map(display_path, bank.places)),
        )
    )
    interview = _start_interview(bank.content, draft)
    try:
        if stored := _offer_draft(bank.places, replies):
            draft = stored
            interview = _start_interview(bank.content, stored)
            interview.retype(stored.lines)
            _print_so_far(interview)
        where = _run_interview(interview, bank, replies)
    except _NoMoreRepliesError:
        _report_not_written(interview, draft)
        return 128 + replies.signal if replies.signal else 1
    except BaseException:  # the terminal or a file fails, or a signal comes between two answers
        _save_draft(interview, draft)
        raise
    if is_interactive():
        delete_draft()
    say(_("written: {where}", where=where))
    return 0


def _start_interview(bank: Bank, draft: StoredDraft) -> "Interview":
    """Start an interview for the topic, kind and level of a draft."""
    from quizgen.author.interview import Interview

    return Interview(bank, draft.topic, draft.kind, draft.level, reader_language(), draft.audience)


def _own_bank() -> Path:
    """Return the bank of the checkout; raises MisuseError in an installation, whose bank is not for editing."""
    own = shipped("question_bank")
    if is_installed(own):
        raise MisuseError(
            problem(
                _("the built-in bank is part of the installation and cannot be changed"),
                _("name a bank of your own with --bank"),
            )
        )
    return own


def editable_bank(places: Sequence[Path]) -> EditableBank:
    """Read a bank for adding questions; raises QuizgenError for one with problems."""
    analysis = analyse_bank(places)
    bank = analysis.bank
    if bank is None:
        raise QuizgenError(analysis.findings.problems)
    if not bank.facts and "facts" not in bank.declared.optional:
        raise QuizgenError(
            problem(
                _("this bank has no fact to base a question on"),
                _("write one first"),
                file=display_path(places[0]),
            )
        )
    paths = [path for place in places for path in ([place] if place.is_file() else place.iterdir())]
    return EditableBank(
        places,
        bank,
        analysis.files,
        {display_path(path): path for path in reversed(paths)},
        {topic: document.name for topic, document in analysis.topics.items()},
    )


def _validate(bank: Bank, topic: str, kind: str, level: str) -> None:
    """Raise MisuseError for a topic, kind or level that does not exist, or for a kind without a suitable exhibit."""
    from quizgen.assemble import Recipe, select
    from quizgen.author.ids import exhibits_for
    from quizgen.kinds import KINDS

    topics, kinds, levels = (tuple(filter(None, [each])) for each in (topic, kind, level))
    select(bank, Recipe(topics=topics, kinds=kinds, levels=levels, audience="all"))
    if kind and KINDS[kind].needs_exhibit and not exhibits_for(bank, KINDS[kind]):
        raise MisuseError(
            problem(
                _("the bank has no exhibit that suits a question of the kind {kind}"),
                _("write one first, in the file of its topic"),
                kind=kind,
            )
        )


def _run_interview(interview: "Interview", bank: EditableBank, replies: Replies) -> str:
    """Ask until the question is complete and may be written; return its ``file:line``."""
    while True:
        while interview.step:
            topic = interview.topic
            _ask_step(interview, replies)
            if interview.topic not in ("", topic):
                bank.file_of(interview.topic)  # check this before the author types the whole question
        before = bank.file_of(interview.topic)
        edited = _preview(interview, bank, before, replies)
        while True:
            line = _read_reply(_translated(_("Write it? (y or n, or < to go back)")), replies)
            if line == "<":
                interview.back()
                break
            if read_yes_or_no(line):
                return _write(bank.paths[before.name], before, edited)
            if read_yes_or_no(line) is False:
                raise _NoMoreRepliesError


def _ask_step(interview: "Interview", replies: Replies) -> None:
    """Ask for the current step until a reply is valid, or asks to go back."""
    from quizgen.author.interview import GO_BACK, InvalidAnswerError

    step = interview.step
    assert step  # noqa: S101  seen to by the caller
    _print(step.shows)
    keeps = (
        ["  " + _translated(_("= keeps {earlier}", earlier=interview.earlier))] if interview.earlier else []
    )
    while True:
        line = _read_reply(step.asks, replies, *keeps, may_be_empty=step.may_be_empty)
        if line == GO_BACK:
            interview.back()
            return
        try:
            interview.reply(line)
        except InvalidAnswerError as refused:
            _print(refused.reasons)
        else:
            return


def _read_reply(asks: str, replies: Replies, *more: str, may_be_empty: bool = False) -> str:
    """Wait for a line that is not empty, unless it ``may_be_empty``; raises _NoMoreRepliesError if there is none.

    A person who only presses Enter is asked whether to leave.
    """
    while True:
        _print(["", asks, *more])
        line = replies()
        if line is not None and (may_be_empty or line.strip()):
            return line.strip()
        if line is None or not is_interactive():
            raise _NoMoreRepliesError
        _print(["", _translated(_("Leave? What you typed is saved for next time. (y/n)"))])
        line = replies()
        if line is None or read_yes_or_no(line):
            raise _NoMoreRepliesError


def _preview(interview: "Interview", bank: EditableBank, before: RawFile, replies: Replies) -> RawFile:
    """Insert the question into its file in memory, and show it: as YAML, as in a quiz, and with the findings of the lint rules."""
    from quizgen.author.insert import insert_questions, layout_of
    from quizgen.author.snippet import snippet

    full = f"{interview.topic}/{interview.entry['id']}"
    _print(
        [
            "",
            _translated(_("In {file}:", file=before.name)),
            "",
            *snippet(interview.entry, layout_of(before)),
        ],
        wrapped=False,
    )
    edited = insert_questions(before, interview.entry)
    with progress(1) as step:
        analysis = analyse_bank(bank.places, lambda share: step(share / 2), edited=edited)
        content = analysis.bank
        if content is None:
            raise QuizgenError(analysis.findings.problems)
        # Findings on the whole bank are shown too, because this question may cause them.
        about = analysis._replace(own=frozenset([full]))
        findings = run_lint(about, lambda share: step((1 + share) / 2))
    for language in dict.fromkeys(map(_interface_language, content.declared.languages)):
        _show_in_quiz(content, full, language, replies)
    language = reader_language()
    lines = [each.translated(language) for each in findings if not each.reason]
    _print(
        ["", *(lines or [_translated(_("No problems, and the rules of item writing find nothing."))])],
        wrapped=False,
    )
    return edited


def _interface_language(tag: str) -> str:
    """Return the language for the words around a text: its own if we have it, or else the reader's."""
    return tag if tag in LANGUAGES else reader_language()


def _show_in_quiz(bank: Bank, question: str, language: str, replies: Replies) -> None:
    """Show a question as a quiz asks and explains it."""
    from quizgen.assemble import Recipe, assemble
    from quizgen.attempt import Attempt
    from quizgen.screen import lines
    from quizgen.view.feedback import build_feedback_view
    from quizgen.view.question import build_question_view

    quiz = assemble(bank, Recipe(questions=(question,)), 0, language)
    attempt = Attempt(quiz=quiz, started=0.0)
    seen = display(replies, plain=False)
    seen.show(lines.prompt(build_question_view(attempt, 0), language))
    seen.show(lines.feedback(build_feedback_view(attempt.answer(None, 0.0), 0), language))


def _write(path: Path, before: RawFile, made: RawFile) -> str:
    """Write the new content of a file, unless the file has changed; return ``file:line`` of the new question."""
    try:
        unchanged = path.read_bytes() == before.raw
    except OSError:
        unchanged = False
    if not unchanged:
        raise QuizgenError(
            problem(
                _("this file was changed in the meantime, so nothing is written"),
                _("add the entry shown above by hand, or start again"),
                file=made.name,
            )
        )
    write_files({path: made.raw}, force=True)
    old, new = before.raw.splitlines(), made.raw.splitlines()
    pairs = enumerate(zip(old, new, strict=False))
    line = next((index for index, (one, other) in pairs if one != other), len(old))
    while not new[line].strip():
        line += 1
    return f"{made.name}:{line + 1}"


def _offer_draft(places: Sequence[Path], replies: Replies) -> StoredDraft | None:
    """Offer a person to continue an unfinished question; delete it if they refuse."""
    draft = read_draft(places) if is_interactive() else None
    if not draft:
        return None
    while True:
        _print(
            [
                "",
                _translated(
                    _(
                        "You left a question for this bank unfinished ({count} lines). Continue it? (y/n)",
                        count=len(draft.lines),
                    )
                ),
            ]
        )
        line = replies()
        if line is None:
            raise _NoMoreRepliesError
        if (wants_it := read_yes_or_no(line)) is not None:
            if not wants_it:
                delete_draft()
            return draft if wants_it else None


def _report_not_written(interview: "Interview", draft: StoredDraft) -> None:
    """Print that nothing is written; save a person's unfinished question, and print it, so that no work is lost."""
    say(_("nothing is written"), err=True)
    _save_draft(interview, draft)
    _print_so_far(interview)


def _save_draft(interview: "Interview", draft: StoredDraft) -> None:
    """Save a person's unfinished question for the next time, and print whether that worked."""
    lines = interview.typed or draft.lines
    if is_interactive() and lines:
        try:
            write_draft(replace(draft, lines=lines))
        except QuizgenError as error:
            for each in error.problems:
                say(each, err=True)
        else:
            say(_("What you typed is saved; `quizgen bank new` offers it next time."), err=True)


def _print_so_far(interview: "Interview") -> None:
    from quizgen.author.snippet import Layout, snippet

    if interview.step and {"stem", "exhibit"} & interview.entry.keys():
        _print(["", _translated(_("So far:")), "", *snippet(interview.entry, Layout())], wrapped=False)


def _translated(message: Message) -> str:
    return message.translated(reader_language())


def _print(lines: Iterable[str], *, wrapped: bool = True) -> None:
    """Print lines; only ``wrapped`` lines are broken, others are for copying."""
    for line in lines:
        (echo if wrapped else typer.echo)(line)
