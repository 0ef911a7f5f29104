"""Write an entry of a question bank as YAML with ruamel.yaml, in the layout of the other entries in its file."""

import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from quizgen.bank.files import RawFile
from quizgen.bank.reader import read_document
from quizgen.kinds import KINDS

_BLOCK_KEYS = ("stem", "short", "rationale", "advice")
"""Keys of long texts of a question, which have a line for each language. Options are on one line, in braces."""

_SECTION_KEYS = {
    "facts": ("id", "draft", "statement", "cites", "terms"),
    "exhibits": (
        "id",
        "draft",
        "channel",
        "genuine",
        "twin",
        "stake",
        "asks",
        "context",
        "from",
        "lines",
        "signs",
    ),
    "sources": ("id", "title", "short", "publisher", "date", "language", "note", "basis", "passages"),
}
"""The keys of entries that are no questions, in the order in which they are written."""


class ListLayout(NamedTuple):
    """The layout of a list in a YAML file, in columns from 0: of its key, of the dashes, and of the keys of its entries.

    ``step`` is the number of columns by which a mapping in an entry is indented. ``gap`` is true if there is a
    blank line between two entries.
    """

    key: int = 0
    dash: int = 2
    text: int = 4
    step: int = 2
    gap: bool = False


def question_yaml_lines(entry: Mapping[str, Any], layout: ListLayout) -> list[str]:
    """Return the lines of a question in YAML. The question need not be complete. Its keys are in the order of its kind."""
    return entry_yaml_lines("questions", entry, layout)


def entry_yaml_lines(section: str, entry: Mapping[str, Any], layout: ListLayout) -> list[str]:
    """Return the lines of an entry of a section, such as ``facts`` or ``questions``."""
    item = CommentedMap()
    ordered = entry_keys(section, entry)
    for key in [*(key for key in ordered if key in entry), *(key for key in entry if key not in ordered)]:
        if key == "lines":
            item[key] = CommentedSeq([_in_braces_if_flat(line) for line in entry[key]])
        elif section == "questions":
            item[key] = _style_value(key, entry[key])
        else:
            item[key] = _with_flow_style(entry[key])
    emitted = _dump_yaml({section: [item]}, layout).splitlines()[1:]
    return [" " * layout.key + line for line in emitted]


def entry_keys(section: Any, entry: Mapping[str, Any]) -> Sequence[str]:
    """Return the keys that an entry of a section can have, in the order in which they are written."""
    if section != "questions":
        return _SECTION_KEYS.get(section, tuple(entry))
    kind = KINDS.get(str(entry.get("kind")))
    return kind.entry_fields if kind else ()


def yaml_key_line(key: str, value: Any) -> str:
    """Return a key and its value as one line of YAML: a mapping in braces, a list in brackets."""
    return _dump_yaml({key: _with_flow_style(value)}, ListLayout()).rstrip("\n")


def _style_value(key: str, value: Any) -> Any:
    """Return a value as ruamel.yaml prints it: stem, rationale and advice with a line for each language, others on one line."""
    if key in _BLOCK_KEYS:
        return CommentedMap(
            (tag, _quoted_if_needed(text, is_in_brackets=False)) for tag, text in value.items()
        )
    return _with_flow_style(value)


def _with_flow_style(value: Any) -> Any:
    """Return a value whose texts are printed in braces and whose lists of words are printed in brackets."""
    if isinstance(value, list):
        return (
            _bracketed_list(value)
            if _are_strings(value)
            else CommentedSeq([_with_flow_style(each) for each in value])
        )
    if isinstance(value, dict) and not _are_strings(value.values()):
        return CommentedMap((key, _with_flow_style(part)) for key, part in value.items())
    if isinstance(value, dict):
        return _in_braces(value)
    return _quoted_if_needed(value, is_in_brackets=False) if isinstance(value, str) else value


def _in_braces(value: Mapping[str, Any]) -> CommentedMap:
    """Return a mapping without lists that is printed in braces."""
    line = CommentedMap(
        (key, _quoted_if_needed(part, is_in_brackets=True) if isinstance(part, str) else part)
        for key, part in value.items()
    )
    line.fa.set_flow_style()
    return line


def _in_braces_if_flat(line: Mapping[str, Any]) -> Any:
    """Return a line of an exhibit, which is printed in braces unless it has replies or two sides."""
    is_flat = not any(isinstance(part, dict | list) for part in line.values())
    return _in_braces(line) if is_flat else _with_flow_style(line)


def _are_strings(values: Iterable[Any]) -> bool:
    """Return whether all values are strings."""
    return all(isinstance(each, str) for each in values)


def _bracketed_list(words: Sequence[str]) -> CommentedSeq:
    """Return words as a list that is printed in brackets."""
    listed = CommentedSeq([_quoted_if_needed(word, is_in_brackets=True) for word in words])
    listed.fa.set_flow_style()
    return listed


@cache
def _quoted_if_needed(text: str, *, is_in_brackets: bool) -> str:
    """Return a text, in quotes if ruamel.yaml requires quotes or if the bank's reader would read it as another value.

    For example, the reader reads ``yes`` as a truth value. The text is converted to a plain ``str``, because
    ruamel.yaml accepts no other subclass.
    """
    text = str(text)
    value: Any = text
    if is_in_brackets:
        value = CommentedSeq([text])
        value.fa.set_flow_style()
    plain = f"t: [{text}]\n" if is_in_brackets else f"t: {text}\n"
    document, problems = read_document(RawFile("", plain.encode("utf-8", "replace")))
    is_read_as_text = (
        document is not None and not problems and document.data == {"t": [text] if is_in_brackets else text}
    )
    if is_read_as_text and _dump_yaml({"t": value}, ListLayout()) == plain:
        return text
    quoted: str = DoubleQuotedScalarString(text)
    return quoted


def _dump_yaml(data: Any, layout: ListLayout) -> str:
    """Return data as YAML in a layout. Lines are never broken."""
    emitter = YAML()
    emitter.indent(mapping=layout.step, sequence=layout.text - layout.key, offset=layout.dash - layout.key)
    emitter.width = sys.maxsize  # never break lines
    out = io.StringIO()
    emitter.dump(data, out)
    return out.getvalue()
