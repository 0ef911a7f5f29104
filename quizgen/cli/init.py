"""``quizgen bank init``: a bank of one's own, ready for its first question."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import typer

from quizgen.author.beginning import new_bank, words_for
from quizgen.cli.folder import WholeFolder
from quizgen.cli.importing import filled
from quizgen.cli.output import reader_language, say
from quizgen.errors import MisuseError, problem
from quizgen.model import OPTIONAL, Declaration
from quizgen.text.languages import LANGUAGES, TAG
from quizgen.text.messages import message


def init(
    folder: Path,
    languages: Sequence[str],
    title: str,
    taken_from: tuple[str, Path] | None = None,
    *,
    skip: bool = False,
) -> None:
    """Make a bank in a folder, and say how to go on; with the questions of a file, by its format, if one is given.

    Raises MisuseError for what is no tag of a language, and QuizgenError for a folder that is not empty or cannot be
    written, and for a file that cannot be taken as ``import`` does; then nothing is.
    """
    reader = reader_language()
    tags = tuple(dict.fromkeys(map(_tag, languages))) or (reader,)
    target = WholeFolder(folder, if_full="files.name-empty")
    titles = {tag: title or message(words_for(tag, reader), "init.title") for tag in tags}
    declared = Declaration(tags, OPTIONAL, titles)
    files = new_bank(declared, reader)
    if taken_from is None:
        target.write(files)
    else:
        imported = filled(files, declared, *taken_from, skip=skip)
        target.write(imported.files)
        imported.say(str(folder))
    say("init.done", folder=str(folder), languages=tags)
    for command in (("bank", "new"), ("take",)):
        typer.echo(f"  {shlex.join(['quizgen', *command, '--bank', str(folder)])}")


def _tag(asked: str) -> str:
    """Read a tag; one of ours is spelt as ours is."""
    if not re.fullmatch(TAG, asked, re.IGNORECASE):
        raise MisuseError(problem("init.no-tag", "init.write-tag", asked=asked))
    language, *rest = asked.split("-")
    spelt = "-".join([language.lower(), *rest])
    return next((tag for tag in LANGUAGES if tag.lower() == spelt.lower()), spelt)
