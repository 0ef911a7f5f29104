"""Read files from others in a child process with limited time and memory.

A few kilobytes can take hours or gigabytes: a spreadsheet that unpacks to more than any memory holds, a drawing that uses
itself. No program knows every such trick, so the operating system stops a reader that takes too much. A reader that crashes
does not end the command either.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, ParamSpec, TypeVar, get_type_hints

import msgspec

from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.text.messages import _

SECONDS = 5
"""Processor time for a reader, with its start."""

MEGABYTES = 300
"""Memory for a reader."""

_DEADLINE = 60
"""Seconds of real time for a reader, in case it only waits. On a busy machine, five seconds of processor time may take this
long."""

_OUT_OF_MEMORY = 12
"""The exit code of a child that ran out of memory."""

P = ParamSpec("P")
T = TypeVar("T")


class _Call(msgspec.Struct):
    """What the child must do: call a function of a module, within these limits."""

    module: str
    function: str
    args: list[Any]
    seconds: int
    megabytes: int


class _Answer(msgspec.Struct):
    """What the child returns: the function's result, packed, or the problems of an error."""

    returned: bytes = b""
    problems: tuple[Problem, ...] = ()
    is_misuse: bool = False


def read_in_child(file: str, function: Callable[P, T], *args: P.args, **_kwargs: P.kwargs) -> T:
    """Call a function in a child process and return its result; ``file`` is the name of what it reads, for problems.

    The function is one of a module. Its arguments and its result are plain data, and the result has the type that the
    function declares. Both are sent as MessagePack, which runs no code when it is read. Raises QuizgenError as the function
    does, and if the child takes too much or ends in any other way.
    """
    import subprocess  # the child does not need it

    call = _Call(function.__module__, function.__qualname__, list(args), SECONDS, MEGABYTES)
    # Run as a script, this module loads nothing else of the command line. -P keeps its folder out of the module path.
    command = [sys.executable, "-P", __file__]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603  our own module
            command,
            input=msgspec.msgpack.encode(call),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_DEADLINE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QuizgenError(
            problem(
                _("this takes too long to read"),
                _("save it again in the program it comes from, smaller or simpler"),
                file=file,
            )
        ) from None
    if done.returncode == -signal.SIGXCPU:
        raise QuizgenError(
            problem(
                _("this takes too long to read"),
                _("save it again in the program it comes from, smaller or simpler"),
                file=file,
            )
        )
    if done.returncode == _OUT_OF_MEMORY:
        raise QuizgenError(
            problem(
                _("this takes too much memory to read"),
                _("save it again in the program it comes from, smaller or simpler"),
                file=file,
            )
        )
    try:
        answer = msgspec.msgpack.decode(done.stdout, type=_Answer)
    except msgspec.DecodeError:  # the child crashed before it sent everything
        raise QuizgenError(
            problem(
                _("this cannot be read"),
                _("save it again in the program it comes from, smaller or simpler"),
                file=file,
            )
        ) from None
    if answer.problems:
        raise (MisuseError if answer.is_misuse else QuizgenError)(answer.problems)
    return_type: type[T] = get_type_hints(function)["return"]
    return msgspec.msgpack.decode(answer.returned, type=return_type)


def _limit(seconds: int, megabytes: int) -> None:
    """Let the system stop this process when it has used this much."""
    import resource  # only the child limits itself

    resource.setrlimit(
        resource.RLIMIT_CORE, (0, 0)
    )  # no core dump, which would leave what it read on the disk
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    with suppress(
        ValueError, OSError
    ):  # macOS may refuse or ignore a memory limit; then only time is limited
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, megabytes * 1_000_000))


def _answer(call: _Call) -> _Answer:
    try:
        result = getattr(import_module(call.module), call.function)(*call.args)
    except QuizgenError as error:
        return _Answer(problems=error.problems, is_misuse=isinstance(error, MisuseError))
    return _Answer(msgspec.msgpack.encode(result))


def _main() -> None:
    """Answer the call that is on stdin. An unexpected error ends the child, and the parent reports the file."""
    call = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=_Call)
    _limit(call.seconds, call.megabytes)
    try:
        sys.stdout.buffer.write(msgspec.msgpack.encode(_answer(call)))
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)


if __name__ == "__main__":
    _main()
