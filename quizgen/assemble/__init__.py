"""Put together a quiz from a question bank. The same bank, recipe and seed give the same quiz on every machine.

The package selects and orders questions that exist. ``quizgen.author`` makes new ones.
"""

from msgspec.structs import replace

from quizgen.assemble.arrange import (
    arrange_quiz,
    parse_version_label,
    reshuffle,
    trim_bank,
    version_label,
    version_labels,
)
from quizgen.assemble.candidates import Candidates, find_candidates, pick_questions
from quizgen.assemble.daily import CYCLE_DAYS, DAILY_COUNT, assemble_days, daily_recipe, daily_seed
from quizgen.assemble.draw import MIX, Category, QuestionPool, has_enemies, question_category
from quizgen.assemble.repeats import draw_repeats, related_questions
from quizgen.assemble.select import (
    DEFAULT_COUNT,
    AskedAudience,
    Recipe,
    draw_questions,
    find_seed_with_most_new_questions,
    largest_count_without_enemies,
    resolve_question_count,
    select_questions,
)
from quizgen.assemble.versions import VersionBatch, assemble_versions
from quizgen.model import Bank, Quiz

__all__ = [
    "CYCLE_DAYS",
    "DAILY_COUNT",
    "DEFAULT_COUNT",
    "MIX",
    "AskedAudience",
    "Candidates",
    "Category",
    "QuestionPool",
    "Recipe",
    "VersionBatch",
    "all_questions",
    "arrange_quiz",
    "assemble",
    "assemble_days",
    "assemble_versions",
    "daily_recipe",
    "daily_seed",
    "draw_repeats",
    "find_candidates",
    "find_seed_with_most_new_questions",
    "has_enemies",
    "largest_count_without_enemies",
    "parse_version_label",
    "pick_questions",
    "question_category",
    "related_questions",
    "reshuffle",
    "select_questions",
    "trim_bank",
    "version_label",
    "version_labels",
]


def assemble(bank: Bank, recipe: Recipe, seed: int, language: str) -> Quiz:
    """Choose questions at random that fit a recipe, and return them as a quiz. The seed decides which ones.

    Raises MisuseError for an unknown topic, kind, level, difficulty or id, for a count below 1, and for a count
    larger than the number of questions that fit. The error lists all such mistakes.
    """
    drawn = draw_questions(bank, recipe, seed)
    return arrange_quiz(trim_bank(bank, drawn), drawn, seed, language, keep_order=bool(recipe.questions))


def all_questions(bank: Bank, recipe: Recipe, language: str) -> Quiz:
    """Return a quiz with all questions that fit a recipe, in the order in which the question bank has them.

    The options of a question always come in the same order, even when the bank grows. Raises the same errors as
    :func:`assemble`.
    """
    selected = select_questions(bank, recipe)
    resolve_question_count(bank, recipe, len(selected))
    questions = (
        replace(each, answer=each.answer.with_orders(each.answer.draw_random_orders(0, each.id)))
        for each in selected
    )
    return Quiz(tuple(questions), seed=0, language=language, bank=trim_bank(bank, selected))
