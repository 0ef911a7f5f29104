"""The handout in two languages, read back from the PDF."""

from ctypes import c_double
from typing import cast

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from quizgen.errors import MisuseError
from quizgen.model import Quiz
from quizgen.paper.design import MM, PAGES
from quizgen.paper.layouts import PrintJob
from quizgen.paper.layouts.bilingual import LAYOUT, BilingualDesign, choose_second_language, print_bilingual
from quizgen.text.languages import LANGUAGES, localize
from quizgen.view.question import build_question_views
from tests.paper.jobs import Job as BankJob
from tests.paper.layouts.test_handout import font_sizes, page_texts, squeezed
from tests.paper.layouts.test_slides import quiz_of
from tests.paper.printed import runs

CONTACT = "0123 <\"4567'> \\ & more"


class Job:
    """Asks for one quiz, for somebody who reads Traditional Chinese."""

    language = "en"
    readers = ("zh-Hant", "en")

    def quiz(self) -> Quiz:
        return replace(quiz_of(), questions=quiz_of().questions[:2])


@pytest.fixture(scope="module")
def printed() -> bytes:
    return print_bilingual(
        quiz_of(),
        "zh-Hans",
        BilingualDesign(organiser="Harbour Post", contact=CONTACT, link="https://a.example/b"),
    )


@pytest.fixture(scope="module")
def pages(printed: bytes) -> list[str]:
    return page_texts(printed)


def place(pdf: pdfium.PdfDocument, text: str) -> tuple[int, float, float]:
    """Page, and the left edge and baseline in points, where a text begins first."""
    for number, page in enumerate(pdf):
        read = page.get_textpage()
        if found := read.search(text[:14]).get_next():
            x, y = c_double(), c_double()
            pdfium.raw.FPDFText_GetCharOrigin(read, found[0], x, y)
            return number, x.value, y.value
    raise AssertionError(text)


def test_each_row_is_level_with_its_translation(printed: bytes) -> None:
    pdf = pdfium.PdfDocument(printed)
    rows = [
        row
        for ours, theirs in zip(
            build_question_views(quiz_of()), build_question_views(quiz_of(), "zh-Hans"), strict=True
        )
        if ours.answer_form in ("choose", "pairs")
        for row in zip(
            (each.text for each in ours.options), (each.text for each in theirs.options), strict=True
        )
    ]
    rows += [(f"judge-sms {number}:", f"judge-sms第{number}：") for number in (1, 2, 3)]
    assert len(rows) == 4 + 4 + 3 + 4 + 3
    for row in rows:
        (page, x, y), (other_page, other_x, other_y) = (place(pdf, text) for text in row)
        assert page == other_page, row
        assert abs(y - other_y) < 0.3 * MM, row
        assert abs(other_x - x - 96 * MM) < 0.3 * MM, row


def test_all_stems_begin_at_the_same_indent(printed: bytes) -> None:
    pdf = pdfium.PdfDocument(printed)
    lefts = {
        round(place(pdf, question.stem)[1])
        for question in build_question_views(quiz_of())
        if question.answer_form in ("choose", "sides") and not question.exhibit
    }
    assert len(lefts) == 1


def test_numbers_stay_below_their_heading_in_large_type() -> None:
    pdf = print_bilingual(BankJob("zh-Hans", 12, count=5).quiz(), "en", BilingualDesign(text_size="large"))
    assert [page for page in page_texts(pdf) if "Numberstokeep110" in page]


def test_no_line_begins_with_a_comma() -> None:
    stems = ["请今天就到应用商店安装国家反诈中心"[start:] + "App，允许它识别来电。" * 3 for start in range(6)]
    asked = [each for each in quiz_of().questions if not each.exhibit][:1]
    questions = tuple(
        replace(each, stem={"en": "Which one?", "zh-Hans": stem}) for each in asked for stem in stems
    )
    pdf = print_bilingual(replace(quiz_of(), questions=questions), "zh-Hans", BilingualDesign())
    assert [run.text for run in runs(pdf) if run.text.startswith(("，", "。"))] == []


def test_columns_have_the_same_letters(pages: list[str]) -> None:
    fronts = "".join(pages)
    for name, en, zh in (
        ("A", "Pay,sincethesumissmall", "金额不大，先付了再说"),
        ("D", "Asktheofficeyourself", "自己去问储蓄所"),
    ):
        assert f"{name}{en}{name}{zh}" in fronts


def test_answers_follow_in_both_languages(pages: list[str]) -> None:
    behind = next(number for number, text in enumerate(pages) if text.startswith("Answers参考答案"))
    fronts, backs = "".join(pages[:behind]), "".join(pages[behind:])
    assert all(pages)  # none is blank
    quiz = quiz_of()
    for question in quiz.questions:
        for language in ("en", "zh-Hans"):
            assert squeezed(localize(question.rationale, language)) in backs
            assert squeezed(localize(question.rationale, language)) not in fronts
    assert "DAsktheofficeyourself" in backs
    assert "D自己去问储蓄所" in backs
    assert "3110ringspolice3110找police" in backs
    assert "2Telltheoffice" in backs
    assert "3Keepthenumber3留下号码1Hangup1挂断电话" in backs


def test_the_foot_has_the_contact_as_it_is(pages: list[str]) -> None:
    assert f"HarbourPost·{squeezed(CONTACT)}·Seed/卷号7" in pages[0]
    assert "a.example/b" in pages[0]


def test_no_type_is_small_and_large_type_is_large(printed: bytes) -> None:
    assert min(font_sizes(printed)) >= 9
    quiz = replace(quiz_of("zh-Hant"), questions=quiz_of().questions[:1])
    large = print_bilingual(quiz, "en", BilingualDesign(paper="Letter", text_size="large"))
    assert min(font_sizes(large)) >= 16
    first, answers = page_texts(large)
    assert first.startswith("防範電信網路詐騙知識問答Phoneandonlinefraud")
    assert answers.startswith("參考答案Answers")
    size = pdfium.PdfDocument(large)[0].get_size()
    assert size == pytest.approx((PAGES["Letter"].width, PAGES["Letter"].height), abs=0.01)


@pytest.mark.parametrize(
    ("asked", "first", "readers", "second"),
    [
        ("", "en", ("en",), "zh-Hans"),
        ("", "en", ("en", "zh-Hant"), "zh-Hant"),
        ("", "zh-Hant", ("zh-Hant",), "en"),
        ("zh_TW", "zh-Hans", (), "zh-Hant"),
    ],
)
def test_the_second_language_is_the_readers(
    asked: str, first: str, readers: tuple[str, ...], second: str
) -> None:
    assert choose_second_language(asked, first, readers, LANGUAGES) == second


@pytest.mark.parametrize(
    ("first", "readers", "second"),
    [("en", ("zh-Hant",), "fr"), ("fr", ("zh-Hant",), "en"), ("fr", (), "en"), ("de", ("fr",), "en")],
)
def test_the_second_language_is_one_that_the_bank_has(
    first: str, readers: tuple[str, ...], second: str
) -> None:
    assert (
        choose_second_language("", first, readers, ("en", "fr", "de")[: 3 if first == "de" else 2]) == second
    )
    assert choose_second_language("fr", "de", readers, ("de", "fr")) == "fr"


def test_one_language_twice_and_one_that_is_missing_are_refused() -> None:
    with pytest.raises(
        MisuseError, match="the second language is en, as the first; name another with --second"
    ):
        choose_second_language("en", "en", (), LANGUAGES)
    with pytest.raises(MisuseError, match="no language 'fr'"):
        choose_second_language("fr", "en", (), LANGUAGES)
    with pytest.raises(MisuseError, match="the questions are in Français alone; give"):
        choose_second_language("", "fr", ("en",), ("fr",))


def test_it_says_which_languages_it_is_in() -> None:
    made = LAYOUT.make(cast("PrintJob", Job()), BilingualDesign(title="Our own"))
    assert str(made.content) == "2 questions in English and 繁體中文"
    first, *_ = page_texts(made.pdf)
    assert first.startswith("OurownName姓名")


def test_no_blank_follows_a_chinese_colon(printed: bytes) -> None:
    text = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(printed))
    assert "短信，来自：" in text
    assert "来自： " not in text
