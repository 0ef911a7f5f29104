"""What is shown at the end of a quiz: the score, all together and by topic, and what was missed."""

from msgspec import Struct

from quizgen.attempt import Attempt
from quizgen.view.feedback import FeedbackView, view_feedback
from quizgen.view.sources import source_titles
from quizgen.view.text import shown


class TopicScore(Struct, frozen=True):
    """So many right of a topic's questions, by the topic's title."""

    title: str
    right: int
    total: int

    def bar(self, cells: int) -> tuple[str, str]:
        """Draw the share that was right: the full and the empty part of a bar so many characters long."""
        full = round(cells * self.right / self.total)
        return "█" * full, "░" * (cells - full)


class Missed(Struct, frozen=True):
    """A question answered wrong or skipped, and the facts behind it, to be read again."""

    feedback: FeedbackView
    facts: tuple[str, ...]


class ResultsView(Struct, frozen=True):
    """How it went. ``explained`` tells whether right and wrong was told after each answer already."""

    right: int
    total: int
    topics: tuple[TopicScore, ...]
    missed: tuple[Missed, ...]
    explained: bool
    sources: tuple[str, ...]


def view_results(attempt: Attempt) -> ResultsView:
    """Sum an attempt up; questions that are not answered are not right."""
    quiz, score = attempt.quiz, attempt.score()
    wrong = [index for index, given in enumerate(attempt.given) if not given.right]
    return ResultsView(
        right=score.right,
        total=score.total,
        topics=tuple(
            TopicScore(shown(quiz.bank.topics[topic].title, quiz.language), of_topic.right, of_topic.total)
            for topic, of_topic in attempt.score_by_topic().items()
        ),
        missed=tuple(
            Missed(
                view_feedback(attempt, index),
                tuple(shown(fact.statement, quiz.language) for fact in facts),
            )
            for index, (_, facts) in zip(wrong, attempt.missed(), strict=True)
        ),
        explained=attempt.rules.feedback == "each",
        sources=source_titles(quiz.bank, quiz.language),
    )
