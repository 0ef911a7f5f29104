"""Choosing a choice for each prompt by its letter."""

from string import ascii_lowercase

from msgspec.structs import replace

from quizgen.screen.answer_input import (
    DIGITS,
    NO_ROW,
    AnswerInput,
    IncompleteAnswer,
    KeyHelp,
    KeyResult,
    SentAnswer,
    key_range,
    move_cursor,
    row_for_key,
)
from quizgen.screen.rows import Look, Row, Span, fill_row, wrap_paragraph
from quizgen.screen.shapes import AnswerScreen, ChoiceRows
from quizgen.shapes import Match
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


class MatchScreen(AnswerScreen[Match]):
    """Handles keys for pairs to match, and draws them.

    ``chosen`` has the index of the choice for each prompt, or NO_ROW. The cursor is on a prompt.
    """

    shape = Match

    def start_input(self, answer: Match) -> AnswerInput:
        """Begin at the first prompt."""
        return AnswerInput(cursor=0, chosen=(NO_ROW,) * len(answer.prompts))

    def handle_key(self, answer: Match, draft: AnswerInput, key: str) -> KeyResult:
        """Choose by letter.

        A digit moves to a prompt, and Space goes through the choices that are not used yet.
        """
        count = len(answer.prompts)
        if key == "enter":
            return _send_if_complete(draft)
        if key in ("backspace", " "):
            free = [c for c in range(len(answer.choices)) if c not in draft.chosen]
            after = [c for c in free if c > draft.chosen[draft.cursor]]
            choice = next(iter(after or free), NO_ROW) if key == " " else NO_ROW
            return replace(draft, chosen=_replace_at(draft.chosen, draft.cursor, choice))
        if key in DIGITS[:count]:
            return replace(draft, cursor=DIGITS.index(key))
        named = row_for_key(key, len(answer.choices), takes_digits=False)
        return move_cursor(draft, key, count) if named is None else _assign_choice(draft, named)

    def help_keys(self, answer: Match) -> tuple[KeyHelp, ...]:
        """List the keys that choose a prompt, and a choice for it."""
        return (
            KeyHelp(key_range(DIGITS[: len(answer.prompts)]), _("go to a line")),
            KeyHelp(
                key_range(ascii_lowercase[: len(answer.choices)]), _("choose what goes with the marked line")
            ),
            KeyHelp("Space", _("choose the next one that is not used"), " "),
            KeyHelp("Backspace", _("empty the marked line"), "backspace"),
        )

    def draw_choices(
        self, _answer: Match, question: QuestionView, draft: AnswerInput, width: int
    ) -> ChoiceRows:
        """Draw the prompts, each with the letter chosen for it, and the choices below."""
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
            own = wrap_paragraph(prompt.text, width, look, lead=lead, key=key)
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
            rows += wrap_paragraph(option.text + tail, width, "dim" if used else "text", lead=beside, key=key)
        # On a small screen, the choices below must be visible together with the prompt under the cursor.
        return ChoiceRows(rows, (focus, len(rows)))


def _send_if_complete(draft: AnswerInput) -> KeyResult:
    """Send the input if every prompt has a choice; otherwise move to the first prompt without one."""
    if NO_ROW not in draft.chosen:
        return SentAnswer(draft.chosen)
    empty = draft.chosen.index(NO_ROW)
    return IncompleteAnswer(
        replace(draft, cursor=empty), _("{count} left to place."), draft.chosen.count(NO_ROW)
    )


def _assign_choice(draft: AnswerInput, choice: int) -> AnswerInput:
    """Assign a choice to the prompt under the cursor, and move to the next prompt without one."""
    count = len(draft.chosen)
    chosen = tuple(NO_ROW if c == choice else c for c in draft.chosen)  # each choice belongs to one prompt
    chosen = _replace_at(chosen, draft.cursor, choice)
    rows = (row % count for row in range(draft.cursor, draft.cursor + count))
    waiting = [row for row in rows if chosen[row] == NO_ROW]
    return replace(draft, chosen=chosen, cursor=waiting[0] if waiting else draft.cursor)


def _replace_at(values: tuple[int, ...], index: int, value: int) -> tuple[int, ...]:
    return (*values[:index], value, *values[index + 1 :])


SCREEN = MatchScreen()
