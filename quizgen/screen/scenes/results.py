"""The end: the score, a bar for each topic, and every mistake."""

from collections.abc import Iterable

from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.screen import answer_review
from quizgen.screen.draft import Draft
from quizgen.screen.exhibit import deciding_rows
from quizgen.screen.rows import Look, Row, Span, paragraph, sides, width_of
from quizgen.screen.scenes import HELP, LANGUAGE, KeyHint, Scene, ScrollArea, command
from quizgen.screen.session import Session, leave, start
from quizgen.text.messages import message
from quizgen.view.results import DetectionView, Missed, Remembered, TopicScore, view_results

LONGEST_BAR = 24


class Results(Scene):
    """How it went, and what to do with it."""

    scrolls = True

    def press(self, session: Session, key: str) -> Session:
        """Practise what was missed, have a certificate made, or leave."""
        attempt = session.attempt
        if key == "p" and attempt.missed() and not attempt.kiosk:
            return start(attempt.again(session.date), session.at, certificate=session.certificate)
        if key == "c" and session.certificate:
            return replace(session, scene="name", draft=Draft(cursor=0))
        return leave(session) if key in ("enter", "q") else command(session, key)

    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """Show score, what to remember, whom to ring, what comes back, and every mistake with what was right and why."""
        language, view = session.attempt.quiz.language, view_results(session.attempt, session.repeated)
        score = message(language, "take.score", right=view.right, total=view.total)
        coming = [row for line in session.coming or () for row in paragraph(line, width)]
        kiosk = session.attempt.kiosk
        parts: list[list[Row]] = [
            [
                *paragraph(score, width, "strong"),
                *paragraph(view.kind, width, "accent"),
                *_told(view.repeated, width),
                *(coming if kiosk else ()),
            ],
            _told(message(language, "kiosk.thanks") if kiosk else "", width, "strong"),
            _told(session.said, width, "accent"),
            _told(message(language, "app.unkept") if session.unkept else "", width, "warn"),
            _detected(view.detection, width),
            _listed(message(language, "take.remember"), _remembered(view.remember, width)),
            _listed(message(language, "detection.help"), answer_review.numbers(view.help, width)),
            [] if kiosk else coming,
            _listed(message(language, "take.by-topic"), _bars(view.topics, width)),
        ]
        rows: list[Row] = [(), *(row for part in parts if part for row in (*part, ()))]
        if not view.missed:
            perfect = message(language, "app.perfect")
            return ScrollArea([*rows, *paragraph(perfect, width, "right", lead=(Span("✓ ", "right"),))])
        rows.append((Span(message(language, "app.mistakes"), "dim"),))
        for missed in view.missed:
            rows += _mistake(missed, language, width)
        rows.append(())
        for title in view.sources:
            rows += paragraph(title, width, "dim")
        return ScrollArea(rows)

    def key_hints(self, session: Session) -> list[KeyHint]:
        """Offer practice and a certificate where there can be any."""
        practise = session.attempt.missed() and not session.attempt.kiosk
        return [
            KeyHint("Enter", "enter", "do-finish"),
            *([KeyHint("p", "p", "do-practise")] if practise else []),
            HELP,  # so that five hints have room on two rows of the smallest screen
            *([KeyHint("c", "c", "do-certificate")] if session.certificate else []),
            LANGUAGE,
        ]


def _told(words: str, width: int, look: Look = "text") -> list[Row]:
    return paragraph(words, width, look) if words else []


def _listed(title: str, rows: list[Row]) -> list[Row]:
    """Set rows below a title, if there are any."""
    return [(Span(title, "dim"),), *rows] if rows else []


def _detected(view: DetectionView | None, width: int) -> list[Row]:
    return [*paragraph(view.counts, width, "strong"), *_told(view.words, width)] if view else []


def _remembered(rules: Iterable[Remembered], width: int) -> list[Row]:
    """Set rules behind a bar, as advice is set, each below a row that names its question."""
    bar = Span("┃ ", "accent")
    rows: list[Row] = []
    for each in rules:
        rows.append(sides((Span(f"{each.number}. {each.about}", "dim"),), (), width + 1, "text"))
        rows += [(bar, *row) for row in paragraph(each.rule, width - width_of([bar]))]
    return rows


def _mistake(missed: Missed, language: str, width: int) -> list[Row]:
    """Set a mistake below the number of its question; the sources follow after the last one."""
    lead = (Span(f"{missed.number}. ", "strong"),)
    inner = width - width_of(lead)
    exhibit = missed.feedback.exhibit
    about = [
        *(deciding_rows(exhibit, inner) if exhibit else ()),
        *answer_review.review([part for part in missed.feedback.review if part.answers], language, inner),
        *answer_review.reasons(missed.feedback, language, inner),
        *answer_review.source(missed.feedback, language, inner),
    ]
    stem = paragraph(missed.feedback.stem, width, "strong", lead=lead)
    return [(), *stem, *((Span(" " * width_of(lead)), *row) for row in about)]


def _bars(scores: Iterable[TopicScore], width: int) -> list[Row]:
    """Draw a bar for each topic, all from one column on, or under their titles for want of room."""
    scores = list(scores)
    column = max(cell_len(topic.title) for topic in scores) + 2
    beside = width - column - len("  100/100") >= LONGEST_BAR // 3
    cells = min(width - len("  100/100") - (column if beside else 0), LONGEST_BAR)
    rows: list[Row] = []
    for topic in scores:
        full, empty = topic.bar(cells)
        drawn = Span(full, "full"), Span(empty, "empty"), Span(f"  {topic.right}/{topic.total}")
        if beside:
            rows.append((Span(topic.title + " " * (column - cell_len(topic.title))), *drawn))
        else:
            rows += [*paragraph(topic.title, width), drawn]
    return rows


SCENE = Results()
