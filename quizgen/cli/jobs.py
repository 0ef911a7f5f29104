"""Print jobs: what a print command gives to a layout, such as its questions and a progress bar."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import Any, Self

from msgspec.structs import replace

from quizgen.assemble import (
    DEFAULT_COUNT,
    Candidates,
    VersionBatch,
    assemble,
    assemble_versions,
    find_candidates,
)
from quizgen.cli.options import Selection
from quizgen.cli.output import progress
from quizgen.errors import Problem, QuizgenError
from quizgen.model import Question, Quiz
from quizgen.paper.layouts import Layout
from quizgen.text.languages import language_from_environment


class Job:
    """Gives the layout of one sheet its questions (:class:`~quizgen.paper.layouts.PrintJob`).

    It is a context manager; at its end, the progress bar is removed. Attribute ``readers`` has the languages of
    the user, best first.
    """

    def __init__(self, selection: Selection, *, large_print: bool = False) -> None:
        """Make a job from the options of a command. ``large_print`` is true if the sheet is in large type."""
        self._selection = selection
        self.seed = selection.seed_or_random()
        self.bank = selection.loaded_bank
        selection.warn_about_numbers_of_another_region()
        self.recipe = replace(selection.recipe, large_print=large_print)
        self.language = selection.language
        self.readers = (*selection.profile_file.profile.languages, language_from_environment(os.environ))
        self._has_warned = False
        self._stack = ExitStack()
        self._show_progress: Callable[[int], None] | None = None

    def __enter__(self) -> Self:
        """Return the job."""
        return self

    def __exit__(self, *failure: object) -> None:
        """Remove the progress bar."""
        self._stack.close()

    def quiz(self) -> Quiz:
        """Assemble the quiz."""
        quiz = assemble(self.bank, self.recipe, self.seed, self.language)
        self._warn_about_enemies(quiz.questions)
        return quiz

    def versions(self, labels: Sequence[str], *, draw_separately: bool) -> VersionBatch:
        """Assemble the quiz in several versions, one for each label.

        With ``draw_separately``, each version has other questions.
        """
        batch = assemble_versions(
            self.bank, self.recipe, self.seed, self.language, labels, draw_separately=draw_separately
        )
        self._warn_about_enemies(batch.quiz(labels[0]).questions)
        return batch

    def _warn_about_enemies(self, questions: Sequence[Question]) -> None:
        """Say once that the quiz has questions that give each other away."""
        if not self._has_warned:
            self._has_warned = True
            self._selection.warn_about_enemies(questions)

    def candidates(self) -> Candidates:
        """Return the questions from which a sheet with little room chooses."""
        return find_candidates(self.bank, self.recipe, self.seed, self.language)

    def report(self, done: int, total: int) -> None:
        """Show how many of all papers are done, in the progress bar."""
        if self._show_progress is None:
            self._show_progress = self._stack.enter_context(progress(total))
        self._show_progress(done)


class KitPrintJob(Job):
    """Gives every sheet of a kit the same questions."""

    def __init__(self, selection: Selection, *, large_print: bool = False) -> None:
        """Make a job from the options of a command. ``large_print`` is true if the sheets are in large type."""
        super().__init__(selection, large_print=large_print)
        self._drawn_recipe = self.recipe

    def choose_fitting_questions(self, sheets: Iterable[Layout[Any]]) -> dict[str, list[Problem]]:
        """Replace questions that do not fit on the sheets with little room, for all sheets of the kit.

        Return the problems of each sheet for which too few questions fit, by its name. The quiz stays as it is for these.
        """
        problems: dict[str, list[Problem]] = {}
        self.quiz()
        for sheet in sheets:
            if sheet.kit and sheet.kit.chooses:
                try:
                    quiz = sheet.kit.chooses(self)
                except QuizgenError as error:
                    problems[sheet.name] = list(error.problems)
                    continue
                chosen = tuple(question.id for question in quiz.questions)
                if chosen != tuple(question.id for question in self.quiz().questions):
                    self.recipe = replace(self.recipe, count=None, questions=chosen)
                    del self._quiz
        return problems

    @cached_property
    def _quiz(self) -> Quiz:
        """The quiz, assembled when it is first needed."""
        return super().quiz()

    def quiz(self) -> Quiz:
        """Return the quiz that all sheets have."""
        return self._quiz

    def candidates(self) -> Candidates:
        """Return the questions of the quiz, and the others from which a sheet could choose.

        The number of questions that the kit is asked for does not bind such a sheet, unless it is small.
        """
        drawn = find_candidates(self.bank, self._drawn_recipe, self.seed, self.language)
        own = self.quiz().questions
        own_ids = {question.id for question in own}
        others = [question for question in (*drawn.from_quiz, *drawn.others) if question.id not in own_ids]
        count = drawn.count if drawn.count and drawn.count < DEFAULT_COUNT else None
        return replace(drawn, from_quiz=own, others=tuple(others), count=count)

    def report(self, done: int, total: int) -> None:
        """Do nothing, because the kit shows its own progress."""
