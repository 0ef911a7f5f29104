"""Relations, which facts state, and item models, which make questions from them."""

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

RELATION_TEMPLATES = ("option", "left", "right", "each")
"""Templates that are filled from one relation, even if a question has several."""

TEMPLATES = ("stem", *RELATION_TEMPLATES, "rationale", "advice")
"""The templates that a model of some kind may have."""

STATED_PREFIX, HOLDS_FIELD, EACH_FIELD = "said_", "holds", "each"
"""Fields of templates besides members: ``said_x`` and ``holds`` (true-false), and ``each`` (several relations)."""

MIN_WRONG = 2
"""No question is made with fewer wrong answers, since it could be guessed (Rodriguez 2005: three options are enough)."""


class Relation(NamedTuple):
    """A relation that a fact states. Ids are full.

    - ``type`` is the relation type, ``members`` its members by name.
    - ``also`` are relations that are true here too, so that neither is a wrong answer to the other.
    - ``rank`` is its place in an order, or 0.
    - ``facts`` are other facts that it rests on.
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


class QuestionDraft(NamedTuple):
    """The relations of one question: those of the key, and those of the distractors.

    ``holds`` is whether the statement of a true-false question is true.
    """

    right: tuple[Relation, ...]
    wrong: tuple[Relation, ...] = ()
    holds: bool = True


FillTemplate: TypeAlias = Callable[[str, Sequence[Relation]], tuple[Text, ...]]
"""A function that fills a template from each of some relations. It raises ModelError if two texts are equal."""


class ModelError(Exception):
    """An error in a model: its path in the entry, what is wrong, and what to do."""

    def __init__(self, path: Path, what: Message, hint: Message) -> None:
        self.path, self.what, self.hint = path, what, hint
        super().__init__(str(what))


class SkippedError(Exception):
    """No question can be made from some relations, though nothing is wrong; ``why`` is the reason."""

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
    """An item model as written in a bank. Kinds derive from it and add their own keys."""

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
        """The templates that it has, by part."""
        parts = {part: getattr(self, part, None) for part in TEMPLATES}
        return {part: template for part, template in parts.items() if template}

    def of_type(self, type_: str, rules: "ModelRules") -> "ItemModel":
        """Return the item model for relations of a type."""
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
    """How questions of one kind are made from item models."""

    entry_type: ClassVar[type[WrittenModel]]
    """The type of such a model in a bank's file."""

    several: ClassVar[bool] = False
    """Whether a question is made from several relations, so that a model may have a sentence for each."""

    def fields(self, model: "ItemModel", members: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG002  some kinds name them
        """Return the fields that templates of a whole question may use: the members that its relations share."""
        return (*model.within, *model.given)

    def template_of(self, path: Path) -> str:
        """Return the template that makes a part of a question, given the path of the part in an entry."""
        return str(path[0])

    @abstractmethod
    def drafts(self, siblings: "Siblings") -> Iterator[QuestionDraft]:
        """Choose the relations of each question."""

    @abstractmethod
    def answer(self, draft: QuestionDraft, fill_template: FillTemplate) -> Answer:
        """Make an answer in authored order. Raises ModelError or SkippedError."""


class ItemModel(NamedTuple):
    """A model of questions on relations of one type.

    - ``given`` are the members that the question tells, ``asked`` those that it asks for.
    - ``within`` are members that siblings share.
    - ``templates`` are by part and language.
    - ``size`` is how many pairs or steps a question has, or the largest number of distractors.
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
        """Return the fields that a template may use, given the members of the model's relation type."""
        if part in RELATION_TEMPLATES:
            return members
        fields = self.rules.fields(self, members)
        return (*fields, EACH_FIELD) if EACH_FIELD in self.templates and part == "rationale" else fields


def require_enough_wrong(draft: QuestionDraft) -> None:
    """Raise SkippedError if a draft has too few wrong answers."""
    if len(draft.wrong) < MIN_WRONG:
        raise SkippedError(
            _(
                "its siblings give {count} wrong answers, but it needs {least}",
                count=len(draft.wrong),
                least=MIN_WRONG,
            )
        )
