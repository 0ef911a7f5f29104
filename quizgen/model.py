"""The parts of a quiz. Everything here is frozen, and nothing reads or writes files.

However a question is written in the bank, it has one of a few answer shapes (``quizgen.shapes``). Marking,
screens, paper and exports know only shapes.
"""

from typing import Annotated, Literal, TypeAlias, get_args

from msgspec import Struct

from quizgen.fields import (
    NOT_EMPTY,
    Date,
    Digest,
    FullIds,
    HelpReference,
    LanguageTag,
    Slug,
    TextField,
    about,
)
from quizgen.shapes import Answer
from quizgen.text.languages import LANGUAGES, Text, readable_languages
from quizgen.text.messages import Message, _

Level: TypeAlias = Literal["recall", "understand", "apply"]
LEVELS: tuple[Level, ...] = ("recall", "understand", "apply")
LEVEL_MEANINGS: dict[str, Message] = {
    "recall": _("say what a fact says"),
    "understand": _("see what it means"),
    "apply": _("decide in a small scene"),
}
Audience: TypeAlias = Literal["everyone", "work"]
AUDIENCES: dict[Audience, Message] = {
    "everyone": _("what anybody may need to know"),
    "work": _("how the fight is organised: for officers, students, volunteers"),
}
"""Who questions are for, and what these questions are about."""

Channel: TypeAlias = Literal["sms", "chat", "call", "email", "letter", "notice", "app"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
"""How an exhibit reaches a person."""

Speaker: TypeAlias = Literal["sender", "caller", "you"]
SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)

Ask: TypeAlias = Literal[
    "money", "code", "password", "identity", "link", "app", "visit", "silence", "cash", "nothing"
]
ASKS: tuple[Ask, ...] = get_args(Ask)
"""What the sender of an exhibit wants of the reader."""

MAX_EXHIBIT_LINES = 16
"""The largest number of lines of an exhibit."""

HelpRole: TypeAlias = Literal["emergency", "advice", "report", "sender"]
HELP_ROLES: tuple[HelpRole, ...] = get_args(HelpRole)
"""What a help number is for: to call at once, to ask, to report to; or a sender whose messages are genuine."""

Basis: TypeAlias = Literal["text", "notes"]
"""What a source's passages stand in: the text as it was published, or notes on it in our own words."""

StatementRole: TypeAlias = Literal["headline", "slogan", "verb", "lead", "step", "keep", "tip", "say"]
STATEMENT_ROLES: tuple[StatementRole, ...] = get_args(StatementRole)
"""What a statement is on a printed sheet.

In this order: the headline of a poster; the slogan of a card; one of three verbs; an introduction to the steps; a step to
take after a fraud; what to note down; a tip; a sentence to say.
"""

DIFFICULTIES = (1, 2, 3)
DIFFICULTY_NAMES: dict[int, Message] = {1: _("easy"), 2: _("medium"), 3: _("hard")}

DEFAULT_LANGUAGES = ("en", "zh-Hans")
"""The languages of a bank that declares none; Traditional Chinese is derived from Simplified."""

OPTIONAL_KEYS = ("facts", "rationale")
"""Keys that questions may lack, if the bank says so."""

BLANK = "____"
"""The mark of the blank in the stem of a ``fill`` question."""


class Declaration(Struct, frozen=True):
    """What a bank declares about itself in ``bank.yaml``, for checks to use.

    Every text is in each of ``languages``, at least one, and may be in others. ``optional`` names those of
    :data:`OPTIONAL_KEYS` that a question may lack. ``title`` is the heading of printed sheets and pages; if it is
    empty, they have the program's own. ``currency`` is the word after a sum ("yuan"), and may be empty.
    """

    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    optional: tuple[str, ...] = ()
    title: Text = {}
    currency: Text = {}

    @property
    def text_languages(self) -> tuple[str, ...]:
        """All languages that a text may be in."""
        return (*self.languages, *(tag for tag in LANGUAGES if tag not in self.languages))

    @property
    def readable_languages(self) -> tuple[str, ...]:
        """The languages in which every text can be read, including derived ones."""
        return readable_languages(self.languages)


class Passage(Struct, frozen=True):
    """A paragraph of a source, known only by its digest: a bank holds no sentence of a source.

    ``id`` is full (``source/q1-a1``, ``source/art31-2``). ``speaker`` names an office, never a person, and is empty
    if the source itself speaks. ``digest`` is the SHA-256, in hexadecimal, of the passage's wording
    (``source/wording.py``).
    """

    id: Annotated[Slug, about("The passage's id within its source; it never changes.", "q1-a1", "art31-2")]
    digest: Annotated[Digest, about("SHA-256 of the passage's wording, as `quizgen source show` prints it.")]
    speaker: Annotated[TextField, about("The speaker's office, never a name.")] = {}


class Source(Struct, frozen=True):
    """A published text: an article, a law, a notice.

    ``date`` is ISO 8601, as exact as the publisher gives it (2021-05), or "" if the publisher gives none. ``short`` is a
    short title for citations, and ``note`` says how old the source's practice is; both may be empty. The passages are
    those of the published text, or of our own notes on it, as ``basis`` says.
    """

    id: Annotated[Slug, about("The source's id; it never changes.")]
    title: TextField
    publisher: TextField
    language: Annotated[LanguageTag, about("The tag of its language.", "zh-Hans")]
    passages: Annotated[tuple[Passage, ...], NOT_EMPTY]
    short: Annotated[TextField, about("A title of a few words, for the line that names the source.")] = {}
    note: Annotated[TextField, about("What to know about its age: Practice of 2016.")] = {}
    date: Annotated[
        Date,
        about("ISO 8601, as exact as is known; left out if none is given.", "2021", "2021-05", "2021-05-17"),
    ] = ""
    basis: Annotated[
        Basis,
        about("Whether its passages are of the text as published (`text`), or of notes on it (`notes`)."),
    ] = "text"


class Topic(Struct, frozen=True):
    """A heading for facts and questions."""

    id: str
    title: Text


class Fact(Struct, frozen=True):
    """A claim from a source, in our words.

    ``id`` is full (``topic/slug``), ``cites`` are full passage ids, and each of ``terms`` occurs in a cited passage,
    letter for letter.
    """

    id: str
    topic: str
    statement: Text
    cites: tuple[str, ...]
    terms: tuple[str, ...]


class Reply(Struct, frozen=True):
    """Something that the reader may say at a line, and the lines that follow. Then the exhibit continues as without it."""

    say: Text
    then: tuple["Line", ...]


class Line(Struct, frozen=True):
    """A line of an exhibit, and who says or writes it.

    ``lost`` is the total that a reader who complies has lost by this line; ``None`` means the same as the line before.
    """

    who: Speaker
    text: Text
    lost: int | None = None
    replies: tuple[Reply, ...] = ()


class Sign(Struct, frozen=True):
    """Words that decide whether an exhibit is genuine, with the reason.

    ``line`` counts from 1; 0 is the sender. In each language, ``words`` occur in that line, letter for letter.
    ``facts`` are full ids of the facts behind the reason.
    """

    line: int
    words: Text
    reason: Text
    facts: tuple[str, ...]


class Exhibit(Struct, frozen=True):
    """What a person meets: a message, a call, a letter, in lines; genuine or a scam.

    ``id`` is full. ``twin`` is the full id of the exhibit that differs only in its signs, so that one of the two is
    genuine and the other a scam; "" if there is none. ``context`` says what happened before, and may be empty.
    ``stake`` is the sum at stake in the bank's currency, 0 if not given. ``asks`` lists what the sender wants; it is
    empty if not given.
    """

    id: str
    topic: str
    channel: Channel
    genuine: bool
    sender: Text
    lines: tuple[Line, ...]
    signs: tuple[Sign, ...]
    twin: str = ""
    generated: bool = False
    context: Text = {}
    stake: int = 0
    asks: tuple[Ask, ...] = ()

    @property
    def lines_by_others(self) -> tuple[int, ...]:
        """Numbers, from 1, of the lines that the person does not say. Only these can be options."""
        return tuple(number for number, line in enumerate(self.lines, start=1) if line.who != "you")

    @property
    def is_conversation(self) -> bool:
        """Whether more than one side speaks. Otherwise all lines come from the sender."""
        return any(line.who != "sender" for line in self.lines)

    @property
    def deciding_lines(self) -> tuple[int, ...]:
        """Numbers of the lines with signs, ascending; 0 is the sender."""
        return tuple(sorted({sign.line for sign in self.signs}))


class HelpNumber(Struct, frozen=True):
    """A number to call, or a sender to recognise, in a region; texts of a bank refer to it by its id.

    ``note`` is a few words below the number on a card.
    """

    id: str
    region: str
    number: str
    purpose: Text
    cites: tuple[str, ...] = ()
    role: HelpRole | Literal[""] = ""
    note: Text = {}


class Statement(Struct, frozen=True):
    """A text that printed sheets show apart from questions.

    ``id`` has no topic. ``facts`` are full ids of the facts behind it. ``head`` names it in a word or two, and
    ``short`` says the same in fewer words, for small sheets. ``number`` is printed large beside it: a help number,
    or "".
    """

    id: Annotated[Slug, about("The statement's id; it never changes.")]
    role: Annotated[
        StatementRole,
        about(
            "The headline of a poster, the slogan of a card, one of three verbs, what comes before the steps, "
            "a step to take when it has happened, what to note down, what else to know, or a sentence to say."
        ),
    ]
    text: Annotated[TextField, about("What sheets say. {police} is the help number of that name.")]
    facts: Annotated[
        FullIds, about("Facts that it rests on, as topic/id; none where it is advice of your own.")
    ] = ()
    head: Annotated[TextField, about("A word or two that name it: a verb, a step.")] = {}
    short: Annotated[
        TextField, about("The same in fewer words: a leaflet prints the steps that have it.")
    ] = {}
    number: Annotated[HelpReference, about("The help number that stands large beside it: {police}.")] = ""


class Question(Struct, frozen=True):
    """An item. As loaded, its answer is in authored order, keys first; in a quiz, in printed order.

    ``id`` is full (``topic/slug``) and never changes. ``facts`` are full fact ids; without sources there are none.
    ``advice`` is ours, not the source's. The advice may be empty, and so may the rationale if the bank says so.
    ``exhibit`` is the full id of the exhibit above the stem, or "". ``enemies`` are full ids, sorted, of questions
    that give away this question's key or whose key this one gives away, whether declared or found.
    """

    id: str
    topic: str
    kind: str
    level: Level
    difficulty: int
    facts: tuple[str, ...]
    stem: Text
    answer: Answer
    rationale: Text
    advice: Text = {}
    generated: bool = False
    audience: Audience = "everyone"
    exhibit: str = ""
    enemies: tuple[str, ...] = ()


class Bank(Struct, frozen=True):
    """Everything that quizzes are drawn from, by full id, in the order of the files.

    ``help`` has the numbers of one region by their ids. ``retired`` are ids of removed questions. ``declared`` is
    what the bank declares about itself. ``statements`` are in the order in which sheets show them.
    """

    sources: dict[str, Source]
    topics: dict[str, Topic]
    facts: dict[str, Fact]
    questions: dict[str, Question]
    exhibits: dict[str, Exhibit] = {}
    help: dict[str, HelpNumber] = {}
    retired: tuple[str, ...] = ()
    declared: Declaration = Declaration()
    statements: dict[str, Statement] = {}

    def statements_with_role(self, role: StatementRole) -> list[Statement]:
        """List the statements with a role, in the order of the bank."""
        return [each for each in self.statements.values() if each.role == role]

    def help_with_role(self, role: HelpRole) -> list[HelpNumber]:
        """List the help numbers with a role, in the order of the bank."""
        return [each for each in self.help.values() if each.role == role]

    def facts_behind(self, question: Question) -> list[str]:
        """List the ids of the facts behind a question, including those behind the signs of its exhibit."""
        signs = self.exhibits[question.exhibit].signs if question.exhibit else ()
        return [*question.facts, *(fact for sign in signs for fact in sign.facts)]


class Quiz(Struct, frozen=True):
    """Questions in printed order, with all that is needed to mark and explain them.

    ``version`` is the label of a paper, "" if there is only one. ``bank`` holds only the topics, facts, exhibits and
    sources of these questions, and the help numbers, so that later edits of the bank do not change the quiz.
    """

    questions: tuple[Question, ...]
    seed: int
    language: str
    bank: Bank
    version: str = ""
