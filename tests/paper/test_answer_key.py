"""The table of keys on paper: whole, however many questions and versions there are."""

import re
from typing import Any

import pypdfium2 as pdfium
import pytest

from quizgen.assemble import Recipe, assemble_versions, version_labels
from quizgen.model import Bank
from quizgen.paper.design import MM, PAGES, PaperSize, QuizPaperDesign
from quizgen.paper.layouts import all_layouts
from quizgen.paper.layouts.handout import Handout, _space_out_digits, print_versions
from tests.banks import built_in_bank
from tests.paper.jobs import Job
from tests.paper.measured import drawn
from tests.paper.printed import runs
from tests.paper.structure import structure


@pytest.fixture(scope="module")
def bank() -> Bank:
    return built_in_bank()


def printed(bank: Bank, number: int, count: int, paper: PaperSize) -> Handout:
    recipe = Recipe(count=count, kinds=("single", "multiple", "true-false", "match", "order"))
    batch = assemble_versions(bank, recipe, 7, "en", version_labels(number))
    return print_versions(batch, QuizPaperDesign(answers="separate", paper=paper))


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


@pytest.mark.parametrize(("number", "count", "paper"), [(3, 60, "A5"), (150, 30, "A5"), (120, 4, "Letter")])
def test_an_answer_key_wider_than_a_page_continues_below(
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
                heads += (int(number) for number in numbers if number != "Marked")
    assert read == {row.label: "".join(row.marks) for row in handout.rows}
    assert set(heads) == set(range(1, count + 1))


def test_many_sources_leave_room_for_questions(bank: Bank) -> None:
    """The foot is on every page. Where it would name very many sources, it refers to the answers."""

    def first_page(count: int, paper: PaperSize) -> str:
        pdf = pdfium.PdfDocument(printed(bank, 1, count, paper).pdf)
        return str(pdf[0].get_textpage().get_text_range())

    assert "Facts: " in first_page(4, "A4")
    many = first_page(40, "A5")
    assert "Facts: " not in many
    assert "Sources: see the answers." in many


def test_a_key_says_what_its_initials_mean_and_can_be_marked_from(bank: Bank) -> None:
    """It lies across where there are many questions; each version is one row, with a line under it and a box to tick."""
    batch = assemble_versions(bank, Recipe(count=20), 7, "zh-Hans", version_labels(30))
    handout = print_versions(batch, QuizPaperDesign(answers="separate", tagged=True))
    assert handout.key
    document = pdfium.PdfDocument(handout.key)
    tables = [page for page in document if page.get_width() > page.get_height()]
    assert 0 < len(tables) < len(document)  # the reasons stand upright
    text = "".join(page.get_textpage().get_text_range() for page in tables)
    assert "对 正确；错 错误；真 真的；骗 骗局" in text
    rows = [line.split() for line in text.splitlines()]
    kinds = {question.id: question.kind for question in batch.questions}
    for row in handout.rows:
        words = [id_ for id_ in kinds if kinds[id_] == "fill"]
        marks = [
            f"({words.index(id_) + 1})" if id_ in words else mark
            for id_, mark in zip(row.questions, row.marks, strict=True)
        ]
        assert [row.label, *marks] in rows
    shapes = [each for page in range(len(tables)) for each in drawn(handout.key, page)]
    assert sum(each.height < 0.3 and each.width > 150 for each in shapes) >= 30
    boxes = [each for each in structure(handout.key).roles("Form") if each.alt == "勾选框"]
    assert len(boxes) == 30
    assert document[0].get_width() / MM - 10 > max(each.x + each.width for each in shapes) > 200


def test_large_print_has_a_large_key(bank: Bank) -> None:
    batch = assemble_versions(
        bank, Recipe(count=3, kinds=("true-false", "single")), 7, "en", version_labels(2)
    )
    key = print_versions(batch, QuizPaperDesign(answers="separate", text_size="large")).key
    assert key
    assert min(run.size for run in runs(key)) >= 16


def test_an_order_is_no_number_in_a_spreadsheet() -> None:
    assert _space_out_digits("2413") == "2 4 1 3"
    assert [_space_out_digits(mark) for mark in ("BADC", "3", "96110", "110")] == [
        "BADC",
        "3",
        "96110",
        "110",
    ]


def test_the_user_is_told_if_neighbours_have_the_same_answer_in_the_same_place() -> None:
    handout = all_layouts()["handout"]

    def note(**asked: Any) -> str:
        return str(handout.make(Job(**asked), handout.design(versions=6)).note)

    assert note(count=4) == ""
    false = [
        question.id
        for question in built_in_bank().questions.values()
        if question.kind == "true-false" and question.answer.correct_response("en") == (1,)
    ]
    said = note(questions=tuple(false[:3]))
    assert said.startswith("On 100 % of the papers, some question has the answer F in the same place")
