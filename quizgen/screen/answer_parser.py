"""A typed line -> a response to a question, or a command in its place."""

import unicodedata
from enum import Enum

from quizgen.shapes import Response, Shape
from quizgen.shapes.fill import MAX_REPLY_LENGTH


class Command(Enum):
    """What can be typed in place of an answer."""

    SKIP = "s"
    STOP = "q"
    HELP = "?"


_COMMANDS = {command.value: command for command in Command}
_WORDS = _COMMANDS | {"skip": Command.SKIP, "quit": Command.STOP, "help": Command.HELP}


def parse(answer: Shape, line: str) -> Response | Command:
    """Read a line as a response to that answer's question, or as a command; ``None`` is not understood.

    Width, case and punctuation do not matter. Where a blank waits for words, only a lone ``s``, ``q``
    or ``?`` is a command.
    """
    if len(line) > MAX_REPLY_LENGTH:
        return None
    text = _plain(line)
    if command := (_COMMANDS if answer.takes_words else _WORDS).get(text):
        return command
    if answer.takes_words:
        return answer.parse(line)
    # Everything between the letters and digits is a separator, whichever one prefers.
    return answer.parse("".join(c for c in text if c.isalnum()))


def command_of(line: str) -> Command | None:
    """Read a line as a command where no question waits; ``None`` is anything else."""
    return _WORDS.get(_plain(line))


def _plain(line: str) -> str:
    return unicodedata.normalize("NFKC", line).casefold().strip()
