"""Cleaning the text of a paragraph from traces of scraping, so that the same words always give the same text."""

import html
import re
import unicodedata
from functools import cache

from quizgen.text.han import HAN

_WIDE = HAN + "\u3001-\u3004\u3008-\u3020\u3030\u303f-\u30ff\uff01-\uff60"
_AMBIGUOUS_PUNCTUATION = "“”‘’—…·"  # punctuation of both scripts, wide beside a Han character
_ASCII_PUNCTUATION = r",.;:!?)%"  # ASCII punctuation, which Chinese is often typed with
_SPACE_IN_CHINESE = re.compile(
    f"(?<=[{_WIDE}]) +(?=[{_WIDE}{_AMBIGUOUS_PUNCTUATION}{_ASCII_PUNCTUATION}])|(?<=[{_AMBIGUOUS_PUNCTUATION}]) +(?=[{_WIDE}])"
    f"|(?<=[{_WIDE}][{_ASCII_PUNCTUATION}]) +(?=[{_WIDE}{_AMBIGUOUS_PUNCTUATION}])"
)
SPACE_BESIDE_WIDE = re.compile(f"(?<=[{_WIDE}])\\s+|\\s+(?=[{_WIDE}])")
_LINE_BREAK_BESIDE_CHINESE = re.compile(
    rf"(?<=[{_WIDE}])[^\S\n]*\n\s*+(?=\S)|(?<=\S)[^\S\n]*\n\s*+(?=[{_WIDE}])"
)
BULLET = re.compile(r"^(?:[•●○◦■□▪▫◆◇▶▸►‣⁃∙⋅※★☆]\s*|[-*–·]\s+)+")
# A match never crosses the start of another comment or script, so that many unclosed ones do not take quadratic time.
_COMMENT = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<(script|style)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(
    r"""</?([a-z][a-z0-9]*)(?:\s+[a-z][\w:-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))*\s*/?>""", re.IGNORECASE
)
BLOCK = re.compile(
    "address|article|aside|blockquote|br|caption|center|d[dlt]|div|fig(?:caption|ure)|footer|form|h[1-6r]|header|li|main|nav"
    "|[ou]l|p|pre|section|t[dhr]|table"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{1,31});")
_BRACKET = re.compile(r"\s?[(（]\s?([^()（）]{1,40}?)\s?[)）]")
_CHARACTERS_WITH_GLOSSES = re.compile(f"([{HAN}]{{1,4}})((?:{_BRACKET.pattern})+)")

_MARKDOWN = (  # marks, and what replaces them
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+|^[ \t]{0,3}#{1,6}[ \t]+|\\$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^()\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^()\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])", re.ASCII), r"\1"),
    (re.compile(r"(?<!`)`([^`\n]+)`(?!`)"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)

BLOCK_BREAK = "\v"
"""Marks the end of a block within a line (a stray ``<br>``)."""


def without_markup(text: str) -> str:
    """Remove the tags, comments and entities of HTML from plain text; every line stays a line.

    Only names of HTML elements are tags: ``a < b`` and ``<name>`` stay.
    """
    from lxml.html.defs import tags  # noqa: PLC0415  slow to load

    def keep_lines(found: re.Match[str]) -> str:
        return "\n" * found[0].count("\n")

    def remove(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name not in tags:
            return found[0]
        return keep_lines(found) or (BLOCK_BREAK if BLOCK.fullmatch(name) else "")

    return _ENTITY.sub(
        lambda found: html.unescape(found[0]), _TAG.sub(remove, _COMMENT.sub(keep_lines, text))
    )


def without_markdown(text: str) -> str:
    """Remove the marks of Markdown (headings, quotations, emphasis, links) from plain text; every line stays."""
    for mark, replacement in _MARKDOWN:
        text = mark.sub(replacement, text)
    return text


def without_breaks(text: str) -> str:
    """Remove line breaks beside Chinese characters, where they do not stand for a space."""
    return _LINE_BREAK_BESIDE_CHINESE.sub("", text)


def tidy(text: str) -> str:
    """Return a text in NFC with single spaces, without invisible characters and bullets at the start."""
    text = " ".join(text.split())
    if not text.isprintable():
        text = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"})
    text = BULLET.sub("", text.strip())
    return unicodedata.normalize("NFC", " ".join(text.split()))


def clean(text: str, *, accents: bool = True) -> str:
    """Return a paragraph as passages have it: tidy, without glosses, without spaces inside Chinese.

    ``accents`` is false if the file's encoding has no ``è``, so that a gloss may have lost it.
    """
    text = without_glosses(_SPACE_IN_CHINESE.sub("", tidy(text)), accents=accents)
    return unicodedata.normalize("NFC", _SPACE_IN_CHINESE.sub("", text))


def without_glosses(text: str, *, accents: bool = True) -> str:
    """Remove readings in brackets, which dictionaries and teaching sites put after characters; every line stays."""

    def remove_glosses(found: re.Match[str]) -> str:
        characters, brackets = found[1], found[2]
        while (bracket := _BRACKET.match(brackets)) and _is_gloss(bracket[1], characters, accents=accents):
            brackets = brackets[bracket.end() :]
            characters += "\n" * bracket[0].count("\n")
        return characters + brackets

    return _CHARACTERS_WITH_GLOSSES.sub(remove_glosses, text)


def _is_gloss(words: str, characters: str, *, accents: bool) -> bool:
    """Return whether words in brackets are the reading of the last one or more characters before them."""
    if words.isupper():  # an abbreviation
        return False
    gloss = _plain_reading(words)
    return any(
        _is_spelling_of(gloss, characters[start:], accents=accents) for start in range(len(characters))
    )


def _plain_reading(gloss: str) -> str:
    """Return ``Diàn xìn`` as ``diànxìn``: without case, and without what separates syllables."""
    return re.sub(r"[\s'’·-]", "", unicodedata.normalize("NFC", gloss)).lower()


def _is_spelling_of(gloss: str, characters: str, *, accents: bool) -> bool:
    """Return whether a gloss consists of exactly one reading for each character."""
    if not characters:
        return not gloss
    return any(
        _is_spelling_of(gloss[len(spelling) :], characters[1:], accents=accents)
        for spelling in _spellings(characters[0], accents=accents)
        if gloss.startswith(spelling)
    )


@cache
def _spellings(character: str, *, accents: bool) -> frozenset[str]:
    """Return all ways to write the readings of a character: ``yè``, ``ye``, ``ye4``, ``ㄧㄝˋ``."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  slow to load

    styles = (Style.TONE, Style.NORMAL, Style.TONE3, Style.BOPOMOFO)
    spellings = {
        spelling
        for style in styles
        for readings in pinyin(
            character, style=style, heteronym=True, errors="ignore", neutral_tone_with_five=True
        )
        for spelling in readings
    }
    spellings |= {spelling.replace("v", "ü") for spelling in spellings}
    if not accents:
        accent = re.compile(r"[^a-z0-9]")
        latin = [spelling for spelling in spellings if re.search("[a-z]", spelling)]
        spellings |= {accent.sub(mark, spelling) for spelling in latin for mark in ("", "?")}
    return frozenset(spellings - {""})
