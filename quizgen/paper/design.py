"""What somebody may ask of a page, and its measures. Lengths are in points (1/72 inch)."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from quizgen.errors import MisuseError, problem
from quizgen.text.languages import locale
from quizgen.text.messages import Said, message

MM = 72 / 25.4
PaperSize: TypeAlias = Literal["A4", "Letter", "A5"]
TextSize: TypeAlias = Literal["normal", "large"]
Answers: TypeAlias = Literal["end", "separate", "none"]


LOGO_PATH = "logo"
"""What templates call the logo, wherever its file lies."""


class Logo(Struct, frozen=True):
    """An image file for the head of the page, read and known to be one."""

    name: str
    media_type: str
    data: bytes
    aspect: float = 1
    """Its width by its height."""


class Option(Struct, frozen=True):
    """How the command line asks for a field of a design."""

    help: Said
    metavar: str = ""


class PageDesign(Struct, frozen=True):
    """What may be asked of any sheet: its paper, and who gives it out. Empty texts leave their place out.

    Each field is an option of the command line: its name, type, default and, in ``Option``, its help.
    """

    paper: Annotated[PaperSize, Option("print.option-paper")] = "A4"
    title: Annotated[str, Option("print.option-title", "TEXT")] = ""
    organiser: Annotated[str, Option("print.option-organiser", "TEXT")] = ""
    contact: Annotated[str, Option("print.option-contact", "TEXT")] = ""
    date: Annotated[str, Option("print.option-date", "TEXT")] = ""
    logo: Annotated[Logo | None, Option("print.option-logo", "FILE")] = None


LONGEST_HEAD = 1_000
"""Characters of all that stands at the head of a page: no page has room for more, and to set them would take seconds."""


def title_of(design: PageDesign, language: str) -> str:
    """Return the title: the user's, or ours."""
    return design.title or message(language, "paper.title")


def refuse_long_head(design: PageDesign, language: str, no_room: str) -> None:
    """Raise MisuseError, with the message ``no_room``, for a head that no page has room for."""
    texts = (title_of(design, language), design.organiser, design.contact, design.date)
    if sum(map(len, texts)) > LONGEST_HEAD:
        raise MisuseError(problem(no_room, "print.shorten-head"))


class SizedDesign(PageDesign, frozen=True):
    """What may be asked of a sheet that also comes in large type, such as cards."""

    text_size: Annotated[TextSize, Option("print.option-text-size")] = "normal"


class SheetDesign(SizedDesign, frozen=True):
    """What may be asked of a sheet that many people read, such as a poster: also a link, and tags in many versions."""

    link: Annotated[str, Option("print.option-link", "URL")] = ""
    tagged: Annotated[bool, Option("print.option-tagged")] = False


class Design(SheetDesign, frozen=True):
    """What may be asked of a paper with questions to answer (the handout): also where its answers are printed."""

    answers: Annotated[
        Answers,
        Option("print.option-answers"),
    ] = "end"
    duplex: Annotated[bool, Option("print.option-duplex")] = True


class Page(Struct, frozen=True):
    """A page and its margin, the same on four sides."""

    width: float
    height: float
    margin: float

    @property
    def column(self) -> float:
        """Width of the type area."""
        return self.width - 2 * self.margin

    def room(self, foot: float) -> float:
        """Height that strips may fill above a foot of this height."""
        return self.height - 2 * self.margin - foot - FOOT_GAP


EDGE = 5 * MM
"""At each edge so much may stay white in an office printer."""

LABEL_HEIGHT = 1.12
"""Height of the box with a version's label by the size of its type; it stands above the margin, as far as printers print."""

FOOT_GAP = 6.0
"""White above the foot of a page."""

PAGES: dict[PaperSize, Page] = {
    "A4": Page(210 * MM, 297 * MM, 13 * MM),
    "Letter": Page(612, 792, 13 * MM),
    "A5": Page(148 * MM, 210 * MM, 11 * MM),
}

_WIDE_MARGIN = 20 * MM
"""Margin of large print where the page is wide enough: white that a thumb may hold, and that a magnifier may rest on."""


def page_of(design: Design) -> Page:
    """Give the page that papers with questions are printed on."""
    page = PAGES[design.paper]
    if design.text_size == "large" and page.width > PAGES["A5"].width:
        return replace(page, margin=_WIDE_MARGIN)
    return page


TYPE_SIZES: dict[TextSize, tuple[float, ...]] = {
    # The largest that needs no more pages than the smallest is taken.
    "normal": (14, 13, 12, 11.5, 11, 10.5, 10),
    # 18 points is what the Royal National Institute of Blind People and others call large print.
    "large": (18,),
}


SMALLEST = 9.0
"""Type size, in points, below which nothing is printed: less than 9 is hard to read in Chinese, less than 8 in Latin."""
FINE_PRINT: dict[TextSize, float] = {"normal": 8.0, "large": 16.0}
"""Type size of a foot and of notes, in points; in Chinese it is a point larger in normal type."""

TABLE_SIZES: dict[TextSize, float] = {"normal": 10.5, "large": 16.0}
"""Type size of the key of many versions, in points, whatever size the questions have."""

ACROSS_FROM: dict[TextSize, int] = {"normal": 15, "large": 8}
"""So many questions and more have a key on pages turned across, so that each version's stand in one row."""


NARROWEST_COLUMN = 20.0
"""Width of a column, in ems, that leaves lines of 40 letters, or 20 Chinese characters; no less stands in two columns."""

GUTTER = 16.0
"""White between two columns."""

TIGHT_BELOW, TIGHTER, ANSWERS_TIGHTER = 11.0, 0.08, 0.1
"""Type smaller than this has lines so much closer together, by its size, that it need not be smaller still; and answers."""

TICK: dict[TextSize, float] = {"normal": 5 * MM, "large": 6.5 * MM}
"""Side of a box to tick, that a shaky hand can hit."""

SLOT, SLOT_HEIGHT = 9 * MM, 8 * MM
"""A box for a letter or a number."""

BLANK, BLANK_HEIGHT = 60 * MM, 9 * MM
"""A line for a word."""


class Measures(Struct, frozen=True):
    """Type of one size, and the widths of the pieces in it: what stands beside what.

    ``size`` is the size of the type, ``small`` that of the foot and of notes, ``caption`` that of a link, ``label``
    that of a version's letter, and ``table`` that of the key of many versions; ``leading``, ``heading_leading`` and
    ``answer_leading`` are the heights of a line by the size of its type. The type area is ``width`` wide, and each of
    its ``columns`` is ``column``. Of boxes, ``tick``
    is the side of one to tick, which stands ``tick_down`` from the top of its ``line``, and ``slot_box`` and
    ``slot_height`` are of one to write in. ``foot`` is room that large print has below its foot for the page's number.
    """

    size: float
    small: float
    sup: float
    caption: float
    label: float
    table: float
    leading: float
    heading_leading: float
    answer_leading: float
    width: float
    column: float
    columns: int
    number: float
    marker: float
    box: float
    tick: float
    tick_down: float
    line: float
    foot: float
    text: float
    option: float
    slot: float
    slot_box: float
    slot_height: float
    blank: float
    blank_height: float
    pair: float
    letter: float
    answer: float

    @property
    def css(self) -> dict[str, str]:
        """The same as values of CSS variables."""
        return {
            name.replace("_", "-"): f"{value:g}"
            if name.endswith("leading") or name == "columns"
            else f"{value}pt"
            for name, value in to_builtins(self).items()
        }

    def x(self, column: int) -> float:
        """Tell where a column begins, counted from the left edge of the type area."""
        return round(column * (self.column + GUTTER), 2)


def fine_print(text_size: TextSize, language: str) -> float:
    """Tell the size of the foot and of notes, in points."""
    return max(FINE_PRINT[text_size], locale(language).smallest)


def measures(page: Page, size: float, language: str) -> Measures:
    """Divide the type area of a page for type of ``size`` points: in two columns where these are wide enough."""
    text_size: TextSize = "large" if size >= TYPE_SIZES["large"][-1] else "normal"
    columns = 2 if (page.column - GUTTER) / 2 >= NARROWEST_COLUMN * size else 1
    column = (page.column - (columns - 1) * GUTTER) / columns
    tick = TICK[text_size]
    number, box = 1.8 * size, tick + 0.35 * size
    marker, slot = box + 1.1 * size, SLOT + 0.5 * size
    text = column - number
    leading = locale(language).leading - (TIGHTER if size < TIGHT_BELOW else 0)
    small = fine_print(text_size, language)
    lengths = {
        "small": small,
        "sup": max(0.68 * size, small),
        "caption": max(9, FINE_PRINT[text_size]),
        "label": min(20, (page.margin - EDGE - 1) / LABEL_HEIGHT),
        "table": TABLE_SIZES[text_size],
        "leading": leading,
        "heading_leading": locale(language).heading_leading,
        "answer_leading": locale(language).leading - ANSWERS_TIGHTER,
        "width": page.column,
        "column": column,
        "number": number,
        "marker": marker,
        "box": box,
        "tick": tick,
        "tick_down": (leading * size - tick) / 2,
        "line": leading * size,
        "foot": 1.3 * small if text_size == "large" else 0,
        "text": text,
        "option": text - max(marker, slot),
        "slot": slot,
        "slot_box": SLOT,
        "slot_height": SLOT_HEIGHT,
        "blank": min(BLANK, 0.9 * text),
        "blank_height": BLANK_HEIGHT,
        "pair": text - slot - 2.4 * size,
        "letter": 1.4 * size,
        "answer": column - number,
    }
    return Measures(
        size=size, columns=columns, **{name: round(length, 2) for name, length in lengths.items()}
    )


class Spacing(Struct, frozen=True):
    """White space between a question and the next, a stem and its options, rows of options, and boxes in these."""

    question: float
    stem: float
    row: float
    box: float


def spacing(size: float, looseness: float) -> Spacing:
    """Spacing for type of ``size`` points, from the tightest (``looseness`` 0) to the roomiest (1)."""
    return Spacing(
        question=round((0.26 + 0.94 * looseness) * size, 2),
        stem=round((0.06 + 0.3 * looseness) * size, 2),
        row=round((0.06 + 0.22 * looseness) * size, 2),
        box=round((0.9 + 2.1 * looseness) * MM, 2),
    )


SPACING_STEPS = tuple(step / 20 for step in range(20, -1, -1))
"""How loosely a page may be set, the loosest first."""
