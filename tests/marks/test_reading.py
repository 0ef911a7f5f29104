"""Sheets that are filled in and distorted by a seed, and read again."""

from functools import cache

import cv2
import numpy as np
import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble_versions, version_labels
from quizgen.marks.decide import UNSURE, Decision, decide
from quizgen.marks.ink import Ink, find_limits
from quizgen.marks.positions import MarkBox, PrintedPaper, PrintedQuestion, SheetCode, SheetPositions
from quizgen.marks.reading import read_picture
from quizgen.paper.layouts.answer_sheet import AnswerSheetDesign, AnswerSheets, print_answer_sheets
from tests.banks import sample_bank
from tests.marks.pictures import CLEAN, DOTS, HARD, ODD, Gray, distort, draw_mark, fill_in, render_page

PICTURES = 6
"""Each takes a fifth of a second to make. ``python benchmarks/marking.py`` reads thousands of answers."""


@cache
def printed(seed: int = 7) -> AnswerSheets:
    batch = assemble_versions(sample_bank(), Recipe(), seed, "en", version_labels(2))
    return print_answer_sheets(batch, AnswerSheetDesign())


@cache
def blank(version: int) -> Gray:
    return render_page(printed().pdf, version)


def expected_answer(asks: str, marked: set[tuple[int, str]], rows: int) -> str:
    if asks == "rows":
        names = dict(marked)
        return "".join(names.get(row, "-") for row in range(rows)) if names else ""
    return "".join(sorted(name for _row, name in marked))


def compare(
    positions: SheetPositions, paper: PrintedPaper, page: Gray, *, seed: int, hard: bool
) -> dict[str, int]:
    """Fill in a page, distort it and read it: how many answers were right, wrong, or left to a person."""
    random = np.random.default_rng([seed, hard])
    filled = fill_in(page, positions, paper, 1, random, HARD if hard else CLEAN)
    (sheet,) = read_picture(distort(filled.picture, random, hard=hard), [positions]).sheets
    assert (sheet.digest, sheet.version, sheet.page) == (paper.digest, paper.version, 1)
    counts = {"right": 0, "wrong": 0, "unsure": 0}
    boxes = {question.id: question.boxes for question in paper.questions}
    for answer in sheet.answers:
        if answer.question not in filled.truth:
            continue
        rows = len({box.row for box in boxes[answer.question]})
        asks = positions.questions[answer.question].asks
        right = answer.answer == expected_answer(asks, filled.truth[answer.question], rows)
        counts["unsure" if answer.answer == UNSURE else "right" if right else "wrong"] += 1
        assert (answer.answer == UNSURE) == bool(answer.clipping)
    return counts


@pytest.mark.parametrize("hard", [False, True])
def test_what_is_filled_in_is_read_and_nothing_is_guessed(hard: bool) -> None:  # noqa: FBT001
    positions = printed().positions
    total = {"right": 0, "wrong": 0, "unsure": 0}
    for seed in range(PICTURES):
        for key, count in compare(
            positions, positions.papers[seed % 2], blank(seed % 2), seed=seed, hard=hard
        ).items():
            total[key] += count
    assert total["wrong"] == 0
    assert total["unsure"] <= (4 if hard else 0)
    assert total["right"] > 0


@pytest.mark.parametrize("turns", range(4))
def test_a_sheet_is_read_however_it_lies(turns: int) -> None:
    picture = np.ascontiguousarray(np.rot90(blank(0), turns))
    (sheet,) = read_picture(picture, [printed().positions]).sheets
    assert sheet.version == "A"
    assert {answer.answer for answer in sheet.answers} == {""}


def test_two_sheets_in_a_picture_are_both_read() -> None:
    both = cv2.resize(np.hstack([blank(0), blank(1)]), None, fx=0.45, fy=0.45, interpolation=cv2.INTER_AREA)
    sheets = read_picture(np.asarray(both, np.uint8), [printed().positions]).sheets
    assert sorted(sheet.version for sheet in sheets) == ["A", "B"]


def test_a_sheet_of_another_quiz_is_not_taken_for_one_of_this() -> None:
    other = render_page(printed(8).pdf, 0)
    found = read_picture(other, [printed().positions])
    assert (found.sheets, found.trouble) == ((), "foreign")


@pytest.mark.parametrize(
    ("picture", "trouble"),
    [
        (np.full((1200, 900), 250, np.uint8), "empty"),
        (np.tile(np.arange(0, 250, 5).astype(np.uint8), (900, 20)), "nothing"),
    ],
)
def test_a_page_without_a_sheet_says_so(picture: Gray, trouble: str) -> None:
    found = read_picture(picture, [printed().positions])
    assert (found.sheets, found.trouble) == ((), trouble)


def test_a_sheet_whose_code_is_spoilt_says_so() -> None:
    picture = blank(0).copy()
    positions = printed().positions
    x, y, side = (round(mm * 300 / 25.4) for mm in (positions.code_x, positions.code_y, positions.code_side))
    picture[y + side // 4 : y + side, x : x + side] = np.kron(
        np.random.default_rng(1).integers(0, 2, (20, 20)), np.ones((20, 20))
    )[: side - side // 4, :side] * np.uint8(255)
    assert read_picture(picture, [positions]).trouble == "code"


def test_a_code_is_read_if_a_copier_has_made_its_black_grow() -> None:
    grown = cv2.erode(blank(0), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7)))
    copy = cv2.resize(grown, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    (sheet,) = read_picture(np.where(copy < 170, 0, 255).astype(np.uint8), [printed().positions]).sheets
    assert sheet.version == "A"


def test_a_dark_square_near_a_corner_is_not_taken_for_it() -> None:
    picture, question = blank(0).copy(), first_choice()
    draw_mark(picture, question.boxes[1], "fill", np.random.default_rng(1))
    height, width = (side // 2 for side in picture.shape)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array([[250, 100], [200 + width, 100], [200 + width, height], [100, 100 + height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners * 2, seen)
    photo = cv2.warpPerspective(picture, matrix, (width + 300, height + 200), borderValue=(120,))
    photo[height - 20 : height + 5, 300:325] = 20
    (sheet,) = read_picture(np.asarray(photo, np.uint8), [printed().positions]).sheets
    assert [each.answer for each in sheet.answers if each.answer] == [question.boxes[1].name]


@pytest.mark.parametrize("style", ["fill", "cross", "tick", "scribble"])
def test_two_marks_for_one_answer_are_left_to_a_person(style: str) -> None:
    positions = printed().positions
    paper = positions.papers[0]
    question = next(each for each in paper.questions if positions.questions[each.id].asks == "one")
    picture = blank(0).copy()
    for box in question.boxes[:2]:
        draw_mark(picture, box, style, np.random.default_rng(3))
    (sheet,) = read_picture(picture, [positions]).sheets
    answer = next(each for each in sheet.answers if each.question == question.id)
    assert (answer.answer, answer.reason) == (UNSURE, "several")


def test_marks_count_in_the_order_of_the_bank_in_every_version() -> None:
    positions = printed().positions
    for index, paper in enumerate(positions.papers):
        picture = blank(index).copy()
        for question in paper.questions:
            for box in question.boxes:
                if (
                    positions.questions[question.id].asks == "one"
                    and box.name == positions.questions[question.id].right
                ):
                    draw_mark(picture, box, "fill", np.random.default_rng(1))
        (sheet,) = read_picture(picture, [positions]).sheets
        for answer in sheet.answers:
            if positions.questions[answer.question].asks == "one":
                assert answer.answer == positions.questions[answer.question].right


def first_choice() -> PrintedQuestion:
    """Return a question of the first paper that asks for one answer."""
    positions = printed().positions
    return next(each for each in positions.papers[0].questions if positions.questions[each.id].asks == "one")


def read_choice(picture: Gray) -> tuple[str, str]:
    """Return the answer to that question in a picture of 300 dpi, and why a person has to look."""
    scan = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    (sheet,) = read_picture(np.asarray(scan, np.uint8), [printed().positions]).sheets
    (answer,) = (each for each in sheet.answers if each.question == first_choice().id)
    return answer.answer, answer.reason


def pixels(*millimetres: float) -> list[int]:
    return [round(each * DOTS) for each in millimetres]


@pytest.mark.parametrize("corner", range(4))
def test_a_sheet_is_read_if_a_finger_covers_a_corner(corner: int) -> None:
    picture, question = blank(0).copy(), first_choice()
    draw_mark(picture, question.boxes[1], "fill", np.random.default_rng(1))
    height, width = picture.shape
    size = round(16 * DOTS)
    picture[
        (height - size if corner in (2, 3) else 0) : (height if corner in (2, 3) else size),
        (width - size if corner in (1, 2) else 0) : (width if corner in (1, 2) else size),
    ] = 150
    assert read_choice(picture) == (question.boxes[1].name, "")


@pytest.mark.parametrize("shade", [150, 255])
def test_what_is_covered_is_not_taken_for_empty(shade: int) -> None:
    picture, question = blank(0).copy(), first_choice()
    draw_mark(picture, question.boxes[1], "fill", np.random.default_rng(1))
    box = question.boxes[1]
    left, top, right, low = pixels(box.x - 2, box.y - 2, box.x + box.width + 2, box.y + box.height + 2)
    picture[top:low, left:right] = shade
    assert read_choice(picture) == (UNSURE, "bent")


def test_an_answer_counts_beside_one_that_is_corrected_with_white_fluid() -> None:
    picture, question = blank(0).copy(), first_choice()
    random = np.random.default_rng(1)
    for style in ("fill", "fluid"):
        draw_mark(picture, question.boxes[1], style, random)
    draw_mark(picture, question.boxes[0], "fill", random)
    assert read_choice(picture) == (question.boxes[0].name, "")


@pytest.mark.parametrize(
    ("marked", "expected"), [(True, ("", "")), (False, (UNSURE, "faint"))], ids=["marked", "left out"]
)
def test_the_shadow_of_a_fold_is_no_mark(marked: bool, expected: tuple[str, str]) -> None:  # noqa: FBT001
    picture, question = blank(0).copy(), first_choice()
    box = question.boxes[1]
    if marked:
        draw_mark(picture, box, "cross", np.random.default_rng(1))
        expected = box.name, ""
    top, low = pixels(box.y + 2.5, box.y + 3.5)
    picture[top:low] = (picture[top:low] * 0.7).astype(np.uint8)
    assert read_choice(picture) == expected


def test_blurred_print_is_no_ink() -> None:
    positions = printed().positions
    picture, choice = blank(0).copy(), first_choice()
    several = next(
        each for each in positions.papers[0].questions if positions.questions[each.id].asks == "several"
    )
    for box in several.boxes[:2]:
        draw_mark(picture, box, "cross", np.random.default_rng(1))
    draw_mark(picture, choice.boxes[1], "pencil", np.random.default_rng(1))
    blurred = cv2.GaussianBlur(picture, (0, 0), 5)
    scan = cv2.resize(blurred, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    (sheet,) = read_picture(np.asarray(scan, np.uint8), [positions]).sheets
    assert {each.question: each.answer for each in sheet.answers if each.answer} == {
        several.id: "".join(sorted(box.name for box in several.boxes[:2])),
        choice.id: choice.boxes[1].name,
    }


def test_where_faint_marks_may_be_lost_a_box_is_only_empty_beside_a_solid_mark() -> None:
    boxes = [replace(box, label=box.name) for box in BOXES[:2]]
    empty, pencil, thick = Ink(0.0, 0.0), Ink(0.2, 0.5), Ink(0.01, 0.05, label=1.9)
    assert find_limits(boxes, [empty, pencil], only_black=False).beside == 0
    assert find_limits(boxes, [empty, FULL], only_black=True).beside == 0
    copied, in_pencil = (
        find_limits(boxes, [thick, FULL], only_black=False),
        find_limits(boxes, [empty, pencil], only_black=True),
    )
    for limits in (copied, in_pencil):
        assert decide("one", boxes, [empty, empty], limits) == Decision(UNSURE, "faint")
        assert decide("several", boxes, [empty, pencil], limits) == Decision(UNSURE, "faint")
    assert decide("several", boxes, [empty, FULL], copied) == Decision("B")
    assert decide("several", boxes, [empty, FULL], in_pencil) == Decision(UNSURE, "faint")


BOXES = [MarkBox(0, 0, 6, 6, name) for name in "ABC"]
EMPTY, FULL, FAINT, TICK = Ink(0.01, 0.02), Ink(0.8, 0.9), Ink(0.06, 0.2), Ink(0.12, 0.7)
SHADED, SPECK, LARGE_DOT = Ink(0.15, 0.2), Ink(0.01, 0.1), Ink(0.02, 0.1, label=2)
CROSSED, THICK_CROSS = Ink(0.8, 0.9, around=3, gaps=0.8), Ink(0.5, 1.0, around=4, gaps=0.01)
HIDDEN, STREAK = Ink(0.01, 0.02, fit=0.2), Ink(0.05, 0.4, line=0.5)
RINGED, DOTTED, BENT = Ink(0.01, 0.02, around=4, ring=1), Ink(0.02, 0.11), Ink(0.8, 0.9, fit=0.2)
WIDE_RING, BESIDE_RING = Ink(0.01, 0.02, ring=0.95), Ink(0.01, 0.02, around=1, ring=0.8)


@pytest.mark.parametrize(
    ("inks", "expected"),
    [
        ([EMPTY, EMPTY, EMPTY], Decision("")),
        ([EMPTY, FULL, EMPTY], Decision("B")),
        ([EMPTY, TICK, EMPTY], Decision("B")),
        ([EMPTY, SHADED, EMPTY], Decision("B")),
        ([SPECK, SHADED, EMPTY], Decision(UNSURE, "faint")),
        ([EMPTY, EMPTY, LARGE_DOT], Decision("C")),
        ([EMPTY, LARGE_DOT, DOTTED], Decision(UNSURE, "faint")),
        ([EMPTY, LARGE_DOT, LARGE_DOT], Decision(UNSURE, "several")),
        ([EMPTY, EMPTY, Ink(0.01, 0.05, label=1.4)], Decision(UNSURE, "faint")),
        ([EMPTY, RINGED, EMPTY], Decision(UNSURE, "faint")),
        ([EMPTY, WIDE_RING, EMPTY], Decision(UNSURE, "faint")),
        ([EMPTY, WIDE_RING, FULL], Decision(UNSURE, "several")),
        ([EMPTY, DOTTED, EMPTY], Decision(UNSURE, "faint")),
        ([EMPTY, BENT, EMPTY], Decision(UNSURE, "bent")),
        ([FAINT, EMPTY, EMPTY], Decision(UNSURE, "faint")),
        ([FAINT, FULL, EMPTY], Decision(UNSURE, "faint")),
        ([Ink(0.03, 0.2), FULL, EMPTY], Decision("B")),
        ([FULL, FULL, EMPTY], Decision(UNSURE, "several")),
        ([EMPTY, THICK_CROSS, EMPTY], Decision("B")),
        ([HIDDEN, FULL, EMPTY], Decision("B")),
        ([HIDDEN, EMPTY, EMPTY], Decision(UNSURE, "bent")),
        ([EMPTY, STREAK, EMPTY], Decision(UNSURE, "faint")),
        ([CROSSED, FULL, EMPTY], Decision("B")),
        ([CROSSED, TICK, EMPTY], Decision(UNSURE, "crossed")),
        ([CROSSED, EMPTY, EMPTY], Decision(UNSURE, "crossed")),
        ([CROSSED, CROSSED, EMPTY], Decision(UNSURE, "several")),
    ],
)
def test_only_what_is_clear_is_decided(inks: list[Ink], expected: Decision) -> None:
    assert decide("one", BOXES, inks) == expected


def test_several_marks_are_an_answer_where_several_are_asked_for() -> None:
    assert decide("several", BOXES, [FULL, EMPTY, TICK]) == Decision("AC")
    assert decide("several", BOXES, [FULL, EMPTY, CROSSED]) == Decision(UNSURE, "crossed")
    assert decide("several", BOXES, [FULL, EMPTY, LARGE_DOT]) == Decision(UNSURE, "faint")


def test_rows_are_answered_one_by_one() -> None:
    boxes = [MarkBox(0, 0, 6, 6, name, row) for row in (1, 0) for name in "AB"]
    assert decide("rows", boxes, [FULL, EMPTY, EMPTY, FULL]) == Decision("BA")
    assert decide("rows", boxes, [FULL, EMPTY, EMPTY, EMPTY]) == Decision("-A")
    assert decide("rows", boxes, [EMPTY] * 4) == Decision("")


def test_written_words_are_left_to_a_person() -> None:
    assert decide("words", BOXES[:1], [TICK]) == Decision(UNSURE, "words")
    assert decide("words", BOXES[:1], [EMPTY]) == Decision("")


def test_a_code_is_read_as_it_was_written() -> None:
    for code in (SheetCode(7, "B", 6, 1, "0A1B2C3D"), SheetCode(123456, "", 20, 2, "FFFFFFFF")):
        assert SheetCode.parse(str(code)) == code
    for text in ("", "QUIZGEN:2:x:B:6:1:0A1B2C3D", "https://example.org"):
        assert SheetCode.parse(text) is None


def test_another_place_of_a_box_makes_another_digest() -> None:
    paper = printed().positions.papers[0]
    first = paper.questions[0]
    moved = replace(first, boxes=(replace(first.boxes[0], x=first.boxes[0].x + 1), *first.boxes[1:]))
    assert replace(paper, questions=(moved, *paper.questions[1:])).digest != paper.digest


@pytest.mark.parametrize("style", ODD)
def test_an_odd_mark_is_not_taken_for_an_empty_box(style: str) -> None:
    positions = printed().positions
    paper = positions.papers[0]
    picture = blank(0).copy()
    question = next(each for each in paper.questions if positions.questions[each.id].asks == "one")
    draw_mark(picture, question.boxes[1], style, np.random.default_rng(5))
    scan = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    (sheet,) = read_picture(np.asarray(scan, np.uint8), [positions]).sheets
    (answer,) = (each.answer for each in sheet.answers if each.question == question.id)
    assert answer in (UNSURE, question.boxes[1].name)
