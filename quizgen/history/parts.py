"""Splitting a quiz into parts, so that the history stores each part once, however many quizzes have it.

What an attempt needs of its bank takes ten times the space of the attempt itself, and the same facts, sources and
texts come again in other quizzes. So a stored quiz has its own order of questions and options, and numbers instead
of all that other quizzes may have too. Each text in an answer is a part, because quizzes have them in different
orders.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from quizgen.model import (
    DEFAULT_LANGUAGES,
    Bank,
    Declaration,
    Exhibit,
    Fact,
    HelpNumber,
    Question,
    Quiz,
    Source,
    Topic,
)
from quizgen.shapes import Answer, Choose
from quizgen.text.languages import Text
from quizgen.text.messages import _

StorePart: TypeAlias = Callable[[bytes], int]
"""Stores JSON, unless it is stored already, and returns its number."""

LoadPart: TypeAlias = Callable[[int], bytes]
"""Returns the JSON with a number; raises LookupError if there is none."""

_SECTIONS: dict[str, type[Struct]] = {
    "sources": Source,
    "topics": Topic,
    "facts": Fact,
    "exhibits": Exhibit,
    "help": HelpNumber,
}
"""What is stored of a quiz's bank. Each entry has an ``id``."""

_PART = "part"

_NO_ANSWER = Choose((), (), "one")
"""The placeholder for the answer in a stored question."""


class _StoredQuestion(Struct, frozen=True):
    """The number of the part with a question without its answer, and the answer with texts as ``{"part": number}``."""

    body: int
    answer: Any


class _StoredQuiz(Struct, frozen=True, omit_defaults=True):
    """A quiz as stored. ``languages`` and ``currency`` are those that its bank declares."""

    seed: int
    language: str
    version: str
    questions: tuple[_StoredQuestion, ...]
    bank: dict[str, tuple[int, ...]]
    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    currency: Text = {}


def split_quiz(quiz: Quiz, store_part: StorePart) -> bytes:
    """Split a quiz, store its parts, and return the rest as JSON."""

    def store(value: Any) -> int:
        return store_part(msgspec.json.encode(value))

    def split_texts(value: Any) -> Any:
        if isinstance(value, dict) and "type" not in value:
            return {_PART: store(value)}
        if isinstance(value, dict):
            return {name: split_texts(each) for name, each in value.items()}
        return [split_texts(each) for each in value] if isinstance(value, list | tuple) else value

    def split_question(question: Question) -> _StoredQuestion:
        body = store(replace(question, answer=_NO_ANSWER))
        return _StoredQuestion(body, split_texts(msgspec.to_builtins(question.answer)))

    sections = {
        section: tuple(store(entry) for entry in getattr(quiz.bank, section).values())
        for section in _SECTIONS
    }
    questions = tuple(map(split_question, quiz.questions))
    declared = quiz.bank.declared
    return msgspec.json.encode(
        _StoredQuiz(
            seed=quiz.seed,
            language=quiz.language,
            version=quiz.version,
            questions=questions,
            bank=sections,
            languages=declared.languages,
            currency=declared.currency,
        )
    )


class QuizJoiner:
    """Joins the parts of stored quizzes. It reads parts that several quizzes have only once."""

    def __init__(self, load_part: LoadPart) -> None:
        self._load_part = load_part
        self._cache: dict[tuple[int, Any], Any] = {}

    def join(self, stored: bytes | str) -> Quiz:
        """Return a stored quiz. Raises msgspec.MsgspecError if it or one of its parts cannot be read."""
        parts = msgspec.json.decode(stored, type=_StoredQuiz)
        bank: dict[str, Any] = {
            section: {entry.id: entry for entry in (self._part(part, type_) for part in parts.bank[section])}
            for section, type_ in _SECTIONS.items()
            if section in parts.bank
        }
        quiz = Quiz(
            questions=tuple(map(self._join_question, parts.questions)),
            seed=parts.seed,
            language=parts.language,
            bank=Bank(
                **{"sources": {}, "topics": {}, "facts": {}, "questions": {}, **bank},
                declared=Declaration(parts.languages, currency=parts.currency),
            ),
            version=parts.version,
        )
        if not _is_whole(quiz):
            raise msgspec.ValidationError(_("its parts do not belong together"))
        return quiz

    def _join_question(self, stored: _StoredQuestion) -> Question:
        body: Question = self._part(stored.body, Question)
        answer: Answer = msgspec.convert(self._join_texts(stored.answer), type=Answer)
        return replace(body, answer=answer)

    def _join_texts(self, value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {_PART}:
                return self._part(value[_PART], Any)
            return {name: self._join_texts(each) for name, each in value.items()}
        return [self._join_texts(each) for each in value] if isinstance(value, list) else value

    def _part(self, number: Any, type_: Any) -> Any:
        key = number, type_
        if key not in self._cache:
            try:
                self._cache[key] = msgspec.json.decode(self._load_part(number), type=type_)
            except LookupError as error:
                raise msgspec.ValidationError(_("its parts do not belong together")) from error
        return self._cache[key]


def _is_whole(quiz: Quiz) -> bool:
    """Return whether the quiz has everything that its questions refer to."""
    bank = quiz.bank
    passages = {passage.id for source in bank.sources.values() for passage in source.passages}
    return all(
        question.topic in bank.topics
        and (not question.exhibit or question.exhibit in bank.exhibits)
        and all(
            fact in bank.facts and passages.issuperset(bank.facts[fact].cites)
            for fact in bank.facts_behind(question)
        )
        for question in quiz.questions
    )
