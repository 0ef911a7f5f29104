"""Split plain text into paragraphs, join lines that were broken by hand, and find out who speaks.

In an interview, a label before a paragraph names the speaker: ``Q:``, ``記者：``, ``Mary Poole:``.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from quizgen.source.clean import BLOCK_BREAK, BULLET, join_chinese_lines
from quizgen.source.numbering import is_division_heading, parse_article_label, parse_item_number
from quizgen.source.wording import normalise_wording

_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"[。！？!?…]|\.(?=[\s”’\"')\]]|$)")
_ENDS_SENTENCE = re.compile(r"[。！？.!?…][”’\"'」』）)\]》】]*$")
_ENDS_WITH_COLON = re.compile(r"[:：;；][”’\"'」』）)\]》】]*$")
_LABEL = re.compile(
    r"""([^\W_][^:：。，,！？!?；;“”「」『』"<>|_]{0,59}?)\s*"""
    r"""(?:[:：](?!//)(?!(?<=\d:)\d)|(?<=^[QA])[.)、．]|(?<=^[QA]\d)[.)、．])"""
    r"""\s*(?![\s“「『"])(?=.)"""  # quoted words after a colon are reported speech, not an answer in an interview
)
_REPORTER = re.compile(
    r".{0,20}(?:記者|记者|主持人)|[提追]?[問问]\d{0,2}|q\d{0,2}|question ?\d{0,2}|reporter|interviewer|host|moderator",
    re.IGNORECASE,
)
_SMALL_WORD = re.compile("of|the|and|for|in|at|on|de|la|von|van")
_MIN_WRAP_COLUMN, _MAX_WRAP_COLUMN = 36, 120
"""Hard-wrapped lines end between these columns; a longer line is a whole paragraph."""


class Paragraph(NamedTuple):
    """A paragraph and the number of its first line, from 1. In an HTML file, ``line`` is 0."""

    line: int
    text: str


def display_width(text: str) -> int:
    """Return about how many columns a text takes in a fixed-width font. A wide character, such as a Chinese one, takes two."""
    return sum(2 if character >= "\u2e80" else 1 for character in text)


def count_sentences(text: str) -> int:
    """Return how many sentences a text has, judging by punctuation."""
    return len(_SENTENCE_END.findall(text))


def ends_sentence(text: str) -> bool:
    """Return whether a text ends like a sentence. Closing quotation marks and brackets are ignored."""
    return bool(_ENDS_SENTENCE.search(text))


def ends_with_colon(text: str) -> bool:
    """Return whether a text ends with a colon or a semicolon, like a text before a list item."""
    return bool(_ENDS_WITH_COLON.search(text))


def speaker_label(text: str) -> str:
    """Return the label before a paragraph as printed, or "".

    It may also be the start of a sentence with a colon: ``The police say three things: …``.
    """
    found = _LABEL.match(text)
    return found[1] if found else ""


def is_reporter_label(label: str) -> bool:
    """Return whether a label, such as ``Q``, says that a reporter asks."""
    return bool(_REPORTER.fullmatch(label))


def looks_like_name(label: str) -> bool:
    """Return whether a label can be the name of a person or an office. In Latin letters, its words must be capitalised."""
    return all(_SMALL_WORD.fullmatch(word) or not word[0].islower() for word in label.split())


def nonblank_lines(text: str) -> Iterator[Paragraph]:
    """Yield the lines of plain text that are not blank, with their numbers."""
    for number, line in enumerate(_NEWLINE.sub("\n", text).split("\n"), 1):
        yield from (
            Paragraph(number, piece) for piece in line.split(BLOCK_BREAK) if piece and not piece.isspace()
        )


def split_paragraphs(text: str) -> list[Paragraph]:
    """Split plain text into paragraphs. A paragraph is one long line, or several lines that were broken by hand."""
    lines = (
        Paragraph(number, piece.rstrip()) if piece and not piece.isspace() else None
        for number, line in enumerate(_NEWLINE.sub("\n", text).split("\n"), 1)
        for piece in line.split(BLOCK_BREAK)
    )
    blocks = _group_into_blocks(lines)
    column = max((_max_width(block) for block in blocks if _is_hard_wrapped(block)), default=0)
    return [
        paragraph
        for block in blocks
        for paragraph in (
            _join_lines(block) if _is_hard_wrapped(block) or _fills_column(block, column) else block
        )
    ]


def _group_into_blocks(lines: Iterable[Paragraph | None]) -> list[list[Paragraph]]:
    """Group lines into blocks. A blank line (``None``) or the start of a paragraph begins a new block."""
    blocks: list[list[Paragraph]] = [[]]
    for line in lines:
        block = blocks[-1]
        if line is None:
            if block:
                blocks.append([])
        elif block and _starts_paragraph(line.text, block[-1].text, block[0].text):
            blocks.append([line])
        else:
            block.append(line)
    return [block for block in blocks if block]


def _starts_paragraph(text: str, previous_line: str, first_line: str) -> bool:
    """Return whether a line begins a paragraph although there is no blank line before it."""
    if BULLET.match(text.lstrip()):
        return True
    if ends_sentence(previous_line) and speaker_label(text.lstrip()):
        return True
    if (ends_sentence(previous_line) or ends_with_colon(previous_line)) and _begins_numbered_part(text):
        return True
    if is_division_heading(normalise_wording(previous_line)):
        return True
    # An indent begins a paragraph, except below a bullet.
    return _indentation_width(text) > _indentation_width(previous_line) and not BULLET.match(
        first_line.lstrip()
    )


def _begins_numbered_part(text: str) -> bool:
    """Return whether a line begins an article, a list item, or a part of a law."""
    wording = normalise_wording(text)
    return bool(parse_article_label(wording) or parse_item_number(wording) or is_division_heading(wording))


def _indentation_width(text: str) -> int:
    """Return the width of the spaces at the start of a line."""
    return display_width(text) - display_width(text.lstrip())


def _max_width(block: list[Paragraph]) -> int:
    """Return the width of the widest line."""
    return max(display_width(line.text.strip()) for line in block)


def _is_hard_wrapped(block: list[Paragraph]) -> bool:
    """Return whether the lines of a block were broken by hand: most end inside a sentence and are about equally long."""
    widest = _max_width(block)
    broken_sentences = [line.text for line in block[:-1] if not ends_sentence(line.text)]
    return (
        _MIN_WRAP_COLUMN <= widest <= _MAX_WRAP_COLUMN
        and len(broken_sentences) > (len(block) - 1) / 2
        and all(display_width(text.strip()) >= widest / 2 for text in broken_sentences)
        and any(count_sentences(line.text) for line in block)
    )


def _fills_column(block: list[Paragraph], column: int) -> bool:
    """Return whether all lines but the last end near the column at which other lines of the file are broken."""
    return all(0.9 * column <= display_width(line.text.strip()) <= column for line in block[:-1])


def _join_lines(block: list[Paragraph]) -> list[Paragraph]:
    """Join lines that were broken by hand into paragraphs. A short line that ends a sentence ends a paragraph."""
    widest = _max_width(block)
    joined = [block[0]]
    for before, line in pairwise(block):
        if ends_sentence(before.text) and display_width(before.text.strip()) < widest * 0.75:
            joined.append(line)
        else:
            start, text = joined[-1]
            hyphen = text.endswith("-") and text[-2:-1].isalpha()
            joined[-1] = Paragraph(start, text + ("" if hyphen else "\n") + line.text.lstrip())
    return [Paragraph(line, join_chinese_lines(text)) for line, text in joined]
