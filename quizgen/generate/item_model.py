"""What questions are made from: relations that facts state, and the models that ask for them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple, TypeAlias

from msgspec import Meta, field

from quizgen.errors import Path
from quizgen.fields import Difficulty, Members, Slug, TemplateField, Waivers, Written, about
from quizgen.ids import slug_of
from quizgen.model import Level
from quizgen.shapes import Answer
from quizgen.text.languages import Text
from quizgen.text.messages import Message, _

if TYPE_CHECKING:
    from quizgen.generate.siblings import Siblings

OF_ONE = ("option", "left", "right", "each")
"""Templates that are filled from one relation, also where a question is made from several."""

TEMPLATES = ("stem", *OF_ONE, "rationale", "advice")
"""All templates that models of any kind have."""

SAID, HOLDS, EACH = "said_", "holds", "each"
"""What templates may name beside members: ``said_x``, ``holds`` (true-false) and ``each`` (several relations)."""

LEAST_WRONG = 2
"""A question with fewer wrong answers is a guess, and is not made (Rodriguez 2005: three options are enough)."""


class Relation(NamedTuple):
    """One relation that a fact states: which members stand in it.

    Ids are full. ``type`` is the relation type; ``also`` are relations whose members hold here as well,
    so that they never serve as wrong answers to each other; ``rank`` is its place in an order (0: none).
    ``facts`` are those that it rests on beside the one that states it.
    """

    id: str
    topic: str
    fact: str
    type: str
    members: Mapping[str, Text]
    also: frozenset[str] = frozenset()
    rank: int = 0
    facts: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The id within the topic."""
        return slug_of(self.id)


class GeneratedDraft(NamedTuple):
    """Relations chosen for one question: those that the key rests on, and those that are wrong in it.

    ``holds`` is whether a statement made of them is true.
    """

    right: tuple[Relation, ...]
    wrong: tuple[Relation, ...] = ()
    holds: bool = True


TextsOf: TypeAlias = Callable[[str, Sequence[Relation]], tuple[Text, ...]]
"""Fills one template of the model from each of some relations, all different or refused."""


class ModelError(Exception):
    """What is wrong in a model: the path in its entry, what, and what to do."""

    def __init__(self, path: Path, what: Message, hint: Message) -> None:
        self.path, self.what, self.hint = path, what, hint
        super().__init__(str(what))


class SkippedError(Exception):
    """Why no question is made of some relations, though nothing is wrong."""

    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(str(why))


Size: TypeAlias = Annotated[
    int, Meta(ge=2, le=7), about("How many distractors at the most, or how many pairs or steps.")
]
Each: TypeAlias = Annotated[
    TemplateField, about("A sentence for each relation; {{ each }} in the rationale.")
]


class WrittenModel(Written, kw_only=True):
    """An item model in a bank's file. A kind that models make questions of adds what is its own."""

    id: Annotated[Slug, about("The model's id; those of its questions begin with it, so it never changes.")]
    kind: str
    level: Level
    difficulty: Difficulty
    given: Annotated[Members, about("Members that the question tells.")]
    asked: Annotated[Members, about("Members that the question asks for.")]
    within: Annotated[Members, about("Members in which siblings agree.")] = ()
    stem: TemplateField
    rationale: TemplateField
    advice: TemplateField = field(default_factory=dict)
    waive: Annotated[
        Waivers,
        about("Rules of `bank check --lint` that every question of this model may break, with the reason."),
    ] = field(default_factory=dict)

    @property
    def templates(self) -> dict[str, Text]:
        """Its templates by part, without those that it leaves out."""
        parts = {part: getattr(self, part, None) for part in TEMPLATES}
        return {part: template for part, template in parts.items() if template}

    def of_type(self, type_: str, rules: "ModelRules") -> "ItemModel":
        """Give the model that asks for relations of a type."""
        return ItemModel(
            id=self.id,
            type=type_,
            kind=self.kind,
            rules=rules,
            level=self.level,
            difficulty=self.difficulty,
            given=self.given,
            asked=self.asked,
            within=self.within,
            size=getattr(self, "size", 1),
            templates=self.templates,
        )


class ModelRules(ABC):
    """How questions of one kind are made: what a kind says of item models."""

    entry_type: ClassVar[type[WrittenModel]]
    """How a model of the kind is written."""

    several: ClassVar[bool] = False
    """Whether a question rests on several relations, so that a model may have a sentence for each."""

    def fields(self, model: "ItemModel", members: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG002  some kinds name them
        """Give the names that templates of a question as a whole may use: of several relations, what they share."""
        return (*model.within, *model.given)

    def template_of(self, path: Path) -> str:
        """Name the template from which a part of a question comes, given the part's path in an entry."""
        return str(path[0])

    @abstractmethod
    def drafts(self, siblings: "Siblings") -> Iterator[GeneratedDraft]:
        """Choose the relations of each question."""

    @abstractmethod
    def answer(self, draft: GeneratedDraft, texts_of: TextsOf) -> Answer:
        """Make an answer in authored order. Raises ModelError or SkippedError."""


class ItemModel(NamedTuple):
    """A question with places left open.

    ``given`` are the members that the question tells and ``asked`` those that it asks for; siblings are
    the relations of its type that agree with each other in all members ``within``. ``templates`` are by
    part and language. ``size`` is how many distractors a question has at the most, or how many pairs.
    """

    id: str
    type: str
    kind: str
    rules: ModelRules
    level: Level
    difficulty: int
    given: tuple[str, ...]
    asked: tuple[str, ...]
    within: tuple[str, ...]
    size: int
    templates: Mapping[str, Mapping[str, str]]

    def fields(self, part: str, members: tuple[str, ...]) -> tuple[str, ...]:
        """Names that a template of this part may use, given the members of the model's relation type."""
        if part in OF_ONE:
            return members
        whole = self.rules.fields(self, members)
        return (*whole, EACH) if EACH in self.templates and part == "rationale" else whole


def require_wrong(draft: GeneratedDraft) -> None:
    """Raise SkippedError for a draft with too few wrong answers."""
    if len(draft.wrong) < LEAST_WRONG:
        raise SkippedError(
            _(
                "it has {count} wrong answers among its siblings, and needs {least}",
                count=len(draft.wrong),
                least=LEAST_WRONG,
            )
        )
