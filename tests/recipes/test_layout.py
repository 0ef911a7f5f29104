"""CONTRIBUTING says how a layout is added: here one is, in a copy, and is printed by the command line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest

ROOT = Path(__file__).parents[2]

MODULE = '''
"""A poster: the title, as large as a window."""

from typing import Annotated

from quizgen.paper.content import title_of
from quizgen.paper.design import Option, PageDesign
from quizgen.paper.layouts import Layout, Printed, PrintJob
from quizgen.paper.renderer import About, print_template


class PosterDesign(PageDesign, frozen=True):
    """What may be asked of a poster."""

    place: Annotated[str, Option("Where the talk is held.", "TEXT")] = ""


def _make(job: PrintJob, design: PosterDesign) -> Printed:
    language = job.quiz().language
    about = About(title_of(design, language), design.organiser, language)
    return Printed(print_template("poster.html", {"design": design, "title": about.title}, about, design.logo), "a poster")


LAYOUT = Layout(
    name="poster", help="a sheet for the window", design=PosterDesign, templates=("poster.html",), make=_make
)
'''
TEMPLATE = """<!DOCTYPE html>
<html lang="{{ lang }}"><head><link rel="stylesheet" href="base.css">
<style>@page { size: {{ design.paper }} } :root { --leading: 1.4 }</style></head>
<body><h1>{{ title }}</h1><p>{{ design.place }}</p></body></html>
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("quizgen", "question_bank", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


def test_a_layout_is_a_module_and_a_template(copy: Path, tmp_path: Path) -> None:
    def run(*words: object) -> subprocess.CompletedProcess[str]:
        environment = {
            "HOME": str(tmp_path),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(copy),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "COLUMNS": "200",
        }
        command = [sys.executable, "-m", "quizgen", "handout", *map(str, words)]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    before = contents(copy)
    (copy / "quizgen/paper/layouts/poster.py").write_text(MODULE, encoding="utf-8")
    (copy / "templates/poster.html").write_text(TEMPLATE, encoding="utf-8")

    shown = run("--help").stdout
    assert "poster: a sheet for the window" in shown
    assert "--place" in shown
    out = tmp_path / "a.pdf"
    done = run(out, "--layout", "poster", "--place", "Hall 2", "--paper", "A5", "--seed", 7)
    assert (done.returncode, done.stderr) == (0, f"{out}: a poster, seed 7\n")
    (page,) = pdfium.PdfDocument(out.read_bytes())
    assert "Hall 2" in page.get_textpage().get_text_range()
    refused = run(out, "--place", "Hall 2")
    assert refused.returncode == 2
    assert refused.stderr == "--layout handout takes no --place; leave that out, or ask for --layout poster\n"
    refused = run(out, "--layout", "poster", "--versions", 3)
    assert (
        refused.stderr == "--layout poster takes no --versions; leave that out, or ask for --layout handout\n"
    )

    after = contents(copy)
    assert {name for name in after if before.get(name) != after[name]} == {
        "quizgen/paper/layouts/poster.py",
        "templates/poster.html",
    }
    assert set(before) <= set(after)
