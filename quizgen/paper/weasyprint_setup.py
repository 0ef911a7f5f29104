"""Set up WeasyPrint, the PDF engine: import it, keep it from fetching files, and collect its warnings."""

import logging
import os
import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.files import os_error_reason, shipped_folder
from quizgen.paper.design import LOGO_PATH, Logo
from quizgen.paper.font_advice import describe_font_for
from quizgen.text.messages import Message, _

_MAX_NAMED_CHARACTERS = 3
"""How many characters of one font to name with their codes; a whole script would fill a page."""


def missing_font_problems(characters: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each font that is missing."""
    by_font: dict[Message | None, list[str]] = {}
    for character in characters:
        by_font.setdefault(describe_font_for(character), []).append(character)
    yield from (_missing_font_problem(font, lacking) for font, lacking in by_font.items())


def _missing_font_problem(font: Message | None, characters: Sequence[str]) -> Problem:
    """Return a problem that names the characters without a font, and the font to install if that is known."""
    named = [
        _("{character} ({code})", character=character, code=f"U+{ord(character):04X}")
        for character in characters[:_MAX_NAMED_CHARACTERS]
    ]
    more = len(characters) - len(named)
    return problem(
        _("no font here has {characters}, and {more} more") if more else _("no font here has {characters}"),
        _("install a font for {font}, or leave it out")
        if font
        else _("install a font that has it, if you know of one, or leave it out"),
        characters=named,
        more=more,
        font=font,
    )


def load_weasyprint() -> Any:
    """Import and return WeasyPrint.

    Raises QuizgenError, which says how to install Pango, if the system's libraries are missing.
    """
    # It prints its warnings on stderr unless there is another handler.
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    try:
        with _changed_environment(_IMPORT_ENVIRONMENT):
            import weasyprint  # noqa: PLC0415  takes a third of a second and needs Pango
            import weasyprint.text.fonts  # noqa: PLC0415
    except OSError as error:
        raise QuizgenError(
            problem(
                _("the PDF engine finds no Pango on this system"),
                _(
                    "install it (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; Fedora: dnf install pango; macOS: brew install pango); the terminal quiz works without it"
                ),
            )
        ) from error
    return weasyprint


_IMPORT_ENVIRONMENT = {
    # WeasyPrint looks for its libraries under several names. For names that do not exist, Python runs the compiler and
    # the linker, if it finds them, which takes half of the time of the import.
    "PATH": os.devnull,
    # It reads all certificates in order to fetch from the web, which we never do.
    "SSL_CERT_FILE": os.devnull,
    "SSL_CERT_DIR": os.devnull,
}
"""The environment for the import of WeasyPrint. It saves 0.25 s of processor time for each sheet."""


@contextmanager
def _changed_environment(changes: Mapping[str, str]) -> Iterator[None]:
    """Change the environment of this process within a context."""
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


def has_fast_font_subsetting() -> bool:
    """Return whether the system has the fast library for subsetting fonts; without it, a handout takes 50 % longer."""
    return bool(load_weasyprint().pdf.fonts.harfbuzz_subset)


def make_fetcher(logo: Logo | None) -> Any:
    """Return a fetcher for WeasyPrint that serves only the shipped templates and fonts, and the user's logo."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    own = shipped_folder("templates").as_uri() + "/"

    class PackageOnly(URLFetcher):  # type: ignore[misc]
        """Serves the package's own files and the logo, which never leaves memory."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if logo and url == own + LOGO_PATH:
                return URLFetcherResponse(url, logo.data, {"Content-Type": logo.media_type})
            if not url.startswith(own) or ".." in url:
                raise ValueError(f"a handout fetches nothing from elsewhere: {url}")
            return super().fetch(url, headers)

    # Nothing is ever fetched from the web, so there is no need to read certificates.
    return PackageOnly(ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


@contextmanager
def report_full_disk() -> Iterator[None]:
    """Raise an error in plain words if WeasyPrint, which unpacks fonts, has no space for temporary files."""
    try:
        yield
    except OSError as error:
        raise QuizgenError(
            problem(
                _("the PDF engine cannot write its temporary files: {reason}"),
                _("make room for them, or name another folder in TMPDIR"),
                reason=os_error_reason(error),
            )
        ) from error


class WarningCollector(logging.Handler):
    """Collects WeasyPrint's warnings about missing characters and logos. A context manager that raises them at its end."""

    def __init__(self, logo: Logo | None) -> None:
        super().__init__(logging.WARNING)
        self._logger = logging.getLogger("weasyprint")
        self._logo = logo
        self._missing: dict[str, None] = {}
        self._is_logo_drawn = True

    def emit(self, record: logging.LogRecord) -> None:
        """Record a warning; ``logging`` calls this for each."""
        named = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
        if record.msg.startswith(".notdef"):
            self._missing[named] = None
        elif record.msg.startswith("Failed to render SVG image") or (
            # A drawing's own references are not fetched, and may be missing.
            record.msg.startswith("Failed to load image") and named.endswith(f"/{LOGO_PATH}")
        ):
            self._is_logo_drawn = False

    def __enter__(self) -> Self:
        self._level = self._logger.level
        self._logger.setLevel(logging.WARNING)
        self._logger.addHandler(self)
        return self

    def __exit__(self, failure: type[BaseException] | None, *_details: object) -> None:
        self._logger.removeHandler(self)
        self._logger.setLevel(self._level)
        if failure:
            return
        if self._logo and not self._is_logo_drawn:
            raise MisuseError(
                problem(
                    _("the drawing has a fault, and cannot be printed"),
                    _("save it as PNG"),
                    file=self._logo.name,
                )
            )
        if self._missing:
            raise QuizgenError(missing_font_problems(self._missing))
