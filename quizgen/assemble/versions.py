"""Assemble several versions of a quiz. A version is made only when somebody asks for it."""

from collections.abc import Callable, Sequence
from math import comb, factorial, prod

from msgspec import Struct

from quizgen.assemble.arrange import ArrangedQuestions, arrange_quiz, parse_version_label, trim_bank
from quizgen.assemble.select import Recipe, draw_questions, make_question_pool, select_questions
from quizgen.errors import MisuseError, problem
from quizgen.model import Bank, Question, Quiz
from quizgen.text.messages import _, ngettext


class VersionBatch(Struct, frozen=True):
    """Several versions of a quiz. ``quiz(label)`` makes the version with that label, from the seed and the label alone.

    ``questions`` are the questions that versions can have, ``bank`` is the question bank with only what these need,
    and ``count`` is the number of questions in each version.
    """

    questions: tuple[Question, ...]
    bank: Bank
    seed: int
    language: str
    count: int
    labels: tuple[str, ...]
    quiz: Callable[[str], Quiz]


def assemble_versions(
    bank: Bank,
    recipe: Recipe,
    seed: int,
    language: str,
    labels: Sequence[str],
    *,
    draw_separately: bool = False,
) -> VersionBatch:
    """Assemble a version of a quiz for each label. Each has its own order of questions and options.

    If ``draw_separately`` is true, each version also has its own questions. Raises the same errors as
    :func:`quizgen.assemble.assemble`, and MisuseError if so many different versions are not possible.
    """
    drawn = draw_questions(bank, recipe, seed)
    count = len(drawn)
    pool = select_questions(bank, recipe) if draw_separately else drawn
    if draw_separately and len(pool) == count:
        raise MisuseError(
            problem(
                _("versions cannot draw different questions: only {count} match this selection"),
                _("ask for fewer with --count, widen the selection, or leave out --draw"),
                count=count,
            )
        )
    _check_version_count(labels, _count_different_papers(pool, count))
    questions = tuple(pool)
    lean = trim_bank(bank, questions)
    cache: ArrangedQuestions = {}
    full_pool = make_question_pool(pool, bank, recipe)

    def quiz(label: str) -> Quiz:
        own = full_pool.draw(count, seed, label) if draw_separately else drawn
        return arrange_quiz(lean, own, seed, language, label, cache=cache)

    return VersionBatch(questions, lean, seed, language, count, tuple(labels), quiz)


def _check_version_count(labels: Sequence[str], max_versions: int) -> None:
    last = max(labels, key=parse_version_label)
    if parse_version_label(last) < max_versions:
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
                max_versions,
                asked=asked,
            ),
            hint,
        )
    )


def _count_different_papers(pool: Sequence[Question], count: int) -> int:
    """Return how many different papers with ``count`` questions the pool makes, at least.

    Papers are different if they have other questions, or another order of questions or options.
    """
    fewest = prod(sorted(question.answer.order_count for question in pool)[:count])
    return comb(len(pool), count) * factorial(count) * fewest
