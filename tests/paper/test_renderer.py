"""A template printed as it is, as layouts of a fixed size do."""

import io
from pathlib import Path

import pikepdf
import pytest
from jinja2 import UndefinedError

from quizgen.errors import QuizgenError
from quizgen.files import shipped_folder
from quizgen.paper.renderer import PdfMetadata, Renderer, print_template
from quizgen.text.languages import LANGUAGES

TEMPLATE = """<!DOCTYPE html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<link rel="stylesheet" href="base.css">
<style>
  @page { size: 300pt 200pt; margin: 10pt }
  :root { font-size: 10pt; --leading: 1.4; --heading-leading: 1.2 }
</style>
</head>
<body><h1>{{ title }}</h1></body>
</html>
"""


@pytest.fixture(autouse=True)
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Print a template of the test's own, beside the style and the fonts that all share."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / "page.html").write_text(TEMPLATE)
    for name in ("base.css", "fonts.css", "fonts"):
        (own / name).symlink_to(shipped_folder("templates") / name)
    for module in ("renderer", "weasyprint_setup"):
        monkeypatch.setattr(f"quizgen.paper.{module}.shipped_folder", lambda _: own)


def printed(language: str = "en", title: str = "Talk") -> bytes:
    return print_template("page.html", {"title": title}, PdfMetadata("Talk <1>", "Post", language))


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


@pytest.mark.parametrize(("language", "around"), [("en", "en"), ("fr", "en"), ("zh-Hant", "zh-Hant")])
def test_a_text_in_another_language_than_the_page_is_marked(language: str, around: str) -> None:
    with Renderer(language, None) as renderer:
        template = renderer.templates.from_string(
            '<p lang="{{ lang }}"><i{{ lang_attribute("de") }}></i>{{ in_language("Herz & Co", "de") }}'
            '{{ in_language("a < b", lang) }}<i{{ lang_attribute(lang) }}{{ lang_attribute("") }}></i></p>'
        )
        assert template.render() == (
            f'<p lang="{around}"><i lang="de"></i><bdi lang="de">Herz &amp; Co</bdi>a &lt; b<i></i></p>'
        )


def test_the_same_values_print_the_same_bytes() -> None:
    assert printed() == printed()
    assert printed() != printed(title="Walk")


def test_an_undefined_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="title"):
        print_template("page.html", {}, PdfMetadata("", "", "en"))


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(QuizgenError, match=r"U\+323AF"):
        printed(title="\U000323af")
