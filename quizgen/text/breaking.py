"""Where a line of text may end, and texts broken into lines by whatever measures how wide they are.

A terminal counts cells and paper measures type: both hand in a function from a text to its width. English is broken
behind blanks, Chinese beside each character.

Source: Requirements for Chinese Text Layout (W3C), on what may not begin or end a line.
"""

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

Width: TypeAlias = Callable[[str], float]
"""How wide a text is on one line."""

_CLOSING = frozenset("!%),.:;?]}·’”…、。〉》」』】〕〗〞﹞！％），．：；？］｝～—")
"""Punctuation that begins no line."""

_OPENING = frozenset("([{‘“〈《「『【〔〖〝（［｛")
"""Punctuation that ends no line."""

_COUNTED = frozenset(
    "年月日号號天周时時小点點分秒岁歲元块塊角倍成条條款段行题題项項个個位人次名份张張页頁种種类類家件起笔筆步章节節期届屆%％"
)
"""What follows a number and is read with it, even behind a blank."""

_LONG_UNITS = frozenset(["分钟", "分鐘", "小时", "小時"])
"""Units of two characters, which stay whole."""

_LARGE = frozenset("百千万萬亿億")
"""Numerals that are written behind others."""

_NARROW_CLOSING = frozenset("’”…")
"""Punctuation that closes in both scripts: behind it a line may end in Chinese, but not in ``don’t``."""

_PAIRS = (
    "什么 什麼 怎么 怎麼 这样 這樣 那样 那樣 没有 沒有 可以 可能 自己 对方 對方 骗子 騙子 诈骗 詐騙 电话 "
    "電話 短信 簡訊 银行 銀行 账户 帳戶 转账 轉帳 密码 密碼 验证 驗證 警方 民警 专线 專線 核实 核實 举报 檢舉"
)
"""Words, common here, that are kept whole where a character is moved to the last line."""

_STOPS = frozenset("，。、：；！？,.:;!?")
"""Punctuation behind which a heading breaks best."""


# What is never broken


def pieces(text: str, *, number_joins_next: bool = False) -> list[str]:
    """Split a text at every place where a line may end; blanks stay with what they follow.

    No piece begins with punctuation that closes or ends with punctuation that opens, and a number stays with what it counts.
    With ``number_joins_next`` it stays with any Chinese character right behind it (打96110问), which suits balanced lines. In
    filled lines that would carry many long numbers down for one character.
    """
    parts: list[str] = []
    start = 0
    for index in range(1, len(text)):
        if _may_break(text, index) and not _in_number(text, index, number_joins_next):
            parts.append(text[start:index])
            start = index
    return [*parts, text[start:]]


def _may_break(text: str, index: int) -> bool:
    before, after = text[index - 1], text[index]
    if after == " " or before in _OPENING or after in _CLOSING:
        return False
    if before == " " or _is_wide(before) or _is_wide(after):
        return True
    return before in _NARROW_CLOSING and _is_wide(text[max(index - 2, 0)])  # “签证中介”6000元


def _in_number(text: str, index: int, joins_next: bool) -> bool:  # noqa: FBT001  called for each character
    """Check whether a number meets here what it is read with: ``20张``, ``3万元``, ``2 人``, ``三十一条``, ``第 2``, ``para. 2``."""
    before, after = text[index - 1], text[index]
    beside = before if before != " " else text[max(index - 2, 0)]
    if before + after in _LONG_UNITS:
        return True
    if after in _COUNTED:
        return beside.isnumeric()  # in Chinese numerals too
    if after in _LARGE:
        return before.isnumeric()
    if joins_next and before.isdecimal() and _is_wide(after):
        return True
    if after.isnumeric():
        return beside == "第" or (after.isdecimal() and text[max(index - 2, 0) : index] == ". ")
    return False


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


# Line after line filled


def fill_lines(text: str, room: float, width: Width) -> list[str]:
    """Break a text into lines that are each as full as ``room`` allows.

    No Chinese character stands alone on the last line: one from the line above joins it. Only a piece that is wider than a line is
    cut elsewhere: behind a hyphen or a slash, where a path or an id has one.
    """
    lines: list[str] = []
    line = ""
    for piece in pieces(text):
        if width((line + piece).rstrip()) <= room:
            line += piece
            continue
        if line:
            lines.append(line)
        *cut, line = _cut(piece, room, width)
        lines.extend(cut)
    return [each.rstrip() for each in _last_character_joined([*lines, line], room, width)]


def _last_character_joined(lines: list[str], room: float, width: Width) -> list[str]:
    """Move the end of the line above down where a Chinese character would stand alone on the last line."""
    letters = [character for character in lines[-1].rstrip() if character not in _CLOSING]
    if len(lines) == 1 or len(letters) != 1 or not _is_wide(letters[0]):
        return lines
    *others, above, last = lines
    *staying, moved = pieces(above)
    if staying and (staying[-1] + moved)[-2:] in _PAIRS.split():
        moved = staying.pop() + moved
    if not staying or width((moved + last).rstrip()) > room:
        return lines
    return [*others, "".join(staying), moved + last]


def _cut(piece: str, room: float, width: Width) -> list[str]:
    """Cut a piece that may be wider than a line into stretches that are not."""
    lines = [""]
    for character in piece:
        if lines[-1] and width((lines[-1] + character).rstrip()) > room:
            end = _place_to_cut(lines[-1], character, room, width)
            lines[-1], carried = lines[-1][:end], lines[-1][end:]
            lines.append(carried)
        lines[-1] += character
    return lines


def _place_to_cut(line: str, after: str, room: float, width: Width) -> int:
    """Find how much of a full line to keep, so that the next does not begin with punctuation that closes."""
    joint = max(line.rfind("-"), line.rfind("/")) + 1
    if 2 * joint > len(line) and line[joint:] + after not in _CLOSING:
        return joint
    for end in range(len(line), 0, -1):
        carried = line[end:] + after
        if width(carried) > room:
            break
        if line[end - 1] not in _OPENING and carried[0] not in _CLOSING:
            return end
    return len(line)


class Measured(NamedTuple):
    """How wide a piece is without the blanks behind it, and the gap before it where it does not begin a line."""

    width: float
    gap: float


def measured(parts: Sequence[str], width: Width) -> list[Measured]:
    """Measure each part of a text, and the gaps between them: blanks, or what the width of two neighbours has beyond their own."""
    found = []
    before, blanks = "", ""
    for part in parts:
        shown = part.rstrip(" ")
        gap = width(before + blanks + shown[:1]) - width(before) - width(shown[:1]) if before else 0.0
        found.append(Measured(width(shown), gap))
        before, blanks = shown[-1:], part[len(shown) :]
    return found


def count_lines(measures: Sequence[Measured], room: float) -> int:
    """Count the lines that measured parts take, line after line filled."""
    lines, length = 1, 0.0
    for part, gap in measures:
        if length and length + gap + part > room:
            lines, length = lines + 1, part
        else:
            length += gap + part
    return lines


# Lines about as long as each other

_SHORT = 0.3
"""The share of a line that the last one fills at least, where that can be had."""

_ALONE = 0.3
"""What a short word costs that is a last line by itself."""

_BROKEN, _BROKEN_HAN = 0.01, 0.1
"""What a break costs in a heading that is not behind punctuation; between Chinese characters it may part a word.
In other texts it costs a fifth, so that their lines stay full."""

_LAST_LATIN = "\u02ff"


def balance_lines(parts: Sequence[str], room: float, width: Width, *, even: bool = False) -> list[str]:
    """Join parts of a text, its :func:`pieces` for one, into the fewest lines that they take.

    The last line is not shorter than it must be; with ``even`` all are about as long as each other, and break behind
    punctuation where they can, as a heading should.
    """
    lines, start = [], 0
    for end in _best_ends(parts, measured(parts, width), room, even=even):
        lines.append("".join(parts[start:end]).strip(" "))
        start = end
    return lines


def _best_ends(parts: Sequence[str], measures: Sequence[Measured], room: float, *, even: bool) -> list[int]:
    """Choose where lines end: the fewest lines, and among the ways to break into these the one of the least cost."""
    count = len(parts)
    # Lines, cost and start of the last line, by where that ends.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, count + 1):
        length, found = 0.0, None
        for start in range(end - 1, -1, -1):
            length += measures[start].width + (measures[start + 1].gap if start + 1 < end else 0.0)
            if length > room and start < end - 1:
                break
            lines, cost, _ = best[start]
            cost += _cost(parts[end - 1].rstrip(" "), length, room, is_last=end == count, even=even)
            if end == count and start == end - 1 > 0 and length < room / 2:
                cost += _ALONE
            if found is None or (lines + 1, cost) < found[:2]:
                found = (lines + 1, cost, start)
        assert found  # noqa: S101  one part is always a line
        best.append(found)
    ends = []
    while count:
        ends.append(count)
        count = best[count][2]
    return ends[::-1]


def _cost(last: str, length: float, room: float, *, is_last: bool, even: bool) -> float:
    """Return how far a line is from a good one: by the white at its end, and by where it breaks."""
    slack = max(0.0, 1 - length / room)
    if is_last:
        return slack**2 if even else 60 * max(0.0, _SHORT - length / room) ** 2
    if last[-1] in _STOPS:
        return slack**2
    broken = _BROKEN_HAN if last[-1] > _LAST_LATIN else _BROKEN
    return slack**2 + (broken if even else broken / 5)
