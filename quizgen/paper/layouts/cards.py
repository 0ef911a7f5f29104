"""Cards to cut and play with: questions on the fronts, and answers on the backs, where they lie when the sheet is turned."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import Candidates, Part
from quizgen.model import Quiz
from quizgen.paper.choosing import QuestionSheet
from quizgen.paper.design import MM, Page, SizedDesign, TextSize, title_of
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.lines import is_han, line_count, text_width
from quizgen.paper.renderer import About, Renderer
from quizgen.paper.sheets import (
    MIN_SIZE,
    SEPARATOR,
    TypeSize,
    asks_for_one_option,
    exhibit_lines,
    exhibit_values,
    grid,
    han_or,
    key_letter,
    lettered_options,
    numbers_of,
    organiser_lines,
    sheet_page,
)
from quizgen.text.messages import N_, _, ngettext
from quizgen.view.question import QuestionView

NAME = "cards"
PLAYERS = 6
"""As many as one set of cards is for."""

ID_SIZE = MIN_SIZE["normal"]
"""Size of a question's id in the corner of a card, in points; where one has no room, no card has one."""

SAFE = 5 * MM
"""White within the edge of a card, so that a knife may stray."""


class CardForm(Struct, frozen=True):
    """A card: its size, in points, how many rows of cards a sheet has, and the types on it.

    ``said`` is an exhibit. ``number`` is the type of a card's number, which has a ``circle`` around it, and ``letter``
    that of the right option's letter. A stem, a reason and advice have at most ``stem_lines``, ``reason_lines`` and
    ``advice_lines``.
    """

    width: float
    height: float
    rows: int
    stem: TypeSize
    option: TypeSize
    said: TypeSize
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
    def column(self) -> float:
        """Width of the text on a card."""
        return self.width - 2 * SAFE

    @property
    def is_large(self) -> bool:
        """Whether it is for large type, on which an id has no room."""
        return self.small.size >= MIN_SIZE["large"]

    @property
    def head(self) -> float:
        """Width of the text beside the number."""
        return self.column - self.circle - 2 * MM

    @property
    def room(self) -> float:
        """Height of the text on a card."""
        return self.height - 2 * SAFE


_MIX: tuple[Part, ...] = ("scam", "genuine", "apply", "understand")
"""What every four cards are for, as far as such questions fit."""

ONE_SHEET = 8
"""Cards that are printed where nobody says how many: on one sheet, or in large type on two."""

COLUMNS = 2
FORMS: dict[TextSize, CardForm] = {
    "normal": CardForm(
        width=95 * MM,
        height=62 * MM,
        rows=4,
        stem=TypeSize(13, 16.5),
        option=TypeSize(11.5, 15),
        said=TypeSize(10.5, 13.5),
        reason=TypeSize(10.5, 13.5),
        advice=TypeSize(11.5, 15),
        small=TypeSize(9, 12),
        number=14,
        circle=8 * MM,
        letter=30,
        stem_lines=3,
        reason_lines=3,
        advice_lines=2,
    ),
    "large": CardForm(
        width=95 * MM,
        height=124 * MM,
        rows=2,
        stem=TypeSize(20, 25),
        option=TypeSize(18, 24),
        said=TypeSize(16, 20.5),
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


def form_of(text_size: TextSize, language: str) -> CardForm:
    """Return the form of a card for a size of type and a language."""
    form = FORMS[text_size]
    size, line = form.stem.size, form.stem.line
    return replace(form, stem=TypeSize(size, han_or(language, round(size * 1.46), line)))


def print_cards(job: PrintJob, design: SizedDesign) -> tuple[bytes, Quiz]:
    """Print as many cards as questions were asked for, or ONE_SHEET, and return which questions they have.

    Raises QuizgenError and MisuseError as ``choose`` and ``Renderer`` do.
    """
    candidates = job.candidates()
    count = len(candidates.named) or candidates.count or ONE_SHEET
    with Renderer(candidates.language, design.logo) as renderer:
        cards = _Cards(renderer, candidates, design)
        taken = cards.choose(count, _MIX * (count // len(_MIX)))
        about = About(title_of(design, candidates.language), design.organiser, candidates.language)
        return renderer.write(cards.lay_out(taken), about), candidates.quiz(taken)


class _Cards(QuestionSheet):
    name: ClassVar[str] = NAME

    def __init__(self, renderer: Renderer, candidates: Candidates, design: SizedDesign) -> None:
        super().__init__(renderer, candidates)
        self._page = sheet_page(design, NAME)
        self._form = form = form_of(design.text_size, self.language)
        self._calls = self._lines_with_numbers()
        most = 2 if form.is_large else 1
        self._given = organiser_lines(design, NAME, form.small.size, form.column, self.language, most=most)

    def values(self, questions: Sequence[QuestionView], *, measuring: bool) -> dict[str, Any]:
        return {
            "form": self._form,
            "page": self._page,
            "calls": self._calls,
            "given": self._given,
            "has_ids": not self._form.is_large and all(map(self._has_room_for_id, questions)),
            "cards": [self._card(question) for question in questions],
            "sides": [] if measuring else list(_sides(len(questions), self._page, self._form)),
        }

    def may_fit(self, question: QuestionView) -> bool:
        if not asks_for_one_option(question):
            return False
        form = self._form
        stem = self._lines(question.stem, form.stem, bold=True)
        reason = self._lines(question.rationale, form.reason)
        advice = self._lines(question.advice, form.advice)
        if stem > form.stem_lines or reason > form.reason_lines or advice > form.advice_lines:
            return False

        front = form.circle + stem * form.stem.line + form.option.size
        if self._in_a_row(question):
            front += form.option.line
        else:
            indent = 1.6 * form.option.size
            rows = sum(self._lines(option.text, form.option, indent) for option in question.options)
            front += form.option.line * rows
        if exhibit := exhibit_values(question):
            said = exhibit_lines(exhibit, form.said.size, form.column, self.language)
            front += form.said.line * said + form.option.size
            if max(text_width(exhibit[part]) for part in ("label", "sender")) * form.small.size > form.head:
                return False

        key = self._lines(question.right_answer, form.stem, 1.25 * form.letter, bold=True) * form.stem.line
        foot = len(self._calls) + (len(self._given) or not form.is_large)
        back = max(form.letter + 2, key) + foot * form.small.line + 1.3 * form.reason.size
        back += reason * form.reason.line + advice * form.advice.line
        return max(front, back) <= form.room

    def fits(self, question: QuestionView, heights: Mapping[str, float]) -> bool:
        form, number = self._form, question.number
        limits = (
            ("stem", (form.stem_lines + 0.5) * form.stem.line),
            ("reason", (form.reason_lines + 0.5) * form.reason.line),
            ("advice", (form.advice_lines + 0.5) * form.advice.line),
            ("front", form.room + 0.01),
            ("back", form.room + 0.01),
        )
        # A question without advice has no element for it.
        return all(heights.get(f"{part}-{number}", 0) <= limit for part, limit in limits)

    def _lines(self, words: str, type_: TypeSize, indent: float = 0, *, bold: bool = False) -> int:
        """Count the lines of a text on a card."""
        width = self._form.column - indent
        return line_count(words, type_.size, width, bold=bold, han=is_han(self.language))

    def _in_a_row(self, question: QuestionView) -> bool:
        """Tell whether options that have an order of their own, and so are short, stand beside each other."""
        widths = [text_width(option.text, han=is_han(self.language)) for option in question.options]
        taken = (sum(widths) + (1.6 + 1.4) * len(widths) - 1.4) * self._form.option.size
        return question.form in ("sides", "lines") and taken <= self._form.column

    def _has_room_for_id(self, question: QuestionView) -> bool:
        """Tell whether a question's id has room on the back, beside who gives the cards out."""
        given = text_width("".join(self._given), han=is_han(self.language)) * self._form.small.size
        taken = given + text_width(question.id) * ID_SIZE
        return taken <= self._form.column - (12 if self._given else 0)

    def _lines_with_numbers(self) -> list[str]:
        """List the lines with the numbers to call: one for each, or in smaller type one for all."""
        numbers = numbers_of(self.bank)
        calls = [
            name.filled(number=number.number).translated(self.language)
            for name, number in (
                (_("Money gone: {number}"), numbers.emergency),
                (_("Not sure: {number}"), numbers.advice),
            )
            if number
        ]
        return calls if self._form.is_large or not calls else [SEPARATOR.join(calls)]

    def _card(self, question: QuestionView) -> dict[str, Any]:
        return {
            "number": question.number,
            "id": question.id,
            "topic": question.topic,
            "language": question.written_in,
            "stem_language": question.stem_language,
            "answer_language": question.answer_language,
            "stem": question.stem,
            "exhibit": exhibit_values(question),
            "options": lettered_options(question),
            "in_a_row": self._in_a_row(question),
            "letter": key_letter(question),
            "key": question.right_answer,
            "reason": question.rationale,
            "advice": question.advice,
        }


class Side(Struct, frozen=True):
    """One side of a sheet: which cards stand where, as index, x and y of the top left in points."""

    is_front: bool
    places: tuple[tuple[int, float, float], ...]
    columns: tuple[float, ...]
    rows: tuple[float, ...]


def _sides(count: int, page: Page, form: CardForm) -> Iterator[Side]:
    """Place fronts, and behind them their backs, mirrored at the long edge."""
    xs, ys = grid(page, COLUMNS, form.rows, form.width, form.height)
    a_sheet = COLUMNS * form.rows
    for first in range(0, count, a_sheet):
        for is_front in (True, False):
            places = []
            for place, card in enumerate(range(first, min(first + a_sheet, count))):
                row, column = divmod(place, COLUMNS)
                places.append((card, xs[column if is_front else COLUMNS - 1 - column], ys[row]))
            yield Side(is_front, tuple(places), xs, ys)


def _make(job: PrintJob, design: SizedDesign) -> Printed:
    pdf, quiz = print_cards(job, design)
    return Printed(pdf, ngettext("{count} card", "{count} cards", len(quiz.questions)), serves=PLAYERS)


LAYOUT = Layout(
    name=NAME,
    help=N_("questions on cards to cut and play with, eight to a sheet, answers on the backs"),
    design=SizedDesign,
    make=_make,
    kit=KitSheet(
        65,
        "per-visitor",
        "long-edge",
        _("To cut and play with, a set for six at a table."),
        (_("Scissors, or a knife and a ruler"),),
        papers=("A4", "Letter"),
    ),
)
