"""The base classes of kinds of questions.

A question in a bank's file is an entry. Each kind has a type with the keys of its entries, checks what the type
cannot express, converts an entry to an answer and back, and asks for its own keys when somebody adds a question.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Final, Generic, Protocol, Self, TypeAlias, TypeVar

from msgspec import field

from quizgen.errors import Diagnostic, Path, QuizgenError, problem
from quizgen.fields import Difficulty, Reference, References, Slug, TextField, Waivers, Written, about
from quizgen.generate import ModelRules
from quizgen.model import Audience, Exhibit, Level
from quizgen.shapes import Shape
from quizgen.text.languages import Text
from quizgen.text.messages import NOTHING, Message, _
from quizgen.text.normalise import normalise

EntryData: TypeAlias = Mapping[str, Any]
"""A question as its author has written it so far: plain data, whose parts may be missing."""

Steps: TypeAlias = Generator[Any, Any, Any]
"""Steps of an interview, which return the replies."""


class WrittenQuestion(Written, kw_only=True):
    """A question in a bank's file. Each kind adds its own keys."""

    id: Annotated[Slug, about("The question's id within its topic; it never changes.")]
    kind: str
    audience: Annotated[Audience, about("Whom it is for; everyone, unless given.")] = "everyone"
    level: Level
    difficulty: Difficulty
    facts: Annotated[References, about("Facts of this topic by id, of another as topic/id.")] = ()
    exhibit: Annotated[
        Reference,
        about("What is shown above the stem: an exhibit of this topic by id, of another as topic/id."),
    ] = ""
    enemies: Annotated[References, about("Questions that never meet this one in a quiz.")] = ()
    stem: TextField
    rationale: Annotated[TextField, about("Why the key is right, from the facts.")] = field(
        default_factory=dict
    )
    advice: Annotated[TextField, about("What a person can do; ours, not the article's.")] = field(
        default_factory=dict
    )
    waive: Annotated[
        Waivers, about("Rules of `bank check --lint` that this question may break, with the reason.")
    ] = field(default_factory=dict)


class WrittenAboutExhibit(WrittenQuestion):
    """A question about an exhibit. All have the same stem unless the author writes another."""

    exhibit: Annotated[Reference, about("The exhibit: of this topic by id, of another as topic/id.")]
    stem: TextField = field(default_factory=dict)


W = TypeVar("W", bound=WrittenQuestion)
S = TypeVar("S", bound=Shape)


class Asker(Protocol):
    """Asks an author for the parts of an entry, and puts the replies into it.

    Labels are messages.
    """

    @property
    def entry(self) -> EntryData:
        """The entry so far."""

    def text(self, path: Path, label: Message, *, skip_label: Message = NOTHING) -> Steps:
        """Ask for a text in each language. ``skip_label`` says what it means to skip it; then the result is ``None``."""

    def texts(
        self, key: str, label: Message, *, minimum: int | None = None, maximum: int | None = None
    ) -> Steps:
        """Ask for the texts of a list, as many as its schema requires and allows."""

    def truth(self, path: Path, label: Message) -> Steps:
        """Ask whether something is true."""

    def choice(self, path: Path, what: Message, meanings: Mapping[str, Message]) -> Steps:
        """Ask for one of several words, each shown with its meaning. ``what`` says what the words are."""

    def words(self, key: str, label: Message) -> Steps:
        """Ask for several words in each language."""

    def limits(self, key: str) -> tuple[int, int]:
        """Return the minimum and the maximum number of entries in a list."""


_ATTRIBUTES: Final = ("name", "rank", "meaning", "entry_type")
"""Attributes that a kind must have besides its methods."""


class Kind(ABC, Generic[W, S]):
    """A kind of question: its entries have the type ``W``, its answers the shape ``S``.

    A kind must have ``name``, ``rank``, ``meaning`` and ``entry_type``, and the methods ``answer_of``, ``fits``,
    ``entry_of``, ``text_paths`` and ``ask``. The rest has defaults that suit most kinds.
    """

    name: ClassVar[str]
    """The name in a bank's file: ``kind: single``."""

    rank: ClassVar[int]
    """The position of the kind among all kinds, the smallest first. It decides two things.

    Kinds are listed in this order. And an imported question without a kind becomes the first kind whose ``fits`` accepts
    its answer. The shipped kinds have 10 to 80, in tens. Give a new kind 90 or more: with a smaller rank than ``single``,
    for example, it would take the choices of every imported file.
    """

    meaning: ClassVar[Message]
    """A description in a few words, to help people choose a kind."""

    entry_type: type[W]
    """The type of an entry: its keys, each with a type."""

    stem: ClassVar[Message] = _("Stem: what is asked")
    """What ``bank new`` calls the stem when it asks for it."""

    needs_exhibit: ClassVar[bool] = False
    """Whether the question is about an exhibit. Questions of other kinds may show one above the stem."""

    has_blank: ClassVar[bool] = False
    """Whether the stem has a blank."""

    model_rules: ClassVar[ModelRules | None] = None
    """How item models make questions of this kind; ``None`` if they cannot."""

    def __new__(cls) -> Self:
        """Refuse a kind that lacks something, before a command fails because of it."""
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
    def keys(self) -> tuple[str, ...]:
        """The kind's own keys, in the order in which entries have them."""
        common = WrittenQuestion.__struct_fields__
        return tuple(key for key in self.entry_type.__struct_fields__ if key not in common)

    @property
    def all_keys(self) -> tuple[str, ...]:
        """All keys of an entry, in order: the kind's own come after the stem."""
        common = WrittenQuestion.__struct_fields__
        after_stem = common.index("stem") + 1
        return (*common[:after_stem], *self.keys, *common[after_stem:])

    def check(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check what the schema cannot express.

        What is in the entry fits the schema. Keys may still be missing, because ``bank new`` checks after each reply.
        """
        del entry
        yield from ()

    @abstractmethod
    def answer_of(self, written: W, exhibit: Exhibit | None) -> S:
        """Make the answer of a question without problems, given the exhibit that it shows.

        Options are in authored order, with the right ones before the wrong ones.
        """

    def check_exhibit(self, entry: EntryData, exhibit: EntryData) -> Iterator[Diagnostic]:
        """Check whether a question can be about an exhibit. Both are as their author wrote them."""
        del entry, exhibit
        yield from ()

    @abstractmethod
    def fits(self, answer: Shape) -> bool:
        """Return whether an imported answer can be an answer of this kind."""

    @abstractmethod
    def entry_of(self, answer: S) -> dict[str, Any]:
        """Return an answer as in a bank's file, with this kind's own keys: the inverse of ``answer_of``.

        In an import, the right options may be anywhere among the others, so take them by the indices in the answer.
        """

    @abstractmethod
    def text_paths(self, answer: S) -> tuple[tuple[Path, ...], ...]:
        """Return the path in the entry of each text in ``answer.groups()``, so that a finding of ``--lint`` can point to it.

        The answer is one that ``answer_of`` made.
        """

    @abstractmethod
    def ask(self, asker: Asker) -> Steps:
        """Ask for the kind's own keys."""


class ExhibitKind(Kind[WrittenAboutExhibit, S]):
    """A kind that asks about an exhibit. The exhibit determines the answer, and the stem is the same for all."""

    stem = _("Stem of its own")
    entry_type = WrittenAboutExhibit
    needs_exhibit = True

    @abstractmethod
    def answer_about(self, exhibit: Exhibit) -> S:
        """Make the answer to the question about an exhibit."""

    @abstractmethod
    def default_stem(self, exhibit: Exhibit) -> Text:
        """Return the stem for an exhibit if the author writes none."""

    def answer_of(self, written: WrittenAboutExhibit, exhibit: Exhibit | None) -> S:
        """Make the answer about the question's exhibit."""
        del written
        assert exhibit  # noqa: S101  the type requires one
        return self.answer_about(exhibit)

    def fits(self, answer: Shape) -> bool:
        """Return False, because other programs have no exhibits."""
        del answer
        return False

    def entry_of(self, answer: S) -> dict[str, Any]:
        """Return no keys, because the exhibit has everything that the answer needs."""
        del answer
        return {}

    def text_paths(self, answer: S) -> tuple[tuple[Path, ...], ...]:
        """Return the path of the exhibit for all texts."""
        return tuple((("exhibit",),) * len(group) for group in answer.groups())

    def ask(self, asker: Asker) -> Steps:
        """Ask for nothing, because ``bank new`` asks for the exhibit itself."""
        del asker
        yield from ()


def paths_in(entry: EntryData, key: str) -> list[Path]:
    """Return the paths of the items of a list: ``("distractors", 0)`` and so on."""
    return [(key, index) for index in range(len(entry.get(key, ())))]


def check_distinct_texts(entry: EntryData, paths: Iterable[Path], what: Message) -> Iterator[Diagnostic]:
    """Check that no two of these texts, if present, read the same in any language."""
    seen: dict[tuple[str, str], Path] = {}
    for path in paths:
        for tag, words in (_value_at(entry, path) or {}).items():
            first = seen.setdefault((tag, normalise(words)), path)
            if first != path:
                says = _("two of the {what} are the same in {tag}", what=what, tag=tag)
                yield Diagnostic((*path, tag), says, _("change one of them"), related=(*first, tag))


def check_distinct(path: Path, items: Sequence[Any]) -> Iterator[Diagnostic]:
    """Check that no item occurs twice in a list."""
    seen = set()
    for index, item in enumerate(items):
        if item in seen:
            yield Diagnostic((*path, index), _("this is in `{key}` twice", key=path[-1]), _("remove one"))
        seen.add(item)


def _value_at(entry: Any, path: Path) -> Any:
    for step in path:
        if isinstance(entry, Mapping) and step not in entry:
            return None
        entry = entry[step]
    return entry
