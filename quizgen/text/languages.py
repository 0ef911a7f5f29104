"""The languages of the program, and texts in several languages.

Each language is a folder, such as ``locales/zh_Hans/``; :data:`LANGUAGES` are their tags. The file
``language.toml`` in the folder has the typographic conventions of the language (:class:`Locale`). A question
bank may be in any language. If the program does not have that language, its own texts are in English. A
language may be converted from another by OpenCC, as Traditional Chinese is from Simplified; the other is its
base.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from quizgen.text.han import opencc_converter

Text: TypeAlias = dict[str, str]
"""A text in several languages: a mapping from language tag to text."""

FALLBACK = "en"
"""The language that has every message. A text that is missing in another language is shown in this one."""

_FOLDER = Path(__file__).parents[1] / "locales"

LANGUAGES = tuple(
    sorted(
        (path.parent.name.replace("_", "-") for path in _FOLDER.glob("*/language.toml")),
        key=lambda tag: (tag != FALLBACK, tag),
    )
)
"""Tags of all languages, English first: one for each folder in ``locales/``."""

TAG = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
"""The form of a language tag (RFC 5646, without private use)."""

_TAG = re.compile(TAG)


class Locale(NamedTuple):
    """The typographic conventions of a language. What its file leaves out is the same as in English.

    - ``autonym`` is the name of the language in itself. ``tags`` are other tags for it.
    - ``base`` is the language that it is converted from with the OpenCC configuration ``opencc``, or "".
    - ``sample`` has characters that an encoding must have to be used for this language.
    - ``yes`` and ``no`` are answers to a question, in lower case. ``true``, ``false``, ``genuine`` and ``scam``
      are what people may type for these options. Letters of options and commands take precedence.
    - ``aside`` puts a remark in brackets: `` ({})``.
    - ``comma`` and ``semicolon`` separate the members of a list. ``either`` (or) and ``both`` (and) join the
      last two.
    - ``months`` and ``date`` say how a date is written, ``short_months`` and ``short_date`` a short one without the
      year. ``quotes`` are the four quotation marks, outer and
      inner.
    - ``leading`` is the line height on paper as a multiple of the type size, and ``heading_leading`` that of
      headings. ``smallest`` is the smallest type size in points.
    """

    autonym: str
    tags: tuple[str, ...]
    base: str
    opencc: str
    sample: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    true: tuple[str, ...]
    false: tuple[str, ...]
    genuine: tuple[str, ...]
    scam: tuple[str, ...]
    aside: str
    comma: str
    semicolon: str
    either: str
    both: str
    months: tuple[str, ...]
    date: str
    short_months: tuple[str, ...]
    short_date: str
    quotes: str
    leading: float
    heading_leading: float
    smallest: float


_RIGHT_TO_LEFT = frozenset(
    [
        "ar",
        "arc",
        "azb",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "ks",
        "mzn",
        "nqo",
        "pnb",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)


def is_right_to_left(tag: str) -> bool:
    """Return whether a language is written from right to left. If its tag names a script, the script decides."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")  # noqa: PLR2004  RFC 5646
    return script in ("arab", "hebr", "syrc", "thaa", "nkoo") if script else language in _RIGHT_TO_LEFT


def readable_languages(text_languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages in which a text can be shown that is written in ``text_languages``.

    These are those languages, and languages that are converted from them, such as zh-Hant from zh-Hans.
    Languages of the program come first.
    """
    program_languages = [
        tag for tag in LANGUAGES if tag in text_languages or locale(tag).base in text_languages
    ]
    return tuple(dict.fromkeys((*program_languages, *text_languages)))


def selectable_languages(bank_languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages that a user can choose with a question bank: those of the program, then others of the bank."""
    return tuple(dict.fromkeys((*LANGUAGES, *bank_languages)))


def find_language(tag: str, languages: Sequence[str] = LANGUAGES) -> str | None:
    """Return the language of a tag such as ``zh_TW.UTF-8`` or ``ZH-hans``, or ``None`` if it is none of ``languages``.

    A longer tag matches the language that it begins with. A shorter tag matches the first language that begins
    with it.
    """
    lower_tag = tag.partition(".")[0].partition("@")[0].replace("_", "-").lower()
    known = {language.lower(): language for language in languages}
    parts = lower_tag.split("-")
    prefixes = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    if found := next((known[each] for each in prefixes if each in known), None):
        return found
    if lower_tag in ("c", "posix"):  # the locale of a system without a language
        return None
    other_tags = {
        each.lower(): language
        for language in languages
        for each in (locale(language).tags if language in LANGUAGES else ())
    }
    if found := next((other_tags[each] for each in prefixes if each in other_tags), None):
        return found
    return next((known[each] for each in known if lower_tag and each.startswith(f"{lower_tag}-")), None)


def language_from_environment(environment: Mapping[str, str], languages: Sequence[str] = LANGUAGES) -> str:
    """Return the language of the user's locale if it is one of ``languages``, or else English, or else the first of them.

    The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set.
    """
    tag = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return find_language(tag, languages) or (FALLBACK if FALLBACK in languages else languages[0])


def is_translated_text(value: object) -> bool:
    """Return whether a value is a mapping whose keys are language tags."""
    return isinstance(value, Mapping) and bool(value) and all(map(_TAG.fullmatch, value))


def localize(text: Mapping[str, str], language: str) -> str:
    """Return a text in a language.

    If the text lacks the language, it is converted from the base of the language, or returned in English, or in
    any language that it has. An empty mapping gives "".
    """
    if language in text:
        return text[language]
    if language != FALLBACK and (base := locale(language).base) in text:
        return convert_to_derived_language(text[base], language)
    other = FALLBACK if text.get(FALLBACK) else next(iter(text), "")
    return text[other] if other else ""


def localized_language(text: Mapping[str, str], language: str) -> str:
    """Return the language in which :func:`localize` returns a text."""
    if language in text or (language != FALLBACK and locale(language).base in text) or not text:
        return language
    return FALLBACK if FALLBACK in text else next(iter(text))


def localize_with_language(text: Mapping[str, str], language: str) -> tuple[str, str]:
    """Return a text as :func:`localize` does, and the language that it is in."""
    return localize(text, language), localized_language(text, language)


@cache
def interface_language(tag: str) -> str:
    """Return the language of the program for a tag, such as ``en`` for ``en-GB``.

    English is used for others, such as ``fr``.
    """
    return find_language(tag) or FALLBACK


@cache
def locale(language: str) -> Locale:
    """Return the typographic conventions of a language.

    A language without a file has its own name and the conventions of English.
    """
    own_values = {
        name: value for name, value in read_language_file(language).items() if not isinstance(value, dict)
    }
    if not own_values and (known := find_language(language)):
        return locale(known)
    if not own_values:
        own_values = {
            "autonym": language_file_table(FALLBACK, "autonyms").get(language.partition("-")[0], language)
        }
    base = own_values.get("base", "")
    inherited = locale(base or FALLBACK)._asdict() if language != FALLBACK else {}
    values: dict[str, Any] = {**inherited, "base": "", "tags": (), **own_values}
    for name, value in values.items():
        values[name] = tuple(value) if isinstance(value, list) else value
    return Locale(**values)


@cache
def languages_with_known_names() -> tuple[str, ...]:
    """Return the languages whose names the program knows: its own, and many that a question bank can be in."""
    return selectable_languages(tuple(language_file_table(FALLBACK, "autonyms")))


def convert_to_derived_language(text: str, language: str) -> str:
    """Convert a text to a language that is derived from another, its base, such as zh-Hant from zh-Hans.

    The text is in the base. Its characters, words and quotation marks are converted.

    Words in the table ``[words]`` of the file of the language are replaced as the table says, and not by
    OpenCC.
    """
    target, word_table, pattern = (
        locale(language),
        language_file_table(language, "words"),
        _word_table_pattern(language),
    )
    convert = opencc_converter(target.opencc).convert
    pieces = pattern.split(text) if pattern else [text]
    converted = "".join(word_table.get(piece) or str(convert(piece)) for piece in pieces)
    return converted.translate(str.maketrans(locale(target.base).quotes, target.quotes))


def nest_quotes(text: str, language: str) -> str:
    """Prepare a text for quotation marks: outer quotation marks in it become inner ones."""
    quotes = locale(language).quotes
    return text.translate(str.maketrans(quotes[:2], quotes[2:]))


@cache
def _word_table_pattern(language: str) -> re.Pattern[str] | None:
    """Return a pattern of the words in the table ``[words]`` of a language, the longest first; ``None`` without a table."""
    words = sorted(language_file_table(language, "words"), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, words))})") if words else None


def language_file_table(language: str, name: str) -> dict[str, str]:
    """Return a table of the file of a language, or an empty one if the file or the table does not exist."""
    entries: dict[str, str] = read_language_file(language).get(name, {})
    return entries


def locale_folder(language: str) -> Path:
    """Return the folder of a language of the program, named as gettext names it: ``zh_Hans``."""
    return _FOLDER / language.replace("-", "_")


@cache
def read_language_file(language: str) -> dict[str, Any]:
    """Return the content of ``language.toml`` of a language; empty for a language that the program does not have."""
    if language not in LANGUAGES:
        return {}
    path = locale_folder(language) / "language.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
