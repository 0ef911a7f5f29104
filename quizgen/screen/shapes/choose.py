"""Choosing options: one key for one option, ticks for several."""

from msgspec.structs import replace

from quizgen.screen.answer_input import (
    NO_ROW,
    AnswerInput,
    IncompleteAnswer,
    KeyResult,
    SentAnswer,
    move,
    row_for_key,
)
from quizgen.screen.rows import NARROW, Row, fill_row, flow_items
from quizgen.screen.shapes import Choices, ScreenShape, option_rows
from quizgen.shapes import Choose
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


class ChooseScreen(ScreenShape[Choose]):
    """``chosen`` has the ticked options, ascending."""

    shape = Choose

    def press(self, answer: Choose, draft: AnswerInput, key: str) -> KeyResult:
        """Answer at once, or tick."""
        if answer.allows_several_options:
            return _tick(draft, key, len(answer.options))
        return _pick(answer, draft, key)

    def one_key(self, answer: Choose) -> bool:
        """Return whether there is one option to choose."""
        return not answer.allows_several_options

    def choices(self, answer: Choose, question: QuestionView, draft: AnswerInput, width: int) -> Choices:
        """List the options, with boxes if several may be ticked."""
        if width < NARROW and question.exhibit and (beside := _side_by_side(question, draft, width)):
            return Choices(beside, None if draft.cursor == NO_ROW else (0, len(beside)))
        rows: list[Row] = []
        focus = None
        for index, part in enumerate(question.options):
            chosen = index in draft.chosen
            box = ("[x] " if chosen else "[ ] ") if answer.allows_several_options else ""
            option = option_rows(part, width, here=index == draft.cursor, chosen=chosen, box=box)
            if index == draft.cursor:
                focus = len(rows), len(rows) + len(option)
            rows += option
        return Choices(rows, focus)


def _side_by_side(question: QuestionView, draft: AnswerInput, width: int) -> list[Row]:
    """Put short options side by side, so that an exhibit has more rows; return none if they are too long."""
    items = []
    for index, part in enumerate(question.options):
        rows = option_rows(part, width, here=index == draft.cursor, chosen=False, box="")
        items.append(rows[0][:-1])  # without the padding
        if len(rows) > 1:
            return []
    beside = flow_items(items, width, " ")
    return [fill_row(row, width, "text") for row in beside] if 2 * len(beside) <= len(items) else []


def _pick(answer: Choose, draft: AnswerInput, key: str) -> KeyResult:
    count = len(answer.options)
    labels = [answer.option_letter(index) for index in range(count)]
    if key in labels:
        return SentAnswer((labels.index(key),))
    if key.isdecimal() and answer.option_line_numbers:
        return (
            SentAnswer((answer.option_line_numbers.index(int(key)),))
            if int(key) in answer.option_line_numbers
            else None
        )
    if (row := row_for_key(key, count)) is not None:
        return SentAnswer((row,))
    if key in ("enter", " "):
        return (
            IncompleteAnswer(draft, _("Nothing chosen yet."))
            if draft.cursor == NO_ROW
            else SentAnswer((draft.cursor,))
        )
    return move(draft, key, count)


def _tick(draft: AnswerInput, key: str, count: int) -> KeyResult:
    row = draft.cursor if key == " " and draft.cursor != NO_ROW else row_for_key(key, count)
    if row is not None:
        ticked = set(draft.chosen) ^ {row}
        return replace(draft, cursor=row, chosen=tuple(sorted(ticked)))
    if key == "enter":
        return (
            SentAnswer(draft.chosen)
            if draft.chosen
            else IncompleteAnswer(draft, _("Tick at least one first."))
        )
    return move(draft, key, count)


SCREEN = ChooseScreen()
