"""Validate files against the JSON Schema, and explain errors in plain words."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

import jsonschema_rs

from quizgen import fields
from quizgen.bank import schema
from quizgen.bank.examples import Examples, in_flow_style
from quizgen.errors import Diagnostic, Path, suggest_nearest
from quizgen.model import Declaration
from quizgen.text.languages import TAG
from quizgen.text.messages import Message, _, as_is, ngettext, pgettext

PATTERNS: Mapping[str, tuple[Message, Message]] = {
    # For each pattern of the schema: what it is for, and the hint for a text that does not match.
    fields.NUMBER: (
        pgettext("telephone", "a number"),
        _(
            "write digits, with blanks and hyphens between them if you like; or give it as `mail`, `form` or `app`"
        ),
    ),
    fields.MAIL: (_("a mail address"), _("write it as name@example.org")),
    fields.FORM: (_("a web address"), _("write it from https:// on, without blanks")),
    fields.SLUG: (_("an id"), _("use lower-case a to z, digits and single hyphens")),
    fields.REFERENCE: (_("an id"), _("write an id, or two with a slash between")),
    fields.FULL_ID: (_("the id of a fact"), _("write it with its topic: topic/id")),
    fields.HELP_REFERENCE: (_("a help number"), _("write its id in braces: {name}")),
    fields.DIGEST: (_("a SHA-256"), _("write its 64 digits in lower-case hexadecimal")),
    fields.DATE: (_("a date"), _("write it as 2021, 2021-05 or 2021-05-11")),
    TAG: (_("a language tag"), _("write one such as en or zh-Hans")),
}
_MAX_QUOTED = 70  # the most characters of a quoted value
_TYPES: Mapping[str, Message] = {
    "object": _("a mapping"),
    "array": _("a list"),
    "string": _("a text"),
    "boolean": _("true or false"),
    "integer": _("a whole number"),
    "number": _("a number"),
    "null": _("nothing"),
}
_ENTRY_NAMES: Mapping[str, Message] = {
    # Names of entries with an id, by their list.
    "facts": _("fact {id}"),
    "lessons": _("lesson {id}"),
    "exhibits": _("exhibit {id}"),
    "questions": _("question {id}"),
    "sources": _("source {id}"),
    "passages": _("passage {id}"),
    "help": _("help {id}"),
    "statements": _("statement {id}"),
}


MAX_EXPLAINED = 1_000
"""The most errors in a file that are explained, which takes time. The rest is only counted."""


def find_file_errors(data: Any, declared: Declaration) -> Iterator[tuple[Path, list[Diagnostic], int]]:
    """Yield the path of each value in a file that does not fit the schema, with diagnostics and a count of further errors.

    At most :data:`MAX_EXPLAINED` errors have a diagnostic. The rest are only counted.
    """
    bank_schema = _cached_bank_schema(declared.languages, declared.optional)
    remaining = MAX_EXPLAINED
    for error in bank_schema.file_validator.iter_errors(data):
        kind: Any = error.kind
        count = len(kind.unexpected) if kind.name == "additionalProperties" else 1
        diagnostics = list(islice(_explain_error(bank_schema, data, error), remaining)) if remaining else []
        remaining -= len(diagnostics)
        yield tuple(error.instance_path), diagnostics, count - len(diagnostics)


def find_question_errors(entry: Any, declared: Declaration) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each value in a question that does not fit the schema. Missing keys are not reported."""
    bank_schema = _cached_bank_schema(declared.languages, declared.optional)
    for error in bank_schema.question_validator.iter_errors(entry):
        if error.kind.name != "required":
            yield from _explain_error(bank_schema, entry, error)


class _BankSchema:
    """The JSON Schema of a question bank, with one validator for files and one for single questions."""

    def __init__(self, declared: Declaration) -> None:
        self.declared = declared
        self.schema = schema.bank_schema(declared)
        self.examples = Examples(self.schema, declared.languages, "…")
        self.file_validator = jsonschema_rs.Draft202012Validator(self.schema)

    @cached_property
    def question_validator(self) -> jsonschema_rs.Draft202012Validator:
        part = {"$ref": "#/$defs/question", "$defs": self.schema["$defs"]}
        return jsonschema_rs.Draft202012Validator(part)


@lru_cache(maxsize=8)
def _cached_bank_schema(languages: tuple[str, ...], optional: tuple[str, ...]) -> _BankSchema:
    return _BankSchema(Declaration(languages, optional))


def _explain_error(bank_schema: _BankSchema, data: Any, error: Any) -> Iterator[Diagnostic]:  # noqa: C901  one case for each error of a validator
    """Convert an error of the validator to diagnostics. An error about unknown keys becomes one diagnostic for each key."""
    path = tuple(error.instance_path)
    kind = error.kind
    name = _describe_value(data, path)
    value = _quote_value(error.instance)
    what: Message
    hint: Message
    match kind.name:
        case "required":
            part = _schema_at(bank_schema, error.schema_path[:-1])["properties"].get(kind.property)
            what, hint = _explain_missing_key(bank_schema, name, kind.property, part)
            yield Diagnostic(path, what, hint, at_key=True)
            return
        case "additionalProperties":
            allowed = list(_schema_at(bank_schema, error.schema_path[:-1])["properties"])
            yield from (
                _explain_unknown_key(bank_schema, data, (*path, key), allowed)
                for key in sorted(kind.unexpected)
            )
            return
        case "type":
            what, hint = _explain_wrong_type(bank_schema, name, error)
        case "enum":
            key = next(step for step in reversed(path) if isinstance(step, str))
            what = _("{value} is not a valid {key}", value=value, key=key)
            hint = _suggest_choice(error.instance, kind.options)
        case "anyOf":
            what, hint = (
                _("{value} is not a valid {key}", value=value, key=path[-1]),
                _("write a line's number, or `from`"),
            )
        case "pattern":
            pattern_name, hint = PATTERNS[kind.pattern]
            what = _("{value} is not {form}", value=value, form=pattern_name)
        case "maxLength":
            what, hint = (
                _("{value} is too long", value=value),
                _("use at most {most} characters", most=kind.limit),
            )
        case "minItems":
            what = _describe_length(name, error.instance)
            hint = _("give at least {least}", least=kind.limit)
        case "minimum" | "maximum":
            what = _("{value} is out of range", value=value)
            limit = (
                _("the minimum of {name} is {limit}")
                if kind.name == "minimum"
                else _("the maximum of {name} is {limit}")
            )
            hint = limit.with_values(name=name, limit=kind.limit)
        case "maxItems":
            what = _describe_length(name, error.instance)
            hint = _("give at most {most}", most=kind.limit)
        case _:
            what, hint = as_is(error.message), _("see `quizgen bank schema`")
    yield Diagnostic(path, what, hint)


def _explain_missing_key(
    bank_schema: _BankSchema, name: Message, key: str, key_schema: dict[str, Any] | None
) -> tuple[Message, Message]:
    """Return what is wrong, and a line to copy. ``key_schema`` is the schema of the missing key's value."""
    if key in bank_schema.declared.languages:
        return _("{name} has no text in {tag}", name=name, tag=key), _("add `{tag}:`", tag=key)
    what = _("{name} has no `{key}`", name=name, key=key)
    if not key_schema:
        return what, _("add it")
    if key in ("passages", "digest"):
        return what, _("run `quizgen source add` with the text, which writes it")
    example = in_flow_style(bank_schema.examples.value(key_schema, key))
    return what, _("add it, for example `{line}`", line=f"{key}: {example}")


def _suggest_choice(value: Any, options: Sequence[Any]) -> Message:
    words = tuple(map(str, options))
    if isinstance(value, str) and value in words:
        return _("remove the quotes")
    near = suggest_nearest(str(value), words)
    return (
        _("{near} there are {words:both}", near=near, words=words)
        if near
        else _("there are {words:both}", near=near, words=words)
    )


def _explain_unknown_key(
    bank_schema: _BankSchema, data: Any, path: Path, allowed_languages: Sequence[str]
) -> Diagnostic:
    key = str(path[-1])
    hint: Message
    if set(allowed_languages) in (
        set(bank_schema.declared.text_languages),
        set(bank_schema.declared.languages),
    ):
        if _value_at(data, path) is None:  # in {en: One, two, zh-Hans: …}, the comma splits the text
            what = _("a comma in braces cuts this text before {rest}", rest=_quote_value(key))
            hint = _("put the whole text in quotes")
        else:
            what = _("unknown language {tag}", tag=_quote_value(key))
            hint = _("the languages are {tags:both}", tags=tuple(allowed_languages))
    else:
        what = _("unknown key {key} in {name}", key=_quote_value(key), name=_describe_value(data, path[:-1]))
        hint = suggest_nearest(key, allowed_languages) or _(
            "the keys are {keys:both}", keys=tuple(allowed_languages)
        )
    return Diagnostic(path, what, hint, at_key=True)


def _explain_wrong_type(bank_schema: _BankSchema, name: Message, error: Any) -> tuple[Message, Message]:
    wanted = error.kind.types
    value = error.instance
    if value is None:
        return _("{name} is empty", name=name), _("fill it in, or remove the line")
    if "string" in wanted and isinstance(value, bool | int | float):
        read_as = _("true or false") if isinstance(value, bool) else _("a number")
        return _("{name} is read as {read_as}, but must be a text", name=name, read_as=read_as), _(
            "put it in quotes"
        )
    if wanted == ["object"] and isinstance(value, str) and error.schema_path[:2] == ["$defs", "text"]:
        written = f"{{{': …, '.join(bank_schema.declared.languages)}: …}}"
        return _("{name} has no language", name=name), _("write it in each: {written}", written=written)
    expected = _TYPES[wanted[0]]
    what = _("{name} is {found}, but must be {meant}", name=name, found=_describe_type(value), meant=expected)
    if wanted == ["boolean"]:
        return what, _("write true or false, unquoted")
    path = tuple(error.instance_path)
    if not path:
        return what, _("see `quizgen bank schema`")
    keys = [step for step in path if isinstance(step, str)]
    key = next((step for step in reversed(keys) if step not in bank_schema.declared.text_languages), "")
    example = in_flow_style(bank_schema.examples.value(_schema_at(bank_schema, error.schema_path[:-1]), key))
    line = f"{path[-1]}: {example}" if path[-1] == keys[-1] else example
    return what, _("write it like `{line}`", line=line)


def _describe_value(data: Any, path: Path) -> Message:
    """Return how messages name a value: ``question lending-a-card``, `stem`, or ``entry 2 of `distractors` ``."""
    if not path:
        return _("the file")
    last = path[-1]
    if isinstance(last, str):
        return _("`{key}`", key=last)
    holder = str(path[-2])
    value = _value_at(data, path)
    identity = value.get("id") if isinstance(value, dict) else None
    if isinstance(identity, str) and holder in _ENTRY_NAMES:
        return _ENTRY_NAMES[holder].with_values(id=identity)
    return _("entry {number} of `{key}`", number=last + 1, key=holder)


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _schema_at(bank_schema: _BankSchema, path: Sequence[str | int]) -> Any:
    """Return the part of the schema at a path that the validator reports."""
    here: Any = bank_schema.schema
    for part in path:
        here = here[part]
    return here


def _describe_length(name: Message, items: Sequence[Any]) -> Message:
    return (
        ngettext("{name} has 1 entry", "{name} has {count} entries", len(items), name=name)
        if items
        else _("{name} has no entry", name=name)
    )


def _describe_type(value: Any) -> Message:
    kinds: dict[type, Message] = {
        dict: _("a mapping"),
        list: _("a list"),
        str: _("a text"),
        bool: _("a truth value"),
    }
    return kinds.get(type(value)) or _("a number")


def _quote_value(value: Any) -> Message:
    if isinstance(value, dict | list):
        return _describe_type(value)
    return as_is(f"`{textwrap.shorten(str(value), _MAX_QUOTED, placeholder='…')}`")
