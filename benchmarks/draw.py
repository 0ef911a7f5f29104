"""Drawing a page: one of a thousand papers of the press compared with the same page made by WeasyPrint alone.

Run it as ``python -m benchmarks.draw`` in the development environment, with poppler's ``pdftoppm`` installed.
"""

import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pypdfium2 as pdfium
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble_versions, version_labels
from quizgen.bank import read_bank
from quizgen.files import shipped_folder
from quizgen.paper.design import QuizPaperDesign
from quizgen.paper.layouts.handout import print_versions
from tests.paper.straight import lay_out

RUNS = 15


def main() -> None:
    """Print a row for each language and reader."""
    bank = read_bank([shipped_folder("question_bank")])
    design = QuizPaperDesign(answers="none", duplex=False)
    print("| language | reader | pressed, s | straight, s | ratio |\n| :-- | :-- | --: | --: | --: |")
    for language in ("zh-Hans", "en"):
        batch = assemble_versions(bank, Recipe(), 7, language, version_labels(1000))
        pressed = print_versions(batch, design).pdf
        straight = lay_out(replace(batch, labels=("B",)), batch.quiz("B"), design)
        for name, draw in (("pdfium", by_pdfium), ("poppler", by_poppler)):
            times = [(draw(pressed, 1), draw(straight, 0)) for _ in range(RUNS)]
            mine, other = (median(column) for column in zip(*times, strict=True))
            print(f"| {language} | {name} | {mine:.3f} | {other:.3f} | {mine / other:.2f} |", flush=True)


def timed(draw: Callable[[], object]) -> float:
    """Return the wall time of a call, in seconds."""
    started = time.perf_counter()
    draw()
    return time.perf_counter() - started


def by_pdfium(pdf: bytes, page: int) -> float:
    """Return the seconds to open a PDF and draw one page at 144 dpi."""
    return timed(lambda: pdfium.PdfDocument(pdf)[page].render(scale=2).to_pil())


def by_poppler(pdf: bytes, page: int) -> float:
    """Return the seconds of a process that opens a PDF and draws one page at 144 dpi."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pdf"
        path.write_bytes(pdf)
        number = str(page + 1)
        command = ["pdftoppm", "-r", "144", "-f", number, "-l", number, path, path]
        return timed(lambda: subprocess.run(command, check=True))


if __name__ == "__main__":
    main()
