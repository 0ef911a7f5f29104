"""Write a certificate of participation at the end of a quiz."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import count as counting
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.cli.history import history_path
from quizgen.errors import QuizgenError, problem
from quizgen.files import os_error_reason, write_atomically
from quizgen.text.messages import NOTHING, Message, _

if TYPE_CHECKING:
    from quizgen.attempt import Attempt


def write_certificate_file(attempt: "Attempt", name: str, folders: Iterable[Path]) -> tuple[str, Path | None]:
    """Write the certificate of an attempt as a PDF file, into the first of these folders that allows it.

    Return a line that says so to the person, and the path of the file. If no folder allows it, the line says
    why, and the path is ``None``. An existing file is never replaced.
    """
    from quizgen.paper.layouts.certificate import CertificateDesign, print_certificate
    from quizgen.text.characters import FORBIDDEN_CHARACTERS
    from quizgen.view.text import format_date

    language = attempt.quiz.language
    moment = time.localtime(attempt.started if attempt.finished_at is None else attempt.finished_at)
    date_text = format_date(date(*moment[:3]), language)
    design = CertificateDesign(date=date_text, name=FORBIDDEN_CHARACTERS.sub("", name))
    try:
        path = _write_to_first_folder(print_certificate(attempt.quiz, design), folders)
    except QuizgenError as error:
        return " ".join(found.translated(language) for found in error.problems), None
    return _("Certificate saved: {path}", path=path).translated(language), path


def folders_for_certificate() -> Iterator[Path]:
    """Yield the folders where people look for their files: the current folder, the home folder, and the folder of the history."""
    with suppress(OSError):  # the current folder may have been deleted
        yield Path.cwd()
    with suppress(RuntimeError):  # the home folder is not known
        yield Path.home()
    yield history_path().parent


def find_certificate_folder() -> str:
    """Return the first of these folders that can be written to, or "" if there is none."""
    return next(
        (str(folder) for folder in folders_for_certificate() if os.access(folder, os.W_OK | os.X_OK)), ""
    )


def _write_to_first_folder(data: bytes, folders: Iterable[Path]) -> Path:
    """Write a new file into the first folder that allows it, and return its path. Raises QuizgenError if none does."""
    first_reason: Message = NOTHING
    for folder in folders:
        try:
            path = next(path for path in _file_names(folder.absolute()) if not path.exists())
            write_atomically(path, data)
        except OSError as error:
            first_reason = first_reason or os_error_reason(error)  # report the first folder's error
        else:
            return path
    raise QuizgenError(
        problem(
            _("cannot write the certificate: {reason}"),
            _("start the quiz in a folder that you can write to and that has space"),
            reason=first_reason or _("no folder could be written to"),
        )
    )


def _file_names(folder: Path) -> Iterator[Path]:
    """Yield names for the file in a folder: ``certificate.pdf``, ``certificate-2.pdf``, and so on."""
    yield folder / "certificate.pdf"
    yield from (folder / f"certificate-{number}.pdf" for number in counting(2))
