"""Automatic item generation: make questions from templates and from facts in a fixed form.

For example, a fact may state that the banking department counters the flow of money. This is a *relation*. Its two
*members* have names in its *relation type*: the department and the flow. An *item model* is a template for questions
on relations of one type. It gives some members ("Which department counters the flow of money?") and asks for others.
The wrong options come from the other relations of the type.

The terms are those of Gierl and Haladyna, Automatic Item Generation: Theory and Practice (2013). The functions are
pure: they read and write no files.

``make_questions`` in the module ``generation`` makes the questions. This package does not import that module, because
it imports Jinja2, which is slow to load.
"""

from quizgen.generate.item_model import (
    EACH_FIELD,
    HOLDS_FIELD,
    STATED_PREFIX,
    Each,
    FillTemplate,
    ItemModel,
    ItemModelEntry,
    ModelError,
    ModelRules,
    QuestionDraft,
    Relation,
    Size,
    SkippedError,
    require_wrong_answers,
)

__all__ = [
    "EACH_FIELD",
    "HOLDS_FIELD",
    "STATED_PREFIX",
    "Each",
    "FillTemplate",
    "ItemModel",
    "ItemModelEntry",
    "ModelError",
    "ModelRules",
    "QuestionDraft",
    "Relation",
    "Size",
    "SkippedError",
    "require_wrong_answers",
]  # fmt: skip
