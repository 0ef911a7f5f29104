"""Insert entries into a file of a question bank as text. All other lines stay the same, byte for byte."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import yaml

from quizgen.author.bank_yaml import ListLayout, entry_yaml_lines
from quizgen.bank.files import RawFile
from quizgen.bank.reader import is_too_large, read_document
from quizgen.errors import QuizgenError, problem
from quizgen.text.messages import _

_SECTIONS = ("facts", "lessons", "exhibits", "questions")
"""The sections of a topic's file, in their order."""


def detect_layout(file: RawFile, section: str = "questions") -> ListLayout:
    """Return the layout of a section in a file without problems, or of another section if it is empty."""
    root, lines = _root_and_lines(file)
    return _layout_of_nodes(root, lines, section)


def check_insertable(file: RawFile, section: str = "questions") -> None:
    """Raise QuizgenError if the entries of a section are in brackets or braces, so that no line can be added."""
    root, _lines = _root_and_lines(file)
    _name, entries = _section_nodes(root, section)
    if root.flow_style or (entries and entries.flow_style and entries.value):
        raise QuizgenError(
            problem(
                _("the questions in this file are written in brackets or braces"),
                _("put each question on separate lines first"),
                file=file.name,
            )
            if section == "questions"
            else problem(
                _("the entries under {section} in this file are written in brackets or braces"),
                _("put each entry on separate lines first"),
                section=section,
                file=file.name,
            )
        )


def insert_questions(file: RawFile, *entries: Mapping[str, Any]) -> RawFile:
    """Return the file of a topic with questions added at the end. The file must have no problems.

    Raises QuizgenError if the questions cannot be added, or if the data of the new file would not be the old
    data and these questions.
    """
    return insert_entries(file, "questions", entries)


def insert_entries(file: RawFile, section: str, entries: Sequence[Mapping[str, Any]]) -> RawFile:
    """Return a file with entries added at the end of a section, such as ``facts`` or ``sources``.

    A section that the file lacks is added. The file must have no problems. Raises QuizgenError if the entries cannot
    be added, or if the data of the new file would not be the old data and these entries.
    """
    if not entries:
        return file
    check_insertable(file, section)
    root, lines = _root_and_lines(file)
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    layout = _layout_of_nodes(root, lines, section)
    new_lines: list[str] = []
    for entry in entries:
        gap = [newline] if layout.gap and new_lines else []
        new_lines += [*gap, *(line + newline for line in entry_yaml_lines(section, entry, layout))]
    key_node, list_node = _section_nodes(root, section)
    if list_node and list_node.value:
        index = _line_index_after(list_node, lines, layout.dash)
        new_lines = [newline, *new_lines] if layout.gap else new_lines
    elif list_node:
        index = key_node.start_mark.line + 1
        lines[index - 1] = _without_brackets(lines[index - 1], list_node)
    else:
        index, new_lines = _place_new_section(root, lines, section, layout, newline, new_lines)
    if index and not lines[index - 1].endswith(("\n", "\r")):
        lines[index - 1] += newline
    result = file.with_lines([*lines[:index], *new_lines, *lines[index:]])
    if is_too_large(result):
        raise QuizgenError(
            problem(
                _("with these entries, this file would be larger than a bank's file may be"),
                _("add fewer, or split its topic into several"),
                file=file.name,
            )
        )
    if not _has_expected_data(file, result, section, entries):
        raise QuizgenError(
            problem(
                _("this file has no place for a new question"),
                _("add the question by hand, as shown above"),
                file=file.name,
            )
            if section == "questions"
            else problem(
                _("this file has no place for new entries under {section}"),
                _("put each entry on lines of its own first"),
                section=section,
                file=file.name,
            )
        )
    return result


def replace_entry(file: RawFile, section: str, entry: Mapping[str, Any]) -> RawFile:
    """Return a file in which an entry takes the place of the one with the same id. Comments in that entry are lost.

    Raises QuizgenError if the file has no such entry on lines of its own.
    """
    check_insertable(file, section)
    root, lines = _root_and_lines(file)
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    layout = _layout_of_nodes(root, lines, section)
    _key, list_node = _section_nodes(root, section)
    for node in list_node.value if list_node else ():
        keys = {key.value: value.value for key, value in node.value}
        if keys.get("id") == entry["id"]:
            start, end = node.start_mark.line, _line_index_after(node, lines, layout.dash)
            new_lines = [line + newline for line in entry_yaml_lines(section, entry, layout)]
            return file.with_lines([*lines[:start], *new_lines, *lines[end:]])
    raise QuizgenError(
        problem(
            _("there is no {section} entry {id}"),
            _("check the id"),
            section=section,
            id=entry["id"],
            file=file.name,
        )
    )


def _place_new_section(
    root: Any, lines: list[str], section: str, layout: ListLayout, newline: str, new_lines: list[str]
) -> tuple[int, list[str]]:
    """Return the index of the line where a new section begins, and the lines of the section with its key.

    The sections of a topic stand in their order, and anything else at the end.
    """
    later = _SECTIONS[_SECTIONS.index(section) + 1 :] if section in _SECTIONS else ()
    gap = [newline] if _has_blank_line_before(root.value[-1][0].start_mark.line, lines) else []
    head = " " * layout.key + f"{section}:{newline}"
    for name in later:
        if (key_node := _section_nodes(root, name)[0]) is not None:
            index = key_node.start_mark.line
            while index and lines[index - 1].lstrip().startswith("#"):
                index -= 1
            return index, [head, *new_lines, *gap]
    return _line_index_after(root, lines, layout.key), [*gap, head, *new_lines]


def _root_and_lines(file: RawFile) -> tuple[Any, list[str]]:
    """Return the root node of a YAML file without problems, and its lines."""
    document, _problems = read_document(file)
    assert document  # noqa: S101  it has no problems
    return document.root, file.lines()


def _section_nodes(root: Any, name: str) -> tuple[Any, Any]:
    """Return the nodes of the key and the value of a section, such as ``questions``; ``None`` for both if the file lacks it."""
    return next(((key, value) for key, value in root.value if key.value == name), (None, None))


def _layout_of_nodes(root: Any, lines: list[str], own_section: str) -> ListLayout:
    """Return the layout of a section of a file, or that of the last other one, or the default layout."""
    key_column = root.start_mark.column
    layout = ListLayout(key_column, key_column + 2, key_column + 4)
    for name in (*(each for each in _SECTIONS if each != own_section), own_section):
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


def _has_expected_data(
    earlier_file: RawFile, edited_file: RawFile, section: str, entries: Iterable[Mapping[str, Any]]
) -> bool:
    """Return whether a file has the data of the earlier file, and these entries as the last of a section."""
    old_document, _ = read_document(earlier_file)
    new_document, _ = read_document(edited_file)
    if old_document is None or new_document is None:
        return False
    expected = deepcopy(old_document.data)
    expected.setdefault(section, []).extend(map(dict, entries))
    return bool(new_document.data == expected)
