"""What the boards of room and guide have in common: a head with the clock, a middle that scrolls, a status line, bars. Pure."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from quizgen.screen.page import Page, large_enough, too_small
from quizgen.screen.presenting.talk import KEYS, Talk
from quizgen.screen.rows import Look, Row, Span, filled, paragraph, sides, width_of
from quizgen.text.messages import message
from quizgen.view.text import clock

FOOT = 1
"""Rows below a board, which are Textual's."""

WIDEST = 152
"""Cells of a middle; more is white at both sides."""

HELP = ("next", "back", "hands", "clear", "dark", "scroll", "theme", "leave")
GUIDE_HELP = ("scroll", "theme", "close")
"""What keys do, by the names of messages."""


def board(
    talk: Talk,
    width: int,
    height: int,
    at: float,
    middle: Callable[[int, int], list[Row]],
    *,
    help_: Sequence[str] = HELP,
    name: str = "",
    widest: int = WIDEST,
) -> Page:
    """Set a board: ``middle`` draws so many cells wide, and as many rows tall as there is room for, or more.

    ``name`` stands in the head where it is not the topic that should; ``widest`` are the cells of the middle at the most.
    """
    if not large_enough(width, height + FOOT):
        return replace(ask := too_small(width, height + FOOT, talk.language), rows=ask.rows[:height])
    margin = max(width // 25, (width - widest) // 2, 1)
    inner, room = width - 2 * margin, height - 3
    rows = _help(talk, help_, inner) if talk.over == "help" else middle(inner, room)
    most = max(len(rows) - room, 0)
    first = min(max(talk.top, 0), most)
    seen = [_filled((Span(" " * margin), *row), width) for row in rows[first : first + room]]
    seen += [_filled((), width)] * (room - len(seen))
    status = _status(talk, above=first > 0, below=first < most)
    return Page(
        [
            _head(talk, width, margin, at, name),
            _filled((), width),
            *seen,
            _indented(sides(status, (), inner + 1, "text"), margin, width),
        ],
        top=first,
        most=most,
        room=room,
    )


def _filled(row: Row, width: int, look: Look = "text") -> Row:
    return filled(row, width, look)


def _indented(row: Row, margin: int, width: int) -> Row:
    return _filled((Span(" " * margin), *row), width)


def _head(talk: Talk, width: int, margin: int, at: float, name: str) -> Row:
    """Say what this is about, where one stands, and how long it has taken."""
    edge = Span(" " * margin, "head")
    view = talk.question_view if talk.step.index >= 0 else None
    left = name or (view.topic if view else talk.host.organiser if talk.place else "")
    times = {"talk": clock(int(at - talk.started)), "own": clock(int(at - talk.since))}
    clocks = "present.clock" if view else "present.clock-talk"
    right = message(talk.language, clocks, **times) if talk.place else ""
    if view:
        place = message(talk.language, "app.place", number=view.number, total=view.total)
        right = f"{place}   {right}"
    return sides((edge, Span(left, "head")), (Span(right, "head"), edge), width, "head")


def _status(talk: Talk, *, above: bool, below: bool) -> Row:
    """Ask what is to be answered, show what is being typed, or say that there is more, above or below."""
    language = talk.language
    if talk.over == "leave":
        return (Span(f" {message(language, 'present.leave')} ", "picked"),)
    if talk.typing:
        name = talk.options[talk.typing.option]
        asked = message(language, "present.typing", option=name)
        return (Span(f" {asked} ", "chip"), Span(f" {talk.typing.digits}_ ", "picked"))
    more = [*(["↑"] if above else []), *([message(language, "present.more")] if below else [])]
    return (Span(" ".join(more), "accent"),) if more else ()


def _help(talk: Talk, names: Sequence[str], width: int) -> list[Row]:
    language = talk.language
    rows: list[Row] = [(Span(message(language, "app.keys-title"), "strong"),), ()]
    caps = [
        (name == "hands" and talk.option_keys) or message(language, f"present.cap-{name}") for name in names
    ]
    column = max(width_of([Span(cap)]) for cap in caps) + 4
    for cap, name in zip(caps, names, strict=True):
        key = next((key for key, does in KEYS.items() if does == name), "")
        lead = filled((Span(f" {cap} ", "key", key),), column, "text", key)
        rows += [*paragraph(message(language, f"present.keys-{name}"), width, lead=lead, key=key), ()]
    return rows


def bar(talk: Talk, option: int, width: int, look: Look) -> Row:
    """Draw the hands for an option as a bar with their number, as part of all; nothing where none were counted."""
    counts = talk.counts
    if not counts:
        return ()
    told = f" {counts[option]}" if counts[option] else "0"
    room = max(width - len(f" {max(counts)}"), 1)
    cells = round(room * counts[option] / max(*counts, 1))
    return (Span("█" * max(cells, 1 if counts[option] else 0), look), Span(told, "strong"))
