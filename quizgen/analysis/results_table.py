"""The table of results that ``quizgen mark`` writes, or a person: a row for each sheet, and a column for each question.

The first columns are ``sheet``, ``version``, ``code`` and ``time`` (``before``, ``after`` or nothing). Then come the ids of
questions. A column ``talk`` may name the talk, and a column ``right`` does not matter.
"""

import csv
import io
from string import ascii_letters

from quizgen.analysis.sitting import GivenAnswer, Sitting, Time, judged_exhibit
from quizgen.errors import QuizgenError, problem, suggest_nearest
from quizgen.model import Bank
from quizgen.shapes import Answer, Choose, Match, Order
from quizgen.text.languages import FALLBACK
from quizgen.text.messages import Message, _

_UNREADABLE = "?"
_FIRST_COLUMNS = ("sheet", "version", "code", "time")
_OTHER_COLUMNS = (*_FIRST_COLUMNS, "talk", "right")


def read_results(data: bytes, bank: Bank, file: str = "") -> list[Sitting]:
    """Read a table of results. Answers that nobody could read are left out. Raises QuizgenError with every problem."""
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader if any(row)]
    except (UnicodeDecodeError, csv.Error):
        rows = []
    heads = rows[0][1] if rows else []
    if tuple(heads[: len(_FIRST_COLUMNS)]) != _FIRST_COLUMNS:
        raise QuizgenError(
            problem(
                _("this is not a table of results"),
                _("name a CSV file whose first columns are {columns}"),
                columns=_FIRST_COLUMNS,
                file=file,
            )
        )
    problems = [
        problem(
            _("the bank has no question {asked}"),
            suggest_nearest(head, bank.questions),
            asked=head,
            file=file,
            line=1,
        )
        for head in heads
        if head not in _OTHER_COLUMNS and head not in bank.questions
    ]
    if problems:
        raise QuizgenError(problems)
    sittings = []
    for line, row in rows[1:]:
        sitting, wrong = _read_row(heads, row, bank)
        sittings.append(sitting)
        problems += [problem(what, hint, file=file, line=line) for what, hint in wrong]
    if problems:
        raise QuizgenError(problems)
    return sittings


def _read_row(heads: list[str], row: list[str], bank: Bank) -> tuple[Sitting, list[tuple[Message, Message]]]:
    """Read a row. Return the sitting, and what is wrong with the row, each with what to do about it."""
    wrong: list[tuple[Message, Message]] = []
    if len(row) != len(heads):
        what = _("{count} cells, but the first line has {expected}", count=len(row), expected=len(heads))
        wrong.append((what, _("give every column a cell")))
    cells = dict(zip(heads, row, strict=False))
    times: dict[str, Time] = {"before": "before", "after": "after", "": ""}
    if (time := cells.get("time", "")) not in times:
        what = _("there is no time {asked!r}", asked=time)
        wrong.append((what, _("write before or after, or leave the cell empty")))
    answers = []
    for id_, cell in cells.items():
        if id_ in _OTHER_COLUMNS or cell == _UNREADABLE:
            continue
        question = bank.questions[id_]
        found = _parse_cell(question.answer, cell)
        if cell and found is None:
            hint = _(
                "write it as {example}; leave the cell empty if it was skipped",
                example=_right_cell(question.answer),
            )
            wrong.append((_("{id}: {asked!r} is no answer", id=id_, asked=cell), hint))
        chosen, right = found or (None, False)
        answers.append(GivenAnswer(question, chosen, right, genuine=judged_exhibit(question, bank)))
    return Sitting(tuple(answers), cells.get("code", ""), times.get(time, ""), cells.get("talk", "")), wrong


def _parse_cell(answer: Answer, cell: str) -> tuple[tuple[int, ...], bool] | None:
    """Return which options a cell names (none if the question has no options), and whether it is right.

    The result is ``None`` if the cell makes no sense.
    """
    typed = cell.lower().replace(" ", "")
    if isinstance(answer, Choose):
        chosen = answer.parse_reply(typed)
        return (chosen, answer.mark_response(chosen).right) if isinstance(chosen, tuple) else None
    expected = _right_cell(answer)
    signs = (
        ascii_letters[: len(answer.choices)]
        if isinstance(answer, Match)
        else "+123456789"[: len(expected) + 1]
    )
    good = len(typed) == len(expected) and set(typed) <= {*signs, "-"}
    return ((), typed == expected) if good else None


def _right_cell(answer: Answer) -> str:
    """Return the right answer as a cell has it.

    It has the letters of options, the letter of a choice for each prompt, or the position of each step, in the order of
    the bank. For a question that wants words it is ``+``.
    """
    if isinstance(answer, Choose):
        return answer.format_correct_response(FALLBACK).replace(" ", "")
    if isinstance(answer, Match):
        return "".join(map(answer.option_letter, answer.key))
    if isinstance(answer, Order):
        return "".join(str(answer.key.index(step) + 1) for step in range(len(answer.key)))
    return "+"
