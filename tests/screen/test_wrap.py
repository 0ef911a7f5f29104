import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizgen.screen.wrap import wrap


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
    ],
)
def test_lines_break_where_readers_expect(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


WORDS = st.lists(
    st.sampled_from(
        ["bank", "a", "don’t", "转账", "警", "，", "。", "“问”", "（答）", "《书》", "it.", "____", "2021"]
    ),
    min_size=1,
)


@given(WORDS, st.sampled_from(["", " "]), st.integers(12, 40))
def test_no_line_is_too_wide_or_broken_at_the_wrong_place_and_nothing_is_lost(
    words: list[str], between: str, width: int
) -> None:
    text = between.join(words)
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert cell_len(line) <= width
        assert not line.endswith(("（", "《", "“"))
    if not re.search("[，。）》”]{5}", text.replace(" ", "")):
        assert not any(line.startswith(("，", "。", "）", "》", "”")) for line in lines[1:])


@example("0000\u00a00", 2)  # a space where no line may break
@given(st.text(max_size=60), st.integers(2, 30))
def test_any_text_is_wrapped(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)
