"""Readers that take all memory, fail or crash, to test the child process that runs them."""

import os
import signal


def greedy(data: bytes) -> int:
    return len(data * 1_000_000_000)


def failing(data: bytes) -> int:
    return int(data)


def crashing(data: bytes) -> int:
    os.kill(os.getpid(), signal.SIGSEGV)
    return len(data)
