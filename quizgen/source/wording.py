"""What a passage says, whatever it is set in: the form that is hashed, and where a text has it.

Of a text only its wording counts. Spaces and line breaks, the width of characters and punctuation, the
kind of quotation marks, and the number that a paragraph or an item begins with are put aside; a letter, a
digit, a character or a mark of punctuation that is another one is not.
"""

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from quizgen.source.clean import SPACE_BESIDE_WIDE, clean, without_glosses
from quizgen.source.numbering import item_at_start, without_later_numbers, without_number
from quizgen.text.han import HAN

_SAME: dict[int, str | None] = {ord(quote): '"' for quote in "“”„‟«»‹›「」『』﹁﹂﹃﹄〝〞〟'‘’‚‛`´＂＇"}
_SAME |= {ord(dot): "·" for dot in "•・‧∙⋅･"} | {ord("〜"): "~", ord("\ufe0f"): None}
_SAME |= {ord("①") + number: f"({number + 1})" for number in range(20)}
_APOSTROPHE = re.compile("(?<=[A-Za-zÀ-ÿ])['’](?=[A-Za-zÀ-ÿ])")
_KEPT_APOSTROPHE = "\N{MODIFIER LETTER APOSTROPHE}"
_DASHES = re.compile("[‒–—―─]+|--+")
_DOTS = re.compile(r"\.{3,}")
_NARROW_STOP = re.compile(rf"""(?:(?<=[{HAN}])|(?<=[{HAN}]["')\]》】]))\.(?![\w.])""")
_QUOTE = re.compile('"')

_STOPPED = re.compile(r"""(?:[。!?;]["')\]》】]*|(?<!\d):)$""")
_PIECE = re.compile(
    r""".*?(?:[。！？!?；;]["”’」』'）)\]》】]*|(?<!\d)[：:]|[）)](?=[^.．])|$)(?![。！？!?；;])""", re.DOTALL
)
_LONGEST = 3_000
"""Characters of the longest passage that is looked for where paragraphs are set in another way."""
_MOST = 20_000
"""How many pieces of a text are looked at: that many have the longest of laws, and no page more."""
_TAMPERED = 8
"""So few characters beside a passage in its line are not another sentence, but something put into it."""


def fold(text: str) -> str:
    """Write a text so that only its wording counts: without spaces, narrow, with ``"`` for any quotation mark."""
    text = unicodedata.normalize("NFKC", _APOSTROPHE.sub(_KEPT_APOSTROPHE, text).translate(_SAME))
    text = _DOTS.sub("…", _DASHES.sub("—", "".join(text.split())))
    return _NARROW_STOP.sub("。", text).replace(_KEPT_APOSTROPHE, "’")


def digest(text: str) -> str:
    """Return the SHA-256, in hexadecimal, of a cleaned paragraph's wording, without its numbers.

    In what is hashed (as UTF-8) quotation marks are “ and ” by turns.
    """
    return hashlib.sha256(_encoded(without_later_numbers(without_number(fold(text))), 0)).hexdigest()


def _encoded(folded: str, quotes_before: int) -> bytes:
    """Give the bytes that are hashed of a piece that so many quotation marks stand before."""
    if '"' not in folded:
        return folded.encode()
    turn = quotes_before

    def turned(_: re.Match[str]) -> str:
        nonlocal turn
        turn += 1
        return "“" if turn % 2 else "”"

    return _QUOTE.sub(turned, folded).encode()


class Place(NamedTuple):
    """Where a passage stands: the line that it begins in (0 where lines are not known), and its words."""

    line: int
    text: str


class _Piece(NamedTuple):
    """A sentence or less, as printed and folded, and whether it begins or ends a line."""

    line: int
    text: str
    folded: str
    begins_line: bool
    ends_line: bool

    @property
    def stops(self) -> bool:
        return bool(_STOPPED.search(self.folded))


def find(lines: Sequence[tuple[int, str]], wanted: Container[str]) -> dict[str, Place]:
    """Find passages by their digests in lines of text, however it is cut into lines and paragraphs.

    A passage stands in one or more sentences in a row. What is left of its lines must be more sentences,
    or a note in brackets: a word put before or behind a passage is not passed over.
    """
    pieces = list(_pieces(lines))[:_MOST]
    spans = list(_spans(pieces, wanted))
    firsts, lasts = {first for _, first, _ in spans}, {last for _, _, last in spans}
    found: dict[str, Place] = {}
    for name, first, last in spans:
        whole_before = first - 1 in lasts or not _tampered(_rest(pieces, first, -1))
        if whole_before and (last + 1 in firsts or not _tampered(_rest(pieces, last, 1))):
            words = "".join(piece.text for piece in pieces[first : last + 1])
            found.setdefault(name, Place(pieces[first].line, words))
    return found


def _pieces(lines: Sequence[tuple[int, str]]) -> Iterator[_Piece]:
    text = without_glosses("\n".join(" ".join(line.split()) for _, line in lines))
    for (number, _), line in zip(lines, text.split("\n") if lines else (), strict=True):
        parts = [
            text
            for part in SPACE_BESIDE_WIDE.split(line)
            for text in _PIECE.findall(clean(part))
            if text.strip()
        ]
        for index, text in enumerate(parts):
            yield _Piece(number, text, fold(text), index == 0, index == len(parts) - 1)


def _spans(pieces: Sequence[_Piece], wanted: Container[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each digest that is wanted with the first and the last piece of what has it."""
    later = [
        without_number(piece.folded) if item_at_start(piece.folded) else piece.folded for piece in pieces
    ]
    for first, opening in enumerate(pieces):
        hashed, length, quotes, before = hashlib.sha256(), 0, 0, False
        for last in range(first, len(pieces)):
            piece = pieces[last]
            if last == first:
                said = without_number(opening.folded)
            else:
                said = later[last] if before else piece.folded
            hashed.update(_encoded(said, quotes))
            length, quotes, before = length + len(said), quotes + said.count('"'), piece.stops
            if length > _LONGEST:
                break
            if (before or piece.ends_line) and (name := hashed.hexdigest()) in wanted:
                yield name, first, last


def _rest(pieces: Sequence[_Piece], index: int, step: int) -> str:
    """Give what stands in a piece's line before it (``step`` -1) or behind it (1)."""
    rest: list[str] = []
    while not (pieces[index].begins_line if step < 0 else pieces[index].ends_line):
        index += step
        rest.insert(0 if step < 0 else len(rest), pieces[index].folded)
    return "".join(rest)


def _tampered(rest: str) -> bool:
    return 0 < len(without_number(rest)) < _TAMPERED and not re.fullmatch(r"[(【\[].*[)】\]]", rest)
