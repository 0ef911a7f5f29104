"""One quiz in many versions, each made only when it is asked for."""

from collections.abc import Callable, Sequence
from math import comb, factorial, prod

from msgspec import Struct

from quizgen.assemble.arrange import Forms, arrange, trim_bank, version_index
from quizgen.assemble.draw import Pool
from quizgen.assemble.select import Recipe, draw_questions, select
from quizgen.errors import MisuseError, problem
from quizgen.model import Bank, Question, Quiz
from quizgen.text.messages import _, ngettext


class Batch(Struct, frozen=True):
    """A quiz in versions. Each is made when it is asked for, from the seed and its label only.

    ``questions`` are all questions of all versions; each version has ``count``; ``bank`` is what these questions refer to.
    """

    questions: tuple[Question, ...]
    bank: Bank
    seed: int
    language: str
    count: int
    labels: tuple[str, ...]
    quiz: Callable[[str], Quiz]


def assemble_versions(
    bank: Bank, recipe: Recipe, seed: int, language: str, labels: Sequence[str], *, own_draw: bool = False
) -> Batch:
    """Draw a quiz in as many versions as there are labels, each in its own order.

    With ``own_draw``, each version also draws its own questions. Raises MisuseError as ``assemble`` does, and if the selection
    is too small for so many different papers.
    """
    drawn = draw_questions(bank, recipe, seed)
    count = len(drawn)
    pool = select(bank, recipe) if own_draw else drawn
    if own_draw and len(pool) == count:
        raise MisuseError(
            problem(
                _("versions cannot draw different questions: only {count} match this selection"),
                _("ask for fewer with --count, widen the selection, or leave out --draw"),
                count=count,
            )
        )
    _refuse_too_many(labels, _different_papers(pool, count))
    questions = tuple(pool)
    lean = trim_bank(bank, questions)
    forms: Forms = {}
    full_pool = Pool(pool, bank.exhibits, recipe.max_long)

    def quiz(label: str) -> Quiz:
        own = full_pool.draw(count, seed, label) if own_draw else drawn
        return arrange(lean, own, seed, language, label, forms=forms)

    return Batch(questions, lean, seed, language, count, tuple(labels), quiz)


def _refuse_too_many(labels: Sequence[str], papers: int) -> None:
    last = max(labels, key=version_index)
    if version_index(last) < papers:
        return
    several = len(labels) > 1
    asked = (
        _("you asked for {count} versions", count=len(labels))
        if several
        else _("you asked for version {label}", label=last)
    )
    hint = (
        _("ask for fewer versions or more questions")
        if several
        else _("choose an earlier version, or use more questions")
    )
    raise MisuseError(
        problem(
            ngettext(
                "{asked}, but these questions make only 1 paper",
                "{asked}, but these questions make only {count} different papers",
                papers,
                asked=asked,
            ),
            hint,
        )
    )


def _different_papers(pool: Sequence[Question], count: int) -> int:
    """Return a lower bound for the number of different papers with ``count`` questions.

    Papers count as different if their questions, or the order of questions or options, differ.
    """
    fewest = prod(sorted(question.answer.order_count for question in pool)[:count])
    return comb(len(pool), count) * factorial(count) * fewest
