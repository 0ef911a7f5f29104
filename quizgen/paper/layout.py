"""Pieces -> blocks: WeasyPrint sets each piece once, and tells where it stands and how large it is."""

from collections.abc import Sequence
from math import ceil, inf
from typing import Any, Self, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct, to_builtins
from msgspec.structs import replace

from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import shipped
from quizgen.language import message
from quizgen.paper.design import Logo, Widths
from quizgen.paper.engine import MissingCharacters, engine, fetcher, room_for_temporary_files
from quizgen.paper.pieces import Key, Piece

POINTS_A_PIXEL = 0.75
TALLEST = 9000.0
"""Height of the pages that pieces are set on, in points: more than any paper has."""


class Box(Struct, frozen=True):
    """A rectangle in points; ``x`` and ``y`` go right and down from the top left of a block or a page."""

    x: float
    y: float
    width: float
    height: float


class Block(Struct, frozen=True):
    """A piece as set, in points: its size, and the box or blank in it that a pen is meant for.

    It stands on page ``page`` of its setting, its top left ``left`` and ``top`` from the page's own.
    ``height`` is infinite for what is too tall for any page.
    """

    width: float
    height: float
    box: Box | None = None
    page: int = 0
    left: float = 0
    top: float = 0


Blocks: TypeAlias = dict[Key, Block]
"""Blocks by key, in the order in which they were set."""


class Setting(Struct, frozen=True):
    """Pieces as set at one size: their blocks, and the pages of WeasyPrint's that they stand on."""

    blocks: Blocks
    pages: list[Any]


class Typeset(Struct, frozen=True):
    """Settings as painted: the operators of each page, line by line, and what these draw with, such as fonts.

    That is objects of a PDF by their numbers, small ones and streams; ``resources`` is the reference by which
    the operators find them.
    """

    pages: list[list[bytes]]
    small: dict[int, bytes]
    streams: dict[int, bytes]
    resources: bytes


class Typesetter:
    """Sets pieces of one handout, and paints those that are to be printed; a context, within which its fonts exist."""

    def __init__(self, language: str, logo: Logo | None) -> None:
        weasyprint = engine()
        self._language = language
        with room_for_temporary_files():
            self._fonts = weasyprint.text.fonts.FontConfiguration()
        self._fetcher = fetcher(logo)
        self._html = weasyprint.HTML
        self._document: Any = None
        templates = Environment(
            loader=FileSystemLoader(shipped("templates")), undefined=StrictUndefined, autoescape=True
        )
        templates.globals["message"] = lambda key, **values: message(language, key, **values)
        self._template = templates.get_template("blocks.html")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # WeasyPrint copies fonts into a temporary folder, and would leave it to the garbage collector to
        # remove that again, which may never come.
        self._fonts.__del__()

    def set(self, pieces: Sequence[Piece], size: float, widths: Widths) -> Setting:
        """Set pieces in type of ``size`` points."""
        listed = [
            {**piece.values, "kind": piece.key[0], "id": f"p{index}"} for index, piece in enumerate(pieces)
        ]
        html = self._template.render(
            lang=self._language, size=size, height=TALLEST, widths=to_builtins(widths), list=listed
        )
        source = self._html(
            string=html, base_url=shipped("templates").as_uri() + "/", url_fetcher=self._fetcher
        )
        with room_for_temporary_files():
            self._document = source.render(font_config=self._fonts)
        pages = self._document.pages
        return Setting(_blocks([piece.key for piece in pieces], [page.anchors for page in pages]), pages)

    def paint(self, settings: Sequence[Setting]) -> Typeset:
        """Paint settings, one after the other.

        Raises QuizgenError for each character that no font on this system has.
        """
        pages = [page for setting in settings for page in setting.pages]
        painted: list[Typeset] = []
        with MissingCharacters() as missing, room_for_temporary_files():
            self._document.copy(pages).write_pdf(finisher=lambda _, pdf: painted.append(_taken(pdf)))
        if missing.found:
            raise QuizgenError(
                problem(
                    f"no font here has {character} (U+{ord(character):04X})",
                    "install one that has it (Debian, Ubuntu: apt install fonts-noto-cjk), or leave it out",
                )
                for character in missing.found
            )
        return painted[0]


def _taken(pdf: Any) -> Typeset:
    """Take all that is of use out of the ``pydyf.PDF`` that WeasyPrint is about to write."""
    objects = {each.number: each for each in pdf.objects if each.free != "f"}
    del objects[pdf.catalog.number], objects[pdf.pages.number]
    pages = []
    resources = b""
    for reference in pdf.page_references:
        page = objects.pop(_number(reference))
        content = objects.pop(_number(page["Contents"]))
        content.compress = False
        _, _, operators = content.data.partition(b"stream\n")
        pages.append(operators.removesuffix(b"\nendstream").split(b"\n"))
        resources = page["Resources"]
    taken = Typeset(
        pages,
        {number: each.data for number, each in objects.items() if each.compressible},
        {number: each.data for number, each in objects.items() if not each.compressible},
        resources,
    )
    del pdf.objects[3:]  # what it writes nobody reads
    return taken


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


Anchors: TypeAlias = dict[str, tuple[float, float, float, float]]
"""Where elements stand on a page, by id: left, top, right and bottom in CSS pixels."""


def _blocks(keys: Sequence[Key], pages: Sequence[Anchors]) -> Blocks:
    blocks: Blocks = {}
    for number, anchors in enumerate(pages):
        for index, key in enumerate(keys[len(blocks) - 1 if blocks else 0 :], start=max(len(blocks) - 1, 0)):
            if f"p{index}" not in anchors:
                if key in blocks:
                    continue
                break
            block = _block(anchors, f"p{index}", number)
            blocks[key] = replace(block, height=inf) if key in blocks else block
    return blocks


def _block(anchors: Anchors, name: str, page: int) -> Block:
    left, top, right, bottom = (edge * POINTS_A_PIXEL for edge in anchors[name])
    if line := anchors.get(f"{name}-line"):
        # Its text may be narrower than its column, where it has but one line.
        _, line_top, line_right, line_bottom = (edge * POINTS_A_PIXEL for edge in line)
        if line_bottom - line_top > (bottom - top) / 2:
            right = line_right
    box = None
    if inner := anchors.get(f"{name}-box"):
        x, y, x_end, y_end = (edge * POINTS_A_PIXEL for edge in inner)
        box = Box(x - left, y - top, x_end - x, y_end - y)
    return Block(_up(right - left), _up(bottom - top), box, page, left, top)


def _up(length: float) -> float:
    """Round up to a hundredth of a point, the grid of the page."""
    return ceil(length * 100 - 0.01) / 100


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
