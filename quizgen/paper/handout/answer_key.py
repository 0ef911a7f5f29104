"""The answer key of many versions, with a row for each version, as data and as a printed table."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, repeat
from math import ceil
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from quizgen.model import Question, Quiz
from quizgen.paper.design import (
    LANDSCAPE_KEY_FROM,
    PAGES,
    TABLE_SIZES,
    Page,
    QuizPaperDesign,
)
from quizgen.paper.handout.answers import title_template_values
from quizgen.paper.handout.content import HandoutContent
from quizgen.paper.press import (
    Blocks,
    Box,
    ContentFragment,
    ElementId,
    LayoutElement,
    PdfAssembler,
    PlacedBlock,
    PlacedFragment,
    SectionPages,
    draw_boxes,
    foot_height,
    make_table_row,
    make_text_element,
    pad_to_width,
)
from quizgen.paper.shapes import paper_shape
from quizgen.text.languages import locale
from quizgen.text.messages import _, pgettext
from quizgen.view.question import QuestionView

PAD, _TABLE_GAP = 0.7, 1.2
"""White between the columns of a table, and between two tables side by side, in ems."""

_ROW_HEIGHT = 1.5
"""Smallest height of a row, in ems."""

_TICK: ElementId = ("tick", "")

_RULE, _THICK_RULE, _RULE_OFFSET = 0.4, 1.0, 1.6
"""Thickness of the rules between rows, and their distance from the top of the next row, in points."""

_ROWS_BETWEEN_THICK_RULES = 5

_MIN_ROWS = 5
"""How many rows a table must have at the bottom of a page, before it continues on the next."""


class AnswerKeyRow(Struct, frozen=True):
    """The right answers of one version: the ids of its questions, and the right answer of each, in printed order.

    A right answer is letters or digits from the top (``B``, ``AC``, ``BADC``, ``2413``), the initial of true, false or
    a verdict, the number of an exhibit line, or the words for a blank.
    """

    label: str
    questions: tuple[str, ...]
    marks: tuple[str, ...]


def make_answer_key_row(quiz: Quiz, content: HandoutContent) -> AnswerKeyRow:
    """Return the answer key of one version."""
    return AnswerKeyRow(
        quiz.version,
        tuple(question.id for question in quiz.questions),
        tuple(_cached_key_cell(question, content) for question in quiz.questions),
    )


def _cached_key_cell(question: Question, content: HandoutContent) -> str:
    """Return the right answer to a question, cached for all versions that print it alike."""
    cells = content.cached_key_cells
    if id(question) not in cells:
        # The view keeps the question alive, so that no other gets its id.
        cells[id(question)] = answer_key_cell(content.question_view(question))
    return cells[id(question)]


def answer_key_cell(question: QuestionView) -> str:
    """Return the right answer to a question as the answer key shows it."""
    return paper_shape(question.answer).answer_key_cell(question)


def make_answer_key_elements(content: HandoutContent, design: QuizPaperDesign) -> list[LayoutElement]:
    """Return the layout elements of the answer key: head, legend, and each character that its table can have."""
    language = content.language
    labels, cells = _table_characters(content)
    width = _answer_key_page(content, design).content_width
    elements = [
        LayoutElement(
            ("keyhead",),
            {**title_template_values(design, language), "width": width},
        ),
        make_text_element(*_TICK),
        *(make_text_element("label", character) for character in labels),
        *(make_text_element("cell", character) for character in cells),
    ]
    if legend := _legend_entries(content):
        elements.append(
            LayoutElement(("words",), {"text": locale(language).semicolon.join(legend), "width": width})
        )
    return elements


def _is_key_landscape(content: HandoutContent) -> bool:
    return content.count >= LANDSCAPE_KEY_FROM


def _answer_key_page(content: HandoutContent, design: QuizPaperDesign) -> Page:
    """Return the page of the table, which has a narrow margin in large print, too."""
    page = PAGES[design.paper]
    return replace(page, width=page.height, height=page.width) if _is_key_landscape(content) else page


def print_answer_key(
    assembler: PdfAssembler,
    group_index: int,
    blocks: Blocks,
    rows: Sequence[AnswerKeyRow],
    content: HandoutContent,
    design: QuizPaperDesign,
    reasons: SectionPages,
    quiz: Quiz,
) -> None:
    """Print the answer key: a table with a row and a box to tick off for each version, then the ``reasons`` of ``quiz``.

    Tables take the whole width, or stand side by side if one would need several pages. The page is landscape if there
    are many questions. ``group_index`` is the index of the typeset group with the elements of key and foot. Words for
    blanks are listed above the table, which has their numbers.
    """
    words = _number_blank_words(content)
    page = _answer_key_page(content, design)
    table = _AnswerKeyTable(
        blocks,
        rows,
        words,
        _version_and_tick_heads(content.language),
        TABLE_SIZES[design.text_size],
        assembler,
        group_index,
    )
    top = page.margin
    fragments: list[PlacedFragment] = []
    for key in [("keyhead",), *([("words",)] if ("words",) in blocks else [])]:
        fragments.append((assembler.make_fragment(group_index, [PlacedBlock(key, 0, 0)]), page.margin, top))
        top += blocks[key].height
    bottom = page.height - page.margin - foot_height(reasons.blocks) - TABLE_SIZES[design.text_size]
    tables = list(table.fill_pages(fragments, page.margin, top, page.width - page.margin, bottom))
    pages_of_reasons = reasons.compose_pages(quiz)
    total = len(tables) + len(pages_of_reasons)
    for number, fragments_of_page in enumerate(tables, start=1):
        under = reasons.compose_foot(content.seed, number, total, page)
        assembler.add_page([*fragments_of_page, *under], is_landscape=_is_key_landscape(content))
    for number, fragments_of_page in enumerate(pages_of_reasons, start=len(tables) + 1):
        assembler.add_page([*fragments_of_page, *reasons.compose_foot(content.seed, number, total)])


def _table_characters(content: HandoutContent) -> tuple[list[str], list[str]]:
    """List the characters that labels and the table's head can have, and those of the other cells."""
    questions = map(content.question_view, content.questions)
    alphabets = (paper_shape(question.answer).answer_key_characters(question) for question in questions)
    digits = "0123456789"
    heads = _version_and_tick_heads(content.language)
    return sorted(set(digits).union(*heads, *content.labels)), sorted(set(f"(){digits}").union(*alphabets))


def _version_and_tick_heads(language: str) -> tuple[str, str]:
    """Return the heads of the columns with the versions and with the boxes."""
    return pgettext("column", "Paper").translated(language), _("Marked").translated(language)


def _legend_entries(content: HandoutContent) -> list[str]:
    """List the meanings of initials and numbers in the key."""
    legend: dict[str, str] = {}
    for question in map(content.question_view, content.questions):
        legend |= paper_shape(question.answer).answer_key_legend(question)
    words = {f"({number})": word for word, number in _number_blank_words(content).items()}
    return [f"{sign} = {meaning}" for sign, meaning in (legend | words).items()]


def _number_blank_words(content: HandoutContent) -> dict[str, int]:
    """Give numbers to the words that fill blanks, so that the answer key can refer to them."""
    questions = map(content.question_view, content.questions)
    worded = (each for each in questions if paper_shape(each.answer).is_answered_in_words)
    words = dict.fromkeys(map(answer_key_cell, worded))
    return {word: number for number, word in enumerate(words, start=1)}


class _AnswerKeyTable:
    """A table with a rule under each row, every fifth of them thicker. Its columns for questions are equally wide if they fit.

    If a page is too narrow for all columns, they are divided into bands, one below the other, each with the labels.
    """

    def __init__(
        self,
        blocks: Blocks,
        rows: Sequence[AnswerKeyRow],
        words: Mapping[str, int],
        version_and_tick_heads: tuple[str, str],
        size: float,
        assembler: PdfAssembler,
        group_index: int,
    ) -> None:
        """Measure the cells in type of ``size`` points. ``version_and_tick_heads`` are the heads of the first and of the last column."""
        self._blocks = blocks
        self._size = size
        self._tick = cast("Box", blocks[_TICK].box)
        self._row_height = round(max(_ROW_HEIGHT * size, self._tick.height + 4), 2)
        self._assembler = assembler
        self._group_index = group_index
        self._cells: dict[tuple[str, str, str], tuple[ContentFragment, float]] = {}
        self._fragments: dict[tuple[int, str, str, str], ContentFragment] = {}
        first, last = version_and_tick_heads
        self._head = (first, *(str(number) for number in range(1, len(rows[0].marks) + 1)), last)
        numbered = {word: f"({number})" for word, number in words.items()}
        self._body = [(row.label, *(numbered.get(mark, mark) for mark in row.marks), "") for row in rows]
        self._kinds = ("label", *repeat("cell", len(self._head) - 2), "tick")
        columns = zip(self._kinds, self._head, zip(*self._body, strict=True), strict=True)
        self._widths = [
            PAD * size
            + max(
                self._compose_cell("label", top)[1],
                *(self._compose_cell(kind, cell)[1] for cell in set(below)),
            )
            for kind, top, below in columns
        ]

    def fill_pages(
        self, first: list[PlacedFragment], left: float, top: float, right: float, bottom: float
    ) -> Iterator[list[PlacedFragment]]:
        """Fill pages with tables, down and then across, between these edges. ``first`` is above the first table."""
        gap = _TABLE_GAP * self._size
        fragments, y = first, top
        bands = list(self._divide_columns(right - left))
        fits_on_page = len(self._body) <= self._count_rows_that_fit(bottom - top)
        for band in bands:
            narrowest = sum(self._widths[column] for column in band)
            across = 1 if fits_on_page else max(1, int((right - left + gap) // (narrowest + gap)))
            step = (right - left + gap) / across if len(bands) == 1 else narrowest + gap
            widths = self._spread_columns(band, step - gap)
            start = 0
            while start < len(self._body):
                if start or y + self._row_offset(min(len(self._body), _MIN_ROWS) + 1) > bottom:
                    yield fragments
                    fragments, y = [], left  # the margin is the same on all sides
                rows_down = self._count_rows_that_fit(bottom - y)
                if len(bands) == 1:  # then all tables get about the same number of rows
                    rest = len(self._body) - start
                    more = max(0, rest - rows_down * across)
                    tables = across * (1 + ceil(more / (across * self._count_rows_that_fit(bottom - left))))
                    rows_down = min(rows_down, ceil(rest / tables))
                for column in range(across):
                    body = self._body[start : start + rows_down]
                    start += rows_down
                    if body:
                        x = left + column * step
                        # A line under every row leads the eye, and a thumb, along it.
                        rules = [
                            Box(
                                x,
                                y + self._row_offset(index + 1) - _RULE_OFFSET,
                                step - gap,
                                _RULE if index % _ROWS_BETWEEN_THICK_RULES else _THICK_RULE,
                            )
                            for index in range(len(body) + 1)
                        ]
                        fragments.append((draw_boxes(rules), 0, 0))
                        fragments += (
                            (
                                self._compose_row(cells, index, widths, f"{band[0]} {column}"),
                                x,
                                y + self._row_offset(index),
                            )
                            for index, cells in enumerate((self._head, *body))
                        )
            y += self._row_offset(min(rows_down, len(self._body)) + 2)
        yield fragments

    def _count_rows_that_fit(self, height: float) -> int:
        """Return how many rows fit below a head, but at least one."""
        return max(1, int(height / self._row_height) - 1)

    def _spread_columns(self, band: Sequence[int], width: float) -> dict[int, float]:
        """Return the widths of the columns of a band that fill ``width``: equal for questions, if they fit."""
        inner = [column for column in band if 0 < column < len(self._head) - 1]
        free = width - sum(self._widths[column] for column in band)
        if not inner:
            return {column: self._widths[column] for column in band}
        widest = max(self._widths[column] for column in inner)
        equal = (sum(self._widths[column] for column in inner) + free) / len(inner)
        return {
            column: self._widths[column]
            if column not in inner
            else equal
            if equal >= widest
            else self._widths[column] + free / len(inner)
            for column in band
        }

    def _divide_columns(self, width: float) -> Iterator[tuple[int, ...]]:
        """Divide the columns into bands that fit the width. Each band begins with the labels."""
        band, taken = [0], self._widths[0]
        for column, column_width in enumerate(self._widths[1:], start=1):
            if len(band) > 1 and taken + column_width > width:
                yield tuple(band)
                band, taken = [0], self._widths[0]
            band.append(column)
            taken += column_width
        yield tuple(band)

    def _row_offset(self, index: int) -> float:
        """Return the distance of a row from the head, which has index 0, in points."""
        return self._row_height * index

    def _compose_row(
        self, cells: Sequence[str], index: int, widths: Mapping[int, float], table: str
    ) -> ContentFragment:
        """Compose the cells of a row that are in a band. The label, and the head (index 0), are bold."""
        # In a tagged PDF every cell needs an owner of its own. Otherwise cells with the same text share a fragment.
        owner = f"{table} {index} " if self._assembler.is_tagged else ""
        return make_table_row(
            [
                self._compose_padded_cell(
                    column, self._kinds[column] if index else "label", cells[column], owner, width
                )
                for column, width in widths.items()
            ],
            is_head=not index,
        )

    def _compose_padded_cell(
        self, column: int, kind: str, cell: str, owner: str, width: float
    ) -> ContentFragment:
        """Compose a cell as wide as its column."""
        key = (column, kind, cell, owner)
        if key not in self._fragments:
            fragment, _ = self._compose_cell(kind, cell, f"{owner}{column}" if owner else "")
            self._fragments[key] = pad_to_width(fragment, width)
        return self._fragments[key]

    def _compose_cell(self, kind: str, text: str, owner: str = "") -> tuple[ContentFragment, float]:
        """Compose a cell, and return it with its width."""
        key = (kind, text, owner)
        if key not in self._cells:
            if kind == "tick":
                down = (self._row_height - self._tick.height) / 2 - _RULE_OFFSET - self._tick.y
                placed = [PlacedBlock(_TICK, 0, round(down, 2))]
                edges = [self._tick.width]
            else:
                keys: list[ElementId] = [(kind, character) for character in text]
                edges = [0.0, *accumulate(self._blocks[key].width for key in keys)]
                placed = [PlacedBlock(key, x, 0) for key, x in zip(keys, edges, strict=False)]
            self._cells[key] = self._assembler.make_fragment(self._group_index, placed, owner), edges[-1]
        return self._cells[key]
