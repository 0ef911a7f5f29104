"""Jobs: what a print command gives to a layout, which are its questions and a progress bar."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import Any, Self

from msgspec.structs import replace

from quizgen.assemble import Candidates, VersionBatch, assemble, assemble_versions, find_candidates
from quizgen.cli.options import Selection
from quizgen.cli.output import progress
from quizgen.model import Quiz
from quizgen.paper.layouts import Layout
from quizgen.text.languages import language_of_locale


class Job:
    """Gives a layout its questions (:class:`~quizgen.paper.layouts.PrintJob`). At the end of the context, the progress bar goes."""

    def __init__(self, selection: Selection, *, large_print: bool = False) -> None:
        self.seed = selection.new_seed()
        self.bank = selection.loaded
        self.recipe = replace(selection.recipe, large_print=large_print)
        self.language = selection.language
        self.readers = (*selection.own.profile.languages, language_of_locale(os.environ))
        self._stack = ExitStack()
        self._show_progress: Callable[[int], None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._stack.close()

    def quiz(self) -> Quiz:
        """Assemble the quiz."""
        return assemble(self.bank, self.recipe, self.seed, self.language)

    def versions(self, labels: Sequence[str], *, draw_separately: bool) -> VersionBatch:
        """Assemble the quiz in versions."""
        return assemble_versions(
            self.bank, self.recipe, self.seed, self.language, labels, draw_separately=draw_separately
        )

    def candidates(self) -> Candidates:
        """Return the questions from which a sheet with little room can choose."""
        return find_candidates(self.bank, self.recipe, self.seed, self.language)

    def report(self, done: int, total: int) -> None:
        """Show progress: the number of papers that are done, and of all."""
        if self._show_progress is None:
            self._show_progress = self._stack.enter_context(progress(total))
        self._show_progress(done)


class KitJob(Job):
    """Gives every sheet of a kit the same questions."""

    def __init__(self, selection: Selection, *, large_print: bool = False) -> None:
        super().__init__(selection, large_print=large_print)
        self._drawn_recipe = self.recipe

    def choose(self, sheets: Iterable[Layout[Any]]) -> None:
        """Choose questions that fit on the sheets with little room, in place of those drawn."""
        for sheet in sheets:
            if sheet.kit and sheet.kit.chooses:
                chosen = tuple(question.id for question in sheet.kit.chooses(self).questions)
                if chosen != tuple(question.id for question in self.quiz().questions):
                    self.recipe = replace(self.recipe, count=None, questions=chosen)
                    del self._quiz

    @cached_property
    def _quiz(self) -> Quiz:
        return super().quiz()

    def quiz(self) -> Quiz:
        """Return the quiz."""
        return self._quiz

    def candidates(self) -> Candidates:
        """Return the questions of the quiz, and the other candidates."""
        drawn = find_candidates(self.bank, self._drawn_recipe, self.seed, self.language)
        own = self.quiz().questions
        own_ids = {question.id for question in own}
        others = [question for question in (*drawn.from_quiz, *drawn.others) if question.id not in own_ids]
        return replace(drawn, from_quiz=own, others=tuple(others))

    def report(self, done: int, total: int) -> None:
        """Do nothing: the kit shows its own progress."""
