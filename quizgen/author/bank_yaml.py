"""Write entries and whole files of a question bank as YAML. ``insert.py`` puts entries into a file and keeps its comments."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from quizgen.bank.reader import parse_scalar
from quizgen.kinds import KINDS

SCHEMA_FILE = "bank.schema.json"
SCHEMA_COMMENT = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"

_BLOCK_KEYS = ("stem", "rationale", "advice")
"""Keys of long texts, which have a line for each language. Other texts have all languages on one line, in braces."""

_SECTION_KEYS = {
    "facts": ("id", "draft", "statement", "cites", "terms"),
    "lessons": ("id", "keep", "do", "facts", "weight", "audience"),
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

_NEVER_BREAK = 2**31 - 1
"""A width that no line reaches."""


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


class _Dumper(yaml.SafeDumper):
    """A YAML writer that quotes each text that the bank's reader would read as something else."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Return True: what occurs twice is written twice, because a bank must not have aliases."""
        return True

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:  # noqa: FBT001
        """Represent a list: in brackets if it has only scalars."""
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = all(isinstance(part, yaml.ScalarNode) for part in node.value)
        return node

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:  # noqa: FBT001
        """Represent a mapping: in braces if it has only scalars, unless it is a long text."""
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = all(isinstance(part, yaml.ScalarNode) for _key, part in node.value)
        for key, part in node.value:
            part.flow_style = key.value not in _BLOCK_KEYS and getattr(part, "flow_style", None)
        return node

    def serialize(self, node: Any) -> None:
        """Write a document, which is never in braces as a whole."""
        node.flow_style = False
        super().serialize(node)

    def choose_scalar_style(self) -> Any:
        """Return the style of a scalar: double quotes in place of single ones."""
        style = super().choose_scalar_style()
        return '"' if style == "'" else style


class _IndentedDumper(_Dumper):
    """A YAML writer that indents a list within a mapping."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002
        """Indent what follows."""
        super().increase_indent(flow, indentless=False)


def _represent_text(dumper: _Dumper, text: str) -> Any:
    style = None if parse_scalar(text) == text and "\n" not in text else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_multi_representer(str, _represent_text)


def bank_file_yaml(data: Mapping[str, Any]) -> bytes:
    """Return a file of a question bank with this data."""
    return (SCHEMA_COMMENT + "".join(f"{line}\n" for line in _file_lines(data))).encode()


def _file_lines(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if not (value and isinstance(value, list) and all(isinstance(each, dict) for each in value)):
            yield yaml_key_line(key, value)
            continue
        yield from ("", f"{key}:")
        for entry in value:
            yield from [""] if "topic" in data else []
            yield from entry_yaml_lines(key, entry, ListLayout())


def entry_yaml_lines(section: str, entry: Mapping[str, Any], layout: ListLayout) -> list[str]:
    """Return the lines of an entry of a section, such as ``facts``. It need not be complete. Its keys are in their usual order."""
    known = _entry_keys(section, entry)
    keys = [*(key for key in known if key in entry), *(key for key in entry if key not in known)]
    first, *others = _dump({key: entry[key] for key in keys}, layout).splitlines()
    dash = f"{' ' * layout.dash}-".ljust(layout.text)
    return [dash + first, *(" " * layout.text + line for line in others)]


def yaml_key_line(key: str, value: Any) -> str:
    """Return a key and its value as YAML: on one line if the value has only scalars."""
    return _dump({key: value}, ListLayout()).rstrip("\n")


def _entry_keys(section: str, entry: Mapping[str, Any]) -> Sequence[str]:
    """Return the keys that an entry of a section can have, in the order in which they are written."""
    if section != "questions":
        return _SECTION_KEYS.get(section, ())
    kind = KINDS.get(str(entry.get("kind")))
    return kind.entry_fields if kind else ()


def _dump(data: Mapping[str, Any], layout: ListLayout) -> str:
    """Return data as YAML. Lines are never broken."""
    written: str = yaml.dump(
        data,
        Dumper=_Dumper if layout.dash == layout.key else _IndentedDumper,
        allow_unicode=True,
        indent=layout.step,
        sort_keys=False,
        width=_NEVER_BREAK,
    )
    return written
