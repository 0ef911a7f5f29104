"""A rush in words: the points so far, the last answer, and the result."""

from quizgen.attempt import Attempt
from quizgen.rush import (
    PLAYERS,
    RUSH_SECONDS,
    count_points,
    current_run_of_right_answers,
    longest_run_of_right_answers,
)
from quizgen.text.languages import locale
from quizgen.text.messages import Message, _, ngettext, pgettext
from quizgen.view.question import build_question_view

HOW_MANY = _("How many calls and messages can you judge in {seconds} seconds?")
POINTS = _("A right answer is one point, and a wrong one costs one point.")
RIGHT = _("Right.")
WRONG_GENUINE = _("Wrong. Genuine: “{words}”")
WRONG_SCAM = _("Wrong. A scam: “{words}”")
RESULT = _("{points}: {right} right, {wrong} wrong.")
ROW_OF_RIGHT_ANSWERS = _("Right answers in a row: {count}.")
BEST = _("Your best rush: {best}.")
RECORD = _("Your best rush so far. Before, it was {best}.")
"""What a rush says. The web page says the same."""

MIN_ROW = 2
"""From how many right answers in a row on they are mentioned."""


def list_rush_rules(players: int, language: str) -> list[str]:
    """Return the rules of a rush in sentences."""
    keys = (
        _("The player at the left presses A for genuine and S for a scam, the one at the right K and L.")
        if players > 1
        else _("Press g for genuine, s or x for a scam.")
    )
    first = (
        _("Whoever answers first gets a point if it is right, and loses one if it is wrong.")
        if players > 1
        else POINTS
    )
    return [
        rule.translated(language)
        for rule in (
            HOW_MANY.with_values(seconds=round(RUSH_SECONDS)),
            keys,
            first,
            _("The clock does not stop. A message that is still open at the end does not count."),
        )
    ]


def describe_points(count: int) -> Message:
    """Return a number of points, as in "7 points", with a real minus sign if it is below zero."""
    return ngettext("{points} point", "{points} points", count, points=_with_minus_sign(count))


def _with_minus_sign(number: int) -> str:
    return str(number).replace("-", "−")


def describe_standing(attempt: Attempt) -> str:
    """Return the points so far, and how many answers in a row are right."""
    language = attempt.quiz.language
    if attempt.rules.players > 1:
        return " : ".join(_with_minus_sign(count_points(attempt, player)) for player in PLAYERS)
    points = describe_points(count_points(attempt)).translated(language)
    row = current_run_of_right_answers(attempt)
    if row < MIN_ROW:
        return points
    return _("{points} · {count} in a row", points=points, count=row).translated(language)


def describe_last_answer(attempt: Attempt) -> str:
    """Return whether the last answer was right, and what shows it if it was wrong; "" before the first answer."""
    if not attempt.position:
        return ""
    answered, language = attempt.answers[-1], attempt.quiz.language
    who = _player_name(answered.player).translated(language) if attempt.rules.players > 1 else ""
    if answered.right:
        said = _("{player} gets a point.", player=who) if who else RIGHT
        return said.translated(language)
    question = attempt.quiz.questions[attempt.position - 1]
    view = build_question_view(attempt, attempt.position - 1).explained_exhibit
    runs = (*view.sender, *(run for line in view.lines for run in line.words)) if view else ()
    words = next((run.text for run in runs if run.is_telltale), "")
    genuine = attempt.quiz.bank.exhibits[question.exhibit].genuine
    if who:
        lost = (
            _("{player} loses a point. Genuine: “{words}”")
            if genuine
            else _("{player} loses a point. A scam: “{words}”")
        )
    else:
        lost = WRONG_GENUINE if genuine else WRONG_SCAM
    return lost.with_values(player=who, words=words).translated(language)


def describe_result(attempt: Attempt, best_result: int | None) -> tuple[str, ...]:
    """Return the points at the end of a rush, and what else there is to say; none if the attempt is no rush.

    ``best_result`` is the most points of earlier rushes, or ``None`` if there are none. A best result without any points
    is not mentioned.
    """
    language, score = attempt.quiz.language, attempt.score()
    if not attempt.rules.rush:
        return ()
    if attempt.rules.players > 1:
        return tuple(said.translated(language) for said in _compare_players(attempt, language))
    points = count_points(attempt)
    head = RESULT.with_values(
        points=describe_points(points),
        right=score.right,
        wrong=score.total - score.right,
    )
    row = longest_run_of_right_answers(attempt)
    more = [ROW_OF_RIGHT_ANSWERS.with_values(count=row)] if row >= MIN_ROW else []
    if best_result is not None and max(points, best_result) > 0:
        record = RECORD if points > best_result else BEST
        more.append(record.with_values(best=describe_points(best_result)))
    return tuple(said.translated(language) for said in (head, *more))


def _compare_players(attempt: Attempt, language: str) -> tuple[Message, Message]:
    """Return the points of two players, and who has won."""
    points = {player: count_points(attempt, player) for player in PLAYERS}
    each = [
        _("{player}: {points}", player=_player_name(player), points=describe_points(own)).translated(language)
        for player, own in points.items()
    ]
    best = max(points.values())
    winners = [player for player, own in points.items() if own == best]
    won = _("A draw.") if len(winners) > 1 else _("{player} has won.", player=_player_name(winners[0]))
    return _("{standing}.", standing=locale(language).semicolon.join(each)), won


def _player_name(player: int) -> Message:
    return pgettext("player", "Left") if player == PLAYERS[0] else pgettext("player", "Right")
