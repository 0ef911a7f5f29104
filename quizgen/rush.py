"""The rules of a rush: as many messages as one can judge in a minute.

A right answer is one point, and a wrong one costs one point, so that guessing earns nothing. Two people can play at one
keyboard: the first key answers for both, and its player gets or loses the point.
"""

from quizgen.attempt import Attempt, Rules

RUSH_SECONDS = 60.0
"""How long a rush takes."""

MIN_SECONDS = 0.4
"""How long a message must be visible before a key can judge it."""

MIN_SECONDS_AFTER_OTHER = 0.6
"""How long keys of one player do not count after the other has answered, because they were pressed for the message before."""

HELD_SECONDS = 0.2
"""If a key comes again sooner than this, it is held down, and does not count."""

RIGHT_POINTS, WRONG_POINTS = 1, -1
"""What a right and a wrong answer add to the points."""

PLAYERS = (1, 2)
"""The players at one keyboard, the one at the left first."""


def rush_rules(players: int = 1) -> Rules:
    """Return the rules of a rush with one or two players."""
    return Rules(quiz_seconds=RUSH_SECONDS, rush=True, players=players)


def counts_for_message(attempt: Attempt, player: int, seconds: float) -> bool:
    """Return whether a key of a player can be about a message that has been visible for some seconds."""
    other = attempt.position and attempt.answers[-1].player != player
    return seconds >= (MIN_SECONDS_AFTER_OTHER if other else MIN_SECONDS)


def count_points(attempt: Attempt, player: int = 1) -> int:
    """Return the points of a player so far."""
    return sum(
        RIGHT_POINTS if each.right else WRONG_POINTS for each in attempt.answers if each.player == player
    )


def current_run_of_right_answers(attempt: Attempt) -> int:
    """Return how many answers in a row are right now: those after the last wrong answer."""
    count = 0
    for answered in reversed(attempt.answers):
        if not answered.right:
            break
        count += 1
    return count


def longest_run_of_right_answers(attempt: Attempt) -> int:
    """Return the largest number of answers in a row that were right."""
    longest = count = 0
    for answered in attempt.answers:
        count = count + 1 if answered.right else 0
        longest = max(longest, count)
    return longest
