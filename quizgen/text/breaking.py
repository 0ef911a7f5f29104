"""Find where lines of a text may end, and break texts into lines.

A terminal counts cells and paper measures type. So each caller passes a function ``width_of`` that returns the
width of a text. English breaks after blanks, Chinese between any two characters.

Source: Requirements for Chinese Text Layout (W3C), on what may not begin or end a line.
"""

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

Width: TypeAlias = Callable[[str], float]
"""A function from a text to its width on one line."""

_CLOSING = frozenset("!%),.:;?]}·’”…、。〉》」』】〕〗〞﹞！％），．：；？］｝～—")
"""Punctuation that may not begin a line."""

_OPENING = frozenset("([{‘“〈《「『【〔〖〝（［｛")
"""Punctuation that may not end a line."""

_COUNTED_UNITS = frozenset(
    "年月日号號天周时時小点點分秒岁歲元块塊角倍成条條款段行题題项項个個位人次名份张張页頁种種类類家件起笔筆步章节節期届屆%％"
)
"""Units after a number, which stay on its line, even after a blank."""

_LONG_UNITS = frozenset(["分钟", "分鐘", "小时", "小時"])
"""Units of two characters, which are not broken."""

_MULTIPLIERS = frozenset("百千万萬亿億")
"""Numerals that multiply the number before them."""

_NARROW_CLOSING = frozenset("’”…")
"""Closing punctuation of both scripts: after it, a line may end in Chinese, but not in ``don’t``."""

_UNBROKEN_WORDS = (
    "什么 什麼 怎么 怎麼 这样 這樣 那样 那樣 没有 沒有 可以 可能 自己 对方 對方 骗子 騙子 诈骗 詐騙 电话 "
    "電話 短信 簡訊 银行 銀行 账户 帳戶 转账 轉帳 密码 密碼 验证 驗證 警方 民警 专线 專線 核实 核實 举报 檢舉"
)
"""Common words that are kept whole when a character is moved to the last line."""

_STOPS = frozenset("，。、：；！？,.:;!?")
"""Punctuation after which a heading breaks best."""


# Parts, which are never broken


def split_at_breaks(text: str, *, number_keeps_next_character: bool = False) -> list[str]:
    """Split a text into parts, at every place where a line can end. Spaces stay with the part before them.

    No part begins with closing punctuation or ends with opening punctuation, and a number stays with its unit.
    With ``number_keeps_next_character``, a number also stays with the Chinese character after it, as in 打96110问. Use
    it where all lines should be about equally long. In a paragraph, it would move a long number to the next line
    because of one character.
    """
    parts: list[str] = []
    start = 0
    for index in range(1, len(text)):
        if _can_break(text, index) and not _is_within_number(text, index, number_keeps_next_character):
            parts.append(text[start:index])
            start = index
    return [*parts, text[start:]]


def _can_break(text: str, index: int) -> bool:
    """Return whether a line can end before a character of a text, without regard to numbers."""
    before, after = text[index - 1], text[index]
    if after == " " or before in _OPENING or after in _CLOSING:
        return False
    if before == " " or _is_wide(before) or _is_wide(after):
        return True
    return before in _NARROW_CLOSING and _is_wide(text[max(index - 2, 0)])  # “签证中介”6000元


def _is_within_number(text: str, index: int, number_keeps_next_character: bool) -> bool:  # noqa: FBT001  called for each character
    """Return whether a position is within a number with its unit, such as ``20张``, ``2 人`` or ``para. 2``, or a telephone number.

    With ``number_keeps_next_character``, a Chinese character after a number counts as its unit.
    """
    before, after = text[index - 1], text[index]
    beside = before if before != " " else text[max(index - 2, 0)]
    if before + after in _LONG_UNITS or (beside.isdecimal() and after.isdecimal()):  # 0300 123 2040
        return True
    if after in _COUNTED_UNITS:
        return beside.isnumeric()  # in Chinese numerals too
    if after in _MULTIPLIERS:
        return before.isnumeric()
    if number_keeps_next_character and before.isdecimal() and _is_wide(after):
        return True
    if after.isnumeric():
        return beside == "第" or (after.isdecimal() and text[max(index - 2, 0) : index] == ". ")
    return False


def _is_wide(character: str) -> bool:
    """Return whether a character is as wide as a Chinese one."""
    return unicodedata.east_asian_width(character) in "WF"


# Filled lines


def fill_lines(text: str, max_width: float, width_of: Width) -> list[str]:
    """Break a text into lines that are as full as possible. No line is wider than ``max_width``.

    The last line never is a single Chinese character: the end of the line before joins it. A part that is wider
    than a line is cut, if possible after a hyphen or a slash.
    """
    lines: list[str] = []
    line = ""
    for part in split_at_breaks(text):
        if width_of((line + part).rstrip()) <= max_width:
            line += part
            continue
        if line:
            lines.append(line)
        *full_lines, line = _cut_wide_part(part, max_width, width_of)
        lines.extend(full_lines)
    return [each.rstrip() for each in _join_last_character([*lines, line], max_width, width_of)]


def _join_last_character(lines: list[str], max_width: float, width_of: Width) -> list[str]:
    """Move the end of the line before to the last line, if the last line is a single Chinese character."""
    characters = [character for character in lines[-1].rstrip() if character not in _CLOSING]
    if len(lines) == 1 or len(characters) != 1 or not _is_wide(characters[0]):
        return lines
    *others, previous, last = lines
    *remaining, moved = split_at_breaks(previous)
    if remaining and (remaining[-1] + moved)[-2:] in _UNBROKEN_WORDS.split():
        moved = remaining.pop() + moved
    if not remaining or width_of((moved + last).rstrip()) > max_width:
        return lines
    return [*others, "".join(remaining), moved + last]


def _cut_wide_part(part: str, max_width: float, width_of: Width) -> list[str]:
    """Cut a part into lines if it is wider than one."""
    lines = [""]
    for character in part:
        if lines[-1] and width_of((lines[-1] + character).rstrip()) > max_width:
            end = _cut_position(lines[-1], character, max_width, width_of)
            lines[-1], carried = lines[-1][:end], lines[-1][end:]
            lines.append(carried)
        lines[-1] += character
    return lines


def _cut_position(line: str, next_character: str, max_width: float, width_of: Width) -> int:
    """Return how many characters of a full line to keep, so that the next line does not begin with closing punctuation."""
    separator_end = max(line.rfind("-"), line.rfind("/")) + 1
    if 2 * separator_end > len(line) and line[separator_end:] + next_character not in _CLOSING:
        return separator_end
    for end in range(len(line), 0, -1):
        carried = line[end:] + next_character
        if width_of(carried) > max_width:
            break
        if line[end - 1] not in _OPENING and carried[0] not in _CLOSING:
            return end
    return len(line)


class PartMeasure(NamedTuple):
    """The width of a part without the blanks after it, and the gap before it, which is there only if it does not begin a line."""

    width: float
    gap: float


def measure_parts(parts: Sequence[str], width_of: Width) -> list[PartMeasure]:
    """Measure each part of a text, and the gap before it.

    The gap is the width of the blanks between two parts. Without blanks, it is the difference between their
    width together and apart.
    """
    measures = []
    before, blanks = "", ""
    for part in parts:
        shown = part.rstrip(" ")
        gap = (
            width_of(before + blanks + shown[:1]) - width_of(before) - width_of(shown[:1]) if before else 0.0
        )
        measures.append(PartMeasure(width_of(shown), gap))
        before, blanks = shown[-1:], part[len(shown) :]
    return measures


def count_lines(measures: Sequence[PartMeasure], max_width: float) -> int:
    """Return how many lines measured parts take, if each line is filled."""
    lines, length = 1, 0.0
    for part, gap in measures:
        if length and length + gap + part > max_width:
            lines, length = lines + 1, part
        else:
            length += gap + part
    return lines


# Balanced lines

_MIN_LAST_LINE = 0.3
"""The last line should fill at least this share of the width."""

_LONE_WORD_COST = 0.3
"""The cost of a last line that is one short word."""

_BREAK_COST, _HAN_BREAK_COST = 0.01, 0.1
"""Costs of a break in a heading that is not after punctuation. Between Chinese characters it may divide a word, so it costs
more. In other texts a break costs a fifth, so that their lines stay full."""

_LAST_LATIN = "\u02ff"


def balance_lines(
    parts: Sequence[str], max_width: float, width_of: Width, *, equal_lengths: bool = False
) -> list[str]:
    """Join the parts of a text into as few lines as possible, so that the last line is not short.

    With ``equal_lengths``, all lines are about equally long and break after punctuation if possible, as in a heading.
    """
    lines, start = [], 0
    for end in _choose_line_ends(
        parts, measure_parts(parts, width_of), max_width, equal_lengths=equal_lengths
    ):
        lines.append("".join(parts[start:end]).strip(" "))
        start = end
    return lines


def _choose_line_ends(
    parts: Sequence[str], measures: Sequence[PartMeasure], max_width: float, *, equal_lengths: bool
) -> list[int]:
    """Return the indices of the parts after which lines end: for the fewest lines, and for these at the lowest cost."""
    count = len(parts)
    # For each end of a line: the number of lines, their cost, and where the last line starts.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, count + 1):
        length, choice = 0.0, None
        for start in range(end - 1, -1, -1):
            length += measures[start].width + (measures[start + 1].gap if start + 1 < end else 0.0)
            if length > max_width and start < end - 1:
                break
            lines, cost, _ = best[start]
            cost += _line_cost(
                parts[end - 1].rstrip(" "),
                length,
                max_width,
                is_last=end == count,
                equal_lengths=equal_lengths,
            )
            if end == count and start == end - 1 > 0 and length < max_width / 2:
                cost += _LONE_WORD_COST
            if choice is None or (lines + 1, cost) < choice[:2]:
                choice = (lines + 1, cost, start)
        assert choice  # noqa: S101  one part is always a line
        best.append(choice)
    ends = []
    while count:
        ends.append(count)
        count = best[count][2]
    return ends[::-1]


def _line_cost(
    last_part: str, length: float, max_width: float, *, is_last: bool, equal_lengths: bool
) -> float:
    """Return how bad a line looks, by the white space at its end and by where it breaks. Lower is better."""
    slack = max(0.0, 1 - length / max_width)
    if is_last:
        return slack**2 if equal_lengths else 60 * max(0.0, _MIN_LAST_LINE - length / max_width) ** 2
    if last_part[-1] in _STOPS:
        return slack**2
    broken = _HAN_BREAK_COST if last_part[-1] > _LAST_LATIN else _BREAK_COST
    return slack**2 + (broken if equal_lengths else broken / 5)
