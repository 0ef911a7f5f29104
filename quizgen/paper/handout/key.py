"""The key of many versions: one row a version, as data and as a table on paper."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, repeat
from math import ceil
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from quizgen.model import Question, Quiz
from quizgen.paper.design import LANDSCAPE_KEY_FROM, TABLE_SIZES, Design, Page, fine_print, page_of, title_of
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

PAD, _APART = 0.7, 1.2
"""White between the columns of the table, and between a table and the next beside it, by the size of its type."""

_ROW = 1.5
"""Height of a row by the size of its type, if a box to tick needs no more."""

_TICK: PieceId = ("tick", "")

_RULE, _BELOW = 0.4, 1.6
"""Thickness of the lines between rows, and how far above the next row's top they stand."""

_TOGETHER = 5
"""How many rows, where there are as many, stand at the bottom of a page before the table goes on overleaf."""


class Row(Struct, frozen=True):
    """The key of one paper: question ids, and what a right paper shows, both in printed order.

    A mark is letters or digits from the top (``B``, ``AC``, ``BADC``, ``2413``), the initial of true, false or a
    verdict, the number of an exhibit's line, or the words for a blank.
    """

    label: str
    questions: tuple[str, ...]
    marks: tuple[str, ...]


def key_row(quiz: Quiz, content: Content) -> Row:
    """Make the row of one paper."""
    return Row(
        quiz.version,
        tuple(question.id for question in quiz.questions),
        tuple(_cell(question, content) for question in quiz.questions),
    )


def _cell(question: Question, content: Content) -> str:
    """Give what stands for a question in the key, made once for all versions that print it alike."""
    cells = content.key_cells
    if id(question) not in cells:
        cells[id(question)] = key_cell(
            content.view(question)
        )  # which holds the question, so that no other gets its id
    return cells[id(question)]


def key_cell(question: QuestionView) -> str:
    """Give what stands for a question in the key."""
    return paper_shape(question.answer).key_cell(question)


def key_pieces(content: Content, design: Design) -> list[Piece]:
    """List the pieces of the key but its foot: what stands above the table, and every character that may stand in it."""
    language = content.language
    labels, cells = _characters(content)
    wide = _key_page(content, design).column
    pieces = [
        Piece(("keyhead",), {"title": title_of(design, language), "width": wide}),
        text_piece(*_TICK),
        *(text_piece("label", character) for character in labels),
        *(text_piece("cell", character) for character in cells),
    ]
    if listed := _legend(content):
        pieces.append(Piece(("words",), {"text": locale(language).semicolon.join(listed), "width": wide}))
    return pieces


def _is_across(content: Content, design: Design) -> bool:
    return content.count >= LANDSCAPE_KEY_FROM[design.text_size]


def _key_page(content: Content, design: Design) -> Page:
    page = page_of(design)
    return replace(page, width=page.height, height=page.width) if _is_across(content, design) else page


def print_key(
    assembler: PdfAssembler,
    setting: int,
    blocks: Blocks,
    rows: Sequence[Row],
    content: Content,
    design: Design,
    reasons: Sequence[list[PlacedFragment]],
) -> None:
    """Print the key as a table, version by question, with a box to tick off each, as often beside itself as fits on a page.

    It lies across where there are many questions. The setting holds the pieces of the key, and those at the foot of every page. Words for blanks, and for options
    without letters, stand in a list above the table, and their numbers and initials in it. Pages with ``reasons`` come behind.
    """
    words = _words(content)
    page, across = _key_page(content, design), _is_across(content, design)
    marked = _("Marked").translated(content.language)
    table = _Table(blocks, rows, words, marked, TABLE_SIZES[design.text_size], assembler, setting)
    top = page.margin
    fragments: list[PlacedFragment] = []
    for key in [("keyhead",), *([("words",)] if ("words",) in blocks else [])]:
        fragments.append((assembler.fragment(setting, [PlacedBlock(key, 0, 0)]), page.margin, top))
        top += blocks[key].height
    bottom = page.height - page.margin - foot_height(blocks) - TABLE_SIZES[design.text_size]
    tables = list(table.pages(fragments, page.margin, top, page.width - page.margin, bottom))
    for number, laid in enumerate([*tables, *reasons], start=1):
        if number > len(tables):
            page, across = page_of(design), False
        total = str(len(tables) + len(reasons))
        texts = running_texts(content.language, seed=content.seed, page=str(number), pages=total)
        strip = foot(page, blocks, texts, fine_print(design.text_size, content.language), PLAIN_FOOT)
        fragment = assembler.fragment(setting, strip.placed, is_foot=True)
        under = (fragment, page.margin, page.height - page.margin - strip.height)
        assembler.add_page([*laid, under], across=across)


def _characters(content: Content) -> tuple[list[str], list[str]]:
    """List every character that labels and the table's head are written with, and every one of its other cells."""
    questions = map(content.view, content.questions)
    alphabets = (paper_shape(question.answer).key_alphabet(question) for question in questions)
    digits = "0123456789"
    marked = _("Marked").translated(content.language)
    return sorted(set(digits).union(marked, *content.labels)), sorted(set(f"(){digits}").union(*alphabets))


def _legend(content: Content) -> list[str]:
    """Say what stands for what: initials for options without letters, and numbers for words."""
    legend: dict[str, str] = {}
    for question in map(content.view, content.questions):
        legend |= paper_shape(question.answer).key_legend(question)
    words = {f"({number})": word for word, number in _words(content).items()}
    return [f"{sign} {meaning}" for sign, meaning in (legend | words).items()]


def _words(content: Content) -> dict[str, int]:
    """Give the words that go into blanks, each with its number."""
    questions = map(content.view, content.questions)
    worded = (each for each in questions if paper_shape(each.answer).is_keyed_by_words)
    words = dict.fromkeys(map(key_cell, worded))
    return {word: number for number, word in enumerate(words, start=1)}


class _Table:
    """Rows of cells, each as wide as the widest in its column, with a line under each.

    Where a page is not wide enough for all columns, the table goes on below, with the labels again.
    """

    def __init__(
        self,
        blocks: Blocks,
        rows: Sequence[Row],
        words: Mapping[str, int],
        marked: str,
        size: float,
        assembler: PdfAssembler,
        setting: int,
    ) -> None:
        """Measure cells in type of ``size`` points; over boxes to tick stands that a version is ``marked``."""
        self._blocks = blocks
        self._size = size
        self._tick = cast("Box", blocks[_TICK].box)
        self._row_height = round(max(_ROW * size, self._tick.height + 4), 2)
        self._assembler = assembler
        self._setting = setting
        self._cells: dict[tuple[str, str, str], tuple[ContentFragment, float]] = {}
        self._fragments: dict[tuple[int, str, str, str], ContentFragment] = {}
        self._head = ("", *(str(number) for number in range(1, len(rows[0].marks) + 1)), marked)
        shown = {word: f"({number})" for word, number in words.items()}
        self._body = [(row.label, *(shown.get(mark, mark) for mark in row.marks), "") for row in rows]
        self._kinds = ("label", *repeat("cell", len(self._head) - 2), "tick")
        columns = zip(self._kinds, self._head, zip(*self._body, strict=True), strict=True)
        self._widths = [
            PAD * size + max(self._cell("label", top)[1], *(self._cell(kind, cell)[1] for cell in set(below)))
            for kind, top, below in columns
        ]

    def pages(
        self, first: list[PlacedFragment], left: float, top: float, right: float, bottom: float
    ) -> Iterator[list[PlacedFragment]]:
        """Fill pages down and then across, between these edges; ``first`` stands above the first page's table."""
        gap, pad = _APART * self._size, PAD * self._size
        laid, y = first, top
        bands = list(self._bands(right - left + pad))
        for band in bands:
            step = sum(self._widths[column] for column in band) + gap
            across = max(1, int((right - left + pad + gap) // step))
            start = 0
            while start < len(self._body):
                if start or y + self._drop(min(len(self._body), _TOGETHER) + 1) > bottom:
                    yield laid
                    laid, y = [], left  # the margin is the same on all sides
                down = self._room(bottom - y)
                if len(bands) == 1:  # then pages and tables have about as many rows as each other
                    rest = len(self._body) - start
                    more = max(0, rest - down * across)
                    tables = across * (1 + ceil(more / (across * self._room(bottom - left))))
                    down = min(down, ceil(rest / tables))
                for column in range(across):
                    beside = self._body[start : start + down]
                    start += down
                    if beside:
                        x = left + column * step
                        # A line under every row leads the eye, and a thumb, along it.
                        rules = [
                            Box(x, y + self._drop(index + 1) - _BELOW, step - gap, _RULE)
                            for index in range(len(beside) + 1)
                        ]
                        laid.append((fill_boxes(rules), 0, 0))
                        laid += (
                            (self._row(cells, index, band, f"{band[0]} {column}"), x, y + self._drop(index))
                            for index, cells in enumerate((self._head, *beside))
                        )
            y += self._drop(min(down, len(self._body)) + 2)
        yield laid

    def _room(self, height: float) -> int:
        """How many rows have room below a head; one at least."""
        return max(1, int(height / self._row_height) - 1)

    def _bands(self, width: float) -> Iterator[tuple[int, ...]]:
        """Divide the columns into as many as fit beside each other; all bands begin with the labels."""
        band, taken = [0], self._widths[0]
        for column, own in enumerate(self._widths[1:], start=1):
            if len(band) > 1 and taken + own > width:
                yield tuple(band)
                band, taken = [0], self._widths[0]
            band.append(column)
            taken += own
        yield tuple(band)

    def _drop(self, index: int) -> float:
        """How far the row with this index, of which the head is 0, stands below the head."""
        return self._row_height * index

    def _row(self, cells: Sequence[str], index: int, band: Sequence[int], table: str) -> ContentFragment:
        """Compose the columns of a row that are in a band, the version's label and the head, with index 0, in bold."""
        # What is read aloud has to be told apart on a page; else, a cell is made once for all with the same in it.
        owner = f"{table} {index} " if self._assembler.is_tagged else ""
        return table_row(
            [
                self._column(column, self._kinds[column] if index else "label", cells[column], owner)
                for column in band
            ],
            is_head=not index,
        )

    def _column(self, column: int, kind: str, cell: str, owner: str) -> ContentFragment:
        """Compose a cell, up to where the next column begins."""
        key = (column, kind, cell, owner)
        if key not in self._fragments:
            fragment, _ = self._cell(kind, cell, f"{owner}{column}" if owner else "")
            self._fragments[key] = pad(fragment, self._widths[column])
        return self._fragments[key]

    def _cell(self, kind: str, text: str, owner: str = "") -> tuple[ContentFragment, float]:
        """Compose a cell, and tell its width."""
        key = (kind, text, owner)
        if key not in self._cells:
            if kind == "tick":
                down = (self._row_height - self._tick.height) / 2 - _BELOW - self._tick.y
                placed = [PlacedBlock(_TICK, 0, round(down, 2))]
                edges = [self._tick.width]
            else:
                keys: list[PieceId] = [(kind, character) for character in text]
                edges = [0.0, *accumulate(self._blocks[key].width for key in keys)]
                placed = [PlacedBlock(key, x, 0) for key, x in zip(keys, edges, strict=False)]
            self._cells[key] = self._assembler.fragment(self._setting, placed, owner), edges[-1]
        return self._cells[key]
