"""Many versions of one ten-question paper in Chinese: quizgen compared with Typst and, if installed, XeLaTeX.

Run it as ``python benchmarks/press.py [N …]`` in the development environment, after ``pip install typst``.
All three print the same papers on A4 with the same fonts: head, hints, options in the same number of columns, a foot
with source, label, seed and page, a bookmark to each version, blank backs for double-sided printing, and a key. The other
two get the number of columns and pages, which quizgen computes. Each run is a process of its own. Times are wall seconds
from command to file, the shortest of three up to a thousand papers; memory is the peak.
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

from quizgen.assemble import Recipe, VersionBatch, assemble_versions, version_labels
from quizgen.bank import read_bank
from quizgen.files import shipped_folder
from quizgen.paper.design import QuizPaperDesign, sheet_title
from quizgen.paper.shapes import paper_shape
from quizgen.text.languages import localize
from quizgen.text.messages import _
from quizgen.view.exhibit import join_runs
from quizgen.view.question import QuestionView, build_question_views

LANGUAGE, SEED = "zh-Hans", 7
NUMBERS = (1, 10, 100, 1_000, 10_000)
RUNS, MANY = 3, 1_000
"""How many times a command runs for up to so many papers. For more it runs once, since the others take minutes."""
FONTS = shipped_folder("templates") / "fonts"

Run = tuple[float, int, int]
"""Seconds, peak kilobytes, bytes of PDF."""


def main() -> None:
    """Print a table, each row as soon as it is measured."""
    numbers = [int(argument) for argument in sys.argv[1:]] or NUMBERS
    tools: dict[str, Callable[[Path, VersionBatch], list[str]]] = {"quizgen": quizgen, "Typst": typst}
    if shutil.which("xelatex"):
        tools["XeLaTeX"] = xelatex
    print(
        "| papers | tool | seconds | times quizgen | peak MB | PDF MB |\n| --: | :-- | --: | --: | --: | --: |"
    )
    bank = read_bank([shipped_folder("question_bank")])
    for number in numbers:
        batch = assemble_versions(bank, Recipe(), SEED, LANGUAGE, version_labels(number))
        first = None
        for name, prepare in tools.items():
            with tempfile.TemporaryDirectory() as folder:
                command = prepare(Path(folder), batch)
                runs = RUNS if number <= MANY else 1
                seconds, memory, size = min(measure(command, Path(folder)) for _ in range(runs))
            first = first or seconds
            print(
                f"| {number:,} | {name} | {seconds:.2f} | {seconds / first:.2f} | {memory / 1024:.0f} "
                f"| {size / 1e6:.2f} |",
                flush=True,
            )


def measure(command: list[str], folder: Path) -> Run:
    """Run a command in a folder where it writes ``papers.pdf``."""
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return seconds, usage.ru_maxrss, (folder / "papers.pdf").stat().st_size


def quizgen(_folder: Path, batch: VersionBatch) -> list[str]:
    """Return the command line of quizgen."""
    command = [sys.executable, "-m", "quizgen", "handout", "papers.pdf", "--versions", str(len(batch.labels))]
    return [*command, "--seed", str(SEED), "--lang", LANGUAGE, "--answers", "separate", "--force"]


def typst(folder: Path, batch: VersionBatch) -> list[str]:
    """Write a source for Typst, and return the command: each text is defined once, and versions are lists of names.

    This is the fastest of several sources that print the same: boxes in lines take half the time of grids.
    """
    texts: dict[str, int] = {}
    papers = []
    keys = []
    for label in batch.labels:
        items = [item_of(question, texts) for question in build_question_views(batch.quiz(label))]
        listed = []
        for number, item in enumerate(items, start=1):
            cells = "".join(f"({box}, [{letter}], t{cell})," for box, letter, cell in item.cells)
            shown = "".join(f"t{line}," for line in item.exhibit)
            listed.append(f"#q({number}, t{item.stem}, [{item.hint}], {item.columns}, ({shown}), ({cells}))")
        papers.append(f"#paper[{label}][{''.join(listed)}]")
        keys.append(f"[*{label}*], " + ", ".join(f"[{item.mark}]" for item in items))
    names = "".join(f"#let t{number} = [{typ(text)}]\n" for text, number in texts.items())
    table = f"#set page(columns: 3)\n#set text(size: 9pt)\n#grid(columns: {batch.count + 1}, gutter: .5em, {', '.join(keys)})\n"
    (folder / "papers.typ").write_text(fill_in(TYPST) + names + "\n".join(papers) + table, encoding="utf-8")
    program = "import typst, sys; typst.compile('papers.typ', output='papers.pdf', font_paths=[sys.argv[1]])"
    return [sys.executable, "-c", program, str(FONTS)]


def xelatex(folder: Path, batch: VersionBatch) -> list[str]:
    """Write a source for XeLaTeX, and return the command: each version is written out, as exam packages of TeX do."""
    pages = []
    keys = []
    texts: dict[str, int] = {}
    for label in batch.labels:
        items = [item_of(question, texts) for question in build_question_views(batch.quiz(label))]
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
        fill_in(TEX_HEAD).replace("FONTS", f"{FONTS}/")
        + "".join(pages)
        + f"\\small\\begin{{longtable}}{{l{'l' * batch.count}}}\n{table}\n\\end{{longtable}}\\end{{document}}",
        encoding="utf-8",
    )
    return ["xelatex", "-interaction=batchmode", "papers.tex"]


class Item(NamedTuple):
    """A question whose texts are numbers. ``exhibit`` is the sender and the lines; a cell has a box, a letter and a text."""

    exhibit: list[int]
    stem: int
    hint: str
    columns: int
    cells: list[tuple[int, str, int]]
    mark: str


def item_of(question: QuestionView, texts: dict[str, int]) -> Item:
    """Return a question with its texts as numbers, adding new ones to ``texts``."""

    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    exhibit = question.exhibit
    lines = [exhibit.sender, *(line.words for line in exhibit.lines)] if exhibit else []
    columns = 2
    cells: list[tuple[int, str, int]] = []
    if question.answer_form == "order":
        cells = [(2, "", number(step.text)) for step in question.options]
    elif question.answer_form == "pairs":
        for prompt, choice in zip(question.prompts, question.options, strict=False):
            cells += [(2, "", number(prompt.text)), (0, choice.letter, number(choice.text))]
    elif question.options:
        longest = max(len(option.text) for option in question.options)
        columns = next(count for count, length in ((4, 6), (2, 17), (1, 999)) if longest <= length)
        cells = [(1, option.letter, number(option.text)) for option in question.options]
    shape = paper_shape(question.answer)
    return Item(
        [number(join_runs(line)) for line in lines],
        number(question.stem),
        shape.hint(question),
        columns,
        cells,
        shape.answer_key_cell(question),
    )


def fill_in(source: str) -> str:
    """Replace the placeholders of a source by the texts that every paper has."""
    cited, *_others = read_bank([shipped_folder("question_bank")]).sources.values()
    messages = {
        "name": _("Name"),
        "date": _("Date"),
        "score": _("Score"),
        "directions": _("Tick one box for each question, unless it says otherwise."),
        "credit": _("Facts: {sources}", sources=localize(cited.title, LANGUAGE)),
    }
    texts = {name: each.translated(LANGUAGE) for name, each in messages.items()}
    texts["title"] = sheet_title(QuizPaperDesign(), LANGUAGE)
    foot = (_("Seed {seed}", seed=SEED), _("Page {page} of {pages}", page=1, pages=1))
    texts["foot"] = "  ·  ".join(each.translated(LANGUAGE) for each in foot)
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
