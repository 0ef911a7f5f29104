"""Insert a question into the file of its topic as text, so that every other line stays the same, byte for byte."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import yaml

from quizgen.author.snippet import Layout, snippet
from quizgen.bank.files import RawFile
from quizgen.bank.reader import read_document
from quizgen.errors import QuizgenError, problem
from quizgen.text.messages import _

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BYTE_ORDER_MARK = "\ufeff"


def layout_of(file: RawFile) -> Layout:
    """Return the layout of the questions in a valid file, or else of its facts."""
    root, lines = _parse(file)
    return _layout(root, lines)


def check_insertable(file: RawFile) -> None:
    """Raise QuizgenError for a file whose layout leaves no line for a question."""
    root, _lines = _parse(file)
    _name, questions = _section(root, "questions")
    if root.flow_style or (questions and questions.flow_style and questions.value):
        raise QuizgenError(
            problem(
                _("the questions in this file are written in brackets or braces"),
                _("put each question on separate lines first"),
                file=file.name,
            )
        )


def insert_questions(file: RawFile, *entries: Mapping[str, Any]) -> RawFile:
    """Return a valid file of a topic with questions added at the end.

    Raises QuizgenError if the layout leaves no line for them, or if the result would not be the old data and those
    questions.
    """
    check_insertable(file)
    root, lines = _parse(file)
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    layout = _layout(root, lines)
    new: list[str] = []
    for entry in entries:
        gap = [newline] if layout.gap and new else []
        new += [*gap, *(line + newline for line in snippet(entry, layout))]
    key, questions = _section(root, "questions")
    if questions and questions.value:
        at = _line_after(questions, lines, layout.dash)
        new = [newline, *new] if layout.gap else new
    elif questions:
        at = key.start_mark.line + 1
        lines[at - 1] = _without_brackets(lines[at - 1], questions)
    else:
        at = _line_after(root, lines, layout.key)
        gap = [newline] if _has_blank_line_before(root.value[-1][0].start_mark.line, lines) else []
        new = [*gap, " " * layout.key + "questions:" + newline, *new]
    if at and not lines[at - 1].endswith(("\n", "\r")):
        lines[at - 1] += newline
    text = "".join([*lines[:at], *new, *lines[at:]])
    mark = _BYTE_ORDER_MARK if file.raw.startswith(_BYTE_ORDER_MARK.encode()) else ""
    result = RawFile(file.name, (mark + text).encode())
    if not _is_as_expected(file, result, entries):
        raise QuizgenError(
            problem(
                _("this file has no place for a new question"),
                _("add the question by hand, as shown above"),
                file=file.name,
            )
        )
    return result


def _parse(file: RawFile) -> tuple[Any, list[str]]:
    text = file.raw.decode("utf-8-sig")
    lines = _LINE.findall(text)
    return yaml.compose(re.sub(r"\r\n?", "\n", text), Loader=yaml.CSafeLoader), lines


def _section(root: Any, name: str) -> tuple[Any, Any]:
    """Return the nodes of a section's key and value."""
    return next(((key, value) for key, value in root.value if key.value == name), (None, None))


def _layout(root: Any, lines: list[str]) -> Layout:
    key_column = root.start_mark.column
    layout = Layout(key_column, key_column + 2, key_column + 4)
    for name in ("facts", "questions"):
        _, section = _section(root, name)
        if section is None or section.flow_style or not section.value:
            continue
        first = section.value[0]
        layout = layout._replace(dash=section.start_mark.column, text=first.start_mark.column)
        if steps := list(_indents(section)):
            layout = layout._replace(step=steps[-1])
        if section.value[1:]:
            layout = layout._replace(gap=_has_blank_line_before(section.value[-1].start_mark.line, lines))
    return layout


def _indents(section: Any) -> Iterator[int]:
    """Yield how much deeper mappings within entries are indented."""
    for entry in section.value:
        for key, value in entry.value if isinstance(entry, yaml.MappingNode) else ():
            if isinstance(value, yaml.MappingNode) and not value.flow_style:
                yield value.start_mark.column - key.start_mark.column


def _has_blank_line_before(line: int, lines: list[str]) -> bool:
    """Return whether there is a blank line before an entry and the comments above it."""
    while line and lines[line - 1].lstrip().startswith(("#", "-\n")):
        line -= 1
    return bool(line) and not lines[line - 1].strip()


def _line_after(node: Any, lines: list[str], column: int) -> int:
    """Return the index of the line after a block and the comments that are indented deeper than a column."""
    mark = _last_node(node).end_mark
    at = int(mark.line) + bool(mark.column)  # a block text (`>` or `|`) ends at the start of the next line
    while at and not lines[at - 1].strip():
        at -= 1
    while at < len(lines) and re.match(rf" {{{column + 1},}}#", lines[at]):
        at += 1
    return at


def _last_node(node: Any) -> Any:
    """Return the deepest last node of a block; the end mark of a block itself may be too far down."""
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node


def _without_brackets(line: str, empty: Any) -> str:
    """Remove ``[]`` after a key, but keep a comment."""
    start, end = empty.start_mark.column, empty.end_mark.column
    rest = line[end:]
    return line[:start].rstrip() + (rest if rest.strip() else rest.lstrip(" \t"))


def _is_as_expected(before: RawFile, after: RawFile, entries: Iterable[Mapping[str, Any]]) -> bool:
    old, _ = read_document(before)
    new, _ = read_document(after)
    if old is None or new is None:
        return False
    expected = deepcopy(old.data)
    expected.setdefault("questions", []).extend(map(dict, entries))
    return bool(new.data == expected)
