"""``quizgen bank show``: a question or a fact for people, with all that it rests on."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from quizgen.bank.yaml_form import authored
from quizgen.errors import MisuseError, Problem
from quizgen.ids import find_id, topic_of
from quizgen.kinds import KINDS
from quizgen.language import localize
from quizgen.model import Bank, Fact, Question
from quizgen.screen.wrap import wrap

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


def hung(rows: Sequence[Row]) -> Iterator[str]:
    """Set texts beside what they are, wrapped to a terminal; a pipe gets each in one line."""
    margin = 2 + max(len(label) for label, _ in rows)
    room = max(20, shutil.get_terminal_size().columns - margin) if sys.stdout.isatty() else sys.maxsize
    before = ""
    for label, words in rows:
        for index, line in enumerate(wrap(words, room)):
            shown = label if index == 0 and (label != before or label == "fact") else ""
            yield f"{shown:{margin}}{line}"
        before = label
