"""Languages: which one is meant, how it is written, and texts of a bank in it.

Each language is one folder, such as ``locales/zh_Hans/``, and :data:`LANGUAGES` are the folders found. Its file
``language.toml`` says how the language is written (:class:`Locale`). A bank may be in any language: in one without a
folder the interface speaks English. A language may be derived from another by OpenCC, as Traditional Chinese is from
Simplified.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from quizgen.text.foreign import Foreign
from quizgen.text.han import converter

Text: TypeAlias = dict[str, str]
"""One text in several languages: language tag to text."""

FALLBACK = "en"
"""The language that has every message, and stands in for what another lacks."""

_FOLDER = Path(__file__).parents[1] / "locales"

LANGUAGES = tuple(
    sorted(
        (path.parent.name.replace("_", "-") for path in _FOLDER.glob("*/language.toml")),
        key=lambda tag: (tag != FALLBACK, tag),
    )
)
"""Tags of all languages, English first: one for each folder in ``locales/``."""

TAG = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
"""How the tag of a language is written (RFC 5646, without what is for private use)."""

_TAG = re.compile(TAG)


class Locale(NamedTuple):
    """How a language is written; what its file leaves out is as in English.

    ``autonym`` is its own name for itself, ``tags`` are further tags that mean it (the longest that a tag
    begins with wins). ``base`` is the language that it is derived from with the OpenCC configuration
    ``opencc``, or "". ``sample`` is a text that an encoding must have to be fit for it. ``yes`` and ``no``
    are answers to a question, in lower case; ``true`` and ``false``, ``genuine`` and ``scam`` are what may
    be typed for the options of questions that have just these two; the letters of options and of commands go
    before them. ``aside`` is what stands in brackets
    behind something, with any blank before it. ``comma`` and ``semicolon`` part the members of a list,
    ``either`` the last two of which one is meant, ``both`` those of which all are. ``months`` and ``date`` say how a day is written.
    ``quotes`` are the four quotation marks, outer and inner. ``leading`` is the height of a line on paper
    by the size of its type, and ``heading_leading`` that of one in a heading: characters that fill their
    square want more white between lines. ``smallest`` is the size, in points, below which they are not printed.
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


_FROM_THE_RIGHT = frozenset(
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


def from_the_right(tag: str) -> bool:
    """Tell whether a language is written from right to left, in the script that its tag names or that is usual for it."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")  # noqa: PLR2004  RFC 5646
    return script in ("arab", "hebr", "syrc", "thaa", "nkoo") if script else language in _FROM_THE_RIGHT


def readable(written: Sequence[str]) -> tuple[str, ...]:
    """List the languages that texts written in these can be read in: with those derived from them, and ours first."""
    ours = [tag for tag in LANGUAGES if tag in written or locale(tag).base in written]
    return tuple(dict.fromkeys((*ours, *written)))


def languages_with(own: Sequence[str]) -> tuple[str, ...]:
    """List the languages that may be asked for with a bank in its ``own``: ours, and these."""
    return tuple(dict.fromkeys((*LANGUAGES, *own)))


def language_of_tag(tag: str, among: Sequence[str] = LANGUAGES) -> str | None:
    """Find which language ``among`` these a tag such as ``zh_TW.UTF-8`` or ``ZH-hans`` means; ``None`` if it is none of them.

    A tag that is longer means the language that it begins with, and one that is shorter the first that begins so.
    """
    plain = tag.partition(".")[0].partition("@")[0].replace("_", "-").lower()
    known = {language.lower(): language for language in among}
    parts = plain.split("-")
    beginnings = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    if found := next((known[each] for each in beginnings if each in known), None):
        return found
    further = {
        each.lower(): language
        for language in among
        for each in (locale(language).tags if language in LANGUAGES else ())
    }
    if found := next((further[each] for each in beginnings if each in further), None):
        return found
    return next((known[each] for each in known if plain and each.startswith(f"{plain}-")), None)


def language_of_locale(environment: Mapping[str, str], among: Sequence[str] = LANGUAGES) -> str:
    """Return the language of the locale, if it is ``among`` these, or else English, or the first of them.

    The locale is read as POSIX does: LC_ALL, then LC_MESSAGES, then LANG, the first one set.
    """
    tag = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return language_of_tag(tag, among) or (FALLBACK if FALLBACK in among else among[0])


def is_text(value: object) -> bool:
    """Tell whether plain data is a text of a bank, or a list of words for each language: whether its keys are tags."""
    return isinstance(value, Mapping) and bool(value) and all(map(_TAG.fullmatch, value))


def localize(text: Mapping[str, str], language: str) -> str:
    """Give a text of a bank in a language; English, or whatever there is, where that language is missing.

    An empty text (a question without advice) reads as "".
    """
    if language in text:
        return text[language]
    if language != FALLBACK and (base := locale(language).base) in text:
        return derived(text[base], language)
    other = FALLBACK if text.get(FALLBACK) else next(iter(text), "")
    return Foreign(text[other], other) if other else ""


def language_of(text: Mapping[str, str], language: str) -> str:
    """Tell in which language :func:`localize` gives a text: the one that is asked for, if it has it."""
    if language in text or (language != FALLBACK and locale(language).base in text) or not text:
        return language
    return FALLBACK if FALLBACK in text else next(iter(text))


@cache
def interface_language(tag: str) -> str:
    """Tell in which of our languages the program speaks where a bank's is this one: in ``en`` for ``en-GB``, and for ``fr``."""
    return language_of_tag(tag) or FALLBACK


@cache
def locale(language: str) -> Locale:
    """Say how a language is written; one without a file has its own name alone, and is else as English."""
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
    """List the languages that we know by name: ours, and those that a bank may be in."""
    return languages_with(tuple(table(FALLBACK, "autonyms")))


def derived(words: str, language: str) -> str:
    """Write text of a language's base in that language: its characters, its words, its quotation marks.

    Words in the table ``[words]`` of the language's file are as that says, whatever OpenCC makes of them.
    """
    own, given, kept = locale(language), table(language, "words"), _given_words(language)
    convert = converter(own.opencc).convert
    pieces = kept.split(words) if kept else [words]
    converted = "".join(given.get(piece) or str(convert(piece)) for piece in pieces)
    return converted.translate(str.maketrans(locale(own.base).quotes, own.quotes))


def within_quotes(words: str, language: str) -> str:
    """Write words as they stand between quotation marks: their own outer ones are inner ones there."""
    quotes = locale(language).quotes
    return words.translate(str.maketrans(quotes[:2], quotes[2:]))


@cache
def _given_words(language: str) -> re.Pattern[str] | None:
    """Find the words of the base whose form the language's file gives, the longest first."""
    listed = sorted(table(language, "words"), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, listed))})") if listed else None


def table(language: str, name: str) -> dict[str, str]:
    """Return one table of a language's file; an empty one where the file lacks it, or there is no file."""
    found: dict[str, str] = language_file(language).get(name, {})
    return found


def folder_of(language: str) -> Path:
    """Give the folder of one of our languages, which is named as gettext names it: ``zh_Hans``."""
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
