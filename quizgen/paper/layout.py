"""Pieces -> blocks: WeasyPrint sets each piece once, on a page of its own, and tells its size.

The PDF engine fetches nothing but the package's own templates and fonts, and a logo that the user named.
"""

import logging
from collections.abc import Sequence
from typing import Any, Self, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct, to_builtins

from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import shipped
from quizgen.language import say
from quizgen.paper.design import LOGO_PATH, Logo, Widths
from quizgen.paper.pieces import Key, Piece

POINTS_A_PIXEL = 0.75


class Box(Struct, frozen=True):
    """A rectangle in points; ``x`` and ``y`` go right and down from the top left of a block or a page."""

    x: float
    y: float
    width: float
    height: float


class Block(Struct, frozen=True):
    """A piece as set: its size in points, and the box or blank in it that a pen is meant for."""

    width: float
    height: float
    box: Box | None = None


Blocks: TypeAlias = dict[Key, Block]


class Setting(Struct, frozen=True):
    """Pieces as set at one size: their blocks, and WeasyPrint's pages, one a piece in the same order."""

    blocks: Blocks
    pages: list[Any]


class Typesetter:
    """Sets pieces of one handout, and writes those that are to be printed into one PDF."""

    def __init__(self, language: str, logo: Logo | None) -> None:
        weasyprint = engine()
        self._language = language
        self._fonts = weasyprint.text.fonts.FontConfiguration()
        self._fetcher = _fetcher(logo)
        self._html = weasyprint.HTML
        self._document: Any = None
        templates = Environment(
            loader=FileSystemLoader(shipped("templates")), undefined=StrictUndefined, autoescape=True
        )
        templates.globals["say"] = lambda key, **values: say(language, key, **values)
        self._template = templates.get_template("blocks.html")

    def set(self, pieces: Sequence[Piece], size: float, widths: Widths) -> Setting:
        """Set pieces in type of ``size`` points, a page a piece."""
        listed = [
            {**piece.values, "kind": piece.key[0], "id": f"p{index}"} for index, piece in enumerate(pieces)
        ]
        html = self._template.render(lang=self._language, size=size, widths=to_builtins(widths), list=listed)
        source = self._html(
            string=html, base_url=shipped("templates").as_uri() + "/", url_fetcher=self._fetcher
        )
        self._document = source.render(font_config=self._fonts)
        pages = self._document.pages
        anchored = enumerate(zip(pieces, pages, strict=True))
        return Setting(
            {piece.key: _block(page.anchors, f"p{index}") for index, (piece, page) in anchored}, pages
        )

    def write(self, settings: Sequence[Setting]) -> bytes:
        """Paint settings into one PDF, a page a piece, one setting after the other.

        Raises QuizgenError for each character that no font on this system has.
        """
        pages = [page for setting in settings for page in setting.pages]
        with _MissingCharacters() as missing:
            pdf = bytes(self._document.copy(pages).write_pdf())
        if missing.found:
            raise QuizgenError(
                problem(
                    f"no font here has {character} (U+{ord(character):04X})",
                    "install one that has it (Debian, Ubuntu: apt install fonts-noto-cjk), or leave it out",
                )
                for character in missing.found
            )
        return pdf


class _MissingCharacters(logging.Handler):
    """Hears from WeasyPrint which characters it drew as an empty box."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: dict[str, None] = {}
        self._logger = logging.getLogger("weasyprint")

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith(".notdef") and isinstance(record.args, tuple):
            self.found[str(record.args[0])] = None

    def __enter__(self) -> Self:
        self._level = self._logger.level
        self._logger.setLevel(logging.WARNING)
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)
        self._logger.setLevel(self._level)


def engine() -> Any:
    """Import WeasyPrint, or say how to install the Pango that it needs.

    Raises QuizgenError where the system's libraries are missing.
    """
    # It prints its warnings on stderr unless somebody else listens.
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    try:
        import weasyprint  # noqa: PLC0415  takes half a second and needs Pango
        import weasyprint.text.fonts  # noqa: PLC0415
    except OSError as error:
        raise QuizgenError(
            problem(
                "the PDF engine finds no Pango on this system",
                "install it (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
                "Fedora: dnf install pango; macOS: brew install pango); the terminal quiz works without it",
            )
        ) from error
    return weasyprint


def _fetcher(logo: Logo | None) -> Any:
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

    return PackageOnly()


def _block(anchors: dict[str, tuple[float, float, float, float]], name: str) -> Block:
    left, top, right, bottom = (edge * POINTS_A_PIXEL for edge in anchors[name])
    box = None
    if inner := anchors.get(f"{name}-box"):
        x, y, x_end, y_end = (edge * POINTS_A_PIXEL for edge in inner)
        box = Box(x, y, x_end - x, y_end - y)
    return Block(right - left, bottom - top, box)


def qr_code(link: str) -> Markup:
    """Draw a link as a QR code (ISO/IEC 18004, error correction M), in SVG without a size of its own.

    Raises MisuseError for a link that is too long for one.
    """
    import segno  # noqa: PLC0415  only a handout with a link needs it

    try:
        code = segno.make(link, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise MisuseError(problem("the link is too long for a QR code", "shorten it")) from error
    return Markup(code.svg_inline(border=0, omitsize=True))  # noqa: S704  only the code's own path is in it
