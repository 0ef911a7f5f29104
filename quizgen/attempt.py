"""A quiz being taken, as a pure state machine: the answers and the clock are passed in.

An attempt is its quiz and the answers given so far; everything else follows from these. To stop is to
give no more answers, and to resume is to go on with the same attempt, read back.
"""

from collections import Counter

from msgspec import Struct
from msgspec.structs import replace

from quizgen.grading import mark
from quizgen.model import Fact, Question, Quiz, Response


class Given(Struct, frozen=True):
    """An answer as given and marked: ``response`` is ``None`` for a skip, ``at`` in seconds since the epoch."""

    question: str
    response: Response
    right: bool
    at: float


class Score(Struct, frozen=True):
    """So many right out of so many."""

    right: int
    total: int


class Attempt(Struct, frozen=True):
    """One go at a quiz. ``given[i]`` answers ``quiz.questions[i]``; ``started`` is in seconds since the epoch."""

    quiz: Quiz
    started: float
    given: tuple[Given, ...] = ()

    @property
    def position(self) -> int:
        """How many questions are answered or skipped: the index of the one that is next."""
        return len(self.given)

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self.quiz.questions)

    @property
    def question(self) -> Question | None:
        """The question that is next; ``None`` once the attempt is finished."""
        return self.quiz.questions[self.position] if self.position < self.total else None

    @property
    def finished(self) -> float | None:
        """When the last question was answered; ``None`` while some are left."""
        return self.given[-1].at if self.given and self.question is None else None

    def answer(self, response: Response, at: float) -> "Attempt":
        """Mark a response to the next question (``None`` skips it) and move on.

        Raises ValueError once the attempt is finished.
        """
        question = self.question
        if question is None:
            raise ValueError("every question of this attempt is answered")
        given = Given(
            question=question.id, response=response, right=mark(question.answer, response).right, at=at
        )
        return replace(self, given=(*self.given, given))

    def score(self) -> Score:
        """Count what is right of all the questions; those not answered are not right."""
        return Score(right=sum(given.right for given in self.given), total=self.total)

    def score_by_topic(self) -> dict[str, Score]:
        """Give the score of each topic id, in the order in which the quiz comes to them."""
        totals = Counter(question.topic for question in self.quiz.questions)
        right = Counter(
            question.topic
            for question, given in zip(self.quiz.questions, self.given, strict=False)
            if given.right
        )
        return {topic: Score(right=right[topic], total=total) for topic, total in totals.items()}

    def missed(self) -> tuple[tuple[Question, tuple[Fact, ...]], ...]:
        """List the questions answered wrong or skipped, each with the facts to read again."""
        facts = self.quiz.bank.facts
        return tuple(
            (question, tuple(facts[fact] for fact in question.facts))
            for question, given in zip(self.quiz.questions, self.given, strict=False)
            if not given.right
        )
