"""Import a whole bank from a table or from JSON: with its sources, facts, exhibits and all else that a bank can hold."""

from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.bank import read_file_data
from quizgen.bank.files import RawFile, display_path
from quizgen.cli.child_process import run_in_child
from quizgen.cli.output import reader_language, say
from quizgen.cli.passage_texts import read_passage_texts
from quizgen.errors import Problem
from quizgen.files import read_file
from quizgen.text.messages import Message, _, ngettext
from quizgen.text.tidy import tidy_data

if TYPE_CHECKING:
    from quizgen.author.incoming import IncomingFile
    from quizgen.cli.editable_bank import EditableBank


def read_whole_bank(
    form: str, file: Path, own: "EditableBank | None" = None
) -> "tuple[list[IncomingFile], list[Problem]]":
    """Return the files of the bank that is in a file of one of the ``BANK_FORMATS``, and the problems of a table's cells.

    ``own`` is the bank that it goes into, if there is one. Raises QuizgenError with all problems of the file's form.
    """
    from quizgen.formats.bank_json import read_bank_json
    from quizgen.formats.bank_table import ExistingBank, read_bank_sheets
    from quizgen.formats.reading import MAX_BYTES
    from quizgen.formats.tables import read_workbook

    data, name = read_file(file, MAX_BYTES, _("export it in parts")), display_path(file)
    if form == "json":
        return read_bank_json(data, name), []
    sheets = run_in_child(name, read_workbook, data, name)
    if own is None:
        incoming, problems = read_bank_sheets(sheets, name, (reader_language(),))
    else:
        existing = ExistingBank(own.content.questions, read_file_data(own.folders))
        incoming, problems = read_bank_sheets(sheets, name, own.content.declared.languages, existing)
    return [file._replace(data=tidy_data(file.data)) for file in incoming], problems


def import_whole_bank(form: str, file: Path, folder: Path) -> None:
    """Add what a table or JSON holds to a bank, and replace the entries that it has already. Say what changed."""
    from quizgen.author.incoming import join_problems, update_bank
    from quizgen.author.own_words import find_fact_problems
    from quizgen.cli.editable_bank import read_editable_bank

    own, shown = read_editable_bank([folder]), display_path(folder)
    own.check_is_folder()
    incoming, problems = read_whole_bank(form, file, own)
    if form == "table":
        texts = read_passage_texts(own.content, [folder])
        problems = join_problems(problems, find_fact_problems(incoming, texts))
    update = update_bank(shown, list(own.files.values()), incoming, problems)
    own.write({name: RawFile(name, data) for name, data in update.files.items()})
    say(
        _(
            "{folder}: {added}, {changed}",
            folder=shown,
            added=_added_message(update.added),
            changed=_changed_message(update.changed),
        )
        if update.files
        else _("{folder}: nothing has changed", folder=shown)
    )


def _added_message(count: int) -> Message:
    return ngettext("1 entry added", "{count} entries added", count)


def _changed_message(count: int) -> Message:
    return ngettext("1 changed", "{count} changed", count)
