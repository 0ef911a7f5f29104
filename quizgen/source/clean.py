"""Clean paragraphs that were copied from web pages, so that the same words always give the same text."""

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


def strip_html_tags(text: str) -> str:
    """Remove HTML tags, comments and entities from plain text. The number of lines stays the same.

    Only names of HTML elements count as tags: ``a < b`` and ``<name>`` stay.
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


def strip_markdown(text: str) -> str:
    """Remove the markup of Markdown, such as headings, emphasis and links. The number of lines stays the same."""
    for mark, replacement in _MARKDOWN:
        text = mark.sub(replacement, text)
    return text


def join_chinese_lines(text: str) -> str:
    """Remove line breaks beside Chinese characters, where a line break is not a space."""
    return _LINE_BREAK_BESIDE_CHINESE.sub("", text)


def normalise_spaces(text: str) -> str:
    """Return a text in Unicode form NFC, with single spaces, without invisible characters and without a bullet at the start."""
    text = " ".join(text.split())
    if not text.isprintable():
        text = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"})
    text = BULLET.sub("", text.strip())
    return unicodedata.normalize("NFC", " ".join(text.split()))


def clean_paragraph(text: str, *, has_accents: bool = True) -> str:
    """Return a paragraph as passages store it: with normalised spaces, without readings, and without spaces inside Chinese.

    ``has_accents`` is false if the file's encoding has no letters such as ``è``, so that a reading may have lost
    them.
    """
    text = remove_glosses(_SPACE_IN_CHINESE.sub("", normalise_spaces(text)), has_accents=has_accents)
    return unicodedata.normalize("NFC", _SPACE_IN_CHINESE.sub("", text))


def remove_glosses(text: str, *, has_accents: bool = True) -> str:
    """Remove readings in brackets, such as pinyin, which dictionaries put after Chinese characters.

    The number of lines stays the same.
    """

    def remove_glosses(found: re.Match[str]) -> str:
        characters, brackets = found[1], found[2]
        while (bracket := _BRACKET.match(brackets)) and _is_gloss(
            bracket[1], characters, has_accents=has_accents
        ):
            brackets = brackets[bracket.end() :]
            characters += "\n" * bracket[0].count("\n")
        return characters + brackets

    return _CHARACTERS_WITH_GLOSSES.sub(remove_glosses, text)


def _is_gloss(text: str, characters: str, *, has_accents: bool) -> bool:
    """Return whether words in brackets are the reading of the characters before them."""
    if text.isupper():  # an abbreviation
        return False
    gloss = _normalise_gloss(text)
    return any(
        _is_spelling_of(gloss, characters[start:], has_accents=has_accents)
        for start in range(len(characters))
    )


def _normalise_gloss(gloss: str) -> str:
    """Return a gloss in lower case and without separators between syllables: ``Diàn xìn`` becomes ``diànxìn``."""
    return re.sub(r"[\s'’·-]", "", unicodedata.normalize("NFC", gloss)).lower()


def _is_spelling_of(gloss: str, characters: str, *, has_accents: bool) -> bool:
    """Return whether a text consists of one reading for each of the characters, and nothing else."""
    if not characters:
        return not gloss
    return any(
        _is_spelling_of(gloss[len(spelling) :], characters[1:], has_accents=has_accents)
        for spelling in _spellings_of_readings(characters[0], has_accents=has_accents)
        if gloss.startswith(spelling)
    )


@cache
def _spellings_of_readings(character: str, *, has_accents: bool) -> frozenset[str]:
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
    if not has_accents:
        accent = re.compile(r"[^a-z0-9]")
        latin = [spelling for spelling in spellings if re.search("[a-z]", spelling)]
        spellings |= {accent.sub(mark, spelling) for spelling in latin for mark in ("", "?")}
    return frozenset(spellings - {""})
