"""Kinds of questions: how each is written in a bank, and its answer shape.

Each kind is a module here, found automatically; see :class:`~quizgen.kinds.kind.Kind` for what it has.
"""

from typing import Any

from quizgen.kinds.kind import ExhibitKind, Kind
from quizgen.registry import collect_entries

__all__ = ["EXHIBIT_KINDS", "KINDS", "ExhibitKind", "Kind"]

_FOUND: dict[str, Kind[Any, Any]] = collect_entries(__name__, __path__, "KIND", lambda kind: kind.name)

KINDS: dict[str, Kind[Any, Any]] = dict(sorted(_FOUND.items(), key=lambda each: each[1].rank))
"""All kinds by name, in the order of their ranks."""

EXHIBIT_KINDS: dict[str, ExhibitKind[Any]] = {
    name: kind for name, kind in KINDS.items() if isinstance(kind, ExhibitKind)
}
"""The kinds that ask about an exhibit."""
