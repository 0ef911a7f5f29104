"""How much a bank holds, and of what: for ``quizgen bank stats``."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from quizgen.kinds import KINDS
from quizgen.model import DIFFICULTIES, LEVELS, Bank

_FIRST = ("topic", "facts", "questions")


def topic_counts(bank: Bank, topic: str) -> dict[str, Any]:
    """Count the facts and questions of a topic, these by kind, level and difficulty too."""
    questions = [question for question in bank.questions.values() if question.topic == topic]
    kinds = Counter(question.kind for question in questions)
    levels = Counter(question.level for question in questions)
    difficulties = Counter(question.difficulty for question in questions)
    return {
        "topic": topic,
        "facts": sum(fact.topic == topic for fact in bank.facts.values()),
        "questions": len(questions),
        "generated": sum(question.generated for question in questions),
        "kind": {kind: kinds[kind] for kind in KINDS},
        "level": {level: levels[level] for level in LEVELS},
        "difficulty": {str(difficulty): difficulties[difficulty] for difficulty in DIFFICULTIES},
    }


def counts_table(topics: Sequence[dict[str, Any]], group: str) -> list[list[str]]:
    """Lay out the counts of one group: a row a topic, and a last row with the totals."""
    every: dict[str, tuple[str, ...]] = {
        "kind": tuple(KINDS),
        "level": LEVELS,
        "difficulty": tuple(map(str, DIFFICULTIES)),
    }
    heads = every[group]
    first = (*_FIRST, "generated") if any(topic["generated"] for topic in topics) else _FIRST
    rows = [[*(topic[each] for each in first), *(topic[group][head] for head in heads)] for topic in topics]
    totals = [sum(column) for column in list(zip(*rows, strict=True))[1:]] or [0] * (
        len(heads) + len(first) - 1
    )
    shown = [f"difficulty {head}" if group == "difficulty" else head for head in heads]
    table = [[*first, *shown], *rows, ["total", *totals]]
    return [[str(cell) for cell in row] for row in table]
