"""Find the passages of a text: which paragraphs belong to it, who speaks in them, and which id each gets.

The text is told from menus and small print by features of any language, such as sentences, length and separators,
never by the words of a particular article.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from quizgen.source.numbering import (
    ArticleNumber,
    ItemNumber,
    is_division_heading,
    parse_article_label,
    parse_item_number,
)
from quizgen.source.paragraphs import (
    Paragraph,
    count_sentences,
    display_width,
    ends_sentence,
    ends_with_colon,
    is_reporter_label,
    looks_like_name,
    speaker_label,
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
    """A passage with its id within the source (``p1``, ``q2-a1``, ``art31-2``) and its speaker's label, or ""."""

    id: str
    speaker: str
    line: int
    text: str


def find_named_passages(paragraphs: Sequence[Paragraph]) -> list[NamedPassage]:
    """Return the passages of a text, with ids that follow the numbers in the text.

    In a law, ``art31-2`` is the second paragraph of article 31, and a list belongs to the paragraph before it. In an
    interview, ``p1`` and ``p2`` come before the first question, then ``q1`` with its answers ``q1-a1`` and ``q1-a2``,
    then ``q2``. In any other text, ``n1`` and ``n2`` are numbered items, and ``p1`` and ``p2`` are paragraphs without
    a number.
    """
    if _is_law(paragraphs):
        return list(_find_law_passages(paragraphs))
    labels = [speaker_label(text) for _, text in paragraphs]
    question_labels = _find_question_labels(labels, [text for _, text in paragraphs])
    label_counts = Counter(
        label for label, (_, text) in zip(labels, paragraphs, strict=True) if ends_sentence(text)
    )
    if question_labels:
        return list(_find_interview_passages(paragraphs, labels, question_labels, label_counts))
    return list(
        _find_notice_passages(paragraphs, [label if label_counts[label] > 1 else "" for label in labels])
    )


def find_questions(paragraphs: Sequence[Paragraph], passages: Sequence[NamedPassage]) -> dict[str, str]:
    """Return the interviewer's question that each passage answers, by the id of the passage.

    A question is a passage of an interview, such as ``q1``, or a paragraph that is no passage. The first paragraph is none, because
    it is the title. Any other paragraph that is no passage, such as a heading, ends what a question is about.
    """
    found: dict[str, str] = {}
    question, left = "", list(passages)
    for index, (_, text) in enumerate(paragraphs):
        own = left.pop(0) if left and left[0].text == text else None
        if own is None:
            question = text if index and _QUESTION.search(text) else ""
        elif _QUESTION_ID.fullmatch(own.id):
            question = text
        elif question:
            found[own.id] = question
    return found


_QUESTION_ID = re.compile(r"q\d+")
"""The id of a passage that is a question."""


def _is_law(paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether a text is a law with articles, and does not just quote an article."""
    labelled = [bool(parse_article_label(normalise_wording(text))) for _, text in paragraphs]
    if sum(labelled) == 1:
        return not any(is_prose(text) for _, text in paragraphs[: labelled.index(True)])
    return any(labelled)


def _find_law_passages(paragraphs: Sequence[Paragraph]) -> Iterator[NamedPassage]:
    """Yield the paragraphs of a law's articles. Headings, and text before the first article, are left out."""
    article: ArticleNumber | None = None
    current: NamedPassage | None = None
    count = 0
    for line, text in paragraphs:
        wording = normalise_wording(text)
        label = parse_article_label(wording)
        if label and (article is None or label > article):
            if current:
                yield current
            article, count = label, 1
            current = NamedPassage(article.id, "", line, text)
        elif article is None or current is None or is_division_heading(wording):
            continue
        elif parse_item_number(wording) or not ends_sentence(current.text):
            current = current._replace(text=current.text + text)
        elif ends_sentence(text) or ends_with_colon(text):
            yield current
            count += 1
            current = NamedPassage(f"{article.id}-{count}", "", line, text)
    if current:
        yield current


def _find_interview_passages(
    paragraphs: Sequence[Paragraph],
    labels: Sequence[str],
    question_labels: set[str],
    label_counts: Counter[str],
) -> Iterator[NamedPassage]:
    """Yield the questions and answers of an interview, and the paragraphs before them."""
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


def _find_notice_passages(paragraphs: Sequence[Paragraph], speakers: Sequence[str]) -> Iterator[NamedPassage]:
    """Yield the list items and paragraphs of any other text. A second list that begins at 1 gets ids such as ``n1b``."""
    items = [parse_item_number(normalise_wording(text)) for _, text in paragraphs]
    body = [
        index
        for index, (_, text) in enumerate(paragraphs)
        if is_prose(text)
        or (items[index] and (ends_sentence(text) or ends_with_colon(text) or _is_in_list(items, index)))
    ]
    if len(body) > 1 and _looks_like_title(paragraphs[body[0]].text):
        del body[0]
    used: set[str] = set()
    latest: dict[str, int] = {}
    unnumbered = 0
    for index in body:
        line, text = paragraphs[index]
        item = items[index]
        if item and (item.number == 1 or item.number > latest.get(item.style, 0)):
            latest[item.style] = item.number
            name = _make_unused_id(f"n{item.number}", used)
            used.add(name)
        else:
            unnumbered += 1
            name = f"p{unnumbered}"
        yield NamedPassage(name, speakers[index], line, text)


def _make_unused_id(base_id: str, used_ids: Container[str]) -> str:
    """Return an id that is not used: ``n1``, or else ``n1b``, ``n1c`` … ``n1z``, ``n1zb`` and so on."""
    while base_id in used_ids:
        base_id = f"{base_id[:-1]}{chr(ord(base_id[-1]) + 1)}" if "a" < base_id[-1] < "z" else f"{base_id}b"
    return base_id


def _is_in_list(items: Sequence[ItemNumber | None], index: int) -> bool:
    """Return whether an item is one of a list: the previous paragraph has the number before, or the next the one after."""
    item = items[index]
    if item is None:
        return False
    before = items[index - 1] if index else None
    after = items[index + 1] if index + 1 < len(items) else None
    return item._replace(number=item.number - 1) == before or item._replace(number=item.number + 1) == after


def _looks_like_title(text: str) -> bool:
    """Return whether a paragraph is just an exclamation or a question. At the start of a text, it is the title."""
    return bool(_EXCLAIMS.search(text)) and not _FULL_STOP.search(text)


def _find_question_labels(labels: Sequence[str], texts: Sequence[str]) -> set[str]:
    """Return the labels that mark questions: a reporter's label, or one that occurs several times and always asks."""
    asked: dict[str, list[bool]] = {}
    for label, text in zip(labels, texts, strict=True):
        if label:
            asked.setdefault(label, []).append(bool(_QUESTION.search(text)))
    return {
        label for label, asks in asked.items() if is_reporter_label(label) or (len(asks) > 1 and all(asks))
    }


def is_prose(text: str) -> bool:
    """Return whether a paragraph consists of sentences, and is not a heading, a list of links or keywords, a date or an advert."""
    text = _LINK.sub("", text).strip()
    if display_width(text) < _MIN_WIDTH or _SMALL_PRINT.match(text):
        return False
    ends, commas, separators = count_sentences(text), len(_COMMA.findall(text)), len(_SEPARATOR.findall(text))
    if separators > _MAX_SEPARATORS and separators * _SEPARATOR_SPACING > display_width(text):
        return False
    if ends_sentence(text):
        # One bare question or exclamation is a headline.
        return ends > 1 or commas > 1 or not _EXCLAIMS.search(text)
    if ends_with_colon(text):
        return commas > 1
    return ends > 0 and commas > 0 and display_width(text) >= 2 * _MIN_WIDTH


def guess_title(paragraphs: Sequence[Paragraph], first_line: int) -> str:
    """Return the line before the text that is most likely its title: the first long one, or ""."""
    candidates = [
        text
        for line, text in paragraphs
        if line < first_line
        and display_width(text) in _HEADLINE
        and not _SEPARATOR.search(text)
        and not _LINK.search(text)
        and sum(map(str.isdigit, text)) < len(text) / 4
        and not _DATED.match(text)
    ]
    longest = max(map(display_width, candidates), default=0)
    return next((text for text in candidates if display_width(text) > longest / 2), "")
