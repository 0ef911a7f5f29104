"""Find candidates for a sheet that has room for a few questions."""

from collections.abc import Callable, Sequence
from itertools import chain

from msgspec import Struct

from quizgen.assemble.arrange import arrange_quiz, trim_bank
from quizgen.assemble.draw import Category, question_category
from quizgen.assemble.select import Recipe, draw_questions, select_questions
from quizgen.model import Bank, Question, Quiz
from quizgen.permutations import shuffled


class Candidates(Struct, frozen=True):
    """The questions that a sheet can choose from, with their options shuffled.

    ``from_quiz`` are the questions of the quiz with the same recipe and seed. A sheet tries these first. ``others``
    are all other questions that fit the recipe, shuffled. ``named`` are the ids of questions that the user asked for
    by name. ``count`` is the number that the user asked for, or ``None``. ``bank`` is the complete question bank.
    """

    from_quiz: tuple[Question, ...]
    others: tuple[Question, ...]
    named: tuple[str, ...]
    count: int | None
    bank: Bank
    seed: int
    language: str

    def make_quiz(self, questions: Sequence[Question]) -> Quiz:
        """Return a quiz with the questions that the sheet has chosen."""
        return Quiz(tuple(questions), self.seed, self.language, trim_bank(self.bank, questions))


def find_candidates(bank: Bank, recipe: Recipe, seed: int, language: str) -> Candidates:
    """Find the questions that a sheet can choose from. The same bank, recipe and seed give the same candidates.

    Raises the same errors as :func:`quizgen.assemble.assemble`.
    """
    drawn = draw_questions(bank, recipe, seed)
    taken = {question.id for question in drawn}
    left = [question for question in select_questions(bank, recipe) if question.id not in taken]
    keep = bool(recipe.questions)
    own = arrange_quiz(trim_bank(bank, drawn), drawn, seed, language, keep_order=keep).questions
    others = (
        arrange_quiz(bank, shuffled(left, seed, "others"), seed, language, keep_order=True).questions
        if left
        else ()
    )
    named = tuple(question.id for question in drawn) if keep else ()
    return Candidates(own, others, named, recipe.count, bank, seed, language)


def pick_questions(
    candidates: Candidates,
    count: int,
    category_mix: Sequence[Category],
    can_be_picked: Callable[[Question], bool],
) -> list[Question]:
    """Pick questions that ``can_be_picked``, one after the other; return fewer than ``count`` if there are too few.

    No two of them are enemies, and no two are on the same fact if that is possible. Questions of the drawn quiz come
    before all others. Questions that the user asked for may be enemies or share a fact. ``category_mix`` names the
    category of the first questions; where no question of it can be picked, one of another category is.
    """
    bank, free = candidates.bank, bool(candidates.named)
    barred: set[str] = set()
    used: set[str] = set()

    def take(part: Category | None = None) -> Question | None:
        best = None
        for question in chain(candidates.from_quiz, candidates.others):
            if question.id in barred or part not in (None, question_category(question, bank.exhibits)):
                continue
            if not can_be_picked(question):
                continue
            best = best or question
            if free or used.isdisjoint(bank.fact_ids_behind(question)):
                best = question
                break
        if best:
            barred.update((best.id, *(() if free else best.enemies)))
            used.update(bank.fact_ids_behind(best))
        return best

    by_part = [take(part) for part in category_mix]
    taken = [each or take() for each in by_part]
    taken += [take() for _ in range(count - len(taken))]
    return [each for each in taken if each]
