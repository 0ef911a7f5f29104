"""Which passages of a bank's sources have facts, and which facts have questions. No I/O."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from quizgen.model import Bank, Passage, Source
from quizgen.source.check import facts_by_passage


class PassageCover(NamedTuple):
    """A passage of a source, how many questions are about each fact that cites it, and the help numbers that cite it."""

    source: Source
    passage: Passage
    questions_by_fact: Mapping[str, int]
    help_numbers: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the passage has a fact or a help number, and each of its facts a question."""
        return bool(self.questions_by_fact or self.help_numbers) and all(self.questions_by_fact.values())


def cover_passages(bank: Bank) -> list[PassageCover]:
    """Return all passages of a bank with their facts and the numbers of questions, on them or on a lesson that rests on them."""
    citing = facts_by_passage(bank.facts.values())
    questions = Counter(
        fact
        for question in bank.questions.values()
        for fact in {*bank.fact_ids_behind(question), *bank.fact_ids_of_lesson(question)}
    )
    return [
        PassageCover(
            source,
            passage,
            {fact: questions[fact] for fact in citing.get(passage.id, ())},
            tuple(each.id for each in bank.help.values() if passage.id in each.cites),
        )
        for source in bank.sources.values()
        for passage in source.passages
    ]
