"""The wording of passages: normalise it, hash it, and find passages in a text by their hash.

Two texts have the same wording if they differ only in spaces, line breaks, the width of characters, the kind of
quotation marks, or the number at the start of a paragraph or an item. A different letter, digit, character or
punctuation mark makes another wording.

The digests in question banks depend on this module, so its results must not change.
"""

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from quizgen.source.clean import SPACE_BESIDE_WIDE, clean_paragraph, remove_glosses
from quizgen.source.numbering import parse_item_number, remove_inner_numbers, remove_leading_number
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
"""The number of segments of a text to search. The longest laws have so many, and no page has more."""
_MAX_INSERTION = 8
"""Fewer characters than this beside a passage in its line are an insertion, not another sentence."""


def normalise_wording(text: str) -> str:
    """Return a text without spaces, with half-width characters, and with ``"`` for every quotation mark."""
    text = unicodedata.normalize("NFKC", _APOSTROPHE.sub(_KEPT_APOSTROPHE, text).translate(_EQUIVALENTS))
    text = _DOTS.sub("…", _DASHES.sub("—", "".join(text.split())))
    return _NARROW_STOP.sub("。", text).replace(_KEPT_APOSTROPHE, "’")


def digest(text: str) -> str:
    """Return the SHA-256 of a paragraph's wording, in hexadecimal. Item numbers are left out.

    Before hashing, quotation marks become “ and ” alternately.
    """
    return hashlib.sha256(
        _encode_for_hash(remove_inner_numbers(remove_leading_number(normalise_wording(text))), 0)
    ).hexdigest()


def _encode_for_hash(wording: str, quotes_before: int) -> bytes:
    """Return the bytes of a segment for hashing. ``quotes_before`` is the number of quotation marks before it in the passage."""
    if '"' not in wording:
        return wording.encode()
    count = quotes_before

    def quote(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return "“" if count % 2 else "”"

    return _QUOTE.sub(quote, wording).encode()


class PassageOccurrence(NamedTuple):
    """A place where a passage occurs in a text: the line where it begins, or 0 if lines are unknown, and its text."""

    line: int
    text: str


class _Segment(NamedTuple):
    """A sentence or a part of a sentence, as printed and normalised. It can begin or end a line."""

    line: int
    text: str
    wording: str
    begins_line: bool
    ends_line: bool

    @property
    def ends_sentence(self) -> bool:
        """Whether the segment ends a sentence."""
        return bool(_SENTENCE_END.search(self.wording))


def find_passages(lines: Sequence[tuple[int, str]], digests: Container[str]) -> dict[str, PassageOccurrence]:
    """Find passages in lines of text by their digests, no matter how the text is split into lines and paragraphs.

    A passage consists of one or more sentences in a row. Other sentences, or a note in brackets, may be on the same
    lines. If a word has been inserted before or after the passage, it is altered and therefore not found.
    """
    segments = list(_split_into_segments(lines))[:_MAX_PIECES]
    spans = list(_find_spans(segments, digests))
    firsts, lasts = {first for _, first, _ in spans}, {last for _, _, last in spans}
    found: dict[str, PassageOccurrence] = {}
    for name, first, last in spans:
        is_whole_before = first - 1 in lasts or not _is_inserted_word(_text_in_same_line(segments, first, -1))
        if is_whole_before and (
            last + 1 in firsts or not _is_inserted_word(_text_in_same_line(segments, last, 1))
        ):
            words = "".join(segment.text for segment in segments[first : last + 1])
            found.setdefault(name, PassageOccurrence(segments[first].line, words))
    return found


def _split_into_segments(lines: Sequence[tuple[int, str]]) -> Iterator[_Segment]:
    """Split lines into sentences and parts of sentences."""
    text = remove_glosses("\n".join(" ".join(line.split()) for _, line in lines))
    for (number, _), line in zip(lines, text.split("\n") if lines else (), strict=True):
        parts = [
            text
            for part in SPACE_BESIDE_WIDE.split(line)
            for text in _PIECE.findall(clean_paragraph(part))
            if text.strip()
        ]
        for index, text in enumerate(parts):
            yield _Segment(number, text, normalise_wording(text), index == 0, index == len(parts) - 1)


def _find_spans(segments: Sequence[_Segment], digests: Container[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each digest that is found, with the indices of the first and last segment of its passage."""
    inner_wordings = [
        remove_leading_number(segment.wording) if parse_item_number(segment.wording) else segment.wording
        for segment in segments
    ]
    for first, opening in enumerate(segments):
        hashed, length, quotes, after_sentence = hashlib.sha256(), 0, 0, False
        for last in range(first, len(segments)):
            segment = segments[last]
            if last == first:
                wording = remove_leading_number(opening.wording)
            else:
                wording = inner_wordings[last] if after_sentence else segment.wording
            hashed.update(_encode_for_hash(wording, quotes))
            length, quotes, after_sentence = (
                length + len(wording),
                quotes + wording.count('"'),
                segment.ends_sentence,
            )
            if length > _MAX_PASSAGE_LENGTH:
                break
            if (after_sentence or segment.ends_line) and (name := hashed.hexdigest()) in digests:
                yield name, first, last


def _text_in_same_line(segments: Sequence[_Segment], index: int, step: int) -> str:
    """Return the text that is in the same line before a segment (if ``step`` is -1) or after it (if ``step`` is 1)."""
    rest: list[str] = []
    while not (segments[index].begins_line if step < 0 else segments[index].ends_line):
        index += step
        rest.insert(0 if step < 0 else len(rest), segments[index].wording)
    return "".join(rest)


def _is_inserted_word(rest_of_line: str) -> bool:
    """Return whether the rest of a line is a word that somebody inserted: it is short, and is not a note in brackets."""
    return 0 < len(remove_leading_number(rest_of_line)) < _MAX_INSERTION and not re.fullmatch(
        r"[(【\[].*[)】\]]", rest_of_line
    )
