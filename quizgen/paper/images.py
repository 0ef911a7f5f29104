"""Pictures: a logo, which is a file that its user names, looked at before it is trusted; and a link as a QR code."""

import io
import warnings
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import shipped
from quizgen.paper.design import LOGO_PATH, Logo

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
RASTER = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


_SVG_TYPE = "image/svg+xml"
_SVG = "{http://www.w3.org/2000/svg}"


def read_logo(name: str, data: bytes) -> Logo:
    """Take an image as a logo. Raises MisuseError where it is none that can be printed.

    Parsing and drawing may take any time and memory, so call it where these are limited.
    """
    if len(data) > MAX_BYTES:
        raise MisuseError(
            problem("print.big-logo", "print.save-smaller", megabytes=MAX_BYTES // 1_000_000, file=name)
        )
    media_type, aspect = _raster(name, data) or _vector(name, data) or ("", 1)
    if not media_type:
        raise MisuseError(problem("print.no-image", "print.use-image", file=name))
    logo = Logo(name, media_type, data, aspect)
    if media_type == _SVG_TYPE:
        _try_to_draw(logo)
    return logo


def _raster(name: str, data: bytes) -> tuple[str, float] | None:
    """Tell a picture of pixels that can be printed; raises MisuseError for one that has too many."""
    from PIL import Image  # noqa: PLC0415  only a handout with a logo needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pixels that are too many, which the next lines count
            # Of the many formats that Pillow knows, some start other programs.
            with Image.open(io.BytesIO(data), formats=list(RASTER)) as image:
                pixels = image.width * image.height
                if pixels <= MAX_PIXELS:
                    image.load()
                media_type = RASTER.get(image.format or "")
                found = (media_type, image.width / image.height) if media_type else None
    except Exception:  # noqa: BLE001  Pillow raises what its many decoders raise; all of it means no image
        return None
    if pixels > MAX_PIXELS:
        most = MAX_PIXELS // 1_000_000
        raise MisuseError(problem("print.many-pixels", "print.save-smaller", millions=most, file=name))
    return found


def _vector(name: str, data: bytes) -> tuple[str, float] | None:
    """Tell whether this is a drawing; raises MisuseError for one that holds text."""
    try:
        root = ET.fromstring(data)  # noqa: S314  what entities may grow to is limited by whoever calls this
    except (ET.ParseError, LookupError, ValueError):  # the latter two of an encoding that is not known
        return None
    if root.tag not in (f"{_SVG}svg", "svg"):
        return None
    if any(element.tag in (f"{_SVG}text", "text") for element in root.iter()):
        # It would be set in whatever fonts a system has, and so be another picture on each.
        raise MisuseError(problem("print.drawn-text", "print.save-outlines", file=name))
    return _SVG_TYPE, _aspect(root)


def _aspect(root: ET.Element) -> float:
    """Tell the width of a drawing by its height, where it says so in numbers."""
    sizes = root.get("viewBox", "").replace(",", " ").split()[2:]
    try:
        width, height = map(float, sizes or (root.get("width", ""), root.get("height", "")))
        return width / height
    except (ValueError, ZeroDivisionError):
        return 1


def _try_to_draw(logo: Logo) -> None:
    """Draw a drawing once, as a page will. Raises MisuseError where the PDF engine cannot."""
    from quizgen.paper.weasyprint_setup import Complaints, engine, fetcher  # noqa: PLC0415  slow to load

    page = f'<img src="{LOGO_PATH}">'
    base = shipped("templates").as_uri() + "/"
    try:
        weasyprint = engine()
    except QuizgenError:
        return  # without it nothing is printed, and a web page needs none
    with Complaints(logo):
        weasyprint.HTML(string=page, base_url=base, url_fetcher=fetcher(logo)).write_pdf()


def dark_squares(text: str) -> list[tuple[int, int]]:
    """List the row and column of each dark square of a text's QR code (ISO/IEC 18004, error correction M)."""
    rows = _code(text).matrix
    return [(row, column) for row, squares in enumerate(rows) for column, dark in enumerate(squares) if dark]


def qr_code(link: str) -> Markup:
    """Draw a link as a QR code (ISO/IEC 18004, error correction M), in SVG without a size of its own.

    The link is its title, too, for whoever cannot see it.

    Raises MisuseError for a link that is too long for one.
    """
    return Markup(_code(link).svg_inline(border=0, omitsize=True, title=link))  # noqa: S704  segno escapes the link


def modules(link: str) -> int:
    """Tell how many modules the code of a link is wide; around it four have to stay white (ISO/IEC 18004, 9.1)."""
    return int(_code(link).symbol_size(border=0)[0])


def _code(link: str) -> Any:
    import segno  # noqa: PLC0415  only a paper with a link needs it

    try:
        return segno.make(link, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise MisuseError(problem("print.long-link", "print.shorten-link")) from error
