"""What a quiz is made of. Everything here is frozen, and nothing here reads or writes.

A question, however it is written in the bank, comes down to one of a few answer shapes (``quizgen.shapes``);
graders, screens, paper and exports know shapes only.
"""

from typing import Annotated, Literal, TypeAlias, get_args

from msgspec import Struct

from quizgen.fields import FILLED, Date, Digest, FullIds, HelpReference, LanguageTag, Slug, TextField, about
from quizgen.shapes import Answer
from quizgen.text.languages import LANGUAGES, Text, readable
from quizgen.text.messages import Said

Level: TypeAlias = Literal["recall", "understand", "apply"]
LEVELS: tuple[Level, ...] = ("recall", "understand", "apply")
LEVEL_MEANINGS: dict[str, Said] = {
    "recall": "new.level-recall",
    "understand": "new.level-understand",
    "apply": "new.level-apply",
}
Audience: TypeAlias = Literal["everyone", "work"]
AUDIENCES: dict[Audience, Said] = {
    "everyone": "new.for-everyone",
    "work": "new.for-work",
}
"""Whom questions are for, and what these are about."""

Channel: TypeAlias = Literal["sms", "chat", "call", "email", "letter", "notice", "app"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
"""By which way an exhibit reaches a person."""

Speaker: TypeAlias = Literal["sender", "caller", "you"]
SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)

Ask: TypeAlias = Literal[
    "money", "code", "password", "identity", "link", "app", "visit", "silence", "cash", "nothing"
]
ASKS: tuple[Ask, ...] = get_args(Ask)
"""What the sender of an exhibit wants of the reader."""

LONGEST_EXHIBIT = 16
"""How many lines an exhibit has at the most."""

HelpRole: TypeAlias = Literal["emergency", "advice", "report", "sender"]
HELP_ROLES: tuple[HelpRole, ...] = get_args(HelpRole)
"""What a help number is for: to call at once, to ask, to report to; or a sender whose messages are genuine."""

StatementRole: TypeAlias = Literal["headline", "slogan", "verb", "lead", "step", "keep", "tip", "say"]
STATEMENT_ROLES: tuple[StatementRole, ...] = get_args(StatementRole)
"""What a statement is on a printed sheet.

The headline of a poster; the slogan of a card; one of three verbs; what comes before the steps; a step to take when it has
happened; what to note down; what else to know; a sentence to say.
"""

DIFFICULTIES = (1, 2, 3)
DIFFICULTY_NAMES: dict[int, Said] = {1: "new.easy", 2: "new.medium", 3: "new.hard"}

WRITTEN_LANGUAGES = ("en", "zh-Hans")
"""The languages of a bank that declares none; Traditional Chinese is made from Simplified."""

OPTIONAL = ("facts", "rationale")
"""What a bank may declare that its questions can do without."""

BLANK = "____"
"""What stands for the blank in the stem of a ``fill`` question."""


class Declaration(Struct, frozen=True):
    """What a bank says of itself, in a file of its folder: what its checks go by.

    Every text of it is in each of its ``languages``, of which there is one at the least, and may be in others.
    ``optional`` are those of :data:`OPTIONAL` that a question may lack. ``title`` stands above what is made of
    it, and is empty where the program's own will do. ``currency`` is the word behind a sum ("yuan"), and may be empty.
    """

    languages: tuple[str, ...] = WRITTEN_LANGUAGES
    optional: tuple[str, ...] = ()
    title: Text = {}
    currency: Text = {}

    @property
    def text_languages(self) -> tuple[str, ...]:
        """The languages in which a text may be."""
        return (*self.languages, *(tag for tag in LANGUAGES if tag not in self.languages))

    @property
    def readable(self) -> tuple[str, ...]:
        """The languages in which every text of it can be read, derived ones too."""
        return readable(self.languages)


class Passage(Struct, frozen=True):
    """A paragraph of a source, known by its digest only: no sentence of a source stands in a bank.

    ``id`` is full (``source/q1-a1``, ``source/art31-2``); ``speaker`` names an office, never a person, and
    is empty where the passage is the source's own voice; ``digest`` is the SHA-256, in hexadecimal, of
    its wording (``source/wording.py``).
    """

    id: Annotated[Slug, about("The passage's id within its source; it never changes.", "q1-a1", "art31-2")]
    digest: Annotated[Digest, about("SHA-256 of the passage's wording, as `quizgen source show` prints it.")]
    speaker: Annotated[TextField, about("The speaker's office, never a name.")] = {}


class Source(Struct, frozen=True):
    """A published text: an article, a law, a notice.

    ``date`` is ISO 8601, as exact as the publisher gives it (2021-05); ``short`` is a title for a source's
    line, and ``note`` what to know about its age; both may be empty.
    """

    id: Annotated[Slug, about("The source's id; it never changes.")]
    title: TextField
    publisher: TextField
    date: Annotated[Date, about("ISO 8601, as exact as is known.", "2021", "2021-05", "2021-05-17")]
    language: Annotated[LanguageTag, about("The tag of its language.", "zh-Hans")]
    passages: Annotated[tuple[Passage, ...], FILLED]
    short: Annotated[TextField, about("A title of a few words, for the line that names the source.")] = {}
    note: Annotated[TextField, about("What to know about its age: Practice of 2016.")] = {}


class Topic(Struct, frozen=True):
    """A head under which facts and questions stand."""

    id: str
    title: Text


class Fact(Struct, frozen=True):
    """What the article says, in our words.

    ``id`` is full (``topic/slug``), ``cites`` are full passage ids, and each of ``terms`` stands in one
    of the cited passages, letter for letter.
    """

    id: str
    topic: str
    statement: Text
    cites: tuple[str, ...]
    terms: tuple[str, ...]


class Reply(Struct, frozen=True):
    """What the reader may say at a line, and the lines that follow; after these the exhibit goes on as without it."""

    say: Text
    then: tuple["Line", ...]


class Line(Struct, frozen=True):
    """What somebody says or writes in an exhibit.

    ``lost`` is what a reader who goes along has lost by this line, in all; ``None`` says no more than the line before.
    """

    who: Speaker
    text: Text
    lost: int | None = None
    replies: tuple[Reply, ...] = ()


class Sign(Struct, frozen=True):
    """Words that decide whether an exhibit is genuine, and why.

    ``line`` counts from 1, and is 0 for the sender. In each language ``words`` stand in it, letter for
    letter. ``facts`` are full ids of what the reason rests on.
    """

    line: int
    words: Text
    reason: Text
    facts: tuple[str, ...]


class Exhibit(Struct, frozen=True):
    """What a person meets: a message, a call, a letter, line by line; genuine or a scam.

    ``id`` is full; ``twin`` is the full id of the exhibit that differs in its signs alone, and so in what it
    is, or "" where there is none. ``context`` says what happened before, and may be empty. ``stake`` is the sum at stake
    in the bank's currency, 0 where none is given, and ``asks`` is what the sender wants, empty where it is not given.
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
        """Numbers of the lines that others say, from 1: those that one may be asked about."""
        return tuple(number for number, line in enumerate(self.lines, start=1) if line.who != "you")

    @property
    def by_turns(self) -> bool:
        """Whether its lines are said by turns; if not, all of them come from the sender."""
        return any(line.who != "sender" for line in self.lines)

    @property
    def deciding(self) -> tuple[int, ...]:
        """Numbers of the lines with signs, ascending; 0 is the sender."""
        return tuple(sorted({sign.line for sign in self.signs}))


class HelpNumber(Struct, frozen=True):
    """A number to ring, or a sender to know, in a region; texts of a bank name it by its id.

    ``note`` is a few words that stand below the number on a card.
    """

    id: str
    region: str
    number: str
    purpose: Text
    cites: tuple[str, ...] = ()
    role: HelpRole | Literal[""] = ""
    note: Text = {}


class Statement(Struct, frozen=True):
    """What printed sheets say by themselves, beside their questions.

    ``id`` stands alone, since a statement belongs to no topic. ``facts`` are full ids of what it rests on. ``head`` is a
    word or two that name it, and ``short`` the same in fewer words, for a small sheet. ``number`` stands
    large beside it: a help number, or "".
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
    """An item. As loaded, its answer stands in authored order, keys first; in a quiz, in printed order.

    ``id`` is full (``topic/slug``) and never changes; ``facts`` are full fact ids, none where no source is
    given; ``advice`` is ours, not the article's, and may be empty, as the rationale may where the bank says so. ``exhibit`` is the full id of what is shown above the stem, or "".
    ``enemies`` are questions that tell this one's key, or whose key this one tells, declared or found: full
    ids, sorted.
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
    """Everything that questions are drawn from, by full id, in the order of the files.

    ``help`` has the numbers of one region, by their ids; ``retired`` are ids of questions that have gone.
    ``declared`` is what it says of itself. ``statements`` are what sheets say, in the order in which they say it.
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

    def statements_as(self, role: StatementRole) -> list[Statement]:
        """List the statements that have a role, in the order of the bank."""
        return [each for each in self.statements.values() if each.role == role]

    def help_as(self, role: HelpRole) -> list[HelpNumber]:
        """List the help numbers that have a role, in the order of the bank."""
        return [each for each in self.help.values() if each.role == role]

    def facts_behind(self, question: Question) -> list[str]:
        """List the facts that an answer rests on, those behind its exhibit's signs too."""
        signs = self.exhibits[question.exhibit].signs if question.exhibit else ()
        return [*question.facts, *(fact for sign in signs for fact in sign.facts)]


class Quiz(Struct, frozen=True):
    """Questions in printed order, with all that is needed to mark and explain them.

    ``version`` is the label of a paper ("" where there is but one); ``bank`` holds only the topics,
    facts, exhibits and sources that the questions lead to, and the help numbers, so that a quiz outlives edits of its bank.
    """

    questions: tuple[Question, ...]
    seed: int
    language: str
    bank: Bank
    version: str = ""
