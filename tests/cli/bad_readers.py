"""Readers that never end, take all memory, fail or crash, to test the child process that runs them."""

import os
import signal


def endless(data: bytes) -> int:
    while data:
        pass
    return 0


def greedy(data: bytes) -> int:
    return len(data * 1_000_000_000)


def failing(data: bytes) -> int:
    return int(data)


def crashing(data: bytes) -> int:
    os.kill(os.getpid(), signal.SIGSEGV)
    return len(data)
