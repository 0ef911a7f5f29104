"""Choosing options: one key for a single option, ticks for several."""

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
from quizgen.screen.rows import NARROW, Row, fill_row, flow_items
from quizgen.screen.shapes import AnswerScreen, ChoiceRows, option_rows
from quizgen.shapes import Choose
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


class ChooseScreen(AnswerScreen[Choose]):
    """Handles keys for options to choose from, and draws them.

    ``chosen`` has the indices of the ticked options, in ascending order.
    """

    shape = Choose

    def handle_key(self, answer: Choose, draft: AnswerInput, key: str) -> KeyResult:
        """Answer at once, or tick an option if several can be chosen."""
        if answer.allows_several_options:
            return _toggle_option(draft, key, len(answer.options))
        return _pick_option(answer, draft, key)

    def needs_one_key(self, answer: Choose) -> bool:
        """Return whether exactly one option can be chosen."""
        return not answer.allows_several_options

    def help_keys(self, answer: Choose) -> tuple[KeyHelp, ...]:
        """List the keys that choose or tick an option."""
        if answer.option_line_numbers:
            return (KeyHelp(" ".join(map(str, answer.option_line_numbers)), _("choose a line")),)
        count = len(answer.options)
        letters = [answer.option_letter(index) for index in range(count)]
        cap = key_range(letters) if letters[0] == "a" else " ".join(letters)
        cap = f"{cap} {key_range(DIGITS[:count])}"
        if not answer.allows_several_options:
            return (KeyHelp(cap, _("choose an answer")),)
        return KeyHelp(cap, _("tick an answer, or remove its tick")), KeyHelp(
            "Space", _("tick the marked answer"), " "
        )

    def draw_choices(
        self, answer: Choose, question: QuestionView, draft: AnswerInput, width: int
    ) -> ChoiceRows:
        """Draw the options, with boxes if several can be ticked."""
        if width < NARROW and question.exhibit and (beside := _side_by_side_rows(question, draft, width)):
            return ChoiceRows(beside, None if draft.cursor == NO_ROW else (0, len(beside)))
        rows: list[Row] = []
        focus = None
        for index, part in enumerate(question.options):
            chosen = index in draft.chosen
            box = ("[x] " if chosen else "[ ] ") if answer.allows_several_options else ""
            option = option_rows(part, width, has_cursor=index == draft.cursor, is_chosen=chosen, box=box)
            if index == draft.cursor:
                focus = len(rows), len(rows) + len(option)
            rows += option
        return ChoiceRows(rows, focus)


def _side_by_side_rows(question: QuestionView, draft: AnswerInput, width: int) -> list[Row]:
    """Put short options side by side, so that an exhibit has more rows; return none if they are too long."""
    items = []
    for index, part in enumerate(question.options):
        rows = option_rows(part, width, has_cursor=index == draft.cursor, is_chosen=False, box="")
        items.append(rows[0][:-1])  # without the padding
        if len(rows) > 1:
            return []
    beside = flow_items(items, width, " ")
    return [fill_row(row, width, "text") for row in beside] if 2 * len(beside) <= len(items) else []


def _pick_option(answer: Choose, draft: AnswerInput, key: str) -> KeyResult:
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
    return move_cursor(draft, key, count)


def _toggle_option(draft: AnswerInput, key: str, count: int) -> KeyResult:
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
    return move_cursor(draft, key, count)


SCREEN = ChooseScreen()
