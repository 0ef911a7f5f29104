"""What only the speaker sees: the current step, the key with its reason, what to ask, and what comes next. Pure functions."""

from collections.abc import Mapping

from quizgen.screen import lines
from quizgen.screen.layout import lay_out
from quizgen.screen.page import MAX_TEXT_WIDTH, Page
from quizgen.screen.presenting.layout import GUIDE_HELP, GUIDE_HINTS, bar, foot, guide_hints, talk_page
from quizgen.screen.presenting.talk import Talk, key_parts, option_names
from quizgen.screen.rows import Row, Span, fill_row, paragraph
from quizgen.text.messages import Message, _
from quizgen.view.exhibit import exhibit_title
from quizgen.view.question import build_question_view, build_quiz_view
from quizgen.view.results import build_results_view
from quizgen.view.room import list_audience_questions


def guide_page(talk: Talk, width: int, height: int, at: float) -> Page:
    """Draw what the speaker sees at time ``at``."""

    def middle(inner: int, room: int) -> list[Row]:
        cells = min(inner, MAX_TEXT_WIDTH)
        own = _question(talk, cells) if talk.step.index >= 0 else _edge(talk, cells)
        rows = [*_now(talk, cells), (), *own, (), *_after(talk, cells)]
        return rows if len(rows) <= room else [row for row in rows if row]

    name = _("Speaker’s guide").translated(talk.language)
    return talk_page(
        talk, width, height, at, middle, help_=GUIDE_HELP, hints=GUIDE_HINTS, name=name, widest=MAX_TEXT_WIDTH
    )


def waiting_page(language: str, width: int, height: int, *, had_one: bool) -> Page:
    """Say that there is no talk, not yet or no longer."""
    words = (
        _("The talk is over. This guide will follow the next one.")
        if had_one
        else _(
            "No talk is running yet. Start “quizgen present” in another terminal; this guide will follow it."
        )
    ).translated(language)
    rows = [(), *paragraph(words, max(min(width - 4, MAX_TEXT_WIDTH), 2), "strong", lead=(Span("  "),))][
        : height - 1
    ]
    rows += [()] * (height - 1 - len(rows))
    return Page(
        [*(fill_row(row, width, "text") for row in rows), foot(guide_hints(language), width, language)]
    )


def _now(talk: Talk, width: int) -> list[Row]:
    """Show what the room sees, and what the next key shows."""
    told = [_stage(_("On the screen: {stage}"), "dark" if talk.dark else talk.step.stage, talk.language)]
    if talk.next_step:
        told.append(_stage(_("Next: {stage}"), talk.next_step.stage, talk.language))
    return paragraph(" · ".join(told), width, "accent")


_STAGES: Mapping[str, Message] = {
    "title": _("the title"),
    "question": _("the question"),
    "options": _("the options"),
    "key": _("the answer and why"),
    "end": _("who to call"),
    "dark": _("nothing (dark)"),
}


def _stage(how: Message, stage: str, language: str) -> str:
    return how.filled(stage=_STAGES[stage]).translated(language)


def _question(talk: Talk, width: int) -> list[Row]:
    language, index = talk.language, talk.step.index
    view = talk.question_view
    rows = paragraph(_short_question(talk, index), width, "strong")
    rows += [(), *_labelled(talk, "key", _key(talk, index), width)]
    rows += [(), *lay_out(lines.reasons(view, language), width), ()]
    rows += _labelled(talk, "ask", list_audience_questions(talk.attempt.quiz)[index], width)
    if talk.counts:
        rows.append(())
        right = {part.name for part in view.correct_parts}
        for place, name in enumerate(option_names(view)):
            sign = "✓ " if view.options[place].name in right else "  "
            rows.append((Span(f"{sign}{name}  ", "strong"), *bar(talk, place, min(width - 8, 40), "full")))
    return rows


def _edge(talk: Talk, width: int) -> list[Row]:
    """Show what to do at the title or at the end, with the numbers to read aloud."""
    language = talk.language
    seed = _("Seed {seed}", seed=build_quiz_view(talk.attempt).seed).translated(language)
    if talk.step.stage == "title":
        return [
            *paragraph(_("Welcome: who you are, and that nobody is marked").translated(language), width),
            (),
            (Span(seed, "dim"),),
        ]
    rows = [*paragraph(_("The numbers once more, aloud, and thanks").translated(language), width), ()]
    rows += [*lay_out(lines.number_lines(build_results_view(talk.attempt).help), width), ()]
    rows += paragraph(_("If somebody has just been cheated").translated(language), width, "strong")
    return [
        *rows,
        *paragraph(
            _(
                "Let somebody else go on with the talk, sit down with them, and stay calm: it happens to careful people."
            ).translated(language),
            width,
        ),
        (),
        (Span(seed, "dim"),),
    ]


def _after(talk: Talk, width: int) -> list[Row]:
    """Show the next question with its key."""
    after = talk.step.index + 1
    if talk.step.stage == "end" or after == talk.attempt.total:
        return []
    words = _(
        "Then question {number}: {words}", number=after + 1, words=_short_question(talk, after)
    ).translated(talk.language)
    return [
        (Span("─" * width, "dim"),),
        *paragraph(words, width),
        *_labelled(talk, "key", _key(talk, after), width),
    ]


def _short_question(talk: Talk, index: int) -> str:
    """Return a short name for a question: its exhibit if it has one, because the stems of verdicts are the same."""
    view = build_question_view(talk.attempt, index)
    if not view.exhibit:
        return view.stem
    return exhibit_title(view.exhibit, talk.language)


def _key(talk: Talk, index: int) -> str:
    """Return the key as the room sees it."""
    return " · ".join(f"{part.name} {part.text}".strip() for part in key_parts(talk, index))


_LABELS: Mapping[str, Message] = {"key": _("Key"), "why": _("Why"), "do": _("Do"), "ask": _("Ask")}


def _labelled(talk: Talk, name: str, text: str, width: int) -> list[Row]:
    label = _LABELS[name].translated(talk.language)
    lead = (Span(label, "accent"), Span("  "))
    return paragraph(text, width, "strong" if name == "key" else "text", lead=lead)
