"""Languages: finding one by its tag, how it is written, and texts of a bank in it.

Each language is one folder, such as ``locales/zh_Hans/``, and :data:`LANGUAGES` are the folders found. Its file
``language.toml`` says how the language is written (:class:`Locale`). A bank may be in any language; if it has no folder
here, the interface is in English. A language may be derived from another by OpenCC, as Traditional Chinese is from
Simplified.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from quizgen.text.han import converter

Text: TypeAlias = dict[str, str]
"""One text in several languages: language tag to text."""

FALLBACK = "en"
"""The language that has every message. It replaces what another language lacks."""

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
    """How a language is written. What its file leaves out is as in English.

    ``autonym`` is the language's own name, ``tags`` are further tags for it (the longest that a tag begins with wins).
    ``base`` is the language that it is derived from with the OpenCC configuration ``opencc``, or "". ``sample`` is a text
    that an encoding must be able to write. ``yes`` and ``no`` are answers to a question, in lower case; ``true`` and
    ``false``, ``genuine`` and ``scam`` are what people may type for the options of questions with just these two. Letters
    of options and commands take precedence over them.

    ``aside`` puts a remark in brackets, with any blank before them. ``comma`` and ``semicolon`` separate the members of a
    list; ``either`` (or) and ``both`` (and) join the last two. ``months`` and ``date`` say how a day is written. ``quotes``
    are the four quotation marks, outer and inner. ``leading`` is the line height on paper as a multiple of the type size,
    and ``heading_leading`` that of headings: characters that fill their square need more white between lines. ``smallest``
    is the smallest type size in points.
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
    """Return whether a language is written from right to left, in the script that its tag names or in its usual script."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")  # noqa: PLR2004  RFC 5646
    return script in ("arab", "hebr", "syrc", "thaa", "nkoo") if script else language in _RIGHT_TO_LEFT


def readable(written: Sequence[str]) -> tuple[str, ...]:
    """List the languages in which texts can be read that are written in these: also those derived from them, ours first."""
    ours = [tag for tag in LANGUAGES if tag in written or locale(tag).base in written]
    return tuple(dict.fromkeys((*ours, *written)))


def languages_with(own: Sequence[str]) -> tuple[str, ...]:
    """List the languages that a user may ask for with a bank in its ``own`` languages: ours, and these."""
    return tuple(dict.fromkeys((*LANGUAGES, *own)))


def language_of_tag(tag: str, among: Sequence[str] = LANGUAGES) -> str | None:
    """Return the language ``among`` these that a tag such as ``zh_TW.UTF-8`` or ``ZH-hans`` stands for; ``None`` if it is none of them.

    A longer tag stands for the language that it begins with, a shorter one for the first language that begins with it.
    """
    plain = tag.partition(".")[0].partition("@")[0].replace("_", "-").lower()
    known = {language.lower(): language for language in among}
    parts = plain.split("-")
    prefixes = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    if found := next((known[each] for each in prefixes if each in known), None):
        return found
    other_tags = {
        each.lower(): language
        for language in among
        for each in (locale(language).tags if language in LANGUAGES else ())
    }
    if found := next((other_tags[each] for each in prefixes if each in other_tags), None):
        return found
    return next((known[each] for each in known if plain and each.startswith(f"{plain}-")), None)


def language_of_locale(environment: Mapping[str, str], among: Sequence[str] = LANGUAGES) -> str:
    """Return the language of the locale, if it is ``among`` these, or else English, or the first of them.

    The locale is read as POSIX does: LC_ALL, then LC_MESSAGES, then LANG, the first one set.
    """
    tag = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return language_of_tag(tag, among) or (FALLBACK if FALLBACK in among else among[0])


def is_text(value: object) -> bool:
    """Return whether plain data is a text of a bank, or a list of words for each language: whether its keys are tags."""
    return isinstance(value, Mapping) and bool(value) and all(map(_TAG.fullmatch, value))


def localize(text: Mapping[str, str], language: str) -> str:
    """Return a text of a bank in a language; in English, or in any language that it has, if it lacks that one.

    An empty text (a question without advice) is "".
    """
    if language in text:
        return text[language]
    if language != FALLBACK and (base := locale(language).base) in text:
        return derived(text[base], language)
    other = FALLBACK if text.get(FALLBACK) else next(iter(text), "")
    return text[other] if other else ""


def language_of(text: Mapping[str, str], language: str) -> str:
    """Return the language in which :func:`localize` returns a text: the one asked for, if the text has it."""
    if language in text or (language != FALLBACK and locale(language).base in text) or not text:
        return language
    return FALLBACK if FALLBACK in text else next(iter(text))


def in_its_language(text: Mapping[str, str], language: str) -> tuple[str, str]:
    """Return a text of a bank as :func:`localize` does, and the language that it is in."""
    return localize(text, language), language_of(text, language)


@cache
def interface_language(tag: str) -> str:
    """Return the language of the interface for a bank in some language: ``en`` for ``en-GB``, and for ``fr``."""
    return language_of_tag(tag) or FALLBACK


@cache
def locale(language: str) -> Locale:
    """Return how a language is written. One without a file has its own name, and is otherwise as English."""
    own = {name: value for name, value in language_file(language).items() if not isinstance(value, dict)}
    if not own and (ours := language_of_tag(language)):
        return locale(ours)
    if not own:
        own = {"autonym": table(FALLBACK, "autonyms").get(language.partition("-")[0], language)}
    base = own.get("base", "")
    inherited = locale(base or FALLBACK)._asdict() if language != FALLBACK else {}
    form: dict[str, Any] = {**inherited, "base": "", "tags": (), **own}
    for name, value in form.items():
        form[name] = tuple(value) if isinstance(value, list) else value
    return Locale(**form)


@cache
def named_languages() -> tuple[str, ...]:
    """List the languages whose names we know: ours, and many that a bank may be in."""
    return languages_with(tuple(table(FALLBACK, "autonyms")))


def derived(words: str, language: str) -> str:
    """Convert a text from a language's base to that language: characters, words and quotation marks.

    Words in the table ``[words]`` of the language's file are converted as it says, and not by OpenCC.
    """
    form, fixed, pattern = locale(language), table(language, "words"), _fixed_words(language)
    convert = converter(form.opencc).convert
    pieces = pattern.split(words) if pattern else [words]
    converted = "".join(fixed.get(piece) or str(convert(piece)) for piece in pieces)
    return converted.translate(str.maketrans(locale(form.base).quotes, form.quotes))


def within_quotes(words: str, language: str) -> str:
    """Return words as they are written inside quotation marks: their outer marks become inner ones."""
    quotes = locale(language).quotes
    return words.translate(str.maketrans(quotes[:2], quotes[2:]))


@cache
def _fixed_words(language: str) -> re.Pattern[str] | None:
    """Return a pattern of the words that the language's file converts itself, the longest first."""
    words = sorted(table(language, "words"), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, words))})") if words else None


def table(language: str, name: str) -> dict[str, str]:
    """Return one table of a language's file; an empty one if the file or the table is missing."""
    entries: dict[str, str] = language_file(language).get(name, {})
    return entries


def folder_of(language: str) -> Path:
    """Return the folder of one of our languages, named as gettext names it: ``zh_Hans``."""
    return _FOLDER / language.replace("-", "_")


@cache
def language_file(language: str) -> dict[str, Any]:
    """Read the file that says how a language is written; nothing for a language without one."""
    if language not in LANGUAGES:
        return {}
    path = folder_of(language) / "language.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
