"""Groups of exhibits that differ in details only: twins."""

from collections import defaultdict

from quizgen.model import Bank, Exhibit, Question


def exhibit_family(exhibit: Exhibit) -> str:
    """Return a name that an exhibit shares with its twin.

    Questions on exhibits of one family are enemies, because these exhibits are almost the same.
    """
    return min(exhibit.id, exhibit.twin or exhibit.id)


def group_questions_by_family(bank: Bank) -> dict[str, list[str]]:
    """Return the ids of the questions on each family of exhibits. A question without an exhibit is a family of its own."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for question in bank.questions.values():
        groups[question_family(question, bank)].append(question.id)
    return groups


def question_family(question: Question, bank: Bank) -> str:
    """Return the name of the family of a question's exhibit, or the question's id if it has no exhibit."""
    return exhibit_family(bank.exhibits[question.exhibit]) if question.exhibit else question.id
