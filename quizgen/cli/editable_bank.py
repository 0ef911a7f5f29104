"""A question bank of the user's own, whose files a command changes."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from quizgen.bank import analyse_bank
from quizgen.bank.files import RawFile, display_path
from quizgen.cli.output import check_writable, write_files
from quizgen.errors import MisuseError, QuizgenError, problem, suggest_nearest
from quizgen.model import Bank
from quizgen.text.messages import _


class EditableBank(NamedTuple):
    """A question bank without problems, and its files, to which entries can be added.

    ``folders`` are the folders or files that the user named. ``files`` are the files as they were read, by
    name, and ``paths`` their paths. ``topics`` has the name of the file of each topic.
    """

    folders: Sequence[Path]
    content: Bank
    files: dict[str, RawFile]
    paths: dict[str, Path]
    topics: dict[str, str]

    def file_of(self, topic: str) -> RawFile:
        """Return the file of a topic. Raises QuizgenError if no question can be added to it."""
        from quizgen.author.insert import check_insertable

        file = self.files[self.topics[topic]]
        check_insertable(file)
        self._check_can_replace(file.name)
        return file

    def check_topic(self, topic: str) -> None:
        """Raise MisuseError if the bank does not have a topic that the user named."""
        if topic not in self.content.topics:
            hint = suggest_nearest(topic, self.content.topics) or _(
                "there are {ids}", ids=tuple(self.content.topics)
            )
            raise MisuseError(problem(_("no {what} {asked!r}"), hint, what=_("topic"), asked=topic))

    def check_is_folder(self) -> None:
        """Raise QuizgenError if the user named a file of the bank in place of its folder."""
        if not self.folders[0].is_dir():
            raise QuizgenError(
                problem(
                    _("this is not a folder"),
                    _("name the folder that holds the bank"),
                    file=display_path(self.folders[0]),
                )
            )

    def write(self, edited_files: Mapping[str, RawFile]) -> None:
        """Write edited and new files, by name.

        Raises QuizgenError, and writes none, if one cannot be written, or if somebody has changed it since it was read.
        """
        for name in edited_files:
            if name in self.files:
                self._check_can_replace(name)
        write_files({self.path_of(name): file.raw for name, file in edited_files.items()}, force=True)
        self.files.update(edited_files)

    def path_of(self, name: str) -> Path:
        """Return the path of a file of the bank, even if the bank does not have it yet."""
        return self.paths.get(name) or self.folders[0] / Path(name).name

    def _check_can_replace(self, name: str) -> None:
        """Raise QuizgenError if a file of the bank is write-protected, or was changed since it was read."""
        path = self.paths[name]
        check_writable(path, force=True)
        try:
            is_unchanged = path.read_bytes() == self.files[name].raw
        except OSError:
            is_unchanged = False
        if is_unchanged and not os.access(path, os.W_OK):
            raise QuizgenError(
                problem(
                    _("this file is write-protected"),
                    _("give yourself permission to write to it"),
                    file=name,
                )
            )
        if not is_unchanged:
            raise QuizgenError(
                problem(
                    _("this file was changed in the meantime, so nothing is written"),
                    _("start again"),
                    file=name,
                )
            )


def read_editable_bank(folders: Sequence[Path]) -> EditableBank:
    """Read a question bank to change its files. Raises QuizgenError if the bank has a problem."""
    analysis = analyse_bank(folders)
    bank = analysis.bank
    if bank is None:
        raise QuizgenError(analysis.findings.problems)
    paths = [path for folder in folders for path in ([folder] if folder.is_file() else folder.iterdir())]
    return EditableBank(
        folders,
        bank,
        analysis.files,
        {display_path(path): path for path in reversed(paths)},
        {topic: document.name for topic, document in analysis.topics.items()},
    )
