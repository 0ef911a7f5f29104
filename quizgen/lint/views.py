"""A question laid out for the rules: its author's texts in one language at a time, each with its place in the file.

Rules do not read a :class:`~quizgen.view.question.QuestionView`, since they look at what an author wrote and where: texts
that no other language stands in for, the key first.
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
    """A text of a question, where it stands in the entry, and whether it is a right answer."""

    path: Path
    text: str
    right: bool = False


def exhibit_path(exhibit: str) -> Path:
    """Give the path of an exhibit, by its full id, as if it stood in the entry of a question on it."""
    return ("exhibit", exhibit)


class View:
    """A question in one language. ``exhibit`` is what it is about, or ``None``.

    ``reads_exhibit`` says whether the exhibit's texts are checked with it: only with the first question on an exhibit.
    """

    def __init__(
        self, question: Question, language: str, words: Words, exhibit: Exhibit | None, *, reads_exhibit: bool
    ) -> None:
        self.question = question
        self.language = language
        self.words = words
        self.exhibit = exhibit
        self.reads_exhibit = reads_exhibit
        self.stem = Part(("stem", language), question.stem.get(language, ""))
        self.rationale = Part(("rationale", language), question.rationale.get(language, ""))
        self.advice = Part(("advice", language), question.advice.get(language, ""))

    def in_language(self, language: str) -> "View":
        """Return the same question in another language, read by the words of this one."""
        return View(self.question, language, self.words, self.exhibit, reads_exhibit=self.reads_exhibit)

    @property
    def options(self) -> tuple[Part, ...]:
        """Options that an author wrote for a question that is answered by choosing, its keys first.

        True and false, a verdict and the lines of an exhibit are not written by an author.
        """
        return self.groups[0] if self.groups and self.question.answer.form == "choose" else ()

    @property
    def keys(self) -> tuple[Part, ...]:
        """The right ones of the options."""
        return tuple(option for option in self.options if option.right)

    @property
    def distractors(self) -> tuple[Part, ...]:
        """The wrong ones of the options."""
        return tuple(option for option in self.options if not option.right)

    @cached_property
    def accepted(self) -> tuple[Part, ...]:
        """Answers that a blank takes, the best one first."""
        answer = self.question.answer
        if not isinstance(answer, Fill):
            return ()
        return tuple(
            Part(("accept", self.language, index), text, right=True)
            for index, text in enumerate(answer.accept.get(self.language, ()))
        )

    @cached_property
    def groups(self) -> tuple[tuple[Part, ...], ...]:
        """Lists of texts that an author wrote below the stem: the options; a match's left sides, and its right; the steps."""
        answer, kind = self.question.answer, KINDS[self.question.kind]
        if answer.truth_value is not None or kind.needs_exhibit:
            return ()
        places = kind.text_paths(answer)
        return tuple(self._parts(*group) for group in zip(places, answer.groups(), strict=True))

    @property
    def truth(self) -> bool | None:
        """Whether a true-false statement is true; ``None`` for any other kind."""
        return self.question.answer.truth_value

    @cached_property
    def texts(self) -> tuple[Part, ...]:
        """Every text of the question in this language; those of its exhibit too, if it speaks for that."""
        grouped = (part for group in self.groups for part in group)
        shown = self.shown if self.reads_exhibit else ()
        every = (self.stem, *grouped, *self.accepted, self.rationale, self.advice, *shown)
        return tuple(part for part in every if part.text)

    @cached_property
    def shown(self) -> tuple[Part, ...]:
        """Texts of the exhibit: its context, its sender, its lines with their replies, and the reasons of its signs."""
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
        """Tokens of the stem that carry content."""
        return frozenset(self.words.tokens(self.stem.text))


class Item:
    """A question, and what it is about, with a view for each of its languages that we have words for."""

    def __init__(
        self, question: Question, exhibit: Exhibit | None = None, *, reads_exhibit: bool = False
    ) -> None:
        self.question = question
        self.exhibit = exhibit
        self.views = tuple(
            View(question, language, words, exhibit, reads_exhibit=reads_exhibit)
            for language in sorted(question.stem, key=lambda language: language != FALLBACK)
            if (words := words_of(language))
        )

    def view(self, language: str) -> View | None:
        """Return the view in a language, if there is one."""
        return next((view for view in self.views if view.language == language), None)

    def pairs(self) -> Iterator[tuple[View, View]]:
        """Give English beside each of the others."""
        for other in self.views[1:]:
            yield self.views[0], other


def _replies(exhibit: Exhibit) -> Iterator[tuple[Path, Text]]:
    """Give what the reader may say in an exhibit, and what follows, each with its place."""
    for index, line in enumerate(exhibit.lines):
        for at, reply in enumerate(line.replies):
            path: Path = ("lines", index, "replies", at)
            yield (*path, "say"), reply.say
            yield from (((*path, "then", place), then.text) for place, then in enumerate(reply.then))


def items_of(bank: Bank) -> list[Item]:
    """Lay out the questions of a bank, each beside its exhibit, for which its first question speaks."""
    seen: set[str] = set()
    items = []
    for question in bank.questions.values():
        exhibit = bank.exhibits.get(question.exhibit)
        items.append(Item(question, exhibit, reads_exhibit=question.exhibit not in seen))
        seen.add(question.exhibit)
    return items
