"""Selecting the passages of a text: which paragraphs are its body, who speaks, and what id each has.

The body is recognised by features of any language (sentences, length, separators), never by the words of a
particular article.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from quizgen.source.numbering import Article, Item, article_at_start, is_division, item_at_start
from quizgen.source.paragraphs import (
    Paragraph,
    count_sentences,
    ends_sentence,
    ends_with_colon,
    is_reporter,
    looks_like_name,
    speaker_label,
    width,
)
from quizgen.source.wording import normalise_wording

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_COMMA = re.compile("[,，、;；:：]")
_SEPARATOR = re.compile(r"[_|｜›»►\t]")
_SMALL_PRINT = re.compile(r"©|\(c\) ?\d|copyright\b|版[權权]所有", re.IGNORECASE)
_QUESTION = re.compile(r"[?？][”’\"'」』）)]*$")
_EXCLAIMS = re.compile(r"[?？!！]\W*$")
_DATED = re.compile(r"[(（]?\d{4}\s*[年./-]\s*\d")
_FULL_STOP = re.compile(r"[。．]|\.(?:\s|$)")
_HEADLINE = range(4, 200)
"""The possible widths of a headline, in columns."""
_MAX_SEPARATORS, _SEPARATOR_SPACING = 2, 20
"""More separators than this, with less space between them in columns, mean a list of keywords or links."""
_MIN_WIDTH = 30
"""A line without a speaker that has fewer columns is a heading, a caption or a button."""


class NamedPassage(NamedTuple):
    """A passage with its local id (``p1``, ``q2-a1``, ``art31-2``) and its speaker's label ("" if none)."""

    id: str
    speaker: str
    line: int
    text: str


def name_passages(paragraphs: Sequence[Paragraph]) -> list[NamedPassage]:
    """Return a text's body as passages, whose ids follow the numbers in the text.

    A law: ``art31``, then ``art31-2`` for the article's second paragraph; a list in a paragraph belongs to it. An
    interview: ``p1``, ``p2`` and so on before the first question, then ``q1``, its answers ``q1-a1``, ``q1-a2``, then
    ``q2``. Any other text: ``n1``, ``n2`` for items with a number, and ``p1``, ``p2`` for paragraphs without one.
    """
    if _is_law(paragraphs):
        return list(_law_passages(paragraphs))
    labels = [speaker_label(text) for _, text in paragraphs]
    question_labels = _question_labels(labels, [text for _, text in paragraphs])
    label_counts = Counter(
        label for label, (_, text) in zip(labels, paragraphs, strict=True) if ends_sentence(text)
    )
    if question_labels:
        return list(_interview_passages(paragraphs, labels, question_labels, label_counts))
    return list(_notice_passages(paragraphs, [label if label_counts[label] > 1 else "" for label in labels]))


def _is_law(paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether the text has articles, and does not only quote one of a law."""
    labelled = [bool(article_at_start(normalise_wording(text))) for _, text in paragraphs]
    if sum(labelled) == 1:
        return not any(is_prose(text) for _, text in paragraphs[: labelled.index(True)])
    return any(labelled)


def _law_passages(paragraphs: Sequence[Paragraph]) -> Iterator[NamedPassage]:
    """Yield the paragraphs of articles; headings, and text before the first article, are left out."""
    article: Article | None = None
    current: NamedPassage | None = None
    count = 0
    for line, text in paragraphs:
        wording = normalise_wording(text)
        label = article_at_start(wording)
        if label and (article is None or label > article):
            if current:
                yield current
            article, count = label, 1
            current = NamedPassage(article.id, "", line, text)
        elif article is None or current is None or is_division(wording):
            continue
        elif item_at_start(wording) or not ends_sentence(current.text):
            current = current._replace(text=current.text + text)
        elif ends_sentence(text) or ends_with_colon(text):
            yield current
            count += 1
            current = NamedPassage(f"{article.id}-{count}", "", line, text)
    if current:
        yield current


def _interview_passages(
    paragraphs: Sequence[Paragraph],
    labels: Sequence[str],
    question_labels: set[str],
    label_counts: Counter[str],
) -> Iterator[NamedPassage]:
    before, question, answer = 0, 0, 0
    for (line, text), label in zip(paragraphs, labels, strict=True):
        if not (label in question_labels or (label and ends_sentence(text)) or is_prose(text)):
            continue
        if label in question_labels:
            question, answer = question + 1, 0
            name = f"q{question}"
        elif question:
            answer += 1
            name = f"q{question}-a{answer}"
        else:
            before += 1
            name = f"p{before}"
        is_speaker = (
            label in question_labels or label_counts[label] > 1 or (bool(question) and looks_like_name(label))
        )
        yield NamedPassage(name, label if is_speaker else "", line, text)


def _notice_passages(paragraphs: Sequence[Paragraph], speakers: Sequence[str]) -> Iterator[NamedPassage]:
    """Yield the items and the paragraphs of a text; a list that begins at 1 again has ``n1b``, ``n2b``."""
    items = [item_at_start(normalise_wording(text)) for _, text in paragraphs]
    body = [
        index
        for index, (_, text) in enumerate(paragraphs)
        if is_prose(text)
        or (items[index] and (ends_sentence(text) or ends_with_colon(text) or _in_list(items, index)))
    ]
    if len(body) > 1 and _is_headline(paragraphs[body[0]].text):
        del body[0]
    used: set[str] = set()
    latest: dict[str, int] = {}
    unnumbered = 0
    for index in body:
        line, text = paragraphs[index]
        item = items[index]
        if item and (item.number == 1 or item.number > latest.get(item.style, 0)):
            latest[item.style] = item.number
            name = _unused_id(f"n{item.number}", used)
            used.add(name)
        else:
            unnumbered += 1
            name = f"p{unnumbered}"
        yield NamedPassage(name, speakers[index], line, text)


def _unused_id(name: str, used: Container[str]) -> str:
    """Return a name, or the first of ``n1b``, ``n1c`` … ``n1z``, ``n1zb`` … that is not used."""
    while name in used:
        name = f"{name[:-1]}{chr(ord(name[-1]) + 1)}" if "a" < name[-1] < "z" else f"{name}b"
    return name


def _in_list(items: Sequence[Item | None], index: int) -> bool:
    """Return whether the paragraph before or after an item is the previous or next item of the same list."""
    item = items[index]
    if item is None:
        return False
    before = items[index - 1] if index else None
    after = items[index + 1] if index + 1 < len(items) else None
    return item._replace(number=item.number - 1) == before or item._replace(number=item.number + 1) == after


def _is_headline(text: str) -> bool:
    """Return whether a paragraph is only an exclamation or a question. At the head of a text it is the title."""
    return bool(_EXCLAIMS.search(text)) and not _FULL_STOP.search(text)


def _question_labels(labels: Sequence[str], texts: Sequence[str]) -> set[str]:
    """Return the labels that mark questions: a reporter's, or one that recurs and always asks."""
    asked: dict[str, list[bool]] = {}
    for label, text in zip(labels, texts, strict=True):
        if label:
            asked.setdefault(label, []).append(bool(_QUESTION.search(text)))
    return {label for label, asks in asked.items() if is_reporter(label) or (len(asks) > 1 and all(asks))}


def is_prose(text: str) -> bool:
    """Return whether a paragraph is sentences, and not a heading, links, keywords, a date or an advert."""
    text = _LINK.sub("", text).strip()
    if width(text) < _MIN_WIDTH or _SMALL_PRINT.match(text):
        return False
    ends, commas, separators = count_sentences(text), len(_COMMA.findall(text)), len(_SEPARATOR.findall(text))
    if separators > _MAX_SEPARATORS and separators * _SEPARATOR_SPACING > width(text):
        return False
    if ends_sentence(text):
        # One bare question or exclamation is a headline.
        return ends > 1 or commas > 1 or not _EXCLAIMS.search(text)
    if ends_with_colon(text):
        return commas > 1
    return ends > 0 and commas > 0 and width(text) >= 2 * _MIN_WIDTH


def guess_title(paragraphs: Sequence[Paragraph], first_line: int) -> str:
    """Return the most likely headline among the lines before the body: the first of the long ones, or ""."""
    candidates = [
        text
        for line, text in paragraphs
        if line < first_line
        and width(text) in _HEADLINE
        and not _SEPARATOR.search(text)
        and not _LINK.search(text)
        and sum(map(str.isdigit, text)) < len(text) / 4
        and not _DATED.match(text)
    ]
    longest = max(map(width, candidates), default=0)
    return next((text for text in candidates if width(text) > longest / 2), "")
