"""What somebody may ask of a page, and its measures. Lengths are in points (1/72 inch)."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Struct, to_builtins

from quizgen.language import Said, locale

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


class Option(Struct, frozen=True):
    """How the command line asks for a field of a design."""

    help: Said
    metavar: str = ""


class PageDesign(Struct, frozen=True):
    """What may be asked of any layout. Empty texts leave their place out.

    Each field is an option of the command line: its name, type, default and, in ``Option``, its help.
    """

    paper: Annotated[PaperSize, Option("print.option-paper")] = "A4"
    title: Annotated[str, Option("print.option-title", "TEXT")] = ""
    organiser: Annotated[str, Option("print.option-organiser", "TEXT")] = ""
    contact: Annotated[str, Option("print.option-contact", "TEXT")] = ""
    date: Annotated[str, Option("print.option-date", "TEXT")] = ""
    logo: Annotated[Logo | None, Option("print.option-logo", "FILE")] = None


class SizedDesign(PageDesign, frozen=True):
    """What may be asked of a layout that also comes in large type."""

    text_size: Annotated[TextSize, Option("print.option-text-size")] = "normal"


class SheetDesign(SizedDesign, frozen=True):
    """What may be asked of what is printed for many to read."""

    link: Annotated[str, Option("print.option-link", "URL")] = ""
    tagged: Annotated[bool, Option("print.option-tagged")] = False


class Design(SheetDesign, frozen=True):
    """What may be asked of papers with questions."""

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


SMALLEST = 9.0
"""Type size, in points, below which nothing is printed: less than 9 is hard to read in Chinese, less than 8 in Latin."""

TABLE_SIZE = 9.0
"""Type size of the key of many versions, in points, whatever size the questions have."""


ASIDE, ASIDE_GAP, NARROWEST_EXHIBIT = 12.4, 1.2, 26.0
"""Widths beside an exhibit, of the white before that, and of the narrowest exhibit with something beside it, in ems."""


ANSWERS_TIGHTER = 0.06
"""How much less the height of a line is in answers, by the size of its type."""


class Measures(Struct, frozen=True):
    """Type of one size, and the widths of the pieces in it: what stands beside what.

    ``size`` is the size of the type, ``small`` that of the foot, and ``table`` that of the key of many versions;
    ``leading``, ``heading_leading`` and ``answer_leading`` are the heights of a line by the size of its type. An
    exhibit is ``exhibit`` wide, and what is briefly asked of it stands beside it in ``aside``; where there is no room
    for that, it stands below, and both are as wide as ``text``.
    """

    size: float
    small: float
    table: float
    leading: float
    heading_leading: float
    answer_leading: float
    column: float
    footer: float
    number: float
    marker: float
    box: float
    text: float
    exhibit: float
    aside: float
    option: float
    slot: float
    prompt: float
    choice: float
    mark: float
    answer: float

    @property
    def has_aside(self) -> bool:
        """Whether there is room beside an exhibit."""
        return self.exhibit < self.text

    @property
    def css(self) -> dict[str, str]:
        """The same as values of CSS variables."""
        return {
            name.replace("_", "-"): f"{value:g}" if name.endswith("leading") else f"{value}pt"
            for name, value in to_builtins(self).items()
        }


def measures(page: Page, size: float, mark_letters: int, language: str) -> Measures:
    """Divide the column of a page for type of ``size`` points.

    ``mark_letters`` is how many letters or digits the longest answer mark has (``BADC``: 4).
    """
    number, marker, box, slot = 1.9 * size, 2.3 * size, 1.25 * size, 2.1 * size
    mark = mark_letters * 0.8 * size + 0.5 * size if mark_letters else 0
    text = page.column - number
    gutter = 1.5 * size
    beside = text - (ASIDE + ASIDE_GAP) * size
    exhibit, aside = (beside, ASIDE * size) if beside >= NARROWEST_EXHIBIT * size else (text, text)
    prompt = (text - gutter) * 0.5 - slot
    lengths = {
        "small": max(7.5, 0.6 * size),
        "table": TABLE_SIZE,
        "leading": locale(language).leading,
        "heading_leading": locale(language).heading_leading,
        "answer_leading": locale(language).leading - ANSWERS_TIGHTER,
        "column": page.column,
        "footer": page.column - 150,
        "number": number,
        "marker": marker,
        "box": box,
        "text": text,
        "exhibit": exhibit,
        "aside": aside,
        "option": text - marker,
        "slot": slot,
        "prompt": prompt,
        "choice": text - slot - prompt - gutter - 1.4 * size,
        "mark": mark,
        "answer": page.column - number - mark,
    }
    return Measures(size=size, **{name: round(length, 2) for name, length in lengths.items()})


class Spacing(Struct, frozen=True):
    """White space between a question and the next, a stem and its options, and rows of options."""

    question: float
    stem: float
    row: float


def spacing(size: float, looseness: float) -> Spacing:
    """Spacing for type of ``size`` points, from the tightest (``looseness`` 0) to the roomiest (1)."""
    return Spacing(
        question=round((0.33 + 0.87 * looseness) * size, 2),
        stem=round((0.06 + 0.3 * looseness) * size, 2),
        row=round((0.06 + 0.22 * looseness) * size, 2),
    )


LOOSENESSES = tuple(step / 20 for step in range(20, -1, -1))
"""How loosely a page may be set, the loosest first."""
