"""The type size that is chosen, compared with every other size."""

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, VersionBatch, assemble, assemble_versions, version_labels
from quizgen.model import Bank
from quizgen.paper.design import (
    PAGES,
    TYPE_SIZES,
    Measures,
    QuizPaperDesign,
    measures_for_type_size,
    spacing_for_type_size,
)
from quizgen.paper.handout.answers import make_answer_section
from quizgen.paper.handout.content import HandoutContent
from quizgen.paper.handout.questions import make_question_section
from quizgen.paper.layouts.handout import choose_sample_versions, print_handout, print_versions
from quizgen.paper.press.elements import Block, Blocks, LayoutElement
from quizgen.paper.press.fit import fit_to_pages, stacked_heights
from quizgen.paper.press.section import Section
from quizgen.paper.press.strips import place_strips
from quizgen.paper.press.typesetter import Typesetter
from tests.banks import town_bank
from tests.paper.printed import runs, squeezed

PAGE = PAGES["A4"]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return town_bank()


def sections_of(batch: VersionBatch) -> list[Section]:
    content = HandoutContent.from_batch(batch)
    return [
        make_question_section(content, QuizPaperDesign()),
        make_answer_section(content, QuizPaperDesign()),
    ]


def height_and_pages(section: Section, blocks: Blocks, batch: VersionBatch, size: float) -> tuple[float, int]:
    wide, space = measures_for_type_size(PAGE, size, section.language), spacing_for_type_size(size, 0)
    (stack,) = stacked_heights(section, blocks, batch.questions, [batch.questions], wide)
    room, closing = PAGE.height_above_foot(blocks["footer",].height), len(section.closing)
    positions = place_strips(
        stack, room, space.question * section.gap, columns=wide.columns, closing_strips=closing
    )
    return sum(stack), positions[-1].page + 1


def set_in(section: Section, size: float, typesetter: Typesetter) -> Blocks:
    wide = measures_for_type_size(PAGE, size, section.language)
    return typesetter.typeset([(section.elements, wide)])[0].blocks


@pytest.mark.parametrize(("language", "seed"), [("en", 0), ("zh-Hans", 3)])
def test_no_size_takes_fewer_pages(bank: Bank, language: str, seed: int) -> None:
    batch = assemble_versions(bank, Recipe(), seed, language, ["A"])
    typesetter = Typesetter(language, None)
    for section in sections_of(batch):
        [fitted] = fit_to_pages(
            [section], batch.questions, choose_sample_versions(batch), QuizPaperDesign(), PAGE, typesetter
        )
        _, taken = height_and_pages(section, fitted.group.blocks, batch, fitted.size)
        smallest = TYPE_SIZES["normal"][-1]
        blocks = set_in(section, smallest, typesetter)
        assert taken <= height_and_pages(section, blocks, batch, smallest)[1]


def test_type_is_no_smaller_than_needed(bank: Bank) -> None:
    """Where a wrong guess has only the smallest type fit on one page, and it takes two, so may larger type."""
    batch = assemble_versions(bank, Recipe(count=18), 6, "en", ["A"])
    section = sections_of(batch)[0]
    smallest = TYPE_SIZES["normal"][-1]

    def guessing(by: float) -> Section:
        """Let the section guess elements to be so much less tall."""

        def estimate(element: LayoutElement, wide: Measures) -> Block:
            block = section.estimate(element, wide)
            return block if element.id == ("footer",) else replace(block, height=block.height * by)

        return replace(section, estimate=estimate)

    def pages(size: float, guess: Section) -> int:
        wide = measures_for_type_size(PAGE, size, section.language)
        blocks = {element.id: guess.estimate(element, wide) for element in section.elements}
        return height_and_pages(section, blocks, batch, size)[1]

    largest = next(size for size in TYPE_SIZES["normal"] if pages(size, section) == 2)
    by = next(by / 100 for by in range(100, 0, -1) if pages(smallest, guessing(by / 100)) == 1)
    assert pages(largest, guessing(by)) == 2
    with Typesetter("en", None) as typesetter:
        [fitted], [well_guessed] = (
            fit_to_pages(
                [guessed],
                batch.questions,
                choose_sample_versions(batch),
                QuizPaperDesign(),
                PAGE,
                typesetter,
            )
            for guessed in (guessing(by), section)
        )
    assert height_and_pages(section, fitted.group.blocks, batch, fitted.size)[1] == 2
    assert fitted.size >= well_guessed.size > smallest


def test_papers_that_draw_their_own_questions_fill_a_sheet(bank: Bank) -> None:
    """What is drawn is spread over topics and kinds, and so differs less in length than what is picked blindly."""
    recipe = Recipe(topics=("minutes",), count=9)  # few enough to be quickly set
    batch = assemble_versions(bank, recipe, 8, "en", version_labels(20), draw_separately=True)
    pages = len(pdfium.PdfDocument(print_versions(batch, QuizPaperDesign(duplex=False)).pdf))
    assert 40 <= pages <= 42  # one topic has few short questions: 19 of 20 papers take one sheet


def test_the_size_does_not_depend_on_how_many_papers_there_are(bank: Bank) -> None:
    few, many = (
        assemble_versions(bank, Recipe(), 4, "en", version_labels(number), draw_separately=True)
        for number in (1, 300)
    )
    assert choose_sample_versions(few) == choose_sample_versions(many)


@pytest.mark.parametrize(("language", "size"), [("en", 13), ("zh-Hans", 10)])
def test_estimates_are_near_the_set_sizes(bank: Bank, language: str, size: float) -> None:
    batch = assemble_versions(bank, Recipe(count=20), 1, language, ["A"])
    typesetter = Typesetter(language, None)
    for section in sections_of(batch):
        wide = measures_for_type_size(PAGE, size, section.language)
        real, _ = height_and_pages(section, set_in(section, size, typesetter), batch, size)
        guessed = {element.id: section.estimate(element, wide) for element in section.elements}
        assert height_and_pages(section, guessed, batch, size)[0] == pytest.approx(real, rel=0.04)


def test_a_foot_may_be_empty_at_its_left(bank: Bank) -> None:
    """Without a contact, and with the sources behind the answers, only seed and page stand there."""
    quiz = assemble(bank, Recipe(), 7, "zh-Hans")
    printed = print_handout(quiz, QuizPaperDesign(link="https://example.org/talk"))
    document = pdfium.PdfDocument(printed.pdf)
    for place in printed.answer_fields(0):
        page = document[place.page]
        text = page.get_textpage()
        first, _ = text.search("卷号").get_next()
        foot = page.get_height() - text.get_charbox(first)[3]
        assert place.y + place.height < foot


def test_answers_are_in_no_larger_type_than_questions() -> None:
    quiz = assemble(town_bank(), Recipe(count=5), 3, "en")
    found = runs(print_handout(quiz, QuizPaperDesign(paper="A5")).pdf)
    stem, reason = quiz.questions[-1].stem["en"], quiz.questions[-1].rationale["en"]
    asked, answered = (
        next(run.size for run in found if len(run.text) > 20 and squeezed(run.text) in squeezed(text))
        for text in (stem, reason)
    )
    assert answered <= asked
