"""Paragraphs to passages: which of them are the article's body, who speaks, and what each is called.

What is body is judged by traits that any language has (sentences, length, separators), never by the
words of one article.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from quizgen.source.labels import is_reporter, label_of, looks_like_name
from quizgen.source.paragraphs import Paragraph, ends_sentence, stops, width

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_COMMA = re.compile("[,，、;；:：]")
_SEPARATOR = re.compile(r"[_|｜›»►\t]")
_SMALL_PRINT = re.compile(r"©|\(c\) ?\d|copyright\b|版[權权]所有", re.IGNORECASE)
_QUESTION = re.compile(r"[?？][”’\"'」』）)]*$")
_HEADLINE = range(4, 200)
"""Columns that a headline takes."""
_FEW, _SPARSE = 2, 20
"""More than a few separators, and nearer to each other than so many columns, part the items of a list."""
_SHORTEST = 30
"""Columns: a shorter line that nobody speaks is a heading, a caption or a button."""


class Named(NamedTuple):
    """A paragraph of the body with its local id (``p1``, ``q2-a1``) and its speaker's label ("" if none)."""

    id: str
    speaker: str
    line: int
    text: str


def passages(paragraphs: Sequence[Paragraph]) -> list[Named]:
    """Return the article's body.

    In an interview: ``p1``, ``p2`` and so on before the first question, then ``q1``, its answers
    ``q1-a1``, ``q1-a2``, then ``q2``; in any other article ``p1`` to the last.
    """
    labels = [label_of(text) for _, text in paragraphs]
    asking = _asking(labels, [text for _, text in paragraphs])
    again = Counter(label for label, (_, text) in zip(labels, paragraphs, strict=True) if ends_sentence(text))
    named: list[Named] = []
    before, question, answer = 0, 0, 0
    for (line, text), label in zip(paragraphs, labels, strict=True):
        spoken = label in asking or (bool(asking) and bool(label) and ends_sentence(text))
        if not (spoken or is_prose(text)):
            continue
        if label in asking:
            question, answer = question + 1, 0
            name = f"q{question}"
        elif question:
            answer += 1
            name = f"q{question}-a{answer}"
        else:
            before += 1
            name = f"p{before}"
        trusted = label in asking or again[label] > 1 or (bool(question) and looks_like_name(label))
        named.append(Named(name, label if trusted else "", line, text))
    return named


def _asking(labels: Sequence[str], texts: Sequence[str]) -> set[str]:
    """Find the labels under which questions are asked: a reporter's, or one that comes again and always asks."""
    asked: dict[str, list[bool]] = {}
    for label, text in zip(labels, texts, strict=True):
        if label:
            asked.setdefault(label, []).append(bool(_QUESTION.search(text)))
    return {label for label, asks in asked.items() if is_reporter(label) or (len(asks) > 1 and all(asks))}


def is_prose(text: str) -> bool:
    """Whether a paragraph is sentences, and not a heading, a list of links, keywords, a date or an advert."""
    text = _LINK.sub("", text).strip()
    if width(text) < _SHORTEST or _SMALL_PRINT.match(text):
        return False
    ends, commas, separators = stops(text), len(_COMMA.findall(text)), len(_SEPARATOR.findall(text))
    if separators > _FEW and separators * _SPARSE > width(text):
        return False
    if ends_sentence(text):
        # One bare question or exclamation is a headline.
        return ends > 1 or commas > 1 or not re.search(r"[?？!！]\W*$", text)
    return ends > 0 and commas > 0 and width(text) >= 2 * _SHORTEST


def guess_title(paragraphs: Sequence[Paragraph], first_line: int) -> str:
    """Return the likeliest headline among the lines before the body, or "": the first of the long ones."""
    plain = [
        text
        for line, text in paragraphs
        if line < first_line
        and width(text) in _HEADLINE
        and not _SEPARATOR.search(text)
        and not _LINK.search(text)
        and sum(map(str.isdigit, text)) < len(text) / 4
    ]
    longest = max(map(width, plain), default=0)
    return next((text for text in plain if width(text) > longest / 2), "")
