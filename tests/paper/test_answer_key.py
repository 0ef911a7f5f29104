"""The table of keys on paper: whole, however many questions and versions there are."""

import re
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble_versions, version_labels
from quizgen.model import Bank
from quizgen.paper.design import MM, PaperSize, QuizPaperDesign, TextSize
from quizgen.paper.layouts import all_layouts
from quizgen.paper.layouts.handout import Handout, _space_out_digits, print_versions
from quizgen.view.question import build_question_views
from tests.banks import town_bank
from tests.paper.jobs import Job
from tests.paper.layouts.test_handout import page_texts
from tests.paper.measured import drawn
from tests.paper.printed import Run, runs, sizes, squeezed
from tests.paper.structure import structure
from tests.paper.test_boxes import outside, overlapping
from tests.paper.test_layouts import shortest_ids


@pytest.fixture(scope="module")
def bank() -> Bank:
    return town_bank()


@pytest.fixture(scope="module")
def terse_bank(bank: Bank) -> Bank:
    """Return a bank that asks and explains in a few words: how long these are says nothing about a table of keys."""
    short, why, none = {"en": "Which?"}, {"en": "So it is."}, dict[str, str]()
    questions = {
        id_: replace(each, stem=short, rationale=why, advice=none) for id_, each in bank.questions.items()
    }
    return replace(bank, questions=questions)


def with_many_sources(bank: Bank) -> Bank:
    """Return the bank with a source for each fact."""
    sources, facts = {}, {}
    for id_, fact in bank.facts.items():
        name = id_.replace("/", "-")
        (source,) = bank.sources.values()
        passage = replace(source.passages[0], id=f"{name}/p1")
        sources[name] = replace(source, id=name, title={"en": f"A talk about {name}"}, passages=(passage,))
        facts[id_] = replace(fact, cites=(passage.id,))
    return replace(bank, sources=sources, facts=facts)


def printed(bank: Bank, number: int, count: int, paper: PaperSize) -> Handout:
    recipe = Recipe(count=count, kinds=("single", "multiple", "true-false", "match", "order"))
    batch = assemble_versions(bank, recipe, 7, "en", version_labels(number))
    return print_versions(batch, QuizPaperDesign(answers="separate", paper=paper))


def lines(pdf: bytes) -> list[str]:
    """Read every line of the pages before the reasons, in the order in which they are painted."""
    found: list[str] = []
    before = None
    for run in runs(pdf):
        if run.text.startswith("Reasons"):
            break
        if (
            before is None
            or before.page != run.page
            or run.left < before.left
            or abs(run.top - before.top) > 4
        ):
            found.append("")
        elif run.left > before.right + 2:
            found[-1] += " "
        found[-1] += run.text
        before = run
    return found


@pytest.mark.parametrize(("number", "count", "paper"), [(3, 18, "A5"), (40, 16, "A5"), (120, 4, "Letter")])
def test_an_answer_key_wider_than_a_page_continues_below(
    terse_bank: Bank, number: int, count: int, paper: PaperSize
) -> None:
    handout = printed(terse_bank, number, count, paper)
    assert handout.key
    assert outside(handout.key, 7.9) == []
    read: dict[str, str] = dict.fromkeys(version_labels(number), "")
    heads: list[int] = []
    for line in lines(handout.key):
        if ";" in line:
            continue  # the foot, which names the sources
        match re.findall(r"\w+", line):
            case [label, *marks] if label in read and marks:
                read[label] += "".join(marks)
            case ["Paper", *numbers]:
                heads += (int(number) for number in numbers if number != "Marked")
    assert read == {row.label: "".join(row.marks) for row in handout.rows}
    assert set(heads) == set(range(1, count + 1))


def test_many_sources_leave_room_for_questions(terse_bank: Bank) -> None:
    """The foot is on every page. Where it would name very many sources, it refers to the answers."""

    def first_page(count: int, paper: PaperSize) -> str:
        pdf = pdfium.PdfDocument(printed(with_many_sources(terse_bank), 1, count, paper).pdf)
        return str(pdf[0].get_textpage().get_text_range())

    assert "Facts: " in first_page(2, "A4")
    many = first_page(12, "A5")
    assert "Facts: " not in many
    assert "Sources: see the answers." in many


def test_a_key_says_what_its_initials_mean_and_can_be_marked_from(bank: Bank) -> None:
    """It lies across where there are many questions; each version is one row, with a line under it and a box to tick."""
    batch = assemble_versions(bank, Recipe(count=16), 7, "zh-Hans", version_labels(30))
    handout = print_versions(batch, QuizPaperDesign(answers="separate", tagged=True))
    assert handout.key
    document = pdfium.PdfDocument(handout.key)
    tables = [page for page in document if page.get_width() > page.get_height()]
    assert 0 < len(tables) < len(document)  # the reasons stand upright
    text = "".join(page.get_textpage().get_text_range() for page in tables)
    assert all(each in text for each in ("真 = 真的；骗 = 骗局", "对 = 正确；错 = 错误"))
    rows = [line.split() for line in lines(handout.key)]
    kinds = {question.id: question.kind for question in batch.questions}
    for row in handout.rows:
        words = [id_ for id_ in kinds if kinds[id_] == "fill"]
        marks = [
            f"({words.index(id_) + 1})" if id_ in words else mark
            for id_, mark in zip(row.questions, row.marks, strict=True)
        ]
        assert [row.label, *marks] in rows
    shapes = [each for page in range(len(tables)) for each in drawn(handout.key, page)]
    assert sum(each.height < 0.5 and each.width > 150 for each in shapes) >= 30
    boxes = [each for each in structure(handout.key).roles("Form") if each.alt == "勾选框"]
    assert len(boxes) == 30
    assert document[0].get_width() / MM - 10 > max(each.x + each.width for each in shapes) > 200


@pytest.mark.parametrize(
    ("language", "text_size", "size", "pages"), [("en", "normal", 13, 3), ("zh-Hans", "large", 14, 4)]
)
def test_a_key_for_thirty_papers_is_short_and_easy_to_read(
    language: str, text_size: TextSize, size: float, pages: int
) -> None:
    batch = Job(language, count=10).versions(version_labels(30), draw_separately=False)
    key = print_versions(batch, QuizPaperDesign(answers="separate", text_size=text_size, contact="110")).key
    assert key
    assert len(sizes(key)) <= pages
    assert all(height > width for width, height in sizes(key))
    assert overlapping(key) == []
    table = [run for run in runs(key) if run.page == 0]
    numbers = [next(run.left for run in table if run.text == f"{number} ") for number in range(2, 10)]
    gaps = [after - before for before, after in pairwise(numbers)]
    assert max(gaps) - min(gaps) < 0.5
    assert min(gaps) > 12
    assert {run.size for run in table if run.text in {"A ", "B ", "C "}} == {size}
    rules = [each.height for each in drawn(key) if each.width > 180 and each.height < 0.5]
    assert max(rules[1:6]) > 2 * min(rules[1:6])  # below every fifth row


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

    true, false = (
        [
            question.id
            for question in town_bank().questions.values()
            if question.kind == "true-false" and question.answer.correct_response("en") == (option,)
        ]
        for option in (0, 1)
    )
    assert note(questions=(*true[:2], *false[:2])) == ""
    said = note(questions=tuple(false[:3]))
    assert said.startswith("On 100 % of the papers, some question has the answer F in the same place")


def test_reasons_have_the_numbers_of_the_slides_and_papers_may_name_these() -> None:
    job = Job(seed=7, count=6)
    order = build_question_views(job.quiz())
    batch = job.versions(version_labels(3), draw_separately=False)
    handout = print_versions(batch, QuizPaperDesign(answers="separate"), slide_numbers=True)
    assert handout.key
    key = "".join(page_texts(handout.key))
    reasons = key[key.index("Reasons") :]
    ends = [reasons.index(squeezed(each.rationale)) for each in order if each.rationale]
    assert ends
    assert ends == sorted(ends)
    assert [number for number in range(1, 7) if f"{number}." not in reasons] == []
    named = [slide.text for _number, slide in _slide_numbers(handout.pdf)]
    numbers = {each.id: str(each.number) for each in order}
    assert named == [numbers[id_] for row in handout.rows for id_ in row.questions]
    assert "number in a frame" in " ".join(run.text for run in runs(handout.pdf))
    assert _slide_numbers(print_versions(batch, QuizPaperDesign()).pdf) == []


def _slide_numbers(pdf: bytes) -> list[tuple[Run, Run]]:
    """Return the number of each slide, after the number of the question that it stands below."""
    return [
        (number, slide)
        for number, slide in pairwise(runs(pdf))
        if re.fullmatch(r"\d+[.]", number.text) and slide.text.isdigit()
    ]


@pytest.mark.parametrize("text_size", ["normal", "large"])
def test_the_number_of_a_slide_stays_below_that_of_the_question(text_size: TextSize) -> None:
    batch = Job(questions=shortest_ids(10)).versions(version_labels(1), draw_separately=False)
    design = QuizPaperDesign(answers="none", text_size=text_size)
    found = _slide_numbers(print_versions(batch, design, slide_numbers=True).pdf)
    assert {len(slide.text) for _number, slide in found} == {1, 2}
    assert [
        (number, slide)
        for number, slide in found
        if not (
            number.left <= slide.left + 0.3 and slide.right <= number.right + 3 and number.bottom < slide.top
        )
    ] == []
