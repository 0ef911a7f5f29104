"""Rows of a full screen: stretches of text, each with a role that a palette colours and a key that a click gives."""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct
from rich.cells import cell_len

from quizgen.screen.wrap import wrap
from quizgen.view.text import visible_input

Look: TypeAlias = Literal[
    "text",
    "strong",
    "heading",  # of a part of a page
    "dim",
    "accent",
    "head",  # the row at the top
    "chip",  # a letter to press
    "picked",  # the letter of what is chosen
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


_LEAST_LEFT = 4
"""Cells of a shortened text, below which it says nothing."""

_NOT_BEFORE_DOTS = " ,;:(“‘、，；：（《「『第"

NARROW = 48
"""Cells of a line below which columns give way to the words in them."""


class Span(Struct, frozen=True):
    """Text of one look; a click on it is the key ``key``, or nothing."""

    text: str
    look: Look = "text"
    key: str = ""


Row: TypeAlias = tuple[Span, ...]


def width_of(spans: Iterable[Span]) -> int:
    """Count the cells of spans side by side."""
    return sum(cell_len(span.text) for span in spans)


def text_of(row: Row) -> str:
    """Give a row's text without its looks."""
    return "".join(span.text for span in row)


def paragraph(
    text: str, width: int, look: Look = "text", *, lead: Sequence[Span] = (), key: str = "", label: str = ""
) -> list[Row]:
    """Wrap a text into rows of at most ``width`` cells, all beside ``lead``, which stands on the first.

    A ``label`` at the start of the text is strong.
    """
    beside = width_of(lead)
    rows: list[Row] = []
    for number, line in enumerate(wrap(text, max(width - beside, 1))):
        before = tuple(lead) if not number else (Span(" " * beside, look, key),) if beside else ()
        if label and not number and line.startswith(label):
            rows.append((*before, Span(label, "strong", key), Span(line[len(label) :], look, key)))
        else:
            rows.append((*before, Span(line, look, key)))
    return rows


def spanned(parts: Sequence[Span], width: int, *, lead: Sequence[Span] = ()) -> list[Row]:
    """Wrap the text of spans as one into rows, as :func:`paragraph` does, each stretch keeping its look."""
    beside = width_of(lead)
    rows: list[Row] = []
    left = [part for part in parts if part.text]
    for number, line in enumerate(wrap(text_of(tuple(left)), max(width - beside, 1))):
        rest = text_of(tuple(left))
        blanks = len(rest) - len(rest.lstrip(" ")) if not rest.startswith(line) else 0  # where lines break
        row, left = _cut(_cut(left, blanks)[1], len(line))
        before = tuple(lead) if not number else (Span(" " * beside, key=row[0].key if row else ""),)
        rows.append((*before, *row))
    return rows


def _cut(spans: Sequence[Span], length: int) -> tuple[list[Span], list[Span]]:
    """Divide spans after so many characters."""
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


def shortened(text: str, cells: int) -> str:
    """Give a text whole or, where it fills more cells than that, its first words and three dots, or "" for want of room."""
    if cell_len(text) <= cells:
        return text
    cuts = (_closed(wrap(text, max(room, 1))[0]).rstrip(_NOT_BEFORE_DOTS) for room in (cells, cells - 1))
    return next((f"{cut}…" for cut in cuts if _LEAST_LEFT <= cell_len(cut) < cells), "")


def _closed(cut: str) -> str:
    """Leave out the title of a text that is not there to its end."""
    before, opens, title = cut.rpartition("《")
    return cut if not opens or "》" in title else before


def sides(left: Sequence[Span], right: Sequence[Span], width: int, look: Look) -> Row:
    """Set spans at both ends of a row; the left gives way, shortened."""
    room = max(width - width_of(right) - 1, 0)
    kept: list[Span] = []
    for span in left:
        text = shortened(span.text, room - width_of(kept))
        kept.append(Span(text, span.look, span.key))
        if text != span.text:
            break
    gap = width - width_of(kept) - width_of(right)
    return (*kept, Span(" " * max(gap, 0), look), *right)


def filled(row: Row, width: int, look: Look, key: str = "") -> Row:
    """Fill a row up to ``width`` cells."""
    return (*row, Span(" " * max(width - width_of(row), 0), look, key))


def flowing(items: Iterable[Sequence[Span]], width: int, gap: str = "  ") -> list[Row]:
    """Set items side by side, as many on a row as there is room for; none is divided."""
    rows: list[Row] = []
    row: list[Span] = []
    for item in items:
        if row and width_of(row) + len(gap) + width_of(item) > width:
            rows.append(tuple(row))
            row = []
        row += [Span(gap, "foot"), *item] if row else item
    return [*rows, tuple(row)] if row else rows


def key_at(row: Row, x: int) -> str:
    """Give the key that a click at column ``x`` of a row is, or ""."""
    at = 0
    for span in row:
        at += cell_len(span.text)
        if x < at:
            return span.key
    return ""


def field(words: str, cursor: int, width: int) -> tuple[list[Row], tuple[int, int]]:
    """Set the words typed on one row that shows the end nearest to the caret; give the caret's column and row."""
    before, after = visible_input(words[:cursor]), visible_input(words[cursor:])
    room = width - 3
    while cell_len(before) > room - 1:
        before = before[1:]
    while cell_len(before + after) > room:
        after = after[:-1]
    under, rest = (after[:1] or " "), after[1:]
    typed = (Span("> ", "accent"), Span(before, "cursor"), Span(under, "picked"), Span(rest, "cursor"))
    return [filled(typed, width, "cursor")], (2 + cell_len(before), 0)
