"""Write a question as YAML with ruamel.yaml, in the layout of its neighbours."""

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

_BLOCK_KEYS = ("stem", "rationale", "advice")
"""Keys of long texts, which have a line for each language. Options are on one line, in braces."""


class Layout(NamedTuple):
    """The layout of a list: columns of its key, of the dashes and of the entries' keys, from 0.

    ``step`` is the indent within an entry, and ``gap`` whether there is a blank line between two entries.
    """

    key: int = 0
    dash: int = 2
    text: int = 4
    step: int = 2
    gap: bool = False


def snippet(entry: Mapping[str, Any], layout: Layout) -> list[str]:
    """Return the lines of a question (which may lack parts), with its keys in the order of its kind."""
    item = CommentedMap()
    for key in [key for key in KINDS[entry["kind"]].entry_fields if key in entry]:
        item[key] = _styled_value(key, entry[key])
    emitted = _dump({"questions": [item]}, layout).splitlines()[1:]
    return [" " * layout.key + line for line in emitted]


def key_line(key: str, value: Any) -> str:
    """Return the line of a key: a text in braces, words in brackets, or a word."""
    return _dump({key: _flow_style(value)}, Layout()).rstrip("\n")


def _styled_value(key: str, value: Any) -> Any:
    if key in _BLOCK_KEYS:
        return CommentedMap((tag, _quoted_if_needed(text, flow=False)) for tag, text in value.items())
    return _flow_style(value)


def _flow_style(value: Any) -> Any:
    """Style a value that is not a long text: texts in braces, words in brackets, anything else on its own lines."""
    if isinstance(value, list):
        return (
            _in_brackets(value)
            if _are_strings(value)
            else CommentedSeq([_flow_style(each) for each in value])
        )
    if isinstance(value, dict) and not _are_strings(value.values()):
        return CommentedMap((key, _flow_style(part)) for key, part in value.items())
    if isinstance(value, dict):
        text = CommentedMap((tag, _quoted_if_needed(words, flow=True)) for tag, words in value.items())
        text.fa.set_flow_style()
        return text
    return value


def _are_strings(values: Iterable[Any]) -> bool:
    return all(isinstance(each, str) for each in values)


def _in_brackets(words: Sequence[str]) -> CommentedSeq:
    listed = CommentedSeq([_quoted_if_needed(word, flow=True) for word in words])
    listed.fa.set_flow_style()
    return listed


@cache
def _quoted_if_needed(text: str, *, flow: bool) -> str:
    """Quote a text if ruamel.yaml requires it, or our reader, which reads yes and no as truth values.

    ruamel.yaml represents no subclass of ``str`` but its own; a message without a translation is one.
    """
    text = str(text)
    value: Any = text
    if flow:
        value = CommentedSeq([text])
        value.fa.set_flow_style()
    plain = f"t: [{text}]\n" if flow else f"t: {text}\n"
    document, problems = read_document(RawFile("", plain.encode("utf-8", "replace")))
    reads_so = document is not None and not problems and document.data == {"t": [text] if flow else text}
    if reads_so and _dump({"t": value}, Layout()) == plain:
        return text
    quoted: str = DoubleQuotedScalarString(text)
    return quoted


def _dump(data: Any, layout: Layout) -> str:
    emitter = YAML()
    emitter.indent(mapping=layout.step, sequence=layout.text - layout.key, offset=layout.dash - layout.key)
    emitter.width = sys.maxsize  # never break lines
    out = io.StringIO()
    emitter.dump(data, out)
    return out.getvalue()
