"""A session -> a full screen of rows, for a width and a height in cells. Pure; nothing here knows a terminal."""

from collections.abc import Callable

from msgspec import Struct

from quizgen.language import LANGUAGES, locale, message
from quizgen.model import topic_of
from quizgen.screen import ending, marks, parts, telling, words
from quizgen.screen.foot import keys
from quizgen.screen.rows import Look, Row, Span, filled, flowing, paragraph, sides, width_of
from quizgen.screen.session import IDLE_SECONDS, WAIT_SECONDS, Scene, Session

SMALLEST = (40, 16)
"""Columns and lines below which the quiz only asks for more."""

WIDEST = 96
"""Cells of a line of text; a longer one loses the eye."""


class Page(Struct, frozen=True):
    """A screen: exactly as many rows as it has lines.

    ``caret`` is the column and line where words are typed. ``top`` is the first row shown of the middle
    part, ``most`` the highest that it can be, and ``room`` how many of its rows are seen at once.
    """

    rows: list[Row]
    caret: tuple[int, int] | None = None
    top: int = 0
    most: int = 0
    room: int = 0


class _Middle(Struct):
    """What scrolls: rows, those that must be seen (first, past the last), and the caret among them."""

    rows: list[Row]
    focus: tuple[int, int] = (0, 0)
    caret: tuple[int, int] | None = None


def page(session: Session, width: int, height: int, top: int | None = None) -> Page:
    """Set a session; ``top`` is where the person has scrolled to, or ``None`` to show what matters now."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return _too_small(session, width, height)
    margin = max((width - WIDEST) // 2, 2 if width >= 60 else 1)  # noqa: PLR2004  little to spare below
    inner = width - 2 * margin
    head = _head(session, width, margin)
    foot = [_indented(row, margin, width, "foot") for row in flowing(keys(session), inner)]
    middle = _MIDDLES.get(session.scene, _ended)(session, inner)
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
    return Page([*head, *rows, *foot], caret, first, most, room)


def _too_small(session: Session, width: int, height: int) -> Page:
    text = message(session.attempt.quiz.language, "app.too-small", width=width, height=height)
    rows = [filled(row, width, "text") for row in paragraph(text, max(width, 2), "warn")][:height]
    return Page([*rows, *[(Span(" " * width),)] * (height - len(rows))])


def _indented(row: Row, margin: int, width: int, look: Look) -> Row:
    return filled((Span(" " * margin, look), *row), width, look)


def _marked(row: Row, mark: str, key: str) -> Row:
    """Show in the last column of a row, which is margin, that there is more that way."""
    *others, last = row
    return (*others, Span(last.text[:-1], last.look, last.key), Span(mark, "accent", key))


def _top(middle: _Middle, room: int) -> int:
    """Scroll no further than it takes to show what must be seen, its beginning before its end."""
    first, last = middle.focus
    return min(max(last - room, 0), first)


# The head


def _head(session: Session, width: int, margin: int) -> list[Row]:
    """Say where one stands, above a bar of how far that is."""
    attempt = session.attempt
    language = attempt.quiz.language
    edge = Span(" " * margin, "head")
    if session.scene == "welcome":
        return [filled((edge, Span("Quizgen", "head")), width, "head")]
    question = parts.at_hand(session)
    title = words.topic_title(attempt, topic_of(question.id)) if question else message(language, "take.end")
    state: list[str] = []
    if session.unkept:
        state.append(message(language, "app.not-kept"))
    if session.left is not None:
        state.append(words.clock(session.left))
    if attempt.told:
        state.append(message(language, "app.so-far", right=attempt.score().right))
    if question:
        number = attempt.quiz.questions.index(question) + 1
        state.append(message(language, "app.place", number=number, total=attempt.total))
    right = (Span("  ".join(state), "head"), edge)
    full = round(width * attempt.position / attempt.total)
    bar = (Span("━" * full, "full"), Span("─" * (width - full), "empty"))
    return [sides((edge, Span(title, "head")), right, width, "head"), bar]


# The middle


def _asked(session: Session, width: int) -> _Middle:
    attempt, question = session.attempt, session.attempt.question
    assert question is not None  # noqa: S101  what the scene means
    language = attempt.quiz.language
    rows: list[Row] = [(), *paragraph(words.shown(question.stem, language), width, "strong"), ()]
    choices, focus, caret = parts.choices(question.answer, session.draft, language, width)
    start = len(rows)
    rows += choices
    hint = parts.hint(question.answer, language)
    rows.append(())
    if session.late:
        rows += paragraph(message(language, "app.late-before"), width, "warn")
    if session.unclear:
        rows += paragraph(message(language, "app.unclear"), width, "warn")
    rows += paragraph(hint, width, "dim")
    shown = (start + focus[0], start + focus[1]) if focus else (0, len(rows))
    return _Middle(rows, shown, (caret[0], caret[1] + start) if caret else None)


def _told(session: Session, width: int) -> _Middle:
    """Give the verdict, the answer beside the right one, and all that explains it; the verdict is always seen."""
    attempt = session.attempt
    given = parts.told(session)
    question = attempt.quiz.questions[given]
    response, language = attempt.given[given].response, attempt.quiz.language
    rows: list[Row] = [(), *paragraph(words.shown(question.stem, language), width, "strong"), ()]
    verdict = len(rows)
    rows += marks.verdict(question.answer, response, language, width, late=session.late)
    rows += [*marks.marked(question.answer, response, language, width), ()]
    rows += marks.reasons(attempt, question, width)
    return _Middle(rows, (verdict, len(rows)))


def _looked(session: Session, width: int) -> _Middle:
    attempt = session.attempt
    question, given = attempt.quiz.questions[session.looked], attempt.given[session.looked]
    language = attempt.quiz.language
    rows: list[Row] = [(), *paragraph(words.shown(question.stem, language), width, "strong"), ()]
    if not attempt.told:
        return _Middle([*rows, *marks.given(question.answer, given.response, language, width)])
    rows += marks.verdict(question.answer, given.response, language, width)
    rows += [*marks.marked(question.answer, given.response, language, width), ()]
    return _Middle([*rows, *marks.reasons(attempt, question, width)])


def _ended(session: Session, width: int) -> _Middle:
    """Give the score, a bar for each topic, and every mistake with what was right and why."""
    attempt = session.attempt
    language = attempt.quiz.language
    rows: list[Row] = [(), *paragraph(ending.score(attempt).text, width, "strong"), ()]
    if session.said:
        rows += [*paragraph(session.said, width, "accent"), ()]
    title, bars = ending.bars(attempt)
    rows += [(Span(title, "dim"),), *parts.bars(bars, width), ()]
    if session.unkept:
        rows += [*paragraph(message(language, "app.unkept"), width, "warn"), ()]
    if attempt.kiosk:
        rows += [*paragraph(message(language, "kiosk.thanks"), width, "strong"), ()]
    missed = [
        (question, given)
        for question, given in zip(attempt.quiz.questions, attempt.given, strict=False)
        if not given.right
    ]
    if not missed:
        perfect = paragraph(message(language, "app.perfect"), width, "right", lead=(Span("✓ ", "right"),))
        return _Middle([*rows, *perfect])
    rows.append((Span(message(language, "app.mistakes"), "dim"),))
    for number, (question, given) in enumerate(missed, start=1):
        lead = (Span(f"{number}. ", "strong"),)
        inner = width - width_of(lead)
        about = [
            *marks.marked(question.answer, given.response, language, inner, brief=True),
            *marks.reasons(attempt, question, inner, article=False),
        ]
        rows += [(), *paragraph(words.shown(question.stem, language), width, "strong", lead=lead)]
        rows += [(Span(" " * width_of(lead)), *row) for row in about]
    rows.append(())
    for line in telling.articles(attempt.quiz.bank, language):
        rows += paragraph(line.whole, width, "dim")
    return _Middle(rows)


def _named(session: Session, width: int) -> _Middle:
    """Ask for the name on a certificate."""
    language = session.attempt.quiz.language
    rows: list[Row] = [(), *paragraph(message(language, "certificate.name"), width, "strong"), ()]
    field, (x, y) = parts.field(session.draft, width)
    caret = x, y + len(rows)
    return _Middle(
        [*rows, *field, (), *paragraph(message(language, "certificate.name-hint"), width, "dim")], caret=caret
    )


def _welcome(session: Session, width: int) -> _Middle:
    rows: list[Row] = [()]
    total = session.attempt.total
    for index, language in enumerate(LANGUAGES):
        key = str(index + 1)
        chosen = index == session.draft.cursor
        chip = (
            Span("› " if chosen else "  ", "accent", key),
            Span(f" {key} ", "picked" if chosen else "chip", key),
            Span(" ", "text", key),
        )
        rows += [(), *paragraph(locale(language).autonym, width, "strong", lead=chip, key=key)]
        for text in (
            message(language, "kiosk.welcome", total=total, number=key),
            message(language, "kiosk.nameless"),
        ):
            rows += paragraph(text, width, "dim", lead=(Span(" " * 6, "text", key),), key=key)
    rows.append(())
    for line in telling.articles(session.attempt.quiz.bank, LANGUAGES[session.draft.cursor]):
        rows += paragraph(line.whole, width, "dim")
    return _Middle(rows)


def _still(session: Session, width: int) -> _Middle:
    language = session.attempt.quiz.language
    left = max(IDLE_SECONDS + WAIT_SECONDS - (session.at - session.touched), 0)
    asked = paragraph(message(language, "kiosk.still"), width, "strong")
    return _Middle([(), *asked, (), *paragraph(message(language, "kiosk.go-on", seconds=round(left)), width)])


def _all_keys(session: Session, width: int) -> _Middle:
    language = session.attempt.quiz.language
    caps = [
        ("a b c 1 2 3", "keys-letters"),
        ("↑ ↓ PgUp PgDn", "keys-arrows"),
        ("Space", "keys-space"),
        ("Enter", "keys-enter"),
        ("←", "keys-look"),
        ("l", "keys-language"),
        ("s", "keys-skip"),
        *([] if session.attempt.kiosk else [("q", "keys-stop")]),
        ("Esc", "keys-escape"),
        ("Ctrl-T", "keys-theme"),
        ("", "keys-mouse"),
    ]
    rows: list[Row] = [(), (Span(message(language, "app.keys-title"), "strong"),), ()]
    for cap, name in caps:
        lead = (Span(f" {cap} ", "key"), Span(" " * (16 - len(cap)))) if cap else (Span(" " * 18),)
        rows += paragraph(message(language, f"app.{name}"), width, "text", lead=lead)
    return _Middle(rows)


_MIDDLES: dict[Scene, Callable[[Session, int], _Middle]] = {
    "welcome": _welcome,
    "still": _still,
    "keys": _all_keys,
    "ask": _asked,
    "told": _told,
    "look": _looked,
    "name": _named,
}
