"""Choosing among options: one key for one, ticks for several."""

from msgspec.structs import replace

from quizgen.screen.answer_input import NOWHERE, AnswerInput, Pressed, Sent, Unfinished, move, row_named
from quizgen.screen.rows import NARROW, Row, filled, flowing
from quizgen.screen.shapes import Choices, ScreenShape, option_rows
from quizgen.shapes import Choose
from quizgen.view.question import QuestionView


class ChooseScreen(ScreenShape[Choose]):
    """``chosen`` are the options ticked, ascending."""

    shape = Choose

    def press(self, answer: Choose, draft: AnswerInput, key: str) -> Pressed:
        """Answer at once, or tick."""
        if answer.allows_several:
            return _tick(draft, key, len(answer.options))
        return _pick(answer, draft, key)

    def one_key(self, answer: Choose) -> bool:
        """One key does for one option."""
        return not answer.allows_several

    def choices(self, answer: Choose, question: QuestionView, draft: AnswerInput, width: int) -> Choices:
        """List the options, with boxes where several may be ticked."""
        if width < NARROW and question.exhibit and (beside := _side_by_side(question, draft, width)):
            return Choices(beside, None if draft.cursor == NOWHERE else (0, len(beside)))
        rows: list[Row] = []
        focus = None
        for index, part in enumerate(question.options):
            chosen = index in draft.chosen
            box = ("[x] " if chosen else "[ ] ") if answer.allows_several else ""
            option = option_rows(part, width, here=index == draft.cursor, chosen=chosen, box=box)
            if index == draft.cursor:
                focus = len(rows), len(rows) + len(option)
            rows += option
        return Choices(rows, focus)


def _side_by_side(question: QuestionView, draft: AnswerInput, width: int) -> list[Row]:
    """Set options of a word or two beside each other, so that an exhibit has their rows; or give none."""
    items = []
    for index, part in enumerate(question.options):
        rows = option_rows(part, width, here=index == draft.cursor, chosen=False, box="")
        items.append(rows[0][:-1])  # without what fills it up
        if len(rows) > 1:
            return []
    beside = flowing(items, width, " ")
    return [filled(row, width, "text") for row in beside] if 2 * len(beside) <= len(items) else []


def _pick(answer: Choose, draft: AnswerInput, key: str) -> Pressed:
    count = len(answer.options)
    labels = [answer.label(index) for index in range(count)]
    if key in labels:
        return Sent((labels.index(key),))
    if key.isdecimal() and answer.line_numbers:
        return Sent((answer.line_numbers.index(int(key)),)) if int(key) in answer.line_numbers else None
    if (row := row_named(key, count)) is not None:
        return Sent((row,))
    if key in ("enter", " "):
        return Unfinished(draft, "lacks-choice") if draft.cursor == NOWHERE else Sent((draft.cursor,))
    return move(draft, key, count)


def _tick(draft: AnswerInput, key: str, count: int) -> Pressed:
    row = draft.cursor if key == " " and draft.cursor != NOWHERE else row_named(key, count)
    if row is not None:
        ticked = set(draft.chosen) ^ {row}
        return replace(draft, cursor=row, chosen=tuple(sorted(ticked)))
    if key == "enter":
        return Sent(draft.chosen) if draft.chosen else Unfinished(draft, "lacks-ticks")
    return move(draft, key, count)


SCREEN = ChooseScreen()
