"""Plain text to paragraphs: hard line breaks taken out, each with the line where it begins, and who speaks in it.

An interview prints a label before a paragraph (``Q:``, ``記者：``, ``Mary Poole:``).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from quizgen.source.clean import BREAK, BULLET, without_breaks
from quizgen.source.numbering import article_at_start, is_division, item_at_start
from quizgen.source.wording import fold

_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_STOP = re.compile(r"[。！？!?…]|\.(?=[\s”’\"')\]]|$)")
_ENDED = re.compile(r"[。！？.!?…][”’\"'」』）)\]》】]*$")
_PAUSED = re.compile(r"[:：;；][”’\"'」』）)\]》】]*$")
_LABEL = re.compile(
    r"""([^\W_][^:：。，,！？!?；;“”「」『』"<>|_]{0,59}?)\s*"""
    r"""(?:[:：](?!//)(?!(?<=\d:)\d)|(?<=^[QA])[.)、．]|(?<=^[QA]\d)[.)、．])"""
    r"""\s*(?![\s“「『"])(?=.)"""  # words in quotes after a colon are reported, not an interview's own
)
_REPORTER = re.compile(
    r".{0,20}(?:記者|记者|主持人)|[提追]?[問问]\d{0,2}|q\d{0,2}|question ?\d{0,2}|reporter|interviewer|host|moderator",
    re.IGNORECASE,
)
_SMALL_WORD = re.compile("of|the|and|for|in|at|on|de|la|von|van")
_NARROWEST, _WIDEST = 36, 120
"""Lines are broken by hand between these columns; a longer line is a whole paragraph."""


class Paragraph(NamedTuple):
    """``line`` counts from 1, and is 0 where the file is HTML."""

    line: int
    text: str


def width(text: str) -> int:
    """Columns that a text takes in fixed-width type, near enough: two for a wide character."""
    return sum(2 if character >= "\u2e80" else 1 for character in text)


def stops(text: str) -> int:
    """How many sentences a text ends, as far as its punctuation tells."""
    return len(_STOP.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do, closing quotes and brackets apart."""
    return bool(_ENDED.search(text))


def pauses(text: str) -> bool:
    """Whether a text ends in a colon or a semicolon, as what stands before an item of a list does."""
    return bool(_PAUSED.search(text))


def label_of(text: str) -> str:
    """Return the label before a paragraph, as printed, or "" if there is none to be seen.

    It may still be but the start of a sentence with a colon: ``The police say three things: …``.
    """
    found = _LABEL.match(text)
    return found[1] if found else ""


def is_reporter(label: str) -> bool:
    """Whether a label is one under which questions are asked."""
    return bool(_REPORTER.fullmatch(label))


def looks_like_name(label: str) -> bool:
    """Whether a label could name a person or an office: in Latin letters, its words are capitalised."""
    return all(_SMALL_WORD.fullmatch(word) or not word[0].islower() for word in label.split())


def numbered_lines(text: str) -> Iterator[Paragraph]:
    """Yield the lines of plain text that are not blank."""
    for number, line in enumerate(_NEWLINE.sub("\n", text).split("\n"), 1):
        yield from (Paragraph(number, piece) for piece in line.split(BREAK) if piece and not piece.isspace())


def paragraphs(text: str) -> list[Paragraph]:
    """Split plain text, in which a paragraph is one long line or a block of lines broken by hand."""
    lines = (
        Paragraph(number, piece.rstrip()) if piece and not piece.isspace() else None
        for number, line in enumerate(_NEWLINE.sub("\n", text).split("\n"), 1)
        for piece in line.split(BREAK)
    )
    blocks = _blocks(lines)
    column = max((_widest(block) for block in blocks if _runs_on(block)), default=0)
    return [
        paragraph
        for block in blocks
        for paragraph in (_joined(block) if _runs_on(block) or _fills(block, column) else block)
    ]


def _blocks(lines: Iterable[Paragraph | None]) -> list[list[Paragraph]]:
    """Put lines together between which there is no blank one (``None``) and no start of something new."""
    blocks: list[list[Paragraph]] = [[]]
    for line in lines:
        block = blocks[-1]
        if line is None:
            if block:
                blocks.append([])
        elif block and _starts_anew(line.text, block[-1].text, block[0].text):
            blocks.append([line])
        else:
            block.append(line)
    return [block for block in blocks if block]


def _starts_anew(text: str, previous: str, first: str) -> bool:
    """Whether a line begins a paragraph although no blank line is before it."""
    if BULLET.match(text.lstrip()):
        return True
    if ends_sentence(previous) and label_of(text.lstrip()):
        return True
    if (ends_sentence(previous) or pauses(previous)) and _is_numbered(text):
        return True
    if is_division(fold(previous)):
        return True
    # An indent begins a paragraph, but hangs below a bullet.
    return _indent(text) > _indent(previous) and not BULLET.match(first.lstrip())


def _is_numbered(text: str) -> bool:
    """Whether a line begins an article, an item, or a part with a heading."""
    folded = fold(text)
    return bool(article_at_start(folded) or item_at_start(folded) or is_division(folded))


def _indent(text: str) -> int:
    return width(text) - width(text.lstrip())


def _widest(block: list[Paragraph]) -> int:
    return max(width(line.text.strip()) for line in block)


def _runs_on(block: list[Paragraph]) -> bool:
    """Whether the lines of a block were broken by hand: most end within a sentence, well to the right."""
    widest = _widest(block)
    running_on = [line.text for line in block[:-1] if not ends_sentence(line.text)]
    return (
        _NARROWEST <= widest <= _WIDEST
        and len(running_on) > (len(block) - 1) / 2
        and all(width(text.strip()) >= widest / 2 for text in running_on)
        and any(stops(line.text) for line in block)
    )


def _fills(block: list[Paragraph], column: int) -> bool:
    """Whether all lines but the last just reach the column where the file's other lines were broken."""
    return all(0.9 * column <= width(line.text.strip()) <= column for line in block[:-1])


def _joined(block: list[Paragraph]) -> list[Paragraph]:
    """Join lines that were broken by hand; one that ends a sentence early ends its paragraph."""
    widest = _widest(block)
    joined = [block[0]]
    for before, line in pairwise(block):
        if ends_sentence(before.text) and width(before.text.strip()) < widest * 0.75:
            joined.append(line)
        else:
            start, text = joined[-1]
            hyphen = text.endswith("-") and text[-2:-1].isalpha()
            joined[-1] = Paragraph(start, text + ("" if hyphen else "\n") + line.text.lstrip())
    return [Paragraph(line, without_breaks(text)) for line, text in joined]
