"""Questions as lint rules check them: the author's texts in one language, each with its path in the question's entry.

Rules do not use :class:`~quizgen.view.question.QuestionView`, which replaces missing texts by another language and
shuffles options. They have to check what the author wrote, and where.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from quizgen.errors import Path
from quizgen.kinds import KINDS
from quizgen.lint.words import LanguageWords, load_language_words
from quizgen.model import Bank, Exhibit, Lesson, Question
from quizgen.shapes import Choose, Fill
from quizgen.text.languages import FALLBACK, Text


class LocatedText(NamedTuple):
    """A text of a question, its path in the question's entry, and whether it is a correct option or answer."""

    path: Path
    text: str
    is_correct: bool = False


def lesson_path(lesson_id: str) -> Path:
    """Return the path that diagnostics use for a lesson, given its full id."""
    return ("lesson", lesson_id)


def exhibit_path(exhibit_id: str) -> Path:
    """Return the path that diagnostics use for an exhibit, given its full id."""
    return ("exhibit", exhibit_id)


class LanguageView:
    """A question in one language, with its exhibit and its lesson if it has them.

    ``checks_exhibit`` is true only for the first question that shows an exhibit, so that each exhibit's texts are
    checked once; ``checks_lesson`` likewise.
    """

    def __init__(
        self,
        question: Question,
        language: str,
        language_words: LanguageWords,
        exhibit: Exhibit | None,
        lesson: Lesson | None,
        *,
        checks_exhibit: bool,
        checks_lesson: bool,
    ) -> None:
        self.question = question
        self.language = language
        self.words = language_words
        self.exhibit = exhibit
        self.lesson = lesson
        self.checks_exhibit = checks_exhibit
        self.checks_lesson = checks_lesson
        self.stem = LocatedText(("stem", language), question.stem.get(language, ""))
        self.short = LocatedText(("short", language), question.short.get(language, ""))
        self.rationale = LocatedText(("rationale", language), question.rationale.get(language, ""))
        self.advice = LocatedText(("advice", language), question.advice.get(language, ""))

    def in_language(self, language: str) -> "LanguageView":
        """Return the same question in another language. The word lists stay those of this language."""
        return LanguageView(
            self.question,
            language,
            self.words,
            self.exhibit,
            self.lesson,
            checks_exhibit=self.checks_exhibit,
            checks_lesson=self.checks_lesson,
        )

    @property
    def options(self) -> tuple[LocatedText, ...]:
        """The options that the author wrote, correct ones first.

        There are none if the program adds the options: true and false, genuine and scam, or the lines of an exhibit.
        """
        return (
            self.text_groups[0] if self.text_groups and self.question.answer.answer_form == "choose" else ()
        )

    @property
    def correct_options(self) -> tuple[LocatedText, ...]:
        """The correct options."""
        return tuple(option for option in self.options if option.is_correct)

    @property
    def wrong_options(self) -> tuple[LocatedText, ...]:
        """The wrong options."""
        return tuple(option for option in self.options if not option.is_correct)

    @cached_property
    def accepted_answers(self) -> tuple[LocatedText, ...]:
        """The accepted answers for a blank, the best one first."""
        answer = self.question.answer
        if not isinstance(answer, Fill):
            return ()
        return tuple(
            LocatedText(("accept", self.language, index), text, is_correct=True)
            for index, text in enumerate(answer.accept.get(self.language, ()))
        )

    @cached_property
    def text_groups(self) -> tuple[tuple[LocatedText, ...], ...]:
        """The texts below the stem, in groups: the options, or the two sides of a matching question, or the steps to put in order."""
        answer, kind = self.question.answer, KINDS[self.question.kind]
        if answer.truth_value is not None or kind.needs_exhibit:
            return ()
        places = kind.text_paths(answer)
        return tuple(
            self._make_located_texts(*group) for group in zip(places, answer.text_groups(), strict=True)
        )

    @property
    def truth_value(self) -> bool | None:
        """Whether the statement of a true-or-false question is true; ``None`` for other kinds of questions."""
        return self.question.answer.truth_value

    @property
    def has_statement(self) -> bool:
        """Whether the stem is a statement to judge, and asks nothing."""
        return KINDS[self.question.kind].has_statement

    @cached_property
    def all_texts(self) -> tuple[LocatedText, ...]:
        """All texts of the question, and those of its exhibit and its lesson if they are to be checked here."""
        grouped = (part for group in self.text_groups for part in group)
        shown = self.exhibit_texts if self.checks_exhibit else ()
        explained = (self.rationale, *([] if self.has_advice_of_lesson else [self.advice]))
        taught = self.lesson_texts if self.checks_lesson else ()
        every = (self.stem, self.short, *grouped, *self.accepted_answers, *explained, *taught, *shown)
        return tuple(part for part in every if part.text)

    @property
    def has_advice_of_lesson(self) -> bool:
        """Whether the advice is that of the lesson, and not the question's own."""
        return self.lesson is not None and self.question.advice == self.lesson.do

    @property
    def lesson_texts(self) -> tuple[LocatedText, ...]:
        """What to remember and what to do, as the lesson says it."""
        lesson, language = self.lesson, self.language
        parts = (("keep", lesson.keep), ("do", lesson.do)) if lesson else ()
        return tuple(
            LocatedText((*lesson_path(self.question.lesson), key, language), text.get(language, ""))
            for key, text in parts
        )

    @cached_property
    def exhibit_texts(self) -> tuple[LocatedText, ...]:
        """All texts of the exhibit: context, sender, lines with their replies, and the reasons of its signs."""
        exhibit = self.exhibit
        if not exhibit:
            return ()
        placed = [
            (("context",), exhibit.context),
            (("from",), exhibit.sender),
            *((("lines", index), line.text) for index, line in enumerate(exhibit.lines)),
            *_reply_texts(exhibit),
            *((("signs", index, "reason"), sign.reason) for index, sign in enumerate(exhibit.signs)),
        ]
        return tuple(
            LocatedText((*exhibit_path(exhibit.id), *path, self.language), text.get(self.language, ""))
            for path, text in placed
        )

    def _make_located_texts(
        self, places: tuple[Path, ...], texts: tuple[Text, ...]
    ) -> tuple[LocatedText, ...]:
        """Combine texts with their paths, and mark the correct options."""
        answer = self.question.answer
        keys = answer.keys if isinstance(answer, Choose) else ()
        return tuple(
            LocatedText((*place, self.language), text.get(self.language, ""), index in keys)
            for index, (place, text) in enumerate(zip(places, texts, strict=True))
        )

    @cached_property
    def stem_content_tokens(self) -> frozenset[str]:
        """The tokens of the stem that carry content, without words such as ``the``."""
        return frozenset(self.words.split_content_tokens(self.stem.text))


class Item:
    """A question with its exhibit, and a view of it in each of ``languages`` that has word lists."""

    def __init__(
        self,
        question: Question,
        languages: Iterable[str],
        exhibit: Exhibit | None = None,
        lesson: Lesson | None = None,
        *,
        checks_exhibit: bool = False,
        checks_lesson: bool = False,
    ) -> None:
        self.question = question
        self.exhibit = exhibit
        self.views = tuple(
            LanguageView(
                question,
                language,
                words,
                exhibit,
                lesson,
                checks_exhibit=checks_exhibit,
                checks_lesson=checks_lesson,
            )
            for language in sorted(languages, key=lambda language: language != FALLBACK)
            if (words := load_language_words(language))
        )

    def view(self, language: str) -> LanguageView | None:
        """Return the question in this language, or ``None``."""
        return next((view for view in self.views if view.language == language), None)

    def pairs(self) -> Iterator[tuple[LanguageView, LanguageView]]:
        """Yield the English question together with the question in each other language."""
        for other in self.views[1:]:
            yield self.views[0], other


def _reply_texts(exhibit: Exhibit) -> Iterator[tuple[Path, Text]]:
    """Yield the replies that an exhibit offers and the lines that follow them, each with its path."""
    for index, line in enumerate(exhibit.lines):
        for at, reply in enumerate(line.replies):
            path: Path = ("lines", index, "replies", at)
            yield (*path, "say"), reply.say
            yield from (((*path, "then", place), then.text) for place, then in enumerate(reply.then))


def make_lint_items(bank: Bank) -> list[Item]:
    """Return the questions of a bank for checking. The first question on an exhibit or a lesson also checks that."""
    seen = {""}
    items = []
    for question in bank.questions.values():
        exhibit = bank.exhibits.get(question.exhibit)
        items.append(
            Item(
                question,
                bank.declared.languages,
                exhibit,
                bank.lessons.get(question.lesson),
                checks_exhibit=question.exhibit not in seen,
                checks_lesson=question.lesson not in seen,
            )
        )
        seen.update((question.exhibit, question.lesson))
    return items
