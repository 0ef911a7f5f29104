"""Read a question bank from JSON, as ``quizgen bank show --json`` prints it.

Only ``files`` is read, which has the data of each YAML file by name. The rest of that JSON shows the same bank as people
meet it, with help numbers in the texts.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from quizgen.author.incoming import IncomingFile
from quizgen.bank.files import is_bank_file
from quizgen.bank.reader import MAX_DEPTH, Document, Locate, Place
from quizgen.errors import Path, Problem, QuizgenError, problem
from quizgen.formats.reading import decode_text
from quizgen.text.characters import describe_character
from quizgen.text.messages import Message, _

FILES_KEY = "files"

_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can escape."""

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,99}")


def read_bank_json(raw: bytes, file_name: str) -> list[IncomingFile]:
    """Return the files of a question bank in JSON. Raises QuizgenError with all problems of their names, or of JSON itself."""
    content = decode_text(raw, file_name)
    try:
        data = json.loads(content)
    except json.JSONDecodeError as error:
        raise QuizgenError(
            problem(
                _("this is not JSON: it cannot be read beyond this point"),
                _("look for a missing comma, bracket or quotation mark"),
                file=file_name,
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    except (RecursionError, ValueError):  # brackets in thousands, or a number with thousands of digits
        raise QuizgenError(problem(_("this is not a bank"), _HINT, file=file_name)) from None
    if surrogate := _SURROGATE.search(json.dumps(data, ensure_ascii=False)):
        character = describe_character(surrogate[0])
        raise QuizgenError(
            problem(_("the file contains {character}"), _("remove it"), character=character, file=file_name)
        )
    files = data.get(FILES_KEY) if isinstance(data, dict) else None
    if not isinstance(files, dict) or not files:
        raise QuizgenError(problem(_("it has no `files`, which hold a bank"), _HINT, file=file_name))
    document = Document(file_name, data, content)
    if problems := list(_check_files(document, files)):
        raise QuizgenError(problems)
    return [IncomingFile(name, part, _make_locator(document, name)) for name, part in files.items()]


_HINT = _("write it with `quizgen bank show --json`")


def _check_files(document: Document, files: dict[str, Any]) -> Iterator[Problem]:
    """Check the names of the files, that each is a mapping, and that none is nested too deep."""
    for name, data in files.items():
        at = _place_of(document, (FILES_KEY, name), at_key=True)
        if not (_FILE_NAME.fullmatch(name) and is_bank_file(name)):
            yield _problem_at(
                at,
                _("{name!r} is not a name for a file of a bank", name=name),
                _("write one such as parcels.yaml"),
            )
        elif not isinstance(data, dict):
            yield _problem_at(at, _("{name} is not a mapping", name=name), _HINT)
        elif _is_deep(data):
            yield _problem_at(at, _("this is nested more than {most} levels deep", most=MAX_DEPTH), _HINT)


def _problem_at(place: Place, what: Message, hint: Message) -> Problem:
    return problem(what, hint, file=place.file, line=place.line, column=place.column)


def _is_deep(data: Any) -> bool:
    """Return whether mappings and lists are nested deeper than in a YAML file of a bank."""
    layer = [data]
    for _level in range(MAX_DEPTH + 1):
        layer = [
            part
            for value in layer
            for part in (value.values() if isinstance(value, dict) else value)
            if isinstance(part, dict | list)
        ]
        if not layer:
            return False
    return True


def _make_locator(document: Document, name: str) -> Locate:
    """Return a function that finds line and column of a value in one of the files."""
    return lambda path, key: _place_of(document, (FILES_KEY, name, *path), at_key=key)


def _place_of(document: Document, path: Path, *, at_key: bool) -> Place:
    """Return where a value is. JSON is YAML, so the reader of YAML finds it, unless JSON has an escape of its own."""
    try:
        return document.place_of(path, at_key=at_key)
    except (yaml.YAMLError, ValueError):
        return Place(document.name)
