"""``quizgen kit``: one folder with everything for a talk, whole or not at all."""

import csv
import errno
import io
import json
import os
import re
import signal
from pathlib import Path
from typing import Any

import pexpect
import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from quizgen.cli import jobs
from quizgen.cli import kit as kits
from quizgen.cli.options import Selection
from quizgen.cli.page import QUIZZES
from quizgen.errors import QuizgenError, problem
from quizgen.paper.design import SheetDesign, TextSize
from quizgen.paper.kit import KitFile, KitIndex, print_kit_index
from quizgen.paper.layouts import Layout, PrintedSheet, all_layouts
from quizgen.text.messages import NOTHING, _
from tests.cli.program import Program, unprivileged_command
from tests.cli.test_completion import bash
from tests.faults import failing
from tests.page.pages import data_in
from tests.paper.printed import runs
from tests.paper.structure import Element, structure

OTHERS = [layout.name for layout in kits.kit_layouts() if layout.name not in ("handout", "fridge")]
FEW = [word for name in OTHERS for word in ("--without", name)]
"""Options that leave two sheets, which are soon made."""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def read(path: Path) -> str:
    return read_bytes(path.read_bytes())


def read_bytes(pdf: bytes) -> str:
    pages = pdfium.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def make_small_bank(program: Program, folder: Path) -> None:
    """Make a bank in English with one question, which is not about fraud."""
    assert program.here("bank", "init", folder, "--languages", "en").code == 0
    question = "{id: earth, kind: true-false, level: recall, difficulty: 1, stem: {en: The Earth is round.}, key: true}"
    (folder / "earth.yaml").write_text(f"topic: earth\ntitle: {{en: Earth}}\nquestions:\n  - {question}\n")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Replace printing: each sheet is only its name. Return the list of designs that were asked for."""
    seen: list[tuple[str, Any]] = []

    def results(job: jobs.KitPrintJob, designs: Any) -> Any:
        job.quiz()
        for name, design in designs.items():
            seen.append((name, design))
            yield name, PrintedSheet(name.encode(), NOTHING, drawn=False)

    monkeypatch.setattr(kits, "_print_in_processes", results)
    monkeypatch.setattr("quizgen.paper.kit.print_kit_index", lambda *_: b"index")
    return seen


# A real one


def test_a_kit_is_one_quiz_in_many_files(program: Program) -> None:
    """Each sheet of a kit is the same as when its layout prints it alone."""
    out = program.folder / "talk"
    options = ("--bank", program.bank, "-s", 9, "-n", 3, "--versions", 4, "--visitors", 30, "--paper", "A5")
    done = program.apart("kit", out, *options, *FEW, "--organiser", "River Post")
    assert (done.code, done.out, done.err) == (0, "", f"{out}: 6 files for 30 visitors, seed 9\n")
    assert sorted(contents(out)) == [
        "00-index.pdf", "01-handout-key.csv", "01-handout-key.pdf", "01-handout.pdf", "02-fridge.pdf",
        "03-page.html",
    ]  # fmt: skip
    assert [path.name for path in program.folder.iterdir() if path.name.startswith(".")] == []
    index = read(out / "00-index.pdf")
    assert "River Post" in index
    for words in (
        "02-fridge.pdf",
        "01-handout.pdf",
        "some A4, one side",
        "8 × 8 pages, both sides",
        "4 versions of 3 questions",
        "1 × 2 pages, both sides",
        "Seed 9",
        f"03-page.html For phones: the same quiz, one of {QUIZZES}.",
        "send opens in a browser",
    ):
        assert words in index
    page = (out / "03-page.html").read_text(encoding="utf-8")
    assert "<b>River Post</b>" in page
    carried = data_in(page)
    assert [each["seed"] for each in carried["quizzes"]] == list(range(9, 9 + QUIZZES))
    same = json.loads(program.here("export", "json", "-", *options[:6]).out)
    items = [carried["questions"][item["of"]] for item in carried["quizzes"][0]["items"]]
    stems = [carried["texts"][item["stem"]] for item in items]
    assert [each[0] for each in stems] == [each["stem"] for each in same["questions"]]
    rows = list(csv.reader(io.StringIO((out / "01-handout-key.csv").read_text("utf-8-sig"))))
    assert [row[0] for row in rows] == ["version", "A", "B", "C", "D"]
    alone = program.folder / "alone.pdf"
    sheet = (*options[:8], "--answers", "separate", "--paper", "A5", "--organiser", "River Post")
    assert program.here("handout", alone, *sheet).code == 0
    assert alone.read_bytes() == (out / "01-handout.pdf").read_bytes()


def test_a_kit_has_answer_sheets_if_asked_for(program: Program, made: list[tuple[str, Any]]) -> None:
    bank = ("--bank", program.bank, "--without", "page")
    for options, expected in ((), False), (("--with", "answer-sheet"), True):
        made.clear()
        assert program.here("kit", program.folder / f"kit{expected}", *bank, *options).code == 0
        assert ("answer-sheet" in dict(made)) == expected
    assert "a kit has no 'answers'" in program.here("kit", program.folder / "no", "--with", "answers").err


# What it is made of


def test_sheets_of_a_kit_have_unique_places_and_valid_file_names() -> None:
    found = kits.kit_layouts()
    assert {layout.name for layout in found} >= {
        "answer-sheet", "before-after", "bilingual", "cards", "fridge", "guide", "handout", "leaflet",
        "poster", "slides", "wallet",
    }  # fmt: skip
    places = [layout.kit.place for layout in found if layout.kit]
    assert len(set(places)) == len(places)
    assert all(re.fullmatch(r"[a-z-]+", layout.name) for layout in found)  # names of files


def test_options_go_to_the_sheets_that_have_them(program: Program, made: list[tuple[str, Any]]) -> None:
    profile = program.folder / "p.toml"
    profile.write_text('organiser = "Post"\nlink = "a"\nlanguages = ["zh-Hans"]\n')
    options = ("--bank", program.bank, "--versions", 3, "--text-size", "large", "--link", "b")
    assert program.here("kit", program.folder / "k", *options, "--profile", profile).code == 0
    designs = dict(made)
    assert {design.organiser for design in designs.values()} == {"Post"}
    assert (designs["handout"].versions, designs["handout"].answers) == (3, "separate")
    assert {design.link for design in designs.values() if hasattr(design, "link")} == {"b"}
    assert program.here("kit", program.folder / "l", *options, "--answers", "none").code == 0
    assert dict(made)["handout"].answers == "none"


def test_a_sheet_comes_on_paper_that_it_has(program: Program, made: list[tuple[str, Any]]) -> None:
    assert program.here("kit", program.folder / "k", "--bank", program.bank, "--paper", "A5").code == 0
    papers = {name: design.paper for name, design in made}
    assert (papers["handout"], papers["poster"]) == ("A5", "A4")


def test_a_bank_of_one_language_gets_no_bilingual_sheets(
    program: Program, made: list[tuple[str, Any]]
) -> None:
    my = program.folder / "my"
    make_small_bank(program, my)
    done = program.here("kit", program.folder / "k", "--bank", my, "-n", "1")
    assert (done.code, done.err.splitlines()[0]) == (
        0, "bilingual left out: the questions are in one language"
    )  # fmt: skip
    assert {"handout", "leaflet"} <= (names := {name for name, _ in made})
    assert "bilingual" not in names
    program.here("kit", program.folder / "k2", "--bank", my, "-n", "1", "--second", "zh-Hans")
    assert "bilingual" in {name for name, _ in made}


def test_a_kit_has_no_options_for_one_version_or_other_questions(program: Program) -> None:
    shown = program.here("kit", "--help", COLUMNS="200").out
    assert "--versions" in shown
    assert "--draw" not in shown
    assert "--only-version" not in shown


def test_sheets_with_little_room_choose_for_all(program: Program) -> None:
    """If a layout replaces questions that do not fit, all sheets use the same ones."""
    selection = Selection(bank=[program.bank], seed=7, count=2, lang="en")
    job = jobs.KitPrintJob(selection)
    drawn = [question.id for question in job.quiz().questions]
    others = [question.id for question in job.candidates().others]
    wanted = [drawn[1], others[0]]

    def chooses(job: Any) -> Any:
        found = job.candidates()
        by_id = {question.id: question for question in (*found.from_quiz, *found.others)}
        return found.make_quiz([by_id[id_] for id_ in wanted])

    fridge: Layout[Any] = all_layouts()["fridge"]
    assert fridge.kit
    job.choose_fitting_questions(
        [all_layouts()["handout"], replace(fridge, kit=replace(fridge.kit, chooses=chooses))]
    )
    assert [question.id for question in job.quiz().questions] == wanted
    assert job.candidates().from_quiz == job.quiz().questions
    assert {question.id for question in job.candidates().others} == {drawn[0], *others[1:]}
    batch = job.versions(("A", "B"), draw_separately=False)
    assert {question.id for label in "AB" for question in batch.quiz(label).questions} == set(wanted)


# The folder


def test_a_folder_with_something_in_it_is_left_alone(program: Program, made: list[tuple[str, Any]]) -> None:
    out = program.folder / "talk"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    (out / "09-handout.pdf").write_text("of an earlier kit")
    (out / "09-holiday.pdf").write_text("mine")
    before = contents(out)
    options = ("kit", out, "--bank", program.bank, "-s", 7)
    done = program.here(*options)
    assert (done.code, done.err) == (
        1, f"{out}: the folder is not empty; name another folder, or replace the kit in it with --force\n",
    )  # fmt: skip
    assert contents(out) == before
    assert made == []
    assert program.here(*options, "--force").code == 0
    after = contents(out)
    assert (after["mine.txt"], after["09-holiday.pdf"], after["00-index.pdf"]) == (b"mine", b"mine", b"index")
    assert "09-handout.pdf" not in after
    assert program.here(*options, "--force").code == 0
    assert contents(out) == after


def test_an_empty_folder_and_a_link_to_one_will_do(program: Program, made: list[tuple[str, Any]]) -> None:
    out = program.folder / "talk"
    (program.folder / "disk").mkdir()
    out.symlink_to("disk")
    assert program.here("kit", out, "--bank", program.bank).code == 0
    assert out.is_symlink()
    assert len(contents(out)) == len(dict(made)) + 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("file", "this is not a folder; name another"),
        ("none/talk", "its folder does not exist; create it first"),
    ],
)
def test_a_kit_that_cannot_make_its_folder_is_refused(
    program: Program, made: list[tuple[str, Any]], name: str, said: str
) -> None:
    (program.folder / "file").write_text("mine")
    out = program.folder / name
    assert program.here("kit", out) == (1, "", f"{out}: {said}\n")
    assert made == []


def test_a_locked_folder_is_reported_at_once(program: Program) -> None:
    out = program.folder / "talk"
    out.mkdir(mode=0o500)
    done = program.apart("kit", out, by=unprivileged_command())
    assert (done.code, done.err) == (1, f"{out}: the folder cannot be written to; name another\n")


@pytest.mark.usefixtures("made")
def test_a_disk_that_fills_up_leaves_no_half_a_kit(program: Program) -> None:
    out = program.folder / "talk"
    with failing("rename", errno.ENOSPC):
        done = program.here("kit", out, "--bank", program.bank, "-n", "5")
    said = "cannot write the folder: no space left on device; nothing was changed; free some disk space, or name another folder"
    assert (done.code, done.err) == (1, f"{out}: {said}\n")
    assert not out.exists()
    assert not list(program.folder.rglob("*.part"))


@pytest.mark.usefixtures("made")
def test_a_disk_that_fills_up_leaves_each_file_of_a_kit_old_or_new(program: Program) -> None:
    out = program.folder / "talk"
    out.mkdir()
    for name in ("00-index.pdf", "02-poster.pdf", "07-handout.pdf"):
        (out / name).write_text("earlier")
    with failing("fsync", errno.ENOSPC, first=3):
        done = program.here("kit", out, "--bank", program.bank, "-n", "5", "--force")
    said = "no space left on device; some files may have been replaced already; free some disk space, or name another folder"
    assert (done.code, done.err) == (1, f"{out}: cannot write the folder: {said}\n")
    assert contents(out)["07-handout.pdf"] == b"earlier"
    assert not list(program.folder.rglob("*.part"))


# What can be wrong


def test_every_problem_is_reported_once(program: Program) -> None:
    out = program.folder / "talk"
    done = program.here("kit", out, "--title", "a\x1b", "--bank", program.bank)
    assert (done.code, done.err) == (2, "--title holds U+001B, a control character; leave it out\n")
    done = program.here("kit", out, "--without", "poser", "--without", "leaflt")
    assert done.code == 2
    assert done.err.splitlines()[-1] == "a kit has no 'leaflt'; did you mean leaflet?"
    assert program.here("kit", out, "--visitors", 0).code == 2
    assert program.here("kit", out, "--versions", 0).code == 2
    assert not out.exists()


def failing_sheets(monkeypatch: pytest.MonkeyPatch, problems: dict[str, list[Any]]) -> None:
    """Let these sheets have these problems; "" stands for every other sheet that is asked for."""

    def results(_job: object, designs: Any) -> Any:
        for name in designs:
            yield name, problems.get(name, problems.get("", PrintedSheet(b"%PDF", NOTHING)))

    monkeypatch.setattr(kits, "_print_in_processes", results)


NO_ROOM = problem(_("the guide has no room on one page"), _("shorten its title"))
NO_IMAGE = problem(_("is no image that can be printed"), _("use a PNG, JPEG, GIF, WebP or SVG file"))


def test_a_problem_of_all_sheets_is_reported_once(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    failing_sheets(monkeypatch, {"guide": [NO_IMAGE, NO_ROOM], "": [NO_IMAGE]})
    done = program.here("kit", program.folder / "talk", "--bank", program.bank, "-n", "5")
    assert done.code == 1
    assert done.err.splitlines() == [
        "is no image that can be printed; use a PNG, JPEG, GIF, WebP or SVG file",
        "the guide has no room on one page; shorten its title",
    ]
    assert not (program.folder / "talk").exists()


def test_sheets_that_cannot_be_made_are_left_out(program: Program) -> None:
    """The six questions of the bank are too few for cards."""
    out = program.folder / "talk"
    others = {"handout", "page", *OTHERS} - {"cards"}
    without = [word for name in others for word in ("--without", name)]
    done = program.here("kit", out, "--bank", program.bank, "-n", "5", "-s", "7", *without)
    assert done.code == 0
    assert sorted(contents(out)) == ["00-index.pdf", "01-fridge.pdf"]
    *left_out, last = done.err.splitlines()
    assert len(left_out) == 1
    assert left_out[0].startswith("cards left out: cards takes 5 questions that fit, and of those asked for ")
    assert "; ask for more topics, kinds, levels or difficulties, or write more questions; " in left_out[0]
    assert last == f"{out}: 2 files for 30 visitors, seed 7"
    index = read(out / "00-index.pdf")
    assert "Left out cards: cards takes 5 questions that fit" in index


def test_a_guide_speaks_neither_of_slides_that_are_left_out_nor_of_fraud_to_a_bank_about_something_else(
    program: Program,
) -> None:
    my = program.folder / "my"
    make_small_bank(program, my)
    topic = my / "earth.yaml"
    topic.write_text(
        topic.read_text("utf-8").replace("is round.", f"is round. {'Or so they say. ' * 30}"), "utf-8"
    )
    out = program.folder / "talk"
    others = {"handout", "fridge", "page", *OTHERS} - {"guide", "slides"}
    done = program.here("kit", out, "--bank", my, *(word for name in others for word in ("--without", name)))
    assert done.code == 0
    assert "slides left out: slides takes 1 questions that fit (a call or message has room for" in done.err
    guide = read(next(out.glob("*-guide.pdf")))
    assert "Put the slides on your computer" not in guide
    assert "There are no slides" in guide
    assert "Running order" in guide
    assert not re.search("cheated|nearest police|numbers", guide)


def test_a_problem_in_a_file_of_one_sheet_stops_the_kit(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = problem(_("is no image that can be printed"), file="names.txt", line=2, column=1)
    failing_sheets(monkeypatch, {"guide": [names]})
    done = program.here("kit", program.folder / "talk", "--bank", program.bank, "-n", "5")
    assert (done.code, done.err) == (1, "names.txt:2:1: is no image that can be printed\n")
    assert not (program.folder / "talk").exists()


def test_a_killed_process_is_reported(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kits, "_processor_count", lambda: 2)
    selection = Selection(bank=[program.bank], seed=7, count=2, lang="en")
    monkeypatch.setattr(kits, "_print_sheet", killed)
    with pytest.raises(QuizgenError, match="a printing process was stopped by the system; free some memory"):
        list(kits._print_in_processes(jobs.KitPrintJob(selection), {"a": None, "b": None}))


def killed(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_an_interruption_leaves_no_files_and_no_processes(program: Program) -> None:
    child = program.terminal(
        "kit", program.folder / "talk", "--bank", program.bank, "--versions", "10000", *FEW
    )
    child.expect(r"\d/\d")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert not [path for path in program.folder.iterdir() if "talk" in path.name]


def test_completion_knows_the_sheets(program: Program) -> None:
    assert bash(program, "quizgen kit talk --without fr") == ["fridge"]


# The index


def test_the_index_has_room_for_many_files_on_the_smallest_page() -> None:
    purposes = (
        _("The quiz, for every visitor to take."),
        _("To cut and play with, a set for six at a table."),
        _("The same key as a table for spreadsheets."),
    )
    files = [
        KitFile(f"{number:02}-before-after.pdf", purposes[number % 3], "long-edge", 1200)
        for number in range(15)
    ]
    design = SheetDesign(paper="A5", organiser="River Street Police Post")
    document = pdfium.PdfDocument(
        print_kit_index(KitIndex(files, (_("A pen for each visitor"),) * 6, 1200, 123456), design, "zh-Hans")
    )
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    assert text.count("-before-after.pdf") == 15
    assert "123456" in text


def test_the_index_says_how_many_pages_a_file_has() -> None:
    files = [KitFile(f"{pages}.pdf", _("To sign."), "one", 1, pages=pages) for pages in (1, 61)]
    text = read_bytes(print_kit_index(KitIndex(files, (), 30, 7), SheetDesign(), "en"))
    assert "61 pages, one side" in text
    assert "1 pages" not in text.replace("61 pages", "")


def test_the_index_in_large_type_has_two_pages_at_most() -> None:
    files = [
        KitFile(f"{number:02}-{each.name}.pdf", each.kit.purpose, each.kit.sides, 30)
        for number, each in enumerate(kits.kit_layouts())
        if each.kit and each.kit.is_default
    ]
    files += [
        KitFile(
            f"{number}-page.html",
            _(
                "For phones: the same quiz, one of {count}. Send it to people or put it on a website.",
                count=20,
            ),
            "browser",
            0,
        )
        for number in (13, 14)
    ]
    needs = (
        _("A pen for each visitor"),
        _("Tape"),
        _("A projector or a large screen"),
        _("Scissors, or a knife and a ruler"),
    )
    design = SheetDesign(text_size="large", paper="Letter", organiser="River Street Police Post")
    pdf = print_kit_index(KitIndex(files, needs, 30, 7), design, "en")
    found = runs(pdf)
    assert {run.page for run in found} == {0, 1}
    assert min(run.size for run in found if run.text.strip()) == 16
    text = read_bytes(pdf)
    assert [file.name for file in files if file.name not in text] == []
    assert "The last page is a table to count in." in text
    assert "All sheets ask the same" not in text  # cards take others where these have no room
    assert "--seed 7" in text


def index_of(language: str = "en", **asked: Any) -> bytes:
    files = [
        KitFile("01-poster.pdf", _("The quiz, for every visitor to take."), "one", 0, pages=1),
        KitFile("02-guide.pdf", _("The quiz, for every visitor to take."), "long-edge", 1, pages=7),
        KitFile("03-slides.pdf", _("The quiz, for every visitor to take."), "screen", 1, pages=22),
        KitFile("04-before.pdf", _("The quiz, for every visitor to take."), "one", 30, pages=2),
    ]
    needs = (_("A pen for each visitor"), _("A projector or a large screen"))
    return print_kit_index(KitIndex(files, needs, 30, 7), SheetDesign(**asked), language)


def test_the_index_says_how_much_paper_all_sheets_take() -> None:
    assert "In all: 64 sheets of paper" in read_bytes(index_of())


@pytest.mark.parametrize("text_size", ["normal", "large"])
def test_a_screen_reader_can_read_the_index(text_size: TextSize) -> None:
    pdf = index_of(text_size=text_size)
    lists = structure(pdf).roles("L")
    assert [kid.role for each in lists for kid in each.kids if isinstance(kid, Element)] == ["LI", "LI"]
    assert all(isinstance(kid, Element) for each in lists for kid in each.kids)
    checker = pytest.importorskip("page", reason="page-validation is not installed")
    report = checker.validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []
