"""Orders: drawn from a seed, or by their number. The same on every machine.

A shuffle is Fisher and Yates's (Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm P) over
numbers that BLAKE2b (RFC 7693) makes of the seed. Python's own ``random`` promises little of its shuffles
between versions, and takes ten times as long to seed. Orders are numbered as a dictionary would list them
(Lehmer's code: Knuth, volume 2, 3.3.2, algorithm P).
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import count as counting
from math import factorial, gcd
from struct import Struct as Layout
from typing import TypeVar

T = TypeVar("T")
_EIGHT_NUMBERS = Layout(">8Q")


def shuffled(items: Iterable[T], *seed: object) -> list[T]:
    """Return the items in an order that depends on nothing but the parts of ``seed``."""
    result = list(items)
    chance = numbers(*seed)
    for last in range(len(result) - 1, 0, -1):
        pick = next(chance) % (last + 1)
        result[last], result[pick] = result[pick], result[last]
    return result


def numbers(*seed: object) -> Iterator[int]:
    """Generate numbers below 2**64, evenly spread: the digests of the seed and a counter, cut into eights of bytes."""
    text = "/".join(map(str, seed)).encode()
    for block in counting():
        yield from _EIGHT_NUMBERS.unpack(blake2b(text, salt=block.to_bytes(16, "big")).digest())


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


def step_through(count: int, *seed: object) -> tuple[int, int]:
    """Draw where to begin, and a step that comes to each of so many numbers before it comes to one again."""
    chance = numbers(*seed)
    start, step = next(chance) % count, next(chance) % count
    while gcd(step, count) != 1:
        step += 1
    return start, step


def shuffled_away_from(solution: Sequence[int], size: int, *seed: object) -> tuple[int, ...]:
    """Shuffle ``range(size)`` so that it does not begin with the solution.

    Where the shuffle happens to print the solution, it is turned by one place.
    """
    order = shuffled(range(size), *seed, "choices")
    if size > 1 and order[: len(solution)] == list(solution):
        order = order[1:] + order[:1]
    return tuple(order)


def count_orders_hiding(keys: int, size: int) -> int:
    """Count the orders of ``range(size)`` that do not begin with a solution of so many keys.

    The orders that begin with it have the lowest numbers, where orders are numbered from the solution on.
    """
    return factorial(size) - factorial(size - keys)
