"""The list of commands, with their help. The function of a command is imported only when it is used."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from typing import Any, get_args

import click
import typer
from click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command
from typer.models import ArgumentInfo

from quizgen.cli.output import reader_language
from quizgen.errors import nearest
from quizgen.text.messages import N_, Message


@dataclass(frozen=True)
class Entry:
    """A command: its function, as ``module:function`` in ``quizgen.cli``, and its help in English."""

    function: str
    help: str


@dataclass(frozen=True)
class Subcommands:
    """A group of commands. ``callback`` runs first, even if the line names none of them."""

    commands: "Mapping[str, Entry | Subcommands]"
    help: str
    callback: str = ""


COMMANDS: Mapping[str, Entry | Subcommands] = {
    "take": Entry(
        "take:take",
        N_(
            "Take a quiz in the terminal.\n\nEvery answer is saved at once. Stop with q or Ctrl-C, and continue later with --resume.\n\nThe clock runs only while a question is shown. A question counts as skipped when its time is up."
        ),
    ),
    "present": Entry(
        "present:present",
        N_(
            "Present a quiz to an audience on a projector.\n\nQuestions are in large type. You count raised hands, and a key press shows the answer. Run the command with --guide in a second terminal to see, as the speaker, the right answer, the reason, something to ask the audience, and what comes next. The handout with the same seed has the same questions."
        ),
    ),
    "handout": Entry(
        "handout:handout",
        N_(
            "Print a handout: questions on the front, answers with reasons and advice on the back.\n\nWith --versions, people who sit side by side get different papers, with the same questions in a different order. With --draw, the questions differ too. `quizgen print` has other sheets."
        ),
    ),
    "print": Entry(
        "printing:layouts_group",
        N_("Print a sheet: a poster, a leaflet, slides for a talk, an answer sheet, and others."),
    ),
    "kit": Entry(
        "kit:kit",
        N_(
            "Print everything that a talk needs into one folder.\n\nThe folder gets every sheet and a web page, all from the same questions, and an index as the first file. With --versions, people who sit side by side get different papers, and the key is a separate file. With --force, the files of an earlier kit are replaced; other files stay as they are."
        ),
    ),
    "page": Entry(
        "page:page",
        N_(
            "Write quizzes as one web page for phones and computers, which works offline.\n\n--quizzes sets how many quizzes it has, and --seed is the seed of the first. Readers can switch between languages. The page sends no data. Organiser, headline and logo come from the profile."
        ),
    ),
    "export": Entry(
        "export:export",
        N_(
            "Export questions in a format that other programs read.\n\nAll selected questions are exported. With --count or --seed, a quiz is drawn from them."
        ),
    ),
    "import": Entry(
        "import_:import_",
        N_(
            "Import questions from another program's file into your own bank.\n\nIf some questions cannot be imported, each is listed with its line, and nothing is written. With --skip, these are left out and the others are imported."
        ),
    ),
    "profile": Subcommands(
        {
            "show": Entry("profile:show", N_("Show the profile.")),
            "set": Entry(
                "profile:set_",
                N_(
                    "Set a value of the profile, or clear it with -; without a value, you are asked step by step.\n\nAll printing commands use the profile, and so does the welcome page of `take --kiosk`. Options on the command line take precedence."
                ),
            ),
            "path": Entry("profile:path", N_("Show where the profile is, or where it would be saved.")),
        },
        N_("Settings for all your talks: organiser, contact, logo, languages, paper."),
        callback="profile:show_by_default",
    ),
    "bank": Subcommands(
        {
            "check": Entry(
                "bank_check:check",
                N_(
                    "Report every problem in a bank, one per line; the exit code is 1 if there are any.\n\nIf you name a single file, the other files in its folder are read too, because its ids may refer to them. With --lint, errors and warnings make the check fail unless the question waives them; notes do not."
                ),
            ),
            "list": Entry(
                "bank_list:list_",
                N_("List questions, facts or exhibits: the id and the first words of each."),
            ),
            "show": Entry(
                "bank_show:show",
                N_(
                    "Show a question, an exhibit or a fact with everything it is based on; with --json alone, the whole bank."
                ),
            ),
            "stats": Entry(
                "bank_stats:stats",
                N_(
                    "Count facts, exhibits and questions by topic, kind, level and difficulty, and list facts without a question."
                ),
            ),
            "new": Entry(
                "bank_new:new",
                N_(
                    "Write a new question step by step.\n\nYour answers are checked as you go, and the question is added to the file of its topic. Nothing else in the file changes. Input from a pipe has one answer per line."
                ),
            ),
            "generate": Entry(
                "bank_generate:generate",
                N_("Show the exhibits and questions that models make, in full; nothing is written."),
            ),
            "schema": Entry("bank_list:schema", N_("Print the JSON Schema of bank files, for editors.")),
            "init": Entry(
                "bank_init:init",
                N_(
                    "Create a bank of your own in a new folder, ready for its first question.\n\nIt is in your language unless you name others. Its questions need no source and no reason."
                ),
            ),
        },
        N_("Check, list and show a bank of facts and questions, or write your own."),
    ),
    "source": Subcommands(
        {
            "show": Entry(
                "source:show",
                N_(
                    "List the bank's sources, or the passages of texts with their ids, speakers, digests and the facts that cite them."
                ),
            ),
            "check": Entry(
                "source:check",
                N_(
                    "Check that texts match the sources that the bank cites; one problem per line, exit code 1 if there are any."
                ),
            ),
        },
        N_("List the bank's sources, show their passages, and check the bank against their texts."),
    ),
    "history": Subcommands(
        {
            "show": Entry(
                "history:show",
                N_(
                    "List your attempts, the latest last, and chart your scores over time, by topic.\n\nEach line shows when an attempt began, its score, state, language, seed and topics. Attempts by visitors at a stall and repeats of missed questions are listed too, but not charted."
                ),
            ),
            "tally": Entry(
                "history:tally",
                N_(
                    "Sum up a day at a stall: visitors, scores, scams stopped, genuine contacts trusted, and the questions missed most."
                ),
            ),
            "export": Entry(
                "history:export",
                N_("Export all attempts with every marked answer, for a spreadsheet or another program."),
            ),
            "clear": Entry("history:clear", N_("Delete all attempts, after asking.")),
        },
        N_("List, sum up, export or delete past attempts."),
        callback="history:show_by_default",
    ),
    "doctor": Entry("doctor:doctor", N_("Show what is installed, what is missing, and how to install it.")),
}
"""All commands, in the order of the help."""


class UnexpectedWordsError(click.UsageError):
    """A command line has more words than the command takes."""

    def __init__(self, words: Sequence[str], ctx: click.Context) -> None:
        self.words = tuple(words)
        super().__init__(" ".join(words), ctx)


class LocalisedCommand(click.Command):
    """Base of commands and groups: completion and hints in the reader's language."""

    def suggestion(self, option: str) -> Message:
        """Return a hint for an option that the command does not have; nothing without an idea."""
        return nearest(option, [name for param in self.params for name in param.opts])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words after the command. Raises UsageError, always with its context.

        Click's parser raises some errors without the context, which says whose help to look at.
        """
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """List options that begin with the incomplete word, each with its help, for a shell."""
        from quizgen.cli.help_page import option_help

        # The method of a Click group would import all subcommands.
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
    """Let Click pass on extra words, so that :meth:`parse_args` can refuse them. Click's own error is in English and does
    not list them."""

    def about(self, language: str) -> str:
        """Return what the command does."""
        return Message(self.help or "").translated(language)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page."""
        from quizgen.cli.help_page import help_page

        language = reader_language()
        formatter.write(help_page(self, ctx, language, self.about(language)))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words after the command. Raises UsageError if they are wrong."""
        if (rest := super().parse_args(ctx, args)) and not ctx.resilient_parsing:
            raise UnexpectedWordsError(rest, ctx)
        return rest


class Group(LocalisedCommand, TyperGroup):
    """A command with subcommands, which are imported when they are used."""

    entries: Mapping[str, Entry | Subcommands] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  as Click asks
        """List the names of the commands."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  as Click asks
        """Return a command by its name; ``None`` if there is none."""
        entry = self.entries.get(cmd_name)
        if isinstance(entry, Subcommands):
            return group(cmd_name, entry)
        return _import_command(entry, cmd_name) if entry else None

    def about(self, name: str, language: str) -> str:
        """Return in one line what a subcommand does, without importing it."""
        return Message(self.entries[name].help).translated(language).partition("\n\n")[0]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """List commands and options that begin with the incomplete word, each with its help, for a shell."""
        language = reader_language()
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=self.about(name, language)) for name in names]
        return [*commands, *super().shell_complete(ctx, incomplete)]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page, with a line for each command."""
        from quizgen.cli.help_page import help_page

        language = reader_language()
        listed = [(name, self.about(name, language)) for name in self.list_commands(ctx)]
        about = Message(self.help or "").translated(language)
        formatter.write(help_page(self, ctx, language, about, listed))


def command(
    function: Callable[..., Any], name: str, about: str, kind: type[Command] = Command
) -> click.Command:
    """Make a command from a function, whose parameters are its arguments and options; ``about`` is its help."""
    app = _typer()
    app.command(name, cls=kind, help=about)(function)
    result = get_command(app)
    declared = signature(function).parameters
    for param in result.params:
        if isinstance(param, click.Argument) and param.name in declared:
            # Typer sets the help before Click's constructor runs, which clears it.
            param.help = next(
                (
                    each.help
                    for each in get_args(declared[param.name].annotation)
                    if isinstance(each, ArgumentInfo)
                ),
                None,
            )
    return result


def group(
    name: str,
    below: Subcommands,
    kind: type[Group] = Group,
    callback: Callable[..., Any] | None = None,
    *,
    completion: bool = False,
) -> Group:
    """Make a command with subcommands. Without a callback it shows its help if the line names no subcommand."""
    if below.callback:
        callback = _import_function(below.callback)
    app = _typer(completion=completion)
    options = app.callback(
        cls=kind,
        help=below.help,
        invoke_without_command=callback is not None,
        no_args_is_help=callback is None,
    )
    options(callback or _do_nothing)
    result = get_command(app)
    assert isinstance(result, Group)  # noqa: S101  it was asked for
    result.name, result.entries = name, below.commands
    return result


def _typer(*, completion: bool = False) -> typer.Typer:
    """Return a Typer app without frames around help and errors."""
    return typer.Typer(add_completion=completion, rich_markup_mode=None, pretty_exceptions_enable=False)


def _do_nothing() -> None:
    """Do nothing: a subcommand does the work."""


def _import_command(entry: Entry, name: str) -> click.Command:
    function = _import_function(entry.function)
    return function if isinstance(function, click.Command) else command(function, name, entry.help)


def _import_function(entry: str) -> Any:
    module, _, function = entry.partition(":")
    return getattr(import_module(f"quizgen.cli.{module}"), function)
