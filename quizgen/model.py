"""The types of a question bank and of a quiz: sources, facts, exhibits, questions. Their values never change.

However a question is written in a file, its answer has one of a few shapes (``quizgen.shapes``). Marking,
screens, paper and exports know only these.
"""

from collections.abc import Iterable
from typing import Annotated, Final, Literal, TypeAlias, get_args

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
    describe_value,
)
from quizgen.shapes import Answer
from quizgen.text.languages import LANGUAGES, Text, readable_languages
from quizgen.text.messages import Message, _

Level: TypeAlias = Literal["recall", "understand", "apply"]
LEVELS: tuple[Level, ...] = ("recall", "understand", "apply")
LEVEL_MEANINGS: dict[str, Message] = {
    "recall": _("remember a fact"),
    "understand": _("understand what it means"),
    "apply": _("use it in a case"),
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

HelpKind: TypeAlias = Literal["number", "mail", "form", "app"]
HELP_KINDS: tuple[HelpKind, ...] = get_args(HelpKind)
"""How help is reached: a telephone number, a mail address, a form on the web, an app. A file has one of these keys."""

Basis: TypeAlias = Literal["text", "notes"]
"""What a source's passages stand in: the text as it was published, or notes on it in other words."""

StatementRole: TypeAlias = Literal["headline", "slogan", "verb", "lead", "step", "keep", "tip", "say"]
STATEMENT_ROLES: tuple[StatementRole, ...] = get_args(StatementRole)
"""What a statement is on a printed sheet.

In this order: the headline of a poster; the slogan of a card; one of three verbs; an introduction to the steps; a step to
take after a fraud; what to note down; a tip; a sentence to say.
"""

DIFFICULTIES = (1, 2, 3)
USUAL_WEIGHT: Final = 2
"""The weight of a lesson that has none, from 1 to 3."""

DIFFICULTY_NAMES: dict[int, Message] = {1: _("easy"), 2: _("medium"), 3: _("hard")}

DEFAULT_LANGUAGES = ("en", "zh-Hans")
"""The languages of a bank that declares none; Traditional Chinese is derived from Simplified."""

OPTIONAL_KEYS = ("facts", "rationale")
"""Keys that questions may lack, if the bank says so."""

BLANK = "____"
"""The mark of the blank in the stem of a ``fill`` question."""


class Declaration(Struct, frozen=True):
    """What a question bank declares about itself in ``bank.yaml``.

    ``languages`` are the languages that every text must have; texts may have others too. ``optional`` are those
    of :data:`OPTIONAL_KEYS` that a question may lack. ``title`` is the heading of printed sheets and web pages;
    if it is empty, they have that of the program. ``currency`` is the word after a sum, such as "yuan", and may
    be empty. ``money`` is the sum that a game begins with, and ``stake`` what an exhibit without a stake puts at stake in it; 0
    means the program's default (``game.py``). ``about`` is a sentence for the home page. ``glossary`` explains words that not every reader knows; an explanation is only in
    the languages whose readers need it. ``region`` is the region whose help numbers the bank's texts name; "" leaves it
    to the profile.
    """

    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    optional: tuple[str, ...] = ()
    title: Text = {}
    currency: Text = {}
    money: int = 0
    stake: int = 0
    about: Text = {}
    glossary: dict[str, Text] = {}
    region: str = ""

    @property
    def text_languages(self) -> tuple[str, ...]:
        """All languages that a text can have."""
        return (*self.languages, *(tag for tag in LANGUAGES if tag not in self.languages))

    @property
    def readable_languages(self) -> tuple[str, ...]:
        """The languages in which every text can be shown, including those converted from another."""
        return readable_languages(self.languages)


class Passage(Struct, frozen=True):
    """A paragraph of a source. The question bank has only its digest, not its text.

    ``id`` is full, such as ``source/q1-a1``. ``speaker`` is the job of the speaker, never a name; it is
    empty if the source itself speaks. ``digest`` is the SHA-256, in hexadecimal, of the passage's wording
    (``source/wording.py``).
    """

    id: Annotated[
        Slug, describe_value("The passage's id within its source; it never changes.", "q1-a1", "art31-2")
    ]
    digest: Annotated[
        Digest, describe_value("SHA-256 of the passage's wording, as `quizgen source show` prints it.")
    ]
    speaker: Annotated[TextField, describe_value("The speaker's job, never a name.")] = {}


class Source(Struct, frozen=True):
    """A published text that facts are taken from, such as an article or a law.

    ``date`` is in ISO 8601, as exact as the publisher gives it (2021-05), or "" if there is none. ``short`` is
    a short title for citations, and ``note`` says how old the described practice is; both may be empty.
    ``basis`` says whether the passages are from the published text or from notes on it.
    """

    id: Annotated[Slug, describe_value("The source's id; it never changes.")]
    title: TextField
    publisher: TextField
    language: Annotated[LanguageTag, describe_value("The tag of its language.", "zh-Hans")]
    passages: Annotated[tuple[Passage, ...], NOT_EMPTY]
    short: Annotated[
        TextField, describe_value("A title of a few words, for the line that names the source.")
    ] = {}
    note: Annotated[TextField, describe_value("What to know about its age: Practice of 2016.")] = {}
    date: Annotated[
        Date,
        describe_value(
            "ISO 8601, as exact as is known; left out if none is given.", "2021", "2021-05", "2021-05-17"
        ),
    ] = ""
    basis: Annotated[
        Basis,
        describe_value(
            "Whether its passages are of the text as published (`text`), or of notes on it (`notes`)."
        ),
    ] = "text"


class Topic(Struct, frozen=True):
    """A heading for facts, exhibits and questions."""

    id: str
    title: Text


class Fact(Struct, frozen=True):
    """A claim that a source makes, restated in other words.

    ``id`` is full (``topic/slug``). ``cites`` are the full ids of passages. Each of ``terms`` is a few words
    that one of these passages has, letter for letter. No person has accepted a ``draft`` yet.
    """

    id: str
    topic: str
    statement: Text
    cites: tuple[str, ...]
    terms: tuple[str, ...]
    draft: bool = False


class Lesson(Struct, frozen=True):
    """What a visitor should take home: a sentence to remember, what to do, and the facts behind both.

    ``id`` is full, and ``facts`` are full ids. A quiz has at most one question of a lesson. ``weight`` says how often
    it is drawn, from 1 to 3.
    """

    id: str
    topic: str
    keep: Text
    do: Text
    facts: tuple[str, ...] = ()
    weight: int = USUAL_WEIGHT
    audience: Audience = "everyone"


class Reply(Struct, frozen=True):
    """Something that the reader of an exhibit can say after a line, and the lines that then follow.

    After them, the exhibit continues.
    """

    say: Text
    then: tuple["Line", ...]


class Line(Struct, frozen=True):
    """A line of an exhibit, and who says or writes it.

    ``lost`` is the sum that a reader who complies has lost by this line; ``None`` means that it is the same as
    at the line before.
    """

    who: Speaker
    text: Text
    lost: int | None = None
    replies: tuple[Reply, ...] = ()


class Sign(Struct, frozen=True):
    """Words that show whether an exhibit is genuine or a scam, and the reason.

    ``line`` is the number of the line, from 1; 0 is the sender. ``words`` occur in that line, letter for
    letter, in each language. ``facts`` are the full ids of the facts that the reason is based on.
    """

    line: int
    words: Text
    reason: Text
    facts: tuple[str, ...]


class Exhibit(Struct, frozen=True):
    """A call, a message or a letter as a person gets it, in lines. It is genuine or a scam.

    ``id`` is full. ``twin`` is the full id of the exhibit that differs only in its signs, so that one of the
    two is genuine and the other a scam, or "". ``context`` says what happened before, and may be empty.
    ``stake`` is the sum that is at stake, in the currency of the bank; 0 leaves it to the bank. ``asks`` are the things that the
    sender asks for. ``draft`` is true if it, its twin or one of its facts is a draft.
    """

    id: str
    topic: str
    channel: Channel
    genuine: bool
    sender: Text
    lines: tuple[Line, ...]
    signs: tuple[Sign, ...]
    twin: str = ""
    context: Text = {}
    stake: int = 0
    asks: tuple[Ask, ...] = ()
    draft: bool = False

    @property
    def lines_by_others(self) -> tuple[int, ...]:
        """The numbers, from 1, of the lines that the reader does not say. Only these can be options of a question."""
        return tuple(number for number, line in enumerate(self.lines, start=1) if line.who != "you")

    @property
    def is_conversation(self) -> bool:
        """Whether both sides speak. Otherwise all lines are by the sender."""
        return any(line.who != "sender" for line in self.lines)

    @property
    def lines_with_signs(self) -> tuple[int, ...]:
        """The numbers of the lines that have signs, ascending; 0 is the sender."""
        return tuple(sorted({sign.line for sign in self.signs}))

    @property
    def deciding_line(self) -> int:
        """The number of the line that shows what the exhibit is: the first with a sign; 0 is the sender."""
        return self.lines_with_signs[0]

    def chosen_replies(self, replies: tuple[int, ...]) -> dict[int, Reply]:
        """Return the replies with these indices by the number of their line, for the first lines that have replies."""
        points = ((number, line.replies) for number, line in enumerate(self.lines, start=1) if line.replies)
        return {
            number: options[index]
            for (number, options), index in zip(points, replies, strict=False)
            if 0 <= index < len(options)
        }


class HelpNumber(Struct, frozen=True):
    """A number to call, or a sender to recognise, in a region. Texts of the question bank refer to it by its id.

    It may also be a mail address, a form on the web or an app, as ``kind`` says. ``number`` is what people read: for a
    form, its address without ``https://``. ``link`` is what a web page links, or "". ``note`` is a few words that cards print below the number. ``place`` says where the number works, in the languages
    whose readers may be elsewhere.
    """

    id: str
    region: str
    number: str
    purpose: Text
    cites: tuple[str, ...] = ()
    role: HelpRole | Literal[""] = ""
    note: Text = {}
    place: Text = {}
    kind: HelpKind = "number"
    link: str = ""


def help_heading(entries: Iterable[HelpNumber], heading_of_numbers: Message) -> Message:
    """Return the heading above help entries; it is ``heading_of_numbers`` if all of them are numbers."""
    only_numbers = all(entry.kind == "number" for entry in entries)
    return heading_of_numbers if only_numbers else _("Where to get help")


class Statement(Struct, frozen=True):
    """A text that printed sheets show apart from questions.

    ``id`` has no topic. ``facts`` are the full ids of the facts that it is based on. ``head`` names it in a
    word or two, and ``short`` says the same in fewer words, for small sheets. ``number`` is a help number that
    is printed large beside it, or "".
    """

    id: Annotated[Slug, describe_value("The statement's id; it never changes.")]
    role: Annotated[
        StatementRole,
        describe_value(
            "The headline of a poster, the slogan of a card, one of three verbs, what comes before the steps, "
            "a step to take when it has happened, what to note down, what else to know, or a sentence to say."
        ),
    ]
    text: Annotated[TextField, describe_value("What sheets say. {police} is the help number of that name.")]
    facts: Annotated[
        FullIds, describe_value("Facts that it rests on, as topic/id; none where it is advice of your own.")
    ] = ()
    head: Annotated[TextField, describe_value("A word or two that name it: a verb, a step.")] = {}
    short: Annotated[
        TextField, describe_value("The same in fewer words: a leaflet prints the steps that have it.")
    ] = {}
    number: Annotated[
        HelpReference, describe_value("The help number that stands large beside it: {police}.")
    ] = ""


class Question(Struct, frozen=True):
    """A question of a question bank or of a quiz.

    In a bank, the correct options come first; in a quiz, options are in printed order.

    ``id`` is full (``topic/slug``) and never changes. ``facts`` are full ids of facts; a bank without sources
    has none. ``lesson`` is the full id of the lesson that it teaches, or "". ``advice`` is what to do, in the author's
    words and not from the source: the question's own, or that of its lesson; it can be empty. ``rationale`` can be
    empty if the bank allows that, or if the signs of the exhibit say why. ``short`` is the stem in at most 120 characters, for formats without room for it. ``exhibit`` is the full id of the exhibit above the stem, or "". ``enemies`` are the full
    ids, sorted, of questions that must not be in the same quiz, because one gives away the answer of the other.
    ``draft`` is true if it, its exhibit or one of its facts is a draft. No quiz has a draft.
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
    audience: Audience = "everyone"
    exhibit: str = ""
    enemies: tuple[str, ...] = ()
    short: Text = {}
    draft: bool = False
    lesson: str = ""


class Bank(Struct, frozen=True):
    """A question bank: everything that quizzes are drawn from, by full id, in the order of the files.

    ``help`` has the help numbers of one region, by id.
    ``declared`` is what the bank declares about itself. ``statements`` are in the order in which sheets show
    them. ``drafts`` are the ids of the questions that were left out because they are drafts.
    """

    sources: dict[str, Source]
    topics: dict[str, Topic]
    facts: dict[str, Fact]
    questions: dict[str, Question]
    exhibits: dict[str, Exhibit] = {}
    help: dict[str, HelpNumber] = {}
    declared: Declaration = Declaration()
    statements: dict[str, Statement] = {}
    drafts: tuple[str, ...] = ()
    lessons: dict[str, Lesson] = {}

    def statements_with_role(self, role: StatementRole) -> list[Statement]:
        """Return the statements with a role, in the order of the bank."""
        return [each for each in self.statements.values() if each.role == role]

    def help_numbers_with_role(self, role: HelpRole) -> list[HelpNumber]:
        """Return the help numbers with a role, in the order of the bank."""
        return [each for each in self.help.values() if each.role == role]

    def fact_ids_behind(self, question: Question) -> list[str]:
        """Return the ids of the facts that a question is based on, including those behind the signs of its exhibit."""
        signs = self.exhibits[question.exhibit].signs if question.exhibit else ()
        return [*question.facts, *(fact for sign in signs for fact in sign.facts)]

    def fact_ids_of_lesson(self, question: Question) -> tuple[str, ...]:
        """Return the ids of the facts behind the lesson of a question."""
        lesson = self.lessons.get(question.lesson)
        return lesson.facts if lesson else ()


class Quiz(Struct, frozen=True):
    """Questions in printed order, with everything that is needed to mark and explain the answers.

    ``version`` is the label of a version, or "" if there is only one. ``bank`` has only what these questions
    need, so that later changes of the question bank do not change the quiz.
    """

    questions: tuple[Question, ...]
    seed: int
    language: str
    bank: Bank
    version: str = ""
