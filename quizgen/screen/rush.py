"""The keys of a rush, on the full screen and in lines."""

from quizgen.attempt import Attempt
from quizgen.screen.answer_parser import normalise_line
from quizgen.shapes import Response

_GENUINE: Response = (0,)
_SCAM: Response = (1,)

_ONE_PLAYER: dict[str, tuple[int, Response]] = {
    **dict.fromkeys(("g", "a", "genuine"), (1, _GENUINE)),
    **dict.fromkeys(("s", "x", "b", "scam"), (1, _SCAM)),
}
_TWO_PLAYERS: dict[str, tuple[int, Response]] = {
    "a": (1, _GENUINE),
    "s": (1, _SCAM),
    "k": (2, _GENUINE),
    "up": (2, _GENUINE),  # the full screen takes k for this arrow
    "l": (2, _SCAM),
}


def parse_rush_reply(attempt: Attempt, typed_text: str) -> tuple[int, Response] | None:
    """Return the player who pressed a key or typed a line, and the verdict; ``None`` if it is no verdict."""
    keys = _TWO_PLAYERS if attempt.rules.players > 1 else _ONE_PLAYER
    return keys.get(normalise_line(typed_text))
