"""Choose what to ask when a question was missed: another question on the same matter, if the bank has one.

Whoever sees the same question again remembers the answer, and not the rule behind it. So a missed exhibit comes back as
its twin.
"""

from msgspec.structs import replace

from quizgen.assemble.arrange import arrange_quiz, trim_bank
from quizgen.model import Bank, Question, Quiz
from quizgen.permutations import shuffled


def draw_repeats(bank: Bank, quiz: Quiz) -> Quiz:
    """Return a quiz with one question for each question of ``quiz``: the one to ask if that one is missed.

    It is the same question where the bank has no other on the same matter. ``bank`` is the bank that the quiz was drawn
    from. The bank of the result also has the twins of all these exhibits, to show them beside each other.
    """
    used = {question.id for question in quiz.questions}
    chosen = []
    for question in quiz.questions:
        chosen.append(_draw_related_question(bank, question, quiz.seed, used) or question)
        used.add(chosen[-1].id)
    trimmed = trim_bank(bank, chosen)
    shown = (bank.exhibits.get(each.exhibit) for each in (*quiz.questions, *chosen))
    twins = {each.twin: bank.exhibits[each.twin] for each in shown if each and each.twin in bank.exhibits}
    trimmed = replace(trimmed, exhibits=twins | trimmed.exhibits)
    arranged = arrange_quiz(trimmed, chosen, quiz.seed, quiz.language, keep_order=True)
    same = {question.id: question for question in quiz.questions}
    return replace(arranged, questions=tuple(same.get(each.id, each) for each in arranged.questions))


def related_questions(bank: Bank, question: Question) -> list[Question]:
    """List the questions on the twin of this question's exhibit.

    They are among its enemies, because one of them gives away the rule that answers the others.
    """
    if question.exhibit not in bank.exhibits:
        return []
    twin = bank.exhibits[question.exhibit].twin
    others = (bank.questions[id_] for id_ in question.enemies if id_ in bank.questions)
    return [other for other in others if twin and other.exhibit == twin]


def _draw_related_question(bank: Bank, question: Question, seed: int, used: set[str]) -> Question | None:
    """Draw a related question that is not used yet, of the same kind if possible; ``None`` if there is none."""
    related = [other for other in related_questions(bank, question) if other.id not in used]
    related = [other for other in related if other.kind == question.kind] or related
    return shuffled(related, seed, "repeat", question.id)[0] if related else None
