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
            "Take a quiz in the terminal.\n\nEach answer is kept at once: q, Ctrl-C or the end of input stops, and --resume goes on.\n\nTime counts only while a question is shown; one whose time is up counts as skipped."
        ),
    ),
    "present": Entry(
        "present:present",
        N_(
            "Hold a quiz before a room, on a projector: questions in large letters, hands counted, answers by key.\n\nWith --guide, in a second terminal, the speaker sees the key, the reason, a line to ask the room, and what comes next. The handout of the same seed has the same questions."
        ),
    ),
    "handout": Entry(
        "handout:handout",
        N_(
            "Print a handout: questions in front, answers with reasons and advice behind.\n\nWith --versions, neighbours get different papers: the same questions in another order each, or, with --draw, other questions. `quizgen print` has other sheets."
        ),
    ),
    "print": Entry(
        "printing:layouts_group",
        N_("Print a sheet: a poster, a leaflet, slides for a talk, an answer sheet, and others."),
    ),
    "kit": Entry(
        "kit:kit",
        N_(
            "Print all that a talk needs into one folder: every sheet and a web page, of one choice of questions, and an index that comes first.\n\nWith --versions neighbours get different papers, and the key is a file of its own. With --force the files of an earlier kit are replaced, and all others left alone."
        ),
    ),
    "page": Entry(
        "page:page",
        N_(
            "Write quizzes as one web page, for telephones and computers, that needs no network.\n\nIt has as many quizzes as --quizzes says, of the seeds from --seed on, in three languages to switch between. It sends nothing anywhere. Organiser, headline and logo are those of the profile."
        ),
    ),
    "export": Entry(
        "export:export",
        N_(
            "Write all that is selected, or with --count or --seed a quiz of it, in a format that other programs read."
        ),
    ),
    "import": Entry(
        "import_:import_",
        N_(
            "Put the questions of another program's file into a bank of your own.\n\nWhat cannot be taken is named, line by line, and then nothing is written, unless --skip leaves it out."
        ),
    ),
    "profile": Subcommands(
        {
            "show": Entry("profile:show", N_("Show the profile.")),
            "set": Entry(
                "profile:set_",
                N_(
                    "Set a value of the profile, or take it out with -; with no value, be asked step by step.\n\nEvery command that prints reads the profile, and so does the welcome of `take --kiosk`; an option on the command line wins over it."
                ),
            ),
            "path": Entry("profile:path", N_("Tell where the profile is, or would be.")),
        },
        N_("What you set once for all your talks: who holds them, whom to call, logo, languages, paper."),
        callback="profile:show_by_default",
    ),
    "bank": Subcommands(
        {
            "check": Entry(
                "bank_check:check",
                N_(
                    "Report everything that is wrong in a bank, a line a problem; exit 1 if there is any.\n\nA file alone is read with the files beside it, to which its ids may lead. With --lint, notes alone do not fail it: errors and warnings do, unless the question waives them."
                ),
            ),
            "list": Entry(
                "bank_list:list_", N_("List questions, facts or exhibits: ids and how each begins.")
            ),
            "show": Entry(
                "bank_show:show",
                N_(
                    "Show a question, an exhibit or a fact with all that it rests on; with --json alone, the whole bank."
                ),
            ),
            "stats": Entry(
                "bank_stats:stats",
                N_(
                    "Count facts, exhibits and questions by topic, kind, level and difficulty, and name facts without a question."
                ),
            ),
            "new": Entry(
                "bank_new:new",
                N_(
                    "Write a new question: asked for step by step, checked as you go, and added to its topic's file.\n\nNothing else in the file changes. From a pipe it reads one answer a line."
                ),
            ),
            "generate": Entry(
                "bank_generate:generate",
                N_("Show what models make, exhibits and questions, in full; nothing is written."),
            ),
            "schema": Entry(
                "bank_list:schema", N_("Print the JSON Schema of a bank's files, which editors use.")
            ),
            "init": Entry(
                "bank_init:init",
                N_(
                    "Make a bank of your own in a new folder, ready for its first question.\n\nIt is in your language unless others are named, and its questions may go without a source and without a reason."
                ),
            ),
        },
        N_("Check, list and show the bank of facts and questions."),
    ),
    "source": Subcommands(
        {
            "show": Entry(
                "source:show",
                N_(
                    "List the bank's sources; or the passages of texts: ids, speakers, digests, and the facts that cite them."
                ),
            ),
            "check": Entry(
                "source:check",
                N_(
                    "Check that texts are those of the sources that the bank cites, a line a problem; exit 1 if there is any."
                ),
            ),
        },
        N_("List the bank's sources, show their passages in texts, and hold the bank against them."),
    ),
    "history": Subcommands(
        {
            "show": Entry(
                "history:show",
                N_(
                    "List the attempts, the latest last, and chart what was right over time, by topic.\n\nAn attempt is listed in a line: when it began, its score, state, language, seed and topics. What passers-by answered at a stall, and what was missed and asked once more, is listed too, and left out of the chart."
                ),
            ),
            "tally": Entry(
                "history:tally",
                N_(
                    "Sum up a day at a stall: visitors, scores, scams stopped and genuine ones trusted, and what was missed most."
                ),
            ),
            "export": Entry(
                "history:export",
                N_("Write every attempt, each answer marked, for a spreadsheet or a program."),
            ),
            "clear": Entry("history:clear", N_("Delete every attempt, after asking.")),
        },
        N_("Past attempts: what was answered, when, and how well."),
        callback="history:show_by_default",
    ),
    "doctor": Entry("doctor:doctor", N_("Tell what is installed, what is missing and how to get it.")),
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
    made = get_command(app)
    declared = signature(function).parameters
    for param in made.params:
        if isinstance(param, click.Argument) and param.name in declared:
            # Typer sets it before Click's constructor runs, which clears it.
            param.help = next(
                (
                    each.help
                    for each in get_args(declared[param.name].annotation)
                    if isinstance(each, ArgumentInfo)
                ),
                None,
            )
    return made


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
    made = get_command(app)
    assert isinstance(made, Group)  # noqa: S101  it was asked for
    made.name, made.entries = name, below.commands
    return made


def _typer(*, completion: bool = False) -> typer.Typer:
    """Return a Typer app without frames around help and errors."""
    return typer.Typer(add_completion=completion, rich_markup_mode=None, pretty_exceptions_enable=False)


def _do_nothing() -> None:
    """Do nothing: a subcommand does the work."""


def _import_command(entry: Entry, name: str) -> click.Command:
    found = _import_function(entry.function)
    return found if isinstance(found, click.Command) else command(found, name, entry.help)


def _import_function(entry: str) -> Any:
    module, _, function = entry.partition(":")
    return getattr(import_module(f"quizgen.cli.{module}"), function)
