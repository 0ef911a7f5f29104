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
from quizgen.characters import UNSEEN, described, visible
from quizgen.errors import Diagnostic, Path, Problem, problem
from quizgen.language import Said

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
            what = f"{what}: see line {line}"
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
    text = _decode(file)
    if isinstance(text, Problem):
        return None, [text]
    reading = _Reading(file.name)
    problems = [
        problem(
            f"the file holds {described(found[0])}",
            "take it out",
            file=file.name,
            **_place_in(text, found.start()),
        )
        for found in UNSEEN.finditer(text)
    ]
    failure = _run(reading, UNSEEN.sub(PLACEHOLDER, text))
    problems += reading.problems
    if failure:
        return None, [*problems, failure]
    if reading.root is None or reading.data is None:
        return None, [*problems, problem("this file is empty", "fill it or remove it", file=file.name)]
    return Document(file.name, reading.data, reading.root), problems


def _run(reading: "_Reading", text: str) -> Problem | None:
    """Read all events of a text, or as many as there are before one that cannot be taken."""
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reading.take(event)
    except _RefusedError as refused:
        return refused.problem
    except yaml.MarkedYAMLError as error:
        return _malformed(reading.name, error)
    except (yaml.YAMLError, ValueError) as error:  # PyYAML's own parser lets a ValueError through
        return problem(f"this is not YAML: {error}", file=reading.name)
    return None


def _decode(file: RawFile) -> str | Problem:
    raw = file.raw
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem("this file is UTF-16", "save it as UTF-8", file=file.name)
    if (zero := raw.find(b"\0")) >= 0:
        return problem(f"this is no text file: byte {zero} is zero", "remove it", file=file.name)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        return problem(
            f"this file is not UTF-8: byte {error.start} is 0x{raw[error.start]:02x}",
            "save it as UTF-8",
            file=file.name,
            **_place_in(before, len(before)),
        )
    unseen = list(islice(UNSEEN.finditer(text), MAX_UNSEEN + 1))
    if len(unseen) > MAX_UNSEEN:
        what = f"this is no text file: it is full of characters such as {described(unseen[0][0])}"
        return problem(what, "remove it", file=file.name)
    return text


def _place_in(text: str, offset: int) -> dict[str, int]:
    line_start = text.rfind("\n", 0, offset) + 1
    return {"line": text.count("\n", 0, offset) + 1, "column": offset - line_start + 1}


class _RefusedError(Exception):
    """What a bank file may not hold, so that the rest of it is not read."""

    def __init__(self, name: str, mark: Any, what: Said, hint: Said) -> None:
        self.problem = problem(what, hint, file=name, line=mark.line + 1, column=mark.column + 1)
        super().__init__(what)


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
            self._refuse(event, "a second document starts here", "keep one document to a file")

    def _refuse(self, event: Any, what: Said, hint: Said) -> None:
        raise _RefusedError(self.name, event.start_mark, what, hint)

    def _refuse_references(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"an alias (*{event.anchor}) stands here", "write the text out in full")
        if getattr(event, "anchor", None):
            self._refuse(event, f"an anchor (&{event.anchor}) stands here", "take it out")
        if getattr(event, "tag", None):
            self._refuse(event, f"a tag ({event.tag}) stands here", "take it out")

    def _start(self, container: Any, event: Any) -> None:
        if len(self._open) == MAX_DEPTH:
            self._refuse(event, f"this is nested more than {MAX_DEPTH} deep", "see `quizgen bank schema`")
        self._add(container, event, is_key=self._awaits_key())
        self._open.append((container, self._here))
        self._keys.append(None)

    def _scalar(self, event: Any) -> None:
        if surrogate := _SURROGATE.search(event.value):  # libyaml itself refuses the escape that makes one
            self._refuse(event, f"this text holds {described(surrogate[0])}", "take it out")
        if not self._awaits_key():
            plain = event.implicit[0]
            self._add(_resolved(event.value) if plain else event.value, event)
            return
        key = event.value
        if key == "<<" and event.implicit[0]:
            self._refuse(event, "a merge key (<<) stands here", "write the keys out in full")
        _, place = self._open[-1]
        if key in place.keys:
            line, _ = place.keys[key]
            self.problems.append(
                problem(
                    f"`{visible(key)}` is given twice: it stands on line {line} already",
                    "keep one of them",
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
            self._refuse(event, "a list or mapping stands where a key is meant", "put the text in quotes")
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


def _resolved(plain: str) -> Any:
    """Read an unquoted scalar: null, a truth value, a number, or else text."""
    if plain in ("", "~") or plain.lower() == "null":
        return None
    if (truth := _TRUTH.get(plain.lower())) is not None:
        return truth
    if _INTEGER.fullmatch(plain):
        return int(plain)
    return float(plain) if _FRACTION.fullmatch(plain) else plain


_MALFORMED: Sequence[tuple[str, str, str]] = (
    # What the parser says, what is the matter, what to do. The first that fits is said.
    ("mapping values are not allowed", "a colon stands where none can", "put the text in quotes"),
    ("quoted scalar found unexpected end", "this quote is never closed", "close it"),
    ("quoted scalar found unknown escape", "this escape is unknown", "write \\\\ for a backslash"),
    ("quoted scalar", "this escape or quote is not well formed", "write \\\\ for a backslash"),
    (
        "flow sequence",
        "the list opened here has no end, or lacks a comma",
        "mend it, or write one entry a line",
    ),
    ("flow mapping", "the braces opened here have no end, or lack a comma", "mend them, or quote the text"),
    ("'\\t' that cannot start", "a tab stands where spaces are meant", "indent with spaces"),
    ("cannot start any token", "a text cannot start with this character", "put the text in quotes"),
    ("simple key", "a line stands alone, without a colon", "check its indentation and quotes"),
    ("flow level", "brackets are nested too deep", "see `quizgen bank schema`"),
    ("block", "this line does not fit those above it", "check its indentation, and put texts in quotes"),
)
_FROM_THE_OPENING = ("quoted scalar found unexpected end", "flow sequence", "flow mapping")


def _malformed(name: str, error: yaml.MarkedYAMLError) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}".strip()
    found = next((row for row in _MALFORMED if row[0] in said), None)
    mark = error.problem_mark or error.context_mark
    if found and found[0] in _FROM_THE_OPENING and error.context_mark:
        mark = error.context_mark
    what, hint = found[1:] if found else (said, "")
    place = {"line": mark.line + 1, "column": mark.column + 1} if mark else {}
    return problem(f"this is not YAML: {what}", hint, file=name, **place)
