"""Before and after: which sheets belong together, what has changed, and what is not said."""

import pytest

from quizgen.analysis import Sitting, measure_gain
from quizgen.analysis.gain import MIN_PAIRS, PairedCounts, signed_points
from tests.analysis.people import both_sheets, given, question, sheet

FIRST, SECOND = question("topic/first"), question("topic/second")


def pairs(count: int, before: str, after: str, start: int = 0) -> list[Sitting]:
    """Make the sheets of several people; each answers two questions with these letters."""
    sides = [(given(FIRST, letters[0]), given(SECOND, letters[1])) for letters in (before, after)]
    return [each for number in range(count) for each in both_sheets(f"P{start + number}", *sides)]


def test_sheets_are_laid_side_by_side_by_their_code() -> None:
    twice = [sheet("ZZ22", "before", given(FIRST, "A"))] * 2 + [sheet("ZZ22", "after", given(FIRST, "A"))]
    alone = [sheet("YY33", "after", given(FIRST, "A"))]
    unrelated = [sheet("", "", given(FIRST, "A")), sheet("", "before", given(FIRST, "A"))]
    gain = measure_gain([*pairs(2, "AB", "AA"), *twice, *alone, *unrelated])
    assert (gain.pairs, gain.unpaired) == (2, 4)


def test_a_gain_is_counted_by_person_and_by_question() -> None:
    gain = measure_gain([*pairs(6, "BA", "AA"), *pairs(2, "AA", "AB", 6), *pairs(4, "AB", "AB", 8)])
    assert (gain.gained, gain.lost, gain.same) == (6, 2, 4)
    assert (gain.before, gain.after) == pytest.approx((7 / 12, 9 / 12 + 0))
    assert gain.change == pytest.approx((6 - 2) / 24)
    assert [(item.question.id, item.right) for item in gain.items] == [
        ("topic/first", PairedCounts(6, 0, 6, 0)),
        ("topic/second", PairedCounts(6, 2, 0, 4)),
    ]
    assert gain.items[0].right.chance == 2 / 2**6


def test_an_answer_that_is_on_one_sheet_only_does_not_count() -> None:
    half = [
        sheet("P", "before", given(FIRST, "A"), given(SECOND, "A")),
        sheet("P", "after", given(FIRST, "A")),
    ]
    gain = measure_gain(half)
    assert [item.question.id for item in gain.items] == ["topic/first"]
    assert gain.before == gain.after == 1


def test_few_pairs_say_nothing() -> None:
    gain = measure_gain(pairs(MIN_PAIRS - 1, "BB", "AA"))
    assert str(gain.summary) == "9 people filled in both sheets: too few to say whether anything has changed."
    assert "0 people" in str(measure_gain([]).summary)
    assert "1 person" in str(measure_gain(pairs(1, "BB", "AA")).summary)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("BB", "AB", "so more than before (25 percentage points;"),
        ("AB", "BB", "so fewer than before (−25 percentage points;"),
        ("AB", "AC", "which may be chance (0 percentage points;"),
    ],
)
def test_one_sentence_says_no_more_than_the_numbers_bear(before: str, after: str, words: str) -> None:
    gain = measure_gain([*pairs(10, before, after), *pairs(10, "AB", "AB", 10)])
    sentence = str(gain.summary)
    assert sentence.startswith("20 people answered the same questions before and after the talk: ")
    assert words in sentence.replace("+", "")
    assert "95 % interval" in sentence


def test_the_interval_of_the_mean_change_is_that_of_a_textbook() -> None:
    """Student's paired t for ten changes of 0 or 1/2: mean 0.25, standard deviation 0.2635, t(9) = 2.262."""
    gain = measure_gain([*pairs(5, "BB", "AB"), *pairs(5, "AB", "AB", 5)])
    assert gain.interval is not None
    assert (gain.interval.low, gain.interval.high) == pytest.approx((0.0615, 0.4385), abs=5e-4)


def trusting(count: int, before: str, after: str) -> list[Sitting]:
    """Make the sheets of people who judge a genuine message and, always right, a scam."""
    sides = [
        (given(FIRST, letter, genuine=True), given(SECOND, "A", genuine=False)) for letter in (before, after)
    ]
    return [each for number in range(count) for each in both_sheets(f"T{number}", *sides)]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("A", "B", "trust genuine ones less, so change the talk"),
        ("B", "A", "more than before"),
        ("A", "A", "may be chance"),
    ],
)
def test_whether_people_trust_genuine_contacts_less(before: str, after: str, words: str) -> None:
    gain = measure_gain(trusting(12, before, after))
    assert gain.trust.total == 12
    assert words in str(gain.trust_summary)


def test_trust_without_genuine_contacts_or_with_few_people() -> None:
    assert "None of these questions shows a genuine call" in str(
        measure_gain(pairs(12, "AA", "AA")).trust_summary
    )
    assert "Too few people" in str(measure_gain(trusting(3, "A", "B")).trust_summary)


@pytest.mark.parametrize(("share", "text"), [(0.124, "+12"), (-0.03, "−3"), (0.001, "0"), (-0.001, "0")])
def test_percentage_points(share: float, text: str) -> None:
    assert signed_points(share) == text


def test_the_interval_of_equal_changes_is_not_a_point() -> None:
    for number in (10, 1000):
        gain = measure_gain(pairs(number, "AA", "AA"))
        assert gain.interval is not None
        assert gain.interval.low < 0 < gain.interval.high
        assert "which may be chance" in str(gain.summary)
