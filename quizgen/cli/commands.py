"""The commands: which function runs each, imported only when a command line names it, and their help."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

import click
import typer
from click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from quizgen.cli.misuse import UnexpectedWordsError
from quizgen.cli.output import reader_language
from quizgen.errors import nearest
from quizgen.text.messages import Said, message

Entry: TypeAlias = "str | Subcommands"
"""``module:function`` below ``quizgen.cli``, or further commands."""


@dataclass(frozen=True)
class Subcommands:
    """Commands below a command. ``alone`` runs before them, and does the work where none of them is named."""

    commands: Mapping[str, Entry]
    alone: str = ""


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
        {"show": "profile:show", "set": "profile:set_", "path": "profile:path"}, alone="profile:profile_alone"
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
        alone="history:history_alone",
    ),
    "doctor": "doctor:doctor",
}
"""All commands, in the order in which help lists them."""


def id_of(context: click.Context, *below: str) -> str:
    """Name a command, or one below it, as ids of messages do: ``bank-check``."""
    return "-".join([*context.command_path.split()[1:], *below]) or "quizgen"


class _Understood(click.Command):
    """A command that can say what is wrong with a line."""

    def suggestion(self, option: str) -> Said:
        """Say what to do about an option that the command does not have; "" where nobody knows."""
        return nearest(option, [name for param in self.params for name in param.opts])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read a command line; raises UsageError, which knows the command, for one that it does not understand."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer options, each with what it does, to a shell."""
        from quizgen.cli.help_page import option_help

        items = click.Command.shell_complete(
            self, ctx, incomplete
        )  # a group would import all that is below it
        options = {
            name: param for param in self.get_params(ctx) for name in (*param.opts, *param.secondary_opts)
        }
        for item in items:
            if item.value in options:
                item.help = option_help(options[item.value], ctx, reader_language())
        return items


class Command(_Understood, TyperCommand):
    """A command whose help and whose refusals are in the reader's language."""

    allow_extra_args = True
    """Words too many are for :meth:`parse_args` to refuse: Click says them in a sentence, from which nobody can take them."""

    def about(self, context: click.Context, language: str) -> str:
        """Say what the command does."""
        return message(language, f"help.{id_of(context)}")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page."""
        from quizgen.cli.help_page import help_page

        language = reader_language()
        formatter.write(help_page(self, ctx, language, self.about(ctx, language)))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read a command line; raises UsageError for one that the command does not understand."""
        if (rest := super().parse_args(ctx, args)) and not ctx.resilient_parsing:
            raise UnexpectedWordsError(rest, ctx)
        return rest


class Group(_Understood, TyperGroup):
    """A command with further commands below it, each imported when it is named."""

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
        """Say in a line what a command below does, without importing it."""
        return message(language, f"help.{id_of(context, name)}").partition("\n\n")[0]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer commands and options to a shell, each with what it does."""
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
    alone: Callable[..., Any] | None = None,
    *,
    completion: bool = False,
) -> Group:
    """Make a command with others below it; without one that runs ``alone`` it shows its help then."""
    if below.alone:
        alone = _function(below.alone)
    app = _typer(completion=completion)
    app.callback(cls=kind, invoke_without_command=alone is not None, no_args_is_help=alone is None)(
        alone or _nothing
    )
    made = get_command(app)
    assert isinstance(made, Group)  # noqa: S101  it was asked for
    made.name, made.entries = name, below.commands
    return made


def _typer(*, completion: bool = False) -> typer.Typer:
    """Begin a command as Typer makes it, without frames around help and errors."""
    return typer.Typer(add_completion=completion, rich_markup_mode=None, pretty_exceptions_enable=False)


def _nothing() -> None:
    """Do nothing: the work is done by the commands below."""


def _loaded(entry: str, name: str) -> click.Command:
    found = _function(entry)
    return found if isinstance(found, click.Command) else command(found, name)


def _function(entry: str) -> Any:
    module, _, function = entry.partition(":")
    return getattr(import_module(f"quizgen.cli.{module}"), function)
