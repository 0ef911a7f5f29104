"""Automatic item generation: make questions from relations and item models. Pure.

After Gierl and Haladyna, Automatic Item Generation: Theory and Practice (2013). An item model is a question with
slots. All values come from one set of facts, so that the wrong answers to one question are right answers to its siblings.

A fact states *relations* (this department counters that flow). A *relation type* names the members of its relations. An
*item model* gives some members and asks for others.

``generation`` has the function that makes the questions. It is not imported here, because it imports Jinja2.
"""

from quizgen.generate.item_model import (
    EACH_FIELD,
    HOLDS_FIELD,
    STATED_PREFIX,
    Each,
    FillTemplate,
    ItemModel,
    ModelError,
    ModelRules,
    QuestionDraft,
    Relation,
    Size,
    SkippedError,
    WrittenModel,
    require_enough_wrong,
)

__all__ = [
    "EACH_FIELD",
    "HOLDS_FIELD",
    "STATED_PREFIX",
    "Each",
    "FillTemplate",
    "ItemModel",
    "ModelError",
    "ModelRules",
    "QuestionDraft",
    "Relation",
    "Size",
    "SkippedError",
    "WrittenModel",
    "require_enough_wrong",
]  # fmt: skip
