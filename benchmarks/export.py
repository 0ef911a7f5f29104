"""A bank of 10,000 questions exported in every format, and QTI compared with text2qti.

Run it as ``python benchmarks/export.py [TEXT2QTI]`` in the development environment; TEXT2QTI is the program text2qti,
installed in another environment; it converts the same questions from its own text format. Each run is a process of its
own, with the bank compiled. Times are the shortest wall times of several runs, in seconds; memory is the peak.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bank import best_of_runs
from great_bank import write_bank

NUMBER = 10_000


def main() -> None:
    """Print a table, each row as soon as it is measured."""
    from quizgen.formats import formats_by_name  # noqa: PLC0415  of this checkout

    print("| format | seconds | times json | peak MB | file MB |\n| :-- | --: | --: | --: | --: |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_bank(folder / "bank", NUMBER)
        forms = sorted(formats_by_name("quiz"), key=lambda form: form != "json")
        out = {form: folder / f"quiz.{form}" for form in forms}
        base = 0.0
        for form, file in out.items():
            command = [sys.executable, "-m", "quizgen", "export", form, str(file), "--force"]
            seconds, memory = best_of_runs([*command, "--bank", str(folder / "bank")], folder, cold=False)
            base = base or seconds
            row(form, seconds, base, memory, file)
        for program in sys.argv[1:]:
            text = folder / "quiz.txt"
            text.write_text(as_text(json.loads(out["json"].read_bytes())), encoding="utf-8")
            seconds, memory = best_of_runs([program, str(text)], folder, cold=False)
            row("text2qti (QTI 1.2)", seconds, base, memory, text.with_suffix(".zip"))


def row(what: str, seconds: float, base: float, memory: int, file: Path) -> None:
    """Print a row of the table."""
    size = file.stat().st_size / 1024**2
    print(f"| {what} | {seconds:.2f} | {seconds / base:.2f} | {memory / 1024:.0f} | {size:.1f} |", flush=True)


def as_text(quiz: dict[str, Any]) -> str:
    """Write the questions in the format of text2qti: single choices with feedback."""
    blocks = [f"Quiz title: {quiz['title']}"]
    for number, question in enumerate(quiz["questions"], start=1):
        answer = question["answer"]
        options = [
            f"{'*' if index in answer['keys'] else ''}{letter}) {option}"
            for index, (letter, option) in enumerate(zip("abcd", answer["options"], strict=True))
        ]
        blocks.append("\n".join([f"{number}. {question['stem']}", f"... {question['rationale']}", *options]))
    return "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    main()
