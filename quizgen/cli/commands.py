"""The list of commands with their help. The function of a command is imported only when it is used."""

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
from quizgen.errors import suggest_nearest
from quizgen.text.messages import N_, Message


@dataclass(frozen=True)
class CommandEntry:
    """A command: its function, as ``module:function`` in ``quizgen.cli``, and its help in English."""

    function: str
    help: str


@dataclass(frozen=True)
class CommandGroupEntry:
    """A command with subcommands, such as ``bank``, and its help in English.

    ``callback`` is the function that runs first, even if the command line names no subcommand; "" if there is
    none.
    """

    commands: "Mapping[str, CommandEntry | CommandGroupEntry]"
    help: str
    callback: str = ""


COMMANDS: Mapping[str, CommandEntry | CommandGroupEntry] = {
    "take": CommandEntry(
        "take:take",
        N_(
            "Take a quiz in the terminal.\n\nEvery answer is saved at once. Stop with q or Ctrl-C, and continue later with --resume.\n\nIf you set a time limit, the clock runs only while a question is shown. A question whose time is up counts as skipped."
        ),
    ),
    "present": CommandEntry(
        "present:present",
        N_(
            "Present a quiz to an audience on a projector.\n\nQuestions are in large type. You count raised hands, and a key press shows the answer. Run `quizgen present --guide` in a second terminal window on the same computer to see, as the speaker, the right answer, the reason, something to ask the audience, and what comes next.\n\nFor the same questions on paper, choose a number, such as 7, and give it to both: `quizgen present -s 7` and `quizgen handout talk.pdf -s 7`."
        ),
    ),
    "handout": CommandEntry(
        "handout:handout",
        N_(
            "Make a handout to print (PDF): questions on the front, answers with reasons and advice on the back.\n\nWith --versions, people who sit side by side get different papers, with the same questions in a different order. With --draw, the questions differ too. `quizgen print` makes other sheets."
        ),
    ),
    "print": CommandEntry(
        "printing:layouts_group",
        N_(
            "Make a sheet to print (PDF): a poster, a leaflet, slides for a talk, an answer sheet, and others."
        ),
    ),
    "kit": CommandEntry(
        "kit:kit",
        N_(
            "Make everything that you need for a talk, in one folder.\n\nThe folder holds all the sheets to print (PDF) and a web page, for the same quiz. Slides, guide and handout have the same questions; smaller sheets, such as the leaflet, may have others. The first file, the index, says how many copies of each sheet to print. With --versions, people who sit side by side get different papers, and the answers are in a separate file, unless --answers says otherwise. With --force, the files of an earlier kit are replaced; other files stay as they are."
        ),
    ),
    "mark": CommandEntry(
        "mark:mark",
        N_(
            "Read filled-in sheets from scans or photos, and say what the answers mean.\n\nSheets are answer sheets, and those for before and after a talk. The results are a table, results.csv, with a row for each sheet, and a report that says what the answers mean. An answer that is not sure is never guessed: the page check.html shows it, and you choose. What was read is remembered, and the next run does not read it again. Names are not read."
        ),
    ),
    "page": CommandEntry(
        "page:page",
        N_(
            "Make a web page with quizzes, one file for phones and computers that needs no internet.\n\nReaders can switch between languages. The page sends no data to anybody. The organiser, headline and logo on it come from your profile (`quizgen profile`)."
        ),
    ),
    "export": CommandEntry(
        "export:export",
        N_(
            "Write questions to a file for another program, such as Moodle or a spreadsheet.\n\nThe file gets all questions that the options below allow. With --count or --seed, it gets only a random selection of them."
        ),
    ),
    "import": CommandEntry(
        "import_:import_",
        N_(
            "Import questions from another program's file into your own question bank.\n\nIf some questions cannot be imported, each is listed with its line, and nothing is imported. With --skip, these are left out and the others are imported.\n\nThe format json takes in a whole bank, with its sources, facts and all else. New entries are added, those with the same id are replaced, and nothing is removed."
        ),
    ),
    "profile": CommandGroupEntry(
        {
            "show": CommandEntry("profile:show", N_("Show your profile.")),
            "set": CommandEntry(
                "profile:set_",
                N_(
                    "Change a setting of your profile. If you name none, you are asked for each.\n\nThe profile is used for everything that you print, for web pages, and at a stall (`quizgen take --kiosk`). What you type in a command replaces what the profile says."
                ),
            ),
            "path": CommandEntry("profile:path", N_("Show which file your profile is saved in.")),
        },
        N_("Set once what all your talks have in common: organiser, contact, logo, languages, paper."),
        callback="profile:show_if_no_subcommand",
    ),
    "bank": CommandGroupEntry(
        {
            "check": CommandEntry(
                "bank_check:check",
                N_(
                    "Check a question bank and list every problem in it, one on each line.\n\nIf you name a single file, the other files in its folder are read too, because its questions may refer to them.\n\nFor programs: the exit code is 1 if the check fails. With --lint, errors and warnings of the rules for good questions make it fail too, except where a question waives the rule (says why it may break it). Notes never make it fail."
                ),
            ),
            "list": CommandEntry(
                "bank_list:list_",
                N_(
                    "List the questions or the facts, or the calls, messages and letters that questions show."
                ),
            ),
            "show": CommandEntry(
                "bank_show:show",
                N_(
                    "Show a question, a fact, or a call, message or letter, with everything that it is based on.\n\nWithout an id, --json prints the whole question bank, which `quizgen import json` and `quizgen bank init --from json` read."
                ),
            ),
            "stats": CommandEntry(
                "bank_stats:stats",
                N_(
                    "Count the questions and facts on each topic, and list the facts that no question is about."
                ),
            ),
            "difficulty": CommandEntry(
                "history_items:difficulty",
                N_(
                    "Compare the difficulty of questions in the bank with what people answered. Changes no file.\n\nA question is easy (1) if at least two thirds of people know the answer, and hard (3) if less than one third do. Answers that are right only by luck are subtracted first. Another value is proposed only if the answers contradict the one in the bank."
                ),
            ),
            "cover": CommandEntry(
                "bank_cover:cover",
                N_(
                    "Show which passages of your sources have facts, which facts have questions, and what is missing.\n\nA source is a published text. A passage is a numbered part of it. A fact says in one sentence what a passage says."
                ),
            ),
            "brief": CommandEntry(
                "bank_brief:brief",
                N_(
                    "Print instructions (a brief) by which a language model or a person can write facts and questions from passages of your sources.\n\nThe brief has the passages, the rules for good questions, the form of the answer and three examples. Paste it into any language model, or send it to somebody. `quizgen import drafts` takes what comes back. quizgen itself asks no model and no server."
                ),
            ),
            "table": CommandEntry(
                "bank_table:table",
                N_(
                    "Write a whole question bank as a spreadsheet, with a tab for each sort of entry and a row for each entry.\n\n`quizgen import table` and `quizgen bank init --from table` read it back without loss. With --new, it has only examples, for you to replace."
                ),
            ),
            "new": CommandEntry(
                "bank_new:new",
                N_(
                    "Write a new question step by step.\n\nYour answers are checked as you go, and the question is added to the file of its topic. Nothing else in the file changes."
                ),
            ),
            "accept": CommandEntry(
                "bank_accept:accept",
                N_(
                    "Read the drafts in a question bank, and accept those that are good.\n\nA draft is a question, a fact, or a call or message that nobody has accepted yet. No quiz has it. Without an id, every draft is shown with the passage that it comes from, and you decide: accept it, or leave it for later. `quizgen import drafts` makes drafts."
                ),
            ),
            "schema": CommandEntry(
                "bank_list:schema",
                N_(
                    "Print the JSON Schema of a question bank's files, for text editors that check files (for programmers)."
                ),
            ),
            "init": CommandEntry(
                "bank_init:init",
                N_(
                    "Create a question bank of your own in a new folder, ready for its first question.\n\nTexts are in your language, unless you name other languages with --languages. Questions may have a source and a reason, but do not need them."
                ),
            ),
        },
        N_(
            "Check and show the questions of a question bank, or write your own.\n\nA question bank is a folder with questions and with the facts that they are about. A fact says in one sentence what a published text says. Without --bank, these commands use the question bank that comes with quizgen."
        ),
    ),
    "source": CommandGroupEntry(
        {
            "add": CommandEntry(
                "source_add:add",
                N_(
                    "Add texts to your own question bank as sources, or bring their sources up to date.\n\nThe question bank gets the title, the publisher and the date, but not the text itself. Of each passage (a numbered part of the text) it gets a fingerprint, which shows later whether the passage has changed. quizgen asks you for what the options and the text do not say. If the question bank has the source already, its passages are updated, and the facts that cite a changed passage are listed."
                ),
            ),
            "show": CommandEntry(
                "source:show",
                N_(
                    "List the sources of a question bank, or the passages of a text, each with the facts that cite it.\n\nA source is a published text. A passage is a numbered part of it. A fact says in one sentence what a passage says."
                ),
            ),
            "check": CommandEntry(
                "source:check",
                N_(
                    "Check that texts still say what the question bank cites, and list every difference.\n\nFor programs: the exit code is 1 if there is a difference."
                ),
            ),
        },
        N_(
            "Add the published texts that questions are based on, list them, and check the questions against them."
        ),
    ),
    "history": CommandGroupEntry(
        {
            "show": CommandEntry(
                "history:show",
                N_(
                    "List the quizzes that you have taken, the latest first: when you began, your score, what sort of quiz it was, and its topics."
                ),
            ),
            "tally": CommandEntry(
                "history:tally",
                N_(
                    "Sum up a day at a stall: visitors, scores, scams that they stopped, genuine calls and messages that they recognised, and the questions missed most."
                ),
            ),
            "items": CommandEntry(
                "history_items:items",
                N_(
                    "Show what all answers say about each question: how many are right, and which question to look at again.\n\nThe share of right answers has a range in brackets: 62 % (45–77) means that among all people like these, the share is probably between 45 and 77 %. With fewer than 30 answers, nothing more is said about a question. Answers at a stall count too."
                ),
            ),
            "report": CommandEntry(
                "history_items:report",
                N_(
                    "Write a report on results of talks (PDF or web page): what has changed, how well people tell scams from genuine contacts, and each question.\n\nThe two sheets of a person, from before and after a talk, are found by their code and compared. If there are too few people to say something, the report says so."
                ),
            ),
            "export": CommandEntry(
                "history:export",
                N_(
                    "Write all quizzes that you have taken to a file, with every answer and whether it was right, for a spreadsheet or another program."
                ),
            ),
            "clear": CommandEntry("history:clear", N_("Delete your whole history, after asking you.")),
        },
        N_("See the quizzes that you have taken, sum them up, or delete them."),
        callback="history:show_if_no_subcommand",
    ),
    "doctor": CommandEntry(
        "doctor:doctor",
        N_("Show what quizgen needs: what is installed, what is missing, and how to install it."),
    ),
}
"""All commands, in the order of the help."""


class UnexpectedWordsError(click.UsageError):
    """A command line has more words than the command takes."""

    def __init__(self, extra_words: Sequence[str], ctx: click.Context) -> None:
        """Make an error for the words that are too many."""
        self.words = tuple(extra_words)
        super().__init__(" ".join(extra_words), ctx)


class TranslatedCommand(click.Command):
    """The base class of commands and groups. Its completion and its hints are in the user's language."""

    def suggest_for_unknown_option(self, option: str) -> Message:
        """Return a hint for an option that the command does not have, or an empty message."""
        return suggest_nearest(option, [name for param in self.params for name in param.opts])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words after the name of the command. Raises UsageError.

        The error always has its context, which Click leaves out of some errors. The hint names the command from
        it.
        """
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the options that begin with the incomplete word, each with its help, for the shell."""
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


class Command(TranslatedCommand, TyperCommand):
    """A command made from a function. It refuses extra words, and has help and errors in the user's language."""

    allow_extra_args = True
    """Let Click pass on extra words, so that :meth:`parse_args` can refuse them. Click's own error is in English and does
    not list them."""

    def about(self, language: str) -> str:
        """Return what the command does, in a language."""
        return Message(self.help or "").translated(language)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page of the command."""
        from quizgen.cli.help_page import help_page

        language = reader_language()
        formatter.write(help_page(self, ctx, language, self.about(language)))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words after the name of the command. Raises UsageError if they are wrong or too many."""
        if (rest := super().parse_args(ctx, args)) and not ctx.resilient_parsing:
            raise UnexpectedWordsError(rest, ctx)
        return rest


class Group(TranslatedCommand, TyperGroup):
    """A command with subcommands, which are imported when they are used."""

    entries: Mapping[str, CommandEntry | CommandGroupEntry] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  as Click asks
        """Return the names of the subcommands."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  as Click asks
        """Return a subcommand by its name, or ``None`` if there is none."""
        entry = self.entries.get(cmd_name)
        if isinstance(entry, CommandGroupEntry):
            return group(cmd_name, entry)
        return _import_command(entry, cmd_name) if entry else None

    def about(self, name: str, language: str) -> str:
        """Return in one line what a subcommand does, without importing it."""
        return Message(self.entries[name].help).translated(language).partition("\n\n")[0]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the subcommands and options that begin with the incomplete word, each with its help, for the shell."""
        language = reader_language()
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=self.about(name, language)) for name in names]
        return [*commands, *super().shell_complete(ctx, incomplete)]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page of the group, with a line for each subcommand."""
        from quizgen.cli.help_page import help_page

        language = reader_language()
        listed = [(name, self.about(name, language)) for name in self.list_commands(ctx)]
        about = Message(self.help or "").translated(language)
        formatter.write(help_page(self, ctx, language, about, listed))


def command(
    function: Callable[..., Any], name: str, help_text: str, command_class: type[Command] = Command
) -> click.Command:
    """Make a command from a function, whose parameters become arguments and options.

    ``help_text`` is its help in English.
    """
    app = _make_typer_app()
    app.command(name, cls=command_class, help=help_text)(function)
    result = get_command(app)
    parameters = signature(function).parameters
    for param in result.params:
        if isinstance(param, click.Argument) and param.name in parameters:
            # Typer sets the help before Click's constructor runs, which clears it.
            param.help = next(
                (
                    each.help
                    for each in get_args(parameters[param.name].annotation)
                    if isinstance(each, ArgumentInfo)
                ),
                None,
            )
    return result


def group(
    name: str,
    group_entry: CommandGroupEntry,
    group_class: type[Group] = Group,
    callback: Callable[..., Any] | None = None,
    *,
    completion: bool = False,
) -> Group:
    """Make a command with subcommands.

    Without a ``callback``, it shows its help if the command line names no subcommand.

    With ``completion``, it gets the options that install completion in the shell.
    """
    if group_entry.callback:
        callback = _import_function(group_entry.callback)
    app = _make_typer_app(completion=completion)
    register = app.callback(
        cls=group_class,
        help=group_entry.help,
        invoke_without_command=callback is not None,
        no_args_is_help=callback is None,
    )
    register(callback or _do_nothing)
    result = get_command(app)
    assert isinstance(result, Group)  # noqa: S101  it was asked for
    result.name, result.entries = name, group_entry.commands
    return result


def _make_typer_app(*, completion: bool = False) -> typer.Typer:
    """Return a Typer app that draws no frames around help and errors."""
    return typer.Typer(add_completion=completion, rich_markup_mode=None, pretty_exceptions_enable=False)


def _do_nothing() -> None:
    """Do nothing. This is the function of a group whose subcommands do all the work."""


def _import_command(entry: CommandEntry, name: str) -> click.Command:
    """Import the function of a command, and return the command."""
    function = _import_function(entry.function)
    return function if isinstance(function, click.Command) else command(function, name, entry.help)


def _import_function(path: str) -> Any:
    """Import a function from its path, ``module:function``."""
    module, _, function = path.partition(":")
    return getattr(import_module(f"quizgen.cli.{module}"), function)
