"""What the papers of one print have in common."""

from collections.abc import Sequence

from msgspec import Struct

from quizgen.assemble import Batch
from quizgen.model import Bank, Question, Quiz
from quizgen.view.question import QuestionView


class Content(Struct, frozen=True):
    """What papers have in common: ``questions`` are all that any of them holds; each holds ``count`` of them.

    ``labels`` are those of versions; a paper by itself has none. ``bank`` is what the questions lead to.
    """

    questions: Sequence[Question]
    count: int
    bank: Bank
    seed: int
    language: str
    labels: tuple[str, ...] = ()
    views: dict[int, QuestionView] = {}
    key_cells: dict[int, str] = {}

    def view(self, question: Question) -> QuestionView:
        """Describe a question in the language of the papers, once for all versions that print it alike.

        Views are known by the identity of their questions, which they hold, so that no other question gets it.
        """
        if id(question) not in self.views:
            self.views[id(question)] = QuestionView(question, self.bank, self.language)
        return self.views[id(question)]

    @classmethod
    def of_quiz(cls, quiz: Quiz) -> "Content":
        """Give the content of one paper."""
        return cls(quiz.questions, len(quiz.questions), quiz.bank, quiz.seed, quiz.language)

    @classmethod
    def of_batch(cls, batch: Batch) -> "Content":
        """Give the content of papers in versions."""
        return cls(batch.questions, batch.count, batch.bank, batch.seed, batch.language, batch.labels)
