"""Kinds of questions: how each is written in a bank, and which answer shape it comes down to.

Each kind is a module here, found by looking; see :class:`~quizgen.kinds.kind.Kind` for what it says.
"""

from typing import Any

from quizgen.kinds.kind import ExhibitKind, Kind
from quizgen.registry import collect_entries

__all__ = ["EXHIBIT_KINDS", "KINDS", "ExhibitKind", "Kind"]

_FOUND: dict[str, Kind[Any, Any]] = collect_entries(__name__, __path__, "KIND", lambda kind: kind.name)

KINDS: dict[str, Kind[Any, Any]] = dict(sorted(_FOUND.items(), key=lambda each: each[1].rank))
"""All kinds by name, in the order in which they are listed."""

EXHIBIT_KINDS: dict[str, ExhibitKind[Any]] = {
    name: kind for name, kind in KINDS.items() if isinstance(kind, ExhibitKind)
}
"""Those that ask about an exhibit."""
