"""Lines no wider than a terminal, broken where English and Chinese readers expect."""

import unicodedata

from rich.cells import cell_len

_CLOSERS = frozenset("!%),.:;?]}·’”…、。〉》」』】〕〗〞﹞！％），．：；？］｝～—")
_OPENERS = frozenset("([{‘“〈《「『【〔〖〝（［｛")


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` cells, of which a Chinese character fills two.

    A line neither begins with punctuation that closes nor ends with punctuation that opens, but for a
    whole line of it. Only a stretch that allows no break and is wider than a line is cut elsewhere: behind a hyphen or
    a slash, where a path or an id has one.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if cell_len((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line:
            lines.append(line.rstrip())
        *whole, line = _cut(piece, width)
        lines.extend(part.rstrip() for part in whole)  # what does not break may still be a space
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """Split a text at every place where a line may break; spaces stay with what they follow."""
    pieces: list[str] = []
    start = 0
    for index in range(1, len(text)):
        if _may_break(text[index - 1], text[index]):
            pieces.append(text[start:index])
            start = index
    return [*pieces, text[start:]]


def _may_break(before: str, after: str) -> bool:
    if after == " " or before in _OPENERS or after in _CLOSERS:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


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
