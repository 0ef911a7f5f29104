"""Many versions of one ten-question paper in Chinese: quizgen beside Typst and, where installed, XeLaTeX.

Run it as ``python benchmarks/press.py [N …]`` in the development environment, after ``pip install typst``.
All three print the same papers on A4 with the same fonts: head, hints, options in as many columns, a foot with
source, label, seed and page, a bookmark to each version, blank backs for double-sided print, and a key. The
other two are told the columns and the number of pages, which quizgen finds out. Each run is a process of its own;
times are wall seconds from command to file, the least of three up to a thousand papers, and memory is its peak.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from quizgen.assemble import Batch, Recipe, assemble_versions, version_labels
from quizgen.bank import load
from quizgen.files import shipped
from quizgen.model import Bank, Question
from quizgen.paper.shapes import letter, on_paper
from quizgen.shapes import Choose, Fill, Match, Order
from quizgen.text.languages import localize
from quizgen.text.messages import message

LANGUAGE, SEED = "zh-Hans", 7
NUMBERS = (1, 10, 100, 1_000, 10_000)
RUNS, MANY = 3, 1_000
"""How many runs up to how many papers; one beyond, since the others take minutes."""
FONTS = shipped("templates") / "fonts"

Run = tuple[float, int, int]
"""Seconds, peak kilobytes, bytes of PDF."""


def main() -> None:
    """Print the table, a line as it is measured."""
    numbers = [int(argument) for argument in sys.argv[1:]] or NUMBERS
    tools: dict[str, Callable[[Path, Batch], list[str]]] = {"quizgen": quizgen, "Typst": typst}
    if shutil.which("xelatex"):
        tools["XeLaTeX"] = xelatex
    print(
        "| papers | tool | seconds | times quizgen | peak MB | PDF MB |\n| --: | :-- | --: | --: | --: | --: |"
    )
    bank = load([shipped("question_bank")])
    for number in numbers:
        batch = assemble_versions(bank, Recipe(), SEED, LANGUAGE, version_labels(number))
        first = None
        for name, prepare in tools.items():
            with tempfile.TemporaryDirectory() as folder:
                command = prepare(Path(folder), batch)
                runs = RUNS if number <= MANY else 1
                seconds, memory, size = min(measured(command, Path(folder)) for _ in range(runs))
            first = first or seconds
            print(
                f"| {number:,} | {name} | {seconds:.2f} | {seconds / first:.2f} | {memory / 1024:.0f} "
                f"| {size / 1e6:.2f} |",
                flush=True,
            )


def measured(command: list[str], folder: Path) -> Run:
    """Run a command in a folder where it writes ``papers.pdf``."""
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return seconds, usage.ru_maxrss, (folder / "papers.pdf").stat().st_size


def quizgen(_: Path, batch: Batch) -> list[str]:
    """Print by the command line, as its users do."""
    command = [sys.executable, "-m", "quizgen", "handout", "papers.pdf", "--versions", str(len(batch.labels))]
    return [*command, "--seed", str(SEED), "--lang", LANGUAGE, "--answers", "separate", "--force"]


def typst(folder: Path, batch: Batch) -> list[str]:
    """Each text stands once, under a name; each version is a list of names.

    It is the quickest of several sources that print the same: columns as boxes in lines take half of what grids do.
    """
    texts: dict[str, int] = {}
    papers = []
    keys = []
    for label in batch.labels:
        items = [item_of(question, batch.bank, texts) for question in batch.quiz(label).questions]
        listed = []
        for number, item in enumerate(items, start=1):
            cells = "".join(f"({box}, [{letter}], t{cell})," for box, letter, cell in item.cells)
            shown = "".join(f"t{line}," for line in item.exhibit)
            listed.append(f"#q({number}, t{item.stem}, [{item.hint}], {item.columns}, ({shown}), ({cells}))")
        papers.append(f"#paper[{label}][{''.join(listed)}]")
        keys.append(f"[*{label}*], " + ", ".join(f"[{item.mark}]" for item in items))
    names = "".join(f"#let t{number} = [{typ(text)}]\n" for text, number in texts.items())
    table = f"#set page(columns: 3)\n#set text(size: 9pt)\n#grid(columns: {batch.count + 1}, gutter: .5em, {', '.join(keys)})\n"
    (folder / "papers.typ").write_text(
        fill_boxes(TYPST) + names + "\n".join(papers) + table, encoding="utf-8"
    )
    program = "import typst, sys; typst.compile('papers.typ', output='papers.pdf', font_paths=[sys.argv[1]])"
    return [sys.executable, "-c", program, str(FONTS)]


def xelatex(folder: Path, batch: Batch) -> list[str]:
    """Write each version out, as exam packages of TeX do."""
    pages = []
    keys = []
    texts: dict[str, int] = {}
    for label in batch.labels:
        items = [item_of(question, batch.bank, texts) for question in batch.quiz(label).questions]
        words = list(texts)
        body = []
        for item in items:
            shown = "\\\\".join(tex(words[line]) for line in item.exhibit)
            body.append("\\item " + (f"\\exhibit{{{shown}}}" if shown else ""))
            body.append(f"{tex(words[item.stem])} {{\\hint {item.hint}}}\\par\n")
            for start in range(0, len(item.cells), item.columns):
                body += (
                    f"\\cell{{{item.columns}}}{{{BOXES[box]}{letter} {tex(words[cell])}}}"
                    for box, letter, cell in item.cells[start : start + item.columns]
                )
                body.append("\\par\n")
        pages.append(
            f"\\paper{{{label}}}\\begin{{enumerate}}{''.join(body)}\\end{{enumerate}}\\foot{{{label}}}\n"
        )
        keys.append(" & ".join([label, *(item.mark for item in items)]))
    table = "\\\\\n".join(keys)
    (folder / "papers.tex").write_text(
        fill_boxes(TEX_HEAD).replace("FONTS", f"{FONTS}/")
        + "".join(pages)
        + f"\\small\\begin{{longtable}}{{l{'l' * batch.count}}}\n{table}\n\\end{{longtable}}\\end{{document}}",
        encoding="utf-8",
    )
    return ["xelatex", "-interaction=batchmode", "papers.tex"]


class Item(NamedTuple):
    """A question as data, its texts by number.

    An exhibit is its sender and its lines; cells are rows of columns, each with a box or none, a letter and a text.
    """

    exhibit: list[int]
    stem: int
    hint: str
    columns: int
    cells: list[tuple[int, str, int]]
    mark: str


def item_of(question: Question, bank: Bank, texts: dict[str, int]) -> Item:
    """Return a question as data, its texts numbered in the order in which they come."""

    def number(text: dict[str, str]) -> int:
        return texts.setdefault(localize(text, LANGUAGE), len(texts))

    exhibit = bank.exhibits[question.exhibit] if question.exhibit else None
    shown = [exhibit.sender, *(line.text for line in exhibit.lines)] if exhibit else []
    answer = question.answer
    hint = ""
    columns = 2
    cells: list[tuple[int, str, int]] = []
    match answer:
        case Choose(options=options, style=style):
            longest = max(len(localize(text, LANGUAGE)) for text in options)
            columns = next(many for many, most in ((4, 6), (2, 17), (1, 99)) if longest <= most)
            cells = [
                (1, "" if style == "truth" else letter(index), number(text))
                for index, text in enumerate(options)
            ]
            hint = message(LANGUAGE, "paper.several") if style == "several" else ""
        case Order(steps=steps):
            cells = [(2, "", number(text)) for text in steps]
            hint = message(LANGUAGE, "paper.order")
        case Match(prompts=prompts, choices=choices):
            for index, (prompt, choice) in enumerate(zip(prompts, choices, strict=False)):
                cells += [(2, "", number(prompt)), (0, letter(index), number(choice))]
            hint = message(LANGUAGE, "paper.match")
        case Fill():
            pass
    lines = [number(text) for text in shown]
    return Item(lines, number(question.stem), hint, columns, cells, on_paper(question, LANGUAGE).mark())


def fill_boxes(source: str) -> str:
    """Put the texts that every paper has into a source."""
    texts = {
        name: message(LANGUAGE, f"paper.{name}") for name in ("title", "name", "date", "score", "directions")
    }
    texts["foot"] = "  ·  ".join(
        (message(LANGUAGE, "paper.seed", seed=str(SEED)), message(LANGUAGE, "paper.page", page=1, pages=1))
    )
    source_cited, *_ = load([shipped("question_bank")]).sources.values()
    texts["credit"] = message(LANGUAGE, "paper.credit", sources=localize(source_cited.title, LANGUAGE))
    for name, text in texts.items():
        source = source.replace(f"<{name}>", text)
    return source


def typ(text: str) -> str:
    """Escape a text for Typst."""
    return "".join(f"\\{character}" if character in "\\#*_$@<>`~[]" else character for character in text)


def tex(text: str) -> str:
    """Escape a text for TeX."""
    return text.replace("%", "\\%").replace("&", "\\&").replace("_", "\\_").replace("#", "\\#")


TYPST = """
#set page(paper: "a4", margin: 13mm)
#set text(font: "Quizgen Sans", size: 11.5pt, lang: "zh")
#set heading(outlined: false, bookmarked: true)
#show heading: it => text(size: 1.9em, weight: 700, it.body)
#let small = box(width: .8em, height: .8em, stroke: .7pt)
#let wide = box(width: 1.5em, height: 1.1em, stroke: .7pt)
#let cell(box, letter, body) = [#if box == 1 [#small] else if box == 2 [#wide] #letter #body]
#let q(number, stem, hint, columns, shown, cells) = block(breakable: false)[
  #pad(left: 1.6em)[#place(dx: -1.6em)[*#number.*]#if shown.len() > 0 { block(stroke: .5pt, inset: 4pt, shown.join(linebreak())) }
  #stem #text(size: .86em, weight: 700, hint) \\
  #for (index, (box-kind, letter, body)) in cells.enumerate() {
    if index > 0 and calc.rem(index, columns) == 0 { linebreak() }
    box(width: 100% / columns, cell(box-kind, letter, body))
  }]
]
#let rule(width) = box(width: width, line(length: 100%))
#let paper(label, body) = {
  [= <title>]
  line(length: 100%, stroke: 1.6pt)
  [<name> #rule(1fr) <date> #rule(6em) <score> #rule(3em) / 10]
  parbreak()
  [<directions>]
  body
  v(1fr)
  text(size: 7.5pt)[<credit> #h(1fr) #label 卷  ·  <foot>]
  pagebreak(to: "odd")
}
"""

BOXES = ("", r"\kuang ", r"\kuangda ")
TEX_HEAD = r"""\documentclass[a4paper,11pt]{article}
\usepackage[margin=13mm]{geometry}
\usepackage{fontspec,xeCJK,longtable,enumitem}
\setmainfont[Path=FONTS,BoldFont=QuizgenSans-Bold.otf]{QuizgenSans-Regular.otf}
\setCJKmainfont[Path=FONTS,BoldFont=QuizgenSans-Bold.otf]{QuizgenSans-Regular.otf}
\setlist[enumerate]{label=\textbf{\arabic*.},itemsep=2pt,parsep=1pt,leftmargin=1.8em}
\newcommand\kuang{\fbox{\rule{0pt}{.5em}\rule{.5em}{0pt}} }
\newcommand\kuangda{\fbox{\rule{0pt}{.7em}\rule{1.2em}{0pt}} }
\newcommand\hint{\footnotesize\bfseries}
\newcommand\cell[2]{\parbox[t]{\dimexpr\linewidth/#1\relax}{\raggedright #2}}
\newcommand\exhibit[1]{\fbox{\parbox{.9\linewidth}{\raggedright #1}}\par}
\newcommand\strich[1]{\makebox[#1]{\hrulefill}}
\newcommand\paper[1]{\special{pdf:outline 1 <</Title(#1)/Dest[@thispage/Fit]>>}{\Large\bfseries <title>}\par\hrule\medskip
  <name> \hrulefill\ <date> \strich{6em}\ <score> \strich{3em} / 10\par\medskip <directions>\par}
\newcommand\foot[1]{\vfill{\scriptsize <credit>\hfill #1 卷  ·  <foot>}\newpage\null\newpage}
\pagestyle{empty}\parindent0pt
\begin{document}
"""

if __name__ == "__main__":
    main()
