"""Versions from the press look like papers made by WeasyPrint alone, and have the same text and answer fields."""

import io
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from shutil import which

import pikepdf
import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageFilter

from quizgen.assemble import Recipe, VersionBatch, assemble, assemble_versions, version_labels
from quizgen.errors import QuizgenError
from quizgen.kinds import KINDS
from quizgen.model import BLANK, Bank, Question
from quizgen.paper.design import PAGES, QuizPaperDesign
from quizgen.paper.images import read_logo
from quizgen.paper.layouts.handout import print_handout, print_versions
from quizgen.paper.press.papers import AnswerField
from quizgen.shapes import Choose, Match, Order
from quizgen.text.languages import localize
from quizgen.view.frames import FRAMES
from tests.banks import sample_bank, town_bank
from tests.paper.layouts.test_handout import page_texts, squeezed
from tests.paper.measured import keeps_edges_free
from tests.paper.straight import lay_out

DOTS_A_POINT = 1.5

SAME, OTHER = 0.0005, 0.01
"""Shares of dots that are drawn elsewhere, or not at all; another order is far more."""


@pytest.fixture(scope="module")
def bank() -> Bank:
    return town_bank()


def versions(
    bank: Bank,
    number: int,
    *,
    language: str = "zh-Hans",
    seed: int = 9,
    count: int = 10,
    kinds: tuple[str, ...] = (),
) -> VersionBatch:
    recipe, labels = Recipe(count=count, kinds=kinds), version_labels(number)
    return assemble_versions(bank, recipe, seed, language, labels, draw_separately=False)


def drawn(pdf: bytes, page: int) -> Image.Image:
    image: Image.Image = pdfium.PdfDocument(pdf)[page].render(scale=DOTS_A_POINT).to_pil()
    return image.convert("L")


def differing(one: Image.Image, other: Image.Image) -> float:
    """Share of the dots that differ by more than a shade from all that stand around their place in the other picture.

    A line on the edge between two rows of dots may be drawn in either.
    """
    assert one.size == other.size
    strange = Image.new("L", one.size)
    for these, those in ((one, other), (other, one)):
        darker = ImageChops.subtract(those.filter(ImageFilter.MinFilter(3)), these)
        lighter = ImageChops.subtract(these, those.filter(ImageFilter.MaxFilter(3)))
        strange = ImageChops.lighter(strange, ImageChops.lighter(darker, lighter))
    return sum(strange.point(lambda shade: 255 if shade > 100 else 0).histogram()[1:]) / (
        one.width * one.height
    )


DESIGNS = {
    "plain": QuizPaperDesign(),
    "large": QuizPaperDesign(text_size="large", duplex=False),
    "A5": QuizPaperDesign(paper="A5", answers="none", duplex=False),
    "all that may be added": QuizPaperDesign(
        title="邻里反诈讲座",
        organiser="河滨派出所",
        contact="0123 456",
        date="2026-11-25",
        link="https://example.org/a",
        logo=read_logo(
            "l.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
        ),
    ),
}


@pytest.mark.parametrize(
    ("design", "language"),
    [("plain", "en"), ("large", "zh-Hant"), ("A5", "en"), ("all that may be added", "zh-Hant")],
)
def test_a_version_looks_as_weasyprint_lays_it_out_alone(bank: Bank, design: str, language: str) -> None:
    batch = versions(bank, 3, language=language, count=3, kinds=("single", "true-false"))
    quiz = batch.quiz("B")
    pressed = print_versions(replace(batch, labels=("B",)), DESIGNS[design]).pdf
    straight = lay_out(batch, quiz, DESIGNS[design])
    assert len(pdfium.PdfDocument(pressed)) == len(pdfium.PdfDocument(straight))
    for page in range(len(pdfium.PdfDocument(straight))):
        assert differing(drawn(pressed, page), drawn(straight, page)) < SAME
    assert page_texts(pressed) == page_texts(straight)
    assert keeps_edges_free(pressed)


def test_two_different_pages_have_different_ids(bank: Bank) -> None:
    pdf = print_versions(versions(bank, 2, count=3), QuizPaperDesign(answers="none")).pdf
    assert differing(drawn(pdf, 0), drawn(pdf, 2)) > OTHER


def test_every_version_is_complete_and_labelled_on_its_own_sheet(bank: Bank) -> None:
    batch = versions(bank, 5, language="en", seed=3)
    texts = page_texts(print_versions(batch, QuizPaperDesign(answers="none")).pdf)
    assert len(texts) == 10  # a page each, and its back
    (back,) = set(texts[1::2])
    verbs = [squeezed(localize(each.text, "en")) for each in bank.statements_with_role("verb")]
    numbers = [each.number for each in (bank.help["police"], bank.help["fraud-line"])]
    assert [words for words in (*verbs, *numbers, "Mybank", "Myfamily") if words not in back] == []
    for label, text in zip(batch.labels, texts[::2], strict=True):
        assert text.startswith(f"Paper{label}Phone")
        assert "Seed3·Page1of1" in text
        quiz = batch.quiz(label)
        stems = [squeezed(localize(question.stem, "en").split(BLANK)[0]) for question in quiz.questions]
        place = 0
        for stem in stems:  # those on exhibits ask the same
            place = text.index(stem, place) + len(stem)


def test_without_duplex_no_page_is_blank(bank: Bank) -> None:
    batch = versions(bank, 3, count=3)
    texts = page_texts(print_versions(batch, QuizPaperDesign(answers="none", duplex=False)).pdf)
    assert len(texts) == 3
    assert all(texts)


def test_each_paper_has_its_own_answers_behind_it(bank: Bank) -> None:
    batch = versions(bank, 3, language="en")
    texts = page_texts(print_versions(batch, QuizPaperDesign()).pdf)
    assert len(texts) == 6
    for index, label in enumerate(batch.labels):
        for page in (0, 1):
            assert texts[2 * index + page].startswith(f"Paper{label}{('Phone', 'Answers')[page]}")
            assert f"Seed9·Page{page + 1}of2" in texts[2 * index + page]
        for number, question in enumerate(batch.quiz(label).questions, start=1):
            if isinstance(question.answer, Choose) and question.answer.style == "one":
                (key,) = question.answer.keys
                words = squeezed(localize(question.answer.options[key], "en"))
                assert f"{number}.{'ABCDE'[key]}{words}" in texts[2 * index + 1]


def test_a_bookmark_leads_to_each_version(bank: Bank) -> None:
    with pikepdf.open(
        io.BytesIO(print_versions(versions(bank, 30, count=5), QuizPaperDesign(answers="none")).pdf)
    ) as document:
        with document.open_outline() as outline:
            assert [item.title for item in outline.root] == [f"{label}卷" for label in version_labels(30)]
            pages = [document.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root]  # type: ignore[index]
        assert pages == list(range(0, 60, 2))
        assert len(document.pages) == 60
        assert document.check_pdf_syntax() == []


@pytest.mark.parametrize("draw_separately", [False, True])
def test_a_version_is_printed_again_by_itself(bank: Bank, *, draw_separately: bool) -> None:
    # Few enough questions to be quickly set.
    recipe = Recipe(topics=("harbour",), kinds=("single", "true-false"), count=5)

    def printed(number: int, labels: tuple[str, ...]) -> list[str]:
        batch = assemble_versions(
            bank, recipe, 7, "zh-Hans", version_labels(number), draw_separately=draw_separately
        )
        return page_texts(print_versions(replace(batch, labels=labels), QuizPaperDesign(answers="none")).pdf)

    assert printed(40, ("E",))[0] == printed(7, version_labels(7))[8]


def test_the_key_is_where_the_right_option_is_printed(bank: Bank) -> None:
    of_each_kind = {
        kind: [
            each.id for each in bank.questions.values() if each.kind == kind and each.audience == "everyone"
        ]
        for kind in KINDS
    }
    recipe = Recipe(questions=tuple(id_ for ids in of_each_kind.values() for id_ in ids[:2]))
    batch = assemble_versions(bank, recipe, 7, "en", version_labels(3), draw_separately=False)
    assert {question.kind for question in batch.questions} == KINDS.keys()
    printed = print_versions(batch, QuizPaperDesign(answers="separate"))
    assert printed.key
    pages = page_texts(printed.pdf)
    for row in printed.rows:
        text = "".join(page for page in pages if page.startswith(f"Paper{row.label}"))
        for number, (question_id, mark) in enumerate(zip(row.questions, row.marks, strict=True), start=1):
            check_mark(bank, bank.questions[question_id], number, mark, text)


def check_mark(bank: Bank, question: Question, number: int, mark: str, text: str) -> None:
    """Find what is printed at the positions of an answer field, using only the order in the bank."""
    opening = localize(question.stem, "en").split(BLANK)[0]
    if question.exhibit:
        exhibit = bank.exhibits[question.exhibit]
        sender = FRAMES[exhibit.channel].label.translated("en") + localize(exhibit.sender, "en")
        opening = localize(exhibit.context, "en") or sender
    start = text.index(f"{number}.{squeezed(opening)}")
    here = text[start:]
    answer = question.answer
    match answer:
        case Choose(style="truth", keys=keys):
            assert mark == "TF"[keys[0]]
        case Choose(style="verdict", keys=keys):
            assert mark == "GS"[keys[0]]
        case Choose(style="line", options=options, keys=keys):
            assert f"Line {mark}" == localize(options[keys[0]], "en")
        case Choose(options=options, keys=keys):
            assert len(mark) == len(keys)
            for letter in mark:
                assert any(f"{letter}{squeezed(localize(options[key], 'en'))}" in here for key in keys)
        case Match(prompts=prompts, choices=choices, key=key):
            rows = sorted(
                range(len(prompts)), key=lambda row: here.index(squeezed(localize(prompts[row], "en")))
            )
            for row, letter in zip(rows, mark, strict=True):
                assert f"{letter}{squeezed(localize(choices[key[row]], 'en'))}" in here
        case Order(steps=steps):
            places = sorted(
                range(len(steps)), key=lambda step: here.index(squeezed(localize(steps[step], "en")))
            )
            assert mark == "".join(str(step + 1) for step in places)
        case _:
            assert mark == answer.correct_response("en")


def test_the_key_table_has_every_version(bank: Bank) -> None:
    printed = print_versions(versions(bank, 150, language="en"), QuizPaperDesign(answers="separate"))
    assert printed.key
    text = "".join(page_texts(printed.key))
    for row in printed.rows:
        asked = (bank.questions[id_] for id_ in row.questions)
        # Words are set by themselves, since they may be of any width.
        marks = "".join(
            mark for mark, question in zip(row.marks, asked, strict=True) if question.kind != "fill"
        )
        assert row.label + marks in text.replace("(1)", "").replace("(2)", "")


def test_boxes_are_at_their_answer_fields(bank: Bank) -> None:
    batch = versions(bank, 2, language="en", count=14)
    printed = print_versions(batch, QuizPaperDesign(answers="none"))
    images: dict[int, Image.Image] = {}
    for index, label in enumerate(batch.labels):
        places = printed.answer_fields(index)
        counts = Counter(place.question for place in places)
        for question in batch.quiz(label).questions:
            assert counts[question.id] == boxes(question)
        for place in places:
            image = images.setdefault(place.page, drawn(printed.pdf, place.page))
            assert edge_is_black(image, place)


def boxes(question: Question) -> int:
    answer = question.answer
    match answer:
        case Choose(options=texts) | Match(prompts=texts) | Order(steps=texts):
            return len(texts)
        case _:
            return 1


def edge_is_black(image: Image.Image, place: AnswerField) -> bool:
    """Look for the lower edge of a box, or the line of a blank, within a point of where it should be."""
    x = round((place.x + place.width / 2) * DOTS_A_POINT)
    y = round((place.y + place.height) * DOTS_A_POINT)
    return any(image.getpixel((x, y + dy)) < 215 for dy in (-2, -1, 0, 1))  # type: ignore[operator]


def test_the_answer_fields_of_a_paper_are_in_reading_order(bank: Bank) -> None:
    quiz = assemble(bank, Recipe(kinds=("single",)), 7, "en")
    places = print_handout(quiz, QuizPaperDesign(answers="none")).answer_fields(0)
    assert [place.option for place in places] == [
        index for question in quiz.questions for index in range(boxes(question))
    ]
    first_boxes = [place for place in places if place.option == 0]
    middle = PAGES["A4"].width / 2  # in one column or in two, each question begins at the left of its column
    assert all(
        (one.page, one.x > middle, one.y) <= (other.page, other.x > middle, other.y + 0.1)
        for one, other in pairwise(first_boxes)
    )
    assert all(
        (one.page, round(one.y), one.x) < (other.page, round(other.y), other.x)
        for one, other in pairwise(places)
        if one.question == other.question
    )
    assert all(PAGES["A4"].margin <= place.x < PAGES["A4"].width for place in places)


def test_a_paper_that_needs_more_room_gets_another_page() -> None:
    bank = sample_bank()
    long = set(list(bank.questions)[:2])
    texts = {"en": "word " * 390, "zh-Hans": "字" * 1500}  # half a page
    questions = {id_: replace(bank.questions[id_], stem=texts) for id_ in long}
    wide = replace(bank, questions=bank.questions | questions)
    recipe = Recipe(count=3, kinds=tuple(KINDS))  # kinds that are asked for are drawn however long they are
    batch = assemble_versions(wide, recipe, 7, "en", version_labels(24), draw_separately=True)
    read = page_texts(print_versions(batch, QuizPaperDesign(answers="none", duplex=False)).pdf)
    taken = []
    for label in batch.labels:
        own = [text for text in read if text.startswith(f"Paper{label}")]
        taken.append(len(own))
        assert [f"Seed7·Page{page}of{len(own)}" in text for page, text in enumerate(own, 1)] == [True] * len(
            own
        )
        assert len(own) == 1 or {question.id for question in batch.quiz(label).questions} >= long
    assert set(taken) == {1, 2}
    assert sum(taken) == len(read)


def test_a_question_too_tall_is_named_in_a_batch_too() -> None:
    bank = sample_bank()
    first = next(iter(bank.questions.values()))
    tall = replace(first, stem={"en": "word " * 700, "zh-Hans": "字" * 700})
    wide = Bank(bank.sources, bank.topics, bank.facts, bank.questions | {first.id: tall})
    batch = assemble_versions(wide, Recipe(), 1, "en", ["A", "B"])
    with pytest.raises(QuizgenError, match=f"{first.id} is taller than a page"):
        print_versions(batch, QuizPaperDesign(paper="A5", text_size="large"))


@pytest.mark.skipif(which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(print_versions(versions(bank, 200), QuizPaperDesign()).pdf)
    assert subprocess.run(["qpdf", "--check", path], check=False, capture_output=True).returncode == 0
