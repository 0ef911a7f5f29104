"""A question set into the file of its topic as text, so that every other line stays as it is, byte for byte."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import yaml

from quizgen.author.snippet import Layout, snippet
from quizgen.bank.files import RawFile
from quizgen.bank.reader import read
from quizgen.errors import QuizgenError, problem
from quizgen.text.messages import _

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARK = "\ufeff"


def layout_of(file: RawFile) -> Layout:
    """Tell how the questions of a sound file are laid out, or else its facts."""
    root, lines = _parsed(file)
    return _layout(root, lines)


def refuse_brackets(file: RawFile) -> None:
    """Raise QuizgenError for a file that is laid out so that there is no line to put a question on."""
    root, _lines = _parsed(file)
    _name, questions = _section(root, "questions")
    if root.flow_style or (questions and questions.flow_style and questions.value):
        raise QuizgenError(
            problem(
                _("the questions of this file stand in brackets or braces"),
                _("write each on lines of its own first"),
                file=file.name,
            )
        )


def inserted(file: RawFile, *entries: Mapping[str, Any]) -> RawFile:
    """Give a sound file of a topic with more questions, behind all others.

    Raises QuizgenError where the file is laid out so that there is no line to put them on, or where the
    result would say anything else than the file and those questions.
    """
    refuse_brackets(file)
    root, lines = _parsed(file)
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    layout = _layout(root, lines)
    new: list[str] = []
    for entry in entries:
        gap = [newline] if layout.gap and new else []
        new += [*gap, *(line + newline for line in snippet(entry, layout))]
    key, questions = _section(root, "questions")
    if questions and questions.value:
        at = _after(questions, lines, layout.dash)
        new = [newline, *new] if layout.gap else new
    elif questions:
        at = key.start_mark.line + 1
        lines[at - 1] = _without_brackets(lines[at - 1], questions)
    else:
        at = _after(root, lines, layout.key)
        gap = [newline] if _parted(root.value[-1][0].start_mark.line, lines) else []
        new = [*gap, " " * layout.key + "questions:" + newline, *new]
    if at and not lines[at - 1].endswith(("\n", "\r")):
        lines[at - 1] += newline
    text = "".join([*lines[:at], *new, *lines[at:]])
    mark = _MARK if file.raw.startswith(_MARK.encode()) else ""
    made = RawFile(file.name, (mark + text).encode())
    if not _says_as_much(file, made, entries):
        raise QuizgenError(
            problem(
                _("no place for a question was found in this file"),
                _("add the question by hand, as shown above"),
                file=file.name,
            )
        )
    return made


def _parsed(file: RawFile) -> tuple[Any, list[str]]:
    text = file.raw.decode("utf-8-sig")
    lines = _LINE.findall(text)
    return yaml.compose(re.sub(r"\r\n?", "\n", text), Loader=yaml.CSafeLoader), lines


def _section(root: Any, name: str) -> tuple[Any, Any]:
    """Nodes of a section's key and of what stands under it."""
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
        if steps := list(_steps(section)):
            layout = layout._replace(step=steps[-1])
        if section.value[1:]:
            layout = layout._replace(gap=_parted(section.value[-1].start_mark.line, lines))
    return layout


def _steps(section: Any) -> Iterator[int]:
    """Tell how much deeper the keys stand of mappings within entries."""
    for entry in section.value:
        for key, value in entry.value if isinstance(entry, yaml.MappingNode) else ():
            if isinstance(value, yaml.MappingNode) and not value.flow_style:
                yield value.start_mark.column - key.start_mark.column


def _parted(line: int, lines: list[str]) -> bool:
    """Tell whether a blank line stands before an entry and the remarks above it."""
    while line and lines[line - 1].lstrip().startswith(("#", "-\n")):
        line -= 1
    return bool(line) and not lines[line - 1].strip()


def _after(node: Any, lines: list[str], column: int) -> int:
    """Index of the line behind a block: its last text, and remarks that stand deeper than a column."""
    mark = _last(node).end_mark
    at = int(mark.line) + bool(mark.column)  # a text after `>` or `|` ends where the next line begins
    while at and not lines[at - 1].strip():
        at -= 1
    while at < len(lines) and re.match(rf" {{{column + 1},}}#", lines[at]):
        at += 1
    return at


def _last(node: Any) -> Any:
    """Deepest last node of a block; the marks of blocks themselves reach into what follows."""
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node


def _without_brackets(line: str, empty: Any) -> str:
    """Take ``[]`` off a key, and leave a remark behind it."""
    start, end = empty.start_mark.column, empty.end_mark.column
    rest = line[end:]
    return line[:start].rstrip() + (rest if rest.strip() else rest.lstrip(" \t"))


def _says_as_much(before: RawFile, after: RawFile, entries: Iterable[Mapping[str, Any]]) -> bool:
    old, _ = read(before)
    new, _ = read(after)
    if old is None or new is None:
        return False
    expected = deepcopy(old.data)
    expected.setdefault("questions", []).extend(map(dict, entries))
    return bool(new.data == expected)
