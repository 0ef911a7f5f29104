"""A question laid out for the rules: in one language at a time, each text with its place."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from quizgen.errors import Path
from quizgen.kinds import KINDS
from quizgen.language import Text
from quizgen.lint.words import Words, words_of
from quizgen.model import WRITTEN_LANGUAGES, Question
from quizgen.shapes import Choose, Fill


class Part(NamedTuple):
    """A text of a question, where it stands in the entry, and whether it is a right answer."""

    path: Path
    text: str
    right: bool = False


class View:
    """A question in one language."""

    def __init__(self, question: Question, language: str, words: Words) -> None:
        self.question = question
        self.language = language
        self.words = words
        self.stem = Part(("stem", language), question.stem.get(language, ""))
        self.rationale = Part(("rationale", language), question.rationale.get(language, ""))
        self.advice = Part(("advice", language), question.advice.get(language, ""))

    @cached_property
    def options(self) -> tuple[Part, ...]:
        """Options of a question that is answered by choosing, its keys first; not those of a true-false."""
        answer = self.question.answer
        if not isinstance(answer, Choose) or answer.style == "truth":
            return ()
        (places,) = KINDS[self.question.kind].places(answer)
        return tuple(
            Part((*place, self.language), option.get(self.language, ""), index in answer.keys)
            for index, (place, option) in enumerate(zip(places, answer.options, strict=True))
        )

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
        """Texts that stand side by side: the options; a match's left sides, and its right; the steps."""
        answer = self.question.answer
        if isinstance(answer, Choose):
            return (self.options,) if self.options else ()
        places = KINDS[self.question.kind].places(answer)
        return tuple(self._parts(*group) for group in zip(places, answer.groups(), strict=True))

    @cached_property
    def truth(self) -> bool | None:
        """Whether a true-false statement is true; ``None`` for any other kind."""
        answer = self.question.answer
        if isinstance(answer, Choose) and answer.style == "truth":
            return answer.keys == (0,)
        return None

    @cached_property
    def texts(self) -> tuple[Part, ...]:
        """Every text of the question in this language."""
        grouped = (part for group in self.groups for part in group)
        every = (self.stem, *grouped, *self.accepted, self.rationale, self.advice)
        return tuple(part for part in every if part.text)

    def _parts(self, places: tuple[Path, ...], texts: tuple[Text, ...]) -> tuple[Part, ...]:
        return tuple(
            Part((*place, self.language), text.get(self.language, ""))
            for place, text in zip(places, texts, strict=True)
        )

    @cached_property
    def stem_tokens(self) -> frozenset[str]:
        """Tokens of the stem that carry content."""
        return frozenset(self.words.tokens(self.stem.text))


class Item:
    """A question with a view for each of its languages that we have words for."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.views = tuple(
            View(question, language, words)
            for language in sorted(question.stem, key=lambda language: language != WRITTEN_LANGUAGES[0])
            if (words := words_of(language))
        )

    def view(self, language: str) -> View | None:
        """Return the view in a language, if there is one."""
        return next((view for view in self.views if view.language == language), None)

    def pairs(self) -> Iterator[tuple[View, View]]:
        """Give English beside each of the others."""
        for other in self.views[1:]:
            yield self.views[0], other
