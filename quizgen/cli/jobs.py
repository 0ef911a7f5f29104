"""Questions for the layouts that a command prints, and how far it has come."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Self

from quizgen.assemble import Batch, Candidates, assemble, assemble_versions, candidates
from quizgen.cli.options import Selection
from quizgen.cli.output import progress
from quizgen.model import Quiz
from quizgen.text.languages import language_of_locale


class Job:
    """Assembles what a layout asks for, and shows how far it has come; a context, at whose end the bar goes."""

    def __init__(self, selection: Selection, language: str) -> None:
        self.seed = selection.new_seed()
        self.selection = selection
        self.language = language
        self.readers = (*selection.own.profile.languages, language_of_locale(os.environ))
        self._stack = ExitStack()
        self._move: Callable[[int], None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._stack.close()

    def quiz(self) -> Quiz:
        """Assemble the quiz."""
        return assemble(self.selection.loaded, self.selection.recipe, self.seed, self.language)

    def versions(self, labels: Sequence[str], *, own_draw: bool) -> Batch:
        """Assemble the quiz in versions."""
        asked = self.selection
        return assemble_versions(
            asked.loaded, asked.recipe, self.seed, self.language, labels, own_draw=own_draw
        )

    def candidates(self) -> Candidates:
        """List what a sheet may take that has room for some questions only."""
        return candidates(self.selection.loaded, self.selection.recipe, self.seed, self.language)

    def report(self, done: int, total: int) -> None:
        """Show how many of so many papers are done."""
        if self._move is None:
            self._move = self._stack.enter_context(progress(total))
        self._move(done)
