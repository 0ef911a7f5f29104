"""Cards to cut and play with: questions on the fronts, and answers on the backs, where they lie when the sheet is turned."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import Part
from quizgen.model import Bank, Question, Quiz
from quizgen.paper.choosing import choose
from quizgen.paper.design import MM, Page, SizedDesign, TextSize, title_of
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.lines import is_han, line_count, text_width
from quizgen.paper.renderer import POINTS_A_PIXEL, About, Renderer
from quizgen.paper.sheets import (
    BETWEEN,
    LEAST_SIZE,
    choice_of,
    exhibit_lines,
    exhibit_values,
    given_by,
    grid,
    han_or,
    letter,
    numbers_of,
    sheet_page,
)
from quizgen.shapes import Choose
from quizgen.text.languages import Text, localize
from quizgen.text.messages import counted, message
from quizgen.view.question import QuestionView

NAME = "cards"
PLAYERS = 6
"""As many as one set of cards is for."""

ID_SIZE = 8.0
"""Size of a question's id in the corner of a card, in points; where one has no room, no card has one."""

SAFE = 5 * MM
"""White within the edge of a card, so that a knife may stray."""


class CardForm(Struct, frozen=True):
    """A card in points: its size, and the types on it, each a size and the height of a line.

    ``most`` are the most lines of a stem, of a reason, and of what to do.
    """

    width: float
    height: float
    rows: int
    stem: tuple[float, float]
    option: tuple[float, float]
    said: tuple[float, float]
    reason: tuple[float, float]
    advice: tuple[float, float]
    small: tuple[float, float]
    number: float
    circle: float
    letter: float
    most: tuple[int, int, int]

    @property
    def column(self) -> float:
        """Width of what stands on a card."""
        return self.width - 2 * SAFE

    @property
    def is_large(self) -> bool:
        """Tell whether nothing is smaller than large type may be, so that an id has no room."""
        return self.small[0] >= LEAST_SIZE["large"]

    @property
    def head(self) -> float:
        """Width of what stands beside the number."""
        return self.column - self.circle - 2 * MM

    @property
    def room(self) -> float:
        """Height of what may stand on a card."""
        return self.height - 2 * SAFE


_MIX: tuple[Part, ...] = ("scam", "genuine", "apply", "understand")
"""What every four cards are for, as far as such questions fit."""

COLUMNS = 2
FORMS: dict[TextSize, CardForm] = {
    "normal": CardForm(
        95 * MM, 62 * MM, 4,
        stem=(13, 16.5), option=(11.5, 15), said=(10.5, 13.5), reason=(10.5, 13.5), advice=(11.5, 15), small=(9, 12),
        number=14, circle=8 * MM, letter=30, most=(3, 3, 2),
    ),
    "large": CardForm(
        95 * MM, 124 * MM, 2,
        stem=(20, 25), option=(18, 24), said=(16, 20.5), reason=(18, 24), advice=(18, 24), small=(16, 20),
        number=20, circle=13 * MM, letter=40, most=(6, 6, 4),
    ),
}  # fmt: skip


def form_of(text_size: TextSize, language: str) -> CardForm:
    """Give the form of a card for a size of type and a language."""
    form = FORMS[text_size]
    size, line = form.stem
    return replace(form, stem=(size, han_or(language, round(size * 1.46), line)))


def print_cards(job: PrintJob, design: SizedDesign) -> tuple[bytes, Quiz]:
    """Print as many cards as questions were asked for, or a sheet of eight (two in large type) for none.

    Raises QuizgenError and MisuseError as ``choose`` and ``Renderer`` do.
    """
    page, form = sheet_page(design, NAME), form_of(design.text_size, job.language)
    candidates = job.candidates()
    language, bank = candidates.language, candidates.bank
    foot = _foot(bank, form, language)
    most = 2 if form.is_large else 1
    given = given_by(design, NAME, form.small[0], form.column, language, most=most)
    with Renderer(language, design.logo) as renderer:

        def values(questions: Sequence[Question]) -> dict[str, Any]:
            return {
                "form": form,
                "page": page,
                "foot": foot,
                "given": given,
                "has_ids": not form.is_large
                and all(
                    text_width("".join(given), han=is_han(language)) * form.small[0]
                    + text_width(each.id) * ID_SIZE
                    <= form.column - (12 if given else 0)
                    for each in questions
                ),
                "cards": [
                    _card(number, question, form, Quiz((question,), candidates.seed, language, bank))
                    for number, question in enumerate(questions, start=1)
                ],
            }

        def measure(questions: Sequence[Question]) -> Iterator[str]:
            document = renderer.lay_out("cards.html", {**values(questions), "sheets": []})
            heights = {
                element: (bottom - top) * POINTS_A_PIXEL
                for laid_out in document.pages
                for element, (_, top, _, bottom) in laid_out.anchors.items()
            }
            for number, question in enumerate(questions, start=1):
                if _fits(form, {name: heights.get(f"{name}-{number}", 0.0) for name in _PARTS}):
                    yield question.id

        count = len(candidates.named) or candidates.count or 8
        taken = choose(
            candidates,
            count,
            measure,
            layout=NAME,
            may=lambda each: _may(each, form, len(foot) + (len(given) or not form.is_large), bank, language),
            mix=_MIX * (count // len(_MIX)),
        )
        sheets = list(_sheets(len(taken), page, form))
        about = About(title_of(design, language), design.organiser, language)
        document = renderer.lay_out("cards.html", {**values(taken), "sheets": sheets})
        return renderer.write(document, about), candidates.quiz(taken)


_PARTS = ("front", "stem", "back", "reason", "advice")


def _fits(form: CardForm, heights: dict[str, float]) -> bool:
    limits = zip(("stem", "reason", "advice"), form.most, strict=True)
    return max(heights["front"], heights["back"]) <= form.room + 0.01 and all(
        heights[part] <= (most + 0.5) * getattr(form, part)[1] for part, most in limits
    )


def _may(question: Question, form: CardForm, foot: int, bank: Bank, language: str) -> bool:
    """Tell whether a question may fit, by its kind and its lines."""
    answer = choice_of(question)
    if answer is None:
        return False

    def count(part: str, words: Text, indent: float = 0) -> int:
        size, width = getattr(form, part)[0], form.column - indent
        return line_count(localize(words, language), size, width, bold=part == "stem", han=is_han(language))

    texts = {"stem": question.stem, "reason": question.rationale, "advice": question.advice}
    taken = {part: count(part, words) for part, words in texts.items()}
    if any(taken[part] > most for part, most in zip(texts, form.most, strict=True)):
        return False
    options = [count("option", option, 1.6 * form.option[0]) for option in answer.options]
    front = form.circle + taken["stem"] * form.stem[1]
    front += form.option[1] * (1 if _in_a_row(answer, form, language) else sum(options))
    if exhibit := exhibit_values(question, bank, language):
        front += form.said[1] * exhibit_lines(exhibit, form.said[0], form.column, language) + form.option[0]
        if max(text_width(exhibit[part]) for part in ("label", "sender")) * form.small[0] > form.head:
            return False
    key = count("stem", answer.options[answer.keys[0]], 1.25 * form.letter) * form.stem[1]
    back = max(form.letter + 2, key) + foot * form.small[1] + 1.3 * form.reason[0]
    back += taken["reason"] * form.reason[1] + taken["advice"] * form.advice[1]
    return max(front + form.option[0], back) <= form.room


def _in_a_row(answer: Choose, form: CardForm, language: str) -> bool:
    """Tell whether options that have an order of their own, and so are short, stand beside each other."""
    widths = [text_width(localize(option, language), han=is_han(language)) for option in answer.options]
    return answer.fixed and (sum(widths) + (1.6 + 1.4) * len(widths) - 1.4) * form.option[0] <= form.column


def _foot(bank: Bank, form: CardForm, language: str) -> list[str]:
    """List the lines with the numbers to call: one for each, or in smaller type one for all."""
    numbers = numbers_of(bank)
    calls = [
        message(language, name, number=number.number)
        for name, number in (("sheet.gone-line", numbers.emergency), ("sheet.unsure-line", numbers.advice))
        if number
    ]
    return calls if form.is_large or not calls else [BETWEEN.join(calls)]


def _card(number: int, question: Question, form: CardForm, quiz: Quiz) -> dict[str, Any]:
    language, bank = quiz.language, quiz.bank
    answer, view = choice_of(question), QuestionView(question, bank, language)
    assert answer  # noqa: S101  no other is taken
    return {
        "number": number,
        "id": question.id,
        "topic": view.topic,
        "stem": view.stem,
        "exhibit": exhibit_values(question, bank, language),
        "options": [(letter(index), option.text) for index, option in enumerate(view.options)],
        "in_a_row": _in_a_row(answer, form, language),
        "letter": letter(answer.keys[0]),
        "key": view.right_answer,
        "reason": view.rationale,
        "advice": view.advice,
    }


class Side(Struct, frozen=True):
    """One side of a sheet: which cards stand where, as index, x and y of the top left in points."""

    is_front: bool
    places: tuple[tuple[int, float, float], ...]
    columns: tuple[float, ...]
    rows: tuple[float, ...]


def _sheets(count: int, page: Page, form: CardForm) -> Iterator[Side]:
    """Lay out fronts, and backs mirrored at the long edge."""
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
    return Printed(pdf, counted("print.cards", len(quiz.questions)), serves=PLAYERS)


LAYOUT = Layout(
    name=NAME,
    help="print.help-cards",
    design=SizedDesign,
    templates=("cards.html", "sheets.html", "sheets.css"),
    make=_make,
    kit=KitSheet(65, "per-visitor", "long-edge", "kit.cards", ("kit.knife",), papers=("A4", "Letter")),
)
