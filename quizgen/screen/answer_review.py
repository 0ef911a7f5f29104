"""An answered question in rows: each part with its sign, right or wrong, and the reasons. Pure functions."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from quizgen.screen import lines
from quizgen.screen.exhibit import exhibit_rows
from quizgen.screen.layout import lay_out
from quizgen.screen.lines import Line
from quizgen.screen.rows import Look, Row, Span, paragraph, spread, width_of
from quizgen.text.languages import locale
from quizgen.text.messages import Message, _, aside, pgettext
from quizgen.view.feedback import FeedbackView, ReviewedPart
from quizgen.view.question import NamedText, QuestionView
from quizgen.view.text import space_after

_STATUSES: dict[Literal["right", "wrong", "open"], tuple[str, Look]] = {
    "right": ("✓", "right"),
    "wrong": ("✗", "wrong"),
    "open": (" ", "dim"),
}

OUTCOMES: Mapping[str, Message] = {
    "right": pgettext("feedback", "Right"),
    "wrong": _("Wrong"),
    "partly": _("Wrong: {right} of {total} in the right place"),
    "found": _("Wrong: {right} of {total} found, plus {extra} wrong"),
    "found-only": _("Wrong: {right} of {total} found"),
    "skipped": _("Skipped"),
    "late": _("Time is up"),
}
"""How an answer turned out, on the full screen."""


def review(parts: Sequence[ReviewedPart], language: str, width: int) -> list[Row]:
    """Show an answer compared with the right one, each part with its sign."""
    rows: list[Row] = []
    for part in parts:
        if part.label:
            rows += lay_out([Line("reason", part.text, part.label)], width)
            continue
        sign, look = _STATUSES[part.status]
        name = f"{part.name}. " if part.name.isdecimal() else f" {part.name}  "
        lead = (
            Span(f"{sign} ", look),
            Span(name, look),
            Span(f"{part.given} " if name[-2] == "." else part.given, look),
        )
        rows += paragraph(part.text + aside(part.notes, language), width, look, lead=lead)
        if part.compared:
            rows += paragraph(part.compared, width, look, lead=(Span(" " * width_of(lead)),))
    return rows


def response(parts: Sequence[NamedText], language: str, width: int) -> list[Row]:
    """Show a response in full, without saying whether it is right."""
    label = _("Your answer:").translated(language)
    if not parts:
        return paragraph(_("Skipped").translated(language), width, "warn")
    if not parts[0].name:
        return lay_out([Line("reason", parts[0].text, label)], width)
    rows: list[Row] = [(Span(label, "dim"),)]
    for part in parts:
        rows += paragraph(part.text, width, "text", lead=(Span(f"  {part.name}) "),))
    return rows


def source(question: QuestionView, language: str, width: int) -> list[Row]:
    """Show the sources in one row; :func:`sources` shows them in full."""
    label = _("Source:").translated(language)
    text = f"{label}{space_after(label)}{locale(language).semicolon.join(question.citations)}"
    return [spread((Span(text, "dim"),), (), width + 1, "dim")] if question.citations else []


def sources(question: QuestionView, language: str, width: int) -> list[Row]:
    """Show the sources in full: with office and passage, then with title and date."""
    titles = [Line("source", title) for title in question.sources]
    return lay_out([*lines.sources(question, language), *titles], width)


class Explained(Struct, frozen=True):
    """An explained answer in rows: the question before row ``verdict``, the sources from row ``source`` on."""

    rows: list[Row]
    verdict: int
    source: int


def explained(view: FeedbackView, language: str, width: int, *, more: bool, timing: str = "") -> Explained:
    """Show question and answers as they were asked, and below them the verdict, the reasons and the advice.

    ``more`` shows the sources in full; ``timing`` says when the answer came, or is "".
    """
    question = view.question
    rows = [*exhibit_rows(question.explained_exhibit, width), *paragraph(question.stem, width, "strong"), ()]
    rows += [*review(view.reviewed_parts, language, width), ()]
    at_verdict = len(rows)
    said = [lines.verdict(view.result, language, OUTCOMES), *([Line("reason", timing)] if timing else [])]
    rows += [*lay_out([*said, *lines.reasons(question, language)], width), ()]
    at_source = len(rows)
    rows += (sources if more else source)(question, language, width)
    return Explained(rows, at_verdict, at_source)
