"""From command to first question, and from a key to the next question: quizgen beside ``mkdocs-quiz run``.

Run it as ``python benchmarks/start.py [MKDOCS-QUIZ]`` in the development environment, with ``mkdocs-quiz``
from PyPI in an environment of its own: the argument is its command, or else it is looked for on the path.
Each start is a process on a pseudo-terminal of 80 by 24, timed until the first question can be answered, or the home
page is drawn. The programs take turns, so that other work on the machine slows all of them. The table has the median,
the shortest time, and the shortest processor time. The last rows measure a bank of 10,000 questions: the time from a key
until the screen shows its effect.
"""

import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect
from great_bank import write_bank

ROUNDS = 15
BANK = 10_000
QUIZGEN = [sys.executable, "-m", "quizgen"]
PROGRAM = [*QUIZGEN, "take", "--lang", "en", "--seed", "1"]

QUIZ = """# Quiz

<quiz>
What fits the facts best?
- [x] First
- [ ] Second
- [ ] Third, the last

Because.
</quiz>
"""


def main() -> None:
    """Print a table of times in milliseconds, and of ratios."""
    other = sys.argv[1] if len(sys.argv) > 1 else shutil.which("mkdocs-quiz")
    if not other:
        sys.exit("mkdocs-quiz is needed: name its command, or put it on the path")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "quiz.md").write_text(QUIZ, encoding="utf-8")
        starts = {
            "mkdocs-quiz run": ([other, "run", str(folder / "quiz.md")], "Third, the last"),
            "quizgen take --plain": ([*PROGRAM, "--plain", "-k", "single"], "Type one letter"),
            "quizgen take": ([*PROGRAM, "-k", "single"], "Press a letter"),
            "quizgen, its home page": (QUIZGEN, "Print for a talk"),
        }
        times: dict[str, list[float]] = {title: [] for title in starts}
        processor_times: dict[str, list[float]] = {title: [] for title in starts}
        for turn in range(ROUNDS + 1):
            for title, (command, sign) in starts.items():
                seconds, processor = time_start(command, sign, folder)
                if turn:  # the first fills caches
                    times[title].append(seconds)
                    processor_times[title].append(processor)
        first = statistics.median(times["mkdocs-quiz run"])
        print(
            "| | median ms | least ms | processor ms | times mkdocs-quiz |\n| :-- | --: | --: | --: | --: |"
        )
        for title, seconds_of_runs in times.items():
            median = statistics.median(seconds_of_runs)
            shortest, processor = min(seconds_of_runs) * 1000, min(processor_times[title]) * 1000
            print(
                f"| {title} | {median * 1000:.0f} | {shortest:.0f} | {processor:.0f} | {median / first:.2f} |",
                flush=True,
            )
        for title, seconds_of_keys in time_keys(folder).items():
            print(f"| {title}, {BANK:,} questions | {statistics.median(seconds_of_keys) * 1000:.1f} "
                  f"(worst {max(seconds_of_keys) * 1000:.1f}) | | | |")  # fmt: skip


def spawn(command: list[str], folder: Path) -> "pexpect.spawn[str]":
    """Start a command on a pseudo-terminal, with its data and cache in the folder."""
    environment = {
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "PYTHONUTF8": "1",
        "QUIZGEN_DATA": str(folder / "data"),
        "TERM": "xterm-256color",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    child = pexpect.spawn(
        command[0], command[1:], env=environment, dimensions=(24, 80), encoding="utf-8", timeout=60
    )
    child.delaybeforesend = None
    return child


def time_start(command: list[str], sign: str, folder: Path) -> tuple[float, float]:
    """Return the seconds until the terminal shows ``sign``, and the processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    child = spawn(command, folder)
    child.expect_exact(sign)
    seconds = time.perf_counter() - started
    child.close(force=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def time_keys(folder: Path) -> dict[str, list[float]]:
    """Measure the keys of a quiz from a large bank."""
    bank = folder / "bank"
    write_bank(bank, BANK)
    child = spawn([*PROGRAM, "--bank", str(bank), "-n", "40", "--once"], folder)
    child.expect_exact("Press a letter")
    verdicts, next_questions = [], []
    for number in range(1, 39):
        time.sleep(0.05)  # as a person reads, the screen has time to finish
        verdicts.append(time_key(child, "a", "What to do"))
        time.sleep(0.05)
        next_questions.append(time_key(child, "\r", f"{number + 1} of 40"))
    child.close(force=True)
    return {
        "key to verdict": verdicts,
        "key to next question": next_questions,
    }


def time_key(child: "pexpect.spawn[str]", key: str, sign: str) -> float:
    """Return the seconds from a key until the terminal shows ``sign``."""
    started = time.perf_counter()
    child.send(key)
    child.expect_exact(sign)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
