"""What a bank holds, for people: a question or a fact with all that it rests on, and how much there is of what."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from quizgen.bank.yaml_form import authored
from quizgen.cli.output import terminal_width
from quizgen.errors import MisuseError, Problem
from quizgen.ids import find_id, topic_of
from quizgen.kinds import KINDS
from quizgen.language import localize
from quizgen.model import DIFFICULTIES, LEVELS, Bank, Fact, Question
from quizgen.screen.wrap import wrap

_FIRST = ("topic", "facts", "questions")

Row: TypeAlias = tuple[str, str]
"""What a text is, and the text."""


def find(bank: Bank, name: str) -> Question | Fact:
    """Find a question or a fact by full id, or by its own id where one topic alone has it."""
    everything: dict[str, Question | Fact] = {**bank.facts, **bank.questions}
    found = find_id(name, everything, "entry")
    if isinstance(found, Problem):
        raise MisuseError(found)
    return everything[found]


def question_rows(question: Question, bank: Bank, language: str) -> list[Row]:
    """Say a question, part by part."""
    entry = authored(question)
    rows = [
        ("topic", localize(bank.topics[question.topic].title, language)),
        ("kind", question.kind),
        ("level", question.level),
        ("difficulty", str(question.difficulty)),
        *([("generated", "yes, by an item model")] if question.generated else []),
        ("stem", localize(question.stem, language)),
    ]
    for key in KINDS[question.kind].keys:
        rows += [(key, text) for text in _answer_texts(entry.get(key), language)]
    rows.append(("rationale", localize(question.rationale, language)))
    if question.advice:
        rows.append(("advice", f"{localize(question.advice, language)} [ours, not the article's]"))
    return rows


def _answer_texts(part: Any, language: str) -> Iterator[str]:
    """Give the texts of a part of an answer, in one language: a line each, what belongs together in one."""
    if isinstance(part, bool):
        yield "true" if part else "false"
    elif isinstance(part, list):
        for each in part:
            yield from _answer_texts(each, language)
    elif part and all(isinstance(each, dict) for each in part.values()):
        yield " → ".join(localize(each, language) for each in part.values())
    elif part:
        texts = {tag: "; ".join(each) if isinstance(each, list) else each for tag, each in part.items()}
        yield localize(texts, language)


def fact_rows(fact: Fact, bank: Bank, language: str) -> Iterator[Row]:
    """Say a fact, and where each of the passages that it cites comes from."""
    yield "fact", f"{localize(fact.statement, language)} [{fact.id}]"
    for cite in fact.cites:
        source = bank.sources[topic_of(cite)]
        speaker = next(
            (localize(passage.speaker, language) for passage in source.passages if passage.id == cite), ""
        )
        said_in = (
            f"{localize(source.title, language)} ({localize(source.publisher, language)}, {source.date})"
        )
        yield "passage", ": ".join(filter(None, (cite, speaker, said_in)))
    yield "terms", ", ".join(fact.terms)


def hanging_indent(rows: Sequence[Row]) -> Iterator[str]:
    """Set texts beside what they are, wrapped to a terminal; a pipe gets each in one line."""
    margin = 2 + max(len(label) for label, _ in rows)
    before = ""
    for label, text in rows:
        for index, line in enumerate(wrap(text, max(20, terminal_width() - margin))):
            shown = label if index == 0 and (label != before or label == "fact") else ""
            yield f"{shown:{margin}}{line}"
        before = label


def topic_counts(bank: Bank, topic: str) -> dict[str, Any]:
    """Count the facts and questions of a topic, these by kind, level and difficulty too."""
    questions = [question for question in bank.questions.values() if question.topic == topic]
    kinds = Counter(question.kind for question in questions)
    levels = Counter(question.level for question in questions)
    difficulties = Counter(question.difficulty for question in questions)
    return {
        "topic": topic,
        "facts": sum(fact.topic == topic for fact in bank.facts.values()),
        "questions": len(questions),
        "generated": sum(question.generated for question in questions),
        "kind": {kind: kinds[kind] for kind in KINDS},
        "level": {level: levels[level] for level in LEVELS},
        "difficulty": {str(difficulty): difficulties[difficulty] for difficulty in DIFFICULTIES},
    }


def counts_table(topics: Sequence[dict[str, Any]], group: str) -> list[list[str]]:
    """Lay out the counts of one group: a row a topic, and a last row with the totals."""
    every: dict[str, tuple[str, ...]] = {
        "kind": tuple(KINDS),
        "level": LEVELS,
        "difficulty": tuple(map(str, DIFFICULTIES)),
    }
    heads = every[group]
    first = (*_FIRST, "generated") if any(topic["generated"] for topic in topics) else _FIRST
    rows = [[*(topic[each] for each in first), *(topic[group][head] for head in heads)] for topic in topics]
    totals = [sum(column) for column in list(zip(*rows, strict=True))[1:]] or [0] * (
        len(heads) + len(first) - 1
    )
    shown = [f"difficulty {head}" if group == "difficulty" else head for head in heads]
    table = [[*first, *shown], *rows, ["total", *totals]]
    return [[str(cell) for cell in row] for row in table]
