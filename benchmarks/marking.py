"""How many answers ``quizgen mark`` reads right, on sheets that are filled in, copied, scanned and photographed at random.

Run it as ``python -m benchmarks.marking [ANSWERS] [FIRST_SEED] [GROUP]…`` in the development environment. Groups are ``clean``, ``hard``,
``odd``, and ``before-after`` and ``handout``, which are the kinds of pictures of ``clean`` and ``hard`` with these sheets only. It prints sheets (answer sheets, and those for before and after a talk, in English and Chinese), fills them in, distorts them and reads
them, until there are so many answers.
It prints a table with a row for each kind of picture, and the seeds of answers that are wrong without being shown to a person.
"""

import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from typing import NamedTuple

import cv2
import numpy as np

from benchmarks.odd_pictures import ODD_PICTURES
from quizgen.assemble import Recipe, assemble_versions, find_candidates, version_labels
from quizgen.bank import read_bank
from quizgen.files import shipped_folder
from quizgen.marks.decide import UNSURE
from quizgen.marks.positions import Asks, PrintedPaper, SheetPositions
from quizgen.marks.reading import read_picture
from quizgen.model import Bank
from quizgen.paper.design import QuizPaperDesign
from quizgen.paper.layouts.answer_sheet import AnswerSheetDesign, print_answer_sheets
from quizgen.paper.layouts.before_after import BeforeAfterDesign, print_before_after
from quizgen.paper.layouts.handout import print_versions
from tests.marks.pictures import (
    DOTS,
    Gray,
    Styles,
    add_noise,
    as_jpeg,
    fill_in,
    photograph,
    render_page,
    scan,
)

Random = np.random.Generator

ORDINARY: Styles = ("fill", "fill", "cross", "tick", "scribble", "blue", "red")
ANY: Styles = (
    *ORDINARY, *ORDINARY, "pencil", "pencil", "stray", "overflow", "crossed-out", "crossed-out", "dot",
)  # fmt: skip
"""Marks. A tiny dot counts as right only if it is read as the answer that it is in."""

RARE: Styles = (*ORDINARY, *ORDINARY, "pencil", "marker", "corrected", "touched", "crossed-out")
"""Marks with a thick felt pen, corrected with white fluid, or beside a box that the pen has touched."""

SPECKS = 0.0006
"""The share of pixels that a copier makes black."""

SEEDS_OF_SHEETS = (101, 102, 103, 104)
"""Odd seeds are answer sheets, and even ones the halves for before and after a talk."""

SEEDS_OF_BOTH_HALVES, SEEDS_OF_HANDOUTS = (102, 104, 106, 108), (201, 202, 203, 204)


class Kind(NamedTuple):
    """A kind of picture: the group that it belongs to, how people mark, how the picture is made, and the seeds of the sheets."""

    group: str
    styles: Styles
    distort: Callable[[Gray, Random], Gray]
    sheets: int = 1
    seeds: tuple[int, ...] = SEEDS_OF_SHEETS


def scan_at(dpi: float, picture: Gray, random: Random, skew: float = 1.5) -> Gray:
    """Scan a sheet in an office; every third time it lies upside down."""
    return scan(picture, random, (dpi, dpi), float(random.uniform(-skew, skew)))


def copy_of_copy(picture: Gray, random: Random) -> Gray:
    """Copy a sheet twice in black and white, each time askew and blurred, with specks and a dark edge."""
    for dpi in (200, 150):
        picture = scan(picture, random, (dpi, dpi), float(random.uniform(-2, 2)), quality=95)
        blurred = cv2.GaussianBlur(picture, (0, 0), float(random.uniform(0.5, 0.9)))
        noisy = add_noise(np.asarray(blurred, np.uint8), random, 15)
        picture = np.where(noisy < random.uniform(140, 190), 0, 255).astype(np.uint8)
        picture[random.random(picture.shape) < SPECKS] = 0
        picture[:, : int(random.integers(0, 9))] = 0
        picture = np.asarray(
            cv2.resize(picture, None, fx=300 / dpi, fy=300 / dpi, interpolation=cv2.INTER_LINEAR), np.uint8
        )
    return np.asarray(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def folded(picture: Gray, random: Random) -> Gray:
    """Scan a sheet of rough grey paper that was folded once."""
    height, width = picture.shape
    rough = cv2.resize(
        random.normal(0, 1, (height // 40 + 2, width // 40 + 2)),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    at = int(random.uniform(0.3, 0.7) * height)
    rows = np.arange(height)
    fold = 1 - 0.25 * np.exp(-(((rows - at) / 12.0) ** 2))
    paper = (picture * random.uniform(0.75, 0.9) + 5 * rough) * fold[:, None]
    return scan_at(150, np.clip(paper, 0, 255).astype(np.uint8), random, 4)


def shaken(picture: Gray, random: Random) -> Gray:
    """Take a photo with a hand that moves."""
    photo = photograph(picture, random)
    length = int(random.integers(3, 6))
    kernel = np.zeros((length, length), np.float32)
    kernel[np.arange(length), np.arange(length)] = 1 / length
    return as_jpeg(np.asarray(cv2.filter2D(photo, -1, kernel), np.uint8), int(random.integers(40, 90)))


def photograph_page(picture: Gray, random: Random) -> Gray:
    """Take a photo of a page that has not been cut apart, upright."""
    return photograph(np.ascontiguousarray(np.rot90(picture)), random)


KINDS = {
    "scan, 150 dpi": Kind("clean", ORDINARY, partial(scan_at, 150)),
    "scan, 200 dpi": Kind("clean", ORDINARY, partial(scan_at, 200)),
    "scan, 300 dpi": Kind("clean", ORDINARY, partial(scan_at, 300)),
    "scan, 100 dpi, up to 10° askew": Kind("hard", ANY, partial(scan_at, 100, skew=10)),
    "copy of a copy, black and white": Kind("hard", ANY, copy_of_copy),
    "rough, folded paper": Kind("hard", ANY, folded),
    "two sheets in a picture": Kind("hard", ANY, partial(scan_at, 150), 2),
    "photo": Kind("hard", ANY, photograph),
    "shaken photo": Kind("hard", ANY, shaken),
    **{name: Kind("odd", RARE, distort) for name, distort in ODD_PICTURES.items()},
}
KINDS |= {
    f"{group}, {name}": kind._replace(group=group, seeds=seeds)
    for group, seeds in (("before-after", SEEDS_OF_BOTH_HALVES), ("handout", SEEDS_OF_HANDOUTS))
    for name, kind in KINDS.items()
    if kind.group != "odd"
}
KINDS["before-after, photo of both"] = Kind("before-after", ANY, photograph_page, 2, SEEDS_OF_BOTH_HALVES)


class Sheet(NamedTuple):
    """A sheet that was printed: its picture, and what is on it."""

    picture: Gray
    positions: SheetPositions
    paper: PrintedPaper
    page: int


@cache
def built_in_bank() -> Bank:
    """Return the bank that the sheets ask from."""
    return read_bank([shipped_folder("question_bank")])


@cache
def print_sheets(seed: int) -> list[Sheet]:
    """Print sheets from a seed."""
    language = ("en", "en", "zh-Hans", "zh-Hans")[seed % 4]
    bank = built_in_bank()
    if seed in SEEDS_OF_HANDOUTS:
        batch = assemble_versions(bank, Recipe(count=12), seed, language, version_labels(2))
        design = QuizPaperDesign(answers="none", duplex=False)
        handout = print_versions(batch, design, originals=bank.questions)
        if not handout.positions:
            raise SystemExit("the handout has no marks")
        pages = [
            (paper, handout.answer_fields(index)[0].page, page)
            for index, paper in enumerate(handout.positions.papers)
            for page in range(1, paper.pages + 1)
        ]
        return [
            Sheet(render_page(handout.pdf, start + page - 1), handout.positions, paper, page)
            for paper, start, page in pages
        ]
    if seed % 2:
        batch = assemble_versions(bank, Recipe(count=20), seed, language, version_labels(2))
        sheets = print_answer_sheets(batch, AnswerSheetDesign())
        pages = [(paper, page) for paper in sheets.positions.papers for page in range(1, paper.pages + 1)]
        return [
            Sheet(render_page(sheets.pdf, index), sheets.positions, paper, page)
            for index, (paper, page) in enumerate(pages)
        ]
    printed = print_before_after(find_candidates(bank, Recipe(), seed, language), BeforeAfterDesign(codes=1))
    both = render_page(printed.pdf, 0)
    middle = round(printed.positions.width * DOTS)
    halves = (both[:, :middle], both[:, middle : 2 * middle])
    return [
        Sheet(np.ascontiguousarray(half), printed.positions, paper, 1)
        for half, paper in zip(halves, printed.positions.papers, strict=True)
    ]


def expected_answer(asks: Asks, marked: set[tuple[int, str]], rows: int) -> str:
    """Return the answer with these marks, each a row and the name of a box."""
    if asks == "rows":
        names = dict(marked)
        return "".join(names.get(row, "-") for row in range(rows)) if names else ""
    return "".join(sorted(name for _row, name in marked))


def measure(name: str, seed: int) -> Counter[str]:
    """Fill in and distort the sheets of a picture, read it, and count."""
    cv2.setNumThreads(1)
    kind = KINDS[name]
    random = np.random.default_rng([seed, *name.encode()])
    printed = print_sheets(kind.seeds[random.integers(len(kind.seeds))])
    order = random.permutation(len(printed))[: kind.sheets]
    chosen = [printed[index] for index in order]
    filled = [
        fill_in(each.picture, each.positions, each.paper, each.page, random, kind.styles) for each in chosen
    ]
    picture = kind.distort(np.hstack([each.picture for each in filled]), random)
    read = {(each.digest, each.page): each for each in read_picture(picture, [chosen[0].positions]).sheets}
    counts: Counter[str] = Counter(pictures=1)
    for sheet, truth in zip(chosen, (each.truth for each in filled), strict=True):
        found = read.get((sheet.paper.digest, sheet.page))
        if not found:
            counts["not read"] += len(truth)
            continue
        answers = {each.question: each.answer for each in found.answers}
        boxes = {each.id: each.boxes for each in sheet.paper.questions}
        for id_, marked in truth.items():
            asks = sheet.positions.questions[id_].asks
            right = expected_answer(asks, marked, len({box.row for box in boxes[id_]}))
            result = "shown" if answers[id_] == UNSURE else "right" if answers[id_] == right else "wrong"
            counts[result] += 1
            if result == "wrong":
                sys.stderr.write(f"{name}, seed {seed}: {id_} is {right!r}, read as {answers[id_]!r}\n")
    return counts


def main() -> None:
    """Print a table."""
    wanted, first = map(int, (*sys.argv[1:3], *("3000", "1")[len(sys.argv[1:3]) :]))
    columns = ("right", "shown", "wrong", "not read")
    sys.stdout.write(
        "| picture | pictures | answers | right | shown | wrong | not read |\n| :-- " + "| --: " * 6 + "|\n"
    )
    groups: dict[str, Counter[str]] = {group: Counter() for group in sys.argv[3:] or ("clean", "hard")}
    with ProcessPoolExecutor(2) as pool:
        for name, kind in KINDS.items():
            if kind.group not in groups:
                continue
            others = sum(each.group == kind.group for each in KINDS.values())
            total: Counter[str] = Counter()
            seed = first
            while sum(total[column] for column in columns) < wanted / len(groups) / others:
                for counts in pool.map(partial(measure, name), range(seed, seed + 20)):
                    total += counts
                seed += 20
            groups[kind.group] += total
            write_row(name, total, columns)
    for group, total in groups.items():
        if total:
            write_row(f"**{group}**", total, columns)


def write_row(name: str, total: Counter[str], columns: tuple[str, ...]) -> None:
    """Print a row of the table."""
    answers = sum(total[column] for column in columns)
    shares = [
        f"{total[column]}" if column == "wrong" else f"{total[column] / answers:.2%}" for column in columns
    ]
    sys.stdout.write(f"| {name} | {total['pictures']} | {answers} | {' | '.join(shares)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
