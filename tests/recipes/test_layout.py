"""CONTRIBUTING says how a layout is added: here one is, in a copy, and is printed by the command line."""

from pathlib import Path

import pypdfium2 as pdfium

from quizgen.cli.kit import kit_layouts
from tests.recipes.copied import Copy

MODULE = '''
"""A banner: the title, as large as a window."""

from typing import Annotated

from quizgen.paper.design import title_of
from quizgen.paper.design import Option, PageDesign
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.renderer import About, print_template


class BannerDesign(PageDesign, frozen=True):
    """What may be asked of a banner."""

    place: Annotated[str, Option("Where the talk is held.", "TEXT")] = ""


def _make(job: PrintJob, design: BannerDesign) -> Printed:
    language = job.quiz().language
    about = About(title_of(design, language), design.organiser, language)
    return Printed(print_template("banner.html", {"design": design, "title": about.title}, about, design.logo), "a banner")


LAYOUT = Layout(
    name="banner",
    help="a sheet for the window",
    design=BannerDesign,
    make=_make,
    kit=KitSheet(5, "one", "one", "For the window.", ("Tape",)),
)
'''
TEMPLATE = """<!DOCTYPE html>
<html lang="{{ lang }}"><head><link rel="stylesheet" href="base.css">
<style>@page { size: {{ design.paper }} } :root { --leading: 1.4 }</style></head>
<body><h1>{{ title }}</h1><p>{{ design.place }}</p></body></html>
"""


def test_a_layout_is_a_module_and_a_template(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/paper/layouts/banner.py", MODULE)
    copy.add("templates/banner.html", TEMPLATE)

    assert "banner        a sheet for the window" in copy.run("print", "--help").out
    shown = copy.run("print", "banner", "--help").out
    assert "Print a sheet for the window." in shown
    assert "--place TEXT              Where the talk is held." in shown
    out = tmp_path / "a.pdf"
    options = ("--place", "Hall 2", "--paper", "A5", "--seed", 7)
    assert copy.run("print", "banner", out, *options).err == f"{out}: a banner, seed 7\n"
    (page,) = pdfium.PdfDocument(out)
    assert "Hall 2" in page.get_textpage().get_text_range()
    refused = copy.run("handout", out, "--place", "Hall 2", code=2).err
    assert refused == "there is no option --place; only banner takes it\n"
    refused = copy.run("print", "banner", out, "--no-duplex", code=2).err
    assert refused == "there is no option --no-duplex; only handout takes it\n"
    without = [layout.name for layout in kit_layouts()]
    others = [word for name in (*without, "page") for word in ("--without", name)]
    assert copy.run("kit", tmp_path / "kit", *options, *others).err.endswith(
        "2 files for 30 visitors, seed 7\n"
    )
    (page,) = pdfium.PdfDocument(tmp_path / "kit" / "00-index.pdf")
    index = page.get_textpage().get_text_range()
    assert [words for words in ("01-banner.pdf", "For the window.", "Tape") if words not in index] == []
    assert copy.touched() == {"quizgen/paper/layouts/banner.py", "templates/banner.html"}


def test_a_layout_has_the_name_of_its_module_and_no_other_has_it(tmp_path: Path) -> None:
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
