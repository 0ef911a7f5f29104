"""What a speaker asks the audience after each question of a quiz, the same on the screen and on paper."""

from collections import Counter
from collections.abc import Mapping

from quizgen.model import Bank, Question, Quiz
from quizgen.text.messages import Message, _

_LINES: Mapping[str, tuple[Message, ...]] = {
    "scam": (
        _("Who has had one like it? What gave it away?"),
        _("What did they want you to feel: fear, hurry or hope?"),
        _("What would you say to them now?"),
    ),
    "genuine": (
        _("Which words made you doubt? Which ones show that it is genuine?"),
        _("How would you check it without a number or link that it gives you?"),
    ),
    "apply": (
        _("Who would do something else, and why?"),
        _("Who will you tell about this tonight?"),
        _("What makes this hard to do when it happens?"),
    ),
    "know": (
        _("Who chose another letter? What made it look right?"),
        _("How would you explain this to a neighbour, in one sentence?"),
    ),
    "sides": (
        _("Hands up for true; now for false. Who has changed their mind?"),
        _("Who was sure, and who guessed? What would make you sure?"),
    ),
    "several": (
        _("Which one did you leave out?"),
        _("Who chose one too many? What made it look right?"),
    ),
    "pairs": (
        _("Which pair was the hardest?"),
        _("Which of these have you needed yourself?"),
    ),
    "order": (
        _("What goes wrong if the second step comes first?"),
        _("Which step do people forget?"),
    ),
    "blank": (
        _("Who had other words? Would they work too?"),
        _("Would you know it in the middle of the night?"),
    ),
}
"""Lines to ask the room, by the sort of the question before. Each sort has several, because it may come twice in a row."""


def list_questions_to_ask_audience(quiz: Quiz, language: str = "") -> tuple[str, ...]:
    """Return what to ask the audience after each question of the quiz.

    Several wordings take turns for questions of the same category; the seed decides with which one they
    begin.
    """
    turns: Counter[str] = Counter()
    asked = []
    for question in quiz.questions:
        sort = _prompt_category(question, quiz.bank)
        lines = _LINES[sort]
        line = lines[(quiz.seed + turns[sort]) % len(lines)]
        turns[sort] += 1
        asked.append(line.translated(language or quiz.language))
    return tuple(asked)


def _prompt_category(question: Question, bank: Bank) -> str:
    """Return the category of a question, which decides what to ask the audience."""
    if question.exhibit:
        return "genuine" if bank.exhibits[question.exhibit].genuine else "scam"
    answer = question.answer
    if answer.answer_form != "choose":
        return answer.answer_form
    return "several" if answer.allows_several_options else "apply" if question.level == "apply" else "know"
