"""Times as people write them on a command line."""

import re

from quizgen.errors import MisuseError, problem

_UNITS = {"h": 3600, "m": 60, "s": 1, "": 1}
LONGEST = 24 * 3600


def seconds_from(text: str) -> float:
    """Read ``90``, ``90s``, ``1m30s`` or ``1h`` as seconds.

    Raises MisuseError for anything else, and for less than a second or more than a day.
    """
    parts = re.findall(r"(\d+)([hms]?)", text.strip().lower())
    seconds = sum(int(number) * _UNITS[unit] for number, unit in parts)
    if "".join(number + unit for number, unit in parts) != text.strip().lower() or not parts:
        raise MisuseError(problem(f"{text!r} is no time", "write it as 90s, 10m or 1h30m"))
    if not 1 <= seconds <= LONGEST:
        raise MisuseError(
            problem(f"{text!r} is no time for a quiz", "give a second at least, and a day at most")
        )
    return float(seconds)
