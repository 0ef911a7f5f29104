"""A sign-in sheet: who came to a talk, and who may be called; and who keeps the list, for what and how long."""

from typing import Annotated

from quizgen.errors import MisuseError, problem
from quizgen.paper.design import MIN_TYPE_SIZE, MM, PAGES, Option, PageDesign, TextSize
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.renderer import About, Renderer, heights_of
from quizgen.paper.sheets import form_values
from quizgen.text.messages import message, text

ROWS, FEWEST_ROWS = 20, 6
"""Rows of a sheet, where it has room for them, and the fewest that make one."""

ROW = 10 * MM
"""Height of a row, in points: less is too little for a shaky hand."""

_BLANK = "{blank}"


class SignInDesign(PageDesign, frozen=True):
    """What may be asked of a sign-in sheet."""

    text_size: Annotated[TextSize, Option("print.option-text-size")] = "normal"


def print_sign_in(job: PrintJob, design: SignInDesign) -> Printed:
    """Print a sheet of one page, with ROWS rows or as many as there is room for.

    Raises QuizgenError where Pango is missing or no font has a character, and MisuseError where fewer than
    FEWEST_ROWS have room.
    """
    language, page = job.language, PAGES[design.paper]
    large = design.text_size == "large"
    values = {
        **form_values(design, language, "print.no-room-for-rows"),
        "large": large,
        "size": 16 if large else 11,
        "small": 16 if large else MIN_TYPE_SIZE,
        "row": ROW,
        "privacy": message(language, "sign-in.privacy", who=_BLANK, purpose=_BLANK, end=_BLANK).split(_BLANK),
    }
    about = About(message(language, "sign-in.heading"), design.organiser, language)
    with Renderer(language, design.logo) as renderer:
        # Without rows, what is laid out is the head, the row of column heads, and the foot.
        taken = sum(heights_of(renderer.lay_out("sign-in.html", {**values, "rows": 0})).values())
        rows = min(ROWS, int((page.height - 2 * page.margin - taken) / ROW))
        if rows < FEWEST_ROWS:
            raise MisuseError(problem("print.no-room-for-rows", "print.shorten-head"))
        pdf = renderer.write(renderer.lay_out("sign-in.html", {**values, "rows": rows}), about)
    return Printed(pdf, text("print.sign-in", count=rows), drawn=False, serves=rows)


LAYOUT = Layout(
    name="sign-in",
    help="print.help-sign-in",
    design=SignInDesign,
    make=print_sign_in,
    kit=KitSheet(40, "per-visitor", "one", "kit.sign-in", ("kit.pens",)),
)
