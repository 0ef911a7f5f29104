"""An exhibit in rows that look like the real thing: a bubble, a call, a letter, a page. Pure functions."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.screen.rows import NARROW, Look, Row, Span, fill_row, paragraph, width_of, wrap_spans
from quizgen.view.exhibit import ExhibitForm, ExhibitLine, ExhibitView, TextRun, TextRuns, join_runs
from quizgen.view.text import space_after

_OWN_INDENT = 6
"""The indent of the reader's own bubbles, in cells."""


def exhibit_rows(view: ExhibitView | None, width: int, whole: ExhibitView | None = None) -> list[Row]:
    """Draw an exhibit and a blank row, with its context above; deciding words are marked once they may be shown.

    A click on a line that can be chosen presses its option's key. If lines are still to come, ``whole`` has them all, so that
    frames do not grow with them.
    """
    if not view:
        return []
    return [*context_rows(view, width), *_FORMS[view.form](view, width, whole or view), ()]


def context_rows(view: ExhibitView, width: int) -> list[Row]:
    """Show what happened before, if anything is said about it."""
    return paragraph(view.context, width, "text") if view.context else []


def deciding_rows(view: ExhibitView, width: int) -> list[Row]:
    """Draw only the sender and the deciding lines."""
    rows = _from(view, width)
    for line in view.telltale_lines:
        rows += _said(line, width, f"{line.number}. ", line.who + space_after(line.who))
    return rows


def _from(view: ExhibitView, width: int) -> list[Row]:
    """Show what the exhibit is, and from whom."""
    label = Span(view.label + space_after(view.label), "dim")
    return _worded([label], view.sender, "strong", "", width, [])


def _bubble(view: ExhibitView, width: int, whole: ExhibitView) -> list[Row]:
    """Draw a bubble for each turn; the reader's own bubbles are at the right."""
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
        room = max(width - (_OWN_INDENT if own else 0), 1)
        said: list[Row] = [(Span(turn[0].who, "dim"),)] if own else []
        inner = max(map(width_of, said), default=0)
        for line in turn:
            drawn, bare = (
                _said(each, room - 4, _number(view, line), "")
                for each in (line, replace(line, words=(TextRun(join_runs(line.words)),)))
            )
            said += drawn if line.number <= len(view.lines) else []
            inner = max(inner, max(map(width_of, bare)) + _brackets(room - 4), *map(width_of, drawn))
        before = [Span(" " * (width - inner - 4))] if own else []
        rows += [(*before, *row) for row in _boxed(said, inner, "╭╮╰╯")]
    return rows


def _call(view: ExhibitView, width: int, whole: ExhibitView) -> list[Row]:
    """Draw turns beside the names of the speakers."""
    names = [line.who + space_after(line.who) for line in whole.lines]
    column = max(map(cell_len, names)) if width >= NARROW else 0
    rows = _from(view, width)
    for line, name in zip(view.lines, names, strict=False):
        beside = name + " " * (column - cell_len(name))
        said = _said(line, width - 2, _number(view, line), beside, hangs=column > 0)
        rows += [(Span("│ ", "dim", line.option), *row) for row in said]
    return rows


def _letter(view: ExhibitView, width: int, _whole: ExhibitView) -> list[Row]:
    """Draw lines between rules, below a head."""
    rule: Row = (Span("─" * width, "dim"),)
    return [*_from(view, width), rule, *_lines(view, width), rule]


def _page(view: ExhibitView, width: int, _whole: ExhibitView) -> list[Row]:
    """Draw lines in a frame, below a title."""
    inner = max(width - 4, 1)
    title = _from(view, inner)
    framed = _boxed([*title, *_lines(view, inner)], inner, "┌┐└┘")
    rule: Row = (Span(f"├{'─' * (inner + 2)}┤", "dim"),)
    return [*framed[: len(title) + 1], rule, *framed[len(title) + 1 :]]


_FORMS: dict[ExhibitForm, Callable[[ExhibitView, int, ExhibitView], list[Row]]] = {
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
    """Draw a line after its number and, if it ``hangs``, after the speaker's name, with hanging indent."""
    lead = [
        span for span in (Span(number, "strong", line.option), Span(name, "dim", line.option)) if span.text
    ]
    beside = lead if hangs else lead[:-1]
    return _worded(lead[len(beside) :], line.words, "text", line.option, width, beside)


def _brackets(width: int) -> int:
    """Return how many cells of a row to keep free for brackets around deciding words."""
    return 2 if width >= NARROW else 0


def _worded(
    before: list[Span], words: TextRuns, look: Look, key: str, width: int, lead: list[Span]
) -> list[Row]:
    """Wrap words, the deciding ones in brackets, so that rows break as they do without brackets.

    So nothing moves when the brackets appear, except in a window too narrow for that, or in a row with several of them.
    """
    if kept := _brackets(width):
        bare = [Span(stretch.text, "sign" if stretch.is_telltale else look, key) for stretch in words]
        rows = [list(row) for row in wrap_spans([*before, *bare], width - kept, lead=lead)]
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
    return wrap_spans([*before, *_spans(words, look, key)], width, lead=lead)


def _number(view: ExhibitView, line: ExhibitLine) -> str:
    return f"{line.number}. " if view.numbered else ""


def _spans(words: TextRuns, look: Look, key: str = "") -> list[Span]:
    return [
        Span(f"[{stretch.text}]", "sign", key) if stretch.is_telltale else Span(stretch.text, look, key)
        for stretch in words
    ]


def _boxed(rows: Iterable[Row], inner: int, corners: str) -> list[Row]:
    """Draw a frame around rows of ``inner`` cells."""
    rule = "─" * (inner + 2)
    return [
        (Span(f"{corners[0]}{rule}{corners[1]}", "dim"),),
        *(
            (Span("│ ", "dim", key), *fill_row(row, inner, "text", key), Span(" │", "dim", key))
            for row in rows
            for key in [row[-1].key if row else ""]
        ),
        (Span(f"{corners[2]}{rule}{corners[3]}", "dim"),),
    ]
