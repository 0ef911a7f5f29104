"""The shape of a bank file as a JSON Schema: the one truth, for our own check and for editors.

``question_bank/bank.schema.json`` is what ``quizgen bank schema`` prints; a test holds the two equal.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from quizgen.generate import ModelRules
from quizgen.kinds import KINDS, Kind
from quizgen.kinds.kind import Schema, list_of, record
from quizgen.model import (
    AUDIENCES,
    CHANNELS,
    DIFFICULTIES,
    HELP_ROLES,
    LEVELS,
    OPTIONAL,
    SPEAKERS,
    STATEMENT_ROLES,
    Declaration,
)
from quizgen.text.languages import TAG

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
NUMBER = "^[0-9+*#][0-9 +*#-]*$"
REFERENCE = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"
FULL_ID = "^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"
HELP_REFERENCE = "^[{][a-z0-9]+(-[a-z0-9]+)*[}]$"
DIGEST = "^[0-9a-f]{64}$"
DATE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
LANGUAGE = TAG
MEMBER = "^[a-z][a-z0-9_]*$"
MAX_SLUG = 60


def document(declared: Declaration = Declaration()) -> Schema:  # noqa: B008  it is frozen
    """Make the whole schema, of a bank that declares this.

    A file is a topic with what stands under it, or sources, help numbers, retired ids, models, or the declaration.
    """
    languages = declared.languages
    by_key = {  # a key that a file of a sort has, and no other: which sort that is
        "topic": "topic-file",
        "sources": "sources-file",
        "help": "help-file",
        "retired": "retired-file",
        "statements": "statements-file",
        "relations": "models-file",
        "exhibits": "models-file",
        "languages": "declaration-file",
    }
    sort = _ref("topic-file")
    for key, file in reversed(by_key.items()):
        sort = {"if": {"required": [key]}, "then": _ref(file), "else": sort}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a quizgen bank",
        "description": (
            "One topic with its facts, exhibits and questions; the sources that facts cite; numbers to ring; "
            "ids of questions that have gone; models of items and exhibits; what printed sheets say; "
            "or what the bank says of itself."
        ),
        "type": "object",
        **sort,
        "$defs": {
            "topic-file": record(
                {
                    "topic": _slug("The topic's id; it never changes."),
                    "title": _ref("text"),
                    "facts": {"type": "array", "items": _ref("fact")},
                    "exhibits": {"type": "array", "items": _ref("exhibit")},
                    "questions": {"type": "array", "items": _ref("question")},
                },
                optional=("facts", "exhibits", "questions"),
            ),
            "sources-file": record({"sources": {"type": "array", "items": _ref("source")}}),
            "help-file": record({"help": list_of(_help_number(), 1)}),
            "retired-file": record(
                {
                    "retired": _references("Full ids of questions and exhibits that have gone: topic/id.")
                    | {"minItems": 0}
                }
            ),
            "models-file": record(
                {
                    "relations": {"type": "array", "items": _ref("relation-type")},
                    "exhibits": {"type": "array", "items": _ref("exhibit-model")},
                },
                optional=("relations", "exhibits"),
            ),
            "statements-file": record({"statements": list_of(_statement(), 1)}),
            "declaration-file": _declaration(),
            "exhibit": _exhibit(),
            "line": _line(languages, declared.text_languages),
            "sign": _sign("text"),
            "exhibit-model": _exhibit_model(),
            "source": _source(),
            "passage": _passage(),
            "fact": _fact(),
            "relation": _relation(),
            "relation-type": _relation_type(),
            "model": _by_kind({name: _model(name, kind.rules) for name, kind in KINDS.items() if kind.rules}),
            "question": _by_kind(
                {name: question_schema(kind, declared.optional) for name, kind in KINDS.items()}
            ),
            **_switched(languages),
            "text": {
                "type": "object",
                "description": "One text in each language; zh-Hant is made from zh-Hans unless given.",
                **_by_language({"type": "string"}, languages, declared.text_languages),
            },
            "words": {
                "type": "object",
                "description": "A list of words in each language.",
                **_by_language(list_of({"type": "string"}, 1), languages, declared.text_languages),
            },
            "slot-value": {
                "type": "object",
                "description": "What stands in a slot, in each language.",
                **_by_language({"type": "string"}, languages, languages),
            },
            "template": {
                "type": "object",
                "description": "A template in each language: text with {{ fields }}.",
                **_by_language({"type": "string"}, languages, languages),
            },
        },
    }


def _by_language(each: Schema, languages: Sequence[str], allowed: Sequence[str]) -> Schema:
    """Make the schema of what is said in each language, and may be in some more."""
    return {
        "required": list(languages),
        "properties": dict.fromkeys(allowed, each),
        "additionalProperties": False,
    }


def _declaration() -> Schema:
    """Say what a bank says of itself; its title is held against its languages as any text is."""
    fields: dict[str, Schema] = {
        "languages": list_of({"type": "string", "pattern": LANGUAGE}, 1)
        | {"description": "Tags of the languages that every text of the bank has."},
        "title": {**_ref("text"), "description": "What stands above all that is made of the bank."},
        "optional": {
            "type": "array",
            "items": {"enum": list(OPTIONAL)},
            "description": "What its questions may lack.",
        },
    }
    return record(fields, optional=("title", "optional"))


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
        "short": {
            **_ref("text"),
            "description": "A title of a few words, for the line that names the source.",
        },
        "note": {**_ref("text"), "description": "What to know about its age: Practice of 2016."},
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
    return {"type": "object", **record(fields, optional=("short", "note"))}


def _passage() -> Schema:
    fields = {
        "id": _slug("The passage's id within its source; it never changes."),
        "speaker": {**_ref("text"), "description": "The speaker's office, never a name."},
        "digest": {
            "type": "string",
            "pattern": DIGEST,
            "description": "SHA-256 of the passage's wording, as `quizgen source show` prints it.",
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


def _help_number() -> Schema:
    fields = {
        "region": _slug("Where it is to be rung: cn. The first region of the file is shown."),
        "id": _slug("Its name in the texts of the bank: {police}."),
        "number": {
            "type": "string",
            "pattern": NUMBER,
            "description": "The number as it is dialled or seen.",
        },
        "for": {**_ref("text"), "description": "What it is for."},
        "cites": _references("Passages that say so: source/q1-a1."),
        "role": {
            "enum": list(HELP_ROLES),
            "description": "What printed sheets give it for: to call at once, to ask, to report to, or a genuine sender.",
        },
        "note": {**_ref("text"), "description": "A few words to stand below it on a card."},
    }
    return {"type": "object", **record(fields, optional=("cites", "role", "note"))}


def _statement() -> Schema:
    fields = {
        "id": _slug("The statement's id; it never changes."),
        "role": {
            "enum": list(STATEMENT_ROLES),
            "description": (
                "The headline of a poster, the slogan of a card, one of three verbs, what comes before the steps, "
                "a step to take when it has happened, what to note down, what else to know, or a sentence to say."
            ),
        },
        "text": {**_ref("text"), "description": "What sheets say. {police} is the help number of that name."},
        "facts": list_of({"type": "string", "pattern": FULL_ID}, 1)
        | {"description": "Facts that it rests on, as topic/id; none where it is advice of your own."},
        "head": {**_ref("text"), "description": "A word or two that name it: a verb, a step."},
        "short": {
            **_ref("text"),
            "description": "The same in fewer words: a leaflet prints the steps that have it.",
        },
        "number": {
            "type": "string",
            "pattern": HELP_REFERENCE,
            "description": "The help number that stands large beside it: {police}.",
        },
    }
    return {"type": "object", **record(fields, optional=("facts", "head", "short", "number"))}


def _exhibit() -> Schema:
    fields = {
        "id": _slug("The exhibit's id within its topic; it never changes."),
        "channel": {"enum": list(CHANNELS)},
        "genuine": {"type": "boolean"},
        "twin": {
            "type": "string",
            "pattern": REFERENCE,
            "description": "The exhibit that differs from this one in its signs alone.",
        },
        "from": {**_ref("text"), "description": "The sender, as a person sees it."},
        "lines": list_of(_ref("line"), 1, 8),
        "signs": list_of(_ref("sign"), 1, 4),
    }
    return {"type": "object", **record(fields, optional=("twin",))}


def _line(languages: Sequence[str], allowed: Sequence[str]) -> Schema:
    """Say what a line is: who says it, and a text or template in each language."""
    fields: dict[str, Schema] = {
        "who": {"enum": list(SPEAKERS)},
        **{tag: {"type": "string"} for tag in allowed},
    }
    return {"type": "object", **record(fields, [tag for tag in allowed if tag not in languages])}


def _sign(text: str) -> Schema:
    fields = {
        "line": {
            "anyOf": [{"type": "integer", "minimum": 1}, {"const": "from"}],
            "description": "The number of its line, from 1, or `from` for the sender.",
        },
        "words": {**_ref(text), "description": "The words that decide, letter for letter."},
        "reason": {**_ref(text), "description": "Why they decide, from the facts."},
        "facts": _references("Facts of this topic by id, of another as topic/id."),
    }
    return {"type": "object", **record(fields)}


def _exhibit_model() -> Schema:
    """Say what a model of exhibits is: a skeleton with slots, and what is genuine or a scam in it."""
    fields = {
        "id": _slug("The model's id; those of its exhibits begin with it, so it never changes."),
        "topic": _slug("The topic of its exhibits."),
        "channel": {"enum": list(CHANNELS)},
        "size": {
            "type": "integer",
            "minimum": 1,
            "maximum": 50,
            "description": "How many pairs to make (6 unless given).",
        },
        "difficulty": {"enum": list(DIFFICULTIES)},
        "slots": {
            "type": "object",
            "description": "What may stand in each slot; {{ slot }} in the texts.",
            "propertyNames": {"pattern": MEMBER, "maxLength": MAX_SLUG},
            "additionalProperties": list_of(_ref("slot-value"), 2),
        },
        "from": _ref("sender-template"),
        "lines": list_of(_ref("line-template"), 1, 8),
        "genuine": _ref("exhibit-side"),
        "scam": _ref("exhibit-side"),
        "waive": _waivers("every question of this model"),
    }
    return {"type": "object", **record(fields, optional=("size", "waive"))}


def _switched(languages: Sequence[str]) -> Schema:
    """Say what a model of exhibits may say in two ways, and what it says of each."""
    line = _line(languages, languages)
    sides = {
        "signs": list_of(_sign("template"), 1, 4),
        "facts": _references("Facts that the question rests on, as topic/id."),
        "rationale": _ref("template"),
        "advice": _ref("template"),
    }
    return {
        "exhibit-side": {"type": "object", **record(sides, optional=("advice",))},
        "line-template": _either_side(line),
        "sender-template": _either_side(_ref("template")),
    }


def _either_side(one: Schema) -> Schema:
    return {
        "type": "object",
        "if": {"anyOf": [{"required": ["genuine"]}, {"required": ["scam"]}]},
        "then": record({"genuine": one, "scam": one}),
        "else": one,
    }


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


def question_schema(kind: Kind[Any], leave_out: Iterable[str] = ()) -> Schema:
    """Say what a question of a kind is: its keys, in the order in which they are written.

    ``leave_out`` are those that a question of the bank may lack.
    """
    fields = {
        "id": _slug("The question's id within its topic; it never changes."),
        "kind": {"const": kind.name},
        "audience": {"enum": list(AUDIENCES), "description": "Whom it is for; everyone, unless given."},
        "level": {"enum": list(LEVELS)},
        "difficulty": {"enum": list(DIFFICULTIES)},
        "facts": _references("Facts of this topic by id, of another as topic/id."),
        "exhibit": {
            "type": "string",
            "pattern": REFERENCE,
            "description": "What is shown above the stem: an exhibit of this topic by id, of another as topic/id.",
        },
        "enemies": _references("Questions that never meet this one in a quiz."),
        "stem": _ref("text"),
        **kind.keys,
        "rationale": {**_ref("text"), "description": "Why the key is right, from the facts."},
        "advice": {**_ref("text"), "description": "What a person can do; ours, not the article's."},
        "waive": _waivers("this question"),
    }
    optional = ["audience", "enemies", "advice", "waive", *kind.optional, *leave_out]
    if not kind.needs_exhibit:
        optional.append("exhibit")
    if not kind.own_stem:
        optional.append("stem")
    return record(fields, optional=optional)


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
