"""The sheets for before and after a talk, read back from the PDF and measured."""

import re
from functools import cache

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from quizgen.assemble import Candidates, Recipe, find_candidates, question_category
from quizgen.errors import MisuseError, QuizgenError
from quizgen.marks.positions import SheetCode
from quizgen.model import Bank
from quizgen.paper.design import TextSize
from quizgen.paper.layouts import all_layouts
from quizgen.paper.layouts.before_after import (
    QUESTIONS,
    BeforeAfterDesign,
    BeforeAfterSheets,
    _shorten_stem,
    draw_codes,
    print_before_after,
)
from quizgen.text.languages import LANGUAGES, localize
from quizgen.text.messages import _
from quizgen.view.question import QuestionView
from tests.banks import town_bank
from tests.paper.jobs import Job
from tests.paper.layouts.test_handout import font_sizes, page_texts, squeezed
from tests.paper.measured import drawn, keeps_edges_free
from tests.paper.printed import runs
from tests.paper.structure import structure
from tests.paper.test_layouts import shortest_ids

FULL = BeforeAfterDesign(organiser="Harbour Post", contact="0123", date="1 May", codes=1)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return town_bank()


@cache
def printed(language: str) -> BeforeAfterSheets:
    """Print our own questions, once for all tests that look at the same sheet."""
    return print_before_after(asked(town_bank(), language), FULL)


def shortest() -> Candidates:
    """Return the shortest statements to judge, which are quickly laid out, because nothing is to be chosen."""
    return asked(town_bank(), questions=shortest_ids(QUESTIONS))


def asked(bank: Bank, language: str = "en", **recipe: object) -> Candidates:
    return find_candidates(bank, Recipe(**recipe), 7, language)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_halves_ask_the_same_and_the_table_has_the_key(language: str) -> None:
    pdf, quiz = printed(language).pdf, printed(language).quiz
    both, table = page_texts(pdf)
    assert len(quiz.questions) == QUESTIONS == 5
    for question in quiz.questions:
        if question.exhibit:
            lines = town_bank().exhibits[question.exhibit].lines
            assert both.count(squeezed(localize(lines[0].text, language))) == 2
        else:
            assert both.count(squeezed(localize(question.stem, language))) == 2
        assert squeezed(QuestionView(question, town_bank(), language).right_answer) in table
    for words in (
        _("No name, please. Both of your sheets have this code, so that we can lay them side by side."),
        _("Fill in one circle for each question."),
    ):
        assert both.count(squeezed(words.translated(language))) == 2
    for words in (_("Before the talk"), _("After the talk")):
        assert both.count(squeezed(words.translated(language))) == 1
    assert min(font_sizes(pdf)) >= 9
    assert keeps_edges_free(pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_show_two_genuine_contacts_and_a_scam(language: str) -> None:
    exhibits = town_bank().exhibits
    shown = [question_category(each, exhibits) for each in printed(language).quiz.questions]
    assert (shown.count("genuine"), shown.count("scam")) == (2, 1)


def test_halves_are_a5_with_circles_and_corner_marks_in_the_same_places() -> None:
    pdf = printed("en").pdf
    page = pdfium.PdfDocument(pdf)[0]
    assert page.get_width() / 72 * 25.4 == pytest.approx(2 * 148.5, abs=0.1)
    answers = sum(len(each.answer.lettered_texts) for each in printed("en").quiz.questions)
    for side, count in ((4.0, 4), (5.5, answers)):
        found = {
            (round(each.x, 1), round(each.y, 1)) for each in drawn(pdf) if each.is_about(side, side, 0.1)
        }
        left = {place for place in found if place[0] < 148.5}
        assert found - left == {(round(x + 148.5, 1), y) for x, y in left}
        assert len(left) == count


def test_a_date_is_not_broken() -> None:
    sheets = print_before_after(
        shortest(), replace(FULL, title="Fraud: what do you know?", date="1 May 2027")
    )
    parts = [run for run in runs(sheets.pdf) if "May" in run.text]
    assert parts
    assert [run.text for run in parts if squeezed("1 May 2027") not in squeezed(run.text)] == []


def test_large_type_has_a_page_for_each(bank: Bank) -> None:
    sheets = print_before_after(asked(bank, kinds=("true-false",)), replace(FULL, text_size="large"))
    pdf, quiz = sheets.pdf, sheets.quiz
    before, after, _ = page_texts(pdf)
    sides = [QuestionView(question, town_bank(), "en").right_answer for question in quiz.questions]
    assert 2 <= sides.count("True") <= 3  # nobody is right by ticking one side all along
    for question in quiz.questions:
        stem = squeezed(localize(question.stem, "en"))
        assert stem in before
        assert stem in after
    assert min(font_sizes(pdf)) >= 16
    assert keeps_edges_free(pdf)


def test_in_large_type_the_table_names_questions_in_a_few_words(bank: Bank) -> None:
    design = replace(FULL, text_size="large", paper="Letter")
    sheets = print_before_after(asked(bank, kinds=("true-false",)), design)
    pdf, quiz = sheets.pdf, sheets.quiz
    *_, table = page_texts(pdf)
    for question in quiz.questions:
        assert squeezed(localize(question.stem, "en"))[:12] in table
    foot = min(run.top for run in runs(pdf) if run.page == 2 and run.text.startswith("Seed"))
    assert max(each.y + each.height for each in drawn(pdf, 2)) < foot
    assert _shorten_stem("Your father has no smartphone. With his identity card", 16) == (
        "Your father has no smartphone…"
    )


@pytest.mark.parametrize("text_size", ["normal", "large"])
def test_both_sheets_of_a_person_have_the_same_code(text_size: TextSize) -> None:
    printed_sheets = print_before_after(shortest(), replace(FULL, codes=2, text_size=text_size))
    pdf = printed_sheets.pdf
    *sheets, table = page_texts(pdf)
    pages = 1 if text_size == "normal" else 2
    assert len(sheets) == 2 * pages
    codes = draw_codes(2, 7)
    assert len(set(codes)) == 2
    for index, code in enumerate(codes):
        own = "".join(sheets[index * pages : (index + 1) * pages])
        assert own.count(code) == 2
        assert not any(other in own for other in codes if other != code)
    assert not any(code in table for code in codes)
    pictures = [node.alt for node in structure(pdf).roles("Figure")]
    papers = printed_sheets.positions.papers
    assert [paper.time for paper in papers] == ["before", "after"]
    assert pictures == [str(SheetCode(7, "", 5, 1, paper.digest, code)) for code in codes for paper in papers]


def test_in_large_type_both_sheets_of_a_person_are_on_one_sheet_of_paper() -> None:
    layout = all_layouts()["before-after"]
    job = Job(questions=shortest_ids(QUESTIONS))
    sheet = layout.make(job, layout.design(codes=3, text_size="large"))
    *sheets, _table = page_texts(sheet.pdf)
    assert len(sheets) == 2 * 3
    assert sheet.sides == "long-edge"
    assert all(
        squeezed("One side is for before the talk, the other for after it.") in each for each in sheets
    )
    assert "both sides of the paper" in str(sheet.content)
    assert layout.make(job, layout.design(codes=3)).sides == ""


def test_codes_are_the_same_for_a_seed_and_all_different() -> None:
    assert draw_codes(30, 7) == draw_codes(2000, 7)[:30] != draw_codes(30, 8)
    assert len(set(draw_codes(2000, 7))) == 2000
    assert all(re.fullmatch("[A-Z]{2}[2-9]{2}", code) for code in draw_codes(300, 7))


@pytest.mark.parametrize("codes", [0, 2001])
def test_a_number_of_codes_that_cannot_be_printed_is_refused(codes: int) -> None:
    layout = all_layouts()["before-after"]
    with pytest.raises(MisuseError, match="ask for 1 to 2,000 with --codes"):
        layout.make(Job(), layout.design(codes=codes))


def test_what_does_not_fit_is_named(bank: Bank) -> None:
    several = next(question.id for question in bank.questions.values() if question.kind == "multiple")
    with pytest.raises(QuizgenError, match=several):
        print_before_after(asked(bank, questions=(several,)), FULL)
    with pytest.raises(MisuseError, match="leave no room for questions"):
        print_before_after(asked(bank), replace(FULL, paper="A5", text_size="large", title="Fraud " * 60))


def test_fewer_questions_do_if_the_user_asks_for_no_number(bank: Bank) -> None:
    drawn = asked(bank)
    several = [question for question in bank.questions.values() if question.kind == "true-false"][:4]
    four = replace(drawn, from_quiz=tuple(several), others=())
    assert len(print_before_after(four, FULL).quiz.questions) == 4
    with pytest.raises(QuizgenError, match="before-after takes 5 questions that fit"):
        print_before_after(replace(four, count=5), FULL)
    with pytest.raises(QuizgenError, match=r"before-after takes 3 questions that fit, .* there are 2"):
        print_before_after(replace(four, from_quiz=tuple(several[:2])), FULL)


def test_no_blank_follows_what_happened_before_a_message() -> None:
    found = asked(town_bank(), "zh-Hans", questions=("harbour/judge-tide-text", *shortest_ids(QUESTIONS - 1)))
    sheets = print_before_after(found, replace(FULL, codes=1))
    text = pdfium.PdfDocument(sheets.pdf)[0].get_textpage().get_text_range()
    assert "短信：短信，来自" in text


def test_the_table_has_whole_questions() -> None:
    long = "harbour/papers-by-post"
    found = asked(town_bank(), questions=(long, *shortest_ids(QUESTIONS - 1)))
    table = page_texts(print_before_after(found, replace(FULL, codes=1)).pdf)[-1]
    assert "…" not in table
    assert squeezed("to a buyer who has promised to pay.") in table
