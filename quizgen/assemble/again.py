"""Questions of a quiz to be asked again -> a quiz of them, in another order than they were just printed in."""

from collections.abc import Sequence
from itertools import islice

from quizgen.assemble.arrange import arrange, trimmed
from quizgen.assemble.shuffle import numbers
from quizgen.model import Choose, Fill, Question, Quiz

_TRIES = 30
_SEEDS = 1_000_000
"""As many as there are seeds of up to six digits, which is what a quiz begun without one has."""


def reshuffled(quiz: Quiz, questions: Sequence[Question]) -> Quiz:
    """Make a quiz of some questions of another, so that a place on the page is not what people remember.

    The seed follows from the other quiz's and from the questions: the same again gives the same, and to
    practise what was practised gives a new order. Of a few such seeds the one is taken that leaves the
    fewest keys where they were; true and false, and blanks, have no other place.
    """
    seeds = (number % _SEEDS for number in numbers(quiz.seed, "again", *(each.id for each in questions)))
    bank = trimmed(quiz.bank, questions)
    quizzes = (arrange(bank, questions, seed, quiz.language) for seed in islice(seeds, _TRIES))
    return min(quizzes, key=lambda again: _unmoved(questions, again.questions))


def _unmoved(before: Sequence[Question], after: Sequence[Question]) -> int:
    """Count the keys that stand where they stood, and one more where the questions do."""
    were = {question.id: _key(question) for question in before}
    keys = sum(_key(question) is not None and _key(question) == were[question.id] for question in after)
    return keys + (len(before) > 1 and list(were) == [question.id for question in after])


def _key(question: Question) -> object:
    """Give where the right answer stands; ``None`` where it can stand nowhere else."""
    answer = question.answer
    if isinstance(answer, Fill) or (isinstance(answer, Choose) and answer.style == "truth"):
        return None
    return answer.keys if isinstance(answer, Choose) else answer.key
