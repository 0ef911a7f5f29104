"""Write whole files of a question bank as YAML. ``insert.py`` changes single entries of a file, and keeps its comments."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from quizgen.author.new_bank import SCHEMA_COMMENT
from quizgen.bank.reader import parse_scalar

_ENTRY_INDENT = "  "
_ROOT = "root"
"""A key beside each key of a file while it is written: with an empty list as its value, the file is never in braces."""

_NEVER_BREAK = 2**31 - 1
"""A width that no line reaches."""


class _Dumper(yaml.CSafeDumper):
    """A YAML writer that quotes each text that the bank's reader would read as something else."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Return True: what occurs twice is written twice, because a bank must not have aliases."""
        return True

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:  # noqa: FBT001
        """Represent a list: in brackets if it has only scalars."""
        return _in_brackets_if_flat(super().represent_sequence(tag, sequence, flow_style))

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:  # noqa: FBT001
        """Represent a mapping: in braces if it has only scalars."""
        return _in_brackets_if_flat(super().represent_mapping(tag, mapping, flow_style))


def _in_brackets_if_flat(node: Any) -> Any:
    parts = [part[1] if isinstance(part, tuple) else part for part in node.value]
    node.flow_style = all(isinstance(part, yaml.ScalarNode) for part in parts)
    return node


def _represent_text(dumper: _Dumper, text: str) -> Any:
    style = None if parse_scalar(text) == text and "\n" not in text else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def bank_file_yaml(data: Mapping[str, Any]) -> bytes:
    """Return a file of a question bank with this data. Texts in several languages and lists of words are on one line."""
    return (SCHEMA_COMMENT + "".join(_file_lines(data))).encode()


def _file_lines(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if not (value and isinstance(value, list) and all(isinstance(each, dict) for each in value)):
            yield _dump_value({key: value, _ROOT: []}).removesuffix(f"{_ROOT}: []\n")
            continue
        yield f"\n{key}:\n"
        for entry in value:
            yield "\n" if "topic" in data else ""
            yield from (_ENTRY_INDENT + line for line in _dump_value([entry]).splitlines(keepends=True))


def _dump_value(value: Any) -> str:
    """Return a list or a mapping as YAML. A mapping or list in it that has only scalars is in braces or brackets."""
    written: str = yaml.dump(
        value,
        Dumper=_Dumper,
        default_flow_style=False,
        allow_unicode=True,
        sort_keys=False,
        width=_NEVER_BREAK,
    )
    return written
