"""The base classes of kinds of questions.

A question in a file of the question bank is an *entry*: a mapping of fields. Each kind has a type for its
entries, checks what that type cannot express, and converts an entry to an answer and back.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Final, Generic, Self, TypeAlias, TypeVar

from msgspec import UNSET, UnsetType, field

from quizgen.errors import Diagnostic, Path, QuizgenError, problem
from quizgen.fields import (
    Difficulty,
    Draft,
    PartialTextField,
    Reference,
    References,
    Slug,
    TextField,
    Waivers,
    YamlMapping,
    describe_value,
)
from quizgen.model import Audience, Exhibit, Level
from quizgen.shapes import AnswerShape
from quizgen.text.languages import Text
from quizgen.text.messages import Message, _
from quizgen.text.normalise import normalise

EntryData: TypeAlias = Mapping[str, Any]
"""A question as its author has written it so far: plain data, in which fields may be missing."""


class QuestionEntry(YamlMapping, kw_only=True):
    """An entry: a question in a file of the question bank.

    Each kind derives a type that adds fields of its own.
    """

    id: Annotated[Slug, describe_value("The question's id within its topic; it never changes.")]
    draft: Draft = False
    kind: str
    lesson: Annotated[
        Reference, describe_value("The lesson that it teaches: of this topic by id, of another as topic/id.")
    ] = ""
    audience: Annotated[
        Audience | UnsetType,
        describe_value("Who it is for; those that its lesson is for, or everyone, unless given."),
    ] = UNSET
    level: Level
    difficulty: Difficulty
    facts: Annotated[References, describe_value("Facts of this topic by id, of another as topic/id.")] = ()
    exhibit: Annotated[
        Reference,
        describe_value(
            "What is shown above the stem: an exhibit of this topic by id, of another as topic/id."
        ),
    ] = ""
    enemies: Annotated[
        References, describe_value("Questions that never come in one quiz with this one.")
    ] = ()
    stem: TextField
    short: Annotated[
        PartialTextField,
        describe_value("The stem in at most 120 characters, for Kahoot; only where the stem is longer."),
    ] = field(default_factory=dict)
    rationale: Annotated[TextField, describe_value("Why the key is right, from the facts.")] = field(
        default_factory=dict
    )
    advice: Annotated[
        TextField,
        describe_value("What a person can do, where the `do` of the lesson does not fit. It is your advice."),
    ] = field(default_factory=dict)
    waive: Annotated[
        Waivers, describe_value("Rules of `bank check --lint` that this question may break, with the reason.")
    ] = field(default_factory=dict)


class ExhibitQuestionEntry(QuestionEntry):
    """A question about an exhibit.

    All such questions have the same stem, unless the author writes another.
    """

    exhibit: Annotated[Reference, describe_value("The exhibit: of this topic by id, of another as topic/id.")]
    stem: TextField = field(default_factory=dict)


W = TypeVar("W", bound=QuestionEntry)
S = TypeVar("S", bound=AnswerShape)


_ATTRIBUTES: Final = ("name", "rank", "meaning", "entry_type")
"""Attributes that a kind must have besides its methods."""


class Kind(ABC, Generic[W, S]):
    """A kind of question, with entries of the type ``W`` and answers of the shape ``S``.

    A kind must have ``name``, ``rank``, ``meaning`` and ``entry_type``, and the methods ``build_answer``,
    ``can_have_answer``, ``build_entry`` and ``text_paths``. The rest has defaults that suit most kinds.
    """

    name: ClassVar[str]
    """The name in a bank's file: ``kind: single``."""

    rank: ClassVar[int]
    """The position of the kind among all kinds, the smallest first.

    Kinds are listed in this order. And an imported question without a kind becomes the first kind whose
    ``can_have_answer`` accepts its answer. The shipped kinds have 10 to 80, in tens. Give a new kind 90
    or more: with a smaller rank than ``single``, for example, it would get the questions with options of
    every imported file.
    """

    meaning: ClassVar[Message]
    """A description in a few words, to help people choose a kind."""

    entry_type: type[W]
    """The type of an entry: its fields, each with a type."""

    needs_exhibit: ClassVar[bool] = False
    """Whether the question is about an exhibit. Questions of other kinds may show one above the stem."""

    has_blank: ClassVar[bool] = False
    """Whether the stem has a blank."""

    has_statement: ClassVar[bool] = False
    """Whether the stem is a statement to judge, and asks nothing."""

    def __new__(cls) -> Self:
        """Raise QuizgenError if the kind lacks something, before a command fails because of that."""
        missing = [each for each in _ATTRIBUTES if not hasattr(cls, each)]
        missing += sorted(cls.__abstractmethods__)
        if missing:
            raise QuizgenError(
                problem(
                    _("the kind in {module} lacks {missing}"),
                    _("add what is missing (`quizgen/kinds/kind.py` says what each is)"),
                    module=cls.__module__,
                    missing=missing,
                )
            )
        return super().__new__(cls)

    @property
    def own_fields(self) -> tuple[str, ...]:
        """The fields that only entries of this kind have, in their order in a file."""
        common = QuestionEntry.__struct_fields__
        return tuple(key for key in self.entry_type.__struct_fields__ if key not in common)

    @property
    def entry_fields(self) -> tuple[str, ...]:
        """All fields of an entry, in their order in a file: the kind's own fields come after the stem and its short form."""
        common = QuestionEntry.__struct_fields__
        after_stem = common.index("short") + 1
        return (*common[:after_stem], *self.own_fields, *common[after_stem:])

    def check_entry(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each mistake that the schema cannot express.

        Every field that is present fits the schema. Some may be missing.
        """
        del entry
        yield from ()

    @abstractmethod
    def build_answer(self, entry: W, exhibit: Exhibit | None) -> S:
        """Build the answer of a question from its entry and its exhibit.

        The entry has been checked. Options are in the author's order, with the correct ones before
        the wrong ones.
        """

    def check_exhibit(self, entry: EntryData, exhibit: EntryData) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each reason why the question cannot be about this exhibit.

        Both are plain data, as their author has written them.
        """
        del entry, exhibit
        yield from ()

    @abstractmethod
    def can_have_answer(self, answer: AnswerShape) -> bool:
        """Return whether an imported answer can be the answer to a question of this kind."""

    @abstractmethod
    def build_entry(self, answer: S) -> dict[str, Any]:
        """Return this kind's own fields for an answer, as in a file of the question bank.

        This is the inverse of ``build_answer``.

        In an import, the correct options may stand anywhere among the others, so find them by the
        indices in the answer.
        """

    @abstractmethod
    def text_paths(self, answer: S) -> tuple[tuple[Path, ...], ...]:
        """Return the path in the entry of each text in ``answer.text_groups()``.

        A lint rule reports such a path. The answer is one that ``build_answer`` made.
        """


class ExhibitKind(Kind[ExhibitQuestionEntry, S]):
    """A kind of question about an exhibit, which determines both the answer and the stem."""

    entry_type = ExhibitQuestionEntry
    needs_exhibit = True

    @abstractmethod
    def build_exhibit_answer(self, exhibit: Exhibit) -> S:
        """Build the answer to the question about an exhibit."""

    @abstractmethod
    def default_stem(self, exhibit: Exhibit) -> Text:
        """Return the stem of a question about an exhibit whose author writes none."""

    def build_answer(self, entry: ExhibitQuestionEntry, exhibit: Exhibit | None) -> S:
        """Build the answer from the exhibit alone."""
        del entry
        assert exhibit  # noqa: S101  the type requires one
        return self.build_exhibit_answer(exhibit)

    def can_have_answer(self, answer: AnswerShape) -> bool:
        """Return False, because files of other programs have no exhibits."""
        del answer
        return False

    def build_entry(self, answer: S) -> dict[str, Any]:
        """Return no fields, because the exhibit has everything that the answer needs."""
        del answer
        return {}

    def text_paths(self, answer: S) -> tuple[tuple[Path, ...], ...]:
        """Return the path of the exhibit for each text."""
        return tuple((("exhibit",),) * len(group) for group in answer.text_groups())


def list_item_paths(entry: EntryData, key: str) -> list[Path]:
    """Return the path of each item of a list: ``("distractors", 0)``, ``("distractors", 1)`` and so on."""
    return [(key, index) for index in range(len(entry.get(key, ())))]


def check_distinct_texts(entry: EntryData, paths: Iterable[Path], what: Message) -> Iterator[Diagnostic]:
    """Check that no two of the texts at these paths read the same in any language.

    Missing texts are ignored.
    """
    seen: dict[tuple[str, str], Path] = {}
    for path in paths:
        for tag, words in (_value_at_path(entry, path) or {}).items():
            first = seen.setdefault((tag, normalise(words)), path)
            if first != path:
                says = _("two of the {what} are the same in {tag}", what=what, tag=tag)
                yield Diagnostic((*path, tag), says, _("change one of them"), related=(*first, tag))


def check_distinct_items(path: Path, items: Sequence[Any]) -> Iterator[Diagnostic]:
    """Check that no item occurs twice in a list."""
    seen = set()
    for index, item in enumerate(items):
        if item in seen:
            yield Diagnostic((*path, index), _("this is in `{key}` twice", key=path[-1]), _("remove one"))
        seen.add(item)


def _value_at_path(entry: Any, path: Path) -> Any:
    for step in path:
        if isinstance(entry, Mapping) and step not in entry:
            return None
        entry = entry[step]
    return entry
