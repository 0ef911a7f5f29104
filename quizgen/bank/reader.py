"""The only reader of YAML: bytes in, plain data out, and the line and column of any part of it.

libyaml composes a file into nodes, which know where they stand. They become plain data at once; only when a problem
has to be placed is the file composed again, since that costs less than to keep the place of every value of every file.

Texts stay as written: only the plain forms of JSON are read as numbers, truth values and null, and YAML's yes, no, on
and off, which authors write by mistake.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from sys import intern
from typing import Any

import yaml
from yaml.composer import ComposerError

from quizgen.bank.files import RawFile
from quizgen.errors import Diagnostic, Path, Problem, QuizgenError, problem
from quizgen.text.characters import FORBIDDEN_CHARACTERS, describe_character, escape_forbidden
from quizgen.text.messages import NOTHING, Message, _

MAX_DEPTH = 12
"""A bank file is nested half as deep at the most."""

MAX_FORBIDDEN_CHARACTERS = 100
"""A file with more characters than this that nobody sees is taken to be no text at all."""

PLACEHOLDER = "\ufffd"
"""Stands in for a refused character, which has been reported, while the rest of its file is read."""

_PLAIN, _QUOTED = "plain", "quoted"
"""The tags that our loader gives to what has no tag of its own."""

_REFERENCE = re.compile(r"(?:^|[\s\[{,])[&*][^\s\[\]{},]", re.MULTILINE)
"""What an anchor or an alias looks like. Texts may hold it too, so the parser has the last word."""

_WORDS = {
    "": None, "~": None, "null": None,
    "true": True, "yes": True, "on": True, "false": False, "no": False, "off": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_FRACTION = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{0,15}")
_LONGEST_NUMBER = 30
"""Characters of a number; what is longer is a text, as nothing in a bank is counted so high."""

if not yaml.__with_libyaml__:
    raise QuizgenError(
        problem(
            _("PyYAML is installed without libyaml, which reads the bank"),
            _("install a wheel of it: pip install --force-reinstall PyYAML"),
        )
    )


class _Loader(yaml.CBaseLoader):
    """Composes nodes, and tells plain scalars from quoted ones; any tag that a file sets itself is left as it is."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """Give the tag of a node without one."""
        del value
        return _PLAIN if kind is not yaml.ScalarNode or implicit[0] else _QUOTED

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Do nothing: no tag depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """Do nothing, as :meth:`descend_resolver`."""


class YamlError(Exception):
    """What a bank file may not hold, so that the rest of it is not read."""

    def __init__(self, mark: Any, what: Message, hint: Message) -> None:
        self.mark, self.what, self.hint = mark, what, hint
        super().__init__(str(what))


class Document:
    """A bank file as data, which can say where each part of it stands.

    ``misshapen`` are the paths of what does not have the schema's shape, and ``broken`` their starts, two
    steps at the most. ``counted`` is how many of these problems are not said, for there are too many. ``entries`` are
    those of its sections that were looked into (``checks.entries``).
    """

    def __init__(self, name: str, data: Any, content: str) -> None:
        self.name = name
        self.data = data
        self.misshapen: set[Path] = set()
        self.broken: set[Path] = set()
        self.counted = 0
        self.entries: dict[str, list[Any]] = {}
        self._content = content
        self._keys: dict[int, dict[str, tuple[Any, Any]]] = {}

    @cached_property
    def _root(self) -> Any:
        return yaml.compose(self._content, Loader=_Loader)

    def part(self, path: Path) -> Any:
        """Return the value that stands at a path."""
        value = self.data
        for step in path:
            value = value[step]
        return value

    def problem(self, path: Path, what: Message, hint: Message = NOTHING, *, key: bool = False) -> Problem:
        """Make a problem at a value, or at its key."""
        line, column = self.place(path, key=key)
        return problem(what, hint, file=self.name, line=line, column=column)

    def report(self, found: Diagnostic) -> Problem:
        """Make a problem of what was found in the data."""
        what = found.what
        if found.related and (line := self.place(found.related)[0]):
            what = _("{what}: see line {line}", what=what, line=line)
        return self.problem(found.path, what, found.hint, key=found.at_key)

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column of a value (or of its key), from 1; of the nearest value around it, if it is missing."""
        here = self._root
        for step in path[:-1]:
            here = self._child(here, step)[1] or here
        if path:
            name, value = self._child(here, path[-1])
            here = (name if key else None) or value or here
        return here.start_mark.line + 1, here.start_mark.column + 1

    def _child(self, node: Any, step: str | int) -> tuple[Any, Any]:
        """Nodes of a key and its value; of an item of a list, which has no key; ``None`` for what is missing."""
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            return None, node.value[step]
        if not isinstance(node, yaml.MappingNode) or not isinstance(step, str):
            return None, None
        if id(node) not in self._keys:  # of a key given twice the first stands
            self._keys[id(node)] = {key.value: (key, value) for key, value in reversed(node.value)}
        return self._keys[id(node)].get(step, (None, None))


def read(file: RawFile) -> tuple[Document | None, list[Problem]]:
    """Read one file; ``None`` where it is not YAML that a bank may hold."""
    content = _decode(file)
    if isinstance(content, Problem):
        return None, [content]
    unseen = list(islice(FORBIDDEN_CHARACTERS.finditer(content), MAX_FORBIDDEN_CHARACTERS + 1))
    if len(unseen) > MAX_FORBIDDEN_CHARACTERS:
        character = describe_character(unseen[0][0])
        return None, [
            problem(
                _("this is no text file: it is full of characters such as {character}"),
                _("remove it"),
                character=character,
                file=file.name,
            )
        ]
    problems = [
        problem(
            _("the file holds {character}"),
            _("take it out"),
            character=describe_character(found[0]),
            file=file.name,
            **_place_in(content, found.start()),
        )
        for found in unseen
    ]
    if problems:
        content = FORBIDDEN_CHARACTERS.sub(PLACEHOLDER, content)
    reading = _Reading(file.name, problems)
    try:
        root = _composed(content)
        data = reading.value(root) if root else None
    except (YamlError, yaml.YAMLError, ValueError) as error:  # PyYAML lets a ValueError through
        return None, [*problems, _failure(file.name, error)]
    if data is None:
        return None, [*problems, problem(_("this file is empty"), _("fill it or remove it"), file=file.name)]
    return Document(file.name, data, content), problems


def _decode(file: RawFile) -> str | Problem:
    raw = file.raw
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem(_("this file is UTF-16"), _("save it as UTF-8"), file=file.name)
    if (zero := raw.find(b"\0")) >= 0:
        return problem(
            _("this is no text file: byte {byte} is zero"), _("remove it"), byte=zero, file=file.name
        )
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        return problem(
            _("this file is not UTF-8: byte {byte} is {value}"),
            _("save it as UTF-8"),
            byte=error.start,
            value=f"0x{raw[error.start]:02x}",
            file=file.name,
            **_place_in(before, len(before)),
        )


def _place_in(content: str, offset: int) -> dict[str, int]:
    line_start = content.rfind("\n", 0, offset) + 1
    return {"line": content.count("\n", 0, offset) + 1, "column": offset - line_start + 1}


def _composed(content: str) -> Any:
    """Compose a file, whose nodes no longer tell that one is the alias of another: these are refused before."""
    if _REFERENCE.search(content):
        event: Any
        for event in yaml.parse(content, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                raise YamlError(
                    event.start_mark,
                    _("an alias (*{name}) stands here", name=event.anchor),
                    _("write the text out in full"),
                )
            if getattr(event, "anchor", None):
                raise YamlError(
                    event.start_mark,
                    _("an anchor (&{name}) stands here", name=event.anchor),
                    _("take it out"),
                )
    return yaml.compose(content, Loader=_Loader)


class _Reading:
    """Turns the nodes of one file into plain data."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self._name = name
        self._problems = problems

    def value(self, node: Any, depth: int = 0) -> Any:
        """Give what a node holds; raises YamlError for what a bank file may not hold."""
        if isinstance(node, yaml.ScalarNode):
            if node.tag == _QUOTED:
                return node.value
            if node.tag == _PLAIN:
                return _resolved(node.value)
        if node.tag != _PLAIN:
            raise YamlError(node.start_mark, _("a tag ({name}) stands here", name=node.tag), _("take it out"))
        if depth == MAX_DEPTH:
            raise YamlError(
                node.start_mark,
                _("this is nested more than {most} deep", most=MAX_DEPTH),
                _("see `quizgen bank schema`"),
            )
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: Any, depth: int) -> dict[str, Any]:
        """Read a mapping; of a key given twice the first stands."""
        data: dict[str, Any] = {}
        for key, value in node.value:
            name = self._key(key)
            if name in data:
                first = next(each for each, _value in node.value if each.value == name)
                what = _(
                    "`{key}` is given twice: it stands on line {line} already",
                    key=escape_forbidden(name),
                    line=first.start_mark.line + 1,
                )
                self._problems.append(_problem_at(self._name, key.start_mark, what, _("keep one of them")))
            else:
                data[name] = self.value(value, depth + 1)
        return data

    def _key(self, node: Any) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise YamlError(
                node.start_mark,
                _("a list or mapping stands where a key is meant"),
                _("put the text in quotes"),
            )
        if node.tag not in (_PLAIN, _QUOTED):
            raise YamlError(node.start_mark, _("a tag ({name}) stands here", name=node.tag), _("take it out"))
        if node.value == "<<" and node.tag == _PLAIN:
            raise YamlError(
                node.start_mark, _("a merge key (<<) stands here"), _("write the keys out in full")
            )
        return intern(node.value)


def _resolved(plain: str) -> Any:
    """Read an unquoted scalar: null, a truth value, a number, or else text."""
    if len(plain) > _LONGEST_NUMBER:
        return plain
    word = plain.lower()
    if word in _WORDS:
        return _WORDS[word]
    if _INTEGER.fullmatch(plain):
        return int(plain)
    if not _FRACTION.fullmatch(plain):
        return plain
    number = float(plain)
    return int(number) if number.is_integer() else number


_MALFORMED: Sequence[tuple[str, Message, Message]] = (
    # What the parser says, what is the matter, what to do. The first that fits is said.
    ("mapping values are not allowed", _("a colon stands where none can"), _("put the text in quotes")),
    ("quoted scalar found unexpected end", _("this quote is never closed"), _("close it")),
    ("quoted scalar found unknown escape", _("this escape is unknown"), _("write \\\\ for a backslash")),
    ("quoted scalar", _("this escape or quote is not well formed"), _("write \\\\ for a backslash")),
    (
        "flow sequence",
        _("the list opened here has no end, or lacks a comma"),
        _("mend it, or write one entry a line"),
    ),
    (
        "flow mapping",
        _("the braces opened here have no end, or lack a comma"),
        _("mend them, or quote the text"),
    ),
    ("'\\t' that cannot start", _("a tab stands where spaces are meant"), _("indent with spaces")),
    ("cannot start any token", _("a text cannot start with this character"), _("put the text in quotes")),
    ("simple key", _("a line stands alone, without a colon"), _("check its indentation and quotes")),
    ("flow level", _("brackets are nested too deep"), _("see `quizgen bank schema`")),
    (
        "block",
        _("this line does not fit those above it"),
        _("check its indentation, and put texts in quotes"),
    ),
    ("flow node", _("a bracket or brace that was opened has no end"), _("check its indentation and quotes")),
    (
        "",
        _("it cannot be read on from here"),
        _("check its indentation and quotes"),
    ),  # never in the parser's own words, which are English
)
_FROM_THE_OPENING = ("quoted scalar found unexpected end", "flow sequence", "flow mapping")


def _failure(name: str, error: Exception) -> Problem:
    """Say why a file could not be read to its end."""
    if isinstance(error, YamlError):
        return _problem_at(name, error.mark, error.what, error.hint)
    if isinstance(
        error, ComposerError
    ):  # there are no aliases any more, so a second document is all that is left
        return _problem_at(
            name, error.problem_mark, _("a second document starts here"), _("keep one document to a file")
        )
    if isinstance(error, yaml.MarkedYAMLError):
        return _malformed(name, error)
    return problem(_("this is not YAML: {what}"), what=str(error), file=name)


def _malformed(name: str, error: yaml.MarkedYAMLError) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}".strip()
    found = next(row for row in _MALFORMED if row[0] in said)
    mark = error.problem_mark or error.context_mark
    if found[0] in _FROM_THE_OPENING and error.context_mark:
        mark = error.context_mark
    return _problem_at(name, mark, _("this is not YAML: {what}", what=found[1]), found[2])


def _problem_at(name: str, mark: Any, what: Message, hint: Message) -> Problem:
    place = {"line": mark.line + 1, "column": mark.column + 1} if mark else {}
    return problem(what, hint, file=name, **place)
