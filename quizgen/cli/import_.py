"""``quizgen import``: add the questions of another program's file to a bank."""

from collections.abc import Container, Mapping
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from quizgen.bank.files import RawFile, display_path
from quizgen.cli import completion
from quizgen.cli.output import check_writable, reader_language, say, write_files
from quizgen.errors import MisuseError, Problem, QuizgenError, nearest, problem
from quizgen.files import read_file
from quizgen.model import Bank, Declaration, Topic
from quizgen.text.messages import N_, Message, _, ngettext

if TYPE_CHECKING:
    from quizgen.author.plain import Importer
    from quizgen.export.reading import ReadResult


def import_(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT", autocompletion=completion.read_formats, help=N_("The format: {read-formats}.")
        ),
    ],
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=N_("The file to read; csv also takes a spreadsheet (.xlsx).")),
    ],
    bank: Annotated[
        list[Path] | None,
        typer.Option("--bank", metavar="FOLDER", is_eager=True, help=N_("The folder of your question bank.")),
    ] = None,
    topic: Annotated[
        str,
        typer.Option(
            "--topic",
            "-t",
            metavar="TOPIC",
            autocompletion=completion.topics,
            help=N_(
                "The topic for all the questions; by default the topic that each question names in the file."
            ),
        ),
    ] = "",
    skip: Annotated[
        bool, typer.Option("--skip", help=N_("Leave out questions that cannot be imported."))
    ] = False,
) -> None:
    """Put the questions of another program's file into a bank of your own.

    What cannot be taken is named, line by line, and then nothing is written, unless --skip leaves it out.
    """
    from quizgen.author.beginning import topic_file
    from quizgen.author.insert import insert_questions
    from quizgen.author.plain import Importer
    from quizgen.bank import read_declaration
    from quizgen.cli.bank_new import editable_bank

    check_format(form)
    if not bank or len(bank) > 1:
        raise MisuseError(
            problem(
                _("questions are imported into one bank of your own"),
                _("name it with --bank, or create one with `quizgen bank init`"),
            )
        )
    (folder,) = bank
    _refuse_strict_bank(read_declaration([folder]), folder)
    own = editable_bank([folder])
    if topic and topic not in own.content.topics:
        hint = nearest(topic, own.content.topics) or _("there are {ids}", ids=tuple(own.content.topics))
        raise MisuseError(problem(_("no {what} {asked!r}"), hint, what=_("topic"), asked=topic))
    (language,) = own.content.declared.languages
    importer = Importer(own.content, topic)
    imported = _convert(_read(form, file, language), importer, file, skip=skip)
    files: dict[Path, bytes] = {}
    for id_, entries in imported.entries.items():
        if id_ in own.topics:
            before = own.file_of(id_)
            path = own.paths[before.name]
        else:
            path = folder / _free_file_name(id_, {each.name for each in folder.iterdir()})
            check_writable(path, force=False)
            before = RawFile(
                display_path(path), topic_file(id_, {language: importer.titles[id_]}, reader_language())
            )
        files[path] = insert_questions(before, *entries).raw
    write_files(files, force=True)
    imported.say(display_path(folder))


class ImportResult(NamedTuple):
    """The result of an import: entries by topic, and the number of questions left out and of those that name a source.

    ``unread`` lists other content of the file that was not read. ``files`` are those of a new bank.
    """

    entries: dict[str, list[dict[str, Any]]]
    left_out: int
    sourced: int
    unread: tuple[Message, ...] = ()
    files: Mapping[str, bytes] = MappingProxyType({})

    def say(self, folder: str) -> None:
        """Print what was imported into a folder, what was not, and that sources are not imported."""
        total = sum(map(len, self.entries.values()))
        say(
            _(
                "{folder}: {questions} imported into {topics}",
                folder=folder,
                questions=ngettext("{count} question", "{count} questions", total),
                topics=tuple(self.entries),
            )
        )
        if self.left_out:
            say(
                ngettext(
                    "left out 1 question that cannot be imported",
                    "left out {count} questions that cannot be imported",
                    self.left_out,
                ),
                err=True,
            )
        if self.sourced:
            say(
                ngettext(
                    "1 question names its source; this is not imported, because a bank keeps sources with facts",
                    "{count} questions name their sources; these are not imported, because a bank keeps sources with facts",
                    self.sourced,
                ),
                err=True,
            )
        for each in self.unread:
            say(each, err=True)


def fill_new_bank(
    files: Mapping[str, bytes], declared: Declaration, form: str, file: Path, *, skip: bool
) -> ImportResult:
    """Return the files of a new bank, by name, with the questions of a file; topics without questions are left out.

    Raises MisuseError and QuizgenError as ``import`` does.
    """
    from quizgen.author.beginning import FIRST_TOPIC, topic_file
    from quizgen.author.insert import insert_questions
    from quizgen.author.plain import Importer

    check_format(form)
    if len(declared.languages) > 1:
        raise MisuseError(
            problem(
                _(
                    "the texts of this bank are in {languages:both}, but an imported file has only one language"
                ),
                _("name one language with --languages"),
                languages=declared.languages,
            )
        )
    (language,) = declared.languages
    first = Topic(FIRST_TOPIC, {language: FIRST_TOPIC})
    importer = Importer(Bank({}, {first.id: first}, {}, {}, declared=declared))
    imported = _convert(_read(form, file, language), importer, file, skip=skip)
    own = f"{FIRST_TOPIC}.yaml"
    result = {name: data for name, data in files.items() if name != own}
    for id_, entries in imported.entries.items():
        name = own if id_ == FIRST_TOPIC else _free_file_name(id_, result)
        if importer.titles[id_] == FIRST_TOPIC:
            empty = files[own]
        else:
            empty = topic_file(id_, {language: importer.titles[id_]}, reader_language())
        result[name] = insert_questions(RawFile(name, empty), *entries).raw
    return imported._replace(files=result)


def _free_file_name(topic: str, names: Container[str]) -> str:
    """Return a name for the file of a new topic that is not in use, since ``bank.yaml`` and the like may exist."""
    return next(name for at in count() if (name := f"{topic}{'-topic' * at}.yaml") not in names)


def check_format(form: str) -> None:
    """Raise MisuseError for a format that cannot be read."""
    from quizgen.export import readers_by_format

    if form not in readers_by_format():
        hint = nearest(form, readers_by_format()) or _(
            "use {formats:either}", formats=tuple(readers_by_format())
        )
        raise MisuseError(problem(_("{asked!r} is not a format that can be imported"), hint, asked=form))


def _refuse_strict_bank(declared: Declaration, folder: Path) -> None:
    """Raise QuizgenError for a bank that requires more of each question than files of other programs have."""
    if len(declared.languages) > 1:
        languages = declared.languages
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
    if "facts" not in declared.optional:
        raise QuizgenError(
            problem(
                _("every question in this bank must be based on facts, but such a file has none"),
                _(
                    "add `optional: [facts, rationale]` to its bank.yaml, or create another bank with `quizgen bank init`"
                ),
                file=display_path(folder),
            )
        )


def _read(form: str, file: Path, language: str) -> "ReadResult":
    """Read a file, whose texts are in a language; raises QuizgenError for one that is not in the format."""
    from quizgen.cli.child_process import read_in_child
    from quizgen.export import readers_by_format
    from quizgen.export.reading import MAX_BYTES

    data = read_file(file, MAX_BYTES, _("export it in parts"))
    return read_in_child(display_path(file), readers_by_format()[form], data, language, display_path(file))


def _convert(reading: "ReadResult", importer: "Importer", file: Path, *, skip: bool) -> ImportResult:
    """Convert questions to entries, by topic.

    Raises QuizgenError with the problems of each question, by its line, unless ``skip`` is set, and if none is left.
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
        wrong = importer.problems(question)
        problems += (problem(each.what, each.hint, file=name, line=question.line) for each in wrong)
        left_out += bool(wrong)
        if not wrong:
            topic, entry = importer.take(question)
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
