"""Ask an author for one thing at a time: Enter takes what is in brackets, and Ctrl-C leaves."""

from collections.abc import Callable
from typing import TypeVar

from quizgen.cli.console import Replies, is_interactive
from quizgen.cli.output import echo, reader_language
from quizgen.errors import QuizgenError
from quizgen.text.messages import Message, _

T = TypeVar("T")


class InputEndedError(Exception):
    """The author leaves with Ctrl-C, or the input ends."""


def ask(
    label: Message,
    replies: Replies,
    parse_reply: Callable[[str], T],
    *,
    default: str = "",
    is_optional: bool = False,
) -> T:
    """Ask until the reply can be parsed, and return it as ``parse_reply`` does.

    Enter takes the ``default``. Without one, an empty reply is valid if the answer ``is_optional``. ``parse_reply`` raises
    QuizgenError if a reply is not valid. Raises InputEndedError if the author leaves.
    """
    if default:
        prompt = _("{label} [{default}]", label=label, default=default)
    else:
        prompt = _("{label} (Enter for none)", label=label) if is_optional else label
    while True:
        echo("")
        echo(prompt.translated(reader_language()))
        line = replies()
        if line is None:
            raise InputEndedError
        line = line.strip() or default
        if not line and not is_optional:
            if not is_interactive():
                raise InputEndedError
            echo(_("this needs an answer; press Ctrl-C to leave").translated(reader_language()))
            continue
        try:
            return parse_reply(line)
        except QuizgenError as error:
            for each in error.problems:
                echo(each.translated(reader_language()))
