"""Sheets for the fridge: what to say on the telephone, whom to call, and what to do. Two stand on a page."""

from quizgen.paper.design import MM, SizedDesign, TextSize
from quizgen.paper.layouts import CHOOSING_OPTIONS, KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.renderer import PdfMetadata, Renderer, element_heights
from quizgen.paper.sheets import sheet_page
from quizgen.paper.take_home import LeftOut, take_home_values
from quizgen.text.messages import N_, _

NAME = "fridge"
MARGIN, CUT_MARGIN = 9 * MM, 7 * MM
"""White at the edges of the page, and at each side of the line to cut along."""

SIZES: dict[TextSize, tuple[float, ...]] = {"normal": (15, 14, 13, 12, 11), "large": (18, 17, 16)}
"""Sizes of the type, in points, the best first. What has no room in the smallest is left out."""


def print_fridge(job: PrintJob, design: SizedDesign) -> PrintedSheet:
    """Print a page with two sheets. Raises as ``print_template`` does."""
    page, language = sheet_page(design, NAME), job.language
    bank, width, room = job.candidates().bank, page.width - 2 * MARGIN, page.height / 2 - MARGIN - CUT_MARGIN
    with Renderer(language, design.logo, design.colour) as renderer:
        *larger, smallest = SIZES[design.text_size]
        tries: list[tuple[float, tuple[LeftOut, ...]]] = [
            *((size, ()) for size in (*larger, smallest)),
            (smallest, ("notes",)),
            (smallest, ("notes", "verbs")),
        ]
        for size, left_out in tries:
            it = take_home_values(bank, design, width, size, language, left_out=left_out)
            values = {"page": page, "margin": MARGIN, "cut_margin": CUT_MARGIN, "it": it}
            height = element_heights(renderer.lay_out("fridge.html", {**values, "measuring": True}))["half"]
            if height <= room:
                break
        document = renderer.lay_out("fridge.html", {**values, "measuring": False})
        about = PdfMetadata(_("Who to call").translated(language), design.organiser, language)
        pdf = renderer.write_pdf(document, about)
    return PrintedSheet(pdf, _("{count} sheets for the fridge", count=2), drawn=False, serves=2)


LAYOUT = Layout(
    name=NAME,
    help=N_("sheets for the fridge, two to a page: what to say, who to call, what to do"),
    unused_options=("title", "date", "logo", *CHOOSING_OPTIONS),
    design=SizedDesign,
    make=print_fridge,
    papers=("A4", "Letter"),
    kit=KitSheet(
        95,
        "as-needed",
        "one",
        _("For the fridge or beside the phone of those who want one. Cut them apart."),
        (_("Scissors, or a knife and a ruler"),),
    ),
)
