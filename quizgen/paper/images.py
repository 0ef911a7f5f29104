"""Pictures: a logo, which is a file that its user names, looked at before it is trusted; and a link as a QR code."""

import io
import warnings
from collections.abc import Sequence
from typing import Any
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
    media_type, aspect = _raster(name, data) or _vector(name, data) or ("", 1)
    if not media_type:
        raise MisuseError(problem("print.no-image", "print.use-image", file=name))
    return Logo(name, media_type, data, aspect)


def _raster(name: str, data: bytes) -> tuple[str, float] | None:
    """Tell a picture of pixels that can be printed; raises MisuseError for one that has too many."""
    from PIL import Image  # noqa: PLC0415  only a handout with a logo needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pixels that are too many, which the next lines count
            # Of the many formats that Pillow knows, some start other programs.
            with Image.open(io.BytesIO(data), formats=list(RASTER)) as image:
                pixels = image.width * image.height
                if pixels <= MOST_PIXELS:
                    image.load()
                media_type = RASTER.get(image.format or "")
                found = (media_type, image.width / image.height) if media_type else None
    except Exception:  # noqa: BLE001  Pillow raises what its many decoders raise; all of it means no image
        return None
    if pixels > MOST_PIXELS:
        most = MOST_PIXELS // 1_000_000
        raise MisuseError(problem("print.many-pixels", "print.save-smaller", millions=most, file=name))
    return found


def _vector(name: str, data: bytes) -> tuple[str, float] | None:
    """Tell a drawing that can be printed; raises MisuseError for one that the PDF engine would choke on."""
    if b"<!DOCTYPE" in data and b"<!ENTITY" in data:
        return None
    try:
        root = ET.fromstring(data)  # noqa: S314  entities, the danger here, were refused above
    except (ET.ParseError, LookupError, ValueError):  # the latter two of an encoding that is not known
        return None
    if root.tag not in (f"{_SVG}svg", "svg"):
        return None
    elements = list(root.iter())
    if any(element.tag in (f"{_SVG}text", "text") for element in elements):
        # It would be set in whatever fonts a system has, and so be another picture on each.
        raise MisuseError(problem("print.drawn-text", "print.save-outlines", file=name))
    repeats = any(element.get("spreadMethod", "pad") != "pad" for element in elements)
    if len(elements) > MOST_DRAWN:
        raise MisuseError(problem("print.much-drawn", "print.save-png", most=f"{MOST_DRAWN:,}", file=name))
    if repeats or _drawn(root, elements) > MOST_DRAWN:
        raise MisuseError(problem("print.bad-drawing", "print.save-png", file=name))
    return "image/svg+xml", _aspect(root)


def _aspect(root: ET.Element) -> float:
    """Tell the width of a drawing by its height, where it says so in numbers."""
    sizes = root.get("viewBox", "").replace(",", " ").split()[2:]
    try:
        width, height = map(float, sizes or (root.get("width", ""), root.get("height", "")))
        return width / height
    except (ValueError, ZeroDivisionError):
        return 1


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
