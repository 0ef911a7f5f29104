"""Repair what has one right answer in a question bank's file: quotation marks, extra spaces, and the order of keys.

Only these places of the file change; comments and layout stay. A file whose data would change in any other way is left as it
is.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from quizgen.author.question_yaml import entry_keys
from quizgen.bank.checks import Entry, section_entries
from quizgen.bank.files import RawFile
from quizgen.bank.reader import Document, TextPosition, read_document
from quizgen.errors import Path, Problem
from quizgen.text.messages import _

_QUOTES = _("straight quotation marks are now curly")
_SPACES = _("extra spaces are removed")

_ORDERED_SECTIONS = ("facts", "exhibits", "questions")

_BEFORE_OPENING = " \u00a0([{—–-/“‘"
"""Characters after which a quotation mark opens; it also opens at the start of a text."""


class Repair(NamedTuple):
    """The repaired content of a file, and what was changed and where. The places are those before the repair."""

    content: str
    changes: Sequence[Problem]


def repair_file(document: Document) -> Repair:
    """Repair the file of a document."""
    repaired, changes = document, list[Problem]()
    for repair in (_repair_texts, _order_keys):
        result = repair(repaired)
        again, problems = read_document(RawFile(document.name, result.content.encode()))
        if again and not problems:
            repaired = again
            changes += result.changes
    return Repair(repaired.content, sorted(changes))


def encode_like(content: str, raw: bytes) -> bytes:
    """Encode the content of a file with the line breaks and the byte order mark that the file had."""
    data = content.replace("\n", "\r\n").encode() if b"\r\n" in raw else content.encode()
    return BOM_UTF8 + data if raw.startswith(BOM_UTF8) else data


def repair_text(text: str, language: str) -> str:
    """Return a text with curly quotation marks and without extra spaces. What is not certain stays."""
    return curl_quotes(remove_extra_spaces(text, language), language)


def repair_file_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a bank's file as :func:`repair_file` would leave it."""
    return {
        section: [_in_order(section, entry) for entry in value] if _has_order(section, data) else value
        for section, value in repair_data(data).items()
    }


def _has_order(section: str, data: Mapping[str, Any]) -> bool:
    """Return whether the keys of the entries of a section of a file have an order."""
    return "topic" in data and section in _ORDERED_SECTIONS


def _in_order(section: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry with its keys in the order in which ``bank new`` writes them."""
    keys = [key for key in entry_keys(section, entry) if key in entry]
    return {key: entry[key] for key in dict.fromkeys([*keys, *entry])}


def repair_data(value: Any, key: Any = "") -> Any:
    """Return data of a bank's file, or the part of it under a key, with its texts repaired."""
    if isinstance(value, dict):
        return {name: repair_data(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [repair_data(part, key) for part in value]
    return repair_text(value, key) if isinstance(value, str) and _language_of((key,)) else value


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


# Texts in a file


def _repair_texts(document: Document) -> Repair:
    """Repair the texts of a file in its languages, wherever they stand."""
    content, expected, changes = document.content, deepcopy(document.data), list[Problem]()
    edits: list[tuple[TextPosition, str]] = []
    for position in document.text_positions():
        language = _language_of(position.path)
        before = document.value_at(position.path)
        if not language or not isinstance(before, str):
            continue
        after, source = _repair_source(
            content[position.start : position.end], position.style, before, language
        )
        if after == before:
            continue
        edits.append((position, source))
        _set_value(expected, position.path, after)
        if after.count("'") + after.count('"') < before.count("'") + before.count('"'):
            changes.append(document.problem_at(position.path, _QUOTES))
        if after.count(" ") < before.count(" ") or before != before.strip():
            changes.append(document.problem_at(position.path, _SPACES))
    for position, source in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        content = content[: position.start] + source + content[position.end :]
    again, problems = read_document(RawFile(document.name, content.encode()))
    if problems or not again or again.data != expected:
        return Repair(document.content, ())
    return Repair(content, changes)


def _language_of(path: Path) -> str:
    """Return the language of the text at a path, which is its last key or, for wordings in a list, the last but one."""
    steps = [step for step in path[-2:] if isinstance(step, str)]
    return next((step for step in reversed(steps) if re.fullmatch("en|zh(-[A-Za-z]+)?|en-[A-Z]+", step)), "")


def _repair_source(source: str, style: str, text: str, language: str) -> tuple[str, str]:
    """Return the repaired text of a scalar, and how the file writes it in the same style."""
    if style in ("|", ">") or "\n" in source:
        if style in ("'", '"'):  # a quoted text over several lines, which may have escapes
            return text, source
        head, line_break, body = source.partition("\n") if style else ("", "", source)
        after = curl_quotes(text, language)
        marks = iter([new for old, new in zip(text, after, strict=True) if old in "'\""])
        body = re.sub("['\"]", lambda match: next(marks, match[0]), body)
        if style and text != text.rstrip("\n") and "-" not in head:
            head, after = f"{head[0]}-{head[1:].replace('+', '')}", after.rstrip("\n")
        return after, head + line_break + body
    after = repair_text(text, language)
    if style == "'":
        return after, "'" + after.replace("'", "''") + "'"
    if style == '"':
        return after, '"' + after.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return after, after


def _set_value(data: Any, path: Path, value: str) -> None:
    """Set the value at a path."""
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


# The order of keys


def _order_keys(document: Document) -> Repair:
    """Put the keys of each fact, exhibit and question of a topic in the order in which ``bank new`` writes them."""
    lines, changes = document.content.split("\n"), list[Problem]()
    entries = [
        entry
        for section in _ORDERED_SECTIONS
        for entry in section_entries(document, section)
        if entry.is_in_topic
    ]
    for entry in sorted(entries, key=lambda entry: document.line_and_column(entry.path), reverse=True):
        if ordered := _ordered_lines(document, entry, lines):
            start, end, moved = ordered
            lines[start:end] = moved
            changes.append(
                document.problem_at(entry.path, _("the keys of {id} are now in order", id=entry.data["id"]))
            )
    content = "\n".join(lines)
    again, problems = read_document(RawFile(document.name, content.encode()))
    if problems or not again or again.data != document.data:
        return Repair(document.content, ())
    return Repair(content, changes)


def _ordered_lines(
    document: Document, entry: Entry, lines: Sequence[str]
) -> tuple[int, int, list[str]] | None:
    """Return the first line of an entry, the line after it, and its lines in order; ``None`` if they are in order.

    An entry in braces, or with two keys on a line, stays as it is.
    """
    positions = document.key_positions(entry.path)
    rank = {key: place for place, key in enumerate(entry_keys(entry.path[0], entry.data))}
    wanted = sorted(positions, key=lambda position: rank.get(position.key, len(rank)))
    if wanted == positions:
        return None
    column = positions[0].column
    starts = [position.line for position in positions]
    if len(set(starts)) < len(starts) or any(position.column != column for position in positions):
        return None
    if any(lines[start][:column].strip() for start in starts[1:]):
        return None
    for index in range(1, len(starts)):  # a comment belongs to the key below it
        while starts[index] - 1 > positions[index - 1].line and _is_comment_at(
            lines[starts[index] - 1], column
        ):
            starts[index] -= 1
    end = positions[-1].end
    parts = {
        position.key: list(lines[start:stop])
        for position, start, stop in zip(positions, starts, [*starts[1:], end], strict=True)
    }
    lead = lines[starts[0]][:column]
    parts[positions[0].key][0] = " " * column + lines[starts[0]][column:]
    moved = [line for position in wanted for line in parts[position.key]]
    if moved[0].lstrip().startswith("#"):  # a comment cannot stand behind the dash of an entry
        return None
    moved[0] = lead + moved[0][column:]
    return starts[0], end, moved


def _is_comment_at(line: str, column: int) -> bool:
    """Return whether a line has a comment that begins in this column and nothing else."""
    return line[:column].isspace() and line[column:].startswith("#")
