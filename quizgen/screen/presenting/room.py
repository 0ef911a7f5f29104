"""What a room sees: few words in a line, in letters as large as the terminal allows. Pure functions.

Each step uses the first of :data:`SIZES` in which it fits the screen. A question has the same size without
and with its options, so that nothing moves when they appear. A step that does not fit in any size scrolls.
"""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.model import help_heading
from quizgen.screen import lines
from quizgen.screen.exhibit import context_rows, exhibit_rows
from quizgen.screen.large_text import draw_large_text, draw_largest_text, has_large_letters
from quizgen.screen.layout import lay_out_lines
from quizgen.screen.page import Page
from quizgen.screen.presenting.layout import (
    HEAD_AND_FOOT,
    MAX_WIDTH,
    draw_talk_page,
    hand_count_bar,
    page_margin,
)
from quizgen.screen.presenting.letters import draw_block_letters
from quizgen.screen.presenting.talk import HAND, Talk, list_option_names, list_right_answer_parts
from quizgen.screen.rows import Look, Row, Span, fill_row, total_width, wrap_paragraph
from quizgen.text.messages import _, ngettext
from quizgen.view.exhibit import ExhibitView
from quizgen.view.question import QuestionView, build_quiz_view
from quizgen.view.results import build_results_view
from quizgen.view.text import localize_for_display


class StepSize(Struct, frozen=True):
    """The size in which a step is drawn.

    ``blocks`` is the scale of block letters (0 for none), ``gap`` the number of blank rows between
    options, and ``measure`` the largest number of cells in a line of small letters on a screen of usual width.
    ``letters`` is the size of large letters for questions, options and numbers (0 for the terminal's own).
    """

    blocks: int
    gap: int
    measure: int
    letters: int = 0


SIZES = (
    *(StepSize(2, 2, 64, letters) for letters in (32, 28, 24, 20, 18, 16, 14)),
    StepSize(2, 1, 64, 14),
    StepSize(2, 1, 64, 12),
    StepSize(2, 2, 64),
    StepSize(2, 1, 64),
    StepSize(1, 1, 64),
    StepSize(1, 0, 64),
    StepSize(0, 1, 72),
    StepSize(0, 0, 90),
)
BESIDE, SMALLEST_BESIDE = 70, 92
"""The widths, in cells, from which on an exhibit is beside its question: usually, and in the smallest size."""

_ROWS_AROUND_TITLE = 5
"""The rules and blank rows around the title of a talk."""

_HOST_SIZES = (18, 16, 14)
"""The sizes of large letters for who holds a talk, smaller than those of its title."""

_MIN_LINE = 16
"""The smallest width of a line, in cells, before a smaller size is used."""

_MAX_SINGLE_COLUMN = 100
"""The largest width of a single column of small letters, in cells, on a wide screen, whose left half it would fill otherwise."""

_MAX_EXHIBIT = 88
"""The largest width of an exhibit, in cells."""

_AREA_OF_CELL = 0.3
"""How many cells a small letter takes at the least if it is large, by the square of its size. Saves drawing in vain."""

_WIDE_COLUMN = 100
"""The width of a column, in cells, from which on its lines are longer than usual."""

_MAX_MEASURE = 110
"""The largest number of cells in a line of small letters, on a wide screen."""

MANY_COLUMNS = 140
"""The number of columns from which on a terminal's letters are too small for a room."""


def draw_room_page(talk: Talk, width: int, height: int, now: float) -> Page:
    """Draw what the room sees at the time ``now``."""
    draw = {
        "question": _asked_question_rows,
        "options": _asked_question_rows,
        "key": _explained_question_rows,
        "end": _end_rows,
    }

    def middle(inner: int, room: int) -> list[Row]:
        if talk.step.stage == "title":
            return _title_rows(talk, inner, room, has_small_letters=width >= MANY_COLUMNS)
        return draw[talk.step.stage](talk, inner, room)

    if talk.dark:
        return Page([fill_row((), width, "text")] * height)
    step = talk.step
    wide = (
        width < MANY_COLUMNS
        or step.index < 0
        or bool(talk.question_view.exhibit)
        or _asked_question_size(talk, width - 2 * page_margin(width), height - HEAD_AND_FOOT).letters > 0
    )
    return draw_talk_page(
        talk, width, height, now, middle, max_width=MAX_WIDTH if wide else _MAX_SINGLE_COLUMN
    )


def _largest_fitting_size(
    draw_rows: Callable[[StepSize], list[Row]], width: int, height: int, largest: StepSize = SIZES[0]
) -> StepSize:
    """Return the largest size in which everything fits the screen; if there is none, the smallest."""
    sizes = SIZES[SIZES.index(largest) :]
    drawn = ((size, draw_rows(size)) for size in sizes)
    return next((size for size, rows in drawn if _rows_fit(rows, width, height)), sizes[-1])


def _rows_fit(rows: Sequence[Row], width: int, height: int) -> bool:
    return len(rows) <= height and max(map(total_width, rows)) <= width


def _title_rows(talk: Talk, width: int, height: int, *, has_small_letters: bool) -> list[Row]:
    """Draw the title, the organiser and the seed; if the letters of the terminal are small, a warning too."""
    language, view = talk.language, build_quiz_view(talk.attempt)
    own = talk.host.title or localize_for_display(talk.attempt.quiz.bank.declared.title, language)
    name = own or _("Phone and online fraud: what do you know?").translated(language)
    questions = ngettext("{count} question", "{count} questions", view.total).translated(language)
    seed = _("Seed {seed}", seed=view.seed).translated(language)
    said: list[tuple[str, Look]] = [(f"{questions} · {seed}", "dim")]
    if has_small_letters:
        warning = _(
            "The letters of this terminal are very small. Enlarge them (Ctrl and +) to about 100 columns, so that the last row can read them."
        )
        said.append((warning.translated(language), "warn"))
    below = [row for text, look in said for row in ((), *wrap_paragraph(text, width, look))]
    host = list(filter(None, (talk.host.organiser, talk.host.contact)))
    left = height - len(below) - len(host) - _ROWS_AROUND_TITLE
    large = draw_largest_text(name, width, left)
    measure = width if large else min(width, SIZES[-1].measure)
    title: list[Row] = [(Span(row, "strong"),) for row in large] or wrap_paragraph(name, measure, "strong")
    left -= len(title)
    rule: Row = (Span("━" * measure, "accent"),)
    rows: list[Row] = [rule, (), *title, (), rule, ()]
    for text in host:
        letters = draw_largest_text(text, width, left, _HOST_SIZES) if large else []
        rows += [(Span(row),) for row in letters] or wrap_paragraph(text, measure)
        left -= max(len(letters) - 1, 0)
    return [*[()] * min(height // 6, max(left, 0)), *rows, *below]


def _asked_question_rows(talk: Talk, width: int, height: int) -> list[Row]:
    """Draw a question. Its options appear with the next step; their space is reserved."""
    size = _asked_question_size(talk, width, height)
    return _question_rows(
        talk, width, size, show_options=talk.step.stage == "options" or talk.can_count_hands
    )


def _asked_question_size(talk: Talk, width: int, height: int) -> StepSize:
    """Return the size for a question. Large letters need room for the reasons too, so that these move nothing."""

    def taller(size: StepSize) -> list[Row]:
        asked = _question_rows(talk, width, size, show_options=True)
        explained = _explained_rows(talk, width, size, keep_size=True) if size.letters else []
        return [
            row if total_width(row) > total_width(other) else other
            for row, other in zip_longest(asked, explained, fillvalue=())
        ]

    view = talk.question_view
    cells = cell_len(view.stem + "".join(part.text for part in view.options))
    room = (width // 2 if view.exhibit else width) * height
    possible = [
        size
        for size in SIZES
        if not size.letters
        or (cells * size.letters**2 * _AREA_OF_CELL <= room and has_large_letters(view.stem, size.letters))
    ]
    return _largest_fitting_size(taller, width, height, possible[0])


def _question_rows(talk: Talk, width: int, size: StepSize, *, show_options: bool) -> list[Row]:
    view = talk.question_view

    def right(cells: int) -> list[Row]:
        rows = _stem_rows(view, cells, size)
        if show_options:
            rows += [(), *_choice_rows(talk, view, cells, size)]
        return rows

    return _put_question_beside_exhibit(view.exhibit, right, width, size)


def _explained_question_rows(talk: Talk, width: int, height: int) -> list[Row]:
    """Draw a question with its right answer, the reason and the advice; in an exhibit, telltale words are in brackets.

    Options stay where they were if there is room. Otherwise only the right answer is drawn.
    """

    def whole(size: StepSize) -> list[Row]:
        return _explained_rows(talk, width, size, keep_size=False)

    size = _asked_question_size(talk, width, height)
    drawn = _explained_rows(talk, width, size, keep_size=True)
    return (
        drawn if _rows_fit(drawn, width, height) else whole(_largest_fitting_size(whole, width, height, size))
    )


def _explained_rows(talk: Talk, width: int, size: StepSize, *, keep_size: bool) -> list[Row]:
    """Draw a question with its right answer, the reason and the advice. If ``keep_size``, all options keep their size."""
    view, language = talk.question_view, talk.language

    def right(cells: int) -> list[Row]:
        return [
            *_stem_rows(view, cells, size),
            (),
            *_right_answer_rows(talk, view, cells, size, keep_size=keep_size),
            (),
            *lay_out_lines(lines.reason_lines(view, language), _line_width(cells, size)),
        ]

    return _put_question_beside_exhibit(view.explained_exhibit, right, width, size)


def _end_rows(talk: Talk, width: int, height: int) -> list[Row]:
    """Draw phone numbers to call for help, and the seed that prints the same questions."""
    language = talk.language
    results, view = build_results_view(talk.attempt), build_quiz_view(talk.attempt)

    def whole(size: StepSize) -> list[Row]:
        heading = help_heading(talk.attempt.quiz.bank.help.values(), _("Numbers")).translated(language)
        rows: list[Row] = [(Span(heading, "accent"),), ()] if results.help else []
        numbers = [_number_rows(part.name, size) for part in results.help]
        column = max((cells for _, cells in numbers), default=0)
        for part, (number, _cells) in zip(results.help, numbers, strict=True):
            text = wrap_paragraph(part.text, max(_line_width(width - column, size), _MIN_LINE))
            rows += [
                *_put_beside(number, column, [*[()] * ((len(number) - len(text) + 1) // 2), *text]),
                *[()] * max(size.gap, 1),
            ]
        said = [
            _("The same questions on paper: seed {seed}", seed=view.seed).translated(language),
            talk.host.organiser,
            talk.host.contact,
        ]
        for line in filter(None, said):
            rows += wrap_paragraph(line, _line_width(width, size), "dim")
        return rows

    return whole(_largest_fitting_size(whole, width, height))


def _stem_rows(view: QuestionView, width: int, size: StepSize) -> list[Row]:
    """Draw a stem beside the number of its question, and how to answer if that is not obvious."""
    lead, column = _letter_rows(str(view.number), size, "accent", "head")
    measure = _line_width(width - column, size)
    text = _spread_vertically(_text_rows(view.stem, width - column, size, "strong"), len(lead))
    if hint := view.room_hint:
        text += [*[()] * min(size.gap, 1), *wrap_paragraph(hint, measure, "accent")]
    return _put_beside(lead, column, text)


def _line_width(width: int, size: StepSize) -> int:
    """Return the width of a line of small letters in a column. In a wide column, lines are longer than usual."""
    return min(width, size.measure if width < _WIDE_COLUMN else min(width * 4 // 5, _MAX_MEASURE))


def _text_rows(text: str, width: int, size: StepSize, look: Look) -> list[Row]:
    """Draw a text in large letters if the size has them and the font has its characters."""
    large = draw_large_text(text, width, size.letters) if size.letters else []
    return [(Span(row, look),) for row in large] or wrap_paragraph(text, _line_width(width, size), look)


def _number_rows(number: str, size: StepSize) -> tuple[list[Row], int]:
    """Draw a phone number as large as the size says. Return its rows and the width of its column."""
    rows = draw_large_text(number, _MAX_EXHIBIT, size.letters) if size.letters else []
    if rows:
        return [(Span(row, "strong"),) for row in rows], max(map(len, rows)) + 4
    return _letter_rows(number, size, "strong", "strong")


def _spread_vertically(text: Sequence[Row], rows: int) -> list[Row]:
    """Spread lines of text over the height of the block letters beside them, if there is room."""
    if len(text) > 1 and len(text) * 2 - 1 <= rows:
        return [row for line in text for row in (line, ())][:-1]
    return [*[()] * ((rows - len(text)) // 2), *text]


def _choice_rows(talk: Talk, view: QuestionView, width: int, size: StepSize) -> list[Row]:
    """Draw prompts, and options with their letters and the numbers of hands."""
    if view.exhibit and view.exhibit.numbered:
        return _line_bar_rows(talk, view, width)
    rows: list[Row] = []
    for part in view.prompts:
        rows += wrap_paragraph(
            part.text, _line_width(width, size), lead=(Span(f" {part.name} ", "chip"), Span("  "))
        )
    if view.prompts:
        rows.append(())
    column, cells = _column_widths(view, width, size)
    for place, name in enumerate(list_option_names(view)):
        rows += _option_rows(talk, place, name, view.options[place].text, column, cells, size, "text")
        rows += [()] * _blank_rows_after_option(size)
    return rows[: len(rows) - _blank_rows_after_option(size)]


def _blank_rows_after_option(size: StepSize) -> int:
    """Return how many blank rows follow an option.

    In ordinary letters, the option's bar takes one of the rows between two options, so fewer are blank.
    """
    return size.gap if size.blocks else max(size.gap - 1, 0)


def _column_widths(view: QuestionView, width: int, size: StepSize) -> tuple[int, int]:
    """Return the width of the column for letters and of the column for texts.

    They are the same for all options, so that bars can be compared.
    """
    column = max((_letter_rows(name, size, "text", "text")[1] for name in list_option_names(view)), default=0)
    return column, width - column if size.letters else _line_width(width - column, size)


def _option_rows(
    talk: Talk, place: int, name: str, text: str, column: int, cells: int, size: StepSize, look: Look
) -> list[Row]:
    """Draw an option beside its letter, with its bar below. A click on it has the effect of its letter.

    ``column`` is the width of the column for letters, and ``cells`` that of the text.
    """
    letter: Look = {"right": "right", "dim": "dim"}.get(look, "accent")  # type: ignore[assignment]
    lead, _ = _letter_rows(name, size, letter, "chip")
    said = _text_rows(("✓ " if look == "right" else "") + text, cells, size, look)
    bars = hand_count_bar(talk, place, min(cells, 44), "full") if talk.can_count_hands else ()
    if size.blocks:
        room = len(lead) - 1
        said = [*_spread_vertically(said, room), *[()] * (room - len(_spread_vertically(said, room)))]
        said.append(bars)
    elif bars or size.gap:
        said.append(bars)
    key = HAND + chr(ord("a") + place)
    return [tuple(replace(span, key=key) for span in row) for row in _put_beside(lead, column, said)]


def _right_answer_rows(
    talk: Talk, view: QuestionView, width: int, size: StepSize, *, keep_size: bool
) -> list[Row]:
    """Draw the right answer with a block letter and a sign.

    If ``keep_size``, the other options keep their size; otherwise they are small.
    """
    key, rows = list_right_answer_parts(talk, talk.step.index), list[Row]()
    is_line = view.exhibit is not None and view.exhibit.numbered
    if is_line or not talk.can_count_hands:
        for part in key:
            chip = (Span(f" {part.name} ", "chip"), Span(" ")) if part.name else ()
            lead = (Span("✓ ", "right"), *chip)
            rows += wrap_paragraph(part.text, _line_width(width, size), "right", lead=lead)
            rows += [()] * min(size.gap, 1)
        return [*rows, *(_line_bar_rows(talk, view, width) if is_line else ())]
    right = {part.name for part in key}
    small, gap = (
        (size, _blank_rows_after_option(size))
        if keep_size
        else (StepSize(0, 0, size.measure), min(size.gap, 1))
    )
    column, cells = _column_widths(view, width, size)
    for part, (place, name) in zip(view.options, enumerate(list_option_names(view)), strict=True):
        if name in right:
            rows += _option_rows(talk, place, name, part.text, column, cells, size, "right")
        else:
            rows += _option_rows(talk, place, name, part.text, column, cells, small, "dim")
        rows += [()] * gap
    return rows[: len(rows) - gap]


def _line_bar_rows(talk: Talk, view: QuestionView, width: int) -> list[Row]:
    """Draw bars with the numbers of hands for the lines of an exhibit."""
    if not talk.hand_counts:
        return []
    rows: list[Row] = []
    for place, name in enumerate(list_option_names(view)):
        rows.append(
            (Span(f" {name} ", "chip"), Span("  "), *hand_count_bar(talk, place, min(width - 5, 44), "full"))
        )
    return rows


def _letter_rows(name: str, size: StepSize, look: Look, chip: Look) -> tuple[list[Row], int]:
    """Draw a letter or a number, in block letters or on a coloured background.

    Return its rows and their width.
    """
    block = draw_block_letters(name, size.blocks) if size.blocks else []
    if not block:
        return [(Span(f" {name} ", chip),)], len(name) + 4
    rows: list[Row] = [(Span(row, look),) for row in block]
    return rows, max(total_width(rows[0]) + 2 + size.blocks, 5 * size.blocks + 2)


def _put_beside(left_rows: Sequence[Row], column: int, right_rows: Sequence[Row]) -> list[Row]:
    """Put rows beside other rows, which are ``column`` cells wide."""
    return [
        (*fill_row(one, column, "text"), *other) if other else one
        for one, other in zip_longest(left_rows, right_rows, fillvalue=())
    ]


def _put_question_beside_exhibit(
    exhibit: ExhibitView | None, draw_question: Callable[[int], list[Row]], width: int, size: StepSize
) -> list[Row]:
    """Put a question beside its exhibit, or below it if there is no room beside it."""
    if not exhibit:
        return draw_question(width)
    if width < (SMALLEST_BESIDE if size == SIZES[-1] else BESIDE):
        return [*exhibit_rows(exhibit, width), *draw_question(width)]
    column = min(width // 2, _MAX_EXHIBIT if width > MANY_COLUMNS else 72)
    said = _phone_rows(exhibit, column) if size.blocks else exhibit_rows(exhibit, column)[:-1]
    return _put_beside(said, column + 3, draw_question(width - column - 3))


def _phone_rows(exhibit: ExhibitView, width: int) -> list[Row]:
    """Draw a phone around an exhibit that comes by phone; a letter and a page have no such frame."""
    if exhibit.frame.said == "text":
        return exhibit_rows(exhibit, width)[:-1]
    inner = width - 4
    rule = "━" * ((width - 8) // 2)
    middle = width - 2 - 2 * len(rule)
    rows: list[Row] = [
        *context_rows(exhibit, width),
        (Span(f"┏{rule}{'▂' * (middle - 2):^{middle}}{rule}┓", "dim"),),
    ]
    rows += [
        (Span("┃ ", "dim"), *fill_row(row, inner, "text"), Span(" ┃", "dim"))
        for row in exhibit_rows(replace(exhibit, context=""), inner)
    ]
    return [*rows, (Span(f"┗{rule}{'━' * middle}{rule}┛", "dim"),)]
