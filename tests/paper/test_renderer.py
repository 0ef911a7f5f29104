"""A template printed as it is, as layouts of a fixed size do."""

import io

import pikepdf
import pytest
from jinja2 import UndefinedError

from quizgen.errors import QuizgenError
from quizgen.language import LANGUAGES
from quizgen.paper.renderer import About, print_template

VALUES = {
    "page": {"width": 300, "height": 200, "margin": 10, "column": 280},
    "size": 10,
    "small": 8,
    "leading": 1.4,
    "name_leading": 1.3,
    "heading_leading": 1.2,
    "design": {"organiser": "", "date": "", "contact": ""},
    "scales": {},
    "tops": {},
    "title": "Talk",
    "quiz": "",
    "topics": "",
    "advice": "",
    "sources": "",
    "seed": 7,
}


def printed(language: str = "en", **values: object) -> bytes:
    return print_template("certificate.html", VALUES | values, About("Talk <1>", "Post", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_says_what_it_is(language: str) -> None:
    with pikepdf.open(io.BytesIO(printed(language))) as pdf:
        assert len(pdf.pages) == 1
        assert [float(edge) for edge in pdf.pages[0].mediabox] == [0, 0, 300, 200]
        assert str(pdf.docinfo["/Title"]) == "Talk <1>"
        assert str(pdf.docinfo["/Author"]) == "Post"
        assert str(pdf.docinfo["/Producer"]).startswith("quizgen ")
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert not pdf.check_pdf_syntax()


def test_the_same_values_print_the_same_bytes() -> None:
    assert printed() == printed()
    assert printed() != printed(title="Walk")


def test_a_name_that_a_template_was_not_given_fails() -> None:
    values = {name: value for name, value in VALUES.items() if name != "title"}
    with pytest.raises(UndefinedError, match="title"):
        print_template("certificate.html", values, About("", "", "en"))


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(QuizgenError, match=r"U\+323AF"):
        printed(title="\U000323af")
