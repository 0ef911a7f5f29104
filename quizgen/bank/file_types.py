"""The types of question bank files and of the entries in them.

The JSON Schema is made from these types, so the annotations say all that is to know about a field. Sources and
statements have the same type in files as in the program (``quizgen.model``). Each kind of question has a type in
``quizgen.kinds``.
"""

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType, field

from quizgen.fields import (
    AppName,
    Draft,
    LanguageTag,
    MailAddress,
    Number,
    PartialTextField,
    Reference,
    References,
    Slug,
    TextField,
    WebAddress,
    YamlMapping,
    describe_value,
    schema_reference,
)
from quizgen.model import (
    MAX_EXHIBIT_LINES,
    USUAL_WEIGHT,
    Ask,
    Audience,
    Channel,
    HelpRole,
    Source,
    Statement,
)

LineField: TypeAlias = Annotated[dict[str, Any], schema_reference("line")]
"""A line of an exhibit: who says it, a text in each language, and what it costs or what the reader may reply."""

LINE_KEYS = frozenset(("who", "lost", "replies"))
"""The keys of a line that are not language tags."""

LineNumber: TypeAlias = Annotated[
    Annotated[int, Meta(ge=1)] | Literal["from"],
    describe_value("The number of its line, from 1, or `from` for the sender."),
]
Lines = Meta(min_length=1, max_length=MAX_EXHIBIT_LINES)
Stake: TypeAlias = Annotated[
    Annotated[int, Meta(ge=1)] | UnsetType,
    describe_value("The sum at stake, in whole units of the bank's `currency`."),
]
Asks: TypeAlias = Annotated[
    Annotated[tuple[Ask, ...], Meta(min_length=1)] | UnsetType,
    describe_value("What the sender wants of the reader; `nothing` where it is none of the others."),
]
MAX_MONEY = 1_000_000_000
MAX_SIGNS = 4
MAX_AFTER_REPLY = 4


class FactEntry(YamlMapping):
    """A fact: one claim that passages of a source make, in the author's own words."""

    id: Annotated[Slug, describe_value("The fact's id within its topic; it never changes.")]
    statement: Annotated[TextField, describe_value("What the passages say, in your own words.")]
    cites: Annotated[References, describe_value("Passages of a source: q1-a1, or source/q1-a1.")]
    terms: Annotated[
        tuple[str, ...],
        Meta(min_length=1),
        describe_value("A few words that stand in a cited passage, letter for letter."),
    ]
    draft: Draft = False


class LessonEntry(YamlMapping, kw_only=True):
    """A lesson: what a visitor should take home, in a sentence, and what to do."""

    id: Annotated[Slug, describe_value("The lesson's id within its topic; it never changes.")]
    keep: Annotated[TextField, describe_value("The sentence to remember, in at most twelve words.")]
    do: Annotated[TextField, describe_value("What to do, in at most sixteen words.")]
    facts: Annotated[References, describe_value("Facts of this topic by id, of another as topic/id.")] = ()
    weight: Annotated[
        Literal[1, 2, 3],
        describe_value("How often it is drawn, by the harm that it prevents; 2 unless given."),
    ] = USUAL_WEIGHT
    audience: Annotated[Audience, describe_value("Who it is for; everyone, unless given.")] = "everyone"


class SignEntry(YamlMapping):
    """A sign: words in an exhibit that show whether it is genuine, and why."""

    line: LineNumber
    words: Annotated[
        TextField, describe_value("The words that show whether it is genuine, letter for letter.")
    ]
    reason: Annotated[TextField, describe_value("Why they show it, from the facts.")]
    facts: Annotated[References, describe_value("Facts of this topic by id, of another as topic/id.")]


class ExhibitEntry(YamlMapping, kw_only=True, rename={"sender": "from"}):
    """An exhibit: a message, call or letter as a person receives it, line by line. It is genuine or a scam."""

    id: Annotated[Slug, describe_value("The exhibit's id within its topic; it never changes.")]
    draft: Draft = False
    channel: Channel
    genuine: bool
    twin: Annotated[
        Reference, describe_value("The exhibit that differs from this one in its signs alone.")
    ] = ""
    context: Annotated[TextField, describe_value("A line above it: what happened before.")] = field(
        default_factory=dict
    )
    stake: Stake = UNSET
    asks: Asks = UNSET
    sender: Annotated[TextField, describe_value("The sender, as a person sees it.")]
    lines: Annotated[tuple[LineField, ...], Lines]
    signs: Annotated[tuple[SignEntry, ...], Meta(min_length=1, max_length=MAX_SIGNS)]


class HelpNumberEntry(YamlMapping, kw_only=True, rename={"purpose": "for"}):
    """A help number: a number to call, or a sender to recognise. Instead of ``number``, it can have ``mail``, ``form`` or ``app``."""

    region: Annotated[
        Slug, describe_value("Where it is called. The first region of the file is shown.", "cn")
    ]
    id: Annotated[Slug, describe_value("Its name in the texts of the bank: {police}.")]
    number: Annotated[Number | UnsetType, describe_value("The number as it is dialled or seen.")] = UNSET
    mail: Annotated[
        MailAddress | UnsetType, describe_value("A mail address, instead of a number.", "name@example.org")
    ] = UNSET
    form: Annotated[
        WebAddress | UnsetType,
        describe_value(
            "The address of a form on the web, instead of a number.", "https://example.org/report"
        ),
    ] = UNSET
    app: Annotated[AppName | UnsetType, describe_value("The name of an app, instead of a number.")] = UNSET
    purpose: Annotated[TextField, describe_value("What it is for.")]
    cites: Annotated[References, describe_value("Passages that say so: source/q1-a1.")] = ()
    role: Annotated[
        HelpRole | UnsetType,
        describe_value(
            "Where sheets print it: `emergency` large below “Money gone?”, `advice` large below “Not sure?”, `report` (report an attempt to it) and `sender` (a genuine sender) in lists."
        ),
    ] = UNSET
    note: Annotated[TextField, describe_value("A few words to stand below it on a card.")] = field(
        default_factory=dict
    )
    place: Annotated[
        PartialTextField,
        describe_value(
            "Where it works, for readers who may be elsewhere; a language may be left out.",
            "in mainland China",
        ),
    ] = field(default_factory=dict)


class TopicFile(YamlMapping):
    """A file with the facts, lessons, exhibits and questions of a topic."""

    topic: Annotated[Slug, describe_value("The topic's id; it never changes.")]
    title: TextField
    facts: tuple[FactEntry, ...] = ()
    lessons: tuple[LessonEntry, ...] = ()
    exhibits: tuple[ExhibitEntry, ...] = ()
    questions: tuple[Annotated[dict[str, Any], schema_reference("question")], ...] = ()


class SourcesFile(YamlMapping):
    """A file with the sources that facts cite."""

    sources: tuple[Source, ...]


class HelpFile(YamlMapping):
    """A file with help numbers: numbers to call, and senders to recognise."""

    help: Annotated[tuple[HelpNumberEntry, ...], Meta(min_length=1)]


class StatementsFile(YamlMapping):
    """A file with statements that printed sheets show apart from questions."""

    statements: Annotated[tuple[Statement, ...], Meta(min_length=1)]


class GlossaryEntry(YamlMapping):
    """A word that not every reader knows, with its meaning."""

    word: Annotated[str, Meta(min_length=1), describe_value("The word, as it stands in texts.", "SMS")]
    meaning: Annotated[
        PartialTextField,
        describe_value("What it means, in the languages whose readers may not know it.", "a text message"),
    ]


class DeclarationFile(YamlMapping):
    """A file that declares the languages, title and currency of the question bank."""

    languages: Annotated[
        tuple[LanguageTag, ...],
        Meta(min_length=1),
        describe_value("Tags of the languages that every text of the bank has."),
    ]
    title: Annotated[TextField, describe_value("The title above everything that is made of the bank.")] = (
        field(default_factory=dict)
    )
    currency: Annotated[
        TextField, describe_value("The word behind a sum of money, yuan, or the sign before it, £.")
    ] = field(default_factory=dict)
    money: Annotated[
        Annotated[int, Meta(ge=1, le=MAX_MONEY)] | UnsetType,
        describe_value("The sum that a game begins with, in whole units of `currency`; 50000 unless given."),
    ] = UNSET
    stake: Annotated[
        Annotated[int, Meta(ge=1, le=MAX_MONEY)] | UnsetType,
        describe_value("What exhibits without a `stake` put at stake; a fiftieth of `money` unless given."),
    ] = UNSET
    optional: Annotated[
        tuple[Literal["facts", "rationale"], ...], describe_value("What its questions may lack.")
    ] = ()
    about: Annotated[
        TextField, describe_value("A sentence on what the bank is about, for the home page.")
    ] = field(default_factory=dict)
    glossary: Annotated[
        tuple[GlossaryEntry, ...],
        describe_value("Words to explain where a quiz first uses them."),
    ] = ()
    region: Annotated[
        Slug | UnsetType,
        describe_value(
            "The region whose help numbers the bank gives, whatever region a profile names.", "uk"
        ),
    ] = UNSET


FILES: dict[str, type[YamlMapping]] = {
    "topic": TopicFile,
    "sources": SourcesFile,
    "help": HelpFile,
    "statements": StatementsFile,
    "languages": DeclarationFile,
}
"""The sorts of files, each by the key that identifies it: the first of these keys that a file has decides."""
