"""Groups of exhibits that differ in details only: twins, and the exhibits from one exhibit model."""

import re
from collections import defaultdict

from quizgen.model import Bank, Exhibit, Question

_VARIANT = re.compile(r"-[0-9a-f]{8}-[ab]$")


def exhibit_family(exhibit: Exhibit) -> str:
    """Return a name that an exhibit shares with its twin, or with all exhibits from the same exhibit model.

    Questions on exhibits of one family are enemies, because these exhibits are almost the same.
    """
    model = _VARIANT.sub("", exhibit.id)
    return model if exhibit.generated and model != exhibit.id else min(exhibit.id, exhibit.twin or exhibit.id)


def group_questions_by_family(bank: Bank) -> dict[str, list[str]]:
    """Return the ids of the questions on each family of exhibits. A question without an exhibit is a family of its own."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for question in bank.questions.values():
        groups[question_family(question, bank)].append(question.id)
    return groups


def question_family(question: Question, bank: Bank) -> str:
    """Return the name of the family of a question's exhibit, or the question's id if it has no exhibit."""
    return exhibit_family(bank.exhibits[question.exhibit]) if question.exhibit else question.id
