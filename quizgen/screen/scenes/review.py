"""The scene that shows earlier answers again."""

from msgspec.structs import replace

from quizgen.screen import answer_review
from quizgen.screen.answer_input import KeyHelp
from quizgen.screen.exhibit import exhibit_column_widths, exhibit_rows
from quizgen.screen.rows import Row, wrap_paragraph
from quizgen.screen.scenes import (
    LANGUAGE,
    MORE,
    MORE_HELP,
    SCROLL_HELP,
    KeyHint,
    Scene,
    ScrollArea,
    handle_quiz_command,
    list_quiz_help_keys,
)
from quizgen.screen.scenes.twin import TWIN, TWIN_HELP, has_twin_to_compare, show_twin
from quizgen.screen.session import Session, pop_scene
from quizgen.text.messages import _
from quizgen.view.feedback import build_feedback_view, list_response_parts
from quizgen.view.question import QuestionView, build_question_view


class ReviewScene(Scene):
    """An earlier answer; without feedback if that comes at the end of the quiz."""

    scrolls = True

    def question_index(self, session: Session) -> int:
        """Return the index of the question whose answer is shown."""
        return session.reviewed

    def handle_key(self, session: Session, key: str) -> Session:
        """Go to the answer before or after this one, or return to the quiz."""
        if key == "left":
            return replace(session, reviewed=max(session.reviewed - 1, 0))
        if key == "right" and session.reviewed + 1 < session.attempt.position:
            return replace(session, reviewed=session.reviewed + 1)
        if key == "t" and self._has_twin(session):
            return show_twin(session, session.reviewed)
        if key == "m":
            return replace(session, more=not session.more)
        return (
            pop_scene(session)
            if key in ("right", "enter", "escape", " ")
            else handle_quiz_command(session, key)
        )

    def _has_twin(self, session: Session) -> bool:
        return session.attempt.can_show_right_answers and has_twin_to_compare(session, session.reviewed)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw an answer with feedback, or only the answer if feedback comes at the end."""
        attempt, index = session.attempt, session.reviewed
        language = attempt.quiz.language
        view = (
            build_feedback_view(attempt, index)
            if attempt.can_show_right_answers
            else build_question_view(attempt, index)
        )
        where = _("Looking back at question {number}", number=index + 1).translated(language)
        rows: list[Row] = wrap_paragraph(where, width, "accent")
        if not isinstance(view, QuestionView):
            told = answer_review.explain_answer(view, language, width, show_full_sources=session.more)
            left, left_width = told.left, told.left_width
            rows += [*([()] if left else []), *told.rows]
        else:
            left_width, width = exhibit_column_widths(view.exhibit, width)
            exhibit = exhibit_rows(view.exhibit, left_width or width)
            left = exhibit if left_width else []
            rows += [*([()] if left else exhibit), *wrap_paragraph(view.stem, width, "strong"), ()]
            rows += answer_review.response_rows(list_response_parts(attempt, index), language, width)
        return ScrollArea(rows, left=[(), *left] if left else [], left_width=left_width)

    def help_keys(self, session: Session) -> tuple[KeyHelp, ...]:
        """List the keys for other answers and for returning."""
        return (
            KeyHelp("← →", _("see the answer before or after this one")),
            SCROLL_HELP,
            *([TWIN_HELP] if self._has_twin(session) else []),
            *([MORE_HELP] if session.attempt.can_show_right_answers else []),
            KeyHelp("Enter Esc", _("return to the quiz"), "enter"),
            *list_quiz_help_keys(session, can_look_back=False),
        )

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Return the hints for earlier and later answers."""
        earlier = [KeyHint("←", "left", "do-earlier")] if session.reviewed else []
        later = [KeyHint("→", "right", "do-later")] if session.reviewed + 1 < session.attempt.position else []
        more = [MORE] if session.attempt.can_show_right_answers else []
        twin = [TWIN] if self._has_twin(session) else []
        return [*earlier, *later, *twin, *more, KeyHint("Enter", "enter", "do-return"), LANGUAGE]


SCENE = ReviewScene()
