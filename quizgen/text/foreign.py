"""Words in another language than the one that was asked for, which templates mark as such."""

import re
from typing import Self, SupportsIndex, TypeVar

Words = TypeVar("Words", bound=str)


class Foreign(str):
    """Words in another language than the one that was asked for: in ``language``.

    A template marks them where they stand, and :func:`in_their_languages` makes HTML of the marks. What is made of
    them by slicing or formatting is plain words again, unless by a method that is here.
    """

    __slots__ = ("language",)

    def __new__(cls, words: str, language: str) -> Self:
        """Make them of words, and the tag of their language."""
        made = super().__new__(cls, words)
        made.language = language
        return made

    language: str

    def strip(self, characters: str | None = None, /) -> "Foreign":
        """Give them without blanks, or some characters, at their ends."""
        return Foreign(super().strip(characters), self.language)

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> "list[str]":
        """Part them, each part in their language."""
        return [Foreign(part, self.language) for part in super().split(sep, maxsplit)]

    def __html__(self) -> str:
        return _marked(self.translate(_ESCAPES), self.language)


def as_before(words: str, before: str) -> str:
    """Give words that were made of others as in the language of these."""
    return Foreign(words, before.language) if isinstance(before, Foreign) else words


def html_as_before(html: Words, before: str) -> Words:
    """Give HTML that was made of words as in the language of these."""
    return type(html)(_marked(html, before.language)) if isinstance(before, Foreign) else html


def json_words(value: object) -> str:
    """Give words of whatever language to what writes JSON, as msgspec asks for it; raises NotImplementedError for all else."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})
"""As the module html has it, which takes a millisecond to load."""

_BEGIN, _TAGGED, _END = "\x01\x02\x03"  # which no text of a bank and no message holds
_PIECE = re.compile(f"<style>.*?</style>|<[^>]*>|{_BEGIN}([^{_TAGGED}]*){_TAGGED}|{_END}", re.DOTALL)
_MARK = re.compile(f"{_BEGIN}([^{_TAGGED}]*){_TAGGED}|{_END}")


def _marked(words: str, language: str) -> str:
    return f"{_BEGIN}{language}{_TAGGED}{words}{_END}"


def unmarked(html: str) -> str:
    """Take the marks of :class:`Foreign` out, for a place that cannot say a language."""
    return _MARK.sub("", html)


def in_their_languages(html: str) -> str:
    """Put what a template marked as :class:`Foreign` into elements with their languages.

    ``bdi`` is the element for words from elsewhere, which no style sheet of ours knows. What an attribute says in
    another language has the element itself say so, unless it says its language already.
    """
    return _PIECE.sub(_in_its_language, html) if _BEGIN in html else html


def _in_its_language(found: re.Match[str]) -> str:
    piece, language = found[0], found[1]
    if piece == _END:
        return "</bdi>"
    if language is not None:
        return f"<bdi{_attribute(language)}>"
    mark = _MARK.search(piece)
    if not mark:
        return piece
    plain = unmarked(piece)
    if plain.startswith("<style") or " lang=" in plain:
        return plain
    return re.sub(r"^<[\w-]+", lambda name: name[0] + _attribute(mark[1]), plain, count=1)


def _attribute(language: str) -> str:
    return f' lang="{language.translate(_ESCAPES)}"'
