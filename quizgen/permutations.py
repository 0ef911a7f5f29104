"""Permutations: random ones from a seed, and permutations by their index. They are the same on every machine.

The shuffle is that of Fisher and Yates (Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm P),
with random numbers that BLAKE2b (RFC 7693) makes from the seed. Python's ``random`` does not promise the same
shuffles in every version, and takes ten times as long to seed. Permutations are numbered in lexicographic order
(Lehmer code: Knuth, volume 2, 3.3.2, algorithm P).
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
    """Return the items in a random order that depends only on the parts of the ``seed``."""
    result = list(items)
    random = random_numbers(*seed)
    for last in range(len(result) - 1, 0, -1):
        pick = next(random) % (last + 1)
        result[last], result[pick] = result[pick], result[last]
    return result


def random_numbers(*seed: object) -> Iterator[int]:
    """Yield random integers below 2**64, without end.

    Each is eight bytes of a digest of the seed and a counter.
    """
    text = "/".join(map(str, seed)).encode()
    for block in counting():
        yield from _EIGHT_NUMBERS.unpack(blake2b(text, salt=block.to_bytes(16, "big")).digest())


def permutation_at(index: int, size: int) -> list[int]:
    """Return the permutation of ``range(size)`` with an index from 0 to size! - 1."""
    left = list(range(size))
    ordered = []
    for rest in range(size - 1, -1, -1):
        pick, index = divmod(index, factorial(rest))
        ordered.append(left.pop(pick))
    return ordered


def permutation_index(order: Sequence[int]) -> int:
    """Return the index of a permutation. This is the inverse of ``permutation_at``."""
    left = sorted(order)
    index = 0
    for item in order:
        pick = left.index(item)
        index += pick * factorial(len(left) - 1)
        del left[pick]
    return index


def draw_start_and_step(count: int, *seed: object) -> tuple[int, int]:
    """Return a random start and a random step, for visiting all numbers below ``count`` in steps, modulo ``count``.

    The step is chosen so that each number is visited once before any comes again.
    """
    random = random_numbers(*seed)
    start, step = next(random) % count, next(random) % count
    while gcd(step, count) != 1:
        step += 1
    return start, step


def shuffle_avoiding(solution: Sequence[int], size: int, *seed: object) -> tuple[int, ...]:
    """Return ``range(size)`` in a random order that does not begin with the solution.

    If the random order begins with it, it is rotated by one place.
    """
    order = shuffled(range(size), *seed, "choices")
    if size > 1 and order[: len(solution)] == list(solution):
        order = order[1:] + order[:1]
    return tuple(order)


def count_orders_avoiding_solution(solution_length: int, size: int) -> int:
    """Return how many permutations of ``range(size)`` do not begin with a solution of this length.

    If permutations are numbered from the solution on, those that begin with it have the lowest numbers.
    """
    return factorial(size) - factorial(size - solution_length)
