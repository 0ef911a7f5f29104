"""The history as JSON: attempts, each with its answers."""

from collections.abc import Iterable
from typing import Any

from quizgen.export.format import Format, json_bytes


def _write(attempts: Iterable[dict[str, Any]]) -> bytes:
    # One attempt at a time, since there may be many; a line break within a text is escaped.
    written = [b"  " + json_bytes(attempt).rstrip().replace(b"\n", b"\n  ") for attempt in attempts]
    return b"[\n" + b",\n".join(written) + b"\n]\n" if written else b"[]\n"


FORMAT = Format(name="json", suffix=".json", takes="history", write=_write)
