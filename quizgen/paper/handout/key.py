"""The key of many versions, a row for each version, as data and as a printed table."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, repeat
from math import ceil
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from quizgen.model import Question, Quiz
from quizgen.paper.design import (
    LANDSCAPE_KEY_FROM,
    TABLE_SIZES,
    Design,
    Page,
    fine_print,
    page_of,
    title_language_of,
    title_of,
)
from quizgen.paper.handout.content import Content
from quizgen.paper.press import (
    PLAIN_FOOT,
    Blocks,
    Box,
    ContentFragment,
    PdfAssembler,
    Piece,
    PieceId,
    PlacedBlock,
    PlacedFragment,
    fill_boxes,
    foot,
    foot_height,
    pad,
    running_texts,
    table_row,
    text_piece,
)
from quizgen.paper.shapes import paper_shape
from quizgen.text.languages import locale
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

PAD, _TABLE_GAP = 0.7, 1.2
"""White between the columns of a table, and between two tables side by side, in ems."""

_ROW_HEIGHT = 1.5
"""Smallest height of a row, in ems."""

_TICK: PieceId = ("tick", "")

_RULE, _RULE_OFFSET = 0.4, 1.6
"""Thickness of the rules between rows, and their distance from the top of the next row, in points."""

_MIN_ROWS = 5
"""How many rows a table must have at the bottom of a page, before it continues on the next."""


class KeyRow(Struct, frozen=True):
    """The key of one paper: the ids of its questions, and their right marks, in printed order.

    A mark is letters or digits from the top (``B``, ``AC``, ``BADC``, ``2413``), the initial of true, false or a
    verdict, the number of a line, or the words for a blank.
    """

    label: str
    questions: tuple[str, ...]
    marks: tuple[str, ...]


def key_row(quiz: Quiz, content: Content) -> KeyRow:
    """Make the row of one paper."""
    return KeyRow(
        quiz.version,
        tuple(question.id for question in quiz.questions),
        tuple(_cached_key_cell(question, content) for question in quiz.questions),
    )


def _cached_key_cell(question: Question, content: Content) -> str:
    """Return the mark of a question in the key, cached for all versions that print it alike."""
    cells = content.cached_key_cells
    if id(question) not in cells:
        # The view keeps the question alive, so that no other gets its id.
        cells[id(question)] = key_cell(content.view(question))
    return cells[id(question)]


def key_cell(question: QuestionView) -> str:
    """Return the mark of a question in the key."""
    return paper_shape(question.answer).key_cell(question)


def key_pieces(content: Content, design: Design) -> list[Piece]:
    """List the pieces of the key except its foot: the head, the legend, and every character that the table may have."""
    language = content.language
    labels, cells = _characters(content)
    width = _key_page(content, design).column
    pieces = [
        Piece(
            ("keyhead",),
            {
                "title": title_of(design, language),
                "title_language": title_language_of(design, language),
                "width": width,
            },
        ),
        text_piece(*_TICK),
        *(text_piece("label", character) for character in labels),
        *(text_piece("cell", character) for character in cells),
    ]
    if legend := _legend(content):
        pieces.append(Piece(("words",), {"text": locale(language).semicolon.join(legend), "width": width}))
    return pieces


def _is_landscape(content: Content, design: Design) -> bool:
    return content.count >= LANDSCAPE_KEY_FROM[design.text_size]


def _key_page(content: Content, design: Design) -> Page:
    page = page_of(design)
    return replace(page, width=page.height, height=page.width) if _is_landscape(content, design) else page


def print_key(
    assembler: PdfAssembler,
    setting: int,
    blocks: Blocks,
    rows: Sequence[KeyRow],
    content: Content,
    design: Design,
    reasons: Sequence[list[PlacedFragment]],
) -> None:
    """Print the key as a table, with a row and a box to tick off for each version, then the pages with ``reasons``.

    Several tables stand side by side if they fit. The page is landscape if there are many questions. ``setting`` is the
    index of the setting with the pieces of key and foot. Words that go into blanks are listed above the table, and the
    table has their numbers.
    """
    words = _numbered_words(content)
    page, is_landscape = _key_page(content, design), _is_landscape(content, design)
    marked = _("Marked").translated(content.language)
    table = _Table(blocks, rows, words, marked, TABLE_SIZES[design.text_size], assembler, setting)
    top = page.margin
    fragments: list[PlacedFragment] = []
    for key in [("keyhead",), *([("words",)] if ("words",) in blocks else [])]:
        fragments.append((assembler.fragment(setting, [PlacedBlock(key, 0, 0)]), page.margin, top))
        top += blocks[key].height
    bottom = page.height - page.margin - foot_height(blocks) - TABLE_SIZES[design.text_size]
    tables = list(table.pages(fragments, page.margin, top, page.width - page.margin, bottom))
    for number, fragments_of_page in enumerate([*tables, *reasons], start=1):
        if number > len(tables):
            page, is_landscape = page_of(design), False
        total = str(len(tables) + len(reasons))
        texts = running_texts(content.language, seed=content.seed, page=str(number), pages=total)
        strip = foot(page, blocks, texts, fine_print(design.text_size, content.language), PLAIN_FOOT)
        fragment = assembler.fragment(setting, strip.placed, is_foot=True)
        under = (fragment, page.margin, page.height - page.margin - strip.height)
        assembler.add_page([*fragments_of_page, under], across=is_landscape)


def _characters(content: Content) -> tuple[list[str], list[str]]:
    """List the characters that labels and the table's head may have, and those of the other cells."""
    questions = map(content.view, content.questions)
    alphabets = (paper_shape(question.answer).key_alphabet(question) for question in questions)
    digits = "0123456789"
    marked = _("Marked").translated(content.language)
    return sorted(set(digits).union(marked, *content.labels)), sorted(set(f"(){digits}").union(*alphabets))


def _legend(content: Content) -> list[str]:
    """List the meanings of initials and numbers in the key."""
    legend: dict[str, str] = {}
    for question in map(content.view, content.questions):
        legend |= paper_shape(question.answer).key_legend(question)
    words = {f"({number})": word for word, number in _numbered_words(content).items()}
    return [f"{sign} {meaning}" for sign, meaning in (legend | words).items()]


def _numbered_words(content: Content) -> dict[str, int]:
    """Assign numbers to the words that go into blanks."""
    questions = map(content.view, content.questions)
    worded = (each for each in questions if paper_shape(each.answer).is_keyed_by_words)
    words = dict.fromkeys(map(key_cell, worded))
    return {word: number for number, word in enumerate(words, start=1)}


class _Table:
    """A table with a rule under each row, its columns as wide as their widest cells.

    If a page is too narrow for all columns, they are divided into bands, one below the other, each with the labels.
    """

    def __init__(
        self,
        blocks: Blocks,
        rows: Sequence[KeyRow],
        words: Mapping[str, int],
        marked: str,
        size: float,
        assembler: PdfAssembler,
        setting: int,
    ) -> None:
        """Measure the cells in type of ``size`` points. ``marked`` is the head of the column with boxes."""
        self._blocks = blocks
        self._size = size
        self._tick = cast("Box", blocks[_TICK].box)
        self._row_height = round(max(_ROW_HEIGHT * size, self._tick.height + 4), 2)
        self._assembler = assembler
        self._setting = setting
        self._cells: dict[tuple[str, str, str], tuple[ContentFragment, float]] = {}
        self._fragments: dict[tuple[int, str, str, str], ContentFragment] = {}
        self._head = ("", *(str(number) for number in range(1, len(rows[0].marks) + 1)), marked)
        numbered = {word: f"({number})" for word, number in words.items()}
        self._body = [(row.label, *(numbered.get(mark, mark) for mark in row.marks), "") for row in rows]
        self._kinds = ("label", *repeat("cell", len(self._head) - 2), "tick")
        columns = zip(self._kinds, self._head, zip(*self._body, strict=True), strict=True)
        self._widths = [
            PAD * size + max(self._cell("label", top)[1], *(self._cell(kind, cell)[1] for cell in set(below)))
            for kind, top, below in columns
        ]

    def pages(
        self, first: list[PlacedFragment], left: float, top: float, right: float, bottom: float
    ) -> Iterator[list[PlacedFragment]]:
        """Fill pages with tables, down and then across, between these edges. ``first`` is above the first table."""
        gap, pad = _TABLE_GAP * self._size, PAD * self._size
        fragments, y = first, top
        bands = list(self._bands(right - left + pad))
        for band in bands:
            step = sum(self._widths[column] for column in band) + gap
            across = max(1, int((right - left + pad + gap) // step))
            start = 0
            while start < len(self._body):
                if start or y + self._row_offset(min(len(self._body), _MIN_ROWS) + 1) > bottom:
                    yield fragments
                    fragments, y = [], left  # the margin is the same on all sides
                rows_down = self._rows_within(bottom - y)
                if len(bands) == 1:  # then all tables get about the same number of rows
                    rest = len(self._body) - start
                    more = max(0, rest - rows_down * across)
                    tables = across * (1 + ceil(more / (across * self._rows_within(bottom - left))))
                    rows_down = min(rows_down, ceil(rest / tables))
                for column in range(across):
                    body = self._body[start : start + rows_down]
                    start += rows_down
                    if body:
                        x = left + column * step
                        # A line under every row leads the eye, and a thumb, along it.
                        rules = [
                            Box(x, y + self._row_offset(index + 1) - _RULE_OFFSET, step - gap, _RULE)
                            for index in range(len(body) + 1)
                        ]
                        fragments.append((fill_boxes(rules), 0, 0))
                        fragments += (
                            (
                                self._row(cells, index, band, f"{band[0]} {column}"),
                                x,
                                y + self._row_offset(index),
                            )
                            for index, cells in enumerate((self._head, *body))
                        )
            y += self._row_offset(min(rows_down, len(self._body)) + 2)
        yield fragments

    def _rows_within(self, height: float) -> int:
        """Return how many rows fit below a head, but at least one."""
        return max(1, int(height / self._row_height) - 1)

    def _bands(self, width: float) -> Iterator[tuple[int, ...]]:
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

    def _row(self, cells: Sequence[str], index: int, band: Sequence[int], table: str) -> ContentFragment:
        """Compose the cells of a row that are in a band. The label, and the head (index 0), are bold."""
        # In a tagged PDF every cell needs an owner of its own. Otherwise cells with the same text share a fragment.
        owner = f"{table} {index} " if self._assembler.is_tagged else ""
        return table_row(
            [
                self._padded_cell(column, self._kinds[column] if index else "label", cells[column], owner)
                for column in band
            ],
            is_head=not index,
        )

    def _padded_cell(self, column: int, kind: str, cell: str, owner: str) -> ContentFragment:
        """Compose a cell as wide as its column."""
        key = (column, kind, cell, owner)
        if key not in self._fragments:
            fragment, _ = self._cell(kind, cell, f"{owner}{column}" if owner else "")
            self._fragments[key] = pad(fragment, self._widths[column])
        return self._fragments[key]

    def _cell(self, kind: str, text: str, owner: str = "") -> tuple[ContentFragment, float]:
        """Compose a cell, and return it with its width."""
        key = (kind, text, owner)
        if key not in self._cells:
            if kind == "tick":
                down = (self._row_height - self._tick.height) / 2 - _RULE_OFFSET - self._tick.y
                placed = [PlacedBlock(_TICK, 0, round(down, 2))]
                edges = [self._tick.width]
            else:
                keys: list[PieceId] = [(kind, character) for character in text]
                edges = [0.0, *accumulate(self._blocks[key].width for key in keys)]
                placed = [PlacedBlock(key, x, 0) for key, x in zip(keys, edges, strict=False)]
            self._cells[key] = self._assembler.fragment(self._setting, placed, owner), edges[-1]
        return self._cells[key]
