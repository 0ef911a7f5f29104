"""The ways in which a quiz may be printed, by number: each order of questions and of what stands below them.

Orders are numbered as a dictionary would list them (Lehmer's code: Knuth, The Art of Computer Programming,
volume 2, 3.3.2, algorithm P).
"""

from collections.abc import Iterator, Sequence
from math import factorial, gcd, prod
from typing import NamedTuple, TypeAlias, assert_never

from quizgen.assemble.shuffle import numbers
from quizgen.model import Answer, Choose, Fill, Match, Order

Orders: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""The printed order of options or steps, or of prompts and of choices, as indices."""


class Digit(NamedTuple):
    """Which of so many ways, from 0."""

    value: int
    radix: int


def order_of(number: int, size: int) -> list[int]:
    """Return the order of ``range(size)`` with this number, from 0 to size! - 1."""
    left = list(range(size))
    ordered = []
    for rest in range(size - 1, -1, -1):
        pick, number = divmod(number, factorial(rest))
        ordered.append(left.pop(pick))
    return ordered


def number_of(order: Sequence[int]) -> int:
    """Return the number of an order, as ``order_of`` has it."""
    left = sorted(order)
    number = 0
    for index in order:
        pick = left.index(index)
        number += pick * factorial(len(left) - 1)
        del left[pick]
    return number


def step_through(ways: int, *seed: object) -> tuple[int, int]:
    """Draw where to begin, and a step that comes to each of so many ways before it comes to one again."""
    chance = numbers(*seed)
    start, step = next(chance) % ways, next(chance) % ways
    while gcd(step, ways) != 1:
        step += 1
    return start, step


def count_ways(answer: Answer) -> int:
    """Count the ways to print what stands below a stem."""
    match answer:
        case Choose(style="truth") | Fill():
            return 1
        case Choose(options=texts):
            return factorial(len(texts))
        case Match(prompts=prompts, choices=choices):
            return factorial(len(prompts)) * _unsolved_ways(len(prompts), len(choices))
        case Order(steps=steps):
            return _unsolved_ways(len(steps), len(steps))
        case _:
            assert_never(answer)


def moved_on(answers: Sequence[Answer], orders: Sequence[Orders], turns: int, seed: int) -> list[Orders]:
    """Move on through all ways to print the options of a quiz: for each number of turns another way, while there are any."""
    digits = [digit for answer, own in zip(answers, orders, strict=True) for digit in _digits(answer, own)]
    number = 0
    for digit in digits:
        number = number * digit.radix + digit.value
    ways = prod(digit.radix for digit in digits)
    _, step = step_through(ways, seed, "options")
    number = (number + turns * step) % ways
    values = []
    for digit in reversed(digits):
        number, value = divmod(number, digit.radix)
        values.append(value)
    left = iter(reversed(values))
    return [_from_digits(answer, left) for answer in answers]


def _digits(answer: Answer, orders: Orders) -> list[Digit]:
    """Say in which of its ways an answer is printed."""
    order, columns = orders
    match answer:
        case Choose(style="truth") | Fill():
            return []
        case Choose():
            return [Digit(number_of(order), factorial(len(order)))]
        case Match(choices=choices, key=key):
            solution = _solution([key[row] for row in order], len(choices))
            own = number_of([solution.index(column) for column in columns])
            ways = _unsolved_ways(len(key), len(choices))
            solved = factorial(len(choices)) - ways
            return [Digit(number_of(order), factorial(len(order))), Digit(own - solved, ways)]
        case Order(key=key):
            return [Digit(number_of([key.index(step) for step in order]) - 1, factorial(len(order)) - 1)]
        case _:
            assert_never(answer)


def _from_digits(answer: Answer, values: Iterator[int]) -> Orders:
    """Print an answer in the way that its digits say."""
    match answer:
        case Choose(style="truth") | Fill():
            return (), ()
        case Choose(options=options):
            return tuple(order_of(next(values), len(options))), ()
        case Match(choices=choices, key=key):
            rows = order_of(next(values), len(key))
            solution = _solution([key[row] for row in rows], len(choices))
            solved = factorial(len(choices)) - _unsolved_ways(len(key), len(choices))
            columns = order_of(next(values) + solved, len(choices))
            return tuple(rows), tuple(solution[column] for column in columns)
        case Order(key=key):
            return tuple(key[index] for index in order_of(next(values) + 1, len(key))), ()
        case _:
            assert_never(answer)


def _solution(paired: list[int], size: int) -> list[int]:
    """Return the order that prints each choice beside its prompt, and then those that belong to none."""
    return paired + [choice for choice in range(size) if choice not in paired]


def _unsolved_ways(prompts: int, choices: int) -> int:
    """Count the orders of choices that do not print the solution; these come first where all are numbered from it."""
    return factorial(choices) - factorial(choices - prompts)
