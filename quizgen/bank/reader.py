"""Read YAML files with the line and column of each value. No other module reads YAML.

libyaml parses a file into nodes, which know their positions. The nodes are converted to plain data and thrown away.
To find the position of a problem, the file is parsed again. That is cheaper than storing the position of every value
of every file.

Unquoted values become numbers, truth values and null only if they look like those of JSON, or are ``yes``, ``no``,
``on`` or ``off``, which authors write by mistake. All others are texts.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from sys import intern
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.composer import ComposerError

from quizgen.bank.files import MAX_BYTES, RawFile
from quizgen.errors import Diagnostic, Path, Problem, QuizgenError, problem
from quizgen.text.characters import FORBIDDEN_CHARACTERS, describe_character, escape_forbidden
from quizgen.text.messages import NOTHING, Message, _

MAX_DEPTH = 12
"""The deepest nesting that is read; bank files need half of it."""

MAX_VALUES = 100_000
"""The most keys and values of a file, since each takes up to two kilobytes of memory. 200 questions have about 25,000."""

MAX_FORBIDDEN_CHARACTERS = 100
"""A file with more forbidden characters than this is not a text file."""

PLACEHOLDER = "\ufffd"
"""Replaces a forbidden character, which was reported, so that the rest of the file can be read."""

_PLAIN, _QUOTED = "plain", "quoted"
"""Tags that ``_Loader`` gives to nodes without a tag of their own."""

_CONSTANTS = {
    "": None, "~": None, "null": None,
    "true": True, "yes": True, "on": True, "false": False, "no": False, "off": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_FRACTION = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{0,15}")
_MAX_NUMBER_LENGTH = 30
"""The most characters of a number; anything longer is a text."""

if not yaml.__with_libyaml__:
    raise QuizgenError(
        problem(
            _("PyYAML is installed without libyaml, which reads the bank"),
            _("install a wheel of it: pip install --force-reinstall PyYAML"),
        )
    )


class _Loader(yaml.CBaseLoader):
    """A YAML loader that tells unquoted scalars from quoted ones by their tags."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """Return the tag of a node that has none in the file."""
        del value
        return _PLAIN if kind is not yaml.ScalarNode or implicit[0] else _QUOTED

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Do nothing. The base class would look up tags that depend on a node's place in the file, and there are none."""

    def ascend_resolver(self) -> None:
        """Do nothing, like :meth:`descend_resolver`."""


class YamlError(Exception):
    """A file contains YAML that a question bank file must not contain. The rest of it is not read."""

    def __init__(self, mark: Any, what: Message, hint: Message) -> None:
        self.mark, self.what, self.hint = mark, what, hint
        super().__init__(str(what))


class Place(NamedTuple):
    """Where something is: a file with line and column from 1, or a file alone. A cell of a table is such a file: ``bank.xlsx:Facts!B7``."""

    file: str
    line: int = 0
    column: int = 0


class Document:
    """A question bank file as plain data. It can find the line and column of each value.

    ``invalid_entries`` are the first two steps of the paths of values that do not fit the schema. ``unexplained`` counts invalid values that are not reported because there are too many.
    ``entries`` is a cache of sections for ``checks.section_entries``.
    """

    def __init__(self, name: str, data: Any, content: str) -> None:
        self.name = name
        self.data = data
        self.invalid_entries: set[Path] = set()
        self.unexplained = 0
        self.entries: dict[str, list[Any]] = {}
        self._content = content
        self._keys: dict[int, dict[str, tuple[Any, Any]]] = {}

    @cached_property
    def root(self) -> Any:
        """The node of the whole file. Whatever line breaks the file has, they are line feeds in its positions."""
        return yaml.compose(self._content, Loader=_Loader)

    @property
    def content(self) -> str:
        """The text of the file. Whatever line breaks the file has, they are line feeds here."""
        return self._content

    def value_at(self, path: Path) -> Any:
        """Return the value at a path."""
        value = self.data
        for step in path:
            value = value[step]
        return value

    def problem_at(
        self, path: Path, what: Message, hint: Message = NOTHING, *, at_key: bool = False
    ) -> Problem:
        """Return a problem with the file, line and column of a value, or of its key if ``at_key`` is true."""
        return problem(what, hint, **self.place_of(path, at_key=at_key)._asdict())

    def place_of(self, path: Path, *, at_key: bool = False) -> "Place":
        """Return where a value is, or its key if ``at_key`` is true, as problems name it."""
        return Place(self.name, *self.line_and_column(path, at_key=at_key))

    def locate_problem(self, diagnostic: Diagnostic) -> Problem:
        """Convert a diagnostic to a problem with file, line and column."""
        what = diagnostic.what
        if diagnostic.related:
            place = self.place_of(diagnostic.related)
            what = (
                _("{what}: see line {line}", what=what, line=place.line)
                if place.line
                else _("{what}: see {place}", what=what, place=place.file)
            )
        return self.problem_at(diagnostic.path, what, diagnostic.hint, at_key=diagnostic.at_key)

    def line_and_column(self, path: Path, *, at_key: bool = False) -> tuple[int, int]:
        """Return the line and column of a value, from 1, or of its key if ``at_key`` is true.

        If there is no value at the path, return the position of the nearest value that contains it.
        """
        here = self.root
        for step in path[:-1]:
            here = self._child_nodes(here, step)[1] or here
        if path:
            name, value = self._child_nodes(here, path[-1])
            here = (name if at_key else None) or value or here
        return here.start_mark.line + 1, here.start_mark.column + 1

    def _child_nodes(self, node: Any, step: str | int) -> tuple[Any, Any]:
        """Return the nodes of a key and of its value. A list item has no key. Both are ``None`` if there is no such child."""
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            return None, node.value[step]
        if not isinstance(node, yaml.MappingNode) or not isinstance(step, str):
            return None, None
        if id(node) not in self._keys:  # if a key is given twice, the first one counts
            self._keys[id(node)] = {key.value: (key, value) for key, value in reversed(node.value)}
        return self._keys[id(node)].get(step, (None, None))


class ComposedDocument(Document):
    """A question bank file that does not exist yet, or is about to change: parts of its data come from somewhere else.

    ``origins`` maps paths of such parts to a function that finds where a path within the part comes from. Everything
    else is in ``content``.
    """

    def __init__(self, name: str, data: Any, content: str, origins: Mapping[Path, "Locate"]) -> None:
        super().__init__(name, data, content)
        self._origins = origins

    def place_of(self, path: Path, *, at_key: bool = False) -> Place:
        """Return where a value comes from."""
        for length in range(len(path), -1, -1):
            if locate := self._origins.get(path[:length]):
                return locate(path[length:], at_key)
        return super().place_of(path, at_key=at_key)


Locate: TypeAlias = Callable[[Path, bool], Place]
"""Returns where the value at a path comes from, or its key if the second argument is true."""


def is_too_large(file: RawFile) -> bool:
    """Return whether a changed file has more bytes or values than is allowed in a file of a question bank."""
    if len(file.raw) > MAX_BYTES:
        return True
    try:
        events = yaml.parse(file.raw.decode("utf-8-sig"), Loader=_Loader)
        return sum(isinstance(event, yaml.NodeEvent) for event in events) > MAX_VALUES
    except yaml.YAMLError:
        return False


def read_document(file: RawFile) -> tuple[Document | None, list[Problem]]:
    """Parse a question bank file. Return the document, or ``None`` if the file is not valid YAML, and all problems."""
    content = _decode_file(file)
    if isinstance(content, Problem):
        return None, [content]
    forbidden = list(islice(FORBIDDEN_CHARACTERS.finditer(content), MAX_FORBIDDEN_CHARACTERS + 1))
    if len(forbidden) > MAX_FORBIDDEN_CHARACTERS:
        character = describe_character(forbidden[0][0])
        return None, [
            problem(
                _("this is not a text file: it has many characters such as {character}"),
                _("remove it"),
                character=character,
                file=file.name,
            )
        ]
    problems = [
        problem(
            _("the file contains {character}"),
            _("remove it"),
            character=describe_character(match[0]),
            file=file.name,
            **_line_and_column(content, match.start()),
        )
        for match in forbidden
    ]
    if problems:
        content = FORBIDDEN_CHARACTERS.sub(PLACEHOLDER, content)
    converter = _Converter(file.name, problems)
    try:
        root = _compose_nodes(content)
        data = converter.convert(root) if root else None
    except (YamlError, yaml.YAMLError, ValueError) as error:  # PyYAML lets a ValueError pass
        return None, [*problems, _problem_from_error(file.name, error)]
    if data is None:
        return None, [*problems, problem(_("this file is empty"), _("fill it or remove it"), file=file.name)]
    return Document(file.name, data, content), problems


def _decode_file(file: RawFile) -> str | Problem:
    raw = file.raw
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem(_("this file is UTF-16"), _("save it as UTF-8"), file=file.name)
    if (zero := raw.find(b"\0")) >= 0:
        return problem(
            _("this is not a text file: byte {byte} is zero"), _("remove it"), byte=zero, file=file.name
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
            **_line_and_column(before, len(before)),
        )


def _line_and_column(content: str, offset: int) -> dict[str, int]:
    line_start = content.rfind("\n", 0, offset) + 1
    return {"line": content.count("\n", 0, offset) + 1, "column": offset - line_start + 1}


def _compose_nodes(content: str) -> Any:
    """Parse YAML into nodes. Raises YamlError for anchors, aliases, deep nesting and very many values.

    Nodes take much memory, and do not show anchors and aliases, so events are checked before.
    """
    depth = count = 0
    event: Any
    for event in yaml.parse(content, Loader=_Loader):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        count += 1
        if count > MAX_VALUES:
            raise YamlError(
                event.start_mark,
                _("this file has more than {most} keys and values", most=MAX_VALUES),
                _("split its topic into several"),
            )
        if event.anchor and isinstance(event, yaml.AliasEvent):
            raise YamlError(
                event.start_mark,
                _("aliases (*{name}) are not allowed", name=event.anchor),
                _("write the text out in full"),
            )
        if event.anchor:
            raise YamlError(
                event.start_mark, _("anchors (&{name}) are not allowed", name=event.anchor), _("remove it")
            )
        if isinstance(event, yaml.CollectionStartEvent):
            if depth == MAX_DEPTH:
                raise YamlError(
                    event.start_mark,
                    _("this is nested more than {most} levels deep", most=MAX_DEPTH),
                    _("see `quizgen bank schema`"),
                )
            depth += 1
    return yaml.compose(content, Loader=_Loader)


class _Converter:
    """Converts the YAML nodes of a file to plain data, and collects problems."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self._name = name
        self._problems = problems

    def convert(self, node: Any) -> Any:
        """Return the value of a node. Raises YamlError for YAML that a question bank file must not contain."""
        if isinstance(node, yaml.ScalarNode):
            if node.tag == _QUOTED:
                return node.value
            if node.tag == _PLAIN:
                return parse_scalar(node.value)
        if node.tag != _PLAIN:
            raise YamlError(
                node.start_mark, _("tags ({name}) are not allowed", name=node.tag), _("remove it")
            )
        if isinstance(node, yaml.SequenceNode):
            return [self.convert(item) for item in node.value]
        return self._convert_mapping(node)

    def _convert_mapping(self, node: Any) -> dict[str, Any]:
        """Return a mapping as a dict. A duplicate key is a problem, and its first value is used."""
        data: dict[str, Any] = {}
        for key, value in node.value:
            name = self._convert_key(key)
            if name in data:
                first = next(each for each, _value in node.value if each.value == name)
                what = _(
                    "`{key}` is given twice: it is already on line {line}",
                    key=escape_forbidden(name),
                    line=first.start_mark.line + 1,
                )
                self._problems.append(_make_problem(self._name, key.start_mark, what, _("keep one of them")))
            else:
                data[name] = self.convert(value)
        return data

    def _convert_key(self, node: Any) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise YamlError(
                node.start_mark,
                _("expected a key, but found a list or a mapping"),
                _("put the text in quotes"),
            )
        if node.tag not in (_PLAIN, _QUOTED):
            raise YamlError(
                node.start_mark, _("tags ({name}) are not allowed", name=node.tag), _("remove it")
            )
        if node.value == "<<" and node.tag == _PLAIN:
            raise YamlError(
                node.start_mark, _("merge keys (<<) are not allowed"), _("write the keys out in full")
            )
        return intern(node.value)


def parse_scalar(scalar: str) -> Any:
    """Return the value of an unquoted scalar: null, a truth value, a number, or else the text itself."""
    if len(scalar) > _MAX_NUMBER_LENGTH:
        return scalar
    word = scalar.lower()
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if _INTEGER.fullmatch(scalar):
        return int(scalar)
    if not _FRACTION.fullmatch(scalar):
        return scalar
    number = float(scalar)
    return int(number) if number.is_integer() else number


_YAML_ERRORS: Sequence[tuple[str, Message, Message]] = (
    # What the parser says, what is wrong, what to do. The first match is used.
    ("mapping values are not allowed", _("a colon cannot be here"), _("put the text in quotes")),
    ("quoted scalar found unexpected end", _("this quotation mark is never closed"), _("close it")),
    ("quoted scalar found unknown escape", _("unknown escape sequence"), _("write \\\\ for a backslash")),
    ("quoted scalar", _("this escape sequence or quotation is malformed"), _("write \\\\ for a backslash")),
    (
        "flow sequence",
        _("the list opened here is not closed, or a comma is missing"),
        _("fix it, or write one entry per line"),
    ),
    (
        "flow mapping",
        _("the braces opened here are not closed, or a comma is missing"),
        _("fix them, or put the text in quotes"),
    ),
    ("'\\t' that cannot start", _("a tab is used for indentation"), _("indent with spaces")),
    ("cannot start any token", _("a text cannot start with this character"), _("put the text in quotes")),
    ("simple key", _("this line has no colon"), _("check its indentation and quotes")),
    ("flow level", _("brackets are nested too deep"), _("see `quizgen bank schema`")),
    (
        "block",
        _("this line does not fit the lines above it"),
        _("check its indentation, and put texts in quotes"),
    ),
    ("flow node", _("a bracket or brace is not closed"), _("check its indentation and quotes")),
    (
        "",
        _("the file cannot be read beyond this point"),
        _("check its indentation and quotes"),
    ),  # the parser's own words exist in English only
)
_PLACED_AT_START = ("quoted scalar found unexpected end", "flow sequence", "flow mapping")


def _problem_from_error(name: str, error: Exception) -> Problem:
    """Return a problem that explains why a file could not be parsed."""
    if isinstance(error, YamlError):
        return _make_problem(name, error.mark, error.what, error.hint)
    if isinstance(error, ComposerError):  # aliases were refused before, so this is a second document
        return _make_problem(
            name, error.problem_mark, _("a second document starts here"), _("keep one document per file")
        )
    if isinstance(error, yaml.MarkedYAMLError):
        return _problem_from_yaml_error(name, error)
    return problem(_("this is not YAML: {what}"), what=str(error), file=name)


def _problem_from_yaml_error(name: str, error: yaml.MarkedYAMLError) -> Problem:
    text = f"{error.context or ''} {error.problem or ''}".strip()
    row = next(row for row in _YAML_ERRORS if row[0] in text)
    mark = error.problem_mark or error.context_mark
    if row[0] in _PLACED_AT_START and error.context_mark:
        mark = error.context_mark
    return _make_problem(name, mark, _("this is not YAML: {what}", what=row[1]), row[2])


def _make_problem(name: str, mark: Any, what: Message, hint: Message) -> Problem:
    place = {"line": mark.line + 1, "column": mark.column + 1} if mark else {}
    return problem(what, hint, file=name, **place)
