"""Languages: which one is meant, what the interface says in it, and bank text in it.

Each interface language is one file, ``messages/<language>.toml``. Traditional Chinese is made from
Simplified by OpenCC (Taiwan's standard of characters, the words kept); what it gets wrong may be
written out in ``messages/zh-Hant.toml``, or beside the Simplified text in a bank.
"""

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from quizgen.errors import MisuseError, problem

Text: TypeAlias = dict[str, str]
"""One text in several languages: language tag to text."""

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
FALLBACK = "en"
_QUOTES = str.maketrans("“”‘’", "「」『』")
_CHINESE_SOMEWHERE = re.compile(r"zh-([a-z]{2}|[0-9]{3})")
"""Chinese of a region (ISO 3166 or UN M49) that is not known for Traditional characters."""

_NAMES = {
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
}


def named(tag: str) -> str | None:
    """Find the language that a tag such as ``zh_TW.UTF-8`` or ``ZH-hans`` means; ``None`` if we lack it."""
    plain = tag.partition(".")[0].partition("@")[0].replace("_", "-").lower()
    for language in LANGUAGES:
        if plain == language.lower() or plain.startswith(language.lower() + "-"):
            return language
    return _NAMES.get(plain) or ("zh-Hans" if _CHINESE_SOMEWHERE.fullmatch(plain) else None)


def chosen_language(asked: str | None, environment: Mapping[str, str]) -> str:
    """Return the language asked for, or else the locale's, or else English.

    The locale is read as POSIX does: LC_ALL, then LC_MESSAGES, then LANG, the first one set.
    Raises MisuseError for a language that quizgen lacks.
    """
    if asked is not None:
        if language := named(asked):
            return language
        near = get_close_matches(asked, LANGUAGES, n=1, cutoff=0.3)
        hint = f"did you mean {near[0]}?" if near else ""
        raise MisuseError(problem(f"no language {asked!r}: there are {', '.join(LANGUAGES)}", hint))
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    return named(locale) or FALLBACK


def traditional(text: str) -> str:
    """Write Simplified Chinese in Traditional characters, and in the quotation marks that go with them."""
    return str(_converter().convert(text)).translate(_QUOTES)


def read(text: Mapping[str, str], language: str) -> str:
    """Give a text in a language; English, or whatever there is, where that language is missing.

    An empty text (a question without advice) reads as "".
    """
    if language in text:
        return text[language]
    if language == "zh-Hant" and "zh-Hans" in text:
        return traditional(text["zh-Hans"])
    return text.get(FALLBACK) or next(iter(text.values()), "")


def say(language: str, key: str, **values: object) -> str:
    """Give an interface message, such as ``say("en", "take.score", right=7, total=10)``.

    ``key`` is ``table.name`` in the language's file; ``values`` fill its ``{names}``. Raises KeyError
    for a message or a value that is missing, which a test finds before any user does.
    """
    return messages(language)[key].format_map(values) if values else messages(language)[key]


@cache
def messages(language: str) -> dict[str, str]:
    """All messages of a language by ``table.name``."""
    own = _read_file(language)
    if language != "zh-Hant":
        return own
    return {key: traditional(text) for key, text in messages("zh-Hans").items()} | own


def _read_file(language: str) -> dict[str, str]:
    path = Path(__file__).parent / "messages" / f"{language}.toml"
    if not path.exists():
        return {}
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{table}.{name}": text for table, entries in tables.items() for name, text in entries.items()}


@cache
def _converter() -> Any:
    import opencc  # noqa: PLC0415  slow to load, and only Traditional Chinese needs it

    return opencc.OpenCC("s2tw")
