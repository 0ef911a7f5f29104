import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.screen.large_text import SIZES, draw_large_text, draw_largest_text

TITLES = (
    "Phone and online fraud: what do you know?",
    "电话和网络诈骗：您了解多少？",
    "電話和網路詐騙：您瞭解多少？",
    "110",
)


@given(st.sampled_from(TITLES), st.integers(1, 220), st.integers(1, 60))
def test_the_largest_letters_fit(text: str, width: int, height: int) -> None:
    rows = draw_largest_text(text, width, height)
    assert len(rows) <= height
    assert max(map(len, rows), default=0) <= width


@pytest.mark.parametrize("text", TITLES)
def test_more_room_makes_larger_letters(text: str) -> None:
    heights = [len(draw_largest_text(text, 200, height)) for height in range(1, 60)]
    assert heights == sorted(heights)
    assert heights[-1] > 20


def test_words_are_not_broken() -> None:
    assert max(map(len, draw_large_text("Unbelievable", 10, 16))) > 10
    lines = draw_large_text("one two", 40, 16)
    assert len(lines) == 2 * len(draw_large_text("one", 40, 16)) + 1


@pytest.mark.parametrize("text", ["", " ", "Καλημέρα"])
def test_a_text_that_our_font_lacks_has_no_large_letters(text: str) -> None:
    assert draw_largest_text(text, 200, 60) == []


def test_chinese_characters_are_never_too_small_to_read() -> None:
    assert draw_large_text("110", 80, SIZES[-1])
    assert draw_large_text("反诈", 80, SIZES[-1]) == []
