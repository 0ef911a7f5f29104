"""Find what the modules of a package add to the program: kinds of questions, shapes, layouts, formats, rules.

A module adds something with a constant whose name its package chooses: ``KIND``, ``LAYOUT``, ``FORMAT`` and so
on. No other module has to know about it.
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
    """Import the modules of a package and return the entries under a constant by name, in the order of the modules.

    ``package`` and ``path`` are the package's ``__name__`` and ``__path__``. The constant is one entry or a list of
    entries; a module without it is only a helper. Raises QuizgenError if two entries have the same name, because
    the second would silently replace the first.
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
    """Return a name, which is a string, a class or a tuple of these, as a string for people."""
    parts = name if isinstance(name, tuple) else (name,)
    return " ".join(part.__name__ if isinstance(part, type) else str(part) for part in parts)
