"""Relations and item models -> questions: automatic item generation. Pure.

Of the three ways in which questions come about here, this makes them from facts; ``quizgen.author`` asks a
person for one, and ``quizgen.assemble`` makes none but puts those of a bank together to a quiz.

After Gierl and Haladyna, Automatic Item Generation: Theory and Practice (2013): an item model is a
question with places left open, and what fills them comes from one set of facts, so that the wrong
answers to one question are the right answers to its siblings.

A fact states *relations* (this department counters that flow), a *relation type* says which members
each of them has, and an *item model* asks, given some of the members, for others.

``generation`` has the function that does it; it is left out here, since it brings Jinja2.
"""

from quizgen.generate.item_model import (
    EACH,
    HOLDS,
    SAID,
    Each,
    GeneratedDraft,
    ItemModel,
    ModelError,
    ModelRules,
    Relation,
    Size,
    SkippedError,
    TextsOf,
    WrittenModel,
    require_wrong,
)

__all__ = [
    "EACH",
    "HOLDS",
    "SAID",
    "Each",
    "GeneratedDraft",
    "ItemModel",
    "ModelError",
    "ModelRules",
    "Relation",
    "Size",
    "SkippedError",
    "TextsOf",
    "WrittenModel",
    "require_wrong",
]  # fmt: skip
