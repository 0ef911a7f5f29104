"""Answer sheets, read back and measured: circles, rows, marks in the corners, and the code."""

from collections import Counter
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
import segno
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble_versions, version_labels
from quizgen.errors import MisuseError, QuizgenError
from quizgen.marks.positions import SheetCode
from quizgen.model import Question, Quiz
from quizgen.paper.design import MM, PAGES, PaperSize, TextSize
from quizgen.paper.layouts.answer_sheet import (
    AnswerSheetDesign,
    AnswerSheets,
    print_answer_sheet,
    print_answer_sheets,
)
from quizgen.paper.press.papers import AnswerField
from quizgen.shapes import Choose, Fill, Match, Order
from quizgen.text.languages import LANGUAGES
from quizgen.text.messages import _
from tests.banks import sample_bank, sample_quiz
from tests.paper.layouts.test_handout import font_sizes, page_texts, squeezed
from tests.paper.measured import Drawn, drawn, keeps_edges_free
from tests.paper.printed import runs

FULL = AnswerSheetDesign(organiser="Harbour Post", contact="0123", date="1 May")


def circles(question: Question) -> int:
    """How many circles a question has; a blank has a line."""
    match question.answer:
        case Choose(options=options):
            return len(options)
        case Match(prompts=prompts, choices=choices):
            return len(prompts) * len(choices)
        case Order(steps=steps):
            return len(steps) ** 2
        case _:
            return 1


def is_drawn(place: AnswerField, found: list[Drawn]) -> bool:
    """Return whether a page has a box, or the line below one, where a place says it has."""
    x, y, width, height = place.millimetres
    return any(
        each.is_about(width, height) and abs(each.x - x) < 0.3 and abs(each.y - y) < 0.3 for each in found
    ) or any(
        each.is_about(width, 0, 0.5) and abs(each.x - x) < 0.3 and abs(each.y - y - height) < 0.5
        for each in found
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_circle_is_at_its_position_and_six_millimetres_wide(language: str) -> None:
    quiz = sample_quiz(language)
    sheets = print_answer_sheet(quiz, FULL)
    places, found = sheets.answer_fields(0), drawn(sheets.pdf)
    counts = Counter(place.question for place in places)
    assert counts == {question.id: circles(question) for question in quiz.questions}
    assert [place for place in places if not is_drawn(place, found)] == []
    for place in places:
        _left, _top, width, height = place.millimetres
        assert width > 35 if place.option < 0 else (width, height) == pytest.approx((6, 6), abs=0.05)
    (text,) = page_texts(sheets.pdf)
    for words in ("HarbourPost", "0123", "1May", _("Answer sheet").translated(language), "3.1"):
        assert squeezed(words) in text
    assert min(font_sizes(sheets.pdf)) >= 9
    assert keeps_edges_free(sheets.pdf)


def test_rows_are_twelve_millimetres_high() -> None:
    places = print_answer_sheet(sample_quiz(), FULL).answer_fields(0)
    rows = sorted({round(place.y + place.height / 2, 1) for place in places if place.option >= 0})
    steps = [(lower - upper) / 72 * 25.4 for upper, lower in pairwise(rows)]
    assert all(step == pytest.approx(12, abs=0.05) or step == pytest.approx(24, abs=0.05) for step in steps)
    assert len(rows) == 3 + 3 + 3  # the blank has a line of its own


def test_a_circle_says_which_option_or_which_choice_of_which_prompt() -> None:
    quiz = sample_quiz()
    by_question: dict[str, list[tuple[int, int]]] = {}
    for place in print_answer_sheet(quiz, FULL).answer_fields(0):
        by_question.setdefault(place.question, []).append((place.option, place.value))
    for question in quiz.questions:
        match question.answer:
            case Choose(options=options):
                expected = [(index, -1) for index in range(len(options))]
            case Match(prompts=rows, choices=columns):
                expected = [(row, column) for row in range(len(rows)) for column in range(len(columns))]
            case Order(steps=rows):
                expected = [(row, column) for row in range(len(rows)) for column in range(len(rows))]
            case _:
                assert isinstance(question.answer, Fill)
                expected = [(-1, -1)]
        assert by_question[question.id] == expected


def code_read(pdf: bytes, page: int, top: float) -> list[list[int]]:
    """Read a code of 20 mm at the right of a page, ``top`` mm from its upper edge, as its squares look when drawn."""
    sheet = pdfium.PdfDocument(pdf)[page]
    dots = 10  # a millimetre
    image = sheet.render(scale=dots * 25.4 / 72).to_pil().convert("L")
    left = sheet.get_width() / 72 * 25.4 - 17 - 20
    count = len(segno.make("QUIZGEN:2:7:B:6:1:01234567", error="m", micro=False).matrix)
    side = 20 / count
    return [
        [
            int(
                image.getpixel(
                    (round((left + (x + 0.5) * side) * dots), round((top + (y + 0.5) * side) * dots))
                )
                < 128
            )
            for x in range(count)
        ]
        for y in range(count)
    ]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_four_marks_and_a_code_identify_a_sheet(paper: PaperSize) -> None:
    sheets = versions(2, replace(FULL, paper=paper))
    page = PAGES[paper]
    found = drawn(sheets.pdf, 1)
    marks = {(round(each.x), round(each.y)) for each in found if each.is_about(5, 5, 0.05)}
    width, height = page.width / 72 * 25.4, page.height / 72 * 25.4
    assert marks == {(x, y) for x in (7, round(width - 12)) for y in (7, round(height - 12))}
    said = f"QUIZGEN:2:7:B:6:1:{sheets.positions.papers[1].digest}"
    assert str(SheetCode(7, "B", 6, 1, sheets.positions.papers[1].digest)) == said
    matrix = segno.make(said, error="m", micro=False).matrix
    assert code_read(sheets.pdf, 1, 9 + 12 + 3) == [list(row) for row in matrix]


def versions(count: int, design: AnswerSheetDesign) -> AnswerSheets:
    batch = assemble_versions(sample_bank(), Recipe(), 7, "en", version_labels(count))
    return print_answer_sheets(batch, design)


def test_each_version_has_a_sheet_of_its_own_with_its_letter() -> None:
    told: list[int] = []
    batch = assemble_versions(sample_bank(), Recipe(), 7, "en", version_labels(3))
    sheets = print_answer_sheets(batch, FULL, told.append)
    assert told == [1, 2, 3]
    for label, text in zip("ABC", page_texts(sheets.pdf), strict=True):
        assert f"Paper{label}" in text
    for index, label in enumerate(batch.labels):
        places = sheets.answer_fields(index)
        assert {place.page for place in places} == {index}
        assert list(dict.fromkeys(place.question for place in places)) == [
            question.id for question in batch.quiz(label).questions
        ]
        assert all(is_drawn(place, drawn(sheets.pdf, index)) for place in places)


def many(times: int) -> Quiz:
    quiz = sample_quiz()
    questions = [
        replace(question, id=f"{question.id}-{number}")
        for number in range(times)
        for question in quiz.questions
    ]
    return replace(quiz, questions=tuple(questions))


def test_many_questions_fill_columns_and_then_pages() -> None:
    sheets = print_answer_sheet(many(6), replace(FULL, text_size="large"))
    places = sheets.answer_fields(0)
    pages = len(pdfium.PdfDocument(sheets.pdf))
    assert {place.page for place in places} == set(range(pages))
    assert pages > 1
    assert len({place.x for place in places if place.option == 0 and place.value < 0}) > 1
    for page in range(pages):
        found = drawn(sheets.pdf, page)
        assert all(is_drawn(place, found) for place in places if place.page == page)
        code = SheetCode(7, "", 36, page + 1, sheets.positions.papers[0].digest)
        matrix = segno.make(str(code), error="m", micro=False).matrix
        assert code_read(sheets.pdf, page, 9) == [list(row) for row in matrix]
    assert min(font_sizes(sheets.pdf)) >= 16
    assert keeps_edges_free(sheets.pdf)


def test_no_word_runs_into_the_next_circle() -> None:
    quiz = sample_quiz()
    judged = {"en": "Genuine"}, {"en": "A scam"}
    question = replace(quiz.questions[2], answer=Choose(judged, (0,), "truth"))
    both = [replace(quiz.questions[0], id="parcels/choose"), question]
    many_of_them = [replace(each, id=f"{each.id}-{number}") for number in range(12) for each in both]
    sheets = print_answer_sheet(
        replace(quiz, questions=tuple(many_of_them)), replace(FULL, text_size="large", paper="Letter")
    )
    words = [run for run in runs(sheets.pdf) if run.text.strip() in ("Genuine", "A scam")]
    assert len(words) == 24
    for place in sheets.answer_fields(0):
        x, y, width, height = place.millimetres
        assert not [
            run
            for run in words
            if run.page == place.page
            and run.left < x + width
            and run.right > x - 1
            and run.top < y + height
            and run.bottom > y
        ]


def test_rows_are_closer_in_large_type_to_save_a_page() -> None:
    """Rows get as close as in normal type, if that saves a page for the last row."""
    quiz = sample_quiz()
    choose_fitting_questions = [
        replace(quiz.questions[0], id=f"parcels/choose-{number}") for number in range(14)
    ]
    for count, pages in ((13, 1), (14, 1)):
        sheets = print_answer_sheet(
            replace(quiz, questions=tuple(choose_fitting_questions[:count])), replace(FULL, text_size="large")
        )
        assert len(pdfium.PdfDocument(sheets.pdf)) == pages
        rows = sorted({round(place.millimetres[1], 2) for place in sheets.answer_fields(0)})
        assert len(rows) == count
        assert all(12 <= lower - upper <= 14.01 for upper, lower in pairwise(rows))


def test_what_does_not_fit_is_named() -> None:
    quiz = sample_quiz()
    options = tuple({"en": f"Option {number}"} for number in range(20))
    wide = replace(quiz.questions[0], answer=Choose(options, (0,), "one"))
    with pytest.raises(QuizgenError, match="parcels/customs-text has more options than a row has room for"):
        print_answer_sheet(replace(quiz, questions=(wide,)), replace(FULL, paper="A5"))
    for title in ("A long title. " * 20, "x" * 1001):
        with pytest.raises(MisuseError, match="leave no room for questions"):
            print_answer_sheet(quiz, replace(FULL, paper="A5", text_size="large", title=title))


@pytest.mark.parametrize("text_size", ["normal", "large"])
def test_below_its_code_stands_what_it_is_for(text_size: TextSize) -> None:
    sheets = print_answer_sheet(sample_quiz("en"), AnswerSheetDesign(text_size=text_size))
    caption = next(run for run in runs(sheets.pdf) if run.text.strip() == "For marking")
    assert 9 + 20 + 2 - 0.5 <= caption.top <= 9 + 20 + 6
    assert caption.right == pytest.approx(PAGES["A4"].width / MM - 17, abs=3)
