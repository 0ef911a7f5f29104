"""Parsing a typed line as a response to a question, or as a command."""

import unicodedata
from enum import Enum

from quizgen.shapes import AnswerShape, Response
from quizgen.shapes.fill import MAX_REPLY_LENGTH


class Command(Enum):
    """A command that a person can type instead of an answer."""

    SKIP = "s"
    STOP = "q"
    HELP = "?"


_COMMANDS = {command.value: command for command in Command}
_WORDS = _COMMANDS | {"skip": Command.SKIP, "quit": Command.STOP, "help": Command.HELP}


def parse_line(answer: AnswerShape, line: str) -> Response | Command:
    """Parse a line as a response to a question with this answer, or as a command; ``None`` if it makes no sense.

    Full-width characters, upper case and punctuation make no difference. If the answer is words, only
    ``s``, ``q`` or ``?`` alone is a command.
    """
    if len(line) > MAX_REPLY_LENGTH:
        return None
    text = normalise_line(line)
    if command := (_COMMANDS if answer.takes_words else _WORDS).get(text):
        return command
    if answer.takes_words:
        return answer.parse_reply(line)
    # Anything between letters and digits is a separator.
    return answer.parse_reply("".join(c for c in text if c.isalnum()))


def parse_command(line: str) -> Command | None:
    """Parse a line as a command where no answer is expected; ``None`` if it is none."""
    return _WORDS.get(normalise_line(line))


def normalise_line(line: str) -> str:
    """Return a line in lower case, without full-width characters and without spaces around it."""
    return unicodedata.normalize("NFKC", line).casefold().strip()
