"""Questions and a seed -> a quiz in printed order: of the questions, and of what stands below each."""

from collections.abc import Iterable, Sequence
from math import factorial
from typing import TypeAlias, assert_never

from msgspec.structs import replace

from quizgen.assemble.labels import version_index, version_label
from quizgen.assemble.shuffle import shuffled
from quizgen.assemble.ways import Orders, moved_on, order_of, step_through
from quizgen.model import Answer, Bank, Choose, Fill, Match, Order, Question, Quiz

Forms: TypeAlias = dict[tuple[str, tuple[int, ...], tuple[int, ...]], Question]
"""Questions in printed order, by id and order: versions that print a question alike share it."""


def arrange(
    bank: Bank,
    drawn: Sequence[Question],
    seed: int,
    language: str,
    version: str = "",
    *,
    keep_order: bool = False,
    forms: Forms | None = None,
) -> Quiz:
    """Put drawn questions and their options into the printed order of one version.

    ``keep_order`` leaves the questions themselves where they stand, as somebody who names them wants.
    """
    ordered = list(drawn) if keep_order else _ordered(drawn, seed, version)
    # Each order of the questions comes once before any comes again, and then with other orders of options.
    turns, first = divmod(version_index(version), factorial(len(drawn))) if version else (0, 0)
    own = version_label(first) if turns else version
    positions = _key_positions(ordered, seed, own)
    orders = [_orders(question, positions.get(question.id), seed, own) for question in ordered]
    if turns:
        orders = moved_on([question.answer for question in ordered], orders, turns, seed)
    known = {} if forms is None else forms
    questions = tuple(_form(question, *order, known) for question, order in zip(ordered, orders, strict=True))
    return Quiz(questions=questions, seed=seed, language=language, bank=bank, version=version)


def _ordered(drawn: Sequence[Question], seed: int, version: str) -> list[Question]:
    """Order the questions of a version: no two of the first n! versions of n questions have the same order.

    The orders are numbered, and versions step through the numbers.
    """
    if not version:
        return shuffled(drawn, seed, version, "questions")
    orders = factorial(len(drawn))
    start, step = step_through(orders, seed, "orders")
    number = (start + version_index(version) * step) % orders
    return [drawn[index] for index in order_of(number, len(drawn))]


def _key_positions(questions: Sequence[Question], seed: int, version: str) -> dict[str, int]:
    """Deal key positions evenly: over n questions of k options, each position serves n/k times, give or take one."""
    by_size: dict[int, list[Question]] = {}
    for question in questions:
        if isinstance(question.answer, Choose) and question.answer.style == "one":
            by_size.setdefault(len(question.answer.options), []).append(question)
    positions: dict[str, int] = {}
    for size, group in by_size.items():
        rounds = [
            shuffled(range(size), seed, version, "key", size, turn) for turn in range(-(-len(group) // size))
        ]
        # Dealt out whole, then mixed, so that a reader cannot tell the last of each round.
        deck = shuffled(
            [position for deal in rounds for position in deal][: len(group)], seed, version, "deck", size
        )
        positions |= {question.id: position for question, position in zip(group, deck, strict=True)}
    return positions


def _orders(question: Question, key_position: int | None, seed: int, version: str) -> Orders:
    """Choose the printed order of what stands below a stem."""
    answer = question.answer
    own = (seed, version, question.id)
    match answer:
        case Choose(style="truth") | Fill():
            return (), ()
        case Choose(options=options, keys=keys):
            order = shuffled(range(len(options)), *own)
            if key_position is not None:
                order.remove(keys[0])
                order.insert(key_position, keys[0])
            return tuple(order), ()
        case Match(prompts=prompts, choices=choices, key=key):
            rows = shuffled(range(len(prompts)), *own, "prompts")
            return tuple(rows), tuple(_unsolved([key[row] for row in rows], len(choices), *own))
        case Order(steps=steps, key=key):
            return tuple(_unsolved(list(key), len(steps), *own)), ()
        case _:
            assert_never(answer)


def _form(question: Question, order: tuple[int, ...], columns: tuple[int, ...], forms: Forms) -> Question:
    """Return the question with its answer in printed order."""
    form = (question.id, order, columns)
    if form not in forms:
        forms[form] = replace(question, answer=_arranged(question.answer, order, columns))
    return forms[form]


def _arranged(answer: Answer, order: Sequence[int], columns: Sequence[int]) -> Answer:
    match answer:
        case Choose(style="truth") | Fill():
            return answer
        case Choose(options=options, keys=keys):
            placed = tuple(sorted(order.index(key) for key in keys))
            return replace(answer, options=tuple(options[index] for index in order), keys=placed)
        case Match(prompts=prompts, choices=choices, key=key):
            return Match(
                prompts=tuple(prompts[row] for row in order),
                choices=tuple(choices[column] for column in columns),
                key=tuple(columns.index(key[row]) for row in order),
            )
        case Order(steps=steps, key=key):
            return Order(
                steps=tuple(steps[index] for index in order), key=tuple(order.index(index) for index in key)
            )
        case _:
            assert_never(answer)


def _unsolved(solution: list[int], size: int, *seed: object) -> list[int]:
    """Shuffle ``range(size)``, and turn it once where the shuffle happened to print the solution itself."""
    order = shuffled(range(size), *seed, "choices")
    if size > 1 and order[: len(solution)] == solution:
        order = order[1:] + order[:1]
    return order


def trimmed(bank: Bank, questions: Iterable[Question]) -> Bank:
    """Keep of a bank what these questions lead to."""
    topics = {question.topic: bank.topics[question.topic] for question in questions}
    facts = {fact: bank.facts[fact] for question in questions for fact in question.facts}
    cited = {passage for fact in facts.values() for passage in fact.cites}
    sources = {}
    for source in bank.sources.values():
        if passages := tuple(passage for passage in source.passages if passage.id in cited):
            sources[source.id] = replace(source, passages=passages)
    return Bank(sources=sources, topics=topics, facts=facts, questions={})
