"""The wording of passages, whatever their layout: the form that is hashed, and finding passages in a text.

Only the wording of a text counts. Differences in spaces, line breaks, width of characters and punctuation, kind of
quotation marks, and in the number at the start of a paragraph or an item are ignored. A different letter, digit,
character or punctuation mark is not.

Digests of banks depend on this module, so its results must not change.
"""

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from quizgen.source.clean import SPACE_BESIDE_WIDE, clean, without_glosses
from quizgen.source.numbering import item_at_start, without_later_numbers, without_number
from quizgen.text.han import HAN

_EQUIVALENTS: dict[int, str | None] = {
    ord(quote): '"' for quote in "“”„‟«»‹›「」『』﹁﹂﹃﹄〝〞〟'‘’‚‛`´＂＇"
}
_EQUIVALENTS |= {ord(dot): "·" for dot in "•・‧∙⋅･"} | {ord("〜"): "~", ord("\ufe0f"): None}
_EQUIVALENTS |= {ord("①") + number: f"({number + 1})" for number in range(20)}
_APOSTROPHE = re.compile("(?<=[A-Za-zÀ-ÿ])['’](?=[A-Za-zÀ-ÿ])")
_KEPT_APOSTROPHE = "\N{MODIFIER LETTER APOSTROPHE}"
_DASHES = re.compile("[‒–—―─]+|--+")
_DOTS = re.compile(r"\.{3,}")
_NARROW_STOP = re.compile(rf"""(?:(?<=[{HAN}])|(?<=[{HAN}]["')\]》】]))\.(?![\w.])""")
_QUOTE = re.compile('"')

_SENTENCE_END = re.compile(r"""(?:[。!?;]["')\]》】]*|(?<!\d):)$""")
_PIECE = re.compile(
    r""".*?(?:[。！？!?；;]["”’」』'）)\]》】]*|(?<!\d)[：:]|[）)](?=[^.．])|$)(?![。！？!?；;])""", re.DOTALL
)
_MAX_PASSAGE_LENGTH = 3_000
"""The length, in characters, of the longest passage to find if paragraphs are split differently."""
_MAX_PIECES = 20_000
"""The number of pieces of a text to search. The longest laws have so many, and no page has more."""
_MAX_INSERTION = 8
"""Fewer characters than this beside a passage in its line are an insertion, not another sentence."""


def normalise_wording(text: str) -> str:
    """Return a text reduced to its wording: without spaces, with narrow characters, and ``"`` for any quotation mark."""
    text = unicodedata.normalize("NFKC", _APOSTROPHE.sub(_KEPT_APOSTROPHE, text).translate(_EQUIVALENTS))
    text = _DOTS.sub("…", _DASHES.sub("—", "".join(text.split())))
    return _NARROW_STOP.sub("。", text).replace(_KEPT_APOSTROPHE, "’")


def digest(text: str) -> str:
    """Return the SHA-256, in hexadecimal, of a cleaned paragraph's wording, without its numbers.

    Before hashing, as UTF-8, quotation marks become “ and ” in turn.
    """
    return hashlib.sha256(
        _encoded(without_later_numbers(without_number(normalise_wording(text))), 0)
    ).hexdigest()


def _encoded(wording: str, quotes_before: int) -> bytes:
    """Return the bytes to hash for a piece, given the number of quotation marks before it."""
    if '"' not in wording:
        return wording.encode()
    count = quotes_before

    def quote(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return "“" if count % 2 else "”"

    return _QUOTE.sub(quote, wording).encode()


class Occurrence(NamedTuple):
    """An occurrence of a passage: the line where it begins (0 if lines are unknown), and its text."""

    line: int
    text: str


class _Piece(NamedTuple):
    """A sentence or a part of one, as printed and normalised, and whether it begins or ends a line."""

    line: int
    text: str
    wording: str
    begins_line: bool
    ends_line: bool

    @property
    def ends_sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.wording))


def find_passages(lines: Sequence[tuple[int, str]], digests: Container[str]) -> dict[str, Occurrence]:
    """Find passages by their digests in lines of text, regardless of how it is split into lines and paragraphs.

    A passage is one or more consecutive sentences. The rest of its lines must be other sentences or a note in
    brackets; a word inserted before or after the passage means that it is altered, not found.
    """
    pieces = list(_pieces(lines))[:_MAX_PIECES]
    spans = list(_spans(pieces, digests))
    firsts, lasts = {first for _, first, _ in spans}, {last for _, _, last in spans}
    found: dict[str, Occurrence] = {}
    for name, first, last in spans:
        is_whole_before = first - 1 in lasts or not _is_insertion(_rest_of_line(pieces, first, -1))
        if is_whole_before and (last + 1 in firsts or not _is_insertion(_rest_of_line(pieces, last, 1))):
            words = "".join(piece.text for piece in pieces[first : last + 1])
            found.setdefault(name, Occurrence(pieces[first].line, words))
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
            yield _Piece(number, text, normalise_wording(text), index == 0, index == len(parts) - 1)


def _spans(pieces: Sequence[_Piece], digests: Container[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each digest found, with the indices of the first and the last piece of its passage."""
    inner_wordings = [
        without_number(piece.wording) if item_at_start(piece.wording) else piece.wording for piece in pieces
    ]
    for first, opening in enumerate(pieces):
        hashed, length, quotes, after_sentence = hashlib.sha256(), 0, 0, False
        for last in range(first, len(pieces)):
            piece = pieces[last]
            if last == first:
                wording = without_number(opening.wording)
            else:
                wording = inner_wordings[last] if after_sentence else piece.wording
            hashed.update(_encoded(wording, quotes))
            length, quotes, after_sentence = (
                length + len(wording),
                quotes + wording.count('"'),
                piece.ends_sentence,
            )
            if length > _MAX_PASSAGE_LENGTH:
                break
            if (after_sentence or piece.ends_line) and (name := hashed.hexdigest()) in digests:
                yield name, first, last


def _rest_of_line(pieces: Sequence[_Piece], index: int, step: int) -> str:
    """Return what comes in a piece's line before it (``step`` -1) or after it (1)."""
    rest: list[str] = []
    while not (pieces[index].begins_line if step < 0 else pieces[index].ends_line):
        index += step
        rest.insert(0 if step < 0 else len(rest), pieces[index].wording)
    return "".join(rest)


def _is_insertion(rest: str) -> bool:
    return 0 < len(without_number(rest)) < _MAX_INSERTION and not re.fullmatch(r"[(【\[].*[)】\]]", rest)
