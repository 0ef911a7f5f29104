"""Lines from a quiz to send to somebody else: what a scam said, and what to do."""

from quizgen.attempt import Attempt
from quizgen.text.languages import nest_quotes
from quizgen.text.messages import _
from quizgen.view.exhibit import join_runs
from quizgen.view.question import QuestionView, build_question_view
from quizgen.view.results import MAX_REMINDERS


def list_lines_to_pass_on(attempt: Attempt) -> tuple[str, ...]:
    """Return the advice of at most three questions, each with the words of the scam that it is about.

    What was missed comes first, then what is about a scam, because its words make the advice clear to somebody who
    has not seen the question.
    """
    language = attempt.quiz.language
    asked = [
        (answered.right, build_question_view(attempt, index))
        for index, answered in enumerate(attempt.answers)
    ]
    ranked = sorted(
        ((right, _telltale_words(attempt, view), view.advice) for right, view in asked if view.advice),
        key=lambda each: (not each[1], each[0]),
    )
    said: dict[str, str] = {}  # by advice, so that none comes twice
    for _right, words, advice in ranked:
        line = (
            _("If you read or hear “{words}”: {advice}", words=words, advice=advice).translated(language)
            if words
            else advice
        )
        said.setdefault(advice, line)
    return tuple(said.values())[:MAX_REMINDERS]


def _telltale_words(attempt: Attempt, view: QuestionView) -> str:
    """Return the first words that give away the scam of a question; "" without a scam, or if only the sender does."""
    exhibit = attempt.quiz.bank.exhibits.get(view.question.exhibit)
    shown = view.explained_exhibit
    if exhibit is None or exhibit.genuine or shown is None or not shown.telltale_lines:
        return ""
    runs = tuple(run for run in shown.telltale_lines[0].words if run.is_telltale)
    return nest_quotes(join_runs(runs[:1]), attempt.quiz.language)
