"""Shuffle the questions of a quiz and the options of each question. A seed decides the order."""

from collections.abc import Iterable, Sequence
from itertools import islice
from math import factorial, prod
from string import ascii_uppercase
from typing import TypeAlias

from msgspec.structs import replace

from quizgen.model import Bank, Question, Quiz
from quizgen.permutations import draw_start_and_step, permutation_at, random_numbers, shuffled
from quizgen.shapes import AnswerShape, Orders

ArrangedQuestions: TypeAlias = dict[tuple[str, Orders], Question]
"""Questions in printed order, by id and orders. Versions that print a question in the same way share it."""

_MAX_TRIES = 30
_SEEDS = 1_000_000
"""The number of seeds: a quiz without a given seed has one of up to six digits."""


def version_labels(count: int) -> tuple[str, ...]:
    """Return labels for the first ``count`` versions of a quiz: A to Z, then AA to ZZ, AAA and so on."""
    return tuple(version_label(index) for index in range(count))


def parse_version_label(label: str) -> int:
    """Return the index of the version with a label: 0 for ``A``, 26 for ``AA``. Raises ValueError for an invalid label."""
    if not label or not set(label) <= set(ascii_uppercase):
        raise ValueError(label)
    index = 0
    for letter in label:
        index = index * 26 + ascii_uppercase.index(letter) + 1
    return index - 1


def version_label(index: int) -> str:
    """Return the label of a version: ``A`` for index 0, ``AA`` for 26."""
    label = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        label = ascii_uppercase[letter] + label
    return label


def arrange_quiz(
    bank: Bank,
    drawn_questions: Sequence[Question],
    seed: int,
    language: str,
    version: str = "",
    *,
    keep_order: bool = False,
    cache: ArrangedQuestions | None = None,
) -> Quiz:
    """Return a quiz with these questions, in the order in which a version prints them, with their options shuffled.

    ``keep_order`` leaves the questions in the order given. Several calls can share a ``cache`` of questions with their
    options in order.
    """
    ordered = list(drawn_questions) if keep_order else _order_questions(drawn_questions, seed, version)
    # Each order of questions comes once before any comes again, and then with other orders of options.
    rounds, first = (
        divmod(parse_version_label(version), factorial(len(drawn_questions))) if version else (0, 0)
    )
    label = version_label(first) if rounds else version
    places = _correct_option_positions(ordered, seed, label)
    orders = []
    for question in ordered:
        own = question.answer.draw_random_orders(seed, label, question.id)
        if question.id in places:
            own = question.answer.with_correct_option_at(own, places[question.id])
        orders.append(own)
    if rounds:
        orders = _option_orders_after_steps([question.answer for question in ordered], orders, rounds, seed)
    cache = {} if cache is None else cache
    questions = tuple(
        _arrange_options(question, own, cache) for question, own in zip(ordered, orders, strict=True)
    )
    return Quiz(questions=questions, seed=seed, language=language, bank=bank, version=version)


def reshuffle(quiz: Quiz, questions: Sequence[Question]) -> Quiz:
    """Return a quiz with some questions of another quiz in a new order, so that people do not just remember positions.

    The new order depends only on the old quiz and the questions. Of several orders, the function takes the one that
    leaves the fewest correct options in their old positions.
    """
    seeds = (
        number % _SEEDS for number in random_numbers(quiz.seed, "again", *(each.id for each in questions))
    )
    bank = trim_bank(quiz.bank, questions)
    quizzes = (arrange_quiz(bank, questions, seed, quiz.language) for seed in islice(seeds, _MAX_TRIES))
    return min(quizzes, key=lambda again: _count_unmoved_answers(questions, again))


def trim_bank(bank: Bank, questions: Iterable[Question]) -> Bank:
    """Return a copy of a bank with only the topics, facts, sources, lessons and exhibits that these questions need.

    Statements and help numbers are all in it.
    """
    topics = {question.topic: bank.topics[question.topic] for question in questions}
    behind = [fact for question in questions for fact in bank.fact_ids_behind(question)]
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
        sources,
        topics,
        facts,
        questions={},
        exhibits=exhibits,
        help=bank.help,
        statements=bank.statements,
        declared=bank.declared,
        lessons={question.lesson: bank.lessons[question.lesson] for question in questions if question.lesson},
    )


def _order_questions(drawn_questions: Sequence[Question], seed: int, version: str) -> list[Question]:
    """Return the questions in the order of a version. The first n! versions of n questions all have different orders.

    The versions come in groups of n. In a group, each question is once in each place (a Latin square), so that people
    who sit side by side do not have the same question in the same place.
    """
    count = len(drawn_questions)
    if not version:
        return shuffled(drawn_questions, seed, version, "questions")
    group, row = divmod(parse_version_label(version) % factorial(count), count)
    groups = factorial(count - 1)
    start, step = draw_start_and_step(groups, seed, "orders")
    # Each order is a rotation of exactly one order that begins with the first question.
    order = [0, *(1 + index for index in permutation_at((start + group * step) % groups, count - 1))]
    rotation = shuffled(range(count), seed, group, "rotations")[row]
    columns = shuffled(range(count), seed, "columns")
    return [drawn_questions[order[(rotation + column) % count]] for column in columns]


def _correct_option_positions(questions: Sequence[Question], seed: int, version: str) -> dict[str, int]:
    """Choose a position for the correct option of each question, so that all positions are about equally frequent.

    Returns the positions by question id. Among 8 questions with 4 options each, every position occurs twice.
    """
    by_size: dict[int, list[Question]] = {}
    for question in questions:
        if size := question.answer.correct_position_count:
            by_size.setdefault(size, []).append(question)
    places: dict[str, int] = {}
    for size, group in by_size.items():
        rounds = [
            shuffled(range(size), seed, version, "key", size, turn) for turn in range(-(-len(group) // size))
        ]
        # Shuffled once more, so that nobody can tell the last position of each round.
        deck = shuffled(
            [place for deal in rounds for place in deal][: len(group)], seed, version, "deck", size
        )
        places |= {question.id: place for question, place in zip(group, deck, strict=True)}
    return places


def _option_orders_after_steps(
    answers: Sequence[AnswerShape], orders: Sequence[Orders], steps: int, seed: int
) -> list[Orders]:
    """Return an order of the options for each answer, ``steps`` steps after ``orders``.

    Each step goes to another combination of orders, until all combinations have been used. So versions with the same
    order of questions differ in the order of options.
    """
    index = 0
    for answer, own in zip(answers, orders, strict=True):
        index = index * answer.order_count + answer.index_of_orders(own)
    count = prod(answer.order_count for answer in answers)
    _, step = draw_start_and_step(count, seed, "options")
    index = (index + steps * step) % count
    found = []
    for answer in reversed(answers):
        index, own_index = divmod(index, answer.order_count)
        found.append(answer.orders_at_index(own_index))
    return found[::-1]


def _arrange_options(question: Question, orders: Orders, cache: ArrangedQuestions) -> Question:
    """Return the question with its options in these orders. The result is stored in ``cache``."""
    key = (question.id, orders)
    if key not in cache:
        cache[key] = replace(question, answer=question.answer.with_orders(orders))
    return cache[key]


def _count_unmoved_answers(old_questions: Sequence[Question], new_quiz: Quiz) -> int:
    """Count the questions whose correct answer has not moved. Add one if the questions are in their old order."""
    were = {question.id: question.answer.correct_response(new_quiz.language) for question in old_questions}
    keys = sum(
        question.answer.order_count > 1
        and question.answer.correct_response(new_quiz.language) == were[question.id]
        for question in new_quiz.questions
    )
    return keys + (len(old_questions) > 1 and list(were) == [question.id for question in new_quiz.questions])
