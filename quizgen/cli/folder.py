"""A folder that is written whole or not at all: a kit, a new bank."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from quizgen.cli.output import obstacle_in, reason
from quizgen.errors import Problem, QuizgenError, problem


class WholeFolder:
    """A folder that a command makes, or fills: it gets all of its files or none.

    ``is_ours`` tells by its name a file that an earlier run wrote; where there is no such thing, the folder has to be
    empty. ``if_full`` says what to do with one that is not.
    """

    def __init__(
        self, folder: Path, *, if_full: str, force: bool = False, is_ours: Callable[[str], bool] = bool
    ) -> None:
        """Look at it before any work is done; raises QuizgenError where writing is bound to fail."""
        self._if_full, self._is_ours = if_full, is_ours
        self._name = str(folder)
        self._path = Path(os.path.realpath(folder))
        obstacle = self._obstacle(force=force)
        if obstacle:
            raise QuizgenError(obstacle)

    def _obstacle(self, *, force: bool) -> Problem | None:
        try:
            entries = list(self._path.iterdir())
        except FileNotFoundError:
            return obstacle_in(self._path.parent, Path(self._name))
        except NotADirectoryError:
            return problem("files.no-folder-here", "files.name-another", file=self._name)
        except OSError as error:
            return problem("files.unseen", "files.name-another", reason=reason(error), file=self._name)
        if entries and not force:
            return problem("files.not-empty", self._if_full, file=self._name)
        if not os.access(self._path, os.W_OK):
            return problem("files.locked", "files.name-another", file=self._name)
        return None

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write all files, in place of those of an earlier run.

        Raises QuizgenError where that fails; then all is as it was.
        """
        there = self._path.is_dir()  # it may be a disk of its own, so that only what is in it can be renamed
        beside = f".{self._path.name}.{secrets.token_hex(4)}.part"
        draft = self._path / beside if there else self._path.with_name(beside)
        try:
            draft.mkdir()
            for name, data in files.items():
                (draft / name).write_bytes(data)
            if there:
                self._exchange(draft, files)
            else:
                draft.rename(self._path)
        except OSError as error:
            raise QuizgenError(
                problem("files.folder-unwritable", "files.as-before", reason=reason(error), file=self._name)
            ) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _exchange(self, draft: Path, files: Iterable[str]) -> None:
        """Move the files of an earlier run into the draft, and those of this one out of it; or, if one fails, all back."""
        aside = draft / "earlier"
        aside.mkdir()
        earlier = [path for path in self._path.iterdir() if self._is_ours(path.name)]
        moves = [(path, aside / path.name) for path in earlier]
        moves += [(draft / name, self._path / name) for name in files]
        moved: list[tuple[Path, Path]] = []
        try:
            for source, to in moves:
                source.rename(to)
                moved.append((source, to))
        except BaseException:
            for source, to in reversed(moved):
                with suppress(OSError):
                    to.rename(source)
            raise
