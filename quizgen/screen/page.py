"""A session as a full screen of rows, for a width and a height in cells: head, scene and key hints. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from quizgen.language import locale, message
from quizgen.screen.rows import Look, Row, Span, filled, flowing, paragraph, sides
from quizgen.screen.scenes import KeyHint, Middle, question_at_hand, scene_of
from quizgen.screen.session import Session, language_after
from quizgen.view.question import view_question
from quizgen.view.text import clock

SMALLEST = (40, 16)
"""Columns and lines below which the quiz only asks for more."""

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
    hints = key_hint_rows(scene.key_hints(session), inner, language)
    return framed(_head(session, width, margin), scene.middle(session, inner), hints, width, height, top)


def margins(width: int) -> tuple[int, int]:
    """Give the cells at each side of a page, and those between."""
    margin = max((width - WIDEST) // 2, 2 if width >= 60 else 1)  # noqa: PLR2004  little to spare below
    return margin, width - 2 * margin


def framed(
    head: list[Row], middle: Middle, hints: list[Row], width: int, height: int, top: int | None = None
) -> Page:
    """Set a head and key hints around what scrolls between them."""
    margin, _ = margins(width)
    foot = [_indented(row, margin, width, "foot") for row in hints]
    room = height - len(head) - len(foot)
    most = max(len(middle.rows) - room, 0)
    first = min(max(_top(middle, room) if top is None else top, 0), most)
    seen = middle.rows[first : first + room]
    rows = [_indented(row, margin, width, "text") for row in seen]
    rows += [(Span(" " * width),)] * (room - len(rows))
    if first:
        rows[0] = _marked(rows[0], "↑", "pageup")
    if first < most:
        rows[-1] = _marked(rows[-1], "↓", "pagedown")
    caret = None
    if middle.caret and first <= middle.caret[1] < first + room:
        caret = margin + middle.caret[0], len(head) + middle.caret[1] - first
    unread = first + room < middle.read
    return Page([*head, *rows, *foot], caret, first, most, room, unread)


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


def _top(middle: Middle, room: int) -> int:
    """Scroll no further than it takes to show what must be seen, its beginning before its end."""
    first, last = middle.focus
    return min(max(last - room, 0), first)


def plain_head(width: int) -> list[Row]:
    """Say no more than what program this is."""
    return [filled((Span(" " * margins(width)[0], "head"), Span("Quizgen", "head")), width, "head")]


def _head(session: Session, width: int, margin: int) -> list[Row]:
    """Say where one stands, above a bar of how far that is."""
    attempt = session.attempt
    language = attempt.quiz.language
    edge = Span(" " * margin, "head")
    if not scene_of(session).progress:
        return plain_head(width)
    index = question_at_hand(session)
    question = None if index is None else view_question(attempt, index)
    title = question.topic if question else message(language, "take.end")
    state: list[Span] = []
    if session.unkept:
        state.append(Span(message(language, "app.not-kept"), "head"))
    if session.left is not None:
        hurried = Span(f" ! {clock(session.left)} ", "picked")  # a sign too, since not everybody sees colours
        state.append(hurried if session.hurried else Span(clock(session.left), "head"))
    if attempt.told:
        state.append(Span(message(language, "app.so-far", right=attempt.score().right), "head"))
    if question:
        name = "app.place-again" if attempt.rules.again else "app.place"
        place = message(language, name, number=question.number, total=question.total)
        state.append(Span(place, "head"))
    apart = [span for each in state for span in (Span("  ", "head"), each)]
    right = (*apart[1:], edge)
    full = round(width * attempt.position / attempt.total)
    bar = (Span("━" * full, "full"), Span("─" * (width - full), "empty"))
    return [sides((edge, Span(title, "head")), right, width, "head"), bar]


def key_hint_rows(hints: Sequence[KeyHint], width: int, language: str) -> list[Row]:
    """Set key hints on as few rows as have room for them."""
    return flowing([_key_hint(hint, language) for hint in hints], width)


def _key_hint(hint: KeyHint, language: str) -> tuple[Span, Span]:
    """Set the cap of a key beside what it does; a click on either is that key."""
    if hint.does == "language":
        does = locale(language_after(language)).autonym
    else:
        does = message(language, f"app.{hint.does}")
    return Span(f" {hint.cap} ", "key", hint.key), Span(f" {does}", "foot", hint.key)
