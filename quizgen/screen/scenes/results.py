"""The scene at the end of a quiz: the score, a bar for each topic, and every mistake."""

from collections.abc import Sequence

from msgspec.structs import replace

from quizgen.screen import answer_review, lines
from quizgen.screen.answer_input import KeyHelp
from quizgen.screen.exhibit import telltale_rows
from quizgen.screen.layout import lay_out_lines, topic_bar_rows
from quizgen.screen.lines import Line
from quizgen.screen.rows import (
    TWO_COLUMNS,
    Row,
    Span,
    column_widths,
    spread_row,
    total_width,
    wrap_paragraph,
)
from quizgen.screen.scenes import HELP, LANGUAGE, SCROLL_HELP, KeyHint, Scene, ScrollArea, handle_quiz_command
from quizgen.screen.scenes.twin import TWIN, TWIN_HELP, mistakes_with_twins, show_twin
from quizgen.screen.session import Session, leave_session, push_scene, start_session
from quizgen.text.messages import _
from quizgen.view.history import describe_leaving
from quizgen.view.pass_on import list_lines_to_pass_on
from quizgen.view.results import MissedQuestion, ResultsView, build_results_view

_MAX_HINTS = 5
"""The most key hints that fit a row of 80 cells."""


class ResultsScene(Scene):
    """The results, and what a person can do next."""

    scrolls = True

    def is_wide(self, _session: Session) -> bool:
        """Return True: the mistakes are beside the score."""
        return True

    def handle_key(self, session: Session, key: str) -> Session:
        """Repeat missed questions, or leave."""
        attempt = session.attempt
        if key == "p" and attempt.missed_questions() and not attempt.kiosk:
            practice = start_session(attempt.practise_missed(session.current_time), session.at)
            return replace(practice, offers_another=session.offers_another)
        if key == "n" and session.offers_another:
            return replace(session, request="another")
        if key == "t" and (twins := mistakes_with_twins(session)):
            return show_twin(session, twins[0])
        if key == "w" and can_pass_on(session):
            return push_scene(session, "pass_on")
        return leave_session(session) if key in ("enter", "q") else handle_quiz_command(session, key)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw the score, what to remember, phone numbers to call, when questions are repeated, and every mistake.

        In a wide window, the score, the topics and the numbers are in a column of their own.
        """
        attempt, language = session.attempt, session.attempt.quiz.language
        is_left = bool(attempt.question and attempt.position)  # in the history
        view = build_results_view(attempt.without_open_questions() if is_left else attempt, session.best)
        closing = (
            describe_leaving(attempt.position, attempt.total).translated(language)
            if is_left
            else view.closing
        )
        left_width, width = column_widths(width) if width >= TWO_COLUMNS else (0, width)
        cells = left_width or width
        kiosk = session.attempt.kiosk
        final = [Line("reason", line) for line in session.final_lines or ()]
        first = len(final) if kiosk else 1 if session.attempt.rules.daily else 0  # lines beside the score
        is_late = session.late and session.attempt.rules.feedback == "end"  # nothing has said so yet
        said = [
            [Line("note", _("Time is up.").translated(language))] if is_late else [],
            [
                lines.score_line(view, language),
                Line("kind", closing),
                *([Line("reason", view.repeated)] if view.repeated else []),
                *final[:first],
            ],
            [*lines.money_lines(view)],
            [Line("stem", _("Thank you for taking part.").translated(language))] if kiosk else [],
            [Line("kind", session.said)] if session.said else [],
            [
                Line(
                    "note",
                    _("This quiz could not be saved; it will not be in your history.").translated(language),
                )
            ]
            if session.unsaved
            else [],
            [*lines.detection_lines(view.detection)] if view.detection else [],
        ]
        score = [lay_out_lines(part, cells) for part in said]
        numbers = lay_out_lines(lines.help_section_lines(view), cells)
        topics = [
            *lay_out_lines([Line("head", _("By topic").translated(language))], cells),
            *topic_bar_rows(view.topics, cells),
        ]
        reminders = _reminder_rows(view, language, width)
        later = lay_out_lines(final[first:], width)
        mistakes = _mistakes_rows(view, language, width)
        if left_width:
            left = _rows_of_parts([*score, topics, numbers])
            return ScrollArea(_rows_of_parts([reminders, later, mistakes]), left=left, left_width=left_width)
        return ScrollArea(_rows_of_parts([*score, reminders, numbers, later, topics, mistakes]))

    def help_keys(self, session: Session) -> tuple[KeyHelp, ...]:
        """List the keys for practice and for leaving."""
        practise = KeyHelp("p", _("practise the questions that you missed"), "p")
        pass_on = KeyHelp("w", _("see a few lines for somebody you care about"), "w")
        can_practise = session.attempt.missed_questions() and not session.attempt.kiosk
        return (
            KeyHelp("Enter q", _("leave the results"), "enter"),
            *([KeyHelp("n", _("take another quiz of this sort"), "n")] if session.offers_another else []),
            SCROLL_HELP,
            *([practise] if can_practise else []),
            *([TWIN_HELP] if mistakes_with_twins(session) else []),
            *([pass_on] if can_pass_on(session) else []),
            KeyHelp("←", _("look back at your answers"), "left"),
        )

    def key_hints(self, session: Session) -> list[KeyHint]:
        """List hints for the keys that have an effect, as many as fit a row; ``?`` lists all of them."""
        practise = session.attempt.missed_questions() and not session.attempt.kiosk
        hints = [
            KeyHint("Enter", "enter", "do-finish"),
            *([KeyHint("n", "n", "do-another")] if session.offers_another else []),
            *([KeyHint("p", "p", "do-practise")] if practise else []),
            *([TWIN] if mistakes_with_twins(session) else []),
            *([KeyHint("w", "w", "do-pass-on")] if can_pass_on(session) else []),
            HELP,  # this order fits five hints on two rows of the smallest screen
        ]
        return hints if len(hints) >= _MAX_HINTS else [*hints, LANGUAGE]


def can_pass_on(session: Session) -> bool:
    """Return whether there are lines to send to somebody else. At a kiosk there is nowhere to copy them to."""
    return not session.attempt.kiosk and bool(list_lines_to_pass_on(session.attempt))


def _rows_of_parts(parts: Sequence[list[Row]]) -> list[Row]:
    """Return the rows of parts that are not empty, with a blank row before each."""
    return [row for part in parts if part for row in ((), *part)]


def _reminder_rows(view: ResultsView, language: str, width: int) -> list[Row]:
    """Draw what to remember, with a bar at the left. A row above each text names its question."""
    bar = Span("┃ ", "accent")
    rows: list[Row] = []
    for each in view.remember:
        rows.append(spread_row((Span(f"{each.number}. {each.about}", "dim"),), (), width + 1, "text"))
        rows += [(bar, *row) for row in wrap_paragraph(each.rule, width - total_width([bar]))]
    head = lay_out_lines([Line("head", _("To remember").translated(language))], width)
    return [*head, *rows] if rows else []


def _mistakes_rows(view: ResultsView, language: str, width: int) -> list[Row]:
    """Draw every mistake, and below them the titles of the sources."""
    if not view.missed:
        return lay_out_lines([Line("right", _("No mistakes at all.").translated(language), "✓")], width)
    rows = lay_out_lines([Line("head", _("Your mistakes").translated(language))], width)
    for missed in view.missed:
        rows += _mistake_rows(missed, language, width)
    return [*rows, (), *lay_out_lines([Line("source", title) for title in view.sources], width)]


def _mistake_rows(missed_question: MissedQuestion, language: str, width: int) -> list[Row]:
    """Draw a question that was missed: its number and stem, and below them what was wrong, why, and the short names of its sources."""
    lead = (Span(f"{missed_question.number}. ", "strong"),)
    inner = width - total_width(lead)
    question = missed_question.feedback.question
    exhibit = question.explained_exhibit
    about = [
        *(telltale_rows(exhibit, inner) if exhibit else ()),
        *answer_review.reviewed_answer_rows(
            [part for part in missed_question.feedback.reviewed_parts if part.answers], language, inner
        ),
        *lay_out_lines(lines.reason_lines(question, language), inner),
        *answer_review.shortened_source_rows(question, language, inner),
    ]
    stem = wrap_paragraph(question.stem, width, "strong", lead=lead)
    return [(), *stem, *((Span(" " * total_width(lead)), *row) for row in about)]


SCENE = ResultsScene()
