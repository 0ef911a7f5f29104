"""Lays out lines of text in rows of a given width, for line mode on a terminal and for the full screen.

Pure functions.
"""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from quizgen.screen.lines import Line, Role
from quizgen.screen.rows import Look, Row, Span, total_width, wrap_paragraph
from quizgen.view.results import TopicScore

_LOOKS: dict[Role, Look] = {
    "title": "strong",
    "head": "heading",
    "question": "accent",
    "exhibit": "strong",
    "stem": "strong",
    "hint": "dim",
    "right": "right",
    "wrong": "wrong",
    "skipped": "warn",
    "source": "dim",
    "score": "strong",
    "kind": "accent",
    "money": "strong",
    "note": "warn",
}
"""The looks of roles; all others are plain text."""

_COLUMNS: frozenset[Role] = frozenset(("said", "number", "prompt", "option", "compared", "missed"))
"""Roles whose text is in its own column, beside the labels."""

_INDENTS: dict[Role, str] = {"reason": "  ", "advice": "  ", "source": "  ", "fact": "     "}
"""Indents of roles that belong to the line above, if nothing else shows that."""

_BAR = Span("┃ ", "accent")

MIN_BAR, MAX_BAR = 8, 20


def lay_out_lines(lines: Iterable[Line], width: int) -> list[Row]:
    """Lay out lines for the full screen: labels are bold, numbers are in a column, and a bar stands before advice."""
    lines = list(lines)
    column = label_column_width(lines) + 1
    rows: list[Row] = []
    for line in lines:
        if line.role == "advice":
            rows += [(), *((_BAR, *row) for row in line_rows(line, width - total_width([_BAR]), 0))]
        else:
            rows += line_rows(line, width, column)
    return rows


def label_column_width(lines: Iterable[Line]) -> int:
    """Return the width of the widest label among numbered lines, so that all texts after them begin in one column."""
    return max((cell_len(line.label) for line in lines if line.role == "number"), default=0)


def line_rows(line: Line, width: int, column: int, *, is_indented: bool = False) -> list[Row]:
    """Lay out one line.

    Labels of numbered lines are padded to the width ``column``. If ``is_indented``, lines that belong to the
    line above are indented.
    """
    look = _LOOKS.get(line.role, "text")
    if line.role in ("right", "wrong", "skipped"):
        return wrap_paragraph(line.text, width, look, lead=(Span(f"{line.label} ", look),))
    indent = Span("  " if line.role in _COLUMNS else _INDENTS.get(line.role, ""))
    lead = [indent] if is_indented and indent.text else []
    if line.role in _COLUMNS:
        blanks = " " * (column - cell_len(line.label)) if line.role == "number" else ""
        lead += [Span(f"{line.label}{blanks} ", "strong")] if line.label else []
        return wrap_paragraph(line.text, width, look, lead=lead)
    return wrap_paragraph(line.labelled_text, width, look, lead=lead, label=line.label)


def topic_bar_rows(scores: Sequence[TopicScore], width: int) -> list[Row]:
    """Draw a bar with the score for each topic, beside its title, or below it if there is no room beside it."""
    column = max(cell_len(topic.title) for topic in scores) + 2
    room = width - len("  100/100")
    beside = room - column >= MIN_BAR
    cells = min(room - column if beside else room, MAX_BAR)
    rows: list[Row] = []
    for topic in scores:
        full, empty = topic.bar_segments(cells)
        drawn = Span(full, "full"), Span(empty, "empty"), Span(f"  {topic.right}/{topic.total}")
        if beside:
            rows.append((Span(topic.title + " " * (column - cell_len(topic.title))), *drawn))
        else:
            rows += [*wrap_paragraph(topic.title, width), drawn]
    return rows
