"""A quiz while it is taken, as a pure state machine: the answers and the clock are passed in.

An attempt is its quiz and the answers given so far; everything else follows from these. Whoever stops just
gives no more answers. To resume is to go on with the same attempt, read back from the history.
"""

from collections import Counter
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import reshuffle
from quizgen.model import Fact, Question, Quiz
from quizgen.shapes import Response

Feedback: TypeAlias = Literal["each", "end"]


MIN_QUESTIONS_TO_REPEAT = 3
"""The number of questions that an attempt needs before it repeats missed ones."""


class Rules(Struct, frozen=True, omit_defaults=True):
    """How a quiz is taken: when feedback comes, and the limits of time.

    Limits are in seconds, for one question and for the whole quiz; ``None`` means no limit. Only the time during
    which a question is on the screen counts, so feedback and breaks cost nothing.

    ``repeat`` asks missed questions once more before the end, in an attempt of its own with ``again`` set, so that
    the score counts first answers only. Practice sets ``again`` too. Such attempts cannot be resumed, and charts
    and the schedule leave them out. ``unfold`` shows an exhibit line by line while the person judges it.
    """

    feedback: Feedback = "each"
    question_seconds: float | None = None
    quiz_seconds: float | None = None
    repeat: bool = False
    unfold: bool = False
    again: bool = False


class Answered(Struct, frozen=True):
    """One answer with its mark. ``response`` is ``None`` for a skip; ``at`` is in seconds since the epoch.

    ``seconds`` is how long the question was on the screen; ``None`` if nobody measured.
    """

    question: str
    response: Response
    right: bool
    at: float
    seconds: float | None = None


class Score(Struct, frozen=True):
    """How many questions are right, of how many."""

    right: int
    total: int


class Attempt(Struct, frozen=True):
    """One attempt at a quiz. ``answers[i]`` answers ``quiz.questions[i]``; ``started`` is in seconds since the epoch.

    ``kiosk`` marks an attempt of a visitor at a kiosk. Nobody resumes or reviews it.
    """

    quiz: Quiz
    started: float
    answers: tuple[Answered, ...] = ()
    rules: Rules = Rules()
    kiosk: bool = False

    @property
    def position(self) -> int:
        """The number of questions answered or skipped, which is the index of the next question."""
        return len(self.answers)

    @property
    def total(self) -> int:
        """The number of questions."""
        return len(self.quiz.questions)

    @property
    def question(self) -> Question | None:
        """The next question; ``None`` when the attempt is finished."""
        return self.quiz.questions[self.position] if self.position < self.total else None

    @property
    def is_unfolding(self) -> bool:
        """Whether the exhibit of the next question appears line by line."""
        question = self.question
        if not self.rules.unfold or question is None or question.exhibit not in self.quiz.bank.exhibits:
            return False
        return question.answer.is_about_exhibit

    @property
    def finished(self) -> float | None:
        """When the last question was answered; ``None`` while some are left."""
        return self.answers[-1].at if self.answers and self.question is None else None

    @property
    def may_reveal(self) -> bool:
        """Whether right and wrong may be shown for the answers given so far."""
        return self.rules.feedback == "each" or self.finished is not None

    def answer(self, response: Response, at: float, seconds: float | None = None) -> "Attempt":
        """Mark a response to the next question (``None`` skips it) and move on.

        Raises ValueError if the attempt is finished.
        """
        question = self.question
        if question is None:
            raise ValueError("every question of this attempt is answered")
        right = question.answer.mark_response(response).right
        answered = Answered(question=question.id, response=response, right=right, at=at, seconds=seconds)
        return replace(self, answers=(*self.answers, answered))

    def time_left(self, seconds: float = 0.0) -> float | None:
        """Return the seconds left for the next question after it was shown for ``seconds``; ``None`` means no limit."""
        limits = [limit for limit in (self.rules.question_seconds, self.quiz_left) if limit is not None]
        return min(limits) - seconds if limits else None

    @property
    def quiz_left(self) -> float | None:
        """Seconds left for all questions not answered yet; ``None`` means no limit."""
        if self.rules.quiz_seconds is None:
            return None
        return self.rules.quiz_seconds - sum(answered.seconds or 0.0 for answered in self.answers)

    def skip_timed_out(self, at: float, seconds: float) -> "Attempt":
        """Skip the next question, whose time is up; skip all the rest if the time of the quiz is up."""
        attempt = self.answer(None, at, seconds)
        while attempt.question and attempt.quiz_left is not None and attempt.quiz_left <= 0:
            attempt = attempt.answer(None, at, 0.0)
        return attempt

    def in_language(self, language: str) -> "Attempt":
        """Return the same attempt in another language."""
        return replace(self, quiz=replace(self.quiz, language=language))

    def repeat_missed(self, started: float) -> "Attempt":
        """Begin an attempt at the missed questions: reshuffled, with feedback after each answer, without limits.

        Raises ValueError if nothing was missed.
        """
        questions = tuple(question for question, _ in self.missed())
        if not questions:
            raise ValueError("nothing was missed")
        quiz = reshuffle(self.quiz, questions)
        return Attempt(quiz=quiz, started=started, rules=Rules(again=True), kiosk=self.kiosk)

    @property
    def has_repeat(self) -> bool:
        """Whether the attempt is finished and its missed questions are to be asked once more.

        Short quizzes have no repeat: people still remember what was explained a moment ago.
        """
        missed = any(not answered.right for answered in self.answers)
        return (
            self.rules.repeat
            and missed
            and self.finished is not None
            and self.total >= MIN_QUESTIONS_TO_REPEAT
        )

    def score(self) -> Score:
        """Count the right answers out of all questions; a question without an answer is not right."""
        return Score(right=sum(answered.right for answered in self.answers), total=self.total)

    def score_so_far(self) -> Score:
        """Count the right answers out of the questions answered so far."""
        return Score(right=self.score().right, total=self.position)

    def score_by_topic(self) -> dict[str, Score]:
        """Return the score for each topic id, in the order in which topics come in the quiz."""
        totals = Counter(question.topic for question in self.quiz.questions)
        right = Counter(
            question.topic
            for question, answered in zip(self.quiz.questions, self.answers, strict=False)
            if answered.right
        )
        return {topic: Score(right=right[topic], total=total) for topic, total in totals.items()}

    def missed(self) -> tuple[tuple[Question, tuple[Fact, ...]], ...]:
        """List the questions answered wrong or skipped, each with its facts."""
        facts = self.quiz.bank.facts
        return tuple(
            (question, tuple(facts[fact] for fact in question.facts))
            for question, answered in zip(self.quiz.questions, self.answers, strict=False)
            if not answered.right
        )
