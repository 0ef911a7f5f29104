"""Splitting plain text into paragraphs: without hard line breaks, each with its line number and its speaker.

An interview prints a label before a paragraph (``Q:``, ``記者：``, ``Mary Poole:``).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from quizgen.source.clean import BLOCK_BREAK, BULLET, without_breaks
from quizgen.source.numbering import article_at_start, is_division, item_at_start
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
    """A paragraph. ``line`` counts from 1, and is 0 if the file is HTML."""

    line: int
    text: str


def width(text: str) -> int:
    """Return the approximate number of columns of a text in fixed-width type. A wide character takes two."""
    return sum(2 if character >= "\u2e80" else 1 for character in text)


def count_sentences(text: str) -> int:
    """Return how many sentences end in a text, judging by punctuation."""
    return len(_SENTENCE_END.findall(text))


def ends_sentence(text: str) -> bool:
    """Return whether a text ends like a sentence, ignoring closing quotes and brackets."""
    return bool(_ENDS_SENTENCE.search(text))


def ends_with_colon(text: str) -> bool:
    """Return whether a text ends with a colon or a semicolon, like the text before an item of a list."""
    return bool(_ENDS_WITH_COLON.search(text))


def speaker_label(text: str) -> str:
    """Return the label before a paragraph, as printed, or "" if there is none.

    It can also be the start of a sentence with a colon: ``The police say three things: …``.
    """
    found = _LABEL.match(text)
    return found[1] if found else ""


def is_reporter(label: str) -> bool:
    """Return whether a label marks questions."""
    return bool(_REPORTER.fullmatch(label))


def looks_like_name(label: str) -> bool:
    """Return whether a label can name a person or an office: in Latin letters, its words are capitalised."""
    return all(_SMALL_WORD.fullmatch(word) or not word[0].islower() for word in label.split())


def numbered_lines(text: str) -> Iterator[Paragraph]:
    """Yield the lines of plain text that are not blank."""
    for number, line in enumerate(_NEWLINE.sub("\n", text).split("\n"), 1):
        yield from (
            Paragraph(number, piece) for piece in line.split(BLOCK_BREAK) if piece and not piece.isspace()
        )


def split_paragraphs(text: str) -> list[Paragraph]:
    """Split plain text whose paragraphs are one long line each, or blocks of hard-wrapped lines."""
    lines = (
        Paragraph(number, piece.rstrip()) if piece and not piece.isspace() else None
        for number, line in enumerate(_NEWLINE.sub("\n", text).split("\n"), 1)
        for piece in line.split(BLOCK_BREAK)
    )
    blocks = _blocks(lines)
    column = max((_max_width(block) for block in blocks if _is_hard_wrapped(block)), default=0)
    return [
        paragraph
        for block in blocks
        for paragraph in (
            _join_lines(block) if _is_hard_wrapped(block) or _fills_column(block, column) else block
        )
    ]


def _blocks(lines: Iterable[Paragraph | None]) -> list[list[Paragraph]]:
    """Group lines that have no blank line (``None``) and no start of a paragraph between them."""
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


def _starts_paragraph(text: str, previous: str, first: str) -> bool:
    """Return whether a line begins a paragraph although no blank line comes before it."""
    if BULLET.match(text.lstrip()):
        return True
    if ends_sentence(previous) and speaker_label(text.lstrip()):
        return True
    if (ends_sentence(previous) or ends_with_colon(previous)) and _is_numbered(text):
        return True
    if is_division(normalise_wording(previous)):
        return True
    # An indent begins a paragraph, except below a bullet.
    return _indent(text) > _indent(previous) and not BULLET.match(first.lstrip())


def _is_numbered(text: str) -> bool:
    """Return whether a line begins an article, an item, or a part with a heading."""
    wording = normalise_wording(text)
    return bool(article_at_start(wording) or item_at_start(wording) or is_division(wording))


def _indent(text: str) -> int:
    return width(text) - width(text.lstrip())


def _max_width(block: list[Paragraph]) -> int:
    return max(width(line.text.strip()) for line in block)


def _is_hard_wrapped(block: list[Paragraph]) -> bool:
    """Return whether the lines of a block are hard-wrapped: most end within a sentence, far to the right."""
    widest = _max_width(block)
    broken_sentences = [line.text for line in block[:-1] if not ends_sentence(line.text)]
    return (
        _MIN_WRAP_COLUMN <= widest <= _MAX_WRAP_COLUMN
        and len(broken_sentences) > (len(block) - 1) / 2
        and all(width(text.strip()) >= widest / 2 for text in broken_sentences)
        and any(count_sentences(line.text) for line in block)
    )


def _fills_column(block: list[Paragraph], column: int) -> bool:
    """Return whether all lines but the last end near the column where the file's other lines are wrapped."""
    return all(0.9 * column <= width(line.text.strip()) <= column for line in block[:-1])


def _join_lines(block: list[Paragraph]) -> list[Paragraph]:
    """Join hard-wrapped lines. A line that ends a sentence early ends its paragraph."""
    widest = _max_width(block)
    joined = [block[0]]
    for before, line in pairwise(block):
        if ends_sentence(before.text) and width(before.text.strip()) < widest * 0.75:
            joined.append(line)
        else:
            start, text = joined[-1]
            hyphen = text.endswith("-") and text[-2:-1].isalpha()
            joined[-1] = Paragraph(start, text + ("" if hyphen else "\n") + line.text.lstrip())
    return [Paragraph(line, without_breaks(text)) for line, text in joined]
