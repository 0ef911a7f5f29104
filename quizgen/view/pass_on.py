"""Lines about a quiz to send to somebody else: how it went, what to remember, and an invitation."""

from datetime import date

from quizgen.attempt import Attempt
from quizgen.detection import count_verdicts
from quizgen.game import balance
from quizgen.text.messages import Message, _, as_is
from quizgen.view.daily import daily_marks
from quizgen.view.money import format_beside_sum, format_sum
from quizgen.view.text import format_short_date, localize_for_display


def list_lines_to_pass_on(attempt: Attempt) -> tuple[str, ...]:
    """Return the title of a quiz, how it went, what to remember, and an invitation. No line is about a single question."""
    language, declared = attempt.quiz.language, attempt.quiz.bank.declared
    title = localize_for_display(declared.title, language)
    # A bank with its own title is about another subject than fraud.
    advice = () if title else (_("Asked for money or a code? Stop and check."),)
    said = (
        as_is(title) if title else _("Real or scam? A quiz"),
        *_describe_results(attempt),
        *advice,
        _("And you?"),
    )
    return tuple(line.translated(language) for line in said)


def _describe_results(attempt: Attempt) -> list[Message]:
    """Return the score or the squares of a day, then the money kept and the scams stopped."""
    language, score = attempt.quiz.language, attempt.score()
    lines = [_("I had {right} of {total} right.", right=score.right, total=score.total)]
    if attempt.rules.daily:
        day = format_short_date(date.fromisoformat(attempt.rules.daily), language)
        lines = [as_is(f"{day} {daily_marks(attempt)}")]
    if money := balance(attempt):
        currency = attempt.quiz.bank.declared.currency
        kept = format_beside_sum(currency, money.kept, language)
        lines.append(
            _("I kept {kept} of {start}.", kept=kept, start=format_sum(currency, money.start, language))
        )
    if (verdicts := count_verdicts(attempt)).scams:
        lines.append(
            _("Scams stopped: {stopped} of {scams}.", stopped=verdicts.stopped, scams=verdicts.scams)
        )
    return lines
