"""``quizgen bank init``: make a new bank, ready for its first question."""

import re
import shlex
from pathlib import Path
from typing import Annotated

import typer

from quizgen.author.beginning import new_bank, our_language_for
from quizgen.cli import completion
from quizgen.cli.folder import check_folder, write_folder
from quizgen.cli.import_ import fill_new_bank
from quizgen.cli.output import reader_language, say
from quizgen.errors import MisuseError, problem
from quizgen.model import OPTIONAL_KEYS, Declaration
from quizgen.text.languages import LANGUAGES, TAG
from quizgen.text.messages import N_, _

IF_NOT_EMPTY = _("name a folder that does not exist yet or is empty")


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help=N_("The folder to create, such as my-talk."))
    ],
    languages: Annotated[
        str,
        typer.Option(
            "--languages",
            metavar="TAG,…",
            autocompletion=completion.languages,
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
            help=N_('The title of its quizzes on paper, such as "Chemistry, year 8".'),
        ),
    ] = "",
    taken_from: Annotated[
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
    """Make a bank of your own in a new folder, ready for its first question.

    In the reader's language unless others are named. Its questions may go without source and reason. With --from it begins
    with those of another program's file.
    """
    reader = reader_language()
    asked = [tag.strip() for tag in languages.split(",") if tag.strip()]
    tags = tuple(dict.fromkeys(map(_parse_tag, asked))) or (reader,)
    check_folder(folder, if_not_empty=IF_NOT_EMPTY)
    titles = {tag: title.strip() or _("Quiz").translated(our_language_for(tag, reader)) for tag in tags}
    declared = Declaration(tags, OPTIONAL_KEYS, titles)
    files = new_bank(declared, reader)
    if taken_from is None:
        write_folder(folder, files, if_not_empty=IF_NOT_EMPTY)
    else:
        imported = fill_new_bank(files, declared, *taken_from, skip=skip)
        write_folder(folder, imported.files, if_not_empty=IF_NOT_EMPTY)
        imported.say(str(folder))
    say(_("{folder}: created a bank in {languages}; continue with", folder=str(folder), languages=tags))
    for command in (("bank", "new"), ("take",)):
        typer.echo(f"  {shlex.join(['quizgen', *command, '--bank', str(folder)])}")


def _parse_tag(asked: str) -> str:
    """Return a language tag, spelt as we spell it if it is one of ours."""
    if not re.fullmatch(TAG, asked, re.IGNORECASE):
        raise MisuseError(
            problem(
                _("{asked!r} is not a language tag"),
                _("write tags such as en, zh-Hans or pt-BR, separated by commas"),
                asked=asked,
            )
        )
    language, *rest = asked.split("-")
    spelt = "-".join([language.lower(), *rest])
    return next((tag for tag in LANGUAGES if tag.lower() == spelt.lower()), spelt)
