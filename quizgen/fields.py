"""The types of the values in the files of a question bank.

Their annotations describe the values for the JSON Schema.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from quizgen.text.languages import TAG, Text

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
REFERENCE = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"
FULL_ID = "^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"
NUMBER = "^[0-9+*#][0-9 +*#-]*$"
MAIL = "^[^@\\s]+@[^@\\s]+[.][^@\\s]+$"
FORM = "^https?://[^/\\s]+[.][^\\s]+$"
HELP_REFERENCE = "^[{][a-z0-9]+(-[a-z0-9]+)*[}]$"
DIGEST = "^[0-9a-f]{64}$"
DATE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
MAX_SLUG_LENGTH = 60
MAX_HELP_LENGTH = 40
"""The most characters of a mail address or the name of an app: what a sheet has room for beside what it is for."""


class YamlMapping(Struct):
    """A mapping in a file of a question bank. Its fields are the keys of the mapping."""


def describe_value(description: str, *examples: str) -> Meta:
    """Return an annotation with a description of a value, and with examples. Text editors show these."""
    return Meta(description=description, examples=list(examples) or None)


def schema_reference(name: str) -> Meta:
    """Return an annotation that refers to a definition of the JSON Schema, which depends on the languages of the bank."""
    return Meta(extra_json_schema={"$ref": f"#/$defs/{name}"})


def _schema_pattern(pattern: str, max_length: int | None = None) -> Meta:
    """Return an annotation with a pattern for the JSON Schema.

    The pattern holds only in files. When a question bank is loaded, its ids become full ids, with their topic.
    """
    limit = {"maxLength": max_length} if max_length else {}
    return Meta(extra_json_schema={"pattern": pattern, **limit})


NOT_EMPTY = Meta(extra_json_schema={"minItems": 1})
"""Require an entry, in the schema only: a list that an author leaves out is empty in a loaded bank."""


Slug: TypeAlias = Annotated[str, _schema_pattern(SLUG, MAX_SLUG_LENGTH)]
Reference: TypeAlias = Annotated[str, _schema_pattern(REFERENCE)]
References: TypeAlias = Annotated[tuple[Reference, ...], NOT_EMPTY]
FullIds: TypeAlias = Annotated[tuple[Annotated[str, _schema_pattern(FULL_ID)], ...], NOT_EMPTY]
HelpReference: TypeAlias = Annotated[str, _schema_pattern(HELP_REFERENCE)]
Number: TypeAlias = Annotated[str, _schema_pattern(NUMBER)]
MailAddress: TypeAlias = Annotated[str, _schema_pattern(MAIL, MAX_HELP_LENGTH)]
WebAddress: TypeAlias = Annotated[str, _schema_pattern(FORM)]
AppName: TypeAlias = Annotated[str, Meta(extra_json_schema={"minLength": 1, "maxLength": MAX_HELP_LENGTH})]
Digest: TypeAlias = Annotated[str, _schema_pattern(DIGEST)]
Date: TypeAlias = Annotated[str, _schema_pattern(DATE)]
LanguageTag: TypeAlias = Annotated[str, _schema_pattern(TAG)]
Difficulty: TypeAlias = Literal[1, 2, 3]

TextField: TypeAlias = Annotated[Text, schema_reference("text")]
"""A text in each language of the bank."""

PartialTextField: TypeAlias = Annotated[Text, schema_reference("partial-text")]
"""A text in some languages of the question bank. In the others, nothing is shown."""

WordsField: TypeAlias = Annotated[dict[str, tuple[str, ...]], schema_reference("words")]
"""A list of words in each language of the bank."""

Draft: TypeAlias = Annotated[
    bool,
    describe_value("Whether no person has accepted it yet; a quiz has no drafts (`quizgen bank accept`)."),
]

Waivers: TypeAlias = dict[str, str]
"""Rules of item writing that a question may break, each with the reason."""
