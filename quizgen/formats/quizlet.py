"""Export a quiz as text for Quizlet, with a line for each card: the question, a tab, and the answer with its reasons.

Quizlet imports such a text with its usual separators, tab and line break.
"""

from quizgen.formats.format import Format
from quizgen.formats.question_texts import advice_lines, option_texts, question_on_one_line, reason_lines
from quizgen.formats.records import QuizExport
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


def _card_front(question: QuestionView) -> str:
    """Return what is asked: exhibit and stem, then the options. The lines of an exhibit are not repeated as options."""
    prompts = [f"{prompt.name}. {prompt.text}" for prompt in question.prompts]
    match question.answer_form:
        case "sides":
            options = [f"({' / '.join(option_texts(question))})"]
        case "lines":
            options = []
        case _:
            options = [f"{option.name}) {option.text}" for option in question.options]
    return " ".join([question_on_one_line(question), *prompts, *options])


def _card_back(question: QuestionView) -> str:
    """Return the right answer in words, then the reasons and the advice."""
    why = " ".join([*reason_lines(question), *advice_lines(question)])
    return f"{question.right_answer} — {why}" if why else question.right_answer


def _quiz_to_quizlet(quiz: QuizExport) -> bytes:
    # Tabs and line breaks separate cards, so a text has none.
    cards = [
        "\t".join(" ".join(side.split()) for side in (_card_front(question), _card_back(question)))
        for question in quiz.questions
    ]
    return ("\n".join(cards) + "\n").encode()


FORMAT = Format(
    name="quizlet",
    suffix=".txt",
    subject="quiz",
    meaning=_("cards for Quizlet, as text"),
    write=_quiz_to_quizlet,
)
