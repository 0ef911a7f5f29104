"""What only the speaker sees: the current step, the right answer and why, what to ask, and what comes next.

Pure functions.
"""

from collections.abc import Mapping

from quizgen.screen import lines
from quizgen.screen.layout import lay_out_lines
from quizgen.screen.page import MAX_TEXT_WIDTH, Page
from quizgen.screen.presenting.layout import (
    GUIDE_HELP,
    GUIDE_HINTS,
    draw_talk_page,
    hand_count_bar,
    key_hint_row,
    list_key_hints_of_waiting_guide,
)
from quizgen.screen.presenting.talk import Talk, list_option_names, list_right_answer_parts
from quizgen.screen.rows import Row, Span, fill_row, wrap_paragraph
from quizgen.text.messages import Message, _
from quizgen.view.exhibit import exhibit_title
from quizgen.view.question import build_question_view, build_quiz_view
from quizgen.view.results import build_results_view
from quizgen.view.room import list_questions_to_ask_audience


def draw_guide_page(talk: Talk, width: int, height: int, now: float) -> Page:
    """Draw what the speaker sees at the time ``now``."""

    def middle(inner: int, room: int) -> list[Row]:
        cells = min(inner, MAX_TEXT_WIDTH)
        own = _question_rows(talk, cells) if talk.step.index >= 0 else _title_or_end_rows(talk, cells)
        rows = [*_current_step_rows(talk, cells), (), *own, (), *_next_question_rows(talk, cells)]
        return rows if len(rows) <= room else [row for row in rows if row]

    name = _("Speaker’s guide").translated(talk.language)
    return draw_talk_page(
        talk,
        width,
        height,
        now,
        middle,
        help_=GUIDE_HELP,
        hints=GUIDE_HINTS,
        name=name,
        max_width=MAX_TEXT_WIDTH,
    )


def draw_waiting_page(language: str, width: int, height: int, *, had_one: bool) -> Page:
    """Draw a page saying that there is no talk; ``had_one`` says whether there was one before."""
    words = (
        _("The talk is over. This guide will follow the next one.")
        if had_one
        else _(
            "No talk is running yet. Start “quizgen present” in another terminal; this guide will follow it."
        )
    ).translated(language)
    rows = [(), *wrap_paragraph(words, max(min(width - 4, MAX_TEXT_WIDTH), 2), "strong", lead=(Span("  "),))][
        : height - 1
    ]
    rows += [()] * (height - 1 - len(rows))
    return Page(
        [
            *(fill_row(row, width, "text") for row in rows),
            key_hint_row(list_key_hints_of_waiting_guide(language), width, language),
        ]
    )


def _current_step_rows(talk: Talk, width: int) -> list[Row]:
    """Return rows with what the room sees, and with what the next key shows."""
    told = [
        _stage_sentence(_("On the screen: {stage}"), "dark" if talk.dark else talk.step.stage, talk.language)
    ]
    if talk.next_step:
        told.append(_stage_sentence(_("Next: {stage}"), talk.next_step.stage, talk.language))
    return wrap_paragraph(" · ".join(told), width, "accent")


_STAGES: Mapping[str, Message] = {
    "title": _("the title"),
    "question": _("the question"),
    "options": _("the options"),
    "key": _("the answer and why"),
    "end": _("who to call"),
    "dark": _("nothing (dark)"),
}


def _stage_sentence(message: Message, stage: str, language: str) -> str:
    return message.with_values(stage=_STAGES[stage]).translated(language)


def _question_rows(talk: Talk, width: int) -> list[Row]:
    language, index = talk.language, talk.step.index
    view = talk.question_view
    rows = wrap_paragraph(_question_name(talk, index), width, "strong")
    rows += [(), *_labelled_rows(talk, "key", _right_answer_text(talk, index), width)]
    rows += [(), *lay_out_lines(lines.reason_lines(view, language), width), ()]
    rows += _labelled_rows(talk, "ask", list_questions_to_ask_audience(talk.attempt.quiz)[index], width)
    if talk.hand_counts:
        rows.append(())
        right = {part.name for part in view.right_answer_parts}
        for place, name in enumerate(list_option_names(view)):
            sign = "✓ " if view.options[place].name in right else "  "
            rows.append(
                (Span(f"{sign}{name}  ", "strong"), *hand_count_bar(talk, place, min(width - 8, 40), "full"))
            )
    return rows


def _title_or_end_rows(talk: Talk, width: int) -> list[Row]:
    """Return rows with what to do at the title or at the end, and with the phone numbers to read aloud."""
    language = talk.language
    seed = _("Seed {seed}", seed=build_quiz_view(talk.attempt).seed).translated(language)
    if talk.step.stage == "title":
        return [
            *wrap_paragraph(_("Welcome: who you are, and that nobody is marked").translated(language), width),
            (),
            (Span(seed, "dim"),),
        ]
    rows = [*wrap_paragraph(_("The numbers once more, aloud, and thanks").translated(language), width), ()]
    rows += [*lay_out_lines(lines.help_number_lines(build_results_view(talk.attempt).help), width), ()]
    rows += wrap_paragraph(_("If somebody has just been cheated").translated(language), width, "strong")
    return [
        *rows,
        *wrap_paragraph(
            _(
                "Let somebody else go on with the talk, sit down with them, and stay calm: it happens to careful people."
            ).translated(language),
            width,
        ),
        (),
        (Span(seed, "dim"),),
    ]


def _next_question_rows(talk: Talk, width: int) -> list[Row]:
    """Return rows with the next question and its right answer."""
    after = talk.step.index + 1
    if talk.step.stage == "end" or after == talk.attempt.total:
        return []
    words = _(
        "Then question {number}: {words}", number=after + 1, words=_question_name(talk, after)
    ).translated(talk.language)
    return [
        (Span("─" * width, "dim"),),
        *wrap_paragraph(words, width),
        *_labelled_rows(talk, "key", _right_answer_text(talk, after), width),
    ]


def _question_name(talk: Talk, index: int) -> str:
    """Return a short name for a question: its exhibit, or its stem if it has none.

    Questions about exhibits all have the same stem.
    """
    view = build_question_view(talk.attempt, index)
    if not view.exhibit:
        return view.stem
    return exhibit_title(view.exhibit, talk.language)


def _right_answer_text(talk: Talk, index: int) -> str:
    """Return the right answer with the letters that the room sees."""
    return " · ".join(f"{part.name} {part.text}".strip() for part in list_right_answer_parts(talk, index))


_LABELS: Mapping[str, Message] = {"key": _("Key"), "why": _("Why"), "do": _("Do"), "ask": _("Ask")}


def _labelled_rows(talk: Talk, name: str, text: str, width: int) -> list[Row]:
    label = _LABELS[name].translated(talk.language)
    lead = (Span(label, "accent"), Span("  "))
    return wrap_paragraph(text, width, "strong" if name == "key" else "text", lead=lead)
