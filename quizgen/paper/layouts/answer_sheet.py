"""Answer sheets: circles to fill in, a row for each answer, to be marked by eye now, and by a scanner later.

A scanner finds four marks in the corners, reads what sheet it is from a code, and knows from the places that go with
the PDF where each circle stands. Rows stand in columns, and columns on pages; what stands on a sheet is set once.
"""

from collections.abc import Callable, Iterator, Sequence
from math import ceil, floor
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import Batch
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Quiz
from quizgen.paper.design import MIN_TYPE_SIZE, MM, PAGES, Option, PageDesign, TextSize
from quizgen.paper.images import dark_squares
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.layouts.handout import labels_of
from quizgen.paper.press import (
    DIGITS,
    SETTING_PAGE_HEIGHT,
    AnswerField,
    Blocks,
    Bookmark,
    Box,
    PdfAssembler,
    PieceId,
    PlacedBlock,
    PlacedFragment,
    Typesetter,
    fill_boxes,
    line_positions,
    running_texts,
)
from quizgen.paper.renderer import About
from quizgen.paper.shapes import AnswerRow, paper_shape
from quizgen.paper.sheets import form_values
from quizgen.text.messages import N_, _, ngettext
from quizgen.view.question import view_questions

FORMAT = 1
"""Number of this way to lay out a sheet, by which a scanner knows it; a new way has the next number."""

MARK, MARK_EDGE = 5 * MM, 7 * MM
"""The square in each corner, and how far it stands from the edges of the page."""

SIDE, TOP = 17 * MM, 9 * MM
"""White at the sides, with the marks in it, and above and below."""

CODE = 20 * MM
LABEL_WIDTH, LABEL_HEIGHT, LABEL = 36 * MM, 12 * MM, 20
_GAP = 3 * MM
"""White between what stands at the top right, and around rules."""

_COLUMN_GAP = 9 * MM
_HAIRLINE, _RULE = 0.6, 1.6
_LONGEST_INSIDE = 2
"""Characters that have room in a circle; more stand beside it."""


class AnswerSheetDesign(PageDesign, frozen=True):
    """What may be asked of answer sheets."""

    text_size: Annotated[TextSize, Option(N_("large is 18 points, for older readers."))] = "normal"
    versions: Annotated[
        int | None, Option(N_("Print N different papers, A, B, … Z, AA and on, in one PDF."), "N")
    ] = None
    only_version: Annotated[str, Option(N_("Print one of the versions again, such as C."), "LABEL")] = ""
    draw: Annotated[bool, Option(N_("Each version draws questions of its own."))] = False
    tagged: Annotated[
        bool,
        Option(
            N_(
                "Tag versions for screen readers too, as a single paper is; the file gets several times as large."
            )
        ),
    ] = False


class AnswerSheets(Struct, frozen=True):
    """The PDF, and ``answer_fields(i)``: where the sheet with index ``i`` is to be marked."""

    pdf: bytes
    answer_fields: Callable[[int], list[AnswerField]]


class SheetCode(Struct, frozen=True):
    """What the code on a page says, in a form that is short in a QR code.

    ``version`` is a paper's label, or "" where there is but one; ``page`` counts a sheet's pages from 1.
    """

    seed: int
    version: str
    questions: int
    page: int
    format: int = FORMAT

    def __str__(self) -> str:
        return f"QUIZGEN:{self.format}:{self.seed}:{self.version or '-'}:{self.questions}:{self.page}"


class _Sizes(Struct, frozen=True):
    """Sizes of type, and lengths, in points.

    ``letter`` is the type in a circle, ``bubble`` the circle's width. A ``row`` is so high, and its circles begin at
    ``indent``; the middles of two circles are ``least_pitch`` to ``most_pitch`` apart.
    """

    size: float
    small: float
    number: float
    letter: float
    bubble: float
    row: float
    indent: float
    least_pitch: float
    most_pitch: float


_SIZES: dict[TextSize, _Sizes] = {
    "normal": _Sizes(
        size=10.5,
        small=MIN_TYPE_SIZE,
        number=13,
        letter=9,
        bubble=6 * MM,
        row=12 * MM,
        indent=17 * MM,
        least_pitch=8 * MM,
        most_pitch=14 * MM,
    ),
    "large": _Sizes(
        size=16,
        small=16,
        number=20,
        letter=16,
        bubble=9 * MM,  # which a letter of 16 points has room in
        row=14 * MM,
        indent=24 * MM,
        least_pitch=10.5 * MM,
        most_pitch=18 * MM,
    ),
}


LEAST_ROW = 12 * MM
"""The least height of a row, in points."""


class _Cell(Struct, frozen=True):
    """A row in its place on a page: x and y of its top left; ``number`` counts questions from 1, ``slot`` their rows."""

    page: int
    x: float
    y: float
    number: int
    slot: int
    row: AnswerRow
    question: str


def print_answer_sheet(quiz: Quiz, design: AnswerSheetDesign) -> AnswerSheets:
    """Print the answer sheet of one quiz.

    The same bytes for the same quiz, design, fonts and version of quizgen. Raises QuizgenError where Pango is
    missing, a question has more options than a row has room for, or no font has a character, and MisuseError
    where the head leaves no room.
    """
    return _print([""], lambda _: quiz, quiz, design)


def print_answer_sheets(
    batch: Batch, design: AnswerSheetDesign, progress: Callable[[int], None] = lambda _: None
) -> AnswerSheets:
    """Print an answer sheet for each version of a quiz; raises as ``print_answer_sheet`` does."""
    whole = Quiz(batch.questions, batch.seed, batch.language, batch.bank)
    return _print(batch.labels, batch.quiz, whole, design, batch.count, progress)


def _print(
    labels: Sequence[str],
    quiz_of: Callable[[str], Quiz],
    whole: Quiz,
    design: AnswerSheetDesign,
    count: int | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> AnswerSheets:
    """Print a sheet for each label; each has ``count`` of the questions of ``whole``."""
    with Typesetter(whole.language, design.logo) as typesetter:
        sheet = _Sheet(typesetter, whole, design, labels, count or len(whole.questions))
        assembler = PdfAssembler(
            typesetter.paint([sheet.setting], tagged=design.tagged or len(labels) == 1), PAGES[design.paper]
        )
    starts: list[int] = []
    for done, label in enumerate(labels, start=1):
        starts.append(assembler.count)
        for fragments in sheet.pages(quiz_of(label), assembler):
            assembler.add_page(fragments)
        progress(done)
    bookmarks = [
        Bookmark(_("Paper {label}", label=label).translated(whole.language), start)
        for label, start in zip(labels, starts, strict=True)
        if label
    ]
    about = About(_("Answer sheet").translated(whole.language), design.organiser, whole.language)
    return AnswerSheets(
        assembler.finish(bookmarks, about),
        lambda index: sheet.answer_fields(quiz_of(labels[index]), starts[index]),
    )


class _Sheet:
    """What sheets have in common, set once, and where the rows of any of them stand."""

    def __init__(
        self,
        typesetter: Typesetter,
        whole: Quiz,
        design: AnswerSheetDesign,
        labels: Sequence[str],
        count: int,
    ) -> None:
        self._page = page = PAGES[design.paper]
        self._sizes = sizes = _SIZES[design.text_size]
        self._count, self._language = count, whole.language
        self._width = page.width - 2 * SIDE
        rows = {each.id: paper_shape(each.answer).answer_rows(each) for each in view_questions(whole)}
        circles = {label for each in rows.values() for row in each for label in row.labels}
        most = max(map(len, rows.values()))
        pieces: dict[PieceId, dict[str, str]] = {}

        def add(kind: str, listed: Sequence[str]) -> None:
            pieces.update({(kind, each): {"kind": kind, "text": each} for each in listed})

        add("bubble", sorted(filter(_is_inside, circles)))
        add("worded", sorted(each for each in circles if not _is_inside(each)))
        add("number", [str(number) for number in range(1, count + 1)])
        if most > 1:
            add("slot", [f"{number}.{slot}" for number in range(1, count + 1) for slot in range(1, most + 1)])
        add("running", self._running(whole.seed, DIGITS, DIGITS))
        add("label", [each for label in sorted({*"".join(labels)}) for each in self._label(label)])
        ids = {f"piece-{index}": id_ for index, id_ in enumerate(pieces)}
        values = {
            **form_values(
                design,
                whole.language,
                _("title, organiser, contact, date, link and logo leave no room for questions"),
            ),
            "total": count,
            "slots": most > 1,
            "label": LABEL,
            "height": SETTING_PAGE_HEIGHT,
            "width": self._width,
            "head_width": self._width - LABEL_WIDTH - 2 * _GAP,
            "pieces": {element: pieces[id_] for element, id_ in ids.items()},
            **{name: getattr(sizes, name) for name in ("size", "small", "number", "letter", "bubble")},
        }
        named: dict[str, PieceId] = {name: (name,) for name in ("head", "directions", "contact")}
        self.setting = typesetter.lay_out("answer-sheet.html", values, {**ids, **named})
        self._blocks: Blocks = self.setting.blocks
        self._has_contact = bool(design.contact)
        self._measure(rows)

    def _measure(self, rows: dict[str, list[AnswerRow]]) -> None:
        """Find where rows begin and end on a page, how wide columns have to be, and how far circles stand apart."""
        sizes, blocks = self._sizes, self._blocks
        right = LABEL_HEIGHT + _GAP + CODE
        self._rule = TOP + max(blocks["head",].height, right) + _GAP
        self._directions = self._rule + _RULE + _GAP
        self._top = self._directions + blocks["directions",].height + _GAP
        foot = max(blocks[id_].height for id_ in blocks if id_[0] in ("contact", "running"))
        self._foot = self._page.height - TOP - foot
        self._bottom = self._foot - _GAP
        all_rows = [row for each in rows.values() for row in each]
        inside = max((len(row.labels) for row in all_rows if _are_inside(row)), default=0)
        sides = max((len(row.labels) for row in all_rows if not _are_inside(row)), default=0)
        worded = [id_ for id_ in blocks if id_[0] == "worded"]
        widest = max((blocks[id_].width for id_ in worded), default=0.0) + 4 * MM
        self._needed = sizes.indent + max(inside * sizes.least_pitch, sides * widest, 35 * MM)
        if self._needed > self._width:
            tallest = max(rows, key=lambda id_: max(len(row.labels) for row in rows[id_]))
            raise QuizgenError(
                problem(
                    _("{question} has more options than a row has room for"),
                    _("take a larger --paper or a smaller --text-size"),
                    question=tallest,
                )
            )
        if self._bottom - self._top < max(map(len, rows.values())) * sizes.row:
            raise MisuseError(
                problem(
                    _("title, organiser, contact, date, link and logo leave no room for questions"),
                    _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
                )
            )
        self._inside, self._sides, self._widest = inside, sides, widest
        if len(rows) == self._count:
            # Rows a little closer together are better than one of them overleaf.
            share = floor(100 * (self._bottom - self._top) / sum(map(len, rows.values()))) / 100
            if LEAST_ROW <= share < sizes.row:
                self._sizes = replace(sizes, row=share)

    def _columns(self, heights: Sequence[float]) -> int:
        """Return how many columns a sheet has: one, where all rows have room in it."""
        if sum(heights) <= self._bottom - self._top:
            return 1
        return max(1, int((self._width + _COLUMN_GAP) / (self._needed + _COLUMN_GAP)))

    def _cells(self, quiz: Quiz) -> tuple[list[_Cell], float, float]:
        """Place the rows of a sheet; the width of its columns, and how far circles stand apart in it."""
        sizes = self._sizes
        listed = [paper_shape(each.answer).answer_rows(each) for each in view_questions(quiz)]
        heights = [len(rows) * sizes.row for rows in listed]
        columns = self._columns(heights)
        width = (self._width - (columns - 1) * _COLUMN_GAP) / columns
        pitch = (width - sizes.indent) / max(self._inside, 1)
        room = self._bottom - self._top
        if columns > 1:
            # Columns of like length look better than a short one behind long ones.
            steps = range(max(1, ceil(sum(heights) / columns / sizes.row)), int(room / sizes.row) + 1)
            room = next(
                (step * sizes.row for step in steps if _filled(heights, step * sizes.row)[-1][0] < columns),
                room,
            )
        cells = []
        for number, (question, rows, (column, y)) in enumerate(
            zip(quiz.questions, listed, _filled(heights, room), strict=True), start=1
        ):
            page, place = divmod(column, columns)
            x = SIDE + place * (width + _COLUMN_GAP)
            for slot, row in enumerate(rows):
                top = self._top + y + slot * sizes.row
                cells.append(_Cell(page, x, top, number, slot, row, question.id))
        return cells, width, min(pitch, sizes.most_pitch)

    def _circles(self, cell: _Cell, width: float, pitch: float) -> Iterator[tuple[PieceId, float, float]]:
        """Return the circles of a row: their pieces, and x and y of these."""
        # Below the circles of other rows, where there is room for that.
        step = ceil(self._widest / pitch) * pitch
        if self._sizes.indent + self._sides * step > width:
            step = self._widest
        inside = _are_inside(cell.row)
        for index, label in enumerate(cell.row.labels):
            piece: PieceId = ("bubble" if _is_inside(label) else "worded", label)
            x = cell.x + self._sizes.indent + index * (pitch if inside else step)
            yield piece, round(x, 2), self._centred(piece, cell.y)

    def _centred(self, piece: PieceId, y: float) -> float:
        """Where the top of a piece stands so that its box, or else all of it, is in the middle of a row."""
        block = self._blocks[piece]
        box = block.box or Box(0, 0, block.width, block.height)
        return round(y + (self._sizes.row - box.height) / 2 - box.y, 2)

    def _line(self, cell: _Cell, width: float) -> Box:
        """Return the room to write in where there are no circles; its lower edge is the line."""
        x = cell.x + self._sizes.indent
        top, height = cell.y + 1.5 * MM, self._sizes.row - 4.5 * MM
        return Box(round(x, 2), round(top, 2), round(cell.x + width - x, 2), round(height, 2))

    def answer_fields(self, quiz: Quiz, start: int) -> list[AnswerField]:
        """List where a sheet that begins on page ``start`` is to be marked."""
        cells, width, pitch = self._cells(quiz)
        found = []
        for cell in cells:
            page = start + cell.page
            if not cell.row.labels:
                line = self._line(cell, width)
                found.append(
                    AnswerField(page, line.x, line.y, line.width, line.height, cell.question, cell.row.option)
                )
            for index, (piece, x, y) in enumerate(self._circles(cell, width, pitch)):
                box = self._blocks[piece].box or Box(0, 0, 0, 0)
                option, value = (index, -1) if cell.row.option < 0 else (cell.row.option, index)
                found.append(
                    AnswerField(
                        page, x + box.x, y + box.y, box.width, box.height, cell.question, option, value
                    )
                )
        return found

    def pages(self, quiz: Quiz, assembler: PdfAssembler) -> list[list[PlacedFragment]]:
        """Compose the pages of a sheet."""
        cells, width, pitch = self._cells(quiz)
        total = cells[-1].page + 1
        pages = [self._frame(quiz, number, total, assembler) for number in range(1, total + 1)]
        for cell in cells:
            fragments = pages[cell.page]
            own = [("number", str(cell.number))] if cell.slot == 0 else []
            several = bool(cell.row.labels) and cell.row.option >= 0
            label: PieceId = ("slot", f"{cell.number}.{cell.slot + 1}")
            for piece in own:
                fragments.append(self._at(assembler, piece, cell.x, self._centred(piece, cell.y)))
            if several:
                x = cell.x + self._sizes.indent - self._blocks[label].width - 2 * MM
                fragments.append(self._at(assembler, label, round(x, 2), self._centred(label, cell.y)))
            fragments += [self._at(assembler, *circle) for circle in self._circles(cell, width, pitch)]
        for number, fragments in enumerate(pages):
            here = [cell for cell in cells if cell.page == number]
            ends = {cell.x: cell.y + self._sizes.row for cell in here}
            edges = [*((cell.x, cell.y) for cell in here if cell.slot == 0), *ends.items()]
            rules = [Box(x, y - _HAIRLINE / 2, width, _HAIRLINE) for x, y in edges]
            lines = [self._line(cell, width) for cell in here if not cell.row.labels]
            rules += [Box(line.x, line.y + line.height, line.width, 1) for line in lines]
            fragments.append((fill_boxes(rules), 0, 0))
        return pages

    def _frame(self, quiz: Quiz, number: int, total: int, assembler: PdfAssembler) -> list[PlacedFragment]:
        """Compose what stands around the rows of a page."""
        page, blocks = self._page, self._blocks
        far_x, far_y = page.width - MARK_EDGE - MARK, page.height - MARK_EDGE - MARK
        marks = [Box(x, y, MARK, MARK) for y in (MARK_EDGE, far_y) for x in (MARK_EDGE, far_x)]
        right = page.width - SIDE
        boxes = [*marks, Box(SIDE, self._rule, self._width, _RULE)]
        fragments = [
            self._at(assembler, ("head",), SIDE, TOP),
            self._at(assembler, ("directions",), SIDE, self._directions),
        ]
        code_top = TOP
        if quiz.version:
            code_top += LABEL_HEIGHT + _GAP
            left = right - LABEL_WIDTH
            boxes += _outline(Box(left, TOP, LABEL_WIDTH, LABEL_HEIGHT), 1.2)
            keys: list[PieceId] = [("label", each) for each in self._label(quiz.version)]
            *edges, end = line_positions(keys, blocks, LABEL)
            for key, x in zip(keys, edges, strict=True):
                x_in, y = (LABEL_WIDTH - end) / 2, TOP + (LABEL_HEIGHT - blocks[key].height) / 2
                fragments.append(self._at(assembler, key, round(left + x_in + x, 2), round(y, 2)))
        code = SheetCode(quiz.seed, quiz.version, self._count, number)
        fragments.append((assembler.picture(0, _squares(code), str(code)), right - CODE, code_top))
        if self._has_contact:
            fragments.append(self._at(assembler, ("contact",), SIDE, self._foot))
        run: list[PieceId] = [("running", each) for each in self._running(quiz.seed, str(number), str(total))]
        *edges, end = line_positions(run, blocks, self._sizes.small)
        for key, x in zip(run, edges, strict=True):
            foot = assembler.fragment(0, [PlacedBlock(key, 0, 0)], is_foot=True)
            fragments.append((foot, round(right - end + x, 2), self._foot))
        fragments.append((fill_boxes(boxes), 0, 0))
        return fragments

    def _at(self, assembler: PdfAssembler, piece: PieceId, x: float, y: float) -> PlacedFragment:
        return assembler.fragment(0, [PlacedBlock(piece, 0, 0)]), x, y

    def _running(self, seed: int, page: str, pages: str) -> list[str]:
        return running_texts(self._language, seed=seed, page=page, pages=pages)

    def _label(self, label: str) -> list[str]:
        """Split what names a version into pieces, the label by its letters."""
        before, _mark, after = _("Paper {label}", label="\n").translated(self._language).partition("\n")
        return list(filter(None, (before, *label, after)))


def _squares(code: SheetCode) -> list[Box]:
    """Draw the code of a page, as wide and high as CODE."""
    squares = dark_squares(str(code))
    side = CODE / (max(row for row, _ in squares) + 1)
    return [Box(column * side, row * side, side, side) for row, column in squares]


def _filled(heights: Sequence[float], room: float) -> list[tuple[int, float]]:
    """Fill columns of a height with questions, which are not split: for each its column, from 0, and its y."""
    places = []
    column, y = 0, 0.0
    for height in heights:
        if y + height > room + 0.01 and y:
            column, y = column + 1, 0.0
        places.append((column, y))
        y += height
    return places


def _outline(box: Box, line: float) -> list[Box]:
    """Draw a frame as four bars."""
    return [
        Box(box.x, box.y, box.width, line),
        Box(box.x, box.y + box.height - line, box.width, line),
        Box(box.x, box.y, line, box.height),
        Box(box.x + box.width - line, box.y, line, box.height),
    ]


def _is_inside(label: str) -> bool:
    """Tell whether a label is printed inside its circle, and not beside it."""
    return label.isascii() and len(label) <= _LONGEST_INSIDE


def _are_inside(row: AnswerRow) -> bool:
    return all(map(_is_inside, row.labels))


def _make(job: PrintJob, design: AnswerSheetDesign) -> Printed:
    labels = labels_of(design)
    if not labels:
        quiz = job.quiz()
        sheets = print_answer_sheet(quiz, design)
        questions = ngettext("{count} question", "{count} questions", len(quiz.questions))
        return Printed(sheets.pdf, _("an answer sheet for {questions}", questions=questions))
    batch = job.versions(labels, own_draw=design.draw)
    sheets = print_answer_sheets(batch, design, lambda done: job.report(done, len(labels)))
    questions = ngettext("{count} question", "{count} questions", batch.count)
    content = (
        _("an answer sheet for {questions}", count=len(labels), questions=questions)
        if len(labels) == 1
        else _("{count} answer sheets for {questions}", count=len(labels), questions=questions)
    )
    return Printed(sheets.pdf, content, serves=len(labels))


LAYOUT = Layout(
    name="answer-sheet",
    help=N_("circles to fill in, for each version its own sheet"),
    design=AnswerSheetDesign,
    make=_make,
    kit=KitSheet(
        60,
        "per-visitor",
        "one",
        _("Circles to fill in, where answers are to be marked quickly; one goes with each paper."),
        (_("A pen for each visitor"),),
    ),
)
