"""The key of many versions: one row a version, as data and as a table on paper."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, count, repeat

from msgspec import Struct

from quizgen.assemble import Batch
from quizgen.language import locale, localize
from quizgen.model import Question
from quizgen.paper.compose import Placed, foot
from quizgen.paper.design import TABLE_SIZE, Design, Page
from quizgen.paper.layout import Blocks
from quizgen.paper.pieces import (
    Key,
    Piece,
    mark_alphabet,
    mark_of,
    running,
    text_piece,
    title_of,
)
from quizgen.paper.press import Impression, Ink, Press, reaching, row
from quizgen.shapes import Choose, Fill

PAD = 0.7 * TABLE_SIZE
"""White between the columns of the table."""

_TOGETHER = 5
"""How many rows, where there are as many, stand at the bottom of a page before the table goes on overleaf."""


class Row(Struct, frozen=True):
    """The key of one paper: question ids, and what a right paper shows, both in printed order.

    A mark is letters or digits from the top (``B``, ``AC``, ``BADC``, ``2413``), ``T`` or ``F``, or the
    words for a blank.
    """

    label: str
    questions: tuple[str, ...]
    marks: tuple[str, ...]


def key_pieces(batch: Batch, design: Design) -> list[Piece]:
    """List the pieces of the key but its foot: what stands above the table, and every character that may stand in it."""
    language = batch.language
    labels, cells = _characters(batch)
    pieces = [
        Piece(("keyhead",), {"title": title_of(design, language)}),
        *(text_piece("label", character) for character in labels),
        *(text_piece("cell", character) for character in cells),
    ]
    if words := _words(batch):
        listed = (f"({number}) {word}" for word, number in words.items())
        pieces.append(Piece(("words",), {"text": locale(language).semicolon.join(listed)}))
    return pieces


def print_key(
    press: Press, setting: int, blocks: Blocks, rows: Sequence[Row], batch: Batch, page: Page
) -> None:
    """Print the key as a table, version by question, as often beside itself as fits on a page.

    The setting holds the pieces of the key, and those at the foot of every page. Words for blanks stand in a
    list above the table, and their numbers in it.
    """
    words = _words(batch)
    table = _Table(blocks, rows, words, press, setting)
    top = page.margin
    impressions: list[Impression] = []
    for key in [("keyhead",), *([("words",)] if words else [])]:
        impressions.append((press.ink(setting, [Placed(key, 0, 0)]), page.margin, top))
        top += blocks[key].height
    bottom = page.height - page.margin - blocks["footer",].height - TABLE_SIZE
    pages = list(table.pages(impressions, page.margin, top, page.width - page.margin, bottom))
    for number, laid in enumerate(pages, start=1):
        _, texts = running(batch.language, label="", seed=batch.seed, page=number, pages=len(pages))
        strip = foot(page, blocks, texts)
        ink = press.ink(setting, strip.placed)
        press.page([*laid, (ink, page.margin, page.height - page.margin - strip.height)])


def _characters(batch: Batch) -> tuple[list[str], list[str]]:
    """List every character that labels and the table's head are written with, and every one of its other cells."""
    alphabets = (mark_alphabet(question) for question in batch.questions)
    digits = "0123456789"
    return sorted(set(digits).union(*batch.labels)), sorted(set(f"()TF{digits}").union(*alphabets))


def _words(batch: Batch) -> dict[str, int]:
    """Give the words that go into blanks, each with its number."""
    words = dict.fromkeys(
        key_mark(question, batch.language)
        for question in batch.questions
        if isinstance(question.answer, Fill)
    )
    return {word: number for number, word in enumerate(words, start=1)}


class _Table:
    """Rows of cells, each as wide as the widest in its column; every fifth row is set apart, to guide the eye.

    Where a page is not wide enough for all columns, the table goes on below, with the labels again.
    """

    def __init__(
        self, blocks: Blocks, rows: Sequence[Row], words: Mapping[str, int], press: Press, setting: int
    ) -> None:
        self._blocks = blocks
        self._press = press
        self._setting = setting
        self._cells: dict[tuple[str, str], tuple[Ink, float]] = {}
        self._inks: dict[tuple[int, str, str], Ink] = {}
        self._head = ("", *(str(number) for number in range(1, len(rows[0].marks) + 1)))
        shown = {word: f"({number})" for word, number in words.items()}
        self._body = [(row.label, *(shown.get(mark, mark) for mark in row.marks)) for row in rows]
        kinds = ("label", *repeat("cell", len(self._head) - 1))
        columns = zip(kinds, self._head, zip(*self._body, strict=True), strict=True)
        self._widths = [
            PAD + max(self._cell("label", top)[1], *(self._cell(kind, cell)[1] for cell in set(below)))
            for kind, top, below in columns
        ]
        self._row_height = blocks["cell", "0"].height * 1.06

    def pages(
        self, first: list[Impression], left: float, top: float, right: float, bottom: float
    ) -> Iterator[list[Impression]]:
        """Fill pages down and then across, between these edges; ``first`` stands above the first page's table."""
        gap = 1.2 * TABLE_SIZE
        laid, y = first, top
        for band in self._bands(right - left + PAD):
            step = sum(self._widths[column] for column in band) + gap
            across = max(1, int((right - left + PAD + gap) // step))
            head = self._row(self._head, "label", band)
            rows = [self._row(cells, "cell", band) for cells in self._body]
            start = 0
            while start < len(rows):
                if start or y + self._drop(min(len(rows), _TOGETHER) + 1) > bottom:
                    yield laid
                    laid, y = [], left  # the margin is the same on all sides
                down = next(many for many in count(1) if y + self._drop(many + 2) > bottom)
                for column in range(across):
                    beside = rows[start : start + down]
                    start += down
                    if beside:
                        x = left + column * step
                        laid += ((ink, x, y + self._drop(index)) for index, ink in enumerate((head, *beside)))
            y += self._drop(min(down, len(rows)) + 2)
        yield laid

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
        return self._row_height * (index + 0.5 * (max(index - 1, 0) // 5))

    def _row(self, cells: Sequence[str], kind: str, band: Sequence[int]) -> Ink:
        """Ink the columns of a row that are in a band: the version's label in bold, the rest as ``kind``."""
        return row([self._column(column, kind if column else "label", cells[column]) for column in band])

    def _column(self, column: int, kind: str, cell: str) -> Ink:
        """Ink a cell, up to where the next column begins."""
        if (column, kind, cell) not in self._inks:
            self._inks[column, kind, cell] = reaching(self._cell(kind, cell)[0], self._widths[column])
        return self._inks[column, kind, cell]

    def _cell(self, kind: str, text: str) -> tuple[Ink, float]:
        """Ink a cell, and tell its width."""
        if (kind, text) not in self._cells:
            keys: list[Key] = [(kind, character) for character in text]
            edges = [0.0, *accumulate(self._blocks[key].width for key in keys)]
            placed = [Placed(key, x, 0) for key, x in zip(keys, edges, strict=False)]
            self._cells[kind, text] = self._press.ink(self._setting, placed), edges[-1]
        return self._cells[kind, text]


def key_mark(question: Question, language: str) -> str:
    """Return what a right paper shows for a question, as ``Row`` has it."""
    answer = question.answer
    match answer:
        case Choose(style="truth", keys=keys):
            return "TF"[keys[0]]
        case Fill(accept=accept):
            return localize({tag: words[0] for tag, words in accept.items()}, language)
        case _:
            return mark_of(question)
