"""Times as people write them on a command line."""

import re

from quizgen.errors import MisuseError, problem

LONGEST = 24 * 3600


def seconds_from(text: str) -> float:
    """Read ``90``, ``90s``, ``1m30s`` or ``1h`` as seconds.

    Raises MisuseError for anything else, and for less than a second or more than a day.
    """
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", text) or re.fullmatch(r"()()(\d+)", text)
    if not found or not text:
        raise MisuseError(problem(f"{text!r} is no time", "write it as 90s, 10m or 1h30m"))
    hours, minutes, rest = (int(number or 0) for number in found.groups())
    seconds = hours * 3600 + minutes * 60 + rest
    if not 1 <= seconds <= LONGEST:
        raise MisuseError(
            problem(f"{text!r} is no time for a quiz", "give a second at least, and a day at most")
        )
    return float(seconds)
