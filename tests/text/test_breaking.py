"""Where lines may end, and texts broken there by cells."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizgen.text.breaking import (
    balance_lines,
    count_lines,
    fill_lines,
    measure_parts,
    split_at_breaks,
)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 9, ["one two", "three"]),
        ("one two three", 7, ["one two", "three"]),
        ("不要转账，先核实。", 10, ["不要转账，", "先核实。"]),
        ("不要转账了，先核实。", 10, ["不要转账", "了，先", "核实。"]),
        ("他说：“转账”吧", 8, ["他说：", "“转账”吧"]),
        ("请看《集市谈》一文", 6, ["请看", "《集市", "谈》", "一文"]),
        ("请按 Enter 键", 8, ["请按", "Enter 键"]),
        ("银行卡bank卡", 8, ["银行卡", "bank卡"]),
        ("an unbreakable", 5, ["an", "unbre", "akabl", "e"]),
        ("a ____ b", 6, ["a ____", "b"]),
        ("好（a）", 5, ["好", "（a）"]),
        ("bankdon’t，", 9, ["bankdon’", "t，"]),
        ("，，，，", 4, ["，，", "，，"]),
        ("ba，，", 4, ["ba，", "，"]),
        ("家里摆一台设备", 12, ["家里摆一台", "设备"]),
        ("马上打110吧。", 10, ["马上打", "110吧。"]),
        ("请按 Enter 键", 11, ["请按", "Enter 键"]),
        ("他在 A 座吗", 9, ["他在 A", "座吗"]),
        ("您去做什么用？", 12, ["您去做", "什么用？"]),
        ("好吗？", 4, ["好", "吗？"]),  # nothing could stay above
        ("复习是2026年", 10, ["复习是", "2026年"]),
        ("说明真假的是第 1 行。", 14, ["说明真假的是", "第 1 行。"]),
        ("还有 2 人没答完", 7, ["还有", "2 人没", "答完"]),
        ("请看第三十一条", 7, ["请看", "第三十", "一条"]),
        ("见第2条", 4, ["见", "第2", "条"]),
        ("cited by para. 2", 14, ["cited by", "para. 2"]),
        ("今天要转3万元给他", 12, ["今天要转", "3万元给他"]),
        ("一共罚了二万元", 12, ["一共罚了", "二万元"]),
        ("等了10分钟才到", 8, ["等了", "10分钟", "才到"]),
        ("付给“中介”6000元", 12, ["付给“中介”", "6000元"]),
        ("马上打110核实", 10, ["马上打110", "核实"]),
    ],
)
def test_lines_break_where_readers_expect(text: str, width: int, lines: list[str]) -> None:
    assert fill_lines(text, width, cell_len) == lines


WORDS = st.lists(
    st.sampled_from(
        ["bank", "a", "don’t", "转账", "警", "，", "。", "“问”", "（答）", "《书》", "it.", "____", "2021"]
    ),
    min_size=1,
)


@given(WORDS, st.sampled_from(["", " "]), st.integers(12, 40))
def test_lines_fit_and_break_at_the_right_places(words: list[str], between: str, width: int) -> None:
    text = between.join(words)
    lines = fill_lines(text, width, cell_len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert cell_len(line) <= width
        assert not line.endswith(("（", "《", "“"))
    if not re.search("[，。）》”]{5}", text.replace(" ", "")):
        assert not any(line.startswith(("，", "。", "）", "》", "”")) for line in lines[1:])


@example("0000\u00a00", 2)  # a space where no line may break
@given(st.text(max_size=60), st.integers(2, 30))
def test_any_text_is_wrapped(text: str, width: int) -> None:
    lines = fill_lines(text, width, cell_len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ring 110 at once.", ["Ring ", "110 ", "at ", "once."]),
        ("他说：“转账”。", ["他", "说：", "“转", "账”。"]),
        ("（今天）到账8000元", ["（今", "天）", "到", "账", "8000元"]),
        ("打96110问", ["打", "96110问"]),
        ("付给“中介”6000元", ["付", "给", "“中", "介”", "6000元"]),
        ("“I don’t”, he said", ["“I ", "don’t”, ", "he ", "said"]),
        ("with --seed\u00a07", ["with ", "--seed\u00a07"]),
    ],
)
def test_no_line_ends_within_a_piece(text: str, parts: list[str]) -> None:
    assert split_at_breaks(text, number_keeps_next_character=True) == parts


def test_a_long_number_is_not_carried_down_for_one_character_where_lines_are_filled() -> None:
    assert split_at_breaks("打96110问") == ["打", "96110", "问"]


def test_balanced_lines_leave_no_short_line_over() -> None:
    text = "one two three four five"
    assert fill_lines(text, 18, cell_len) == ["one two three four", "five"]
    assert balance_lines(split_at_breaks(text), 18, cell_len) == ["one two three", "four five"]
    assert fill_lines("防范诈骗，靠我们大家", 16, cell_len) == ["防范诈骗，靠我们", "大家"]
    assert balance_lines(split_at_breaks("防范诈骗，靠我们大家"), 16, cell_len, equal_lengths=True) == [
        "防范诈骗，",
        "靠我们大家",
    ]
    assert balance_lines(["aa/", "bbb/", "c"], 6, cell_len, equal_lengths=True) == ["aa/", "bbb/c"]


@given(WORDS, st.sampled_from(["", " "]), st.integers(12, 40), st.booleans())
def test_balanced_lines_are_the_fewest_that_fit(
    words: list[str],
    between: str,
    room: int,
    even: bool,  # noqa: FBT001  as Hypothesis calls it
) -> None:
    parts = split_at_breaks(between.join(words))
    widest = max(cell_len(part.rstrip()) for part in parts)
    lines = balance_lines(parts, max(room, widest), cell_len, equal_lengths=even)
    assert "".join("".join(lines).split()) == "".join(words)
    assert max(map(cell_len, lines)) <= max(room, widest)
    assert len(lines) == count_lines(measure_parts(parts, cell_len), max(room, widest))


def test_gaps_are_the_space_between_two_pieces() -> None:
    def spaced(text: str) -> float:
        """Give Chinese beside digits half a cell more, as type has it."""
        return len(text) + 0.5 * len(re.findall("(?<=[打问])(?=[0-9])|(?<=[0-9])(?=[打问])", text))

    assert measure_parts(["打", "110", "问"], spaced) == [(1, 0), (3, 0.5), (1, 0.5)]
    assert measure_parts(["to ", "be"], spaced) == [(2, 0), (2, 1)]
    assert count_lines(measure_parts(["打", "110", "问"], spaced), 5.5) == 2
    assert count_lines(measure_parts(["打", "110", "问"], spaced), 6) == 1
