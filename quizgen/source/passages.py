"""Paragraphs to passages: which of them are a text's body, who speaks, and what each is called.

What is body is judged by traits that any language has (sentences, length, separators), never by the
words of one article.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from quizgen.source.numbering import Article, Item, article_at_start, is_division, item_at_start
from quizgen.source.paragraphs import (
    Paragraph,
    ends_sentence,
    is_reporter,
    label_of,
    looks_like_name,
    pauses,
    stops,
    width,
)
from quizgen.source.wording import fold

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_COMMA = re.compile("[,，、;；:：]")
_SEPARATOR = re.compile(r"[_|｜›»►\t]")
_SMALL_PRINT = re.compile(r"©|\(c\) ?\d|copyright\b|版[權权]所有", re.IGNORECASE)
_QUESTION = re.compile(r"[?？][”’\"'」』）)]*$")
_EXCLAIMS = re.compile(r"[?？!！]\W*$")
_DATED = re.compile(r"[(（]?\d{4}\s*[年./-]\s*\d")
_FULL_STOP = re.compile(r"[。．]|\.(?:\s|$)")
_HEADLINE = range(4, 200)
"""Columns that a headline takes."""
_FEW, _SPARSE = 2, 20
"""More than a few separators, and nearer to each other than so many columns, part the items of a list."""
_SHORTEST = 30
"""Columns: a shorter line that nobody speaks is a heading, a caption or a button."""


class Named(NamedTuple):
    """A passage with its local id (``p1``, ``q2-a1``, ``art31-2``) and its speaker's label ("" if none)."""

    id: str
    speaker: str
    line: int
    text: str


def passages(paragraphs: Sequence[Paragraph]) -> list[Named]:
    """Return a text's body, each passage named by the number that the text gives it.

    A law: ``art31``, then ``art31-2`` for the article's second paragraph; what is enumerated in a
    paragraph belongs to it. An interview: ``p1``, ``p2`` and so on before the first question, then ``q1``,
    its answers ``q1-a1``, ``q1-a2``, then ``q2``. Any other text: ``n1``, ``n2`` for items that have a
    number, and ``p1``, ``p2`` for the paragraphs that have none.
    """
    if _is_law(paragraphs):
        return list(_of_law(paragraphs))
    labels = [label_of(text) for _, text in paragraphs]
    asking = _asking(labels, [text for _, text in paragraphs])
    again = Counter(label for label, (_, text) in zip(labels, paragraphs, strict=True) if ends_sentence(text))
    if asking:
        return list(_of_interview(paragraphs, labels, asking, again))
    return list(_of_notice(paragraphs, [label if again[label] > 1 else "" for label in labels]))


def _is_law(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether there are articles, and not just one of a law that is quoted in another text."""
    labelled = [bool(article_at_start(fold(text))) for _, text in paragraphs]
    if sum(labelled) == 1:
        return not any(is_prose(text) for _, text in paragraphs[: labelled.index(True)])
    return any(labelled)


def _of_law(paragraphs: Sequence[Paragraph]) -> Iterator[Named]:
    """Name the paragraphs of articles; what stands before the first, and headings, are none."""
    article: Article | None = None
    current: Named | None = None
    count = 0
    for line, text in paragraphs:
        folded = fold(text)
        label = article_at_start(folded)
        if label and (article is None or label > article):
            if current:
                yield current
            article, count = label, 1
            current = Named(article.id, "", line, text)
        elif article is None or current is None or is_division(folded):
            continue
        elif item_at_start(folded) or not ends_sentence(current.text):
            current = current._replace(text=current.text + text)
        elif ends_sentence(text) or pauses(text):
            yield current
            count += 1
            current = Named(f"{article.id}-{count}", "", line, text)
    if current:
        yield current


def _of_interview(
    paragraphs: Sequence[Paragraph], labels: Sequence[str], asking: set[str], again: Counter[str]
) -> Iterator[Named]:
    before, question, answer = 0, 0, 0
    for (line, text), label in zip(paragraphs, labels, strict=True):
        if not (label in asking or (label and ends_sentence(text)) or is_prose(text)):
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
        yield Named(name, label if trusted else "", line, text)


def _of_notice(paragraphs: Sequence[Paragraph], speakers: Sequence[str]) -> Iterator[Named]:
    """Name the items and the paragraphs of a text; a list that begins again at 1 has ``n1b``, ``n2b``."""
    items = [item_at_start(fold(text)) for _, text in paragraphs]
    body = [
        index
        for index, (_, text) in enumerate(paragraphs)
        if is_prose(text)
        or (items[index] and (ends_sentence(text) or pauses(text) or _in_list(items, index)))
    ]
    if len(body) > 1 and _is_headline(paragraphs[body[0]].text):
        del body[0]
    taken: set[str] = set()
    latest: dict[str, int] = {}
    plain = 0
    for index in body:
        line, text = paragraphs[index]
        item = items[index]
        if item and (item.number == 1 or item.number > latest.get(item.style, 0)):
            latest[item.style] = item.number
            name = _unused(f"n{item.number}", taken)
            taken.add(name)
        else:
            plain += 1
            name = f"p{plain}"
        yield Named(name, speakers[index], line, text)


def _unused(name: str, taken: Container[str]) -> str:
    """Give a name, or the first of ``n1b``, ``n1c`` … ``n1z``, ``n1zb`` … that is not taken."""
    while name in taken:
        name = f"{name[:-1]}{chr(ord(name[-1]) + 1)}" if "a" < name[-1] < "z" else f"{name}b"
    return name


def _in_list(items: Sequence[Item | None], index: int) -> bool:
    """Whether the paragraph before or behind an item is the item before or behind it in the same list."""
    item = items[index]
    if item is None:
        return False
    before, behind = items[index - 1] if index else None, items[index + 1] if index + 1 < len(items) else None
    return item._replace(number=item.number - 1) == before or item._replace(number=item.number + 1) == behind


def _is_headline(text: str) -> bool:
    """Whether a paragraph exclaims or asks and says no more; at the head of a text it is its title."""
    return bool(_EXCLAIMS.search(text)) and not _FULL_STOP.search(text)


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
        return ends > 1 or commas > 1 or not _EXCLAIMS.search(text)
    if pauses(text):
        return commas > 1
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
        and not _DATED.match(text)
    ]
    longest = max(map(width, plain), default=0)
    return next((text for text in plain if width(text) > longest / 2), "")
