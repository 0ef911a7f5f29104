"""Measure how many answers are read right, on sheets that are filled in and distorted at random.

    .venv/bin/python -m tests.marks.accuracy TALK.pdf 200

reads 200 clean pictures and 200 hard ones of the answer sheets in TALK.pdf, with TALK-marks.json beside it. It prints how
many answers are right, left to a person, and wrong.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from quizgen.marks.decide import UNSURE
from quizgen.marks.positions import SUFFIX, SheetPositions, decode_positions
from quizgen.marks.reading import read_picture
from tests.marks.pictures import CLEAN, HARD, Gray, distort, fill_in, render_page
from tests.marks.test_reading import expected_answer

Counts = dict[str, int]


@cache
def read_positions(pdf: Path) -> SheetPositions:
    path = pdf.with_name(pdf.stem + SUFFIX)
    return decode_positions(path.read_bytes(), str(path))


@cache
def sheet_page(pdf: Path, index: int) -> Gray:
    return render_page(pdf.read_bytes(), index)


def measure(pdf: Path, seed: int, *, hard: bool) -> Counts:
    """Fill in a page of the sheets, distort it, read it, and count."""
    cv2.setNumThreads(1)
    positions = read_positions(pdf)
    pages = [(paper, page) for paper in positions.papers for page in range(1, paper.pages + 1)]
    index = seed % len(pages)
    paper, page = pages[index]
    random = np.random.default_rng([seed, hard])
    filled = fill_in(sheet_page(pdf, index), positions, paper, page, random, HARD if hard else CLEAN)
    found = read_picture(distort(filled.picture, random, hard=hard), [positions])
    counts = {"right": 0, "to look at": 0, "wrong": 0, "on pages not read": 0}
    if not found.sheets:
        counts["on pages not read"] = len(filled.truth)
        return counts
    answers = {each.question: each.answer for each in found.sheets[0].answers}
    for question in paper.questions:
        if question.id in filled.truth:
            rows = len({box.row for box in question.boxes})
            asks = positions.questions[question.id].asks
            right = expected_answer(asks, filled.truth[question.id], rows)
            answer = answers[question.id]
            counts["to look at" if answer == UNSURE else "right" if answer == right else "wrong"] += 1
    return counts


def measure_clean(pdf: Path, seed: int) -> Counts:
    return measure(pdf, seed, hard=False)


def measure_hard(pdf: Path, seed: int) -> Counts:
    return measure(pdf, seed, hard=True)


def main() -> None:
    pdf, pictures = Path(sys.argv[1]), int(sys.argv[2])
    with ProcessPoolExecutor() as pool:
        for name, function in (("clean", measure_clean), ("hard", measure_hard)):
            found = list(pool.map(function, [pdf] * pictures, range(pictures), chunksize=4))
            total = {key: sum(each[key] for each in found) for key in found[0]}
            shares = [f"{count} {key} ({count / sum(total.values()):.2%})" for key, count in total.items()]
            sys.stdout.write(f"{name}: {', '.join(shares)}\n")


if __name__ == "__main__":
    main()
