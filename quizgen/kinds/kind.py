"""What a kind of question says of itself, and what kinds have in common.

A question in a bank's file is an entry. Each kind has a type with the keys of its entries, checks what the type cannot
see, turns an entry into an answer and back, and asks for its own keys when a question is added.
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
from quizgen.text.messages import Said, as_message, text
from quizgen.text.normalise import normalise

EntryData: TypeAlias = Mapping[str, Any]
"""A question as its author has written it so far: plain data, in which parts may be missing."""

Steps: TypeAlias = Generator[Any, Any, Any]
"""Steps of an interview; what comes of them is what was replied."""


class WrittenQuestion(Written, kw_only=True):
    """A question in a bank's file. Each kind adds the keys that are its own."""

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
    """A question of a kind that asks about an exhibit; its stem is the same for all, unless the author writes another."""

    exhibit: Annotated[Reference, about("The exhibit: of this topic by id, of another as topic/id.")]
    stem: TextField = field(default_factory=dict)


W = TypeVar("W", bound=WrittenQuestion)
S = TypeVar("S", bound=Shape)


class Asker(Protocol):
    """Asks for the parts of an entry, and puts what is replied into it.

    What it is to say are messages, or words that are said as they are.
    """

    @property
    def entry(self) -> EntryData:
        """What is known of the question so far."""

    def text(self, path: Path, label: Said, *, ends: Said = "") -> Steps:
        """Ask for a text in each language; where ``ends`` says what it means, it may be left out: ``None``."""

    def texts(self, key: str, label: Said, *, least: int | None = None, most: int | None = None) -> Steps:
        """Ask for the texts of a list until there are enough, or as many as its schema allows."""

    def truth(self, path: Path, asks: Said) -> Steps:
        """Ask whether something is true."""

    def choice(self, path: Path, what: Said, meanings: Mapping[str, Said]) -> Steps:
        """Ask for one of several words, each shown with what it means; ``what`` says what they are."""

    def words(self, key: str, label: Said) -> Steps:
        """Ask for several words in each language."""

    def limits(self, key: str) -> tuple[int, int]:
        """Return how many entries a list has at the least and at the most."""


_ATTRIBUTES: Final = ("name", "rank", "meaning", "written")
"""What a kind must say besides its methods."""


class Kind(ABC, Generic[W, S]):
    """A kind of question: written as ``W``, it comes down to the answer shape ``S``.

    A kind must have ``name``, ``rank``, ``meaning`` and ``written``, and the methods ``answer_of``, ``fits``,
    ``entry_of``, ``places`` and ``ask``. The rest has defaults that suit most kinds.
    """

    name: ClassVar[str]
    """As it is written: ``kind: single``."""

    rank: ClassVar[int]
    """Its place among all kinds, the smallest first. It decides two things.

    Kinds are listed in this order. And an imported question that names no kind becomes the first one whose ``fits`` takes
    its answer. The shipped kinds have 10 to 80, in tens. Give a new kind 90 or more: with a smaller rank than ``single``,
    say, it would take the choices of every imported file.
    """

    meaning: ClassVar[Said]
    """What it is, in a few words, for whoever has to choose one."""

    written: type[W]
    """The keys of a question in a bank's file, each with its type."""

    stem: ClassVar[Said] = "kinds.stem"
    """What is asked for as its stem."""

    needs_exhibit: ClassVar[bool] = False
    """Whether it asks about an exhibit; any other kind may show one above its stem."""

    has_blank: ClassVar[bool] = False
    """Whether its stem has a blank."""

    rules: ClassVar[ModelRules | None] = None
    """How item models make questions of it. With ``None``, an item model that names this kind is refused."""

    def __new__(cls) -> Self:
        """Refuse a kind that lacks something it must have, before any command runs into it."""
        missing = [each for each in _ATTRIBUTES if not hasattr(cls, each)]
        missing += sorted(cls.__abstractmethods__)
        if missing:
            raise QuizgenError(
                problem("kinds.incomplete", "kinds.complete-it", module=cls.__module__, missing=missing)
            )
        return super().__new__(cls)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are its own, in the order in which they are written."""
        common = WrittenQuestion.__struct_fields__
        return tuple(key for key in self.written.__struct_fields__ if key not in common)

    @property
    def all_keys(self) -> tuple[str, ...]:
        """All keys of a question, in the order in which they are written: its own stand behind the stem."""
        common = WrittenQuestion.__struct_fields__
        behind = common.index("stem") + 1
        return (*common[:behind], *self.keys, *common[behind:])

    def check(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Say what its schema cannot see.

        What is in the entry fits the schema. Keys may still be missing: ``bank new`` checks after each reply.
        """
        del entry
        yield from ()

    @abstractmethod
    def answer_of(self, written: W, exhibit: Exhibit | None) -> S:
        """Make the answer of a question without problems, and of the exhibit that it shows.

        Its options are in the order in which the author wrote them, the right ones before the wrong ones.
        """

    def check_exhibit(self, entry: EntryData, exhibit: EntryData) -> Iterator[Diagnostic]:
        """Say what keeps a question from being asked of an exhibit, both as their author wrote them."""
        del entry, exhibit
        yield from ()

    @abstractmethod
    def fits(self, answer: Shape) -> bool:
        """Return whether an imported answer can be one of this kind."""

    @abstractmethod
    def entry_of(self, answer: S) -> dict[str, Any]:
        """Write an answer as in a bank's file: the reverse of ``answer_of``, with this kind's own YAML keys.

        The right options may stand anywhere among the others, as in an import. So take them by the indices in the answer.
        """

    @abstractmethod
    def places(self, answer: S) -> tuple[tuple[Path, ...], ...]:
        """Return the path in the entry of each text in ``answer.groups()``, so that a finding of ``--lint`` can point at it.

        The answer is one that ``answer_of`` made.
        """

    @abstractmethod
    def ask(self, asker: Asker) -> Steps:
        """Ask for its own keys."""


class ExhibitKind(Kind[WrittenAboutExhibit, S]):
    """A kind that asks about an exhibit: the answer follows from the exhibit, and the stem is the same for all."""

    stem = "kinds.stem-own"
    written = WrittenAboutExhibit
    needs_exhibit = True

    @abstractmethod
    def answer_about(self, exhibit: Exhibit) -> S:
        """Make the answer to what is asked about an exhibit."""

    @abstractmethod
    def usual_stem(self, exhibit: Exhibit) -> Text:
        """Return what is asked about an exhibit where the author writes no stem."""

    def answer_of(self, written: WrittenAboutExhibit, exhibit: Exhibit | None) -> S:
        """Make the answer about the exhibit that the question names."""
        del written
        assert exhibit  # noqa: S101  the type requires one
        return self.answer_about(exhibit)

    def fits(self, answer: Shape) -> bool:
        """Return false: another program has no exhibits."""
        del answer
        return False

    def entry_of(self, answer: S) -> dict[str, Any]:
        """Return nothing: all that the answer says stands in the exhibit."""
        del answer
        return {}

    def places(self, answer: S) -> tuple[tuple[Path, ...], ...]:
        """Tell that all texts come from the exhibit."""
        return tuple((("exhibit",),) * len(group) for group in answer.groups())

    def ask(self, asker: Asker) -> Steps:
        """Ask for nothing: the exhibit has been asked for."""
        del asker
        yield from ()


def paths_in(entry: EntryData, key: str) -> list[Path]:
    """Return the paths of the items of a list: ``("distractors", 0)`` and so on."""
    return [(key, index) for index in range(len(entry.get(key, ())))]


def check_distinct_texts(entry: EntryData, paths: Iterable[Path], what: Said) -> Iterator[Diagnostic]:
    """See that no two of these texts, as far as they are there, read the same in any language."""
    seen: dict[tuple[str, str], Path] = {}
    for path in paths:
        for tag, words in (_part(entry, path) or {}).items():
            first = seen.setdefault((tag, normalise(words)), path)
            if first != path:
                says = text("kinds.same", what=as_message(what), tag=tag)
                yield Diagnostic((*path, tag), says, "models.change-one", see=(*first, tag))


def check_distinct(path: Path, items: Sequence[Any]) -> Iterator[Diagnostic]:
    """See that nothing stands in a list twice."""
    seen = set()
    for index, item in enumerate(items):
        if item in seen:
            yield Diagnostic((*path, index), text("kinds.twice", key=path[-1]), "kinds.take-one-out")
        seen.add(item)


def _part(entry: Any, path: Path) -> Any:
    for step in path:
        if isinstance(entry, Mapping) and step not in entry:
            return None
        entry = entry[step]
    return entry
