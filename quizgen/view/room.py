"""Questions to ask a room after each quiz question, the same on the screen and on paper."""

from collections import Counter

from quizgen.model import Bank, Question, Quiz
from quizgen.text.messages import message

_LINES = {
    "scam": ("scam-1", "scam-2", "scam-3"),
    "genuine": ("genuine-1", "genuine-2"),
    "apply": ("apply-1", "apply-2", "apply-3"),
    "know": ("know-1", "know-2"),
    "sides": ("sides-1", "sides-2"),
    "several": ("several-1", "several-2"),
    "pairs": ("pairs-1", "pairs-2"),
    "order": ("order-1", "order-2"),
    "blank": ("blank-1", "blank-2"),
}
"""Lines to ask the room, by the sort of the question before. Each sort has several, because it may come twice in a row."""


def lines_to_ask(quiz: Quiz, language: str = "") -> tuple[str, ...]:
    """Return a line to ask the room after each question, in the quiz's language or another.

    Lines of one sort take turns, beginning with one that the seed decides.
    """
    turns: Counter[str] = Counter()
    asked = []
    for question in quiz.questions:
        sort = _sort(question, quiz.bank)
        lines = _LINES[sort]
        name = lines[(quiz.seed + turns[sort]) % len(lines)]
        turns[sort] += 1
        asked.append(message(language or quiz.language, f"guide.ask-{name}"))
    return tuple(asked)


def _sort(question: Question, bank: Bank) -> str:
    if question.exhibit:
        return "genuine" if bank.exhibits[question.exhibit].genuine else "scam"
    answer = question.answer
    if answer.form != "choose":
        return answer.form
    return "several" if answer.allows_several else "apply" if question.level == "apply" else "know"
