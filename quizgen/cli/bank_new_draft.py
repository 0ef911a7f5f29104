"""The unfinished question of ``quizgen bank new``, saved beside the history and offered the next time."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

from quizgen.cli.history import history_path
from quizgen.cli.output import read_user_file, write_user_file
from quizgen.errors import QuizgenError
from quizgen.model import Audience


class StoredDraft(Struct, frozen=True):
    """An unfinished question: the lines that its author typed, the folders of its question bank, and the options of the command."""

    folders: tuple[str, ...] = field(name="places")
    lines: tuple[str, ...]
    topic: str = ""
    kind: str = ""
    level: str = ""
    audience: Audience = "everyone"
    what: Literal["question", "exhibit"] = "question"


def read_draft(folders: Sequence[Path]) -> StoredDraft | None:
    """Return the draft of a question for the bank in these folders.

    Return ``None`` if there is none, or if it cannot be read.
    """
    with suppress(OSError, QuizgenError, ValueError):  # ValueError: not JSON, or not UTF-8
        draft = msgspec.json.decode(read_user_file(_draft_path()), type=StoredDraft)
        return draft if draft.folders == absolute_folders(folders) else None
    return None


def write_draft(draft: StoredDraft) -> None:
    """Save a draft; it replaces an earlier one. Raises QuizgenError if that fails."""
    write_user_file(_draft_path(), msgspec.json.encode(draft) + b"\n")


def delete_draft() -> None:
    """Delete the saved draft, if any."""
    with suppress(OSError, QuizgenError):
        _draft_path().unlink(missing_ok=True)


def absolute_folders(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the folders as absolute paths."""
    return tuple(str(folder.resolve()) for folder in folders)


def _draft_path() -> Path:
    """Return the path of the file that holds the draft."""
    return history_path().with_name("draft.json")
