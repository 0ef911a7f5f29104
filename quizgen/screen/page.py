"""A session as a page of rows, for a width and a height in cells: head, scene and key hints. Pure functions."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from quizgen.screen.rows import Look, Row, Span, fill_row, flow_items, paragraph, spread, text_of
from quizgen.screen.scenes import DOES, HELP, KeyHint, ScrollArea, question_at_hand, scene_of
from quizgen.screen.session import Session, language_after, languages_of
from quizgen.text.languages import locale
from quizgen.text.messages import _
from quizgen.view.question import build_question_view
from quizgen.view.text import format_clock

MIN_SIZE = (40, 16)
"""The smallest window, in columns and lines. In a smaller one, the quiz only asks for more space."""

_LOW_HEIGHT = 22
"""The height below which rows are needed for content, not for space."""

_FRAMES = " ─╭╮╰╯┌┐└┘├┤"
"""The characters of frames around exhibits."""

_DISPENSABLE = ("do-look", "language", "do-more", "do-stop")
"""Key hints to leave out in a low window, in this order, if the list of keys is available."""

MAX_TEXT_WIDTH = 96
"""The longest line of text, in cells; longer lines are hard to read."""


class Page(Struct, frozen=True):
    """A full screen, with exactly as many rows as the screen has lines.

    ``caret`` is the column and line where people type. ``top`` is the first visible row of the part that scrolls,
    ``max_top`` the largest value of it, and ``room`` how many of its rows are visible. ``unread`` says whether rows below must
    be read before a choice.
    """

    rows: list[Row]
    caret: tuple[int, int] | None = None
    top: int = 0
    max_top: int = 0
    room: int = 0
    unread: bool = False


def is_large_enough(width: int, height: int) -> bool:
    """Return whether a page fits a screen of this size."""
    return width >= MIN_SIZE[0] and height >= MIN_SIZE[1]


def page(session: Session, width: int, height: int, top: int | None = None) -> Page:
    """Draw a session; ``top`` is where the person has scrolled to, or ``None`` to show what matters now."""
    scene, language = scene_of(session), session.attempt.quiz.language
    if not is_large_enough(width, height):
        return too_small(width, height, language)
    margin, inner = margins(width)
    hints = with_language_name(scene.key_hints(session), language, languages_of(session.attempt))
    return compose_page(
        _head(session, width, margin), scene.scroll_area(session, inner), hints, language, width, height, top
    )


def margins(width: int) -> tuple[int, int]:
    """Return the cells at each side of a page, and those between."""
    margin = max((width - MAX_TEXT_WIDTH) // 2, 2 if width >= 60 else 1)  # noqa: PLR2004  little to spare below
    return margin, width - 2 * margin


def compose_page(
    head: list[Row],
    area: ScrollArea,
    hints: Sequence[KeyHint],
    language: str,
    width: int,
    height: int,
    top: int | None = None,
) -> Page:
    """Put a head and key hints around the part that scrolls."""
    margin, inner = margins(width)
    outer = margin if margin > 1 else 0  # caps have spaces already
    foot = [
        _indent(row, outer, width, "foot")
        for row in key_hint_rows(
            hints,
            width - 2 * outer,
            language,
            low=height < _LOW_HEIGHT,
            dispensable=_DISPENSABLE if HELP in hints else (),
        )
    ]
    room = height - len(head) - len(foot)
    area = _squeeze(area, room, low=height < _LOW_HEIGHT)
    most = max(len(area.rows) - room, 0)
    first = min(max(_top(area, room) if top is None else top, 0), most)
    seen = area.rows[first : first + room]
    unread = first + room < area.read
    if unread:
        more = _("more below: ↓ or PgDn").translated(language)
        seen[-1:] = paragraph(
            more, inner, "accent", lead=(Span("▾ ", "accent", "pagedown"),), key="pagedown"
        )[:1]
    rows = [_indent(row, margin, width, "text") for row in seen]
    rows += [(Span(" " * width),)] * (room - len(rows))
    if first:
        rows[0] = _with_more_mark(rows[0], "↑", "pageup")
    if first < most:
        rows[-1] = _with_more_mark(rows[-1], "↓", "pagedown")
    caret = None
    if area.caret and first <= area.caret[1] < first + room:
        caret = margin + area.caret[0], len(head) + area.caret[1] - first
    return Page([*head, *rows, *foot], caret, first, most, room, unread)


def _squeeze(area: ScrollArea, room: int, *, low: bool) -> ScrollArea:
    """Remove blank rows, the lowest first, if that makes room for everything that should be visible at once.

    In a low window, remove frames too, and then dispensable rows; and frames and blank rows if even that is not enough.
    """
    over = area.whole - room
    if over <= 0:
        return area
    rows = list(enumerate(area.rows[: area.whole]))
    blank = [at for at, row in reversed(rows) if not text_of(row).strip()]
    frames = [at for at, row in rows if row and not text_of(row).strip(_FRAMES) and at not in blank]
    gone: list[int] = [*blank, *frames] if low else []
    for others in ([], frames, [*frames, *range(*area.spare)]) if low else ([],):
        if over <= len(others) + len(blank):
            gone = [*others, *blank[: max(over - len(others), 0)]]
            break

    def moved(at: int) -> int:
        return at - sum(each < at for each in gone)

    return replace(
        area,
        rows=[row for at, row in enumerate(area.rows) if at not in gone],
        focus=(moved(area.focus[0]), moved(area.focus[1])),
        caret=area.caret and (area.caret[0], moved(area.caret[1])),
        read=moved(area.read),
    )


def too_small(width: int, height: int, language: str) -> Page:
    """Ask for a larger window."""
    columns, lines = MIN_SIZE
    text = _(
        "This window is {width}×{height}; the quiz needs {columns}×{lines}. Please enlarge it.",
        width=width,
        height=height,
        columns=columns,
        lines=lines,
    ).translated(language)
    rows = [fill_row(row, width, "text") for row in paragraph(text, max(width, 2), "warn")][:height]
    return Page([*rows, *[(Span(" " * width),)] * (height - len(rows))])


def _indent(row: Row, margin: int, width: int, look: Look) -> Row:
    return fill_row((Span(" " * margin, look), *row), width, look)


def _with_more_mark(row: Row, mark: str, key: str) -> Row:
    """Mark in the last column of a row, which is margin, that there is more in that direction."""
    *others, last = row
    return (*others, Span(last.text[:-1], last.look, last.key), Span(mark, "accent", key))


def _top(area: ScrollArea, room: int) -> int:
    """Return how far to scroll at least so that the focus is visible, its beginning rather than its end."""
    first, last = area.focus
    return min(max(last - room, 0), first)


def plain_head(width: int) -> list[Row]:
    """Return a head with only the program's name."""
    return [fill_row((Span(" " * margins(width)[0], "head"), Span("Quizgen", "head")), width, "head")]


def _head(session: Session, width: int, margin: int) -> list[Row]:
    """Return the title, the position and the score, above a bar of progress."""
    attempt = session.attempt
    language = attempt.quiz.language
    edge = Span(" " * margin, "head")
    if not scene_of(session).progress:
        return plain_head(width)
    index = question_at_hand(session)
    title = _("End of the quiz").translated(language)
    if index is not None:
        title = build_question_view(attempt, index).topic_title
    state: list[Span] = []
    if session.unsaved:
        state.append(Span(_("not saved").translated(language), "head"))
    if session.left is not None:
        warning = Span(
            f" ! {format_clock(session.left)} ", "picked"
        )  # a sign too, because not everybody sees colours
        state.append(warning if session.is_time_short else Span(format_clock(session.left), "head"))
    if attempt.may_reveal:
        state.append(Span(_("✓ {right}", right=attempt.score().right).translated(language), "head"))
    if index is not None:
        name = _("once more: {number} of {total}") if attempt.rules.again else _("{number} of {total}")
        place = name.filled(number=index + 1, total=attempt.total).translated(language)
        state.append(Span(place, "head"))
    apart = [span for each in state for span in (Span("  ", "head"), each)]
    right = (*apart[1:], edge)
    full = round(width * attempt.position / attempt.total)
    bar = (Span("━" * full, "full"), Span("─" * (width - full), "empty"))
    return [spread((edge, Span(title, "head")), right, width, "head"), bar]


def with_language_name(hints: Sequence[KeyHint], language: str, among: Sequence[str]) -> list[KeyHint]:
    """Name the next language in the key hint for it, or leave the hint out if there is no other."""
    name = locale(language_after(language, among)).autonym
    return [
        replace(hint, name=name) if hint.does == "language" else hint
        for hint in hints
        if hint.does != "language" or len(among) > 1
    ]


def key_hint_rows(
    hints: Sequence[KeyHint],
    width: int,
    language: str,
    *,
    low: bool = False,
    dispensable: Sequence[str] = (),
) -> list[Row]:
    """Lay out key hints on as few rows as possible.

    In a low window, use one row: closer together if necessary, and then without those that are ``dispensable``.
    """
    everything = flow_items([_key_hint(hint, language) for hint in hints], width)
    left = list(hints)
    for name in ("", *dispensable) if low else ():
        left = [hint for hint in left if hint.does != name]
        for gap in ("  ", " ", ""):  # caps have a background and spaces
            if len(rows := flow_items([_key_hint(hint, language) for hint in left], width, gap)) == 1:
                return rows
    return everything


def _key_hint(hint: KeyHint, language: str) -> tuple[Span, Span]:
    """Return the cap of a key and what it does; a click on either presses the key."""
    does = hint.name or DOES[hint.does].translated(language)
    return Span(f" {hint.cap} ", "key", hint.key), Span(f" {does}", "foot", hint.key)
