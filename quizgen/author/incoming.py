"""Take in a question bank that is not in YAML, such as a table or JSON: make a new bank of it, or add it to one. No I/O.

Readers of such files return the data of the YAML files that the bank is to have. So whatever a bank can hold, comes in.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from copy import deepcopy
from itertools import count
from pathlib import PurePath
from typing import Any, NamedTuple

import msgspec

from quizgen.author.bank_yaml import SCHEMA_FILE, bank_file_yaml
from quizgen.author.insert import insert_entries, replace_entry
from quizgen.bank.build import check_documents, check_schema, merge_declarations
from quizgen.bank.checks import check_ids
from quizgen.bank.file_types import FILES
from quizgen.bank.files import MAX_BYTES, RawFile
from quizgen.bank.reader import ComposedDocument, Document, Locate, read_document
from quizgen.bank.schema import editor_schema
from quizgen.errors import Path, Problem, QuizgenError, problem
from quizgen.text.messages import _


class IncomingFile(NamedTuple):
    """A file that a bank is to have: its name, its data, and a function that finds where each value comes from.

    ``untold`` are sections with keys of their entries, such as ``("questions", "advice")``, that the file could not tell: a table
    without that column. An entry that a bank has already keeps these.
    """

    name: str
    data: Any
    locate: Locate
    untold: frozenset[tuple[str, str]] = frozenset()


class BankUpdate(NamedTuple):
    """What an update of a bank changes: the new contents of files by name, and how many entries it adds and changes."""

    files: dict[str, bytes]
    added: int
    changed: int


def new_bank_of(incoming: Sequence[IncomingFile], problems: Sequence[Problem] = ()) -> dict[str, bytes]:
    """Return the files of a new question bank by name, with its schema.

    ``problems`` are those that were found when it was read. Raises QuizgenError with them and all others.
    """
    documents = [ComposedDocument(file.name, file.data, "", {(): file.locate}) for file in incoming]
    raise_problems(join_problems(problems, check_documents(documents)))
    schema = editor_schema(merge_declarations(documents))
    files = {file.name: _file_contents(file.name, file.data) for file in incoming}
    return files | {SCHEMA_FILE: msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"}


def join_problems(problems: Sequence[Problem], others: Iterable[Problem]) -> list[Problem]:
    """Return problems, and those of others that are in no cell which has one already."""
    places = {each.file for each in problems}
    return [*problems, *(each for each in dict.fromkeys(others) if each.file not in places)]


def update_bank(
    folder: str,
    files: Sequence[RawFile],
    incoming: Sequence[IncomingFile],
    problems: Sequence[Problem] = (),
) -> BankUpdate:
    """Add entries to a question bank without problems, and replace those that it has already. Nothing is removed.

    ``folder`` is the name of its folder, with which the names of ``files`` begin. Comments stay, except those within an
    entry that is replaced. ``problems`` are those that were found when the entries were read. Raises QuizgenError with them and all
    problems that the bank would then have.
    """
    existing = [document for file in files if (document := read_document(file)[0])]
    taken_in = [
        ComposedDocument(f"{folder}/{file.name}", file.data, "", {(): file.locate}) for file in incoming
    ]
    declared = merge_declarations(
        [*(each for each in taken_in if _has_key(each.data, "languages")), *existing]
    )
    found = join_problems(
        problems, [*check_schema(taken_in, {PurePath(folder): declared}), *check_ids(taken_in)]
    )
    if found and not all(map(_can_be_merged, incoming)):
        raise_problems(found)
    targets = [_Target(document.name, document) for document in existing]
    for file in incoming:
        _merge_file(file, folder, targets)
    raise_problems(join_problems(found, check_documents([target.document for target in targets])))
    raw_files = {file.name: file for file in files}
    return BankUpdate(
        {
            target.name: target.new_contents(raw_files.get(target.name))
            for target in targets
            if target.is_changed
        },
        sum(target.added for target in targets),
        sum(target.changed for target in targets),
    )


def _can_be_merged(file: IncomingFile) -> bool:
    """Return whether each section of entries has only entries with ids, so that a file with problems can be merged to check it."""
    return isinstance(file.data, dict) and all(
        isinstance(entry, str) or (isinstance(entry, dict) and isinstance(entry.get("id"), str))
        for key, section in file.data.items()
        if isinstance(section, list) and key not in ("languages", "optional", "glossary")
        for entry in section
    )


def _file_contents(name: str, data: Any) -> bytes:
    """Return a file with this data. Raises QuizgenError if it is too large to be read again."""
    contents = bank_file_yaml(data)
    if len(contents) > MAX_BYTES:
        raise QuizgenError(
            problem(_("this file of the bank gets too large"), _("split its topic into several"), file=name)
        )
    return contents


def raise_problems(problems: Sequence[Problem]) -> None:
    """Raise QuizgenError if there are problems. Cells are in the order of their rows: ``Facts!B9`` before ``Facts!B10``."""
    if problems:
        raise QuizgenError(sorted(problems, key=lambda each: (_natural_key(each.file), each)))


def _natural_key(file: str) -> list[tuple[int, str]]:
    """Return a key that sorts names by the numbers in them. The column of a cell counts after its row."""
    row_first = re.sub(r"!([A-Z]+)(\d+)$", r"!\2 \1", file)
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", row_first)]


def _has_key(data: Any, key: str) -> bool:
    return isinstance(data, dict) and key in data


class _Target:
    """A file of a bank while entries are merged into it. ``earlier_document`` is the file as it is, or ``None`` if it is new."""

    def __init__(self, name: str, earlier_document: Document | None) -> None:
        self.name = name
        self.before = earlier_document
        self.data: dict[str, Any] = deepcopy(earlier_document.data) if earlier_document else {}
        self.added = self.changed = 0
        self.replaced: list[tuple[str, Any]] = []
        self._origins: dict[Path, Locate] = {}
        self._indices: dict[str, dict[Any, int]] = {}

    @property
    def is_changed(self) -> bool:
        return self.before is None or self.data != self.before.data

    @property
    def document(self) -> Document:
        return ComposedDocument(
            self.name, self.data, self.before.content if self.before else "", self._origins
        )

    def takes_data(self, data: Mapping[str, Any]) -> bool:
        """Return whether data of this sort belongs into this file; that of a topic, only if it is the same topic."""
        return _file_type(self.data) is _file_type(data) and self.data.get("topic") == data.get("topic")

    def set_value(self, key: str, value: Any, locate: Locate) -> None:
        """Set the value of a key of the file, which is not a list of entries."""
        self.changed += self.before is not None and self.data.get(key) != value
        self.data[key] = value
        self._origins[key,] = locate

    def index_of(self, section: str, entry: Any) -> int | None:
        """Return where a section has the entry with the same id, or ``None``."""
        if section not in self._indices:
            entries = self.data.get(section, [])
            self._indices[section] = {_entry_identity(each): index for index, each in enumerate(entries)}
        return self._indices[section].get(_entry_identity(entry))

    def put_entry(
        self, section: str, entry: Any, locate: Locate, untold: Container[tuple[str, str]] = ()
    ) -> None:
        """Put an entry in the place of the one with the same id, or at the end. What is ``untold`` stays."""
        entries, index = self.data.setdefault(section, []), self.index_of(section, entry)
        if index is not None and isinstance(entry, dict):
            kept = {key: value for key, value in entries[index].items() if (section, key) in untold}
            entry = kept | entry
        if index is None:
            index = self._indices[section][_entry_identity(entry)] = len(entries)
            entries.append(entry)
            self.added += 1
        elif entries[index] != entry:
            entries[index] = entry
            self.changed += 1
            self.replaced.append((section, entry))
        self._origins[section, index] = locate

    def new_contents(self, file: RawFile | None) -> bytes:
        """Return the new contents of the file: if possible, its text with only the entries changed."""
        whole = _file_contents(self.name, self.data)
        if not (file and self.before):
            return whole
        try:
            for section, entry in self.replaced:
                file = replace_entry(file, section, entry)
            for section, entries in self.data.items():
                old = self.before.data.get(section, [])
                if isinstance(entries, list) and _are_entries(entries) and isinstance(old, list):
                    file = insert_entries(file, section, entries[len(old) :])
        except QuizgenError:  # the file is written in brackets or braces
            return whole
        document = read_document(file)[0]
        return file.raw if document and document.data == self.data else whole


def _merge_file(file: IncomingFile, folder: str, targets: list[_Target]) -> None:
    """Merge the entries of an incoming file into the bank's files of the same sort, such as its sources.

    ``targets`` are all files of the bank. If none is of this sort, a new one is added to them. The incoming file fits the
    schema.
    """
    suitable = [target for target in targets if target.takes_data(file.data)]
    if not suitable:
        names = {target.name for target in targets}
        stem = PurePath(file.name).stem
        free = (f"{folder}/{stem}{f'-{number}' * (number > 1)}.yaml" for number in count(1))
        suitable = [_Target(next(name for name in free if name not in names), None)]
        targets += suitable
    for key, value in file.data.items():
        if not (isinstance(value, list) and _are_entries(value)):
            suitable[0].set_value(key, value, _shift_locate(file.locate, (key,)))
            continue
        for index, entry in enumerate(value):
            owner = next((each for each in suitable if each.index_of(key, entry) is not None), suitable[-1])
            owner.put_entry(key, entry, _shift_locate(file.locate, (key, index)), file.untold)


def _shift_locate(locate: Locate, path: Path) -> Locate:
    """Return a function that finds where a path within a part comes from. ``path`` is that of the part."""
    return lambda rest, key: locate((*path, *rest), key)


def _file_type(data: Mapping[str, Any]) -> object:
    """Return the type of a file of a question bank."""
    return next((type_ for key, type_ in FILES.items() if key in data), None)


def _are_entries(values: Sequence[Any]) -> bool:
    """Return whether values are entries with ids."""
    return all(isinstance(each, dict) and "id" in each for each in values)


def _entry_identity(entry: Any) -> Any:
    """Return what is different in each entry of a section: its id, together with its region if it has one."""
    return entry.get("region"), entry["id"]
