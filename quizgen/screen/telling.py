"""What is said after an answer: right or wrong, the right answer, why, what to do, and who said so where."""

from collections.abc import Iterator
from string import ascii_lowercase
from typing import assert_never

from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.language import locale, message
from quizgen.model import Bank, Question
from quizgen.screen.words import Line, lettered, shown, visible
from quizgen.shapes import Answer, Choose, Fill, Match, Order, Response


def explained(
    attempt: Attempt, question: Question, response: Response, *, late: bool = False
) -> Iterator[Line]:
    """Tell a response right or wrong, and why, what to do, and where it comes from.

    Where that is for the end to tell, say no more than that there is an answer, or that it is too ``late``.
    """
    language = attempt.quiz.language
    if attempt.rules.feedback == "end":
        name = "take.noted-late" if late else "take.noted" if response is not None else "take.noted-skip"
        yield Line("note" if late else "hint", message(language, name))
        return
    yield from verdict(question.answer, response, language, late=late)
    yield from reasons(attempt, question)


def verdict(answer: Answer, response: Response, language: str, *, late: bool = False) -> Iterator[Line]:
    """Tell a response right or wrong; a wrong one with the right answer below it."""
    result = answer.mark(response)
    if result.right:
        yield Line("right", message(language, "take.right"), "✓")
        return
    some = sum(result.parts) if isinstance(answer, Match | Order) else 0
    if response is None:
        yield Line("skipped", message(language, "take.late" if late else "take.skipped"), "–")
    elif some:
        yield Line("wrong", message(language, "take.partly", right=some, total=len(result.parts)), "✗")
    else:
        yield Line("wrong", message(language, "take.wrong"), "✗")
    yield from _key(answer, language)


def _key(answer: Answer, language: str) -> Iterator[Line]:
    """Show the right answer as it would be typed, with what it stands for."""
    match answer:
        case Choose(options=options, keys=keys):
            yield from (lettered(answer, options, key, language) for key in keys)
        case Match(prompts=prompts, choices=choices, key=key):
            for row, choice in enumerate(key):
                pair = message(
                    language,
                    "take.pair",
                    left=shown(prompts[row], language),
                    right=shown(choices[choice], language),
                )
                yield Line("option", pair, f"{row + 1}{ascii_lowercase[choice]}")
        case Order(steps=steps, key=key):
            yield from (lettered(answer, steps, index, language) for index in key)
        case Fill():
            yield Line("option", visible(answer.write_solution(language)))
        case _:
            assert_never(answer)


def reasons(attempt: Attempt, question: Question) -> Iterator[Line]:
    """Say why an answer is right, what to do, and where it comes from."""
    language = attempt.quiz.language
    yield Line("reason", shown(question.rationale, language), message(language, "take.why"))
    if advice := shown(question.advice, language):
        yield Line("reason", advice, message(language, "take.advice"))
    for source in sources(attempt.quiz.bank, question, language):
        yield Line("source", source, message(language, "take.source"))


def articles(bank: Bank, language: str) -> Iterator[Line]:
    """Name in full each article that the facts of a quiz are from."""
    for source in bank.sources.values():
        title, publisher = shown(source.title, language), shown(source.publisher, language)
        text = message(language, "take.article", title=title, publisher=publisher, date=source.date)
        yield Line("hint", text)


def cited(bank: Bank, question: Question) -> Bank:
    """Give the part of a bank that has the sources of one question only."""
    named = {passage.partition("/")[0] for fact in question.facts for passage in bank.facts[fact].cites}
    return replace(bank, sources={name: bank.sources[name] for name in bank.sources if name in named})


def sources(bank: Bank, question: Question, language: str) -> list[str]:
    """Name what a question rests on, one line a source: who says it, by office, and in which passages.

    The article's title is added only where the quiz has several articles to tell apart; a title that is
    the same after every answer is noise, and :func:`articles` gives it at both ends of the quiz.
    """
    cited: dict[str, dict[str, list[str]]] = {}
    for passage_id in dict.fromkeys(c for fact in question.facts for c in bank.facts[fact].cites):
        source_id, _, slug = passage_id.partition("/")
        passage = next(p for p in bank.sources[source_id].passages if p.id == passage_id)
        speaker = shown(passage.speaker, language) or message(language, "take.own-voice")
        cited.setdefault(source_id, {}).setdefault(speaker, []).append(slug)
    voices = {source: _voices(several, language) for source, several in cited.items()}
    if len(bank.sources) == 1:
        return list(voices.values())
    return [
        message(language, "take.source-of", voices=said, title=shown(bank.sources[source].title, language))
        for source, said in voices.items()
    ]


def _voices(voices: dict[str, list[str]], language: str) -> str:
    """Name who says it, by office, and in which passages."""
    return locale(language).semicolon.join(
        message(
            language,
            "take.voice" if len(slugs) == 1 else "take.voice-often",
            speaker=speaker,
            passages=locale(language).comma.join(slugs),
        )
        for speaker, slugs in voices.items()
    )
