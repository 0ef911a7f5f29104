"""``quizgen bank init``: create a question bank that is ready for its first question."""

import re
import shlex
from pathlib import Path
from typing import Annotated

import typer

from quizgen.author.incoming import new_bank_of
from quizgen.author.new_bank import label_language_of_text, new_bank_files
from quizgen.bank import read_declaration
from quizgen.cli import completion
from quizgen.cli.folder import check_folder, write_folder
from quizgen.cli.import_ import import_into_new_bank
from quizgen.cli.output import reader_language, say
from quizgen.cli.whole_bank import read_whole_bank
from quizgen.errors import MisuseError, problem
from quizgen.formats import BANK_FORMATS
from quizgen.model import OPTIONAL_KEYS, Declaration
from quizgen.text.languages import LANGUAGES, TAG
from quizgen.text.messages import N_, _

IF_NOT_EMPTY = _("name a folder that does not exist yet or is empty")


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help=N_("The folder to create, such as my-bank."))
    ],
    languages: Annotated[
        str,
        typer.Option(
            "--languages",
            metavar="TAG,…",
            autocompletion=completion.complete_languages,
            help=N_(
                "The languages that every text must have, with commas between them, such as en or en,fr."
            ),
        ),
    ] = "",
    title: Annotated[
        str,
        typer.Option(
            "--title",
            metavar="TEXT",
            help=N_('The title to print on its quizzes, such as "Chemistry, year 8".'),
        ),
    ] = "",
    import_from: Annotated[
        tuple[str, Path] | None,
        typer.Option(
            "--from",
            metavar="FORMAT FILE",
            help=N_(
                "Start with questions from another program's file: first its format, then the file. Formats: {read-formats}."
            ),
        ),
    ] = None,
    skip: Annotated[
        bool, typer.Option("--skip", help=N_("Leave out questions that cannot be imported."))
    ] = False,
) -> None:
    """Create a question bank of the user's own in a new folder.

    Texts are in the user's language, unless ``languages`` names other languages. Questions may have a source and a
    reason, but do not need them. With ``--from``, it starts with the questions of another program's file.
    """
    reader = reader_language()
    if import_from and import_from[0] in BANK_FORMATS:
        if languages or title or skip:
            what = _("a whole bank brings its own languages and title, and is imported as it is")
            raise MisuseError(problem(what, _("leave out --languages, --title and --skip")))
        check_folder(folder, hint_if_not_empty=IF_NOT_EMPTY)
        incoming, problems = read_whole_bank(*import_from)
        write_folder(folder, new_bank_of(incoming, problems), hint_if_not_empty=IF_NOT_EMPTY)
        _say_created(folder, read_declaration([folder]).languages)
        return
    tags = parse_language_tags(languages) or (reader,)
    check_folder(folder, hint_if_not_empty=IF_NOT_EMPTY)
    titles = {tag: title.strip() or _("Quiz").translated(label_language_of_text(tag, reader)) for tag in tags}
    declared = Declaration(tags, OPTIONAL_KEYS, titles)
    files = new_bank_files(declared, reader)
    if import_from is None:
        write_folder(folder, files, hint_if_not_empty=IF_NOT_EMPTY)
    else:
        imported = import_into_new_bank(files, declared, *import_from, skip=skip)
        write_folder(folder, imported.files, hint_if_not_empty=IF_NOT_EMPTY)
        imported.say(str(folder))
    _say_created(folder, tags)


def _say_created(folder: Path, languages: tuple[str, ...]) -> None:
    """Say that a bank was created, and how to continue."""
    say(_("{folder}: created a bank in {languages}; continue with", folder=str(folder), languages=languages))
    for command in (("bank", "new", "single"), ("take",)):
        typer.echo(f"  {shlex.join(['quizgen', *command, '--bank', str(folder)])}")


def parse_language_tags(typed_text: str) -> tuple[str, ...]:
    """Return the languages in a list with commas. Raises MisuseError if one is not a tag."""
    return tuple(
        dict.fromkeys(_parse_language_tag(tag.strip()) for tag in typed_text.split(",") if tag.strip())
    )


def _parse_language_tag(typed_text: str) -> str:
    """Return a language tag as quizgen spells it: ``zh-Hans`` for ``ZH-hans``. Raises MisuseError if it is not a tag."""
    if not re.fullmatch(TAG, typed_text, re.IGNORECASE):
        raise MisuseError(
            problem(
                _("{asked!r} is not a language tag"),
                _("write tags such as en, zh-Hans or pt-BR, separated by commas"),
                asked=typed_text,
            )
        )
    language, *rest = typed_text.split("-")
    spelt = "-".join([language.lower(), *rest])
    return next((tag for tag in LANGUAGES if tag.lower() == spelt.lower()), spelt)
