"""Candidates for a sheet that has room for a few questions: those of the quiz first, then all others of the recipe."""

from collections.abc import Sequence
from itertools import chain

from msgspec import Struct

from quizgen.assemble.arrange import arrange, trim_bank
from quizgen.assemble.select import Recipe, draw_questions, select
from quizgen.model import Bank, Question, Quiz
from quizgen.permutations import shuffled

_GENERATED_EVERY = 3
"""One of so many questions is generated, as in a draw, as long as there are both sorts."""


class Candidates(Struct, frozen=True):
    """Questions that a sheet may use, with options in printed order.

    ``own`` are the questions of the quiz with the same recipe and seed, as that quiz prints them. ``others`` are all other
    questions of the recipe, in an order that depends on the seed. ``named`` are the ids of questions asked for by name.
    ``count`` is how many were asked for, or ``None``. ``bank`` is the whole bank.
    """

    own: tuple[Question, ...]
    others: tuple[Question, ...]
    named: tuple[str, ...]
    count: int | None
    bank: Bank
    seed: int
    language: str

    def quiz(self, questions: Sequence[Question]) -> Quiz:
        """Make a quiz of the chosen questions."""
        return Quiz(tuple(questions), self.seed, self.language, trim_bank(self.bank, questions))


def candidates(bank: Bank, recipe: Recipe, seed: int, language: str) -> Candidates:
    """Return the candidates for a sheet: the same for the same bank, recipe and seed.

    Raises MisuseError as ``assemble`` does.
    """
    drawn = draw_questions(bank, recipe, seed)
    taken = {question.id for question in drawn}
    left = [question for question in select(bank, recipe) if question.id not in taken]
    keep = bool(recipe.questions)
    own = arrange(trim_bank(bank, drawn), drawn, seed, language, keep_order=keep).questions
    others = arrange(bank, _mixed(left, seed), seed, language, keep_order=True).questions if left else ()
    named = tuple(question.id for question in drawn) if keep else ()
    return Candidates(own, others, named, recipe.count, bank, seed, language)


def _mixed(questions: Sequence[Question], seed: int) -> list[Question]:
    """Shuffle questions so that generated ones come regularly, but not too often."""
    order = shuffled(questions, seed, "others")
    written = [question for question in order if not question.generated]
    generated = [question for question in order if question.generated]
    ranks = chain(
        ((index, question) for index, question in enumerate(written)),
        (((_GENERATED_EVERY - 1) * (index + 1), question) for index, question in enumerate(generated)),
    )
    return [question for _, question in sorted(ranks, key=lambda pair: pair[0])]
