"""The types of question bank files and of the entries in them.

The JSON Schema is made from these types, so the annotations say all that is to know about a field. Sources and
statements have the same type in files as in the program (``quizgen.model``). Each kind of question has a type in
``quizgen.kinds``.
"""

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType, field

from quizgen.fields import (
    Difficulty,
    LanguageTag,
    Member,
    Members,
    Number,
    Reference,
    References,
    Slug,
    TemplateField,
    TextField,
    Waivers,
    Written,
    about,
    defined_as,
)
from quizgen.model import MAX_EXHIBIT_LINES, Ask, Channel, HelpRole, Source, Statement

LineField: TypeAlias = Annotated[dict[str, Any], defined_as("line")]
"""A line of an exhibit: who says it, a text in each language, and what it costs or what the reader may reply."""

LINE_KEYS = frozenset(("who", "lost", "replies"))
"""The keys of a line that are not language tags."""

EitherLine: TypeAlias = Annotated[dict[str, Any], defined_as("line-template")]
"""A line of an exhibit model, or two: one for genuine exhibits and one for scams."""

EitherText: TypeAlias = Annotated[dict[str, Any], defined_as("either-template")]
"""A text of an exhibit model, or two: one for genuine exhibits and one for scams."""

LineNumber: TypeAlias = Annotated[
    Annotated[int, Meta(ge=1)] | Literal["from"],
    about("The number of its line, from 1, or `from` for the sender."),
]
Lines = Meta(min_length=1, max_length=MAX_EXHIBIT_LINES)
Stake: TypeAlias = Annotated[
    Annotated[int, Meta(ge=1)] | UnsetType,
    about("The sum at stake, in whole units of the bank's `currency`."),
]
Asks: TypeAlias = Annotated[
    Annotated[tuple[Ask, ...], Meta(min_length=1)] | UnsetType,
    about("What the sender wants of the reader; `nothing` where it is none of the others."),
]
MAX_SIGNS = 4
MAX_AFTER_REPLY = 4


class RelationEntry(Written):
    """A relation: parts of a fact, such as what and how long, from which item models make questions.

    It also has a text for each member of its relation type.
    """

    id: Annotated[Slug, about("The relation's id within its topic; it never changes.")]
    relation: Annotated[Slug, about("The relation type that it is of.")]
    rank: Annotated[int, Meta(ge=1, le=99), about("Its place in an order.")] = 0
    facts: Annotated[References, about("Facts that the relation rests on beside this one.")] = ()
    also: Annotated[
        References,
        about("Relations whose members hold here as well, so that they are never wrong answers here."),
    ] = ()


class FactEntry(Written):
    """A fact: one claim that passages of a source make, in the author's own words."""

    id: Annotated[Slug, about("The fact's id within its topic; it never changes.")]
    statement: Annotated[TextField, about("What the article says, in our own words.")]
    cites: Annotated[References, about("Passages of a source: q1-a1, or source/q1-a1.")]
    terms: Annotated[
        tuple[str, ...],
        Meta(min_length=1),
        about("A few words that stand in a cited passage, letter for letter."),
    ]
    relations: Annotated[
        tuple[RelationEntry, ...], about("What the fact relates, from which item models make questions.")
    ] = ()


class SignEntry(Written):
    """A sign: words in an exhibit that show whether it is genuine, and why."""

    line: LineNumber
    words: Annotated[TextField, about("The words that decide, letter for letter.")]
    reason: Annotated[TextField, about("Why they decide, from the facts.")]
    facts: Annotated[References, about("Facts of this topic by id, of another as topic/id.")]


class ExhibitEntry(Written, kw_only=True, rename={"sender": "from"}):
    """An exhibit: a message, call or letter as a person receives it, line by line. It is genuine or a scam."""

    id: Annotated[Slug, about("The exhibit's id within its topic; it never changes.")]
    channel: Channel
    genuine: bool
    twin: Annotated[Reference, about("The exhibit that differs from this one in its signs alone.")] = ""
    context: Annotated[TextField, about("A line above it: what happened before.")] = field(
        default_factory=dict
    )
    stake: Stake = UNSET
    asks: Asks = UNSET
    sender: Annotated[TextField, about("The sender, as a person sees it.")]
    lines: Annotated[tuple[LineField, ...], Lines]
    signs: Annotated[tuple[SignEntry, ...], Meta(min_length=1, max_length=MAX_SIGNS)]


class HelpNumberEntry(Written, kw_only=True, rename={"purpose": "for"}):
    """A help number: a number to call, or a sender to recognise."""

    region: Annotated[Slug, about("Where it is called. The first region of the file is shown.", "cn")]
    id: Annotated[Slug, about("Its name in the texts of the bank: {police}.")]
    number: Annotated[Number, about("The number as it is dialled or seen.")]
    purpose: Annotated[TextField, about("What it is for.")]
    cites: Annotated[References, about("Passages that say so: source/q1-a1.")] = ()
    role: Annotated[
        HelpRole | UnsetType,
        about("What printed sheets give it for: to call at once, to ask, to report to, or a genuine sender."),
    ] = UNSET
    note: Annotated[TextField, about("A few words to stand below it on a card.")] = field(
        default_factory=dict
    )


class SignTemplate(Written):
    """A sign of an exhibit model, with slots in its texts."""

    line: LineNumber
    words: Annotated[TemplateField, about("The words that decide, letter for letter.")]
    reason: Annotated[TemplateField, about("Why they decide, from the facts.")]
    facts: Annotated[References, about("Facts of this topic by id, of another as topic/id.")]


class ExhibitSide(Written, kw_only=True):
    """The texts of an exhibit model that differ between its genuine exhibits and its scams: one of the two sides."""

    stake: Stake = UNSET
    asks: Asks = UNSET
    signs: Annotated[tuple[SignTemplate, ...], Meta(min_length=1, max_length=MAX_SIGNS)]
    facts: Annotated[References, about("Facts that the question rests on, as topic/id.")]
    rationale: TemplateField
    advice: TemplateField = field(default_factory=dict)


class ExhibitModelEntry(Written, kw_only=True, rename={"sender": "from"}):
    """An exhibit model: an exhibit with slots, from which many are made, always a genuine one and a scam together."""

    id: Annotated[Slug, about("The model's id; those of its exhibits begin with it, so it never changes.")]
    topic: Annotated[Slug, about("The topic of its exhibits.")]
    channel: Channel
    size: Annotated[int, Meta(ge=1, le=50), about("How many pairs to make (6 unless given).")] = 6
    difficulty: Difficulty
    slots: Annotated[
        dict[Member, Annotated[tuple[TemplateField, ...], Meta(extra_json_schema={"minItems": 2})]],
        about("What may stand in each slot; {{ slot }} in the texts."),
    ]
    context: Annotated[EitherText, about("A line above it: what happened before.")] = field(
        default_factory=dict
    )
    sender: EitherText
    lines: Annotated[tuple[EitherLine, ...], Lines]
    genuine: ExhibitSide
    scam: ExhibitSide
    waive: Annotated[
        Waivers,
        about("Rules of `bank check --lint` that every question of this model may break, with the reason."),
    ] = field(default_factory=dict)


class RelationTypeEntry(Written):
    """A type of relations, with the item models that make questions from them."""

    id: Annotated[Slug, about("The relation type's id; it never changes.")]
    members: Annotated[Members, about("What each relation of this type says, by name.")]
    models: tuple[Annotated[dict[str, Any], defined_as("model")], ...]


class TopicFile(Written):
    """A file with the facts, exhibits and questions of a topic."""

    topic: Annotated[Slug, about("The topic's id; it never changes.")]
    title: TextField
    facts: tuple[FactEntry, ...] = ()
    exhibits: tuple[ExhibitEntry, ...] = ()
    questions: tuple[Annotated[dict[str, Any], defined_as("question")], ...] = ()


class SourcesFile(Written):
    """A file with the sources that facts cite."""

    sources: tuple[Source, ...]


class HelpFile(Written):
    """A file with help numbers: numbers to call, and senders to recognise."""

    help: Annotated[tuple[HelpNumberEntry, ...], Meta(min_length=1)]


class RetiredFile(Written):
    """A file with the ids of questions and exhibits that no longer exist."""

    retired: Annotated[
        tuple[Reference, ...], about("Full ids of questions and exhibits that have gone: topic/id.")
    ]


class StatementsFile(Written):
    """A file with statements that printed sheets show apart from questions."""

    statements: Annotated[tuple[Statement, ...], Meta(min_length=1)]


class ModelsFile(Written):
    """A file with item models, grouped by relation type, and exhibit models."""

    relations: tuple[RelationTypeEntry, ...] = ()
    exhibits: tuple[ExhibitModelEntry, ...] = ()


class DeclarationFile(Written):
    """A file that declares the languages, title and currency of the question bank."""

    languages: Annotated[
        tuple[LanguageTag, ...],
        Meta(min_length=1),
        about("Tags of the languages that every text of the bank has."),
    ]
    title: Annotated[TextField, about("What stands above all that is made of the bank.")] = field(
        default_factory=dict
    )
    currency: Annotated[TextField, about("The word behind a sum of money: yuan.")] = field(
        default_factory=dict
    )
    optional: Annotated[tuple[Literal["facts", "rationale"], ...], about("What its questions may lack.")] = ()


FILES: dict[str, type[Written]] = {
    "topic": TopicFile,
    "sources": SourcesFile,
    "help": HelpFile,
    "retired": RetiredFile,
    "statements": StatementsFile,
    "relations": ModelsFile,
    "exhibits": ModelsFile,
    "languages": DeclarationFile,
}
"""The sorts of files, each by the key that identifies it: the first of these keys that a file has decides."""
