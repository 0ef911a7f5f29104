"""A blank to fill in."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import ClassVar

from msgspec import field

from quizgen.shapes.shape import AnswerForm, Mark, Response, Shape
from quizgen.text.han import has_han, simplified
from quizgen.text.languages import LANGUAGES, Text, derived, locale, localize
from quizgen.text.normalise import normalise_answer

MAX_REPLY_LENGTH = 500
"""The largest number of characters in a reply. A longer one was pasted by mistake."""


MIN_LENGTH_WITH_TYPO = 5
"""The length of the shortest word in which one letter may be wrong."""

MAX_CONTEXT_PIECES = 4
"""How many words, or Chinese characters, from before or after the blank an answer may include."""

_PIECE = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+\s*")
_CLAUSE_END = re.compile(r"[.,;:?!()“”，。；：？！（）、《》]")


class Fill(Shape, frozen=True, tag="fill", repr_omit_defaults=True):
    """A blank. ``accept`` has the accepted wordings for each language, the best first.

    ``around`` has the text before and after the blank for each language, because a person may type some of it too ("3 years").
    A response is words, and a mark has no parts.
    """

    accept: dict[str, tuple[str, ...]]
    around: dict[str, tuple[str, str]] = field(default_factory=dict)

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
        return Mark(right=isinstance(response, str) and self._is_accepted(response))

    def accepted_forms(self) -> set[str]:
        """Return the accepted wordings of all languages, normalised: singular, plural, and with words around the blank."""
        return {
            form
            for language, several in self.accept.items()
            for words in several
            for form in _forms(words, self.around.get(language, ("", "")))
        }

    def forms_with_typo(self) -> set[str]:
        """Return the forms in which one letter may be wrong: those of wordings that are long enough."""
        return {
            form
            for language, several in self.accept.items()
            for words in several
            if len(normalise_answer(words)) >= MIN_LENGTH_WITH_TYPO
            for form in _forms(words, self.around.get(language, ("", "")))
        }

    def simplified_forms(self) -> set[str]:
        """Return the accepted wordings in simplified characters, to compare any Chinese reply with.

        People type Traditional Chinese in either script, and it has words of its own, so these are included.
        """
        own = {
            normalise_answer(derived(words, language))
            for language in LANGUAGES
            for words in self.accept.get(locale(language).base, ())
        }
        return {simplified(words) for words in self.accepted_forms() | own}

    def _is_accepted(self, response: str) -> bool:
        given = normalise_answer(response)
        if not given or given in self.accepted_forms():
            return bool(given)
        if has_han(given):
            return simplified(given) in self.simplified_forms()
        return any(is_one_typo_apart(given, form) for form in self.forms_with_typo())

    def parse(self, line: str) -> Response:
        """Return the line as words."""
        return clean_reply(line) or None


def clean_reply(line: str) -> str:
    """Return a line without control characters and lone surrogates, which no bank or file accepts."""
    cleaned = "".join(
        c for c in line[:MAX_REPLY_LENGTH] if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")
    )
    return " ".join(cleaned.split())


def is_one_typo_apart(given: str, form: str) -> bool:
    """Return whether two words differ by one extra, missing or wrong letter, or by two swapped letters.

    Short words and numbers must be equal, because another letter makes another word. So does another first letter.
    """
    if (
        min(len(given), len(form)) < MIN_LENGTH_WITH_TYPO
        or given[0] != form[0]
        or not (given + form).isascii()
    ):
        return False
    if re.search(r"\d", given + form):
        return False
    shorter, longer = sorted((given, form), key=len)
    same = next(
        (index for index, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other),
        len(shorter),
    )
    if len(longer) > len(shorter):
        return longer[:same] + longer[same + 1 :] == shorter
    if shorter[same + 1 :] == longer[same + 1 :]:
        return True
    return (
        shorter[same : same + 2] == longer[same : same + 2][::-1]
        and shorter[same + 2 :] == longer[same + 2 :]
    )


def _forms(words: str, around: tuple[str, str]) -> set[str]:
    """Return a wording normalised, in singular and plural, alone and with a few words from around the blank."""
    before, after = _CLAUSE_END.split(around[0])[-1], _CLAUSE_END.split(around[1])[0]
    heads, tails = [""], [""]
    for count in range(1, MAX_CONTEXT_PIECES + 1):
        heads.append("".join(_PIECE.findall(before)[-count:]))
        tails.append("".join(_PIECE.findall(after)[:count]))
    return {
        normalise_answer(f"{head}{_space(head)}{each}{_space(tail)}{tail}")
        for each in {words, *_other_number_forms(words)}
        for head in heads
        for tail in tails
    }


def _space(beside: str) -> str:
    """Return the space between a wording and the words beside it."""
    return "" if not beside or has_han(beside) else " "


def _other_number_forms(words: str) -> Iterator[str]:
    """Yield the plural of an English singular, and the singular of a plural."""
    if not re.search(r"[A-Za-z]{3}$", words):
        return
    yield f"{words}s"
    if words.endswith("ies"):
        yield f"{words[:-3]}y"
    elif words.endswith("y"):
        yield f"{words[:-1]}ies"
    if words.endswith("s") and not words.endswith("ss"):
        yield words[:-1]


def traditional_characters(words: Iterable[str]) -> dict[str, str]:
    """Map the traditional characters of some words' simplified characters to these simplified characters."""
    wanted = {character for each in words for character in each if has_han(character)}
    every = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x32400))]
    found = zip(every, simplified("\n".join(every)).split("\n"), strict=True)
    return {one: other for one, other in found if other in wanted and other != one}


SHAPE = Fill
