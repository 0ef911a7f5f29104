"""An answered question as rows of the screen, with what was right and wrong, and why. Pure functions."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.screen import lines
from quizgen.screen.exhibit import exhibit_column_widths, exhibit_rows
from quizgen.screen.layout import lay_out_lines
from quizgen.screen.lines import Line
from quizgen.screen.rows import (
    COLUMN_GAP,
    Look,
    Row,
    Span,
    fill_row,
    spread_row,
    total_width,
    wrap_paragraph,
)
from quizgen.text.languages import locale
from quizgen.text.messages import Message, _, in_brackets, pgettext
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


_LEAD = len("✗ 1.  a  → ")
"""The largest width of what stands before a text that belongs at a position."""


def reviewed_answer_rows(parts: Sequence[ReviewedPart], language: str, width: int) -> list[Row]:
    """Return rows with each part of an answer, after a sign for right or wrong."""
    rows: list[Row] = []
    column = _response_column(parts, language, width)
    for part in parts:
        if part.label:
            rows += lay_out_lines([Line("reason", part.text, part.label)], width)
            continue
        sign, look = _STATUSES[part.status]
        name = f"{part.name}. " if part.name.isdecimal() else f" {part.name}  " if part.name else ""
        lead = (
            Span(f"{sign} ", look),
            Span(name, look),
            Span(f"{part.given} " if name[-2:-1] == "." else part.given, look),
        )
        if part.correct:
            rows += _misplaced_rows(part, lead, language, width, column)
            continue
        rows += wrap_paragraph(part.text + in_brackets(part.notes, language), width, look, lead=lead)
    return rows


def _misplaced_rows(part: ReviewedPart, lead: Row, language: str, width: int, column: int) -> list[Row]:
    """Return rows with what belongs at a position in the colour of right answers, and what the person put there.

    So the right order can be read from top to bottom. What the person put there begins in ``column``; if that is 0, it is
    in rows of its own.
    """
    indent = Span(" " * total_width(lead))
    rows = wrap_paragraph(part.text, width, lead=lead) if part.compared else []
    arrow = (indent, Span("→ ", "right")) if part.compared else lead
    rows += wrap_paragraph(part.correct, width, "right", lead=arrow)
    mine = _response_text(part, language)
    if column:
        rows[-1] = (*fill_row(rows[-1], column, "text"), Span(mine, "dim"))
        return rows
    return rows + wrap_paragraph(mine, width, "dim", lead=(indent,))


def _response_text(part: ReviewedPart, language: str) -> str:
    label = _("you:").translated(language)
    return f"{label}{space_after(label)}{part.mine}"


def _response_column(parts: Sequence[ReviewedPart], language: str, width: int) -> int:
    """Return the column for what the person put at positions, beside what belongs there; 0 if not everything fits."""
    misplaced = [part for part in parts if part.correct]
    column = _LEAD + max((cell_len(part.correct) for part in misplaced), default=0) + COLUMN_GAP
    longest = max((cell_len(_response_text(part, language)) for part in misplaced), default=0)
    return column if column + longest <= width else 0


def response_rows(parts: Sequence[NamedText], language: str, width: int) -> list[Row]:
    """Return rows with a response, without saying whether it is right."""
    label = _("Your answer:").translated(language)
    if not parts:
        return wrap_paragraph(_("Skipped").translated(language), width, "warn")
    if not parts[0].name:
        return lay_out_lines([Line("reason", parts[0].text, label)], width)
    rows: list[Row] = [(Span(label, "dim"),)]
    for part in parts:
        rows += wrap_paragraph(part.text, width, "text", lead=(Span(f"  {part.name}) "),))
    return rows


def shortened_source_rows(question: QuestionView, language: str, width: int) -> list[Row]:
    """Return one row with the sources, cut off if they are too long; :func:`source_rows` has them in full."""
    label = _("Source:").translated(language)
    text = f"{label}{space_after(label)}{locale(language).semicolon.join(question.citations)}"
    return [spread_row((Span(text, "dim"),), (), width + 1, "dim")] if question.citations else []


def source_rows(question: QuestionView, language: str, width: int) -> list[Row]:
    """Return rows with the sources in full: first offices and passages, then titles and dates."""
    titles = [Line("source", title) for title in question.sources]
    return lay_out_lines([*lines.source_lines(question, language), *titles], width)


class ExplainedAnswer(Struct, frozen=True):
    """Rows that explain an answer.

    The result, right or wrong, is in row ``verdict``. The sources begin at row ``first_source_row``. In a wide window, the
    exhibit is in a column of its own, ``left``, which is ``left_width`` cells wide. ``whole_sources`` are the sources
    that are shortened in ``rows``, in as many rows as they need, and the rows after them.
    """

    rows: list[Row]
    verdict: int
    first_source_row: int
    left: list[Row] = []
    left_width: int = 0
    whole_sources: list[Row] = []


def explain_answer(
    view: FeedbackView, language: str, width: int, *, show_full_sources: bool
) -> ExplainedAnswer:
    """Return the question and the answers as they were asked, and below them the result, the reasons and the advice.

    If ``show_full_sources``, the sources are in full.
    """
    question = view.question
    left_width, width = exhibit_column_widths(question.explained_exhibit, width)
    exhibit = exhibit_rows(question.explained_exhibit, left_width or width)
    rows = [
        *([] if left_width else exhibit),
        *wrap_paragraph(question.stem, width, "strong"),
        (),
    ]
    parts: Sequence[ReviewedPart] = view.reviewed_parts
    if question.answer.option_line_numbers:  # the lines stand above, with their numbers
        parts = [replace(part, name="") for part in parts if part.answers]
    rows += [*reviewed_answer_rows(parts, language, width), ()]
    at_verdict = len(rows)
    said = [
        lines.answer_result_line(view.result, language, OUTCOMES),
        *lines.decision_lines(view),
    ]
    rows += [*lay_out_lines([*said, *lines.reason_lines(question, language)], width), ()]
    at_source = len(rows)
    rows += (source_rows if show_full_sources else shortened_source_rows)(question, language, width)
    words = lay_out_lines(lines.glossary_lines(view.explained_words, language), width)
    ending = [(), *words] if words else []
    rows += ending
    whole: list[Row] = []
    if not show_full_sources:
        whole = [*lay_out_lines(lines.source_lines(question, language), width), *ending]
    return ExplainedAnswer(rows, at_verdict, at_source, exhibit if left_width else [], left_width, whole)
