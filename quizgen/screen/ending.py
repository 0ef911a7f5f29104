"""What is said at the end of a quiz, or where it is stopped: the score, and what to read again."""

from collections.abc import Iterator

from quizgen.attempt import Attempt
from quizgen.language import message
from quizgen.screen.telling import articles, reasons, verdict
from quizgen.screen.words import Bar, Line, shown


def stopped(attempt: Attempt, *, kept: bool) -> Iterator[Line]:
    """Say that the quiz was stopped, and how to go on with it."""
    language = attempt.quiz.language
    if attempt.position == 0:
        yield Line("head", message(language, "take.stopped-first"))
        return
    numbers = {"answered": attempt.position, "total": attempt.total}
    yield Line("head", message(language, "take.stopped" if kept else "take.stopped-lost", **numbers))
    if kept:
        yield Line("hint", message(language, "take.resume"))


def end(attempt: Attempt) -> Line:
    """Say that no question is left."""
    return Line("question", message(attempt.quiz.language, "take.end"))


def certificate_hint(attempt: Attempt) -> Line:
    """Say which command prints a certificate of taking part."""
    return Line("hint", message(attempt.quiz.language, "certificate.command", seed=attempt.quiz.seed))


def score(attempt: Attempt) -> Line:
    """Give the final score."""
    result = attempt.score()
    return Line("score", message(attempt.quiz.language, "take.score", right=result.right, total=result.total))


def bars(attempt: Attempt) -> tuple[str, list[Bar]]:
    """Give a heading, and the score of each topic."""
    topics, language = attempt.quiz.bank.topics, attempt.quiz.language
    return message(language, "take.by-topic"), [
        Bar(shown(topics[topic].title, language), result)
        for topic, result in attempt.score_by_topic().items()
    ]


def to_read(attempt: Attempt) -> Iterator[Line]:
    """List what was missed: to read again, or, where nothing was told before, to be told now."""
    if attempt.rules.feedback == "each" or not attempt.missed():
        yield from read_again(attempt)
        return
    language = attempt.quiz.language
    yield Line("head", message(language, "take.mistakes"))
    missed = [pair for pair in zip(attempt.quiz.questions, attempt.given, strict=False) if not pair[1].right]
    for number, (question, given) in enumerate(missed, start=1):
        yield Line("missed", shown(question.stem, language), f"{number}.")
        yield from verdict(question.answer, given.response, language)
        yield from reasons(attempt, question)
    yield from articles(attempt.quiz.bank, language)


def read_again(attempt: Attempt) -> Iterator[Line]:
    """List what was missed: each stem, the facts behind it, and the article to read them in."""
    language = attempt.quiz.language
    missed = attempt.missed()
    if missed:
        yield Line("head", message(language, "take.read-again"))
    for number, (question, facts) in enumerate(missed, start=1):
        yield Line("missed", shown(question.stem, language), f"{number}.")
        for fact in facts:
            yield Line("fact", shown(fact.statement, language), message(language, "take.fact"))
    if missed:
        yield from articles(attempt.quiz.bank, language)
