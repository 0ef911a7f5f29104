"""``quizgen print``: each layout is a command, whose options are the fields of its design."""

from pathlib import Path
from typing import Annotated, Any

import click
import typer
from typer.core import TyperOption

from quizgen.cli.commands import COMMANDS, Command, CommandGroupEntry, Group, command, group
from quizgen.cli.designs import complete_design, has_option, is_large_print, make_design, options_of_designs
from quizgen.cli.jobs import Job
from quizgen.cli.options import ForceOption, Selection, with_options
from quizgen.cli.output import check_writable, say, table_csv, write_files
from quizgen.errors import MisuseError, problem
from quizgen.marks.positions import SUFFIX
from quizgen.paper.layouts import Layout, all_layouts, find_layout, layout_names
from quizgen.text.messages import N_, NOTHING, Message, _


class LayoutCommand(Command):
    """The command that prints one layout, such as ``quizgen print poster``."""

    layout: Layout[Any]

    def about(self, language: str) -> str:
        """Return what the command prints, in a language."""
        if own := COMMANDS.get(self.layout.name):
            return Message(own.help).translated(language)
        first = _("Make a PDF file: {layout}.", layout=Message(self.layout.help))
        more = self.layout.more_help
        return "\n\n".join(
            each.translated(language) for each in (first, Message(more) if more else NOTHING) if each
        )

    def suggest_for_unknown_option(self, option: str) -> Message:
        """Return a hint that names the layouts that have the option, or else the option most like it."""
        takers = [each.name for each in all_layouts().values() if has_option(each.design, option)]
        if takers:
            return (
                _("only {layouts:both} has this option", count=len(takers), layouts=takers)
                if len(takers) == 1
                else _("{layouts:both} have this option", count=len(takers), layouts=takers)
            )
        return super().suggest_for_unknown_option(option)


class LayoutGroup(Group):
    """The command ``quizgen print``, whose subcommands are the layouts. Only the layout that is used is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  as Click asks
        """Return the names of the layouts."""
        return layout_names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  as Click asks
        """Return the command of a layout, or ``None`` if there is no such layout."""
        layout = find_layout(cmd_name)
        return layout_command(layout) if layout else None

    def about(self, name: str, language: str) -> str:
        """Return in one line what a layout is."""
        return Message(all_layouts()[name].help).translated(language)


_COUNT_HELP = N_("How many questions; 10 by default, 5 in large type.")


def layout_command(layout: Layout[Any]) -> LayoutCommand:
    """Make the command that prints a layout."""

    @with_options(selection=Selection, typed_values=options_of_designs([layout.design]))
    def print_layout(
        context: typer.Context,
        out: Annotated[
            Path,
            typer.Argument(
                metavar="OUT.pdf", show_default=False, help=N_("The PDF file to make, such as talk.pdf.")
            ),
        ],
        selection: Selection,
        typed_values: dict[str, Any],
        force: ForceOption = False,
    ) -> None:
        _print_layout(layout, context, out, selection, typed_values, force=force)

    result = command(print_layout, layout.name, layout.help, LayoutCommand)
    assert isinstance(result, LayoutCommand)  # noqa: S101  it was asked for
    result.layout = layout
    _adapt_help(result, layout)
    return result


def _adapt_help(command: click.Command, layout: Layout[Any]) -> None:
    """Adapt the help of a command to its layout: hide options that change nothing, and name only the paper sizes it supports."""
    unused = list(layout.unused_options)
    if not has_option(layout.design, "--versions"):
        unused.append("tagged")
    for param in command.params:
        if isinstance(param, click.Option) and param.name in unused:
            param.hidden = True
        if param.name == "paper":
            param.metavar = "|".join(layout.papers)
        if param.name == "count" and isinstance(param, TyperOption):
            comes_in_large_type = has_option(layout.design, "--text-size")
            param.help = layout.count_help or (_COUNT_HELP if comes_in_large_type else param.help)


def _print_layout(
    layout: Layout[Any],
    context: typer.Context,
    out: Path,
    selection: Selection,
    typed_values: dict[str, Any],
    *,
    force: bool,
) -> None:
    """Print a layout into a PDF file, with the files of answers beside it if there are any, and report it."""
    if not out.name:
        raise MisuseError(problem(_("this is a folder"), _("name a file"), file=str(out)))
    design = make_design(context, layout.design, typed_values, selection.profile_file)
    companions = layout.companions(design)
    key_path = out.with_name(f"{out.stem}-key{out.suffix}") if "key" in companions else None
    table_path = out.with_name(f"{out.stem}-key.csv") if "table" in companions else None
    positions_path = out.with_name(f"{out.stem}{SUFFIX}") if "positions" in companions else None
    if key_path and table_path and key_path.name.casefold() == table_path.name.casefold():
        raise MisuseError(
            problem(
                _("the key and its table would both be named {table}"),
                _("name a file that ends in .pdf"),
                table=table_path.name,
                file=str(out),
            )
        )
    check_writable(*(path for path in (out, key_path, table_path, positions_path) if path), force=force)
    with Job(selection, large_print=is_large_print(design)) as job:
        printed = layout.make(job, complete_design(context, design, selection))
    files = {out: printed.pdf}
    if key_path and printed.key:
        files[key_path] = printed.key
    if table_path and printed.table:
        files[table_path] = table_csv(printed.table)
    if positions_path and printed.positions:
        files[positions_path] = printed.positions
    write_files(files, force=force)
    message = _("{files}: {content}, seed {seed}") if printed.drawn else _("{files}: {content}")
    say(message.with_values(files=tuple(map(str, files)), content=printed.content, seed=job.seed), err=True)
    if printed.note:
        say(printed.note, err=True)


layouts_group = group("print", CommandGroupEntry({}, COMMANDS["print"].help), LayoutGroup)
