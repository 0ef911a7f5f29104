"""What the pages of room and guide share: a head with a clock, an area that scrolls, a status line and key hints.

Pure functions.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from quizgen.screen.page import Page, is_large_enough, key_hint_rows, too_small_page
from quizgen.screen.presenting.talk import KEYS, Talk
from quizgen.screen.rows import Look, Row, Span, fill_row, spread_row, total_width, wrap_paragraph
from quizgen.screen.scenes import CLICKED, KeyHint
from quizgen.text.messages import NOTHING, Message, _, pgettext
from quizgen.view.text import format_clock

MAX_WIDTH = 184
"""The largest width of a page between its margins, in cells."""

HEAD_AND_FOOT = 4
"""The rows of a page above and below its middle."""

_FOOT_MARGIN, _MIN_WIDTH_WITH_MARGIN = 2, 60
"""The margin beside the key hints, as in a quiz, and the smallest width of a window that has it."""

_ROOM_HINTS = ("next", "back", "hands", "clear", "dark", "theme", "help", "leave")
GUIDE_HINTS = ("theme", "help", "close")
"""What the keys at the foot do, as names of messages."""

_DISPENSABLE = ("do-theme", "do-dark", "do-clear", "do-hands", "do-back")
"""Key hints to leave out of a narrow foot, in this order. They are also in the list of keys."""

_ROOM_HELP = ("next", "back", "hands", "clear", "dark", "scroll", "theme", "leave")
GUIDE_HELP = ("scroll", "theme", "close")
"""What the keys in the list of keys do, as names of messages."""


def draw_talk_page(
    talk: Talk,
    width: int,
    height: int,
    now: float,
    draw_middle: Callable[[int, int], list[Row]],
    *,
    help_: Sequence[str] = _ROOM_HELP,
    hints: Sequence[str] = _ROOM_HINTS,
    name: str = "",
    max_width: int = MAX_WIDTH,
) -> Page:
    """Draw a page of a talk.

    ``draw_middle`` returns rows for a width and a height in cells; if they are too many, the page scrolls.

    ``name`` replaces the topic in the head. ``max_width`` is the largest width of the rows.
    """
    if not is_large_enough(width, height):
        return too_small_page(width, height, talk.language)
    margin = page_margin(width, max_width)
    inner, room = width - 2 * margin, height - HEAD_AND_FOOT
    rows = _help_rows(talk, help_, inner) if talk.over == "help" else draw_middle(inner, room)
    most = max(len(rows) - room, 0)
    first = min(max(talk.top, 0), most)
    seen = [_fill_row((Span(" " * margin), *row), width) for row in rows[first : first + room]]
    seen += [_fill_row((), width)] * (room - len(seen))
    status = _status_row(talk, has_more_above=first > 0, has_more_below=first < most)
    return Page(
        [
            _head_row(talk, width, margin, now, name),
            _fill_row((), width),
            *seen,
            _indent_row(spread_row(status, (), inner + 1, "text"), margin, width),
            key_hint_row(list_talk_key_hints(talk, hints), width, talk.language),
        ],
        top=first,
        max_top=most,
        room=room,
    )


def page_margin(width: int, max_width: int = MAX_WIDTH) -> int:
    """Return the width of the margin at each side of a page."""
    return max(width // 25, (width - max_width) // 2, 1)


class _KeyDescription(NamedTuple):
    """A description of a key: its name on the keyboard, what it does in a word, and what it does in a sentence."""

    cap: Message
    does: Message
    meaning: Message


_KEYS: Mapping[str, _KeyDescription] = {
    "next": _KeyDescription(
        _("Space"), pgettext("step", "next"), _("the next step; Enter, → and PageDown too")
    ),
    "back": _KeyDescription(_("←"), _("back"), _("the previous step; PageUp too")),
    "hands": _KeyDescription(
        _("A B …"),
        _("hands"),
        _(
            "count hands for this option: its letter, then the number, then the next letter or Enter; or click it once for each hand"
        ),
    ),
    "clear": _KeyDescription(_("x"), _("clear"), _("clear the hands counted for this question")),
    "dark": _KeyDescription(
        _("."),
        _("dark"),
        _("make the screen dark; any key brings it back. b works too if no option is called B"),
    ),
    "scroll": _KeyDescription(_("↑ ↓"), NOTHING, _("scroll if not everything fits")),
    "theme": _KeyDescription(_("t"), _("colours"), _("light or dark colours")),
    "help": _KeyDescription(_("?"), _("keys"), NOTHING),
    "leave": _KeyDescription(_("q"), pgettext("talk", "quit"), _("quit the talk; asks first")),
    "close": _KeyDescription(_("q"), _("close"), _("close the guide; the talk continues")),
}


def list_talk_key_hints(talk: Talk, names: Sequence[str]) -> list[KeyHint]:
    """List hints for the keys that have an effect now."""
    absent = {"hands": not talk.can_count_hands, "clear": not (talk.hand_counts or talk.typing)}
    return [
        _key_hint(name, talk.language, talk.hand_keys if name == "hands" else "")
        for name in names
        if not absent.get(name)
    ]


def list_key_hints_of_waiting_guide(language: str) -> list[KeyHint]:
    """List hints for the keys of a guide that waits for a talk."""
    return [_key_hint(name, language) for name in GUIDE_HINTS]


def _key_hint(name: str, language: str, cap: str = "") -> KeyHint:
    key = _KEYS[name]
    cap = cap or key.cap.translated(language)
    return KeyHint(cap, _key_with_name(name), f"do-{name}", key.does.translated(language))


def _key_with_name(name: str) -> str:
    """Return the key that belongs to a message's name.

    "a" begins to count hands, and the guide is closed with the key that ends a talk.
    """
    named = {"hands": "a", "close": "q"}
    return named.get(name) or next((key for key, does in KEYS.items() if does == name), "")


def key_hint_row(hints: Sequence[KeyHint], width: int, language: str) -> Row:
    """Return the last row of a page, with its key hints."""
    margin = _FOOT_MARGIN if width >= _MIN_WIDTH_WITH_MARGIN else 0
    row = key_hint_rows(hints, width - 2 * margin, language, is_low=True, dispensable=_DISPENSABLE)[0]
    return fill_row((Span(" " * margin, "foot"), *row), width, "foot")


def _fill_row(row: Row, width: int, look: Look = "text") -> Row:
    return fill_row(row, width, look)


def _indent_row(row: Row, margin: int, width: int) -> Row:
    return _fill_row((Span(" " * margin), *row), width)


def _head_row(talk: Talk, width: int, margin: int, now: float, name: str) -> Row:
    """Return the topic, the position, and the time since the talk began."""
    edge = Span(" " * margin, "head")
    view = talk.question_view if talk.step.index >= 0 else None
    if view:
        above = view.topic_title if talk.step.stage == "key" else view.open_topic_title
    else:
        above = talk.host.organiser if talk.place else ""
    left = name or above
    times = {"talk": format_clock(int(now - talk.started)), "own": format_clock(int(now - talk.since))}
    clocks = _("{talk} · this question {own}") if view else _("{talk}")
    right = clocks.with_values(**times).translated(talk.language) if talk.place else ""
    if view:
        place = _("{number} of {total}", number=view.number, total=view.total).translated(talk.language)
        right = f"{place}   {right}"
    return spread_row((edge, Span(left, "head")), (Span(right, "head"), edge), width, "head")


def _status_row(talk: Talk, *, has_more_above: bool, has_more_below: bool) -> Row:
    """Return a row that says what to confirm, what is being typed, or that there is more above or below."""
    language = talk.language
    if talk.over == "leave":
        warning = _("Press q again to quit.").translated(language)
        return (Span(f" {warning} ", "picked"),)
    if talk.typing:
        name = talk.option_names[talk.typing.option]
        asked = _("Hands for {option}, then Enter:", option=name).translated(language)
        return (Span(f" {asked} ", "chip"), Span(f" {talk.typing.digits}_ ", "picked"))
    more = [
        *(["↑"] if has_more_above else []),
        *([_("↓ more below").translated(language)] if has_more_below else []),
    ]
    return (Span(" ".join(more), "accent"),) if more else ()


def _help_rows(talk: Talk, names: Sequence[str], width: int) -> list[Row]:
    language = talk.language
    rows: list[Row] = [(Span(_("Keys").translated(language), "strong"),), ()]
    caps = [(name == "hands" and talk.hand_keys) or _KEYS[name].cap.translated(language) for name in names]
    column = max(total_width([Span(cap)]) for cap in caps) + 4
    for cap, name in zip(caps, names, strict=True):
        key = CLICKED + _key_with_name(name) if name in KEYS.values() else ""
        lead = fill_row((Span(f" {cap} ", "key", key),), column, "text", key)
        rows += [*wrap_paragraph(_KEYS[name].meaning.translated(language), width, lead=lead, key=key), ()]
    return rows


def hand_count_bar(talk: Talk, option: int, width: int, look: Look) -> Row:
    """Draw a bar for the share of hands raised for an option, with their number; nothing if none were counted."""
    counts = talk.hand_counts
    if not counts:
        return ()
    told = f" {counts[option]}" if counts[option] else "0"
    room = max(width - len(f" {max(counts)}"), 1)
    cells = round(room * counts[option] / max(*counts, 1))
    return (Span("█" * max(cells, 1 if counts[option] else 0), look), Span(told, "strong"))
