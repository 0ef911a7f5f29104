"""The commands: which function runs each, imported only when a command line names it, and their help."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

import click
import typer
from click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from quizgen.cli.output import reader_language
from quizgen.errors import nearest
from quizgen.text.messages import Said, message

Entry: TypeAlias = "str | Subcommands"
"""``module:function`` below ``quizgen.cli``, or further commands."""


@dataclass(frozen=True)
class Subcommands:
    """Commands below a command. ``callback`` runs first, also where a line names none of them."""

    commands: Mapping[str, Entry]
    callback: str = ""


COMMANDS: Mapping[str, Entry] = {
    "take": "take:take",
    "present": "present:present",
    "handout": "handout:handout",
    "print": "printing:layouts_group",
    "kit": "kit:kit",
    "page": "page:page",
    "export": "export:export",
    "import": "import_:import_",
    "profile": Subcommands(
        {"show": "profile:show", "set": "profile:set_", "path": "profile:path"},
        callback="profile:show_by_default",
    ),
    "bank": Subcommands(
        {
            "check": "bank_check:check",
            "list": "bank_list:list_",
            "show": "bank_show:show",
            "stats": "bank_stats:stats",
            "new": "bank_new:new",
            "generate": "bank_generate:generate",
            "schema": "bank_list:schema",
            "init": "bank_init:init",
        }
    ),
    "source": Subcommands({"show": "source:show", "check": "source:check"}),
    "history": Subcommands(
        {
            "show": "history:show",
            "tally": "history:tally",
            "export": "history:export",
            "clear": "history:clear",
        },
        callback="history:show_by_default",
    ),
    "doctor": "doctor:doctor",
}
"""All commands, in the order in which help lists them."""


def id_of(context: click.Context, *below: str) -> str:
    """Name a command, or one below it, as ids of messages do: ``bank-check``."""
    return "-".join([*context.command_path.split()[1:], *below]) or "quizgen"


class UnexpectedWordsError(click.UsageError):
    """A command line has more words than the command takes."""

    def __init__(self, words: Sequence[str], ctx: click.Context) -> None:
        self.words = tuple(words)
        super().__init__(" ".join(words), ctx)


class LocalisedCommand(click.Command):
    """What commands and groups have in common: completion and hints in the reader's language."""

    def suggestion(self, option: str) -> Said:
        """Suggest what to do about an option that the command does not have; "" without an idea."""
        return nearest(option, [name for param in self.params for name in param.opts])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words after the command. Raises UsageError, with the context, where they make no sense.

        Click's parser raises some of its errors without the context, which says whose help to look at.
        """
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """List options that begin so, each with its help, for a shell."""
        from quizgen.cli.help_page import option_help

        # Not that of a Click group, which imports all commands below it.
        items = click.Command.shell_complete(self, ctx, incomplete)
        options = {
            name: param for param in self.get_params(ctx) for name in (*param.opts, *param.secondary_opts)
        }
        for item in items:
            if item.value in options:
                item.help = option_help(options[item.value], ctx, reader_language())
        return items


class Command(LocalisedCommand, TyperCommand):
    """A command that is a function."""

    allow_extra_args = True
    """:meth:`parse_args` refuses extra words. Click would do so with an English sentence and no list of them."""

    def about(self, context: click.Context, language: str) -> str:
        """Say what the command does."""
        return message(language, f"help.{id_of(context)}")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page."""
        from quizgen.cli.help_page import help_page

        language = reader_language()
        formatter.write(help_page(self, ctx, language, self.about(ctx, language)))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words after the command. Raises UsageError where they make no sense."""
        if (rest := super().parse_args(ctx, args)) and not ctx.resilient_parsing:
            raise UnexpectedWordsError(rest, ctx)
        return rest


class Group(LocalisedCommand, TyperGroup):
    """A command with further commands below it. Each is imported when a line names it."""

    entries: Mapping[str, Entry] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  as Click asks
        """List the names of the commands."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  as Click asks
        """Find a command; ``None`` where there is none of that name."""
        entry = self.entries.get(cmd_name)
        if isinstance(entry, Subcommands):
            return group(cmd_name, entry)
        return _loaded(entry, cmd_name) if entry else None

    def about(self, context: click.Context, name: str, language: str) -> str:
        """Say in a line what a command below does. Nothing is imported for it."""
        return message(language, f"help.{id_of(context, name)}").partition("\n\n")[0]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """List commands and options that begin so, each with its help, for a shell."""
        language = reader_language()
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=self.about(ctx, name, language)) for name in names]
        return [*commands, *super().shell_complete(ctx, incomplete)]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page, with a line for each command."""
        from quizgen.cli.help_page import help_page

        language = reader_language()
        listed = [(name, self.about(ctx, name, language)) for name in self.list_commands(ctx)]
        formatter.write(help_page(self, ctx, language, message(language, f"help.{id_of(ctx)}"), listed))


def command(function: Callable[..., Any], name: str, kind: type[Command] = Command) -> click.Command:
    """Make a command of a function, whose parameters are its arguments and options."""
    app = _typer()
    app.command(name, cls=kind)(function)
    return get_command(app)


def group(
    name: str,
    below: Subcommands,
    kind: type[Group] = Group,
    callback: Callable[..., Any] | None = None,
    *,
    completion: bool = False,
) -> Group:
    """Make a command with others below it. Without a callback it shows its help where a line names none of them."""
    if below.callback:
        callback = _function(below.callback)
    app = _typer(completion=completion)
    options = app.callback(
        cls=kind, invoke_without_command=callback is not None, no_args_is_help=callback is None
    )
    options(callback or _nothing)
    made = get_command(app)
    assert isinstance(made, Group)  # noqa: S101  it was asked for
    made.name, made.entries = name, below.commands
    return made


def _typer(*, completion: bool = False) -> typer.Typer:
    """Make a Typer app without frames around help and errors."""
    return typer.Typer(add_completion=completion, rich_markup_mode=None, pretty_exceptions_enable=False)


def _nothing() -> None:
    """Do nothing: the work is done by the commands below."""


def _loaded(entry: str, name: str) -> click.Command:
    found = _function(entry)
    return found if isinstance(found, click.Command) else command(found, name)


def _function(entry: str) -> Any:
    module, _, function = entry.partition(":")
    return getattr(import_module(f"quizgen.cli.{module}"), function)
