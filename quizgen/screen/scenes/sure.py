"""The scene that asks how sure a person is of an answer, before they see whether it is right."""

from msgspec.structs import replace

from quizgen.screen import answer_review
from quizgen.screen.answer_input import DIGITS, NO_ROW, KeyHelp
from quizgen.screen.exhibit import exhibit_column_widths, exhibit_rows
from quizgen.screen.rows import Row, Span, wrap_paragraph
from quizgen.screen.scenes import (
    KeyHint,
    Scene,
    ScrollArea,
    handle_quiz_command,
    list_quiz_help_keys,
    list_quiz_key_hints,
)
from quizgen.screen.session import Session, answer_question, pop_scene
from quizgen.text.messages import _
from quizgen.view.sureness import SURENESS_NAMES


class SurenessScene(Scene):
    """The question with the answer just given, and three choices. One digit is enough."""

    def question_index(self, session: Session) -> int:
        """Return the index of the open question."""
        return session.attempt.position

    def mark_not_understood(self, session: Session) -> Session:
        """Show that the key has no effect here."""
        return replace(session, unclear=True)

    def handle_key(self, session: Session, key: str) -> Session:
        """Take the answer with how sure the person is, or go back to the question to change the answer."""
        choices, cursor = list(SURENESS_NAMES), session.sure_cursor
        if key in ("escape", "backspace"):
            return pop_scene(session)
        if key in ("up", "down"):
            step = 1 if key == "down" else -1
            cursor = (
                (cursor + step) % len(choices) if cursor != NO_ROW else (0 if step == 1 else len(choices) - 1)
            )
            return replace(session, sure_cursor=cursor)
        if key in tuple(DIGITS[: len(choices)]):
            return answer_question(session, session.pending, choices[DIGITS.index(key)])
        if key in ("enter", " ") and cursor != NO_ROW:
            return answer_question(session, session.pending, choices[cursor])
        return handle_quiz_command(session, key)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw the question and the answer, and below them the choices, which are always visible."""
        language, view = session.attempt.quiz.language, session.open_question_view
        left_width, width = exhibit_column_widths(view.exhibit, width)
        exhibit = exhibit_rows(view.exhibit, left_width or width)
        rows: list[Row] = [
            (),
            *([] if left_width else exhibit),
            *wrap_paragraph(view.stem, width, "strong"),
            (),
            *answer_review.response_rows(view.response_parts(session.pending), language, width),
            (),
        ]
        start = len(rows)
        rows += wrap_paragraph(_("How sure are you?").translated(language), width, "strong")
        for index, name in enumerate(SURENESS_NAMES.values()):
            key, chosen = DIGITS[index], index == session.sure_cursor
            chip = (
                Span("› " if chosen else "  ", "accent", key),
                Span(f" {key} ", "picked" if chosen else "chip", key),
                Span(" ", "text", key),
            )
            rows += wrap_paragraph(name.translated(language), width, "text", lead=chip, key=key)
        note = _("Press 1, 2 or 3.").translated(language) if session.unclear else ""
        rows += wrap_paragraph(note, width, "warn") if note else [()]
        left = [(), *exhibit] if left_width else []
        return ScrollArea(rows, (start, len(rows)), whole=len(rows), left=left, left_width=left_width)

    def help_keys(self, session: Session) -> tuple[KeyHelp, ...]:
        """List the keys for the choices, and for changing the answer."""
        return (
            KeyHelp("1 2 3", _("say how sure you are")),
            KeyHelp("Esc", _("change the answer"), "escape"),
            *list_quiz_help_keys(session, can_look_back=session.attempt.position > 0),
        )

    def key_hints(self, session: Session) -> list[KeyHint]:
        """List key hints, with one for changing the answer."""
        return [
            KeyHint("Esc", "escape", "do-edit"),
            *list_quiz_key_hints(session, can_look_back=session.attempt.position > 0),
        ]


SCENE = SurenessScene()
