"""``quizgen handout``: what it writes, and what it refuses."""

import csv
import io
import shutil
from pathlib import Path

import pexpect
import pypdfium2 as pdfium
import pytest

from quizgen.files import shipped_folder
from tests.cli.program import Program
from tests.paper.printed import runs, squeezed


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def names(program: Program) -> list[str]:
    return sorted(path.name for path in program.folder.iterdir() if path.is_file())


def test_one_file_and_the_seed_that_was_drawn(program: Program) -> None:
    out = program.folder / "a.pdf"
    done = program.here("handout", out, "--bank", program.bank, "-n", 2)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"{out}: 2 questions, seed ")
    assert names(program) == ["a.pdf"]


@pytest.mark.parametrize(
    ("command", "code"),
    [(["handout"], 0), (["print", "fridge"], 0), (["handout", "--title", "long " * 400], 2)],
)
def test_nothing_stays_where_temporary_files_go(program: Program, command: list[str], code: int) -> None:
    folder = program.folder / "temporary"
    folder.mkdir()
    out = program.folder / "a.pdf"
    done = program.apart(*command, out, "--bank", program.bank, TMPDIR=str(folder))
    assert done.code == code
    assert not list(folder.iterdir())


def test_the_same_command_writes_the_same_bytes(program: Program) -> None:
    out = program.folder / "a.pdf"
    command = ("handout", out, "--bank", program.bank, "--seed", 7, "-l", "zh-Hant", "--force")
    first = [program.here(*command), out.read_bytes()]
    assert first == [program.here(*command), out.read_bytes()]


def test_the_same_bytes_at_any_time_without_the_library_that_cuts_fonts(
    program: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    out = program.folder / "a.pdf"
    command = ("handout", out, "--bank", program.bank, "-n", 1, "--seed", 7, "--answers", "none", "--force")
    program.here(*command)  # so that WeasyPrint is there
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    printed = []
    for years in (10, 20):
        monkeypatch.setattr("time.time", lambda years=years: years * 365.25 * 24 * 3600)
        assert program.here(*command).code == 0
        printed.append(out.read_bytes())
    assert "fontTools" in caplog.text
    assert printed[0] == printed[1]


def test_versions_come_with_keys_for_a_spreadsheet(program: Program) -> None:
    out = program.folder / "a.pdf"
    done = program.here(
        "handout", out, "--bank", program.bank, "--seed", 7, "--versions", 3, "--answers", "separate"
    )
    assert done.code == 0
    assert (
        done.err == "6 questions, but only 5 of these do not give each other away; ask for 5 with -n 5\n"
        f"{out}, {out.with_name('a-key.pdf')}, {out.with_name('a-key.csv')}: 3 versions of 6 questions, seed 7\n"
    )
    assert names(program) == ["a-key.csv", "a-key.pdf", "a.pdf"]
    text = out.with_name("a-key.csv").read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head == ["version", *"123456", *(f"question {number}" for number in range(1, 7))]
    assert [row[0] for row in rows] == ["A", "B", "C"]
    assert len({tuple(row[7:]) for row in rows}) == 3
    assert len({frozenset(row[7:]) for row in rows}) == 1


def test_a_single_version_and_a_single_question_are_named_as_such(program: Program) -> None:
    out = program.folder / "a.pdf"
    done = program.here("handout", out, "--bank", program.bank, "--seed", 7, "--only-version", "A", "-n", 1)
    assert done.err == f"{out}: 1 version of 1 question, seed 7\n"


def test_the_key_and_its_table_are_two_files(program: Program) -> None:
    out = program.folder / "a.csv"
    command = ("handout", out, "--bank", program.bank, "--answers", "separate")
    done = program.here(*command, "--versions", 3)
    assert (done.code, done.err) == (
        2,
        f"{out}: the key and its table would both be named a-key.csv; name a file that ends in .pdf\n",
    )
    assert names(program) == []
    assert program.here(*command).code == 0  # no table


@pytest.mark.parametrize("named", ["C", "c", "3"])
def test_a_single_version_can_be_printed_again(program: Program, named: str) -> None:
    out = program.folder / "a.pdf"
    command = ("handout", out, "--bank", program.bank, "--seed", 7, "--answers", "none")
    assert program.here(*command, "--versions", 9, "--only-version", named).code == 0
    page, _back = pdfium.PdfDocument(out.read_bytes())
    assert "Paper C" in page.get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--versions 0", "0 versions cannot be printed; ask for 1 to 10,000 with --versions"),
        ("--versions 10001", "10001 versions cannot be printed; ask for 1 to 10,000 with --versions"),
        ("--versions 3 --only-version D", "there is no version 'D'; they are labelled A to C"),
        ("--versions 3 --only-version 4", "there is no version '4'; they are labelled A to C"),
        ("--only-version ?", "there is no version '?'; they are labelled A to NTP"),
        ("--draw", "--draw is for versions; say how many with --versions"),
        (
            "--versions 2 --draw -n 6",
            "versions cannot draw different questions: only 6 match this selection; ask for fewer with --count, widen the selection, or leave out --draw",
        ),
        (
            "-n 7",
            "you asked for 7 questions, but only 6 match this selection; ask for 6 or fewer",
        ),
        ("--title \x1b[1m", "--title holds U+001B, a control character; leave it out"),
        ("--logo no.png", "no.png: there is no such file or folder; check the path"),
    ],
)
def test_what_cannot_be_printed_is_reported_and_nothing_is_written(
    program: Program, options: str, said: str
) -> None:
    done = program.here("handout", program.folder / "a.pdf", "--bank", program.bank, *options.split(" "))
    assert (done.code, done.out, done.err) == (2, "", f"{said}\n")
    assert names(program) == []


def test_no_file_overwrites_another(program: Program) -> None:
    out, key = program.folder / "a.pdf", program.folder / "a-key.pdf"
    key.write_text("mine")
    done = program.here("handout", out, "--bank", program.bank, "--answers", "separate")
    assert (done.code, done.err) == (
        1,
        f"{key}: the file exists; name another file, or overwrite it with --force\n",
    )
    assert names(program) == ["a-key.pdf"]


def test_a_logo_that_is_not_an_image_is_reported(program: Program) -> None:
    logo = program.folder / "logo.png"
    logo.write_text("no image")
    done = program.here("handout", program.folder / "a.pdf", "--bank", program.bank, "--logo", logo)
    assert done.err == f"{logo}: is no image that can be printed; use a PNG, JPEG, GIF, WebP or SVG file\n"


def test_a_bar_shows_on_a_terminal_for_what_takes_long(program: Program) -> None:
    out = program.folder / "a.pdf"
    child = program.terminal(
        "handout", out, "--bank", program.bank, "--seed", "7", "--versions", "6000", "--answers", "none"
    )
    child.expect(r"6000\s+versions\s+of\s+6\s+questions,\s+seed\s+7")
    assert "/6000" in (child.before or "")
    child.expect_exact("\r\n")
    child.close()
    assert len(pdfium.PdfDocument(out.read_bytes())) == 12_000


def test_an_interruption_leaves_no_file_and_harms_none(program: Program) -> None:
    out = program.folder / "a.pdf"
    out.write_text("old")
    child = program.terminal(
        "handout", out, "--bank", program.bank, "--seed", "7", "--versions", "10000", "--force"
    )
    child.expect("/10000")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert names(program) == ["a.pdf"]
    assert out.read_text() == "old"


@pytest.mark.parametrize(("lang", "words"), [("en", "14 October 2026"), ("zh-Hans", "2026年10月14日")])
def test_a_date_in_digits_is_printed_in_words(program: Program, lang: str, words: str) -> None:
    out = program.folder / "handout.pdf"
    done = program.here(
        "handout", out, "--bank", program.bank, "-n", 1, "--date", "2026-10-14", "--lang", lang
    )
    assert done.code == 0
    assert words.replace(" ", "") in "".join(squeezed(run.text) for run in runs(out.read_bytes()))


def test_a_sheet_without_questions_names_no_seed(program: Program) -> None:
    out = program.folder / "fridge.pdf"
    done = program.here("print", "fridge", out, "--bank", program.bank)
    assert (done.code, done.err) == (0, f"{out}: 2 sheets for the fridge\n")


def test_it_says_how_many_questions_do_not_give_each_other_away(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(program.folder)
    uk = ("--bank", str(shipped_folder("question_bank") / "uk"), "-s", "3")
    said = "21 questions, but only 15 of these do not give each other away; ask for 15 with -n 15\n"
    for asked in (
        ("handout", "a.pdf", "--answers", "none"),
        ("page", "a.html"),
        ("export", "csv", "a.csv"),
    ):
        assert said in program.here(*asked, *uk, "-n", "21", "--force").err
    assert "give each other away" not in program.here(*asked, *uk, "-n", "15", "--force").err
    assert "a quiz can have 15 questions that" in program.here("bank", "stats", *uk[:2]).out


@pytest.mark.parametrize(
    ("region", "cases"),
    [
        ("uk", [([], "", 595), ([], 'region = "us"', 612)]),
        ("ca", [([], "", 612), (["--paper", "A4"], "", 595), ([], 'paper = "A4"', 595)]),
        ("ca-ns", [([], "", 612)]),
    ],
)
def test_the_paper_is_that_of_the_region(
    program: Program, region: str, cases: list[tuple[list[str], str, int]]
) -> None:
    bank, out = program.folder / "own", program.folder / "OUT.pdf"
    shutil.copytree(shipped_folder("question_bank") / "uk", bank)
    for file in bank.glob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("region: uk", f"region: {region}"), "utf-8")
    profile_file = program.folder / "config" / "quizgen" / "profile.toml"
    profile_file.parent.mkdir(parents=True, exist_ok=True)
    for asked, profile, width in cases:
        profile_file.write_text(profile, "utf-8")
        assert program.here("print", "fridge", out, "--bank", bank, "--force", *asked).code == 0
        with pdfium.PdfDocument(out) as document:
            assert round(document.get_page_size(0)[0]) == width
