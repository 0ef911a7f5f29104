"""How sure a person is of answers: what the choices are called, and how being sure and being right go together."""

from collections.abc import Mapping

from msgspec import structs

from quizgen.attempt import Attempt, Sureness
from quizgen.text.languages import locale
from quizgen.text.messages import Message, _, ngettext, pgettext

SURENESS_NAMES: Mapping[Sureness, Message] = {
    "sure": pgettext("how sure", "sure"),
    "think": pgettext("how sure", "I think so"),
    "guess": pgettext("how sure", "a guess"),
}
"""The choices, the surest first."""

_COUNTS: Mapping[Sureness, Message] = {
    "sure": _("sure: {right} of {total} right"),
    "think": _("“I think so”: {right} of {total}"),
    "guess": _("a guess: {right} of {total}"),
}
"""How many answers are right, by how sure the person was."""


def describe_calibration(attempt: Attempt) -> tuple[str, ...]:
    """Say how being sure and being right go together; nothing if nobody asked."""
    language, scores = attempt.quiz.language, attempt.scores_by_sureness()
    if not scores:
        return ()
    parts = [
        _COUNTS[sure].with_values(**structs.asdict(score)).translated(language)
        for sure, score in scores.items()
    ]
    counts = _(
        "How often you were right, by how sure you were: {counts}.",
        counts=locale(language).semicolon.join(parts),
    ).translated(language)
    wrong = scores["sure"].total - scores["sure"].right if "sure" in scores else 0
    if not wrong:
        return (counts,)
    warning = ngettext(
        "You were sure of one wrong answer. Practice and reviews ask that question first.",
        "You were sure of {count} wrong answers. Practice and reviews ask those questions first.",
        wrong,
    )
    return counts, warning.translated(language)
