"""Modules: a package's own, found by looking, so that to add one is all there is; and others', loaded no sooner than called."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


def modules_in(package: str, path: Iterable[str]) -> list[ModuleType]:
    """Import all modules of a package, in the order of their names.

    ``package`` and ``path`` are the package's ``__name__`` and ``__path__``.
    """
    from pkgutil import iter_modules  # noqa: PLC0415  not every command looks for modules

    names = sorted(module.name for module in iter_modules(list(path)))
    return [import_module(f"{package}.{name}") for name in names]


class _NotYet(ModuleType):
    """Stands for a module of functions and classes, and loads it when one of them is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*given: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*given, **named)

        return call


@contextmanager
def put_off(*modules: str) -> Iterator[None]:
    """Let what is imported meanwhile have these modules only when it calls them: for imports that libraries hardly ever use."""
    absent = [name for name in modules if name not in sys.modules]
    sys.modules.update({name: _NotYet(name) for name in absent})
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
