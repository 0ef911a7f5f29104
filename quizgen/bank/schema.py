"""The JSON Schema of a bank's files, made from the types in ``written.py`` and ``quizgen.kinds``.

``quizgen bank check`` validates files with it, and editors use it: ``quizgen bank schema`` prints
``question_bank/bank.schema.json``. The schema selects the type of file and the kind of question with ``if``, since a
validator says about a union only that nothing in it fits.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from msgspec.json import schema_components

from quizgen.bank.written import FILES, MAX_AFTER_REPLY
from quizgen.fields import Written
from quizgen.kinds import KINDS, Kind
from quizgen.model import (
    ASKS,
    AUDIENCES,
    CHANNELS,
    HELP_ROLES,
    LEVELS,
    OPTIONAL_KEYS,
    SPEAKERS,
    STATEMENT_ROLES,
    Declaration,
)

Schema: TypeAlias = dict[str, Any]

_IN_ORDER = {
    frozenset[object](words): list(words)
    for words in (ASKS, LEVELS, tuple(AUDIENCES), CHANNELS, HELP_ROLES, STATEMENT_ROLES)
}
"""Lists of words in the order that people expect; msgspec sorts them."""

_DEFINITIONS = "#/$defs/"
_TEXT: Schema = {"type": "string"}
_LOST: Schema = {
    "description": "What a reader who goes along has lost by this line, in all.",
    "type": "integer",
    "minimum": 0,
}
_WORDS: Schema = {"type": "array", "items": _TEXT, "minItems": 1}


def document(declared: Declaration = Declaration()) -> Schema:  # noqa: B008  it is frozen
    """Return the schema for the files of a bank with this declaration."""
    models = {name: kind.model_rules.entry_type for name, kind in KINDS.items() if kind.model_rules}
    types = [*FILES.values(), *(kind.entry_type for kind in KINDS.values()), *models.values()]
    names, parts = _parts(types)
    with_kind = {names[type_] for type_ in types if type_ not in FILES.values()}
    required, allowed = declared.languages, declared.text_languages
    definitions = {
        **{name: part for name, part in parts.items() if name not in with_kind},
        "question": _by_kind(
            {name: _question(kind, parts[names[kind.entry_type]], declared) for name, kind in KINDS.items()}
        ),
        "model": _by_kind({name: _of_kind(parts[names[model]], name) for name, model in models.items()}),
        "text": _by_language(
            _TEXT, required, allowed, "One text in each language; zh-Hant is made from zh-Hans unless given."
        ),
        "words": _by_language(_WORDS, required, allowed, "A list of words in each language."),
        "template": _by_language(
            _TEXT, required, required, "A template in each language: text with {{ fields }}."
        ),
        "line": _line(required, allowed, {"lost": _LOST, "replies": _several(_ref("reply"), 2, 4)}),
        "reply": _record(
            ("say", "then"), {"say": _ref("text"), "then": _several(_ref("reply-line"), 1, MAX_AFTER_REPLY)}
        ),
        "reply-line": _line(required, allowed, {"lost": _LOST}),
        "line-template": _either_side(_line(required, required, {"lost": _LOST})),
        "either-template": _either_side(_ref("template")),
    }
    sort = _ref(names[FILES["topic"]])
    for key, file in reversed(FILES.items()):
        sort = {"if": {"required": [key]}, "then": _ref(names[file]), "else": sort}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a quizgen bank",
        "description": " ".join(dict.fromkeys(file.__doc__ or "" for file in FILES.values())),
        **sort,
        "$defs": definitions,
    }


def _question(kind: Kind[Any, Any], written: Schema, declared: Declaration) -> Schema:
    """Return the schema for questions of a kind, in a bank that declares what they may lack."""
    schema = _of_kind(written, kind.name)
    needed = {*schema["required"], *(key for key in OPTIONAL_KEYS if key not in declared.optional)}
    return schema | {
        "properties": {key: schema["properties"][key] for key in kind.all_keys},
        "required": [key for key in kind.all_keys if key in needed],
    }


def list_limits(kind: Kind[Any, Any], key: str) -> tuple[int, int]:
    """Return the minimum and the maximum number of entries in a list of a kind."""
    names, parts = _parts([kind.entry_type])
    schema = parts[names[kind.entry_type]]["properties"][key]
    return schema["minItems"], schema["maxItems"]


def _parts(types: Sequence[type[Written]]) -> tuple[dict[type[Written], str], dict[str, Schema]]:
    """Return the names of types, and the schemas of these and of all types that they use, by name."""
    references, parts = schema_components(types, ref_template=_DEFINITIONS + "{name}")
    names = {
        type_: reference["$ref"].removeprefix(_DEFINITIONS)
        for type_, reference in zip(types, references, strict=True)
    }
    schemas = {name: _plain(part) | {"additionalProperties": False} for name, part in parts.items()}
    if "WrittenRelation" in schemas:  # it also has a text for each member of its type
        schemas["WrittenRelation"]["additionalProperties"] = _ref("text")
    return names, schemas


def _plain(schema: Any) -> Any:
    """Remove from msgspec's schema what tells an author nothing, and what a reference says already."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {key: schema[key] for key in ("$ref", "description") if key in schema}
    plain = {
        key: _plain(part) for key, part in schema.items() if key not in ("title", "default", "properties")
    }
    if "description" in plain:
        plain["description"] = plain["description"].partition("\n")[
            0
        ]  # the rest of a docstring is for programmers
    if "enum" in plain:
        plain["enum"] = _IN_ORDER.get(frozenset(plain["enum"]), plain["enum"])
    if "properties" in schema:
        plain["properties"] = {name: _plain(part) for name, part in schema["properties"].items()}
    return plain


def _of_kind(schema: Schema, kind: str) -> Schema:
    """Set the kind that a schema is for. What all kinds have in common is added by :func:`_by_kind`."""
    properties = schema["properties"] | {"kind": {"const": kind}}
    return {key: part for key, part in schema.items() if key != "type"} | {"properties": properties}


def _by_kind(kinds: Mapping[str, Schema]) -> Schema:
    """Return the schema of an entry that has a kind."""
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(kinds)}},
        "allOf": [
            {"if": {"required": ["kind"], "properties": {"kind": {"const": kind}}}, "then": schema}
            for kind, schema in kinds.items()
        ],
    }


def _by_language(each: Schema, languages: Sequence[str], allowed: Sequence[str], description: str) -> Schema:
    """Return the schema of a value in each of some languages, and optionally in others that are allowed."""
    return {"description": description, **_record(languages, dict.fromkeys(allowed, each))}


def _line(languages: Sequence[str], allowed: Sequence[str], further: Mapping[str, Schema]) -> Schema:
    """Return the schema of a line: its speaker, a text in each language, and ``further`` keys."""
    who: Schema = {"enum": list(SPEAKERS)}
    return _record(("who", *languages), {"who": who, **dict.fromkeys(allowed, _TEXT), **further})


def _several(entry: Schema, least: int, most: int) -> Schema:
    return {"type": "array", "items": entry, "minItems": least, "maxItems": most}


def _either_side(one: Schema) -> Schema:
    """Return the schema of what an exhibit model says once, or once for genuine exhibits and once for scams."""
    sides = ("genuine", "scam")
    return {
        "if": {"anyOf": [{"required": [side]} for side in sides]},
        "then": _record(sides, dict.fromkeys(sides, one)),
        "else": one,
    }


def _record(required: Sequence[str], properties: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "required": list(required),
        "properties": dict(properties),
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": _DEFINITIONS + name}
