"""Peak memory and time by size, of all that a stranger may hand over and all that grows, up to its bound and past it.

Run it as ``python benchmarks/sizes.py [WHAT …]`` in the development environment; WHAT is a word of the first column. Each
run is a process of its own; seconds are those of the processor, which other work on the machine does not lengthen. Past
the bound is one line of stderr and exit code 1 or 2, shown in the last column.
"""

import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from great_bank import write_bank

MB = 1_000_000
MEASURING_PROCESS = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
_, status, usage = os.wait4(process.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""


class Size(NamedTuple):
    """One measurement: the first two cells of its row, and the command."""

    what: str
    size: str
    command: list[str]


def main() -> None:
    """Print a table, each row as soon as it is measured."""
    print("| what | size | seconds | peak MB | past the bound |\n| :-- | --: | --: | --: | :-- |")
    for make in (texts, pages, banks, long_texts, pictures, drawings, imports, histories):
        if sys.argv[1:] and make.__name__ not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for each in make(folder):
                seconds, memory, error = run(each.command, folder)
                print(
                    f"| {each.what} | {each.size} | {seconds:.2f} | {memory / 1024:.0f} | {error} |",
                    flush=True,
                )


def texts(folder: Path) -> Iterator[Size]:
    """Yield plain texts, in paragraphs of a few sentences."""
    paragraph = "Police never ask for a code, neither by telephone nor by text. " * 8 + "\n\n"
    for megabytes in (0.1, 1, 4.9, 10):
        file = write_file(folder / "text.txt", paragraph * round(megabytes * MB / len(paragraph)))
        yield Size("a text, `source show`", f"{megabytes} MB", ["source", "show", file])


def pages(folder: Path) -> Iterator[Size]:
    """Yield web pages, in paragraphs."""
    paragraph = (
        "<p class='x'>" + "Police never ask for a code, neither by telephone nor by text. " * 8 + "</p>\n"
    )
    for megabytes in (0.1, 1, 4.9, 10):
        body = paragraph * round(megabytes * MB / len(paragraph))
        file = write_file(folder / "page.html", f"<html><body><article>{body}</article></body></html>")
        yield Size("a web page, `source show`", f"{megabytes} MB", ["source", "show", file])


def banks(folder: Path) -> Iterator[Size]:
    """Yield banks, and banks with one large file."""
    for number in (1_000, 10_000):
        write_bank(folder / str(number), number)
        yield Size(
            "a bank, `bank check`", f"{number:,} questions", ["bank", "check", str(folder / str(number))]
        )
    for megabytes in (1, 3.9, 10):
        large = folder / f"large-{megabytes}"
        large.mkdir()
        line = "# a remark of fifty characters, as people make them\n"
        text = "topic: a\ntitle: {en: A, zh-Hans: 甲}\n" + line * round(megabytes * MB / len(line))
        write_file(large / "a.yaml", text)
        yield Size("a file of a bank, `bank check`", f"{megabytes} MB", ["bank", "check", str(large)])


def long_texts(folder: Path) -> Iterator[Size]:
    """Yield banks with one long stem."""
    for characters in (100, 1_000, 4_000, 10_000):
        bank = folder / f"stem-{characters}"
        bank.mkdir()
        options = "    distractors: [{en: Two}, {en: Three}, {en: Four}]\n"
        about = "    kind: single\n    level: recall\n    difficulty: 1\n    key: {en: One}\n"
        write_file(bank / "bank.yaml", "languages: [en]\noptional: [facts, rationale]\n")
        stem = f"    stem: {{en: '{('word ' * (characters // 5)).strip()}'}}\n"
        write_file(
            bank / "a.yaml", f"topic: a\ntitle: {{en: A}}\nquestions:\n  - id: q\n{about}{stem}{options}"
        )
        out = str(folder / "x.pdf")
        yield Size(
            "a stem, `handout`",
            f"{characters:,} characters",
            ["handout", out, "--force", "--bank", str(bank)],
        )


def pictures(folder: Path) -> Iterator[Size]:
    """Yield logos as PNG. One colour is enough, since the size in memory depends on the pixels only."""
    for side in (1_000, 4_000, 6_000, 9_000):
        file = folder / f"{side}.png"
        file.write_bytes(png(side))
        yield Size(
            "a picture, `profile set logo`",
            f"{side * side / MB:.0f} Mpixel",
            ["profile", "set", "logo", str(file)],
        )


def drawings(folder: Path) -> Iterator[Size]:
    """Yield logos as SVG."""
    for count in (100, 1_000, 10_000, 30_000):
        shapes = "".join(f'<path d="M{n % 40} 0l3 4z"/>' for n in range(count))
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{shapes}</svg>'
        file = write_file(folder / "logo.svg", svg)
        out = ["handout", str(folder / "x.pdf"), "--force", "-n", "1", "--seed", "7", "--answers", "none"]
        yield Size("a drawing as logo, `handout`", f"{count:,} shapes", [*out, "--logo", file])


def imports(folder: Path) -> Iterator[Size]:
    """Yield files of GIFT and CSV, each with a new bank."""
    for number in (100, 1_000, 5_000, 10_000, 20_000):
        gift = "".join(
            f"::q{n}::Which is number {n}? {{=this {n} ~that {n} ~none}}\n\n" for n in range(number)
        )
        table = "stem,key,distractor\n" + "".join(
            f"Which is number {n}?,this {n},that {n}\n" for n in range(number)
        )
        for form, content in (("gift", gift), ("csv", table)):
            file = write_file(folder / f"some.{form}", content)
            bank = folder / f"bank-{form}-{number}"
            command = ["bank", "init", str(bank), "--languages", "en", "--from", form, file, "--skip"]
            yield Size(f"{form.upper()}, `bank init --from`", f"{number:,} questions", command)


def histories(folder: Path) -> Iterator[Size]:
    """Yield histories with attempts at ten questions each."""
    from quizgen.assemble import Recipe, assemble  # noqa: PLC0415  the checkout's
    from quizgen.attempt import Attempt  # noqa: PLC0415
    from quizgen.bank import read_bank  # noqa: PLC0415
    from quizgen.files import shipped_folder  # noqa: PLC0415
    from quizgen.history import open_history  # noqa: PLC0415

    bank = read_bank([shipped_folder("question_bank")])
    quizzes = [assemble(bank, Recipe(count=10), seed, "en") for seed in range(50)]
    stored = 0
    for number in (100, 1_000, 10_000, 100_000):
        history, _ = open_history(folder / "data" / "history.db")
        history._connection.execute("PRAGMA synchronous = OFF")  # noqa: SLF001  a benchmark's own file
        for at in range(stored, number):
            attempt = Attempt(quiz=quizzes[at % 50], started=1e9 + at)
            for _ in range(10):
                attempt = attempt.answer(None, 1e9 + at)
            history.save_attempt(attempt, None)
        history.close()
        stored = number
        yield Size("a history, `history`", f"{number:,} attempts", ["history"])
        out = str(folder / "x.csv")
        yield Size(
            "a history, `history export`", f"{number:,} attempts", ["history", "export", out, "--force"]
        )


def write_file(file: Path, content: str) -> str:
    """Write a file and return its path."""
    file.write_text(content, encoding="utf-8")
    return str(file)


def png(side: int) -> bytes:
    """Make a white square as PNG, ``side`` pixels wide."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">2I5B", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * side) * side, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def run(command: list[str], folder: Path) -> tuple[float, int, str]:
    """Run a command; return its processor seconds, its peak memory in kilobytes, and its error line, or ""."""
    own = {name: str(folder / name.lower()) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    environment = os.environ | own | {"QUIZGEN_DATA": str(folder / "data"), "LC_ALL": "C.UTF-8"}
    with (folder / "errors").open("w+b") as errors:
        # A small process starts it, because peak memory includes that of the parent at the fork, and ours has made large files.
        words = [sys.executable, "-S", "-c", MEASURING_PROCESS, sys.executable, "-m", "quizgen", *command]
        measured = subprocess.run(
            words,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            check=True,
        )
        errors.seek(0)
        lines = errors.read().decode().strip().splitlines()
    code, seconds, memory = json.loads(measured.stdout)
    if code not in (0, 1, 2) or any("Traceback" in line for line in lines):
        sys.exit(f"failed: {' '.join(command)}")
    error = lines[-1].replace(str(folder) + "/", "") if code else ""
    return seconds, memory, error


if __name__ == "__main__":
    main()
