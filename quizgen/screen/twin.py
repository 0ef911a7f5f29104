"""An exhibit and its twin as rows: side by side in a wide window, otherwise one below the other. Pure functions."""

from quizgen.screen import lines
from quizgen.screen.exhibit import exhibit_line_rows, sender_rows
from quizgen.screen.layout import lay_out_lines
from quizgen.screen.rows import (
    COLUMN_GAP,
    TWO_COLUMNS,
    Row,
    Span,
    join_columns,
    total_width,
    wrap_paragraph,
)
from quizgen.text.messages import _
from quizgen.view.exhibit import ExhibitLine, ExhibitView
from quizgen.view.text import space_after
from quizgen.view.twin import TwinView

_MARK = Span("▌ ", "accent")
_NO_MARK = Span("  ")


def twin_rows(view: TwinView, language: str, width: int) -> list[Row]:
    """Draw an exhibit and its twin, with a mark at what differs, and below them the reasons for each."""
    titles = [title.translated(language) for title in lines.twin_titles(view)]
    rows = (
        _side_by_side_rows(view, titles, width)
        if width >= TWO_COLUMNS
        else _stacked_rows(view, titles, width)
    )
    legend = wrap_paragraph(_("marks what differs").translated(language), width, "dim", lead=(_MARK,))
    reasons = [*lines.sign_lines(view.own), *lines.sign_lines(view.twin)]
    return [*rows, (), *legend, (), *lay_out_lines(reasons, width)]


def _side_by_side_rows(view: TwinView, titles: list[str], width: int) -> list[Row]:
    """Draw two columns, in which lines at the same place begin at the same row."""
    column = (width - COLUMN_GAP) // 2
    own, twin = (wrap_paragraph(title, column, "strong") for title in titles)
    rows = join_columns(own, column, twin)
    own, twin = (_sender_rows(each, column, view) for each in (view.own, view.twin))
    rows += [(), *join_columns(own, column, twin), ()]
    for pair in view.lines:
        own, twin = (_line_rows(line, column, differs=pair.differ) for line in (pair.own, pair.twin))
        rows += join_columns(own, column, twin)
    return rows


def _stacked_rows(view: TwinView, titles: list[str], width: int) -> list[Row]:
    """Draw the twin first: whoever looks has just seen the other."""
    rows: list[Row] = []
    for title, exhibit in zip(titles[::-1], (view.twin, view.own), strict=True):
        rows += [
            *([()] if rows else []),
            *wrap_paragraph(title, width, "strong"),
            *_sender_rows(exhibit, width, view),
        ]
        for pair in view.lines:
            rows += _line_rows(pair.own if exhibit is view.own else pair.twin, width, differs=pair.differ)
    return rows


def _sender_rows(exhibit: ExhibitView, width: int, view: TwinView) -> list[Row]:
    mark = _MARK if view.senders_differ else _NO_MARK
    return [(mark, *row) for row in sender_rows(exhibit, width - total_width([mark]))]


def _line_rows(line: ExhibitLine | None, width: int, *, differs: bool) -> list[Row]:
    """Draw a line of an exhibit after a mark if it differs from its twin; no row if there is no line here."""
    mark = _MARK if differs else _NO_MARK
    if line is None:
        return []
    name = line.who + space_after(line.who)
    return [(mark, *row) for row in exhibit_line_rows(line, width - total_width([mark]), "", name)]
