"""Permutations, from a seed or by index, the same on every machine.

The shuffle is that of Fisher and Yates (Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm P),
with random numbers that BLAKE2b (RFC 7693) makes of the seed. Python's ``random`` does not promise the same
shuffles in every version, and takes ten times as long to seed. Permutations are numbered in lexicographic
order (Lehmer code: Knuth, volume 2, 3.3.2, algorithm P).
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
    """Return the items in an order that depends only on the parts of ``seed``."""
    result = list(items)
    random = random_numbers(*seed)
    for last in range(len(result) - 1, 0, -1):
        pick = next(random) % (last + 1)
        result[last], result[pick] = result[pick], result[last]
    return result


def random_numbers(*seed: object) -> Iterator[int]:
    """Generate uniformly distributed numbers below 2**64.

    Each is eight bytes of a digest of the seed and a counter.
    """
    text = "/".join(map(str, seed)).encode()
    for block in counting():
        yield from _EIGHT_NUMBERS.unpack(blake2b(text, salt=block.to_bytes(16, "big")).digest())


def permutation_at(index: int, size: int) -> list[int]:
    """Return the permutation of ``range(size)`` with this index, from 0 to size! - 1."""
    left = list(range(size))
    ordered = []
    for rest in range(size - 1, -1, -1):
        pick, index = divmod(index, factorial(rest))
        ordered.append(left.pop(pick))
    return ordered


def permutation_index(order: Sequence[int]) -> int:
    """Return the index of a permutation; the inverse of ``permutation_at``."""
    left = sorted(order)
    index = 0
    for item in order:
        pick = left.index(item)
        index += pick * factorial(len(left) - 1)
        del left[pick]
    return index


def draw_start_and_step(count: int, *seed: object) -> tuple[int, int]:
    """Draw a start and a step that visit every number below ``count`` once before any number comes again."""
    random = random_numbers(*seed)
    start, step = next(random) % count, next(random) % count
    while gcd(step, count) != 1:
        step += 1
    return start, step


def shuffled_away_from(solution: Sequence[int], size: int, *seed: object) -> tuple[int, ...]:
    """Shuffle ``range(size)`` so that it does not begin with the solution.

    If the shuffle happens to begin with it, the order is rotated by one place.
    """
    order = shuffled(range(size), *seed, "choices")
    if size > 1 and order[: len(solution)] == list(solution):
        order = order[1:] + order[:1]
    return tuple(order)


def count_orders_hiding(keys: int, size: int) -> int:
    """Count the permutations of ``range(size)`` that do not begin with a solution of ``keys`` items.

    If permutations are numbered from the solution on, those that begin with it have the lowest numbers.
    """
    return factorial(size) - factorial(size - keys)
