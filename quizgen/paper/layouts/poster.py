"""A poster for the lift and the lobby: what to do, whom to ring, and one question to stop at."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from quizgen.model import Bank, Question, Statement
from quizgen.paper import sheets
from quizgen.paper.choosing import choose
from quizgen.paper.design import MM, PaperSize, SheetDesign, TextSize, title_of
from quizgen.paper.images import qr_code
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.lines import break_lines, is_han, line_count, text_width
from quizgen.paper.renderer import About, Renderer, height
from quizgen.paper.sheets import BETWEEN
from quizgen.text.languages import localize
from quizgen.text.messages import message, text
from quizgen.view.question import QuestionView

NAME = "poster"


class Places(Struct, frozen=True):
    """Where things stand, in millimetres from the top.

    ``side`` is the margin, ``row`` the height of a row, ``high`` that of the frame, ``code`` the width of a QR code. All
    ends at ``foot``.
    """

    side: float
    row: float
    frame: float
    high: float
    teaser: float
    foot: float
    code: float
    head: float = 15
    headline: float = 35
    rule: float = 101
    rows: float = 107


PLACES: dict[tuple[PaperSize, TextSize], Places] = {
    ("A4", "normal"): Places(side=15, row=30, frame=202, high=40, teaser=247, foot=290, code=27),
    ("A4", "large"): Places(side=15, row=25, frame=184, high=37, teaser=227, foot=290, code=29),
    ("Letter", "normal"): Places(side=18, row=26, frame=187, high=40, teaser=232, foot=273.5, code=26),
    ("Letter", "large"): Places(side=18, row=22.5, frame=176, high=36, teaser=217, foot=273.5, code=29),
}

MOST_VERBS = 3
"""Rows that there is room for, each with a verb and what it means."""

LOGO_WIDTH = 60 * MM
"""The widest that a logo is."""

HEADLINES: dict[bool, tuple[sheets.Heading, ...]] = {
    True: ((64, 74, 2), (54, 64, 2), (43, 54, 3)),
    False: ((54, 58, 3), (43, 49, 3)),
}
"""The headline in Chinese, and in other languages, the best form first."""


def print_poster(job: PrintJob, design: SheetDesign) -> bytes:
    """Print a poster on a page of A4 or Letter (A3 is 141 % of A4).

    Raises QuizgenError and MisuseError as ``choose``, ``heading_lines`` and ``Renderer`` do.
    """
    page, large = sheets.sheet_page(design, NAME), design.text_size == "large"
    candidates = job.candidates()
    language, bank = candidates.language, candidates.bank
    verbs = bank.statements_as("verb")[:MOST_VERBS]
    places = _places(bank, verbs, design)
    width = page.width - 2 * places.side * MM
    beside = (places.code + 2 * 4 + 5) * MM if design.link else 0
    asked = width - beside

    size = sheets.LEAST_SIZE["large"] if large else sheets.han_or(language, 9, 8)

    def sources_of(questions: Sequence[Question]) -> list[str]:
        named = sheets.sources_behind(bank, questions, verbs, language)
        credit = message(language, "paper.credit", sources=named) if named else ""
        return break_lines(credit, size, width, han=is_han(language))

    with Renderer(language, design.logo) as renderer:

        def values(questions: Sequence[Question], *, measuring: bool) -> dict[str, Any]:
            return {
                **fixed,
                "measuring": measuring,
                "teasers": [
                    _teaser(QuestionView(question, candidates.bank, language), asked, large=large)
                    for question in questions
                ],
            }

        def measure(questions: Sequence[Question]) -> Iterator[str]:
            anchors: dict[str, Any] = {}
            for laid_out in renderer.lay_out("poster.html", values(questions, measuring=True)).pages:
                anchors |= laid_out.anchors
            for number, question in enumerate(questions):
                room = (places.foot - places.teaser - 2) * MM - 1.25 * size * len(sources_of([question]))
                if height(anchors[f"teaser-{number}"]) <= room:
                    yield question.id

        fixed = _values(bank, design, places, width, language)
        fixed |= {
            "verbs": [(localize(each.head, language), localize(each.text, language)) for each in verbs],
            "page": page,
            "asked": asked,
            "stem": STEM,
            "option": OPTION,
            "solved": SOLVED[large],
            "box": BOX,
            "gap": GAP,
            "large": large,
        }
        taken = choose(
            candidates,
            1,
            measure,
            layout=NAME,
            may=lambda each: _may(QuestionView(each, candidates.bank, language), asked, large=large),
            mix=("apply",),
        )
        document = renderer.lay_out(
            "poster.html", {**values(taken, measuring=False), "sources": sources_of(taken), "size": size}
        )
        about = About(" ".join(fixed["headline"]), design.organiser, language)
        return renderer.write(document, about)


def _places(bank: Bank, verbs: Sequence[Statement], design: SheetDesign) -> Places:
    """Return where things stand; what a bank does not say leaves no gap, but what is below moves up."""
    places = PLACES[design.paper, design.text_size]
    up = places.row * (MOST_VERBS - len(verbs))
    up_teaser = up if sheets.numbers_of(bank).listed else up + places.teaser - places.frame
    return replace(places, frame=places.frame - up, teaser=places.teaser - up_teaser)


def _values(bank: Bank, design: SheetDesign, places: Places, width: float, language: str) -> dict[str, Any]:
    said = next((localize(each.text, language) for each in bank.statements_as("headline")), "")
    headline = design.title or said or title_of(design, language)
    lines, form = sheets.heading_lines(headline, HEADLINES[is_han(language)], width, language)
    about = BETWEEN.join(filter(None, (design.date, design.contact)))
    sheets.refuse_wide(
        [design.organiser, about], NAME, 16, width - (LOGO_WIDTH + 5 * MM if design.logo else 0), language
    )
    small = {} if design.text_size == "large" else {9.0: (places.code + 8) * MM}
    large = {16.0 if design.text_size == "large" else 12.0: (places.code + 13) * MM}
    caption, caption_size = sheets.link_caption(design.link, large | small, language)
    return {
        "places": places,
        "mm": MM,
        "width": width,
        "design": design,
        "numbers": sheets.numbers_of(bank),
        "headline": lines,
        "headline_form": form,
        "about": about,
        "headline_top": places.headline if design.organiser or about or design.logo else places.headline - 8,
        "qr": qr_code(design.link) if design.link else "",
        "caption": caption,
        "caption_size": caption_size,
        "sources": [],
        "size": 0,
    }


def _teaser(question: QuestionView, width: float, *, large: bool) -> dict[str, Any]:
    language, options = question.language, [option.text for option in question.options]
    widths = [text_width(option, han=is_han(language)) * OPTION[0] + BOX for option in options]
    in_a_row = sum(widths) + GAP * (len(options) - 1) <= width
    columns = len(options) if in_a_row else 2
    return {
        "stem": question.stem,
        "options": options,
        "lettered": [(sheets.letter(index), option) for index, option in enumerate(options)],
        "rows": [options[first : first + columns] for first in range(0, len(options), columns)],
        "column": 0 if in_a_row else width / 2,
        "too_wide": not in_a_row and max(widths) > width / 2,
        "solved": message(
            language,
            "sheet.solved-short" if large else "sheet.solved",
            letter=next(
                sheets.letter(index) for index, option in enumerate(question.options) if option.right
            ),
            key=question.right_answer,
            reason=question.rationale,
        ),
    }


STEM, OPTION, SOLVED = (18, 23), (16, 23), {False: (9, 11.5), True: (16, 20)}
"""Types of the teaser, and of its answer, in normal and in large type."""

MOST_LINES = 3
"""Lines that a teaser fills at the most, rows of options among them."""

BOX, GAP = 6 * MM + 22, 18
"""Width of a box with its letter, and the white between options, in points."""


def _may(question: QuestionView, width: float, *, large: bool) -> bool:
    """Tell whether a question may serve as teaser: by its kind and its lines."""
    if question.exhibit or sheets.choice_of(question.question) is None:
        return False
    han = is_han(question.language)
    teaser = _teaser(question, width, large=large)
    if teaser["too_wide"]:
        return False
    size, _ = SOLVED[large]
    return (
        line_count(teaser["stem"], STEM[0], width, bold=True, han=han) + len(teaser["rows"]) <= MOST_LINES
        and line_count(teaser["solved"], size, width, han=han) <= 2 - large
    )


def _make(job: PrintJob, design: SheetDesign) -> Printed:
    return Printed(print_poster(job, design), text("print.poster"))


LAYOUT = Layout(
    name=NAME,
    help="print.help-poster",
    design=SheetDesign,
    templates=("poster.html", "sheets.html", "sheets.css"),
    make=_make,
    kit=KitSheet(10, "one", "one", "kit.poster", ("kit.tape",), papers=("A4", "Letter")),
)
