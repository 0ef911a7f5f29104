"""``quizgen handout``: a quiz on paper, in any of the layouts that there are."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, get_args, get_type_hints

import typer
from msgspec.structs import fields
from typer.core import TyperCommand
from typer.main import get_command_from_info
from typer.models import CommandInfo

from quizgen.assemble import Batch, Candidates, assemble, assemble_versions, candidates
from quizgen.cli import completion
from quizgen.cli.options import ForceOption, Selection, with_selection
from quizgen.cli.output import check_writable, progress, reader_language, say, write_files
from quizgen.cli.profile import logo_of
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import read_file
from quizgen.language import locale, message, spoken, text
from quizgen.model import Quiz

if TYPE_CHECKING:
    from quizgen.paper.design import Option, PageDesign
    from quizgen.paper.layouts import Layout
    from quizgen.profile import ProfileFile

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
    from quizgen.paper.layouts import layouts

    if not out.name:
        raise MisuseError(problem("files.folder", "files.name-file", file=str(out)))
    chosen = layouts()[layout]
    _refuse_what_the_layout_lacks(context, chosen)
    design = _design(chosen, _values(context, chosen, asked, selection.own))
    companions = chosen.companions(design)
    key = out.with_name(f"{out.stem}-key{out.suffix}") if "key" in companions else None
    table = out.with_name(f"{out.stem}-key.csv") if "table" in companions else None
    if key and table and key.name.casefold() == table.name.casefold():
        raise MisuseError(problem("print.same-file", "print.name-pdf", table=table.name, file=str(out)))
    check_writable(*(path for path in (out, key, table) if path), force=force)
    language = selection.language
    with _Job(selection, language) as job:
        printed = chosen.make(job, design)
    files = {out: printed.pdf}
    if key and printed.key:
        files[key] = printed.key
    if table and printed.table:
        from quizgen.export.format import csv_bytes, safe_cell

        files[table] = csv_bytes([list(map(safe_cell, row)) for row in printed.table])
    write_files(files)
    done = "print.done" if printed.drawn else "print.done-undrawn"
    say(done, files=tuple(map(str, files)), content=printed.content, seed=job.seed, err=True)


class _Job:
    """Assembles what a layout asks for, and shows how far it has come; a context, at whose end the bar goes."""

    def __init__(self, selection: Selection, language: str) -> None:
        self.seed = selection.new_seed()
        self._selection = selection
        self.language = language
        self._stack = ExitStack()
        self._move: Callable[[int], None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._stack.close()

    def quiz(self) -> Quiz:
        return assemble(self._selection.loaded, self._selection.recipe, self.seed, self.language)

    def versions(self, labels: Sequence[str], *, own_draw: bool) -> Batch:
        asked = self._selection
        return assemble_versions(
            asked.loaded, asked.recipe, self.seed, self.language, labels, own_draw=own_draw
        )

    def candidates(self) -> Candidates:
        return candidates(self._selection.loaded, self._selection.recipe, self.seed, self.language)

    def report(self, done: int, total: int) -> None:
        if self._move is None:
            self._move = self._stack.enter_context(progress(total))
        self._move(done)


class HandoutCommand(TyperCommand):
    """The command, whose options are those of the layouts; found when it is used, not whenever the program starts."""

    @cached_property
    def _whole(self) -> Any:
        own = [
            each
            for name, each in Signature.from_callable(handout).parameters.items()
            if name not in {"layout", "asked"}
        ]

        def whole(**given: Any) -> None:
            handout(**given)

        whole.__signature__ = Signature([*own, *_layout_options()])  # type: ignore[attr-defined]
        del whole.__annotations__["given"]
        command = CommandInfo(name=self.name, cls=TyperCommand, callback=whole, help=handout.__doc__)
        return get_command_from_info(
            command, pretty_exceptions_short=False, rich_markup_mode=self.rich_markup_mode
        )

    def get_params(self, ctx: typer.Context) -> list[Any]:  # type: ignore[override]
        """Give all options, as Typer asks for them to read a line, to complete it, and to show help."""
        params: list[Any] = self._whole.get_params(ctx)
        return params

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command."""
        return self._whole.invoke(ctx)


def _layout_options() -> Iterator[Parameter]:
    """Give an option for each layout's name, and one for each field of any layout's design."""
    from quizgen.paper.layouts import layouts

    names = sorted(layouts(), key=lambda name: (name != DEFAULT_LAYOUT, name))
    language = reader_language()
    each = (text("print.layout", name=name, meaning=spoken(layouts()[name].help, language)) for name in names)
    listed = locale(language).semicolon.join(layout.said(language) for layout in each)
    yield _parameter(
        "layout",
        Literal[tuple(names)],
        DEFAULT_LAYOUT,
        typer.Option(
            help=message(language, "print.layouts", layouts=listed), autocompletion=completion.layouts
        ),
    )
    found: dict[str, Parameter] = {}
    for name in names:
        design = layouts()[name].design
        hints = get_type_hints(design, include_extras=True)
        for field in fields(design):
            type_, option = get_args(hints[field.name])
            if field.name not in found:
                found[field.name] = _option(field.name, type_, field.default, option)
    yield from found.values()


def _option(name: str, type_: Any, default: Any, option: "Option") -> Parameter:
    from quizgen.paper.layouts import layouts

    takers = [layout.name for layout in layouts().values() if name in _names(layout)]
    language = reader_language()
    says = spoken(option.help, language)
    if len(takers) < len(layouts()):
        says = message(language, "print.only", help=says, layouts=takers)
    flag = _flag(name)
    declared = [f"{flag}/--no-{flag.removeprefix('--')}"] if default is True else [flag]
    return _parameter(
        name,
        Path | None if type_ in _file_types() else type_,
        default,
        typer.Option(*declared, help=says, metavar=option.metavar or None, case_sensitive=False),
    )


def _parameter(name: str, type_: Any, default: Any, info: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[type_, info])


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _names(layout: "Layout[Any]") -> list[str]:
    return [field.name for field in fields(layout.design)]


def _refuse_what_the_layout_lacks(context: typer.Context, layout: "Layout[Any]") -> None:
    """Raise MisuseError for every option that the chosen layout has no use for."""
    from quizgen.paper.layouts import layouts

    lacking = {name for each in layouts().values() for name in _names(each)} - set(_names(layout))
    given = [name for name in context.params if name in lacking and _is_given(context, name)]
    if given:
        takers = [each.name for each in layouts().values() if set(given) <= set(_names(each))]
        raise MisuseError(
            problem(
                "print.not-taken",
                "print.leave-out-or" if takers else "print.leave-out",
                layout=layout.name,
                options=tuple(map(_flag, given)),
                takers=takers,
            )
        )


def _is_given(context: typer.Context, name: str) -> bool:
    return str(context.get_parameter_source(name)).endswith("COMMANDLINE")


def _values(
    context: typer.Context, layout: "Layout[Any]", asked: dict[str, Any], own: "ProfileFile"
) -> dict[str, Any]:
    """Give a value for each field of a layout's design: an option's as given, or else the profile's, or the default."""
    values = {name: asked[name] for name in _names(layout)}
    left = [name for name in values if not _is_given(context, name)]
    values |= {name: found for name in left if (found := getattr(own.profile, name, ""))}
    if "logo" in left:
        values["logo"] = logo_of(own)
    return values


def _design(layout: "Layout[Any]", values: dict[str, Any]) -> "PageDesign":
    """Make the design that the options come down to; raises MisuseError for a text or a file that cannot be printed."""
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    _refuse_unseen({_flag(name): text for name, text in texts.items()})
    values |= {name: text.strip() for name, text in texts.items()}
    hints = get_type_hints(layout.design)
    read = _file_types()
    for name, value in values.items():
        if isinstance(value, Path):
            values[name] = read[hints[name]](str(value), _contents(value))
    design: PageDesign = layout.design(**values)
    return design


def _refuse_unseen(texts: dict[str, str]) -> None:
    from quizgen.characters import UNSEEN, described

    problems = [
        problem("print.holds", "print.take-out", option=option, character=described(found.group()))
        for option, text in texts.items()
        if (found := UNSEEN.search(text) or None)
    ]
    if problems:
        raise MisuseError(problems)


def _file_types() -> dict[Any, Callable[[str, bytes], Any]]:
    """Give the types of options that name a file, with what reads it."""
    from quizgen.paper.design import Logo
    from quizgen.paper.images import read_logo
    from quizgen.paper.names import Names, read_names

    return {Logo | None: read_logo, Names | None: read_names}


def _contents(path: Path) -> bytes:
    from quizgen.paper.images import MOST_BYTES

    try:
        return read_file(path, MOST_BYTES, "print.save-smaller")
    except QuizgenError as error:
        raise MisuseError(error.problems) from error
