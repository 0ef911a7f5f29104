"""Bank, recipe and seed -> quiz, in printed order. Pure, and the same on every machine.

No question is made here; ``quizgen.generate`` and ``quizgen.author`` make them.
"""

from msgspec.structs import replace

from quizgen.assemble.arrange import arrange, reshuffle, trimmed, version_index, version_label, version_labels
from quizgen.assemble.candidates import Candidates, candidates
from quizgen.assemble.draw import MIX, Part, Pool, part_of
from quizgen.assemble.select import (
    DEFAULT_COUNT,
    AskedAudience,
    Recipe,
    drawn_from,
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
    "arrange",
    "assemble",
    "assemble_versions",
    "candidates",
    "freshest_seed",
    "part_of",
    "reshuffle",
    "select",
    "trimmed",
    "version_index",
    "version_label",
    "version_labels",
    "whole",
]


def assemble(bank: Bank, recipe: Recipe, seed: int, language: str) -> Quiz:
    """Draw a quiz: the same for the same bank, recipe and seed.

    Raises MisuseError, with every problem, for unknown topics, kinds, levels, difficulties or ids,
    a count below 1, and more questions than the selection has.
    """
    drawn = drawn_from(bank, recipe, seed)
    return arrange(trimmed(bank, drawn), drawn, seed, language, keep_order=bool(recipe.questions))


def whole(bank: Bank, recipe: Recipe, language: str) -> Quiz:
    """Take every question that a recipe admits, in the order of the bank.

    Options stand in an order that hangs on their question alone, so that a bank that grows leaves it as it was.
    Raises as :func:`assemble` does.
    """
    selected = select(bank, recipe)
    wanted_count(bank, recipe, len(selected))
    questions = (
        replace(each, answer=each.answer.arranged(each.answer.draw_orders(0, each.id))) for each in selected
    )
    return Quiz(tuple(questions), seed=0, language=language, bank=trimmed(bank, selected))
