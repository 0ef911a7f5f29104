"""The sheets for before and after a talk, read back from the PDF and measured."""

from functools import cache

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from quizgen.assemble import Candidates, Recipe, find_candidates
from quizgen.errors import MisuseError, QuizgenError
from quizgen.model import Bank, Quiz
from quizgen.paper.layouts.before_after import (
    QUESTIONS,
    BeforeAfterDesign,
    _shorten_stem,
    print_before_after,
)
from quizgen.text.languages import LANGUAGES, localize
from quizgen.text.messages import _
from quizgen.view.question import QuestionView
from tests.banks import built_in_bank
from tests.paper.layouts.test_handout import font_sizes, page_texts, squeezed
from tests.paper.measured import drawn, keeps_edges_free
from tests.paper.printed import runs

FULL = BeforeAfterDesign(organiser="Harbour Post", contact="0123", date="1 May")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return built_in_bank()


@cache
def printed(language: str) -> tuple[bytes, Quiz]:
    """Print our own questions, once for all tests that look at the same sheet."""
    return print_before_after(asked(built_in_bank(), language), FULL)


def asked(bank: Bank, language: str = "en", **recipe: object) -> Candidates:
    return find_candidates(bank, Recipe(**recipe), 7, language)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_halves_ask_the_same_and_the_table_has_the_key(language: str) -> None:
    pdf, quiz = printed(language)
    both, table = page_texts(pdf)
    assert len(quiz.questions) == QUESTIONS == 5
    for question in quiz.questions:
        assert both.count(squeezed(localize(question.stem, language))) == 2
        assert squeezed(QuestionView(question, built_in_bank(), language).right_answer) in table
    for words in (
        _("Your code, in place of a name:"),
        _(
            "the first two letters of your mother’s name and the day of the month you were born on, such as MA 07. It only lets us lay your two sheets side by side."
        ),
        _("Tick one box for each question. Then circle how sure you are: 1 is a guess, 5 is certain."),
    ):
        assert both.count(squeezed(words.translated(language))) == 2
    for words in (_("Before the talk"), _("After the talk")):
        assert both.count(squeezed(words.translated(language))) == 1
    assert min(font_sizes(pdf)) >= 9
    assert keeps_edges_free(pdf)


def test_halves_are_a5_with_boxes_and_circles_in_the_same_places() -> None:
    pdf, _ = printed("en")
    page = pdfium.PdfDocument(pdf)[0]
    assert page.get_width() / 72 * 25.4 == pytest.approx(2 * 148.5, abs=0.1)
    for side in (4.5, 5.5):
        found = {
            (round(each.x, 1), round(each.y, 1)) for each in drawn(pdf) if each.is_about(side, side, 0.1)
        }
        left = {place for place in found if place[0] < 148.5}
        assert found - left == {(round(x + 148.5, 1), y) for x, y in left}
        assert len(left) == 5 * 5 if side == 5.5 else len(left) >= 2 * 5


def test_large_type_has_a_page_for_each(bank: Bank) -> None:
    pdf, quiz = print_before_after(asked(bank, kinds=("true-false",)), replace(FULL, text_size="large"))
    before, after, _ = page_texts(pdf)
    sides = [QuestionView(question, built_in_bank(), "en").right_answer for question in quiz.questions]
    assert 2 <= sides.count("True") <= 3  # nobody is right by ticking one side all along
    for question in quiz.questions:
        stem = squeezed(localize(question.stem, "en"))
        assert stem in before
        assert stem in after
    assert min(font_sizes(pdf)) >= 16
    assert keeps_edges_free(pdf)


def test_in_large_type_the_table_names_questions_in_a_few_words(bank: Bank) -> None:
    design = replace(FULL, text_size="large", paper="Letter")
    pdf, quiz = print_before_after(asked(bank, kinds=("true-false",)), design)
    *_, table = page_texts(pdf)
    for question in quiz.questions:
        assert squeezed(localize(question.stem, "en"))[:15] in table
    foot = min(run.top for run in runs(pdf) if run.page == 2 and run.text.startswith("Seed"))
    assert max(each.y + each.height for each in drawn(pdf, 2)) < foot
    assert _shorten_stem("Your father has no smartphone. With his identity card", 16) == (
        "Your father has no smartphone…"
    )


def test_what_does_not_fit_is_named(bank: Bank) -> None:
    several = next(question.id for question in bank.questions.values() if question.kind == "multiple")
    with pytest.raises(QuizgenError, match=several):
        print_before_after(asked(bank, questions=(several,)), FULL)
    with pytest.raises(MisuseError, match="leave no room for questions"):
        print_before_after(asked(bank), replace(FULL, paper="A5", text_size="large"))
