"""Many versions of one ten-question paper in Chinese: quizgen beside Typst and, where installed, XeLaTeX.

Run it as ``python benchmarks/press.py [N …]`` in the development environment, after ``pip install typst``.
All three print the same questions on A4 with the same fonts, a different order in each version, and a key.
Each run is a process of its own; times are wall seconds from command to file, memory its peak.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from quizgen.assemble import Batch, Recipe, assemble_versions, version_labels
from quizgen.bank import load
from quizgen.files import shipped
from quizgen.language import read
from quizgen.model import Choose, Fill, Match, Order, Question
from quizgen.paper.pieces import mark_of

LANGUAGE, SEED = "zh-Hans", 7
NUMBERS = (1, 10, 100, 1_000, 10_000)
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
                seconds, memory, size = measured(command, Path(folder))
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
    return [*command, "--seed", str(SEED), "--lang", LANGUAGE, "--answers", "separate"]


def typst(folder: Path, batch: Batch) -> list[str]:
    """Each text stands once, under a name; each version is a list of names. No big value is captured anywhere."""
    texts: dict[str, int] = {}
    papers = []
    keys = []
    for label in batch.labels:
        items = [item_of(question, texts) for question in batch.quiz(label).questions]
        listed = []
        for number, item in enumerate(items, start=1):
            rows = "".join(f"({', '.join(f't{cell}' for cell in row)},)," for row in item["rows"])
            listed.append(f"#q({number}, t{item['stem']}, ({rows}))")
        papers.append(f"#paper[{label}][{''.join(listed)}]")
        keys.append(f"[{label}], " + ", ".join(f"[{item['mark']}]" for item in items))
    names = "".join(f"#let t{number} = [{typ(text)}]\n" for text, number in texts.items())
    table = f"#set page(columns: 2)\n#grid(columns: {batch.count + 1}, gutter: .5em, {', '.join(keys)})\n"
    (folder / "papers.typ").write_text(TYPST + names + "\n".join(papers) + table, encoding="utf-8")
    program = "import typst, sys; typst.compile('papers.typ', output='papers.pdf', font_paths=[sys.argv[1]])"
    return [sys.executable, "-c", program, str(FONTS)]


def xelatex(folder: Path, batch: Batch) -> list[str]:
    """Write each version out, as exam packages of TeX do."""
    pages = []
    keys = []
    for label in batch.labels:
        texts: dict[str, int] = {}
        questions = [item_of(question, texts) for question in batch.quiz(label).questions]
        words = list(texts)
        body = []
        for item in questions:
            body.append(f"\\item {tex(words[item['stem']])}\n")
            for index, row in enumerate(item["rows"]):
                cells = " ".join(f"\\kuang {tex(words[cell])}\\quad" for cell in row)
                body.append(f"\\\\ {chr(65 + index)} {cells}\n")
        pages.append(f"\\head\\begin{{enumerate}}{''.join(body)}\\end{{enumerate}}\\vfill {label}\\newpage\n")
        keys.append(" & ".join([label, *(item["mark"] for item in questions)]))
    table = "\\\\\n".join(keys)
    (folder / "papers.tex").write_text(
        TEX_HEAD.replace("FONTS", f"{FONTS}/")
        + "".join(pages)
        + f"\\begin{{longtable}}{{l{'l' * len(batch.quiz('A').questions)}}}\n{table}\n\\end{{longtable}}\\end{{document}}",
        encoding="utf-8",
    )
    return ["xelatex", "-interaction=batchmode", "papers.tex"]


def item_of(question: Question, texts: dict[str, int]) -> dict[str, object]:
    """Return a question as data: rows of one text, or of a prompt and a choice."""

    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    answer = question.answer
    rows: list[list[int]] = []
    match answer:
        case Choose(options=options) | Order(steps=options):
            rows = [[number(read(text, LANGUAGE))] for text in options]
        case Match(prompts=prompts, choices=choices):
            pairs = zip(prompts, choices, strict=False)
            rows = [
                [number(read(prompt, LANGUAGE)), number(read(choice, LANGUAGE))] for prompt, choice in pairs
            ]
        case Fill():
            pass
    return {"stem": number(read(question.stem, LANGUAGE)), "rows": rows, "mark": mark_of(question)}


def typ(text: str) -> str:
    """Escape a text for Typst."""
    return "".join(f"\\{character}" if character in "\\#*_$@<>`~[]" else character for character in text)


def tex(text: str) -> str:
    """Escape a text for TeX."""
    return text.replace("%", "\\%").replace("&", "\\&").replace("_", "\\_").replace("#", "\\#")


TYPST = """
#set page(paper: "a4", margin: 13mm)
#set text(font: "Quizgen Sans", size: 11.5pt, lang: "zh")
#let square = box(width: .8em, height: .8em, stroke: .7pt)
#let q(number, stem, rows) = block(breakable: false)[
  *#number.* #stem
  #grid(columns: (50%, 50%), row-gutter: .5em, ..rows.enumerate().map(((index, row)) =>
    [#square #("A", "B", "C", "D", "E", "F").at(index) #row.join([ ])]))
]
#let paper(label, body) = {
  [*防范电信网络诈骗知识问答*]
  line(length: 100%, stroke: 1.6pt)
  [姓名 #box(width: 50%, line(length: 100%)) 日期 #box(width: 6em, line(length: 100%))]
  body
  align(bottom + right, text(size: 7.5pt)[#label 卷])
  pagebreak(weak: true)
}
"""

TEX_HEAD = r"""\documentclass[a4paper,11pt]{article}
\usepackage[margin=13mm]{geometry}
\usepackage{fontspec,xeCJK,longtable,enumitem}
\setmainfont[Path=FONTS,BoldFont=QuizgenSans-Bold.otf]{QuizgenSans-Regular.otf}
\setCJKmainfont[Path=FONTS,BoldFont=QuizgenSans-Bold.otf]{QuizgenSans-Regular.otf}
\newcommand\kuang{\fbox{\rule{0pt}{.5em}\rule{.5em}{0pt}}}
\newcommand\head{{\Large\bfseries 防范电信网络诈骗知识问答}\par\hrule\medskip 姓名 \hrulefill\ 日期 \hrulefill\par}
\pagestyle{empty}\parindent0pt
\begin{document}
"""

if __name__ == "__main__":
    main()
