"""What a kind of question says of itself, and what kinds have in common.

An entry is a question as its author writes it, as plain data. Each kind names the keys of an entry that are
its own, checks them, turns them into an answer and back, and asks for them when a question is added.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeAlias, TypeVar

from quizgen.errors import Diagnostic, Path
from quizgen.generate import ModelRules
from quizgen.model import Exhibit
from quizgen.shapes import Shape
from quizgen.text.languages import Text
from quizgen.text.messages import Said, as_message, text
from quizgen.text.normalise import folded

Schema: TypeAlias = dict[str, Any]
EntryData: TypeAlias = Mapping[str, Any]
Steps: TypeAlias = Generator[Any, Any, Any]
"""Steps of an interview; what comes of them is what was replied."""

S = TypeVar("S", bound=Shape)

TEXT: Schema = {"$ref": "#/$defs/text"}
WORDS: Schema = {"$ref": "#/$defs/words"}


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
        """Give how many entries a list has at the least and at the most."""


class Kind(ABC, Generic[S]):
    """A kind of question, which comes down to the answer shape ``S``."""

    name: ClassVar[str]
    """As it is written: ``kind: single``."""

    rank: ClassVar[int]
    """Its place where kinds are listed."""

    meaning: ClassVar[Said]
    """What it is, in a few words, for whoever has to choose one."""

    stem: ClassVar[Said] = "kinds.stem"
    """What is asked for as its stem."""

    has_blank: ClassVar[bool] = False
    """Whether its stem has a blank."""

    keys: ClassVar[Mapping[str, Schema]]
    """The keys of an entry that are its own, in the order in which they are written, each with its schema."""

    optional: ClassVar[tuple[str, ...]] = ()
    """Those of its keys that an entry may lack."""

    needs_exhibit: ClassVar[bool] = False
    """Whether it asks about an exhibit; any other kind may show one above its stem."""

    own_stem: ClassVar[bool] = True
    """Whether the author writes the stem; if not, there is one for all, and an author may write another."""

    rules: ClassVar[ModelRules | None] = None
    """How item models make questions of it; ``None`` where they cannot."""

    def check(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Say what its schema cannot see. The entry fits the schema, but may lack parts."""
        del entry
        yield from ()

    @abstractmethod
    def answer_of(self, entry: EntryData, exhibit: Exhibit | None = None) -> S:
        """Turn a sound entry, and the exhibit that it is about, into an answer in authored order, keys first."""

    def stem_of(self, entry: EntryData, exhibit: Exhibit | None = None) -> Text:  # noqa: ARG002  some kinds ask of it
        """Give what is asked."""
        stem: Text = entry["stem"]
        return stem

    def check_exhibit(self, entry: EntryData, exhibit: EntryData) -> Iterator[Diagnostic]:
        """Say what keeps a question from being asked of an exhibit, both as their author wrote them."""
        del entry, exhibit
        yield from ()

    @abstractmethod
    def entry_of(self, answer: S) -> dict[str, Any]:
        """Give an answer, in authored or in printed order, back as its author would write it: its own keys."""

    @abstractmethod
    def places(self, answer: S) -> tuple[tuple[Path, ...], ...]:
        """Tell where in the entry each text stands of the groups of an answer in authored order."""

    @abstractmethod
    def ask(self, asker: Asker) -> Steps:
        """Ask for its own keys."""


def list_of(items: Schema, least: int, most: int | None = None) -> Schema:
    """Make the schema of a list."""
    limits = {"minItems": least} if most is None else {"minItems": least, "maxItems": most}
    return {"type": "array", "items": items, **limits}


def record(fields: Mapping[str, Schema], optional: Sequence[str] = ()) -> Schema:
    """Make the schema of a mapping with these keys and no other."""
    return {
        "required": [name for name in fields if name not in optional],
        "properties": dict(fields),
        "additionalProperties": False,
    }


def paths_in(entry: EntryData, key: str) -> list[Path]:
    """Give the paths of the items of a list: ``("distractors", 0)`` and so on."""
    return [(key, index) for index in range(len(entry.get(key, ())))]


def check_distinct_texts(entry: EntryData, paths: Iterable[Path], what: Said) -> Iterator[Diagnostic]:
    """See that no two of these texts, as far as they are there, read the same in any language."""
    seen: dict[tuple[str, str], Path] = {}
    for path in paths:
        for tag, words in (_part(entry, path) or {}).items():
            first = seen.setdefault((tag, folded(words)), path)
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
