"""Descriptions of questions in one language: everything that an interface, a printed sheet or a file shows of them."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct, structs

from quizgen.attempt import Attempt
from quizgen.model import BLANK, Bank, Question, Quiz
from quizgen.shapes import Answer, AnswerForm, Response
from quizgen.text.languages import FALLBACK, Text, locale, localize, localized_language
from quizgen.text.messages import NOTHING, Message, _
from quizgen.view.exhibit import ExhibitView, build_exhibit_view, insert_replies
from quizgen.view.sources import format_citations, list_source_titles
from quizgen.view.text import format_clock, localize_for_display, make_single_line


class QuizView(Struct, frozen=True):
    """What the introduction of a quiz says about it.

    ``position`` is the number of answers so far. ``sources`` are titles. Times are formatted as minutes
    and seconds; ``None`` means no limit. Feedback comes after each answer, or at the end of the quiz if
    ``at_end``.
    """

    total: int
    position: int
    seed: int
    sources: tuple[str, ...]
    at_end: bool
    question_time: str | None
    quiz_time: str | None

    @property
    def has_time_limit(self) -> bool:
        """Whether there is a time limit."""
        return self.question_time is not None or self.quiz_time is not None

    def unusual_rules(self, language: str) -> list[str]:
        """Return the rules that differ from the usual ones: feedback at the end, and time limits."""
        at_end = (
            _("You see what was right and wrong at the end."),
            _("An answer counts at once and cannot be changed."),
        )
        rules = [rule.translated(language) for rule in at_end] if self.at_end else []
        for rule, limit in (
            (_("Time for each question: {time}."), self.question_time),
            (_("Time for all questions: {time}."), self.quiz_time),
        ):
            if limit is not None:
                rules.append(rule.with_values(time=limit).translated(language))
        return (
            [
                *rules,
                _(
                    "The clock runs only while a question is shown. If its time runs out, the question counts as skipped."
                ).translated(language),
            ]
            if self.has_time_limit
            else rules
        )


_ROOM_HINTS: Mapping[str, Message] = {
    "hint-several": _("More than one is right."),
    "hint-match": _("Which letter goes with which number?"),
    "hint-order": _("What comes first, and what next?"),
    "hint-fill": _("Which words are missing?"),
}
"""What to ask the people in a room, by the hint of an answer.

Where the question is enough, there is nothing more to ask.
"""


class NamedText(Struct, frozen=True):
    """A text with a short name before it: a letter (``b``), a number (``1``), both (``1b``), or "" for none."""

    name: str
    text: str


class OptionView(NamedText, frozen=True):
    """An option, a choice or a step, as it is printed below a stem.

    People type ``name``. Paper shows ``letter``, which is "" for options in a fixed order. ``right`` says
    whether the option is correct by itself; a choice or a step never is, because it is correct only at
    its position.
    """

    letter: str
    right: bool


class PairView(Struct, frozen=True):
    """A prompt and its correct choice; or the position of a step and the step. Then ``prompt`` has no text."""

    prompt: NamedText
    option: OptionView


class QuestionView(Struct, frozen=True, dict=True, eq=False):
    """A question in one language, number ``number`` of ``total``; ``is_practice`` means in practice of missed questions.

    Its answer is in printed order. Its texts are computed when they are first used and then cached,
    because no interface needs all of them: a screen needs no citations before the answer, and a slide
    needs no example.

    ``lines_seen`` is how many lines of its exhibit have appeared; ``None`` means that all are shown at
    once. ``replies`` are the replies that the person chose on the way. ``verbatim`` keeps texts as they are in the question bank, with line breaks, for files of other
    programs. Otherwise texts are made safe to display.
    """

    question: Question
    bank: Bank
    language: str
    number: int = 1
    total: int = 1
    is_practice: bool = False
    lines_seen: int | None = None
    replies: tuple[int, ...] = ()
    verbatim: bool = False

    @property
    def id(self) -> str:
        """The full id of the question: ``topic/slug``."""
        return self.question.id

    @property
    def answer(self) -> Answer:
        """The answer of the question; its class is an answer shape."""
        return self.question.answer

    @property
    def answer_form(self) -> AnswerForm:
        """What is printed below the stem."""
        return self.answer.answer_form

    @property
    def is_choice(self) -> bool:
        """Whether each option is correct or wrong by itself."""
        return self.answer_form in ("choose", "sides", "lines")

    @property
    def text_language(self) -> str:
        """The language in which the question bank has the question; it can lack the language of this view.

        For a question about an exhibit, this is the language of the exhibit, because the stem may
        come from the program.
        """
        exhibit = self.bank.exhibits.get(self.question.exhibit)
        return localized_language(exhibit.lines[0].text if exhibit else self.question.stem, self.language)

    @property
    def stem_language(self) -> str:
        """The language of the stem. It can differ from the question's, if the program supplies the stem."""
        return localized_language(self.question.stem, self.language)

    @property
    def answer_language(self) -> str:
        """The language of the options and the right answer.

        Options such as true and false come from the program.
        """
        texts = self.answer.lettered_texts
        return localized_language(texts[0], self.language) if texts else self.text_language

    # The question.

    @property
    def topic_title(self) -> str:
        """The title of the topic."""
        return self.localize(self.bank.topics[self.question.topic].title)

    @property
    def open_topic_title(self) -> str:
        """The title of the topic for the open question; "" if the question has an exhibit.

        A title such as “Scams by impostors” would tell whether the exhibit is genuine.
        """
        return "" if self.question.exhibit else self.topic_title

    @cached_property
    def stem(self) -> str:
        """The text of the stem."""
        return self.localize(self.question.stem)

    @property
    def short_stem(self) -> str:
        """The stem in at most 120 characters, or "" if the author has written none in the language of the stem."""
        short = self.question.short
        return self.localize(short) if localized_language(short, self.language) == self.stem_language else ""

    @property
    def stem_parts(self) -> tuple[str, ...]:
        """The text of the stem, split at blanks."""
        return tuple(self.stem.split(BLANK)) if self.answer_form == "blank" else (self.stem,)

    @cached_property
    def exhibit(self) -> ExhibitView | None:
        """The exhibit, if there is one: the lines that have appeared, without marks on the telltale words."""
        whole = build_exhibit_view(
            self.bank, self.question, self.language, show_signs=False, localize_text=self._localize_in
        )
        return whole and self._insert_replies(structs.replace(whole, lines=whole.lines[: self.lines_seen]))

    def _insert_replies(self, view: ExhibitView) -> ExhibitView:
        exhibit = self.bank.exhibits[self.question.exhibit]
        return insert_replies(view, exhibit, self.replies, self.language, self._localize_in)

    @property
    def hint_id(self) -> str:
        """The id of the hint that says how to answer. Each interface has its own text for it."""
        return self.answer.hint_id

    @property
    def hint_values(self) -> dict[str, str]:
        """The values for the placeholders of the hint: the last letter, and an example of a wrong reply."""
        return {"last": self.options[-1].name if self.options else "", "example": self.answer.example_reply()}

    @property
    def room_hint(self) -> str:
        """A further question that helps an audience to answer, or "" if the stem is enough."""
        return _ROOM_HINTS.get(self.hint_id, NOTHING).translated(self.language)

    @cached_property
    def prompts(self) -> tuple[NamedText, ...]:
        """The prompts of pairs, with numbers, in printed order."""
        texts = self.answer.numbered_texts
        return tuple(
            NamedText(str(number), self.localize(text)) for number, text in enumerate(texts, start=1)
        )

    @cached_property
    def options(self) -> tuple[OptionView, ...]:
        """The options, choices or steps with letters, in printed order.

        Options for lines of an exhibit that have not appeared yet are left out.
        """
        has_letters = self.answer_form not in ("sides", "lines")
        right = self.correct_indices if self.is_choice else ()
        options = []
        for index, text in enumerate(self.answer.lettered_texts):
            name = self.answer.option_letter(index)
            letter = name.upper() if has_letters else ""
            options.append(OptionView(name, self.localize(text), letter, index in right))
        if self.lines_seen is not None and (numbers := self.answer.option_line_numbers):
            options = [
                option for option, line in zip(options, numbers, strict=True) if line <= self.lines_seen
            ]
        return tuple(options)

    # The key and its reasons.

    @property
    def correct_indices(self) -> tuple[int, ...]:
        """The right answer as indices in printed order; empty if it is words."""
        solution = self.answer.correct_response(FALLBACK)
        return solution if isinstance(solution, tuple) else ()

    @cached_property
    def right_answer_parts(self) -> tuple[NamedText, ...]:
        """The right answer in parts, each with the name that a person types and its text."""
        if self.answer.takes_words:
            best = self.answer.format_correct_response(self.language)
            return (NamedText("", best if self.verbatim else make_single_line(best)),)
        return self._labelled_texts(self.answer.correct_response_parts())

    def response_parts(self, response: Response) -> tuple[NamedText, ...]:
        """Return a response in parts, without saying whether they are right; a skipped question has none."""
        if isinstance(response, str):
            return (NamedText("", make_single_line(response)),)
        return self._labelled_texts(self.answer.response_parts(response))

    def _labelled_texts(self, parts: Iterable[tuple[str, tuple[Text, ...]]]) -> tuple[NamedText, ...]:
        return tuple(NamedText(name, self._join_texts(texts)) for name, texts in parts)

    def _join_texts(self, texts: tuple[Text, ...]) -> str:
        """Return one text as it is, and two as a pair with a colon."""
        first, *second = map(self.localize, texts)
        return (
            _("{left}: {right}", left=first, right=second[0]).translated(self.language) if second else first
        )

    @property
    def accepted_wordings(self) -> tuple[str, ...]:
        """The wordings that a blank accepts in the view's language, the best first; empty for other answers."""
        return self.answer.accepted_wordings(self.language)

    @cached_property
    def pairs(self) -> tuple[PairView, ...]:
        """The prompts with their correct choices, or the steps from first to last; empty for other answers."""
        if self.answer_form not in ("pairs", "order"):
            return ()
        prompts = self.prompts or [
            NamedText(str(place), "") for place in range(1, len(self.correct_indices) + 1)
        ]
        return tuple(
            PairView(prompt, self.options[index])
            for prompt, index in zip(prompts, self.correct_indices, strict=True)
        )

    @cached_property
    def correct_letters(self) -> str:
        """The printed letters of the correct options; "" if they have none."""
        return "".join(option.letter for option in self.options if option.right)

    @cached_property
    def right_answer(self) -> str:
        """The right answer in words that do not depend on the printed order."""
        if self.answer.takes_words:
            return self.right_answer_parts[0].text
        words = [self.options[index].text for index in self.correct_indices]
        if self.answer_form == "order":
            return " → ".join(words)
        sorted_by = [self.answer.lettered_texts[index] for index in self.correct_indices]
        if self.prompts:
            words = [format_pair(pair) for pair in self.pairs]
            sorted_by = list(self.answer.numbered_texts)
        english = [localize(text, FALLBACK) for text in sorted_by]
        ordered = [word for _, word in sorted(zip(english, words, strict=True), key=lambda each: each[0])]
        return locale(self.language).semicolon.join(ordered)

    @cached_property
    def printed_right_answer_parts(self) -> tuple[NamedText, ...]:
        """The right answer in parts, each with its printed letter or number and its text.

        The name of a part is like ``B``, or ``1 C`` for a pair, or "" if nothing is printed before
        it.
        """
        if self.pairs:
            return tuple(
                NamedText(f"{pair.prompt.name} {pair.option.letter}", format_pair(pair))
                for pair in self.pairs
            )
        found = tuple(NamedText(option.letter, option.text) for option in self.options if option.right)
        return found or (NamedText("", self.right_answer),)

    @cached_property
    def explained_exhibit(self) -> ExhibitView | None:
        """The exhibit with marks on its telltale words, and with the reasons."""
        whole = build_exhibit_view(
            self.bank, self.question, self.language, show_signs=True, localize_text=self._localize_in
        )
        return whole and self._insert_replies(whole)

    @cached_property
    def rationale(self) -> str:
        """The text that says why the right answer is right."""
        return self.localize(self.question.rationale)

    @cached_property
    def why(self) -> str:
        """The rationale, or without one the reason of the sign that decides."""
        exhibit = self.explained_exhibit
        return self.rationale or (exhibit.signs[0].reason if exhibit and exhibit.signs else "")

    @cached_property
    def advice(self) -> str:
        """The text that says what a person can do; it can be ""."""
        return self.localize(self.question.advice)

    @cached_property
    def citations(self) -> tuple[str, ...]:
        """The passages that the question rests on, one text for each source."""
        return format_citations(self.bank, self.question, self.language)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The titles of the sources of these passages."""
        return list_source_titles(self.bank, self.language, question=self.question)

    def localize(self, text: Text) -> str:
        """Return a text of the question bank in the view's language."""
        return self._localize_in(text, self.language)

    def _localize_in(self, text: Text, language: str) -> str:
        return localize(text, language) if self.verbatim else localize_for_display(text, language)


def format_pair(pair: PairView) -> str:
    """Return a pair with an arrow between its sides; for a step, only its text."""
    left, right = pair.prompt.text, pair.option.text
    return f"{left} → {right}" if left else right


def reveal_lines(view: QuestionView, lines_seen: int, replies: tuple[int, ...] = ()) -> QuestionView:
    """Return the same question after ``lines_seen`` lines of its exhibit, with the replies that the person chose.

    Later lines cannot be chosen yet.
    """
    return structs.replace(view, lines_seen=lines_seen, replies=replies)


def build_quiz_view(attempt: Attempt) -> QuizView:
    """Describe a quiz before its first question, or before it continues."""
    rules = attempt.rules
    return QuizView(
        total=attempt.total,
        position=attempt.position,
        seed=attempt.quiz.seed,
        sources=list_source_titles(attempt.quiz.bank, attempt.quiz.language),
        at_end=rules.feedback == "end",
        question_time=None if rules.question_seconds is None else format_clock(rules.question_seconds),
        quiz_time=None if rules.quiz_seconds is None else format_clock(rules.quiz_seconds),
    )


def build_question_view(attempt: Attempt, index: int) -> QuestionView:
    """Describe question ``index`` of an attempt, from 0."""
    quiz = attempt.quiz
    return QuestionView(
        quiz.questions[index],
        quiz.bank,
        quiz.language,
        index + 1,
        attempt.total,
        attempt.rules.is_practice,
        replies=attempt.answers[index].replies if index < attempt.position else (),
    )


def build_question_views(quiz: Quiz, language: str = "") -> tuple[QuestionView, ...]:
    """Describe the questions of a quiz, in its language or in another one.

    The order of questions and options is always the same, whatever the language.
    """
    return tuple(
        QuestionView(question, quiz.bank, language or quiz.language, number, len(quiz.questions))
        for number, question in enumerate(quiz.questions, start=1)
    )
