"""The scene after an answer: whether it is right, and why."""

from collections.abc import Sequence

from msgspec.structs import replace

from quizgen.screen import answer_review
from quizgen.screen.answer_input import KeyHelp
from quizgen.screen.exhibit import context_rows
from quizgen.screen.rows import Row
from quizgen.screen.scenes import (
    MORE,
    MORE_HELP,
    SCROLL_HELP,
    KeyHint,
    Scene,
    ScrollArea,
    handle_quiz_command,
    list_quiz_help_keys,
    list_quiz_key_hints,
)
from quizgen.screen.scenes.twin import TWIN, TWIN_HELP, has_twin_to_compare, show_twin
from quizgen.screen.session import Session, go_to_next_question, show_answer_again
from quizgen.text.messages import _
from quizgen.view.feedback import FeedbackView, build_feedback_view

_ROOM = 11
"""The rows above a verdict that the smallest screen shows together with it and the row below."""


class FeedbackScene(Scene):
    """The result of an answer, the answer beside the right one, and the explanation.

    The result is always visible, and the question stays where it was.
    """

    scrolls = True

    def question_index(self, session: Session) -> int:
        """Return the index of the question that was just answered."""
        return session.explained_answer_index

    def handle_key(self, session: Session, key: str) -> Session:
        """Go to the next question, but only on a few keys, so that nobody does so by mistake."""
        if key == "left":
            before = session.explained_answer_index - 1  # the answer at this index is on the screen
            return show_answer_again(session, before) if before >= 0 else self.mark_not_understood(session)
        if key == "m":
            return replace(session, more=not session.more)
        if key == "t" and has_twin_to_compare(session, session.explained_answer_index):
            return show_twin(session, session.explained_answer_index)
        return (
            go_to_next_question(session)
            if key in ("enter", " ", "right")
            else handle_quiz_command(session, key)
        )

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw question and answers where they were, and below them the result and the reasons."""
        language = session.attempt.quiz.language
        view = build_feedback_view(session.attempt, session.explained_answer_index, is_late=session.late)
        told = answer_review.explain_answer(view, language, width, show_full_sources=session.more)
        # The explanation needs the space more than the sources, unless somebody asked for these.
        last = len(told.rows) if session.more else told.first_source_row - 1
        first = _first_telltale_row(told.rows, told.verdict) if session.unfolded else told.verdict
        return ScrollArea(
            [(), *told.rows],
            (1 + first, 1 + last),
            above=None if told.left else _sender_row(view, told.rows, width),
            read=1 + last,
            whole=1 + last,
            ending=[(), *told.whole_sources] if told.whole_sources else [],
            unread=_("What to do is below: ↓ or PgDn").translated(language) if view.question.advice else "",
            left=[(), *told.left] if told.left else [],
            left_width=told.left_width,
        )

    def help_keys(self, session: Session) -> tuple[KeyHelp, ...]:
        """List the keys for the next question, for the twin, and for the sources."""
        return (
            KeyHelp("Enter Space →", _("next question"), "enter"),
            SCROLL_HELP,
            *([TWIN_HELP] if has_twin_to_compare(session, session.explained_answer_index) else []),
            MORE_HELP,
            *list_quiz_help_keys(session, can_look_back=session.explained_answer_index > 0),
        )

    def key_hints(self, session: Session) -> list[KeyHint]:
        """List key hints, with one for looking back if there is an earlier answer."""
        return [
            KeyHint("Enter", "enter", "do-next"),
            *([TWIN] if has_twin_to_compare(session, session.explained_answer_index) else []),
            MORE,
            *list_quiz_key_hints(session, can_look_back=session.explained_answer_index > 0),
        ]


def _sender_row(view: FeedbackView, rows: Sequence[Row], width: int) -> int | None:
    """Return the row with the sender of an exhibit if the sender gives it away, otherwise ``None``."""
    exhibit = view.question.explained_exhibit
    if exhibit is None or not any(run.is_telltale for run in exhibit.sender):
        return None
    context = len(context_rows(exhibit, width))
    return 1 + next(index for index, row in enumerate(rows) if index >= context and row)


def _first_telltale_row(rows: Sequence[Row], result_row: int) -> int:
    """Return the first row with telltale words, or the row of the result if both do not fit."""
    found = next((at for at, row in enumerate(rows) if any(span.look == "sign" for span in row)), result_row)
    return found if result_row - found < _ROOM else result_row


SCENE = FeedbackScene()
