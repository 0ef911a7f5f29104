"""Attempts as records for other programs: the file of ``take --result``, and what ``history export`` writes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from quizgen.attempt import Attempt, Given
from quizgen.cli.output import harmless
from quizgen.history import Kept
from quizgen.model import Question

COLUMNS = (
    *("attempt", "language", "seed", "started", "finished"),
    *(
        "number",
        "id",
        "kind",
        "topic",
        "level",
        "difficulty",
        "response",
        "right",
        "key",
        "at",
        "seconds",
        "feedback",
        "kiosk",
    ),
)
"""The columns of the CSV: what is known of the attempt, then of the answer."""


def record(attempt: Attempt) -> dict[str, Any]:
    """Make a record of an attempt, its answers marked; ``finished`` is null while questions are left.

    ``response`` and ``key`` are as typed (letters as printed, or words), ``response`` is null for a
    skip; times are ISO 8601 in UTC, limits and ``seconds``, how long a question was shown, in seconds.
    """
    score = attempt.score()
    return {
        "seed": attempt.quiz.seed,
        "language": attempt.quiz.language,
        "started": _time(attempt.started),
        "finished": _time(attempt.finished),
        "feedback": attempt.rules.feedback,
        "question_seconds": attempt.rules.question_seconds,
        "quiz_seconds": attempt.rules.quiz_seconds,
        "kiosk": attempt.kiosk,
        "score": score.right,
        "total": score.total,
        "answers": [
            _answer(question, given, attempt.quiz.language)
            for question, given in zip(attempt.quiz.questions, attempt.given, strict=False)
        ],
    }


def rows(attempts: Iterable[Kept]) -> Iterator[dict[str, Any]]:
    """Give a row for each answer of each attempt, by the names of COLUMNS, for a spreadsheet."""
    for kept in attempts:
        whole = record(kept.attempt)
        shared = {name: whole[name] for name in ("language", "seed", "started", "finished", "feedback")}
        shared["kiosk"] = int(whole["kiosk"])
        for number, answer in enumerate(whole["answers"], start=1):
            yield {
                "attempt": kept.number,
                **shared,
                "number": number,
                **answer,
                "response": harmless(answer["response"] or ""),
                "right": int(answer["right"]),
            }


def _answer(question: Question, given: Given, language: str) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "topic": question.topic,
        "level": question.level,
        "difficulty": question.difficulty,
        "response": None if given.response is None else question.answer.write(given.response),
        "right": given.right,
        "key": question.answer.write_solution(language),
        "at": _time(given.at),
        "seconds": None if given.seconds is None else round(given.seconds, 1),
    }


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
