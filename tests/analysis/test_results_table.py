"""The table of results: as ``quizgen mark`` writes it, and every fault named."""

import pytest

from quizgen.analysis import read_results
from quizgen.errors import QuizgenError
from quizgen.paper.mark_positions import describe_questions
from tests.banks import sample_bank, sample_quiz

BANK = sample_bank()
RIGHT = {id_: each.right for id_, each in describe_questions(sample_quiz(), BANK.questions).items()}
"""The right answers as ``quizgen mark`` writes them."""


def test_right_answers_skipped_ones_and_unreadable_ones() -> None:
    heads = ["sheet", "version", "code", "time", "right", *RIGHT]
    rows = [
        ["1", "A", "KD47", "before", "6", *RIGHT.values()],
        ["2", "A", "KD47", "after", "0", *("" for _id in RIGHT)],
        ["3", "", "", "", "0", *("?" for _id in RIGHT)],
    ]
    text = "".join(",".join(row) + "\n" for row in [heads, *rows])
    first, second, third = read_results(text.encode("utf-8-sig"), BANK)
    assert [(each.code, each.time) for each in (first, second, third)] == [
        ("KD47", "before"), ("KD47", "after"), ("", ""),
    ]  # fmt: skip
    assert [each.question.id for each in first.answers if each.right] == list(RIGHT)
    assert [each.chosen for each in second.answers] == [None] * len(RIGHT)
    assert third.answers == ()


@pytest.mark.parametrize("id_", RIGHT)
def test_a_wrong_answer_is_wrong(id_: str) -> None:
    right = RIGHT[id_]
    wrong = right[-1] + right[1:-1] + right[0] if len(right) > 1 else "-" if right == "+" else "B"
    if right in ("T", "F"):
        wrong = "F" if right == "T" else "T"
    if BANK.questions[id_].answer.allows_several_options:
        wrong = right[0]
    (sitting,) = read_results(f"sheet,version,code,time,{id_}\n1,,,,{wrong}\n".encode(), BANK)
    assert [(each.right, each.chosen is None) for each in sitting.answers] == [(False, False)]


def problems(text: str) -> list[str]:
    with pytest.raises(QuizgenError) as caught:
        read_results(text.encode(), BANK, "results.csv")
    return [str(each) for each in caught.value.problems]


HEAD = "sheet,version,code,time,callers/what-first"


def test_every_fault_is_named() -> None:
    assert problems(f"{HEAD}\n1,,,noon,zz\n2,,,\n") == [
        "results.csv:2:1: there is no time 'noon'; write before or after, or leave the cell empty",
        f"results.csv:2:1: callers/what-first: 'zz' is no answer; write it as {RIGHT['callers/what-first']}; leave the cell empty if it was skipped",
        "results.csv:3:1: 4 cells, but the first line has 5; give every column a cell",
    ]
    assert problems("sheet,version,code,time,callers/what-frist\n") == [
        "results.csv:1:1: the bank has no question callers/what-frist; did you mean callers/what-first?"
    ]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00", '"'])
def test_another_file_is_refused(text: str) -> None:
    assert problems(text) == [
        "results.csv: this is not a table of results; name a CSV file whose first columns are sheet, version, code, time"
    ]
