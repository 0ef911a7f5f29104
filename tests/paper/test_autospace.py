"""The blank between Han and Western: where it is, how wide, and what it leaves as it was."""

import re

import pypdfium2 as pdfium
import pytest
from markupsafe import Markup

from quizgen.assemble import Recipe, assemble_versions, version_labels
from quizgen.paper.design import QuizPaperDesign
from quizgen.paper.layouts.handout import print_versions
from quizgen.paper.lines import break_lines, line_count, text_width
from quizgen.paper.no_break import keep_last_words_together
from quizgen.paper.renderer import PdfMetadata, Renderer
from quizgen.text.autospace import SPACE, add_autospace, autospace_width
from tests.banks import town_bank
from tests.paper.printed import apart

TEXTS = [
    ("24小时", 1),
    ("打110和96110", 3),
    ("第31条", 2),
    ("共3个", 2),  # one digit with space at both sides
    ("用App和QR码，连wifi时", 6),  # no ligature takes the last letter
    ("在Éire", 1),
    ("，12：“3”（4）《5》", 0),
    ("3 个，50%的人，①月", 0),
    ("Ring 110 now", 0),
]


def laid_out(body: str, language: str) -> tuple[bytes, list[float]]:
    """Print paragraphs in type of 10 points on a page of 120, and give their widths in points where they have an id."""
    style = "@page { size: 120pt 400pt; margin: 0 } :root { font-size: 10pt; --leading: 1.5 } span { white-space: nowrap }"
    html = f'<html lang="{language}"><link rel="stylesheet" href="base.css"><style>{style}</style>{body}'
    with Renderer(language, None) as renderer:
        document = renderer.lay_out_html(html)
        (page,) = document.pages
        widths = [0.75 * (right - left) for left, _, right, _ in page.anchors.values()]
        return renderer.write_pdf(document, PdfMetadata("", "", language)), widths


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_space_is_added_only_between_han_and_western_text(language: str) -> None:
    body = "".join(f'<p><span id="a{index}">{text}</span></p>' for index, (text, _) in enumerate(TEXTS))
    pdf, widths = laid_out(body, language)
    for (text, count), width in zip(TEXTS, widths, strict=True):
        assert autospace_width(text) == pytest.approx(count * SPACE)
        if count:  # else punctuation closes up
            assert width == pytest.approx(
                10 * text_width(text, han=True), abs=0.3
            )  # that knows of no kerning
    said = pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range().splitlines()
    assert [text.replace(" ", "") for text in said] == [text.replace(" ", "") for text, _ in TEXTS]
    assert [text.count(" ") for text in said] == [count + text.count(" ") for text, count in TEXTS]


def test_a_line_neither_begins_nor_ends_with_the_blank() -> None:
    text = "共有24小时和" * 8
    pdf, _ = laid_out(f'<p style="width: 63pt">{text}</p>', "zh-Hans")
    page = pdfium.PdfDocument(pdf)[0].get_textpage()
    lines = page.get_text_range().splitlines()
    assert "".join(lines).replace(" ", "") == text
    assert {line[0] for line in lines} & set("24")
    assert {line[-1] for line in lines} & set("24")
    boxes = [page.get_charbox(index, loose=True) for index in range(page.count_chars())]
    starts = [0, *(index for index in range(1, len(boxes)) if boxes[index][1] < boxes[index - 1][1] - 5)]
    assert len(starts) == len(lines)
    assert {round(boxes[index][0], 1) for index in starts} == {round(boxes[0][0], 1)}


def test_unbroken_text_gets_no_blank_inside() -> None:
    text = "要屏蔽，在call-stop.example填银行卡号，先打96110说清楚。"
    html = keep_last_words_together(text, Markup("<sup>1</sup>"))
    pdf, _ = laid_out(f"{html}<p>{html}</p>", "zh-Hans")
    said = pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "".join(said.split()) == f"{text}1" * 2
    assert {"call-stop.example", "说清楚。1"} <= set(re.findall(r"call\S+?example|说\S+", said))


@pytest.mark.parametrize(
    ("html", "spaced"),
    [
        ("共3个", "共 3 个"),
        ("打110和", "打 110 和"),
        ("打<nobr>110</nobr>。<nobr>是1</nobr>个", "打 <nobr>110</nobr>。<nobr>是 1</nobr> 个"),
        ("打1</nobr><nobr>个", "打 1</nobr> <nobr>个"),
        ("在App，打", "在 App，打"),
        ("<title>打1个</title><style>p::before { content: '打1' }</style>", None),
        ('<p title="打1个">打&nbsp;&#20013;110</p>', None),
        ("打<br>110 和<p>1</p>", None),
    ],
)
def test_the_blank_stands_outside_tags_and_unbroken_parts(html: str, spaced: str | None) -> None:
    assert add_autospace(html) == (spaced or html)


def test_lines_are_broken_as_if_it_were_part_of_them() -> None:
    text = "在App里转了9000元，打110和96110"
    for width in range(40, 300):
        lines = break_lines(text, 10, width, han=True)
        assert "".join(lines) == text
        assert len(lines) == line_count(text, 10, width, han=True)
        assert all(text_width(line, han=True) * 10 <= width or len(lines) > 4 for line in lines)
    assert len(break_lines("共3个" * 10, 10, 270, han=True)) == 2
    assert len(break_lines("共三个" * 10, 10, 310, han=True)) == 1


def test_versions_and_their_key_have_space_beside_han() -> None:
    recipe, labels = Recipe(topics=("harbour",), count=3), version_labels(2)
    batch = assemble_versions(town_bank(), recipe, 7, "zh-Hans", labels)
    printed = print_versions(batch, QuizPaperDesign(answers="separate"))
    for pdf, least in ((printed.pdf, {"A卷", "B卷", "第1", "1页"}), (printed.key or b"", {"第1", "1页"})):
        found = apart(pdf)
        assert least <= {pair for pair, _ in found}
        assert [each for each in found if each[1] < 0.2] == []
