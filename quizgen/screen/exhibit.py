"""An exhibit as rows that look like the real thing: a bubble, a call, a letter, a page. Pure functions.

Telltale words show whether the exhibit is genuine or a scam. After the answer they are in brackets.
"""

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.screen.rows import (
    NARROW,
    TWO_COLUMNS,
    Look,
    Row,
    Span,
    column_widths,
    fill_row,
    total_width,
    wrap_paragraph,
    wrap_spans,
)
from quizgen.view.exhibit import ExhibitForm, ExhibitLine, ExhibitView, TextRun, TextRuns, join_runs
from quizgen.view.text import space_after

FRAME_END = " │"
"""What ends a row in a frame."""

_OWN_INDENT = 6
"""The indent of the bubbles of the person taking the quiz, in cells."""


def exhibit_rows(
    view: ExhibitView | None, width: int, complete_exhibit: ExhibitView | None = None
) -> list[Row]:
    """Draw an exhibit with its context above and a blank row below.

    Clicking a line that is an option has the effect of the option's key. While lines are revealed one by
    one, ``complete_exhibit`` has all lines, so that frames have their final width from the start.
    """
    if not view:
        return []
    return [*context_rows(view, width), *_FORMS[view.form](view, width, complete_exhibit or view), ()]


def exhibit_column_widths(exhibit: ExhibitView | None, width: int) -> tuple[int, int]:
    """Return the widths of a column for an exhibit and of one for its question.

    The first is 0 if there is no exhibit, or no room for two columns.
    """
    return column_widths(width) if exhibit and width >= TWO_COLUMNS else (0, width)


def context_rows(view: ExhibitView, width: int) -> list[Row]:
    """Return rows that say what happened before; none if there is no such text."""
    return wrap_paragraph(view.context, width, "text") if view.context else []


def telltale_rows(view: ExhibitView, width: int) -> list[Row]:
    """Draw only the sender and the lines with telltale words."""
    rows = sender_rows(view, width)
    for line in view.telltale_lines:
        rows += exhibit_line_rows(line, width, f"{line.number}. ", line.who + space_after(line.who))
    return rows


def sender_rows(view: ExhibitView, width: int) -> list[Row]:
    """Draw what the exhibit is, and its sender."""
    label = Span(view.label + space_after(view.label), "dim")
    return _wrap_with_brackets([label], view.sender, "strong", "", width, [])


def _bubble_rows(view: ExhibitView, width: int, whole: ExhibitView) -> list[Row]:
    """Draw a bubble for each turn; those of the person taking the quiz are at the right."""
    rows = sender_rows(view, width)
    shown = len(view.lines)
    turns: list[list[tuple[int, ExhibitLine]]] = []
    for place, line in enumerate((*view.lines, *whole.lines[shown:])):
        if turns and turns[-1][0][1].own == line.own:
            turns[-1].append((place, line))
        else:
            turns.append([(place, line)])
    for turn in turns:
        first_place, first = turn[0]
        if first_place >= shown:
            break
        own = first.own
        room = max(width - (_OWN_INDENT if own else 0), 1)
        said: list[Row] = [(Span(first.who, "dim"),)] if own else []
        inner = max(map(total_width, said), default=0)
        for place, line in turn:
            drawn, bare = (
                exhibit_line_rows(each, room - 4, _line_number_label(view, line), "")
                for each in (line, replace(line, words=(TextRun(join_runs(line.words)),)))
            )
            said += drawn if place < shown else []
            inner = max(
                inner, max(map(total_width, bare)) + _bracket_width(room - 4), *map(total_width, drawn)
            )
        before = [Span(" " * (width - inner - 4))] if own else []
        rows += [(*before, *row) for row in _framed_rows(said, inner, "╭╮╰╯")]
    return rows


def _call_rows(view: ExhibitView, width: int, whole: ExhibitView) -> list[Row]:
    """Draw the lines of a call beside the names of the speakers."""
    names = [line.who + space_after(line.who) for line in whole.lines]
    column = max(map(cell_len, names)) if width >= NARROW else 0
    rows = sender_rows(view, width)
    for line, name in zip(view.lines, names, strict=False):
        beside = name + " " * (column - cell_len(name))
        said = exhibit_line_rows(
            line, width - 2, _line_number_label(view, line), beside, has_hanging_indent=column > 0
        )
        rows += [(Span("│ ", "dim", line.option), *row) for row in said]
    return rows


def _letter_rows(view: ExhibitView, width: int, _whole: ExhibitView) -> list[Row]:
    """Draw the lines of a letter between two rules, below its sender."""
    rule: Row = (Span("─" * width, "dim"),)
    return [*sender_rows(view, width), rule, *_all_line_rows(view, width), rule]


def _page_rows(view: ExhibitView, width: int, _whole: ExhibitView) -> list[Row]:
    """Draw the lines of a page in a frame, below its title."""
    inner = max(width - 4, 1)
    title = sender_rows(view, inner)
    framed = _framed_rows([*title, *_all_line_rows(view, inner)], inner, "┌┐└┘")
    rule: Row = (Span(f"├{'─' * (inner + 2)}┤", "dim"),)
    return [*framed[: len(title) + 1], rule, *framed[len(title) + 1 :]]


_FORMS: dict[ExhibitForm, Callable[[ExhibitView, int, ExhibitView], list[Row]]] = {
    "bubble": _bubble_rows,
    "call": _call_rows,
    "letter": _letter_rows,
    "page": _page_rows,
}


def _all_line_rows(view: ExhibitView, width: int) -> list[Row]:
    return [
        row
        for line in view.lines
        for row in exhibit_line_rows(
            line, width, _line_number_label(view, line), line.who + space_after(line.who)
        )
    ]


def exhibit_line_rows(
    line: ExhibitLine, width: int, number: str, name: str, *, has_hanging_indent: bool = True
) -> list[Row]:
    """Draw a line of an exhibit after its number and the name of the speaker.

    If ``has_hanging_indent``, all its rows are indented by the width of number and name, otherwise only by that of the
    number.
    """
    lead = [
        span for span in (Span(number, "strong", line.option), Span(name, "dim", line.option)) if span.text
    ]
    beside = lead if has_hanging_indent else lead[:-1]
    return _wrap_with_brackets(lead[len(beside) :], line.words, "text", line.option, width, beside)


def _bracket_width(width: int) -> int:
    """Return how many cells of a row to keep free for brackets around telltale words."""
    return 2 if width >= NARROW else 0


def _wrap_with_brackets(
    spans_before: list[Span], text_runs: TextRuns, look: Look, key: str, width: int, lead: list[Span]
) -> list[Row]:
    """Wrap the words of a line, with brackets around telltale words, so that rows break as they do without brackets.

    So nothing moves when the brackets appear, except in a very narrow window, or in a row with several
    pairs of brackets.
    """
    if kept := _bracket_width(width):
        bare = [Span(stretch.text, "sign" if stretch.is_telltale else look, key) for stretch in text_runs]
        rows = [list(row) for row in wrap_spans([*spans_before, *bare], width - kept, lead=lead)]
        after_lead = [
            (row, at) for number, row in enumerate(rows) for at in range(1 if number else len(lead), len(row))
        ]
        signs = [row[at].look == "sign" for row, at in after_lead]
        for (row, at), sign, earlier, later in zip(
            after_lead, signs, [False, *signs], [*signs[1:], False], strict=False
        ):
            if sign:
                text = f"{'' if earlier else '['}{row[at].text}{'' if later else ']'}"
                row[at] = Span(text, "sign", key)
        if all(total_width(row) <= width for row in rows):
            return [tuple(row) for row in rows]
    return wrap_spans([*spans_before, *_bracketed_spans(text_runs, look, key)], width, lead=lead)


def _line_number_label(view: ExhibitView, line: ExhibitLine) -> str:
    return f"{line.number}. " if view.numbered else ""


def _bracketed_spans(text_runs: TextRuns, look: Look, key: str = "") -> list[Span]:
    return [
        Span(f"[{stretch.text}]", "sign", key) if stretch.is_telltale else Span(stretch.text, look, key)
        for stretch in text_runs
    ]


def _framed_rows(rows: Iterable[Row], inner: int, corners: str) -> list[Row]:
    """Draw a frame around rows; ``inner`` is the width between its sides."""
    rule = "─" * (inner + 2)
    return [
        (Span(f"{corners[0]}{rule}{corners[1]}", "dim"),),
        *(
            (Span("│ ", "dim", key), *fill_row(row, inner, "text", key), Span(FRAME_END, "dim", key))
            for row in rows
            for key in [row[-1].key if row else ""]
        ),
        (Span(f"{corners[2]}{rule}{corners[3]}", "dim"),),
    ]
