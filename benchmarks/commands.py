"""Start-up: quizgen's commands compared with minimal programs that use the same libraries.

Run it as ``python benchmarks/commands.py`` in the development environment. The two of a pair take turns, so that
other work on the machine slows both; the result is the ratio of the medians. Processor time (user and system) is shown
too, since other work hardly changes it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUNS = 11
BARE = """
import typer
app = typer.Typer()

@app.command()
def one() -> None:
    '''One.'''
    typer.echo("one")

@app.command()
def two() -> None:
    '''Two.'''

app()
"""


def main() -> None:
    """Print a row for each pair."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        out = str(folder / "handout.pdf")
        quizgen = [sys.executable, "-m", "quizgen"]
        bare = [sys.executable, str(folder / "bare.py")]
        pairs = {
            "`--help` / a bare Typer program's": ([*quizgen, "--help"], [*bare, "--help"]),
            "first question / a bare Typer command": ([*quizgen, "take", "--seed", "7"], [*bare, "one"]),
            "one handout / `import weasyprint`": (
                [*quizgen, "handout", out, "--force", "--seed", "7", "-l", "zh-Hans"],
                [sys.executable, "-c", "import weasyprint"],
            ),
        }
        print(
            "| what | seconds | beside | ratio | ratio of processor time |\n| :-- | --: | --: | --: | --: |"
        )
        for what, (ours, theirs) in pairs.items():
            mine, other = run_in_turn(ours, theirs, folder)
            print(
                f"| {what} | {mine[0]:.3f} | {other[0]:.3f} | {mine[0] / other[0]:.2f} | {mine[1] / other[1]:.2f} |",
                flush=True,
            )


def run_in_turn(
    one: list[str], other: list[str], folder: Path
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Run two commands in turn, the first time without measuring; return the median wall and processor seconds of each."""
    seconds: dict[int, list[tuple[float, float]]] = {0: [], 1: []}
    for turn in range(RUNS + 1):
        for which, command in enumerate((one, other)):
            measured = run(command, folder)
            if turn:
                seconds[which].append(measured)
    mine, theirs = ((median(w for w, _ in each), median(p for _, p in each)) for each in seconds.values())
    return mine, theirs


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command without input; return its wall and processor seconds."""
    environment = os.environ | {"QUIZGEN_DATA": str(folder)}
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return wall, usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
