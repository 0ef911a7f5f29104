"""Pictures: a logo, which is a file that its user names, looked at before it is trusted; and a link as a QR code."""

import io
import warnings
from xml.etree import ElementTree as ET

from markupsafe import Markup

from quizgen.errors import MisuseError, problem
from quizgen.paper.design import Logo

MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
RASTER = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


def read_logo(name: str, data: bytes) -> Logo:
    """Take an image as a logo. Raises MisuseError where it is none that can be printed."""
    if len(data) > MOST_BYTES:
        raise MisuseError(
            problem("print.big-logo", "print.save-smaller", megabytes=MOST_BYTES // 1_000_000, file=name)
        )
    media_type = _raster(data) or _vector(data)
    if not media_type:
        raise MisuseError(problem("print.no-image", "print.use-image", file=name))
    return Logo(name, media_type, data)


def _raster(data: bytes) -> str:
    from PIL import Image  # noqa: PLC0415  only a handout with a logo needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pixels that are too many, which the next lines count
            # Of the many formats that Pillow knows, some start other programs.
            with Image.open(io.BytesIO(data), formats=list(RASTER)) as image:
                if image.width * image.height > MOST_PIXELS:
                    return ""
                image.load()
                return RASTER.get(image.format or "", "")
    except Exception:  # noqa: BLE001  Pillow raises what its many decoders raise; all of it means no image
        return ""


def _vector(data: bytes) -> str:
    if b"<!DOCTYPE" in data and b"<!ENTITY" in data:
        return ""
    try:
        root = ET.fromstring(data)  # noqa: S314  entities, the danger here, were refused above
    except ET.ParseError:
        return ""
    return "image/svg+xml" if root.tag in ("{http://www.w3.org/2000/svg}svg", "svg") else ""


def dark_squares(text: str) -> list[tuple[int, int]]:
    """List the row and column of each dark square of a text's QR code (ISO/IEC 18004, error correction M)."""
    import segno  # noqa: PLC0415  only a paper with a code needs it

    rows = segno.make(text, error="m", micro=False).matrix
    return [(row, column) for row, squares in enumerate(rows) for column, dark in enumerate(squares) if dark]


def qr_code(link: str) -> Markup:
    """Draw a link as a QR code (ISO/IEC 18004, error correction M), in SVG without a size of its own.

    The link is its title, too, for whoever cannot see it.

    Raises MisuseError for a link that is too long for one.
    """
    import segno  # noqa: PLC0415  only a paper with a link needs it

    try:
        code = segno.make(link, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise MisuseError(problem("print.long-link", "print.shorten-link")) from error
    return Markup(code.svg_inline(border=0, omitsize=True, title=link))  # noqa: S704  segno escapes the link
