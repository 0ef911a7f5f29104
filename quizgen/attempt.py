"""A quiz while it is taken: its questions, and the answers so far. The answers and the time are passed in.

An attempt does not change; an answer makes a new one. Everything else, such as the score, follows from the quiz
and the answers. Whoever stops just gives no more answers, and continues later with the same attempt, read from
the history.
"""

from collections import Counter
from typing import Literal, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from quizgen.assemble import reshuffle
from quizgen.model import Fact, Question, Quiz
from quizgen.shapes import Response

Feedback: TypeAlias = Literal["each", "end"]

MIN_QUESTIONS_TO_REPEAT = 3
"""The number of questions that an attempt needs before it repeats missed ones.

In a shorter quiz, people still remember the explanation.
"""

REPEAT_GAP = 3
"""How many other questions come between a missed question and its repeat, while there are enough."""

MAX_REPEATS = 3
"""How many missed questions come back at most: the first ones."""


class Rules(Struct, frozen=True, omit_defaults=True):
    """How a quiz is taken: when feedback is shown, and the time limits.

    Limits are in seconds, for one question and for the whole quiz; ``None`` means no limit. Only the time while
    a question is shown counts. ``repeat`` asks missed questions once more, a few questions later. ``is_practice``
    means that missed questions are practised. Such attempts cannot be resumed, and neither charts nor the review
    schedule use them. ``unfold`` shows an exhibit line by line while the person judges it. ``daily`` is the date of a quiz that
    is the same for everybody on that day, such as 2026-11-28, or "". ``review`` means that the questions are those
    that were due.
    """

    feedback: Feedback = "each"
    question_seconds: float | None = None
    quiz_seconds: float | None = None
    repeat: bool = False
    unfold: bool = False
    is_practice: bool = field(default=False, name="again")
    daily: str = ""
    review: bool = False


class MarkedAnswer(Struct, frozen=True):
    """The answer to one question, and whether it is right. ``response`` is ``None`` if the question was skipped.

    - ``at`` is the time of the answer in seconds since the epoch. ``seconds`` is how long the question was shown,
      or ``None`` if that was not measured.
    - ``lines_seen`` is how many lines of the exhibit had appeared, or ``None`` if they did not appear one by one.
    - ``replies`` are the replies that the person chose while the exhibit appeared, as indices, in order.
    """

    question: str
    response: Response
    right: bool
    at: float
    seconds: float | None = None
    lines_seen: int | None = None
    replies: tuple[int, ...] = ()


class Repeat(Struct, frozen=True):
    """The second try at a question that was missed. It does not count for the score.

    ``missed`` is the index of that question, and ``after`` the number of first answers given before. The answer is
    to the same question, or to another on the same matter.
    """

    missed: int
    after: int
    answer: MarkedAnswer


class Score(Struct, frozen=True):
    """How many questions were answered right, and how many questions there are."""

    right: int
    total: int


class Attempt(Struct, frozen=True):
    """One attempt at a quiz. ``answers[i]`` is the answer to ``quiz.questions[i]``.

    ``started`` is a time in seconds since the epoch. ``kiosk`` is true for an attempt of a visitor at a stall,
    which is neither resumed nor reviewed.

    ``repeat_quiz.questions[i]`` is asked if ``quiz.questions[i]`` was missed
    (:func:`quizgen.assemble.draw_repeats`). Without a repeat quiz, the same question is asked again. ``repeats``
    are these second tries, in the order in which they were made.
    """

    quiz: Quiz
    started: float
    answers: tuple[MarkedAnswer, ...] = ()
    rules: Rules = Rules()
    kiosk: bool = False
    repeat_quiz: Quiz | None = None
    repeats: tuple[Repeat, ...] = ()

    @property
    def position(self) -> int:
        """The number of questions that were answered or skipped. This is the index of the next question."""
        return len(self.answers)

    @property
    def total(self) -> int:
        """The number of questions of the quiz."""
        return len(self.quiz.questions)

    @property
    def question(self) -> Question | None:
        """The next question, or ``None`` if the attempt is finished."""
        return self.quiz.questions[self.position] if self.position < self.total else None

    @property
    def is_unfolding(self) -> bool:
        """Whether the exhibit of the next question is shown line by line."""
        return self.question is not None and self.unfolds(self.question)

    def unfolds(self, question: Question) -> bool:
        """Return whether the exhibit of a question is shown line by line."""
        return (
            self.rules.unfold
            and question.exhibit in self.quiz.bank.exhibits
            and question.answer.is_about_exhibit
        )

    @property
    def finished_at(self) -> float | None:
        """The time at which the last question was answered, in seconds since the epoch; ``None`` if some are left."""
        return self.answers[-1].at if self.answers and self.question is None else None

    @property
    def can_show_right_answers(self) -> bool:
        """Whether it is time to show which answers were right."""
        return self.rules.feedback == "each" or self.finished_at is not None

    def answer(
        self,
        response: Response,
        at: float,
        seconds: float | None = None,
        *,
        lines_seen: int | None = None,
        replies: tuple[int, ...] = (),
    ) -> "Attempt":
        """Return the attempt with an answer to the next question, marked. The response ``None`` skips the question.

        The other values are those of :class:`MarkedAnswer`. Raises ValueError if the attempt is finished.
        """
        question = self.question
        if question is None:
            raise ValueError("every question of this attempt is answered")
        right = question.answer.mark_response(response).right
        answered = MarkedAnswer(
            question=question.id,
            response=response,
            right=right,
            at=at,
            seconds=seconds,
            lines_seen=lines_seen,
            replies=replies,
        )
        return replace(self, answers=(*self.answers, answered))

    def without_open_questions(self) -> "Attempt":
        """Return the attempt with only the questions that were answered, as for the results of a quiz that was left."""
        return replace(self, quiz=replace(self.quiz, questions=self.quiz.questions[: self.position]))

    def time_left(self, seconds: float = 0.0) -> float | None:
        """Return the seconds left for the next question after it was shown for ``seconds``, or ``None`` if there is no limit."""
        limits = [limit for limit in (self.rules.question_seconds, self.quiz_time_left) if limit is not None]
        return min(limits) - seconds if limits else None

    @property
    def quiz_time_left(self) -> float | None:
        """The seconds left for all questions that are not answered, or ``None`` if there is no limit."""
        if self.rules.quiz_seconds is None:
            return None
        return self.rules.quiz_seconds - sum(answered.seconds or 0.0 for answered in self.answers)

    def skip_timed_out(self, at: float, seconds: float, lines_seen: int | None = None) -> "Attempt":
        """Return the attempt after the next question was skipped, because its time is up.

        ``seconds`` is how long it was shown, and ``lines_seen`` how many lines of its exhibit had appeared. If the
        time of the whole quiz is up, all questions that are left are skipped.
        """
        attempt = self.answer(None, at, seconds, lines_seen=lines_seen)
        while attempt.question and attempt.quiz_time_left is not None and attempt.quiz_time_left <= 0:
            attempt = attempt.answer(None, at, 0.0)
        return attempt

    def in_language(self, language: str) -> "Attempt":
        """Return the same attempt with its quiz in another language."""
        repeat_quiz = self.repeat_quiz and replace(self.repeat_quiz, language=language)
        return replace(self, quiz=replace(self.quiz, language=language), repeat_quiz=repeat_quiz)

    @property
    def next_repeat(self) -> int | None:
        """The index of the missed question to repeat now, or ``None`` if the next question comes first.

        The first :data:`MAX_REPEATS` missed questions come back. Each comes after :data:`REPEAT_GAP` others. After the
        last question, those that are left come sooner. The question that was just seen comes last of all
        (:attr:`is_repeated_at_once`).
        """
        if not self.rules.repeat or self.total < MIN_QUESTIONS_TO_REPEAT:
            return None
        gaps = self._questions_since_missed()
        least = REPEAT_GAP if self.question else 0
        ready = [index for index, gap in gaps.items() if gap >= least]
        return min(
            ready,
            key=lambda index: (not gaps[index], gaps[index] < REPEAT_GAP, -gaps[index]),
            default=None,
        )

    @property
    def is_repeated_at_once(self) -> bool:
        """Whether the next repeat is of the question that was just seen, because no other question is left.

        A page in between keeps the repeat apart from the reasons.
        """
        missed = self.next_repeat
        return missed is not None and not self._questions_since_missed()[missed]

    @property
    def repeats_in_total(self) -> int | None:
        """The number of repeats in the whole quiz; ``None`` as long as more questions can be missed that come back."""
        count = len(self._missed_to_repeat())
        return count if self.question is None or count == MAX_REPEATS else None

    def _missed_to_repeat(self) -> list[int]:
        """Return the indices of the missed questions that come back, including those that were already repeated."""
        missed = [index for index, answered in enumerate(self.answers) if not answered.right]
        return missed[:MAX_REPEATS]

    def _questions_since_missed(self) -> dict[int, int]:
        """Return how many questions were asked since each missed one that still comes back, by the index of that one."""
        asked = self._asked_indices()
        repeated = {repeat.missed for repeat in self.repeats}
        return {
            index: len(asked) - 1 - asked.index(index)
            for index in self._missed_to_repeat()
            if index not in repeated
        }

    def _asked_indices(self) -> list[int]:
        """Return the indices of the questions asked so far, with their repeats, in the order in which they were asked."""
        asked: list[int] = []
        for index in range(self.position):
            asked.append(index)
            asked += [repeat.missed for repeat in self.repeats if repeat.after == index + 1]
        return asked

    def begin_repeat(self, index: int, started: float) -> "Attempt":
        """Return an attempt at only the repeat of missed question ``index``: with feedback, and without time limits."""
        question = self.quiz.questions[index]
        quiz = self.repeat_quiz
        if quiz is None or quiz.questions[index].id == question.id:
            quiz = reshuffle(self.quiz, (question,))
        else:
            quiz = replace(quiz, questions=(quiz.questions[index],))
        return Attempt(
            quiz=quiz,
            started=started,
            rules=Rules(is_practice=True),
            kiosk=self.kiosk,
        )

    def end_repeat(self, repeated: "Attempt") -> "Attempt":
        """Return the attempt with the answer to the next repeat, from the attempt that :meth:`begin_repeat` returned."""
        index = self.next_repeat
        if index is None:
            raise ValueError("no question is to be repeated now")
        return replace(self, repeats=(*self.repeats, Repeat(index, self.position, repeated.answers[0])))

    def practise_missed(self, started: float) -> "Attempt":
        """Return a new attempt at the missed questions, to practise them in a new order.

        It has feedback after each answer and no time limits. The question that was seen last comes last.

        Raises ValueError if no question was missed.
        """
        questions = tuple(question for question, _ in self.missed_questions())
        if not questions:
            raise ValueError("nothing was missed")
        quiz = reshuffle(self.quiz, questions)
        last = self.quiz.questions[self._asked_indices()[-1]].id
        ordered = sorted(quiz.questions, key=lambda question: question.id == last)
        quiz = replace(quiz, questions=tuple(ordered))
        return Attempt(
            quiz=quiz,
            started=started,
            rules=Rules(is_practice=True),
            kiosk=self.kiosk,
        )

    def repeat_score(self) -> Score:
        """Return how many missed questions were repeated, and how many of these repeats are right."""
        return Score(sum(repeat.answer.right for repeat in self.repeats), len(self.repeats))

    def score(self) -> Score:
        """Return the score. A question without an answer is not right."""
        return Score(right=sum(answered.right for answered in self.answers), total=self.total)

    def score_by_topic(self) -> dict[str, Score]:
        """Return the score for each topic, by its id, in the order in which the quiz has them."""
        totals = Counter(question.topic for question in self.quiz.questions)
        right = Counter(
            question.topic
            for question, answered in zip(self.quiz.questions, self.answers, strict=False)
            if answered.right
        )
        return {topic: Score(right=right[topic], total=total) for topic, total in totals.items()}

    def missed_questions(self) -> tuple[tuple[Question, tuple[Fact, ...]], ...]:
        """Return the questions that were answered wrong or skipped, each with its facts."""
        facts = self.quiz.bank.facts
        return tuple(
            (question, tuple(facts[fact] for fact in question.facts))
            for question, answered in zip(self.quiz.questions, self.answers, strict=False)
            if not answered.right
        )
