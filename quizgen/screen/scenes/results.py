"""The results: the score, a bar for each topic, and every mistake."""

from msgspec.structs import replace

from quizgen.screen import answer_review, lines
from quizgen.screen.answer_input import AnswerInput
from quizgen.screen.exhibit import deciding_rows
from quizgen.screen.layout import bar_rows, lay_out
from quizgen.screen.lines import Line
from quizgen.screen.rows import Row, Span, paragraph, spread, width_of
from quizgen.screen.scenes import HELP, LANGUAGE, KeyHint, Scene, ScrollArea, command
from quizgen.screen.session import Session, leave, start
from quizgen.text.messages import _
from quizgen.view.results import MissedAnswer, ResultsView, build_results_view


class Results(Scene):
    """The results, and what to do next."""

    scrolls = True

    def press(self, session: Session, key: str) -> Session:
        """Practise missed questions, ask for a certificate, or leave."""
        attempt = session.attempt
        if key == "p" and attempt.missed() and not attempt.kiosk:
            return start(attempt.repeat_missed(session.date), session.at, certificate=session.certificate)
        if key == "c" and session.certificate:
            return replace(session, scene="name", draft=AnswerInput(cursor=0))
        return leave(session) if key in ("enter", "q") else command(session, key)

    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """Show the score, what to remember, help numbers, when questions come back, and every mistake."""
        language, view = session.attempt.quiz.language, build_results_view(session.attempt, session.repeated)
        kiosk = session.attempt.kiosk
        coming = [Line("reason", line) for line in session.coming or ()]
        said = [
            [
                lines.score(view, language),
                Line("kind", view.kind),
                *([Line("reason", view.repeated)] if view.repeated else []),
                *(coming if kiosk else []),
            ],
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
        parts = [
            *(lay_out(part, width) for part in said),
            _remembered(view, language, width),
            lay_out(lines.help_numbers(view.help, language), width),
            [] if kiosk else lay_out(coming, width),
            [
                *lay_out([Line("head", _("By topic").translated(language))], width),
                *bar_rows(view.topics, width),
            ],
        ]
        rows: list[Row] = [(), *(row for part in parts if part for row in (*part, ()))]
        if not view.missed:
            perfect = Line("right", _("No mistakes at all.").translated(language), "✓")
            return ScrollArea([*rows, *lay_out([perfect], width)])
        rows += lay_out([Line("head", _("Your mistakes").translated(language))], width)
        for missed in view.missed:
            rows += _mistake(missed, language, width)
        return ScrollArea([*rows, (), *lay_out([Line("source", title) for title in view.sources], width)])

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Offer practice and a certificate if they are possible."""
        practise = session.attempt.missed() and not session.attempt.kiosk
        return [
            KeyHint("Enter", "enter", "do-finish"),
            *([KeyHint("p", "p", "do-practise")] if practise else []),
            HELP,  # this order fits five hints on two rows of the smallest screen
            *([KeyHint("c", "c", "do-certificate")] if session.certificate else []),
            LANGUAGE,
        ]


def _remembered(view: ResultsView, language: str, width: int) -> list[Row]:
    """Show what to remember behind a bar, each below a row that names its question."""
    bar = Span("┃ ", "accent")
    rows: list[Row] = []
    for each in view.remember:
        rows.append(spread((Span(f"{each.number}. {each.about}", "dim"),), (), width + 1, "text"))
        rows += [(bar, *row) for row in paragraph(each.rule, width - width_of([bar]))]
    head = lay_out([Line("head", _("To remember").translated(language))], width)
    return [*head, *rows] if rows else []


def _mistake(missed: MissedAnswer, language: str, width: int) -> list[Row]:
    """Show a mistake below the number of its question; the sources follow after the last one."""
    lead = (Span(f"{missed.number}. ", "strong"),)
    inner = width - width_of(lead)
    question = missed.feedback.question
    exhibit = question.explained_exhibit
    about = [
        *(deciding_rows(exhibit, inner) if exhibit else ()),
        *answer_review.review(
            [part for part in missed.feedback.reviewed_parts if part.answers], language, inner
        ),
        *lay_out(lines.reasons(question, language), inner),
        *answer_review.source(question, language, inner),
    ]
    stem = paragraph(question.stem, width, "strong", lead=lead)
    return [(), *stem, *((Span(" " * width_of(lead)), *row) for row in about)]


SCENE = Results()
