"""Splits a quiz into parts and restores it, so that the history stores each part only once.

The facts, sources and texts of a quiz take ten times the space of an attempt's answers, and they occur in
other quizzes too. So a stored quiz has its own order of questions and options, and refers to everything else
by the number of a part. Each text in an answer is a part of its own, because each quiz has these texts in
another order.
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
    Lesson,
    Question,
    Quiz,
    Source,
    Topic,
)
from quizgen.shapes import Answer, Choose
from quizgen.shapes.choose import ChoiceStyle
from quizgen.text.languages import Text
from quizgen.text.messages import _

StorePart: TypeAlias = Callable[[bytes], int]
"""A function that stores JSON, unless it is stored already, and returns its number."""

LoadPart: TypeAlias = Callable[[int], bytes]
"""A function that returns the JSON that has a number. It raises LookupError if there is none."""

_SECTIONS: dict[str, type[Struct]] = {
    "sources": Source,
    "topics": Topic,
    "facts": Fact,
    "lessons": Lesson,
    "exhibits": Exhibit,
    "help": HelpNumber,
}
"""The sections of a question bank that are stored with a quiz. Each entry of a section has an ``id``."""

_PART = "part"

_NO_ANSWER = Choose((), (), "one")
"""The placeholder for the answer in a stored question."""


class _StoredQuestion(Struct, frozen=True):
    """A stored question: the number of the part with everything but its answer, and its answer.

    In the answer, ``{"part": number}`` stands for each text.
    """

    body: int
    answer: Any


class _StoredWords(Struct, frozen=True, omit_defaults=True):
    """The sentence that says what a question bank is about, its glossary and its title. They are stored as one part."""

    about: Text = {}
    glossary: dict[str, Text] = {}
    title: Text = {}


class _StoredQuiz(Struct, frozen=True, omit_defaults=True):
    """A stored quiz. ``languages``, ``currency``, ``money`` and ``stake`` are those that its question bank declares.

    ``words`` is the number of the part with the words that it declares, or ``None`` without any.
    """

    seed: int
    language: str
    version: str
    questions: tuple[_StoredQuestion, ...]
    bank: dict[str, tuple[int, ...]]
    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    currency: Text = {}
    money: int = 0
    stake: int = 0
    words: int | None = None


def split_quiz(quiz: Quiz, store_part: StorePart) -> bytes:
    """Split a quiz, store its parts, and return the rest as JSON."""

    def store_as_part(value: Any) -> int:
        return store_part(msgspec.json.encode(value))

    def split_texts(value: Any) -> Any:
        if isinstance(value, dict) and "type" not in value:
            return {_PART: store_as_part(value)}
        if isinstance(value, dict):
            return {name: split_texts(each) for name, each in value.items()}
        return [split_texts(each) for each in value] if isinstance(value, list | tuple) else value

    def split_question(question: Question) -> _StoredQuestion:
        body = store_as_part(replace(question, answer=_NO_ANSWER))
        return _StoredQuestion(body, split_texts(msgspec.to_builtins(question.answer)))

    sections = {
        section: tuple(store_as_part(entry) for entry in getattr(quiz.bank, section).values())
        for section in _SECTIONS
    }
    questions = tuple(map(split_question, quiz.questions))
    declared = quiz.bank.declared
    has_words = declared.about or declared.glossary or declared.title
    return msgspec.json.encode(
        _StoredQuiz(
            seed=quiz.seed,
            language=quiz.language,
            version=quiz.version,
            questions=questions,
            bank=sections,
            languages=declared.languages,
            currency=declared.currency,
            money=declared.money,
            stake=declared.stake,
            words=store_as_part(_StoredWords(declared.about, declared.glossary, declared.title))
            if has_words
            else None,
        )
    )


class _OutlineAnswer(Struct, frozen=True):
    """What an outline needs of a stored answer: its style, if it is a choice."""

    style: ChoiceStyle = "one"


class _OutlineQuestion(Struct, frozen=True):
    """A stored question without the texts of its answer."""

    body: int
    answer: _OutlineAnswer


class _OutlineBank(Struct, frozen=True):
    """The sections of a stored quiz that an outline needs."""

    topics: tuple[int, ...] = ()
    exhibits: tuple[int, ...] = ()


class _OutlineQuiz(Struct, frozen=True):
    """A stored quiz, read without everything that a list of attempts does not show."""

    seed: int
    language: str
    questions: tuple[_OutlineQuestion, ...]
    bank: _OutlineBank
    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    currency: Text = {}
    money: int = 0
    stake: int = 0
    words: int | None = None


_OUTLINE_DECODER = msgspec.json.Decoder(_OutlineQuiz)


class QuizRestorer:
    """Restores quizzes from their parts. A part that several quizzes share is read only once."""

    def __init__(self, load_part: LoadPart) -> None:
        self._load_part = load_part
        self._cache: dict[tuple[int, Any], Any] = {}
        self._outlines: dict[tuple[int, ChoiceStyle], Question] = {}

    def restore_quiz(self, stored_json: bytes | str) -> Quiz:
        """Return the quiz that was stored as this JSON.

        Raises msgspec.MsgspecError if the JSON or one of the parts cannot be read.
        """
        parts = msgspec.json.decode(stored_json, type=_StoredQuiz)
        bank: dict[str, Any] = {
            section: {
                entry.id: entry
                for entry in (self._load_cached_part(part, type_) for part in parts.bank[section])
            }
            for section, type_ in _SECTIONS.items()
            if section in parts.bank
        }
        words = _StoredWords() if parts.words is None else self._load_cached_part(parts.words, _StoredWords)
        declared = Declaration(
            parts.languages,
            currency=parts.currency,
            money=parts.money,
            stake=parts.stake,
            about=words.about,
            glossary=words.glossary,
            title=words.title,
        )
        quiz = Quiz(
            questions=tuple(map(self._restore_question, parts.questions)),
            seed=parts.seed,
            language=parts.language,
            bank=Bank(
                **{"sources": {}, "topics": {}, "facts": {}, "questions": {}, **bank},
                declared=declared,
            ),
            version=parts.version,
        )
        if not _is_complete(quiz):
            raise msgspec.ValidationError(_("its parts do not match"))
        return quiz

    def restore_outline(self, stored_json: bytes | str) -> Quiz:
        """Return the quiz that was stored as this JSON, without the texts of answers, facts and sources.

        A list of many attempts needs no more, and this takes a fifth of the time. Raises msgspec.MsgspecError
        as :meth:`restore_quiz` does.
        """
        parts = _OUTLINE_DECODER.decode(stored_json)
        words = _StoredWords() if parts.words is None else self._load_cached_part(parts.words, _StoredWords)
        topics = (self._load_cached_part(part, Topic) for part in parts.bank.topics)
        exhibits = (self._load_cached_part(part, Exhibit) for part in parts.bank.exhibits)
        quiz = Quiz(
            questions=tuple(self._restore_outline_question(question) for question in parts.questions),
            seed=parts.seed,
            language=parts.language,
            bank=Bank(
                sources={},
                topics={topic.id: topic for topic in topics},
                facts={},
                questions={},
                exhibits={exhibit.id: exhibit for exhibit in exhibits},
                declared=Declaration(
                    parts.languages,
                    title=words.title,
                    currency=parts.currency,
                    money=parts.money,
                    stake=parts.stake,
                ),
            ),
            version="",
        )
        if not all(
            question.topic in quiz.bank.topics
            and (not question.exhibit or question.exhibit in quiz.bank.exhibits)
            for question in quiz.questions
        ):
            raise msgspec.ValidationError(_("its parts do not match"))
        return quiz

    def _restore_outline_question(self, stored_question: _OutlineQuestion) -> Question:
        key = stored_question.body, stored_question.answer.style
        if key not in self._outlines:
            body: Question = self._load_cached_part(stored_question.body, Question)
            self._outlines[key] = replace(body, answer=Choose((), (), stored_question.answer.style))
        return self._outlines[key]

    def _restore_question(self, stored_question: _StoredQuestion) -> Question:
        body: Question = self._load_cached_part(stored_question.body, Question)
        answer: Answer = msgspec.convert(self._restore_texts(stored_question.answer), type=Answer)
        return replace(body, answer=answer)

    def _restore_texts(self, value: Any) -> Any:
        """Put the texts back into a stored answer, in the place of the numbers of their parts."""
        if isinstance(value, dict):
            if value.keys() == {_PART}:
                return self._load_cached_part(value[_PART], Any)
            return {name: self._restore_texts(each) for name, each in value.items()}
        return [self._restore_texts(each) for each in value] if isinstance(value, list) else value

    def _load_cached_part(self, number: Any, type_: Any) -> Any:
        key = number, type_
        if key not in self._cache:
            try:
                self._cache[key] = msgspec.json.decode(self._load_part(number), type=type_)
            except LookupError as error:
                raise msgspec.ValidationError(_("its parts do not match")) from error
        return self._cache[key]


def _is_complete(quiz: Quiz) -> bool:
    """Return whether the quiz has every topic, exhibit, fact and passage that its questions refer to."""
    bank = quiz.bank
    passages = {passage.id for source in bank.sources.values() for passage in source.passages}
    return all(
        question.topic in bank.topics
        and (not question.exhibit or question.exhibit in bank.exhibits)
        and all(
            fact in bank.facts and passages.issuperset(bank.facts[fact].cites)
            for fact in bank.fact_ids_behind(question)
        )
        for question in quiz.questions
    )
