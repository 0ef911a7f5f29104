"""Attempts and quizzes as plain data for other programs: what every format is written from."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from quizgen.attempt import Attempt, Given
from quizgen.detection import detection
from quizgen.ids import topic_of
from quizgen.model import Exhibit, Question, Quiz
from quizgen.text.languages import is_text, locale, localize
from quizgen.text.messages import message
from quizgen.view.sources import citations
from quizgen.view.text import written_in

if TYPE_CHECKING:
    from quizgen.history import Kept


def attempt_record(attempt: Attempt) -> dict[str, Any]:
    """Make a record of an attempt, its answers marked; ``finished`` is null while questions are left.

    ``response`` and ``key`` are as typed (letters as printed, or words), ``response`` is null for a
    skip; times are ISO 8601 in UTC, limits and ``seconds``, how long a question was shown, in seconds.
    ``d_prime`` and ``c`` (:mod:`quizgen.detection`) are null where exhibits of one sort were not judged.
    """
    score, verdicts = attempt.score(), detection(attempt)
    return {
        "seed": attempt.quiz.seed,
        "language": attempt.quiz.language,
        "started": _time(attempt.started),
        "finished": _time(attempt.finished),
        "feedback": attempt.rules.feedback,
        "question_seconds": attempt.rules.question_seconds,
        "quiz_seconds": attempt.rules.quiz_seconds,
        "kiosk": attempt.kiosk,
        "again": attempt.rules.again,
        "unfold": attempt.rules.unfold,
        "score": score.right,
        "total": score.total,
        "scams": verdicts.scams,
        "scams_stopped": verdicts.stopped,
        "genuine": verdicts.genuine,
        "genuine_trusted": verdicts.trusted,
        "d_prime": _rounded(verdicts.d_prime),
        "c": _rounded(verdicts.criterion),
        "answers": [
            _answer(question, given, attempt.quiz.language)
            for question, given in zip(attempt.quiz.questions, attempt.given, strict=False)
        ],
    }


def attempt_records(attempts: Iterable["Kept"]) -> Iterator[dict[str, Any]]:
    """Make records of the attempts in a history, one at a time, each with its number there as ``attempt``."""
    return ({"attempt": kept.number} | attempt_record(kept.attempt) for kept in attempts)


def quiz_record(quiz: Quiz, *, drawn: bool = True) -> dict[str, Any]:
    """Make a record of a quiz in its language; ``seed`` is null where it was not ``drawn``, but is a whole selection.

    A question's ``answer`` has the fields of its shape (:mod:`quizgen.shapes`) in printed order, its
    ``type`` among them; ``key`` is the right answer as one would type it. ``language`` is that of its texts, which
    is another where a bank lacks the quiz's. ``exhibit`` is what is shown above
    the stem, or null: who says a line stands before it only where it is said by turns, and a sign's ``line`` is
    0 for the sender. ``citations`` name the passages in short, one text a source.
    """
    language = quiz.language
    sources = {
        fact: [_source(cite, quiz) for cite in quiz.bank.facts[fact].cites] for fact in quiz.bank.facts
    }
    return {
        "seed": quiz.seed if drawn else None,
        "language": language,
        "version": quiz.version,
        "title": localize(quiz.bank.declared.title, language) or message(language, "paper.title"),
        "topics": {name: localize(topic.title, language) for name, topic in quiz.bank.topics.items()},
        "questions": [
            {
                **_about(question),
                "audience": question.audience,
                "language": written_in(quiz.bank, question, language),
                "exhibit": _exhibit(quiz.bank.exhibits.get(question.exhibit), question, language),
                "stem": localize(question.stem, language),
                "answer": _in_language(msgspec.to_builtins(question.answer), language),
                "key": question.answer.write_solution(language),
                "rationale": localize(question.rationale, language),
                "advice": localize(question.advice, language),
                "citations": list(citations(quiz.bank, question, language)) if question.facts else [],
                "sources": [source for fact in question.facts for source in sources[fact]],
            }
            for question in quiz.questions
        ],
    }


def _exhibit(exhibit: Exhibit | None, question: Question, language: str) -> dict[str, Any] | None:
    if exhibit is None:
        return None
    return {
        "id": exhibit.id,
        "channel": exhibit.channel,
        "genuine": exhibit.genuine,
        "label": message(language, f"exhibit.{exhibit.channel}"),
        "sender": localize(exhibit.sender, language),
        "numbered": bool(question.answer.line_numbers),
        "lines": [
            {
                "who": message(language, f"exhibit.{line.who}") if exhibit.by_turns else "",
                "text": localize(line.text, language),
            }
            for line in exhibit.lines
        ],
        "signs": [
            {
                "line": sign.line,
                "words": localize(sign.words, language),
                "reason": localize(sign.reason, language),
            }
            for sign in exhibit.signs
        ],
    }


def _source(cite: str, quiz: Quiz) -> dict[str, str]:
    source = quiz.bank.sources[topic_of(cite)]
    named = {"title": source.title, "publisher": source.publisher}
    return {
        "passage": cite,
        **{name: localize(words, quiz.language) for name, words in named.items()},
        "date": source.date,
    }


def _in_language(value: Any, language: str) -> Any:
    """Give plain data with each text of several languages in one, and so each list of such texts."""
    if isinstance(value, dict) and is_text(value):
        if all(isinstance(words, str) for words in value.values()):
            return localize(value, language)
        tag = next((each for each in (language, locale(language).base, *value) if each in value), "")
        return [localize({tag: words}, language) for words in value[tag]]
    if isinstance(value, dict):
        return {name: _in_language(part, language) for name, part in value.items()}
    return [_in_language(part, language) for part in value] if isinstance(value, list | tuple) else value


def _about(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in ("id", "kind", "topic", "level", "difficulty")}


def _answer(question: Question, given: Given, language: str) -> dict[str, Any]:
    return {
        **_about(question),
        "stem": localize(question.stem, language),
        "response": None if given.response is None else question.answer.write(given.response),
        "right": given.right,
        "key": question.answer.write_solution(language),
        "at": _time(given.at),
        "seconds": None if given.seconds is None else round(given.seconds, 1),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3) + 0.0  # and no minus before a nought


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
