"""A leaflet to take home: a landscape sheet, printed on both sides, flipped at the short edge, and folded in three.

Outside, from the left: the flap that folds in, with the answers; the back, with help numbers; the cover. Inside: scenes
on two panels, and the steps to take after a fraud.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct

from quizgen.assemble import Candidates, Category
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Bank, Question, Quiz, Statement, StatementRole
from quizgen.paper.choosing import QuestionSheet
from quizgen.paper.design import MM, Page, PaperSize, SheetDesign, TextSize, sheet_title_language
from quizgen.paper.images import qr_code_svg
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.lines import break_lines, is_chinese, line_count, text_width
from quizgen.paper.renderer import POINTS_A_PIXEL, PdfMetadata, Renderer
from quizgen.paper.sheets import (
    MIN_SIZE,
    HeadingType,
    StatementLines,
    TypeSize,
    asks_for_one_option,
    break_heading,
    choose_for_language,
    choose_help_numbers,
    count_exhibit_lines,
    exhibit_template_values,
    fit_help_notes,
    fit_help_numbers,
    fit_lines,
    fit_statement,
    help_number_labels,
    link_caption,
    sheet_page,
    source_names,
)
from quizgen.paper.take_home import verb_heads, verb_statements
from quizgen.text.languages import localize_with_language
from quizgen.text.messages import N_, _
from quizgen.view.question import QuestionView

NAME = "leaflet"

WRITING_LINE = 10 * MM
"""Height of a line to write on."""

HEAD_INDENT = 28.0
"""Indent of the head of a scene, which leaves room for its number, in points."""

SIDE, TOP = 8 * MM, 10 * MM
"""Margins of a panel."""

FLAPS: dict[PaperSize, float] = {"A4": 97 * MM, "Letter": 91.4 * MM}
"""Width of the flap, which folds in between the other panels and so is narrower."""


NUMBERS_SPLIT = 0.47
"""The share of a panel's width for the emergency number, if the advice number is beside it."""

VERBS_HEIGHT = 15 * MM
"""The largest height of the verbs on the cover."""

COVER_FOOT, BACK_FOOT = 36 * MM, 34 * MM
"""The largest heights of organiser and date on the cover, and of organiser and contact on the back."""


class LeafletForm(Struct, frozen=True):
    """Types and lengths, in points, and the number of scenes on the two panels.

    ``cover`` is the size of the text on the cover besides the headline, ``box`` the side of a box to tick, and ``below``
    the white space below a scene. ``judged`` scenes show an exhibit, and ``acted`` ones ask what to do.
    """

    body: TypeSize
    exhibit: TypeSize
    head: TypeSize
    step: TypeSize
    answer: TypeSize
    label: TypeSize
    cover: float
    sources: float
    box: float
    below: float
    judged: int
    acted: int
    is_large: bool

    @property
    def scene_count(self) -> int:
        """The number of scenes on both panels together."""
        return self.judged + self.acted


def make_leaflet_form(text_size: TextSize, language: str) -> LeafletForm:
    """Return the types and lengths for a size of type and a language."""
    if text_size == "large":
        line = choose_for_language(language, 24, 21)
        return LeafletForm(
            body=TypeSize(16, line),
            exhibit=TypeSize(16, line - 1),
            head=TypeSize(20, 25),
            step=TypeSize(17, line + 1),
            answer=TypeSize(16, line),
            label=TypeSize(16, 19),
            cover=16,
            sources=MIN_SIZE["large"],
            box=16,
            below=6,
            judged=1,
            acted=1,
            is_large=True,
        )
    return LeafletForm(
        body=TypeSize(12, choose_for_language(language, 19, 16)),
        exhibit=TypeSize(choose_for_language(language, 12, 11), choose_for_language(language, 19, 14)),
        head=TypeSize(18, 21),
        step=TypeSize(13, choose_for_language(language, 20, 17)),
        answer=TypeSize(11, choose_for_language(language, 16, 14.5)),
        label=TypeSize(10.5, 14),
        cover=14,
        sources=choose_for_language(language, 9, 8),
        box=12,
        below=12,
        judged=2,
        acted=2,
        is_large=False,
    )


COVERS: dict[bool, tuple[HeadingType, ...]] = {
    True: (HeadingType(40, 52, 4), HeadingType(34, 44, 4), HeadingType(27, 36, 5)),
    False: (HeadingType(34, 37, 5), HeadingType(27, 32, 6)),
}
"""Forms of the headline in Chinese (True) and in other languages, the best first."""


class Panel(Struct, frozen=True):
    """A panel's left edge and width, in points, without its margins."""

    left: float
    width: float


def make_panels(page: Page, flap: float) -> tuple[list[Panel], list[Panel]]:
    """Return the panels outside (flap, back and cover), and those inside, from the left."""
    width = (page.width - flap) / 2
    outside, inside = (0.0, flap, flap + width), (0.0, width, 2 * width)
    widths = (flap, width, width)
    return (
        [Panel(left + SIDE, each - 2 * SIDE) for left, each in zip(outside, widths, strict=True)],
        [Panel(left + SIDE, each - 2 * SIDE) for left, each in zip(inside, widths[::-1], strict=True)],
    )


class SceneRoom(Struct, frozen=True):
    """The height that each question has, in points: for its scene, with an exhibit or without, and for its answer."""

    judged: float
    acted: float
    answer: float

    def for_scene(self, question: QuestionView) -> float:
        """Return the height for the scene of a question."""
        return self.judged if question.exhibit else self.acted


def print_leaflet(job: PrintJob, design: SheetDesign) -> tuple[bytes, Quiz]:
    """Print a leaflet on two pages; return the PDF and the quiz of its scenes.

    Raises QuizgenError and MisuseError as ``choose``, ``break_heading`` and ``Renderer`` do.
    """
    candidates = job.candidates()
    with Renderer(candidates.language, design.logo, design.colour) as renderer:
        leaflet = _Leaflet(renderer, candidates, design)
        # Which is first, or alone in large type, depends on the seed: a leaflet tells nothing about the exhibits of another.
        judged: tuple[Category, ...] = ("scam", "genuine") if candidates.seed % 2 else ("genuine", "scam")
        acted: tuple[Category, ...] = ("apply", "apply")
        mix = judged[: leaflet.form.judged] + acted[: leaflet.form.acted]
        for more_lines in (None, 1, 0):
            leaflet.more_lines = more_lines
            chosen, document = leaflet.lay_out_with_scenes(mix)
            if back_has_room(document):
                break
        else:
            raise MisuseError(
                problem(
                    _("title, organiser and contact have no room on {layout}"),
                    _("shorten them, or leave one out"),
                    layout=NAME,
                )
            )
        if not steps_have_room(document, leaflet.page):
            raise QuizgenError(
                problem(
                    _("the statements with the roles {roles:both} have no room on {layout}"),
                    _("shorten them, or leave one out"),
                    roles=("lead", "step", "keep"),
                    layout=NAME,
                )
            )
        about = PdfMetadata(
            ("" if is_chinese(candidates.language) else " ").join(leaflet.headline),
            design.organiser,
            candidates.language,
        )
        return renderer.write_pdf(document, about), candidates.make_quiz(chosen)


def steps_have_room(document: Any, page: Page) -> bool:
    """Return whether the steps and the notes to keep end on the inside of a leaflet."""
    end = document.pages[1].anchors["inside-steps"][3] * POINTS_A_PIXEL
    return bool(end <= page.height - TOP)


def back_has_room(document: Any) -> bool:
    """Return whether the numbers to call end above the organiser and the sources on the back of a leaflet."""
    anchors = document.pages[0].anchors
    return bool(anchors["back-above"][3] <= anchors["back-below"][1])


class _Leaflet(QuestionSheet):
    """The leaflet in one size of type."""

    name: ClassVar[str] = NAME
    more_lines: int | None = None
    """How many lines the names of a question's sources may add on the back; ``None`` for any number."""

    def __init__(self, renderer: Renderer, candidates: Candidates, design: SheetDesign) -> None:
        super().__init__(renderer, candidates)
        upright = sheet_page(design, NAME)
        self.page = Page(upright.height, upright.width, TOP)
        self._design = design
        self.form = make_leaflet_form(design.text_size, self.language)
        self._outside, self._inside = make_panels(self.page, FLAPS[design.paper])
        self._tips = self._tips_by_panel()
        self._room = self._divide_height_among_scenes()
        title = design.title or _("Is it genuine,\nor a scam?").translated(self.language).strip()
        covers, width = COVERS[is_chinese(self.language)], self._outside[2].width
        self.headline, self._heading = break_heading(title, covers, width, self.language)
        form, back = self.form, self._outside[1]
        self._cover_lines = fit_lines(
            [design.organiser, design.date], form.cover, (width, COVER_FOOT), NAME, self.language
        )
        self._back_lines = fit_lines(
            [design.organiser, design.contact], form.body.size, (back.width, BACK_FOOT), NAME, self.language
        )

    def lay_out_with_scenes(self, mix: Sequence[Category]) -> tuple[list[Question], Any]:
        """Choose questions for the leaflet, those on exhibits first, and lay it out with them."""
        chosen = sorted(
            self.choose_questions(self.form.scene_count, mix), key=lambda question: not question.exhibit
        )
        return chosen, self.lay_out(chosen)

    def template_values(self, questions: Sequence[QuestionView], *, measuring: bool) -> dict[str, Any]:
        design, form, back = self._design, self.form, self._outside[1]
        sizes = {16.0: back.width} if form.is_large else {12.0: back.width, 9.0: back.width}
        caption, caption_size = link_caption(design.link, sizes, self.language)
        return {
            "design": design,
            "form": form,
            "page": self.page,
            "outside": self._outside,
            "inside": self._inside,
            "top": TOP,
            "mm": MM,
            "rooms": self._room,
            **self._help_number_values(),
            "headline": self.headline,
            "cover_lines": self._cover_lines,
            "back_lines": self._back_lines,
            "title_language": sheet_title_language(design, self.language),
            "heading": self._heading,
            "scenes": [_scene_values(question) for question in questions],
            "steps": self._step_texts(),
            "verbs": self._verbs(),
            "tips": self._tips,
            "lead": self._statement_texts("lead"),
            "keep": [] if form.is_large else self._statement_texts("keep"),
            "qr": qr_code_svg(design.link) if design.link else "",
            "caption": caption,
            "caption_size": caption_size,
            "sources": [] if measuring else self._sources([each.question for each in questions]),
        }

    def _help_number_values(self) -> dict[str, Any]:
        """Return the values with which the template shows the help numbers."""
        numbers, width, form = choose_help_numbers(self.bank), self._outside[1].width, self.form
        columns = NUMBERS_SPLIT * width - 12, (1 - NUMBERS_SPLIT) * width
        number_type = fit_help_numbers(
            numbers, 40, width, columns, TypeSize(form.body.size, 28), self.language
        )
        note_columns = (width - number_type.label_width,) * 2 if number_type.is_stacked else columns
        notes = fit_help_notes(numbers, (form.label.size, form.sources), note_columns, self.language)
        return {
            "numbers": numbers,
            "number_type": number_type,
            "notes": notes,
            "split": NUMBERS_SPLIT * width if numbers.emergency else 0,
            "place": numbers.place_in_language(self.language),
            "labels": help_number_labels(numbers, number_type, form.body.size, columns, self.language),
        }

    def may_fit(self, question: QuestionView) -> bool:
        if not asks_for_one_option(question) or (
            question.exhibit and not question.answer.is_genuine_or_scam_choice
        ):
            return False
        if self.more_lines is not None and self._count_source_lines(question) > self.more_lines:
            return False
        form, body = self.form, self.form.body
        indent = form.box + 2.1 * body.size
        options = sum(self._count_lines(option.text, body.size, indent) for option in question.options)
        scene = body.line * (1 if question.answer_form == "sides" else options) + form.below
        if exhibit := exhibit_template_values(question):
            label, sender = (self._label_width(exhibit[part]) for part in ("label", "sender"))
            room = self._inside[0].width - HEAD_INDENT
            if max(label, sender) > room:
                return False
            scene += max(22, form.label.line * (1 if label + sender < room else 2)) + 0.6 * body.size
            lines = count_exhibit_lines(exhibit, form.exhibit.size, self._inside[0].width, self.language)
            scene += form.exhibit.line * lines + (0 if form.is_large else WRITING_LINE)
        else:
            scene += body.line * self._count_lines(question.stem, body.size, HEAD_INDENT, bold=True)
        answer = 1 + self._count_lines(question.why, form.answer.size)
        if not form.is_large:
            answer += self._count_lines(question.advice, form.answer.size)
        return scene <= self._room.for_scene(question) and form.answer.line * answer <= self._room.answer

    def fits(self, question: QuestionView, heights: Mapping[str, float]) -> bool:
        number = question.number
        return (
            heights[f"scene-{number}"] <= self._room.for_scene(question)
            and heights[f"answer-{number}"] <= self._room.answer
        )

    def _count_lines(self, text: str, size: float, indent: float = 0, *, bold: bool = False) -> int:
        """Count the lines of a text on an inside panel."""
        width = self._inside[0].width - indent
        return line_count(text, size, width, bold=bold, han=is_chinese(self.language))

    def _label_width(self, text: str) -> float:
        return text_width(text, bold=True, han=is_chinese(self.language)) * self.form.label.size

    def _verbs(self) -> StatementLines | None:
        """Fit the verbs on the cover; ``None`` if the bank has none."""
        statements, cover = verb_statements(self.bank), self.form.cover + 3
        if not statements:
            return None
        heads = {self.language: " · ".join(verb_heads(self.bank, self.language))}
        largest, smallest = TypeSize(cover, 1.3 * cover), 16 if self.form.is_large else 12
        room = self._outside[2].width, VERBS_HEIGHT
        return fit_statement(statements[0], heads, largest, smallest, room, NAME, self.language, bold=True)

    def _step_texts(self) -> list[tuple[str, str, str]]:
        """Return each step as its text, the number to call (or ""), and the language of the text."""
        return [
            (text, each.number, language)
            for each in leaflet_statements(self.bank)
            if each.role == "step"
            for text, language in [localize_with_language(each.short, self.language)]
        ]

    def _statement_texts(self, role: StatementRole) -> list[tuple[str, str]]:
        """Return what a leaflet says by itself in a role, each text with its language."""
        statements = leaflet_statements(self.bank)
        return [localize_with_language(each.text, self.language) for each in statements if each.role == role]

    def _tips_by_panel(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Divide the tips between the two panels with scenes. In large type, only the second has room for them."""
        tips = self._statement_texts("tip")
        return ([], tips) if self.form.is_large else (tips[:1], tips[1:])

    def _divide_height_among_scenes(self) -> SceneRoom:
        """Divide the height of the panels among their scenes, below the heads and above the tips."""
        form, body = self.form, self.form.body
        room = self.page.height - 2 * TOP - form.head.line - 8
        judged, acted = (
            room
            - sum(
                self._count_lines(tip, body.size, 18, bold=True) * body.line + 24 for tip, _language in tips
            )
            for tips in self._tips
        )
        return SceneRoom(judged / form.judged, acted / form.acted, room / form.scene_count)

    def _count_source_lines(self, question: QuestionView) -> int:
        """Count the lines that the sources of a question add to those of the leaflet itself."""
        return len(self._sources([question.question])) - len(self._sources([]))

    def _sources(self, questions: Sequence[Question]) -> list[str]:
        """Return the lines that name the sources of the leaflet and these questions."""
        names = source_names(self.bank, questions, leaflet_statements(self.bank), self.language)
        credit = _("Facts: {sources}", sources=names).translated(self.language) if names else ""
        return break_lines(credit, self.form.sources, self._outside[1].width, han=is_chinese(self.language))


def leaflet_statements(bank: Bank) -> list[Statement]:
    """List the statements of a leaflet: the lead, the steps with a short wording, two tips, and the notes to keep."""
    steps = [each for each in bank.statements_with_role("step") if each.short]
    return [
        *bank.statements_with_role("lead")[:1],
        *steps,
        *bank.statements_with_role("tip")[:2],
        *bank.statements_with_role("keep"),
    ]


def _scene_values(question: QuestionView) -> dict[str, Any]:
    is_two_sided = question.answer_form == "sides"
    return {
        "number": question.number,
        "exhibit": exhibit_template_values(question),
        # The panel's head asks for the verdict.
        "language": question.text_language,
        "stem_language": question.stem_language,
        "answer_language": question.answer_language,
        "stem": "" if is_two_sided and question.answer.is_about_exhibit else question.stem,
        "two_sided": is_two_sided,
        "options": [(option.letter, option.text) for option in question.options],
        "letter": question.correct_letters,
        "key": question.right_answer,
        "reason": question.why,
        "advice": question.advice,
    }


def _print_sheet(job: PrintJob, design: SheetDesign) -> PrintedSheet:
    """Print the sheet with the questions that a print job gives it."""
    pdf, quiz = print_leaflet(job, design)
    return PrintedSheet(pdf, _("a leaflet with {count} scenes", count=len(quiz.questions)))


LAYOUT = Layout(
    name=NAME,
    help=N_("a leaflet to fold in three and take home"),
    unused_options=("count",),
    design=SheetDesign,
    make=_print_sheet,
    papers=("A4", "Letter"),
    kit=KitSheet(
        85,
        "per-visitor",
        "short-edge",
        _("To take home: scenes, and what to do. Fold it in three."),
    ),
)
