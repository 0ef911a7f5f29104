"""A folder that is written whole or not at all: a kit, a new bank."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from quizgen.cli.output import obstacle_in, real_path
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.files import move_to_free, reason, write_new
from quizgen.text.messages import text


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
        self._path = real_path(folder)
        self._force = force
        self._torn: Path | None = None
        self._check()

    def _check(self) -> None:
        obstacle = self._obstacle()
        if obstacle:
            raise QuizgenError(obstacle)

    def _obstacle(self) -> Problem | None:
        try:
            entries = list(self._path.iterdir())
        except FileNotFoundError:
            return obstacle_in(self._path.parent, Path(self._name))
        except NotADirectoryError:
            return problem("files.no-folder-here", "files.name-another", file=self._name)
        except OSError as error:
            return problem("files.unseen", "files.name-another", reason=reason(error), file=self._name)
        if entries and not self._force:
            return problem("files.not-empty", self._if_full, file=self._name)
        if not os.access(self._path, os.W_OK):
            return problem("files.locked", "files.name-another", file=self._name)
        return None

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write all files, in place of those of an earlier run.

        Raises QuizgenError where that fails; then all is as it was, or it is said where to look.
        """
        self._check()  # files may have come since somebody looked
        there = self._path.is_dir()  # it may be a disk of its own, so that only what is in it can be renamed
        beside = f".{self._path.name[:40]}.{secrets.token_hex(4)}.part"
        draft = self._path / beside if there else self._path.with_name(beside)
        try:
            draft.mkdir()
            for name, data in files.items():
                write_new(draft / name, data)
            if there:
                self._exchange(draft, files)
            else:
                draft.rename(self._path)
        except OSError as error:
            hint = text("files.torn", folder=str(self._torn)) if self._torn else text("files.as-before")
            what = text("files.folder-unwritable", reason=reason(error))
            raise QuizgenError(problem(what, hint, file=self._name)) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _exchange(self, draft: Path, files: Iterable[str]) -> None:
        """Move the files of an earlier run aside, and those of this one out of the draft; or, if one fails, all back."""
        aside = draft.with_suffix(".earlier")
        aside.mkdir()
        earlier = [path for path in self._path.iterdir() if self._force and self._is_ours(path.name)]
        moved: list[tuple[Path, Path]] = []
        try:
            for path in earlier:
                path.rename(aside / path.name)
                moved.append((path, aside / path.name))
            for name in files:
                move_to_free(draft / name, self._path / name)
                moved.append((draft / name, self._path / name))
        except BaseException:
            for source, to in reversed(moved):
                try:
                    to.rename(source)
                except OSError:
                    self._torn = self._path
            with suppress(OSError):
                aside.rmdir()
            if aside.exists():
                self._torn = aside
            raise
        shutil.rmtree(aside, ignore_errors=True)
