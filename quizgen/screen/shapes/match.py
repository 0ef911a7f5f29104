"""Choosing a choice for each prompt, by letter."""

from msgspec.structs import replace

from quizgen.screen.answer_input import (
    DIGITS,
    NO_ROW,
    AnswerInput,
    IncompleteAnswer,
    KeyResult,
    SentAnswer,
    move,
    row_for_key,
)
from quizgen.screen.rows import Look, Row, Span, fill_row, paragraph
from quizgen.screen.shapes import Choices, ScreenShape
from quizgen.shapes import Match
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


class MatchScreen(ScreenShape[Match]):
    """``chosen`` has the choice for each prompt, or NO_ROW; the cursor is on a prompt."""

    shape = Match

    def begin(self, answer: Match) -> AnswerInput:
        """Begin at the first prompt."""
        return AnswerInput(cursor=0, chosen=(NO_ROW,) * len(answer.prompts))

    def press(self, answer: Match, draft: AnswerInput, key: str) -> KeyResult:
        """Choose by letter; a digit goes to a prompt, Space goes through the unused choices."""
        count = len(answer.prompts)
        if key == "enter":
            return _send(draft)
        if key in ("backspace", " "):
            free = [c for c in range(len(answer.choices)) if c not in draft.chosen]
            after = [c for c in free if c > draft.chosen[draft.cursor]]
            choice = next(iter(after or free), NO_ROW) if key == " " else NO_ROW
            return replace(draft, chosen=_with(draft.chosen, draft.cursor, choice))
        if key in DIGITS[:count]:
            return replace(draft, cursor=DIGITS.index(key))
        named = row_for_key(key, len(answer.choices), digits=False)
        return move(draft, key, count) if named is None else _give(draft, named)

    def choices(self, _answer: Match, question: QuestionView, draft: AnswerInput, width: int) -> Choices:
        """List the prompts, each with its letter so far, and the choices below."""
        rows: list[Row] = []
        focus = 0
        for index, prompt in enumerate(question.prompts):
            key, here = prompt.name, index == draft.cursor
            choice = draft.chosen[index]
            look: Look = "cursor" if here else "text"
            lead = (
                Span("› " if here else "  ", look, key),
                Span(f"{key}. ", look, key),
                Span(
                    f" {question.options[choice].name if choice != NO_ROW else '_'} ",
                    "picked" if choice != NO_ROW else "chip",
                    key,
                ),
                Span(" ", look, key),
            )
            focus = len(rows) if here else focus
            own = paragraph(prompt.text, width, look, lead=lead, key=key)
            rows += [fill_row(row, width, look, key) for row in own]
        rows.append(())
        for index, option in enumerate(question.options):
            key, used = option.name, index in draft.chosen
            tail = f" ({draft.chosen.index(index) + 1})" if used else ""
            beside = (
                Span("  ", "text", key),
                Span(f" {key} ", "picked" if used else "chip", key),
                Span(" ", "text", key),
            )
            rows += paragraph(option.text + tail, width, "dim" if used else "text", lead=beside, key=key)
        # On a small screen, the choices below must be visible together with the prompt under the cursor.
        return Choices(rows, (focus, len(rows)))


def _send(draft: AnswerInput) -> KeyResult:
    """Send the input if every prompt has a choice, or else go to the first one without."""
    if NO_ROW not in draft.chosen:
        return SentAnswer(draft.chosen)
    empty = draft.chosen.index(NO_ROW)
    return IncompleteAnswer(
        replace(draft, cursor=empty), _("{count} left to place."), draft.chosen.count(NO_ROW)
    )


def _give(draft: AnswerInput, choice: int) -> AnswerInput:
    """Give the prompt under the cursor a choice, and go to the next one without."""
    count = len(draft.chosen)
    chosen = tuple(NO_ROW if c == choice else c for c in draft.chosen)  # each choice belongs to one prompt
    chosen = _with(chosen, draft.cursor, choice)
    rows = (row % count for row in range(draft.cursor, draft.cursor + count))
    waiting = [row for row in rows if chosen[row] == NO_ROW]
    return replace(draft, chosen=chosen, cursor=waiting[0] if waiting else draft.cursor)


def _with(values: tuple[int, ...], index: int, value: int) -> tuple[int, ...]:
    return (*values[:index], value, *values[index + 1 :])


SCREEN = MatchScreen()
