"""Make the JSON Schema of a question bank's files from the types in ``file_types.py`` and ``quizgen.kinds``.

``quizgen bank check`` validates files with it, and text editors complete keys with it (``quizgen bank schema`` prints
it). The schema chooses the type of a file and the kind of a question with ``if``. With ``anyOf``, a validator would
only say that no alternative fits.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.json import schema_components

from quizgen.bank.examples import Examples, Schema, as_snippet
from quizgen.bank.file_types import FILES, MAX_AFTER_REPLY
from quizgen.fields import YamlMapping
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
from quizgen.text.languages import LANGUAGES

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
_MADE_FROM_SIMPLIFIED = "; zh-Hant is made from zh-Hans unless given."
_WORDS: Schema = {"type": "array", "items": _TEXT, "minItems": 1}


def bank_schema(declaration: Declaration = Declaration()) -> Schema:  # noqa: B008  it is frozen
    """Return the JSON Schema for the files of a question bank that declares these languages and optional keys."""
    types = [*FILES.values(), *(kind.entry_type for kind in KINDS.values())]
    names, parts = _component_schemas(types)
    with_kind = {names[type_] for type_ in types if type_ not in FILES.values()}
    required, allowed = declaration.languages, declaration.text_languages
    definitions = {
        **{name: part for name, part in parts.items() if name not in with_kind},
        "question": _schema_by_kind(
            {
                name: _question_schema(kind, parts[names[kind.entry_type]], declaration)
                for name, kind in KINDS.items()
            }
        ),
        "text": _schema_by_language(
            _TEXT, required, allowed, f"One text in each language{_MADE_FROM_SIMPLIFIED}"
        ),
        "partial-text": _schema_by_language(
            _TEXT, (), allowed, "A text in some of the languages; in the others, nothing is shown."
        ),
        "words": _schema_by_language(_WORDS, required, allowed, "A list of words in each language."),
        "line": _exhibit_line_schema(
            required, allowed, {"lost": _LOST, "replies": _list_schema(_schema_reference("reply"), 2, 4)}
        ),
        "reply": _object_schema(
            ("say", "then"),
            {
                "say": _schema_reference("text"),
                "then": _list_schema(_schema_reference("reply-line"), 1, MAX_AFTER_REPLY),
            },
        ),
        "reply-line": _exhibit_line_schema(required, allowed, {"lost": _LOST}),
    }
    sort = _schema_reference(names[FILES["topic"]])
    for key, file in reversed(FILES.items()):
        sort = {"if": {"required": [key]}, "then": _schema_reference(names[file]), "else": sort}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a quizgen bank",
        "description": " ".join(dict.fromkeys(file.__doc__ or "" for file in FILES.values())),
        **sort,
        "$defs": definitions,
    }


def editor_schema(declaration: Declaration) -> Schema:
    """Return the JSON Schema for text editors. It allows the same as :func:`bank_schema`, and helps more.

    It offers the languages of the bank only, and snippets and examples for each sort of entry.
    """
    schema = bank_schema(declaration)
    examples = Examples(schema, declaration.languages)
    definitions = {name: _offer_own_languages(part, declaration) for name, part in schema["$defs"].items()}
    snippets: dict[str, list[tuple[str, Any]]] = {
        "question": [(f"question: {kind}", examples.question(kind)) for kind in KINDS],
        "FactEntry": [("fact", examples.entry("FactEntry"))],
        "LessonEntry": [("lesson", examples.entry("LessonEntry", "facts", "weight"))],
        "HelpNumberEntry": [("number to call", examples.entry("HelpNumberEntry", "number", "role", "note"))],
        "Source": [("source", examples.entry("Source", "date"))],
        "Statement": [("statement", examples.entry("Statement", "facts"))],
    }
    twins = examples.exhibit_pair()
    snippets["ExhibitEntry"] = [
        (f"exhibit: {'genuine' if each['genuine'] else 'scam'}", each) for each in twins
    ]
    for name, shown in snippets.items():
        definitions[name] |= {
            "examples": [each for _, each in shown],
            "defaultSnippets": [{"label": label, "body": as_snippet(each)} for label, each in shown],
        }
    return schema | {"$defs": definitions}


def _offer_own_languages(schema: Any, declaration: Declaration) -> Any:
    """Return a schema in which other languages than those of the bank are allowed, but not offered to complete."""
    if isinstance(schema, list):
        return [_offer_own_languages(each, declaration) for each in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _offer_own_languages(part, declaration) for key, part in schema.items()}
    own = declaration.readable_languages
    others = [tag for tag in plain.get("properties", ()) if tag in LANGUAGES and tag not in own]
    if others:
        kept = {key: part for key, part in plain["properties"].items() if key not in others}
        pattern = f"^({'|'.join(others)})$"
        plain |= {"properties": kept, "patternProperties": {pattern: plain["properties"][others[0]]}}
    if isinstance(plain.get("description"), str) and "zh-Hans" not in own:
        plain["description"] = plain["description"].replace(_MADE_FROM_SIMPLIFIED, ".")
    return plain


def _question_schema(kind: Kind[Any, Any], entry_schema: Schema, declaration: Declaration) -> Schema:
    """Return the schema for questions of a kind. The declaration says which keys a question can leave out."""
    schema = _schema_for_kind(entry_schema, kind.name)
    # The signs of an exhibit say why it is genuine or a scam.
    optional = {*declaration.optional, *(("rationale",) if kind.needs_exhibit else ())}
    needed = {*schema["required"], *(key for key in OPTIONAL_KEYS if key not in optional)}
    return schema | {
        "properties": {key: schema["properties"][key] for key in kind.entry_fields},
        "required": [key for key in kind.entry_fields if key in needed],
    }


def _component_schemas(
    types: Sequence[type[YamlMapping]],
) -> tuple[dict[type[YamlMapping], str], dict[str, Schema]]:
    """Return the name of each type's schema, and the schemas of these types and all types that they use, by name."""
    references, parts = schema_components(types, ref_template=_DEFINITIONS + "{name}")
    names = {
        type_: reference["$ref"].removeprefix(_DEFINITIONS)
        for type_, reference in zip(types, references, strict=True)
    }
    schemas = {name: _simplify_schema(part) | {"additionalProperties": False} for name, part in parts.items()}
    return names, schemas


def _simplify_schema(schema: Any) -> Any:
    """Remove from a schema that msgspec has made what does not help authors, such as titles and defaults."""
    if isinstance(schema, list):
        return [_simplify_schema(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {key: schema[key] for key in ("$ref", "description") if key in schema}
    plain = {
        key: _simplify_schema(part)
        for key, part in schema.items()
        if key not in ("title", "default", "properties")
    }
    if "description" in plain:
        plain["description"] = plain["description"].partition("\n")[
            0
        ]  # the rest of a docstring is for programmers
    if "enum" in plain:
        plain["enum"] = _IN_ORDER.get(frozenset(plain["enum"]), plain["enum"])
    if "properties" in schema:
        plain["properties"] = {name: _simplify_schema(part) for name, part in schema["properties"].items()}
    return plain


def _schema_for_kind(schema: Schema, kind: str) -> Schema:
    """Return a copy of a schema in which ``kind`` must have this value."""
    properties = schema["properties"] | {"kind": {"const": kind}}
    return {key: part for key, part in schema.items() if key != "type"} | {"properties": properties}


def _schema_by_kind(schemas: Mapping[str, Schema]) -> Schema:
    """Return a schema that checks each entry by the schema of its ``kind``."""
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(schemas)}},
        "allOf": [
            {"if": {"required": ["kind"], "properties": {"kind": {"const": kind}}}, "then": schema}
            for kind, schema in schemas.items()
        ],
    }


def _schema_by_language(
    value_schema: Schema, languages: Sequence[str], allowed_languages: Sequence[str], description: str
) -> Schema:
    """Return the schema of a mapping from language to value. ``languages`` are required; the others of ``allowed_languages`` are optional."""
    return {
        "description": description,
        **_object_schema(languages, dict.fromkeys(allowed_languages, value_schema)),
    }


def _exhibit_line_schema(
    languages: Sequence[str], allowed_languages: Sequence[str], further_keys: Mapping[str, Schema]
) -> Schema:
    """Return the schema of an exhibit line: who speaks, a text in each language, and ``further_keys``."""
    who: Schema = {"enum": list(SPEAKERS)}
    return _object_schema(
        ("who", *languages), {"who": who, **dict.fromkeys(allowed_languages, _TEXT), **further_keys}
    )


def _list_schema(item_schema: Schema, min_length: int, max_length: int) -> Schema:
    return {"type": "array", "items": item_schema, "minItems": min_length, "maxItems": max_length}


def _object_schema(required_keys: Sequence[str], properties: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "required": list(required_keys),
        "properties": dict(properties),
        "additionalProperties": False,
    }


def _schema_reference(name: str) -> Schema:
    return {"$ref": _DEFINITIONS + name}
