"""A question as YAML, laid out as its neighbours are. Emitted by ruamel.yaml."""

import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from quizgen.bank.files import RawFile
from quizgen.bank.reader import read
from quizgen.kinds import KINDS

_ON_LINES_OF_THEIR_OWN = ("stem", "rationale", "advice")
"""Texts that are long as a rule: a line for each language. Options go on one line, in braces."""


class Layout(NamedTuple):
    """Where the entries of a list stand: columns of its key, of their dashes and of their own keys, from 0.

    ``step`` is how much deeper keys stand within an entry, and ``gap`` whether a line is left blank
    between two entries.
    """

    key: int = 0
    dash: int = 2
    text: int = 4
    step: int = 2
    gap: bool = False


def snippet(entry: Mapping[str, Any], layout: Layout) -> list[str]:
    """Give the lines of a question (which may lack parts), in the order of its kind."""
    item = CommentedMap()
    for key in [key for key in KINDS[entry["kind"]].all_keys if key in entry]:
        item[key] = _styled(key, entry[key])
    emitted = _dumped({"questions": [item]}, layout).splitlines()[1:]
    return [" " * layout.key + line for line in emitted]


def line_of(key: str, value: Any) -> str:
    """Give the line of a key: a text in braces, words in brackets, or a word."""
    return _dumped({key: _answer(value)}, Layout()).rstrip("\n")


def _styled(key: str, value: Any) -> Any:
    if key in _ON_LINES_OF_THEIR_OWN:
        return CommentedMap((tag, _scalar(text, flow=False)) for tag, text in value.items())
    return _answer(value)


def _answer(value: Any) -> Any:
    """Style what is no long text: texts in braces, words in brackets, all else on lines of its own."""
    if isinstance(value, list):
        return _in_brackets(value) if _are_words(value) else CommentedSeq([_answer(each) for each in value])
    if isinstance(value, dict) and not _are_words(value.values()):
        return CommentedMap((key, _answer(part)) for key, part in value.items())
    if isinstance(value, dict):
        text = CommentedMap((tag, _scalar(words, flow=True)) for tag, words in value.items())
        text.fa.set_flow_style()
        return text
    return value


def _are_words(values: Iterable[Any]) -> bool:
    return all(isinstance(each, str) for each in values)


def _in_brackets(words: Sequence[str]) -> CommentedSeq:
    listed = CommentedSeq([_scalar(word, flow=True) for word in words])
    listed.fa.set_flow_style()
    return listed


@cache
def _scalar(text: str, *, flow: bool) -> str:
    """Quote a text where it must be: as ruamel.yaml sees it, or as our reader does, which knows yes and no.

    ruamel.yaml represents no subclass of ``str`` but its own, and a message that a language lacks is one.
    """
    text = str(text)
    value: Any = text
    if flow:
        value = CommentedSeq([text])
        value.fa.set_flow_style()
    plain = f"t: [{text}]\n" if flow else f"t: {text}\n"
    document, problems = read(RawFile("", plain.encode("utf-8", "replace")))
    reads_so = document is not None and not problems and document.data == {"t": [text] if flow else text}
    if reads_so and _dumped({"t": value}, Layout()) == plain:
        return text
    quoted: str = DoubleQuotedScalarString(text)
    return quoted


def _dumped(data: Any, layout: Layout) -> str:
    emitter = YAML()
    emitter.indent(mapping=layout.step, sequence=layout.text - layout.key, offset=layout.dash - layout.key)
    emitter.width = sys.maxsize  # the author breaks lines, not we
    out = io.StringIO()
    emitter.dump(data, out)
    return out.getvalue()
