"""Wallet cards in the size of a bank card: what to do, help numbers, and a line for the number of one's own bank."""

from msgspec import Struct

from quizgen.paper.design import MM, SizedDesign, TextSize
from quizgen.paper.layouts import CHOOSING_OPTIONS, KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.renderer import PdfMetadata, print_template
from quizgen.paper.sheets import (
    MIN_SIZE,
    TypeSize,
    centred_grid_edges,
    choose_help_numbers,
    fit_help_notes,
    fit_help_numbers,
    fit_organiser_lines,
    sheet_page,
)
from quizgen.text.languages import localize_with_language
from quizgen.text.messages import N_, _

NAME = "wallet"
COLUMNS, ROWS = 2, 5
WIDTH = 85 * MM
NUMBERS_SPLIT = 0.46
"""The share of the text's width for the emergency number, if the advice number is beside it."""
HEIGHTS = {"A4": 54 * MM, "Letter": 53.8 * MM}
"""Height of a card in points. Bank cards have 53.98 mm (ISO/IEC 7810); on Letter, 53.8 mm leave a margin of 5 mm."""


class WalletForm(Struct, frozen=True):
    """The types on a card; ``act`` is that of the slogan. ``safe`` is the white space within its edge, in points."""

    safe: float
    act: TypeSize
    label: TypeSize
    number: TypeSize
    small: TypeSize
    is_large: bool

    @property
    def text_width(self) -> float:
        """Width of the text on a card."""
        return WIDTH - 2 * self.safe


FORMS: dict[TextSize, WalletForm] = {
    "normal": WalletForm(
        safe=5 * MM,
        act=TypeSize(17, 21),
        label=TypeSize(9.5, 12),
        number=TypeSize(34, 35),
        small=TypeSize(9, 12),
        is_large=False,
    ),
    "large": WalletForm(
        safe=4 * MM,
        act=TypeSize(20, 24),
        label=TypeSize(16, 19),
        number=TypeSize(32, 33),
        small=TypeSize(16, 19),
        is_large=True,
    ),
}

TIGHT_FORM = WalletForm(
    safe=4 * MM,
    act=TypeSize(20, 22),
    label=TypeSize(16, 17.5),
    number=TypeSize(32, 30),
    small=TypeSize(16, 17.5),
    is_large=True,
)
"""A card in large type whose organiser takes two lines."""


def print_wallet(job: PrintJob, design: SizedDesign) -> PrintedSheet:
    """Print a sheet of ten cards. Raises as ``print_template`` does."""
    page, form, language = sheet_page(design, NAME), FORMS[design.text_size], job.language
    organiser = fit_organiser_lines(
        design, form.small.size, form.text_width, language, max_lines=2 if form.is_large else 1
    )
    if len(organiser) > 1:
        form = TIGHT_FORM
    bank = job.candidates().bank
    own = next((each.text for each in bank.statements_with_role("slogan")), {})
    slogan, slogan_language = localize_with_language(own, language)
    numbers = choose_help_numbers(bank)
    columns = NUMBERS_SPLIT * form.text_width - 12, (1 - NUMBERS_SPLIT) * form.text_width
    row = TypeSize(form.label.size, 26)
    number_type = fit_help_numbers(numbers, form.number.size, form.text_width, columns, row, language)
    has_notes = not form.is_large and not (number_type.is_stacked and organiser)
    note_columns = (form.text_width - number_type.label_width,) * 2 if number_type.is_stacked else columns
    notes = fit_help_notes(numbers, (form.small.size, MIN_SIZE["normal"]), note_columns, language)
    height = HEIGHTS[design.paper]
    xs, ys = centred_grid_edges(page, COLUMNS, ROWS, WIDTH, height)
    values = {
        "page": page,
        "form": form,
        "height": height,
        "xs": xs,
        "ys": ys,
        "slogan": slogan,
        "slogan_language": slogan_language if slogan else "",
        "numbers": numbers,
        "number_type": number_type,
        "notes": notes if has_notes else (None, None),
        "split": NUMBERS_SPLIT * form.text_width,
        "row": row,
        "place": "" if form.is_large and organiser else numbers.place_caption(language),
        "organiser_lines": organiser,
    }
    title = slogan or _("Who to call").translated(language)
    pdf = print_template("wallet.html", values, PdfMetadata(title, design.organiser, language), design.logo)
    count = COLUMNS * ROWS
    return PrintedSheet(pdf, _("{count} wallet cards", count=count), drawn=False, serves=count)


LAYOUT = Layout(
    name=NAME,
    help=N_("cards for the wallet with numbers to call, ten to a sheet"),
    unused_options=("title", "date", "logo", *CHOOSING_OPTIONS),
    design=SizedDesign,
    make=print_wallet,
    papers=("A4", "Letter"),
    kit=KitSheet(
        90,
        "per-visitor",
        "one",
        _("Wallet cards with the numbers to call. Cut them apart."),
        (_("Scissors, or a knife and a ruler"),),
    ),
)
