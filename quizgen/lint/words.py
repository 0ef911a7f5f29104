"""The words, patterns and limits of each language that the rules need, from its word list (``quizgen/text/words/``).

Texts in a language without a word list are not checked.
"""

import re
from functools import cache, cached_property
from typing import Any, NamedTuple

from quizgen.text.han import han_characters
from quizgen.text.tokens import tokenize, tokenize_content
from quizgen.text.word_lists import load_word_lists

_SENTENCE = re.compile(r"(?<=[.?!])[”’)]*\s+")
_HAN_SENTENCE = re.compile(r"(?<=[。？！])[”’」』）]*")


class _NamePatterns(NamedTuple):
    """Patterns that find names in texts of a language and in English texts, and the English name for each match."""

    own: re.Pattern[str]
    name_of_own: dict[str, str]
    english: re.Pattern[str]
    name_of_english: dict[str, str]


class LanguageWords:
    """The words, patterns and limits for checking texts in one language."""

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
        self._lists: dict[str, list[str]] = data["lists"]
        self._sets = {name: frozenset(listed) for name, listed in self._lists.items()}
        self._patterns: dict[str, str] = data["patterns"]

    def words_in_list(self, name: str) -> frozenset[str]:
        """Return the words of a list in the file."""
        return self._sets[name]

    @cached_property
    def _name_patterns(self) -> "_NamePatterns":
        """The patterns that find names, made when they are first needed."""
        forms = [(form, name.split("|")[0]) for name, several in self._names.items() for form in several]
        ours = {form.partition("(")[0]: name for form, name in forms}
        english = {form: name.split("|")[0] for name in self._names for form in name.split("|")}
        return _NamePatterns(
            own=_compile_pattern(
                "|".join(sorted((form for form, _ in forms), key=len, reverse=True)) or "(?!)"
            ),
            name_of_own=ours,
            english=re.compile(
                rf"\b(?:{'|'.join(sorted(map(re.escape, english), key=len, reverse=True)) or '(?!)'})\b"
            ),
            name_of_english=english,
        )

    def find_names(self, text: str) -> set[str]:
        """Return the names in a text of this language, in English."""
        forms = self._name_patterns
        return {forms.name_of_own[found] for found in forms.own.findall(text)}

    def find_names_in_english(self, text: str) -> set[str]:
        """Return the names in an English text that this language's list has."""
        forms = self._name_patterns
        return {forms.name_of_english[found] for found in forms.english.findall(text)}

    def localised_name(self, english: str) -> str:
        """Return the usual form of an English name in this language."""
        return next(form for form, name in self._name_patterns.name_of_own.items() if name == english)

    def contains_phrase(self, text: str, phrase: str) -> bool:
        """Return whether a text contains a phrase; in languages with spaces, as complete words."""
        start = text.find(phrase)
        while start >= 0 and not self.is_cjk:
            before, after = text[start - 1 : start], text[start + len(phrase) : start + len(phrase) + 1]
            if not (_is_word_character(before) or _is_word_character(after)):
                return True
            start = text.find(phrase, start + 1)
        return start >= 0

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return a pattern from the file by its name."""
        return _compile_pattern(self._patterns[name])

    def word_pattern(self, name: str) -> re.Pattern[str]:
        """Return a pattern that finds any word of a list; in languages with spaces, only complete words."""
        return _compile_word_pattern(tuple(self._lists[name]), self.is_cjk)

    def split_tokens(self, text: str) -> list[str]:
        """Split a text into tokens."""
        return tokenize(text, self.language)

    def split_content_tokens(self, text: str) -> list[str]:
        """Split a text into tokens, without those that carry no content or are very common."""
        return [
            token for token in tokenize_content(text, self.language) if token not in self._commonplace_tokens
        ]

    @cached_property
    def _commonplace_tokens(self) -> frozenset[str]:
        """The tokens of very common words."""
        return frozenset(
            token for word in self._lists["commonplace"] for token in tokenize_content(word, self.language)
        )

    def split_sentences(self, text: str) -> list[str]:
        """Split a text into sentences. An abbreviation with a full stop can split a sentence, but this is rare."""
        cut = _HAN_SENTENCE if self.is_cjk else _SENTENCE
        return [part.strip() for part in cut.split(text) if part.strip()]

    def count_words(self, sentence: str) -> int:
        """Return the number of words in a sentence, or of Chinese characters."""
        return len(han_characters(sentence)) if self.is_cjk else len(sentence.split())


@cache
def load_language_words(language: str) -> LanguageWords | None:
    """Return the words and patterns of a language, or ``None`` if it has no word list."""
    data = load_word_lists(language)
    return LanguageWords(language, data) if data else None


def _is_word_character(character: str) -> bool:
    """Return whether a character can be part of a word."""
    return character.isalnum() or character in ("’", "-")


@cache
def _compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a regular expression that ignores case. The result is cached."""
    return re.compile(pattern, re.IGNORECASE)


@cache
def _compile_word_pattern(word_list: tuple[str, ...], is_chinese: bool) -> re.Pattern[str]:  # noqa: FBT001  of a cached helper
    """Compile a pattern that finds any word of a list. The result is cached."""
    body = "|".join(sorted(map(re.escape, word_list), key=len, reverse=True))
    return re.compile(f"({body})" if is_chinese else rf"(?<![\w’-])({body})(?![\w’-])", re.IGNORECASE)
