"""A session as a full screen of rows, for a width and a height in cells: head, scene and key hints. Pure."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from quizgen.screen.rows import Look, Row, Span, filled, flowing, paragraph, sides, text_of
from quizgen.screen.scenes import HELP, KeyHint, ScrollArea, question_at_hand, scene_of
from quizgen.screen.session import Session, language_after, languages_of
from quizgen.text.languages import locale
from quizgen.text.messages import message
from quizgen.view.question import view_question
from quizgen.view.text import format_clock

SMALLEST = (40, 16)
"""Columns and lines below which the quiz only asks for more."""

_LOW = 22
"""Lines below which a row is worth more than the air that it gives."""

_FRAMES = " ─╭╮╰╯┌┐└┘├┤"
"""What the rows above and below an exhibit are made of."""

_DISPENSABLE = ("do-look", "language", "do-more", "do-stop")
"""Key hints that a low window can do without, the first before the others, where the list of keys can be asked for."""

WIDEST = 96
"""Cells of a line of text; a longer one loses the eye."""


class Page(Struct, frozen=True):
    """A screen: exactly as many rows as it has lines.

    ``caret`` is the column and line where words are typed. ``top`` is the first row shown of the middle
    part, ``most`` the highest that it can be, and ``room`` how many of its rows are seen at once; ``unread`` tells
    whether some below are to be read before anything is chosen.
    """

    rows: list[Row]
    caret: tuple[int, int] | None = None
    top: int = 0
    most: int = 0
    room: int = 0
    unread: bool = False


def large_enough(width: int, height: int) -> bool:
    """Tell whether a page has room in so many cells."""
    return width >= SMALLEST[0] and height >= SMALLEST[1]


def page(session: Session, width: int, height: int, top: int | None = None) -> Page:
    """Set a session; ``top`` is where the person has scrolled to, or ``None`` to show what matters now."""
    scene, language = scene_of(session), session.attempt.quiz.language
    if not large_enough(width, height):
        return too_small(width, height, language)
    margin, inner = margins(width)
    hints = naming_language(scene.key_hints(session), language, languages_of(session.attempt))
    return framed(
        _head(session, width, margin), scene.scroll_area(session, inner), hints, language, width, height, top
    )


def margins(width: int) -> tuple[int, int]:
    """Give the cells at each side of a page, and those between."""
    margin = max((width - WIDEST) // 2, 2 if width >= 60 else 1)  # noqa: PLR2004  little to spare below
    return margin, width - 2 * margin


def framed(
    head: list[Row],
    area: ScrollArea,
    hints: Sequence[KeyHint],
    language: str,
    width: int,
    height: int,
    top: int | None = None,
) -> Page:
    """Set a head and key hints around what scrolls between them."""
    margin, inner = margins(width)
    outer = margin if margin > 1 else 0  # caps have blanks of their own
    foot = [
        _indented(row, outer, width, "foot")
        for row in key_hint_rows(
            hints,
            width - 2 * outer,
            language,
            low=height < _LOW,
            dispensable=_DISPENSABLE if HELP in hints else (),
        )
    ]
    room = height - len(head) - len(foot)
    area = _squeezed(area, room, low=height < _LOW)
    most = max(len(area.rows) - room, 0)
    first = min(max(_top(area, room) if top is None else top, 0), most)
    seen = area.rows[first : first + room]
    unread = first + room < area.read
    if unread:
        more = message(language, "app.more-below")
        seen[-1:] = paragraph(
            more, inner, "accent", lead=(Span("▾ ", "accent", "pagedown"),), key="pagedown"
        )[:1]
    rows = [_indented(row, margin, width, "text") for row in seen]
    rows += [(Span(" " * width),)] * (room - len(rows))
    if first:
        rows[0] = _marked(rows[0], "↑", "pageup")
    if first < most:
        rows[-1] = _marked(rows[-1], "↓", "pagedown")
    caret = None
    if area.caret and first <= area.caret[1] < first + room:
        caret = margin + area.caret[0], len(head) + area.caret[1] - first
    return Page([*head, *rows, *foot], caret, first, most, room, unread)


def _squeezed(area: ScrollArea, room: int, *, low: bool) -> ScrollArea:
    """Let rows that say nothing give way, the lowest first, where that gives all that is best seen at once its room.

    In a low window frames go too, and then what one can do without; and frames and blank rows go where that is not enough.
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
    columns, lines = SMALLEST
    text = message(language, "app.too-small", width=width, height=height, columns=columns, lines=lines)
    rows = [filled(row, width, "text") for row in paragraph(text, max(width, 2), "warn")][:height]
    return Page([*rows, *[(Span(" " * width),)] * (height - len(rows))])


def _indented(row: Row, margin: int, width: int, look: Look) -> Row:
    return filled((Span(" " * margin, look), *row), width, look)


def _marked(row: Row, mark: str, key: str) -> Row:
    """Show in the last column of a row, which is margin, that there is more that way."""
    *others, last = row
    return (*others, Span(last.text[:-1], last.look, last.key), Span(mark, "accent", key))


def _top(area: ScrollArea, room: int) -> int:
    """Scroll no further than it takes to show what must be seen, its beginning before its end."""
    first, last = area.focus
    return min(max(last - room, 0), first)


def plain_head(width: int) -> list[Row]:
    """Name the program, and nothing else."""
    return [filled((Span(" " * margins(width)[0], "head"), Span("Quizgen", "head")), width, "head")]


def _head(session: Session, width: int, margin: int) -> list[Row]:
    """Say where one stands, above a bar of how far that is."""
    attempt = session.attempt
    language = attempt.quiz.language
    edge = Span(" " * margin, "head")
    if not scene_of(session).progress:
        return plain_head(width)
    index = question_at_hand(session)
    title = message(language, "take.end")
    if index is not None:
        title = view_question(attempt, index).topic
    state: list[Span] = []
    if session.unkept:
        state.append(Span(message(language, "app.not-kept"), "head"))
    if session.left is not None:
        warning = Span(
            f" ! {format_clock(session.left)} ", "picked"
        )  # a sign too, since not everybody sees colours
        state.append(warning if session.is_time_short else Span(format_clock(session.left), "head"))
    if attempt.may_reveal:
        state.append(Span(message(language, "app.so-far", right=attempt.score().right), "head"))
    if index is not None:
        name = "app.place-again" if attempt.rules.again else "app.place"
        place = message(language, name, number=index + 1, total=attempt.total)
        state.append(Span(place, "head"))
    apart = [span for each in state for span in (Span("  ", "head"), each)]
    right = (*apart[1:], edge)
    full = round(width * attempt.position / attempt.total)
    bar = (Span("━" * full, "full"), Span("─" * (width - full), "empty"))
    return [sides((edge, Span(title, "head")), right, width, "head"), bar]


def naming_language(hints: Sequence[KeyHint], language: str, among: Sequence[str]) -> list[KeyHint]:
    """Have the key that changes the language say to which, or leave it out where there is no other."""
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
    """Set key hints on as few rows as have room for them.

    In a low window, on one: set closer if need be, and then without those that are ``dispensable``.
    """
    everything = flowing([_key_hint(hint, language) for hint in hints], width)
    left = list(hints)
    for name in ("", *dispensable) if low else ():
        left = [hint for hint in left if hint.does != name]
        for gap in ("  ", " ", ""):  # caps have a background, and blanks of their own
            if len(rows := flowing([_key_hint(hint, language) for hint in left], width, gap)) == 1:
                return rows
    return everything


def _key_hint(hint: KeyHint, language: str) -> tuple[Span, Span]:
    """Set the cap of a key beside what it does; a click on either is that key."""
    does = hint.name or message(language, f"app.{hint.does}")
    return Span(f" {hint.cap} ", "key", hint.key), Span(f" {does}", "foot", hint.key)
