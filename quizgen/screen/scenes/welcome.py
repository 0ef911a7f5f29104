"""The welcome page of a kiosk, where a visitor chooses a language."""

from msgspec.structs import replace

from quizgen.screen.answer_input import DIGITS, AnswerInput
from quizgen.screen.rows import Look, Row, Span, wrap_paragraph
from quizgen.screen.scenes import LANGUAGE, KeyHint, Scene, ScrollArea
from quizgen.screen.session import Session, list_quiz_languages
from quizgen.text.languages import locale
from quizgen.text.messages import _
from quizgen.view.sources import list_source_titles
from quizgen.view.text import localize_for_display


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
        """Draw who runs the kiosk, the languages, what the quiz is about, and its sources."""
        rows: list[Row] = [()]
        languages = list_quiz_languages(session.attempt)
        greeting, reader = session.greeting, languages[session.draft.cursor]
        own = localize_for_display(
            session.attempt.quiz.bank.declared.title, reader
        )  # for a bank about another subject than fraud
        looks: tuple[tuple[str, Look], ...] = (
            (greeting.organiser, "dim"),
            (
                greeting.headline
                or own
                or _("Tell a scam from a genuine contact, and know what to do first.").translated(reader),
                "strong",
            ),
            (greeting.invitation, "text"),
        )
        for words, look in looks:
            rows += wrap_paragraph(words, width, look) if words else []
        total, focus = session.attempt.total, (0, 0)
        for index, language in enumerate(languages):
            key = str(index + 1)
            chosen = index == session.draft.cursor
            chip = (
                Span("› " if chosen else "  ", "accent", key),
                Span(f" {key} ", "picked" if chosen else "chip", key),
                Span(" ", "text", key),
            )
            first = len(rows)
            rows += [(), *wrap_paragraph(locale(language).autonym, width, "strong", lead=chip, key=key)]
            for text in (
                _("Questions: {total}. Press {number} to start.", total=total, number=key).translated(
                    language
                ),
                _("No name is asked for or saved.").translated(language),
            ):
                rows += wrap_paragraph(text, width, "dim", lead=(Span(" " * 6, "text", key),), key=key)
            focus = (first, len(rows)) if chosen else focus
        whole = len(rows)  # all languages should be visible at once, so that everybody finds their own
        rows.append(())
        for title in list_source_titles(session.attempt.quiz.bank, reader):
            rows += wrap_paragraph(title, width, "dim")
        return ScrollArea(rows, focus, whole=whole)

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Return the hint for the key that begins the quiz."""
        return [KeyHint("Enter", "enter", "do-begin"), LANGUAGE]


SCENE = WelcomeScene()
