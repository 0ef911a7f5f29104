"""The history on the full screen: what it adds up to, then every quiz, which Enter opens. Pure functions.

The caller passes in each key (:func:`handle_key`) and loads the attempt that ``requested`` names.
"""

import time
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size

from quizgen.attempt import Attempt
from quizgen.screen.answer_input import AnswerInput, KeyHelp, move_cursor
from quizgen.screen.page import (
    Page,
    compose_page,
    draw_session_page,
    is_large_enough,
    margin_widths,
    name_next_language,
    text_width,
    too_small_page,
)
from quizgen.screen.rows import (
    COLUMN_GAP,
    TWO_COLUMNS,
    Look,
    Row,
    Span,
    fill_row,
    shorten_text,
    total_width,
    wrap_paragraph,
)
from quizgen.screen.scenes import (
    CLICKED,
    HELP,
    LANGUAGE,
    SCROLL_HELP,
    KeyHint,
    ScrollArea,
    normalise_command_key,
)
from quizgen.screen.scenes.help import KEYS_EVERYWHERE, draw_key_list
from quizgen.screen.session import Session, next_language
from quizgen.text.languages import LANGUAGES, locale
from quizgen.text.messages import _, ngettext
from quizgen.view.history import AttemptView, HistorySummary, describe_leaving
from quizgen.view.text import format_date, format_short_date

_BAR = 10  # cells

_FIGURES_BESIDE = 40
"""The smallest width of the column with the figures in a wide window, in cells."""

_FIGURE_LOOKS: tuple[Look, Look] = "strong", "dim"

_WITH_YEAR = 60
"""From which width on the date of a quiz has its year, in cells."""

_OTHER_ROWS = 6
"""How many rows there are beside what the history adds up to: the head, the first quiz, and the keys."""

_OPEN = "open "
"""The prefix of the key that a click on a quiz stands for, before the quiz's number."""

_DRAWN = 100
"""How many quizzes above and below the cursor are drawn. A history may have thousands."""

_TREND_SIGNS = {"better": "↑", "worse": "↓", "same": "→"}


class HistoryPage(Struct, frozen=True):
    """The state of the history on the screen.

    - ``attempts`` are the quizzes, the latest first, each with its number in the history.
    - ``days`` says for each of the last days, today last, whether questions were answered.
    - ``opened`` is the attempt that is shown instead of the list; ``requested`` is the number of one to load.
    - ``helping`` says whether the list of keys is shown.
    - ``said`` is a problem, such as an attempt that cannot be read.
    """

    language: str
    summary: HistorySummary
    days: tuple[bool, ...] = ()
    attempts: tuple[tuple[int, AttemptView], ...] = ()
    cursor: int = 0
    opened: Attempt | None = None
    requested: int | None = None
    helping: bool = False
    said: str = ""
    leaving: bool = False


def handle_key(page: HistoryPage, key: str) -> HistoryPage:
    """Return the history page after a key."""
    page, key = replace(page, said=""), normalise_command_key(key)
    if page.helping and key != "l":
        page, clicked = replace(page, helping=False), key.startswith(CLICKED)
        return handle_key(page, key.removeprefix(CLICKED)) if clicked else page
    if key == "l":
        return replace(page, language=next_language(page.language))
    if key in ("?", "f1"):
        return replace(page, helping=True)
    return _handle_key_of_attempt(page, key) if page.opened else _handle_key_of_list(page, key)


def _handle_key_of_attempt(page: HistoryPage, key: str) -> HistoryPage:
    return replace(page, opened=None) if key in ("enter", "escape", "q", "left") else page


def _handle_key_of_list(page: HistoryPage, key: str) -> HistoryPage:
    if key in ("q", "escape", "left") or (key == "enter" and not page.attempts):
        return replace(page, leaving=True)
    numbers = [number for number, _attempt in page.attempts]
    if key.startswith(_OPEN):  # a click
        at = numbers.index(int(key.removeprefix(_OPEN)))
        return replace(page, cursor=at, requested=numbers[at])
    if numbers and key in ("enter", " ", "right"):
        return replace(page, requested=numbers[page.cursor])
    moved = move_cursor(AnswerInput(cursor=page.cursor), key, len(numbers)) if numbers else None
    if moved:
        return replace(page, cursor=moved.cursor)
    return replace(page, said=_("That key does nothing here.").translated(page.language))


def draw_history_page(page: HistoryPage, width: int, height: int, top: int | None = None) -> Page:
    """Draw the history, or the attempt that is open."""
    if not is_large_enough(width, height):
        return too_small_page(width, height, page.language)
    if page.opened and not page.helping:
        session = Session(attempt=page.opened.in_language(page.language), at=0.0, scene="results")
        hints = _with_common_hints([KeyHint("Enter", "enter", "do-return")], page.language)
        return draw_session_page(session, width, height, top, hints=hints)
    margin, inner = margin_widths(width)
    inner = inner if page.attempts else text_width(width)
    title = Span(" " * margin + _("History").translated(page.language), "head")
    if page.helping:
        rows = draw_key_list((*_list_keys(page), *KEYS_EVERYWHERE), page.language, inner)
        area = ScrollArea(rows, read=len(rows))
        hints = name_next_language(
            [KeyHint("Enter", "enter", "do-return"), LANGUAGE], page.language, LANGUAGES
        )
    else:
        area = _history_area(page, inner, height)
        own = [KeyHint("Enter", "enter", "do-open")] if page.attempts else []
        hints = _with_common_hints([*own, KeyHint("Esc", "escape", "do-return")], page.language)
    return compose_page(
        [fill_row((title,), width, "head")], area, hints, page.language, width, height, top, area_width=inner
    )


def _with_common_hints(hints: list[KeyHint], language: str) -> list[KeyHint]:
    return name_next_language([*hints, HELP, LANGUAGE], language, LANGUAGES)


def _list_keys(page: HistoryPage) -> tuple[KeyHelp, ...]:
    """List the keys of the list of quizzes, or of one that is open."""
    if page.opened:
        return SCROLL_HELP, KeyHelp("Enter Esc", _("return to the list"), "enter")
    return (
        KeyHelp("↑ ↓", _("move up and down (j and k too)")),
        KeyHelp("Enter", _("open the quiz"), "enter"),
        KeyHelp("Esc q", _("return"), "escape"),
    )


def _history_area(page: HistoryPage, width: int, height: int) -> ScrollArea:
    """Draw what the history adds up to, and the list of quizzes.

    In a low window, the days and the topics stand below the list, so that the first quiz is visible.
    """
    language = page.language
    rows: list[Row] = [(), *wrap_paragraph(page.said, width, "warn")] if page.said else []
    if not page.attempts:
        none = _("There are no attempts yet.").translated(language)
        return ScrollArea(rows or [(), *wrap_paragraph(none, width)])
    start = max(page.cursor - _DRAWN, 0)
    left_width = max(_FIGURES_BESIDE, width * 2 // 5) if width >= TWO_COLUMNS else 0
    left = _summary_rows(page, left_width) if left_width else []
    width -= left_width + COLUMN_GAP if left_width else 0
    figures = [] if left_width else [(), *_figure_rows(page.summary, language, width)]
    progress = (
        [] if left_width else [(), *_day_rows(page, width), *_topic_rows(page.summary, language, width)]
    )
    is_low = len(figures) + len(progress) + _OTHER_ROWS > height
    if not start:
        rows += figures if is_low else [*figures, *progress]
        rows += [(), *wrap_paragraph(_("Your quizzes").translated(language), width, "heading")]
    first = len(rows) - start
    drawn = page.attempts[start : page.cursor + _DRAWN]
    days = [_format_day(attempt, language, width) for _number, attempt in drawn]
    column = max(map(cell_len, days))
    for index, ((number, attempt), day) in enumerate(zip(drawn, days, strict=True), start=start):
        is_under_cursor = index == page.cursor
        day_cell = set_cell_size(day, column)
        rows.append(_attempt_row(number, attempt, day_cell, language, width, is_under_cursor=is_under_cursor))
    at = first + page.cursor
    is_last = page.cursor == len(page.attempts) - 1
    rows += progress if is_low and is_last else []
    focus = (0 if page.said or not page.cursor else at, len(rows) if is_last and page.cursor else at + 1)
    return ScrollArea(rows, focus, whole=len(rows), left=left, left_width=left_width)


def _format_day(attempt: AttemptView, language: str, width: int) -> str:
    """Return the date of a quiz, with its year if there is room."""
    format_day = format_date if width >= _WITH_YEAR else format_short_date
    return format_day(date(*time.localtime(attempt.started)[:3]), language)


def _summary_rows(page: HistoryPage, width: int) -> list[Row]:
    """Draw what the history adds up to: four figures, the last days, and the topics."""
    rows = [(), *_figure_rows(page.summary, page.language, width), (), *_day_rows(page, width)]
    return [*rows, *_topic_rows(page.summary, page.language, width)]


def _figure_rows(summary: HistorySummary, language: str, width: int) -> list[Row]:
    """Draw four figures side by side, each above its meaning, or one below the other if there is no room."""
    share = "–" if summary.recent_share is None else f"{summary.recent_share:.0%}"
    figures = (
        (str(summary.days), ngettext("day", "days", summary.days)),
        (str(summary.quizzes), ngettext("quiz", "quizzes", summary.quizzes)),
        (share, _("right, last 7 days")),
        (str(summary.streak), ngettext("day in a row", "days in a row", summary.streak)),
    )
    meanings = [(value, meaning.translated(language)) for value, meaning in figures]
    columns = [max(map(cell_len, pair)) + 3 for pair in meanings]
    if sum(columns) > width:
        return [(Span(f"{value:>6} ", "strong"), Span(meaning, "dim")) for value, meaning in meanings]
    rows: list[Row] = []
    for texts, look in zip(zip(*meanings, strict=True), _FIGURE_LOOKS, strict=True):
        rows.append(
            tuple(Span(set_cell_size(each, room), look) for each, room in zip(texts, columns, strict=True))
        )
    return rows


def _day_rows(page: HistoryPage, width: int) -> list[Row]:
    """Draw a dot for each of the last days, as many as fit."""
    days = page.days[-width:]
    dots = tuple(Span("●" if day else "○", "accent" if day else "dim") for day in days)
    said = _("the last {count} days, today at the right", count=len(days)).translated(page.language)
    return [dots, *wrap_paragraph(said, width, "dim")]


def _topic_rows(summary: HistorySummary, language: str, width: int) -> list[Row]:
    """Draw a bar for each topic with the share of right answers lately, and an arrow that compares it with before."""
    if not summary.topics:
        return []
    rows: list[Row] = [(), *wrap_paragraph(_("By topic").translated(language), width, "heading")]
    room = max(width - _BAR - len("  100% ↑"), 1)
    column = min(max(cell_len(topic.title) for topic in summary.topics) + 2, room)
    for topic in summary.topics:
        full = round(_BAR * topic.share)
        title = set_cell_size(shorten_text(topic.title, column - 1), column)
        rows.append(
            (
                Span(title),
                Span("█" * full, "full"),
                Span("░" * (_BAR - full), "empty"),
                Span(f" {topic.share:4.0%} "),
                Span(_TREND_SIGNS.get(topic.trend, ""), "right" if topic.trend == "better" else "dim"),
            )
        )
    return rows


def _attempt_row(
    number: int, attempt: AttemptView, day: str, language: str, width: int, *, is_under_cursor: bool
) -> Row:
    """Draw a quiz in one row: its ``day`` and time, the score and, if there is room, a bar for it, and what it was.

    A quiz that was left has no score, so that there is room to say so.
    """
    look: Literal["cursor", "text"] = "cursor" if is_under_cursor else "text"
    key = f"{_OPEN}{number}"
    moment = time.localtime(attempt.started)
    notes: Sequence[str] = [
        note.translated(language)
        for note, holds in (
            (describe_leaving(attempt.answered, attempt.score.total), not attempt.finished),
            (attempt.sort, not attempt.is_practice),
            (_("at a stall"), attempt.kiosk),
            (_("once more"), attempt.is_practice),
        )
        if holds
    ]
    if len(attempt.topics) == 1:
        notes = [*notes, *attempt.topics.values()]
    notes = [*notes, attempt.bank] if attempt.bank else notes
    full = round(_BAR * attempt.score.right / attempt.score.total)
    score = f"{attempt.score.right}/{attempt.score.total}"
    when = Span(f"{'› ' if is_under_cursor else '  '}{day}  {time.strftime('%H:%M', moment)}  ", look, key)
    result = (
        Span(f"{score:>6}  ", look, key),
        *(
            (
                Span("█" * full, "full", key),
                Span("░" * (_BAR - full), "empty", key),
                Span("  ", look, key),
            )
            if width >= _WITH_YEAR
            else ()
        ),
    )
    shown = (when, *result) if attempt.finished else (when,)
    words = shorten_text(locale(language).comma.join(notes), max(width - total_width(shown), 0))
    row = (*shown, Span(words, look, key))
    return fill_row(row, width, look, key)
