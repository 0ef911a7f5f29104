"""The values that stand in a bank's files, as types; the annotation of each says what it has to look like.

The JSON Schema of a bank is made from these types (``quizgen.bank.schema``). How a text looks depends on the languages
that a bank declares, so the types of texts refer to definitions that are made for each bank.
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
MAX_SLUG = 60


class Written(Struct):
    """A mapping in a bank's file, as its author writes it: its fields are the keys."""


def about(description: str, *examples: str) -> Meta:
    """Say what a value is for, as editors show it."""
    return Meta(description=description, examples=list(examples) or None)


def defined_as(name: str) -> Meta:
    """Refer to a definition of the schema that is made for each bank."""
    return Meta(extra_json_schema={"$ref": f"#/$defs/{name}"})


def _like(pattern: str, longest: int | None = None) -> Meta:
    """Ask for a pattern in the schema alone: in a bank that is loaded, an id is full and has its topic before it."""
    limit = {"maxLength": longest} if longest else {}
    return Meta(extra_json_schema={"pattern": pattern, **limit})


FILLED = Meta(extra_json_schema={"minItems": 1})
"""Ask for an entry in the schema alone: in a bank that is loaded, a list that its author left out is empty."""


Slug: TypeAlias = Annotated[str, _like(SLUG, MAX_SLUG)]
Reference: TypeAlias = Annotated[str, _like(REFERENCE)]
References: TypeAlias = Annotated[tuple[Reference, ...], FILLED]
FullIds: TypeAlias = Annotated[tuple[Annotated[str, _like(FULL_ID)], ...], FILLED]
HelpReference: TypeAlias = Annotated[str, _like(HELP_REFERENCE)]
Number: TypeAlias = Annotated[str, _like(NUMBER)]
Digest: TypeAlias = Annotated[str, _like(DIGEST)]
Date: TypeAlias = Annotated[str, _like(DATE)]
LanguageTag: TypeAlias = Annotated[str, _like(TAG)]
Member: TypeAlias = Annotated[str, _like(MEMBER, MAX_SLUG)]
Members: TypeAlias = Annotated[tuple[Member, ...], FILLED]
Difficulty: TypeAlias = Literal[1, 2, 3]

TextField: TypeAlias = Annotated[Text, defined_as("text")]
"""A text in each language of the bank."""

WordsField: TypeAlias = Annotated[dict[str, tuple[str, ...]], defined_as("words")]
"""A list of words in each language of the bank."""

TemplateField: TypeAlias = Annotated[Text, defined_as("template")]
"""A text with places to fill, in each language of the bank and in no other."""

Waivers: TypeAlias = dict[str, str]
"""Rules of item writing that a question may break, each with the reason."""
