"""The shape of a bank file as a JSON Schema: the one truth, for our own check and for editors.

``question_bank/bank.schema.json`` is what ``quizgen bank schema`` prints; a test holds the two equal.
"""

from typing import Any

from quizgen.generate import ModelRules
from quizgen.kinds import KINDS, Kind
from quizgen.kinds.kind import Schema, list_of, record
from quizgen.model import DIFFICULTIES, LEVELS, TEXT_LANGUAGES, WRITTEN_LANGUAGES

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
REFERENCE = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"
DIGEST = "^[0-9a-f]{64}$"
DATE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
MEMBER = "^[a-z][a-z0-9_]*$"
MAX_SLUG = 60


def document() -> Schema:
    """Make the whole schema: a file is a topic with its facts and questions, or sources, or item models."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a quizgen bank",
        "description": "One topic with its facts and questions, the sources that facts cite, or item models.",
        "type": "object",
        "if": {"required": ["sources"]},
        "then": _ref("sources-file"),
        "else": {
            "if": {"required": ["relations"]},
            "then": _ref("models-file"),
            "else": _ref("topic-file"),
        },
        "$defs": {
            "topic-file": record(
                {
                    "topic": _slug("The topic's id; it never changes."),
                    "title": _ref("text"),
                    "facts": {"type": "array", "items": _ref("fact")},
                    "questions": {"type": "array", "items": _ref("question")},
                },
                optional=("facts", "questions"),
            ),
            "sources-file": record({"sources": {"type": "array", "items": _ref("source")}}),
            "models-file": record({"relations": {"type": "array", "items": _ref("relation-type")}}),
            "source": _source(),
            "passage": _passage(),
            "fact": _fact(),
            "relation": _relation(),
            "relation-type": _relation_type(),
            "model": _by_kind({name: _model(name, kind.rules) for name, kind in KINDS.items() if kind.rules}),
            "question": _by_kind({name: question_schema(kind) for name, kind in KINDS.items()}),
            "text": {
                "type": "object",
                "description": "One text in each language; zh-Hant is made from zh-Hans unless given.",
                "required": list(WRITTEN_LANGUAGES),
                "properties": {tag: {"type": "string"} for tag in TEXT_LANGUAGES},
                "additionalProperties": False,
            },
            "template": {
                "type": "object",
                "description": "A template in each language: text with {{ fields }}.",
                "required": list(WRITTEN_LANGUAGES),
                "properties": {tag: {"type": "string"} for tag in WRITTEN_LANGUAGES},
                "additionalProperties": False,
            },
        },
    }


def _by_kind(kinds: dict[str, Schema]) -> Schema:
    """Say what an entry is, kind by kind."""
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(kinds)}},
        "allOf": [
            {"if": {"required": ["kind"], "properties": {"kind": {"const": kind}}}, "then": shape}
            for kind, shape in kinds.items()
        ],
    }


def _source() -> Schema:
    fields = {
        "id": _slug("The source's id; it never changes."),
        "title": _ref("text"),
        "publisher": _ref("text"),
        "date": {
            "type": "string",
            "pattern": DATE,
            "description": "ISO 8601, as exact as is known: 2021-05.",
        },
        "language": {
            "type": "string",
            "pattern": LANGUAGE,
            "description": "The tag of its language: zh-Hans.",
        },
        "passages": list_of(_ref("passage"), 1),
    }
    return {"type": "object", **record(fields)}


def _passage() -> Schema:
    fields = {
        "id": _slug("The passage's id within its source; it never changes."),
        "speaker": {**_ref("text"), "description": "The speaker's office, never a name."},
        "digest": {
            "type": "string",
            "pattern": DIGEST,
            "description": "SHA-256 of the cleaned passage, in lower-case hexadecimal.",
        },
    }
    return {"type": "object", **record(fields, optional=("speaker",))}


def _fact() -> Schema:
    fields = {
        "id": _slug("The fact's id within its topic; it never changes."),
        "statement": {**_ref("text"), "description": "What the article says, in our own words."},
        "cites": _references("Passages of a source: q1-a1, or source/q1-a1."),
        "terms": list_of({"type": "string"}, 1)
        | {"description": "A few words that stand in a cited passage, letter for letter."},
        "relations": {
            "type": "array",
            "items": _ref("relation"),
            "description": "What the fact relates, from which item models make questions.",
        },
    }
    return {"type": "object", **record(fields, optional=("relations",))}


def _relation() -> Schema:
    """Say what a relation of a fact is: beside these keys, a text for each member of its type."""
    fields = {
        "id": _slug("The relation's id within its topic; it never changes."),
        "relation": _slug("The relation type that it is of."),
        "rank": {"type": "integer", "minimum": 1, "maximum": 99, "description": "Its place in an order."},
        "facts": _references("Facts that the relation rests on beside this one."),
        "also": _references(
            "Relations whose members hold here as well, so that they are never wrong answers here."
        ),
    }
    shape = record(fields, optional=("rank", "facts", "also"))
    return {"type": "object", **shape, "additionalProperties": _ref("text")}


def _relation_type() -> Schema:
    fields = {
        "id": _slug("The relation type's id; it never changes."),
        "members": _members("What each relation of this type says, by name.", 1),
        "models": {"type": "array", "items": _ref("model")},
    }
    return {"type": "object", **record(fields)}


def _model(kind: str, rules: ModelRules) -> Schema:
    fields = {
        "id": _slug("The model's id; those of its questions begin with it, so it never changes."),
        "kind": {"const": kind},
        "level": {"enum": list(LEVELS)},
        "difficulty": {"enum": list(DIFFICULTIES)},
        "given": _members("Members that the question tells.", rules.least_given),
        "asked": _members("Members that the question asks for.", 1),
        "within": _members("Members in which siblings agree.", 1),
        "size": {
            "type": "integer",
            "minimum": 2,
            "maximum": 7,
            "description": "How many distractors at the most, or how many pairs or steps.",
        },
        "stem": _ref("template"),
        **{part: _ref("template") for part in rules.parts},
        "each": {
            **_ref("template"),
            "description": "A sentence for each relation; {{ each }} in the rationale.",
        },
        "rationale": _ref("template"),
        "advice": _ref("template"),
        "waive": _waivers("every question of this model"),
    }
    if not rules.several:
        del fields["each"]
    if rules.size is None:
        del fields["size"]
    return record(fields, optional=("within", "size", "each", "advice", "waive"))


def _members(description: str, least: int) -> Schema:
    return list_of({"type": "string", "pattern": MEMBER, "maxLength": MAX_SLUG}, least) | {
        "description": description
    }


def question_schema(kind: Kind[Any]) -> Schema:
    """Say what a question of a kind is: its keys, in the order in which they are written."""
    fields = {
        "id": _slug("The question's id within its topic; it never changes."),
        "kind": {"const": kind.name},
        "level": {"enum": list(LEVELS)},
        "difficulty": {"enum": list(DIFFICULTIES)},
        "facts": _references("Facts of this topic by id, of another as topic/id."),
        "stem": _ref("text"),
        **kind.keys,
        "rationale": {**_ref("text"), "description": "Why the key is right, from the facts."},
        "advice": {**_ref("text"), "description": "What a person can do; ours, not the article's."},
        "waive": _waivers("this question"),
    }
    return record(fields, optional=("advice", "waive", *kind.optional))


def _waivers(whose: str) -> Schema:
    return {
        "type": "object",
        "description": f"Rules of `bank check --lint` that {whose} may break: rule id to reason.",
        "additionalProperties": {"type": "string"},
    }


def _slug(description: str) -> Schema:
    return {"type": "string", "pattern": SLUG, "maxLength": MAX_SLUG, "description": description}


def _references(description: str) -> Schema:
    return list_of({"type": "string", "pattern": REFERENCE}, 1) | {"description": description}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
