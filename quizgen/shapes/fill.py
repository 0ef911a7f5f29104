"""A blank to fill with words."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from quizgen.shapes.shape import AnswerForm, Mark, Response, Shape
from quizgen.text.han import has_han, simplified
from quizgen.text.languages import LANGUAGES, Text, derived, locale, localize
from quizgen.text.normalise import normalise_answer

LONGEST_REPLY = 500
"""No reply has more characters than this; more is a slip of the clipboard."""


class Fill(Shape, frozen=True, tag="fill"):
    """A blank: ``accept`` has, per language, the answers taken, the best one first.

    A response is words, and a mark has no parts.
    """

    accept: dict[str, tuple[str, ...]]

    takes_words = True

    form: ClassVar[AnswerForm] = "blank"
    hint: ClassVar[str] = "hint-fill"

    def listed(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Return the best words."""
        yield "*", ({tag: words[0] for tag, words in self.accept.items()},)

    def accepted(self, language: str) -> tuple[str, ...]:
        """Return the words taken in a language, or in another where it has none."""
        tags = (language, locale(language).base, *self.accept)
        tag = next(each for each in tags if each in self.accept)
        return tuple(localize({tag: words}, language) for words in self.accept[tag])

    def solution(self, language: str) -> str:
        """Return the best words in a language."""
        return localize({tag: words[0] for tag, words in self.accept.items()}, language)

    def mark(self, response: Response) -> Mark:
        """Mark words by what counts in them, whichever language they are of."""
        return Mark(right=isinstance(response, str) and _accepted(self.accept, response))

    def parse(self, line: str) -> Response:
        """Take the line as words."""
        return as_typed(line) or None


def as_typed(line: str) -> str:
    """Return a line as words, without control characters and lone surrogates, which no bank or file takes."""
    kept = "".join(
        c for c in line[:LONGEST_REPLY] if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")
    )
    return " ".join(kept.split())


def taken_forms(accept: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return what is taken in any language, folded."""
    return {normalise_answer(words) for several in accept.values() for words in several}


def simplified_forms(accept: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the same in simplified characters, against which words with a Chinese character are held too.

    Traditional Chinese has words of its own, as a player reads them, and is typed with either.
    """
    own = {
        normalise_answer(derived(words, language))
        for language in LANGUAGES
        for words in accept.get(locale(language).base, ())
    }
    return {simplified(words) for words in taken_forms(accept) | own}


def traditional_characters(words: Iterable[str]) -> dict[str, str]:
    """Return the traditional characters that become one of these words' when they are simplified, each with that one."""
    wanted = {character for each in words for character in each if has_han(character)}
    every = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x32400))]
    found = zip(every, simplified("\n".join(every)).split("\n"), strict=True)
    return {one: other for one, other in found if other in wanted and other != one}


def _accepted(accept: dict[str, tuple[str, ...]], response: str) -> bool:
    given = normalise_answer(response)
    if not given or given in taken_forms(accept):
        return bool(given)
    return has_han(given) and simplified(given) in simplified_forms(accept)


SHAPE = Fill
