"""The scene with an open question whose exhibit is revealed line by line, until the person would stop it."""

from msgspec.structs import replace

from quizgen.screen.answer_input import SentAnswer
from quizgen.screen.exhibit import exhibit_rows
from quizgen.screen.rows import Row, Span, wrap_paragraph
from quizgen.screen.scenes import KeyHint, ScrollArea, list_quiz_key_hints
from quizgen.screen.scenes.prompt import QuestionScene, handle_skip_or_command, note_text
from quizgen.screen.session import Session, answer_question, show_next_line
from quizgen.screen.shapes import answer_screen
from quizgen.text.messages import _
from quizgen.view.question import build_question_view, reveal_lines

_ON = ("enter", " ", "down", "right")
"""Keys for the next line."""


class LineByLineScene(QuestionScene):
    """Shows the lines of an exhibit one by one. A person may answer after any of them.

    After the last line, it looks like any other open question.
    """

    def handle_key(self, session: Session, key: str) -> Session:
        """Show the next line, or handle an answer about the lines so far."""
        session = replace(session, late=False)
        if key == "x" and session.response_on_stopping is not None:
            return answer_question(session, session.response_on_stopping)
        if not session.hidden_lines:
            return super().handle_key(session, key)
        if key in _ON:
            return show_next_line(session)
        shape = session.open_question.answer
        pressed = answer_screen(shape).handle_key(shape, session.draft, key)
        if isinstance(pressed, SentAnswer) and session.has_appeared(pressed.response):
            return answer_question(session, pressed.response)
        return handle_skip_or_command(session, key)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw the lines so far, whether there are more, and the stem. The latest line is always visible."""
        if not session.hidden_lines:
            return super().draw_area(session, width)
        language = session.attempt.quiz.language
        shape, view = session.open_question.answer, session.open_question_view
        whole = build_question_view(session.attempt, session.attempt.position)
        rows: list[Row] = [(), *exhibit_rows(view.exhibit, width, whole.exhibit)]
        before = reveal_lines(whole, session.unfolded - 1).exhibit if session.unfolded > 1 else None
        latest = len(exhibit_rows(before, width, whole.exhibit)) - 1
        total = len(whole.exhibit.lines) if whole.exhibit else 0
        more = _("Enter: line {number} of {total}", number=session.unfolded + 1, total=total).translated(
            language
        )
        rows[-1:] = wrap_paragraph(more, width, "accent", lead=(Span("▾ ", "accent", "enter"),), key="enter")
        rows += [(), *wrap_paragraph(view.stem, width, "strong")]
        line = bool(shape.option_line_numbers)
        if not line:
            rows += [(), *answer_screen(shape).draw_choices(shape, view, session.draft, width).rows]
        note = note_text(session)
        rows += wrap_paragraph(note, width, "warn") if note else [()]
        asked = len(rows)
        rows += wrap_paragraph(
            (
                _(
                    "Enter shows the next line. Press the number of the line that decides, or click on it; x chooses the latest."
                )
                if line
                else _("Enter: next line. x (or b): stop, it is a scam. a: it is genuine.")
            ).translated(language),
            width,
            "dim",
        )
        return ScrollArea(rows, (max(latest, 0), len(rows)), whole=len(rows), spare=(asked, len(rows)))

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Return the hints for the next line and for stopping here.

        There is no room for the hint for skipping, which is in the list of keys.
        """
        if not session.hidden_lines:
            return super().key_hints(session)
        return [
            KeyHint("Enter", "enter", "do-line"),
            KeyHint(
                "x", "x", "do-this-line" if session.open_question.answer.option_line_numbers else "do-halt"
            ),
            *list_quiz_key_hints(session, can_look_back=session.attempt.position > 0),
        ]


SCENE = LineByLineScene()
