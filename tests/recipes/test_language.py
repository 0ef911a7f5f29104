"""CONTRIBUTING says how a language is added: here is German, in a copy, as one file, and the program speaks it."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.cli.test_fullscreen import Screen
from tests.recipes.copied import Copy

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")

GERMAN = """
[locale]
autonym = "Deutsch"
yes = ["j", "ja"]
no = ["n", "nein"]
either = " oder "
quotes = "„“‚‘"

[take]
score = "Punkte: {right}/{total}"

[kiosk]
welcome = "{total} Fragen. Mit {number} geht es los."

[files]
exists = "die Datei gibt es schon"

[help]
doctor = "Sagt, was da ist und was fehlt."
"""


def test_a_language_is_one_file(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/locales/de.toml", GERMAN)
    copy.program.environment["LC_ALL"] = "de_AT.UTF-8"
    bank = ("--bank", copy.bank)

    assert copy.run("take", "--plain", *bank, "-n", "2", typed="s\ns\n").out.endswith("Punkte: 0/2\n")
    assert "Sagt, was da ist" in copy.run("doctor", "--help").out
    assert copy.run("doctor").out.startswith("ok ")
    paper = tmp_path / "a.pdf"
    copy.run("handout", paper, *bank, "-n", "2")
    assert "die Datei gibt es schon" in copy.run("handout", paper, *bank, "-n", "2", code=1).err
    copy.run("print", "certificate", tmp_path / "b.pdf", *bank)
    (certificate,) = pdfium.PdfDocument(tmp_path / "b.pdf")
    assert "Certificate of taking part" in certificate.get_textpage().get_text_range()

    screen = Screen(copy.program, "take", "--kiosk", *bank, "-n", "2", folder=copy.root)
    screen.sees("Mit 1 geht es los")
    screen.presses("1")
    screen.sees("1 of 2")
    screen.presses("\x0f\x15\x14")
    assert screen.ends()[0] == 0
    assert copy.touched() == {"quizgen/locales/de.toml"}


def test_a_bank_may_have_texts_in_it(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/locales/de.toml", GERMAN)
    topic = copy.bank / "0.yaml"
    before = topic.read_text(encoding="utf-8")
    asks = "    en: Which are signs"
    assert asks in before
    topic.write_text(before.replace(asks, f"    de: Woran erkennt man sie?\n{asks}"), encoding="utf-8")
    asked = ("take", "--plain", "--bank", copy.bank, "-q", "signs", "-l", "de")
    assert "Woran erkennt man sie?" in copy.run(*asked, typed="s\n").out


def test_a_bank_begins_in_it_though_it_lacks_messages(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/locales/de.toml", GERMAN)
    copy.run("bank", "init", tmp_path / "own", "--languages", "de")
    assert "title: {de: Questions}" in (tmp_path / "own" / "questions.yaml").read_text(encoding="utf-8")
    copy.run("bank", "check", tmp_path / "own")
