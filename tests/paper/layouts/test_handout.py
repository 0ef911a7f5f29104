"""The printed PDF, read back as a reader would."""

import io
import re
from functools import cache
from pathlib import Path
from typing import get_args

import pikepdf
import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from PIL import Image

from quizgen.assemble import Recipe, assemble
from quizgen.errors import MisuseError, QuizgenError
from quizgen.model import BLANK, Bank, Quiz
from quizgen.paper.design import MM, PAGES, Answers, PaperSize, QuizPaperDesign, TextSize
from quizgen.paper.handout.answers import list_number_ranges
from quizgen.paper.handout.header import break_title
from quizgen.paper.images import read_logo
from quizgen.paper.layouts.handout import Handout, print_handout
from quizgen.text.languages import localize
from quizgen.text.messages import _
from tests.banks import sample_bank, sample_quiz, town_bank
from tests.paper.printed import apart, links_of, runs, sizes
from tests.paper.structure import short_ends, structure
from tests.paper.test_layouts import shortest_ids

LONG_TITLE = "Phone and online fraud: what do you know?"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return town_bank()


def quiz_of(bank: Bank, language: str = "en", count: int = 10, seed: int = 9) -> Quiz:
    return assemble(bank, Recipe(count=count), seed, language)


@cache
def printed(language: str, count: int, design: QuizPaperDesign) -> Handout:
    """Print questions of our own bank; once for all tests that look at the same paper."""
    return print_handout(quiz_of(town_bank(), language, count), design)


def one_question(language: str = "en") -> Quiz:
    """Return a quiz for what does not depend on the questions."""
    sample = sample_quiz(language)
    return replace(sample, questions=sample.questions[:1])


def squeezed(text: str) -> str:
    return re.sub(r"[\s\ufffe-]", "", text)  # a hyphen that ends a line is read back as another character


def page_texts(pdf: bytes) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    return [squeezed(page.get_textpage().get_text_range()) for page in document]


def font_sizes(pdf: bytes) -> set[float]:
    document = pdfium.PdfDocument(pdf)
    sizes = set()
    for page in document:
        for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT]):
            matrix = item.get_matrix()
            sizes.add(round(item.get_font_size() * abs(matrix.d), 1))
    return sizes


def between_margins(pdf: bytes, paper: PaperSize) -> bool:
    """Return whether all text, lines and images of a PDF stand within the margins of its pages."""
    margin = PAGES[paper].margin - 1.5
    return all(
        margin < left and margin < bottom and right < page.get_width() - margin
        and top < page.get_height() - margin
        for page in pdfium.PdfDocument(pdf)
        for left, bottom, right, top in (item.get_bounds() for item in page.get_objects())
    )  # fmt: skip


def stems(quiz: Quiz) -> list[str]:
    return [
        squeezed(part)
        for question in quiz.questions
        for part in localize(question.stem, quiz.language).split(BLANK)
    ]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_ten_questions_and_their_answers_make_one_sheet(bank: Bank, language: str) -> None:
    quiz = quiz_of(bank, language)
    pdf = printed(language, 10, QuizPaperDesign()).pdf
    front, behind = page_texts(pdf)
    for stem in stems(quiz):
        assert stem in front
    for question in quiz.questions:
        assert squeezed(localize(question.rationale, language)) in behind
        assert squeezed(localize(question.advice, language)) in behind
    seed = squeezed(_("Seed {seed}", seed=quiz.seed).translated(language))
    assert all(seed in text for text in (front, behind))
    assert between_margins(pdf, "A4")
    assert short_ends(structure(pdf)) == []
    assert [each for each in apart(pdf) if each[1] < 0.2] == []
    assert len(apart(pdf)) > 30 or language == "en"


@pytest.mark.parametrize("paper", get_args(PaperSize))
def test_every_page_has_the_size_asked_for_and_all_fonts_in_it(paper: PaperSize) -> None:
    pdf = printed("zh-Hans", 3, QuizPaperDesign(paper=paper)).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.check_pdf_syntax()
        for page in document.pages:
            assert [float(edge) for edge in page.mediabox][2:] == pytest.approx(
                [PAGES[paper].width, PAGES[paper].height], abs=0.01
            )
            for font in page.Resources.Font.values():
                (descendant,) = font.DescendantFonts
                descriptor = descendant.FontDescriptor
                assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
                assert "Quizgen" in str(descriptor.FontName)


def test_a4_is_a4() -> None:
    assert (PAGES["A4"].width / MM, PAGES["A4"].height / MM) == pytest.approx((210, 297))


@pytest.mark.parametrize(
    ("language", "text_size", "smallest"),
    [("en", "normal", 8), ("zh-Hans", "normal", 9), ("zh-Hant", "large", 16)],
)
def test_nothing_is_too_small_to_read(
    bank: Bank, language: str, text_size: TextSize, smallest: float
) -> None:
    design = QuizPaperDesign(text_size=text_size, contact="0123", link="https://example.org/x", answers="end")
    sizes = font_sizes(print_handout(quiz_of(bank, language, 3), design).pdf)
    assert min(sizes) >= smallest
    assert (16 in sizes) == (text_size == "large")


def test_type_grows_where_there_are_few_questions() -> None:
    short = assemble(town_bank(), Recipe(questions=shortest_ids(4)), 7, "en")
    handouts = [
        print_handout(short, QuizPaperDesign(answers="none")),
        printed("en", 10, QuizPaperDesign(answers="none")),
    ]
    bodies = [sorted(font_sizes(handout.pdf))[-2] for handout in handouts]
    assert bodies[0] >= 13
    assert 10 <= bodies[1] < 13


def test_metadata_and_bookmarks() -> None:
    design = QuizPaperDesign(title="邻里反诈讲座", organiser="River Street Police Post")
    with pikepdf.open(io.BytesIO(print_handout(one_question("zh-Hans"), design).pdf)) as document:
        assert str(document.docinfo["/Title"]) == "邻里反诈讲座"
        assert str(document.docinfo["/Author"]) == "River Street Police Post"
        assert str(document.Root.Lang) == "zh-Hans"
        assert "/CreationDate" not in document.docinfo
        with document.open_outline() as outline:
            assert [item.title for item in outline.root] == ["题目", "参考答案"]


def test_answers_can_be_separate_or_left_out(bank: Bank) -> None:
    quiz = quiz_of(bank, count=3)
    apart = print_handout(quiz, QuizPaperDesign(answers="separate"))
    assert apart.key
    assert len(page_texts(apart.pdf)) == len(page_texts(apart.key)) == 1
    rationale = squeezed(quiz.questions[0].rationale["en"])
    assert rationale not in page_texts(apart.pdf)[0]
    assert rationale in page_texts(apart.key)[0]
    assert "Page1of1" in page_texts(apart.key)[0]
    none = printed("en", 10, QuizPaperDesign(answers="none"))
    assert none.key is None
    assert len(page_texts(none.pdf)) == 1


def test_the_key_names_the_letter_that_is_printed(bank: Bank) -> None:
    quiz = assemble(bank, Recipe(kinds=("single",), count=3), 3, "en")
    front, behind = page_texts(print_handout(quiz, QuizPaperDesign()).pdf)
    for number, question in enumerate(quiz.questions, 1):
        (index,) = question.answer.keys  # type: ignore[attr-defined]  # all are single
        key = squeezed(localize(question.answer.options[index], "en"))  # type: ignore[attr-defined]
        letter = "ABCD"[index]
        assert f"{number}.{letter}{key}" in behind
        assert f"{letter}{key}" in front


def test_what_the_organiser_adds_is_on_the_page() -> None:
    logo = read_logo(
        "logo.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
    )
    design = QuizPaperDesign(
        title="Talk", organiser="Post", contact="0123", date="1 May", link="https://example.org/x", logo=logo
    )
    front = page_texts(print_handout(one_question(), design).pdf)[0]
    for text in ("Talk", "Post", "0123", "1May", "example.org/x"):
        assert text in front


def test_markup_and_templates_in_texts_are_printed_as_typed() -> None:
    typed = "<b>{{ 7*7 }}</b> {% x %} &amp; [red] </div>"
    bank = sample_bank()
    first = next(iter(bank.questions.values()))
    hostile = Bank(
        bank.sources,
        bank.topics,
        bank.facts,
        {first.id: replace(first, stem={"en": typed, "zh-Hans": typed})},
    )
    quiz = assemble(hostile, Recipe(), 1, "en")
    front = page_texts(print_handout(quiz, QuizPaperDesign(title=typed, organiser=typed)).pdf)[0]
    assert front.count(squeezed(typed)) == 3


def test_a_character_that_no_font_has_is_named() -> None:
    design = QuizPaperDesign(title="\U0001f0a1\U00013000 and \U000323af")
    with pytest.raises(QuizgenError) as caught:
        print_handout(one_question(), design)
    assert any("U+323AF" in str(problem) for problem in caught.value.problems)


def test_a_question_taller_than_a_page_is_named() -> None:
    bank = sample_bank()
    first = next(iter(bank.questions.values()))
    long = replace(first, stem={"en": "word " * 700, "zh-Hans": "字" * 700})
    tall = Bank(bank.sources, bank.topics, bank.facts, {first.id: long})
    with pytest.raises(QuizgenError, match=f"{first.id} is taller than a page; shorten it"):
        print_handout(assemble(tall, Recipe(), 1, "en"), QuizPaperDesign(paper="A5", text_size="large"))


def test_in_large_type_the_head_breaks_neither_date_nor_link() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="90" height="90"/></svg>'
    )
    design = QuizPaperDesign(
        text_size="large",
        organiser="Riverside Police Station",
        date="12 March 2026",
        link="https://example.org/anti-fraud/talk",
        logo=read_logo("logo.svg", svg),
    )
    page = pdfium.PdfDocument(printed("en", 2, design).pdf)[0]
    lines = page.get_textpage().get_text_range().splitlines()
    for whole in ("12 March 2026", "Phone and online fraud:", "example.org/anti-fraud/talk"):
        assert any(whole in line for line in lines)
    assert "otherwise." not in lines


@pytest.mark.parametrize(("paper", "language"), [("A5", "zh-Hans"), ("A4", "zh-Hant"), ("Letter", "en")])
def test_large_type_has_room_on_any_paper(paper: PaperSize, language: str) -> None:
    contact, link = "010-5555 0199", "https://example.org/quiz"
    design = QuizPaperDesign(
        paper=paper,
        text_size="large",
        date="2026-11-25",
        link=link,
        organiser="River Police",
        contact=contact,
    )
    sample = sample_quiz(language)
    pdf = print_handout(replace(sample, questions=sample.questions[:2]), design).pdf
    assert min(font_sizes(pdf)) >= 16
    text = "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))
    for unbroken in (_("Answers").translated(language), contact):
        assert any(unbroken in line for line in text.splitlines())
    page = pdfium.PdfDocument(pdf)[0]
    lines = [item.get_bounds() for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH])]
    assert any(right - left > 0.22 * page.get_width() for left, _, right, _ in lines[1:])  # room for a name


def test_a_word_longer_than_a_line_continues_in_the_next() -> None:
    word = "https://example.org/" + "x" * 140
    sample = sample_quiz()
    texts = {"en": word, "zh-Hans": word}
    questions = tuple(replace(question, stem=texts, rationale=texts) for question in sample.questions[:1])
    quiz = replace(sample, questions=questions)
    both: tuple[Answers, ...] = ("end", "separate")
    for answers in both:
        design = QuizPaperDesign(title=word, organiser=word, contact=word, date=word, answers=answers)
        assert between_margins(print_handout(quiz, design).pdf, "A4")


@pytest.mark.parametrize(
    ("paper", "kind", "shape", "title"),
    [
        ("A4", "png", (500, 100), "Fraud"),
        ("A5", "svg", (500, 100), LONG_TITLE),
        ("A4", "svg", (20, 400), LONG_TITLE),
        ("A4", "png", (2000, 2000), "Fraud"),
    ],
)
def test_a_logo_of_any_shape_leaves_room_for_the_rest(
    paper: PaperSize, kind: str, shape: tuple[int, int], title: str
) -> None:
    data = io.BytesIO()
    if kind == "png":
        Image.new("RGB", shape, "grey").save(data, "png")
    else:
        data.write(
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><rect width="100%%" height="100%%"/></svg>'
            % shape
        )
    logo = read_logo(f"logo.{kind}", data.getvalue())
    design = QuizPaperDesign(
        paper=paper, logo=logo, link="https://example.org/quiz", title=title, answers="none"
    )
    assert between_margins(print_handout(one_question(), design).pdf, paper)


def test_a_heading_that_is_too_long_is_named() -> None:
    with pytest.raises(MisuseError, match="leave no room"):
        print_handout(sample_quiz(), QuizPaperDesign(title="long " * 500))


def test_a_link_too_long_for_a_code_is_named() -> None:
    with pytest.raises(MisuseError, match="too long for a QR code"):
        print_handout(sample_quiz(), QuizPaperDesign(link="https://example.org/" + "x" * 4000))


def test_a_logo_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>')
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99"><image xlink:href="{secret.as_uri()}" width="99" height="99"/></svg>'
    pdf = print_handout(one_question(), QuizPaperDesign(logo=read_logo("logo.svg", svg.encode()))).pdf
    assert "SECRET" not in "".join(page_texts(pdf))


@pytest.mark.parametrize(
    "fault",
    [
        '<use xlink:href="#a" id="a"/>',
        '<g><rect transform="rotate(x)" width="9" height="9"/></g>',
        '<g><path d="M0 0h9" marker-end="url(#m)"/></g><marker id="m" orient="x"><path d="M0 0h1"/></marker>',
    ],
    ids=["uses itself", "in a group", "in a marker"],
)
def test_a_logo_that_breaks_off_while_it_is_drawn_is_named(fault: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{fault}</svg>'
    with pytest.raises(MisuseError, match=r"logo\.svg: the drawing has a fault"):
        print_handout(one_question(), QuizPaperDesign(logo=read_logo("logo.svg", svg.encode())))


@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_a_long_link_breaks_only_after_a_slash(paper: PaperSize) -> None:
    link = "https://safety.example.gov.cn/anti-fraud/outreach-2026/handout"
    large = paper == "A5"
    design = QuizPaperDesign(paper=paper, link=link, answers="none", text_size="large" if large else "normal")
    page = pdfium.PdfDocument(print_handout(one_question(), design).pdf)[0]
    lines = page.get_textpage().get_text_range().splitlines()
    assert "outreach-2026/handout" in lines
    assert [line for line in lines if line.endswith("safety.example.gov.cn/anti-fraud/")]


def test_a_paper_with_a_link_has_a_code_to_scan_and_an_address_to_type(bank: Bank) -> None:
    design = QuizPaperDesign(organiser="Post", link="https://example.org/a/quiz", answers="none")
    pdf = print_handout(quiz_of(bank, count=3), design).pdf
    page = pdfium.PdfDocument(pdf)[0]
    bounds = [item.get_bounds() for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH])]
    code = max(
        bounds, key=lambda box: min(box[2] - box[0], box[3] - box[1]) if box[0] > 400 and box[1] > 700 else 0
    )
    left, bottom, right, _ = code
    assert right - left == pytest.approx(25 * MM, abs=6)
    ((to, (x, y, x_end, y_end)),) = links_of(pdf)
    assert to == design.link
    assert (x_end - x, y_end - y) == pytest.approx((25, 25), abs=0.1)
    assert (x * MM, page.get_height() - y_end * MM) == pytest.approx((left, bottom), abs=3)
    left, bottom, module = left + 2.8, bottom + 2.8, 25 * MM / 25  # lines are taken for thicker than they are
    for other in bounds:  # nothing stands within four modules of it
        if other != code:
            assert other[2] < left - 3.9 * module or other[3] < bottom - 3.9 * module
    text = page.get_textpage().get_text_range()
    assert "example.org/a/quiz" in text
    assert "https" not in text


def test_the_handout_says_how_many_questions_fit_on_one_page(bank: Bank) -> None:
    assert printed("en", 10, QuizPaperDesign(answers="none")).count_on_one_page == 0
    told = printed("en", 30, QuizPaperDesign(answers="none")).count_on_one_page
    assert 0 < told < 30
    fitting = replace(quiz_of(bank, count=30), questions=quiz_of(bank, count=30).questions[:told])
    assert len(page_texts(print_handout(fitting, QuizPaperDesign(answers="none")).pdf)) == 1


def test_a_long_title_breaks_into_lines_of_similar_length() -> None:
    for language, title in (
        ("en", "How phone fraud works and what you can do about it today"),
        ("zh-Hans", "防范电信网络诈骗知识问答以及遇到骗局时该怎么办的办法"),
    ):
        lines, scale = break_title(title, 14, 400, language)
        assert len(lines) == 2
        assert 0.8 <= scale <= 1
        assert min(map(len, lines)) > 0.6 * max(map(len, lines))
    assert break_title("Talk", 14, 400, "en") == (["Talk"], 1)
    assert break_title("Phone and online fraud: what do you know?", 10.5, 400, "en")[1] < 1


@pytest.mark.parametrize(("language", "tail"), [("en", "”."), ("zh-Hant", "。")])
def test_punctuation_behind_a_blank_has_the_form_of_its_language(language: str, tail: str) -> None:
    sample = sample_quiz(language)
    fill = next(question for question in sample.questions if question.kind == "fill")
    words = "word" if language == "en" else "字"

    def width(stem: str) -> float:
        quiz = replace(
            sample, questions=(replace(fill, stem={"en": stem, "zh-Hans": stem, "zh-Hant": stem}),)
        )
        page = pdfium.PdfDocument(print_handout(quiz, QuizPaperDesign(answers="none")).pdf)[0]
        text = page.get_textpage()
        index = text.get_text_range().index(stem[-len(tail) :])
        left, _, right, _ = text.get_charbox(index)
        return float(right - left)

    # By itself behind a blank it is as wide as behind a letter, which gives it a script.
    alone, beside = width(f"{words}____{tail}"), width(f"{words}____{words}{tail}")
    assert alone == pytest.approx(beside, abs=0.1)


@pytest.mark.parametrize(("language", "seed"), [("en", 2), ("zh-Hans", 7)])
def test_five_questions_in_large_type_take_one_sheet_with_answers_on_the_back(
    language: str, seed: int
) -> None:
    quiz = assemble(town_bank(), Recipe(large_print=True), seed, language)
    pdf = print_handout(quiz, QuizPaperDesign(text_size="large")).pdf
    front, back = page_texts(pdf)
    for question in quiz.questions:
        assert squeezed(localize(question.stem, language)) in front or question.exhibit
        assert squeezed(localize(question.rationale, language)) in back
    assert "110" in back
    first = next(run.top for run in runs(pdf) if run.page == 0 and run.text.strip() == "1.")
    assert first < 0.2 * 297  # the head of the page is small


def test_notes_are_listed_in_order_and_three_in_a_row_as_a_range() -> None:
    assert list_number_ranges([]) == []
    assert list_number_ranges([9, 2, 10, 5, 11, 6]) == ["2", "5", "6", "9–11"]


@pytest.mark.parametrize(("language", "seed"), [("en", 3), ("zh-Hans", 9)])
def test_a_contact_and_a_link_leave_room_for_five_questions_in_large_type(language: str, seed: int) -> None:
    design = QuizPaperDesign(
        text_size="large",
        organiser="River Street Police Post",
        contact="0123 4567",
        link="https://example.org/quiz",
    )
    quiz = assemble(town_bank(), Recipe(large_print=True), seed, language)
    pdf = print_handout(quiz, design).pdf
    assert len(sizes(pdf)) == 2
    link = next(run for run in runs(pdf) if "example.org" in run.text)
    first = next(run for run in runs(pdf) if run.text.strip() == "1.")
    assert 13 + 25 < link.top < first.top - 6
