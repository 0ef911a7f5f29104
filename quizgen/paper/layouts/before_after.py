"""Sheets that show what a talk has changed: the same few questions before and after it, and a table to count in.

Some of the questions show a message or a call, so that people can also be too suspicious. The sheets have no names: both sheets of a person have the same printed code, by which they can be put together. Both are printed
on one page, to be cut apart; in large type and on A5 they are the front and the back of one sheet of paper. Each has squares in
its corners, by which a scanner finds it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from quizgen.analysis.sitting import Time
from quizgen.assemble import Candidates, Category, question_category
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.marks.positions import (
    MarkedQuestion,
    PrintedPaper,
    SheetCode,
    SheetPositions,
    encode_positions,
)
from quizgen.model import Question, Quiz
from quizgen.paper.choosing import QuestionSheet
from quizgen.paper.design import MIN_TYPE_SIZE, MM, PAGES, Option, Page, SizedDesign, TextSize
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.lines import estimate_width, is_chinese, line_count, text_width
from quizgen.paper.mark_positions import describe_paper, describe_questions
from quizgen.paper.press import (
    SETTING_PAGE_HEIGHT,
    AnswerField,
    Box,
    PdfAssembler,
    PlacedBlock,
    PlacedFragment,
    TypesetGroup,
    Typesetter,
    draw_boxes,
)
from quizgen.paper.renderer import POINTS_A_PIXEL, PdfMetadata, element_heights
from quizgen.paper.scan_marks import CORNER_MARK, MARK_EDGE, QR_WIDTH, code_squares, corner_marks
from quizgen.paper.sheets import (
    asks_for_one_option,
    count_exhibit_lines,
    exhibit_template_values,
    form_template_values,
)
from quizgen.permutations import random_numbers, shuffled
from quizgen.shapes import Choose
from quizgen.text.languages import locale
from quizgen.text.messages import N_, NOTHING, _, ngettext
from quizgen.view.question import QuestionView
from quizgen.view.tally import stem_with_exhibit

_SET_AT = 40.0
"""Size in points in which codes are set. They are scaled when they are drawn."""

QUESTIONS = 5
"""The number of questions by default, which people can answer in three minutes. It is also the most that -n gives."""

FEWEST = 3
"""The least number of questions if no more fit and the user asked for no number."""

_MARGIN = 10 * MM
_GAP = 10.0
"""White above the foot, in points."""

_MAX_ROW_HEIGHT = {"normal": 18 * MM, "large": 26 * MM}
"""The largest height of a row in the table."""

_TALLY_EXTRA = 18.5
"""Height of everything above and below the rows of the table, in ems."""

_COLUMN_SHARES = {True: (36, 18, 23, 23), False: (27.6, 17.2, 27.6, 27.6)}
"""Widths of the table's columns, in per cent, on a landscape page (True) and a portrait page."""

_MAX_GAP = 1.6
"""The largest white space before a question, in ems."""

_MAX_SHARES = 1.3
"""How much of the average height a question may take, since shorter ones leave room."""

_MIX: tuple[Category, ...] = ("genuine", "scam", "genuine", "apply", "apply")
"""The categories of the questions. With two genuine contacts, the sheets show whether people trust genuine ones less."""

_MAX_ALIKE = 0.6
"""The largest share of the questions that may all be true, or all be false."""

_MAX_TRIES = 40
"""How many times the questions are chosen anew."""

_ESTIMATE_FACTOR = 0.9
"""Factor for estimated heights of questions that are asked for by name. It is below 1, so that none that fits is refused."""

_TYPE_SIZES: dict[TextSize, tuple[float, ...]] = {"normal": (11, 10), "large": (18, 16)}
"""Sizes of type, in points. The first with which enough questions fit is used."""


class BeforeAfterDesign(SizedDesign, frozen=True):
    """Options of sheets for before and after a talk."""

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
    def sheet_width(self) -> float:
        """Width of one sheet."""
        return self.width / 2 if self.across else self.width

    @property
    def text_width(self) -> float:
        """Width of the text of one sheet."""
        return self.sheet_width - 2 * _MARGIN


class BeforeAfterSheets(Struct, frozen=True):
    """The PDF of both sheets and the table, the quiz that they ask, and what a reader of scans must know."""

    pdf: bytes
    quiz: Quiz
    positions: SheetPositions


def print_before_after(candidates: Candidates, design: BeforeAfterDesign) -> BeforeAfterSheets:
    """Print both sheets and the table.

    The same candidates, design, fonts and version of quizgen make the same bytes. Raises QuizgenError if too few
    questions fit, one asked for by name does not, Pango is missing, or no font has a character, and MisuseError if the
    head leaves no room.
    """
    most = len(candidates.named) or min(candidates.count or QUESTIONS, QUESTIONS)
    fewest = most if candidates.named or candidates.count else FEWEST
    # Where messages have no room, not even in smaller type, the sheets do without. Then they have fewer questions.
    sizes = _TYPE_SIZES[design.text_size]
    *first, last = [
        (size, count, has_exhibits)
        for count in range(most, fewest - 1, -1)
        for has_exhibits in (True, False)
        for size in sizes
    ]
    with Typesetter(candidates.language, design.logo, design.colour) as typesetter:
        sheets = {size: _Sheets(typesetter, candidates, design, size) for size in sizes}
        for size, count, has_exhibits in first:
            try:
                return sheets[size].print(count, has_exhibits=has_exhibits)
            except QuizgenError:
                continue  # the next has room for more
        size, count, has_exhibits = last
        return sheets[size].print(count, has_exhibits=has_exhibits)


class _Sheets(QuestionSheet):
    """Both sheets and the table, in one size of type. The height of a question is the same however many it stands among."""

    name: ClassVar[str] = "before-after"

    def __init__(
        self,
        typesetter: Typesetter,
        candidates: Candidates,
        design: BeforeAfterDesign,
        size: float,
    ) -> None:
        super().__init__(typesetter.renderer, candidates)
        self._typesetter = typesetter
        self._design, self._size = design, size
        self._paper = _SheetPage.for_design(design)
        self._count, self._has_exhibits = QUESTIONS, True
        self._large = design.text_size == "large"
        self._circle = (9 if self._large else 5.5) * MM
        self._letter = 16.0 if self._large else MIN_TYPE_SIZE
        self._exhibit_size = max(size - 1, self._letter)
        self._exhibit_leading = locale(candidates.language).leading - 0.13
        self._code_size = 1.7 * size
        self._code_box = (round(3.6 * self._code_size, 2), round(1.5 * self._code_size, 2))
        self._heights: dict[str, float] = {}  # of the questions measured so far

    @cached_property
    def _room(self) -> float:
        """Return the height that the questions have together."""
        head_and_foot = element_heights(self.lay_out_to_measure([]))
        return self._paper.height - 2 * _MARGIN - head_and_foot["head"] - head_and_foot["foot"] - _GAP

    def print(self, count: int, *, has_exhibits: bool) -> BeforeAfterSheets:
        """Choose questions and print them. Raises QuizgenError if too few fit."""
        self._count, self._has_exhibits = count, has_exhibits
        if self._room < count * 3 * self._size:
            raise _no_room_error()
        chosen = self._choose_balanced()
        quiz = self.candidates.make_quiz(chosen)
        parts = ("before", "after", "table", *(("cut",) if self._paper.across else ()))
        values = self.template_values(self._question_views(chosen), measuring=False)
        sheets = self._typesetter.lay_out(
            "before-after.html", {**values, "measuring": False}, {part: ("form", part) for part in parts}
        )
        anchors = {
            id_: tuple(edge * POINTS_A_PIXEL for edge in place)
            for each in sheets.pages
            for id_, place in each.anchors.items()
        }
        positions = self._describe_positions(quiz, anchors)
        return BeforeAfterSheets(self._print_for_each_code(sheets, anchors, positions), quiz, positions)

    def _print_for_each_code(
        self, sheets: TypesetGroup, anchors: Mapping[str, tuple[float, ...]], positions: SheetPositions
    ) -> bytes:
        """Print a page with both sheets for each code, or two pages, and then the table. All are set in type once."""
        codes = draw_codes(self._design.codes, self.candidates.seed)
        printed = self._typesetter.lay_out(
            "names.html",
            {
                "names": {code: f"{code[:2]} {code[2:]}" for code in codes},
                "size": _SET_AT,
                "leading": 1.2,
                "height": SETTING_PAGE_HEIGHT,
            },
            {code: ("name", code) for code in codes},
        )
        page = Page(self._paper.width, self._paper.height, _MARGIN)
        assembler = PdfAssembler(self._typesetter.paint([sheets, printed]), page)

        def place_part(part: str) -> PlacedFragment:
            block = sheets.blocks["form", part]
            return assembler.make_fragment(0, [PlacedBlock(("form", part), 0, 0)]), block.left, block.top

        def place_half(paper: PrintedPaper, code: str) -> list[PlacedFragment]:
            part = paper.time
            box, qr = anchors[f"{part}-code"], anchors[f"{part}-qr"]
            block, scale = printed.blocks["name", code], self._code_size / _SET_AT
            left = (box[0] + box[2] - block.width * scale) / 2
            top = (box[1] + box[3] - block.height * scale) / 2
            text = assembler.make_scaled_block(1, ("name", code), scale)
            named = SheetCode(self.candidates.seed, "", len(paper.questions), 1, paper.digest, code)
            picture = assembler.make_picture(0, code_squares(named), str(named))
            marks = corner_marks(self._paper.sheet_width, self._paper.height)
            corners = (draw_boxes(marks), self._left_edge(part), 0)
            return [place_part(part), (text, left, top), (picture, qr[0], qr[1]), corners]

        for code in codes:
            before, after = (place_half(paper, code) for paper in positions.papers)
            for fragments in (
                [[*before, *after, place_part("cut")]] if self._paper.across else [before, after]
            ):
                assembler.add_page(fragments)
        assembler.add_page([place_part("table")])
        about = PdfMetadata(
            _("Before and after the talk").translated(self.language), self._design.organiser, self.language
        )
        return assembler.finish([], about)

    def _left_edge(self, part: str) -> float:
        """Return where a sheet begins on its page."""
        return self._paper.sheet_width if part == "after" and self._paper.across else 0.0

    def _describe_positions(self, quiz: Quiz, anchors: Mapping[str, tuple[float, ...]]) -> SheetPositions:
        """Return what a reader of scans must know about both sheets. It is the same for every code."""
        originals = {each.id: self.bank.questions[each.id] for each in quiz.questions}
        questions: dict[str, MarkedQuestion] = {}
        for id_, question in describe_questions(quiz, originals).items():
            stem = stem_with_exhibit(self.bank, originals[id_], self.language)
            questions[id_] = replace(question, stem=stem)
        qr = anchors["before-qr"]
        return SheetPositions(
            seed=quiz.seed,
            width=round(self._paper.sheet_width / MM, 2),
            height=round(self._paper.height / MM, 2),
            corner=CORNER_MARK / MM,
            edge=MARK_EDGE / MM,
            code_x=round(qr[0] / MM, 2),
            code_y=round(qr[1] / MM, 2),
            code_side=QR_WIDTH / MM,
            letter=self._letter / MM,
            questions=questions,
            papers=tuple(
                self._describe_paper(quiz, originals, anchors, part) for part in ("before", "after")
            ),
        )

    def _describe_paper(
        self,
        quiz: Quiz,
        originals: Mapping[str, Question],
        anchors: Mapping[str, tuple[float, ...]],
        part: Time,
    ) -> PrintedPaper:
        """Return the questions of a sheet with their circles."""

        def place_circle(name: str) -> Box:
            x, y, right, low = anchors[f"{part}-{name}"]
            return Box(x - self._left_edge(part), y, right - x, low - y)

        fields = []
        for number, question in enumerate(quiz.questions, start=1):
            for index in range(len(question.answer.lettered_texts)):
                box = place_circle(f"option-{number}-{index}")
                fields.append(AnswerField(0, box.x, box.y, box.width, box.height, question.id, index))
        views = {each.id: each for each in self._question_views(quiz.questions)}
        paper = describe_paper(
            quiz, originals, fields, lambda each: [option.letter for option in views[each.id].options]
        )
        return replace(paper, version="", time=part)

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
            "exhibit_size": self._exhibit_size,
            "exhibit_leading": self._exhibit_leading,
            "small": self._letter,
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
            "exhibits": {each.id: exhibit_template_values(each) for each in questions},
            "short": lambda each, width: _shorten_stem(
                stem_with_exhibit(self.bank, each.question, self.language), width
            ),
            "tally_row": round(row, 2),
            "tally_shares": shares,
            "stem_width": shares[0] / 100 * (paper.width - 2 * _MARGIN) - 0.8 * size - 1,
            "stem_lines": max(1, int((row - 0.4 * size - 1) / (1.25 * size))),
        }

    def may_fit(self, question: QuestionView) -> bool:
        if not asks_for_one_option(question):
            return False
        if question.exhibit and not question.answer.is_genuine_or_scam_choice:
            return False
        factor = _ESTIMATE_FACTOR if self.candidates.named else 1
        return factor * self._estimate_height(question) <= self._max_height(question)

    def _estimate_height(self, question: QuestionView) -> float:
        columns, han = self._count_option_columns(question), is_chinese(self.language)
        room, line = self._paper.text_width - 1.7 * self._size, locale(self.language).leading * self._size
        row = self._circle + 3
        height = row + 0.6 * self._size
        if exhibit := exhibit_template_values(question):
            lines = count_exhibit_lines(exhibit, self._exhibit_size, room, self.language)
            head = exhibit["label"] + exhibit["sender"]
            height += line_count(head, self._size, room, bold=True, han=han) * line
            height += (lines * self._exhibit_leading + 0.5) * self._exhibit_size
        else:
            height += line_count(question.stem, self._size, room, bold=True, han=han) * line
        if columns:
            width = room / columns - self._circle - 6 - 0.6 * self._size
            counts = [line_count(option.text, self._size, width, han=han) for option in question.options]
            rows = [max(counts[index : index + columns]) for index in range(0, len(counts), columns)]
            height += sum(max(row, count * line) + 0.2 * self._size for count in rows)
        return height

    def fits(self, question: QuestionView, heights: Mapping[str, float]) -> bool:
        self._heights[question.id] = heights[f"question-{question.number}"]
        return self._heights[question.id] <= self._max_height(question)

    def _max_height(self, question: QuestionView) -> float:
        """Return the height that a question may have. Beside messages, the others have two lines, and so all fit together."""
        if not self._has_exhibits or self._count < len(_MIX):
            return _MAX_SHARES * self._room / self._count
        short = 2 * locale(self.language).leading * self._size + self._circle + 3 + 0.8 * self._size
        exhibits = sum(sort in ("genuine", "scam") for sort in _MIX)
        return (self._room - (len(_MIX) - exhibits) * short) / exhibits if question.exhibit else short

    def _choose_balanced(self) -> list[Question]:
        """Choose questions that fit on a sheet together, messages and calls among them if there is room.

        If too many are true, or too many false, others are tried, so that ticking the same side throughout gains nothing.
        """
        # Where genuine ones stand depends on the seed: a sheet tells nothing about another.
        mix: list[Category] = ["apply"] * self._count
        if self._has_exhibits:
            mix[: len(_MIX)] = shuffled(_MIX[: self._count], self.candidates.seed, "places")
        second_best: list[Question] = []
        known: dict[str, bool] = {}
        for _attempt in range(_MAX_TRIES):
            try:
                chosen = self.choose_questions(self._count, mix, known=known)
            except QuizgenError:
                if second_best:
                    break
                raise
            if self._has_exhibits and not self._shows_both_sorts(chosen):
                raise _no_room_error()
            if sum(self._heights[each.id] for each in chosen) > self._room:
                known[max(chosen, key=lambda each: self._heights[each.id]).id] = False
                continue
            same_side = _true_false_questions_with_same_key(chosen)
            if not same_side or self.candidates.named:
                return chosen
            second_best = second_best or chosen
            known[same_side[-1].id] = False
        if second_best:
            return second_best
        raise _no_room_error()

    def _shows_both_sorts(self, chosen: Sequence[Question]) -> bool:
        """Return whether these questions show at least as many genuine contacts and scams as they are to."""
        if self.candidates.named:
            return True
        found = Counter(question_category(each, self.bank.exhibits) for each in chosen)
        wanted = Counter(_MIX[: self._count])
        return all(found[sort] >= wanted[sort] for sort in ("genuine", "scam"))

    def _gap_before_questions(self, questions: Sequence[QuestionView]) -> float:
        """Return the white space before each question, which divides the free height equally."""
        white = self._room - sum(self._heights[each.id] for each in questions)
        return round(min(white / len(questions), _MAX_GAP * self._size), 2)

    def _count_option_columns(self, question: QuestionView) -> int:
        """Return how many options are side by side, or 0 if all of them fit on one line."""
        room, han = self._paper.text_width - 1.7 * self._size, is_chinese(self.language)
        texts = [text_width(option.text, han=han) * self._size for option in question.options]
        taken = 1.05 * max(texts) + self._circle + 6 + 0.6 * self._size
        count = len(question.options)
        if 1.02 * sum(texts) + count * (self._circle + 6 + self._size) <= room:
            return 0
        return next((many for many in (4, 3, 2) if count % many == 0 and taken * many <= room), 1)


def _no_room_error() -> MisuseError:
    return MisuseError(
        problem(
            _("title, organiser, contact, date, link and logo leave no room for questions"),
            _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
        )
    )


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
    sheets = print_before_after(job.candidates(), design)
    questions = ngettext("{count} question", "{count} questions", len(sheets.quiz.questions))
    is_across = _SheetPage.for_design(design).across
    content = (
        ngettext(
            "sheets of {questions} for 1 person, to cut apart",
            "sheets of {questions} for {count} people, to cut apart",
            design.codes,
            questions=questions,
        )
        if is_across
        else ngettext(
            "sheets of {questions} for 1 person, on both sides of the paper",
            "sheets of {questions} for {count} people, on both sides of the paper",
            design.codes,
            questions=questions,
        )
    )
    shown = Counter(question_category(each, sheets.quiz.bank.exhibits) for each in sheets.quiz.questions)
    note = _(
        "These sheets show no genuine call or message, so they cannot say whether people trust genuine ones less."
    )
    return PrintedSheet(
        sheets.pdf,
        content,
        note=NOTHING if shown["genuine"] else note,
        serves=design.codes,
        by_name=True,
        positions=encode_positions(sheets.positions),
        sides="" if is_across else "long-edge",
    )


LAYOUT = Layout(
    name="before-after",
    help=N_("the same five questions for before and after a talk, and a table for counting the answers"),
    count_help=N_("How many questions, at most 5; 5 by default."),
    design=BeforeAfterDesign,
    make=_print_sheet,
    companions=lambda _: ("positions",),
    kit=KitSheet(
        45,
        "per-visitor",
        "one",
        _(
            "Filled in before the talk and after it, to see what it has changed. The last page is a table to count in."
        ),
        (_("A pen for each visitor"), _("Scissors, or a knife and a ruler")),
    ),
)
