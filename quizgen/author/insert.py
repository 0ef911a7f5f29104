"""Insert questions into the file of their topic as text. All other lines stay the same, byte for byte."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import yaml

from quizgen.author.question_yaml import ListLayout, question_yaml_lines
from quizgen.bank.files import RawFile
from quizgen.bank.reader import read_document
from quizgen.errors import QuizgenError, problem
from quizgen.text.messages import _

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BYTE_ORDER_MARK = "\ufeff"


def detect_layout(file: RawFile) -> ListLayout:
    """Return the layout of the questions in a file without problems, or of its facts if it has no questions."""
    root, lines = _compose(file)
    return _layout_of_nodes(root, lines)


def check_insertable(file: RawFile) -> None:
    """Raise QuizgenError if the questions of a file are in brackets or braces, so that no line can be added."""
    root, _lines = _compose(file)
    _name, questions = _section_nodes(root, "questions")
    if root.flow_style or (questions and questions.flow_style and questions.value):
        raise QuizgenError(
            problem(
                _("the questions in this file are written in brackets or braces"),
                _("put each question on separate lines first"),
                file=file.name,
            )
        )


def insert_questions(file: RawFile, *entries: Mapping[str, Any]) -> RawFile:
    """Return the file of a topic with questions added at the end. The file must have no problems.

    Raises QuizgenError if the questions cannot be added, or if the data of the new file would not be the old
    data and these questions.
    """
    check_insertable(file)
    root, lines = _compose(file)
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    layout = _layout_of_nodes(root, lines)
    new_lines: list[str] = []
    for entry in entries:
        gap = [newline] if layout.gap and new_lines else []
        new_lines += [*gap, *(line + newline for line in question_yaml_lines(entry, layout))]
    key_node, list_node = _section_nodes(root, "questions")
    if list_node and list_node.value:
        index = _line_index_after(list_node, lines, layout.dash)
        new_lines = [newline, *new_lines] if layout.gap else new_lines
    elif list_node:
        index = key_node.start_mark.line + 1
        lines[index - 1] = _without_brackets(lines[index - 1], list_node)
    else:
        index = _line_index_after(root, lines, layout.key)
        gap = [newline] if _has_blank_line_before(root.value[-1][0].start_mark.line, lines) else []
        new_lines = [*gap, " " * layout.key + "questions:" + newline, *new_lines]
    if index and not lines[index - 1].endswith(("\n", "\r")):
        lines[index - 1] += newline
    text = "".join([*lines[:index], *new_lines, *lines[index:]])
    byte_order_mark = _BYTE_ORDER_MARK if file.raw.startswith(_BYTE_ORDER_MARK.encode()) else ""
    result = RawFile(file.name, (byte_order_mark + text).encode())
    if not _has_expected_data(file, result, entries):
        raise QuizgenError(
            problem(
                _("this file has no place for a new question"),
                _("add the question by hand, as shown above"),
                file=file.name,
            )
        )
    return result


def _compose(file: RawFile) -> tuple[Any, list[str]]:
    """Return the root node of a YAML file, and its lines."""
    text = file.raw.decode("utf-8-sig")
    lines = _LINE.findall(text)
    return yaml.compose(re.sub(r"\r\n?", "\n", text), Loader=yaml.CSafeLoader), lines


def _section_nodes(root: Any, name: str) -> tuple[Any, Any]:
    """Return the nodes of the key and the value of a section, such as ``questions``; ``None`` for both if the file lacks it."""
    return next(((key, value) for key, value in root.value if key.value == name), (None, None))


def _layout_of_nodes(root: Any, lines: list[str]) -> ListLayout:
    """Return the layout of the last list of questions or facts in a file, or the default layout."""
    key_column = root.start_mark.column
    layout = ListLayout(key_column, key_column + 2, key_column + 4)
    for name in ("facts", "questions"):
        _, section = _section_nodes(root, name)
        if section is None or section.flow_style or not section.value:
            continue
        first = section.value[0]
        layout = layout._replace(dash=section.start_mark.column, text=first.start_mark.column)
        if steps := list(_entry_indents(section)):
            layout = layout._replace(step=steps[-1])
        if section.value[1:]:
            layout = layout._replace(gap=_has_blank_line_before(section.value[-1].start_mark.line, lines))
    return layout


def _entry_indents(section: Any) -> Iterator[int]:
    """Yield by how many columns the mappings within the entries of a section are indented."""
    for entry in section.value:
        for key, value in entry.value if isinstance(entry, yaml.MappingNode) else ():
            if isinstance(value, yaml.MappingNode) and not value.flow_style:
                yield value.start_mark.column - key.start_mark.column


def _has_blank_line_before(line: int, lines: list[str]) -> bool:
    """Return whether there is a blank line before an entry, and before the comments that belong to it."""
    while line and lines[line - 1].lstrip().startswith(("#", "-\n")):
        line -= 1
    return bool(line) and not lines[line - 1].strip()


def _line_index_after(node: Any, lines: list[str], column: int) -> int:
    """Return the index of the line after a node, and after comments that are indented deeper than a column."""
    mark = _last_node(node).end_mark
    index = int(mark.line) + bool(mark.column)  # a block text (`>` or `|`) ends at the start of the next line
    while index and not lines[index - 1].strip():
        index -= 1
    while index < len(lines) and re.match(rf" {{{column + 1},}}#", lines[index]):
        index += 1
    return index


def _last_node(node: Any) -> Any:
    """Return the last node within a block.

    The end of this node is where the text ends. PyYAML may put the end of the block itself on a later line.
    """
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node


def _without_brackets(line: str, empty: Any) -> str:
    """Return a line without the ``[]`` after its key. A comment stays."""
    start, end = empty.start_mark.column, empty.end_mark.column
    rest = line[end:]
    return line[:start].rstrip() + (rest if rest.strip() else rest.lstrip(" \t"))


def _has_expected_data(before: RawFile, after: RawFile, entries: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether a file has the data of the earlier file, and these entries as its last questions."""
    old_document, _ = read_document(before)
    new_document, _ = read_document(after)
    if old_document is None or new_document is None:
        return False
    expected = deepcopy(old_document.data)
    expected.setdefault("questions", []).extend(map(dict, entries))
    return bool(new_document.data == expected)
