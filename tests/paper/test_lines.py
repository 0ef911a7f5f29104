"""Lines broken so that they look well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.paper.lines import (
    break_lines,
    break_link,
    is_chinese,
    join_with_line_breaks,
    line_count,
    text_width,
)
from quizgen.text.languages import LANGUAGES, localize
from tests.banks import town_bank

TEXTS = [
    (language, localize(text, language))
    for language in LANGUAGES
    for question in town_bank().questions.values()
    for text in (question.stem, question.rationale, question.advice)
    if text
]


@pytest.mark.parametrize(("size", "width"), [(10.5, 241), (13, 229), (18, 241)])
def test_no_line_is_too_long_or_left_over(size: float, width: float) -> None:
    last, many = 0, 0
    for language, text in TEXTS:
        han = is_chinese(language)
        lines = break_lines(text, size, width, han=han)
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert len(lines) == line_count(text, size, width, han=han)
        assert max(text_width(line, han=han) for line in lines) * size <= width
        many += len(lines) > 1
        last += len(lines) > 1 and text_width(lines[-1], han=han) * size < 0.2 * width
    assert many > 100
    assert last <= 0.02 * many


def test_headings_break_evenly_and_behind_punctuation() -> None:
    assert break_lines("防范电信网络诈骗知识问答", 34, 230, bold=True, even=True, han=True) == [
        "防范电信网络",
        "诈骗知识问答",
    ]
    assert break_lines("Is this genuine, or a scam?", 20, 241, bold=True, even=True) == [
        "Is this genuine,",
        "or a scam?",
    ]
    assert break_lines("One\nand two", 20, 241) == ["One", "and two"]


def test_no_short_word_is_a_line_by_itself() -> None:
    text = "In fake investment a small trial is meant to pay; it proves nothing."
    assert break_lines(text, 18, 241)[-1] == "proves nothing."
    assert break_lines("A word is unconscionable", 18, 190) == ["A word is", "unconscionable"]


def test_blocks_of_a_strip_stay_together() -> None:
    for width in range(30, 200, 5):
        lines = break_lines("他说“转9500元，马上（今天）到账”，对吗？", 10, width, han=True)
        assert not [line for line in lines if line[0] in "，。？”）元" or line[-1] in "“（"]
        assert any("9500元" in line for line in lines)


def test_an_empty_text_has_no_lines() -> None:
    assert break_lines("", 10, 100) == []
    assert join_with_line_breaks(["<b>", "&"]) == "&lt;b&gt;<br>&amp;"


@given(st.text("ab “”，。你好1元 ", max_size=60), st.integers(20, 200), st.booleans())
def test_no_character_is_lost(text: str, width: int, even: bool) -> None:  # noqa: FBT001  as Hypothesis calls it
    lines = break_lines(text, 10, width, even=even)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_an_address_is_made_smaller_before_it_breaks_after_slashes() -> None:
    long = "https://safety.example.gov.cn/anti-fraud/outreach-2026/handout"
    whole = long.removeprefix("https://")
    assert break_link(long, (9, 8), 300, "en") == ([whole], 9)
    assert break_link(long, (9, 8.5, 8), 225, "en") == ([whole], 8)
    for width in range(90, 200):
        lines, size = break_link(long, (9, 8), width, "en")
        assert size == 8
        assert "".join(lines) == whole
        assert [line for line in lines[:-1] if not line.endswith("/")] == []
        assert max(map(text_width, lines)) * size <= width
    # No short word is left over.
    assert break_link(long, (9, 8), 170, "en")[0] == [
        "safety.example.gov.cn/anti-fraud/",
        "outreach-2026/handout",
    ]
    assert break_link(long, (9, 8), 60, "zh-Hans") == (["扫码了解更多"], 9)
