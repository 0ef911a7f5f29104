"""The options of printed sheets, and the measures of pages. Lengths are in points (1/72 inch)."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Struct, to_builtins

from quizgen.errors import MisuseError, problem
from quizgen.text.languages import interface_language, locale
from quizgen.text.messages import N_, Message, _

MM = 72 / 25.4
PaperSize: TypeAlias = Literal["A4", "Letter", "A5"]
TextSize: TypeAlias = Literal["normal", "large"]
Answers: TypeAlias = Literal["end", "separate", "none"]

_LETTER_REGIONS = frozenset(
    ["bz", "ca", "cl", "co", "cr", "gt", "mx", "ni", "pa", "ph", "pr", "sv", "us", "ve"]
)
"""The countries whose printers have Letter paper, according to CLDR."""


def usual_paper(region: str) -> PaperSize:
    """Return the paper of a region, such as ``us`` or ``ca-ns``."""
    return "Letter" if region.partition("-")[0] in _LETTER_REGIONS else "A4"


LOGO_PATH = "logo"
"""The name of the logo in templates, wherever its file is."""


class Logo(Struct, frozen=True):
    """An image for the head of a page. The file has been checked to be an image."""

    name: str
    media_type: str
    data: bytes
    aspect: float = 1
    """Its width divided by its height."""


class Option(Struct, frozen=True):
    """The help and the placeholder of a command-line option that sets a field of a design."""

    help: str
    metavar: str = ""


class PageDesign(Struct, frozen=True):
    """Options of any sheet: its paper, and who gives it out. Empty texts are left out.

    Each field with an ``Option`` is an option of the command line: its name, type and default. ``title_language`` is the
    language of the bank's title, if the title is the bank's.
    """

    paper: Annotated[
        PaperSize, Option(N_("The paper size. If the region of the bank uses Letter, the default is Letter."))
    ] = "A4"
    title: Annotated[str, Option(N_("Your own title, instead of the built-in one."), "TEXT")] = ""
    organiser: Annotated[str, Option(N_("The organiser, shown above the title."), "TEXT")] = ""
    contact: Annotated[str, Option(N_("Who to call, shown at the foot of every page."), "TEXT")] = ""
    date: Annotated[str, Option(N_("The date of the talk, with time and place if you like."), "TEXT")] = ""
    logo: Annotated[
        Logo | None, Option(N_("A picture of your logo: PNG, JPEG, GIF, WebP or SVG."), "FILE")
    ] = None
    colour: Annotated[
        str,
        Option(
            N_(
                "One colour for lines, numerals and frames, as six digits or letters from a to f, such as 123a6b (dark blue); black by default."
            ),
            "COLOUR",
        ),
    ] = ""
    title_language: str = ""


MAX_HEAD_LENGTH = 1_000
"""The largest number of characters in the head of a page. No page has room for more, and setting them would take seconds."""


def sheet_title(design: PageDesign, language: str) -> str:
    """Return the title of a sheet: the user's own, or quizgen's if there is none."""
    return design.title or _("Phone and online fraud: what do you know?").translated(language)


def sheet_title_language(design: PageDesign, language: str) -> str:
    """Return the language of a sheet's title."""
    return design.title_language or (language if design.title else interface_language(language))


def check_head_length(design: PageDesign, language: str, no_room: Message) -> None:
    """Raise MisuseError, with the message ``no_room``, if the head is too long for any page."""
    texts = (sheet_title(design, language), design.organiser, design.contact, design.date)
    if sum(map(len, texts)) > MAX_HEAD_LENGTH:
        raise MisuseError(
            problem(
                no_room,
                _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
            )
        )


class SizedDesign(PageDesign, frozen=True):
    """Options of a sheet that also comes in large type, such as cards."""

    text_size: Annotated[
        TextSize, Option(N_("The size of the type; large is 16 to 18 points, for older readers."))
    ] = "normal"


class SheetDesign(SizedDesign, frozen=True):
    """Options of a sheet for many readers, such as a poster.

    They are those of SizedDesign, a link, and whether papers in many versions are tagged for screen readers.
    """

    link: Annotated[
        str, Option(N_("A web address to print as a QR code, such as https://example.org."), "URL")
    ] = ""
    tagged: Annotated[
        bool,
        Option(
            N_(
                "With --versions: make the PDF file readable for screen readers; it becomes several times as large. Without --versions, every PDF file is readable for them."
            )
        ),
    ] = False


class QuizPaperDesign(SheetDesign, frozen=True):
    """Options of a paper with questions to answer, such as the handout.

    They are those of SheetDesign, and where the answers are printed.
    """

    answers: Annotated[
        Answers,
        Option(
            N_(
                "Where the answers go: after the questions (end), into a second file, such as talk-key.pdf (separate), or nowhere (none). With --versions, separate also makes a table, such as talk-key.csv. In a kit with --versions, the default is separate."
            )
        ),
    ] = "end"
    duplex: Annotated[
        bool,
        Option(
            N_(
                "With --versions: start each version on a new sheet, so that you can print on both sides; --no-duplex starts it on the next page."
            )
        ),
    ] = True


class Page(Struct, frozen=True):
    """A page and its margin, the same on all four sides."""

    width: float
    height: float
    margin: float

    @property
    def content_width(self) -> float:
        """The width of the page between its margins."""
        return self.width - 2 * self.margin

    def height_above_foot(self, foot_height: float) -> float:
        """Return the height that a page has for its content, above a foot of this height."""
        return self.height - 2 * self.margin - foot_height - FOOT_GAP


UNPRINTABLE_EDGE = 5 * MM
"""The width at each edge that an office printer may leave blank."""

LABEL_HEIGHT = 1.35
"""The height of the box with a version's label, as a multiple of its type size. It is in the top margin, as far up as printers print."""

FOOT_GAP = 6.0
"""The space above the foot of a page."""

PAGES: dict[PaperSize, Page] = {
    "A4": Page(210 * MM, 297 * MM, 13 * MM),
    "Letter": Page(612, 792, 13 * MM),
    "A5": Page(148 * MM, 210 * MM, 11 * MM),
}

TYPE_SIZES: dict[TextSize, tuple[float, ...]] = {
    # The layout takes the largest size that needs no more pages than the smallest.
    "normal": (14, 13, 12, 11.5, 11, 10.5, 10),
    # 16 to 18 points is what the Royal National Institute of Blind People and others call large print.
    "large": (18, 17, 16),
}


MIN_TYPE_SIZE = 9.0
"""The smallest type size, in points. Less than 9 is hard to read in Chinese, less than 8 in Latin."""
FINE_PRINT: dict[TextSize, float] = {"normal": 8.0, "large": 16.0}
"""The type size of a foot and of notes, in points; normal Chinese type is a point larger."""

CREDIT_SHARES: dict[TextSize, float] = {"normal": 0.74, "large": 0.58}
"""The share of the width for the left part of a foot, beside the page number."""

TABLE_SIZES: dict[TextSize, float] = {"normal": 13.0, "large": 14.0}
"""The type size of the key of many versions, in points, which does not depend on that of the questions."""

LARGE_REASON_SIZES = (14.0,)
"""The type size of the reasons below a key for large print: only whoever marks the papers reads it."""

LANDSCAPE_KEY_FROM = 13
"""From this number of questions on, the key is in landscape, so that each version has one row."""


MIN_COLUMN_EMS = 20.0
"""The smallest width of one of two columns, in ems: 40 letters or 20 Chinese characters in a line."""

GUTTER = 16.0
"""The space between two columns."""

TIGHT_LEADING_BELOW, LEADING_CUT, ANSWER_LEADING_CUT = 11.0, 0.08, 0.1
"""Type smaller than this has less leading, so that it need not be even smaller; answers have less leading too."""

LARGE_LEADING_CUT = 0.06
"""The smallest large type has that much less leading, so that it need not take another page."""

TICK: dict[TextSize, float] = {"normal": 5 * MM, "large": 6.5 * MM}
"""The side of a box to tick, large enough for a shaky hand."""

SLOT, SLOT_HEIGHT = 9 * MM, 8 * MM
"""A box for a letter or a number."""

BLANK, BLANK_HEIGHT = 60 * MM, 9 * MM
"""A line for a word."""


class Measures(Struct, frozen=True):
    """The measures for type of one size: heights of lines, and widths of pieces.

    ``size`` is the size of the type, ``small`` that of the foot and of notes, ``caption`` that of a link, ``label`` that of a
    version's letter, and ``table`` that of the key of many versions. ``leading``, ``heading_leading`` and ``answer_leading``
    are line heights as multiples of the type size. The type area is ``width`` wide, and each of its ``columns`` is ``column``
    wide. ``tick`` is the side of a box to tick, which is ``tick_down`` below the top of its ``line``; ``slot_box`` and
    ``slot_height`` are the size of a box to write in. ``credit`` is the width of the left part of a foot, beside the page number.
    """

    size: float
    small: float
    hint: float
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
    credit: float
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
    def css_variables(self) -> dict[str, str]:
        """The measures as CSS variables."""
        return {
            name.replace("_", "-"): f"{value:g}"
            if name.endswith("leading") or name == "columns"
            else f"{value}pt"
            for name, value in to_builtins(self).items()
        }

    def column_left(self, column: int) -> float:
        """Return the left edge of a column, from the left margin, in points."""
        return round(column * (self.column + GUTTER), 2)


def fine_print_size(text_size: TextSize, language: str) -> float:
    """Return the type size of the foot and of notes, in points."""
    return max(FINE_PRINT[text_size], locale(language).smallest)


def measures_for_type_size(page: Page, size: float, language: str) -> Measures:
    """Return the measures for type of ``size`` points on a page, with two columns if these are wide enough."""
    text_size: TextSize = "large" if size >= TYPE_SIZES["large"][-1] else "normal"
    columns = 2 if (page.content_width - GUTTER) / 2 >= MIN_COLUMN_EMS * size else 1
    column = (page.content_width - (columns - 1) * GUTTER) / columns
    tick = TICK[text_size]
    number, box = 1.8 * size, tick + 0.35 * size
    marker, slot = box + 1.1 * size, SLOT + 0.5 * size
    text = column - number
    large_cut = LARGE_LEADING_CUT if size == TYPE_SIZES["large"][-1] else 0
    leading = locale(language).leading - (LEADING_CUT if size < TIGHT_LEADING_BELOW else large_cut)
    small = fine_print_size(text_size, language)
    lengths = {
        "small": small,
        "hint": max(0.9 * size, small),
        "caption": max(9, FINE_PRINT[text_size]),
        "label": min(20, (page.margin - UNPRINTABLE_EDGE - 1) / LABEL_HEIGHT),
        "table": TABLE_SIZES[text_size],
        "leading": leading,
        "heading_leading": locale(language).heading_leading,
        "answer_leading": locale(language).leading - ANSWER_LEADING_CUT - large_cut,
        "width": page.content_width,
        "column": column,
        "number": number,
        "marker": marker,
        "box": box,
        "tick": tick,
        "tick_down": (leading * size - tick) / 2,
        "line": leading * size,
        "credit": CREDIT_SHARES[text_size] * page.content_width,
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
    """The white space after a question, between stem and options, between rows of options, and between boxes."""

    question: float
    stem: float
    row: float
    box: float


def spacing_for_type_size(size: float, looseness: float) -> Spacing:
    """Return the spacing for type of ``size`` points, from the smallest (``looseness`` 0) to the largest (1)."""
    return Spacing(
        question=round((0.26 + 0.94 * looseness) * size, 2),
        stem=round((0.06 + 0.3 * looseness) * size, 2),
        row=round((0.06 + 0.22 * looseness) * size, 2),
        box=round((0.9 + 2.1 * looseness) * MM, 2),
    )


SPACING_STEPS = tuple(step / 20 for step in range(20, -1, -1))
"""The values of ``looseness`` to try, the largest first."""
