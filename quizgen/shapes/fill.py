"""A blank to fill with words."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, ClassVar

from quizgen.shapes.shape import AnswerForm, Mark, Response, Shape
from quizgen.text.languages import LANGUAGES, Text, derived, locale, localize

LONGEST_REPLY = 500
"""No reply has more characters than this; more is a slip of the clipboard."""

_ARTICLES = ("a ", "an ", "the ")
_SAME = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})


class Fill(Shape, frozen=True, tag="fill"):
    """A blank: ``accept`` has, per language, the answers taken, the best one first.

    A response is words, and a mark has no parts.
    """

    accept: dict[str, tuple[str, ...]]

    takes_words = True

    form: ClassVar[AnswerForm] = "blank"
    hint: ClassVar[str] = "hint-fill"

    def listed(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Give the best words."""
        yield "*", ({tag: words[0] for tag, words in self.accept.items()},)

    def accepted(self, language: str) -> tuple[str, ...]:
        """Give the words taken in a language, or in another where it has none."""
        tags = (language, locale(language).base, *self.accept)
        tag = next(each for each in tags if each in self.accept)
        return tuple(localize({tag: words}, language) for words in self.accept[tag])

    def solution(self, language: str) -> str:
        """Give the best words in a language."""
        return localize({tag: words[0] for tag, words in self.accept.items()}, language)

    def mark(self, response: Response) -> Mark:
        """Mark words by what counts in them, whichever language they are of."""
        return Mark(right=isinstance(response, str) and _accepted(self.accept, response))

    def parse(self, line: str) -> Response:
        """Take the line as words."""
        return as_typed(line) or None


def as_typed(line: str) -> str:
    """Give a line as words, without control characters and lone surrogates, which no bank or file takes."""
    kept = "".join(
        c for c in line[:LONGEST_REPLY] if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")
    )
    return " ".join(kept.split())


def fold(words: str) -> str:
    """Reduce words to what counts when they are compared.

    Width and case, punctuation around the words, spaces, hyphens and a leading English article do not
    count, nor do invisible characters; a text that is nothing but punctuation is left as it is.
    """
    text = unicodedata.normalize("NFKC", words).casefold().translate(_SAME).replace("-", " ")
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    bare = " ".join(_without_edges(text).split())
    article = next((article for article in _ARTICLES if bare.startswith(article)), "")
    return _without_han_spaces(bare.removeprefix(article)) or " ".join(text.split())


def taken_forms(accept: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Give what is taken in any language, folded."""
    return {fold(words) for several in accept.values() for words in several}


def simplified_forms(accept: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Give the same in simplified characters, against which words with a Chinese character are held too.

    Traditional Chinese has words of its own, as a player reads them, and is typed with either.
    """
    own = {
        fold(derived(words, language))
        for language in LANGUAGES
        for words in accept.get(locale(language).base, ())
    }
    return {_simplified(words) for words in taken_forms(accept) | own}


def traditional_characters(words: Iterable[str]) -> dict[str, str]:
    """Give the traditional characters that become one of these words' when they are simplified, each with that one."""
    wanted = {character for each in words for character in each if _is_han(character)}
    every = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x32400))]
    found = zip(every, _simplified("\n".join(every)).split("\n"), strict=True)
    return {one: other for one, other in found if other in wanted and other != one}


def _accepted(accept: dict[str, tuple[str, ...]], response: str) -> bool:
    given = fold(response)
    if not given or given in taken_forms(accept):
        return bool(given)
    return any(map(_is_han, given)) and _simplified(given) in simplified_forms(accept)


def _without_edges(text: str) -> str:
    """Strip spaces and punctuation from both ends."""
    kept = [index for index, c in enumerate(text) if unicodedata.category(c)[0] not in "PZC"]
    return text[kept[0] : kept[-1] + 1] if kept else ""


def _without_han_spaces(text: str) -> str:
    """Drop the spaces beside a Chinese character: Chinese is written without."""
    pieces = text.split(" ")
    result = pieces[0]
    for before, after in pairwise(pieces):
        result += after if _is_han(before[-1:]) or _is_han(after[:1]) else " " + after
    return result


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def _simplified(text: str) -> str:
    return str(_converter().convert(text))


@cache
def _converter() -> Any:
    import opencc  # noqa: PLC0415  slow to load, and few answers come down to it

    return opencc.OpenCC("t2s")


SHAPE = Fill
