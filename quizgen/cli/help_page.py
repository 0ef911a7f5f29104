"""The help of a command as text: to the width of the terminal, in any language, with no word broken and no frames.

What Typer sets itself is cut short where a language has no blanks between words, and read aloud with its frames.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from typing import Any

import typer

from quizgen.screen.wrap import wrap
from quizgen.text.messages import message

_WIDEST = 100
_COLUMN = 32
"""Cells at the left, at most, for options and what they take."""

_NARROW = 64
"""Cells below which what an option does stands below it."""

_LONGEST_TYPE = 24
"""Cells of the words that an option may take, beyond which only its name is said."""


def show_help(command: Any, context: Any, language: str) -> str:
    """Print the help of a command that Typer has made, whose texts are in a language already; leave Typer nothing to print."""
    width = min(max(shutil.get_terminal_size().columns, 20), _WIDEST)
    for line in _lines(command, context, language, width):
        typer.echo(line)
    return ""


def _lines(command: Any, context: Any, language: str, width: int) -> Iterator[str]:
    yield from _indented(_usage(command, context, language), width, 0, 2)
    for paragraph in (command.help or "").strip().split("\n\n"):
        yield ""
        yield from _indented(" ".join(paragraph.split()), width, 0)
    options = [each for each in command.get_params(context) if not getattr(each, "hidden", False)]
    arguments = [each for each in options if each.param_type_name == "argument"]
    below = getattr(command, "commands", {})
    listed = {
        "arguments": [(each.display_name_raw, _told(each, context, language)) for each in arguments],
        "options": [
            (_names(each, context), _told(each, context, language))
            for each in options
            if each not in arguments
        ],
        "commands": [
            (name, " ".join((each.help or "").partition("\n\n")[0].split())) for name, each in below.items()
        ],
    }
    for name, rows in listed.items():
        if rows:
            yield ""
            yield typer.style(message(language, f"help.{name}-title"), bold=_styled())
            yield from _columns(rows, width)


def _usage(command: Any, context: Any, language: str) -> str:
    """Say in what order the words of a command line stand."""
    pieces = [message(language, "help.options-value")]
    pieces += [
        piece.strip("{}") for each in command.get_params(context) for piece in each.get_usage_pieces(context)
    ]
    if getattr(command, "commands", None):
        pieces.append(message(language, "help.command-value"))
    return message(language, "help.usage-title", usage=" ".join([context.command_path, *pieces]))


def _names(option: Any, context: Any) -> str:
    """Name an option, its short form first, in whose place there is a gap if it has none, and what it takes."""
    short = [name for name in option.opts if not name.startswith("--")]
    long = [name for name in option.opts if name.startswith("--")]
    names = ", ".join([*short, *long])
    both = " / ".join([names if short else f"    {names}", *option.secondary_opts])
    return f"{both} {_takes(option, context)}".rstrip()


def _takes(option: Any, context: Any) -> str:
    """Say what an option takes: words to choose from if they are few, or else its name in capitals."""
    if getattr(option, "is_flag", False):
        return ""
    takes = str(option.metavar or option.display_type(context) or "").strip("<>")
    return takes if option.metavar or ("|" in takes and len(takes) <= _LONGEST_TYPE) else option.name.upper()


def _told(option: Any, context: Any, language: str) -> str:
    """Say what an option does, what it may be, what it is by default, and whether it must be given."""
    told = [" ".join((getattr(option, "help", None) or "").split())]
    low, high = getattr(option, "min", None), getattr(option, "max", None)
    if low is not None and high is not None:
        told.append(f"[{low}–{high}]")
    default = option._extract_default_help_str(ctx=context)  # noqa: SLF001  as Typer's own help does
    if option.show_default and default is not None:
        said = option._get_default_string(ctx=context, show_default_is_str=False, default_value=default)  # noqa: SLF001
        told += [message(language, "help.default-value").format(said)] if said else []
    if option.required:
        told.append(message(language, "help.required-value"))
    return " ".join(filter(None, told))


def _columns(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Set names, and beside them, or below for want of room, what there is to say of each."""
    column = min(max(len(name) for name, _ in rows) + 4, _COLUMN) if width >= _NARROW else 6
    for name, told in rows:
        beside = len(name) + 4 <= column
        first, *others = wrap(told, max(width - column, 1)) or [""]
        label = typer.style(name, bold=_styled())
        if beside:
            yield f"  {label}{' ' * (column - 2 - len(name))}{first}".rstrip()
        else:
            for index, row in enumerate(wrap(name, width - 2)):
                yield "  " + (label if index == 0 and row == name else row)
            yield " " * column + first
        for row in others:
            yield " " * column + row


def _indented(text: str, width: int, first: int, below: int = 0) -> Iterator[str]:
    for index, row in enumerate(wrap(text, width - max(first, below))):
        yield " " * (below if index else first) + row


def _styled() -> bool:
    """Tell whether names may stand out; where there is no terminal, Typer takes it out again."""
    return not os.environ.get("NO_COLOR")
