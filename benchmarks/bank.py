"""Banks of 100, 1,000 and 10,000 questions: time to the first question, and to check and lint the bank.

Run it as ``python benchmarks/bank.py [N …]`` in the development environment. Each run is a process of its own.
Times are the shortest wall times of several runs, in seconds; memory is the peak. A cold run has an empty cache, a warm
one the compiled bank. The ratio compares with only parsing the same files by libyaml.
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
PARSE_ONLY = """
import pathlib, sys, yaml
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""


def main() -> None:
    """Print a table, each row as soon as it is measured."""
    print("| questions | what | seconds | times parsing | peak MB |\n| --: | :-- | --: | --: | --: |")
    for number in [int(argument) for argument in sys.argv[1:]] or NUMBERS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            bank = folder / "bank"
            write_bank(bank, number)
            quizgen = [sys.executable, "-m", "quizgen"]
            first = [*quizgen, "take", "--plain", "--seed", "7", "--bank", str(bank)]
            runs = {
                "parsed and no more": ([sys.executable, "-c", PARSE_ONLY, str(bank)], True),
                "first question, cold": (first, True),
                "first question, warm": (first, False),
                "`bank check`": ([*quizgen, "bank", "check", "--bank", str(bank)], True),
                "`bank check --lint`": ([*quizgen, "bank", "check", "--lint", "--bank", str(bank)], True),
            }
            parsed = None
            for what, (command, cold) in runs.items():
                seconds, memory = best_of_runs(command, folder, cold=cold)
                parsed = parsed or seconds
                print(
                    f"| {number:,} | {what} | {seconds:.2f} | {seconds / parsed:.2f} | {memory / 1024:.0f} |",
                    flush=True,
                )


def best_of_runs(command: list[str], folder: Path, *, cold: bool) -> tuple[float, int]:
    """Run a command several times; return the shortest wall time in seconds, and the peak memory of that run in kilobytes."""
    if not cold:
        run(command, folder)
    runs = []
    for _ in range(RUNS):
        if cold:
            shutil.rmtree(folder / "cache", ignore_errors=True)
        runs.append(run(command, folder))
    return min(runs)


def run(command: list[str], folder: Path) -> tuple[float, int]:
    """Run a command without input, with its data and cache in the folder."""
    environment = os.environ | {"QUIZGEN_DATA": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache")}
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1: lint finds something, as expected
        sys.exit(f"failed: {' '.join(command)}")
    return seconds, usage.ru_maxrss


if __name__ == "__main__":
    main()
