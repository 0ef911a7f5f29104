"""``quizgen bank new``: ask for a question, show it, and add it to the file of its topic."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer
from msgspec.structs import replace

from quizgen.bank import analyse_bank
from quizgen.bank.files import RawFile, display_path
from quizgen.cli import completion
from quizgen.cli.bank_check import run_lint
from quizgen.cli.bank_new_draft import StoredDraft, absolute_folders, delete_draft, read_draft, write_draft
from quizgen.cli.console import Replies, choose_display, is_interactive, prepare_streams
from quizgen.cli.history import parse_yes_or_no
from quizgen.cli.options import OwnBankOption, require_own_bank
from quizgen.cli.output import check_writable, echo, progress, reader_language, say, write_files
from quizgen.cli.passage_texts import read_passage_texts
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Audience, Bank
from quizgen.text.languages import LANGUAGES
from quizgen.text.messages import N_, Message, _

if TYPE_CHECKING:
    from quizgen.author.interview import Interview


class _InputEndedError(Exception):
    """The author stops answering, or the input ends."""


class EditableBank(NamedTuple):
    """A question bank without problems, and its files, to which questions can be added.

    ``folders`` are the folders or files that the user named. ``files`` are the files as they were read, by
    name, and ``paths`` their paths. ``topics`` has the name of the file of each topic.
    """

    folders: Sequence[Path]
    content: Bank
    files: dict[str, RawFile]
    paths: dict[str, Path]
    topics: dict[str, str]

    def file_of(self, topic: str) -> RawFile:
        """Return the file of a topic. Raises QuizgenError if no question can be added to it."""
        from quizgen.author.insert import check_insertable

        if topic not in self.topics:
            shown_path = display_path(self.folders[0])
            raise QuizgenError(
                problem(
                    _("the topic {topic} is in another file of this folder"),
                    _("name the folder"),
                    topic=topic,
                    file=shown_path,
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
    what: Annotated[
        Literal["question", "exhibit"],
        typer.Argument(
            metavar="[question|exhibit]",
            help=N_(
                "What to write: a question, or an exhibit, which is a call or message in two versions, genuine and scam, with a question about each."
            ),
        ),
    ] = "question",
    topic: Annotated[
        str,
        typer.Option(
            "--topic",
            "-t",
            metavar="TOPIC",
            autocompletion=completion.complete_topics,
            help=N_("The topic of the question; if you leave it out, you are asked."),
        ),
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            "-k",
            metavar="KIND",
            autocompletion=completion.complete_kinds,
            help=N_("The kind of question: {kinds:either}. If you leave it out, you are asked."),
        ),
    ] = "",
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="LEVEL",
            autocompletion=completion.complete_levels,
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
    bank: OwnBankOption = None,
) -> None:
    """Ask for a new question step by step, check it, and add it to the file of its topic.

    Nothing else in the file changes.
    """
    folders = require_own_bank(bank)
    replies = Replies()
    while True:
        editable = read_editable_bank(folders)
        _check_can_have_question(editable, needs_facts=what == "exhibit")
        draft = StoredDraft(absolute_folders(editable.folders), (), topic, kind, level, audience, what)
        code = _interview_and_write(editable, draft, replies)
        if code or not _wants_another(replies):
            raise typer.Exit(code)


def _check_can_have_question(bank: EditableBank, *, needs_facts: bool) -> None:
    """Raise QuizgenError if a bank has no topic, or if facts are needed and it has nothing to take one from."""
    content, shown_path = bank.content, display_path(bank.folders[0])
    if not content.topics:
        raise QuizgenError(
            problem(
                _("this bank has no topic for a question"),
                _("write a file with `topic` and `title` first"),
                file=shown_path,
            )
        )
    needs_facts = needs_facts or "facts" not in content.declared.optional
    if needs_facts and not content.facts and not content.sources:
        raise QuizgenError(
            problem(
                _("this bank has no fact to base a question on"),
                _("add a text with `quizgen source add`, or write a fact first"),
                file=shown_path,
            )
        )


def _wants_another(replies: Replies) -> bool:
    """Ask at a terminal whether to write another question. Enter means yes."""
    if not is_interactive():
        return False
    while True:
        _print_lines(["", _in_reader_language(_("Another question? (y or n) [y]"))])
        line = replies()
        if line is None:
            return False
        if (answer := parse_yes_or_no(line.strip() or "y")) is not None:
            return answer


def _interview_and_write(bank: "EditableBank", draft: StoredDraft, replies: Replies) -> int:
    """Ask for a question or a pair of twins, and write it if the author agrees; return the exit code."""
    _check_options(bank.content, draft.topic, draft.kind, draft.level)
    if draft.topic:
        bank.file_of(draft.topic)
    prepare_streams(reader_language(), *map(_label_language, bank.content.declared.languages))
    passages = read_passage_texts(bank.content, bank.folders)
    what = _("A pair of exhibits") if draft.what == "exhibit" else _("A new question")
    say(
        _(
            "{what} for the bank in {places}. Nothing is written until you confirm.\n  Enter    takes what stands in brackets\n  <        goes back a step\n  Ctrl-C   leaves; what you typed is saved for next time",
            what=what,
            places=tuple(map(display_path, bank.folders)),
        )
        if is_interactive()
        else _(
            "{what} for the bank in {places}. Nothing is written until you confirm.\n  an empty line   takes what stands in brackets\n  <               goes back a step",
            what=what,
            places=tuple(map(display_path, bank.folders)),
        )
    )
    interview = _start_interview(bank.content, draft, passages)
    try:
        if stored_draft := _offer_draft(bank.folders, draft.what, replies):
            draft = stored_draft
            interview = _start_interview(bank.content, stored_draft, passages)
            interview.replay_typed_lines(stored_draft.lines)
            _print_entry_so_far(interview)
        location = _run_interview(interview, bank, replies)
    except _InputEndedError:
        _report_not_written(interview, draft)
        return 128 + replies.signal if replies.signal else 1
    except BaseException:  # the terminal or a file fails, or a signal comes between two answers
        _save_draft(interview, draft)
        raise
    if is_interactive():
        delete_draft()
    say(_("written: {where}", where=location))
    return 0


def _start_interview(bank: Bank, draft: StoredDraft, passages: Mapping[str, str]) -> "Interview":
    """Return an interview that asks for what a draft is: a question of its topic, kind and level, or a pair of twins."""
    from quizgen.author.exhibit_interview import ExhibitInterview
    from quizgen.author.interview import Interview

    return (ExhibitInterview if draft.what == "exhibit" else Interview)(
        bank, draft.topic, draft.kind, draft.level, reader_language(), draft.audience, passages
    )


def read_editable_bank(folders: Sequence[Path]) -> EditableBank:
    """Read a question bank to which questions are added. Raises QuizgenError if the bank has a problem."""
    analysis = analyse_bank(folders)
    bank = analysis.bank
    if bank is None:
        raise QuizgenError(analysis.findings.problems)
    paths = [path for folder in folders for path in ([folder] if folder.is_file() else folder.iterdir())]
    return EditableBank(
        folders,
        bank,
        analysis.files,
        {display_path(path): path for path in reversed(paths)},
        {topic: document.name for topic, document in analysis.topics.items()},
    )


def _check_options(bank: Bank, topic: str, kind: str, level: str) -> None:
    """Raise MisuseError if the topic, kind or level does not exist, or if the bank has no exhibit for the kind."""
    from quizgen.assemble import Recipe, select_questions
    from quizgen.author.ids import suitable_exhibits
    from quizgen.kinds import KINDS

    topics, kinds, levels = (tuple(filter(None, [each])) for each in (topic, kind, level))
    select_questions(bank, Recipe(topics=topics, kinds=kinds, levels=levels, audience="all"))
    if kind and KINDS[kind].needs_exhibit and not suitable_exhibits(bank, KINDS[kind]):
        raise MisuseError(
            problem(
                _("the bank has no exhibit that suits a question of the kind {kind}"),
                _("write one first, in the file of its topic"),
                kind=kind,
            )
        )


def _run_interview(interview: "Interview", bank: EditableBank, replies: Replies) -> str:
    """Ask until the question is complete and the author wants to write it; return the place where it is written, as ``file:line``."""
    while True:
        while interview.step:
            topic = interview.topic
            _ask_step(interview, replies)
            if interview.topic not in ("", topic):
                bank.file_of(interview.topic)  # check this before the author types the whole question
        original = bank.file_of(interview.topic)
        edited_file = _insert_and_preview(interview, bank, original, replies)
        while True:
            line = _read_line(_in_reader_language(_("Write it? (y or n, or < to go back)")), replies)
            if line == "<":
                interview.go_back()
                break
            if parse_yes_or_no(line):
                return _write_topic_file(bank.paths[original.name], original, edited_file)
            if parse_yes_or_no(line) is False:
                raise _InputEndedError


def _ask_step(interview: "Interview", replies: Replies) -> None:
    """Ask for one step of the interview, until the reply is valid or the author goes back."""
    from quizgen.author.interview import GO_BACK, InvalidAnswerError

    step = interview.step
    assert step  # noqa: S101  seen to by the caller
    _print_lines(step.lines_before)
    while True:
        line = _read_line(interview.prompt, replies, can_be_empty=interview.is_empty_reply_valid)
        if line == GO_BACK:
            interview.go_back()
            return
        try:
            interview.reply(line)
        except InvalidAnswerError as refused:
            _print_lines(refused.reasons)
        else:
            return


def _read_line(prompt: str, replies: Replies, *, can_be_empty: bool = False) -> str:
    """Show a prompt, wait for a line, and return it without spaces at its ends.

    An empty line is returned only if it ``can_be_empty``. Otherwise the author is asked again at a terminal.
    Raises _InputEndedError if the author leaves or the input ends.
    """
    while True:
        _print_lines(["", prompt])
        line = replies()
        if line is not None and (can_be_empty or line.strip()):
            return line.strip()
        if line is None or not is_interactive():
            raise _InputEndedError
        _print_lines([_in_reader_language(_("this needs an answer; press Ctrl-C to leave"))])


def _insert_and_preview(
    interview: "Interview", bank: EditableBank, original: RawFile, replies: Replies
) -> RawFile:
    """Insert the question into its file in memory, show it, and return the edited file.

    It is shown as YAML, as in a quiz, and with the findings of the lint rules.
    """
    from quizgen.author.insert import detect_layout, insert_entries
    from quizgen.author.question_yaml import entry_yaml_lines

    entries = {section: each for section, each in interview.new_entries.items() if each}
    question_ids = [f"{interview.topic}/{each['id']}" for each in entries["questions"]]
    edited_file = original
    shown: list[str] = []
    for section, new in entries.items():
        layout = detect_layout(original, section)
        shown += [line for entry in new for line in entry_yaml_lines(section, entry, layout)]
        edited_file = insert_entries(edited_file, section, new)
    _print_lines(
        ["", _in_reader_language(_("In {file}:", file=original.name)), "", *shown],
        are_wrapped=False,
    )
    with progress(1) as report_progress:
        analysis = analyse_bank(
            bank.folders, lambda share: report_progress(share / 2), edited_files=[edited_file]
        )
        new_bank = analysis.bank
        if new_bank is None:
            raise QuizgenError(analysis.findings.problems)
        # Findings on the whole bank are shown too, because these questions may cause them.
        new_analysis = analysis._replace(own=frozenset(question_ids))
        findings = run_lint(new_analysis, lambda share: report_progress((1 + share) / 2))
    for language in dict.fromkeys(map(_label_language, new_bank.declared.languages)):
        _show_in_quiz(new_bank, question_ids, language, replies)
    language = reader_language()
    lines = [each.translated(language) for each in findings if not each.reason]
    _print_lines(
        [
            "",
            *(lines or [_in_reader_language(_("No problems, and the rules of item writing find nothing."))]),
        ],
        are_wrapped=False,
    )
    return edited_file


def _label_language(tag: str) -> str:
    """Return the language of the labels beside a text: that of the text if quizgen speaks it, or else the language of the user."""
    return tag if tag in LANGUAGES else reader_language()


def _show_in_quiz(bank: Bank, question_ids: Sequence[str], language: str, replies: Replies) -> None:
    """Show questions and their explanations as a quiz does."""
    from quizgen.assemble import Recipe, assemble
    from quizgen.attempt import Attempt
    from quizgen.screen import lines
    from quizgen.view.feedback import build_feedback_view
    from quizgen.view.question import build_question_view

    shown = choose_display(replies, plain=False)
    for question_id in question_ids:
        quiz = assemble(bank, Recipe(questions=(question_id,)), 0, language)
        attempt = Attempt(quiz=quiz, started=0.0)
        shown.show_lines(lines.question_lines(build_question_view(attempt, 0), language))
        shown.show_lines(lines.feedback_lines(build_feedback_view(attempt.answer(None, 0.0), 0), language))


def _write_topic_file(path: Path, original_file: RawFile, edited_file: RawFile) -> str:
    """Write the file with the new question; return the place of the question as ``file:line``.

    Raises QuizgenError if somebody has changed the file since it was read.
    """
    check_unchanged(path, original_file, _("add the entry shown above by hand, or start again"))
    write_files({path: edited_file.raw}, force=True)
    old_lines, new_lines = original_file.raw.splitlines(), edited_file.raw.splitlines()
    pairs = enumerate(zip(old_lines, new_lines, strict=False))
    line = next((index for index, (one, other) in pairs if one != other), len(old_lines))
    while not new_lines[line].strip():
        line += 1
    return f"{edited_file.name}:{line + 1}"


def check_unchanged(path: Path, original: RawFile, hint: Message) -> None:
    """Raise QuizgenError with this hint if somebody has changed a file since it was read."""
    try:
        unchanged = path.read_bytes() == original.raw
    except OSError:
        unchanged = False
    if not unchanged:
        raise QuizgenError(
            problem(
                _("this file was changed in the meantime, so nothing is written"), hint, file=original.name
            )
        )


def _offer_draft(folders: Sequence[Path], what: str, replies: Replies) -> StoredDraft | None:
    """Ask whether to continue the unfinished question that is saved, if any.

    Return it, or delete it if the answer is no.
    """
    draft = read_draft(folders) if is_interactive() else None
    if not draft or draft.what != what:
        return None
    while True:
        _print_lines(
            [
                "",
                _in_reader_language(
                    _(
                        "You left a question for this bank unfinished ({count} lines). Continue it? (y/n)",
                        count=len(draft.lines),
                    )
                ),
            ]
        )
        line = replies()
        if line is None:
            raise _InputEndedError
        if (wants_it := parse_yes_or_no(line)) is not None:
            if not wants_it:
                delete_draft()
            return draft if wants_it else None


def _report_not_written(interview: "Interview", draft: StoredDraft) -> None:
    """Print that nothing is written, and save and print the unfinished question, so that no work is lost."""
    say(_("nothing is written"), err=True)
    _save_draft(interview, draft)
    _print_entry_so_far(interview)


def _save_draft(interview: "Interview", draft: StoredDraft) -> None:
    """Save the unfinished question for the next time, and print whether that worked."""
    lines = interview.typed or draft.lines
    if is_interactive() and lines:
        try:
            write_draft(replace(draft, lines=lines))
        except QuizgenError as error:
            for each in error.problems:
                say(each, err=True)
        else:
            say(
                _("What you typed is saved; `quizgen bank new exhibit` offers it next time.")
                if draft.what == "exhibit"
                else _("What you typed is saved; `quizgen bank new` offers it next time."),
                err=True,
            )


def _print_entry_so_far(interview: "Interview") -> None:
    """Print the part of the question that the author has answered, as YAML."""
    from quizgen.author.question_yaml import ListLayout, question_yaml_lines

    if interview.step and {"stem", "exhibit"} & interview.entry.keys():
        _print_lines(
            ["", _in_reader_language(_("So far:")), "", *question_yaml_lines(interview.entry, ListLayout())],
            are_wrapped=False,
        )


def _in_reader_language(message: Message) -> str:
    """Return a message in the language of the user."""
    return message.translated(reader_language())


def _print_lines(lines: Iterable[str], *, are_wrapped: bool = True) -> None:
    """Print lines. Without ``are_wrapped``, lines stay whole, so that they can be copied."""
    for line in lines:
        (echo if are_wrapped else typer.echo)(line)
