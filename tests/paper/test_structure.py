"""The structure of handouts, keys and versions, as a screen reader finds it: complete and in order."""

import io
from collections.abc import Sequence
from itertools import pairwise

import pikepdf
import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble, assemble_versions, version_labels
from quizgen.model import BLANK, Bank, Question
from quizgen.paper.design import QuizPaperDesign
from quizgen.paper.layouts.handout import print_handout, print_versions
from quizgen.paper.press.structure import (
    StructureNode,
    TaggedBlock,
    build_page_structure,
    simplify_node,
    tag_table_row,
)
from quizgen.shapes import Choose, Fill, Match, Order
from quizgen.text.languages import localize
from quizgen.text.messages import _
from tests.banks import town_bank
from tests.paper.printed import links_of
from tests.paper.structure import Element, HandoutContent, Structure, structure
from tests.paper.test_papers import boxes, differing, drawn
from tests.paper.test_tags import LINK, LOGO

FULL = QuizPaperDesign(title="Talk", organiser="港口派出所", contact="0123", date="May", link=LINK, logo=LOGO)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return town_bank()


def squeezed(text: str) -> str:
    return "".join(text.split())


def is_read_downwards(contents: list[HandoutContent]) -> bool:
    """Each stands right of the one before it, or below."""
    return all(
        one.page < other.page or other.box[0] > one.box[0] or other.box[1] < one.box[3]
        for one, other in pairwise(contents)
    )


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_handout_is_read_as_it_is_printed(bank: Bank, language: str) -> None:
    quiz = assemble(bank, Recipe(count=6), 10, language)
    read = structure(print_handout(quiz, FULL).pdf)
    assert read.loose == []
    assert is_read_downwards([content for page in read.pages for each in page for content in each.contents()])
    assert [each.text for each in read.roles("H1")] == ["Talk", _("Answers").translated(language)]
    assert [each.text for each in read.roles("H2")] == [f"{number}." for number in range(1, 7)]
    assert [each.alt for each in read.roles("Figure")] == [
        _("Logo of {organiser}", organiser="港口派出所").translated(language),
        LINK,
    ]
    if language == "en":
        assert ("zh", "港口派出所") in [(each.lang, each.text) for each in read.all()]
    for each, question in zip(sections(read), quiz.questions, strict=True):
        check(each, question, language)
    (answers,) = [each for each in read.roles("L") if len(each.kids) == 6]
    for item, question in zip(answers.kids, quiz.questions, strict=True):
        assert isinstance(item, Element)
        assert squeezed(localize(question.rationale, language)) in item.text


def sections(read: Structure) -> list[Element]:
    """The elements of the questions."""
    return [
        each
        for each in read.roles("Sect")
        if "H2" in {kid.role for kid in each.kids if isinstance(kid, Element)}
    ]


def check(element: Element, question: Question, language: str) -> None:
    """Find stem and fields of a question, and in its lists an item for each option."""
    for part in localize(question.stem, language).split(BLANK):
        assert squeezed(part) in element.text
    fields = [each for each in element.all() if each.role == "Form"]
    assert len(fields) == boxes(question)
    assert all(field.alt for field in fields)
    lists = [
        [item.text for item in each.kids if isinstance(item, Element)]
        for each in element.all()
        if each.role == "L"
    ]
    match question.answer:
        case Choose(options=options, has_fixed_order=fixed):
            letters = "" if fixed else "ABCDEF"
            expected = [[(letters[index : index + 1], text) for index, text in enumerate(options)]]
        case Order(steps=steps):
            expected = [[("", text) for text in steps]]
        case Match(prompts=prompts, choices=choices):
            expected = [[("", text) for text in prompts], list(zip("ABCDEF", choices, strict=False))]
        case Fill():
            expected = []
    assert lists == [
        [f"{mark}{squeezed(localize(text, language))}" for mark, text in each] for each in expected
    ]


def test_versions_are_tagged_if_asked(bank: Bank) -> None:
    batch = assemble_versions(bank, Recipe(count=6), 7, "en", version_labels(3))
    design = QuizPaperDesign(answers="separate", link=LINK)
    plain, tagged = (print_versions(batch, replace(design, tagged=tagged)) for tagged in (False, True))
    assert structure(plain.pdf).all() == []
    read = structure(tagged.pdf)
    assert read.loose == []
    for page, label in zip(read.pages[::2], batch.labels, strict=True):
        questions = batch.quiz(label).questions
        for each, question in zip(sections(Structure([page], [])), questions, strict=True):
            check(each, question, "en")
    assert differing(drawn(plain.pdf, 4), drawn(tagged.pdf, 4)) == 0
    for first in (0, 4):
        ((to, area),), ((_, other),) = links_of(plain.pdf, first), links_of(tagged.pdf, first)
        assert to == LINK
        assert area == pytest.approx(other, abs=0.1)
        assert area[2] - area[0] == pytest.approx(25, abs=0.1)

    assert plain.key
    assert tagged.key
    read = structure(tagged.key)
    assert read.loose == []
    assert differing(drawn(plain.key, 0), drawn(tagged.key, 0)) == 0
    rows = [row for table in read.roles("Table") for row in table.kids if isinstance(row, Element)]
    told = {row.kids[0].text: row for row in rows if isinstance(row.kids[0], Element)}
    for row in tagged.rows:
        assert [kid.role for kid in told[row.label].kids] == ["TH", *["TD"] * 7]  # type: ignore[union-attr]
        for cell, mark in zip(told[row.label].kids[1:-1], row.marks, strict=True):
            assert cell.text in (mark, "(1)", "(2)")


def test_the_same_handout_has_the_same_bytes_and_picture_positions(bank: Bank) -> None:
    quiz = assemble(bank, Recipe(kinds=("true-false",), count=4), 7, "en")
    pdf = print_handout(quiz, replace(FULL, answers="none")).pdf
    assert print_handout(quiz, replace(FULL, answers="none")).pdf == pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        elements = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        told = [[float(edge) for edge in each.A.BBox] for each in elements if each.get("/S") == "/Figure"]
        assert str(document.Root.Metadata.read_bytes(), "utf-8").count("<pdfuaid:part>1<") == 1
        assert not document.check_pdf_syntax()
    found = [content.box for each in structure(pdf).roles("Figure") for content in each.contents()]
    assert sorted(told) == [pytest.approx(box, abs=3) for box in sorted(found)]


def test_sets_and_orders_are_distinguished() -> None:
    kinds = [
        "head",
        "number",
        "stem",
        "slot",
        "prompt",
        "letter",
        "choice",
        "slot",
        "prompt",
        "help",
        "number",
        "mark",
        "answer",
    ]
    marks = [TaggedBlock(kind, StructureNode("Sect", (number,))) for number, kind in enumerate(kinds)]
    question = "H2(1) P(2) L(LI(Lbl(3) LBody(4)) LI(Lbl(7) LBody(8))) L(LI(Lbl(5) LBody(6)))"
    answer = "LI(Lbl(10 11) LBody(P(12)))"
    assert said(build_page_structure(marks)) == f"P(0) Sect({question}) P(9) L({answer})"


def test_an_answer_with_several_right_options_is_one_item() -> None:
    kinds = ["number", "mark", "right", "mark", "right", "answer"]
    marks = [TaggedBlock(kind, StructureNode("Sect", (number,))) for number, kind in enumerate(kinds)]
    assert said(build_page_structure(marks)) == "L(LI(Lbl(0) LBody(P(1 2) P(3 4) P(5))))"


def said(nodes: Sequence[StructureNode | int]) -> str:
    return " ".join(
        str(node) if isinstance(node, int) else f"{node.role}({said(node.kids)})" for node in nodes
    )


def test_rows_are_tagged_as_tables() -> None:
    def cell(kind: str, number: int) -> list[TaggedBlock]:
        return [TaggedBlock(kind, StructureNode("Span", (number,)))]

    head = tag_table_row([[], cell("label", 0)], is_head=True)
    rows = [tag_table_row([cell("label", 1), cell("cell", 2)], is_head=False) for _ in range(2)]
    (one, other) = build_page_structure([*head, *rows[0], *rows[1], *head, *rows[0]])
    assert said([one]) == "Table(TR(TD() TH(0)) TR(TH(1) TD(2)) TR(TH(1) TD(2)))"
    assert said([other]) == "Table(TR(TD() TH(0)) TR(TH(1) TD(2)))"
    assert tag_table_row([[], []], is_head=False) == ()


def test_empty_cells_are_left_out() -> None:
    spans = StructureNode("Span", (StructureNode("Span", (1,)), StructureNode("Span", (2,), language="zh")))
    assert simplify_node(
        StructureNode(
            "Sect", (StructureNode("Div", (spans,)), StructureNode("Div", (StructureNode("P", (3,)),)))
        )
    ) == StructureNode(
        "Sect",
        (StructureNode("P", (1, StructureNode("Span", (2,), language="zh"))), StructureNode("P", (3,))),
    )
