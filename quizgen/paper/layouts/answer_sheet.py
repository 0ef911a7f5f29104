"""Answer sheets: a row of circles for each answer, to mark by eye now and with a scanner later.

A scanner finds the marks in the four corners and reads the code, which says which sheet it is. The answer fields say
where each circle is. Rows fill columns, and columns fill pages. Text that all sheets share is set once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil, floor
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import VersionBatch
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.marks.positions import SheetCode, SheetPositions, encode_positions
from quizgen.model import Question, Quiz
from quizgen.paper.design import MIN_TYPE_SIZE, MM, PAGES, Option, SizedDesign, TextSize
from quizgen.paper.images import qr_dark_squares
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.layouts.handout import labels_to_print
from quizgen.paper.mark_positions import describe_paper, describe_questions
from quizgen.paper.press import (
    DIGITS,
    SETTING_PAGE_HEIGHT,
    AnswerField,
    Blocks,
    Bookmark,
    Box,
    ElementId,
    PdfAssembler,
    PlacedBlock,
    PlacedFragment,
    Typesetter,
    draw_boxes,
    positions_in_line,
    running_text_parts,
)
from quizgen.paper.renderer import PdfMetadata
from quizgen.paper.shapes import AnswerRow, paper_shape
from quizgen.paper.sheets import form_template_values
from quizgen.text.messages import N_, _, ngettext, pgettext
from quizgen.view.question import build_question_views

CORNER_MARK, MARK_EDGE = 5 * MM, 7 * MM
"""Side of the square in each corner, and its distance from the edges of the page."""

SIDE, TOP = 17 * MM, 9 * MM
"""Margins at the sides, which contain the marks, and above and below."""

CODE = 20 * MM
_BELOW_CODE = 2 * MM
"""White between the code and its caption, which scanners need."""

LABEL_WIDTH, LABEL_HEIGHT, LABEL_SIZE = 36 * MM, 12 * MM, 20
_GAP = 3 * MM
"""White between the boxes at the top right, and around rules."""

_COLUMN_GAP = 9 * MM
_HAIRLINE, _RULE = 0.6, 1.6
_MAX_INSIDE = 2
"""How many characters fit in a circle. Longer labels stand beside it."""


class AnswerSheetDesign(SizedDesign, frozen=True):
    """Options of answer sheets."""

    versions: Annotated[
        int | None,
        Option(
            N_(
                "Print N papers with the same questions in a different order, labelled A, B, … Z, AA, …, in one PDF."
            ),
            "N",
        ),
    ] = None
    only_version: Annotated[
        str,
        Option(
            N_("Print only this version again, such as C; give the same --versions and --seed as before."),
            "LABEL",
        ),
    ] = ""
    draw: Annotated[bool, Option(N_("With --versions: different questions in each version."))] = False
    tagged: Annotated[
        bool,
        Option(
            N_(
                "With --versions: make the PDF file readable for screen readers; it becomes several times as large. Without --versions, every PDF file is readable for them."
            )
        ),
    ] = False


class AnswerSheets(Struct, frozen=True):
    """The PDF of answer sheets; ``answer_fields(i)`` returns the positions of circles on sheet ``i`` (from 0).

    ``positions`` has all that a reader of scans must know.
    """

    pdf: bytes
    answer_fields: Callable[[int], list[AnswerField]]
    positions: SheetPositions


class _TypeSizes(Struct, frozen=True):
    """Sizes of type and lengths, in points.

    ``letter`` is the type in a circle, ``bubble`` the width of a circle, ``row`` the height of a row. The circles begin at
    ``indent``. The distance between the centres of two circles is ``min_pitch`` to ``max_pitch``.
    """

    size: float
    small: float
    number: float
    letter: float
    bubble: float
    row: float
    indent: float
    min_pitch: float
    max_pitch: float


_SIZES: dict[TextSize, _TypeSizes] = {
    "normal": _TypeSizes(
        size=10.5,
        small=MIN_TYPE_SIZE,
        number=13,
        letter=9,
        bubble=6 * MM,
        row=12 * MM,
        indent=17 * MM,
        min_pitch=8 * MM,
        max_pitch=14 * MM,
    ),
    "large": _TypeSizes(
        size=16,
        small=16,
        number=20,
        letter=16,
        bubble=9 * MM,  # has room for a letter of 16 points
        row=14 * MM,
        indent=24 * MM,
        min_pitch=10.5 * MM,
        max_pitch=18 * MM,
    ),
}


MIN_ROW_HEIGHT = 12 * MM
"""The smallest height of a row, in points."""


class _PlacedRow(Struct, frozen=True):
    """A row on a page, with x and y of its top left corner.

    ``number`` counts questions from 1, and ``slot`` the rows of a question from 0.
    """

    page: int
    x: float
    y: float
    number: int
    slot: int
    row: AnswerRow
    question: str


def print_answer_sheet(
    quiz: Quiz, design: AnswerSheetDesign, originals: Mapping[str, Question] | None = None
) -> AnswerSheets:
    """Print the answer sheet of one quiz.

    ``originals`` are questions as the bank has them, by id. Their order of options names the answers of all versions.
    The same quiz, design, fonts and version of quizgen make the same bytes. Raises QuizgenError if Pango is
    missing, a question has more options than fit in a row, or no font has a character, and MisuseError if the head
    leaves no room.
    """
    return _print_sheets([""], lambda _: quiz, quiz, design, originals or {})


def print_answer_sheets(
    batch: VersionBatch,
    design: AnswerSheetDesign,
    progress: Callable[[int], None] = lambda _: None,
    originals: Mapping[str, Question] | None = None,
) -> AnswerSheets:
    """Print an answer sheet for each version of a quiz. Raises as ``print_answer_sheet`` does."""
    all_questions = Quiz(batch.questions, batch.seed, batch.language, batch.bank)
    return _print_sheets(
        batch.labels, batch.quiz, all_questions, design, originals or {}, batch.count, progress
    )


def _print_sheets(
    labels: Sequence[str],
    quiz_of: Callable[[str], Quiz],
    all_questions: Quiz,
    design: AnswerSheetDesign,
    originals: Mapping[str, Question],
    count: int | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> AnswerSheets:
    """Print a sheet for each label. Each has ``count`` of the questions of ``all_questions``."""
    originals = {each.id: originals.get(each.id, each) for each in all_questions.questions}
    with Typesetter(all_questions.language, design.logo, design.colour) as typesetter:
        sheet = _SheetLayout(typesetter, all_questions, design, labels, count or len(all_questions.questions))
        assembler = PdfAssembler(
            typesetter.paint([sheet.setting], tagged=design.tagged or len(labels) == 1), PAGES[design.paper]
        )
    starts: list[int] = []
    papers = []
    for done, label in enumerate(labels, start=1):
        starts.append(assembler.page_count)
        quiz = quiz_of(label)
        papers.append(describe_paper(quiz, originals, sheet.answer_fields(quiz, 0), sheet.printed_labels))
        for fragments in sheet.pages(quiz, assembler, papers[-1].digest):
            assembler.add_page(fragments)
        progress(done)
    bookmarks = [
        Bookmark(_("Paper {label}", label=label).translated(all_questions.language), start)
        for label, start in zip(labels, starts, strict=True)
        if label
    ]
    about = PdfMetadata(
        _("Answer sheet").translated(all_questions.language), design.organiser, all_questions.language
    )
    return AnswerSheets(
        assembler.finish(bookmarks, about),
        lambda index: sheet.answer_fields(quiz_of(labels[index]), starts[index]),
        SheetPositions(
            seed=all_questions.seed,
            width=PAGES[design.paper].width / MM,
            height=PAGES[design.paper].height / MM,
            corner=CORNER_MARK / MM,
            edge=MARK_EDGE / MM,
            code_x=(PAGES[design.paper].width - SIDE - CODE) / MM,
            code_y=(TOP + (LABEL_HEIGHT + _GAP if labels[0] else 0)) / MM,
            code_side=CODE / MM,
            letter=_SIZES[design.text_size].letter / MM,
            questions=describe_questions(all_questions, originals),
            papers=tuple(papers),
        ),
    )


class _SheetLayout:
    """The texts that all answer sheets share, typeset once, and the positions of the rows on each sheet."""

    def __init__(
        self,
        typesetter: Typesetter,
        all_questions: Quiz,
        design: AnswerSheetDesign,
        labels: Sequence[str],
        count: int,
    ) -> None:
        self._page = page = PAGES[design.paper]
        self._sizes = sizes = _SIZES[design.text_size]
        self._count, self._language, self._bank = count, all_questions.language, all_questions.bank
        self._width = page.width - 2 * SIDE
        rows = {
            each.id: paper_shape(each.answer).answer_sheet_rows(each)
            for each in build_question_views(all_questions)
        }
        circles = {label for each in rows.values() for row in each for label in row.labels}
        max_rows = max(map(len, rows.values()))
        elements: dict[ElementId, dict[str, str]] = {}

        def add(kind: str, texts: Sequence[str]) -> None:
            elements.update({(kind, each): {"kind": kind, "text": each} for each in texts})

        add("bubble", sorted(filter(_is_label_inside_circle, circles)))
        add("worded", sorted(each for each in circles if not _is_label_inside_circle(each)))
        add("number", [str(number) for number in range(1, count + 1)])
        if max_rows > 1:
            add(
                "slot",
                [f"{number}.{slot}" for number in range(1, count + 1) for slot in range(1, max_rows + 1)],
            )
        add("running", [*self._running_text(all_questions.seed, DIGITS, DIGITS), self._code_caption()])
        add("label", [each for label in sorted({*"".join(labels)}) for each in self._label_parts(label)])
        ids = {f"element-{index}": id_ for index, id_ in enumerate(elements)}
        values = {
            **form_template_values(
                design,
                all_questions.language,
                _("title, organiser, contact, date, link and logo leave no room for questions"),
            ),
            "total": count,
            "slots": max_rows > 1,
            "label": LABEL_SIZE,
            "height": SETTING_PAGE_HEIGHT,
            "width": self._width,
            "head_width": self._width - LABEL_WIDTH - 2 * _GAP,
            "elements": {html_id: elements[id_] for html_id, id_ in ids.items()},
            **{name: getattr(sizes, name) for name in ("size", "small", "number", "letter", "bubble")},
        }
        named: dict[str, ElementId] = {name: (name,) for name in ("head", "directions", "contact")}
        self.setting = typesetter.lay_out("answer-sheet.html", values, {**ids, **named})
        self._blocks: Blocks = self.setting.blocks
        self._has_contact = bool(design.contact)
        self._measure_row_space(rows)

    def _measure_row_space(self, rows: dict[str, list[AnswerRow]]) -> None:
        """Find the room for rows on a page, and the smallest width of a column."""
        sizes, blocks = self._sizes, self._blocks
        caption_height = blocks["running", self._code_caption()].height
        right_height = LABEL_HEIGHT + _GAP + CODE + _BELOW_CODE + caption_height
        self._rule = TOP + max(blocks["head",].height, right_height) + _GAP
        self._directions = self._rule + _RULE + _GAP
        self._top = self._directions + blocks["directions",].height + _GAP
        foot = max(blocks[id_].height for id_ in blocks if id_[0] in ("contact", "running"))
        self._foot = self._page.height - TOP - foot
        self._bottom = self._foot - _GAP
        all_rows = [row for each in rows.values() for row in each]
        max_inside = max((len(row.labels) for row in all_rows if _are_labels_inside_circles(row)), default=0)
        max_beside = max(
            (len(row.labels) for row in all_rows if not _are_labels_inside_circles(row)), default=0
        )
        worded = [id_ for id_ in blocks if id_[0] == "worded"]
        widest = max((blocks[id_].width for id_ in worded), default=0.0) + 4 * MM
        self._min_column_width = sizes.indent + max(
            max_inside * sizes.min_pitch, max_beside * widest, 35 * MM
        )
        if self._min_column_width > self._width:
            longest = max(rows, key=lambda id_: max(len(row.labels) for row in rows[id_]))
            raise QuizgenError(
                problem(
                    _("{question} has more options than a row has room for"),
                    _("take a larger --paper or a smaller --text-size"),
                    question=longest,
                )
            )
        if self._bottom - self._top < max(map(len, rows.values())) * sizes.row:
            raise MisuseError(
                problem(
                    _("title, organiser, contact, date, link and logo leave no room for questions"),
                    _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
                )
            )
        self._max_inside, self._max_beside, self._widest = max_inside, max_beside, widest
        if len(rows) == self._count:
            # Slightly lower rows are better than one row on a second page.
            row_height = floor(100 * (self._bottom - self._top) / sum(map(len, rows.values()))) / 100
            if MIN_ROW_HEIGHT <= row_height < sizes.row:
                self._sizes = replace(sizes, row=row_height)

    def _count_columns(self, heights: Sequence[float]) -> int:
        """Return how many columns a sheet has: one if all rows fit in it, or as many as fit the width."""
        if sum(heights) <= self._bottom - self._top:
            return 1
        return max(1, int((self._width + _COLUMN_GAP) / (self._min_column_width + _COLUMN_GAP)))

    def _place_rows(self, quiz: Quiz) -> tuple[list[_PlacedRow], float, float]:
        """Place the rows of a sheet. Return them with the width of a column and the pitch of the circles."""
        sizes = self._sizes
        rows_of_questions = [
            paper_shape(each.answer).answer_sheet_rows(each) for each in build_question_views(quiz)
        ]
        heights = [len(rows) * sizes.row for rows in rows_of_questions]
        columns = self._count_columns(heights)
        width = (self._width - (columns - 1) * _COLUMN_GAP) / columns
        pitch = (width - sizes.indent) / max(self._max_inside, 1)
        room = self._bottom - self._top
        if columns > 1:
            # Columns of similar length look better than long ones and a short one.
            steps = range(max(1, ceil(sum(heights) / columns / sizes.row)), int(room / sizes.row) + 1)
            room = next(
                (
                    step * sizes.row
                    for step in steps
                    if _fill_columns(heights, step * sizes.row)[-1][0] < columns
                ),
                room,
            )
        placed_rows = []
        for number, (question, rows, (column, y)) in enumerate(
            zip(quiz.questions, rows_of_questions, _fill_columns(heights, room), strict=True), start=1
        ):
            page, place = divmod(column, columns)
            x = SIDE + place * (width + _COLUMN_GAP)
            for slot, row in enumerate(rows):
                top = self._top + y + slot * sizes.row
                placed_rows.append(_PlacedRow(page, x, top, number, slot, row, question.id))
        return placed_rows, width, min(pitch, sizes.max_pitch)

    def _place_circles(
        self, placed: _PlacedRow, width: float, pitch: float
    ) -> Iterator[tuple[ElementId, float, float]]:
        """Yield the circles of a row: the id of each with its x and y."""
        # In line with the circles of other rows, if there is room.
        step = ceil(self._widest / pitch) * pitch
        if self._sizes.indent + self._max_beside * step > width:
            step = self._widest
        is_inside = _are_labels_inside_circles(placed.row)
        for index, label in enumerate(placed.row.labels):
            element_id: ElementId = ("bubble" if _is_label_inside_circle(label) else "worded", label)
            x = placed.x + self._sizes.indent + index * (pitch if is_inside else step)
            yield element_id, round(x, 2), self._centred_top(element_id, placed.y)

    def _centred_top(self, element_id: ElementId, y: float) -> float:
        """Return the y at which an element is placed so that its box, or else the whole element, is centred in a row."""
        block = self._blocks[element_id]
        box = block.box or Box(0, 0, block.width, block.height)
        return round(y + (self._sizes.row - box.height) / 2 - box.y, 2)

    def _writing_box(self, placed: _PlacedRow, width: float) -> Box:
        """Return the box to write in for a row without circles. Its lower edge is the line."""
        x = placed.x + self._sizes.indent
        top, height = placed.y + 1.5 * MM, self._sizes.row - 4.5 * MM
        return Box(round(x, 2), round(top, 2), round(placed.x + width - x, 2), round(height, 2))

    def answer_fields(self, quiz: Quiz, start: int) -> list[AnswerField]:
        """List the fields of a sheet that begins on page ``start``."""
        placed_rows, width, pitch = self._place_rows(quiz)
        fields = []
        for placed in placed_rows:
            page = start + placed.page
            if not placed.row.labels:
                line = self._writing_box(placed, width)
                fields.append(
                    AnswerField(
                        page,
                        line.x,
                        line.y,
                        line.width,
                        line.height,
                        placed.question,
                        placed.row.printed_index,
                    )
                )
            for index, (element_id, x, y) in enumerate(self._place_circles(placed, width, pitch)):
                box = self._blocks[element_id].box or Box(0, 0, 0, 0)
                option, value = (
                    (index, -1) if placed.row.printed_index < 0 else (placed.row.printed_index, index)
                )
                fields.append(
                    AnswerField(
                        page, x + box.x, y + box.y, box.width, box.height, placed.question, option, value
                    )
                )
        return fields

    def printed_labels(self, question: Question) -> list[str]:
        """Return what is printed inside the circles of a question, one text for each of its fields."""
        (view,) = build_question_views(Quiz((question,), 0, self._language, self._bank))
        rows = paper_shape(question.answer).answer_sheet_rows(view)
        return [
            label if _is_label_inside_circle(label) else "" for row in rows for label in row.labels or ("",)
        ]

    def pages(self, quiz: Quiz, assembler: PdfAssembler, digest: str) -> list[list[PlacedFragment]]:
        """Compose the pages of a sheet, whose codes have the digest of the paper."""
        placed_rows, width, pitch = self._place_rows(quiz)
        total = placed_rows[-1].page + 1
        pages = [
            self._compose_frame(quiz, number, total, assembler, digest) for number in range(1, total + 1)
        ]
        for placed in placed_rows:
            fragments = pages[placed.page]
            numbers = [("number", str(placed.number))] if placed.slot == 0 else []
            has_slots = bool(placed.row.labels) and placed.row.printed_index >= 0
            label: ElementId = ("slot", f"{placed.number}.{placed.slot + 1}")
            for element_id in numbers:
                fragments.append(
                    self._place_element(
                        assembler, element_id, placed.x, self._centred_top(element_id, placed.y)
                    )
                )
            if has_slots:
                x = placed.x + self._sizes.indent - self._blocks[label].width - 2 * MM
                fragments.append(
                    self._place_element(assembler, label, round(x, 2), self._centred_top(label, placed.y))
                )
            fragments += [
                self._place_element(assembler, *circle)
                for circle in self._place_circles(placed, width, pitch)
            ]
        for number, fragments in enumerate(pages):
            here = [placed for placed in placed_rows if placed.page == number]
            ends = {placed.x: placed.y + self._sizes.row for placed in here}
            edges = [*((placed.x, placed.y) for placed in here if placed.slot == 0), *ends.items()]
            rules = [Box(x, y - _HAIRLINE / 2, width, _HAIRLINE) for x, y in edges]
            lines = [self._writing_box(placed, width) for placed in here if not placed.row.labels]
            rules += [Box(line.x, line.y + line.height, line.width, 1) for line in lines]
            fragments.append((draw_boxes(rules), 0, 0))
        return pages

    def _compose_frame(
        self, quiz: Quiz, number: int, total: int, assembler: PdfAssembler, digest: str
    ) -> list[PlacedFragment]:
        """Compose a page without its rows: head, directions, code, marks and foot."""
        page, blocks = self._page, self._blocks
        far_x, far_y = page.width - MARK_EDGE - CORNER_MARK, page.height - MARK_EDGE - CORNER_MARK
        marks = [Box(x, y, CORNER_MARK, CORNER_MARK) for y in (MARK_EDGE, far_y) for x in (MARK_EDGE, far_x)]
        right = page.width - SIDE
        boxes = [*marks, Box(SIDE, self._rule, self._width, _RULE)]
        fragments = [
            self._place_element(assembler, ("head",), SIDE, TOP),
            self._place_element(assembler, ("directions",), SIDE, self._directions),
        ]
        code_top = TOP
        if quiz.version:
            code_top += LABEL_HEIGHT + _GAP
            left = right - LABEL_WIDTH
            boxes += _outline_boxes(Box(left, TOP, LABEL_WIDTH, LABEL_HEIGHT), 1.2)
            keys: list[ElementId] = [("label", each) for each in self._label_parts(quiz.version)]
            *edges, end = positions_in_line(keys, blocks, LABEL_SIZE)
            for key, x in zip(keys, edges, strict=True):
                x_in, y = (LABEL_WIDTH - end) / 2, TOP + (LABEL_HEIGHT - blocks[key].height) / 2
                fragments.append(self._place_element(assembler, key, round(left + x_in + x, 2), round(y, 2)))
        code = SheetCode(quiz.seed, quiz.version, self._count, number, digest)
        fragments.append((assembler.make_picture(0, _qr_squares(code), str(code)), right - CODE, code_top))
        caption: ElementId = ("running", self._code_caption())
        x = right - max(CODE, blocks[caption].width)
        fragments.append(
            self._place_element(assembler, caption, round(x, 2), round(code_top + CODE + _BELOW_CODE, 2))
        )
        if self._has_contact:
            fragments.append(self._place_element(assembler, ("contact",), SIDE, self._foot))
        run: list[ElementId] = [
            ("running", each) for each in self._running_text(quiz.seed, str(number), str(total))
        ]
        *edges, end = positions_in_line(run, blocks, self._sizes.small)
        for key, x in zip(run, edges, strict=True):
            foot = assembler.make_fragment(0, [PlacedBlock(key, 0, 0)], is_foot=True)
            fragments.append((foot, round(right - end + x, 2), self._foot))
        fragments.append((draw_boxes(boxes), 0, 0))
        return fragments

    def _place_element(
        self, assembler: PdfAssembler, element_id: ElementId, x: float, y: float
    ) -> PlacedFragment:
        """Return a layout element at a position of a page."""
        return assembler.make_fragment(0, [PlacedBlock(element_id, 0, 0)]), x, y

    def _code_caption(self) -> str:
        """Return what is printed below the code, so that visitors do not scan it."""
        return pgettext("code", "For marking").translated(self._language)

    def _running_text(self, seed: int, page: str, pages: str) -> list[str]:
        return running_text_parts(self._language, seed=seed, page=page, pages=pages)

    def _label_parts(self, label: str) -> list[str]:
        """Split the name of a version into elements, with each letter of the label as an element."""
        before, _mark, after = _("Paper {label}", label="\n").translated(self._language).partition("\n")
        return list(filter(None, (before, *label, after)))


def _qr_squares(code: SheetCode) -> list[Box]:
    """Draw the QR code of a page, CODE wide and high."""
    squares = qr_dark_squares(str(code))
    side = CODE / (max(row for row, _ in squares) + 1)
    return [Box(column * side, row * side, side, side) for row, column in squares]


def _fill_columns(heights: Sequence[float], room: float) -> list[tuple[int, float]]:
    """Fill columns of height ``room`` with questions that are not split. Return the column and the y of each."""
    places = []
    column, y = 0, 0.0
    for height in heights:
        if y + height > room + 0.01 and y:
            column, y = column + 1, 0.0
        places.append((column, y))
        y += height
    return places


def _outline_boxes(box: Box, line: float) -> list[Box]:
    """Draw a frame as four bars."""
    return [
        Box(box.x, box.y, box.width, line),
        Box(box.x, box.y + box.height - line, box.width, line),
        Box(box.x, box.y, line, box.height),
        Box(box.x + box.width - line, box.y, line, box.height),
    ]


def _is_label_inside_circle(label: str) -> bool:
    """Return whether a label is printed inside its circle, not beside it."""
    return label.isascii() and len(label) <= _MAX_INSIDE


def _are_labels_inside_circles(row: AnswerRow) -> bool:
    return all(map(_is_label_inside_circle, row.labels))


def _print_sheet(job: PrintJob, design: AnswerSheetDesign) -> PrintedSheet:
    """Print the sheet with the questions that a print job gives it."""
    labels = labels_to_print(design)
    originals = job.candidates().bank.questions
    if not labels:
        quiz = job.quiz()
        sheets = print_answer_sheet(quiz, design, originals)
        questions = ngettext("{count} question", "{count} questions", len(quiz.questions))
        return PrintedSheet(
            sheets.pdf,
            _("an answer sheet for {questions}", questions=questions),
            positions=encode_positions(sheets.positions),
        )
    batch = job.versions(labels, draw_separately=design.draw)
    sheets = print_answer_sheets(batch, design, lambda done: job.report(done, len(labels)), originals)
    questions = ngettext("{count} question", "{count} questions", batch.count)
    content = (
        _("an answer sheet for {questions}", count=len(labels), questions=questions)
        if len(labels) == 1
        else _("{count} answer sheets for {questions}", count=len(labels), questions=questions)
    )
    return PrintedSheet(sheets.pdf, content, serves=len(labels), positions=encode_positions(sheets.positions))


LAYOUT = Layout(
    name="answer-sheet",
    help=N_("answer sheets with circles to fill in, one for each version of the handout"),
    more_help=N_(
        "Give the same options as for the handout, such as -n, --versions and --seed. Otherwise the sheets are for other questions."
    ),
    design=AnswerSheetDesign,
    make=_print_sheet,
    companions=lambda _: ("positions",),
    kit=KitSheet(
        60,
        "per-visitor",
        "one",
        _("Circles to fill in, where answers are to be marked quickly; one goes with each paper."),
        (_("A pen for each visitor"),),
        is_default=False,
    ),
)
