"""Putting steps in order by their letters."""

from string import ascii_lowercase

from msgspec.structs import replace

from quizgen.screen.answer_input import (
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
from quizgen.screen.rows import Row
from quizgen.screen.shapes import AnswerScreen, ChoiceRows, option_rows
from quizgen.shapes import Order
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


class OrderScreen(AnswerScreen[Order]):
    """Handles keys for steps to put in order, and draws them.

    ``chosen`` has the indices of the steps so far, first to last.
    """

    shape = Order

    def handle_key(self, answer: Order, draft: AnswerInput, key: str) -> KeyResult:
        """Choose the next step by its letter; choosing a step again removes it. Digits would be ambiguous."""
        count = len(answer.steps)
        if key == "backspace" and draft.chosen:
            return replace(draft, chosen=draft.chosen[:-1])
        if key == "enter" and len(draft.chosen) == count:
            return SentAnswer(draft.chosen)
        row = row_for_key(key, count, takes_digits=False)
        if key == " " or (key == "enter" and draft.cursor not in draft.chosen):
            row = draft.cursor if draft.cursor != NO_ROW else None
        if row is None and key == "enter":
            return IncompleteAnswer(draft, _("{count} left to place."), count - len(draft.chosen))
        if row is None:
            return move_cursor(draft, key, count)
        others = tuple(step for step in draft.chosen if step != row)
        return replace(draft, cursor=row, chosen=others if row in draft.chosen else (*draft.chosen, row))

    def help_keys(self, answer: Order) -> tuple[KeyHelp, ...]:
        """List the keys that place steps."""
        return (
            KeyHelp(
                key_range(ascii_lowercase[: len(answer.steps)]), _("make it the next step, or take it out")
            ),
            KeyHelp("Space", _("the same for the marked step"), " "),
            KeyHelp("Backspace", _("take out the last step"), "backspace"),
        )

    def draw_choices(
        self, _answer: Order, question: QuestionView, draft: AnswerInput, width: int
    ) -> ChoiceRows:
        """Draw the steps, each with its position if it has one already."""
        rows: list[Row] = []
        focus = None
        for index, part in enumerate(question.options):
            chosen = index in draft.chosen
            box = f"[{draft.chosen.index(index) + 1}] " if chosen else "[ ] "
            step = option_rows(part, width, has_cursor=index == draft.cursor, is_chosen=chosen, box=box)
            if index == draft.cursor:
                focus = len(rows), len(rows) + len(step)
            rows += step
        return ChoiceRows(rows, focus)


SCREEN = OrderScreen()
