"""Every answer shape stands on paper, made of elements that the templates can draw."""

import re

import pytest

from quizgen.files import shipped_folder
from quizgen.model import Question
from quizgen.paper.design import PAGES, TYPE_SIZES, measures_for_type_size
from quizgen.paper.lines import text_width
from quizgen.paper.press.elements import INLINE_KINDS, REPEATED_KINDS
from quizgen.paper.shapes import paper_shape
from quizgen.view.question import QuestionView
from tests.banks import in_french, sample_bank, town_bank

MACROS = set(
    re.findall(r"macro (\w+)\(", (shipped_folder("templates") / "elements.html").read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("question", sample_bank().questions.values(), ids=lambda question: question.kind)
def test_its_pieces_can_be_drawn(question: Question) -> None:
    view = QuestionView(question, sample_bank(), "en")
    assert {element.id[0] for element in paper_shape(view.answer).make_elements(view)} <= MACROS


def test_inline_kinds_can_be_drawn() -> None:
    assert REPEATED_KINDS < INLINE_KINDS <= MACROS


@pytest.mark.parametrize("question", sample_bank().questions.values(), ids=lambda question: question.kind)
def test_a_mark_uses_only_its_possible_characters(question: Question) -> None:
    view, shape = QuestionView(question, sample_bank(), "en"), paper_shape(question.answer)
    assert set(shape.correct_answer_symbols(view)) <= set(shape.possible_symbols(view))
    assert shape.answer_key_cell(view)


@pytest.mark.parametrize("question", sample_bank().questions.values(), ids=lambda question: question.kind)
def test_a_bank_needs_no_english(question: Question) -> None:
    view, shape = QuestionView(question, sample_bank(), "en"), paper_shape(question.answer)
    other = QuestionView(in_french(question), sample_bank(), "en")
    assert other.right_answer == view.right_answer
    for what in (
        shape.correct_option_lines,
        shape.correct_answer_symbols,
        shape.answer_key_cell,
        shape.answer_sheet_rows,
    ):
        assert what(other) == what(view)


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_no_word_of_a_pair_is_broken(language: str) -> None:
    """Neither a help number nor any other word is wider than its column, in any size of type."""
    elements = [
        element
        for question in town_bank().questions.values()
        for element in paper_shape(question.answer).make_elements(
            QuestionView(question, town_bank(), language)
        )
        if element.id[0] in {"prompt", "choice"}
    ]
    assert any(element.values["text"] == "10699000" for element in elements)
    for size in (*TYPE_SIZES["normal"], *TYPE_SIZES["large"]):
        wide = measures_for_type_size(PAGES["A4"], size, language)
        for element in elements:
            words = re.findall(r"[\w.-]+", element.values["text"], re.ASCII)
            width = element.values_at(wide)["width"]
            assert [word for word in words if text_width(word, han=True) * size > width] == []


def test_the_digits_of_an_order_are_explained() -> None:
    (question,) = (each for each in sample_bank().questions.values() if each.kind == "order")
    view = QuestionView(question, sample_bank(), "en")
    said = paper_shape(question.answer).answer_text(view)
    assert said == f"in the boxes from the top. The order: {view.right_answer}"
