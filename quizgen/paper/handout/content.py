"""The questions and settings that all papers of one printing share."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from quizgen.assemble import VersionBatch
from quizgen.model import Bank, Question, Quiz
from quizgen.view.question import QuestionView


class HandoutContent(Struct, frozen=True):
    """The questions that all versions of a handout share, and what they have in common.

    ``questions`` are those of all versions; each version has ``count`` of them. ``labels`` names the versions, and is
    empty for a single paper. ``bank`` is the question bank with the facts and exhibits of the questions. ``slide_numbers``
    has the numbers of questions on the slides, by id, if papers show them.
    """

    questions: Sequence[Question]
    count: int
    bank: Bank
    seed: int
    language: str
    labels: tuple[str, ...] = ()
    slide_numbers: Mapping[str, int] = {}
    views: dict[int, QuestionView] = {}
    cached_key_cells: dict[int, str] = {}

    def question_view(self, question: Question) -> QuestionView:
        """Return the view of a question, cached for all versions that print it alike.

        The cache uses ``id()`` as the key. That is safe, because a view keeps its question alive.
        """
        if id(question) not in self.views:
            self.views[id(question)] = QuestionView(question, self.bank, self.language)
        return self.views[id(question)]

    @classmethod
    def from_quiz(cls, quiz: Quiz) -> "HandoutContent":
        """Return the content of a single paper."""
        return cls(quiz.questions, len(quiz.questions), quiz.bank, quiz.seed, quiz.language)

    @classmethod
    def from_batch(
        cls, batch: VersionBatch, slide_numbers: Mapping[str, int] | None = None
    ) -> "HandoutContent":
        """Return the content of several versions."""
        return cls(
            batch.questions,
            batch.count,
            batch.bank,
            batch.seed,
            batch.language,
            batch.labels,
            slide_numbers or {},
        )
