"""Lines from a quiz to send to somebody else: what a scam said, and what to do."""

from quizgen.attempt import Attempt
from quizgen.text.languages import nest_quotes
from quizgen.text.messages import _
from quizgen.view.exhibit import join_runs
from quizgen.view.question import QuestionView, build_question_view
from quizgen.view.results import MAX_REMINDERS


def list_lines_to_pass_on(attempt: Attempt) -> tuple[str, ...]:
    """Return the advice of at most three questions, each with the words of the scam that it is about.

    Advice on a scam comes first, because its words make clear what it is about, and then advice on questions without a
    call or message. Of both, what was missed comes first. Other advice means nothing to somebody who has not seen the
    call or message, so it is left out, unless there is nothing else.
    """
    language = attempt.quiz.language
    asked = [
        (view, _telltale_words(attempt, view), answered.right)
        for index, answered in enumerate(attempt.answers)
        for view in [build_question_view(attempt, index)]
        if view.advice
    ]
    clear = [(view, words, right) for view, words, right in asked if words or not view.question.exhibit]
    ranked = sorted(clear or asked, key=lambda each: (not each[1], each[2]))
    said: dict[str, str] = {}  # by advice, so that none comes twice
    for view, words, _right in ranked:
        line = (
            _("If you read or hear “{words}”: {advice}", words=words, advice=view.advice).translated(language)
            if words
            else view.advice
        )
        said.setdefault(view.advice, line)
    return tuple(said.values())[:MAX_REMINDERS]


def _telltale_words(attempt: Attempt, view: QuestionView) -> str:
    """Return the first words that give away the scam of a question; "" without a scam, or if only the sender does."""
    exhibit = attempt.quiz.bank.exhibits.get(view.question.exhibit)
    shown = view.explained_exhibit
    if exhibit is None or exhibit.genuine or shown is None or not shown.telltale_lines:
        return ""
    runs = tuple(run for run in shown.telltale_lines[0].words if run.is_telltale)
    return nest_quotes(join_runs(runs[:1]), attempt.quiz.language)
