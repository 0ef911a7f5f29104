"""Command-line options for the designs of layouts, and designs made from these options.

A design (a class derived from ``PageDesign``) has the choices for one printed layout: paper, size of type, title and so on.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_type_hints

import click
import typer
from msgspec.structs import fields, replace

from quizgen.cli.options import Selection
from quizgen.cli.profile import read_logo_in_child, read_profile_logo
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import read_file
from quizgen.paper.design import Logo, PageDesign, SizedDesign, usual_paper
from quizgen.paper.images import MAX_BYTES
from quizgen.profile import InvalidValueError, check_link, parse_colour
from quizgen.text.languages import localize, localized_language
from quizgen.text.messages import _
from quizgen.view.text import format_date

if TYPE_CHECKING:
    from quizgen.profile import ProfileFile

D = TypeVar("D", bound=PageDesign)

_FILE_READERS: Mapping[Any, Callable[[str, bytes], Any]] = {
    Logo | None: read_logo_in_child,
}
"""Types of options that name a file, with the function that reads it."""


def options_of_designs(
    designs: Iterable[type[PageDesign]], excluded: Iterable[str] = ()
) -> Callable[..., dict[str, Any]]:
    """Return a function that has the options of these designs as parameters, and returns their values by name.

    It is an option group for :func:`~quizgen.cli.options.with_options`. Fields named in ``excluded`` get no
    option.
    """
    options: dict[str, Parameter] = {}
    for design in designs:
        hints = get_type_hints(design, include_extras=True)
        for field in fields(design):
            if field.name not in excluded and get_args(hints[field.name]):
                options.setdefault(field.name, _make_option(field.name, field.default, hints[field.name]))

    def collect_values(**asked: Any) -> dict[str, Any]:
        return asked

    collect_values.__signature__ = Signature(list(options.values()))  # type: ignore[attr-defined]
    return collect_values


def _make_option(name: str, default: Any, annotation: Any) -> Parameter:
    """Return the option for one field of a design."""
    value_type, declared_option = get_args(annotation)
    declaration = option_name(name)
    if default is True:
        declaration += f"/--no-{declaration.removeprefix('--')}"
    info = typer.Option(
        declaration,
        help=str(declared_option.help),
        metavar=declared_option.metavar or None,
        case_sensitive=False,
    )
    read_as = Path | None if value_type in _FILE_READERS else value_type
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[read_as, info])


def option_name(name: str) -> str:
    """Return the name of an option as the user types it: ``--text-size`` for ``text_size``."""
    return f"--{name.replace('_', '-')}"


def has_option(design: type[PageDesign], option: str) -> bool:
    """Return whether a design has an option, such as ``--versions``."""
    return option.replace("--no-", "--") in [option_name(field.name) for field in fields(design)]


def is_given(context: click.Context, name: str) -> bool:
    """Return whether the command line has an option."""
    return context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def make_design(
    context: click.Context, design_type: type[D], typed_values: Mapping[str, Any], profile_file: "ProfileFile"
) -> D:
    """Make the design of a layout.

    Each value comes from the command line, or else from the profile, or else is the default.

    Raises MisuseError for a text or a file that cannot be printed, and QuizgenError if the logo of the profile
    cannot.
    """
    names = [field.name for field in fields(design_type)]
    values = {name: typed_values[name] for name in names if name in typed_values}
    absent_names = [name for name in names if not is_given(context, name)]
    values |= {
        name: profile_value
        for name in absent_names
        if (profile_value := getattr(profile_file.profile, name, ""))
    }
    if "logo" in absent_names:
        values["logo"] = read_profile_logo(profile_file)
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    _refuse_forbidden_characters({option_name(name): text for name, text in texts.items()})
    try:
        check_link("--link", texts.get("link", ""))
        texts["colour"] = parse_colour("--colour", texts.get("colour", "").strip())
    except InvalidValueError as refused:
        raise MisuseError(problem(refused.what, refused.hint)) from refused
    values |= {name: text.strip() for name, text in texts.items()}
    hints = get_type_hints(design_type)
    for name, value in values.items():
        if isinstance(value, Path):
            values[name] = _FILE_READERS[hints[name]](str(value), _read_option_file(value))
    return design_type(**values)


def complete_design(context: click.Context, design: D, selection: Selection) -> D:
    """Return a design with what the question bank decides if the user does not: its title, and the paper of its region.

    A date such as 2026-10-14 is put into words of the language. Raises QuizgenError for a bank with problems.
    """
    bank, profile = selection.loaded_bank, selection.profile_file.profile
    regions = (profile.region, bank.declared.region, *(number.region for number in bank.help.values()))
    asked = context.params["paper"] if is_given(context, "paper") else profile.paper
    if asked != "A4" and design.paper == "A4":
        design = replace(design, paper=usual_paper(next(filter(None, regions), "")))
    with suppress(ValueError):
        design = replace(design, date=format_date(date.fromisoformat(design.date), selection.language))
    text = bank.declared.title
    bank_title = "" if design.title else localize(text, selection.language)
    return (
        replace(design, title=bank_title, title_language=localized_language(text, selection.language))
        if bank_title
        else design
    )


def _refuse_forbidden_characters(texts: dict[str, str]) -> None:
    """Raise MisuseError if a text has a character that is forbidden in texts. ``texts`` are by the name of their option."""
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


def _read_option_file(path: Path) -> bytes:
    """Read a file that an option names. Raises MisuseError."""
    try:
        return read_file(path, MAX_BYTES, _("save it smaller"))
    except QuizgenError as error:
        raise MisuseError(error.problems) from error


def is_large_print(design: PageDesign) -> bool:
    """Return whether a design is for large print."""
    return isinstance(design, SizedDesign) and design.text_size == "large"
