"""Examples of the entries in a bank's files: for text editors, for messages about missing keys, and for briefs.

An example is made from the JSON Schema, so a new kind of question has one, too.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from quizgen import fields
from quizgen.kinds import KINDS
from quizgen.model import BLANK
from quizgen.text.languages import Text

Schema: TypeAlias = dict[str, Any]

_WORDS_BY_PATTERN = {
    fields.NUMBER: "0300 123 2040",
    fields.DIGEST: "0" * 64,
    fields.FULL_ID: "topic/id",
    fields.HELP_REFERENCE: "{police}",
}


_TEXTS = {
    "accept": "the best answer",
    "advice": "What a person can do now.",
    "distractor": "A wrong answer",
    "do": "What to do.",
    "for": "what it is for",
    "from": "Who calls or writes",
    "keep": "A sentence to remember.",
    "key": "The right answer",
    "left": "One thing",
    "line": "What is said.",
    "rationale": "Why that is right.",
    "reason": "Why these words decide.",
    "right": "What belongs to it",
    "sequence": "A step",
    "statement": "What the passage says, in your own words.",
    "stem": "What is asked?",
    "term": "words of the passage",
}
"""What an example says under a key. Under any other key, it repeats the key."""

_USUAL_LENGTHS = {"distractors": 3, "terms": 2}
"""How many items a list usually has, where that is more than it must have."""

_PREFERRED = ("apply",)
"""Words that an example has in the place of the first that is possible."""


class Examples:
    """Examples for a bank with these languages. ``schema`` is the JSON Schema of its files.

    If there is a ``placeholder``, all texts in several languages are this.
    """

    def __init__(self, schema: Schema, languages: Sequence[str], placeholder: str = "") -> None:
        self._definitions: Mapping[str, Schema] = schema["$defs"]
        self._languages = languages
        self._placeholder = placeholder

    def question(self, kind: str) -> dict[str, Any]:
        """Return a question of a kind, with facts, lesson, rationale and advice."""
        part = next(
            each["then"]
            for each in self._definitions["question"]["allOf"]
            if each["if"]["properties"]["kind"]["const"] == kind
        )
        wanted = {*part["required"], "lesson", "facts", "rationale", "advice"}
        entry: dict[str, Any] = {
            key: self.value(value, key) for key, value in part["properties"].items() if key in wanted
        }
        if KINDS[kind].has_blank:
            entry["stem"] = self._text(f"A sentence with a {BLANK}.")
        return entry

    def entry(self, definition: str, *optional: str) -> dict[str, Any]:
        """Return an entry of a definition of the schema, such as ``FactEntry``, with some of its optional keys."""
        schema = self._definitions[definition]
        wanted = {*schema["required"], *optional}
        return {key: self.value(part, key) for key, part in schema["properties"].items() if key in wanted}

    def exhibit_pair(self) -> list[dict[str, Any]]:
        """Return a genuine exhibit, and its twin, which is a scam."""
        genuine, scam = "genuine-call", "scam-call"
        return [
            self._exhibit(genuine, scam, "hang up and call back", genuine=True),
            self._exhibit(scam, genuine, "stay on the line", genuine=False),
        ]

    def _exhibit(self, id_: str, twin: str, text: str, *, genuine: bool) -> dict[str, Any]:
        return {
            "id": id_,
            "channel": "call",
            "genuine": genuine,
            "twin": twin,
            "asks": ["nothing" if genuine else "silence"],
            "from": self._text(_TEXTS["from"]),
            "lines": [
                {"who": "caller", **self._text("This is your bank.")},
                {"who": "you", **self._text("How do I know?")},
                {"who": "caller", **self._text("It is about a payment.")},
                {"who": "caller", **self._text(f"Please {text}.")},
            ],
            "signs": [
                {
                    "line": 4,
                    "words": self._text(text),
                    "reason": self._text(_TEXTS["reason"]),
                    "facts": ["fact-id"],
                }
            ],
        }

    def value(self, schema: Schema, name: str, number: str = "") -> Any:  # noqa: PLR0911  one for each type of the schema
        """Return an example of a value that has this schema.

        ``name`` is its key. ``number`` tells it apart from others in a list that needs several.
        """
        if "$ref" in schema:
            return self.value(self._definitions[schema["$ref"].rpartition("/")[2]], name, number)
        if "anyOf" in schema:
            return self.value(schema["anyOf"][0], name, number)
        possible = [schema["const"]] if "const" in schema else schema.get("enum") or schema.get("examples")
        if possible:
            return next((each for each in possible if each in _PREFERRED), possible[0])
        match schema.get("type"):
            case "object":
                return self._example_mapping(schema, name, number)
            case "array":
                least = max(schema.get("minItems", 1), _USUAL_LENGTHS.get(name, 1))
                singular = "passage" if name == "cites" else name.removesuffix("s")
                numbers = [f" {index + 1}" for index in range(least)] if least > 1 else [""]
                return [self.value(schema["items"], singular, each) for each in numbers]
            case "boolean":
                return True
            case "integer":
                return schema.get("minimum", 1)
        pattern = schema.get("pattern", "")
        if pattern in (fields.SLUG, fields.REFERENCE):
            return name if name == "id" else f"{name}-id"
        return _WORDS_BY_PATTERN.get(pattern) or _TEXTS.get(name, name) + number

    def _example_mapping(self, schema: Schema, name: str, number: str) -> dict[str, Any]:
        """Return a mapping with its required keys. If they are languages, its values are texts of the key ``name``."""
        properties: Mapping[str, Schema] = schema.get("properties", {})
        keys = schema.get("required") or list(self._languages)[:1]
        return {
            key: self._placeholder or self.value(properties[key], name, number)
            if key in self._languages and properties[key].get("type") == "string"
            else self.value(properties[key], name if key in self._languages else key, number)
            for key in keys
            if key in properties
        }

    def _text(self, text: str) -> Text:
        return dict.fromkeys(self._languages, text)


def as_snippet(value: Any) -> Any:
    """Return an example as the body of a snippet of a text editor: each text is a placeholder that Tab goes to."""
    count = 0

    def convert(part: Any) -> Any:
        nonlocal count
        if isinstance(part, dict):
            return {key: convert(each) for key, each in part.items()}
        if isinstance(part, list):
            return [convert(each) for each in part]
        if not isinstance(part, str):
            return part
        count += 1
        words = part.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
        return f"${{{count}:{words}}}"

    return convert(value)


def in_flow_style(value: Any) -> str:
    """Return an example on one line of YAML: mappings in braces, lists in brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {in_flow_style(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_flow_style, value)) + "]"
    if isinstance(value, bool | int):
        return str(value).lower()
    return value if re.fullmatch(r"[^\W\d][\w .’/-]*|…", str(value)) else f'"{value}"'
