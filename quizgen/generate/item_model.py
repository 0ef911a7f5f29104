"""The types of item generation: relations, which facts state, and item models, which make questions from them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple, TypeAlias

from msgspec import Meta, field

from quizgen.errors import Path
from quizgen.fields import Difficulty, Members, Slug, TemplateField, Waivers, YamlMapping, describe_value
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
    """A relation between named members, stated by a fact, such as "this department counters that flow of money".

    All ids are full (``topic/slug``).

    - ``type`` is the id of its relation type; ``members`` maps the names of the members to their texts.
    - ``also`` has the ids of relations that are true in this case too, and so must not be its wrong options.
    - ``rank`` is its position in an order of relations, or 0.
    - ``facts`` are further facts that it depends on.
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
        """The id without its topic."""
        return slug_of(self.id)


class QuestionDraft(NamedTuple):
    """The relations of one question: ``right`` for the correct options, and ``wrong`` for the wrong options.

    ``holds`` is whether the statement is true, if the question is a statement to be judged true or false.
    """

    right: tuple[Relation, ...]
    wrong: tuple[Relation, ...] = ()
    holds: bool = True


FillTemplate: TypeAlias = Callable[[str, Sequence[Relation]], tuple[Text, ...]]
"""A function that fills a template from each of some relations. It raises ModelError if two texts are equal."""


class ModelError(Exception):
    """An error in an item model or exhibit model: the path in its entry, what is wrong, and how to correct it."""

    def __init__(self, path: Path, what: Message, hint: Message) -> None:
        self.path, self.what, self.hint = path, what, hint
        super().__init__(str(what))


class SkippedError(Exception):
    """No question can be made from some relations, although the item model has no error; ``reason`` says why."""

    def __init__(self, reason: Message) -> None:
        self.why = reason
        super().__init__(str(reason))


Size: TypeAlias = Annotated[
    int, Meta(ge=2, le=7), describe_value("How many distractors at the most, or how many pairs or steps.")
]
Each: TypeAlias = Annotated[
    TemplateField, describe_value("A sentence for each relation; {{ each }} in the rationale.")
]


class ItemModelEntry(YamlMapping, kw_only=True):
    """The entry of an item model in a question bank's file. A kind of question can add fields in a subclass."""

    id: Annotated[
        Slug, describe_value("The model's id; those of its questions begin with it, so it never changes.")
    ]
    kind: str
    level: Level
    difficulty: Difficulty
    given: Annotated[Members, describe_value("Members that the question states.")]
    asked: Annotated[Members, describe_value("Members that the question asks for.")]
    within: Annotated[
        Members, describe_value("Members that the right answer and the wrong ones have in common.")
    ] = ()
    stem: TemplateField
    rationale: TemplateField
    advice: TemplateField = field(default_factory=dict)
    waive: Annotated[
        Waivers,
        describe_value(
            "Rules of `bank check --lint` that every question of this model may break, with the reason."
        ),
    ] = field(default_factory=dict)

    @property
    def templates(self) -> dict[str, Text]:
        """The templates in this entry, by name, such as ``stem`` or ``option``."""
        parts = {part: getattr(self, part, None) for part in TEMPLATES}
        return {part: template for part, template in parts.items() if template}

    def build_item_model(self, relation_type: str, rules: "ModelRules") -> "ItemModel":
        """Return the item model of this entry, for relations of the type with this id."""
        return ItemModel(
            id=self.id,
            type=relation_type,
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
    """How one kind of question is made from item models. Each such kind derives a class."""

    entry_type: ClassVar[type[ItemModelEntry]]
    """The type of such a model in a bank's file."""

    several: ClassVar[bool] = False
    """Whether a question is made from several relations, so that a model may have a sentence for each."""

    def field_names(self, model: "ItemModel", members: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG002  some kinds name them
        """Return the names of the fields that the stem, the rationale and the advice can use.

        These are the members that all relations of a question have in common.
        """
        return (*model.within, *model.given)

    def template_name(self, path: Path) -> str:
        """Return the name of the template for one field of a question.

        ``path`` is the path of the field in the question's entry, such as ``("key",)``, which the template ``option``
        fills.
        """
        return str(path[0])

    @abstractmethod
    def draft_questions(self, siblings: "Siblings") -> Iterator[QuestionDraft]:
        """Choose the relations of each question."""

    @abstractmethod
    def make_answer(self, draft: QuestionDraft, fill_template: FillTemplate) -> Answer:
        """Make the answer of a question, its options in the order of the draft. Raises ModelError or SkippedError."""


class ItemModel(NamedTuple):
    """A template for questions on relations of one type.

    - ``given`` names the members that the question states, ``asked`` those that it asks for.
    - ``within`` names members that all relations of a question must have in common.
    - ``templates`` maps the name of a template to its text in each language.
    - ``size`` is the number of pairs or steps of a question, or the maximum number of wrong options.
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

    def field_names(self, template_name: str, members: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names of the fields that a template can use; ``members`` are those of the relation type."""
        if template_name in RELATION_TEMPLATES:
            return members
        fields = self.rules.field_names(self, members)
        return (
            (*fields, EACH_FIELD) if EACH_FIELD in self.templates and template_name == "rationale" else fields
        )


def require_wrong_answers(draft: QuestionDraft) -> None:
    """Raise SkippedError if a draft has fewer wrong options than MIN_WRONG."""
    if len(draft.wrong) < MIN_WRONG:
        raise SkippedError(
            _(
                "relations of its type give {count} wrong answers, but a question needs {least}",
                count=len(draft.wrong),
                least=MIN_WRONG,
            )
        )
