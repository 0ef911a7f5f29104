"""Where a line of text may end, and breaking texts into lines.

A terminal counts cells and paper measures type, so each caller passes a function that returns the width of a text. English
breaks after blanks, Chinese between any two characters.

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


# Pieces, which are never broken


def pieces(text: str, *, number_joins_next: bool = False) -> list[str]:
    """Split a text at every place where a line may end; blanks stay with what follows.

    No piece begins with closing punctuation or ends with opening punctuation, and a number stays with its unit. With
    ``number_joins_next`` a number also stays with the Chinese character right after it (打96110问), which suits balanced
    lines. In filled lines that would move many long numbers down for one character.
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
    """Return whether both sides of a position belong to one number with its unit: ``20张``, ``3万元``, ``2 人``, ``三十一条``, ``第 2``, ``para. 2``."""
    before, after = text[index - 1], text[index]
    beside = before if before != " " else text[max(index - 2, 0)]
    if before + after in _LONG_UNITS:
        return True
    if after in _COUNTED_UNITS:
        return beside.isnumeric()  # in Chinese numerals too
    if after in _MULTIPLIERS:
        return before.isnumeric()
    if joins_next and before.isdecimal() and _is_wide(after):
        return True
    if after.isnumeric():
        return beside == "第" or (after.isdecimal() and text[max(index - 2, 0) : index] == ". ")
    return False


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


# Filled lines


def fill_lines(text: str, room: float, width: Width) -> list[str]:
    """Break a text into lines that are each as full as ``room`` allows.

    The last line never has a single Chinese character: one from the line above joins it. Only a piece wider than a line is
    cut elsewhere: after a hyphen or a slash, if it is a path or an id.
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
    return [each.rstrip() for each in _join_last_character([*lines, line], room, width)]


def _join_last_character(lines: list[str], room: float, width: Width) -> list[str]:
    """Move the end of the line above down if the last line is a single Chinese character."""
    letters = [character for character in lines[-1].rstrip() if character not in _CLOSING]
    if len(lines) == 1 or len(letters) != 1 or not _is_wide(letters[0]):
        return lines
    *others, above, last = lines
    *remaining, moved = pieces(above)
    if remaining and (remaining[-1] + moved)[-2:] in _UNBROKEN_WORDS.split():
        moved = remaining.pop() + moved
    if not remaining or width((moved + last).rstrip()) > room:
        return lines
    return [*others, "".join(remaining), moved + last]


def _cut(piece: str, room: float, width: Width) -> list[str]:
    """Cut a piece that may be wider than a line into lines."""
    lines = [""]
    for character in piece:
        if lines[-1] and width((lines[-1] + character).rstrip()) > room:
            end = _cut_position(lines[-1], character, room, width)
            lines[-1], carried = lines[-1][:end], lines[-1][end:]
            lines.append(carried)
        lines[-1] += character
    return lines


def _cut_position(line: str, after: str, room: float, width: Width) -> int:
    """Return how much of a full line to keep, so that the next does not begin with closing punctuation."""
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


class Measure(NamedTuple):
    """The width of a piece without the blanks after it, and the gap before it unless it begins a line."""

    width: float
    gap: float


def measure(parts: Sequence[str], width: Width) -> list[Measure]:
    """Measure each part of a text and the gaps between parts.

    A gap is the blanks between two parts, or the difference between their width together and apart.
    """
    measures = []
    before, blanks = "", ""
    for part in parts:
        shown = part.rstrip(" ")
        gap = width(before + blanks + shown[:1]) - width(before) - width(shown[:1]) if before else 0.0
        measures.append(Measure(width(shown), gap))
        before, blanks = shown[-1:], part[len(shown) :]
    return measures


def count_lines(measures: Sequence[Measure], room: float) -> int:
    """Count the lines that measured parts take if each line is filled."""
    lines, length = 1, 0.0
    for part, gap in measures:
        if length and length + gap + part > room:
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


def balance_lines(parts: Sequence[str], room: float, width: Width, *, even: bool = False) -> list[str]:
    """Join the parts of a text, such as its :func:`pieces`, into as few lines as possible.

    The last line is not shorter than necessary. With ``even``, all lines are of about the same length and break after
    punctuation if they can, as a heading should.
    """
    lines, start = [], 0
    for end in _best_ends(parts, measure(parts, width), room, even=even):
        lines.append("".join(parts[start:end]).strip(" "))
        start = end
    return lines


def _best_ends(parts: Sequence[str], measures: Sequence[Measure], room: float, *, even: bool) -> list[int]:
    """Choose where lines end: the fewest lines, and among equal numbers of lines the lowest cost."""
    count = len(parts)
    # For each end of a line: the number of lines, their cost, and where the last line starts.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, count + 1):
        length, choice = 0.0, None
        for start in range(end - 1, -1, -1):
            length += measures[start].width + (measures[start + 1].gap if start + 1 < end else 0.0)
            if length > room and start < end - 1:
                break
            lines, cost, _ = best[start]
            cost += _cost(parts[end - 1].rstrip(" "), length, room, is_last=end == count, even=even)
            if end == count and start == end - 1 > 0 and length < room / 2:
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


def _cost(last: str, length: float, room: float, *, is_last: bool, even: bool) -> float:
    """Return how bad a line is: by the white at its end, and by where it breaks."""
    slack = max(0.0, 1 - length / room)
    if is_last:
        return slack**2 if even else 60 * max(0.0, _MIN_LAST_LINE - length / room) ** 2
    if last[-1] in _STOPS:
        return slack**2
    broken = _HAN_BREAK_COST if last[-1] > _LAST_LATIN else _BREAK_COST
    return slack**2 + (broken if even else broken / 5)
