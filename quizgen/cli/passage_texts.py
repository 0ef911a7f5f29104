"""The words of the passages of a bank, from the texts that lie beside its files."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizgen.bank.files import display_path
from quizgen.cli.output import print_problems
from quizgen.cli.source import SMALLER_TEXT, read_texts
from quizgen.errors import Problem, QuizgenError
from quizgen.files import read_file
from quizgen.model import Bank

if TYPE_CHECKING:
    from quizgen.source.text import ReadTexts, SourceText

TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf")
"""The ends of the names of files that may have the text of a source."""


class PassageTexts(NamedTuple):
    """The words of each passage of a bank by its full id, and the interviewer's question that it answers; "" if there is none."""

    words: dict[str, str]
    questions: dict[str, str]


def read_passage_texts(bank: Bank, folders: Sequence[Path], texts: Sequence[Path] = ()) -> dict[str, str]:
    """Return the words of each passage of a bank by its full id, or "" if no text has them."""
    return read_passages_with_questions(bank, folders, texts).words


def read_passages_with_questions(
    bank: Bank, folders: Sequence[Path], texts: Sequence[Path] = ()
) -> PassageTexts:
    """Return the words of each passage of a bank, and the interviewer's question that it answers.

    The texts are those that are named and those in the folders of the bank. Raises QuizgenError if a named text
    cannot be read. If one in the folders cannot be read, prints why on stderr and goes on.
    """
    if not bank.sources:
        return PassageTexts({}, {})
    named = [text for _name, text in read_texts(texts)]
    in_folders = chain.from_iterable(map(_text_files, folders))
    found = _read_found_texts([path for path in dict.fromkeys(in_folders) if path not in texts])
    read = {passage.digest: passage for text in [*named, *found] for passage in text.passages}
    digests = {passage.id: passage.digest for source in bank.sources.values() for passage in source.passages}
    return PassageTexts(
        {id_: read[digest].text if digest in read else "" for id_, digest in digests.items()},
        {id_: read[digest].question if digest in read else "" for id_, digest in digests.items()},
    )


def _text_files(folder: Path) -> Iterator[Path]:
    """Yield the texts in the folder of a bank and in its folder of notes."""
    folder = folder if folder.is_dir() else folder.parent
    for each in (folder, folder / "notes"):
        if each.is_dir():
            yield from sorted(path for path in each.iterdir() if path.suffix.lower() in TEXT_SUFFIXES)


def _read_found_texts(paths: Sequence[Path]) -> "Sequence[SourceText]":
    """Read texts that nobody named. Print the problems of those that cannot be read."""
    from quizgen.source.decode import MAX_BYTES

    files: list[tuple[bytes, str]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            files.append((read_file(path, MAX_BYTES, SMALLER_TEXT), display_path(path)))
        except QuizgenError as error:
            problems += error.problems
    read = _read_in_child(files)
    print_problems([*problems, *read.problems], err=True)
    return read.texts


def _read_in_child(files: list[tuple[bytes, str]]) -> "ReadTexts":
    """Read texts in one child process, which is quick. If that fails, read each in a process of its own."""
    from quizgen.cli.child_process import run_in_child
    from quizgen.source.text import ReadTexts, read_source_texts

    if not files:
        return ReadTexts()
    try:
        return run_in_child(files[0][1], read_source_texts, files)
    except QuizgenError as error:
        if len(files) == 1:
            return ReadTexts(problems=error.problems)
    parts = [_read_in_child([file]) for file in files]
    return ReadTexts(
        tuple(text for part in parts for text in part.texts),
        tuple(each for part in parts for each in part.problems),
    )
