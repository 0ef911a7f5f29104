"""The scene with an open question whose exhibit is revealed line by line, until the person would stop it."""

from msgspec.structs import replace

from quizgen.screen.answer_input import IncompleteAnswer, KeyHelp, SentAnswer, key_range
from quizgen.screen.exhibit import exhibit_column_widths, exhibit_rows
from quizgen.screen.rows import Row, Span, wrap_paragraph
from quizgen.screen.scenes import KeyHint, ScrollArea, list_quiz_help_keys, list_quiz_key_hints
from quizgen.screen.scenes.prompt import QuestionScene, handle_skip_or_command, note_text
from quizgen.screen.session import Session, answer_question, choose_reply, show_next_line
from quizgen.screen.shapes import answer_screen
from quizgen.text.messages import _
from quizgen.view.money import describe_skip
from quizgen.view.question import reveal_lines

_ON = ("enter", " ", "down", "right")
"""Keys for the next line."""

_CHOOSE_REPLY = _("First choose what you say: press its number.")


class LineByLineScene(QuestionScene):
    """Shows the lines of an exhibit one by one. A person can answer after any of them, and reply to some.

    After the last line, it looks like any other open question.
    """

    def handle_key(self, session: Session, key: str) -> Session:
        """Show the next line, or handle an answer about the lines so far."""
        may_skip = session.asks_skip
        session = replace(session, late=False, asks_skip=False)
        if key == "s" and not may_skip:
            return replace(
                session,
                asks_skip=True,
                unfinished=IncompleteAnswer(session.draft, describe_skip(session.attempt)),
            )
        if session.offers_replies and (key.isdecimal() or (key in _ON and session.reply_options)):
            return self._choose_reply(session, key)
        if key == "x" and session.response_on_stopping is not None:
            return answer_question(session, session.response_on_stopping)
        if session.hidden_lines and key in _ON:
            return show_next_line(session)
        return self._answer(session, key) if session.hidden_lines else super().handle_key(session, key)

    def _choose_reply(self, session: Session, key: str) -> Session:
        """Choose a reply with its number. A number is never a verdict here, because it can be pressed for a reply."""
        names = [reply.name for reply in session.reply_options]
        if key in names:
            return choose_reply(session, names.index(key))
        if key in _ON:
            return replace(session, unfinished=IncompleteAnswer(session.draft, _CHOOSE_REPLY))
        return self.mark_not_understood(session)

    def _answer(self, session: Session, key: str) -> Session:
        """Answer about the lines so far, or handle a command."""
        shape = session.open_question.answer
        pressed = answer_screen(shape).handle_key(shape, session.draft, key)
        if isinstance(pressed, SentAnswer) and session.has_appeared(pressed.response):
            return answer_question(session, pressed.response)
        return handle_skip_or_command(session, key)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw the lines so far, whether there are more, and the stem. The latest line is always visible."""
        if not (session.hidden_lines or session.reply_options):
            return super().draw_area(session, width)
        language = session.attempt.quiz.language
        shape, view = session.open_question.answer, session.open_question_view
        total = session.unfolded + len(session.hidden_lines)
        whole = reveal_lines(view, total, session.replies)
        left_width, width = exhibit_column_widths(view.exhibit, width)
        cells = left_width or width
        exhibit: list[Row] = [(), *exhibit_rows(view.exhibit, cells, whole.exhibit)]
        before = reveal_lines(view, session.unfolded - 1, session.replies) if session.unfolded > 1 else None
        latest = max(len(exhibit_rows(before.exhibit if before else None, cells, whole.exhibit)) - 1, 0)
        if not session.reply_options:
            more = _("Enter: line {number} of {total}", number=session.unfolded + 1, total=total)
            exhibit[-1:] = wrap_paragraph(
                more.translated(language), cells, "accent", lead=(Span("▾ ", "accent", "enter"),), key="enter"
            )
            exhibit.append(())
        rows = [()] if left_width else exhibit
        column = ScrollArea(
            [],
            left=exhibit if left_width else [],
            left_width=left_width,
            left_focus=(latest, len(exhibit)) if left_width else None,
        )
        if session.reply_options:
            rows += _reply_rows(session, width)
            return replace(column, rows=rows, focus=(latest, len(rows)), whole=len(rows))
        rows += [*wrap_paragraph(view.stem, width, "strong")]
        line = bool(shape.option_line_numbers)
        if not line:
            rows += [(), *answer_screen(shape).draw_choices(shape, view, session.draft, width).rows]
        note = note_text(session)
        rows += wrap_paragraph(note, width, "warn") if note else [()]
        asked = len(rows)
        rows += wrap_paragraph(
            (
                _(
                    "Enter shows the next line. Press the number of the line you mean, or click on it; x chooses the latest."
                )
                if line
                else _("Enter: next line. x (or b): stop, it is a scam. a: it is genuine.")
            ).translated(language),
            width,
            "dim",
        )
        return replace(
            column, rows=rows, focus=(latest, len(rows)), whole=len(rows), spare=(asked, len(rows))
        )

    def help_keys(self, session: Session) -> tuple[KeyHelp, ...]:
        """List the keys for the next line, for a reply, and for stopping."""
        if not (session.hidden_lines or session.reply_options):
            return super().help_keys(session)
        shape, replies = session.open_question.answer, [reply.name for reply in session.reply_options]
        is_line = bool(shape.option_line_numbers)
        return (
            KeyHelp(key_range(replies), _("choose what you say"))
            if replies
            else KeyHelp("Enter", _("show the next line"), "enter"),
            KeyHelp("x", _("choose the latest line") if is_line else _("stop here: it is a scam"), "x"),
            *(answer_screen(shape).help_keys(shape) if is_line else [KeyHelp("a", _("it is genuine"), "a")]),
            KeyHelp("s", _("skip the question (press it twice)"), "s"),
            *list_quiz_help_keys(session, can_look_back=session.attempt.position > 0),
        )

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Return the hints for the next line and for stopping here.

        The hint for skipping is left out, because a skip can cost money; it is in the list of keys.
        """
        if not (session.hidden_lines or session.reply_options):
            return [hint for hint in super().key_hints(session) if hint.does != "do-skip"]
        replies = session.reply_options
        return [
            KeyHint(f"1–{len(replies)}", "", "do-reply") if replies else KeyHint("Enter", "enter", "do-line"),
            KeyHint(
                "x", "x", "do-this-line" if session.open_question.answer.option_line_numbers else "do-halt"
            ),
            *list_quiz_key_hints(session, can_look_back=session.attempt.position > 0),
        ]


def _reply_rows(session: Session, width: int) -> list[Row]:
    """Draw the replies to choose from, which can be clicked, and how to choose."""
    language = session.attempt.quiz.language
    rows = wrap_paragraph(_("What do you say?").translated(language), width, "strong")
    for reply in session.reply_options:
        lead = (Span(f" {reply.name} ", "chip", reply.name), Span(" ", key=reply.name))
        rows += wrap_paragraph(reply.text, width, lead=lead, key=reply.name)
    note = note_text(session)
    rows += wrap_paragraph(note, width, "warn") if note else [()]
    hint = _("Press the number of your reply. x (or b): stop, it is a scam. a: it is genuine.")
    return [*rows, *wrap_paragraph(hint.translated(language), width, "dim")]


SCENE = LineByLineScene()
