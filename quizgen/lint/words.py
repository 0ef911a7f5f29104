"""Words and thresholds of each language, from its word lists, and what they come down to.

A file's lists hold plain words; what stands under ``patterns`` and ``forms`` are regular expressions, and
so is what a name must not be followed by. A bank text in a language without a file is passed over.
"""

import re
from functools import cache, cached_property
from typing import Any, NamedTuple

from quizgen.text.han import han_characters
from quizgen.text.tokens import content_tokens, tokens
from quizgen.text.word_lists import word_lists

_SENTENCE = re.compile(r"(?<=[.?!])[”’)]*\s+")
_HAN_SENTENCE = re.compile(r"(?<=[。？！])[”’」』）]*")


class _NameForms(NamedTuple):
    """How the names of a list are written: patterns that find them, and the name that each find stands for."""

    own: re.Pattern[str]
    name_of_own: dict[str, str]
    english: re.Pattern[str]
    name_of_english: dict[str, str]


class Words:
    """One language's words and thresholds."""

    def __init__(self, language: str, data: dict[str, Any]) -> None:
        self.language = language
        self.is_cjk = bool(data["han"])
        self.emphasis: str = data["emphasis"]
        self.limits: dict[str, float] = data["limits"]
        self._names: dict[str, list[str]] = data.get("names", {})
        self.numerals: dict[str, int] = data.get("numerals", {})
        self.scales: dict[str, int] = data.get("scales", {})
        self.forms: dict[str, re.Pattern[str]] = {
            name: re.compile(pattern, re.IGNORECASE) for name, pattern in data["forms"].items()
        }
        self._kinds = {kind: re.compile(found, re.IGNORECASE) for kind, found in data["acts"].items()}
        self._kinds_told: dict[str, frozenset[str]] = {}
        self._lists: dict[str, list[str]] = data["lists"]
        self._sets = {name: frozenset(listed) for name, listed in self._lists.items()}
        self._patterns: dict[str, str] = data["patterns"]

    def word_set(self, name: str) -> frozenset[str]:
        """Return the words of a list."""
        return self._sets[name]

    def kinds_of(self, option: str) -> frozenset[str]:
        """Tell which kinds of acts an option has one do; none where that cannot be told.

        The last one listed, to comply, is what is done in none of the other ways.
        """
        if option not in self._kinds_told:
            *others, last = self._kinds
            found = frozenset(kind for kind in others if self._kinds[kind].search(option))
            self._kinds_told[option] = found or frozenset([last] if self._kinds[last].search(option) else ())
        return self._kinds_told[option]

    @cached_property
    def _name_forms(self) -> "_NameForms":
        forms = [(form, name.split("|")[0]) for name, several in self._names.items() for form in several]
        ours = {form.partition("(")[0]: name for form, name in forms}
        english = {form: name.split("|")[0] for name in self._names for form in name.split("|")}
        return _NameForms(
            own=_compiled("|".join(sorted((form for form, _ in forms), key=len, reverse=True)) or "(?!)"),
            name_of_own=ours,
            english=re.compile(
                rf"\b(?:{'|'.join(sorted(map(re.escape, english), key=len, reverse=True)) or '(?!)'})\b"
            ),
            name_of_english=english,
        )

    def fields_in(self, text: str) -> set[str]:
        """Tell which names of this language's list stand in a text of its own; given in English."""
        forms = self._name_forms
        return {forms.name_of_own[found] for found in forms.own.findall(text)}

    def names_in_english(self, text: str) -> set[str]:
        """Tell which names of this language's list stand in an English text."""
        forms = self._name_forms
        return {forms.name_of_english[found] for found in forms.english.findall(text)}

    def name(self, english: str) -> str:
        """Return a name of the list as this language says it first."""
        return next(form for form, name in self._name_forms.name_of_own.items() if name == english)

    def holds(self, text: str, piece: str) -> bool:
        """Tell whether a piece stands in a text: as whole words, in languages that part words."""
        start = text.find(piece)
        while start >= 0 and not self.is_cjk:
            before, after = text[start - 1 : start], text[start + len(piece) : start + len(piece) + 1]
            if not (_in_word(before) or _in_word(after)):
                return True
            start = text.find(piece, start + 1)
        return start >= 0

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return a pattern of the file, compiled once."""
        return _compiled(self._patterns[name])

    def any_of(self, name: str) -> re.Pattern[str]:
        """Return a pattern for any word of a list; in languages that part words, whole words only."""
        return _any_of(tuple(self._lists[name]), self.is_cjk)

    def raw_tokens(self, text: str) -> list[str]:
        """Cut a text into tokens, those without content of their own included."""
        return tokens(text, self.language)

    def tokens(self, text: str) -> list[str]:
        """Cut a text into tokens that say something: neither words without content nor commonplace ones."""
        return [token for token in content_tokens(text, self.language) if token not in self._commonplace]

    @cached_property
    def _commonplace(self) -> frozenset[str]:
        return frozenset(
            token for word in self._lists["commonplace"] for token in content_tokens(word, self.language)
        )

    def sentences(self, text: str) -> list[str]:
        """Cut a text into sentences; an abbreviation within one is rare enough to be borne."""
        cut = _HAN_SENTENCE if self.is_cjk else _SENTENCE
        return [part.strip() for part in cut.split(text) if part.strip()]

    def size(self, sentence: str) -> int:
        """Count a sentence's words, or its Chinese characters."""
        return len(han_characters(sentence)) if self.is_cjk else len(sentence.split())


@cache
def words_of(language: str) -> Words | None:
    """Return the words of a language, or ``None`` where it has no file."""
    data = word_lists(language)
    return Words(language, data) if data else None


def _in_word(mark: str) -> bool:
    return mark.isalnum() or mark in ("’", "-")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _any_of(listed: tuple[str, ...], han: bool) -> re.Pattern[str]:  # noqa: FBT001  of a cached helper
    body = "|".join(sorted(map(re.escape, listed), key=len, reverse=True))
    return re.compile(f"({body})" if han else rf"(?<![\w’-])({body})(?![\w’-])", re.IGNORECASE)
