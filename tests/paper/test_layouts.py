"""Every layout says what the command line has to know of it."""

from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from msgspec.structs import fields

from quizgen.files import shipped
from quizgen.language import spoken
from quizgen.paper import layouts as package
from quizgen.paper.design import Option
from quizgen.paper.layouts import Layout, layouts

LAYOUTS = pytest.mark.parametrize("layout", layouts().values(), ids=layouts())


def options(layout: Layout[Any]) -> dict[str, tuple[Any, Any]]:
    """Type and default of each option."""
    hints = get_type_hints(layout.design)
    return {field.name: (hints[field.name], field.default) for field in fields(layout.design)}


def test_every_module_is_found_by_its_name() -> None:
    modules = {path.stem for path in Path(next(iter(package.__path__))).glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in layouts()} == modules


@LAYOUTS
def test_each_option_has_its_help(layout: Layout[Any]) -> None:
    hints = get_type_hints(layout.design, include_extras=True)
    for field in fields(layout.design):
        _, option = get_args(hints[field.name])
        assert isinstance(option, Option)
        assert spoken(option.help, "en").endswith(".")


@LAYOUTS
def test_an_option_is_the_same_in_every_layout(layout: Layout[Any]) -> None:
    for other in layouts().values():
        theirs = options(other)
        assert {name: own for name, own in options(layout).items() if theirs.get(name, own) != own} == {}


@LAYOUTS
def test_its_templates_are_shipped(layout: Layout[Any]) -> None:
    assert layout.templates
    assert all((shipped("templates") / name).is_file() for name in layout.templates)
