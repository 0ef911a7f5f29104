"""Slips with three faces, on which people say how they liked a talk. They have no names."""

from quizgen.paper.design import PAGES, SizedDesign
from quizgen.paper.layouts import CHOOSING_OPTIONS, KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.renderer import PdfMetadata, print_template
from quizgen.paper.sheets import SLIP_PADDING, slip_edges
from quizgen.text.messages import N_, _

SIZES = {"normal": 12.0, "large": 16.0}
"""Size of the type, in points, by text size."""


def print_feedback(job: PrintJob, design: SizedDesign) -> PrintedSheet:
    """Print a page of slips. Raises as ``print_template`` does."""
    page, language = PAGES[design.paper], job.language
    xs, ys = slip_edges(page)
    values = {
        "page": page,
        "size": SIZES[design.text_size],
        "xs": xs,
        "ys": ys,
        "safe": SLIP_PADDING,
        "width": xs[1] - xs[0] - 2 * SLIP_PADDING,
    }
    about = PdfMetadata(_("How was it?").translated(language), design.organiser, language)
    pdf = print_template("feedback.html", values, about, design)
    count = (len(xs) - 1) * (len(ys) - 1)
    return PrintedSheet(pdf, _("{count} slips", count=count), drawn=False, serves=count)


LAYOUT = Layout(
    name="feedback",
    help=N_("slips with three faces, to say how the talk was"),
    unused_options=("title", "organiser", "contact", "date", "logo", *CHOOSING_OPTIONS),
    design=SizedDesign,
    make=print_feedback,
    kit=KitSheet(
        75,
        "per-visitor",
        "one",
        _("Slips to say how it was. Cut them apart."),
        (_("Scissors, or a knife and a ruler"),),
    ),
)
