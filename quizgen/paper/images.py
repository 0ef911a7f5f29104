"""Images: a logo from a file of the user, which is checked first, and a link as a QR code."""

import io
import math
import re
import warnings
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.files import shipped_folder
from quizgen.paper.design import LOGO_PATH, Logo
from quizgen.text.messages import _

MAX_BYTES = 10_000_000
MAX_PIXELS = 20_000_000
"""More would take over 300 MB to print."""
MAX_ASPECT = 20
"""How many times as wide as high a logo may be, or as high as wide. Of a longer one, nothing could be recognised."""
RASTER = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


_SVG_TYPE = "image/svg+xml"
_SVG = "{http://www.w3.org/2000/svg}"
_MOVING = ("animate", "animateMotion", "animateTransform", "set")
_LENGTH = re.compile(r"(.*?)(px|pt|pc|mm|cm|in)?")


def read_logo(name: str, data: bytes) -> Logo:
    """Read an image as a logo. Raises MisuseError if it cannot be printed.

    Parsing and drawing may take any time and memory, so call this function where these are limited.
    """
    if len(data) > MAX_BYTES:
        raise MisuseError(
            problem(
                _("the logo is over {megabytes} MB"),
                _("save it smaller"),
                megabytes=MAX_BYTES // 1_000_000,
                file=name,
            )
        )
    media_type, aspect = _read_raster_image(name, data) or _read_svg_image(name, data) or ("", 1)
    if not media_type:
        raise MisuseError(
            problem(
                _("is no image that can be printed"), _("use a PNG, JPEG, GIF, WebP or SVG file"), file=name
            )
        )
    if not 1 / MAX_ASPECT <= aspect <= MAX_ASPECT:
        raise MisuseError(
            problem(
                _("the logo is over {most} times as wide as high, or as high as wide"),
                _("crop it"),
                most=MAX_ASPECT,
                file=name,
            )
        )
    logo = Logo(name, media_type, data, aspect)
    if media_type == _SVG_TYPE:
        _check_drawable(logo)
    return logo


def _read_raster_image(name: str, data: bytes) -> tuple[str, float] | None:
    """Return media type and aspect ratio of a raster image, or ``None`` if it is none.

    Raises MisuseError if it moves or has too many pixels.
    """
    from PIL import Image  # noqa: PLC0415  only a handout with a logo needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about too many pixels, which the next lines check
            # Of the many formats that Pillow knows, some start other programs.
            with Image.open(io.BytesIO(data), formats=list(RASTER)) as image:
                pixels = image.width * image.height
                is_moving = getattr(image, "is_animated", False)
                if pixels <= MAX_PIXELS:
                    image.load()
                media_type = RASTER.get(image.format or "")
                found = (media_type, image.width / image.height) if media_type else None
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  Pillow raises what its many decoders raise; all of it means no image
        return None
    if pixels > MAX_PIXELS:
        most = MAX_PIXELS // 1_000_000
        raise MisuseError(
            problem(
                _("the logo has over {millions} million pixels"),
                _("save it smaller"),
                millions=most,
                file=name,
            )
        )
    if is_moving:
        raise MisuseError(_moving_problem(name))
    return found


def _moving_problem(name: str) -> Problem:
    return problem(_("the logo moves, which paper cannot"), _("save one picture of it"), file=name)


def _read_svg_image(name: str, data: bytes) -> tuple[str, float] | None:
    """Return media type and aspect ratio of an SVG drawing, or ``None`` if it is none.

    Raises MisuseError if it contains text, moves, or does not say how large it is.
    """
    try:
        root = ET.fromstring(data)  # noqa: S314  what entities may grow to is limited by whoever calls this
    except (ET.ParseError, LookupError, ValueError):  # the latter two if the encoding is unknown
        return None
    if root.tag not in (f"{_SVG}svg", "svg"):
        return None
    if any(element.tag in (f"{_SVG}text", "text") for element in root.iter()):
        # Text would depend on the fonts of each system, and so would the picture.
        raise MisuseError(
            problem(
                _("the drawing holds text, which each system would set in another font"),
                _("turn its text into outlines, or save it as PNG"),
                file=name,
            )
        )
    if any(element.tag in (f"{_SVG}{tag}", tag) for element in root.iter() for tag in _MOVING):
        raise MisuseError(_moving_problem(name))
    aspect = _aspect_ratio(root)
    if not aspect:
        raise MisuseError(
            problem(
                _("the drawing does not say how large it is"),
                _("give it a viewBox, or save it as PNG"),
                file=name,
            )
        )
    return _SVG_TYPE, aspect


def _aspect_ratio(root: ET.Element) -> float:
    """Return the width of a drawing divided by its height, or 0 if it does not give these in the same unit."""
    sizes = root.get("viewBox", "").replace(",", " ").split()[2:]
    lengths = [_LENGTH.fullmatch(size) for size in sizes or (root.get("width", ""), root.get("height", ""))]
    try:
        (width, unit), (height, other_unit) = (length.groups() for length in lengths if length)
        ratio = float(width) / float(height)
    except (ValueError, ZeroDivisionError):
        return 0
    return ratio if unit == other_unit and math.isfinite(ratio) and ratio > 0 else 0


def _check_drawable(logo: Logo) -> None:
    """Draw an SVG once as a check. Raises MisuseError if the PDF engine cannot draw it."""
    from quizgen.paper.weasyprint_setup import WarningCollector, load_weasyprint, make_fetcher  # noqa: PLC0415  slow to load

    page = f'<img src="{LOGO_PATH}">'
    base = shipped_folder("templates").as_uri() + "/"
    try:
        weasyprint = load_weasyprint()
    except QuizgenError:
        return  # without the engine nothing is printed, and a web page does not need it
    with WarningCollector(logo):
        weasyprint.HTML(string=page, base_url=base, url_fetcher=make_fetcher(logo)).write_pdf()


def logo_size(logo: Logo, max_height: float, max_width: float) -> tuple[float, float]:
    """Return the height and width of a logo that is as large as these limits allow."""
    height = min(max_height, max_width / logo.aspect)
    return height, height * logo.aspect


def qr_dark_squares(text: str) -> list[tuple[int, int]]:
    """Return the row and column of each dark square of a text's QR code (ISO/IEC 18004, error correction M)."""
    rows = _make_qr_code(text).matrix
    return [(row, column) for row, squares in enumerate(rows) for column, dark in enumerate(squares) if dark]


def qr_code_svg(link: str) -> Markup:
    """Return a link as a QR code (ISO/IEC 18004, error correction M), in SVG without a fixed size.

    The title of the SVG is the link, for people who cannot see it. Raises MisuseError for a link that is too long.
    """
    return Markup(_make_qr_code(link).svg_inline(border=0, omitsize=True, title=link))  # noqa: S704  segno escapes the link


def qr_module_count(link: str) -> int:
    """Return the width of a link's QR code in modules (its squares), without the white margin."""
    return int(_make_qr_code(link).symbol_size(border=0)[0])


def _make_qr_code(link: str) -> Any:
    import segno  # noqa: PLC0415  only a paper with a link needs it

    try:
        return segno.make(link, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise MisuseError(problem(_("the link is too long for a QR code"), _("shorten it"))) from error
