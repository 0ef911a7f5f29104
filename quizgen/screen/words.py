"""What is said during a quiz, as lines that any screen can set. Pure, and without colour or width."""

import unicodedata
from collections.abc import Iterable, Iterator
from math import ceil
from string import ascii_lowercase
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from quizgen.attempt import Attempt, Rules, Score
from quizgen.grading import mark
from quizgen.language import read, say
from quizgen.model import Answer, Bank, Choose, Fill, Match, Order, Question, Response, Text
from quizgen.screen.reply import written, written_key

Role: TypeAlias = Literal[
    "title",  # of the quiz
    "head",  # of a part of it
    "question",
    "stem",
    "prompt",
    "option",
    "hint",
    "right",
    "wrong",
    "skipped",
    "reason",
    "source",
    "score",
    "missed",
    "fact",
    "note",
]

_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Line(Struct, frozen=True):
    """One thing that is said. ``label`` stands before the text: an option's letter, or "Why:"."""

    role: Role
    text: str
    label: str = ""

    @property
    def whole(self) -> str:
        """Label and text, with the space between them that the label's script wants."""
        space = "" if not self.label or self.label.endswith("：") else " "
        return f"{self.label}{space}{self.text}"


class Bar(Struct, frozen=True):
    """The score of one topic, by its title."""

    title: str
    score: Score

    @property
    def whole(self) -> str:
        """The bar in words."""
        return f"{self.title} {self.score.right}/{self.score.total}"


def visible(text: str) -> str:
    """Show control and bidi characters as escapes, and any run of spaces as one, so that nothing acts."""
    return "".join(
        ascii(c)[1:-1] if c in _BIDI or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c
        for c in " ".join(text.split())
    )


def heading(attempt: Attempt) -> Iterator[Line]:
    """Say what quiz this is, where it goes on, what it rests on, and how to answer."""
    language = attempt.quiz.language
    key = "take.resumed" if attempt.position else "take.title" if attempt.total > 1 else "take.title-one"
    numbers = {"number": attempt.position + 1, "total": attempt.total, "seed": attempt.quiz.seed}
    yield Line("title", say(language, key, **numbers))
    yield from articles(attempt.quiz.bank, language)
    yield Line("hint", say(language, "take.how"))
    yield from _rules(attempt.rules, language)


def _rules(rules: Rules, language: str) -> Iterator[Line]:
    """Say what is not as usual in how this quiz is taken."""
    if rules.feedback == "end":
        yield Line("hint", say(language, "take.told-at-end"))
    if rules.question_seconds is not None:
        yield Line("hint", say(language, "take.limit-question", time=clock(rules.question_seconds)))
    if rules.quiz_seconds is not None:
        yield Line("hint", say(language, "take.limit-quiz", time=clock(rules.quiz_seconds)))


def clock(seconds: float) -> str:
    """Write seconds as minutes and seconds, the last one counted until it is over."""
    whole = ceil(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def asked(attempt: Attempt, question: Question) -> Iterator[Line]:
    """Put the question that is next: where one stands, the stem, what there is to choose, how to answer."""
    language = attempt.quiz.language
    topic = shown(attempt.quiz.bank.topics[question.topic].title, language)
    numbers = {"number": attempt.position + 1, "total": attempt.total}
    yield Line("question", say(language, "take.question", topic=topic, **numbers))
    yield Line("stem", shown(question.stem, language))
    yield from _choices(question.answer, language)
    yield Line("hint", hint(question.answer, language))


def hint(answer: Answer, language: str) -> str:
    """Say in a sentence how this kind of question is answered, with an example that is not the key."""
    match answer:
        case Choose(style="truth"):
            return say(language, "take.hint-truth")
        case Choose(style="several", options=options, keys=keys):
            example = written(answer, (0, 2) if keys == (0, 1) else (0, 1))
            return say(language, "take.hint-several", last=ascii_lowercase[len(options) - 1], example=example)
        case Choose(options=options):
            return say(language, "take.hint-one", last=ascii_lowercase[len(options) - 1])
        case Match(prompts=prompts, choices=choices, key=key):
            return say(
                language, "take.hint-match", example=written(answer, _other(key, len(prompts), len(choices)))
            )
        case Order(steps=steps, key=key):
            return say(
                language, "take.hint-order", example=written(answer, _other(key, len(steps), len(steps)))
            )
        case Fill():
            return say(language, "take.hint-fill")
        case _:
            assert_never(answer)


def _other(key: tuple[int, ...], length: int, count: int) -> tuple[int, ...]:
    """Give so many different indices below ``count``, not in the key's order; there are two at least."""
    turned = tuple((place + 1) % count for place in range(length))
    return turned if turned != key else tuple(range(length))


def helped(answer: Answer, language: str) -> Iterator[Line]:
    """Answer ``?``: how to answer, and what else can be typed."""
    yield Line("hint", hint(answer, language))
    yield Line("hint", say(language, "take.commands"))


def unclear(answer: Answer, language: str) -> Line:
    """Say that a reply was not understood, and what is expected."""
    return Line("note", say(language, "take.unclear", hint=hint(answer, language)))


def explained(
    attempt: Attempt, question: Question, response: Response, *, late: bool = False
) -> Iterator[Line]:
    """Tell a response right or wrong, and why, what to do, and where it comes from.

    Where that is for the end to tell, say no more than that there is an answer, or that it is too ``late``.
    """
    language = attempt.quiz.language
    if attempt.rules.feedback == "end":
        name = "take.noted-late" if late else "take.noted" if response is not None else "take.noted-skip"
        yield Line("note" if late else "hint", say(language, name))
        return
    yield from _verdict(question.answer, response, language, late=late)
    yield from reasons(attempt, question)


def reasons(attempt: Attempt, question: Question) -> Iterator[Line]:
    """Say why an answer is right, what to do, and where it comes from."""
    language = attempt.quiz.language
    yield Line("reason", shown(question.rationale, language), say(language, "take.why"))
    if advice := shown(question.advice, language):
        yield Line("reason", advice, say(language, "take.advice"))
    for source in sources(attempt.quiz.bank, question, language):
        yield Line("source", source, say(language, "take.source"))


def articles(bank: Bank, language: str) -> Iterator[Line]:
    """Name in full each article that the facts of a quiz are from."""
    for source in bank.sources.values():
        title, publisher = shown(source.title, language), shown(source.publisher, language)
        text = say(language, "take.article", title=title, publisher=publisher, date=source.date)
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
        speaker = shown(passage.speaker, language) or say(language, "take.own-voice")
        cited.setdefault(source_id, {}).setdefault(speaker, []).append(slug)
    voices = {source: _voices(several, language) for source, several in cited.items()}
    if len(bank.sources) == 1:
        return list(voices.values())
    return [
        say(language, "take.source-of", voices=said, title=shown(bank.sources[source].title, language))
        for source, said in voices.items()
    ]


def _voices(voices: dict[str, list[str]], language: str) -> str:
    """Name who says it, by office, and in which passages."""
    return say(language, "take.between").join(
        say(
            language,
            "take.voice" if len(slugs) == 1 else "take.voice-often",
            speaker=speaker,
            passages=say(language, "take.comma").join(slugs),
        )
        for speaker, slugs in voices.items()
    )


def stopped(attempt: Attempt, *, kept: bool) -> Iterator[Line]:
    """Say that the quiz was stopped, and how to go on with it."""
    language = attempt.quiz.language
    if attempt.position == 0:
        yield Line("head", say(language, "take.stopped-first"))
        return
    numbers = {"answered": attempt.position, "total": attempt.total}
    yield Line("head", say(language, "take.stopped" if kept else "take.stopped-lost", **numbers))
    if kept:
        yield Line("hint", say(language, "take.resume"))


def end(attempt: Attempt) -> Line:
    """Say that no question is left."""
    return Line("question", say(attempt.quiz.language, "take.end"))


def score(attempt: Attempt) -> Line:
    """Give the final score."""
    result = attempt.score()
    return Line("score", say(attempt.quiz.language, "take.score", right=result.right, total=result.total))


def bars(attempt: Attempt) -> tuple[str, list[Bar]]:
    """Give a heading, and the score of each topic."""
    topics, language = attempt.quiz.bank.topics, attempt.quiz.language
    return say(language, "take.by-topic"), [
        Bar(shown(topics[topic].title, language), result)
        for topic, result in attempt.score_by_topic().items()
    ]


def to_read(attempt: Attempt) -> Iterator[Line]:
    """List what was missed: to read again, or, where nothing was told before, to be told now."""
    if attempt.rules.feedback == "each" or not attempt.missed():
        yield from read_again(attempt)
        return
    language = attempt.quiz.language
    yield Line("head", say(language, "take.mistakes"))
    missed = [pair for pair in zip(attempt.quiz.questions, attempt.given, strict=False) if not pair[1].right]
    for number, (question, given) in enumerate(missed, start=1):
        yield Line("missed", shown(question.stem, language), f"{number}.")
        yield from _verdict(question.answer, given.response, language)
        yield from reasons(attempt, question)
    yield from articles(attempt.quiz.bank, language)


def read_again(attempt: Attempt) -> Iterator[Line]:
    """List what was missed: each stem, the facts behind it, and the article to read them in."""
    language = attempt.quiz.language
    missed = attempt.missed()
    if missed:
        yield Line("head", say(language, "take.read-again"))
    for number, (question, facts) in enumerate(missed, start=1):
        yield Line("missed", shown(question.stem, language), f"{number}.")
        for fact in facts:
            yield Line("fact", shown(fact.statement, language), say(language, "take.fact"))
    if missed:
        yield from articles(attempt.quiz.bank, language)


def _verdict(answer: Answer, response: Response, language: str, *, late: bool = False) -> Iterator[Line]:
    result = mark(answer, response)
    if result.right:
        yield Line("right", say(language, "take.right"), "✓")
        return
    some = sum(result.parts) if isinstance(answer, Match | Order) else 0
    if response is None:
        yield Line("skipped", say(language, "take.late" if late else "take.skipped"), "–")
    elif some:
        yield Line("wrong", say(language, "take.partly", right=some, total=len(result.parts)), "✗")
    else:
        yield Line("wrong", say(language, "take.wrong"), "✗")
    yield from _key(answer, language)


def _key(answer: Answer, language: str) -> Iterator[Line]:
    """Show the right answer as it would be typed, with what it stands for."""
    match answer:
        case Choose(options=options, keys=keys):
            yield from (_lettered(answer, options, key, language) for key in keys)
        case Match(prompts=prompts, choices=choices, key=key):
            for row, choice in enumerate(key):
                pair = say(
                    language,
                    "take.pair",
                    left=shown(prompts[row], language),
                    right=shown(choices[choice], language),
                )
                yield Line("option", pair, f"{row + 1}{ascii_lowercase[choice]}")
        case Order(steps=steps, key=key):
            yield from (_lettered(answer, steps, index, language) for index in key)
        case Fill():
            yield Line("option", visible(written_key(answer, language)))
        case _:
            assert_never(answer)


def _choices(answer: Answer, language: str) -> Iterator[Line]:
    """Show options, choices and steps by letter, prompts by number, in printed order."""
    match answer:
        case Choose(options=texts) | Order(steps=texts):
            yield from (_lettered(answer, texts, index, language) for index in range(len(texts)))
        case Match(prompts=prompts, choices=texts):
            for number, prompt in enumerate(prompts, start=1):
                yield Line("prompt", shown(prompt, language), f"{number}.")
            yield from (_lettered(answer, texts, index, language) for index in range(len(texts)))
        case Fill():
            return
        case _:
            assert_never(answer)


def _lettered(answer: Answer, texts: Iterable[Text], index: int, language: str) -> Line:
    names = "tf" if isinstance(answer, Choose) and answer.style == "truth" else ascii_lowercase
    return Line("option", shown(tuple(texts)[index], language), f"{names[index]})")


def shown(text: Text, language: str) -> str:
    """Give a text of a bank as it may be shown."""
    return visible(read(text, language))


def visible_typed(typed: str) -> str:
    """Show what is being typed: as :func:`visible`, but with every space that was typed."""
    return "".join(c if c == " " else visible(c) for c in typed)


def topic_title(attempt: Attempt, topic: str) -> str:
    """Give the title of a topic."""
    return shown(attempt.quiz.bank.topics[topic].title, attempt.quiz.language)
