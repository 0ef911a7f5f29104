"""The help page of a command, wrapped to the terminal, in any language.

Click's own help breaks lines at blanks only, which Chinese does not have, and counts each character as one cell.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len

from quizgen.screen.wrap import wrap
from quizgen.text.languages import locale
from quizgen.text.messages import N_, Message, _, as_is

if TYPE_CHECKING:
    from quizgen.export.format import Format, Subject

_MAX_WIDTH = 100
_MAX_NAME_COLUMN = 32
"""The widest left column, for options and their values."""

_MIN_TWO_COLUMNS = 64
"""In a narrower terminal, descriptions are below the options."""

_MAX_CHOICES = 24
"""The longest list of choices that is shown; a longer one is replaced by the option's name."""

Row = tuple[str, str]
"""An option, an argument or a command, and what it does."""


def help_page(
    command: click.Command, context: click.Context, language: str, about: str, commands: Sequence[Row] = ()
) -> str:
    """Return the help of a command: its usage, what it does, and its arguments, options and subcommands."""
    width = min(max(shutil.get_terminal_size().columns, 20), _MAX_WIDTH)
    return "\n".join(_lines(command, context, language, width, about, commands))


def _formats(subject: "Subject") -> "dict[str, Format]":
    from quizgen.export import formats_by_name

    return formats_by_name(subject)


def _with_meaning(name: str, meaning: Message) -> Message:
    """Return a word of a list with its meaning in brackets, if it has one."""
    return _("{name} ({meaning})", name=name, meaning=meaning) if meaning else as_is(name)


def _list_kinds() -> tuple[Message, ...]:
    from quizgen.kinds import KINDS

    return tuple(_with_meaning(name, kind.meaning) for name, kind in KINDS.items())


def _list_quiz_formats(*, readable: bool = False) -> tuple[Message, ...]:
    formats = _formats("quiz").items()
    return tuple(_with_meaning(name, each.meaning) for name, each in formats if each.read or not readable)


def _list_languages(context: click.Context) -> tuple[Message, ...]:
    """List our languages, and those of a question bank that the command line names, each with its own name."""
    from quizgen.cli.completion import languages_of_folders

    tags = languages_of_folders(context.params.get("bank") or ())
    return tuple(_with_meaning(tag, as_is(locale(tag).autonym)) for tag in tags)


_LISTS: Mapping[str, Callable[[click.Context], Sequence[str | Message]]] = {
    "languages": _list_languages,
    "kinds": lambda _: _list_kinds(),
    "formats": lambda _: _list_quiz_formats(),
    "read-formats": lambda _: _list_quiz_formats(readable=True),
    "history-formats": lambda _: tuple(_formats("history")),
    "history-suffixes": lambda _: tuple(each.suffix for each in _formats("history").values()),
}
"""Lists that help texts name in braces."""

_OWN_HELP: Mapping[str, str] = {
    "Show this message and exit.": N_("Show this help."),
    "Install completion for the current shell.": N_(
        "Let the Tab key complete commands and options in this terminal."
    ),
    "Show completion for the current shell, to copy it or customize the installation.": N_(
        "Print the script that --install-completion installs, for programmers."
    ),
}
"""Our help of the options that Click and Typer add, by theirs."""


def _lines(
    command: click.Command,
    context: click.Context,
    language: str,
    width: int,
    about: str,
    commands: Sequence[Row],
) -> Iterator[str]:
    yield from _indented(_usage(command, context, language), width, 0, 2)
    for paragraph in about.strip().split("\n\n"):
        yield ""
        yield from _indented(" ".join(paragraph.split()), width, 0)
    params = command.get_params(context)
    arguments = [each for each in params if isinstance(each, click.Argument)]
    options = [each for each in params if isinstance(each, click.Option) and not each.hidden]
    listed: Mapping[Message, Sequence[Row]] = {
        _("Arguments"): [(each.make_metavar(context), _help(each, context, language)) for each in arguments],
        _("Options"): [(_names(each), _help(each, context, language)) for each in options],
        _("Commands"): commands,
    }
    for title, rows in listed.items():
        if rows:
            yield ""
            yield click.style(title.translated(language), bold=_has_colour())
            yield from _columns(rows, width)


def _usage(command: click.Command, context: click.Context, language: str) -> str:
    """Return the usage line."""
    pieces = [context.command_path, _("[OPTIONS]").translated(language)]
    pieces += [piece for each in command.get_params(context) for piece in each.get_usage_pieces(context)]
    if isinstance(command, click.Group):
        pieces.append(_("COMMAND …").translated(language))
    return _("Usage: {usage}", usage=" ".join(pieces)).translated(language)


def _names(option: click.Option) -> str:
    """Return the names of an option and its value. The short name comes first; without one, there is a gap."""
    short = [name for name in option.opts if not name.startswith("--")]
    long = [name for name in option.opts if name.startswith("--")]
    names = ", ".join([*short, *long])
    both = " / ".join([names if short else f"    {names}", *option.secondary_opts])
    return f"{both} {_value_name(option)}".rstrip()


def _value_name(option: click.Option) -> str:
    """Return what an option takes: its choices if they are few, or else its name in capitals."""
    if option.is_flag:
        return ""
    if option.metavar:
        return option.metavar
    choices = "|".join(map(str, option.type.choices)) if isinstance(option.type, click.Choice) else ""
    return choices if 0 < len(choices) <= _MAX_CHOICES else str(option.name).upper()


def _help(param: click.Parameter, context: click.Context, language: str) -> str:
    """Return what an option or an argument does, its range, its default, and whether it is required."""
    parts = [option_help(param, context, language)]
    if isinstance(param.type, click.IntRange) and param.type.min is not None and param.type.max is not None:
        parts.append(f"[{param.type.min}–{param.type.max}]")
    if isinstance(param, click.Option) and (default := _default(param, context)):
        parts.append(_("[default: {}]").translated(language).format(default))
    if param.required:
        parts.append(_("[required]").translated(language))
    return " ".join(filter(None, parts))


def english_help(param: click.Parameter) -> str:
    """Return the help of an option or an argument in English, with the names of lists in braces."""
    declared = getattr(param, "help", None) or ""
    return _OWN_HELP.get(declared, declared)


def option_help(param: click.Parameter, context: click.Context, language: str) -> str:
    """Return what an option or an argument does.

    Its declaration has the English text, marked with ``N_``.
    """
    english = english_help(param)
    values = {name: find(context) for name, find in _LISTS.items() if f"{{{name}" in english}
    return " ".join(Message(english).filled(**values).translated(language).split())


def _default(option: click.Option, context: click.Context) -> str:
    """Return the default of an option; "" if it has none."""
    value = option.get_default(context, call=False)
    if not option.show_default or value is None or value is False or value in ("", ()):
        return ""
    return option.opts[0].lstrip("-") if value is True else str(value)


def _columns(rows: Sequence[Row], width: int) -> Iterator[str]:
    """Yield names with their descriptions beside them, or below if there is no room."""
    column = (
        min(max(cell_len(name) for name, _ in rows) + 4, _MAX_NAME_COLUMN) if width >= _MIN_TWO_COLUMNS else 6
    )
    for name, description in rows:
        first, *others = wrap(description, max(width - column, 1)) or [""]
        label = click.style(name, bold=_has_colour())
        if cell_len(name) + 4 <= column:
            yield f"  {label}{' ' * (column - 2 - cell_len(name))}{first}".rstrip()
        else:
            for index, row in enumerate(wrap(name, width - 2)):
                yield "  " + (label if index == 0 and row == name else row)
            yield " " * column + first
        for row in others:
            yield " " * column + row


def _indented(text: str, width: int, first: int, below: int = 0) -> Iterator[str]:
    for index, row in enumerate(wrap(text, width - max(first, below))):
        yield " " * (below if index else first) + row


def _has_colour() -> bool:
    """Return whether names may be bold; Click removes that if the output is not a terminal."""
    return not os.environ.get("NO_COLOR")
