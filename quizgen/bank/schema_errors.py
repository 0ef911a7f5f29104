"""Holds data against the schema, and says in plain words what does not fit."""

import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import jsonschema_rs

from quizgen.bank import schema
from quizgen.errors import Diagnostic, Path, nearest
from quizgen.language import Said
from quizgen.model import TEXT_LANGUAGES, WRITTEN_LANGUAGES

_FORMS = {
    # A pattern of the schema: what it asks for, in words.
    schema.NUMBER: ("number", "write digits, with blanks and hyphens between them if you like, in quotes"),
    schema.SLUG: ("id", "use lower-case a to z, digits and single hyphens"),
    schema.REFERENCE: ("id", "write an id, or two with a slash between"),
    schema.DIGEST: ("SHA-256", "write its 64 digits in lower-case hexadecimal"),
    schema.DATE: ("date", "write it as 2021, 2021-05 or 2021-05-11, in quotes"),
    schema.MEMBER: ("member name", "use lower-case a to z, digits and underscores"),
    schema.LANGUAGE: ("language tag", "write one such as en or zh-Hans"),
}
_SHOWN = 70  # characters of a value that is quoted in a problem
_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "nothing",
}


def file_errors(data: Any) -> Iterator[tuple[Path, Diagnostic]]:
    """Every value in a file that does not fit the schema, and what is wrong there (at a key of it, perhaps)."""
    for error in _validator("").iter_errors(data):
        for found in _diagnostics(data, error):
            yield tuple(error.instance_path), found


def question_errors(entry: Any) -> Iterator[Diagnostic]:
    """Every place where the entry of a question, which may lack parts, does not fit the schema."""
    for error in _validator("question").iter_errors(entry):
        if error.kind.name != "required":
            yield from _diagnostics(entry, error)


def listed(words: Sequence[object]) -> str:
    """List words: ``a, b and c``."""
    *most, last = map(str, words)
    return f"{', '.join(most)} and {last}" if most else last


@cache
def _schema() -> dict[str, Any]:
    return schema.document()


@cache
def _validator(part: str) -> jsonschema_rs.Draft202012Validator:
    """Make a validator of files, or of a part that the schema defines."""
    whole = _schema()
    wanted = {"$ref": f"#/$defs/{part}", "$defs": whole["$defs"]} if part else whole
    return jsonschema_rs.Draft202012Validator(wanted)


def _diagnostics(data: Any, error: Any) -> list[Diagnostic]:  # noqa: C901  one case for each error of a validator
    """Say one error of the validator; unknown keys come several in one."""
    path = tuple(error.instance_path)
    kind = error.kind
    name = _name(data, path)
    match kind.name:
        case "required":
            what, hint = _missing(name, kind.property)
            return [Diagnostic(path, what, hint, at_key=True)]
        case "additionalProperties":
            allowed = list(_schema_at(error.schema_path[:-1])["properties"])
            return [_unknown(data, (*path, key), allowed) for key in sorted(kind.unexpected)]
        case "type":
            what, hint = _mistyped(name, error)
        case "enum":
            what = f"{_shown(error.instance)} is no {path[-1]}"
            hint = _choice(error.instance, kind.options)
        case "anyOf":
            what, hint = f"{_shown(error.instance)} is no {path[-1]}", "write a line's number, or `from`"
        case "pattern":
            form, hint = _FORMS[kind.pattern]
            what = f"{_shown(error.instance)} is not well formed as {_article(form)} {form}"
        case "maxLength":
            what, hint = f"{_shown(error.instance)} is too long", f"use {kind.limit} characters at the most"
        case "minItems":
            what, hint = f"{name} has {_count(error.instance)}", f"give at least {kind.limit}"
        case "minimum" | "maximum":
            what, hint = (
                f"{_shown(error.instance)} is out of bounds",
                f"the {kind.name} of {name} is {kind.limit}",
            )
        case "maxItems":
            what, hint = f"{name} has {_count(error.instance)}", f"give {kind.limit} at the most"
        case _:
            what, hint = error.message, "see `quizgen bank schema`"
    return [Diagnostic(path, what, hint)]


def _missing(name: str, key: str) -> tuple[str, str]:
    if key in TEXT_LANGUAGES:
        return f"{name} has no text in {key}", f"add `{key}:`"
    return f"{name} has no `{key}`", "add it"


def _choice(value: Any, options: Sequence[Any]) -> str:
    words = list(map(str, options))
    if isinstance(value, str) and value in words:
        return "take the quotes off"
    return f"{nearest(str(value), words)} there are {listed(words)}".strip()


def _unknown(data: Any, path: Path, allowed: Sequence[str]) -> Diagnostic:
    key = str(path[-1])
    if set(allowed) in (set(TEXT_LANGUAGES), set(WRITTEN_LANGUAGES)):
        what, languages = f"unknown language {_shown(key)}", f"the languages are {listed(allowed)}"
        hint: Said = languages
        if _part(data, path) is None:  # {en: One, two, zh-Hans: …}: the comma has cut the text in two
            hint = f"{languages}, and a text with a comma in braces needs quotes"
    else:
        what = f"unknown key {_shown(key)} in {_name(data, path[:-1])}"
        hint = nearest(key, allowed) or f"the keys are {listed(allowed)}"
    return Diagnostic(path, what, hint, at_key=True)


def _mistyped(name: str, error: Any) -> tuple[str, str]:
    wanted = error.kind.types
    value = error.instance
    if value is None:
        return f"{name} is empty", "fill it in, or take the line out"
    if "string" in wanted and isinstance(value, bool | int | float):
        read_as = "true or false" if isinstance(value, bool) else "a number"
        return f"{name} is read as {read_as}, where a text is meant", "put it in quotes"
    if wanted == ["object"] and isinstance(value, str) and error.schema_path[:2] == ["$defs", "text"]:
        return (
            f"{name} is in no language",
            f"write it in each: {{{': …, '.join(WRITTEN_LANGUAGES)}: …}}",
        )
    if wanted == ["boolean"]:
        return f"{name} is {_kind_of(value)}, where true or false is meant", "write true or false, unquoted"
    return f"{name} is {_kind_of(value)}, where {_TYPES[wanted[0]]} is meant", "see `quizgen bank schema`"


def _name(data: Any, path: Path) -> str:
    """Name a value as its author would: ``question lending-a-card``, `stem`, ``entry 2 of `distractors` ``."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, str):
        return f"`{last}`"
    holder = str(path[-2])
    value = _part(data, path)
    identity = value.get("id") if isinstance(value, dict) else None
    if isinstance(identity, str):
        return f"{holder.removesuffix('s')} {identity}"
    return f"entry {last + 1} of `{holder}`"


def _part(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _schema_at(path: Sequence[str | int]) -> Any:
    """Part of the schema that a validator's path leads to."""
    here: Any = _schema()
    for part in path:
        here = here[part]
    return here


def _kind_of(value: Any) -> str:
    kinds = {dict: "a mapping", list: "a list", str: "a text", bool: "a truth value"}
    return kinds.get(type(value), "a number")


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return _kind_of(value)
    return f"`{textwrap.shorten(str(value), _SHOWN, placeholder='…')}`"


def _count(items: Sequence[Any]) -> str:
    return "no entry" if not items else "1 entry" if len(items) == 1 else f"{len(items)} entries"


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
