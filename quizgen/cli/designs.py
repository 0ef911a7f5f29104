"""Options for the designs of layouts, and the designs made from a command line."""

from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_type_hints

import click
import typer
from msgspec.structs import fields, replace

from quizgen.cli.options import Selection
from quizgen.cli.profile import logo_from, logo_of
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import read_file
from quizgen.paper.design import Logo, PageDesign, SizedDesign
from quizgen.paper.images import MAX_BYTES
from quizgen.paper.names import Names, read_names
from quizgen.profile import InvalidValueError, check_link
from quizgen.text.languages import language_of, localize
from quizgen.text.messages import _

if TYPE_CHECKING:
    from quizgen.profile import ProfileFile

D = TypeVar("D", bound=PageDesign)

_FILES: Mapping[Any, Callable[[str, bytes], Any]] = {Logo | None: logo_from, Names | None: read_names}
"""Types of options that name a file, with the function that reads it."""


def option_group(
    designs: Iterable[type[PageDesign]], without: Iterable[str] = ()
) -> Callable[..., dict[str, Any]]:
    """Return a function with a parameter for each field of these designs, for :func:`with_options`; it returns the values by name."""
    options: dict[str, Parameter] = {}
    for design in designs:
        hints = get_type_hints(design, include_extras=True)
        for field in fields(design):
            if field.name not in without and get_args(hints[field.name]):
                options.setdefault(field.name, _option(field.name, field.default, hints[field.name]))

    def gathered(**asked: Any) -> dict[str, Any]:
        return asked

    gathered.__signature__ = Signature(list(options.values()))  # type: ignore[attr-defined]
    return gathered


def _option(name: str, default: Any, annotation: Any) -> Parameter:
    """Return an option for a design's field."""
    kind, option = get_args(annotation)
    declared = flag(name)
    if default is True:
        declared += f"/--no-{declared.removeprefix('--')}"
    info = typer.Option(declared, help=str(option.help), metavar=option.metavar or None, case_sensitive=False)
    read_as = Path | None if kind in _FILES else kind
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[read_as, info])


def flag(name: str) -> str:
    """Return the name of an option as it is typed."""
    return f"--{name.replace('_', '-')}"


def has_option(design: type[PageDesign], option: str) -> bool:
    """Return whether a design has an option, by its name as it is typed."""
    return option.replace("--no-", "--") in [flag(field.name) for field in fields(design)]


def is_given(context: click.Context, name: str) -> bool:
    """Return whether an option is on the command line."""
    return context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def design_of(context: click.Context, kind: type[D], asked: Mapping[str, Any], own: "ProfileFile") -> D:
    """Make the design of a layout: each value comes from the line, or else from the profile, or else is the default.

    Raises MisuseError for a text or a file that cannot be printed, and QuizgenError for the profile's logo.
    """
    names = [field.name for field in fields(kind)]
    values = {name: asked[name] for name in names if name in asked}
    left = [name for name in names if not is_given(context, name)]
    values |= {name: found for name in left if (found := getattr(own.profile, name, ""))}
    if "logo" in left:
        values["logo"] = logo_of(own)
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    _refuse_forbidden_characters({flag(name): text for name, text in texts.items()})
    try:
        check_link("--link", texts.get("link", ""))
    except InvalidValueError as refused:
        raise MisuseError(problem(refused.what, refused.hint)) from refused
    values |= {name: text.strip() for name, text in texts.items()}
    hints = get_type_hints(kind)
    for name, value in values.items():
        if isinstance(value, Path):
            values[name] = _FILES[hints[name]](str(value), _contents(value))
    return kind(**values)


def with_bank_title(design: D, selection: Selection) -> D:
    """Set the bank's title on a design that has none; raises QuizgenError for a bank with problems."""
    text = selection.loaded.declared.title
    own = "" if design.title else localize(text, selection.language)
    return replace(design, title=own, title_language=language_of(text, selection.language)) if own else design


def _refuse_forbidden_characters(texts: dict[str, str]) -> None:
    from quizgen.text.characters import FORBIDDEN_CHARACTERS, describe_character

    problems = [
        problem(
            _("{option} holds {character}"),
            _("leave it out"),
            option=option,
            character=describe_character(found.group()),
        )
        for option, text in texts.items()
        if (found := FORBIDDEN_CHARACTERS.search(text) or None)
    ]
    if problems:
        raise MisuseError(problems)


def _contents(path: Path) -> bytes:
    try:
        return read_file(path, MAX_BYTES, _("save it smaller"))
    except QuizgenError as error:
        raise MisuseError(error.problems) from error


def is_large(design: PageDesign) -> bool:
    """Return whether a design is for large print."""
    return isinstance(design, SizedDesign) and design.text_size == "large"
