"""What a room sees: few words in a line, in letters as large as a terminal has. Pure functions.

Each step uses the first of :data:`SIZES` in which it fits the screen. A question has the same size without and with its
options, so that nothing moves when they appear. A step that is too tall in any size scrolls.
"""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from quizgen.screen import lines
from quizgen.screen.exhibit import context_rows, exhibit_rows
from quizgen.screen.layout import lay_out
from quizgen.screen.page import Page
from quizgen.screen.presenting.layout import MAX_WIDTH, bar, talk_page
from quizgen.screen.presenting.letters import block_letters
from quizgen.screen.presenting.talk import HAND, Talk, key_parts, option_names
from quizgen.screen.rows import Look, Row, Span, fill_row, paragraph, width_of
from quizgen.text.messages import _, ngettext
from quizgen.view.exhibit import ExhibitView
from quizgen.view.question import QuestionView, build_quiz_view
from quizgen.view.results import build_results_view
from quizgen.view.text import localize_for_display


class Size(Struct, frozen=True):
    """The size of a step: the scale of block letters (0 for none), blank rows between options, and cells in a line."""

    blocks: int
    gap: int
    measure: int


SIZES = (Size(2, 2, 64), Size(2, 1, 64), Size(1, 1, 64), Size(1, 0, 64), Size(0, 1, 72), Size(0, 0, 90))
BESIDE, SMALLEST_BESIDE = 70, 92
"""The widths, in cells, from which on an exhibit is beside its question: usually, and in the smallest size."""

_MIN_LINE = 16
"""The smallest width of a line, in cells, before a smaller size is used."""

_MAX_SINGLE_COLUMN = 100
"""The largest width of a single column, in cells, on a wide screen, whose left half it would fill otherwise."""

MANY_COLUMNS = 140
"""The number of columns from which on a terminal's letters are too small for a room."""


def room_page(talk: Talk, width: int, height: int, at: float) -> Page:
    """Draw what the room sees at time ``at``."""
    draw = {"question": _asked, "options": _asked, "key": _explained, "end": _end}

    def middle(inner: int, room: int) -> list[Row]:
        if talk.step.stage == "title":
            return _title(talk, inner, room, small=width >= MANY_COLUMNS)
        return draw[talk.step.stage](talk, inner, room)

    if talk.dark:
        return Page([fill_row((), width, "text")] * height)
    step = talk.step
    wide = width < MANY_COLUMNS or step.stage == "end" or (step.index >= 0 and talk.question_view.exhibit)
    return talk_page(talk, width, height, at, middle, widest=MAX_WIDTH if wide else _MAX_SINGLE_COLUMN)


def _fitting(draw: Callable[[Size], list[Row]], width: int, room: int, largest: Size = SIZES[0]) -> Size:
    """Return the largest size in which everything fits the screen, or the smallest."""
    sizes = SIZES[SIZES.index(largest) :]
    drawn = ((size, draw(size)) for size in sizes)
    return next((size for size, rows in drawn if _fits(rows, width, room)), sizes[-1])


def _fits(rows: Sequence[Row], width: int, room: int) -> bool:
    return len(rows) <= room and max(map(width_of, rows)) <= width


def _title(talk: Talk, width: int, room: int, *, small: bool) -> list[Row]:
    """Show the title, the organiser and the seed; and a warning if the terminal's letters are ``small``."""
    language, view = talk.language, build_quiz_view(talk.attempt)
    measure = min(width, SIZES[0].measure)
    rule: Row = (Span("━" * measure, "accent"),)
    own = talk.host.title or localize_for_display(talk.attempt.quiz.bank.declared.title, language)
    title = paragraph(
        own or _("Phone and online fraud: what do you know?").translated(language), measure, "strong"
    )
    rows = [*[()] * (room // 6), rule, (), *title, (), rule, ()]
    for text in filter(None, (talk.host.organiser, talk.host.contact)):
        rows += paragraph(text, measure)
    questions = ngettext("{count} question", "{count} questions", view.total).translated(language)
    seed = _("Seed {seed}", seed=view.seed).translated(language)
    rows += [(), (Span(f"{questions} · {seed}", "dim"),)]
    if small:
        rows += [
            (),
            *paragraph(
                _(
                    "The letters of this terminal are very small. Enlarge them (Ctrl and +) to about 100 columns, so that the last row can read them."
                ).translated(language),
                measure,
                "warn",
            ),
        ]
    return rows


def _asked(talk: Talk, width: int, room: int) -> list[Row]:
    """Show a question, with its options once they are due; their space is reserved."""
    size = _size_asked(talk, width, room)
    return _question(talk, width, size, options=talk.step.stage == "options" or talk.may_count)


def _size_asked(talk: Talk, width: int, room: int) -> Size:
    return _fitting(lambda size: _question(talk, width, size, options=True), width, room)


def _question(talk: Talk, width: int, size: Size, *, options: bool) -> list[Row]:
    view = talk.question_view

    def right(cells: int) -> list[Row]:
        rows = _stem(view, cells, size)
        if options:
            rows += [(), *_choices(talk, view, cells, size)]
        return rows

    return _around(view.exhibit, right, width, size)


def _explained(talk: Talk, width: int, room: int) -> list[Row]:
    """Show a question with its key, the reason and the advice; an exhibit with its signs marked.

    Options stay where they were if there is room, or else only the key is shown.
    """
    view, language = talk.question_view, talk.language

    def whole(size: Size, *, stood: bool = False) -> list[Row]:
        def right(cells: int) -> list[Row]:
            measure = min(cells, size.measure)
            return [
                *_stem(view, cells, size),
                (),
                *_key(talk, view, cells, size, stood=stood),
                (),
                *lay_out(lines.reasons(view, language), measure),
            ]

        return _around(view.explained_exhibit, right, width, size)

    size = _size_asked(talk, width, room)
    drawn = whole(size, stood=True)
    return drawn if _fits(drawn, width, room) else whole(_fitting(whole, width, room, size))


def _end(talk: Talk, width: int, room: int) -> list[Row]:
    """Show help numbers, and the seed for printing the same questions."""
    language = talk.language
    results, view = build_results_view(talk.attempt), build_quiz_view(talk.attempt)

    def whole(size: Size) -> list[Row]:
        rows: list[Row] = [(Span(_("Numbers").translated(language), "accent"),), ()] if results.help else []
        numbers = [_letter(part.name, size, "strong", "strong") for part in results.help]
        column = max((cells for _, cells in numbers), default=0)
        for part, (number, _cells) in zip(results.help, numbers, strict=True):
            text = paragraph(part.text, max(min(width - column, size.measure), _MIN_LINE))
            rows += [*_beside(number, column, [*[()] * (len(number) // 2), *text]), *[()] * max(size.gap, 1)]
        said = [
            _("The same questions on paper: seed {seed}", seed=view.seed).translated(language),
            talk.host.organiser,
            talk.host.contact,
        ]
        for line in filter(None, said):
            rows += paragraph(line, min(width, size.measure), "dim")
        return rows

    return whole(_fitting(whole, width, room))


def _stem(view: QuestionView, width: int, size: Size) -> list[Row]:
    """Show a stem beside the number of its question, and how to answer if that is not obvious."""
    lead, column = _letter(str(view.number), size, "accent", "head")
    measure = min(width - column, size.measure)
    text = _spread(paragraph(view.stem, measure, "strong"), len(lead))
    if hint := view.room_hint:
        text += [*[()] * min(size.gap, 1), *paragraph(hint, measure, "accent")]
    return _beside(lead, column, text)


def _spread(text: Sequence[Row], rows: int) -> list[Row]:
    """Spread lines of text over the height of the block letters beside them, if there is room."""
    if len(text) > 1 and len(text) * 2 - 1 <= rows:
        return [row for line in text for row in (line, ())][:-1]
    return [*[()] * ((rows - len(text)) // 2), *text]


def _choices(talk: Talk, view: QuestionView, width: int, size: Size) -> list[Row]:
    """Show prompts, and options with letters and counts of hands."""
    if view.exhibit and view.exhibit.numbered:
        return _line_bars(talk, view, width)
    rows: list[Row] = []
    for part in view.prompts:
        rows += paragraph(
            part.text, min(width, size.measure), lead=(Span(f" {part.name} ", "chip"), Span("  "))
        )
    if view.prompts:
        rows.append(())
    column, cells = _columns(view, width, size)
    for place, name in enumerate(option_names(view)):
        rows += _option(talk, place, name, view.options[place].text, column, cells, size, "text")
        rows += [()] * _apart(size)
    return rows[: len(rows) - _apart(size)]


def _apart(size: Size) -> int:
    """Return how many blank rows follow an option; without a block letter, the first of them is for its bar."""
    return size.gap if size.blocks else max(size.gap - 1, 0)


def _columns(view: QuestionView, width: int, size: Size) -> tuple[int, int]:
    """Return the cells for letters, the same for all options so that bars can be compared, and those for texts."""
    column = max((_letter(name, size, "text", "text")[1] for name in option_names(view)), default=0)
    return column, min(width - column, size.measure)


def _option(
    talk: Talk, place: int, name: str, text: str, column: int, cells: int, size: Size, look: Look
) -> list[Row]:
    """Show an option beside its letter, in a ``column`` of that width, and its bar below; a click on it is its letter."""
    letter: Look = {"right": "right", "dim": "dim"}.get(look, "accent")  # type: ignore[assignment]
    lead, _ = _letter(name, size, letter, "chip")
    said = paragraph(("✓ " if look == "right" else "") + text, cells, look)
    bars = bar(talk, place, min(cells, 44), "full") if talk.may_count else ()
    if size.blocks:
        room = len(lead) - 1
        said = [*_spread(said, room), *[()] * (room - len(_spread(said, room)))]
        said.append(bars)
    elif bars or size.gap:
        said.append(bars)
    key = HAND + chr(ord("a") + place)
    return [tuple(replace(span, key=key) for span in row) for row in _beside(lead, column, said)]


def _key(talk: Talk, view: QuestionView, width: int, size: Size, *, stood: bool) -> list[Row]:
    """Show the key with a block letter and a sign, and other options as they ``stood``, or small."""
    key, rows = key_parts(talk, talk.step.index), list[Row]()
    is_line = view.exhibit is not None and view.exhibit.numbered
    if is_line or not talk.may_count:
        for part in key:
            chip = (Span(f" {part.name} ", "chip"), Span(" ")) if part.name else ()
            lead = (Span("✓ ", "right"), *chip)
            rows += paragraph(part.text, min(width, size.measure), "right", lead=lead)
            rows += [()] * min(size.gap, 1)
        return [*rows, *(_line_bars(talk, view, width) if is_line else ())]
    right = {part.name for part in key}
    small, gap = (size, _apart(size)) if stood else (Size(0, 0, size.measure), min(size.gap, 1))
    column, cells = _columns(view, width, size)
    for part, (place, name) in zip(view.options, enumerate(option_names(view)), strict=True):
        if name in right:
            rows += _option(talk, place, name, part.text, column, cells, size, "right")
        else:
            rows += _option(talk, place, name, part.text, column, cells, small, "dim")
        rows += [()] * gap
    return rows[: len(rows) - gap]


def _line_bars(talk: Talk, view: QuestionView, width: int) -> list[Row]:
    """Draw the counts of hands for lines of an exhibit."""
    if not talk.counts:
        return []
    rows: list[Row] = []
    for place, name in enumerate(option_names(view)):
        rows.append((Span(f" {name} ", "chip"), Span("  "), *bar(talk, place, min(width - 5, 44), "full")))
    return rows


def _letter(name: str, size: Size, look: Look, chip: Look) -> tuple[list[Row], int]:
    """Return a letter or a number, as block letters or a chip: its rows, and its width including space."""
    block = block_letters(name, size.blocks) if size.blocks else []
    if not block:
        return [(Span(f" {name} ", chip),)], len(name) + 4
    rows: list[Row] = [(Span(row, look),) for row in block]
    return rows, max(width_of(rows[0]) + 2 + size.blocks, 5 * size.blocks + 2)


def _beside(left: Sequence[Row], column: int, right: Sequence[Row]) -> list[Row]:
    """Put rows beside others that are ``column`` cells wide."""
    return [
        (*fill_row(one, column, "text"), *other) if other else one
        for one, other in zip_longest(left, right, fillvalue=())
    ]


def _around(
    exhibit: ExhibitView | None, right: Callable[[int], list[Row]], width: int, size: Size
) -> list[Row]:
    """Put a question beside its exhibit, or below it if there is no room beside."""
    if not exhibit:
        return right(width)
    if width < (SMALLEST_BESIDE if size == SIZES[-1] else BESIDE):
        return [*exhibit_rows(exhibit, width), *right(width)]
    column = min(width // 2, 72)
    said = _phone(exhibit, column) if size.blocks else exhibit_rows(exhibit, column)[:-1]
    return _beside(said, column + 3, right(width - column - 3))


def _phone(exhibit: ExhibitView, width: int) -> list[Row]:
    """Draw a phone around what comes by phone; a letter and a page have no frame."""
    if exhibit.form not in ("bubble", "call"):
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
