"""WeasyPrint, the PDF engine: found, kept from fetching, and heard where it complains."""

import logging
import os
import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.files import reason, shipped
from quizgen.paper.design import LOGO_PATH, Logo
from quizgen.paper.font_advice import font_for
from quizgen.text.messages import Message, text


class NoFontError(QuizgenError):
    """No font on this system has some characters; ``characters`` gives their codes, such as ``U+6F22``."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = {character: f"U+{ord(character):04X}" for character in characters}
        super().__init__(
            _lacking(font, list(lacking.items())) for font, lacking in _by_font(self.characters).items()
        )


_NAMED = 3
"""Characters of one font that are named, with their codes: of a whole script it would be a page of them."""


def _by_font(characters: Mapping[str, str]) -> dict[Message | None, dict[str, str]]:
    """Put characters, with their codes, together by the font that they want."""
    found: dict[Message | None, dict[str, str]] = {}
    for character, code in characters.items():
        found.setdefault(font_for(character), {})[character] = code
    return found


def _lacking(font: Message | None, characters: Sequence[tuple[str, str]]) -> Problem:
    """Say which characters no font here has, in one line, and which font has them, if that is known."""
    named = [
        text("print.character", character=character, code=code) for character, code in characters[:_NAMED]
    ]
    more = len(characters) - len(named)
    return problem(
        "print.no-font-for-more" if more else "print.no-font",
        "print.install-font" if font else "print.install-some-font",
        characters=named,
        more=more,
        font=font,
    )


def engine() -> Any:
    """Import WeasyPrint, or say how to install the Pango that it needs.

    Raises QuizgenError where the system's libraries are missing.
    """
    # It prints its warnings on stderr unless somebody else listens.
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    try:
        with _environment(_WHILE_IMPORTING):
            import weasyprint  # noqa: PLC0415  takes a third of a second and needs Pango
            import weasyprint.text.fonts  # noqa: PLC0415
    except OSError as error:
        raise QuizgenError(problem("print.no-pango", "print.install-pango")) from error
    return weasyprint


_WHILE_IMPORTING = {
    # WeasyPrint asks for its libraries by several names. Python looks up those that there are not by running the
    # compiler and the linker, if it finds them: half of the time of the import.
    "PATH": os.devnull,
    # It makes what could fetch from the web, and reads all certificates for that; nothing is ever fetched.
    "SSL_CERT_FILE": os.devnull,
    "SSL_CERT_DIR": os.devnull,
}
"""Environment in which WeasyPrint is imported, since 0.25 s of processor time a sheet is much."""


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    """Change the environment of this process for a while."""
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def cuts_fonts_fast() -> bool:
    """Tell whether the system has the library that cuts fonts fast; a handout takes half as long again without it."""
    return bool(engine().pdf.fonts.harfbuzz_subset)


def fetcher(logo: Logo | None) -> Any:
    """Make what fetches for WeasyPrint: the package's own templates and fonts, and a logo that the user named."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    own = shipped("templates").as_uri() + "/"

    class PackageOnly(URLFetcher):  # type: ignore[misc]
        """Serves the package's own files and the logo, which never leaves memory."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if logo and url == own + LOGO_PATH:
                return URLFetcherResponse(url, logo.data, {"Content-Type": logo.media_type})
            if not url.startswith(own) or ".." in url:
                raise ValueError(f"a handout fetches nothing from elsewhere: {url}")
            return super().fetch(url, headers)

    # Nothing is ever fetched from the web, so that its certificates need not be read.
    return PackageOnly(ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


@contextmanager
def room_for_temporary_files() -> Iterator[None]:
    """Name what is wrong where the PDF engine, which unpacks fonts, finds no room for its temporary files."""
    try:
        yield
    except OSError as error:
        raise QuizgenError(problem("print.no-temporary", "print.make-room", reason=reason(error))) from error


class Complaints(logging.Handler):
    """Hears what WeasyPrint drew as an empty box, or not at all; a context, which raises that at its end."""

    def __init__(self, logo: Logo | None) -> None:
        super().__init__(logging.WARNING)
        self._logger = logging.getLogger("weasyprint")
        self._logo = logo
        self._missing: dict[str, None] = {}
        self._is_logo_drawn = True

    def emit(self, record: logging.LogRecord) -> None:
        """Note a complaint, as ``logging`` hands each on."""
        named = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
        if record.msg.startswith(".notdef"):
            self._missing[named] = None
        elif record.msg.startswith("Failed to render SVG image") or (
            # What a drawing refers to in its turn is not fetched, and may be missing.
            record.msg.startswith("Failed to load image") and named.endswith(f"/{LOGO_PATH}")
        ):
            self._is_logo_drawn = False

    def __enter__(self) -> Self:
        self._level = self._logger.level
        self._logger.setLevel(logging.WARNING)
        self._logger.addHandler(self)
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        self._logger.removeHandler(self)
        self._logger.setLevel(self._level)
        if failure:
            return
        if self._logo and not self._is_logo_drawn:
            raise MisuseError(problem("print.bad-drawing", "print.save-png", file=self._logo.name))
        if self._missing:
            raise NoFontError(self._missing)
