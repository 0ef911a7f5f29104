"""The welcome page of a kiosk, where a visitor chooses a language."""

from msgspec.structs import replace

from quizgen.screen.answer_input import DIGITS, AnswerInput
from quizgen.screen.exhibit import exhibit_rows
from quizgen.screen.large_text import draw_largest_text
from quizgen.screen.rows import Row, Span, wrap_paragraph
from quizgen.screen.scenes import LANGUAGE, KeyHint, Scene, ScrollArea
from quizgen.screen.session import Session, list_quiz_languages
from quizgen.text.languages import locale
from quizgen.text.messages import _, pgettext
from quizgen.view.question import build_question_view, reveal_lines
from quizgen.view.sources import list_source_titles
from quizgen.view.text import localize_for_display

_LINE_SECONDS = 2.5
"""How long it takes until the next line of the invitation appears."""

_DEMOS = 2
"""How many calls and messages take turns as the invitation."""

_TIME_TO_READ = 4
"""How many steps a whole call or message stays before the next one begins."""

_OWN_HEADLINE = _("Tell a scam from a genuine contact, and know what to do first.")

_MAX_HEADLINE = 14
"""The most rows of a headline in large letters."""


class WelcomeScene(Scene):
    """A list of languages, each with its own name. A digit begins the quiz in one of them."""

    overlay = True
    progress = False

    def handle_key(self, session: Session, key: str) -> Session:
        """Move among the languages, or begin the quiz in one of them."""
        languages = list_quiz_languages(session.attempt)
        cursor, count = session.draft.cursor, len(languages)
        digits = DIGITS[:count]
        if key in ("up", "down"):
            cursor = (cursor + (1 if key == "down" else -1)) % count
        elif key in tuple(digits):
            cursor = digits.index(key)
        elif key == "l":
            cursor = (cursor + 1) % count
        elif key not in ("enter", " "):
            return session
        begins = key in ("enter", " ", *digits)
        return replace(
            session,
            attempt=session.attempt.in_language(languages[cursor]),
            draft=AnswerInput(cursor=cursor),
            request="begin" if begins else None,
        )

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw who runs the kiosk, the languages, what the quiz is about, and its sources.

        If there is room, a call or message from the quiz appears line by line as an invitation, and the headline is
        in large letters.
        """
        languages = list_quiz_languages(session.attempt)
        reader = languages[session.draft.cursor]
        headline = _headline(session, reader)
        demo = _demo_rows(session, reader, width)
        best = _best_rows(session, reader, width)
        small = _greeting_rows(session, wrap_paragraph(headline, width, "strong"), width)
        rows, focus = _language_rows(session, width)
        area = ScrollArea(
            [*small, *rows, (), *_source_rows(session, reader, width)],
            (focus[0] + len(small), focus[1] + len(small)),
            whole=len(small) + len(rows),  # all languages at once, so that everybody finds their own
        )
        below = [*demo, *_short_language_rows(session, width), *best]
        playing = ScrollArea([*small, *below])
        if large := _large_headline_rows(session, reader, width):
            greeting = _greeting_rows(session, large, width)
            playing = replace(playing, roomier=ScrollArea([*greeting, *below]))
        return replace(area, roomier=playing) if demo else area

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Return the hint for the key that begins the quiz."""
        return [KeyHint("Enter", "enter", "do-begin"), LANGUAGE]


def _headline(session: Session, language: str) -> str:
    """Return the headline of the profile, the title of a bank about another subject than fraud, or quizgen's headline."""
    return (
        session.greeting.headline
        or localize_for_display(session.attempt.quiz.bank.declared.title, language)
        or _OWN_HEADLINE.translated(language)
    )


def _large_headline_rows(session: Session, language: str, width: int) -> list[Row]:
    """Draw the headline in large letters; none if it is too long for them.

    Our own headline is too long, so it is below three words that are not.
    """
    headline, below = _headline(session, language), ""
    if headline == _OWN_HEADLINE.translated(language):
        headline, below = pgettext("headline", "Real or scam?").translated(language), headline
    large = draw_largest_text(headline, width, _MAX_HEADLINE)
    said = [(), *wrap_paragraph(below, width, "strong")] if below else []
    return [*((Span(row, "strong"),) for row in large), *said] if large else []


def _greeting_rows(session: Session, headline: list[Row], width: int) -> list[Row]:
    """Draw who runs the kiosk, the headline, and the invitation."""
    rows: list[Row] = [()]
    if session.greeting.organiser:
        rows += wrap_paragraph(session.greeting.organiser, width, "dim")
    rows += headline
    if session.greeting.invitation:
        rows += wrap_paragraph(session.greeting.invitation, width, "text")
    return rows


def _start_hint(session: Session, key: str, language: str) -> str:
    """Return how long the quiz is, and which key begins it."""
    return _(
        "Questions: {total}. Press {number} to start.", total=session.attempt.total, number=key
    ).translated(language)


def _language_chip(session: Session, index: int) -> tuple[Span, Span, Span]:
    """Draw the digit of a language, and whether it is under the cursor."""
    key, chosen = str(index + 1), index == session.draft.cursor
    return (
        Span("› " if chosen else "  ", "accent", key),
        Span(f" {key} ", "picked" if chosen else "chip", key),
        Span(" ", "text", key),
    )


def _language_rows(session: Session, width: int) -> tuple[list[Row], tuple[int, int]]:
    """Draw each language with how to begin in it, and return where the one under the cursor is."""
    rows: list[Row] = []
    focus = (0, 0)
    for index, language in enumerate(list_quiz_languages(session.attempt)):
        key, first = str(index + 1), len(rows)
        lead = _language_chip(session, index)
        rows += [(), *wrap_paragraph(locale(language).autonym, width, "strong", lead=lead, key=key)]
        for text in (
            _start_hint(session, key, language),
            _("No name is asked for or saved.").translated(language),
        ):
            rows += wrap_paragraph(text, width, "dim", lead=(Span(" " * 6, "text", key),), key=key)
        focus = (first, len(rows)) if index == session.draft.cursor else focus
    return rows, focus


def _short_language_rows(session: Session, width: int) -> list[Row]:
    """Draw each language on a row of its own."""
    rows: list[Row] = [()]
    for index, language in enumerate(list_quiz_languages(session.attempt)):
        key = str(index + 1)
        name = Span(f"{locale(language).autonym}  ", "strong", key)
        rows += wrap_paragraph(
            _start_hint(session, key, language),
            width,
            "dim",
            lead=(*_language_chip(session, index), name),
            key=key,
        )[:1]
    return rows


def _demo_rows(session: Session, language: str, width: int) -> list[Row]:
    """Draw the shortest calls and messages of the quiz in turn, line by line, always on as many rows; none without any."""
    attempt = session.attempt.in_language(language)
    exhibits = attempt.quiz.bank.exhibits
    usable = [
        (len(exhibit_rows(view.exhibit, width)), view)
        for index, question in enumerate(attempt.quiz.questions)
        if question.answer.is_genuine_or_scam_choice and not exhibits[question.exhibit].context
        for view in [build_question_view(attempt, index)]
    ]
    shown = sorted(usable, key=lambda each: each[0])[:_DEMOS]
    if not shown:
        return []
    steps = int(max(session.at - session.touched, 0.0) / _LINE_SECONDS)
    lengths = [len(exhibits[view.question.exhibit].lines) + _TIME_TO_READ for _height, view in shown]
    left = steps % sum(lengths)
    current = 0
    while left >= lengths[current]:
        left -= lengths[current]
        current += 1
    view = shown[current][1]
    rows = exhibit_rows(reveal_lines(view, left + 1).exhibit, width, view.exhibit)
    is_whole = left + 1 >= lengths[current] - _TIME_TO_READ
    asked = wrap_paragraph(view.stem, width, "accent") if is_whole else []
    blank: list[Row] = [()]
    return [(), *rows, *asked, *blank * (shown[-1][0] + 1 - len(rows) - len(asked))]


def _best_rows(session: Session, language: str, width: int) -> list[Row]:
    """Draw the best results of the day, and the line that says that no name is saved."""
    said = [each.translated(language) for each in session.greeting.best]
    rows: list[Row] = []
    if said:
        line = _("Best of today: {results}", results=" · ".join(said)).translated(language)
        rows += wrap_paragraph(line, width, "strong")
    return [*rows, *wrap_paragraph(_("No name is asked for or saved.").translated(language), width, "dim")]


def _source_rows(session: Session, language: str, width: int) -> list[Row]:
    """Draw the titles of the sources."""
    titles = list_source_titles(session.attempt.quiz.bank, language)
    return [row for title in titles for row in wrap_paragraph(title, width, "dim")]


SCENE = WelcomeScene()
