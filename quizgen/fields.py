"""The types of values in a bank's files; their annotations say what a value looks like.

The JSON Schema of a bank is made from these types (``quizgen.bank.schema``). How a text looks depends on the
languages that a bank declares, so the types of texts refer to definitions that are made for each bank.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from quizgen.text.languages import TAG, Text

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
REFERENCE = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"
FULL_ID = "^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"
NUMBER = "^[0-9+*#][0-9 +*#-]*$"
HELP_REFERENCE = "^[{][a-z0-9]+(-[a-z0-9]+)*[}]$"
DIGEST = "^[0-9a-f]{64}$"
DATE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
MEMBER = "^[a-z][a-z0-9_]*$"
MAX_SLUG_LENGTH = 60


class Written(Struct):
    """A mapping in a bank's file, as its author wrote it: its fields are the keys."""


def about(description: str, *examples: str) -> Meta:
    """Return an annotation with a description of a value and examples, for editors to show."""
    return Meta(description=description, examples=list(examples) or None)


def defined_as(name: str) -> Meta:
    """Return an annotation that refers to a definition in the schema made for each bank."""
    return Meta(extra_json_schema={"$ref": f"#/$defs/{name}"})


def _pattern(pattern: str, max_length: int | None = None) -> Meta:
    """Return an annotation with a pattern for the schema only: ids of a loaded bank are full, with their topic."""
    limit = {"maxLength": max_length} if max_length else {}
    return Meta(extra_json_schema={"pattern": pattern, **limit})


NOT_EMPTY = Meta(extra_json_schema={"minItems": 1})
"""Require an entry, in the schema only: a list that an author leaves out is empty in a loaded bank."""


Slug: TypeAlias = Annotated[str, _pattern(SLUG, MAX_SLUG_LENGTH)]
Reference: TypeAlias = Annotated[str, _pattern(REFERENCE)]
References: TypeAlias = Annotated[tuple[Reference, ...], NOT_EMPTY]
FullIds: TypeAlias = Annotated[tuple[Annotated[str, _pattern(FULL_ID)], ...], NOT_EMPTY]
HelpReference: TypeAlias = Annotated[str, _pattern(HELP_REFERENCE)]
Number: TypeAlias = Annotated[str, _pattern(NUMBER)]
Digest: TypeAlias = Annotated[str, _pattern(DIGEST)]
Date: TypeAlias = Annotated[str, _pattern(DATE)]
LanguageTag: TypeAlias = Annotated[str, _pattern(TAG)]
Member: TypeAlias = Annotated[str, _pattern(MEMBER, MAX_SLUG_LENGTH)]
Members: TypeAlias = Annotated[tuple[Member, ...], NOT_EMPTY]
Difficulty: TypeAlias = Literal[1, 2, 3]

TextField: TypeAlias = Annotated[Text, defined_as("text")]
"""A text in each language of the bank."""

WordsField: TypeAlias = Annotated[dict[str, tuple[str, ...]], defined_as("words")]
"""A list of words in each language of the bank."""

TemplateField: TypeAlias = Annotated[Text, defined_as("template")]
"""A text with slots to fill, in the languages of the bank and in no other."""

Waivers: TypeAlias = dict[str, str]
"""Rules of item writing that a question may break, each with the reason."""
