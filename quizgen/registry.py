"""Find what the modules of a package add to the program, such as kinds of questions, layouts and export formats.

A module adds something with a constant, such as ``KIND`` or ``LAYOUT``. No other module has to import it.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, TypeVar

from quizgen.errors import QuizgenError, problem
from quizgen.text.messages import _

N = TypeVar("N")


def collect_entries(
    package: str, path: Iterable[str], constant: str, name_of: Callable[[Any], N]
) -> dict[N, Any]:
    """Import the modules of a package, and return what they have in a constant, by name.

    ``package`` and ``path`` are the package's ``__name__`` and ``__path__``. The constant is one entry or a
    list of entries; modules without it add nothing. ``name_of`` returns the name of an entry. Raises
    QuizgenError if two entries have the same name.
    """
    from pkgutil import iter_modules  # noqa: PLC0415  not every command looks for modules

    found: dict[N, Any] = {}
    module_of: dict[N, str] = {}
    for module_name in sorted(module.name for module in iter_modules(list(path))):
        module = import_module(f"{package}.{module_name}")
        entry = getattr(module, constant, [])
        for each in entry if isinstance(entry, list) else [entry]:
            name = name_of(each)
            if name in found:
                raise QuizgenError(
                    problem(
                        _("{constant}: {first} and {second} both have the name {name}"),
                        _("give one of them another name"),
                        constant=constant,
                        name=_display_name(name),
                        first=module_of[name],
                        second=module.__name__,
                    )
                )
            found[name], module_of[name] = each, module.__name__
    return found


def _display_name(name: object) -> str:
    """Return a name as text. A name is a string, a class, or a tuple of these."""
    parts = name if isinstance(name, tuple) else (name,)
    return " ".join(part.__name__ if isinstance(part, type) else str(part) for part in parts)
