"""Holds data against the schema, and says in plain words what does not fit."""

import textwrap
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

import jsonschema_rs

from quizgen import fields
from quizgen.bank import schema
from quizgen.errors import Diagnostic, Path, nearest
from quizgen.model import Declaration
from quizgen.text.languages import TAG
from quizgen.text.messages import Message, Said, counted, text

_FORMS = {
    # A pattern of the schema, by what it asks for: message ids begin with that.
    fields.NUMBER: "number",
    fields.SLUG: "slug",
    fields.REFERENCE: "reference",
    fields.FULL_ID: "full-id",
    fields.HELP_REFERENCE: "help-reference",
    fields.DIGEST: "digest",
    fields.DATE: "date",
    fields.MEMBER: "member",
    TAG: "language",
}
_SHOWN = 70  # characters of a value that is quoted in a problem
_TYPES = {
    "object": "mapping",
    "array": "list",
    "string": "a-text",
    "boolean": "true-or-false",
    "integer": "whole-number",
    "number": "a-number",
    "null": "nothing",
}
_NAMED = {
    # What is known by its id, by the list that it stands in.
    "facts": "fact",
    "exhibits": "exhibit",
    "questions": "question",
    "sources": "source",
    "passages": "passage",
    "relations": "relation",
    "models": "model",
    "help": "help-number",
    "statements": "statement",
}


MOST_SAID = 1_000
"""Of more values in a file that do not fit the schema, it is only counted how many there are: to say why takes time."""


def file_errors(data: Any, declared: Declaration) -> Iterator[tuple[Path, list[Diagnostic], int]]:
    """Give each value in a file that does not fit the schema: its path, what is wrong there, and how much is only counted."""
    form = _form(declared.languages, declared.optional)
    left = MOST_SAID
    for error in form.files.iter_errors(data):
        kind: Any = error.kind
        count = len(kind.unexpected) if kind.name == "additionalProperties" else 1
        said = list(islice(_diagnostics(form, data, error), left)) if left else []
        left -= len(said)
        yield tuple(error.instance_path), said, count - len(said)


def question_errors(entry: Any, declared: Declaration) -> Iterator[Diagnostic]:
    """Every place where the entry of a question, which may lack parts, does not fit the schema."""
    form = _form(declared.languages, declared.optional)
    for error in form.questions.iter_errors(entry):
        if error.kind.name != "required":
            yield from _diagnostics(form, entry, error)


class _Form:
    """The schema of a bank, and its validators: of files, and of entries of questions."""

    def __init__(self, declared: Declaration) -> None:
        self.declared = declared
        self.schema = schema.document(declared)
        self.files = jsonschema_rs.Draft202012Validator(self.schema)

    @cached_property
    def questions(self) -> jsonschema_rs.Draft202012Validator:
        part = {"$ref": "#/$defs/question", "$defs": self.schema["$defs"]}
        return jsonschema_rs.Draft202012Validator(part)


@lru_cache(maxsize=8)
def _form(languages: tuple[str, ...], optional: tuple[str, ...]) -> _Form:
    return _Form(Declaration(languages, optional))


def _diagnostics(form: _Form, data: Any, error: Any) -> Iterator[Diagnostic]:  # noqa: C901  one case for each error of a validator
    """Say one error of the validator; unknown keys come several in one."""
    path = tuple(error.instance_path)
    kind = error.kind
    name = _name(data, path)
    value = _shown(error.instance)
    what: Said
    hint: Said
    match kind.name:
        case "required":
            what, hint = _missing(form, name, kind.property)
            yield Diagnostic(path, what, hint, at_key=True)
            return
        case "additionalProperties":
            allowed = list(_schema_at(form, error.schema_path[:-1])["properties"])
            yield from (_unknown(form, data, (*path, key), allowed) for key in sorted(kind.unexpected))
            return
        case "type":
            what, hint = _mistyped(form, name, error)
        case "enum":
            key = next(step for step in reversed(path) if isinstance(step, str))
            what = text("schema.no-such", value=value, key=key)
            hint = _choice(error.instance, kind.options)
        case "anyOf":
            what, hint = text("schema.no-such", value=value, key=path[-1]), "schema.write-line"
        case "pattern":
            meant = _FORMS[kind.pattern]
            what = text("schema.malformed", value=value, form=text(f"schema.{meant}"))
            hint = f"schema.write-{meant}"
        case "maxLength":
            what, hint = text("schema.too-long", value=value), text("schema.characters", most=kind.limit)
        case "minItems":
            what = _length(name, error.instance)
            hint = text("schema.at-least", least=kind.limit)
        case "minimum" | "maximum":
            what = text("schema.out-of-bounds", value=value)
            hint = text(f"schema.{kind.name}", name=name, limit=kind.limit)
        case "maxItems":
            what = _length(name, error.instance)
            hint = text("schema.at-most", most=kind.limit)
        case _:
            what, hint = error.message, "yaml.see-schema"
    yield Diagnostic(path, what, hint)


def _missing(form: _Form, name: Message, key: str) -> tuple[Message, Message]:
    if key in form.declared.languages:
        return text("schema.no-text", name=name, tag=key), text("schema.add-text", tag=key)
    return text("schema.missing", name=name, key=key), text("schema.add")


def _choice(value: Any, options: Sequence[Any]) -> Message:
    words = tuple(map(str, options))
    if isinstance(value, str) and value in words:
        return text("schema.take-quotes-off")
    near = nearest(str(value), words)
    return text("schema.near-choices" if near else "schema.choices", near=near, words=words)


def _unknown(form: _Form, data: Any, path: Path, allowed: Sequence[str]) -> Diagnostic:
    key = str(path[-1])
    hint: Said
    if set(allowed) in (set(form.declared.text_languages), set(form.declared.languages)):
        what = text("schema.unknown-language", tag=_shown(key))
        # {en: One, two, zh-Hans: …}: the comma has cut the text in two
        cut = _part(data, path) is None
        hint = text("schema.languages-comma" if cut else "schema.languages", tags=tuple(allowed))
    else:
        what = text("schema.unknown-key", key=_shown(key), name=_name(data, path[:-1]))
        hint = nearest(key, allowed) or text("schema.keys", keys=tuple(allowed))
    return Diagnostic(path, what, hint, at_key=True)


def _mistyped(form: _Form, name: Message, error: Any) -> tuple[Message, Said]:
    wanted = error.kind.types
    value = error.instance
    if value is None:
        return text("schema.empty", name=name), "schema.fill-in"
    if "string" in wanted and isinstance(value, bool | int | float):
        read_as = text("schema.true-or-false" if isinstance(value, bool) else "schema.a-number")
        return text("schema.read-as", name=name, read_as=read_as), "schema.quote"
    if wanted == ["object"] and isinstance(value, str) and error.schema_path[:2] == ["$defs", "text"]:
        written = f"{{{': …, '.join(form.declared.languages)}: …}}"
        return text("schema.no-language", name=name), text("schema.write-each", written=written)
    meant = text(f"schema.{_TYPES[wanted[0]]}")
    hint = "schema.write-truth" if wanted == ["boolean"] else "yaml.see-schema"
    return text("schema.mistyped", name=name, found=_kind_of(value), meant=meant), hint


def _name(data: Any, path: Path) -> Message:
    """Name a value as its author would: ``question lending-a-card``, `stem`, ``entry 2 of `distractors` ``."""
    if not path:
        return text("schema.the-file")
    last = path[-1]
    if isinstance(last, str):
        return text("schema.key", key=last)
    holder = str(path[-2])
    value = _part(data, path)
    identity = value.get("id") if isinstance(value, dict) else None
    if isinstance(identity, str) and holder in _NAMED:
        return text(f"schema.{_NAMED[holder]}", id=identity)
    return text("schema.entry", number=last + 1, key=holder)


def _part(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _schema_at(form: _Form, path: Sequence[str | int]) -> Any:
    """Part of the schema that a validator's path leads to."""
    here: Any = form.schema
    for part in path:
        here = here[part]
    return here


def _length(name: Message, items: Sequence[Any]) -> Message:
    return counted("schema.has", len(items), name=name) if items else text("schema.has-none", name=name)


def _kind_of(value: Any) -> Message:
    kinds = {dict: "mapping", list: "list", str: "a-text", bool: "truth"}
    return text(f"schema.{kinds.get(type(value), 'a-number')}")


def _shown(value: Any) -> Said:
    if isinstance(value, dict | list):
        return _kind_of(value)
    return f"`{textwrap.shorten(str(value), _SHOWN, placeholder='…')}`"
