"""What a quiz is made of. Everything here is frozen, and nothing here reads or writes.

A question, however it is written in the bank, comes down to one of four answer shapes: ``Choose``,
``Match``, ``Order`` and ``Fill``. Graders, screens, paper and exports know shapes only.
"""

from typing import Literal, TypeAlias

from msgspec import Struct

Text: TypeAlias = dict[str, str]
"""One text in several languages: language tag to text."""

Kind: TypeAlias = Literal["single", "multiple", "true-false", "match", "order", "fill"]
Level: TypeAlias = Literal["recall", "understand", "apply"]
KINDS: tuple[Kind, ...] = ("single", "multiple", "true-false", "match", "order", "fill")
LEVELS: tuple[Level, ...] = ("recall", "understand", "apply")
DIFFICULTIES = (1, 2, 3)

WRITTEN_LANGUAGES = ("en", "zh-Hans")
"""The languages that a bank must be written in; Traditional Chinese is made from Simplified."""

TRUE: Text = {"en": "True", "zh-Hans": "正确"}
FALSE: Text = {"en": "False", "zh-Hans": "错误"}

BLANK = "____"
"""What stands for the blank in the stem of a ``fill`` question."""


class Passage(Struct, frozen=True):
    """A paragraph of a source, known by its digest only: no sentence of the article stands in a bank.

    ``id`` is full (``source/q1-a1``); ``speaker`` names an office, never a person, and is empty where
    the passage is the article's own voice; ``digest`` is the SHA-256, in hexadecimal, of the UTF-8
    bytes of the cleaned passage.
    """

    id: str
    digest: str
    speaker: Text = {}


class Source(Struct, frozen=True):
    """A published article. ``date`` is ISO 8601, as exact as the publisher gives it (2021-05)."""

    id: str
    title: Text
    publisher: Text
    date: str
    language: str
    passages: tuple[Passage, ...]


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


class Choose(Struct, frozen=True, tag="choose"):
    """Options of which ``one`` or ``several`` are right, or a ``truth``: true and false, in that order.

    ``keys`` are indices into ``options``, ascending.
    """

    options: tuple[Text, ...]
    keys: tuple[int, ...]
    style: Literal["one", "several", "truth"]


class Match(Struct, frozen=True, tag="match"):
    """Prompts, each of which goes with one choice: ``key[i]`` is the choice for prompt ``i``.

    No choice serves twice; choices that no prompt takes are distractors.
    """

    prompts: tuple[Text, ...]
    choices: tuple[Text, ...]
    key: tuple[int, ...]


class Order(Struct, frozen=True, tag="order"):
    """Steps to put in order: ``key`` lists indices into ``steps``, first to last."""

    steps: tuple[Text, ...]
    key: tuple[int, ...]


class Fill(Struct, frozen=True, tag="fill"):
    """A blank: ``accept`` has, per language, the answers taken, the best one first."""

    accept: dict[str, tuple[str, ...]]


Answer: TypeAlias = Choose | Match | Order | Fill


class Question(Struct, frozen=True):
    """An item. As loaded, its answer stands in authored order, keys first; in a quiz, in printed order.

    ``id`` is full (``topic/slug``) and never changes; ``facts`` are full fact ids; ``advice`` is ours,
    not the article's, and may be empty.
    """

    id: str
    topic: str
    kind: Kind
    level: Level
    difficulty: int
    facts: tuple[str, ...]
    stem: Text
    answer: Answer
    rationale: Text
    advice: Text = {}
    generated: bool = False


class Bank(Struct, frozen=True):
    """Everything that questions are drawn from, by full id, in the order of the files."""

    sources: dict[str, Source]
    topics: dict[str, Topic]
    facts: dict[str, Fact]
    questions: dict[str, Question]


class Quiz(Struct, frozen=True):
    """Questions in printed order, with all that is needed to mark and explain them.

    ``version`` is the label of a paper ("" where there is but one); ``bank`` holds only the topics,
    facts and sources that the questions lead to, so that a quiz outlives edits of its bank.
    """

    questions: tuple[Question, ...]
    seed: int
    language: str
    bank: Bank
    version: str = ""


Response: TypeAlias = tuple[int, ...] | str | None
"""What a person answered, by the answer's shape, in printed indices; ``None`` is a skip.

``Choose``: the chosen options, ascending. ``Match``: the choice for each prompt. ``Order``: the steps,
first to last. ``Fill``: the words.
"""


def topic_of(full_id: str) -> str:
    """Topic part of a full id: ``topic_of("two-cards/meaning") == "two-cards"``."""
    return full_id.partition("/")[0]
