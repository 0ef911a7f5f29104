"""The five questions of a day: the same for everybody with the same question bank, in the terminal and on a web page."""

from datetime import date

from msgspec.structs import replace

from quizgen.assemble.arrange import arrange_quiz, trim_bank
from quizgen.assemble.select import Recipe, draw_questions, select_questions
from quizgen.model import Bank, Quiz

DAILY_COUNT = 5
"""Questions of a day."""

CYCLE_DAYS = 21
"""After how many days the same questions come again. A web page has no room for the questions of more days."""

_FIRST_DAY = date(1970, 1, 1)
"""The day from which days are counted, as browsers do."""


def daily_seed(day: date) -> int:
    """Return the seed of a day's questions, below :data:`CYCLE_DAYS`."""
    return (day - _FIRST_DAY).days % CYCLE_DAYS


def daily_recipe(bank: Bank, recipe: Recipe) -> Recipe:
    """Return the recipe of a day's questions: as many as usual, unless it names a count or questions."""
    if recipe.count is not None or recipe.questions:
        return recipe
    return replace(recipe, count=min(DAILY_COUNT, len(select_questions(bank, recipe))))


def assemble_days(bank: Bank, recipe: Recipe, language: str) -> list[Quiz]:
    """Return the quiz of each day, in the order of their seeds, whatever the count of the recipe.

    If few questions fit the recipe, or some are named, there are none, because each day would have the same.
    """
    recipe = replace(recipe, count=None)
    if recipe.questions or len(select_questions(bank, recipe)) < 2 * DAILY_COUNT:
        return []
    recipe = daily_recipe(bank, recipe)
    days = ((seed, draw_questions(bank, recipe, seed)) for seed in range(CYCLE_DAYS))
    return [arrange_quiz(trim_bank(bank, drawn), drawn, seed, language) for seed, drawn in days]
