"""The help page of a command, wrapped to the width of the terminal, in any language.

The help of Click breaks lines only at spaces, which Chinese does not have, and takes every character for one
cell wide.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len

from quizgen.screen.wrap import wrap_text
from quizgen.text.languages import locale
from quizgen.text.messages import N_, Message, _, as_is

if TYPE_CHECKING:
    from quizgen.formats.format import Format, Subject

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
    """Return the help of a command: its usage, what it does (``about``), and its arguments, options and subcommands."""
    width = min(max(shutil.get_terminal_size().columns, 20), _MAX_WIDTH)
    return "\n".join(_help_lines(command, context, language, width, about, commands))


def _formats_by_name(subject: "Subject") -> "dict[str, Format]":
    """Return the export formats for a quiz, or for the history."""
    from quizgen.formats import formats_by_name

    return formats_by_name(subject)


def _with_meaning(name: str, meaning: Message) -> Message:
    """Return a word with its meaning in brackets; only the word if there is no meaning."""
    return _("{name} ({meaning})", name=name, meaning=meaning) if meaning else as_is(name)


def _list_kinds() -> tuple[Message, ...]:
    """Return the kinds of questions, each with its meaning in brackets."""
    from quizgen.kinds import KINDS

    return tuple(_with_meaning(name, kind.meaning) for name, kind in KINDS.items())


def _list_levels() -> tuple[Message, ...]:
    """Return the levels of questions, each with its meaning in brackets."""
    from quizgen.model import LEVEL_MEANINGS

    return tuple(_with_meaning(name, meaning) for name, meaning in LEVEL_MEANINGS.items())


def _list_quiz_formats(*, only_importable: bool = False) -> tuple[Message, ...]:
    """Return the export formats for a quiz, each with its meaning in brackets, or all formats that can be imported."""
    from quizgen.formats import BANK_FORMATS

    formats = _formats_by_name("quiz").items()
    meanings = {name: each.meaning for name, each in formats if each.read or not only_importable}
    if only_importable:
        meanings |= BANK_FORMATS
    return tuple(_with_meaning(name, meaning) for name, meaning in meanings.items())


def _list_languages(context: click.Context) -> tuple[Message, ...]:
    """Return the languages that ``--lang`` can name, each with its own name in brackets."""
    from quizgen.cli.completion import languages_of_folders

    tags = languages_of_folders(context.params.get("bank") or ())
    return tuple(_with_meaning(tag, as_is(locale(tag).autonym)) for tag in tags)


_LISTS_IN_HELP: Mapping[str, Callable[[click.Context], Sequence[str | Message]]] = {
    "languages": _list_languages,
    "kinds": lambda _: _list_kinds(),
    "levels": lambda _: _list_levels(),
    "formats": lambda _: _list_quiz_formats(),
    "read-formats": lambda _: _list_quiz_formats(only_importable=True),
    "history-formats": lambda _: tuple(_formats_by_name("history")),
    "history-suffixes": lambda _: tuple(each.suffix for each in _formats_by_name("history").values()),
}
"""Lists that help texts name in braces."""

_OWN_HELP: Mapping[str, str] = {
    "Show this message and exit.": N_("Show this help."),
    "Install completion for the current shell.": N_(
        "Install completion: when you type the beginning of a command or an option and press Tab, the terminal adds the rest."
    ),
    "Show completion for the current shell, to copy it or customize the installation.": N_(
        "Print the script that --install-completion installs, for programmers."
    ),
}
"""Our help of the options that Click and Typer add, by theirs."""


def _help_lines(
    command: click.Command,
    context: click.Context,
    language: str,
    width: int,
    about: str,
    commands: Sequence[Row],
) -> Iterator[str]:
    """Yield the lines of a help page."""
    yield from _wrapped_lines(_usage_line(command, context, language), width, 0, 2)
    for paragraph in about.strip().split("\n\n"):
        yield ""
        yield from _wrapped_lines(" ".join(paragraph.split()), width, 0)
    params = command.get_params(context)
    arguments = [each for each in params if isinstance(each, click.Argument)]
    options = [each for each in params if isinstance(each, click.Option) and not each.hidden]
    listed: Mapping[Message, Sequence[Row]] = {
        _("Arguments"): [
            (each.make_metavar(context), _help_with_details(each, context, language)) for each in arguments
        ],
        _("Options"): [
            (_option_names(each), _help_with_details(each, context, language)) for each in options
        ],
        _("Commands"): commands,
    }
    for title, rows in listed.items():
        if rows:
            yield ""
            yield click.style(title.translated(language), bold=_is_bold_allowed())
            yield from _two_column_lines(rows, width)


def _usage_line(command: click.Command, context: click.Context, language: str) -> str:
    """Return the line that shows how to use a command."""
    pieces = [context.command_path, _("[OPTIONS]").translated(language)]
    pieces += [piece for each in command.get_params(context) for piece in each.get_usage_pieces(context)]
    if isinstance(command, click.Group):
        pieces.append(_("COMMAND …").translated(language))
    return _("Usage: {usage}", usage=" ".join(pieces)).translated(language)


def _option_names(option: click.Option) -> str:
    """Return the names of an option and its value: ``-n, --count N``. An option without a short name is indented to align."""
    short = [name for name in option.opts if not name.startswith("--")]
    long = [name for name in option.opts if name.startswith("--")]
    names = ", ".join([*short, *long])
    both = " / ".join([names if short else f"    {names}", *option.secondary_opts])
    return f"{both} {_value_name(option)}".rstrip()


def _value_name(option: click.Option) -> str:
    """Return the name of the value of an option: its choices if they are short, or else a word in capitals."""
    if option.is_flag:
        return ""
    if option.metavar:
        return option.metavar
    choices = "|".join(map(str, option.type.choices)) if isinstance(option.type, click.Choice) else ""
    return choices if 0 < len(choices) <= _MAX_CHOICES else str(option.name).upper()


def _help_with_details(param: click.Parameter, context: click.Context, language: str) -> str:
    """Return the help of an option or an argument, with its range, its default, and whether it is required."""
    parts = [option_help(param, context, language)]
    if isinstance(param.type, click.IntRange) and param.type.min is not None and param.type.max is not None:
        parts.append(f"[{param.type.min}–{param.type.max}]")
    if isinstance(param, click.Option) and (default := _default_text(param, context)):
        parts.append(_("[default: {}]").translated(language).format(default))
    if param.required:
        parts.append(_("[required]").translated(language))
    return " ".join(filter(None, parts))


def english_help(param: click.Parameter) -> str:
    """Return the help of an option or an argument in English. Lists such as ``{kinds}`` are not filled in."""
    declared = getattr(param, "help", None) or ""
    return _OWN_HELP.get(declared, declared)


def option_help(param: click.Parameter, context: click.Context, language: str) -> str:
    """Return the help of an option or an argument in a language, in one line."""
    english = english_help(param)
    values = {name: find(context) for name, find in _LISTS_IN_HELP.items() if f"{{{name}" in english}
    return " ".join(Message(english).with_values(**values).translated(language).split())


def _default_text(option: click.Option, context: click.Context) -> str:
    """Return the default of an option as text, or "" if it has none."""
    value = option.get_default(context, call=False)
    if not option.show_default or value is None or value is False or value in ("", ()):
        return ""
    return option.opts[0].lstrip("-") if value is True else str(value)


def _two_column_lines(rows: Sequence[Row], width: int) -> Iterator[str]:
    """Yield lines with names in a left column and their descriptions in a right one, or below if the terminal is narrow."""
    column = (
        min(max(cell_len(name) for name, _ in rows) + 4, _MAX_NAME_COLUMN) if width >= _MIN_TWO_COLUMNS else 6
    )
    for name, description in rows:
        first, *others = wrap_text(description, max(width - column, 1)) or [""]
        label = click.style(name, bold=_is_bold_allowed())
        if cell_len(name) + 4 <= column:
            yield f"  {label}{' ' * (column - 2 - cell_len(name))}{first}".rstrip()
        else:
            for index, row in enumerate(wrap_text(name, width - 2)):
                yield "  " + (label if index == 0 and row == name else row)
            yield " " * column + first
        for row in others:
            yield " " * column + row


def _wrapped_lines(text: str, width: int, first_indent: int, later_indent: int = 0) -> Iterator[str]:
    """Yield the lines of a text, indented and wrapped to a width."""
    for index, row in enumerate(wrap_text(text, width - max(first_indent, later_indent))):
        yield " " * (later_indent if index else first_indent) + row


def _is_bold_allowed() -> bool:
    """Return whether names can be bold. Click removes this if the output is not a terminal."""
    return not os.environ.get("NO_COLOR")
