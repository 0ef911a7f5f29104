"""What answers say about a question, in numbers and in words."""

import pytest
from msgspec.structs import replace

from quizgen.analysis import GivenAnswer, Sitting, count_items, propose_difficulty
from quizgen.analysis.items import MIN_ANSWERS
from quizgen.model import Question
from quizgen.permutations import random_numbers
from quizgen.shapes import Choose
from tests.analysis.people import given, question, sheet

ASKED, OTHER, THIRD = question("topic/asked"), question("topic/other"), question("topic/third")


def answered(letters: str, asked: Question = ASKED) -> list[Sitting]:
    """Make a sitting of one question for each letter; a hyphen skips it."""
    return [sheet("", "", given(asked, letter.strip("-"))) for letter in letters]


def remarks(letters: str) -> list[str]:
    (item,) = count_items(answered(letters))
    return [str(remark) for remark in item.remarks("en")]


def test_the_counts_of_a_question() -> None:
    (item,) = count_items(answered("A" * 12 + "B" * 5 + "C" * 2 + "-"))
    assert (item.asked, item.right, item.skipped) == (20, 12, 1)
    assert [(option.text["en"][0], option.chosen, option.correct) for option in item.options] == [
        ("A", 12, True), ("B", 5, False), ("C", 2, False), ("D", 0, False),
    ]  # fmt: skip
    assert (item.share.low, item.share.high) == pytest.approx((0.3866, 0.7812), abs=5e-4)
    assert item.correlation is None


def test_options_in_another_order_are_the_same_options() -> None:
    answer = ASKED.answer
    assert isinstance(answer, Choose)
    turned = replace(ASKED, answer=answer.with_orders(((3, 2, 1, 0),)))
    (item,) = count_items([*answered("BB", turned), *answered("BBB")])
    assert [option.chosen for option in item.options] == [0, 3, 2, 0]


def test_few_answers_say_nothing() -> None:
    assert remarks("A" * (MIN_ANSWERS - 1)) == ["29 answers: too few to say"]
    assert remarks("A") == ["1 answer: too few to say"]


def test_a_wrong_option_that_nobody_chooses_is_to_be_replaced() -> None:
    assert remarks("A" * 60 + "B" * 30 + "C" * 30) == ["nobody of 120 chose “D of topic/asked”: replace it"]
    assert remarks("A" * 59 + "B" * 30 + "C" * 30 + "D") == [
        "only 1 of 120 chose “D of topic/asked”: replace it"
    ]
    assert remarks("A" * 20 + "B" * 10 + "C" * 10) == []  # of 40, nobody may be chance


def test_a_wrong_option_that_beats_the_right_one() -> None:
    assert remarks("A" * 10 + "B" * 30 + "C" * 10 + "D" * 10) == [
        "30 of 60 chose “B of topic/asked” and only 10 the right answer: check which is right"
    ]
    assert remarks("A" * 15 + "B" * 18 + "C" * 10 + "D" * 10) == []


def test_a_wrong_option_beside_right_ones_beats_nobody() -> None:
    """If several options may be chosen, many choose a right one and a wrong one."""
    answer = Choose(tuple({"en": letter} for letter in "ABCD"), (0, 1), "several")
    asked = replace(ASKED, answer=answer)
    people = [(0, 1)] * 10 + [(0, 2)] * 30 + [(1, 3)] * 10
    (item,) = count_items(sheet("", "", GivenAnswer(asked, chosen, chosen == (0, 1))) for chosen in people)
    assert [option.chosen for option in item.options] == [40, 20, 30, 10]
    assert item.remarks("en") == ()


def test_a_question_that_everybody_gets_right_tells_nobody_apart() -> None:
    assert remarks("A" * 100) == ["almost everybody gets this right: it tells nobody apart"]


def with_others(asked: str, other: str, third: str, count: int) -> list[Sitting]:
    return [sheet("", "", given(ASKED, asked), given(OTHER, other), given(THIRD, third))] * count


def test_the_correlation_is_with_the_other_questions_only() -> None:
    """Of 40 people, the 20 who have both others right have it right in 15 cases, the others in 5: r = 0.5."""
    mixed = [
        *with_others("A", "A", "A", 15), *with_others("B", "A", "A", 5),
        *with_others("A", "B", "B", 5), *with_others("B", "B", "B", 15),
    ]  # fmt: skip
    by_id = {item.question.id: item for item in count_items(mixed)}
    assert by_id["topic/asked"].correlation == pytest.approx(0.5)
    interval = by_id["topic/asked"].correlation_interval
    assert interval is not None
    # Fisher: atanh(0.5) = 0.5493, 1 / sqrt(37) = 0.1644. Influences, by hand: 0.5 of 30 people, -1.5 of 10, so that the
    # error is sqrt(0.75 / 37) / 0.75 = 0.1898, which is more. tanh(0.5493 - 0.3721) = 0.1754, tanh(0.9214) = 0.7265
    assert (interval.low, interval.high) == pytest.approx((0.1754, 0.7265), abs=5e-4)


def test_intervals_of_a_correlation_hold_the_true_value() -> None:
    """Half of the people are right with probability 0.95, the others with 0.25, in each of three questions.

    The covariance of two questions is 0.35 squared, 0.1225. The variance of one is 0.24, and that of the mean of two others 0.1225 + 0.1175 / 2.
    """
    random, held, trials = random_numbers("correlation"), 0, 400
    truth = 0.1225 / (0.24 * 0.18125) ** 0.5
    for _trial in range(trials):
        people = []
        for number in range(60):
            skill = 0.95 if number % 2 else 0.25
            letters = ["A" if next(random) / 2**64 < skill else "B" for _item in range(3)]
            people.append(
                sheet("", "", *(given(*each) for each in zip((ASKED, OTHER, THIRD), letters, strict=True)))
            )
        interval = count_items(people)[0].correlation_interval
        assert interval is not None
        held += interval.low <= truth <= interval.high
    assert held / trials == pytest.approx(0.95, abs=0.02)


def test_a_question_that_those_who_know_more_get_wrong() -> None:
    turned = [*with_others("B", "A", "A", 25), *with_others("A", "B", "B", 25)]
    by_id = {item.question.id: item for item in count_items(turned)}
    assert str(by_id["topic/asked"].remarks("en")[0]) == (
        "those who know more get this wrong more often: read it again"
    )


@pytest.mark.parametrize(
    ("right", "of", "now", "proposed"),
    [
        (95, 100, 2, 1), (95, 100, 1, 1), (80, 100, 1, 1), (60, 100, 1, 2), (60, 100, 3, 2),
        (30, 100, 2, 3), (30, 100, 1, 3), (10, 100, 3, 3), (10, 20, 1, 1), (75, 100, 1, 1),
    ],
)  # fmt: skip
def test_a_difficulty_is_proposed_only_against_one_that_the_answers_contradict(
    right: int, of: int, now: int, proposed: int
) -> None:
    asked = question("topic/asked", now)
    (item,) = count_items(answered("A" * right + "B" * (of - right), asked))
    assert propose_difficulty(item, asked).proposed == proposed
