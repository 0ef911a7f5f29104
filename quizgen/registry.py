"""Finds what a package holds by looking, so that to add a module is all there is to adding to it."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def modules_in(package: str, path: Iterable[str]) -> list[ModuleType]:
    """Import all modules of a package, in the order of their names.

    ``package`` and ``path`` are the package's ``__name__`` and ``__path__``.
    """
    names = sorted(module.name for module in iter_modules(list(path)))
    return [import_module(f"{package}.{name}") for name in names]
