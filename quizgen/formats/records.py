"""Records of quizzes and attempts as plain data for the formats to write, and the JSON formats."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from quizgen.attempt import Attempt, MarkedAnswer, Repeat
from quizgen.detection import count_verdicts
from quizgen.formats.format import Format, json_bytes
from quizgen.game import balance
from quizgen.ids import topic_of
from quizgen.model import Question, Quiz
from quizgen.text.languages import is_translated_text, locale, localize
from quizgen.text.messages import _
from quizgen.view.exhibit import join_runs
from quizgen.view.question import QuestionView, build_question_views

if TYPE_CHECKING:
    from quizgen.history import StoredAttempt


def attempt_record(attempt: Attempt) -> dict[str, Any]:
    """Return an attempt and its scored answers as plain data.

    - ``finished`` is null while there are questions left.
    - ``response`` and ``key`` (the right answer) are written as one would type them: letters of options as printed, or
      words. ``response`` is null for a skipped question.
    - Times are ISO 8601 in UTC. Time limits, and ``seconds``, for which a question was shown, are in seconds.
    - ``repeats`` are second tries at missed questions, which do not count: the ``number`` of the missed question, after
      how many answers it was repeated, and the question that was asked. The field is left out if there are none.
    - ``d_prime`` and ``c`` (:mod:`quizgen.detection`) are null unless both scams and genuine exhibits were judged.
    - Only if money is at stake (:mod:`quizgen.game`), there are ``money`` and ``kept``: the sum at the beginning and at the end.
    - An answer has ``seen`` and ``replies`` only if they are known. ``replies`` are numbered from 1.
    """
    score, verdicts, money = attempt.score(), count_verdicts(attempt), balance(attempt)
    return {
        "seed": attempt.quiz.seed,
        "language": attempt.quiz.language,
        "started": _iso_time(attempt.started),
        "finished": _iso_time(attempt.finished_at),
        "feedback": attempt.rules.feedback,
        "question_seconds": attempt.rules.question_seconds,
        "quiz_seconds": attempt.rules.quiz_seconds,
        "kiosk": attempt.kiosk,
        "again": attempt.rules.is_practice,
        "unfold": attempt.rules.unfold,
        "score": score.right,
        "total": score.total,
        "scams": verdicts.scams,
        "scams_stopped": verdicts.stopped,
        "genuine": verdicts.genuine,
        "genuine_trusted": verdicts.trusted,
        "d_prime": _round_number(verdicts.d_prime),
        "c": _round_number(verdicts.criterion),
        **({"money": money.start, "kept": money.kept} if money else {}),
        "answers": [
            _answer_record(question, answered, attempt.quiz.language)
            for question, answered in zip(attempt.quiz.questions, attempt.answers, strict=False)
        ],
        **({"repeats": [_repeat_record(repeat) for repeat in attempt.repeats]} if attempt.repeats else {}),
    }


def _repeat_record(repeat: Repeat) -> dict[str, Any]:
    return {
        "number": repeat.missed + 1,
        "after": repeat.after,
        "id": repeat.answer.question,
        "right": repeat.answer.right,
        "at": _iso_time(repeat.answer.at),
    }


def attempt_records(attempts: Iterable["StoredAttempt"]) -> Iterator[dict[str, Any]]:
    """Yield the record of each attempt in a history, with the attempt's number as ``attempt``."""
    return ({"attempt": stored.number} | attempt_record(stored.attempt) for stored in attempts)


class QuizExport(Struct, frozen=True):
    """A quiz to export, with its questions in the language of the quiz.

    ``drawn`` is false if the questions were not drawn at random, as when all questions of a topic are exported.
    ``changed`` is the time when the questions were last changed, in seconds since 1970; only a format that
    ``is_dated`` needs it.
    """

    quiz: Quiz
    questions: tuple[QuestionView, ...]
    drawn: bool = True
    changed: int = 0

    @property
    def language(self) -> str:
        """The language of the quiz."""
        return self.quiz.language

    @property
    def title(self) -> str:
        """The title of the question bank, or quizgen's own title if it has none."""
        return localize(self.quiz.bank.declared.title, self.language) or _(
            "Phone and online fraud: what do you know?"
        ).translated(self.language)

    @property
    def topics(self) -> dict[str, str]:
        """The titles of the topics, by id."""
        return {id_: localize(topic.title, self.language) for id_, topic in self.quiz.bank.topics.items()}

    def category(self, question: QuestionView) -> tuple[str, ...]:
        """Return the path of a question's category, for formats that have categories: the title of a drawn quiz, and else also the topic."""
        return (self.title,) if self.drawn else (self.title, question.topic_title)


def make_quiz_export(quiz: Quiz, *, is_drawn: bool = True) -> QuizExport:
    """Return a quiz with its questions ready for export."""
    questions = tuple(replace(question, verbatim=True) for question in build_question_views(quiz))
    return QuizExport(quiz, questions, drawn=is_drawn)


def quiz_record(export: QuizExport) -> dict[str, Any]:
    """Return a quiz as plain data, in its language.

    - ``seed`` is null if the questions were not drawn at random.
    - ``answer`` has the fields of the question's answer shape (:mod:`quizgen.shapes`), with options in printed order,
      and the name of the shape as ``type``. ``key`` is the right answer as one would type it.
    - ``language`` of a question differs from that of the quiz if the question bank has no texts in that language.
    - ``exhibit`` may be null. ``who`` is empty unless several people speak; ``line`` of a sign is 0 for the sender.
    - ``citations`` name the cited passages briefly, in one text for each source.
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
                **_question_fields(each.question),
                "audience": each.question.audience,
                "lesson": each.question.lesson,
                "language": each.text_language,
                "exhibit": _exhibit_record(each),
                "stem": each.stem,
                "answer": _answer_fields(each, language),
                "key": each.answer.format_correct_response(language),
                "rationale": each.rationale,
                "advice": each.advice,
                "citations": list(each.citations) if each.question.facts else [],
                "sources": [
                    _source_record(cite, quiz)
                    for fact in each.question.facts
                    for cite in quiz.bank.facts[fact].cites
                ],
            }
            for each in export.questions
        ],
    }


def _answer_fields(question: QuestionView, language: str) -> dict[str, Any]:
    """Return the fields of an answer, except the text around its blank, which repeats the stem."""
    answer: dict[str, Any] = msgspec.to_builtins(question.answer)
    return {key: _localize_data(value, language) for key, value in answer.items() if key != "around"}


def _exhibit_record(question: QuestionView) -> dict[str, Any] | None:
    exhibit, shown = question.bank.exhibits.get(question.question.exhibit), question.exhibit
    if exhibit is None or shown is None:
        return None
    return {
        "id": exhibit.id,
        "channel": exhibit.channel,
        "genuine": exhibit.genuine,
        **({"context": shown.context} if shown.context else {}),
        "label": shown.label,
        "sender": join_runs(shown.sender),
        "numbered": shown.numbered,
        "lines": [{"who": line.who, "text": join_runs(line.words)} for line in shown.lines],
        "signs": [
            {
                "line": sign.line,
                "words": question.localize(sign.words),
                "reason": question.localize(sign.reason),
            }
            for sign in exhibit.signs
        ],
    }


def _source_record(passage_id: str, quiz: Quiz) -> dict[str, str]:
    source = quiz.bank.sources[topic_of(passage_id)]
    texts = {"title": source.title, "publisher": source.publisher}
    return {
        "passage": passage_id,
        **{name: localize(words, quiz.language) for name, words in texts.items()},
        "date": source.date,
        **({"basis": source.basis} if source.basis == "notes" else {}),
    }


def _localize_data(value: Any, language: str) -> Any:
    """Return plain data with every text, and every list of texts, in one language."""
    if isinstance(value, dict) and is_translated_text(value):
        if all(isinstance(words, str) for words in value.values()):
            return localize(value, language)
        tag = next((each for each in (language, locale(language).base, *value) if each in value), "")
        return [localize({tag: words}, language) for words in value[tag]]
    if isinstance(value, dict):
        return {name: _localize_data(part, language) for name, part in value.items()}
    return [_localize_data(part, language) for part in value] if isinstance(value, list | tuple) else value


def _question_fields(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in ("id", "kind", "topic", "level", "difficulty")}


def _answer_record(question: Question, answered: MarkedAnswer, language: str) -> dict[str, Any]:
    return {
        **_question_fields(question),
        "stem": localize(question.stem, language),
        "response": None if answered.response is None else question.answer.format_reply(answered.response),
        "right": answered.right,
        "key": question.answer.format_correct_response(language),
        "at": _iso_time(answered.at),
        "seconds": None if answered.seconds is None else round(answered.seconds, 1),
        **({} if answered.lines_seen is None else {"seen": answered.lines_seen}),
        **({"replies": [index + 1 for index in answered.replies]} if answered.replies else {}),
    }


def _round_number(value: float | None) -> float | None:
    return None if value is None else round(value, 3) + 0.0  # turns -0.0 into 0.0


def _iso_time(timestamp: float | None) -> str | None:
    return None if timestamp is None else datetime.fromtimestamp(timestamp, UTC).isoformat(timespec="seconds")


def _quiz_to_json(export: QuizExport) -> bytes:
    return json_bytes(quiz_record(export))


def _history_to_json(attempts: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(_history_json_pieces(attempts))


def _history_json_pieces(attempts: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Yield a list of attempts as JSON, a piece for each."""
    before = b"[\n"
    for attempt in attempts:
        # JSON escapes line breaks in texts, so each b"\n" is an indented line.
        yield before + b"  " + json_bytes(attempt).rstrip().replace(b"\n", b"\n  ")
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


FORMAT = [
    Format(name="json", suffix=".json", subject="quiz", meaning=_("for programs"), write=_quiz_to_json),
    Format(
        name="json",
        suffix=".json",
        subject="history",
        write=_history_to_json,
        write_pieces=_history_json_pieces,
    ),
]
