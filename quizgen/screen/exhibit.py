"""An exhibit in rows, as it looks where a person meets it: a bubble, a call, a letter, a page. Pure."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.screen.rows import NARROW, Look, Row, Span, filled, paragraph, spanned, width_of
from quizgen.view.exhibit import ExhibitLine, ExhibitView, Form, TextRun, TextRuns, without_marks
from quizgen.view.text import space_after

_SET_IN = 6
"""Cells by which a bubble of the reader's own stands in."""


def exhibit_rows(view: ExhibitView | None, width: int, whole: ExhibitView | None = None) -> list[Row]:
    """Draw an exhibit, if there is one, and a blank row; words that decide are marked once they may be shown.

    Its context stands above it.

    A click on a line that can be chosen is its option's key. Where lines are still to come, ``whole`` has them all, so
    that no frame grows wider as they do.
    """
    if not view:
        return []
    return [*context_rows(view, width), *_FORMS[view.form](view, width, whole or view), ()]


def context_rows(view: ExhibitView, width: int) -> list[Row]:
    """Say what happened before, if anything is said of it."""
    return paragraph(view.context, width, "text") if view.context else []


def deciding_rows(view: ExhibitView, width: int) -> list[Row]:
    """Draw only the sender and the lines that decide."""
    rows = _from(view, width)
    for line in view.deciding:
        rows += _said(line, width, f"{line.number}. ", line.who + space_after(line.who))
    return rows


def _from(view: ExhibitView, width: int) -> list[Row]:
    """Say what it is and from whom."""
    label = Span(view.label + space_after(view.label), "dim")
    return _worded([label], view.sender, "strong", "", width, [])


def _bubble(view: ExhibitView, width: int, whole: ExhibitView) -> list[Row]:
    """Draw a bubble for what one side writes before the other does; the reader's own stand at the right."""
    rows = _from(view, width)
    turns: list[list[ExhibitLine]] = []
    for line in (*view.lines, *whole.lines[len(view.lines) :]):
        if turns and turns[-1][0].own == line.own:
            turns[-1].append(line)
        else:
            turns.append([line])
    for turn in turns:
        if turn[0].number > len(view.lines):
            break
        own = turn[0].own
        room = max(width - (_SET_IN if own else 0), 1)
        said: list[Row] = [(Span(turn[0].who, "dim"),)] if own else []
        inner = max(map(width_of, said), default=0)
        for line in turn:
            drawn, bare = (
                _said(each, room - 4, _number(view, line), "")
                for each in (line, replace(line, words=(TextRun(without_marks(line.words)),)))
            )
            said += drawn if line.number <= len(view.lines) else []
            inner = max(inner, max(map(width_of, bare)) + _brackets(room - 4), *map(width_of, drawn))
        before = [Span(" " * (width - inner - 4))] if own else []
        rows += [(*before, *row) for row in _boxed(said, inner, "╭╮╰╯")]
    return rows


def _call(view: ExhibitView, width: int, whole: ExhibitView) -> list[Row]:
    """Set what is said by turns beside who says it."""
    names = [line.who + space_after(line.who) for line in whole.lines]
    column = max(map(cell_len, names)) if width >= NARROW else 0
    rows = _from(view, width)
    for line, name in zip(view.lines, names, strict=False):
        beside = name + " " * (column - cell_len(name))
        said = _said(line, width - 2, _number(view, line), beside, hangs=column > 0)
        rows += [(Span("│ ", "dim", line.option), *row) for row in said]
    return rows


def _letter(view: ExhibitView, width: int, _whole: ExhibitView) -> list[Row]:
    """Set lines between rules, below a head."""
    rule: Row = (Span("─" * width, "dim"),)
    return [*_from(view, width), rule, *_lines(view, width), rule]


def _page(view: ExhibitView, width: int, _whole: ExhibitView) -> list[Row]:
    """Set lines in a frame, below a title."""
    inner = max(width - 4, 1)
    title = _from(view, inner)
    framed = _boxed([*title, *_lines(view, inner)], inner, "┌┐└┘")
    rule: Row = (Span(f"├{'─' * (inner + 2)}┤", "dim"),)
    return [*framed[: len(title) + 1], rule, *framed[len(title) + 1 :]]


_FORMS: dict[Form, Callable[[ExhibitView, int, ExhibitView], list[Row]]] = {
    "bubble": _bubble,
    "call": _call,
    "letter": _letter,
    "page": _page,
}


def _lines(view: ExhibitView, width: int) -> list[Row]:
    return [
        row
        for line in view.lines
        for row in _said(line, width, _number(view, line), line.who + space_after(line.who))
    ]


def _said(line: ExhibitLine, width: int, number: str, name: str, *, hangs: bool = True) -> list[Row]:
    """Set a line beside its number and, if it ``hangs``, the name of who says it, with the blanks that follow."""
    lead = [
        span for span in (Span(number, "strong", line.option), Span(name, "dim", line.option)) if span.text
    ]
    beside = lead if hangs else lead[:-1]
    return _worded(lead[len(beside) :], line.words, "text", line.option, width, beside)


def _brackets(width: int) -> int:
    """Count the cells of a row that stay free for the brackets around words that decide."""
    return 2 if width >= NARROW else 0


def _worded(
    before: list[Span], words: TextRuns, look: Look, key: str, width: int, lead: list[Span]
) -> list[Row]:
    """Wrap words, those that decide in brackets, which break no row elsewhere than it broke without them.

    So nothing moves when the brackets come, except in a window too narrow to keep room for them, or in a row with several.
    """
    if kept := _brackets(width):
        bare = [Span(stretch.text, "sign" if stretch.decides else look, key) for stretch in words]
        rows = [list(row) for row in spanned([*before, *bare], width - kept, lead=lead)]
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
        if all(width_of(row) <= width for row in rows):
            return [tuple(row) for row in rows]
    return spanned([*before, *_spans(words, look, key)], width, lead=lead)


def _number(view: ExhibitView, line: ExhibitLine) -> str:
    return f"{line.number}. " if view.numbered else ""


def _spans(words: TextRuns, look: Look, key: str = "") -> list[Span]:
    return [
        Span(f"[{stretch.text}]", "sign", key) if stretch.decides else Span(stretch.text, look, key)
        for stretch in words
    ]


def _boxed(rows: Iterable[Row], inner: int, corners: str) -> list[Row]:
    """Frame rows, filled up to so many cells."""
    rule = "─" * (inner + 2)
    return [
        (Span(f"{corners[0]}{rule}{corners[1]}", "dim"),),
        *(
            (Span("│ ", "dim", key), *filled(row, inner, "text", key), Span(" │", "dim", key))
            for row in rows
            for key in [row[-1].key if row else ""]
        ),
        (Span(f"{corners[2]}{rule}{corners[3]}", "dim"),),
    ]
