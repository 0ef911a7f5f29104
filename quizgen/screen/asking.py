"""What is said before an answer: what quiz this is, the question, what there is to choose, and how to answer."""

from collections.abc import Iterator
from string import ascii_lowercase
from typing import assert_never

from quizgen.attempt import Attempt, Rules
from quizgen.language import message
from quizgen.model import Question
from quizgen.screen.telling import articles
from quizgen.screen.words import Line, clock, lettered, shown
from quizgen.shapes import Answer, Choose, Fill, Match, Order


def heading(attempt: Attempt) -> Iterator[Line]:
    """Say what quiz this is, where it goes on, what it rests on, and how to answer."""
    language = attempt.quiz.language
    key = "take.resumed" if attempt.position else "take.title" if attempt.total > 1 else "take.title-one"
    numbers = {"number": attempt.position + 1, "total": attempt.total, "seed": attempt.quiz.seed}
    yield Line("title", message(language, key, **numbers))
    yield from articles(attempt.quiz.bank, language)
    yield Line("hint", message(language, "take.how"))
    yield from _rules(attempt.rules, language)


def _rules(rules: Rules, language: str) -> Iterator[Line]:
    """Say what is not as usual in how this quiz is taken."""
    if rules.feedback == "end":
        yield Line("hint", message(language, "take.told-at-end"))
    if rules.question_seconds is not None:
        yield Line("hint", message(language, "take.limit-question", time=clock(rules.question_seconds)))
    if rules.quiz_seconds is not None:
        yield Line("hint", message(language, "take.limit-quiz", time=clock(rules.quiz_seconds)))


def asked(attempt: Attempt, question: Question) -> Iterator[Line]:
    """Put the question that is next: where one stands, the stem, what there is to choose, how to answer."""
    language = attempt.quiz.language
    topic = shown(attempt.quiz.bank.topics[question.topic].title, language)
    numbers = {"number": attempt.position + 1, "total": attempt.total}
    yield Line("question", message(language, "take.question", topic=topic, **numbers))
    yield Line("stem", shown(question.stem, language))
    yield from _choices(question.answer, language)
    yield Line("hint", hint(question.answer, language))


def _choices(answer: Answer, language: str) -> Iterator[Line]:
    """Show options, choices and steps by letter, prompts by number, in printed order."""
    match answer:
        case Choose(options=texts) | Order(steps=texts):
            yield from (lettered(answer, texts, index, language) for index in range(len(texts)))
        case Match(prompts=prompts, choices=texts):
            for number, prompt in enumerate(prompts, start=1):
                yield Line("prompt", shown(prompt, language), f"{number}.")
            yield from (lettered(answer, texts, index, language) for index in range(len(texts)))
        case Fill():
            return
        case _:
            assert_never(answer)


def hint(answer: Answer, language: str) -> str:
    """Say in a sentence how this kind of question is answered, with an example that is not the key."""
    match answer:
        case Choose(style="truth"):
            return message(language, "take.hint-truth")
        case Choose(style="several", options=options, keys=keys):
            example = answer.write((0, 2) if keys == (0, 1) else (0, 1))
            return message(
                language, "take.hint-several", last=ascii_lowercase[len(options) - 1], example=example
            )
        case Choose(options=options):
            return message(language, "take.hint-one", last=ascii_lowercase[len(options) - 1])
        case Match(prompts=prompts, choices=choices, key=key):
            return message(
                language, "take.hint-match", example=answer.write(_other(key, len(prompts), len(choices)))
            )
        case Order(steps=steps, key=key):
            return message(
                language, "take.hint-order", example=answer.write(_other(key, len(steps), len(steps)))
            )
        case Fill():
            return message(language, "take.hint-fill")
        case _:
            assert_never(answer)


def _other(key: tuple[int, ...], length: int, count: int) -> tuple[int, ...]:
    """Give so many different indices below ``count``, not in the key's order; there are two at least."""
    turned = tuple((place + 1) % count for place in range(length))
    return turned if turned != key else tuple(range(length))


def helped(answer: Answer, language: str) -> Iterator[Line]:
    """Answer ``?``: how to answer, and what else can be typed."""
    yield Line("hint", hint(answer, language))
    yield Line("hint", message(language, "take.commands"))


def unclear(answer: Answer, language: str) -> Line:
    """Say that a reply was not understood, and what is expected."""
    return Line("note", message(language, "take.unclear", hint=hint(answer, language)))
