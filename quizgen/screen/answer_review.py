"""An answer once it is given, in rows: right and wrong, each part with its sign, and why. Pure."""

from collections.abc import Sequence
from typing import Literal

from quizgen.language import locale, message
from quizgen.screen.rows import Look, Row, Span, paragraph
from quizgen.view.feedback import FeedbackView, Verdict
from quizgen.view.shapes import Part, ReviewedPart

_VERDICTS: dict[str, Look] = {"right": "right", "skipped": "warn", "late": "warn"}
_STATUSES: dict[Literal["right", "wrong", "open"], tuple[str, Look]] = {
    "right": ("✓", "right"),
    "wrong": ("✗", "wrong"),
    "open": (" ", "dim"),
}


def verdict(view: Verdict, language: str, width: int) -> list[Row]:
    """Tell right or wrong by sign and word, not by colour alone."""
    look = _VERDICTS.get(view.outcome, "wrong")
    text = message(language, f"app.{view.outcome}", right=view.right, total=view.total)
    return paragraph(text, width, look, lead=(Span(f"{view.sign} ", look),))


def review(parts: Sequence[ReviewedPart], language: str, width: int) -> list[Row]:
    """Set an answer beside the right one, each part with its sign."""
    rows: list[Row] = []
    for part in parts:
        if part.label:
            rows += _labelled(part.label, part.text, width)
            continue
        sign, look = _STATUSES[part.status]
        lead = (Span(f"{sign} ", look), Span(f"{part.name}) ", look))
        rows += paragraph(part.text + _aside(part.notes, language), width, look, lead=lead)
    return rows


def response(parts: Sequence[Part], language: str, width: int) -> list[Row]:
    """Repeat an answer in full without a word on whether it is right."""
    label = message(language, "app.mine-is")
    if not parts:
        return paragraph(message(language, "app.skipped"), width, "warn")
    if not parts[0].name:
        return _labelled(label, parts[0].text, width)
    rows: list[Row] = [(Span(label, "dim"),)]
    for part in parts:
        rows += paragraph(part.text, width, "text", lead=(Span(f"  {part.name}) "),))
    return rows


def reasons(view: FeedbackView, language: str, width: int) -> list[Row]:
    """Say which words of an exhibit decide, why, and what to do."""
    rows: list[Row] = []
    for sign in view.exhibit.signs if view.exhibit else ():
        rows += _labelled(sign.words, sign.reason, width)
    rows += _labelled(message(language, "take.why"), view.rationale, width)
    if view.advice:
        rows += _labelled(message(language, "take.advice"), view.advice, width)
    return rows


def sources(view: FeedbackView, language: str, width: int, *, titles: bool = True) -> list[Row]:
    """Say where it comes from: by office and, if wanted, title and date."""
    rows: list[Row] = []
    for citation in view.citations:
        rows += _labelled(message(language, "take.source"), citation, width, "dim")
    for title in view.sources if titles else ():
        rows += paragraph(title, width, "dim")
    return rows


def _labelled(label: str, text: str, width: int, look: Look = "text") -> list[Row]:
    space = "" if label.endswith("：") else " "
    return paragraph(f"{label}{space}{text}", width, look, label=label)


def _aside(notes: Sequence[str], language: str) -> str:
    """Set notes in the brackets of a language."""
    if not notes:
        return ""
    joined = locale(language).comma.join(notes)
    return locale(language).aside.format(joined)
