"""Sheets that show what a talk has changed: the same few questions before and after it, and a table to count in.

People also say how sure they are. The sheets have no names: both sheets of a person have the same printed code, by which
they can be put together. Both are printed on one page, to be cut apart; in large type and on A5 each has its own page.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

from msgspec import Struct

from quizgen.assemble import Candidates
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Question, Quiz
from quizgen.paper.choosing import QuestionSheet
from quizgen.paper.design import MIN_TYPE_SIZE, MM, PAGES, Option, Page, PageDesign, TextSize
from quizgen.paper.images import qr_dark_squares
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.lines import estimate_width, is_chinese, line_count, text_width
from quizgen.paper.press import (
    SETTING_PAGE_HEIGHT,
    Box,
    PdfAssembler,
    PlacedBlock,
    PlacedFragment,
    Typesetter,
)
from quizgen.paper.renderer import POINTS_A_PIXEL, PdfMetadata, element_heights
from quizgen.paper.sheets import asks_for_one_option, form_template_values
from quizgen.permutations import random_numbers
from quizgen.shapes import Choose
from quizgen.text.languages import locale
from quizgen.text.messages import N_, _, ngettext
from quizgen.view.question import QuestionView

QR_WIDTH = 14 * MM
"""Width of a QR code, in points."""

_SET_AT = 40.0
"""Size in points in which codes are set. They are scaled when they are drawn."""

QUESTIONS = 5
"""The number of questions by default, which people can answer in three minutes. It is also the most that -n gives."""

_MARGIN = 10 * MM
_GAP = 10.0
"""White above the foot, in points."""

_MAX_ROW_HEIGHT = {"normal": 18 * MM, "large": 26 * MM}
"""The largest height of a row in the table."""

_TALLY_EXTRA = 18.5
"""Height of everything above and below the rows of the table, in ems."""

_COLUMN_SHARES = {True: (28, 26, 11, 12, 11, 12), False: (27.6, 17.2, 12.6, 15, 12.6, 15)}
"""Widths of the table's columns, in per cent, on a landscape page (True) and a portrait page."""

_MAX_GAP = 1.6
"""The largest white space before a question, in ems."""

_MAX_SHARES = 1.3
"""How much of the average height a question may take, since shorter ones leave room."""

_MAX_ALIKE = 0.6
"""The largest share of the questions that may all be true, or all be false."""

_MAX_TRIES = 40
"""How many times the questions are chosen anew."""

_ESTIMATE_FACTOR = 0.9
"""Factor for estimated heights. It is below 1, so that no question that fits is left out."""

_TYPE_SIZES: dict[TextSize, tuple[float, ...]] = {"normal": (11, 10), "large": (18, 16)}
"""Sizes of type, in points. The first with which enough questions fit is used."""


class BeforeAfterDesign(PageDesign, frozen=True):
    """Options of sheets for before and after a talk."""

    text_size: Annotated[
        TextSize, Option(N_("The size of the type; large is 18 points, for older readers."))
    ] = "normal"
    codes: Annotated[
        int, Option(N_("How many people get sheets, each with a code of their own; 30 by default."), "N")
    ] = 30


_LETTERS, _DIGITS = "ACDEFHJKLMNPRTUVWXY", "23456789"
"""Letters and digits that nobody takes for others when they are written by hand."""

MAX_CODES = 2_000
"""The most codes. There are about 23,000, so that few look alike."""


def draw_codes(count: int, seed: int) -> list[str]:
    """Draw different codes of two letters and two digits, such as ``KD47``, from a seed."""
    random = random_numbers(seed, "codes")
    codes: dict[str, None] = {}
    while len(codes) < count:
        codes["".join(each[next(random) % len(each)] for each in (_LETTERS, _LETTERS, _DIGITS, _DIGITS))] = (
            None
        )
    return list(codes)


class _SheetPage(Struct, frozen=True):
    """A page, in points. It holds two sheets side by side if it is ``across``, or one."""

    width: float
    height: float
    across: bool

    @classmethod
    def for_design(cls, design: BeforeAfterDesign) -> "_SheetPage":
        """Return the page of a design, landscape if two sheets fit on it."""
        upright = PAGES[design.paper]
        if design.paper == "A5" or design.text_size == "large":
            return cls(upright.width, upright.height, across=False)
        return cls(upright.height, upright.width, across=True)

    @property
    def text_width(self) -> float:
        """Width of the text of one sheet."""
        return (self.width / 2 if self.across else self.width) - 2 * _MARGIN


def print_before_after(candidates: Candidates, design: BeforeAfterDesign) -> tuple[bytes, Quiz]:
    """Print both sheets and the table; return the PDF and the quiz that they ask.

    The same candidates, design, fonts and version of quizgen make the same bytes. Raises QuizgenError if too few
    questions fit, one asked for by name does not, Pango is missing, or no font has a character, and MisuseError if the
    head leaves no room.
    """
    *larger, smallest = _TYPE_SIZES[design.text_size]
    with Typesetter(candidates.language, design.logo) as typesetter:
        for size in larger:
            try:
                return _Sheets(typesetter, candidates, design, size).print()
            except QuizgenError:
                continue  # smaller type has room for more
        return _Sheets(typesetter, candidates, design, smallest).print()


class _Sheets(QuestionSheet):
    """Both sheets and the table, in one size of type."""

    name: ClassVar[str] = "before-after"

    def __init__(
        self, typesetter: Typesetter, candidates: Candidates, design: BeforeAfterDesign, size: float
    ) -> None:
        super().__init__(typesetter.renderer, candidates)
        self._typesetter = typesetter
        self._design, self._size = design, size
        self._paper = _SheetPage.for_design(design)
        self._count = len(candidates.named) or min(candidates.count or QUESTIONS, QUESTIONS)
        self._large = design.text_size == "large"
        self._tick, self._circle = (6.5 * MM, 9 * MM) if self._large else (4.5 * MM, 5.5 * MM)
        self._code_size = 1.7 * size
        self._code_box = (round(3.6 * self._code_size, 2), round(1.5 * self._code_size, 2))
        self._excluded_ids: set[str] = set()
        self._heights: dict[str, float] = {}  # of the questions measured so far
        head_and_foot = element_heights(self.lay_out_to_measure([]))
        self._room = self._paper.height - 2 * _MARGIN - head_and_foot["head"] - head_and_foot["foot"] - _GAP
        if self._room < self._count * 3 * size:
            raise MisuseError(
                problem(
                    _("title, organiser, contact, date, link and logo leave no room for questions"),
                    _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
                )
            )

    def print(self) -> tuple[bytes, Quiz]:
        """Choose questions and print them. Raises QuizgenError if too few fit."""
        chosen = self._choose_balanced()
        about = PdfMetadata(
            _("Before and after the talk").translated(self.language), self._design.organiser, self.language
        )
        return self._print_for_each_code(chosen, about), self.candidates.make_quiz(chosen)

    def _print_for_each_code(self, chosen: Sequence[Question], about: PdfMetadata) -> bytes:
        """Print a page with both sheets for each code, or two pages, and then the table. All are set in type once."""
        codes = draw_codes(self._design.codes, self.candidates.seed)
        values = self.template_values(self._question_views(chosen), measuring=False)
        parts = ("before", "after", "table", *(("cut",) if self._paper.across else ()))
        sheets = self._typesetter.lay_out(
            "before-after.html", {**values, "measuring": False}, {part: ("form", part) for part in parts}
        )
        printed = self._typesetter.lay_out(
            "names.html",
            {
                "names": {code: f"{code[:2]} {code[2:]}" for code in codes},
                "width": 0,
                "size": _SET_AT,
                "leading": 1.2,
                "height": SETTING_PAGE_HEIGHT,
            },
            {code: ("name", code) for code in codes},
        )
        page = Page(self._paper.width, self._paper.height, _MARGIN)
        assembler = PdfAssembler(self._typesetter.paint([sheets, printed]), page)
        anchors = {id_: place for each in sheets.pages for id_, place in each.anchors.items()}

        def place_part(part: str) -> PlacedFragment:
            block = sheets.blocks["form", part]
            return assembler.make_fragment(0, [PlacedBlock(("form", part), 0, 0)]), block.left, block.top

        def place_half(part: str, code: str) -> list[PlacedFragment]:
            box, qr = ([edge * POINTS_A_PIXEL for edge in anchors[f"{part}-{it}"]] for it in ("code", "qr"))
            block, scale = printed.blocks["name", code], self._code_size / _SET_AT
            left = (box[0] + box[2] - block.width * scale) / 2
            top = (box[1] + box[3] - block.height * scale) / 2
            text = assembler.make_scaled_block(1, ("name", code), scale)
            named = sheet_id(self.candidates.seed, len(chosen), code, part)
            picture = assembler.make_picture(0, _qr_squares(named), named)
            return [place_part(part), (text, left, top), (picture, qr[0], qr[1])]

        for code in codes:
            before, after = place_half("before", code), place_half("after", code)
            for fragments in (
                [[*before, *after, place_part("cut")]] if self._paper.across else [before, after]
            ):
                assembler.add_page(fragments)
        assembler.add_page([place_part("table")])
        return assembler.finish([], about)

    def template_values(self, questions: Sequence[QuestionView], *, measuring: bool) -> dict[str, Any]:
        paper, size = self._paper, self._size
        table = paper.height - 2 * _MARGIN - _TALLY_EXTRA * size
        row = min(_MAX_ROW_HEIGHT[self._design.text_size], table / (self._count + 1))
        shares = _COLUMN_SHARES[paper.across]
        return {
            **form_template_values(
                self._design,
                self.language,
                _("title, organiser, contact, date, link and logo leave no room for questions"),
            ),
            "seed": self.candidates.seed,
            "large": self._large,
            "size": size,
            "small": 16 if self._large else MIN_TYPE_SIZE,
            "tick": self._tick,
            "circle": self._circle,
            "width": paper.width,
            "height": SETTING_PAGE_HEIGHT if measuring else paper.height,
            "across": paper.across,
            "margin": _MARGIN,
            "column": paper.text_width,
            "gap": 0 if measuring else self._gap_before_questions(questions),
            "code_box": self._code_box,
            "qr_width": QR_WIDTH,
            "questions": questions,
            "columns": {each.id: self._count_option_columns(each) for each in questions},
            "short": _shorten_stem,
            "tally_row": round(row, 2),
            "tally_shares": shares,
            "stem_width": shares[0] / 100 * (paper.width - 2 * _MARGIN) - 0.8 * size - 1,
            "stem_lines": max(1, int((row - 0.4 * size - 1) / (1.25 * size))),
        }

    def may_fit(self, question: QuestionView) -> bool:
        if question.id in self._excluded_ids or question.exhibit or not asks_for_one_option(question):
            return False
        columns, han = self._count_option_columns(question), is_chinese(self.language)
        room = self._paper.text_width - 1.7 * self._size
        lines: float = line_count(question.stem, self._size, room, bold=True, han=han)
        if columns:
            width = room / columns - self._tick
            options = (f"{option.letter} {option.text}" for option in question.options)
            lines += sum(line_count(option, self._size, width) for option in options) / columns
        height = lines * locale(self.language).leading * self._size + self._circle
        return bool(_ESTIMATE_FACTOR * height <= self._max_height)

    def fits(self, question: QuestionView, heights: Mapping[str, float]) -> bool:
        self._heights[question.id] = heights[f"question-{question.number}"]
        return self._heights[question.id] <= self._max_height

    @property
    def _max_height(self) -> float:
        return _MAX_SHARES * self._room / self._count

    def _choose_balanced(self) -> list[Question]:
        """Choose questions that fit on a sheet together.

        If too many are true, or too many false, others are tried, so that ticking the same side throughout gains nothing.
        """
        second_best: list[Question] = []
        for _attempt in range(_MAX_TRIES):
            try:
                chosen = self.choose_questions(self._count, ["apply"] * self._count)
            except QuizgenError:
                if second_best:
                    break
                raise
            if sum(self._heights[each.id] for each in chosen) > self._room:
                self._excluded_ids.add(max(chosen, key=lambda each: self._heights[each.id]).id)
                continue
            same_side = _true_false_questions_with_same_key(chosen)
            if not same_side or self.candidates.named:
                return chosen
            second_best = second_best or chosen
            self._excluded_ids.add(same_side[-1].id)
        if second_best:
            return second_best
        raise MisuseError(
            problem(
                _("title, organiser, contact, date, link and logo leave no room for questions"),
                _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
            )
        )

    def _gap_before_questions(self, questions: Sequence[QuestionView]) -> float:
        """Return the white space before each question, which divides the free height equally."""
        white = self._room - sum(self._heights[each.id] for each in questions)
        return round(min(white / len(questions), _MAX_GAP * self._size), 2)

    def _count_option_columns(self, question: QuestionView) -> int:
        """Return how many options are side by side, or 0 if all of them and the scale fit on one line."""
        room, han = self._paper.text_width - 1.7 * self._size, is_chinese(self.language)
        texts = [f"{option.letter} {option.text}" for option in question.options]
        longest = max((text_width(each, han=han) for each in texts), default=0) * self._size
        taken = 1.05 * longest + self._tick + 8 + 0.6 * self._size
        count = len(question.options)
        words = _("How sure are you?").translated(self.language)
        scale = 1.1 * estimate_width(words) * self._size + 5 * 1.4 * self._circle
        if count * taken + scale <= room:
            return 0
        return next((many for many in (4, 3, 2) if count % many == 0 and taken * many <= room), 1)


def sheet_id(seed: int, count: int, code: str, part: str) -> str:
    """Return the text of the QR code of a sheet.

    Such as ``QUIZGEN:1:7:BEFORE:5:KD47``: format 1, seed 7, before the talk, 5 questions, the person's code.
    """
    return f"QUIZGEN:1:{seed}:{part.upper()}:{count}:{code}"


def _qr_squares(text: str) -> list[Box]:
    """Draw a QR code, QR_WIDTH wide and high."""
    squares = qr_dark_squares(text)
    side = QR_WIDTH / (max(row for row, _ in squares) + 1)
    return [Box(column * side, row * side, side, side) for row, column in squares]


def _true_false_questions_with_same_key(questions: Sequence[Question]) -> list[Question]:
    """Return the true-or-false questions that are true, or those that are false, if they are too many; otherwise none."""
    for side in (0, 1):
        same = [
            question
            for question in questions
            if isinstance(question.answer, Choose)
            and question.answer.style == "truth"
            and question.answer.keys == (side,)
        ]
        if len(same) > max(1, _MAX_ALIKE * len(questions)):
            return same
    return []


def _shorten_stem(stem: str, max_width: float) -> str:
    """Cut a stem to at most ``max_width`` ems, enough to recognise it in the table."""
    if estimate_width(stem) <= max_width:
        return stem
    end = next(index for index in range(len(stem)) if estimate_width(stem[: index + 1]) > max_width)
    cut = stem[:end]
    return (cut.rpartition(" ")[0] if " " in cut else cut).rstrip(",.;:，。；：、") + "…"


def _print_sheet(job: PrintJob, design: BeforeAfterDesign) -> PrintedSheet:
    """Print the sheet with the questions that a print job gives it. Raises MisuseError for too many codes."""
    if not 1 <= design.codes <= MAX_CODES:
        raise MisuseError(
            problem(
                _("{count} codes cannot be printed"),
                _("ask for 1 to {most} with --codes"),
                count=design.codes,
                most=f"{MAX_CODES:,}",
            )
        )
    pdf, quiz = print_before_after(job.candidates(), design)
    questions = ngettext("{count} question", "{count} questions", len(quiz.questions))
    content = ngettext(
        "sheets of {questions} for 1 person",
        "sheets of {questions} for {count} people",
        design.codes,
        questions=questions,
    )
    return PrintedSheet(pdf, content, serves=design.codes, by_name=True)


LAYOUT = Layout(
    name="before-after",
    help=N_("the same five questions for before and after a talk, and a table for counting the answers"),
    count_help=N_("How many questions, at most 5; 5 by default."),
    design=BeforeAfterDesign,
    make=_print_sheet,
    kit=KitSheet(
        45,
        "per-visitor",
        "one",
        _(
            "Filled in before the talk and after it, to see what it has changed. Each visitor’s two sheets have the same code. The last page is a table to count in."
        ),
        (_("A pen for each visitor"), _("Scissors, or a knife and a ruler")),
    ),
)
