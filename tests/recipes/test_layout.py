"""CONTRIBUTING says how a layout is added: here two are, in a copy, and are printed by the command line."""

from pathlib import Path

import pypdfium2 as pdfium

from quizgen.cli.kit import kit_layouts
from tests.banks import TOWN
from tests.paper.structure import structure
from tests.recipes.copied import Copy

OF_TOWN = ("--bank", TOWN)
ASKED = "harbour/papers-at-home"
"""A question of the town that a bookmark has room for."""

MODULE = '''
"""A banner: the title, as large as a window."""

from typing import Annotated

from quizgen.paper.design import sheet_title
from quizgen.paper.design import Option, PageDesign
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.renderer import PdfMetadata, print_template
from quizgen.text.messages import N_, _


class BannerDesign(PageDesign, frozen=True):
    """What may be asked of a banner."""

    place: Annotated[str, Option(N_("Where the talk is held."), "TEXT")] = ""


def _print_sheet(job: PrintJob, design: BannerDesign) -> PrintedSheet:
    language = job.quiz().language
    metadata = PdfMetadata(sheet_title(design, language), design.organiser, language)
    return PrintedSheet(print_template("banner.html", {"design": design, "title": metadata.title}, metadata, design), _("a banner"))


LAYOUT = Layout(
    name="banner",
    help=N_("a sheet for the window"),
    design=BannerDesign,
    make=_print_sheet,
    kit=KitSheet(5, "one", "one", _("For the window."), (_("Tape"),)),
)
'''
TEMPLATE = """<!DOCTYPE html>
<html lang="{{ lang }}"><head><link rel="stylesheet" href="base.css">
<style>@page { size: {{ design.paper }} } :root { --leading: 1.4 }</style></head>
<body><h1>{{ title }}</h1><p>{{ design.place }}</p></body></html>
"""

SMALL_SHEET = '''
"""Bookmarks: four questions, each with its answer, on a sheet to cut apart."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from quizgen.assemble import Candidates
from quizgen.paper.choosing import QuestionSheet
from quizgen.paper.design import MM, PageDesign, sheet_title
from quizgen.paper.layouts import Layout, PrintedSheet, PrintJob
from quizgen.paper.renderer import PdfMetadata, Renderer
from quizgen.paper.sheets import asks_for_one_option, centred_grid_edges, right_option_letter, lettered_options, sheet_page
from quizgen.text.messages import N_, _
from quizgen.view.question import QuestionView

COUNT, WIDTH, HEIGHT, INSIDE = 4, 48 * MM, 180 * MM, 4 * MM


class Bookmarks(QuestionSheet):
    """Draws the bookmarks, or to be measured, the questions that may stand on them."""

    name: ClassVar[str] = "bookmark"

    def __init__(self, renderer: Renderer, candidates: Candidates, design: PageDesign) -> None:
        super().__init__(renderer, candidates)
        self._page = sheet_page(design, self.name)
        self.title = sheet_title(design, self.language)

    def template_values(self, questions: Sequence[QuestionView], *, measuring: bool) -> dict[str, Any]:
        xs, ys = centred_grid_edges(self._page, COUNT, 1, WIDTH, HEIGHT)
        marks = [(each, lettered_options(each), right_option_letter(each)) for each in questions]
        page = {"page": self._page, "xs": xs, "ys": ys, "inside": INSIDE, "width": WIDTH - 2 * INSIDE}
        return {**page, "title": self.title, "marks": marks}

    def may_fit(self, question: QuestionView) -> bool:
        return asks_for_one_option(question) and not question.exhibit and len(question.stem) < 300

    def fits(self, question: QuestionView, heights: Mapping[str, float]) -> bool:
        return heights[f"mark-{question.number}"] <= HEIGHT - 2 * INSIDE


def _print_sheet(job: PrintJob, design: PageDesign) -> PrintedSheet:
    candidates = job.candidates()
    with Renderer(candidates.language, design.logo, design.colour) as renderer:
        sheet = Bookmarks(renderer, candidates, design)
        document = sheet.lay_out(sheet.choose_questions(COUNT, ["apply"] * COUNT))
        metadata = PdfMetadata(sheet.title, design.organiser, candidates.language)
        return PrintedSheet(renderer.write_pdf(document, metadata), _("four bookmarks"), serves=COUNT)


LAYOUT = Layout(name="bookmark", help=N_("bookmarks with a question each"), design=PageDesign, make=_print_sheet)
'''
SMALL_SHEET_TEMPLATE = """{%- import "sheets.html" as sheets with context -%}
<!DOCTYPE html>
<html lang="{{ lang }}"><head><link rel="stylesheet" href="sheets.css">
<style>
  @page { size: {{ page.width }}pt {{ 9000 if measuring else page.height }}pt; margin: 0 }
  .mark { width: {{ width }}pt; font-size: 10pt; line-height: 13pt }
  h1, h2 { font-size: 10pt; line-height: 13pt; font-weight: 700; margin-bottom: 4pt }
  ul { list-style: none; margin-bottom: 4pt }
</style></head><body>
{%- if not measuring %}{{ sheets.cuts(xs, ys) }}{% endif %}
{%- for question, options, letter in marks %}
<div id="mark-{{ question.number }}" class="mark{% if not measuring %} at{% endif %}"
  {%- if not measuring %} style="left: {{ xs[loop.index0] + inside }}pt; top: {{ ys[0] + inside }}pt"{% endif %}>
  <h1{% if not loop.first %} aria-hidden="true"{% endif %}>{{ title }}</h1>
  <h2>{{ question.stem }}</h2>
  <ul>{% for letter, option in options %}<li>{{ letter }} {{ option }}</li>{% endfor %}</ul>
  <p>{{ letter }}: {{ question.rationale }}</p>
</div>
{%- endfor %}
</body></html>
"""


def test_a_layout_is_a_module_and_a_template(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/paper/layouts/banner.py", MODULE)
    copy.add("templates/banner.html", TEMPLATE)

    assert "banner        a sheet for the window" in copy.run("print", "--help").out
    shown = copy.run("print", "banner", "--help").out
    assert "Make a PDF file: a sheet for the window." in shown
    assert "--place TEXT              Where the talk is held." in shown
    out = tmp_path / "a.pdf"
    options = ("--place", "Hall 2", "--paper", "A5", "--seed", 7)
    assert copy.run("print", "banner", out, *options).err == f"{out}: a banner, seed 7\n"
    (page,) = pdfium.PdfDocument(out)
    assert "Hall 2" in page.get_textpage().get_text_range()
    refused = copy.run("handout", out, "--place", "Hall 2", code=2).err
    assert refused == "there is no option --place; only banner has this option\n"
    refused = copy.run("print", "banner", out, "--no-duplex", code=2).err
    assert refused == "there is no option --no-duplex; only handout has this option\n"
    without = [layout.name for layout in kit_layouts()]
    others = [word for name in (*without, "page") for word in ("--without", name)]
    assert copy.run("kit", tmp_path / "kit", *options, *others).err.endswith(
        "2 files for 30 visitors, seed 7\n"
    )
    (page,) = pdfium.PdfDocument(tmp_path / "kit" / "00-index.pdf")
    index = page.get_textpage().get_text_range()
    assert [words for words in ("01-banner.pdf", "For the window.", "Tape") if words not in index] == []
    assert copy.touched() == {"quizgen/paper/layouts/banner.py", "templates/banner.html"}


def test_a_sheet_chooses_questions_that_fit(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/paper/layouts/bookmark.py", SMALL_SHEET)
    copy.add("templates/bookmark.html", SMALL_SHEET_TEMPLATE)

    out = tmp_path / "a.pdf"
    assert copy.run("print", "bookmark", out, "-s", 7, *OF_TOWN).err == f"{out}: four bookmarks, seed 7\n"
    assert len(pdfium.PdfDocument(out)) == 1
    read = structure(out.read_bytes())
    assert [len(read.roles(role)) for role in ("H1", "H2", "L", "P")] == [1, 4, 4, 4]
    assert read.loose == []
    one = ("--question", "harbour/sell-a-boat")
    assert (
        "does not fit on bookmark"
        in copy.run("print", "bookmark", out, *one, "--force", *OF_TOWN, code=1).err
    )
    refused = copy.run("print", "bookmark", out, "--question", ASKED, "--force", *OF_TOWN, code=1).err
    assert refused.startswith("bookmark takes 4 questions that fit, and of those asked for there are 1; ")
    unknown = copy.run("kit", tmp_path / "kit", "--without", "bookmark", code=2).err
    assert unknown.splitlines()[-1].startswith("a kit has no 'bookmark'")
    assert copy.touched() == {"quizgen/paper/layouts/bookmark.py", "templates/bookmark.html"}


def test_layouts_have_unique_names_that_are_those_of_modules(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    out = tmp_path / "a.pdf"
    for name in ("banner", "banner_2"):
        copy.add(f"quizgen/paper/layouts/{name}.py", MODULE)
    copy.add("templates/banner.html", TEMPLATE)
    twice = "quizgen.paper.layouts.banner and quizgen.paper.layouts.banner_2 both have the name banner"
    assert copy.run("print", "--help", code=1).err.startswith(f"LAYOUT: {twice}; ")
    misnamed = copy.run("print", "banner-2", out, code=1).err
    assert misnamed.startswith("quizgen.paper.layouts.banner_2 has no LAYOUT with the name banner-2; ")
    assert copy.run("print", "banner", out, "-s", 7).code == 0
