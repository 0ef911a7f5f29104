"""A blank to fill in."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from quizgen.shapes.shape import AnswerForm, Mark, Response, Shape
from quizgen.text.han import has_han, simplified
from quizgen.text.languages import LANGUAGES, Text, derived, locale, localize
from quizgen.text.normalise import normalise_answer

MAX_REPLY_LENGTH = 500
"""The largest number of characters in a reply. A longer one was pasted by mistake."""


class Fill(Shape, frozen=True, tag="fill"):
    """A blank. ``accept`` has the accepted wordings for each language, the best first.

    A response is words, and a mark has no parts.
    """

    accept: dict[str, tuple[str, ...]]

    takes_words = True

    form: ClassVar[AnswerForm] = "blank"
    hint: ClassVar[str] = "hint-fill"

    def solution_lines(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Return the best wording."""
        yield "*", ({tag: words[0] for tag, words in self.accept.items()},)

    def accepted(self, language: str) -> tuple[str, ...]:
        """Return the wordings accepted in a language, or in another one if it has none."""
        tags = (language, locale(language).base, *self.accept)
        tag = next(each for each in tags if each in self.accept)
        return tuple(localize({tag: words}, language) for words in self.accept[tag])

    def solution(self, language: str) -> str:
        """Return the best wording in a language."""
        return localize({tag: words[0] for tag, words in self.accept.items()}, language)

    def mark(self, response: Response) -> Mark:
        """Mark words by comparing them, normalised, with the wordings of all languages."""
        return Mark(right=isinstance(response, str) and _is_accepted(self.accept, response))

    def parse(self, line: str) -> Response:
        """Return the line as words."""
        return clean_reply(line) or None


def clean_reply(line: str) -> str:
    """Return a line without control characters and lone surrogates, which no bank or file accepts."""
    kept = "".join(
        c for c in line[:MAX_REPLY_LENGTH] if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")
    )
    return " ".join(kept.split())


def accepted_forms(accept: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the accepted wordings of all languages, normalised."""
    return {normalise_answer(words) for several in accept.values() for words in several}


def simplified_forms(accept: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the accepted wordings in simplified characters, to compare any Chinese reply with.

    People type Traditional Chinese in either script, and it has words of its own, so these are included.
    """
    own = {
        normalise_answer(derived(words, language))
        for language in LANGUAGES
        for words in accept.get(locale(language).base, ())
    }
    return {simplified(words) for words in accepted_forms(accept) | own}


def traditional_characters(words: Iterable[str]) -> dict[str, str]:
    """Map the traditional characters of some words' simplified characters to these simplified characters."""
    wanted = {character for each in words for character in each if has_han(character)}
    every = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x32400))]
    found = zip(every, simplified("\n".join(every)).split("\n"), strict=True)
    return {one: other for one, other in found if other in wanted and other != one}


def _is_accepted(accept: dict[str, tuple[str, ...]], response: str) -> bool:
    given = normalise_answer(response)
    if not given or given in accepted_forms(accept):
        return bool(given)
    return has_han(given) and simplified(given) in simplified_forms(accept)


SHAPE = Fill
