"""What the commands that print have in common: options that layouts have, values for these, and questions for them."""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeVar, get_args, get_type_hints

import typer
from msgspec.structs import fields, replace
from typer.core import TyperCommand
from typer.main import get_command_from_info
from typer.models import CommandInfo

from quizgen.assemble import Batch, Candidates, assemble, assemble_versions, candidates
from quizgen.cli.option_values import read_plainly
from quizgen.cli.options import Selection
from quizgen.cli.output import progress, reader_language
from quizgen.cli.profile import logo_of
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import read_file
from quizgen.model import Quiz
from quizgen.text.languages import language_of_locale, localize
from quizgen.text.messages import message, spoken

if TYPE_CHECKING:
    from quizgen.paper.design import Option, PageDesign
    from quizgen.paper.layouts import Layout
    from quizgen.profile import ProfileFile

D = TypeVar("D", bound="PageDesign")


class Job:
    """Assembles what a layout asks for, and shows how far it has come; a context, at whose end the bar goes."""

    def __init__(self, selection: Selection, language: str) -> None:
        self.seed = selection.new_seed()
        self.selection = selection
        self.language = language
        self.readers = (*selection.own.profile.languages, language_of_locale(os.environ))
        self._stack = ExitStack()
        self._move: Callable[[int], None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._stack.close()

    def quiz(self) -> Quiz:
        """Assemble the quiz."""
        return assemble(self.selection.loaded, self.selection.recipe, self.seed, self.language)

    def versions(self, labels: Sequence[str], *, own_draw: bool) -> Batch:
        """Assemble the quiz in versions."""
        asked = self.selection
        return assemble_versions(
            asked.loaded, asked.recipe, self.seed, self.language, labels, own_draw=own_draw
        )

    def candidates(self) -> Candidates:
        """List what a sheet may take that has room for some questions only."""
        return candidates(self.selection.loaded, self.selection.recipe, self.seed, self.language)

    def report(self, done: int, total: int) -> None:
        """Show how many of so many papers are done."""
        if self._move is None:
            self._move = self._stack.enter_context(progress(total))
        self._move(done)


class LayoutCommand(TyperCommand, ABC):
    """A command that takes the options of layouts; they are found when it is used, not whenever the program starts."""

    @abstractmethod
    def command(self) -> Callable[..., None]:
        """Give the function that it runs, which takes in its ``**asked`` what is asked of layouts."""

    @abstractmethod
    def layout_options(self) -> Iterator[Parameter]:
        """Give the options of layouts, those of the function's own that need to know of layouts among them."""

    @cached_property
    def _whole(self) -> Any:
        run = self.command()
        options = list(self.layout_options())
        named = {each.name for each in options}
        own = [
            each
            for each in Signature.from_callable(run).parameters.values()
            if each.kind is not each.VAR_KEYWORD and each.name not in named
        ]

        def whole(**given: Any) -> None:
            run(**given)

        whole.__signature__ = Signature([*own, *options])  # type: ignore[attr-defined]
        del whole.__annotations__["given"]
        info = CommandInfo(name=self.name, cls=TyperCommand, callback=whole, help=run.__doc__)
        command = get_command_from_info(
            info, pretty_exceptions_short=False, rich_markup_mode=self.rich_markup_mode
        )
        read_plainly(command)
        return command

    def get_params(self, ctx: typer.Context) -> list[Any]:  # type: ignore[override]
        """Give all options, as Typer asks for them to read a line, to complete it, and to show help."""
        params: list[Any] = self._whole.get_params(ctx)
        return params

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command."""
        return self._whole.invoke(ctx)


def design_options(layouts: "Collection[Layout[Any]]", only: str) -> Iterator[Parameter]:
    """Give an option for each field of any of the layouts' designs; ``only`` is the message on what few of them take."""
    found: dict[str, tuple[Any, Any, Option]] = {}
    for layout in layouts:
        hints = get_type_hints(layout.design, include_extras=True)
        for field in fields(layout.design):
            type_, option = get_args(hints[field.name])
            found.setdefault(field.name, (type_, field.default, option))
    language = reader_language()
    for name, (type_, default, option) in found.items():
        takers = [layout.name for layout in layouts if name in names_of(layout)]
        says = spoken(option.help, language)
        if len(takers) < len(layouts):
            says = message(language, only, help=says, layouts=takers)
        declared = [flag(name), *([f"--no-{flag(name)[2:]}"] if default is True else [])]
        yield parameter(
            name,
            Path | None if type_ in _file_types() else type_,
            default,
            typer.Option("/".join(declared), help=says, metavar=option.metavar or None, case_sensitive=False),
        )


def parameter(name: str, type_: Any, default: Any, info: Any) -> Parameter:
    """Make a parameter as Typer reads it."""
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[type_, info])


def flag(name: str) -> str:
    """Spell an option as it is typed."""
    return f"--{name.replace('_', '-')}"


def names_of(layout: "Layout[Any]") -> list[str]:
    """List what may be asked of a layout."""
    return [field.name for field in fields(layout.design)]


def is_given(context: typer.Context, name: str) -> bool:
    """Tell whether an option stands on the command line."""
    return str(context.get_parameter_source(name)).endswith("COMMANDLINE")


def design_of(
    context: typer.Context, kind: "type[PageDesign]", asked: Mapping[str, Any], own: "ProfileFile"
) -> "PageDesign":
    """Make the design of a layout that a command line comes down to, beside a profile: what is given, or the profile's, or the default.

    Raises MisuseError for a text or a file that cannot be printed, and QuizgenError for the profile's logo.
    """
    names = [field.name for field in fields(kind)]
    values = {name: asked[name] for name in names if name in asked}
    left = [name for name in names if not is_given(context, name)]
    values |= {name: found for name in left if (found := getattr(own.profile, name, ""))}
    if "logo" in left:
        values["logo"] = logo_of(own)
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    _refuse_unseen({flag(name): text for name, text in texts.items()})
    values |= {name: text.strip() for name, text in texts.items()}
    hints = get_type_hints(kind)
    read = _file_types()
    for name, value in values.items():
        if isinstance(value, Path):
            values[name] = read[hints[name]](str(value), _contents(value))
    return kind(**values)


def titled(design: D, selection: Selection) -> D:
    """Give a design without a title that of the bank, if it has one; raises QuizgenError for a bank with problems."""
    own = "" if design.title else localize(selection.loaded.declared.title, selection.language)
    return replace(design, title=own) if own else design


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    """Write a table for a spreadsheet, in which no cell is a formula."""
    from quizgen.export.format import csv_bytes, safe_cell

    return csv_bytes([list(map(safe_cell, row)) for row in table])


def _refuse_unseen(texts: dict[str, str]) -> None:
    from quizgen.text.characters import UNSEEN, described

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
