"""The table of keys on paper: whole, however many questions and versions there are."""

import re

import pypdfium2 as pdfium
import pytest

from quizgen.assemble import Recipe, assemble_versions, version_labels
from quizgen.bank import load
from quizgen.files import shipped
from quizgen.model import Bank
from quizgen.paper.design import PAGES, Design, PaperSize
from quizgen.paper.layouts.handout import Handout, _spaced, print_versions


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load([shipped("question_bank")])


def printed(bank: Bank, number: int, count: int, paper: PaperSize) -> Handout:
    recipe = Recipe(count=count, kinds=("single", "multiple", "true-false", "match", "order"))
    batch = assemble_versions(bank, recipe, 7, "en", version_labels(number))
    return print_versions(batch, Design(answers="separate", paper=paper))


def lines(pdf: bytes) -> list[str]:
    """Read every line of the pages, and see that it stands between their margins."""
    found: list[str] = []
    for page in pdfium.PdfDocument(pdf):
        text = page.get_textpage()
        if text.get_text_range().startswith("Reasons"):
            break
        width, height = page.get_size()
        margin = PAGES["A5"].margin
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            assert margin - 1 < left < right < width - margin + 1
            assert margin - 1 < bottom < top < height - margin + 1
        found += text.get_text_range().splitlines()
    return found


@pytest.mark.parametrize(
    ("number", "count", "paper"), [(30, 25, "A4"), (3, 60, "A5"), (150, 30, "A5"), (120, 4, "Letter")]
)
def test_a_key_with_more_questions_than_a_page_is_wide_goes_on_below(
    bank: Bank, number: int, count: int, paper: PaperSize
) -> None:
    handout = printed(bank, number, count, paper)
    assert handout.key
    read: dict[str, str] = dict.fromkeys(version_labels(number), "")
    heads: list[int] = []
    for line in lines(handout.key):
        if ";" in line:
            continue  # the foot, which names the sources
        match re.findall(r"\w+", line):
            case [label, *marks] if label in read and marks:
                read[label] += "".join(marks)
            case [first, *_] as numbers if first.isdigit():
                heads += map(int, numbers)
    assert read == {row.label: "".join(row.marks) for row in handout.rows}
    assert set(heads) == set(range(1, count + 1))


def test_a_key_says_what_its_initials_mean_and_has_a_line_under_each_row(bank: Bank) -> None:
    batch = assemble_versions(bank, Recipe(count=4, kinds=("true-false",)), 7, "zh-Hans", version_labels(5))
    key = print_versions(batch, Design(answers="separate")).key
    assert key
    page = pdfium.PdfDocument(key)[0]
    text = page.get_textpage().get_text_range()
    assert "正 正确；误 错误" in text
    assert set(re.findall(r"[TF]", text)) == set()
    paths = [item.get_bounds() for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH])]
    assert sum(top - bottom < 1 and right - left > 50 for left, bottom, right, top in paths) >= 6


def test_an_order_is_no_number_in_a_spreadsheet() -> None:
    assert _spaced("2413") == "2 4 1 3"
    assert [_spaced(mark) for mark in ("BADC", "3", "96110", "110")] == ["BADC", "3", "96110", "110"]
