"""The only reader of YAML: bytes in, plain data out, with the place of every key and value.

It takes the events of the parser rather than its objects, so that depth, aliases and tags cost nothing
before they are refused, and so that texts stay as written (only the plain forms of JSON are read as
numbers, truth values and null, and YAML's yes, no, on and off, which authors write by mistake).
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

import yaml

from quizgen.bank.files import RawFile
from quizgen.errors import Diagnostic, Path, Problem, problem
from quizgen.text.characters import UNSEEN, described, visible
from quizgen.text.messages import Said, as_message, text

MAX_DEPTH = 12
"""A bank file is nested half as deep at the most."""

MAX_UNSEEN = 100
"""A file with more characters than this that nobody sees is taken to be no text at all."""

PLACEHOLDER = "\ufffd"
"""Stands in for a refused character, which has been reported, while the rest of its file is read."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_SURROGATE = re.compile("[\ud800-\udfff]")
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_FRACTION = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{0,15}")


class Place:
    """Where a value stands (line and column from 1), its keys, and the values in it."""

    __slots__ = ("column", "keys", "line", "parts")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column
        self.keys: dict[str, tuple[int, int]] = {}
        self.parts: dict[str | int, Place] = {}


class Document:
    """A bank file as data, with the place of all that is in it.

    ``misshapen`` are the paths of what does not have the schema's shape, and ``broken`` their starts, two
    steps at the most.
    """

    def __init__(self, name: str, data: Any, root: Place) -> None:
        self.name = name
        self.data = data
        self.misshapen: set[Path] = set()
        self.broken: set[Path] = set()
        self._root = root

    def part(self, path: Path) -> Any:
        """Return the value that stands at a path."""
        value = self.data
        for step in path:
            value = value[step]
        return value

    def problem(self, path: Path, what: Said, hint: Said = "", *, key: bool = False) -> Problem:
        """Make a problem at a value, or at its key."""
        line, column = self.place(path, key=key)
        return problem(what, hint, file=self.name, line=line, column=column)

    def report(self, found: Diagnostic) -> Problem:
        """Make a problem of what was found in the data."""
        what = found.what
        if found.see and (line := self.place(found.see)[0]):
            what = text("bank.see-line", what=as_message(what), line=line)
        return self.problem(found.path, what, found.hint, key=found.at_key)

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column of a value (or of its key); the nearest value around it, if it is missing."""
        here = self._root
        for part in path[:-1]:
            here = here.parts.get(part, here)
        if path:
            last = path[-1]
            if key and isinstance(last, str) and last in here.keys:
                return here.keys[last]
            here = here.parts.get(last, here)
        return here.line, here.column


def read(file: RawFile) -> tuple[Document | None, list[Problem]]:
    """Read one file; ``None`` where it is not YAML that a bank may hold."""
    content = _decode(file)
    if isinstance(content, Problem):
        return None, [content]
    reading = _Reading(file.name)
    problems = [
        problem(
            "bank.file-holds",
            "bank.take-out",
            character=described(found[0]),
            file=file.name,
            **_place_in(content, found.start()),
        )
        for found in UNSEEN.finditer(content)
    ]
    failure = _run(reading, UNSEEN.sub(PLACEHOLDER, content))
    problems += reading.problems
    if failure:
        return None, [*problems, failure]
    if reading.root is None or reading.data is None:
        return None, [*problems, problem("yaml.empty", "yaml.fill", file=file.name)]
    return Document(file.name, reading.data, reading.root), problems


def _run(reading: "_Reading", content: str) -> Problem | None:
    """Read all events of a text, or as many as there are before one that cannot be taken."""
    try:
        for event in yaml.parse(content, Loader=_LOADER):
            reading.take(event)
    except _RefusedError as refused:
        return refused.problem
    except yaml.MarkedYAMLError as error:
        return _malformed(reading.name, error)
    except (yaml.YAMLError, ValueError) as error:  # PyYAML's own parser lets a ValueError through
        return problem("yaml.malformed", what=str(error), file=reading.name)
    return None


def _decode(file: RawFile) -> str | Problem:
    raw = file.raw
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem("yaml.utf16", "yaml.save-utf8", file=file.name)
    if (zero := raw.find(b"\0")) >= 0:
        return problem("yaml.zero-byte", "yaml.remove", byte=zero, file=file.name)
    try:
        content = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        return problem(
            "yaml.no-utf8",
            "yaml.save-utf8",
            byte=error.start,
            value=f"0x{raw[error.start]:02x}",
            file=file.name,
            **_place_in(before, len(before)),
        )
    unseen = list(islice(UNSEEN.finditer(content), MAX_UNSEEN + 1))
    if len(unseen) > MAX_UNSEEN:
        character = described(unseen[0][0])
        return problem("yaml.no-text", "yaml.remove", character=character, file=file.name)
    return content


def _place_in(content: str, offset: int) -> dict[str, int]:
    line_start = content.rfind("\n", 0, offset) + 1
    return {"line": content.count("\n", 0, offset) + 1, "column": offset - line_start + 1}


class _RefusedError(Exception):
    """What a bank file may not hold, so that the rest of it is not read."""

    def __init__(self, name: str, mark: Any, what: Said, hint: Said) -> None:
        self.problem = problem(what, hint, file=name, line=mark.line + 1, column=mark.column + 1)
        super().__init__(str(what))


class _Reading:
    """Data and places built up from events; a stack in place of recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.data: Any = None
        self.root: Place | None = None
        self.problems: list[Problem] = []
        self._open: list[tuple[Any, Place]] = []
        self._here = Place(1, 1)
        self._keys: list[str | None] = []  # for each open mapping: the key that waits for its value

    def take(self, event: Any) -> None:
        """Take in the parser's next event."""
        self._refuse_references(event)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start([], event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._refuse(event, "yaml.second-document", "yaml.one-document")

    def _refuse(self, event: Any, what: Said, hint: Said) -> None:
        raise _RefusedError(self.name, event.start_mark, what, hint)

    def _refuse_references(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, text("yaml.alias", name=event.anchor), "yaml.write-out")
        if getattr(event, "anchor", None):
            self._refuse(event, text("yaml.anchor", name=event.anchor), "bank.take-out")
        if getattr(event, "tag", None):
            self._refuse(event, text("yaml.tag", name=event.tag), "bank.take-out")

    def _start(self, container: Any, event: Any) -> None:
        if len(self._open) == MAX_DEPTH:
            self._refuse(event, text("yaml.deep", most=MAX_DEPTH), "yaml.see-schema")
        self._add(container, event, is_key=self._awaits_key())
        self._open.append((container, self._here))
        self._keys.append(None)

    def _scalar(self, event: Any) -> None:
        if surrogate := _SURROGATE.search(event.value):  # libyaml itself refuses the escape that makes one
            self._refuse(event, text("bank.holds", character=described(surrogate[0])), "bank.take-out")
        if not self._awaits_key():
            plain = event.implicit[0]
            self._add(_resolved(event.value) if plain else event.value, event)
            return
        key = event.value
        if key == "<<" and event.implicit[0]:
            self._refuse(event, "yaml.merge-key", "yaml.write-keys-out")
        _, place = self._open[-1]
        if key in place.keys:
            line, _ = place.keys[key]
            self.problems.append(
                problem(
                    text("yaml.twice", key=visible(key), line=line),
                    "yaml.keep-one",
                    file=self.name,
                    line=event.start_mark.line + 1,
                    column=event.start_mark.column + 1,
                )
            )
        else:
            place.keys[key] = (event.start_mark.line + 1, event.start_mark.column + 1)
        self._keys[-1] = key

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][0], dict) and self._keys[-1] is None

    def _add(self, value: Any, event: Any, *, is_key: bool = False) -> None:
        """Put a value where it belongs; of a key given twice the first stands."""
        if is_key:
            self._refuse(event, "yaml.no-key", "yaml.quote")
        self._here = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if not self._open:
            self.data, self.root = value, self._here
            return
        container, place = self._open[-1]
        if isinstance(container, list):
            place.parts[len(container)] = self._here
            container.append(value)
            return
        key = self._keys[-1]
        self._keys[-1] = None
        if key is not None and key not in container:
            container[key] = value
            place.parts[key] = self._here


_LONGEST_NUMBER = 30
"""Characters of a number; what is longer is a text, as nothing in a bank is counted so high."""


def _resolved(plain: str) -> Any:
    """Read an unquoted scalar: null, a truth value, a number, or else text."""
    if plain in ("", "~") or plain.lower() == "null":
        return None
    if (truth := _TRUTH.get(plain.lower())) is not None:
        return truth
    if _INTEGER.fullmatch(plain) and len(plain) <= _LONGEST_NUMBER:
        return int(plain)
    return float(plain) if _FRACTION.fullmatch(plain) and len(plain) <= _LONGEST_NUMBER else plain


_MALFORMED: Sequence[tuple[str, str, str]] = (
    # What the parser says, what is the matter, what to do. The first that fits is said.
    ("mapping values are not allowed", "yaml.colon", "yaml.quote"),
    ("quoted scalar found unexpected end", "yaml.open-quote", "yaml.close"),
    ("quoted scalar found unknown escape", "yaml.unknown-escape", "yaml.backslash"),
    ("quoted scalar", "yaml.bad-escape", "yaml.backslash"),
    ("flow sequence", "yaml.open-list", "yaml.mend-list"),
    ("flow mapping", "yaml.open-braces", "yaml.mend-braces"),
    ("'\\t' that cannot start", "yaml.tab", "yaml.indent"),
    ("cannot start any token", "yaml.bad-start", "yaml.quote"),
    ("simple key", "yaml.no-colon", "yaml.check-line"),
    ("flow level", "yaml.brackets", "yaml.see-schema"),
    ("block", "yaml.block", "yaml.check-indentation"),
    ("flow node", "yaml.open-either", "yaml.check-line"),
    ("", "yaml.unread", "yaml.check-line"),  # never in the parser's own words, which are English
)
_FROM_THE_OPENING = ("quoted scalar found unexpected end", "flow sequence", "flow mapping")


def _malformed(name: str, error: yaml.MarkedYAMLError) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}".strip()
    found = next(row for row in _MALFORMED if row[0] in said)
    mark = error.problem_mark or error.context_mark
    if found[0] in _FROM_THE_OPENING and error.context_mark:
        mark = error.context_mark
    place = {"line": mark.line + 1, "column": mark.column + 1} if mark else {}
    return problem("yaml.malformed", found[2], what=text(found[1]), file=name, **place)
