"""The certificate of taking part, read back as a reader would."""

import io
import re
from datetime import date
from functools import cache
from itertools import pairwise
from typing import get_args

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.errors import MisuseError, QuizgenError
from quizgen.model import HelpNumber, Quiz, Topic
from quizgen.paper.design import MM, PAGES, PaperSize
from quizgen.paper.images import read_logo
from quizgen.paper.layouts.certificate import (
    MAX_TOPICS,
    CertificateDesign,
    print_certificate,
    summarise_topics,
)
from quizgen.paper.names import MAX_NAME_LENGTH, read_names
from quizgen.text.languages import LANGUAGES, localize
from quizgen.text.messages import _
from quizgen.view.text import format_date
from tests.banks import sample_quiz
from tests.paper.layouts.test_handout import font_sizes
from tests.paper.structure import structure

LOGO = read_logo(
    "logo.svg",
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
)
FULL = CertificateDesign(
    title="Who is calling?", organiser="Harbour Post", contact="0123 4567", date="1 May", logo=LOGO
)


@cache
def printed(language: str, name: str) -> bytes:
    """Print a full certificate, once for all tests that look at it."""
    return print_certificate(sample_quiz(language), replace(FULL, name=name))


def with_police(quiz: Quiz) -> Quiz:
    return replace(
        quiz,
        bank=replace(
            quiz.bank,
            help={"police": HelpNumber("police", "xx", "110", {"en": "the police"}, role="emergency")},
        ),
    )


def squeezed(text: str) -> str:
    return re.sub(r"[\s\ufffe-]", "", text)


def quiz_paper_page(pdf: bytes) -> pdfium.PdfPage:
    (page,) = pdfium.PdfDocument(pdf)
    return page


def text_of(pdf: bytes) -> str:
    return squeezed(quiz_paper_page(pdf).get_textpage().get_text_range())


def name_boxes(pdf: bytes, name: str) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of each character of the name where it is printed."""
    page = quiz_paper_page(pdf).get_textpage()
    whole = page.get_text_range()
    at = whole.index(name[0])
    return [page.get_charbox(index) for index in range(at, at + len(name)) if not whole[index].isspace()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_who_took_part_in_what_and_when(language: str) -> None:
    text = text_of(print_certificate(with_police(sample_quiz(language)), replace(FULL, name="李明 Ada")))
    parts = (
        "李明Ada",
        *("Whoiscalling?", "HarbourPost", "01234567", "1May"),
        _("Certificate of participation").translated(language),
        _("a quiz of {total} questions", total=6).translated(language),
        _(
            "This certificate confirms that somebody took part in a quiz; it is not a qualification."
        ).translated(language),
        _("For the organiser").translated(language),
        summarise_topics(sample_quiz(language)),
        _("Money gone? Hang up, and call {number} at once.", number="110").translated(language),
    )
    assert [part for part in parts if squeezed(part) not in text] == []
    order = [
        text.index(squeezed(part)) for part in (parts[2], parts[5], parts[0], parts[1], parts[6], parts[4])
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_claims_no_qualification_and_tells_no_score(language: str) -> None:
    said = " ".join(
        words.translated(language)
        for words in (
            _("Certificate of participation"),
            _("This certifies that"),
            _("took part in"),
            _("For the organiser"),
            _("A certificate of participation"),
        )
    )
    assert not re.search(r"pass|qualif|diploma|award|authori|score|合格|资格|資格|认证|認證|授予|得分", said)


@pytest.mark.parametrize("paper", get_args(PaperSize))
def test_it_is_one_page_across_with_every_font_in_it(paper: PaperSize) -> None:
    data = print_certificate(sample_quiz("zh-Hant"), replace(FULL, paper=paper, name="歐陽小明"))
    upright = PAGES[paper]
    assert quiz_paper_page(data).get_size() == pytest.approx((upright.height, upright.width), abs=0.01)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = [
            each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/FontName")
        ]
        assert fonts
        assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)
        assert str(pdf.docinfo["/Title"]) == _("Certificate of participation").translated("zh-Hant")
        assert str(pdf.docinfo["/Author"]) == "Harbour Post"
        assert pdf.Root.Lang == "zh-Hant"


def test_the_same_input_gives_the_same_bytes() -> None:
    first = print_certificate(sample_quiz("zh-Hans"), replace(FULL, name="李明"))
    assert printed("zh-Hans", "李明") == first


def bounds(pdf: bytes, number: int, kind: int) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top, in points, of what a page draws of one kind."""
    page = pdfium.PdfDocument(pdf)[number]
    return [item.get_bounds() for item in page.get_objects(filter=[kind])]


def test_each_of_many_names_has_its_own_page() -> None:
    people = ["Jiggy", "歐陽小明", "Ada " * 12 + "Jiggs", "國" * MAX_NAME_LENGTH]
    names = read_names("names.txt", "\n\n".join(people).encode())
    told: list[int] = []
    data = print_certificate(sample_quiz(), replace(FULL, names=names), told.append)
    pages = list(pdfium.PdfDocument(data))
    texts = [squeezed(page.get_textpage().get_text_range()) for page in pages]
    assert told == [4]
    assert texts[0] == text_of(printed("en", people[0]))
    assert len(pages) == 4
    for name, text in zip(people, texts, strict=True):
        assert f"Thiscertifiesthat{squeezed(name)}tookpartin" in text
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [" ".join(name.split()) for name in people]


def test_a_name_is_centred_and_its_descenders_do_not_touch_the_rule() -> None:
    data = printed("en", "Jiggy")
    boxes = name_boxes(data, "Jiggy")
    left, right = boxes[0][0], boxes[-1][2]
    page = PAGES["A4"]
    assert (left + right) / 2 == pytest.approx(page.height / 2, abs=3)  # the page stands across
    lowest = min(bottom for _, bottom, _, _ in boxes)
    rules = [
        top
        for x, bottom, end, top in bounds(data, 0, pdfium.raw.FPDF_PAGEOBJ_PATH)
        if top - bottom < 2 and end - x > 200 and lowest - 30 < top < boxes[0][3]
    ]
    assert rules
    assert max(rules) < lowest - 2


def test_there_is_room_for_a_seal() -> None:
    text = _("Stamp").translated("en")
    data = printed("en", "Jiggy")
    rings = [
        (left, bottom, right, top)
        for left, bottom, right, top in bounds(data, 0, pdfium.raw.FPDF_PAGEOBJ_PATH)
        if right - left == pytest.approx(40 * MM, abs=1) and top - bottom == pytest.approx(40 * MM, abs=1)
    ]
    assert rings
    left, bottom, right, top = rings[0]
    page = quiz_paper_page(data).get_textpage()
    whole = page.get_text_bounded(left, bottom, right, top)
    assert whole.strip() == text
    assert text not in text_of(print_certificate(sample_quiz(), CertificateDesign(name="Ada")))


def test_large_type_is_sixteen_points_or_more() -> None:
    data = print_certificate(sample_quiz(), replace(FULL, text_size="large", name="Ada"))
    assert min(font_sizes(data)) >= 16
    assert min(font_sizes(printed("zh-Hans", "李明"))) >= 9


def test_all_names_that_cannot_be_printed_are_reported_together() -> None:
    names = read_names("names.txt", f"Ada\nJo \U0001f6f8 Li\n王\U000323af\n{'x' * 81}\n".encode())
    with pytest.raises(QuizgenError) as raised:
        print_certificate(sample_quiz(), CertificateDesign(names=names))
    assert [str(each) for each in raised.value.problems][:2] == [
        "names.txt:2:1: no font here has \U0001f6f8 (U+1F6F8), in the name Jo \U0001f6f8 Li; install a font for emoji (Debian, Ubuntu: apt install fonts-noto-color-emoji), or write the name with other characters",
        "names.txt:3:1: no font here has \U000323af (U+323AF), in the name 王\U000323af; install a font that has it, if you know of one, or write the name with other characters",
    ]
    assert str(raised.value.problems[2]).startswith("names.txt:4:1: the name has 81 characters")
    with pytest.raises(MisuseError, match="leave one of them out"):
        print_certificate(sample_quiz(), CertificateDesign(name="Ada", names=names))


def test_without_a_name_and_a_date_there_are_lines_to_write_on() -> None:
    blank = text_of(print_certificate(sample_quiz(), CertificateDesign(name="  ")))
    assert "ThiscertifiesthattookpartinPhoneandonlinefraud" in blank
    assert blank.count("Date") == 1
    assert "Fortheorganiser" not in blank


@pytest.mark.parametrize(
    ("paper", "name"),
    [
        ("A5", "W" * MAX_NAME_LENGTH),  # the narrowest paper
        ("A5", "国" * MAX_NAME_LENGTH),
        ("A5", "Wolfeschlegelsteinhausenbergerdorff" * 2),
        ("A5", "a " * 39 + "a"),
        ("Letter", "国" * MAX_NAME_LENGTH),  # the lowest
    ],
    ids=["wide", "Chinese", "long words", "many words", "Chinese on Letter"],
)
def test_a_name_of_any_width_fits_in_the_frame(paper: PaperSize, name: str) -> None:
    data = print_certificate(sample_quiz(), replace(FULL, paper=paper, name=name))
    width, margin = quiz_paper_page(data).get_width(), PAGES[paper].margin
    assert squeezed(name) in text_of(data)
    boxes = name_boxes(data, name) if name[0] != "a" else []
    assert all(margin + 4 < left and right < width - margin - 4 for left, _, right, _ in boxes)


@settings(max_examples=5)
@given(st.text("WijÅ 国李·", min_size=1, max_size=MAX_NAME_LENGTH).filter(str.strip))
def test_any_name_is_one_page(name: str) -> None:
    assert squeezed(name) in text_of(
        print_certificate(sample_quiz(), CertificateDesign(paper="A5", name=name))
    )


def test_a_name_that_is_too_long_is_named() -> None:
    with pytest.raises(MisuseError, match="the name has 81 characters; 80 have room on a certificate"):
        print_certificate(sample_quiz(), CertificateDesign(name="x" * 81))


def test_what_does_not_fit_is_named() -> None:
    with pytest.raises(QuizgenError, match="no room on one page; shorten its title, organiser or contact"):
        print_certificate(sample_quiz(), CertificateDesign(paper="A5", title="A very long title. " * 120))


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(
        QuizgenError, match=r"^no font here has . \(U\+1F6F8\), in the name .; install a font for"
    ):
        print_certificate(sample_quiz(), CertificateDesign(name="\U0001f6f8"))


def test_one_question_is_one_question() -> None:
    quiz = sample_quiz()
    assert "aquizof1question" in text_of(
        print_certificate(replace(quiz, questions=quiz.questions[:1]), CertificateDesign())
    )


def test_the_first_of_many_topics_are_named() -> None:
    quiz = sample_quiz()
    names = [f"t{number}" for number in range(MAX_TOPICS + 3)]
    many = replace(
        quiz,
        questions=tuple(replace(quiz.questions[0], id=f"{name}/q", topic=name) for name in names),
        bank=replace(quiz.bank, topics={name: Topic(name, {"en": name}) for name in names}),
    )
    assert summarise_topics(many) == "t0, t1, t2, t3, t4, and 4 more"
    assert summarise_topics(replace(many, questions=many.questions[:MAX_TOPICS])) == "t0, t1, t2, t3, t4, t5"


def test_what_to_do_can_be_understood_by_itself() -> None:
    """Advice to one question ("She should keep the posts") says nothing on a sheet without that question."""
    text = text_of(print_certificate(with_police(sample_quiz()), FULL))
    assert "Moneygone?Hangup,andcall110atonce." in text
    assert not any(
        squeezed(localize(each.advice, "en")) in text for each in sample_quiz().questions if each.advice
    )
    assert "Moneygone?" not in text_of(print_certificate(sample_quiz(), FULL))


def test_large_type_has_room_for_a_full_profile() -> None:
    logo = read_logo("logo.svg", LOGO.data.replace(b'"9"', b'"900"'))
    full = replace(FULL, title="", logo=logo, text_size="large")
    text = text_of(print_certificate(with_police(sample_quiz()), full))
    assert [part for part in ("HarbourPost", "01234567", "1May", "Moneygone?") if part not in text] == []
    long = replace(full, title="Phone and online fraud: what do you know, and what will you tell others?")
    text = text_of(print_certificate(with_police(sample_quiz()), long))
    assert "tellothers?" in text
    assert "Moneygone?" not in text  # what must be there goes before it


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "5 March 2027"), ("zh-Hans", "2027年3月5日"), ("zh-Hant", "2027年3月5日")],
)
def test_dates_are_written_as_people_write_them(language: str, written: str) -> None:
    assert format_date(date(2027, 3, 5), language) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_read_aloud_from_the_top_with_all_lines_to_write_on(language: str) -> None:
    read = structure(print_certificate(sample_quiz(language), replace(FULL, date="")))
    assert read.loose == []
    assert [each.text for each in read.roles("H1")] == [
        squeezed(_("Certificate of participation").translated(language))
    ]
    assert [each.alt for each in read.roles("Figure", "Form")] == [
        _("Logo of {organiser}", organiser="Harbour Post").translated(language),
        *(name.translated(language) for name in (_("Name"), _("For the organiser"), _("Date"))),
    ]
    *order, seal = [content for element in read.pages[0] for content in element.contents()]
    assert squeezed(seal.text) == squeezed(_("Stamp").translated(language))  # beside what is above it
    middles = [(content.box[1] + content.box[3]) / 2 for content in order]
    assert all(one > other - 8 for one, other in pairwise(middles))
