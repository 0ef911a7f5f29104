"""Import a whole bank from a table or from JSON: with its sources, facts, exhibits and all else that a bank can hold."""

from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.bank.files import display_path
from quizgen.cli.output import say, write_files
from quizgen.errors import QuizgenError, problem
from quizgen.files import read_file
from quizgen.text.messages import Message, _, ngettext

if TYPE_CHECKING:
    from quizgen.author.incoming import IncomingFile


def read_whole_bank(form: str, file: Path) -> "list[IncomingFile]":
    """Return the files of the bank that is in a file of one of the ``BANK_FORMATS``.

    Raises QuizgenError with all problems of the file's form.
    """
    from quizgen.formats.bank_json import read_bank_json
    from quizgen.formats.reading import MAX_BYTES

    del form
    return read_bank_json(read_file(file, MAX_BYTES, _("export it in parts")), display_path(file))


def import_whole_bank(form: str, file: Path, folder: Path) -> None:
    """Add what a table or JSON holds to a bank, and replace the entries that it has already. Say what changed."""
    from quizgen.author.incoming import update_bank
    from quizgen.cli.bank_new import read_editable_bank

    own, shown = read_editable_bank([folder]), display_path(folder)
    if not folder.is_dir():
        raise QuizgenError(
            problem(_("this is not a folder"), _("name the folder that holds the bank"), file=shown)
        )
    incoming = read_whole_bank(form, file)
    update = update_bank(shown, list(own.files.values()), incoming)
    write_files(
        {own.paths.get(name, folder / Path(name).name): data for name, data in update.files.items()},
        force=True,
    )
    say(
        _(
            "{folder}: {added}, {changed}",
            folder=shown,
            added=_added(update.added),
            changed=_changed(update.changed),
        )
        if update.files
        else _("{folder}: nothing has changed", folder=shown)
    )


def _added(count: int) -> Message:
    return ngettext("1 entry added", "{count} entries added", count)


def _changed(count: int) -> Message:
    return ngettext("1 changed", "{count} changed", count)
