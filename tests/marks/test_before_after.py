"""Sheets for before and after a talk, filled in, scanned and read."""

from functools import cache

import cv2
import numpy as np
import pytest

from quizgen.analysis import measure_gain, read_results
from quizgen.assemble import Recipe, find_candidates
from quizgen.cli.output import table_csv
from quizgen.marks.reading import ReadSheet, read_picture
from quizgen.marks.results import PlacedSheet, find_repeated_codes, gather_rows, make_table
from quizgen.paper.layouts.before_after import (
    BeforeAfterDesign,
    BeforeAfterSheets,
    draw_codes,
    print_before_after,
)
from tests.banks import town_bank
from tests.marks.pictures import CLEAN, Gray, distort, draw_mark, photograph, render_page

PEOPLE = 3


@cache
def printed() -> BeforeAfterSheets:
    return print_before_after(
        find_candidates(town_bank(), Recipe(), 7, "en"), BeforeAfterDesign(codes=PEOPLE)
    )


def fill_in_half(person: int, half: int, random: np.random.Generator) -> tuple[Gray, dict[str, str]]:
    """Return a half of a page that somebody filled in, as it is after cutting, and the true answers."""
    page = render_page(printed().pdf, person)
    middle = page.shape[1] // 2
    sheet = np.ascontiguousarray(page[:, half * middle : (half + 1) * middle])
    truth = {}
    for question in printed().positions.papers[half].questions:
        box = question.boxes[random.integers(len(question.boxes))]
        draw_mark(sheet, box, CLEAN[random.integers(len(CLEAN))], random)
        truth[question.id] = box.name
    return sheet, truth


def answers(sheet: ReadSheet) -> dict[str, str]:
    return {each.question: each.answer for each in sheet.answers}


def shrink(picture: Gray) -> Gray:
    return np.asarray(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def test_both_halves_of_a_page_are_read_with_their_code() -> None:
    random = np.random.default_rng(3)
    halves = [fill_in_half(0, half, random) for half in (0, 1)]
    page = distort(np.hstack([sheet for sheet, _truth in halves]), random, hard=False)
    sheets = sorted(
        read_picture(page, [printed().positions]).sheets, key=lambda sheet: sheet.time != "before"
    )
    (code,) = draw_codes(1, 7)
    assert [(sheet.time, sheet.person) for sheet in sheets] == [("before", code), ("after", code)]
    assert [answers(sheet) for sheet in sheets] == [truth for _sheet, truth in halves]


@pytest.mark.parametrize("seed", [0, 6])
def test_both_halves_are_read_in_a_photo_of_a_page(seed: int) -> None:
    """The squares of one half and one of the other may make a better rectangle than those of one half."""
    random = np.random.default_rng(seed)
    halves = [fill_in_half(0, half, random) for half in (0, 1)]
    page = np.rot90(np.hstack([sheet for sheet, _truth in halves]))
    sheets = read_picture(photograph(np.ascontiguousarray(page), random), [printed().positions]).sheets
    by_time = {sheet.time: answers(sheet) for sheet in sheets}
    assert [by_time["before"], by_time["after"]] == [truth for _sheet, truth in halves]


@pytest.mark.parametrize("half", [0, 1])
def test_a_half_that_was_cut_off_is_read_by_itself(half: int) -> None:
    random = np.random.default_rng(half)
    sheet, truth = fill_in_half(1, half, random)
    on_the_glass = cv2.copyMakeBorder(sheet, 60, 1000, 40, 800, cv2.BORDER_CONSTANT, value=(245,))
    (found,) = read_picture(
        distort(np.asarray(on_the_glass, np.uint8), random, hard=False), [printed().positions]
    ).sheets
    assert (found.time, found.person) == (("before", "after")[half], draw_codes(2, 7)[1])
    assert answers(found) == truth


def test_sheets_with_the_same_code_are_compared() -> None:
    positions, placed = printed().positions, []
    for person in range(PEOPLE):
        for half, paper in enumerate(positions.papers):
            page = render_page(printed().pdf, person)
            middle = page.shape[1] // 2
            sheet = np.ascontiguousarray(page[:, half * middle : (half + 1) * middle])
            for question in paper.questions:
                right = positions.questions[question.id].right
                # Everybody is wrong before and right after.
                box = next(box for box in question.boxes if (box.name == right) == (half == 1))
                draw_mark(sheet, box, "fill", np.random.default_rng(person))
            (found,) = read_picture(shrink(sheet), [positions]).sheets
            placed.append(PlacedSheet(f"{person}-{half}", found))
    rows = gather_rows(placed, {}, positions.papers_by_digest())
    gain = measure_gain(read_results(table_csv(make_table(rows, positions.questions)), town_bank()))
    assert (gain.pairs, gain.gained, gain.unpaired) == (PEOPLE, PEOPLE, 0)
    assert (gain.before, gain.after) == (0, 1)
    assert gain.trust.only_after == PEOPLE
    again = gather_rows([*placed, PlacedSheet("copy", placed[0].sheet)], {}, positions.papers_by_digest())
    assert [(first.name, row.name) for first, row in find_repeated_codes(again)] == [("0-0", "copy")]


def test_positions_are_the_same_however_many_codes_are_printed() -> None:
    again = print_before_after(find_candidates(town_bank(), Recipe(), 7, "en"), BeforeAfterDesign(codes=1))
    assert again.positions == printed().positions
    assert {each.id for each in again.quiz.questions} == {*again.positions.questions}
