"""Read files from others in a child process, whose time and memory are limited.

A file of a few kilobytes can take hours or gigabytes to read, such as a spreadsheet that unpacks to more than
any memory holds. The operating system stops a child process that takes too much. A child that crashes does not
end the command either.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, NamedTuple, ParamSpec, TypeVar, get_type_hints

import msgspec

from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.text.messages import _

SECONDS = 5
"""Processor time for a reader, with its start."""

MEGABYTES = 300
"""Memory for a reader."""

_REAL_SECONDS = 12
"""Seconds of real time for each second of processor time, in case a reader only waits, or the machine is busy."""

_OUT_OF_MEMORY = 12
"""The exit code of a child that ran out of memory."""


class Limits(NamedTuple):
    """Seconds of processor time for a reader, with its start, and megabytes of memory."""

    seconds: int
    megabytes: int


P = ParamSpec("P")
T = TypeVar("T")


class _FunctionCall(msgspec.Struct):
    """A function that the child process calls, with its arguments and the limits of the process."""

    module: str
    function: str
    args: list[Any]
    seconds: int
    megabytes: int


class _CallResult(msgspec.Struct):
    """What the child process returns: the result of the function as MessagePack, or the problems of the error that it raised."""

    returned: bytes = b""
    problems: tuple[Problem, ...] = ()
    is_misuse: bool = False


def run_in_child(file_name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function in a child process with the usual limits, as ``run_with_limits`` does, and return its result."""
    return run_with_limits(Limits(SECONDS, MEGABYTES), file_name, function, *args, **kwargs)


def run_with_limits(
    limits: Limits, file_name: str, function: Callable[P, T], *args: P.args, **_kwargs: P.kwargs
) -> T:
    """Call a function in a child process and return its result.

    ``file_name`` is the file that the function reads, for problems. The function must belong to a module, and
    its arguments and result must be plain data, which is sent as MessagePack. Raises the QuizgenError that the
    function raises, and one if the child takes too much time or memory or crashes.
    """
    import subprocess  # the child does not need it

    call = _FunctionCall(
        function.__module__, function.__qualname__, list(args), limits.seconds, limits.megabytes
    )
    # Run as a script, this module loads nothing else of the command line. -P keeps its folder out of the module path.
    command = [sys.executable, "-P", __file__]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        process = subprocess.run(  # noqa: S603  our own module
            command,
            input=msgspec.msgpack.encode(call),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_REAL_SECONDS * limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QuizgenError(
            problem(
                _("this takes too long to read (over {seconds} s)"),
                _("save it again in the program it comes from, smaller or simpler"),
                seconds=limits.seconds,
                file=file_name,
            )
        ) from None
    if process.returncode == -signal.SIGXCPU:
        raise QuizgenError(
            problem(
                _("this takes too long to read (over {seconds} s)"),
                _("save it again in the program it comes from, smaller or simpler"),
                seconds=limits.seconds,
                file=file_name,
            )
        )
    if process.returncode == _OUT_OF_MEMORY:
        raise QuizgenError(
            problem(
                _("this takes too much memory to read"),
                _("save it again in the program it comes from, smaller or simpler"),
                file=file_name,
            )
        )
    try:
        answer = msgspec.msgpack.decode(process.stdout, type=_CallResult)
    except msgspec.DecodeError:  # the child crashed before it sent everything
        raise QuizgenError(
            problem(
                _("this cannot be read"),
                _("save it again in the program it comes from, smaller or simpler"),
                file=file_name,
            )
        ) from None
    if answer.problems:
        raise (MisuseError if answer.is_misuse else QuizgenError)(answer.problems)
    return_type: type[T] = get_type_hints(function)["return"]
    return msgspec.msgpack.decode(answer.returned, type=return_type)


def _limit_resources(seconds: int, megabytes: int) -> None:
    """Let the operating system stop this process when it has used so many seconds of processor time or megabytes."""
    import resource  # only the child limits itself

    resource.setrlimit(
        resource.RLIMIT_CORE, (0, 0)
    )  # no core dump, which would leave what it read on the disk
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    with suppress(
        ValueError, OSError
    ):  # macOS may refuse or ignore a memory limit; then only time is limited
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, megabytes * 1_000_000))


def _run_call(call: _FunctionCall) -> _CallResult:
    """Call the function, and return its result or the problems of its error."""
    try:
        result = getattr(import_module(call.module), call.function)(*call.args)
    except QuizgenError as error:
        return _CallResult(problems=error.problems, is_misuse=isinstance(error, MisuseError))
    return _CallResult(msgspec.msgpack.encode(result))


def _run_call_from_stdin() -> None:
    """Read a call from stdin, run it, and write the result to stdout.

    An unexpected error ends the child process; the parent then reports the file.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it even in a long call of a library
    call = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=_FunctionCall)
    _limit_resources(call.seconds, call.megabytes)
    try:
        sys.stdout.buffer.write(msgspec.msgpack.encode(_run_call(call)))
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)


if __name__ == "__main__":
    _run_call_from_stdin()
