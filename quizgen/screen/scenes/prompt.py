"""The scene with an open question."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from quizgen.screen import lines
from quizgen.screen.answer_input import NO_ROW, IncompleteAnswer, KeyHelp, SentAnswer
from quizgen.screen.answer_parser import Command, parse_line
from quizgen.screen.exhibit import exhibit_column_widths, exhibit_rows
from quizgen.screen.rows import Look, Row, wrap_paragraph
from quizgen.screen.scenes import (
    KeyHint,
    Scene,
    ScrollArea,
    handle_quiz_command,
    list_quiz_help_keys,
    list_quiz_key_hints,
)
from quizgen.screen.session import Session, answer_question
from quizgen.screen.shapes import ChoiceRows, answer_screen
from quizgen.text.messages import NOTHING, Message, _
from quizgen.view.glossary import explain_words

HINTS: Mapping[str, Message] = {
    "hint-one": _("Press a letter or digit, or use the arrows and Enter."),
    "hint-several": _("More than one may be right: tick with letters or Space, then press Enter."),
    "hint-truth": _("Press t for true or f for false."),
    "hint-verdict": _("Press a for genuine or b for scam."),
    "hint-line": _("Press the number of a line or click on it, or use the arrows and Enter."),
    "hint-match": _("Press the letter for the marked line; press Enter when every line has one."),
    "hint-order": _("Press the letters in order, first to last, then Enter. Backspace undoes one."),
    "hint-fill": _("Type the missing words and press Enter."),
    "hint-letters": _("Letters are keys now. Enter or Esc: type again."),
}
"""How a question is answered key by key, by the hint of its answer shape; and how while letters are keys."""


class QuestionScene(Scene):
    """The open question. Its answer shape says what each key does."""

    def question_index(self, session: Session) -> int | None:
        """Return the index of the open question."""
        return session.attempt.position if session.attempt.question else None

    def accepts_text(self, session: Session) -> bool:
        """Return whether letters are typed into a blank. After Escape they are commands."""
        return session.open_question.answer.takes_words and session.typing

    def handle_key(self, session: Session, key: str) -> Session:
        """Change the input, send it as an answer, or handle a command."""
        session = replace(session, late=False)
        shape = session.open_question.answer
        screen = answer_screen(shape)
        if shape.takes_words and (not session.typing or key == "escape"):
            turn = key in ("enter", "escape")
            return (
                replace(session, typing=not session.typing) if turn else handle_skip_or_command(session, key)
            )
        if shape.takes_words and key == "enter":
            typed = parse_line(shape, session.draft.words)
            if isinstance(typed, Command):
                return handle_skip_or_command(replace(session, draft=screen.start_input(shape)), typed.value)
        if key == "x" and shape.is_genuine_or_scam_choice and session.response_on_stopping is not None:
            return answer_question(session, session.response_on_stopping)  # as while lines appear one by one
        pressed = screen.handle_key(shape, session.draft, key)
        if isinstance(pressed, SentAnswer):
            return answer_question(session, pressed.response)
        if isinstance(pressed, IncompleteAnswer):
            return replace(session, draft=pressed.draft, unfinished=pressed)
        return handle_skip_or_command(session, key) if pressed is None else replace(session, draft=pressed)

    def mark_not_understood(self, session: Session) -> Session:
        """Show that the key has no effect here."""
        return replace(session, unclear=True)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw the stem, the options and the hint. The row of the cursor is always visible."""
        language = session.attempt.quiz.language
        shape, view = session.open_question.answer, session.open_question_view
        note = session.repeat_note
        left_width, width = exhibit_column_widths(view.exhibit, width)
        exhibit = exhibit_rows(view.exhibit, left_width or width)
        marked: tuple[int, ...] = ()
        if shape.option_line_numbers:  # the lines of the exhibit are the options, so no list repeats them
            name = view.options[session.draft.cursor].name if session.draft.cursor != NO_ROW else ""
            exhibit, marked = mark_line(exhibit, name)
        rows: list[Row] = [(), *([*wrap_paragraph(note, width, "accent"), ()] if note else [])]
        first = 1 if left_width else len(rows)
        rows += [] if left_width else exhibit
        rows += wrap_paragraph(view.stem, width, "strong")
        choices = ChoiceRows([])
        if not shape.option_line_numbers:
            rows.append(())
            choices = answer_screen(shape).draw_choices(shape, view, session.draft, width)
        start = len(rows)
        rows += choices.rows
        note = note_text(session)
        rows += wrap_paragraph(note, width, "warn") if note else [()]
        noted = len(rows)  # the note replaces the blank row, so that the hint does not move
        way = view.hint_id if session.typing or not shape.takes_words else "hint-letters"
        hint = wrap_paragraph(HINTS[way].translated(language), width, "dim")
        rows += hint
        if choices.focus:
            focus = (start + choices.focus[0], noted if note else start + choices.focus[1])
        elif marked and not left_width:
            focus = (first + marked[0], len(rows))
        else:
            focus = (noted - 1, noted) if note and not session.late else (0, len(rows))
        caret = (choices.caret[0], choices.caret[1] + start) if choices.caret else None
        read = start + 1 if session.draft.cursor == NO_ROW else 0
        spare = (len(rows) - len(hint), len(rows))
        whole = len(rows)
        for line in lines.glossary_lines(
            explain_words(session.attempt, view.number - 1, is_answered=False), language
        ):
            rows += [(), *wrap_paragraph(line.text, width, "dim")]
        return ScrollArea(
            rows,
            focus,
            caret,
            read,
            whole=whole,
            spare=spare,
            optional=len(rows) - whole,
            left=[(), *exhibit] if left_width else [],
            left_width=left_width,
            left_focus=(first + marked[0], first + marked[-1] + 1) if marked else None,
        )

    def help_keys(self, session: Session) -> tuple[KeyHelp, ...]:
        """List the keys of the answer shape, and those for sending and skipping."""
        shape = session.open_question.answer
        typing = KeyHelp("Esc", _("while typing: use letters as keys; Esc to type again"))
        return (
            *answer_screen(shape).help_keys(shape),
            *([typing] if shape.takes_words else [KeyHelp("↑ ↓", _("move up and down (j and k too)"))]),
            KeyHelp("Enter", _("send the answer")),
            KeyHelp("s", _("skip the question (Tab while you type)"), "s"),
            *list_quiz_help_keys(session, can_look_back=session.attempt.position > 0),
        )

    def key_hints(self, session: Session) -> list[KeyHint]:
        """List key hints, with one for Enter if a single key does not answer."""
        shape = session.open_question.answer
        if self.accepts_text(session):
            return [
                KeyHint("Enter", "enter", "do-answer"),
                KeyHint("Tab", "tab", "do-skip"),
                KeyHint("F1", "f1", "do-keys"),
                *([] if session.attempt.kiosk else [KeyHint("Ctrl-C", "ctrl+c", "do-stop")]),
                KeyHint("Esc", "escape", "do-other"),
            ]
        enter = KeyHint("Enter", "enter", "do-type" if shape.takes_words else "do-answer")
        return [
            *([] if answer_screen(shape).needs_one_key(shape) else [enter]),
            KeyHint("s", "s", "do-skip"),
            *list_quiz_key_hints(session, can_look_back=session.attempt.position > 0),
        ]


def mark_line(rows: Sequence[Row], key: str) -> tuple[list[Row], tuple[int, ...]]:
    """Mark the line of an exhibit that a key chooses; return the rows, and the indices of those that are marked."""
    found = [index for index, row in enumerate(rows) if key and any(span.key == key for span in row)]
    looks: dict[Look, Look] = {"text": "cursor", "dim": "cursor", "strong": "picked"}
    marked = [
        tuple(
            replace(span, look=looks.get(span.look, span.look)) if span.key == key else span for span in row
        )
        if index in found
        else row
        for index, row in enumerate(rows)
    ]
    return marked, tuple(found)


def handle_skip_or_command(session: Session, key: str) -> Session:
    """Skip the question, or handle a command. Tab skips only where words are typed, and s is a letter of them."""
    skips = key == "s" or (key == "tab" and session.open_question.answer.takes_words)
    return answer_question(session, None) if skips else handle_quiz_command(session, key)


def note_text(session: Session) -> str:
    """Return a note about the last key or the previous question; "" if there is none."""
    language = session.attempt.quiz.language
    if unfinished := session.unfinished:
        return unfinished.lacks.with_values(count=unfinished.count).translated(language)
    name = (
        _("That key does nothing here.")
        if session.unclear
        else _("Time is up: question skipped.")
        if session.late
        else NOTHING
    )
    return name.translated(language)


SCENE = QuestionScene()
