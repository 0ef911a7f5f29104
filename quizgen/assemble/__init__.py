"""Assembling a quiz, in printed order, from a bank, a recipe and a seed. Pure functions, the same on every machine.

No question is made here; ``quizgen.generate`` and ``quizgen.author`` make them.
"""

from msgspec.structs import replace

from quizgen.assemble.arrange import (
    arrange,
    reshuffle,
    trim_bank,
    version_index,
    version_label,
    version_labels,
)
from quizgen.assemble.candidates import Candidates, candidates
from quizgen.assemble.draw import MIX, Part, Pool, part_of
from quizgen.assemble.select import (
    DEFAULT_COUNT,
    AskedAudience,
    Recipe,
    draw_questions,
    freshest_seed,
    select,
    wanted_count,
)
from quizgen.assemble.versions import Batch, assemble_versions
from quizgen.model import Bank, Quiz

__all__ = [
    "DEFAULT_COUNT",
    "MIX",
    "AskedAudience",
    "Batch",
    "Candidates",
    "Part",
    "Pool",
    "Recipe",
    "all_questions",
    "arrange",
    "assemble",
    "assemble_versions",
    "candidates",
    "freshest_seed",
    "part_of",
    "reshuffle",
    "select",
    "trim_bank",
    "version_index",
    "version_label",
    "version_labels",
]


def assemble(bank: Bank, recipe: Recipe, seed: int, language: str) -> Quiz:
    """Draw a quiz: the same for the same bank, recipe and seed.

    Raises MisuseError, with every problem, for unknown topics, kinds, levels, difficulties or ids, a count below 1, and more
    questions than the selection has.
    """
    drawn = draw_questions(bank, recipe, seed)
    return arrange(trim_bank(bank, drawn), drawn, seed, language, keep_order=bool(recipe.questions))


def all_questions(bank: Bank, recipe: Recipe, language: str) -> Quiz:
    """Make a quiz of every question that a recipe admits, in the order of the bank.

    The order of options depends only on their question, so that it stays the same when the bank grows. Raises as
    :func:`assemble` does.
    """
    selected = select(bank, recipe)
    wanted_count(bank, recipe, len(selected))
    questions = (
        replace(each, answer=each.answer.arranged(each.answer.draw_orders(0, each.id))) for each in selected
    )
    return Quiz(tuple(questions), seed=0, language=language, bank=trim_bank(bank, selected))
