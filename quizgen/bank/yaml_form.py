"""A bank given back as its authors write it, as plain data."""

from typing import Any

import msgspec

from quizgen.kinds import KINDS
from quizgen.model import Bank, Question


def authored(question: Question) -> dict[str, Any]:
    """Give a question as ``bank show --json`` does: as written in the bank, but with full ids."""
    return {
        "id": question.id,
        "topic": question.topic,
        "kind": question.kind,
        "level": question.level,
        "difficulty": question.difficulty,
        "facts": list(question.facts),
        "stem": question.stem,
        **KINDS[question.kind].entry_of(question.answer),
        "rationale": question.rationale,
        "advice": question.advice,
        "generated": question.generated,
    }


def as_json(bank: Bank) -> dict[str, list[dict[str, Any]]]:
    """Give the whole bank as plain data, ready for JSON: sources, topics, facts and questions."""
    return {
        "sources": [msgspec.to_builtins(source) for source in bank.sources.values()],
        "topics": [msgspec.to_builtins(topic) for topic in bank.topics.values()],
        "facts": [msgspec.to_builtins(fact) for fact in bank.facts.values()],
        "questions": [authored(question) for question in bank.questions.values()],
    }
