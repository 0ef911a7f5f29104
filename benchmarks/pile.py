"""How long ``quizgen mark`` takes for a large pile, how much memory it needs, and what it reads again after it was killed.

Run it as ``python -m benchmarks.pile [SHEETS] [SCANS]`` in the development environment. It prints answer sheets, fills them in and scans them into a PDF
with 200 dpi; that takes longer than reading them, so with
SCANS only so many are made, and each is in the pile several times. Seconds of the processor are those of all processes together, which other work
on the machine does not lengthen. The memory is that of the largest process; the command itself and two others run at once.
"""

import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path

import cv2
import numpy as np
import pikepdf
from PIL import Image

from quizgen.marks.positions import SheetPositions, decode_positions
from tests.marks.pictures import CLEAN, Gray, fill_in, render_page, scan

MEASURING_PROCESS = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""

QUIZGEN = [sys.executable, "-m", "quizgen"]
VERSIONS = 50


@cache
def printed(folder: str) -> SheetPositions:
    """Return the positions of the printed sheets."""
    return decode_positions((Path(folder) / "a-marks.json").read_bytes(), "")


@cache
def empty_sheet(folder: str, version: int) -> Gray:
    """Return the picture of an empty sheet."""
    return render_page((Path(folder) / "a.pdf").read_bytes(), version)


def scan_sheet(folder: str, number: int) -> bytes:
    """Return a PDF of one page: a sheet that somebody filled in, with 200 dpi."""
    cv2.setNumThreads(1)
    positions, random = printed(folder), np.random.default_rng(number)
    version = number % VERSIONS
    filled = fill_in(empty_sheet(folder, version), positions, positions.papers[version], 1, random, CLEAN)
    out = io.BytesIO()
    Image.fromarray(scan(filled.picture, random, (200, 200))).save(out, "PDF", resolution=200, quality=75)
    return out.getvalue()


def make_pile(folder: Path, count: int, scans: int) -> Path:
    """Print sheets, and write the scanned pile."""
    subprocess.run(
        [
            *QUIZGEN,
            "print",
            "answer-sheet",
            str(folder / "a.pdf"),
            "--versions",
            str(VERSIONS),
            "-n",
            "20",
            "-s",
            "7",
        ],
        check=True,
    )
    pile = pikepdf.new()
    with ProcessPoolExecutor(2) as pool:
        for page in pool.map(partial(scan_sheet, str(folder)), range(scans), chunksize=10):
            with pikepdf.open(io.BytesIO(page)) as one:
                pile.pages.append(one.pages[0])
    for number in range(scans, count):
        pile.pages.append(pile.pages[number % scans])
    pile.save(folder / "pile.pdf")
    return folder / "pile.pdf"


def measure(command: list[str]) -> tuple[float, float, float]:
    """Run a command in a process, and return the seconds, the seconds of the processor and the megabytes of the largest process."""
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURING_PROCESS, *command], capture_output=True, check=True, text=True
    )
    code, seconds, kilobytes = json.loads(done.stdout)
    if code not in (0, 1):  # 1: some are in the pile several times
        raise SystemExit(f"exit code {code}")
    return time.monotonic() - begin, seconds, kilobytes / 1000


def main() -> None:
    """Print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    scans = int(sys.argv[2]) if len(sys.argv) > 2 else count  # noqa: PLR2004  the second argument
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pile = make_pile(folder, count, scans)
        command = [*QUIZGEN, "mark", str(folder), str(pile), "--out", str(folder / "whole")]
        write(f"{count} sheets, {pile.stat().st_size / 1e6:.0f} MB", *measure(command))
        write("again, when all are known", *measure(command))
        memory = folder / "killed" / "read.jsonl"
        command[-1] = str(folder / "killed")
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as process:
            while not memory.exists() or len(memory.read_bytes().splitlines()) < count / 2:
                time.sleep(0.1)
            os.killpg(process.pid, signal.SIGKILL)
        known = len(memory.read_bytes().splitlines())
        write(f"after a kill, {known} are known", *measure(command))
        same = (folder / "killed/results.csv").read_bytes() == (folder / "whole/results.csv").read_bytes()
        sys.stdout.write(f"\nThe results after the kill are {'the same' if same else 'DIFFERENT'}.\n")


def write(what: str, seconds: float, processor: float, megabytes: float) -> None:
    """Print a row of the table."""
    sys.stdout.write(f"| {what} | {seconds:.1f} | {processor:.1f} | {megabytes:.0f} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
