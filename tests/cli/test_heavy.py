"""What takes minutes: two hundred kills, and a thousand visitors. Run with ``pytest -m heavy -s``."""

import random
import re
import signal
import time
from pathlib import Path

import pexpect
import pytest

from tests.cli.program import Program

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),
]

KILLS, VISITORS = 200, 1000


@pytest.mark.parametrize("how", ["--plain", "--theme=dark"], ids=["lines", "screen"])
def test_kills_at_random_moments_lose_no_answer_and_damage_nothing(tmp_path: Path, how: str) -> None:
    """An answer counts as given once the next question has been shown."""
    program, chance = Program(tmp_path), random.Random(7)  # noqa: S311  no secret
    lost = shown_in_all = 0
    last = 0
    for _ in range(KILLS // 2):
        begun = ("take", how, "-n", 100, "--feedback", "end", "-l", "en")
        terminal = program.terminal(*(("take", how, "--resume") if last else begun))
        terminal.delaybeforesend = None
        end = time.monotonic() + chance.uniform(0.0, 1.2)
        seen = ""
        while time.monotonic() < end:
            try:
                seen += terminal.read_nonblocking(100_000, timeout=max(end - time.monotonic(), 0.001))
                terminal.send("s\r")  # a skip, in a blank too
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                break
        terminal.kill(signal.SIGKILL)
        terminal.close(force=True)
        numbers = [int(number) for number in re.findall(r"(\d+) of 100", seen)]
        answered = max(numbers, default=1) - 1
        shown_in_all += max(answered - last, 0)
        attempts = program.attempts()  # opens it, and checks that nothing is damaged
        kept = attempts[-1].attempt.position if attempts and attempts[-1].attempt.finished is None else 0
        finished = bool(attempts) and attempts[-1].attempt.finished is not None
        lost += 0 if finished else max(answered - kept, 0)
        last = 0 if finished else kept
    print(f"{how}: {KILLS // 2} kills, {shown_in_all} answers seen given, {lost} lost")  # noqa: T201
    assert shown_in_all > KILLS
    assert lost == 0


def resident(pid: int) -> int:
    """Kilobytes of memory in use."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found
    return int(found[1])


def test_a_thousand_visitors_leave_memory_level_and_nothing_to_each_other(tmp_path: Path) -> None:
    program = Program(tmp_path)
    terminal = program.terminal("take", "--kiosk", "-n", 3, "-k", "single", "-l", "en")
    terminal.delaybeforesend = None
    sizes = []
    for visitor in range(VISITORS):
        terminal.expect_exact("Press 1 to begin")
        assert "› " in str(terminal.before)  # the first language is the kiosk's, whoever was here before
        terminal.send(str(visitor % 3 + 1))
        for number in range(1, 4):
            terminal.expect(rf"{number} of 3|第 {number} [题題]")
            terminal.send("abc"[(visitor + number) % 3])
            terminal.expect("Right|Wrong|答[对错對錯]了")
            terminal.send("\r")
        terminal.expect("Thank you|感谢|感謝")
        terminal.send("\r")
        if visitor % 100 == 99:
            sizes.append(resident(terminal.pid))
    terminal.send("\x0f\x15\x14")
    terminal.expect(pexpect.EOF)
    print("kB after each hundred visitors:", *sizes)  # noqa: T201
    assert sizes[-1] < sizes[1] * 1.05
    attempts = [kept.attempt for kept in program.attempts()]
    assert len(attempts) == VISITORS
    assert all(attempt.kiosk and attempt.finished and attempt.position == 3 for attempt in attempts)
    languages = ["en", "zh-Hans", "zh-Hant"]
    assert [attempt.quiz.language for attempt in attempts] == [languages[n % 3] for n in range(VISITORS)]
    done = program.here("history", "export", "-", "--format", "csv")
    assert len({line.split(",")[0] for line in done.out.splitlines()[1:]}) == VISITORS
