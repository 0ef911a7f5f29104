"""Readers as nobody would write them: what the process that they run in has to bear."""

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
