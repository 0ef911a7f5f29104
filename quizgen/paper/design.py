"""What somebody may ask of a handout, and the measures of its page. Lengths are in points (1/72 inch)."""

from typing import Literal, TypeAlias

from msgspec import Struct

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


class Design(Struct, frozen=True):
    """How a handout is to look and what stands on it beside the questions. Empty texts leave their place out.

    ``duplex``: of many versions, each starts on a sheet of its own, printed on both sides.
    """

    paper: PaperSize = "A4"
    text_size: TextSize = "normal"
    answers: Answers = "end"
    duplex: bool = True
    title: str = ""
    organiser: str = ""
    contact: str = ""
    date: str = ""
    link: str = ""
    logo: Logo | None = None


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


FOOT_GAP = 8.0
"""White above the foot of a page."""

PAGES: dict[PaperSize, Page] = {
    "A4": Page(210 * MM, 297 * MM, 13 * MM),
    "Letter": Page(612, 792, 13 * MM),
    "A5": Page(148 * MM, 210 * MM, 11 * MM),
}

TYPE_SIZES: dict[TextSize, tuple[float, ...]] = {
    # The largest that needs no more pages than the smallest is taken.
    "normal": (11.5, 11, 10.5, 10, 9.5),
    # 18 points is what the Royal National Institute of Blind People and others call large print.
    "large": (18,),
}


TABLE_SIZE = 9.0
"""Type size of the key of many versions, in points, whatever size the questions have."""


class Widths(Struct, frozen=True):
    """Widths of the pieces at one type size: what stands beside what.

    ``small`` and ``table`` are type sizes: the foot's, and that of the key of many versions.
    """

    small: float
    table: float
    column: float
    footer: float
    number: float
    marker: float
    box: float
    text: float
    option: float
    slot: float
    prompt: float
    choice: float
    mark: float
    answer: float


def widths(page: Page, size: float, mark_letters: int) -> Widths:
    """Divide the column of a page for type of ``size`` points.

    ``mark_letters`` is how many letters or digits the longest answer mark has (``BADC``: 4).
    """
    number, marker, box, slot = 1.9 * size, 2.3 * size, 1.25 * size, 2.1 * size
    mark = mark_letters * 0.8 * size + 0.5 * size if mark_letters else 0
    text = page.column - number
    gutter = 1.5 * size
    prompt = (text - gutter) * 0.5 - slot
    lengths = {
        "small": max(7.5, 0.6 * size),
        "table": TABLE_SIZE,
        "column": page.column,
        "footer": page.column - 150,
        "number": number,
        "marker": marker,
        "box": box,
        "text": text,
        "option": text - marker,
        "slot": slot,
        "prompt": prompt,
        "choice": text - slot - prompt - gutter - 1.4 * size,
        "mark": mark,
        "answer": page.column - number - mark,
    }
    return Widths(**{name: round(length, 2) for name, length in lengths.items()})


class Spacing(Struct, frozen=True):
    """White space between a question and the next, a stem and its options, and rows of options."""

    question: float
    stem: float
    row: float


def spacing(size: float, ease: float) -> Spacing:
    """Spacing for type of ``size`` points, from the tightest (``ease`` 0) to the roomiest (1)."""
    return Spacing(
        question=round((0.33 + 0.87 * ease) * size, 2),
        stem=round((0.06 + 0.3 * ease) * size, 2),
        row=round((0.06 + 0.22 * ease) * size, 2),
    )


EASES = tuple(step / 20 for step in range(20, -1, -1))
"""How roomy a page may be set, roomiest first."""
