"""Lines no wider than a terminal, broken where English and Chinese readers expect."""

import unicodedata

from rich.cells import cell_len

_CLOSERS = frozenset("!%),.:;?]}·’”…、。〉》」』】〕〗〞﹞！％），．：；？］｝～—")
_OPENERS = frozenset("([{‘“〈《「『【〔〖〝（［｛")
_COUNTED = frozenset("年月日号號条條款段行题題项項个個位人次份张張岁歲元秒%％")
"""What follows a number and is read with it."""

_WHOLE = (
    " 什么 什麼 怎么 怎麼 这样 這樣 那样 那樣 没有 沒有 可以 可能 自己 对方 對方 骗子 騙子 诈骗 詐騙 电话 電話 短信 簡訊"
    " 银行 銀行 账户 帳戶 转账 轉帳 密码 密碼 验证 驗證 警方 民警 专线 專線 核实 核實 举报 檢舉 "
)
"""Words, common here, that are kept whole where a character is moved for company."""


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` cells, of which a Chinese character fills two.

    A line neither begins with punctuation that closes nor ends with punctuation that opens, but for a
    whole line of it, and a number stays with what it counts. No Chinese character stands alone on the last line: one
    from the line above keeps it company. Only a stretch that allows no break and is wider than a line is cut elsewhere: behind a hyphen or
    a slash, where a path or an id has one.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if cell_len((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line:
            lines.append(line)
        *whole, line = _cut(piece, width)
        lines.extend(whole)
    return [each.rstrip() for each in _accompanied([*lines, line], width)]


def _accompanied(lines: list[str], width: int) -> list[str]:
    """Move the end of the line above down where a Chinese character would else stand alone on the last line."""
    letters = [character for character in lines[-1].rstrip() if character not in _CLOSERS]
    if len(lines) == 1 or len(letters) != 1 or not _is_wide(letters[0]):
        return lines
    *others, above, last = lines
    *kept, moved = _pieces(above)
    if kept and f" {(kept[-1] + moved)[-2:]} " in _WHOLE:
        *kept, moved = (*kept[:-1], kept[-1] + moved)
    if not kept or cell_len((moved + last).rstrip()) > width:
        return lines
    return [*others, "".join(kept), moved + last]


def _pieces(text: str) -> list[str]:
    """Split a text at every place where a line may break; spaces stay with what they follow."""
    pieces: list[str] = []
    start = 0
    for index in range(1, len(text)):
        if _may_break(text[index - 1], text[index]) and not _numbered(text, index):
            pieces.append(text[start:index])
            start = index
    return [*pieces, text[start:]]


def _may_break(before: str, after: str) -> bool:
    if after == " " or before in _OPENERS or after in _CLOSERS:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _numbered(text: str, index: int) -> bool:
    """Tell whether a number stands here beside what it counts, or behind its short word: ``20张``, ``第 2``, ``para. 2``."""
    after = text[index]
    counted = after in _COUNTED
    if not counted and not after.isnumeric():
        return False
    before = text[index - 1] if text[index - 1] != " " else text[max(index - 2, 0)]
    if counted:
        return before.isnumeric()  # in Chinese numerals too
    return before == "第" or (after.isdecimal() and text[max(index - 2, 0) : index] == ". ")


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _cut(piece: str, width: int) -> list[str]:
    """Cut a piece that may be wider than a line into stretches that are not."""
    lines = [""]
    for character in piece:
        if lines[-1] and cell_len((lines[-1] + character).rstrip()) > width:
            kept = _place_to_cut(lines[-1], character, width)
            lines[-1], carried = lines[-1][:kept], lines[-1][kept:]
            lines.append(carried)
        lines[-1] += character
    return lines


def _place_to_cut(line: str, after: str, width: int) -> int:
    """Find how much of a full line to keep, so that the next does not begin with what closes."""
    joint = max(line.rfind("-"), line.rfind("/")) + 1
    if 2 * joint > len(line) and line[joint:] + after not in _CLOSERS:
        return joint
    for kept in range(len(line), 0, -1):
        carried = line[kept:] + after
        if cell_len(carried) > width:
            break
        if line[kept - 1] not in _OPENERS and carried[0] not in _CLOSERS:
            return kept
    return len(line)
