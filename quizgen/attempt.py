"""A quiz being taken, as a pure state machine: the answers and the clock are passed in.

An attempt is its quiz and the answers given so far; everything else follows from these. To stop is to
give no more answers, and to resume is to go on with the same attempt, read back.
"""

from collections import Counter
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import reshuffle
from quizgen.model import Fact, Question, Quiz
from quizgen.shapes import Response

Feedback: TypeAlias = Literal["each", "end"]


FEWEST_TO_REPEAT = 3
"""Questions of an attempt whose missed ones are asked once more."""


class Rules(Struct, frozen=True, omit_defaults=True):
    """How a quiz is taken: right and wrong told after each answer or at the end, and the time there is.

    Limits are in seconds, for one question and for the whole quiz; ``None`` is no limit. Only the time
    that a question is in front of the person counts, so that reading why, or a break, costs nothing.

    ``repeat`` asks what was missed once more before the end, as an attempt of its own that is marked ``again``:
    the score counts the first answer. Practice is marked ``again`` too. Such attempts are left out of what can be
    resumed, of charts and of the schedule. ``unfold`` shows an exhibit that is judged line by line.
    """

    feedback: Feedback = "each"
    question_seconds: float | None = None
    quiz_seconds: float | None = None
    repeat: bool = False
    unfold: bool = False
    again: bool = False


class Answered(Struct, frozen=True):
    """An answer as given and marked: ``response`` is ``None`` for a skip, ``at`` in seconds since the epoch.

    ``seconds`` is how long the question was in front of the person; ``None`` where nobody measured.
    """

    question: str
    response: Response
    right: bool
    at: float
    seconds: float | None = None


class Score(Struct, frozen=True):
    """So many right out of so many."""

    right: int
    total: int


class Attempt(Struct, frozen=True):
    """One go at a quiz. ``given[i]`` answers ``quiz.questions[i]``; ``started`` is in seconds since the epoch.

    ``kiosk`` marks an attempt of a passer-by at a kiosk, which is nobody's to go on with or to review.
    """

    quiz: Quiz
    started: float
    given: tuple[Answered, ...] = ()
    rules: Rules = Rules()
    kiosk: bool = False

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
    def unfolds(self) -> bool:
        """Whether the question that is next is put while its exhibit comes line by line."""
        question = self.question
        if not self.rules.unfold or question is None or question.exhibit not in self.quiz.bank.exhibits:
            return False
        return question.answer.judges_exhibit

    @property
    def finished(self) -> float | None:
        """When the last question was answered; ``None`` while some are left."""
        return self.given[-1].at if self.given and self.question is None else None

    @property
    def may_reveal(self) -> bool:
        """Whether right and wrong may be shown for the answers given so far."""
        return self.rules.feedback == "each" or self.finished is not None

    def answer(self, response: Response, at: float, seconds: float | None = None) -> "Attempt":
        """Mark a response to the next question (``None`` skips it) and move on.

        Raises ValueError once the attempt is finished.
        """
        question = self.question
        if question is None:
            raise ValueError("every question of this attempt is answered")
        right = question.answer.mark(response).right
        given = Answered(question=question.id, response=response, right=right, at=at, seconds=seconds)
        return replace(self, given=(*self.given, given))

    def time_left(self, seconds: float = 0.0) -> float | None:
        """Give the seconds left for the next question, which has been shown for so many; ``None`` is no limit."""
        limits = [limit for limit in (self.rules.question_seconds, self.quiz_left) if limit is not None]
        return min(limits) - seconds if limits else None

    @property
    def quiz_left(self) -> float | None:
        """Seconds left for all questions that are not answered; ``None`` is no limit."""
        if self.rules.quiz_seconds is None:
            return None
        return self.rules.quiz_seconds - sum(given.seconds or 0.0 for given in self.given)

    def run_out(self, at: float, seconds: float) -> "Attempt":
        """Skip the next question, whose time is up, and all the rest where the time of the quiz is."""
        attempt = self.answer(None, at, seconds)
        while attempt.question and attempt.quiz_left is not None and attempt.quiz_left <= 0:
            attempt = attempt.answer(None, at, 0.0)
        return attempt

    def in_language(self, language: str) -> "Attempt":
        """Give the same attempt to be read in another language."""
        return replace(self, quiz=replace(self.quiz, language=language))

    def again(self, started: float) -> "Attempt":
        """Begin an attempt at what was missed, in another order, each answer explained at once and without a limit.

        Raises ValueError where nothing was missed.
        """
        questions = tuple(question for question, _ in self.missed())
        if not questions:
            raise ValueError("nothing was missed")
        quiz = reshuffle(self.quiz, questions)
        return Attempt(quiz=quiz, started=started, rules=Rules(again=True), kiosk=self.kiosk)

    @property
    def repeats(self) -> bool:
        """Whether it is finished, and what was missed in it is to be asked once more.

        Not of a few questions: what was explained a moment ago is still before one's eyes.
        """
        missed = any(not given.right for given in self.given)
        return self.rules.repeat and missed and self.finished is not None and self.total >= FEWEST_TO_REPEAT

    def score(self) -> Score:
        """Count what is right of all the questions; those not answered are not right."""
        return Score(right=sum(given.right for given in self.given), total=self.total)

    def score_so_far(self) -> Score:
        """Count what is right of the questions that are answered."""
        return Score(right=self.score().right, total=self.position)

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
