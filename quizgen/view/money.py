"""The money of a game in words: what is at stake, what an answer cost, and what is left at the end."""

from collections.abc import Mapping
from unicodedata import category

from msgspec import Struct

from quizgen.attempt import Attempt
from quizgen.game import balance, money_at_stake
from quizgen.model import Channel
from quizgen.text.languages import Text, localize
from quizgen.text.messages import Message, _
from quizgen.view.text import localize_for_display

_EXHIBITS: Mapping[Channel, Message] = {
    "sms": _("the text message ({sender})"),
    "chat": _("the chat message ({sender})"),
    "call": _("the call ({sender})"),
    "email": _("the e-mail ({sender})"),
    "letter": _("the letter ({sender})"),
    "notice": _("the notice ({sender})"),
    "app": _("the page ({sender})"),
}
"""An exhibit within a sentence, by its channel."""


NOTHING_LOST = _("Nothing lost: you have {kept}.")
STOPPED_IN_TIME = _("Nothing lost, because you stopped it in time: you have {kept}.")
STOPPED_LATE = _("−{lost} for stopping late: you have {kept}.")
NOT_STOPPED = _("−{lost} because you did not stop it: you have {kept}.")
REFUSED_GENUINE = _("−{lost}: refusing a genuine one costs as much as missing a scam. You have {kept}.")
WRONG_LINE = _("−{lost} for the wrong line: you have {kept}.")
NOTHING_LEFT = _("Your money is gone, so nothing more can be lost. Your answers still count.")
"""What an answer cost, and why. The web page says the same."""


class MoneyView(Struct, frozen=True):
    """The money at the end of a game.

    ``kept`` says how much is left. ``worst`` names the most expensive mistake, or is "" if nothing is lost. ``best``
    compares the result with earlier games, or is "" if there are none.
    """

    kept: str
    worst: str
    best: str


def format_sum(currency: Text, amount: int, language: str) -> str:
    """Return a sum with its currency, as in "20,000 yuan" or "£20,000"."""
    return add_currency(currency, f"{amount:,}", language)


def add_currency(currency: Text, amount: str, language: str) -> str:
    """Return an amount with its currency: a word stands after it, and a sign, such as £, before it."""
    word = localize_for_display(currency, language)
    if _is_sign(word):
        return f"{word}{amount}"
    return _("{amount} {currency}", amount=amount, currency=word).translated(language)


def _is_sign(currency: str) -> bool:
    """Return whether a currency ends in a sign, as £ and A$ do, and is not a word."""
    return category(currency[-1:] or " ") == "Sc"


def format_beside_sum(currency: Text, amount: int, language: str) -> str:
    """Return an amount that stands beside a whole sum, which names the currency: only a sign is repeated."""
    sign = _is_sign(localize(currency, language))
    return format_sum(currency, amount, language) if sign else f"{amount:,}"


def describe_stake(attempt: Attempt, *, is_open: bool = True) -> tuple[str, ...]:
    """Return what the open question puts at stake, and what the person has, in wordings from long to short.

    If the question is not ``is_open``, because it is answered, say only what the person has. If feedback comes only at
    the end, say only what is at stake, because what is left would show which answers were right. If there is no game,
    return none.
    """
    money, question = balance(attempt), attempt.question if is_open else None
    if money is None:
        return ()
    currency, language = attempt.quiz.bank.declared.currency, attempt.quiz.language
    most = money.kept if attempt.can_show_right_answers else money.start
    at_stake = money_at_stake(attempt, question, most) if question else 0
    stake = format_beside_sum(currency, at_stake, language)
    stake_with_currency = format_sum(currency, at_stake, language)
    if not attempt.can_show_right_answers:
        hidden = _("{stake} at stake", stake=stake_with_currency).translated(language)
        return (hidden,) if at_stake else ()
    kept = format_sum(currency, money.kept, language)
    said = (
        (
            _("{stake} of your {kept} at stake", stake=stake, kept=kept),
            _("{stake} of {kept} at stake", stake=stake, kept=kept),
            _(
                "{stake} of {kept} at stake",
                stake=stake,
                kept=format_beside_sum(currency, money.kept, language),
            ),
            _("{stake} at stake", stake=stake_with_currency),
        )
        if at_stake
        else (_("You have {kept}", kept=kept) if money.kept else _("Your money is gone"),)
    )
    return tuple(each.translated(language) for each in said)


def describe_skip(attempt: Attempt) -> Message:
    """Return how to skip the open question, and what that costs if its exhibit is a scam."""
    money, question = balance(attempt), attempt.question
    most = 0 if money is None else money.kept if attempt.can_show_right_answers else money.start
    at_stake = money_at_stake(attempt, question, most) if question else 0
    if not at_stake:
        return _("Press s again to skip it.")
    stake = format_sum(attempt.quiz.bank.declared.currency, at_stake, attempt.quiz.language)
    return _("Press s again to skip it. If it is a scam, that costs {stake}.", stake=stake)


def describe_cost(attempt: Attempt, index: int) -> str:
    """Return what answer ``index`` cost, why, and what was left; "" if nothing was at stake."""
    money, question, answered = balance(attempt), attempt.quiz.questions[index], attempt.answers[index]
    if money is None:
        return ""
    if not money_at_stake(attempt, question, money.start):
        return ""
    bank, language, lost = attempt.quiz.bank, attempt.quiz.language, money.costs[index]
    before = money.start - sum(money.costs[:index])
    if not before:
        return NOTHING_LEFT.translated(language)
    is_genuine = bank.exhibits[question.exhibit].genuine
    if not lost:
        said = NOTHING_LOST if is_genuine else STOPPED_IN_TIME
    elif answered.response is not None and not answered.right and question.answer.option_line_numbers:
        said = WRONG_LINE
    elif is_genuine:
        said = REFUSED_GENUINE
    elif answered.right:
        said = STOPPED_LATE
    else:
        said = NOT_STOPPED
    sums = {"lost": lost, "kept": before - lost}
    return said.with_values(
        **{name: format_sum(bank.declared.currency, amount, language) for name, amount in sums.items()}
    ).translated(language)


def build_money_view(attempt: Attempt, best_result: int | None = None) -> MoneyView | None:
    """Describe the money at the end of a game; ``None`` if there was none. ``best_result`` is the most kept in earlier games."""
    money = balance(attempt)
    if money is None:
        return None
    bank, language = attempt.quiz.bank, attempt.quiz.language
    currency = bank.declared.currency
    kept = _(
        "You kept {kept} of {start}.",
        kept=format_beside_sum(currency, money.kept, language),
        start=format_sum(currency, money.start, language),
    ).translated(language)
    record = "" if best_result is None else _compare_with_best(money.kept, best_result, currency, language)
    if not money.worst:
        return MoneyView(kept, "", record)
    question = next(each for each in attempt.quiz.questions if each.id == money.worst.question)
    exhibit = bank.exhibits[question.exhibit]
    worst = _(
        "Your most expensive mistake: {exhibit}, line {line} (−{lost}).",
        exhibit=_EXHIBITS[exhibit.channel].with_values(sender=localize_for_display(exhibit.sender, language)),
        line=money.worst.line,
        lost=format_sum(currency, money.worst.sum, language),
    ).translated(language)
    return MoneyView(kept, worst, record)


def _compare_with_best(kept_money: int, best_result: int, currency: Text, language: str) -> str:
    said = (
        _("Your best result so far. Before, it was {best}.")
        if kept_money > best_result
        else _("Your best result: {best}.")
    )
    return said.with_values(best=format_sum(currency, best_result, language)).translated(language)
