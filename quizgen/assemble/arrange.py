"""Questions and a seed -> a quiz in printed order: of the questions, and of what stands below each."""

from collections.abc import Iterable, Sequence
from itertools import islice
from math import factorial, prod
from string import ascii_uppercase
from typing import TypeAlias

from msgspec.structs import replace

from quizgen.model import Bank, Question, Quiz
from quizgen.permutations import draw_start_and_step, permutation_at, random_numbers, shuffled
from quizgen.shapes import Orders, Response, Shape

Forms: TypeAlias = dict[tuple[str, Orders], Question]
"""Questions in printed order, by id and orders: versions that print a question alike share it."""

_TRIES = 30
_SEEDS = 1_000_000
"""As many as there are seeds of up to six digits, which is what a quiz begun without one has."""


def version_labels(count: int) -> tuple[str, ...]:
    """Label versions as columns of a spreadsheet: A to Z, AA to ZZ, AAA and on."""
    return tuple(version_label(index) for index in range(count))


def version_index(label: str) -> int:
    """Return which version, from 0, has a label. Raises ValueError for what is no label."""
    if not label or not set(label) <= set(ascii_uppercase):
        raise ValueError(label)
    index = 0
    for letter in label:
        index = index * 26 + ascii_uppercase.index(letter) + 1
    return index - 1


def version_label(index: int) -> str:
    """Label the version with this index, from 0."""
    label = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        label = ascii_uppercase[letter] + label
    return label


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
    rounds, first = divmod(version_index(version), factorial(len(drawn))) if version else (0, 0)
    label = version_label(first) if rounds else version
    places = _key_places(ordered, seed, label)
    orders = []
    for question in ordered:
        own = question.answer.draw_orders(seed, label, question.id)
        if question.id in places:
            own = question.answer.with_key_at(own, places[question.id])
        orders.append(own)
    if rounds:
        orders = _orders_after([question.answer for question in ordered], orders, rounds, seed)
    known = {} if forms is None else forms
    questions = tuple(_form(question, own, known) for question, own in zip(ordered, orders, strict=True))
    return Quiz(questions=questions, seed=seed, language=language, bank=bank, version=version)


def reshuffle(quiz: Quiz, questions: Sequence[Question]) -> Quiz:
    """Make a quiz of some questions of another, so that a place on the page is not what people remember.

    The seed follows from the other quiz's and from the questions: the same again gives the same, and to
    practise what was practised gives a new order. Of a few such seeds the one is taken that leaves the
    fewest keys where they were; true and false, and blanks, have no other place.
    """
    seeds = (
        number % _SEEDS for number in random_numbers(quiz.seed, "again", *(each.id for each in questions))
    )
    bank = trimmed(quiz.bank, questions)
    quizzes = (arrange(bank, questions, seed, quiz.language) for seed in islice(seeds, _TRIES))
    return min(quizzes, key=lambda again: _unmoved(questions, again))


def trimmed(bank: Bank, questions: Iterable[Question]) -> Bank:
    """Keep of a bank what these questions lead to."""
    topics = {question.topic: bank.topics[question.topic] for question in questions}
    behind = [fact for question in questions for fact in bank.facts_behind(question)]
    named = dict.fromkeys([*(fact for question in questions for fact in question.facts), *behind])
    facts = {fact: bank.facts[fact] for fact in named}
    cited = {passage for fact in facts.values() for passage in fact.cites}
    sources = {}
    for source in bank.sources.values():
        if passages := tuple(passage for passage in source.passages if passage.id in cited):
            sources[source.id] = replace(source, passages=passages)
    exhibits = {
        question.exhibit: bank.exhibits[question.exhibit] for question in questions if question.exhibit
    }
    return Bank(
        sources, topics, facts, questions={}, exhibits=exhibits, help=bank.help, declared=bank.declared
    )


def _ordered(drawn: Sequence[Question], seed: int, version: str) -> list[Question]:
    """Order the questions of a version: no two of the first n! versions of n questions have the same order.

    The orders are numbered, and versions step through the numbers.
    """
    if not version:
        return shuffled(drawn, seed, version, "questions")
    orders = factorial(len(drawn))
    start, step = draw_start_and_step(orders, seed, "orders")
    number = (start + version_index(version) * step) % orders
    return [drawn[index] for index in permutation_at(number, len(drawn))]


def _key_places(questions: Sequence[Question], seed: int, version: str) -> dict[str, int]:
    """Deal the places of keys evenly: over n questions of k options, each place serves n/k times, give or take one."""
    by_size: dict[int, list[Question]] = {}
    for question in questions:
        if size := question.answer.key_position_count:
            by_size.setdefault(size, []).append(question)
    places: dict[str, int] = {}
    for size, group in by_size.items():
        rounds = [
            shuffled(range(size), seed, version, "key", size, turn) for turn in range(-(-len(group) // size))
        ]
        # Dealt out whole, then mixed, so that a reader cannot tell the last of each round.
        deck = shuffled(
            [place for deal in rounds for place in deal][: len(group)], seed, version, "deck", size
        )
        places |= {question.id: place for question, place in zip(group, deck, strict=True)}
    return places


def _orders_after(answers: Sequence[Shape], orders: Sequence[Orders], rounds: int, seed: int) -> list[Orders]:
    """Step on through all ways to print the options of a quiz: for each number of rounds another way, while there are any."""
    index = 0
    for answer, own in zip(answers, orders, strict=True):
        index = index * answer.order_count + answer.order_index(own)
    count = prod(answer.order_count for answer in answers)
    _, step = draw_start_and_step(count, seed, "options")
    index = (index + rounds * step) % count
    found = []
    for answer in reversed(answers):
        index, own_index = divmod(index, answer.order_count)
        found.append(answer.order_at(own_index))
    return found[::-1]


def _form(question: Question, orders: Orders, forms: Forms) -> Question:
    """Return the question with its answer in printed order."""
    form = (question.id, orders)
    if form not in forms:
        forms[form] = replace(question, answer=question.answer.arranged(orders))
    return forms[form]


def _unmoved(before: Sequence[Question], again: Quiz) -> int:
    """Count the keys that stand where they stood, and one more where the questions do."""
    were = {question.id: _key(question, again.language) for question in before}
    keys = sum(
        question.answer.order_count > 1 and _key(question, again.language) == were[question.id]
        for question in again.questions
    )
    return keys + (len(before) > 1 and list(were) == [question.id for question in again.questions])


def _key(question: Question, language: str) -> Response:
    return question.answer.solution(language)
