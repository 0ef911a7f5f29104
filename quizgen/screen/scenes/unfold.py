"""The open question while its exhibit unfolds line by line, until somebody would stop."""

from msgspec.structs import replace

from quizgen.screen.answer_input import SentAnswer
from quizgen.screen.exhibit import exhibit_rows
from quizgen.screen.rows import Row, Span, paragraph
from quizgen.screen.scenes import KeyHint, ScrollArea, commands
from quizgen.screen.scenes.prompt import Prompt, note_on, skip_or_command
from quizgen.screen.session import Session, answer, show_next_line
from quizgen.screen.shapes import screen_shape
from quizgen.text.messages import _
from quizgen.view.question import build_question_view, reveal_lines

_ON = ("enter", " ", "down", "right")
"""Keys for the next line."""


class Unfold(Prompt):
    """Shows lines one by one; people may answer at any of them. After the last line, it looks like any question."""

    def press(self, session: Session, key: str) -> Session:
        """Show the next line, or take an answer about the lines so far."""
        session = replace(session, late=False)
        if key == "x" and session.stopped_here is not None:
            return answer(session, session.stopped_here)
        if not session.lines_to_come:
            return super().press(session, key)
        if key in _ON:
            return show_next_line(session)
        shape = session.open_question.answer
        pressed = screen_shape(shape).press(shape, session.draft, key)
        if isinstance(pressed, SentAnswer) and session.has_come(pressed.response):
            return answer(session, pressed.response)
        return skip_or_command(session, key)

    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """Show the lines so far, whether there are more, and the stem; the latest line is always visible."""
        if not session.lines_to_come:
            return super().scroll_area(session, width)
        language = session.attempt.quiz.language
        shape, view = session.open_question.answer, session.open_view
        whole = build_question_view(session.attempt, session.attempt.position)
        rows: list[Row] = [(), *exhibit_rows(view.exhibit, width, whole.exhibit)]
        before = reveal_lines(whole, session.unfolded - 1).exhibit if session.unfolded > 1 else None
        latest = len(exhibit_rows(before, width, whole.exhibit)) - 1
        total = len(whole.exhibit.lines) if whole.exhibit else 0
        more = _("Enter: line {number} of {total}", number=session.unfolded + 1, total=total).translated(
            language
        )
        rows[-1:] = paragraph(more, width, "accent", lead=(Span("▾ ", "accent", "enter"),), key="enter")
        rows += [(), *paragraph(view.stem, width, "strong")]
        line = bool(shape.option_line_numbers)
        if not line:
            rows += [(), *screen_shape(shape).choices(shape, view, session.draft, width).rows]
        note = note_on(session)
        rows += paragraph(note, width, "warn") if note else [()]
        asked = len(rows)
        rows += paragraph(
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
        """Offer the next line and stopping here; the hint for skipping has no room and is in the list of keys."""
        if not session.lines_to_come:
            return super().key_hints(session)
        return [
            KeyHint("Enter", "enter", "do-line"),
            KeyHint(
                "x", "x", "do-this-line" if session.open_question.answer.option_line_numbers else "do-halt"
            ),
            *commands(session, look=session.attempt.position > 0),
        ]


SCENE = Unfold()
