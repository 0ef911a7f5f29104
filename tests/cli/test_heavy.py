"""Tests that take minutes: kills, signals, and days at a stall. Run them with ``pytest -m heavy -s``.

``QUIZGEN_KILLS`` and ``QUIZGEN_VISITORS`` say how many kills there are in all, and visitors of a stall.
"""

import asyncio
import gc
import os
import random
import re
import signal
import statistics
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pexpect
import pytest
from msgspec.structs import replace
from pypdfium2 import PdfDocument

from quizgen.attempt import Attempt
from quizgen.cli.days import visitor_rank_lines
from quizgen.cli.recording import AttemptRecorder
from quizgen.history import History, open_history
from quizgen.screen.app import AppServices, QuizApp
from tests.cli.program import PATIENCE, Program
from tests.screen.test_session import attempt as at_screen

pytestmark = pytest.mark.heavy

KILLS = int(os.environ.get("QUIZGEN_KILLS", "300"))
VISITORS = int(os.environ.get("QUIZGEN_VISITORS", "1000"))

QUIZ = ("-n", "3", "-k", "single", "-l", "en")
KEPT = "Skipped"


class Mode(NamedTuple):
    """A way to take a quiz: its command, the keys for what it shows, and after how many answers it is killed."""

    words: tuple[str, ...]
    keys: dict[str, str]
    answers: tuple[int, int]


MODES = {
    "lines": Mode(("take", "--lines", "--once", *QUIZ), {"> ": "s\r", KEPT: ""}, (0, 2)),
    "full screen": Mode(("take", "--once", *QUIZ), {r"\d of 3": "s", KEPT: "\r"}, (0, 2)),
    "home page": Mode((), {"Take a quiz": "t", r"(?<!question )\d of 10": "\ts", KEPT: "\r"}, (0, 3)),
    "repeats": Mode(("take", *QUIZ), {r"\d of 3|Once more": "s", KEPT: "\r"}, (3, 6)),
    "end pages": Mode(("take", "--once", *QUIZ), {r"\d of 3": "s", KEPT: "\r"}, (3, 3)),
    "stall": Mode(
        ("take", "--kiosk", *QUIZ),
        {"Press 1 to start": "1", r"\d of 3": "s", KEPT: "\r", "Thank you": "\r"},
        (0, 9),
    ),
    "daily": Mode(
        ("take", "--daily", "--once", "-k", "single", "-l", "en"), {r"\d of 5": "s", KEPT: "\r"}, (0, 4)
    ),
}


def answers_before_a_kill(program: Program, mode: Mode, number: signal.Signals, chance: random.Random) -> int:
    """Take a quiz, kill the program at a random moment, and return how many answers it showed as saved."""
    terminal = program.terminal(*mode.words)
    terminal.delaybeforesend = None
    starts = chance.random() < 1 / 4
    end = time.monotonic() + (chance.uniform(0.0, 0.8) if starts else 20.0)
    most, before, patterns = chance.randint(*mode.answers), "", list(mode.keys)
    answered = 0
    with suppress(pexpect.TIMEOUT, pexpect.EOF, OSError):
        while (left := end - time.monotonic()) > 0:
            shown = patterns[terminal.expect(patterns, timeout=left)]
            said = str(terminal.after)
            # A page may be drawn twice; to skip twice does nothing, to begin twice answers the first question.
            if said != before or mode.keys[shown] == "s":
                answered += shown == KEPT
                terminal.send(mode.keys[shown])
            before = said
            if answered >= most and end - time.monotonic() > 1:
                end = time.monotonic() + chance.uniform(0.0, 0.5)
    terminal.kill(number)
    with suppress(pexpect.EOF, OSError):
        while True:
            terminal.read_nonblocking(4096, timeout=PATIENCE)
    terminal.close()
    return max(answered, 0)


@pytest.mark.parametrize("name", MODES)
def test_kills_at_random_moments_lose_no_answer_and_damage_nothing(tmp_path: Path, name: str) -> None:
    program, chance = Program(tmp_path), random.Random(name)  # noqa: S311  no secret
    kills = KILLS // len(MODES)
    given = lost = kept = 0
    for _ in range(kills):
        number = chance.choice((signal.SIGKILL, signal.SIGHUP, signal.SIGTERM))
        answered = answers_before_a_kill(program, MODES[name], number, chance)
        attempts = [each.attempt for each in program.attempts()]
        before, kept = kept, sum(each.position + len(each.repeats) for each in attempts)
        given += answered
        lost += max(before + answered - kept, 0)
        if name == "daily" and attempts and attempts[-1].finished_at:  # the next are asked tomorrow
            program.here("history", "clear", "--yes")
            kept = 0
    print(f"{name}: {kills} kills, {given} answers seen given, {lost} lost")  # noqa: T201
    assert given > kills / 2
    assert lost == 0


def test_kills_while_handouts_replace_each_other_leave_whole_ones(tmp_path: Path) -> None:
    """Every second kill comes when something is being written."""
    program, chance = Program(tmp_path), random.Random(9)  # noqa: S311  no secret
    out = tmp_path / "out" / "talk.pdf"
    out.parent.mkdir()
    commands = [program.command("handout", out, "-n", 3, "-s", seed, "--force") for seed in (1, 2)]
    whole = set()
    for command in commands:
        begun = time.monotonic()
        subprocess.run(command, env=program.environment, check=True, capture_output=True)
        takes = time.monotonic() - begun
        whole.add(out.read_bytes())
    assert len(whole) == 2
    kills, halved, drafts = 40, 0, 0
    for kill in range(kills):
        process = subprocess.Popen(
            commands[kill % 2], env=program.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + (takes * 5 if kill % 2 else chance.uniform(0.0, takes * 1.2))
        while process.poll() is None and time.monotonic() < end:
            if kill % 2 and any(out.parent.glob(".*.part")):
                break
            time.sleep(0.0002)
        process.kill()
        process.wait()
        drafts += len(list(out.parent.glob(".*.part")))
        for draft in out.parent.glob(".*.part"):
            draft.unlink()
        halved += out.read_bytes() not in whole
        assert [file.name for file in out.parent.iterdir()] == ["talk.pdf"]
    assert len(PdfDocument(out)) > 0
    print(f"handout --force: {kills} kills, {drafts} while writing, {halved} files halved")  # noqa: T201
    assert halved == 0


def resident(pid: int) -> int:
    """Kilobytes of memory in use."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found
    return int(found[1])


def processor(pid: int) -> float:
    """Seconds of processor time used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def handles(pid: int) -> int:
    """Files that are open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def medians(times: Sequence[float], parts: int) -> list[float]:
    """Return the median of the times in each of ``parts`` equal parts of a day."""
    size = len(times) // parts
    return [round(statistics.median(times[n : n + size]), 3) for n in range(0, size * parts, size)]


class Stall:
    """A stall in this process, with a clock that runs ahead, and a history on the disk."""

    LAST = 5
    """Of its questions, which is a blank."""

    def __init__(self, history: History, chance: random.Random) -> None:
        self.now, self.begun, self.walked, self._chance = 1000.0, 0, 0, chance
        services = AppServices(
            save=AttemptRecorder(history),
            now=lambda: self.now,
            epoch=time.time,
            new_attempt=self._fresh,
            make_final_lines=partial(visitor_rank_lines, history),
        )
        self.app = QuizApp(at_screen(kiosk=True), services)

    def _fresh(self, language: str) -> Attempt:
        self.begun += 1
        return replace(at_screen(language, kiosk=True), started=1e9 + self.begun)

    async def wait(self, seconds: float) -> None:
        """Let time pass, and wait until the screen is drawn."""
        for _ in range(int(seconds)):
            self.now += 1
            self.app._handle_tick()
            await asyncio.sleep(0)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            self.app.handle_key(key)
            await asyncio.sleep(0)

    async def visit(self, language: int) -> None:
        """Take the quiz, or walk away from a question of it, as one visitor in four does."""
        assert self.app.session.scene == "welcome"
        await self.press(str(language + 1))
        away = self._chance.randrange(self.LAST + 1) if self._chance.random() < 1 / 4 else None
        for question in range(self.LAST + 1):
            await self.wait(self._chance.uniform(1, 6))
            if question == away:
                self.walked += 1
                return
            answer = self._chance.choice("ds") if question == 0 else "s"
            await self.press(*(["escape"] if question == self.LAST else []), answer, "enter")


def test_eight_hours_at_a_stall_leave_memory_level_and_nothing_open(tmp_path: Path) -> None:
    """A visitor comes every two minutes. If one walks away, the stall waits as long as it always waits."""
    hours, sizes, opened, times = 8, list[int](), list[int](), list[float]()
    history, _ = open_history(tmp_path / "history.db")
    stall = Stall(history, random.Random(11))  # noqa: S311  no secret

    async def day() -> None:
        async with stall.app.run_test(size=(80, 24)):
            for visitor in range(hours * 30):
                start, begins = stall.now, time.process_time()
                await stall.visit(visitor % 3)
                await stall.wait(120 + start - stall.now)
                times.append(time.process_time() - begins)
                if visitor % 30 == 29:
                    gc.collect()
                    sizes.append(resident(os.getpid()))
                    opened.append(handles(os.getpid()))

    with closing(history):
        asyncio.run(day())
        assert history.count_attempts() > hours * 20
    print(f"{stall.begun} visitors, {stall.walked} walked away; each hour: kB", *sizes, "files", *opened)  # noqa: T201
    print("processor seconds for one:", *medians(times, hours))  # noqa: T201
    assert sizes[-1] < sizes[1] * 1.05
    assert len(set(opened)) == 1


def test_a_thousand_visitors_leave_memory_level_and_nothing_to_each_other(tmp_path: Path) -> None:
    """Visitors come one after the other without a pause: as many as in eight hours with one every half minute."""
    program = Program(tmp_path)
    terminal = program.terminal("take", "--kiosk", "-n", 3, "-k", "single", "-l", "en")
    terminal.delaybeforesend = None
    sizes, opened, used = [], [], [0.0]
    for visitor in range(VISITORS):
        terminal.expect_exact("Press 1 to start")
        assert "› " in str(terminal.before)  # the first language is the kiosk's, whoever was here before
        terminal.send(str(visitor % 3 + 1))
        for number in range(1, 4):
            terminal.expect(rf"{number} of 3|第 {number} [题題]")
            terminal.send("abc"[(visitor + number) % 3])
            terminal.expect("Right|Wrong|答[对错對錯]了")
            terminal.send("\r")
        terminal.expect("Thank you|感谢|感謝")
        terminal.send("\r")
        if visitor % (VISITORS // 10) == VISITORS // 10 - 1:
            sizes.append(resident(terminal.pid))
            opened.append(handles(terminal.pid))
            used.append(processor(terminal.pid))
    terminal.send("\x0f\x15\x14")
    terminal.expect(pexpect.EOF)
    print(f"{VISITORS} visitors, after each tenth: kB", *sizes, "files", *opened)  # noqa: T201
    took = [round((after - before) / (VISITORS // 10), 3) for before, after in pairwise(used)]
    print("processor seconds for one:", *took)  # noqa: T201
    assert sizes[-1] < sizes[1] * 1.05
    assert len(set(opened)) == 1
    assert took[-1] < max(took[1:4]) * 1.5
    attempts = [kept.attempt for kept in program.attempts()]
    assert len(attempts) == VISITORS
    assert all(attempt.kiosk and attempt.finished_at and attempt.position == 3 for attempt in attempts)
    languages = ["en", "zh-Hans", "zh-Hant"]
    assert [attempt.quiz.language for attempt in attempts] == [languages[n % 3] for n in range(VISITORS)]
    done = program.here("history", "export", "-", "--format", "csv")
    assert len({line.split(",")[0] for line in done.out.splitlines()[1:]}) == VISITORS
