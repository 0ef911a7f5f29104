"""Questions for a sheet that has room for some only: those of the quiz first, then all others that a recipe admits."""

from collections.abc import Sequence
from itertools import chain

from msgspec import Struct

from quizgen.assemble.arrange import arrange, trimmed
from quizgen.assemble.select import Recipe, drawn_from, select
from quizgen.model import Bank, Question, Quiz
from quizgen.permutations import shuffled

_GENERATED_EVERY = 3
"""Of so many questions that are not the quiz's own one is generated, as in a draw, as long as there are both."""


class Candidates(Struct, frozen=True):
    """What a sheet may take, its options in printed order.

    ``own`` are the questions of the quiz that the same recipe and seed give, as that prints them; ``others`` all
    else that the recipe admits, in an order that the seed decides. ``named`` are the ids of questions asked for by
    name, ``count`` is how many were asked for, or ``None``. ``bank`` is the whole of it.
    """

    own: tuple[Question, ...]
    others: tuple[Question, ...]
    named: tuple[str, ...]
    count: int | None
    bank: Bank
    seed: int
    language: str

    def quiz(self, questions: Sequence[Question]) -> Quiz:
        """Make a quiz of those that were taken, with what they lead to."""
        return Quiz(tuple(questions), self.seed, self.language, trimmed(self.bank, questions))


def candidates(bank: Bank, recipe: Recipe, seed: int, language: str) -> Candidates:
    """List what a sheet may take: the same for the same bank, recipe and seed.

    Raises MisuseError as ``assemble`` does.
    """
    drawn = drawn_from(bank, recipe, seed)
    taken = {question.id for question in drawn}
    left = [question for question in select(bank, recipe) if question.id not in taken]
    keep = bool(recipe.questions)
    own = arrange(trimmed(bank, drawn), drawn, seed, language, keep_order=keep).questions
    others = arrange(bank, _mixed(left, seed), seed, language, keep_order=True).questions if left else ()
    named = tuple(question.id for question in drawn) if keep else ()
    return Candidates(own, others, named, recipe.count, bank, seed, language)


def _mixed(questions: Sequence[Question], seed: int) -> list[Question]:
    """Shuffle questions so that generated ones come, and crowd nobody out."""
    order = shuffled(questions, seed, "others")
    written = [question for question in order if not question.generated]
    generated = [question for question in order if question.generated]
    ranks = chain(
        ((index, question) for index, question in enumerate(written)),
        (((_GENERATED_EVERY - 1) * (index + 1), question) for index, question in enumerate(generated)),
    )
    return [question for _, question in sorted(ranks, key=lambda pair: pair[0])]
