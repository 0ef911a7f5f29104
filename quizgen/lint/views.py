"""Questions as the rules see them: their author's texts in one language, each with its path.

Rules do not use :class:`~quizgen.view.question.QuestionView`, because they check what an author wrote and where: without
texts of another language in place of missing ones, and with the key first.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from quizgen.errors import Path
from quizgen.kinds import KINDS
from quizgen.lint.words import Words, words_of
from quizgen.model import Bank, Exhibit, Question
from quizgen.shapes import Choose, Fill
from quizgen.text.languages import FALLBACK, Text


class Part(NamedTuple):
    """A text of a question, its path in the entry, and whether it is a right answer."""

    path: Path
    text: str
    is_key: bool = False


def exhibit_path(exhibit: str) -> Path:
    """Return the path of an exhibit, by full id, as if it were in the entry of a question."""
    return ("exhibit", exhibit)


class View:
    """A question in one language. ``exhibit`` is what it is about, or ``None``.

    ``checks_exhibit`` is set for the first question on an exhibit only, so that the exhibit's texts are checked once.
    """

    def __init__(
        self,
        question: Question,
        language: str,
        words: Words,
        exhibit: Exhibit | None,
        *,
        checks_exhibit: bool,
    ) -> None:
        self.question = question
        self.language = language
        self.words = words
        self.exhibit = exhibit
        self.checks_exhibit = checks_exhibit
        self.stem = Part(("stem", language), question.stem.get(language, ""))
        self.rationale = Part(("rationale", language), question.rationale.get(language, ""))
        self.advice = Part(("advice", language), question.advice.get(language, ""))

    def in_language(self, language: str) -> "View":
        """Return the same question in another language, with the words of this one."""
        return View(self.question, language, self.words, self.exhibit, checks_exhibit=self.checks_exhibit)

    @property
    def options(self) -> tuple[Part, ...]:
        """The options that an author wrote, keys first.

        True and false, a verdict and the lines of an exhibit are not written as options.
        """
        return self.groups[0] if self.groups and self.question.answer.answer_form == "choose" else ()

    @property
    def keys(self) -> tuple[Part, ...]:
        """The right options."""
        return tuple(option for option in self.options if option.is_key)

    @property
    def distractors(self) -> tuple[Part, ...]:
        """The wrong options."""
        return tuple(option for option in self.options if not option.is_key)

    @cached_property
    def accepted(self) -> tuple[Part, ...]:
        """The accepted answers for a blank, the best one first."""
        answer = self.question.answer
        if not isinstance(answer, Fill):
            return ()
        return tuple(
            Part(("accept", self.language, index), text, is_key=True)
            for index, text in enumerate(answer.accept.get(self.language, ()))
        )

    @cached_property
    def groups(self) -> tuple[tuple[Part, ...], ...]:
        """The lists of texts below the stem: the options; the left and the right sides of a match; the steps."""
        answer, kind = self.question.answer, KINDS[self.question.kind]
        if answer.truth_value is not None or kind.needs_exhibit:
            return ()
        places = kind.text_paths(answer)
        return tuple(self._parts(*group) for group in zip(places, answer.text_groups(), strict=True))

    @property
    def truth(self) -> bool | None:
        """Whether a true-false statement is true; ``None`` for any other kind."""
        return self.question.answer.truth_value

    @cached_property
    def texts(self) -> tuple[Part, ...]:
        """Every text of the question in this language, and of its exhibit if ``checks_exhibit``."""
        grouped = (part for group in self.groups for part in group)
        shown = self.shown if self.checks_exhibit else ()
        every = (self.stem, *grouped, *self.accepted, self.rationale, self.advice, *shown)
        return tuple(part for part in every if part.text)

    @cached_property
    def shown(self) -> tuple[Part, ...]:
        """The texts of the exhibit: its context, sender, lines with replies, and the reasons of its signs."""
        exhibit = self.exhibit
        if not exhibit:
            return ()
        placed = [
            (("context",), exhibit.context),
            (("from",), exhibit.sender),
            *((("lines", index), line.text) for index, line in enumerate(exhibit.lines)),
            *_replies(exhibit),
            *((("signs", index, "reason"), sign.reason) for index, sign in enumerate(exhibit.signs)),
        ]
        return tuple(
            Part((*exhibit_path(exhibit.id), *path, self.language), text.get(self.language, ""))
            for path, text in placed
        )

    def _parts(self, places: tuple[Path, ...], texts: tuple[Text, ...]) -> tuple[Part, ...]:
        answer = self.question.answer
        keys = answer.keys if isinstance(answer, Choose) else ()
        return tuple(
            Part((*place, self.language), text.get(self.language, ""), index in keys)
            for index, (place, text) in enumerate(zip(places, texts, strict=True))
        )

    @cached_property
    def stem_tokens(self) -> frozenset[str]:
        """The tokens of the stem that carry content."""
        return frozenset(self.words.tokens(self.stem.text))


class Item:
    """A question and its exhibit, with a view for each language that has word lists."""

    def __init__(
        self, question: Question, exhibit: Exhibit | None = None, *, checks_exhibit: bool = False
    ) -> None:
        self.question = question
        self.exhibit = exhibit
        self.views = tuple(
            View(question, language, words, exhibit, checks_exhibit=checks_exhibit)
            for language in sorted(question.stem, key=lambda language: language != FALLBACK)
            if (words := words_of(language))
        )

    def view(self, language: str) -> View | None:
        """Return the view in a language, if there is one."""
        return next((view for view in self.views if view.language == language), None)

    def pairs(self) -> Iterator[tuple[View, View]]:
        """Yield English with each of the other languages."""
        for other in self.views[1:]:
            yield self.views[0], other


def _replies(exhibit: Exhibit) -> Iterator[tuple[Path, Text]]:
    """Yield the possible replies in an exhibit, and what follows, each with its path."""
    for index, line in enumerate(exhibit.lines):
        for at, reply in enumerate(line.replies):
            path: Path = ("lines", index, "replies", at)
            yield (*path, "say"), reply.say
            yield from (((*path, "then", place), then.text) for place, then in enumerate(reply.then))


def lint_items(bank: Bank) -> list[Item]:
    """Return the items of a bank; the first question on an exhibit also checks that exhibit."""
    seen: set[str] = set()
    items = []
    for question in bank.questions.values():
        exhibit = bank.exhibits.get(question.exhibit)
        items.append(Item(question, exhibit, checks_exhibit=question.exhibit not in seen))
        seen.add(question.exhibit)
    return items
