"""A question in one language: all that an interface, a sheet of paper or a file says of it."""

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct, structs

from quizgen.attempt import Attempt
from quizgen.model import BLANK, Bank, Question, Quiz
from quizgen.shapes import Answer, AnswerForm, Response
from quizgen.text.foreign import as_before
from quizgen.text.languages import FALLBACK, Text, language_of, locale, localize
from quizgen.text.messages import message, messages
from quizgen.view.exhibit import ExhibitView, view_exhibit
from quizgen.view.sources import citations, source_titles
from quizgen.view.text import clock, on_one_line, shown


class QuizView(Struct, frozen=True):
    """What quiz this is.

    ``position`` counts the answers given, ``sources`` are the titles that it rests on, and times are as a
    clock shows them; ``None`` is no limit. Right and wrong are shown after each answer, or ``at_end``.
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
        """Say what is unusual: feedback at the end, and time limits."""
        rules = [message(language, "take.told-at-end")] if self.at_end else []
        for name, limit in (("limit-question", self.question_time), ("limit-quiz", self.quiz_time)):
            if limit is not None:
                rules.append(message(language, f"take.{name}", time=limit))
        return [*rules, message(language, "take.clock")] if self.timed else rules


class Part(Struct, frozen=True):
    """A part of a question or of an answer: its name (``b``, ``1``, ``1b``, or "") and its text."""

    name: str
    text: str


class Option(Part, frozen=True):
    """An option, a choice or a step.

    It is typed as ``name`` and printed as ``letter``, "" where options have an order of their own. ``right`` tells
    whether it is right by itself; choices and steps, which are right in their places, are not.
    """

    letter: str
    right: bool


class Pair(Struct, frozen=True):
    """A prompt with the choice that belongs to it; or a place with its step, and then ``prompt`` has no text."""

    prompt: Part
    option: Option


class QuestionView(Struct, frozen=True, dict=True, eq=False):
    """A question in one language, the ``number``-th of ``total``, for the first time or ``again``.

    Its answer is in printed order. Its texts are worked out at first use and then cached, since no reader needs all of
    them: a screen has no use for citations before the answer, a slide none for an example.

    ``lines_seen`` is how many lines of its exhibit have come, ``None`` where all are there from the first. ``verbatim``
    leaves texts as the bank has them, line breaks too, as a file for other programs wants them; else nothing in them acts
    on a screen.
    """

    question: Question
    bank: Bank
    language: str
    number: int = 1
    total: int = 1
    again: bool = False
    lines_seen: int | None = None
    verbatim: bool = False

    @property
    def id(self) -> str:
        """Its full id."""
        return self.question.id

    @property
    def answer(self) -> Answer:
        """Its answer, with the methods of its shape."""
        return self.question.answer

    @property
    def form(self) -> AnswerForm:
        """What stands below its stem."""
        return self.answer.form

    @property
    def is_choice(self) -> bool:
        """Whether its options are right or wrong each by itself."""
        return self.form in ("choose", "sides", "lines")

    @property
    def written_in(self) -> str:
        """The language that the bank has it in, where it lacks the one that is asked for.

        An exhibit tells it, if there is one: the stem may be that of the question's kind.
        """
        exhibit = self.bank.exhibits.get(self.question.exhibit)
        return language_of(exhibit.lines[0].text if exhibit else self.question.stem, self.language)

    # What is asked.

    @property
    def topic(self) -> str:
        """The title of its topic."""
        return self.text(self.bank.topics[self.question.topic].title)

    @cached_property
    def stem(self) -> str:
        """What is asked."""
        return self.text(self.question.stem)

    @property
    def stem_parts(self) -> tuple[str, ...]:
        """The stem in parts, where blanks stand between."""
        return tuple(self.stem.split(BLANK)) if self.form == "blank" else (self.stem,)

    @cached_property
    def exhibit(self) -> ExhibitView | None:
        """The exhibit, if there is one, as far as it has come; nothing marks the words that decide."""
        whole = view_exhibit(self.bank, self.question, self.language, signs=False, text=self._text_in)
        return whole and structs.replace(whole, lines=whole.lines[: self.lines_seen])

    @property
    def hint(self) -> str:
        """The name of the message that says how it is answered, in the table of each interface."""
        return self.answer.hint

    @property
    def hint_values(self) -> dict[str, str]:
        """What such a message may name: the last letter, and an example of a reply, which is not the right one."""
        return {"last": self.options[-1].name if self.options else "", "example": self.answer.example()}

    @property
    def room_hint(self) -> str:
        """How a room is asked to answer, or "" where that is obvious."""
        return (
            message(self.language, f"asked.{self.hint}") if self.hint in messages(FALLBACK, "asked") else ""
        )

    @cached_property
    def prompts(self) -> tuple[Part, ...]:
        """What goes by number, in printed order: the prompts of pairs."""
        texts = self.answer.numbered_texts
        return tuple(Part(str(number), self.text(text)) for number, text in enumerate(texts, start=1))

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """What goes by letter, in printed order; options for lines that have not come yet are left out."""
        has_letters = self.form not in ("sides", "lines")
        right = self.key_indices if self.is_choice else ()
        options = []
        for index, text in enumerate(self.answer.lettered_texts):
            name = self.answer.label(index)
            letter = name.upper() if has_letters else ""
            options.append(Option(name, self.text(text), letter, index in right))
        if self.lines_seen is not None and (numbers := self.answer.line_numbers):
            options = [
                option for option, line in zip(options, numbers, strict=True) if line <= self.lines_seen
            ]
        return tuple(options)

    # What is right, and why.

    @property
    def key_indices(self) -> tuple[int, ...]:
        """The right answer in printed indices; empty for words."""
        solution = self.answer.solution(FALLBACK)
        return solution if isinstance(solution, tuple) else ()

    @cached_property
    def key(self) -> tuple[Part, ...]:
        """The right answer as it is typed, part by part, with what each part stands for."""
        if self.answer.takes_words:
            best = self.answer.write_solution(self.language)
            return (Part("", best if self.verbatim else on_one_line(best)),)
        return self._parts(self.answer.key_parts())

    def response(self, response: Response) -> tuple[Part, ...]:
        """Repeat a response in full, without a word on whether it is right; a skip has no part."""
        if isinstance(response, str):
            return (Part("", on_one_line(response)),)
        return self._parts(self.answer.parts(response))

    def _parts(self, parts: Iterable[tuple[str, tuple[Text, ...]]]) -> tuple[Part, ...]:
        return tuple(Part(name, self._together(texts)) for name, texts in parts)

    def _together(self, texts: tuple[Text, ...]) -> str:
        """Write what belongs together: a text by itself, or two as a pair."""
        first, *second = map(self.text, texts)
        return message(self.language, "take.pair", left=first, right=second[0]) if second else first

    @property
    def accepted(self) -> tuple[str, ...]:
        """The words that a blank takes in its language, the best first; none of other answers."""
        return self.answer.accepted(self.language)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The right choices for prompts, in their order, or the steps from first to last; none of other answers."""
        if self.form not in ("pairs", "order"):
            return ()
        prompts = self.prompts or [Part(str(place), "") for place in range(1, len(self.key_indices) + 1)]
        return tuple(
            Pair(prompt, self.options[index]) for prompt, index in zip(prompts, self.key_indices, strict=True)
        )

    @cached_property
    def key_letters(self) -> str:
        """The letters of the right options as they are printed; "" where these have none."""
        return "".join(option.letter for option in self.options if option.right)

    @cached_property
    def right_answer(self) -> str:
        """The right answer in words that do not depend on the printed order."""
        if self.answer.takes_words:
            return self.key[0].text
        words = [self.options[index].text for index in self.key_indices]
        if self.form == "order":
            return self.joined(words, " → ")
        sorted_by = [self.answer.lettered_texts[index] for index in self.key_indices]
        if self.prompts:
            words = [pair_in_words(pair) for pair in self.pairs]
            sorted_by = list(self.answer.numbered_texts)
        english = [localize(text, FALLBACK) for text in sorted_by]
        ordered = [word for _, word in sorted(zip(english, words, strict=True), key=lambda each: each[0])]
        return self.joined(ordered, locale(self.language).semicolon)

    @cached_property
    def answers(self) -> tuple[Part, ...]:
        """The right answer part by part, by printed letters and numbers: ``B``, ``1 C``, or "" where it has no name."""
        if self.pairs:
            return tuple(
                Part(f"{pair.prompt.name} {pair.option.letter}", pair_in_words(pair)) for pair in self.pairs
            )
        found = tuple(Part(option.letter, option.text) for option in self.options if option.right)
        return found or (Part("", self.right_answer),)

    @cached_property
    def explained(self) -> ExhibitView | None:
        """The exhibit with the words that decide, and their reasons."""
        return view_exhibit(self.bank, self.question, self.language, signs=True, text=self._text_in)

    @cached_property
    def rationale(self) -> str:
        """Why the key is right."""
        return self.text(self.question.rationale)

    @cached_property
    def advice(self) -> str:
        """What to do; it may be ""."""
        return self.text(self.question.advice)

    @cached_property
    def citations(self) -> tuple[str, ...]:
        """The passages that it rests on, one text a source."""
        return citations(self.bank, self.question, self.language)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The titles that these passages stand in."""
        return source_titles(self.bank, self.language, only=self.question)

    def text(self, text: Text) -> str:
        """Give a text of the bank in its language."""
        return self._text_in(text, self.language)

    def _text_in(self, text: Text, language: str) -> str:
        return localize(text, language) if self.verbatim else shown(text, language)

    def joined(self, words: Iterable[str], between: str) -> str:
        """Write texts one behind the other, as words of the language that the first is in."""
        listed = list(words)
        return as_before(between.join(listed), listed[0])


def pair_in_words(pair: Pair) -> str:
    """Write a pair with an arrow; a step stands by itself."""
    left, right = pair.prompt.text, pair.option.text
    return as_before(f"{left} → {right}", left) if left else right


def so_far(view: QuestionView, seen: int) -> QuestionView:
    """Give a question as it stands once so many lines of its exhibit have come: the others cannot be chosen yet."""
    return structs.replace(view, lines_seen=seen)


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
    quiz = attempt.quiz
    return QuestionView(
        quiz.questions[index], quiz.bank, quiz.language, index + 1, attempt.total, attempt.rules.again
    )


def view_questions(quiz: Quiz, language: str = "") -> tuple[QuestionView, ...]:
    """Describe the questions of a quiz, in its language or another; letters and orders are those of the quiz."""
    return tuple(
        QuestionView(question, quiz.bank, language or quiz.language, number, len(quiz.questions))
        for number, question in enumerate(quiz.questions, start=1)
    )
