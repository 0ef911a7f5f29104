"""Print jobs on questions of the built-in bank, as the command line makes them."""

from collections.abc import Sequence
from typing import Any

from quizgen.assemble import Candidates, Recipe, VersionBatch, assemble, assemble_versions, find_candidates
from quizgen.model import Bank, Quiz
from tests.banks import town_bank


class Job:
    """A print job for questions of the built-in bank."""

    def __init__(self, language: str = "en", seed: int = 7, bank: Bank | None = None, **asked: Any) -> None:
        self.language = language
        self.readers: tuple[str, ...] = (language,)
        self.asked = (bank or town_bank(), Recipe(**asked), seed, language)

    def quiz(self) -> Quiz:
        return assemble(*self.asked)

    def versions(self, labels: Sequence[str], *, draw_separately: bool) -> VersionBatch:
        return assemble_versions(*self.asked, labels, draw_separately=draw_separately)

    def candidates(self) -> Candidates:
        return find_candidates(*self.asked)

    def report(self, done: int, total: int) -> None:
        pass
