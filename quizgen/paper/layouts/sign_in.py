"""A sign-in sheet: who came to a talk, and a note who keeps the list and how long.

The list asks for names alone, since everybody reads it who signs later. Whoever wants a call writes their number on a
slip, which nobody else sees.
"""

from quizgen.errors import MisuseError, problem
from quizgen.paper.design import MIN_TYPE_SIZE, MM, PAGES, SizedDesign
from quizgen.paper.layouts import CHOOSING_OPTIONS, KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.renderer import PdfMetadata, Renderer, element_heights
from quizgen.paper.sheets import SLIP_PADDING, form_template_values, slip_edges
from quizgen.text.messages import N_, _

MAX_ROWS, MIN_ROWS = 20, 6
"""The largest and the smallest number of rows on a sheet."""

ROW_HEIGHT = 10 * MM
"""Height of a row, in points. Less is too little for a shaky hand."""

_MIN_WIDTH_OF_TWO = 160 * MM
"""The smallest width of a page for two columns of names."""

_BLANK_MARK = "{blank}"


def print_sign_in(job: PrintJob, design: SizedDesign) -> PrintedSheet:
    """Print a page for names with up to MAX_ROWS rows, and a page of slips.

    Raises QuizgenError if Pango is missing or no font has a character, and MisuseError if fewer than MIN_ROWS fit.
    """
    language, page = job.language, PAGES[design.paper]
    large = design.text_size == "large"
    columns = 2 if page.width >= _MIN_WIDTH_OF_TWO else 1
    xs, ys = slip_edges(page)
    values = {
        **form_template_values(
            design, language, _("title, organiser, contact, date and logo leave no room to sign in")
        ),
        "large": large,
        "size": 16 if large else 11,
        "small": 16 if large else MIN_TYPE_SIZE,
        "row": ROW_HEIGHT,
        "columns": columns,
        "xs": xs,
        "ys": ys,
        "safe": SLIP_PADDING,
        "privacy": _(
            "This list is kept by {who} for {purpose} and destroyed on {end}.",
            who=_BLANK_MARK,
            purpose=_BLANK_MARK,
            end=_BLANK_MARK,
        )
        .translated(language)
        .split(_BLANK_MARK),
    }
    about = PdfMetadata(_("Sign-in sheet").translated(language), design.organiser, language)
    with Renderer(language, design.logo, design.colour) as renderer:
        # Laid out without rows, the sheet has its head, the heads of the columns, and its foot.
        taken = sum(element_heights(renderer.lay_out("sign-in.html", {**values, "rows": 0})).values())
        rows = min(MAX_ROWS, int((page.height - 2 * page.margin - taken) / ROW_HEIGHT))
        if rows < MIN_ROWS:
            raise MisuseError(
                problem(
                    _("title, organiser, contact, date and logo leave no room to sign in"),
                    _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
                )
            )
        pdf = renderer.write_pdf(renderer.lay_out("sign-in.html", {**values, "rows": rows}), about)
    people = rows * columns
    content = _("a sign-in sheet for {count} people, and slips for a call", count=people)
    return PrintedSheet(pdf, content, drawn=False, serves=people)


LAYOUT = Layout(
    name="sign-in",
    help=N_("an attendance list, and slips for people who want a call"),
    unused_options=CHOOSING_OPTIONS,
    design=SizedDesign,
    make=print_sign_in,
    kit=KitSheet(
        40,
        "per-visitor",
        "one",
        _("Who came; on page 2, slips for a call. Cut them apart."),
        (_("A pen for each visitor"), _("Scissors, or a knife and a ruler")),
    ),
)
