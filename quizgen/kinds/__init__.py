"""Kinds of questions: how each is written in a bank, and which answer shape it comes down to.

Each kind is a module here, found by looking; see :class:`~quizgen.kinds.kind.Kind` for what it says.
"""

from typing import Any

from quizgen.kinds.kind import Kind
from quizgen.registry import modules_in

__all__ = ["KINDS", "Kind"]

_FOUND: list[Kind[Any]] = [
    module.KIND for module in modules_in(__name__, __path__) if hasattr(module, "KIND")
]

KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in sorted(_FOUND, key=lambda each: each.rank)}
"""All kinds by name, in the order in which they are listed."""
