"""The answer shape ``Fill``: a blank to fill in with words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import ClassVar

from msgspec import field

from quizgen.shapes.shape import AnswerForm, AnswerShape, Correctness, Response
from quizgen.text.han import has_han, to_simplified
from quizgen.text.languages import LANGUAGES, Text, convert_to_derived_language, locale, localize
from quizgen.text.normalise import normalise_answer

MAX_REPLY_LENGTH = 500
"""The largest number of characters in a reply. A longer one was pasted by mistake."""


MIN_LENGTH_WITH_TYPO = 5
"""The length of the shortest word in which one letter may be wrong."""

MAX_CONTEXT_WORDS = 4
"""How many words, or Chinese characters, from before or after the blank a reply may include."""

# Compiled when they are used: the first takes 2 ms, which a quiz would wait for at its start.
_WORD = r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+\s*"
_CLAUSE_END = r"[.,;:?!()“”，。；：？！（）、《》]"


class Fill(AnswerShape, frozen=True, tag="fill", repr_omit_defaults=True):
    """A blank; ``accept`` has the accepted wordings in each language, the best first.

    ``around`` has the text before and after the blank in each language, because a person may type some of
    it too: "3 years" for a blank before "years". A response is the typed words. A marked response has no
    parts.
    """

    accept: dict[str, tuple[str, ...]]
    around: dict[str, tuple[str, str]] = field(default_factory=dict)

    takes_words = True

    answer_form: ClassVar[AnswerForm] = "blank"
    hint_id: ClassVar[str] = "hint-fill"

    def solution_lines(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Yield the best wording, with "*" before it."""
        yield "*", ({tag: words[0] for tag, words in self.accept.items()},)

    def accepted_wordings(self, language: str) -> tuple[str, ...]:
        """Return the wordings that are accepted in a language, or in another language if it has none."""
        tags = (language, locale(language).base, *self.accept)
        tag = next(each for each in tags if each in self.accept)
        return tuple(localize({tag: words}, language) for words in self.accept[tag])

    def correct_response(self, language: str) -> str:
        """Return the best wording in a language."""
        return localize({tag: words[0] for tag, words in self.accept.items()}, language)

    def mark_response(self, response: Response) -> Correctness:
        """Compare typed words with the accepted wordings of all languages. Both are normalised."""
        return Correctness(right=isinstance(response, str) and self._is_accepted(response))

    def accepted_variants(self) -> set[str]:
        """Return all normalised variants of the accepted wordings.

        These are singular and plural, each alone and with words from around the blank.
        """
        return {
            form
            for language, several in self.accept.items()
            for words in several
            for form in _wording_variants(words, self.around.get(language, ("", "")))
        }

    def typo_tolerant_variants(self) -> set[str]:
        """Return the variants in which one wrong letter is accepted, because the wording is long enough."""
        return {
            form
            for language, several in self.accept.items()
            for words in several
            if len(normalise_answer(words)) >= MIN_LENGTH_WITH_TYPO
            for form in _wording_variants(words, self.around.get(language, ("", "")))
        }

    def simplified_variants(self) -> set[str]:
        """Return the accepted variants in simplified characters, to compare any Chinese reply with.

        Traditional Chinese has some words of its own, and people type these in traditional or
        simplified characters. So they are included.
        """
        own = {
            normalise_answer(convert_to_derived_language(words, language))
            for language in LANGUAGES
            for words in self.accept.get(locale(language).base, ())
        }
        return {to_simplified(words) for words in self.accepted_variants() | own}

    def _is_accepted(self, response: str) -> bool:
        given = normalise_answer(response)
        if not given or given in self.accepted_variants():
            return bool(given)
        if has_han(given):
            return to_simplified(given) in self.simplified_variants()
        return any(is_one_typo_apart(given, form) for form in self.typo_tolerant_variants())

    def parse_reply(self, line: str) -> Response:
        """Return the typed line as words, without control characters."""
        return clean_reply(line) or None


def clean_reply(line: str) -> str:
    """Return a line without control characters and lone surrogates, which neither a question bank nor a file accepts."""
    cleaned = "".join(
        c for c in line[:MAX_REPLY_LENGTH] if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")
    )
    return " ".join(cleaned.split())


def is_one_typo_apart(reply: str, wording: str) -> bool:
    """Return whether two words differ by one extra, missing or wrong letter, or by two swapped letters.

    Short words and numbers must be equal, and the first letter must be the same, because otherwise it is
    another word.
    """
    if (
        min(len(reply), len(wording)) < MIN_LENGTH_WITH_TYPO
        or reply[0] != wording[0]
        or not (reply + wording).isascii()
    ):
        return False
    if re.search(r"\d", reply + wording):
        return False
    shorter, longer = sorted((reply, wording), key=len)
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


def _wording_variants(wording: str, surrounding_text: tuple[str, str]) -> set[str]:
    """Return the normalised variants of a wording.

    These are singular and plural, each alone and with a few words from around the blank. ``surrounding_text`` is
    the text before the blank and the text after it.
    """
    before, after = (
        re.split(_CLAUSE_END, surrounding_text[0])[-1],
        re.split(_CLAUSE_END, surrounding_text[1])[0],
    )
    heads, tails = [""], [""]
    for count in range(1, MAX_CONTEXT_WORDS + 1):
        heads.append("".join(re.findall(_WORD, before)[-count:]))
        tails.append("".join(re.findall(_WORD, after)[:count]))
    return {
        normalise_answer(f"{head}{_space_beside(head)}{each}{_space_beside(tail)}{tail}")
        for each in {wording, *_singular_and_plural_forms(wording)}
        for head in heads
        for tail in tails
    }


def _space_beside(context: str) -> str:
    """Return the space between a wording and the text beside it: none next to a Chinese character."""
    return "" if not context or has_han(context) else " "


def _singular_and_plural_forms(wording: str) -> Iterator[str]:
    """Yield the plural of an English singular, and the singular of a plural."""
    if not re.search(r"[A-Za-z]{3}$", wording):
        return
    yield f"{wording}s"
    if wording.endswith("ies"):
        yield f"{wording[:-3]}y"
    elif wording.endswith("y"):
        yield f"{wording[:-1]}ies"
    if wording.endswith("s") and not wording.endswith("ss"):
        yield wording[:-1]


def traditional_to_simplified(words: Iterable[str]) -> dict[str, str]:
    """Map traditional characters to simplified ones, for all simplified characters in ``words``."""
    wanted = {character for each in words for character in each if has_han(character)}
    every = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x32400))]
    found = zip(every, to_simplified("\n".join(every)).split("\n"), strict=True)
    return {one: other for one, other in found if other in wanted and other != one}


SHAPE = Fill
