"""Attempts and quizzes for other programs: as JSON, and what every other format is written from."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from quizgen.attempt import Answered, Attempt
from quizgen.detection import detection
from quizgen.export.format import Format, json_bytes
from quizgen.ids import topic_of
from quizgen.model import Question, Quiz
from quizgen.text.languages import is_text, locale, localize
from quizgen.text.messages import _
from quizgen.view.exhibit import without_marks
from quizgen.view.question import QuestionView, view_questions

if TYPE_CHECKING:
    from quizgen.history import StoredAttempt


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
            _answer(question, answered, attempt.quiz.language)
            for question, answered in zip(attempt.quiz.questions, attempt.answers, strict=False)
        ],
    }


def attempt_records(attempts: Iterable["StoredAttempt"]) -> Iterator[dict[str, Any]]:
    """Make records of the attempts in a history, one at a time, each with its number there as ``attempt``."""
    return ({"attempt": kept.number} | attempt_record(kept.attempt) for kept in attempts)


class QuizExport(Struct, frozen=True):
    """A quiz to be written in its language: what every format of a quiz is given.

    It is a whole selection where it was not ``drawn``. ``changed`` is when its questions were last changed, in seconds
    since 1970, for a format that tells it.
    """

    quiz: Quiz
    questions: tuple[QuestionView, ...]
    drawn: bool = True
    changed: int = 0

    @property
    def language(self) -> str:
        """The language that it was asked for in."""
        return self.quiz.language

    @property
    def title(self) -> str:
        """The title of its bank, or ours."""
        return localize(self.quiz.bank.declared.title, self.language) or _(
            "Phone and online fraud: what do you know?"
        ).translated(self.language)

    @property
    def topics(self) -> dict[str, str]:
        """The titles of its topics, by their ids."""
        return {id_: localize(topic.title, self.language) for id_, topic in self.quiz.bank.topics.items()}


def quiz_export(quiz: Quiz, *, drawn: bool = True) -> QuizExport:
    """Prepare a quiz to be written."""
    questions = tuple(replace(question, verbatim=True) for question in view_questions(quiz))
    return QuizExport(quiz, questions, drawn=drawn)


def quiz_record(export: QuizExport) -> dict[str, Any]:
    """Make a record of a quiz in its language; ``seed`` is null where it was not drawn, but is a whole selection.

    A question's ``answer`` has the fields of its shape (:mod:`quizgen.shapes`) in printed order, its
    ``type`` among them; ``key`` is the right answer as one would type it. ``language`` is that of its texts, which
    is another where a bank lacks the quiz's. ``exhibit`` is what is shown above
    the stem, or null: who says a line stands before it only where it is said by turns, and a sign's ``line`` is
    0 for the sender. ``citations`` name the passages in short, one text a source.
    """
    quiz, language = export.quiz, export.language
    return {
        "seed": quiz.seed if export.drawn else None,
        "language": language,
        "version": quiz.version,
        "title": export.title,
        "topics": export.topics,
        "questions": [
            {
                **_about(each.question),
                "audience": each.question.audience,
                "language": each.written_in,
                "exhibit": _exhibit(each),
                "stem": each.stem,
                "answer": _answer_fields(each, language),
                "key": each.answer.write_solution(language),
                "rationale": each.rationale,
                "advice": each.advice,
                "citations": list(each.citations) if each.question.facts else [],
                "sources": [
                    _source(cite, quiz)
                    for fact in each.question.facts
                    for cite in quiz.bank.facts[fact].cites
                ],
            }
            for each in export.questions
        ],
    }


def _answer_fields(question: QuestionView, language: str) -> dict[str, Any]:
    """Give the fields of an answer's shape; the text around a blank stands in the stem already."""
    answer: dict[str, Any] = msgspec.to_builtins(question.answer)
    return {key: _in_language(value, language) for key, value in answer.items() if key != "around"}


def _exhibit(question: QuestionView) -> dict[str, Any] | None:
    exhibit, shown = question.bank.exhibits.get(question.question.exhibit), question.exhibit
    if exhibit is None or shown is None:
        return None
    return {
        "id": exhibit.id,
        "channel": exhibit.channel,
        "genuine": exhibit.genuine,
        **({"context": shown.context} if shown.context else {}),
        "label": shown.label,
        "sender": without_marks(shown.sender),
        "numbered": shown.numbered,
        "lines": [{"who": line.who, "text": without_marks(line.words)} for line in shown.lines],
        "signs": [
            {"line": sign.line, "words": question.text(sign.words), "reason": question.text(sign.reason)}
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
        **({"basis": source.basis} if source.basis == "notes" else {}),
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


def _answer(question: Question, answered: Answered, language: str) -> dict[str, Any]:
    return {
        **_about(question),
        "stem": localize(question.stem, language),
        "response": None if answered.response is None else question.answer.write(answered.response),
        "right": answered.right,
        "key": question.answer.write_solution(language),
        "at": _time(answered.at),
        "seconds": None if answered.seconds is None else round(answered.seconds, 1),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3) + 0.0  # and no minus before a nought


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _write_quiz(export: QuizExport) -> bytes:
    return json_bytes(quiz_record(export))


def _write_history(attempts: Iterable[dict[str, Any]]) -> bytes:
    # One attempt at a time, since there may be many; a line break within a text is escaped.
    written = [b"  " + json_bytes(attempt).rstrip().replace(b"\n", b"\n  ") for attempt in attempts]
    return b"[\n" + b",\n".join(written) + b"\n]\n" if written else b"[]\n"


FORMAT = [
    Format(name="json", suffix=".json", takes="quiz", write=_write_quiz),
    Format(name="json", suffix=".json", takes="history", write=_write_history),
]
