"""A question that was left half done: kept beside the history, and offered the next time."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from quizgen.cli.history import history_path
from quizgen.cli.output import read_user_file, write_user_file
from quizgen.errors import QuizgenError
from quizgen.model import Audience


class StoredDraft(Struct, frozen=True):
    """What was typed, line by line, for a question of a bank in these folders, and what had been asked for."""

    places: tuple[str, ...]
    lines: tuple[str, ...]
    topic: str = ""
    kind: str = ""
    level: str = ""
    audience: Audience = "everyone"


def read_draft(places: Sequence[Path]) -> StoredDraft | None:
    """Read the draft for a bank, if there is one that can be read."""
    with suppress(OSError, QuizgenError, ValueError):  # of JSON and of UTF-8
        kept = msgspec.json.decode(read_user_file(_path()), type=StoredDraft)
        return kept if kept.places == absolute_places(places) else None
    return None


def write_draft(draft: StoredDraft) -> None:
    """Keep a draft in the place of any before it; raises QuizgenError where that cannot be done."""
    write_user_file(_path(), msgspec.json.encode(draft) + b"\n")


def delete_draft() -> None:
    """Drop the draft that is kept."""
    with suppress(OSError, QuizgenError):
        _path().unlink(missing_ok=True)


def absolute_places(places: Sequence[Path]) -> tuple[str, ...]:
    """Give the folders of a bank by their whole paths."""
    return tuple(str(place.resolve()) for place in places)


def _path() -> Path:
    return history_path().with_name("draft.json")
