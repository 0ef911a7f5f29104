"""A session as a page of rows for a screen of a given size: head, scene and key hints. Pure functions."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.screen.exhibit import FRAME_ENDS
from quizgen.screen.rows import (
    COLUMN_GAP,
    Look,
    Row,
    Span,
    fill_row,
    flow_items,
    join_columns,
    row_text,
    spread_row,
    total_width,
    wrap_paragraph,
)
from quizgen.screen.scenes import HELP, KEY_LABELS, KeyHint, ScrollArea, current_question_index, current_scene
from quizgen.screen.session import Session, list_quiz_languages, next_language
from quizgen.text.languages import locale
from quizgen.text.messages import _
from quizgen.view.history import describe_leaving
from quizgen.view.money import describe_stake
from quizgen.view.question import build_question_view
from quizgen.view.text import format_clock

MIN_SIZE = (40, 16)
"""The smallest window, in columns and lines. In a smaller one, the quiz only asks for more space."""

_LOW_HEIGHT = 22
"""The height below which rows are needed for content, not for space."""

_FRAMES = " ─═╭╮╰╯┌┐└┘├┤╔╗╚╝╟╢"
"""The characters of frames around exhibits."""

_DISPENSABLE = (
    "do-look",
    "language",
    "do-more",
    "do-stop",
    "do-twin",
    "do-practise",
    "do-pass-on",
)
"""Key hints to leave out in a low window, in this order, if the list of keys is available."""

_FOCUS_ROWS = 3
"""The first rows in focus that must be visible together with the row above."""

MAX_TEXT_WIDTH = 96
"""The longest line of text, in cells; longer lines are hard to read."""

_MAX_PAGE_WIDTH = 152
"""The largest width of a page with two columns, in cells. On a wider screen, the page is in the middle."""


class Page(Struct, frozen=True):
    """A full screen, with exactly as many rows as the screen has lines.

    ``caret`` is the column and line where people type. Part of the page scrolls: ``top`` is its first
    visible row, ``max_top`` the largest possible value of ``top``, and ``room`` how many rows are
    visible. ``unread`` says whether the person must scroll down before choosing.
    """

    rows: list[Row]
    caret: tuple[int, int] | None = None
    top: int = 0
    max_top: int = 0
    room: int = 0
    unread: bool = False


def is_large_enough(width: int, height: int) -> bool:
    """Return whether the screen is large enough for a page."""
    return width >= MIN_SIZE[0] and height >= MIN_SIZE[1]


def draw_session_page(
    session: Session,
    width: int,
    height: int,
    top: int | None = None,
    hints: Sequence[KeyHint] | None = None,
) -> Page:
    """Draw a session. ``top`` is the row that the person has scrolled to; ``None`` shows what matters now.

    ``hints`` replace those of the scene.
    """
    scene, language = current_scene(session), session.attempt.quiz.language
    if not is_large_enough(width, height):
        return too_small_page(width, height, language)
    margin, inner = margin_widths(width)
    if not scene.is_wide(session):
        inner = text_width(width)
    if hints is None:
        hints = name_next_language(scene.key_hints(session), language, list_quiz_languages(session.attempt))
    area = scene.draw_area(session, inner)
    if scene.scrolls and not area.read:
        area = replace(area, read=len(area.rows))
    return compose_page(
        _head_rows(session, width, margin),
        area,
        hints,
        language,
        width,
        height,
        top,
        area_width=inner,
    )


def margin_widths(width: int) -> tuple[int, int]:
    """Return the width of the margin at each side of a page, and the width between the margins."""
    margin = max((width - _MAX_PAGE_WIDTH) // 2, 2 if width >= 60 else 1)  # noqa: PLR2004  little to spare below
    return margin, width - 2 * margin


def text_width(width: int) -> int:
    """Return the width of a single column of text on a screen of this width."""
    return min(margin_widths(width)[1], MAX_TEXT_WIDTH)


def compose_page(
    head: list[Row],
    area: ScrollArea,
    hints: Sequence[KeyHint],
    language: str,
    width: int,
    height: int,
    top: int | None = None,
    *,
    area_width: int | None = None,
) -> Page:
    """Draw a page with a head at the top, key hints at the bottom, and between them an area that scrolls.

    The area is in the middle, and ``area_width`` cells wide: by default, one column of text.
    """
    margin, _inner = margin_widths(width)
    outer = margin if margin > 1 else 0  # caps have spaces already
    foot = [
        _indent_row(row, outer, width, "foot")
        for row in key_hint_rows(
            hints,
            width - 2 * outer,
            language,
            is_low=height < _LOW_HEIGHT,
            dispensable=_DISPENSABLE if HELP in hints else (),
        )
    ]
    room = height - len(head) - len(foot)
    inner = text_width(width) if area_width is None else area_width
    margin = (width - inner) // 2
    area = _roomiest_area(area, room)
    if area.ending and area.whole + len(area.ending) <= room:
        area = replace(area, rows=[*area.rows[: area.whole], *area.ending])
    area = _remove_spare_rows(area, room, is_low=height < _LOW_HEIGHT)
    if area.optional and len(area.rows) > room:
        area = replace(area, rows=area.rows[: -area.optional])
    if area.left:
        area = _fit_left_column(area, room, is_low=height < _LOW_HEIGHT)
    beside = area.left_width + COLUMN_GAP if area.left else 0
    most = max(len(area.rows) - room, 0)
    first = min(max(_first_visible_row(area, room) if top is None else top, 0), most)
    seen = area.rows[first : first + room]
    unread = any(row_text(row).strip() for row in area.rows[first + room : area.read])
    if unread:
        more = area.unread or _("more below: ↓ or PgDn").translated(language)
        seen[-1:] = wrap_paragraph(
            more, inner - beside, "accent", lead=(Span("▾ ", "accent", "pagedown"),), key="pagedown"
        )[:1]
    seen = join_columns(area.left, area.left_width, seen) if area.left else seen
    above = _blank_rows_above(height, room - len(seen) if not most else 0)
    rows = [_indent_row(row, margin, width, "text") for row in ([()] * above + seen)]
    rows += [(Span(" " * width),)] * (room - len(rows))
    if first:
        rows[0] = _with_scroll_mark(rows[0], "↑", "pageup")
    if first < most:
        rows[-1] = _with_scroll_mark(rows[-1], "↓", "pagedown")
    caret = None
    if area.caret and first <= area.caret[1] < first + room:
        caret = margin + beside + area.caret[0], len(head) + above + area.caret[1] - first
    return Page([*head, *rows, *foot], caret, first, most, room, unread)


def _blank_rows_above(height: int, left: int) -> int:
    """Return how many blank rows to put above a text on a high screen, if it leaves so many rows free."""
    wanted = max((height - _LOW_HEIGHT) // 8, 0)
    return wanted if wanted <= left else 0


def _roomiest_area(area: ScrollArea, height: int) -> ScrollArea:
    """Return the last of the areas, each with more rows than the one before, that is fully visible; at least the first."""
    chosen = area
    while area.roomier:
        area = area.roomier
        chosen = area if len(area.rows) <= height else chosen
    return chosen


def _remove_spare_rows(area: ScrollArea, height: int, *, is_low: bool) -> ScrollArea:
    """Remove blank rows, the lowest first, if then everything is visible that should be visible at once.

    In a low window, remove frames too, and after these the rows that the area can do without.
    """
    over = area.whole - height
    if over <= 0:
        return area
    rows = list(enumerate(area.rows[: area.whole]))
    blank = [at for at, row in reversed(rows) if not row_text(row).strip()]
    frames = [at for at, row in rows if row and not row_text(row).strip(_FRAMES) and at not in blank]
    gone: list[int] = [*blank, *frames] if is_low else []
    for others in ([], frames, [*frames, *range(*area.spare)]) if is_low else ([],):
        if over <= len(others) + len(blank):
            gone = [*others, *blank[: max(over - len(others), 0)]]
            break

    has_open_frames = any(at in gone for at in frames)

    def moved(at: int) -> int:
        return at - sum(each < at for each in gone)

    return replace(
        area,
        rows=[
            _open_frame(row) if has_open_frames else row for at, row in enumerate(area.rows) if at not in gone
        ],
        focus=(moved(area.focus[0]), moved(area.focus[1])),
        above=None if area.above is None else moved(area.above),
        caret=area.caret and (area.caret[0], moved(area.caret[1])),
        read=moved(area.read),
    )


def _open_frame(row: Row) -> Row:
    """Return a row without the right side of a frame whose top and bottom are left out."""
    return row[:-1] if row and row[-1].text in FRAME_ENDS else row


def _fit_left_column(area: ScrollArea, height: int, *, is_low: bool) -> ScrollArea:
    """Remove blank rows of the left column, if that helps. If it is still too tall, join both columns, which then scroll together."""
    column = ScrollArea(area.left, area.left_focus or (0, 0), whole=len(area.left))
    column = _remove_spare_rows(column, height, is_low=is_low)
    if len(column.rows) <= height:
        return replace(area, left=column.rows)
    return replace(
        area,
        rows=join_columns(column.rows, area.left_width, area.rows),
        left=[],
        focus=column.focus if area.left_focus else area.focus,
        caret=area.caret and (area.left_width + COLUMN_GAP + area.caret[0], area.caret[1]),
    )


def too_small_page(width: int, height: int, language: str) -> Page:
    """Draw a page that asks for a larger window."""
    columns, lines = MIN_SIZE
    text = _(
        "This window is {width}×{height}; the quiz needs {columns}×{lines}. Please enlarge it.",
        width=width,
        height=height,
        columns=columns,
        lines=lines,
    ).translated(language)
    rows = [fill_row(row, width, "text") for row in wrap_paragraph(text, max(width, 2), "warn")][:height]
    return Page([*rows, *[(Span(" " * width),)] * (height - len(rows))])


def _indent_row(row: Row, margin: int, width: int, look: Look) -> Row:
    return fill_row((Span(" " * margin, look), *row), width, look)


def _with_scroll_mark(row: Row, mark: str, key: str) -> Row:
    """Put a mark into the last column of a row, which says that there is more above or below."""
    *others, last = row
    return (*others, Span(last.text[:-1], last.look, last.key), Span(mark, "accent", key))


def _first_visible_row(area: ScrollArea, height: int) -> int:
    """Return the first visible row if the page scrolls no further than needed to show the rows in focus.

    If not all of these fit, their beginning is visible.
    """
    first, last = area.focus
    top = min(max(last - height, 0), first)
    if area.above is not None and min(first + _FOCUS_ROWS, last) - area.above <= height:
        return min(top, area.above)
    return top


def plain_head_rows(width: int) -> list[Row]:
    """Return a head with only the name of the program."""
    return [fill_row((Span(" " * margin_widths(width)[0], "head"), Span("Quizgen", "head")), width, "head")]


def _head_rows(session: Session, width: int, margin: int) -> list[Row]:
    """Return the title, the position and the score, above a bar for the progress."""
    attempt, whole = session.attempt, session.whole_attempt
    language = attempt.quiz.language
    edge = Span(" " * margin, "head")
    if not current_scene(session).progress:
        return plain_head_rows(width)
    index = current_question_index(session)
    end = (
        describe_leaving(attempt.position, attempt.total)
        if session.scene == "results" and attempt.question
        else _("End of the quiz")
    )
    title = end.translated(language)
    state: list[Span] = []
    if session.unsaved:
        state.append(Span(_("not saved").translated(language), "head"))
    if session.seconds_left is not None:
        warning = Span(
            f" ! {format_clock(session.seconds_left)} ", "picked"
        )  # a sign too, because not everybody sees colours
        state.append(warning if session.is_time_short else Span(format_clock(session.seconds_left), "head"))
    if attempt.can_show_right_answers:
        state.append(Span(_("✓ {right}", right=whole.score().right).translated(language), "head"))
    if index is not None:
        name = (
            _("once more")
            if session.original
            else _("once more: {number} of {total}")
            if attempt.rules.is_practice
            else _("{number} of {total}")
        )
        place = name.with_values(number=index + 1, total=attempt.total).translated(language)
        state.append(Span(place, "head"))
    apart = [span for each in state for span in (Span("  ", "head"), each)]
    right = (*apart[1:], edge)
    if index is not None:
        title = _question_title(session, index, width - margin - total_width(right) - 1)
    full = round(width * whole.position / whole.total)
    bar = (Span("━" * full, "full"), Span("─" * (width - full), "empty"))
    return [spread_row((edge, Span(title, "head")), right, width, "head"), bar]


def _question_title(session: Session, index: int, width: int) -> str:
    """Return the money at stake in a game, in the longest wording that fits, or else the topic of a question."""
    attempt = session.attempt
    if wordings := describe_stake(attempt, is_open=index == attempt.position):
        return next((words for words in wordings if cell_len(words) <= width), wordings[-1])
    return build_question_view(attempt, index).open_topic_title


def name_next_language(hints: Sequence[KeyHint], language: str, languages: Sequence[str]) -> list[KeyHint]:
    """Put the name of the next language into the key hint that switches to it.

    If there is no other language, the hint is left out.
    """
    name = locale(next_language(language, languages)).autonym
    return [
        replace(hint, name=name) if hint.does == "language" else hint
        for hint in hints
        if hint.does != "language" or len(languages) > 1
    ]


def key_hint_rows(
    hints: Sequence[KeyHint],
    width: int,
    language: str,
    *,
    is_low: bool = False,
    dispensable: Sequence[str] = (),
) -> list[Row]:
    """Lay out key hints on as few rows as possible.

    In a low window, use one row: closer together if necessary, and then without those that are
    ``dispensable``.
    """
    everything = flow_items([_key_hint_spans(hint, language) for hint in hints], width)
    left = list(hints)
    for name in ("", *dispensable) if is_low else ():
        left = [hint for hint in left if hint.does != name]
        for padding, gap in ((" ", "  "), (" ", " "), ("", "  ")):
            items = [_key_hint_spans(hint, language, padding) for hint in left]
            if len(rows := flow_items(items, width, gap)) == 1:
                has_edge = padding or total_width(rows[0]) == width
                return rows if has_edge else [(Span(" ", "foot"), *rows[0])]
    return everything


def _key_hint_spans(hint: KeyHint, language: str, padding: str = " ") -> tuple[Span, Span]:
    """Return the key and what it does; a click on either has the effect of the key."""
    does = hint.name or KEY_LABELS[hint.does].translated(language)
    return Span(f"{padding}{hint.cap}{padding}", "key", hint.key), Span(f" {does}", "foot", hint.key)
