"""Wallet cards in the size of a bank card.

On the front: what to do and whom to call. On the back: what to say, lines for one's own bank and family, and the organiser.
"""

from contextlib import suppress

from msgspec import Struct

from quizgen.errors import QuizgenError
from quizgen.model import Bank, Statement
from quizgen.paper.design import MM, SizedDesign, TextSize
from quizgen.paper.layouts import CHOOSING_OPTIONS, KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.renderer import PdfMetadata, print_template
from quizgen.paper.sheets import (
    MIN_SIZE,
    SEPARATOR,
    StatementLines,
    TypeSize,
    centred_grid_edges,
    choose_help_numbers,
    fit_help_notes,
    fit_help_numbers,
    fit_organiser_lines,
    fit_statement,
    help_number_labels,
    sheet_page,
)
from quizgen.paper.take_home import verb_heads, verb_statements
from quizgen.text.languages import Text
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
        label=TypeSize(13, 16),
        number=TypeSize(36, 38),
        small=TypeSize(11, 14),
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
    room = height - 2 * form.safe
    said = _fit_sentence(bank, form, room - 2 * WRITE_IN_HEIGHT - 2, language)
    left = room - 2 * WRITE_IN_HEIGHT - 2 - (said.height if said else 0)
    organiser = fit_organiser_lines(
        design, form.small.size, form.text_width, language, max_lines=min(2, int(left / form.small.line))
    )
    numbers = choose_help_numbers(bank)
    columns = NUMBERS_SPLIT * form.text_width - 12, (1 - NUMBERS_SPLIT) * form.text_width
    row = TypeSize(form.label.size, 26)
    number_type = fit_help_numbers(numbers, form.number.size, form.text_width, columns, row, language)
    note_columns = (form.text_width - number_type.label_width,) * 2 if number_type.is_stacked else columns
    notes = fit_help_notes(numbers, (form.small.size, MIN_SIZE[design.text_size]), note_columns, language)
    place = numbers.place_caption(language)
    number_lines = 2 * row.line if number_type.is_stacked else form.label.line + form.number.line
    note_lines = sum(1 for note in notes if note) if number_type.is_stacked else any(notes)
    below = number_lines + (note_lines + bool(place)) * form.small.line if numbers.all_numbers else 0
    gap = 3 if form.is_large else 6
    act = _fit_act(bank, form, room - below - gap, language)
    labels = help_number_labels(numbers, number_type, form.label.size, columns, language)
    xs, ys = centred_grid_edges(page, COLUMNS, ROWS, WIDTH, height)
    values = {
        "page": page,
        "form": form,
        "height": height,
        "xs": xs,
        "ys": ys,
        "act": act,
        "numbers_top": (act.height if act else form.act.line) + gap,
        "said": said,
        "labels": labels,
        "write_in_height": WRITE_IN_HEIGHT,
        "numbers": numbers,
        "number_type": number_type,
        "notes": notes,
        "split": NUMBERS_SPLIT * form.text_width,
        "row": row,
        "place": place,
        "organiser_lines": organiser,
    }
    title = " ".join(act.lines) if act else _("Who to call").translated(language)
    pdf = print_template("wallet.html", values, PdfMetadata(title, design.organiser, language), design)
    count = COLUMNS * ROWS
    return PrintedSheet(pdf, _("{count} wallet cards", count=count), drawn=False, serves=count)


def _fit_act(bank: Bank, form: WalletForm, height: float, language: str) -> StatementLines | None:
    """Fit what to do on the front of a card: the verbs, or else the slogan; ``None`` if the bank has neither."""
    verbs, slogans = verb_statements(bank), bank.statements_with_role("slogan")
    if not (verbs or slogans):
        return None
    heads = {language: SEPARATOR.join(verb_heads(bank, language))}
    statement, text = (verbs[0], heads) if verbs else (slogans[0], slogans[0].text)
    with suppress(QuizgenError):  # in one line if possible
        return _fit_bold(statement, text, form.act, 14, (form.text_width, form.act.line), form, language)
    return _fit_bold(statement, text, form.act, 11, (form.text_width, height), form, language)


def _fit_sentence(bank: Bank, form: WalletForm, height: float, language: str) -> StatementLines | None:
    """Fit what to say on the back of a card; ``None`` if the bank has no such sentence."""
    for each in bank.statements_with_role("say")[:1]:
        return _fit_bold(each, each.text, form.say, 11, (form.text_width, height), form, language)
    return None


def _fit_bold(
    statement: Statement,
    text: Text,
    largest: TypeSize,
    smallest: float,
    room: tuple[float, float],
    form: WalletForm,
    language: str,
) -> StatementLines:
    """Fit a text of a statement in bold type. On large cards, none is smaller than 16 points."""
    least = max(smallest, MIN_SIZE["large"]) if form.is_large else smallest
    return fit_statement(statement, text, largest, least, room, NAME, language, bold=True)


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
