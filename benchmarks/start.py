"""From command to first question, and from a key to the next question: quizgen beside ``mkdocs-quiz run``.

Run it as ``python benchmarks/start.py [MKDOCS-QUIZ]`` in the development environment, with ``mkdocs-quiz``
from PyPI in an environment of its own: the argument is its command, or else it is looked for on the path.
Each start is a process on a pseudo-terminal of 80 by 24, timed until the first question can be answered, or the home
page is drawn; the programs take turns, so that what slows the machine slows them all. Beside the median stand the least,
and the least of the processor's time. The last rows are of a bank of
10,000 questions: from the key that answers or goes on until what it shows is there.
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
    """Print a table of medians, in milliseconds, and of ratios."""
    other = sys.argv[1] if len(sys.argv) > 1 else shutil.which("mkdocs-quiz")
    if not other:
        sys.exit("mkdocs-quiz is needed: name its command, or put it on the path")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "quiz.md").write_text(QUIZ, encoding="utf-8")
        starts = {
            "mkdocs-quiz run": ([other, "run", str(folder / "quiz.md")], "Third, the last"),
            "quizgen take --plain": ([*PROGRAM, "--plain", "-k", "single"], "Answer with one letter"),
            "quizgen take": ([*PROGRAM, "-k", "single"], "Press a letter"),
            "quizgen, its home page": (QUIZGEN, "Print for a talk"),
        }
        times: dict[str, list[float]] = {title: [] for title in starts}
        worked: dict[str, list[float]] = {title: [] for title in starts}
        for turn in range(ROUNDS + 1):
            for title, (command, sign) in starts.items():
                seconds, processor = start(command, sign, folder)
                if turn:  # the first fills caches
                    times[title].append(seconds)
                    worked[title].append(processor)
        first = statistics.median(times["mkdocs-quiz run"])
        print(
            "| | median ms | least ms | processor ms | times mkdocs-quiz |\n| :-- | --: | --: | --: | --: |"
        )
        for title, found in times.items():
            median = statistics.median(found)
            least, processor = min(found) * 1000, min(worked[title]) * 1000
            print(
                f"| {title} | {median * 1000:.0f} | {least:.0f} | {processor:.0f} | {median / first:.2f} |",
                flush=True,
            )
        for title, found in keys(folder).items():
            print(f"| {title}, {BANK:,} questions | {statistics.median(found) * 1000:.1f} "
                  f"(worst {max(found) * 1000:.1f}) | | | |")  # fmt: skip


def spawn(command: list[str], folder: Path) -> "pexpect.spawn[str]":
    """Start a command on a terminal, its data and cache in the folder."""
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


def start(command: list[str], sign: str, folder: Path) -> tuple[float, float]:
    """Give the seconds until ``sign`` is on the terminal, and those that the processor took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    child = spawn(command, folder)
    child.expect_exact(sign)
    seconds = time.perf_counter() - begun
    child.close(force=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def keys(folder: Path) -> dict[str, list[float]]:
    """Time the keys of a quiz drawn from a great bank."""
    bank = folder / "bank"
    write_bank(bank, BANK)
    child = spawn([*PROGRAM, "--bank", str(bank), "-n", "40"], folder)
    child.expect_exact("Press a letter")
    told, following = [], []
    for number in range(1, 39):
        time.sleep(0.05)  # let the screen come to rest, as a person's reading does
        told.append(pressed(child, "a", "What to do"))
        time.sleep(0.05)
        following.append(pressed(child, "\r", f"{number + 1} of 40"))
    child.close(force=True)
    return {"key to verdict": told, "key to next question": following}


def pressed(child: "pexpect.spawn[str]", key: str, sign: str) -> float:
    """Give the seconds from a key until ``sign`` is shown."""
    begun = time.perf_counter()
    child.send(key)
    child.expect_exact(sign)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
