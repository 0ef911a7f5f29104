"""One paragraph's text, rid of what scraping did to it, so that the same words always give the same text."""

import html
import re
import unicodedata
from functools import cache

from quizgen.text.han import HAN

_WIDE = HAN + "\u3001-\u3004\u3008-\u3020\u3030\u303f-\u30ff\uff01-\uff60"
_EITHER = "“”‘’—…·"  # punctuation of both scripts: wide beside a Han character
_ASCII = r",.;:!?)%"  # ASCII punctuation, which Chinese is often typed with
_GAP = re.compile(
    f"(?<=[{_WIDE}]) +(?=[{_WIDE}{_EITHER}{_ASCII}])|(?<=[{_EITHER}]) +(?=[{_WIDE}])"
    f"|(?<=[{_WIDE}][{_ASCII}]) +(?=[{_WIDE}{_EITHER}])"
)
SPACE_BESIDE_WIDE = re.compile(f"(?<=[{_WIDE}])\\s+|\\s+(?=[{_WIDE}])")
_BROKEN_LINE = re.compile(rf"(?<=[{_WIDE}])[^\S\n]*\n\s*+(?=\S)|(?<=\S)[^\S\n]*\n\s*+(?=[{_WIDE}])")
BULLET = re.compile(r"^(?:[•●○◦■□▪▫◆◇▶▸►‣⁃∙⋅※★☆]\s*|[-*–·]\s+)+")
# A comment or a script ends before the next one begins, so that many without an end cost no more than few.
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
_GLOSSED = re.compile(f"([{HAN}]{{1,4}})((?:{_BRACKET.pattern})+)")

_MARKDOWN = (  # what a mark is made of, and what is left of it
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+|^[ \t]{0,3}#{1,6}[ \t]+|\\$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^()\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^()\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])", re.ASCII), r"\1"),
    (re.compile(r"(?<!`)`([^`\n]+)`(?!`)"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)

BREAK = "\v"
"""Stands in a line for a block that ends inside it (a stray ``<br>``)."""


def without_markup(text: str) -> str:
    """Take the tags of HTML, its comments and its entities out of plain text; every line stays a line.

    Only names that HTML has are tags: ``a < b`` and ``<name>`` stay as they are.
    """
    from lxml.html.defs import tags  # noqa: PLC0415  slow to load

    def blank(found: re.Match[str]) -> str:
        return "\n" * found[0].count("\n")

    def bare(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name not in tags:
            return found[0]
        return blank(found) or (BREAK if BLOCK.fullmatch(name) else "")

    return _ENTITY.sub(lambda found: html.unescape(found[0]), _TAG.sub(bare, _COMMENT.sub(blank, text)))


def without_markdown(text: str) -> str:
    """Take the marks of Markdown (headings, quotations, emphasis, links) out of plain text; every line stays."""
    for mark, left in _MARKDOWN:
        text = mark.sub(left, text)
    return text


def without_breaks(text: str) -> str:
    """Take out line breaks beside Chinese, where they stand for nothing; elsewhere they stand for a space."""
    return _BROKEN_LINE.sub("", text)


def tidy(text: str) -> str:
    """Fold odd and repeated spaces, drop what cannot be seen and any bullet in front; NFC."""
    text = " ".join(text.split())
    if not text.isprintable():
        text = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"})
    text = BULLET.sub("", text.strip())
    return unicodedata.normalize("NFC", " ".join(text.split()))


def clean(text: str, *, accents: bool = True) -> str:
    """Return a paragraph as it is kept: tidy, without glosses, without spaces inside Chinese.

    ``accents`` is false where the file's encoding has no ``è``, so that a gloss may have lost it.
    """
    text = without_glosses(_GAP.sub("", tidy(text)), accents=accents)
    return unicodedata.normalize("NFC", _GAP.sub("", text))


def without_glosses(text: str, *, accents: bool = True) -> str:
    """Take out readings in brackets, as dictionaries and teaching sites put behind a character; every line stays."""

    def unglossed(found: re.Match[str]) -> str:
        characters, brackets = found[1], found[2]
        while (bracket := _BRACKET.match(brackets)) and _is_gloss(bracket[1], characters, accents=accents):
            brackets = brackets[bracket.end() :]
            characters += "\n" * bracket[0].count("\n")
        return characters + brackets

    return _GLOSSED.sub(unglossed, text)


def _is_gloss(words: str, characters: str, *, accents: bool) -> bool:
    """Whether words in brackets are the reading of the last one or more characters before them."""
    if words.isupper():  # an abbreviation
        return False
    gloss = _plain_reading(words)
    return any(_reads(gloss, characters[start:], accents=accents) for start in range(len(characters)))


def _plain_reading(gloss: str) -> str:
    """``Diàn xìn`` as ``diànxìn``: neither case nor what stands between syllables matters."""
    return re.sub(r"[\s'’·-]", "", unicodedata.normalize("NFC", gloss)).lower()


def _reads(gloss: str, characters: str, *, accents: bool) -> bool:
    """Whether a gloss is spelt out by one reading of each character, and nothing is left over."""
    if not characters:
        return not gloss
    return any(
        _reads(gloss[len(spelling) :], characters[1:], accents=accents)
        for spelling in _spellings(characters[0], accents=accents)
        if gloss.startswith(spelling)
    )


@cache
def _spellings(character: str, *, accents: bool) -> frozenset[str]:
    """Every way in which a reading of a character is written: ``yè``, ``ye``, ``ye4``, ``ㄧㄝˋ``."""
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
