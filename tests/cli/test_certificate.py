"""The certificate of taking part: from the command line, and at the end of a quiz on a terminal."""

import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from quizgen.cli.certificate import write_certificate_file
from tests.cli.program import Program, unprivileged_command
from tests.cli.test_fullscreen import ENTER, Screen
from tests.cli.test_take import SIX, named
from tests.test_attempt import taken


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def read(path: Path) -> str:
    (page,) = pdfium.PdfDocument(path.read_bytes())
    return " ".join(page.get_textpage().get_text_range().split())


# From the command line


def test_a_certificate_of_a_quiz(program: Program) -> None:
    out = program.folder / "a.pdf"
    options = (
        "--name",
        "李明",
        "--date",
        "1 May",
        "-t",
        "parcels",
        "--paper",
        "a5",
    )
    done = program.here("print", "certificate", out, "--bank", program.bank, *options, "-s", 7)
    assert (done.code, done.out) == (0, "")
    assert done.err.endswith(f"{out}: a certificate for 3 questions, seed 7\n")
    text = read(out)
    assert "李明" in text
    assert "a quiz of 3 questions Topics: Parcels and fees" in text
    first = out.read_bytes()
    assert program.here("print", "certificate", out, "--bank", program.bank, *options, "-s", 7).code == 1
    assert (
        program.here("print", "certificate", out, "--bank", program.bank, *options, "-s", 7, "--force").code
        == 0
    )
    assert out.read_bytes() == first


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--answers end", "there is no option --answers; only handout has this option"),
        ("--versions 3 --link x", "there is no option --versions; answer-sheet and handout have this option"),
        (
            f"--name {'x' * 81}",
            "the name has 81 characters; 80 have room on a certificate",
        ),
        ("--name A\x1bB", "--name holds U+001B, a control character; leave it out"),
    ],
)
def test_options_that_a_certificate_cannot_take_are_named(program: Program, options: str, said: str) -> None:
    done = program.here(
        "print", "certificate", program.folder / "a.pdf", "--bank", program.bank, *options.split(" ")
    )
    assert (done.code, done.out, done.err) == (2, "", f"{said}\n")
    assert not (program.folder / "a.pdf").exists()


def test_certificates_for_a_list_of_names(program: Program) -> None:
    out, names = program.folder / "a.pdf", program.folder / "names.txt"
    names.write_text("李明\n\nAda\n", encoding="utf-8")
    options = ("--names", names, "-t", "parcels", "-s", 7)
    done = program.here("print", "certificate", out, "--bank", program.bank, *options)
    assert done.code == 0
    assert done.err.endswith(f"{out}: 2 certificates for 3 questions, seed 7\n")
    assert len(pdfium.PdfDocument(out.read_bytes())) == 2
    names.write_text(f"Ada\n{'x' * 200}\n", encoding="utf-8")
    done = program.here("print", "certificate", out, "--bank", program.bank, *options, "--force")
    assert done.code == 1
    assert f"{names}:2:1: the name has 200 characters; " in done.err
    assert len(pdfium.PdfDocument(out.read_bytes())) == 2


# At the end of a quiz


def test_no_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "certificate.pdf").write_text("mine")
    for number in (2, 3):
        said, path = write_certificate_file(taken("+-+-+-"), "Ada", [tmp_path])
        assert path == tmp_path / f"certificate-{number}.pdf"
        assert said == f"Certificate saved: {path}"
    assert (tmp_path / "certificate.pdf").read_text() == "mine"
    assert "1 January 1970" in read(tmp_path / "certificate-3.pdf")


def test_another_folder_is_used_if_one_cannot_be_written_to(tmp_path: Path) -> None:
    said, path = write_certificate_file(taken("++++++"), "Ada", [tmp_path / "gone", tmp_path])
    assert path == tmp_path / "certificate.pdf"
    said, path = write_certificate_file(taken("++++++"), "Ada", [tmp_path / "gone"])
    assert path is None
    assert said.startswith("cannot write the certificate: no such file or directory; ")


def test_an_error_gives_the_reason_for_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said, path = write_certificate_file(taken("++++++"), "Ada", [tmp_path / "file", tmp_path / "gone"])
    assert path is None
    assert said.startswith("cannot write the certificate: not a directory; ")


def test_invisible_characters_in_a_name_are_removed(tmp_path: Path) -> None:
    _, path = write_certificate_file(taken("++++++"), " A\u202eda\u200b ", [tmp_path])
    assert path
    assert " Ada " in read(path)
    said, path = write_certificate_file(taken("++++++"), "x" * 81, [tmp_path])
    assert (said, path) == ("the name has 81 characters; 80 have room on a certificate", None)


def finished(program: Program, *options: str, **how: object) -> Screen:
    """Take a quiz of one question to its end, in a folder outside this project."""
    here = program.folder / "here"
    here.mkdir(exist_ok=True)
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX[:1]), *options, folder=here, **how)
    screen.sees("1 of 1")
    screen.presses("s")
    if "end" not in options:
        screen.sees("Skipped")
        screen.presses(ENTER)
    screen.sees("certificate")
    return screen


@pytest.mark.parametrize("options", [(), ("--feedback", "end")], ids=["each", "end"])
def test_a_key_on_the_results_makes_a_certificate(program: Program, options: tuple[str, ...]) -> None:
    screen = finished(program, *options)
    screen.presses("c")
    screen.sees("Type the name to print")
    screen.presses("王小明 Q", ENTER)
    screen.sees("Certificate saved")
    screen.presses("c")
    screen.sees("Type the name to print")
    screen.presses(ENTER)
    screen.sees("Certificate saved")
    screen.presses(ENTER)
    code, last = screen.ends()
    paths = [program.folder / "here" / name for name in ("certificate.pdf", "certificate-2.pdf")]
    assert code == 0
    assert last == "".join(f"Certificate saved:\n{path}\n" for path in paths) + "\nScore: 0/1\n"
    texts = [read(path) for path in paths]
    assert all("王小明 Q took part in" in text for text in texts)  # the name is offered again
    assert all(re.search(r"Date \d+ [A-Z][a-z]+ 20\d\d", text) for text in texts)


def test_a_certificate_goes_to_the_home_folder_if_the_current_one_is_read_only(program: Program) -> None:
    here = program.folder / "here"
    here.mkdir()
    here.chmod(0o500)
    screen = finished(program, by=unprivileged_command())
    screen.presses("c")
    screen.sees("Type the name")
    screen.presses(ENTER)
    screen.sees("Certificate saved")
    screen.presses(ENTER)
    _, last = screen.ends()
    assert f"Certificate saved: {program.folder / 'certificate.pdf'} " in " ".join(last.split()) + " "


def test_without_pango_the_quiz_reports_it_and_continues(program: Program) -> None:
    fake = program.folder / "fake"
    fake.mkdir()
    (fake / "weasyprint.py").write_text("raise OSError('cannot load library')\n")
    screen = finished(program, PYTHONPATH=str(fake))
    screen.presses("c")
    screen.sees("Type the name")
    screen.presses("Ada", ENTER)
    screen.sees("finds no Pango on this system")
    screen.presses("\x1b[D")
    screen.sees("return")
    screen.presses(ENTER, "q")
    code, last = screen.ends()
    assert (code, last) == (0, "\nScore: 0/1\n")


def test_a_visitor_at_a_stall_is_offered_no_certificate(program: Program) -> None:
    screen = Screen(
        program, "take", "--kiosk", "--bank", program.bank, *named(SIX[:1]), folder=program.folder
    )
    screen.sees("Press 1 to start")
    screen.presses("1")
    screen.sees("1 of 1")
    screen.presses("s")
    screen.sees("Skipped")
    screen.presses(ENTER)
    assert "certificate" not in screen.sees("Thank you")
    screen.presses("c", "\x0f", "\x15", "\x14")
    screen.ends()
    assert not list(program.folder.glob("*.pdf"))
