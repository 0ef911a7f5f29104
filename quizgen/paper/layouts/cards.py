"""Cards to cut and play with: questions on the fronts and answers on the backs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import Candidates, Category
from quizgen.model import Quiz
from quizgen.paper.choosing import QuestionSheet
from quizgen.paper.design import MM, Page, SizedDesign, TextSize, sheet_title
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.lines import is_chinese, line_count, text_width
from quizgen.paper.renderer import PdfMetadata, Renderer
from quizgen.paper.sheets import (
    MIN_SIZE,
    SEPARATOR,
    TypeSize,
    asks_for_one_option,
    centred_grid_edges,
    choose_for_language,
    choose_help_numbers,
    count_exhibit_lines,
    exhibit_template_values,
    fit_organiser_lines,
    lettered_options,
    right_option_letter,
    sheet_page,
)
from quizgen.text.messages import N_, _, ngettext
from quizgen.view.question import QuestionView

NAME = "cards"
PLAYERS = 6
"""How many people play with one set of cards."""

ID_SIZE = MIN_SIZE["normal"]
"""Size of a question's id in the corner of a card, in points. If one does not fit, no card has one."""

SAFE_MARGIN = 5 * MM
"""White within the edge of a card, so that an inexact cut does no harm."""


class CardForm(Struct, frozen=True):
    """The size of a card in points, the rows of cards on a sheet, and the sizes of type.

    ``number`` is the size of a card's number, which has a ``circle`` around it, and ``letter`` that of the key's letter.
    Stem, reason and advice have at most ``stem_lines``, ``reason_lines`` and ``advice_lines``.
    """

    width: float
    height: float
    rows: int
    stem: TypeSize
    option: TypeSize
    exhibit: TypeSize
    reason: TypeSize
    advice: TypeSize
    small: TypeSize
    number: float
    circle: float
    letter: float
    stem_lines: int
    reason_lines: int
    advice_lines: int

    @property
    def text_width(self) -> float:
        """Width of the text on a card."""
        return self.width - 2 * SAFE_MARGIN

    @property
    def is_large(self) -> bool:
        """Whether it has large type, which leaves no room for an id."""
        return self.small.size >= MIN_SIZE["large"]

    @property
    def head_width(self) -> float:
        """Width of the text beside the number."""
        return self.text_width - self.circle - 2 * MM

    @property
    def text_height(self) -> float:
        """Height of the text on a card."""
        return self.height - 2 * SAFE_MARGIN


_MIX: tuple[Category, ...] = ("scam", "genuine", "apply", "understand")
"""The parts of the mix that each four cards have, if such questions fit."""

ONE_SHEET = 8
"""How many cards are printed by default: one sheet, or two in large type."""

FEWEST_CARDS = 4
"""How many cards are enough, if no more questions fit. Their number is even, so that rows are full."""

COLUMNS = 2
FORMS: dict[TextSize, CardForm] = {
    "normal": CardForm(
        width=95 * MM,
        height=62 * MM,
        rows=4,
        stem=TypeSize(11.5, 14),
        option=TypeSize(10, 13),
        exhibit=TypeSize(9, 11.5),
        reason=TypeSize(9, 11.5),
        advice=TypeSize(10, 12.5),
        small=TypeSize(9, 12),
        number=14,
        circle=7 * MM,
        letter=26,
        stem_lines=4,
        reason_lines=4,
        advice_lines=3,
    ),
    "large": CardForm(
        width=95 * MM,
        height=124 * MM,
        rows=2,
        stem=TypeSize(20, 25),
        option=TypeSize(18, 24),
        exhibit=TypeSize(16, 20.5),
        reason=TypeSize(18, 24),
        advice=TypeSize(18, 24),
        small=TypeSize(16, 20),
        number=20,
        circle=13 * MM,
        letter=40,
        stem_lines=6,
        reason_lines=6,
        advice_lines=4,
    ),
}


def make_card_form(text_size: TextSize, language: str) -> CardForm:
    """Return the form of a card for a size of type and a language."""
    form = FORMS[text_size]
    size, line = form.stem.size, form.stem.line
    return replace(form, stem=TypeSize(size, choose_for_language(language, round(size * 1.46), line)))


def print_cards(job: PrintJob, design: SizedDesign) -> tuple[bytes, Quiz]:
    """Print a card for each question asked for, or ONE_SHEET of them; return the PDF and the quiz of the cards.

    Raises QuizgenError and MisuseError as ``choose`` and ``Renderer`` do.
    """
    candidates = job.candidates()
    count = len(candidates.named) or candidates.count or ONE_SHEET
    with Renderer(candidates.language, design.logo, design.colour) as renderer:
        cards = _Cards(renderer, candidates, design)
        chosen = cards.choose_questions(count, _MIX * (count // len(_MIX)), fewest=min(count, FEWEST_CARDS))
        if len(chosen) < count:
            chosen = chosen[: len(chosen) // COLUMNS * COLUMNS]
        about = PdfMetadata(sheet_title(design, candidates.language), design.organiser, candidates.language)
        return renderer.write_pdf(cards.lay_out(chosen), about), candidates.make_quiz(chosen)


class _Cards(QuestionSheet):
    """The cards in one size of type."""

    name: ClassVar[str] = NAME

    def __init__(self, renderer: Renderer, candidates: Candidates, design: SizedDesign) -> None:
        super().__init__(renderer, candidates)
        self._page = sheet_page(design, NAME)
        self._form = form = make_card_form(design.text_size, self.language)
        self._number_lines = self._help_lines()
        self._organiser_lines = fit_organiser_lines(design, form.small.size, form.text_width, self.language)

    def template_values(self, questions: Sequence[QuestionView], *, measuring: bool) -> dict[str, Any]:
        return {
            "form": self._form,
            "page": self._page,
            "number_lines": self._number_lines,
            "organiser_lines": self._organiser_lines,
            "has_ids": not self._form.is_large and all(map(self._has_room_for_id, questions)),
            "cards": [self._card_values(question) for question in questions],
            "sides": [] if measuring else list(_place_cards(len(questions), self._page, self._form)),
        }

    def may_fit(self, question: QuestionView) -> bool:
        if not asks_for_one_option(question):
            return False
        form = self._form
        stem = self._count_lines(question.stem, form.stem, bold=True)
        reason = self._count_lines(question.why, form.reason)
        advice = self._count_lines(question.advice, form.advice)
        if stem > form.stem_lines or reason > form.reason_lines or advice > form.advice_lines:
            return False

        front = form.circle + stem * form.stem.line + form.option.size
        if self._fits_in_a_row(question):
            front += form.option.line
        else:
            indent = 1.6 * form.option.size
            rows = sum(self._count_lines(option.text, form.option, indent) for option in question.options)
            front += form.option.line * rows
        if exhibit := exhibit_template_values(question):
            exhibit_count = count_exhibit_lines(exhibit, form.exhibit.size, form.text_width, self.language)
            front += form.exhibit.line * exhibit_count + form.option.size
            if (
                max(text_width(exhibit[part]) for part in ("label", "sender")) * form.small.size
                > form.head_width
            ):
                return False

        key = (
            self._count_lines(question.right_answer, form.stem, 1.25 * form.letter, bold=True)
            * form.stem.line
        )
        foot = len(self._number_lines) + (len(self._organiser_lines) or not form.is_large)
        back = max(form.letter + 2, key) + foot * form.small.line + 1.3 * form.reason.size
        back += reason * form.reason.line + advice * form.advice.line
        return max(front, back) <= form.text_height

    def fits(self, question: QuestionView, heights: Mapping[str, float]) -> bool:
        form, number = self._form, question.number
        limits = (
            ("stem", (form.stem_lines + 0.5) * form.stem.line),
            ("reason", (form.reason_lines + 0.5) * form.reason.line),
            ("advice", (form.advice_lines + 0.5) * form.advice.line),
            ("front", form.text_height + 0.01),
            ("back", form.text_height + 0.01),
        )
        # A question without advice has no element for it.
        return all(heights.get(f"{part}-{number}", 0) <= limit for part, limit in limits)

    def _count_lines(self, words: str, type_: TypeSize, indent: float = 0, *, bold: bool = False) -> int:
        """Count the lines of a text on a card."""
        width = self._form.text_width - indent
        return line_count(words, type_.size, width, bold=bold, han=is_chinese(self.language))

    def _fits_in_a_row(self, question: QuestionView) -> bool:
        """Return whether options in a fixed order, which are short, fit side by side."""
        widths = [text_width(option.text, han=is_chinese(self.language)) for option in question.options]
        taken = (sum(widths) + (1.6 + 1.4) * len(widths) - 1.4) * self._form.option.size
        return question.answer_form in ("sides", "lines") and taken <= self._form.text_width

    def _has_room_for_id(self, question: QuestionView) -> bool:
        """Return whether a question's id fits on the back, beside the organiser."""
        organiser_width = (
            text_width("".join(self._organiser_lines), han=is_chinese(self.language)) * self._form.small.size
        )
        taken = organiser_width + text_width(question.id) * ID_SIZE
        return taken <= self._form.text_width - (12 if self._organiser_lines else 0)

    def _help_lines(self) -> list[str]:
        """List the lines with help numbers: one for each, or one for all in normal type."""
        numbers = choose_help_numbers(self.bank)
        lines = [
            name.with_values(number=number.number).translated(self.language)
            for name, number in (
                (_("Money gone: {number}"), numbers.emergency),
                (_("Not sure: {number}"), numbers.advice),
            )
            if number
        ]
        return lines if self._form.is_large or not lines else [SEPARATOR.join(lines)]

    def _card_values(self, question: QuestionView) -> dict[str, Any]:
        return {
            "number": question.number,
            "id": question.id,
            "topic": question.topic_title,
            "language": question.text_language,
            "stem_language": question.stem_language,
            "answer_language": question.answer_language,
            "stem": question.stem,
            "exhibit": exhibit_template_values(question),
            "options": lettered_options(question),
            "in_a_row": self._fits_in_a_row(question),
            "letter": right_option_letter(question),
            "key": question.right_answer,
            "reason": question.why,
            "advice": question.advice,
        }


class CardSide(Struct, frozen=True):
    """One side of a sheet: each card as index, x and y of the top left corner, in points."""

    is_front: bool
    places: tuple[tuple[int, float, float], ...]
    columns: tuple[float, ...]
    rows: tuple[float, ...]


def _place_cards(count: int, page: Page, form: CardForm) -> Iterator[CardSide]:
    """Place the fronts of cards, then their backs, mirrored at the long edge."""
    xs, ys = centred_grid_edges(page, COLUMNS, form.rows, form.width, form.height)
    cards_a_sheet = COLUMNS * form.rows
    for first in range(0, count, cards_a_sheet):
        for is_front in (True, False):
            places = []
            for place, card in enumerate(range(first, min(first + cards_a_sheet, count))):
                row, column = divmod(place, COLUMNS)
                places.append((card, xs[column if is_front else COLUMNS - 1 - column], ys[row]))
            yield CardSide(is_front, tuple(places), xs, ys)


def _print_sheet(job: PrintJob, design: SizedDesign) -> PrintedSheet:
    """Print the sheet with the questions that a print job gives it."""
    pdf, quiz = print_cards(job, design)
    cards = ngettext("{count} card", "{count} cards", len(quiz.questions))
    asked = job.candidates().count or 0
    content = cards if len(quiz.questions) >= asked else _("{cards}, as no more questions fit", cards=cards)
    return PrintedSheet(pdf, content, serves=PLAYERS)


LAYOUT = Layout(
    name=NAME,
    help=N_("questions on cards to cut out and play with, eight to a sheet, with answers on the back"),
    count_help=N_("How many cards, one for each question; 8 by default, which fill a sheet."),
    unused_options=("title", "date", "logo"),
    design=SizedDesign,
    make=_print_sheet,
    papers=("A4", "Letter"),
    kit=KitSheet(
        65,
        "per-visitor",
        "long-edge",
        _("To cut and play with, a set for six at a table."),
        (_("Scissors, or a knife and a ruler"),),
    ),
)
