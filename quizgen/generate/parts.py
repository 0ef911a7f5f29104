"""What questions are made from: relations that facts state, and the models that ask for them."""

from collections.abc import Mapping
from typing import NamedTuple

from quizgen.language import Text
from quizgen.model import Kind, Level

GENERATED_KINDS: tuple[Kind, ...] = ("single", "multiple", "true-false", "match", "order")

PARTS: Mapping[str, tuple[str, ...]] = {
    # The templates that a kind has of its own, beside stem, rationale and advice.
    "single": ("option",),
    "multiple": ("option",),
    "true-false": (),
    "match": ("left", "right"),
    "order": ("option",),
}

OF_ONE = ("option", "left", "right", "each")
"""Templates that are filled from one relation, also where a question is made from several."""

SAID, HOLDS, EACH = "said_", "holds", "each"
"""What templates may name beside members: ``said_x``, ``holds`` (true-false) and ``each`` (several relations)."""


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
    def own_id(self) -> str:
        """Id within the topic."""
        return self.id.partition("/")[2]


class ItemModel(NamedTuple):
    """A question with places left open.

    ``given`` are the members that the question tells and ``asked`` those that it asks for; siblings are
    the relations of its type that agree with each other in all members ``within``. ``templates`` are by
    part and language. ``size`` is how many distractors a question has at the most, or how many pairs.
    """

    id: str
    type: str
    kind: Kind
    level: Level
    difficulty: int
    given: tuple[str, ...]
    asked: tuple[str, ...]
    within: tuple[str, ...]
    size: int
    templates: Mapping[str, Mapping[str, str]]


def fields_of(model: ItemModel, part: str, members: tuple[str, ...]) -> tuple[str, ...]:
    """Names that a template of this part may use, given the members of the model's relation type.

    What a question made from several relations says of all of them can only name what they share.
    """
    if part in OF_ONE or model.kind == "single":
        return members
    if model.kind == "true-false":
        return (*members, *(SAID + name for name in model.asked), HOLDS)
    shared = model.within if model.kind == "match" else (*model.within, *model.given)
    return (*shared, EACH) if EACH in model.templates and part == "rationale" else shared
