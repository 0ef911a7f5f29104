"""Wallet cards in the size of a bank card.

On the front: what to do and whom to call. On the back: what to say, lines for one's own bank and family, and the organiser.
"""

from msgspec import Struct

from quizgen.paper.design import MM, SizedDesign, TextSize
from quizgen.paper.layouts import CHOOSING_OPTIONS, KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.lines import break_lines, is_chinese
from quizgen.paper.renderer import PdfMetadata, print_template
from quizgen.paper.sheets import (
    MIN_SIZE,
    SEPARATOR,
    TypeSize,
    centred_grid_edges,
    choose_help_numbers,
    fit_help_notes,
    fit_help_numbers,
    fit_organiser_lines,
    sheet_page,
)
from quizgen.paper.take_home import sentence_to_say, verb_heads
from quizgen.text.languages import localize_with_language
from quizgen.text.messages import N_, _

NAME = "wallet"
COLUMNS, ROWS = 2, 5
WIDTH = 85 * MM
NUMBERS_SPLIT = 0.5
"""The share of the text's width for the emergency number, if the advice number is beside it."""
HEIGHTS = {"A4": 54 * MM, "Letter": 53.8 * MM}
"""Height of a card in points. Bank cards have 53.98 mm (ISO/IEC 7810); on Letter, 53.8 mm leave a margin of 5 mm."""


class WalletForm(Struct, frozen=True):
    """The types on a card; ``act`` is that of the verbs, ``say`` that of what to say. ``safe`` is the white space within its edge, in points."""

    safe: float
    act: TypeSize
    say: TypeSize
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
        say=TypeSize(15, 19),
        label=TypeSize(9.5, 12),
        number=TypeSize(34, 35),
        small=TypeSize(9, 12),
        is_large=False,
    ),
    "large": WalletForm(
        safe=4 * MM,
        act=TypeSize(20, 24),
        say=TypeSize(16, 19),
        label=TypeSize(16, 19),
        number=TypeSize(32, 33),
        small=TypeSize(16, 19),
        is_large=True,
    ),
}

WRITE_IN_HEIGHT = 25.0
"""Height of a line to write on, in points."""


def print_wallet(job: PrintJob, design: SizedDesign) -> PrintedSheet:
    """Print a sheet of ten cards with two sides. Raises as ``print_template`` does."""
    page, form, language = sheet_page(design, NAME), FORMS[design.text_size], job.language
    bank, height = job.candidates().bank, HEIGHTS[design.paper]
    own = next((each.text for each in bank.statements_with_role("slogan")), {})
    heads = SEPARATOR.join(verb_heads(bank, language))
    slogan, slogan_language = (heads, language) if heads else localize_with_language(own, language)
    sentence, sentence_language = sentence_to_say(bank, language)
    said = break_lines(
        sentence, form.say.size, form.text_width, bold=True, even=True, han=is_chinese(language)
    )
    left = height - 2 * form.safe - 2 * WRITE_IN_HEIGHT - 2 - (len(said) * form.say.line if sentence else 0)
    organiser = fit_organiser_lines(
        design, form.small.size, form.text_width, language, max_lines=min(2, int(left / form.small.line))
    )
    numbers = choose_help_numbers(bank)
    columns = NUMBERS_SPLIT * form.text_width - 12, (1 - NUMBERS_SPLIT) * form.text_width
    row = TypeSize(form.label.size, 26)
    number_type = fit_help_numbers(numbers, form.number.size, form.text_width, columns, row, language)
    note_columns = (form.text_width - number_type.label_width,) * 2 if number_type.is_stacked else columns
    notes = fit_help_notes(numbers, (form.small.size, MIN_SIZE[design.text_size]), note_columns, language)
    xs, ys = centred_grid_edges(page, COLUMNS, ROWS, WIDTH, height)
    values = {
        "page": page,
        "form": form,
        "height": height,
        "xs": xs,
        "ys": ys,
        "slogan": slogan,
        "slogan_language": slogan_language if slogan else "",
        "sentence": sentence,
        "sentence_language": sentence_language,
        "write_in_height": WRITE_IN_HEIGHT,
        "numbers": numbers,
        "number_type": number_type,
        "notes": notes,
        "split": NUMBERS_SPLIT * form.text_width,
        "row": row,
        "place": numbers.place_caption(language),
        "organiser_lines": organiser,
    }
    title = slogan or _("Who to call").translated(language)
    pdf = print_template("wallet.html", values, PdfMetadata(title, design.organiser, language), design)
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
        "long-edge",
        _("Wallet cards with the numbers to call. Cut them apart."),
        (_("Scissors, or a knife and a ruler"),),
    ),
)
