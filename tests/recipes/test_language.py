"""CONTRIBUTING says how a language is added: here is German, in a copy, as one folder, and the program speaks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from babel.messages.pofile import read_po, write_po

from tests.cli.test_fullscreen import Screen
from tests.recipes.copied import ROOT, Copy

GERMAN = """
autonym = "Deutsch"
yes = ["j", "ja"]
no = ["n", "nein"]
either = " oder "
quotes = "„“‚‘"
"""

FOLDER = "quizgen/locales/de"
FILES = ("language.toml", "LC_MESSAGES/quizgen.po", "LC_MESSAGES/quizgen.mo")
WORDS = {
    "Score: {right}/{total}": "Punkte: {right}/{total}",
    "Questions: {total}. Press {number} to start.": "{total} Fragen. Mit {number} geht es los.",
    "the file exists": "die Datei gibt es schon",
    "Show what quizgen needs: what is installed, what is missing, and how to install it.": "Sagt, was da ist und was fehlt.",
    "Seed {seed}": "Nummer {sede}",
}
"""Some messages, one with a placeholder that is misspelt."""


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the folder of German as a translator does: the script puts the messages into it, and some are translated."""
    copy = Copy(tmp_path_factory.mktemp("german"))
    (copy.root / FOLDER).mkdir()
    copy.add(f"{FOLDER}/language.toml", GERMAN)
    script = (ROOT / "scripts" / "locales.py").read_text(encoding="utf-8")
    (copy.root / "scripts").mkdir()
    copy.add("scripts/locales.py", script)

    def update() -> str:
        return subprocess.run(
            [sys.executable, "scripts/locales.py"], cwd=copy.root, capture_output=True, text=True, check=True
        ).stdout

    update()
    po = copy.root / FOLDER / "LC_MESSAGES" / "quizgen.po"
    with po.open("rb") as file:
        catalogue = read_po(file)
    for english, german in WORDS.items():
        assert catalogue.get(english)
        catalogue[english].string = german
    with po.open("wb") as written:
        write_po(written, catalogue)
    assert f"{FOLDER}/LC_MESSAGES/quizgen.po: " in update()
    assert copy.touched() - {"scripts/locales.py"} == {f"{FOLDER}/{path}" for path in FILES}
    return copy.root / FOLDER


def speaking(german: Path, folder: Path) -> Copy:
    """Make a copy of the program that has German."""
    copy = Copy(folder)
    shutil.copytree(german, copy.root / FOLDER)
    return copy


def test_a_language_is_one_folder(german: Path, tmp_path: Path) -> None:
    copy = speaking(german, tmp_path)
    copy.program.environment["LC_ALL"] = "de_AT.UTF-8"
    bank = ("--bank", copy.bank)

    assert copy.run("take", "--plain", *bank, "-n", "2", typed="s\ns\n").out.endswith("Punkte: 0/2\n")
    assert "Sagt, was da ist" in copy.run("doctor", "--help").out
    assert copy.run("doctor").out.startswith("ok ")
    paper = tmp_path / "a.pdf"
    paper.touch()
    assert "die Datei gibt es schon" in copy.run("handout", paper, *bank, "-n", "2", code=1).err
    copy.run("print", "fridge", tmp_path / "b.pdf", *bank)
    (fridge,) = pdfium.PdfDocument(tmp_path / "b.pdf")
    assert "Who to call" in fridge.get_textpage().get_text_range()

    screen = Screen(copy.program, "take", "--kiosk", *bank, "-n", "2", folder=copy.root)
    screen.sees("Mit 1 geht es los")
    screen.presses("1")
    screen.sees("1 of 2")
    screen.presses("\x0f\x15\x14")
    assert screen.ends()[0] == 0
    assert copy.touched() == {f"{FOLDER}/{path}" for path in FILES}


def test_a_bank_may_have_texts_in_it(german: Path, tmp_path: Path) -> None:
    copy = speaking(german, tmp_path)
    topic = copy.bank / "0.yaml"
    before = topic.read_text(encoding="utf-8")
    asks = "    en: Which are signs"
    assert asks in before
    topic.write_text(before.replace(asks, f"    de: Woran erkennt man sie?\n{asks}"), encoding="utf-8")
    asked = ("take", "--plain", "--bank", copy.bank, "-q", "signs", "-l", "de")
    assert "Woran erkennt man sie?" in copy.run(*asked, typed="s\n").out


def test_a_bank_begins_in_it_though_it_lacks_messages(german: Path, tmp_path: Path) -> None:
    copy = speaking(german, tmp_path)
    copy.run("bank", "init", tmp_path / "own", "--languages", "de")
    assert "title: {de: Questions}" in (tmp_path / "own" / "questions.yaml").read_text(encoding="utf-8")
    copy.run("bank", "check", tmp_path / "own")
