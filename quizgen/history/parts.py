"""A quiz cut into parts, each of which the history stores once, whatever quizzes hold it.

What an attempt needs of its bank is ten times what is its own: the same facts, sources and texts come again in
quiz after quiz. So a quiz is kept as its own order of questions and options, with numbers in the place of all that
others may hold too. Texts in an answer are parts by themselves, since each quiz has them in another order.
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
from quizgen.text.messages import text

Store: TypeAlias = Callable[[bytes], int]
"""Keeps JSON, unless it is there already, and gives its number."""

Load: TypeAlias = Callable[[int], bytes]
"""Gives the JSON with a number; raises LookupError where there is none."""

_SECTIONS: dict[str, type[Struct]] = {
    "sources": Source,
    "topics": Topic,
    "facts": Fact,
    "exhibits": Exhibit,
    "help": HelpNumber,
}
"""What a quiz takes along of its bank, each entry with its ``id``."""

_PART = "part"

_ELSEWHERE = Choose((), (), "one")
"""Stands for the answer in the part that is a question."""


class _Asked(Struct, frozen=True):
    """A question: the part with all but its answer, and the answer, texts as ``{"part": number}``."""

    body: int
    answer: Any


class _Cut(Struct, frozen=True, omit_defaults=True):
    """A quiz as it is kept; ``languages`` are those that its bank declares."""

    seed: int
    language: str
    version: str
    questions: tuple[_Asked, ...]
    bank: dict[str, tuple[int, ...]]
    languages: tuple[str, ...] = DEFAULT_LANGUAGES


def cut(quiz: Quiz, store: Store) -> bytes:
    """Cut a quiz, store its parts, and return the rest as JSON."""

    def number(value: Any) -> int:
        return store(msgspec.json.encode(value))

    def apart(value: Any) -> Any:
        if isinstance(value, dict) and "type" not in value:
            return {_PART: number(value)}
        if isinstance(value, dict):
            return {name: apart(each) for name, each in value.items()}
        return [apart(each) for each in value] if isinstance(value, list | tuple) else value

    def asked(question: Question) -> _Asked:
        body = number(replace(question, answer=_ELSEWHERE))
        return _Asked(body, apart(msgspec.to_builtins(question.answer)))

    sections = {
        section: tuple(number(entry) for entry in getattr(quiz.bank, section).values())
        for section in _SECTIONS
    }
    questions = tuple(map(asked, quiz.questions))
    languages = quiz.bank.declared.languages
    return msgspec.json.encode(_Cut(quiz.seed, quiz.language, quiz.version, questions, sections, languages))


class Joiner:
    """Puts quizzes together again; what several hold is read once."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._read: dict[tuple[int, Any], Any] = {}

    def quiz(self, kept: bytes | str) -> Quiz:
        """Put a quiz together; raises msgspec.MsgspecError where it or a part of it cannot be read."""
        parts = msgspec.json.decode(kept, type=_Cut)
        bank: dict[str, Any] = {
            section: {entry.id: entry for entry in (self._part(part, type_) for part in parts.bank[section])}
            for section, type_ in _SECTIONS.items()
            if section in parts.bank
        }
        quiz = Quiz(
            questions=tuple(map(self._question, parts.questions)),
            seed=parts.seed,
            language=parts.language,
            bank=Bank(
                **{"sources": {}, "topics": {}, "facts": {}, "questions": {}, **bank},
                declared=Declaration(parts.languages),
            ),
            version=parts.version,
        )
        if not _is_whole(quiz):
            raise msgspec.ValidationError(text("history.parts-missing"))
        return quiz

    def _question(self, asked: _Asked) -> Question:
        body: Question = self._part(asked.body, Question)
        answer: Answer = msgspec.convert(self._joined(asked.answer), type=Answer)
        return replace(body, answer=answer)

    def _joined(self, value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {_PART}:
                return self._part(value[_PART], Any)
            return {name: self._joined(each) for name, each in value.items()}
        return [self._joined(each) for each in value] if isinstance(value, list) else value

    def _part(self, number: Any, type_: Any) -> Any:
        key = number, type_
        if key not in self._read:
            try:
                self._read[key] = msgspec.json.decode(self._load(number), type=type_)
            except LookupError as error:
                raise msgspec.ValidationError(text("history.parts-missing")) from error
        return self._read[key]


def _is_whole(quiz: Quiz) -> bool:
    """Tell whether all that its questions lead to is in a quiz."""
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
