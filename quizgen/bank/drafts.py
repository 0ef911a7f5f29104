"""Drafts: facts, exhibits and questions that no person has accepted yet. They are in the files of a bank, but in no quiz."""

from msgspec.structs import replace

from quizgen.model import Bank


def mark_dependent_drafts(bank: Bank) -> None:
    """Mark as drafts the exhibits and questions of a new bank that rest on a draft.

    An exhibit rests on the facts of its signs and on its twin; a question on its facts, its lesson's and its exhibit.
    """
    facts = {id_ for id_, fact in bank.facts.items() if fact.draft}
    exhibits = {
        id_
        for id_, exhibit in bank.exhibits.items()
        if exhibit.draft or any(not facts.isdisjoint(sign.facts) for sign in exhibit.signs)
    }
    exhibits |= {id_ for id_, exhibit in bank.exhibits.items() if exhibit.twin in exhibits}
    for id_ in exhibits:
        bank.exhibits[id_] = replace(bank.exhibits[id_], draft=True)
    for id_, question in bank.questions.items():
        if question.exhibit in exhibits or not facts.isdisjoint(
            (*question.facts, *bank.fact_ids_of_lesson(question))
        ):
            bank.questions[id_] = replace(question, draft=True)


def without_drafts(bank: Bank) -> Bank:
    """Return a question bank without its drafts, and without the lessons and statements that rest on one."""
    drafts = tuple(id_ for id_, question in bank.questions.items() if question.draft)
    facts = {id_: fact for id_, fact in bank.facts.items() if not fact.draft}
    exhibits = {id_: exhibit for id_, exhibit in bank.exhibits.items() if not exhibit.draft}
    if not drafts and len(facts) == len(bank.facts) and len(exhibits) == len(bank.exhibits):
        return bank
    return replace(
        bank,
        facts=facts,
        exhibits=exhibits,
        questions={
            id_: replace(question, enemies=tuple(each for each in question.enemies if each not in drafts))
            for id_, question in bank.questions.items()
            if not question.draft
        },
        statements={
            id_: statement
            for id_, statement in bank.statements.items()
            if all(fact in facts for fact in statement.facts)
        },
        lessons={
            id_: lesson for id_, lesson in bank.lessons.items() if all(fact in facts for fact in lesson.facts)
        },
        drafts=drafts,
    )
