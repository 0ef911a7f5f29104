"""Words and thresholds of each language for the rules, from its word lists.

The lists of a file are plain words; ``patterns``, ``forms`` and what must not follow a name are regular expressions. Texts
in a language without a file are not checked.
"""

import re
from functools import cache, cached_property
from typing import Any, NamedTuple

from quizgen.text.han import han_characters
from quizgen.text.tokens import content_tokens, tokens
from quizgen.text.word_lists import word_lists

_SENTENCE = re.compile(r"(?<=[.?!])[”’)]*\s+")
_HAN_SENTENCE = re.compile(r"(?<=[。？！])[”’」』）]*")


class _NamePatterns(NamedTuple):
    """Patterns that find the names of a list, and the name for each match."""

    own: re.Pattern[str]
    name_of_own: dict[str, str]
    english: re.Pattern[str]
    name_of_english: dict[str, str]


class Words:
    """The words and thresholds of one language."""

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
        self._acts = {act: re.compile(pattern, re.IGNORECASE) for act, pattern in data["acts"].items()}
        self._acts_by_option: dict[str, frozenset[str]] = {}
        self._lists: dict[str, list[str]] = data["lists"]
        self._sets = {name: frozenset(listed) for name, listed in self._lists.items()}
        self._patterns: dict[str, str] = data["patterns"]

    def word_set(self, name: str) -> frozenset[str]:
        """Return the words of a list."""
        return self._sets[name]

    def acts_of(self, option: str) -> frozenset[str]:
        """Return the kinds of acts that an option tells a person to do; none if that is unknown.

        The last one in the file, to comply, counts only without any other.
        """
        if option not in self._acts_by_option:
            *others, last = self._acts
            acts = frozenset(act for act in others if self._acts[act].search(option))
            self._acts_by_option[option] = acts or frozenset(
                [last] if self._acts[last].search(option) else ()
            )
        return self._acts_by_option[option]

    @cached_property
    def _name_patterns(self) -> "_NamePatterns":
        forms = [(form, name.split("|")[0]) for name, several in self._names.items() for form in several]
        ours = {form.partition("(")[0]: name for form, name in forms}
        english = {form: name.split("|")[0] for name in self._names for form in name.split("|")}
        return _NamePatterns(
            own=_compile("|".join(sorted((form for form, _ in forms), key=len, reverse=True)) or "(?!)"),
            name_of_own=ours,
            english=re.compile(
                rf"\b(?:{'|'.join(sorted(map(re.escape, english), key=len, reverse=True)) or '(?!)'})\b"
            ),
            name_of_english=english,
        )

    def names_in(self, text: str) -> set[str]:
        """Return the names of this language's list in a text of this language; in English."""
        forms = self._name_patterns
        return {forms.name_of_own[found] for found in forms.own.findall(text)}

    def names_in_english(self, text: str) -> set[str]:
        """Return the names of this language's list in an English text."""
        forms = self._name_patterns
        return {forms.name_of_english[found] for found in forms.english.findall(text)}

    def name(self, english: str) -> str:
        """Return the first form of a name in this language."""
        return next(form for form, name in self._name_patterns.name_of_own.items() if name == english)

    def contains(self, text: str, piece: str) -> bool:
        """Return whether a piece is in a text; in languages with spaces, as whole words."""
        start = text.find(piece)
        while start >= 0 and not self.is_cjk:
            before, after = text[start - 1 : start], text[start + len(piece) : start + len(piece) + 1]
            if not (_in_word(before) or _in_word(after)):
                return True
            start = text.find(piece, start + 1)
        return start >= 0

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return a pattern of the file, compiled once."""
        return _compile(self._patterns[name])

    def any_of(self, name: str) -> re.Pattern[str]:
        """Return a pattern for any word of a list; in languages with spaces, for whole words."""
        return _any_of(tuple(self._lists[name]), self.is_cjk)

    def raw_tokens(self, text: str) -> list[str]:
        """Split a text into tokens, also those without content."""
        return tokens(text, self.language)

    def tokens(self, text: str) -> list[str]:
        """Split a text into tokens with content, without commonplace words."""
        return [
            token for token in content_tokens(text, self.language) if token not in self._commonplace_tokens
        ]

    @cached_property
    def _commonplace_tokens(self) -> frozenset[str]:
        return frozenset(
            token for word in self._lists["commonplace"] for token in content_tokens(word, self.language)
        )

    def sentences(self, text: str) -> list[str]:
        """Split a text into sentences; abbreviations within a sentence are rare and ignored."""
        cut = _HAN_SENTENCE if self.is_cjk else _SENTENCE
        return [part.strip() for part in cut.split(text) if part.strip()]

    def size(self, sentence: str) -> int:
        """Count a sentence's words, or its Chinese characters."""
        return len(han_characters(sentence)) if self.is_cjk else len(sentence.split())


@cache
def words_of(language: str) -> Words | None:
    """Return the words of a language, or ``None`` if it has no file."""
    data = word_lists(language)
    return Words(language, data) if data else None


def _in_word(mark: str) -> bool:
    return mark.isalnum() or mark in ("’", "-")


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _any_of(listed: tuple[str, ...], han: bool) -> re.Pattern[str]:  # noqa: FBT001  of a cached helper
    body = "|".join(sorted(map(re.escape, listed), key=len, reverse=True))
    return re.compile(f"({body})" if han else rf"(?<![\w’-])({body})(?![\w’-])", re.IGNORECASE)
