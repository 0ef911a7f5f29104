"""A leaflet to take home: a sheet across, printed on both sides, turned at the short edge, and folded in three.

Outside, from the left: the flap that folds in, with the answers; the back, with whom to ring; the cover. Inside: scenes
on two panels, and what to do if it has happened.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from quizgen.assemble import Part
from quizgen.errors import MisuseError, problem
from quizgen.model import Bank, Question, Quiz, Statement, StatementRole
from quizgen.paper.choosing import choose
from quizgen.paper.design import MM, Page, PaperSize, SheetDesign, TextSize
from quizgen.paper.images import qr_code
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.lines import break_lines, is_han, line_count, text_width
from quizgen.paper.renderer import About, Renderer, height
from quizgen.paper.sheets import (
    BETWEEN,
    LEAST_SIZE,
    Heading,
    choice_of,
    exhibit_lines,
    exhibit_values,
    han_or,
    heading_lines,
    link_caption,
    numbers_of,
    refuse_wide,
    sheet_page,
    sources_behind,
)
from quizgen.text.languages import localize
from quizgen.text.messages import message, text
from quizgen.view.question import QuestionView

NAME = "leaflet"

WRITTEN = 10 * MM
"""Height of a line to write on."""

HANGING = 28.0
"""By how much the head of a scene stands to the right of its number, in points."""

SIDE, TOP = 8 * MM, 10 * MM
"""Margins of a panel."""

FLAPS: dict[PaperSize, float] = {"A4": 97 * MM, "Letter": 91.4 * MM}
"""Width of the flap, which is narrower than the other panels, since it folds in between them."""


class Form(Struct, frozen=True):
    """Types, each a size and the height of a line, in points, and how many scenes the two panels have.

    ``below`` is the white below a scene.
    """

    body: tuple[float, float]
    said: tuple[float, float]
    head: tuple[float, float]
    step: tuple[float, float]
    answer: tuple[float, float]
    label: tuple[float, float]
    box: float
    below: float
    judged: int
    acted: int
    is_large: bool


def form_of(text_size: TextSize, language: str) -> Form:
    """Give the types for a size and a language."""
    if text_size == "large":
        line = han_or(language, 24, 21)
        return Form(
            body=(16, line),
            said=(16, line - 1),
            head=(20, 25),
            step=(17, line + 1),
            answer=(16, line),
            label=(16, 19),
            box=16,
            below=6,
            judged=2,
            acted=1,
            is_large=True,
        )
    return Form(
        body=(12, han_or(language, 19, 16)),
        said=(12, han_or(language, 19, 16)),
        head=(18, 21),
        step=(13, han_or(language, 20, 17)),
        answer=(11, han_or(language, 16, 14.5)),
        label=(10.5, 14),
        box=12,
        below=12,
        judged=2,
        acted=2,
        is_large=False,
    )


COVERS: dict[bool, tuple[Heading, ...]] = {
    True: ((40, 52, 4), (34, 44, 4), (27, 36, 5)),
    False: ((34, 37, 5), (27, 32, 6)),
}
"""The headline in Chinese, and in other languages, the best form first."""


class Panel(Struct, frozen=True):
    """A panel's left edge and width, in points, without its margins."""

    left: float
    width: float


def panels(page: Page, flap: float) -> tuple[list[Panel], list[Panel]]:
    """Give the panels outside, flap, back and cover, and those inside."""
    wide = (page.width - flap) / 2
    outside, inside = (0.0, flap, flap + wide), (0.0, wide, 2 * wide)
    widths = (flap, wide, wide)
    return (
        [Panel(left + SIDE, width - 2 * SIDE) for left, width in zip(outside, widths, strict=True)],
        [Panel(left + SIDE, width - 2 * SIDE) for left, width in zip(inside, widths[::-1], strict=True)],
    )


def print_leaflet(job: PrintJob, design: SheetDesign) -> tuple[bytes, Quiz]:
    """Print a leaflet, on two pages, and tell which scenes it has, in their order.

    Raises QuizgenError and MisuseError as ``choose``, ``heading_lines`` and ``Renderer`` do.
    """
    upright = sheet_page(design, NAME)
    page = Page(upright.height, upright.width, TOP)
    candidates = job.candidates()
    language, bank = candidates.language, candidates.bank
    form = form_of(design.text_size, language)
    outside, inside = panels(page, FLAPS[design.paper])
    fixed = _values(bank, design, form, outside, language)
    rooms = _rooms(page, form, fixed["tips"], inside[0].width - 18, language)
    fixed |= {
        "page": page,
        "form": form,
        "outside": outside,
        "inside": inside,
        "top": TOP,
        "mm": MM,
        "rooms": rooms,
    }
    first: tuple[Part, ...] = ("scam", "genuine") if candidates.seed % 2 else ("genuine", "scam")
    then: tuple[Part, ...] = ("apply", "apply")
    mix = first + then[: form.acted]

    with Renderer(language, design.logo) as renderer:

        def lay_out(questions: Sequence[Question], *, measuring: bool, sources: Sequence[str] = ()) -> Any:
            scenes = [_scene(number, each, bank, language) for number, each in enumerate(questions, start=1)]
            values = {**fixed, "measuring": measuring, "scenes": scenes, "sources": sources}
            return renderer.lay_out("leaflet.html", values)

        def measure(questions: Sequence[Question]) -> Iterator[str]:
            anchors: dict[str, Any] = {}
            for laid_out in lay_out(questions, measuring=True).pages:
                anchors |= laid_out.anchors
            for number, question in enumerate(questions, start=1):
                taken = height(anchors[f"scene-{number}"]), height(anchors[f"answer-{number}"])
                if rooms.has_room(*taken):
                    yield question.id

        taken = choose(
            candidates,
            form.judged + form.acted,
            measure,
            layout=NAME,
            may=lambda each: _may(each, rooms, form, inside[0].width, bank, language),
            mix=mix,
        )
        taken.sort(key=lambda question: not question.exhibit)
        named = sources_behind(bank, taken, statements_of(bank), language)
        credit = message(language, "paper.credit", sources=named) if named else ""
        size = fixed["sources_size"]
        sources = break_lines(credit, size, outside[1].width, han=is_han(language))
        document = lay_out(taken, measuring=False, sources=sources)
        anchors = document.pages[0].anchors
        if anchors["back-above"][3] > anchors["back-below"][1]:
            raise MisuseError(problem("print.no-room-on-sheet", "print.shorten-contact", layout=NAME))
        about = About(" ".join(fixed["headline"]), design.organiser, language)
        return renderer.write(document, about), candidates.quiz(taken)


class Rooms(Struct, frozen=True):
    """The room that each question has, in points: its scene, on whichever panel, and its answer."""

    scene: float
    answer: float

    def has_room(self, scene: float, answer: float) -> bool:
        """Tell whether a question has room, by the heights of its scene and of its answer."""
        return scene <= self.scene and answer <= self.answer


def _rooms(page: Page, form: Form, tips: Sequence[Sequence[str]], width: float, language: str) -> Rooms:
    """Share out the panels below their heads and above their tips, so that scenes stand level."""
    room = page.height - 2 * TOP - form.head[1] - 8
    judged, acted = (
        room
        - sum(
            line_count(tip, form.body[0], width, bold=True, han=is_han(language)) * form.body[1] + 24
            for tip in several
        )
        for several in tips
    )
    return Rooms(min(judged / form.judged, acted / form.acted), room / (form.judged + form.acted))


def statements_of(bank: Bank) -> list[Statement]:
    """List what a leaflet says by itself: steps that have a short wording, and the bank's lead, tips and notes."""
    steps = [each for each in bank.statements_as("step") if each.short]
    return [
        *bank.statements_as("lead")[:1],
        *steps,
        *bank.statements_as("tip")[:2],
        *bank.statements_as("keep"),
    ]


def _tips(tips: list[str], form: Form) -> tuple[list[str], list[str]]:
    """Share out tips over the two panels with scenes: large type leaves room for them on the second alone."""
    return ([], tips) if form.is_large else (tips[:1], tips[1:])


def _values(
    bank: Bank, design: SheetDesign, form: Form, outside: list[Panel], language: str
) -> dict[str, Any]:
    numbers = numbers_of(bank)
    _, back, cover = outside
    lines, heading = heading_lines(
        design.title or message(language, "sheet.cover").strip(),
        COVERS[is_han(language)],
        cover.width,
        language,
    )
    refuse_wide([design.organiser], NAME, 16 if form.is_large else 14, cover.width, language, most=2)
    refuse_wide([design.date], NAME, 16 if form.is_large else 14, cover.width, language)
    given = BETWEEN.join(filter(None, (design.organiser, design.contact)))
    refuse_wide([design.organiser], NAME, form.body[0], back.width, language, most=2)
    refuse_wide([design.contact], NAME, form.body[0], back.width, language)
    sizes = {16.0: back.width} if form.is_large else {12.0: back.width, 9.0: back.width}
    caption, caption_size = link_caption(design.link, sizes, language)

    said: dict[str, list[Statement]] = {}
    for each in statements_of(bank):
        said.setdefault(each.role, []).append(each)

    def texts(role: StatementRole) -> list[str]:
        return [localize(each.text, language) for each in said.get(role, ())]

    return {
        "design": design,
        "given": given,
        "numbers": numbers,
        "headline": lines,
        "heading": heading,
        "steps": [(localize(each.short, language), each.number) for each in said.get("step", ())],
        "tips": _tips(texts("tip"), form),
        "lead": texts("lead"),
        "keep": [] if form.is_large else texts("keep"),
        "qr": qr_code(design.link) if design.link else "",
        "caption": caption,
        "caption_size": caption_size,
        "sources_size": LEAST_SIZE["large"] if form.is_large else han_or(language, 9, 8),
    }


def _scene(number: int, question: Question, bank: Bank, language: str) -> dict[str, Any]:
    answer = choice_of(question)
    assert answer  # noqa: S101  no other is taken
    view = QuestionView(question, bank, language)
    return {
        "number": number,
        "exhibit": exhibit_values(question, bank, language),
        "stem": "" if answer.style == "verdict" else view.stem,
        "two_sided": answer.two_sided,
        "options": [(option.letter, option.text) for option in view.options],
        "letter": view.key_letters,
        "key": view.right_answer,
        "reason": view.rationale,
        "advice": view.advice,
    }


def _may(question: Question, rooms: Rooms, form: Form, width: float, bank: Bank, language: str) -> bool:
    """Tell whether a question may serve as scene, by its kind and its lines."""
    answer = choice_of(question)
    if answer is None or (question.exhibit and answer.style != "verdict"):
        return False
    han = is_han(language)

    def count(words: str, size: float, indent: float = 0, *, bold: bool = False) -> int:
        return line_count(words, size, width - indent, bold=bold, han=han)

    size, line = form.body
    options = [count(localize(option, language), size, form.box + 2.1 * size) for option in answer.options]
    scene = line * (1 if answer.two_sided else sum(options)) + form.below
    if exhibit := exhibit_values(question, bank, language):
        widths = [
            text_width(exhibit[part], bold=True, han=han) * form.label[0] for part in ("label", "sender")
        ]
        if max(widths) > width - HANGING:
            return False
        scene += max(22, form.label[1] * (1 if sum(widths) < width - HANGING else 2)) + 0.6 * size
        scene += form.said[1] * exhibit_lines(exhibit, form.said[0], width, language)
        scene += 0 if form.is_large else WRITTEN
    else:
        scene += line * count(localize(question.stem, language), size, HANGING, bold=True)
    reason = count(localize(question.rationale, language), form.answer[0])
    if not form.is_large:
        reason += count(localize(question.advice, language), form.answer[0])
    return rooms.has_room(scene, form.answer[1] * (1 + reason))


def _make(job: PrintJob, design: SheetDesign) -> Printed:
    pdf, quiz = print_leaflet(job, design)
    return Printed(pdf, text("print.leaflet", count=len(quiz.questions)))


LAYOUT = Layout(
    name=NAME,
    help="print.help-leaflet",
    design=SheetDesign,
    templates=("leaflet.html", "sheets.html", "sheets.css"),
    make=_make,
    kit=KitSheet(85, "per-visitor", "short-edge", "kit.leaflet", papers=("A4", "Letter")),
)
