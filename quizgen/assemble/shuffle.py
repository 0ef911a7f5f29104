"""Chance that is the same on every machine: numbers, and orders, from a seed.

A shuffle is Fisher and Yates's (Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm P) over
numbers that BLAKE2b (RFC 7693) makes of the seed, the version and the question's id. Python's own ``random``
promises little of its shuffles between versions, and takes ten times as long to seed.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import count as counting
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
