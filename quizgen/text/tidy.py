"""Tidy texts that were written elsewhere, where there is one right answer: quotation marks and extra spaces."""

import re
from collections.abc import Iterator
from typing import Any

_LANGUAGE = re.compile("en|zh(-[A-Za-z]+)?|en-[A-Z]+")
"""The languages of the texts that are tidied, as keys of data."""

_BEFORE_OPENING = " \u00a0([{—–-/“‘"
"""Characters after which a quotation mark opens; it also opens at the start of a text."""


def tidy_data(value: Any, key: Any = "") -> Any:
    """Return data of a bank's file, or the part of it under a key, with its texts tidied."""
    if isinstance(value, dict):
        return {name: tidy_data(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [tidy_data(part, key) for part in value]
    is_text = isinstance(value, str) and isinstance(key, str) and _LANGUAGE.fullmatch(key)
    return tidy_text(value, key) if is_text else value


def tidy_text(text: str, language: str) -> str:
    """Return a text with curly quotation marks and without extra spaces. What is not certain stays."""
    return curl_quotes(remove_extra_spaces(text, language), language)


def remove_extra_spaces(text: str, language: str) -> str:
    """Return a text without spaces at its ends, two in a row, or before punctuation.

    A space between Chinese characters stays, because headlines have it in the place of a comma.
    """
    text = re.sub(r"(?<=\S) {2,}(?=\S)", " ", text.strip())
    if language.startswith("zh"):
        return re.sub(" +(?=[，。；：？！、])", "", text)
    if language.startswith("en"):
        text = re.sub(r"(?<=\() +| +(?=\))", "", text)
        return re.sub(r"(?<=[\w)”’]) +(?=[,.;:?!](?:\s|$))", "", text)
    return text


def curl_quotes(text: str, language: str) -> str:
    """Return a text whose straight quotation marks and apostrophes are curly, if it is certain which of them open."""
    if language.startswith("zh"):
        for straight, pair in (('"', "“”"), ("'", "‘’")):
            if text.count(straight) % 2 == 0:
                text = "".join(_alternate_marks(text, straight, pair))
        return text
    return _curl_single_quotes(_curl_double_quotes(text)) if language.startswith("en") else text


def _alternate_marks(text: str, straight_mark: str, curly_marks: str) -> Iterator[str]:
    """Yield the characters of a text, with opening and closing marks in turn for straight ones."""
    count = 0
    for character in text:
        if character == straight_mark:
            character = curly_marks[count % 2]  # noqa: PLW2901  another mark in the same place
            count += 1
        yield character


def _curl_double_quotes(text: str) -> str:
    places = [match.start() for match in re.finditer('"', text)]
    opens = [_opens_quotation(text, place) for place in places]
    expected = [index % 2 == 0 for index in range(len(places))]
    is_certain = len(places) % 2 == 0 and opens == expected
    return "".join(_alternate_marks(text, '"', "“”")) if is_certain else text


def _curl_single_quotes(text: str) -> str:
    """Curl apostrophes, and single quotation marks that are closed."""
    marks = list(text)
    opened: int | None = None
    for place in (match.start() for match in re.finditer("'", text)):
        if not _opens_quotation(text, place):
            marks[place] = "’"
            is_in_word = text[place + 1 : place + 2].isalnum()
            if opened is not None and not is_in_word:
                marks[opened], opened = "‘", None
        elif text[place + 1 : place + 2].isdigit():  # the '90s
            marks[place] = "’"
        else:
            opened = place
    return "".join(marks)


def _opens_quotation(text: str, place: int) -> bool:
    """Return whether a quotation mark at this place begins a quotation."""
    follows = place == 0 or text[place - 1] in _BEFORE_OPENING
    return follows and not text[place + 1 : place + 2].isspace() and place + 1 < len(text)
