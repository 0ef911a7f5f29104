"""``quizgen handout``: a quiz on paper, in any of the layouts that there are."""

from collections.abc import Callable, Iterator, Mapping
from inspect import Parameter, Signature
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from quizgen.cli import completion
from quizgen.cli.options import ForceOption, Selection, with_selection
from quizgen.cli.output import check_writable, reader_language, say, write_files
from quizgen.cli.printing import (
    Job,
    LayoutCommand,
    as_csv,
    design_of,
    design_options,
    flag,
    is_given,
    names_of,
    parameter,
    titled,
)
from quizgen.errors import MisuseError, problem
from quizgen.text.languages import locale
from quizgen.text.messages import message, spoken, text

if TYPE_CHECKING:
    from quizgen.paper.layouts import Layout

DEFAULT_LAYOUT = "handout"


@with_selection
def handout(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", show_default=False)],
    selection: Selection,
    layout: str = DEFAULT_LAYOUT,
    force: ForceOption = False,
    **asked: Any,
) -> None:
    """Print a handout: questions in front, answers with reasons and advice behind; or another layout.

    With --versions, neighbours get different papers: the same questions in another order each, or,
    with --draw, other questions.
    """
    from quizgen.paper.layouts import layout_named, layouts

    if not out.name:
        raise MisuseError(problem("files.folder", "files.name-file", file=str(out)))
    chosen = layout_named(layout) or layouts()[layout]
    _refuse_what_the_layout_lacks(context, chosen, asked)
    design = design_of(context, chosen.design, asked, selection.own)
    companions = chosen.companions(design)
    key = out.with_name(f"{out.stem}-key{out.suffix}") if "key" in companions else None
    table = out.with_name(f"{out.stem}-key.csv") if "table" in companions else None
    if key and table and key.name.casefold() == table.name.casefold():
        raise MisuseError(problem("print.same-file", "print.name-pdf", table=table.name, file=str(out)))
    check_writable(*(path for path in (out, key, table) if path), force=force)
    language = selection.language
    with Job(selection, language) as job:
        printed = chosen.make(job, titled(design, selection))
    files = {out: printed.pdf}
    if key and printed.key:
        files[key] = printed.key
    if table and printed.table:
        files[table] = as_csv(printed.table)
    write_files(files, new=() if force else files)
    done = "print.done" if printed.drawn else "print.done-undrawn"
    say(done, files=tuple(map(str, files)), content=printed.content, seed=job.seed, err=True)
    if printed.note:
        say(printed.note, err=True)


class HandoutCommand(LayoutCommand):
    """The command with the options of all layouts."""

    _line: tuple[str, ...] = ()
    """What stands behind the command, where a line is read; nothing, where help is shown or a line is completed."""

    def command(self) -> Callable[..., None]:
        """Give what prints one."""
        return handout

    def layout_options(self) -> Iterator[Parameter]:
        """Give an option for the layout's name, and one for each field of any layout's design."""
        found = self._usable()
        language = reader_language()
        each = (
            text("print.layout", name=layout.name, meaning=spoken(layout.help, language)) for layout in found
        )
        listed = locale(language).semicolon.join(layout.said(language) for layout in each)
        yield parameter(
            "layout",
            Literal[tuple(layout.name for layout in found)],
            DEFAULT_LAYOUT,
            typer.Option(
                help=message(language, "print.layouts", layouts=listed), autocompletion=completion.layouts
            ),
        )
        yield from design_options(found, "print.only")

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> Any:
        """Read a line, with the options of all layouts if it needs them."""
        self._line = () if extra.get("resilient_parsing") else tuple(args)
        return super().make_context(info_name, args, *rest, **extra)

    def _usable(self) -> "list[Layout[Any]]":
        """Give the layout that a line asks for, if it has no more to know than that; or else all.

        To load them all takes as long as to set a page.
        """
        from quizgen.paper.layouts import layout_named, layouts

        words = self._line
        options = {word.partition("=")[0] for word in words if word.startswith("--")}
        chosen = layout_named(dict(pairwise(words)).get("--layout", DEFAULT_LAYOUT))
        own = Signature.from_callable(handout).parameters
        if words and chosen and options <= {flag(each) for each in (*own, *names_of(chosen))}:
            return [chosen]
        return sorted(layouts().values(), key=lambda each: (each.name != DEFAULT_LAYOUT, each.name))


def _refuse_what_the_layout_lacks(
    context: typer.Context, layout: "Layout[Any]", asked: Mapping[str, Any]
) -> None:
    """Raise MisuseError for every option that the chosen layout has no use for."""
    from quizgen.paper.layouts import layouts

    lacking = set(asked) - set(names_of(layout))
    given = [name for name in context.params if name in lacking and is_given(context, name)]
    if given:
        takers = [each.name for each in layouts().values() if set(given) <= set(names_of(each))]
        raise MisuseError(
            problem(
                "print.not-taken",
                "print.leave-out-or" if takers else "print.leave-out",
                layout=layout.name,
                options=tuple(map(flag, given)),
                takers=takers,
            )
        )
