"""An unfinished question, saved beside the history and offered the next time."""

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
    """The lines typed for a question of a bank in these folders, and the options of the command."""

    places: tuple[str, ...]
    lines: tuple[str, ...]
    topic: str = ""
    kind: str = ""
    level: str = ""
    audience: Audience = "everyone"


def read_draft(places: Sequence[Path]) -> StoredDraft | None:
    """Return the draft for a bank, if there is one that can be read."""
    with suppress(OSError, QuizgenError, ValueError):  # ValueError: not JSON, or not UTF-8
        draft = msgspec.json.decode(read_user_file(_path()), type=StoredDraft)
        return draft if draft.places == absolute_places(places) else None
    return None


def write_draft(draft: StoredDraft) -> None:
    """Save a draft in place of any earlier one; raises QuizgenError if that fails."""
    write_user_file(_path(), msgspec.json.encode(draft) + b"\n")


def delete_draft() -> None:
    """Delete the saved draft, if any."""
    with suppress(OSError, QuizgenError):
        _path().unlink(missing_ok=True)


def absolute_places(places: Sequence[Path]) -> tuple[str, ...]:
    """Return the folders of a bank as absolute paths."""
    return tuple(str(place.resolve()) for place in places)


def _path() -> Path:
    return history_path().with_name("draft.json")
