"""What is printed from a template, read back as a screen reader would: whole, in order, and nothing unsaid."""

import io

import pikepdf
import pytest

from quizgen.paper.images import qr_code_svg, read_logo
from quizgen.paper.renderer import PdfMetadata, Renderer
from tests.paper.structure import Structure, structure

LOGO = read_logo(
    "l.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
)
LINK = "https://example.org/?a=1&b=2"
ABOUT = PdfMetadata("Talk <1> & 讲座", "Post & Co", "en")
PAGE = """<!DOCTYPE html><html lang="{{ lang }}"><head><link rel="stylesheet" href="base.css"><style>
@page { size: 300pt 400pt; margin: 20pt; @bottom-center { content: "page " counter(page) } }
:root { font-size: 10pt; --leading: 1.4; --heading-leading: 1.2 }
h1::after { content: ""; display: block; border-bottom: 1pt solid }
.box { display: inline-block; width: 1em; height: 1em; border: 1pt solid }
.flex { display: flex } ul, ol { padding-left: 2em } .inside { list-style-position: inside }
.none { list-style: none } .top { position: absolute; top: 0; right: 0 } td { border: 1pt solid }
</style></head><body>
<header class="flex"><img src="{{ logo }}" alt="{{ _("Logo of {organiser}", organiser="Post") }}" style="width: 30pt; align-self: flex-start"><h1>Talk <span lang="zh-Hans">讲座</span></h1></header>
<img src="{{ logo }}" alt=""><p class="top">Top</p><p>河滨派出所</p>
<div aria-hidden="true">Unsaid <b>words</b></div>
<ul class="none"><li class="flex"><i class="box" role="checkbox" aria-label="Box A"></i><b>A</b> <span>Hang up</span></ul>
<ol class="inside"><li>One<li><b>Two</b></ol>
<table><tr><th>Who<th>Number</tr><tr><th scope="row">Police<td>110</tr></table>
<p><span style="border-bottom: 1pt solid; display: inline-block; width: 9em" role="textbox" aria-label="Name"></span></p>
<p style="width: 6em">A line that is broken <a href="{{ link }}" aria-label="Our page">here</a></p><hr>
<a href="{{ link }}" style="display: block; width: 3em; break-before: page">{{ qr }} there</a>
</body></html>"""


def printed() -> bytes:
    with Renderer("en", LOGO) as renderer:
        html = renderer.templates.from_string(PAGE).render(qr=qr_code_svg(LINK), link=LINK)
        return renderer.write_pdf(renderer.lay_out_html(html), ABOUT)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return printed()


@pytest.fixture(scope="module")
def read(pdf: bytes) -> Structure:
    return structure(pdf)


def test_all_text_is_tagged_once_in_order_except_decoration(read: Structure) -> None:
    assert read.loose == []
    first, second = ("".join(element.text for element in page) for page in read.pages)
    assert first == "Talk讲座Top河滨派出所AHangup1.One2.TwoWhoNumberPolice110Alinethatisbrokenhere"
    assert second == "there"


def test_an_element_is_what_its_html_says(read: Structure) -> None:
    texts = {role: [each.text for each in read.roles(role)] for role in ("H1", "P", "L", "LI", "TH", "TD")}
    assert texts == {
        "H1": ["Talk讲座"],
        "P": ["Top", "河滨派出所", "", "Alinethatisbrokenhere"],
        "L": ["AHangup", "1.One2.Two"],
        "LI": ["AHangup", "1.One", "2.Two"],
        "TH": ["Who", "Number", "Police"],
        "TD": ["110"],
    }
    assert all({kid.role for kid in item.kids} <= {"Lbl", "LBody"} for item in read.roles("LI"))  # type: ignore[union-attr]
    assert [(each.lang, each.text) for each in read.all() if each.lang] == [
        ("zh-Hans", "讲座"),
        ("zh", "河滨派出所"),
    ]


def test_a_file_without_text_is_a_problem(read: Structure) -> None:
    assert [(each.role, each.alt) for each in read.roles("Figure", "Form", "Link") if each.alt] == [
        ("Figure", "Logo of Post"),
        ("Form", "Box A"),
        ("Form", "Name"),
        ("Link", "Our page"),
        ("Figure", LINK),
    ]
    (box,) = read.roles("Form")[0].contents()
    left, bottom, right, top = box.box
    assert (right - left, top - bottom) == pytest.approx((10, 10), abs=0.1)


def test_a_reader_finds_pictures_fields_links_and_headers(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.check_pdf_syntax()
        attributes = [
            each.A for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/A" in each
        ]
        logo, code = (each.BBox for each in attributes if each.get("/O") == "/Layout")
        assert [float(edge) for edge in logo] == pytest.approx([20, 350, 50, 380], abs=0.1)
        assert [float(edge) for edge in code] == pytest.approx([20, 350, 50, 380], abs=0.1)
        assert [each.Role for each in attributes if each.get("/O") == "/PrintField"] == ["/cb", "/tv"]
        assert [each.Scope for each in attributes if "/Scope" in each] == ["/Column", "/Column", "/Row"]
        (link,), (other,) = (page.Annots for page in document.pages)
        assert (str(link.A.URI), str(link.Contents), int(link.F)) == (LINK, "Our page", 4)
        assert str(other.A.URI) == LINK


def test_it_says_that_it_is_accessible(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.Root.Lang) == "en"
        assert all(page.Tabs == "/S" for page in document.pages)
        with document.open_metadata() as said:
            names = ("pdfuaid:part", "dc:title", "dc:creator", "dc:language", "pdf:Producer")
            part, title, creator, language, producer = (said[name] for name in names)
        assert (part, title, creator, language) == ("1", ABOUT.title, [ABOUT.author], {"en"})
        assert producer == ABOUT.producer


def test_the_same_page_is_the_same_bytes(pdf: bytes) -> None:
    assert printed() == pdf
