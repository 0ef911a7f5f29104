"""Typer's help and its complaints about a command line, in the reader's language.

The help of a command is the message ``help.<its path>`` (``help.bank-check``), that of an option or argument
``options.<path>-<name>``, or ``options.<name>`` where several commands share it. What Typer says itself it
says in English: its sentences stand in the table ``[usage]`` as they are, are known again by that, and are
said in the other language.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import typer

from quizgen.model import LEVELS
from quizgen.text.languages import FALLBACK, locale
from quizgen.text.messages import message, messages

if TYPE_CHECKING:
    from quizgen.export.format import Format, Taken


def _formats(taken: "Taken") -> dict[str, "Format"]:
    from quizgen.export import formats_of

    return formats_of(taken)


def _kinds() -> tuple[str, ...]:
    from quizgen.kinds import KINDS

    return tuple(KINDS)


def _languages() -> tuple[str, ...]:
    """List our languages, and those of a bank that the command line names."""
    from quizgen.cli.completion import languages_of_folders
    from quizgen.cli.output import given

    return languages_of_folders(list(given("--bank")))


_LISTS: Mapping[str, Callable[[], Sequence[str]]] = {
    "languages": _languages,
    "kinds": _kinds,
    "levels": lambda: LEVELS,
    "formats": lambda: tuple(_formats("quiz")),
    "read-formats": lambda: tuple(name for name, each in _formats("quiz").items() if each.read),
    "history-formats": lambda: tuple(_formats("history")),
    "history-suffixes": lambda: tuple(each.suffix for each in _formats("history").values()),
}
"""What help lists, found when it is shown."""


def shows_help(command: Any, arguments: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Tell whether a command line shows help: it asks for it, names a group alone, or is being completed."""
    alone = hasattr(command.commands.get(arguments[0]), "commands") and len(arguments) == 1
    return alone or "--help" in arguments or "_QUIZGEN_COMPLETE" in environment


def translate_help(
    command: Any, language: str, asked: Sequence[str] | None, path: tuple[str, ...] = ()
) -> None:
    """Put the texts of a language into a command that Typer has made, or into a group.

    Below a group it goes into what the words ``asked`` name, or into all where they are ``None``; of the
    rest it puts in the line that the group's help shows, since to find a command's options may take a while.
    """
    from quizgen.cli.help_page import show_help

    known = messages(FALLBACK, "options")
    own = "-".join(path) or "quizgen"
    _translate_line(command, language, own)
    for option in command.get_params(typer.Context(command)):
        name = str(option.name).replace("_", "-")
        if id_ := next((each for each in (f"{own}-{name}", name) if each in known), None):
            option.help = message(language, f"options.{id_}", **_values(known[id_]))
    command.get_help = lambda context: show_help(command, context, language)
    commands: dict[str, Any] = getattr(command, "commands", {})
    named = next((word for word in asked or () if word in commands), None)
    for name, below in commands.items():
        if asked is None or name == named:
            translate_help(below, language, asked, (*path, name))
        else:
            _translate_line(below, language, "-".join((*path, name)))


def _translate_line(command: Any, language: str, own: str) -> None:
    if own in messages(FALLBACK, "help"):
        command.help, command.short_help = message(language, f"help.{own}"), None


def _values(words: str) -> dict[str, object]:
    return {name: find() for name, find in _LISTS.items() if f"{{{name}" in words}


def usage_error(said: str, language: str) -> str:
    """Say what Typer said of a command line, and what it quotes, in a language; what is not known stays."""
    said = said.replace("Value error, ", "")  # by which the library below Typer begins what Typer says to it
    if language == FALLBACK:
        return re.sub(r"Input (should be [^,]*)(, unable to .*)?", r"it \1", said)
    for name, pattern in _sentences().items():
        if found := pattern.fullmatch(said):
            values = {
                key: usage_error(value, language).replace("', '", f"'{locale(language).comma}'")
                for key, value in found.groupdict().items()
            }
            return message(language, f"usage.{name}", **values)
    return said


@cache
def _sentences() -> dict[str, re.Pattern[str]]:
    """Make patterns of Typer's sentences, the most particular first."""
    found = {}
    for name, sentence in messages(FALLBACK, "usage").items():
        pieces = re.split(r"\{(\w+)\}", sentence)
        pieces[::2] = map(re.escape, pieces[::2])
        pieces[1::2] = (f"(?P<{piece}>.+)" for piece in pieces[1::2])
        found[name] = re.compile("".join(pieces), re.DOTALL)
    return found
