"""Banks of 100, 1,000 and 10,000 questions: to the first question, checked, and checked by the rules of item writing.

Run it as ``python benchmarks/bank.py [N …]`` in the development environment. Each run is a process of its own;
times are the least wall seconds of several, memory the peak. A cold run finds an empty cache; a warm one the
bank compiled. The ratio is to reading the same files with libyaml and doing nothing with them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from great_bank import write_bank

NUMBERS = (100, 1_000, 10_000)
RUNS = 3
PARSED = """
import pathlib, sys, yaml
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""


def main() -> None:
    """Print a table, a line as it is measured."""
    print("| questions | what | seconds | times parsing | peak MB |\n| --: | :-- | --: | --: | --: |")
    for number in [int(argument) for argument in sys.argv[1:]] or NUMBERS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            bank = folder / "bank"
            write_bank(bank, number)
            quizgen = [sys.executable, "-m", "quizgen"]
            first = [*quizgen, "take", "--plain", "--seed", "7", "--bank", str(bank)]
            runs = {
                "parsed and no more": ([sys.executable, "-c", PARSED, str(bank)], True),
                "first question, cold": (first, True),
                "first question, warm": (first, False),
                "`bank check`": ([*quizgen, "bank", "check", "--bank", str(bank)], True),
                "`bank check --lint`": ([*quizgen, "bank", "check", "--lint", "--bank", str(bank)], True),
            }
            parsed = None
            for what, (command, cold) in runs.items():
                seconds, memory = least(command, folder, cold=cold)
                parsed = parsed or seconds
                print(
                    f"| {number:,} | {what} | {seconds:.2f} | {seconds / parsed:.2f} | {memory / 1024:.0f} |",
                    flush=True,
                )


def least(command: list[str], folder: Path, *, cold: bool) -> tuple[float, int]:
    """Run a command several times; return its least wall seconds, and its peak kilobytes then."""
    if not cold:
        run(command, folder)
    found = []
    for _ in range(RUNS):
        if cold:
            shutil.rmtree(folder / "cache", ignore_errors=True)
        found.append(run(command, folder))
    return min(found)


def run(command: list[str], folder: Path) -> tuple[float, int]:
    """Run a command without input, its data and cache in the folder."""
    environment = os.environ | {"QUIZGEN_DATA": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache")}
    begun = time.monotonic()
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1: the rules find something, as they should
        sys.exit(f"failed: {' '.join(command)}")
    return seconds, usage.ru_maxrss


if __name__ == "__main__":
    main()
