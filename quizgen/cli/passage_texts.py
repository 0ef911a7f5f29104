"""The words of the passages of a bank, from the texts that lie beside its files."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.bank.files import display_path
from quizgen.errors import QuizgenError
from quizgen.files import read_file
from quizgen.model import Bank
from quizgen.text.messages import NOTHING

if TYPE_CHECKING:
    from quizgen.source.text import SourceText

TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf")
"""The ends of the names of files that may have the text of a source."""


def read_passage_texts(bank: Bank, folders: Sequence[Path], texts: Sequence[Path] = ()) -> dict[str, str]:
    """Return the words of each passage of a bank by its full id, or "" if no text has them.

    The texts are those that are named and those in the folders of the bank. A text that cannot be read is left out.
    """
    files = [*texts, *(path for folder in folders for path in _text_files(folder))] if bank.sources else []
    words = {passage.digest: passage.text for text in _read(files) for passage in text.passages}
    return {
        passage.id: words.get(passage.digest, "")
        for source in bank.sources.values()
        for passage in source.passages
    }


def _text_files(folder: Path) -> Iterator[Path]:
    """Yield the texts in the folder of a bank and in its folder of notes."""
    folder = folder if folder.is_dir() else folder.parent
    for each in (folder, folder / "notes"):
        if each.is_dir():
            yield from sorted(path for path in each.iterdir() if path.suffix.lower() in TEXT_SUFFIXES)


def _read(paths: Sequence[Path]) -> "list[SourceText]":
    """Read texts in one child process."""
    from quizgen.cli.child_process import run_in_child
    from quizgen.source.decode import MAX_BYTES
    from quizgen.source.text import read_source_texts

    files: list[tuple[bytes, str]] = []
    for path in dict.fromkeys(paths):
        with suppress(QuizgenError):
            files.append((read_file(path, MAX_BYTES, NOTHING), str(path)))
    if not files:
        return []
    with suppress(QuizgenError):
        return run_in_child(display_path(paths[0]), read_source_texts, files)
    return []
