"""Pictures: a logo, which is a file that its user names, looked at before it is trusted; and a link as a QR code."""

import io
import warnings
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from markupsafe import Markup

from quizgen.errors import MisuseError, problem
from quizgen.paper.design import Logo

MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
RASTER = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


MOST_DRAWN = 20_000
"""Elements of a drawing, counted as often as they are used; so many take a second."""

_DEEPEST = 200
"""Elements within each other; the PDF engine draws them by calling itself."""

_SVG = "{http://www.w3.org/2000/svg}"


def read_logo(name: str, data: bytes) -> Logo:
    """Take an image as a logo. Raises MisuseError where it is none that can be printed."""
    if len(data) > MOST_BYTES:
        raise MisuseError(
            problem("print.big-logo", "print.save-smaller", megabytes=MOST_BYTES // 1_000_000, file=name)
        )
    media_type = _raster(data) or _vector(name, data)
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


def _vector(name: str, data: bytes) -> str:
    """Tell a drawing that can be printed; raises MisuseError for one that the PDF engine would choke on."""
    if b"<!DOCTYPE" in data and b"<!ENTITY" in data:
        return ""
    try:
        root = ET.fromstring(data)  # noqa: S314  entities, the danger here, were refused above
    except (ET.ParseError, LookupError, ValueError):  # the latter two of an encoding that is not known
        return ""
    if root.tag not in (f"{_SVG}svg", "svg"):
        return ""
    elements = list(root.iter())
    if any(element.tag in (f"{_SVG}text", "text") for element in elements):
        # It would be set in whatever fonts a system has, and so be another picture on each.
        raise MisuseError(problem("print.drawn-text", "print.save-outlines", file=name))
    repeats = any(element.get("spreadMethod", "pad") != "pad" for element in elements)
    if repeats or _drawn(root, elements) > MOST_DRAWN:
        raise MisuseError(problem("print.bad-drawing", "print.save-png", file=name))
    return "image/svg+xml"


def _drawn(root: ET.Element, elements: Sequence[ET.Element]) -> int:
    """Count what is drawn, with what is used again; more than is allowed where something uses itself."""
    named = {element.get("id"): element for element in elements}
    counts: dict[ET.Element, int] = {}

    def count(element: ET.Element, within: int = 0) -> int:
        if element in counts:
            return counts[element]
        counts[element] = MOST_DRAWN + 1  # until it is known; so much it is if it comes to itself again
        link = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
        used = named.get(link[1:]) if link.startswith("#") and element.tag.endswith("use") else None
        parts = [*element, *([used] if used is not None else [])]
        deep = MOST_DRAWN if within > _DEEPEST else 0
        counts[element] = 1 + deep + (0 if deep else sum(count(part, within + 1) for part in parts))
        return counts[element]

    return count(root)


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
