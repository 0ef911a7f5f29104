"""Cards for the wallet, of the size of a bank card: what to do, whom to ring, and one's own bank's number to write in."""

from msgspec import Struct
from msgspec.structs import replace

from quizgen.paper.design import MM, SizedDesign, TextSize
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.renderer import About, print_template
from quizgen.paper.sheets import given_by, grid, numbers_of, sheet_page
from quizgen.text.languages import localize
from quizgen.text.messages import message, text

NAME = "wallet"
COLUMNS, ROWS = 2, 5
WIDTH = 85 * MM
HEIGHTS = {"A4": 54 * MM, "Letter": 53.8 * MM}
"""Height of a card: ISO/IEC 7810 gives bank cards 53.98 mm, of which five leave 5 mm at the edges of Letter but for a hair."""


class WalletForm(Struct, frozen=True):
    """The types on a card, each a size and the height of a line, and the white within its edge, in points."""

    safe: float
    act: tuple[float, float]
    label: tuple[float, float]
    number: tuple[float, float]
    small: tuple[float, float]
    is_large: bool

    @property
    def column(self) -> float:
        """Width of what stands on a card."""
        return WIDTH - 2 * self.safe


FORMS: dict[TextSize, WalletForm] = {
    "normal": WalletForm(5 * MM, (17, 21), (9.5, 12), (34, 35), (9, 12), is_large=False),
    "large": WalletForm(4 * MM, (20, 24), (16, 19), (32, 33), (16, 19), is_large=True),
}


TIGHT = {"act": (20, 22), "label": (16, 17.5), "number": (32, 30), "small": (16, 17.5)}
"""Types on a card in large type on which who gives it out, or whom to call, takes two lines."""


def print_wallet(job: PrintJob, design: SizedDesign) -> bytes:
    """Print ten cards; raises MisuseError and QuizgenError as ``given_by`` and ``print_template`` do."""
    page, form, language = sheet_page(design, NAME), FORMS[design.text_size], job.language
    given = given_by(design, NAME, form.small[0], form.column, language, most=2 if form.is_large else 1)
    form = replace(form, **TIGHT) if len(given) > 1 else form
    bank = job.candidates().bank
    slogan = next((localize(each.text, language) for each in bank.statements_as("slogan")), "")
    numbers = numbers_of(bank)
    height = HEIGHTS[design.paper]
    xs, ys = grid(page, COLUMNS, ROWS, WIDTH, height)
    values = {
        "page": page,
        "form": form,
        "height": height,
        "xs": xs,
        "ys": ys,
        "slogan": slogan,
        "numbers": numbers,
        "note": localize(numbers.advice.note, language) if numbers.advice else "",
        "given": given,
    }
    title = slogan or message(language, "sheet.whom-to-ring")
    return print_template("wallet.html", values, About(title, design.organiser, language), design.logo)


def _make(job: PrintJob, design: SizedDesign) -> Printed:
    return Printed(
        print_wallet(job, design),
        text("print.wallet", count=COLUMNS * ROWS),
        drawn=False,
        serves=COLUMNS * ROWS,
    )


LAYOUT = Layout(
    name=NAME,
    help="print.help-wallet",
    design=SizedDesign,
    templates=("wallet.html", "sheets.html", "sheets.css"),
    make=_make,
    kit=KitSheet(90, "per-visitor", "one", "kit.wallet", ("kit.knife",), papers=("A4", "Letter")),
)
