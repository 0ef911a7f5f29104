"""Storms of signals at random moments, at all that runs a while. Run with ``pytest -m heavy -s``.

``QUIZGEN_STORMS`` says how many there are for each command, and ``QUIZGEN_CHANCE`` of which seed.
"""

import os
import random
import re
import signal
import termios
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pexpect
import pytest

from tests.cli.program import Program

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),
]

STORMS = int(os.environ.get("QUIZGEN_STORMS", "20"))
CHANCE = os.environ.get("QUIZGEN_CHANCE", "7")
ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
OTHERS = (signal.SIGPIPE, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)
PATIENCE = 60.0
"""Seconds after which a program that has been told to end counts as hanging."""

QUIZ = ("-l", "en", "-k", "single")
TAKE = ("take", *QUIZ, "-n", "20", "--once")
WRITES = (*QUIZ, "-n", "1", "--force", "-s", "1")


class Case(NamedTuple):
    """What is run, what tells that it is ready, keys that are pressed now and then, and those that end it."""

    words: tuple[str, ...]
    ready: str = ""
    keys: str = ""
    leave: str = ""


COMMANDS = {
    "take": Case((*TAKE, "--theme", "dark"), " of 20", "s\r", "q"),
    "take --lines": Case((*TAKE, "--lines"), " of 20", "s\r", "\rq\r"),
    "take --plain": Case((*TAKE, "--plain"), " of 20", "s\r", "\rq\r"),
    "stall": Case(("take", "--kiosk", *QUIZ, "-n", "3"), "Press 1", "1s\r", "\x0f\x15\x14"),
    "present": Case(("present", *QUIZ, "-n", "3"), "Seed", " ", "qy"),
    "home page": Case((), "Take a quiz", "t?", "q"),
    "handout --force": Case(("handout", "out.pdf", *WRITES, "--answers", "separate")),
    "kit --force": Case(("kit", "kit", "-l", "en", "--force", "-s", "1")),
    "page --force": Case(("page", "out.html", *WRITES)),
    "export --force": Case(("export", "json", "out.json", *WRITES)),
}


class Storm:
    """A run of a command, and what befalls it."""

    def __init__(self, program: Program, command: str, chance: random.Random, takes: float) -> None:
        self._case, self._chance, self._takes = COMMANDS[command], chance, takes
        self.sent: list[tuple[float, signal.Signals]] = []
        self.seen = ""
        self.begun = time.monotonic()
        self.terminal = program.terminal(*self._case.words, folder=program.folder)
        self.terminal.delaybeforesend = None
        self.before = termios.tcgetattr(self.terminal.child_fd)

    def wait(self, seconds: float) -> None:
        """Let time pass, and read what is shown meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            with suppress(pexpect.TIMEOUT, pexpect.EOF):
                self.seen += self.terminal.read_nonblocking(100_000, timeout=min(left, 0.05))
                continue
            if self.terminal.flag_eof:
                return

    def send(self, number: signal.Signals) -> None:
        """Send a signal; with a change of size where it is said to have changed."""
        if number == signal.SIGWINCH:
            self.terminal.setwinsize(self._chance.randint(10, 40), self._chance.randint(30, 120))
        with suppress(ProcessLookupError):
            os.kill(self.terminal.pid, number)
        self.sent.append((round(time.monotonic() - self.begun, 3), number))

    def press(self) -> None:
        """Press a key, perhaps."""
        if self._case.keys and self._chance.random() < 1 / 2:
            self.type(self._chance.choice(self._case.keys))

    def type(self, keys: str) -> None:
        """Type keys, if there still is somebody who reads them."""
        with suppress(OSError):
            self.terminal.send(keys)

    def rages(self) -> None:
        """Wait for a moment that chance chooses, in the first tenth of a second as likely as later, and send signals."""
        chance = self._chance
        when = chance.choice(["first", "starting", "running", "ending"])
        if when == "first":
            self.wait(chance.uniform(0, 0.1))
        elif when == "starting" or not self._case.ready:
            self.wait(chance.uniform(0, self._takes * 1.1))
        else:
            until = time.monotonic() + PATIENCE
            while (
                self._case.ready not in self.seen and time.monotonic() < until and not self.terminal.flag_eof
            ):
                self.wait(0.02)
            for _ in range(chance.randint(0, 8)):
                self.press()
                self.wait(0.05)
            if when == "ending":
                self.type(self._case.leave)
                self.wait(chance.uniform(0, 0.3))
        for _ in range(chance.randint(1, 12)):
            self.send(chance.choice(OTHERS if chance.random() < 2 / 3 else ENDS))
            self.wait(chance.choice([0.0, chance.uniform(0, 0.005), chance.uniform(0, 0.1)]))
            self.press()

    def ends(self, last: signal.Signals) -> bool:
        """Send a last signal, and have it go on if it was stopped; tell whether it ends."""
        self.send(last)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.send(signal.SIGCONT)
            self.wait(0.5)
            if self.terminal.flag_eof or not self.terminal.isalive():
                self.wait(0.1)
                return True
        return False


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """Have the signals heeded that whoever runs the tests in the background has told them to ignore."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in ENDS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def whole(folder: Path) -> dict[str, bytes]:
    """Read what commands write, and what they left over."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and any(part.startswith(("out", "kit", ".")) for part in path.parts[-2:])
    }


def wrong(run: Storm, code: int | None, by: int | None, after: object) -> Iterator[str]:
    """Give what a run was to be spared; ``after`` is how the terminal is left."""
    sent = {number for _, number in run.sent}
    allowed = {0} | {128 + number for number in sent if number in ENDS}
    if in_pythons_first_milliseconds(run):
        allowed.add(1)
    elif "Traceback" in run.seen:
        yield "traceback"
    if (code if by is None else 128 + by) not in allowed:
        yield f"ended with {code}, by {by}"
    if after != run.before:
        yield "the terminal is not what it was"
    if run.seen.count("\x1b[?1049h") != run.seen.count("\x1b[?1049l"):
        yield "the screen is not left"


def in_pythons_first_milliseconds(run: Storm) -> bool:
    """Tell whether Ctrl-C came before any line of ours ran, of which Python complains by itself."""
    ctrl_c = any(number == signal.SIGINT for _, number in run.sent)
    return ctrl_c and "Traceback" in run.seen and "quizgen/cli" not in run.seen


@pytest.mark.parametrize("command", COMMANDS)
def test_no_storm_leaves_a_traceback_a_hang_or_half_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """The terminal is as it was, the exit code is of what ended it, and no answer that was told is lost."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    program, chance, count = Program(here), random.Random(f"{CHANCE} {command}"), Counter[str]()  # noqa: S311  no secret
    begun = time.monotonic()
    if not COMMANDS[command].ready:
        assert program.apart(*COMMANDS[command].words).code == 0
    takes = max(time.monotonic() - begun, 1.0)
    sound = whole(here)
    told = kept = 0
    for storm in range(STORMS):
        run = Storm(program, command, chance, takes)
        run.rages()
        where = (command, storm, run.sent)
        assert run.ends(signal.SIGTERM if command == "stall" else chance.choice(ENDS)), where
        after = termios.tcgetattr(run.terminal.child_fd)
        run.terminal.close()
        code, by = run.terminal.exitstatus, run.terminal.signalstatus
        assert not list(wrong(run, code, by, after)), (*where, list(wrong(run, code, by, after)), run.seen)
        count[f"exit {code}" if by is None else signal.Signals(by).name] += 1
        count["in Python's first milliseconds"] += in_pythons_first_milliseconds(run)
        for name in whole(here).keys() - sound.keys():
            assert by is not None, (*where, name)  # what a signal kills on the spot may leave a draft beside
            (here / name).unlink()
        assert whole(here) == sound, where
        before, kept = kept, sum(map(len, program.answers())) if program.data.exists() else 0
        shown = max(map(int, re.findall(r"(\d+) of 20", run.seen)), default=1)
        told += shown - 1
        assert kept - before >= shown - 1, where  # once the next question is shown
    print(f"{command}: {STORMS} storms, {told} answers, {dict(count)}")  # noqa: T201
