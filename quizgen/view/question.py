"""What is shown before an answer: what quiz this is, the question, and what there is to choose."""

from msgspec import Struct, structs

from quizgen.attempt import Attempt
from quizgen.text.messages import message
from quizgen.view.exhibit import ExhibitView, view_exhibit
from quizgen.view.shapes import Part, shape_view
from quizgen.view.sources import source_titles
from quizgen.view.text import clock, shown


class QuizView(Struct, frozen=True):
    """What quiz this is.

    ``position`` counts the answers given, ``sources`` are the titles that it rests on, and times are as a
    clock shows them; ``None`` is no limit. Right and wrong are told after each answer, or ``at_end``.
    """

    total: int
    position: int
    seed: int
    sources: tuple[str, ...]
    at_end: bool
    question_time: str | None
    quiz_time: str | None

    @property
    def timed(self) -> bool:
        """Whether there is a limit."""
        return self.question_time is not None or self.quiz_time is not None

    def rules(self, language: str) -> list[str]:
        """Say what is not as usual: when right and wrong are told, the limits, and what they mean."""
        told = [message(language, "take.told-at-end")] if self.at_end else []
        for name, limit in (("limit-question", self.question_time), ("limit-quiz", self.quiz_time)):
            if limit is not None:
                told.append(message(language, f"take.{name}", time=limit))
        return [*told, message(language, "take.clock")] if self.timed else told


class QuestionView(Struct, frozen=True):
    """A question that is put, the ``number``-th of ``total``, for the first time or ``again``.

    ``exhibit`` is what it is about, where it is about one. ``hint`` names the message that says how it is answered, in the table of each interface.
    ``prompts`` go by number and ``options`` by letter, in printed order. ``example`` is a reply of its
    kind that is not the right one, "" where there is nothing to show.
    """

    number: int
    total: int
    topic: str
    exhibit: ExhibitView | None
    stem: str
    hint: str
    prompts: tuple[Part, ...]
    options: tuple[Part, ...]
    example: str
    again: bool

    @property
    def hint_values(self) -> dict[str, str]:
        """What a sentence that says how it is answered may name: the last letter, and an example."""
        return {"last": self.options[-1].name if self.options else "", "example": self.example}


def so_far(view: QuestionView, seen: int) -> QuestionView:
    """Give a question as it stands once so many lines of its exhibit have come: the others cannot be chosen yet."""
    if view.exhibit is None:
        return view
    exhibit = structs.replace(view.exhibit, lines=view.exhibit.lines[:seen])
    to_come = {line.option for line in view.exhibit.lines[seen:] if line.option}
    options = tuple(option for option in view.options if option.name not in to_come)
    return structs.replace(view, exhibit=exhibit, options=options)


def view_quiz(attempt: Attempt) -> QuizView:
    """Describe a quiz before its first question, or where it goes on."""
    rules = attempt.rules
    return QuizView(
        total=attempt.total,
        position=attempt.position,
        seed=attempt.quiz.seed,
        sources=source_titles(attempt.quiz.bank, attempt.quiz.language),
        at_end=rules.feedback == "end",
        question_time=None if rules.question_seconds is None else clock(rules.question_seconds),
        quiz_time=None if rules.quiz_seconds is None else clock(rules.quiz_seconds),
    )


def view_question(attempt: Attempt, index: int) -> QuestionView:
    """Describe question ``index`` of an attempt, from 0."""
    question, language = attempt.quiz.questions[index], attempt.quiz.language
    shape = shape_view(question.answer)
    return QuestionView(
        number=index + 1,
        total=attempt.total,
        topic=shown(attempt.quiz.bank.topics[question.topic].title, language),
        exhibit=view_exhibit(attempt.quiz.bank, question, language, signs=False),
        stem=shown(question.stem, language),
        hint=shape.hint(question.answer),
        prompts=shape.prompts(question.answer, language),
        options=shape.options(question.answer, language),
        example=shape.example(question.answer),
        again=attempt.rules.again,
    )
