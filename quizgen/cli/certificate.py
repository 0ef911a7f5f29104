"""Write a certificate of participation at the end of a quiz."""

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import count as counting
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.cli.history import history_path
from quizgen.errors import QuizgenError, problem
from quizgen.files import reason, write_atomically
from quizgen.text.messages import NOTHING, Message, _

if TYPE_CHECKING:
    from quizgen.attempt import Attempt


def certify(attempt: "Attempt", name: str, folders: Iterable[Path]) -> tuple[str, Path | None]:
    """Write the certificate of an attempt into the first folder that can be written to.

    Return a line for the person, and the file, or ``None`` if it could not be written. Existing files are never replaced.
    """
    from quizgen.paper.layouts.certificate import CertificateDesign, print_certificate
    from quizgen.text.characters import FORBIDDEN_CHARACTERS
    from quizgen.view.text import format_date

    language = attempt.quiz.language
    moment = time.localtime(attempt.started if attempt.finished is None else attempt.finished)
    written = format_date(date(*moment[:3]), language)
    design = CertificateDesign(date=written, name=FORBIDDEN_CHARACTERS.sub("", name))
    try:
        path = _write(print_certificate(attempt.quiz, design), folders)
    except QuizgenError as error:
        return " ".join(found.translated(language) for found in error.problems), None
    return _("Certificate saved: {path}", path=path).translated(language), path


def certificate_folders() -> Iterator[Path]:
    """Yield the folders where people look for their files: the current one, their home, and that of the history."""
    with suppress(OSError):  # the current folder may have been deleted
        yield Path.cwd()
    with suppress(RuntimeError):  # the home folder is not known
        yield Path.home()
    yield history_path().parent


def _write(data: bytes, folders: Iterable[Path]) -> Path:
    """Write a new file, whole or not at all; raises QuizgenError if no folder can be written to."""
    refused: Message = NOTHING
    for folder in folders:
        try:
            path = next(path for path in _names(folder.absolute()) if not path.exists())
            write_atomically(path, data)
        except OSError as error:
            refused = refused or reason(error)  # report the first folder's error
        else:
            return path
    raise QuizgenError(
        problem(
            _("cannot write the certificate: {reason}"),
            _("start the quiz in a folder that you can write to and that has space"),
            reason=refused or _("no folder could be written to"),
        )
    )


def _names(folder: Path) -> Iterator[Path]:
    yield folder / "certificate.pdf"
    yield from (folder / f"certificate-{number}.pdf" for number in counting(2))
