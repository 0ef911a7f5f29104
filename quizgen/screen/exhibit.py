"""An exhibit as rows that look like the real thing: a bubble, a call, a letter, a page. Pure functions.

Telltale words show whether the exhibit is genuine or a scam. After the answer they are in brackets.
"""

from collections.abc import Iterable

from msgspec import Struct
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
from quizgen.view.exhibit import ExhibitLine, ExhibitView, TextRun, TextRuns, join_runs
from quizgen.view.frames import Border, Part, initial_of
from quizgen.view.text import space_after

FRAME_ENDS = (" │", " ║")
"""What may end a row in a frame."""

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
    return [*context_rows(view, width), *_frame_rows(view, width, complete_exhibit or view), ()]


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
    return _head_rows(view, width, "")


def _head_rows(view: ExhibitView, width: int, icon: str) -> list[Row]:
    """Draw what the exhibit is, and its sender, after an icon."""
    lead = [Span(icon, "dim")] if icon else []
    label = Span(view.label + space_after(view.label), "dim")
    return _wrap_with_brackets([label], view.sender, "strong", "", width, lead)


def _frame_rows(view: ExhibitView, width: int, whole: ExhibitView) -> list[Row]:
    """Draw the sender and the lines in the frame of their channel. A screen has no room for parts that need rows of their own."""
    border = _BORDERS[view.frame.border]
    inner = max(width - (4 if border.sides else 0), 1)
    head = _head_rows(view, inner, _sender_icon(view))
    if border.rule and "middle" in view.frame.parts:
        head = [_centred(row, inner) for row in head]
    said = {"bubbles": _bubble_rows, "speakers": _call_rows, "text": _text_rows}[view.frame.said]
    rows = said(view, inner, whole)
    if "seal" in view.frame.parts:
        gap = inner - total_width(rows[-1]) - len(_SIGNED)
        rows[-1] = (*rows[-1], Span(" " * gap + _SIGNED, "dim")) if gap > 0 else rows[-1]
    if not border.rule:
        return [*head, *rows]
    if not border.sides:
        return [*head, (Span(border.rule * width, "dim"),), *rows, (Span("─" * width, "dim"),)]
    framed = _framed_rows([*head, *rows], inner, border.sides)
    left, across, right = tuple(border.rule)
    rule: Row = (Span(f"{left}{across * (inner + 2)}{right}", "dim"),)
    return [*framed[: len(head) + 1], rule, *framed[len(head) + 1 :]]


class _Border(Struct, frozen=True):
    """The characters of a border: the four corners with the lines across and at the sides, and the rule below the head."""

    sides: str = ""
    rule: str = ""


_BORDERS: dict[Border, _Border] = {
    "none": _Border(),
    "panel": _Border(),
    "sheet": _Border(rule="═"),
    "window": _Border("┌┐└┘─│", "├─┤"),
    "screen": _Border("╭╮╰╯─│", "├─┤"),
    "double": _Border("╔╗╚╝═║", "╟─╢"),
}

_SIGNED = "~~~ (*)"
"""A signature and a seal."""


def _sender_icon(view: ExhibitView) -> str:
    """Return the icon before the sender, such as the initial in brackets or an at sign; "" for none."""
    if "avatar" in view.frame.parts:
        return f"({initial_of(join_runs(view.sender))}) "
    return next((_ICONS[part] for part in view.frame.parts if part in _ICONS), "")


_ICONS: dict[Part, str] = {"back-arrow": "‹ ", "at-sign": "@ "}


def _centred(row: Row, width: int) -> Row:
    """Put a row in the middle."""
    before = (width - total_width(row)) // 2
    return (Span(" " * before), *row) if before > 0 else row


def _bubble_rows(view: ExhibitView, width: int, whole: ExhibitView) -> list[Row]:
    """Draw a bubble for each turn; those of the person taking the quiz are at the right."""
    rows: list[Row] = []
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
        rows += [(*before, *row) for row in _framed_rows(said, inner, "╭╮╰╯─│")]
    return rows


def _call_rows(view: ExhibitView, width: int, whole: ExhibitView) -> list[Row]:
    """Draw the lines of a call beside the names of the speakers."""
    names = [line.who + space_after(line.who) for line in whole.lines]
    column = max(map(cell_len, names)) if width >= NARROW else 0
    rows: list[Row] = []
    for line, name in zip(view.lines, names, strict=False):
        beside = name + " " * (column - cell_len(name))
        said = exhibit_line_rows(
            line, width - 2, _line_number_label(view, line), beside, has_hanging_indent=column > 0
        )
        rows += [(Span("│ ", "dim", line.option), *row) for row in said]
    return rows


def _text_rows(view: ExhibitView, width: int, _whole: ExhibitView) -> list[Row]:
    """Draw the lines of a text."""
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


def _framed_rows(rows: Iterable[Row], inner: int, border: str) -> list[Row]:
    """Draw a frame around rows; ``inner`` is the width between its sides."""
    above_left, above_right, below_left, below_right, across, side = tuple(border)
    rule = across * (inner + 2)
    return [
        (Span(f"{above_left}{rule}{above_right}", "dim"),),
        *(
            (Span(f"{side} ", "dim", key), *fill_row(row, inner, "text", key), Span(f" {side}", "dim", key))
            for row in rows
            for key in [row[-1].key if row else ""]
        ),
        (Span(f"{below_left}{rule}{below_right}", "dim"),),
    ]
