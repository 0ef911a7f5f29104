"""Export the history as CSV, with a row for each answer."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from quizgen.formats.format import Format, csv_pieces, escape_formula
from quizgen.text.characters import escape_forbidden

_OF_ATTEMPT = ("attempt", "language", "seed", "started", "finished")
_OF_ANSWER = (
    "number",
    "id",
    "kind",
    "topic",
    "level",
    "difficulty",
    "response",
    "right",
    "key",
    "at",
    "seconds",
)
_OF_RULES = ("feedback", "kiosk")
_OF_VERDICTS = ("scams", "scams_stopped", "genuine", "genuine_trusted", "d_prime", "c")
_OF_GAME = ("money", "kept", "seen")
COLUMNS = (*_OF_ATTEMPT, *_OF_ANSWER, *_OF_RULES, *_OF_VERDICTS, "stem", "again", *_OF_GAME)
"""The columns, from left to right. New ones are added at the end, so that the positions of the others stay."""

_FREE_TEXTS = ("response", "key", "stem")
"""Columns with words of people or of a bank, which could look like formulas."""


def _history_to_csv(attempts: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(_history_csv_pieces(attempts))


def _history_csv_pieces(attempts: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    rows = (
        [_cell_value(name, {**attempt, **answer, "number": number}.get(name)) for name in COLUMNS]
        for attempt in attempts
        for number, answer in enumerate(attempt["answers"], start=1)
    )
    return csv_pieces(chain([COLUMNS], rows))


def _cell_value(column: str, value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if column in _FREE_TEXTS:
        return escape_formula(escape_forbidden(str(value or "")))
    return value


FORMAT = Format(
    name="csv", suffix=".csv", subject="history", write=_history_to_csv, write_pieces=_history_csv_pieces
)
