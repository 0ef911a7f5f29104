"""``quizgen import``: add the questions of another program's file to a question bank."""

from collections.abc import Container, Mapping
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from quizgen.bank.files import RawFile, display_path
from quizgen.cli import completion
from quizgen.cli.options import OwnBankOption
from quizgen.cli.output import check_writable, reader_language, say, write_files
from quizgen.errors import MisuseError, Problem, QuizgenError, problem, suggest_nearest
from quizgen.files import read_file
from quizgen.model import Bank, Declaration, Topic
from quizgen.text.messages import N_, Message, _, ngettext

if TYPE_CHECKING:
    from quizgen.author.importing import Importer
    from quizgen.formats.reading import ReadResult


def import_(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            autocompletion=completion.complete_read_formats,
            help=N_(
                "The format: {read-formats}; or drafts (questions that somebody or a language model has written for you, as `quizgen bank brief` asks)."
            ),
        ),
    ],
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=N_("The file to read; csv also takes a spreadsheet (.xlsx).")),
    ],
    bank: OwnBankOption = None,
    topic: Annotated[
        str,
        typer.Option(
            "--topic",
            "-t",
            metavar="TOPIC",
            autocompletion=completion.complete_topics,
            help=N_(
                "The topic for all the questions; by default the topic that each question names in the file."
            ),
        ),
    ] = "",
    skip: Annotated[
        bool, typer.Option("--skip", help=N_("Leave out questions that cannot be imported."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("With drafts: only say what is wrong; change nothing."))
    ] = False,
) -> None:
    """Add the questions of another program's file to the user's own question bank.

    Without ``--skip``, a problem stops it all.
    """
    from quizgen.author.importing import Importer
    from quizgen.author.insert import insert_questions
    from quizgen.author.new_bank import empty_topic_file
    from quizgen.bank import read_declaration
    from quizgen.cli.editable_bank import read_editable_bank
    from quizgen.cli.import_drafts import DRAFTS, import_drafts
    from quizgen.cli.whole_bank import import_whole_bank
    from quizgen.formats import BANK_FORMATS

    if form != DRAFTS:
        check_format(form)
    if not bank or len(bank) > 1:
        raise MisuseError(
            problem(
                _("questions are imported into one bank of your own"),
                _("name it with --bank, or create one with `quizgen bank init`"),
            )
        )
    (folder,) = bank
    if form == DRAFTS:
        import_drafts(file, folder, topic, dry_run=dry_run)
        return
    if dry_run:
        raise MisuseError(problem(_("--dry-run is for drafts only"), _("leave it out")))
    if form in BANK_FORMATS:
        if topic or skip:
            raise MisuseError(
                problem(_("a whole bank is imported as it is"), _("leave out --topic and --skip"))
            )
        import_whole_bank(form, file, folder)
        return
    _check_bank_accepts_imports(read_declaration([folder]), folder)
    own = read_editable_bank([folder])
    if topic:
        own.check_topic(topic)
    (language,) = own.content.declared.languages
    importer = Importer(own.content, topic)
    imported = _convert_questions(_read_questions(form, file, language), importer, file, skip=skip)
    files: dict[Path, bytes] = {}
    for id_, entries in imported.entries.items():
        if id_ in own.topics:
            before = own.file_of(id_)
            path = own.paths[before.name]
        else:
            path = folder / _unused_file_name(id_, {each.name for each in folder.iterdir()})
            check_writable(path, force=False)
            before = RawFile(
                display_path(path), empty_topic_file(id_, {language: importer.titles[id_]}, reader_language())
            )
        files[path] = insert_questions(before, *entries).raw
    write_files(files, force=True)
    imported.say(display_path(folder))


class ImportResult(NamedTuple):
    """What an import made: entries for the question bank, by topic.

    ``count_left_out`` counts the questions that were left out, and ``count_with_source`` those that name a
    source, which is not imported. ``unread`` are messages on other content of the file that was not read.
    ``files`` are the files of a new question bank.
    """

    entries: dict[str, list[dict[str, Any]]]
    count_left_out: int
    count_with_source: int
    unread: tuple[Message, ...] = ()
    files: Mapping[str, bytes] = MappingProxyType({})

    def say(self, folder: str) -> None:
        """Print what was imported into a folder, and what was not."""
        total = sum(map(len, self.entries.values()))
        say(
            _(
                "{folder}: {questions} imported into {topics}",
                folder=folder,
                questions=ngettext("{count} question", "{count} questions", total),
                topics=tuple(self.entries),
            )
        )
        if self.count_left_out:
            say(
                ngettext(
                    "left out 1 question that cannot be imported",
                    "left out {count} questions that cannot be imported",
                    self.count_left_out,
                ),
                err=True,
            )
        if self.count_with_source:
            say(
                ngettext(
                    "1 question names its source; this is not imported, because a bank keeps sources with facts",
                    "{count} questions name their sources; these are not imported, because a bank keeps sources with facts",
                    self.count_with_source,
                ),
                err=True,
            )
        for each in self.unread:
            say(each, err=True)


def import_into_new_bank(
    files: Mapping[str, bytes], declaration: Declaration, form: str, file: Path, *, skip: bool
) -> ImportResult:
    """Add the questions of another program's file to the files of a new question bank.

    Returns the files by name; a topic without questions gets no file. Raises MisuseError and QuizgenError as
    ``import`` does.
    """
    from quizgen.author.importing import Importer
    from quizgen.author.insert import insert_questions
    from quizgen.author.new_bank import FIRST_TOPIC, empty_topic_file

    check_format(form)
    if len(declaration.languages) > 1:
        raise MisuseError(
            problem(
                _(
                    "the texts of this bank are in {languages:both}, but an imported file has only one language"
                ),
                _("name one language with --languages"),
                languages=declaration.languages,
            )
        )
    (language,) = declaration.languages
    first_topic = Topic(FIRST_TOPIC, {language: FIRST_TOPIC})
    importer = Importer(Bank({}, {first_topic.id: first_topic}, {}, {}, declared=declaration))
    imported = _convert_questions(_read_questions(form, file, language), importer, file, skip=skip)
    first_file = f"{FIRST_TOPIC}.yaml"
    new_files = {name: data for name, data in files.items() if name != first_file}
    for id_, entries in imported.entries.items():
        name = first_file if id_ == FIRST_TOPIC else _unused_file_name(id_, new_files)
        if importer.titles[id_] == FIRST_TOPIC:
            empty = files[first_file]
        else:
            empty = empty_topic_file(id_, {language: importer.titles[id_]}, reader_language())
        new_files[name] = insert_questions(RawFile(name, empty), *entries).raw
    return imported._replace(files=new_files)


def _unused_file_name(topic: str, names: Container[str]) -> str:
    """Return a name for the file of a new topic that is not one of ``names``."""
    return next(name for at in count() if (name := f"{topic}{'-topic' * at}.yaml") not in names)


def check_format(form: str) -> None:
    """Raise MisuseError if a format cannot be imported."""
    from quizgen.formats import BANK_FORMATS, readers_by_format

    formats = (*readers_by_format(), *BANK_FORMATS)
    if form not in formats:
        hint = suggest_nearest(form, formats) or _("use {formats:either}", formats=formats)
        raise MisuseError(problem(_("{asked!r} is not a format that can be imported"), hint, asked=form))


def _check_bank_accepts_imports(declaration: Declaration, folder: Path) -> None:
    """Raise QuizgenError if a question bank requires what imported questions lack, such as facts or a second language."""
    if len(declaration.languages) > 1:
        languages = declaration.languages
        raise QuizgenError(
            problem(
                _(
                    "the texts of this bank are in {languages:both}, but an imported file has only one language"
                ),
                _(
                    "create a bank in the file's language (`quizgen bank init FOLDER --languages LANG --from FORMAT FILE`), translate it, and move its files here"
                ),
                languages=languages,
                file=display_path(folder),
            )
        )
    if "facts" not in declaration.optional:
        raise QuizgenError(
            problem(
                _("every question in this bank must be based on facts, but such a file has none"),
                _(
                    "add `optional: [facts, rationale]` to its bank.yaml, or create another bank with `quizgen bank init`"
                ),
                file=display_path(folder),
            )
        )


def _read_questions(form: str, file: Path, language: str) -> "ReadResult":
    """Read the questions of a file, whose texts are in a language.

    Raises QuizgenError if the file is not in the format.
    """
    from quizgen.cli.child_process import run_in_child
    from quizgen.formats import readers_by_format
    from quizgen.formats.reading import MAX_BYTES

    data = read_file(file, MAX_BYTES, _("export it in parts"))
    return run_in_child(display_path(file), readers_by_format()[form], data, language, display_path(file))


def _convert_questions(
    reading: "ReadResult", importer: "Importer", file: Path, *, skip: bool
) -> ImportResult:
    """Convert questions to entries for the question bank, by topic.

    Unless ``skip`` is set, raises QuizgenError with the problems of each question and its line. Also raises it
    if no question is left.
    """
    name = display_path(file)
    problems: list[Problem] = [
        problem(
            _("{why}"),
            _("change it in the file, or leave such questions out with --skip"),
            why=why,
            file=name,
            line=line,
        )
        for line, why in reading.refused
    ]
    left_out = len(reading.refused)
    entries: dict[str, list[dict[str, Any]]] = {}
    for question in reading.questions:
        diagnostics = importer.find_problems(question)
        problems += (problem(each.what, each.hint, file=name, line=question.line) for each in diagnostics)
        left_out += bool(diagnostics)
        if not diagnostics:
            topic, entry = importer.convert(question)
            entries.setdefault(topic, []).append(entry)
    if problems and not skip:
        raise QuizgenError(sorted(problems))
    if not entries:
        raise QuizgenError(
            problem(
                _("it has no question that can be imported"),
                _("run the command without --skip to see why"),
                file=name,
            )
        )
    sourced = sum(question.sourced for question in reading.questions)
    return ImportResult(entries, left_out, sourced, reading.unread)
