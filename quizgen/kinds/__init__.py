"""Kinds of questions, such as ``single`` (one correct option) and ``fill`` (a blank).

Each kind is a module of this package, which is found automatically. A kind says which fields a question has
in a file of the question bank, and which answer shape (:mod:`quizgen.shapes`) it gets.
:class:`~quizgen.kinds.kind.Kind` is the base class.
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
