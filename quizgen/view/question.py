"""A question in one language: everything that an interface, a printed sheet or a file shows of it."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct, structs

from quizgen.attempt import Attempt
from quizgen.model import BLANK, Bank, Question, Quiz
from quizgen.shapes import Answer, AnswerForm, Response
from quizgen.text.languages import FALLBACK, Text, language_of, locale, localize
from quizgen.text.messages import NOTHING, Message, _
from quizgen.view.exhibit import ExhibitView, view_exhibit
from quizgen.view.sources import citations, source_titles
from quizgen.view.text import display_text, format_clock, on_one_line


class QuizView(Struct, frozen=True):
    """A quiz, as its introduction describes it.

    ``position`` is the number of answers so far. ``sources`` are titles. Times are formatted as minutes and seconds; ``None``
    means no limit. Feedback comes after each answer, or ``at_end``.
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
        """Whether there is a time limit."""
        return self.question_time is not None or self.quiz_time is not None

    def rules(self, language: str) -> list[str]:
        """Return the rules that differ from the usual ones: feedback at the end, and time limits."""
        rules = (
            [_("You see what was right and wrong at the end.").translated(language)] if self.at_end else []
        )
        for rule, limit in (
            (_("Time for each question: {time}."), self.question_time),
            (_("Time for all questions: {time}."), self.quiz_time),
        ):
            if limit is not None:
                rules.append(rule.filled(time=limit).translated(language))
        return (
            [
                *rules,
                _(
                    "The clock runs only while a question is shown. If its time runs out, the question counts as skipped."
                ).translated(language),
            ]
            if self.timed
            else rules
        )


_ROOM_HINTS: Mapping[str, Message] = {
    "hint-several": _("More than one is right."),
    "hint-match": _("Which letter goes with which number?"),
    "hint-order": _("What comes first, and what next?"),
    "hint-fill": _("Which words are missing?"),
}
"""How a room is asked to answer, by the hint of an answer; one that is obvious has none."""


class Part(Struct, frozen=True):
    """A part of a question or of an answer: its name (``b``, ``1``, ``1b``, or "") and its text."""

    name: str
    text: str


class Option(Part, frozen=True):
    """An option, a choice or a step.

    People type ``name``; paper shows ``letter``, which is "" for options in a fixed order. ``right`` says whether an option is
    right by itself; choices and steps are not, because they are right only at their positions.
    """

    letter: str
    right: bool


class Pair(Struct, frozen=True):
    """A prompt with its choice; or the position of a step with the step, and then ``prompt`` has no text."""

    prompt: Part
    option: Option


class QuestionView(Struct, frozen=True, dict=True, eq=False):
    """A question in one language, number ``number`` of ``total``, for the first time or ``again``.

    Its answer is in printed order. Its texts are computed at first use and then cached, because no interface needs all of
    them: a screen needs no citations before the answer, a slide no example.

    ``lines_seen`` is how many lines of its exhibit have appeared; ``None`` means that all are shown at once. ``verbatim``
    keeps texts as in the bank, with line breaks, for files of other programs; otherwise they are safe to display.
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
        """The full id."""
        return self.question.id

    @property
    def answer(self) -> Answer:
        """The answer, with the methods of its shape."""
        return self.question.answer

    @property
    def form(self) -> AnswerForm:
        """What is below the stem."""
        return self.answer.answer_form

    @property
    def is_choice(self) -> bool:
        """Whether each option is right or wrong by itself."""
        return self.form in ("choose", "sides", "lines")

    @property
    def written_in(self) -> str:
        """The language that the bank has the question in; it may lack the view's language.

        If there is an exhibit, its language counts, because the stem may be that of the question's kind.
        """
        exhibit = self.bank.exhibits.get(self.question.exhibit)
        return language_of(exhibit.lines[0].text if exhibit else self.question.stem, self.language)

    @property
    def stem_language(self) -> str:
        """The language of the stem, which may be that of the question's kind."""
        return language_of(self.question.stem, self.language)

    @property
    def answer_language(self) -> str:
        """The language of the options and the right answer; a kind may have its own options, such as true and false."""
        texts = self.answer.lettered_texts
        return language_of(texts[0], self.language) if texts else self.written_in

    # The question.

    @property
    def topic(self) -> str:
        """The title of the topic."""
        return self.text(self.bank.topics[self.question.topic].title)

    @cached_property
    def stem(self) -> str:
        """The stem."""
        return self.text(self.question.stem)

    @property
    def stem_parts(self) -> tuple[str, ...]:
        """The stem, split at blanks."""
        return tuple(self.stem.split(BLANK)) if self.form == "blank" else (self.stem,)

    @cached_property
    def exhibit(self) -> ExhibitView | None:
        """The exhibit, if there is one, as far as it has appeared, without marks on the words that decide."""
        whole = view_exhibit(self.bank, self.question, self.language, signs=False, text=self._text_in)
        return whole and structs.replace(whole, lines=whole.lines[: self.lines_seen])

    @property
    def hint(self) -> str:
        """The name of the message that says how to answer, in the table of each interface."""
        return self.answer.hint_id

    @property
    def hint_values(self) -> dict[str, str]:
        """The values for that message: the last letter, and an example of a wrong reply."""
        return {"last": self.options[-1].name if self.options else "", "example": self.answer.example_reply()}

    @property
    def room_hint(self) -> str:
        """How to ask a room to answer, or "" if that is obvious."""
        return _ROOM_HINTS.get(self.hint, NOTHING).translated(self.language)

    @cached_property
    def prompts(self) -> tuple[Part, ...]:
        """The prompts of pairs, with numbers, in printed order."""
        texts = self.answer.numbered_texts
        return tuple(Part(str(number), self.text(text)) for number, text in enumerate(texts, start=1))

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The texts with letters, in printed order, without options for lines that have not appeared yet."""
        has_letters = self.form not in ("sides", "lines")
        right = self.key_indices if self.is_choice else ()
        options = []
        for index, text in enumerate(self.answer.lettered_texts):
            name = self.answer.option_letter(index)
            letter = name.upper() if has_letters else ""
            options.append(Option(name, self.text(text), letter, index in right))
        if self.lines_seen is not None and (numbers := self.answer.option_line_numbers):
            options = [
                option for option, line in zip(options, numbers, strict=True) if line <= self.lines_seen
            ]
        return tuple(options)

    # The key and its reasons.

    @property
    def key_indices(self) -> tuple[int, ...]:
        """The right answer as printed indices; empty for words."""
        solution = self.answer.correct_response(FALLBACK)
        return solution if isinstance(solution, tuple) else ()

    @cached_property
    def key(self) -> tuple[Part, ...]:
        """The right answer in parts: what one types, and its text."""
        if self.answer.takes_words:
            best = self.answer.format_correct_response(self.language)
            return (Part("", best if self.verbatim else on_one_line(best)),)
        return self._parts(self.answer.correct_parts())

    def response(self, response: Response) -> tuple[Part, ...]:
        """Return a response in full, without saying whether it is right; a skip has no parts."""
        if isinstance(response, str):
            return (Part("", on_one_line(response)),)
        return self._parts(self.answer.response_parts(response))

    def _parts(self, parts: Iterable[tuple[str, tuple[Text, ...]]]) -> tuple[Part, ...]:
        return tuple(Part(name, self._together(texts)) for name, texts in parts)

    def _together(self, texts: tuple[Text, ...]) -> str:
        """Join texts that belong together: one text, or two as a pair."""
        first, *second = map(self.text, texts)
        return (
            _("{left}: {right}", left=first, right=second[0]).translated(self.language) if second else first
        )

    @property
    def accepted(self) -> tuple[str, ...]:
        """The wordings that a blank accepts in its language, the best first; empty for other answers."""
        return self.answer.accepted_wordings(self.language)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The prompts with their right choices, or the steps from first to last; empty for other answers."""
        if self.form not in ("pairs", "order"):
            return ()
        prompts = self.prompts or [Part(str(place), "") for place in range(1, len(self.key_indices) + 1)]
        return tuple(
            Pair(prompt, self.options[index]) for prompt, index in zip(prompts, self.key_indices, strict=True)
        )

    @cached_property
    def key_letters(self) -> str:
        """The printed letters of the right options; "" if they have none."""
        return "".join(option.letter for option in self.options if option.right)

    @cached_property
    def right_answer(self) -> str:
        """The right answer in words that do not depend on the printed order."""
        if self.answer.takes_words:
            return self.key[0].text
        words = [self.options[index].text for index in self.key_indices]
        if self.form == "order":
            return " → ".join(words)
        sorted_by = [self.answer.lettered_texts[index] for index in self.key_indices]
        if self.prompts:
            words = [pair_text(pair) for pair in self.pairs]
            sorted_by = list(self.answer.numbered_texts)
        english = [localize(text, FALLBACK) for text in sorted_by]
        ordered = [word for _, word in sorted(zip(english, words, strict=True), key=lambda each: each[0])]
        return locale(self.language).semicolon.join(ordered)

    @cached_property
    def answers(self) -> tuple[Part, ...]:
        """The right answer in parts, named by printed letters and numbers: ``B``, ``1 C``, or "" if there are none."""
        if self.pairs:
            return tuple(
                Part(f"{pair.prompt.name} {pair.option.letter}", pair_text(pair)) for pair in self.pairs
            )
        found = tuple(Part(option.letter, option.text) for option in self.options if option.right)
        return found or (Part("", self.right_answer),)

    @cached_property
    def explained(self) -> ExhibitView | None:
        """The exhibit with marks on the words that decide, and with the reasons."""
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
        """The passages behind the question, one text for each source."""
        return citations(self.bank, self.question, self.language)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The titles of the sources of these passages."""
        return source_titles(self.bank, self.language, only=self.question)

    def text(self, text: Text) -> str:
        """Return a text of the bank in the view's language."""
        return self._text_in(text, self.language)

    def _text_in(self, text: Text, language: str) -> str:
        return localize(text, language) if self.verbatim else display_text(text, language)


def pair_text(pair: Pair) -> str:
    """Return a pair with an arrow between; a step has only its own text."""
    left, right = pair.prompt.text, pair.option.text
    return f"{left} → {right}" if left else right


def revealed_until(view: QuestionView, lines_seen: int) -> QuestionView:
    """Return a question as it is after ``lines_seen`` lines of its exhibit; later lines cannot be chosen yet."""
    return structs.replace(view, lines_seen=lines_seen)


def view_quiz(attempt: Attempt) -> QuizView:
    """Describe a quiz before its first question, or before it continues."""
    rules = attempt.rules
    return QuizView(
        total=attempt.total,
        position=attempt.position,
        seed=attempt.quiz.seed,
        sources=source_titles(attempt.quiz.bank, attempt.quiz.language),
        at_end=rules.feedback == "end",
        question_time=None if rules.question_seconds is None else format_clock(rules.question_seconds),
        quiz_time=None if rules.quiz_seconds is None else format_clock(rules.quiz_seconds),
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
