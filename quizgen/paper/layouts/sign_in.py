"""A sign-in sheet: who came to a talk, and who may be rung; with who keeps the list, for what and how long."""

from typing import Annotated

from quizgen.errors import MisuseError, problem
from quizgen.paper.design import MM, PAGES, SMALLEST, Option, PageDesign, TextSize
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.renderer import About, Renderer, height
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


def print_sign_in(design: SignInDesign, language: str) -> tuple[bytes, int]:
    """Print a sheet, as a PDF of one page, and tell how many rows it has: ROWS, or as many as there is room for.

    Raises QuizgenError where Pango is missing or no font has a character, and MisuseError where fewer than
    FEWEST_ROWS have room.
    """
    page = PAGES[design.paper]
    large = design.text_size == "large"
    values = {
        **form_values(design, language, "print.no-room-for-rows"),
        "large": large,
        "size": 16 if large else 11,
        "small": 16 if large else SMALLEST,
        "row": ROW,
        "privacy": message(language, "sign-in.privacy", who=_BLANK, purpose=_BLANK, end=_BLANK).split(_BLANK),
    }
    about = About(message(language, "sign-in.heading"), design.organiser, language)
    with Renderer(language, design.logo) as renderer:
        anchors = renderer.lay_out("sign-in.html", {**values, "rows": 0}).pages[0].anchors
        taken = sum(height(anchors[element]) for element in ("head", "columns", "foot") if element in anchors)
        rows = min(ROWS, int((page.height - 2 * page.margin - taken) / ROW))
        if rows < FEWEST_ROWS:
            raise MisuseError(problem("print.no-room-for-rows", "print.shorten-head"))
        return renderer.write(renderer.lay_out("sign-in.html", {**values, "rows": rows}), about), rows


def _make(job: PrintJob, design: SignInDesign) -> Printed:
    pdf, rows = print_sign_in(design, job.language)
    return Printed(pdf, text("print.sign-in", count=rows), drawn=False, serves=rows)


LAYOUT = Layout(
    name="sign-in",
    help="print.help-sign-in",
    design=SignInDesign,
    templates=("sign-in.html", "forms.html"),
    make=_make,
    kit=KitSheet(40, "per-visitor", "one", "kit.sign-in", ("kit.pens",)),
)
