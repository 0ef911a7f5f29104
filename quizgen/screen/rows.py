"""Rows of the full screen. A row is a tuple of spans of text."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Literal, TypeAlias

from msgspec import Struct
from rich.cells import cell_len

from quizgen.screen.wrap import wrap_text
from quizgen.view.text import make_input_visible

Look: TypeAlias = Literal[
    "text",
    "strong",
    "heading",  # the heading of a part
    "dim",
    "accent",
    "head",  # the row at the top
    "chip",  # a letter to press
    "picked",  # the letter of a chosen option
    "cursor",  # the row under the cursor
    "right",
    "wrong",
    "sign",  # words of an exhibit that decide
    "warn",
    "full",  # the full part of a bar
    "empty",
    "key",  # a key of the hints at the foot
    "foot",
]


_MIN_SHORTENED = 4
"""The smallest useful length of a shortened text, in cells."""

_NOT_BEFORE_DOTS = " ,;:(“‘、，；：（《「『第"

NARROW = 48
"""The width, in cells, below which there are no columns."""

TWO_COLUMNS = 96
"""The width, in cells, from which on a page may have two columns of text: a window of 100 columns."""

COLUMN_GAP = 4
"""The number of cells between two columns of text."""


class Span(Struct, frozen=True):
    """Text with one look. A click on it has the effect of ``key``, if there is one."""

    text: str
    look: Look = "text"
    key: str = ""


Row: TypeAlias = tuple[Span, ...]


def total_width(spans: Iterable[Span]) -> int:
    """Return how many cells spans take side by side."""
    return sum(cell_len(span.text) for span in spans)


def row_text(row: Row) -> str:
    """Return the text of a row."""
    return "".join(span.text for span in row)


def wrap_paragraph(
    text: str, width: int, look: Look = "text", *, lead: Sequence[Span] = (), key: str = "", label: str = ""
) -> list[Row]:
    """Wrap a text into rows of at most ``width`` cells, with ``lead`` before the first row.

    A ``label`` at the start of the text is bold.
    """
    beside = total_width(lead)
    rows: list[Row] = []
    for number, line in enumerate(wrap_text(text, max(width - beside, 1))):
        before = tuple(lead) if not number else (Span(" " * beside, look, key),) if beside else ()
        if label and not number and line.startswith(label):
            rows.append((*before, Span(label, "strong", key), Span(line[len(label) :], look, key)))
        else:
            rows.append((*before, Span(line, look, key)))
    return rows


def wrap_spans(parts: Sequence[Span], width: int, *, lead: Sequence[Span] = ()) -> list[Row]:
    """Wrap the text of spans into rows, as :func:`wrap_paragraph` does. Each span keeps its look."""
    beside = total_width(lead)
    rows: list[Row] = []
    left = [part for part in parts if part.text]
    for number, line in enumerate(wrap_text(row_text(tuple(left)), max(width - beside, 1))):
        rest = row_text(tuple(left))
        blanks = (
            len(rest) - len(rest.lstrip(" ")) if not rest.startswith(line) else 0
        )  # spaces at a line break
        row, left = _split_spans(_split_spans(left, blanks)[1], len(line))
        before = tuple(lead) if not number else (Span(" " * beside, key=row[0].key if row else ""),)
        rows.append((*before, *row))
    return rows


def _split_spans(spans: Sequence[Span], length: int) -> tuple[list[Span], list[Span]]:
    """Split spans after ``length`` characters."""
    before: list[Span] = []
    after = list(spans)
    while after and length:
        first = after.pop(0)
        taken, rest = first.text[:length], first.text[length:]
        before.append(Span(taken, first.look, first.key))
        length -= len(taken)
        if rest:
            after.insert(0, Span(rest, first.look, first.key))
    return before, after


def shorten_text(text: str, cells: int) -> str:
    """Return a text, or only its first words with three dots if it is too long; "" if there is no room for any."""
    if cell_len(text) <= cells:
        return text
    cuts = (
        _drop_truncated_title(wrap_text(text, max(room, 1))[0]).rstrip(_NOT_BEFORE_DOTS)
        for room in (cells, cells - 1)
    )
    return next((f"{cut}…" for cut in cuts if _MIN_SHORTENED <= cell_len(cut) < cells), "")


def _drop_truncated_title(text: str) -> str:
    """Remove a Chinese book title that was cut off, with its opening mark."""
    before, opens, title = text.rpartition("《")
    return text if not opens or "》" in title else before


def spread_row(left_spans: Sequence[Span], right_spans: Sequence[Span], width: int, look: Look) -> Row:
    """Return a row with spans at both ends. Those at the left are shortened if there is no room for all."""
    room = max(width - total_width(right_spans) - 1, 0)
    kept: list[Span] = []
    for span in left_spans:
        text = shorten_text(span.text, room - total_width(kept))
        kept.append(Span(text, span.look, span.key))
        if text != span.text:
            break
    gap = width - total_width(kept) - total_width(right_spans)
    return (*kept, Span(" " * max(gap, 0), look), *right_spans)


def fill_row(row: Row, width: int, look: Look, key: str = "") -> Row:
    """Fill a row up to ``width`` cells with spaces."""
    left = width - total_width(row)
    return (*row, Span(" " * left, look, key)) if left > 0 else row


def column_widths(width: int) -> tuple[int, int]:
    """Return the widths of two columns of text that together take ``width`` cells, the left one at least ``NARROW``."""
    left = max((width - COLUMN_GAP) // 2, NARROW)
    return left, width - COLUMN_GAP - left


def join_columns(
    left_rows: Sequence[Row], width: int, right_rows: Sequence[Row], gap: int = COLUMN_GAP
) -> list[Row]:
    """Put rows beside other rows, which are ``width`` cells wide."""
    return [
        (*fill_row(one, width + gap, "text"), *other) if other else one
        for one, other in zip_longest(left_rows, right_rows, fillvalue=())
    ]


def flow_items(items: Iterable[Sequence[Span]], width: int, gap: str = "  ") -> list[Row]:
    """Put items side by side, as many on each row as fit. Items are not split."""
    rows: list[Row] = []
    row: list[Span] = []
    for item in items:
        if row and total_width(row) + len(gap) + total_width(item) > width:
            rows.append(tuple(row))
            row = []
        row += [Span(gap, "foot"), *item] if row else item
    return [*rows, tuple(row)] if row else rows


def key_at_column(row: Row, x: int) -> str:
    """Return the key that a click at column ``x`` of a row stands for, or ""."""
    at = 0
    for span in row:
        at += cell_len(span.text)
        if x < at:
            return span.key
    return ""


def input_rows(text: str, cursor: int, width: int) -> tuple[list[Row], tuple[int, int]]:
    """Return rows with the typed words around the cursor, and the column and row of the caret."""
    before, after = make_input_visible(text[:cursor]), make_input_visible(text[cursor:])
    room = width - 3
    while cell_len(before) > room - 1:
        before = before[1:]
    while cell_len(before + after) > room:
        after = after[:-1]
    under, rest = (after[:1] or " "), after[1:]
    typed = (Span("> ", "accent"), Span(before, "cursor"), Span(under, "picked"), Span(rest, "cursor"))
    return [fill_row(typed, width, "cursor")], (2 + cell_len(before), 0)
