"""CONTRIBUTING says how a language is added: here is German, in a copy, as one file, and the program speaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pypdfium2 as pdfium
import pytest

from tests.banks import sample_bank
from tests.test_bank import as_files

ROOT = Path(__file__).parents[2]

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


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("quizgen", "question_bank", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "copy/quizgen/locales/de.toml").write_text(GERMAN, encoding="utf-8")
    return tmp_path / "copy"


def test_a_language_is_one_file(copy: Path, tmp_path: Path) -> None:
    bank = str(as_files(sample_bank(), tmp_path / "bank"))
    environment = {
        "HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": str(copy), "PYTHONUTF8": "1", "TERM": "xterm-256color",
        "LC_ALL": "de_AT.UTF-8", "QUIZGEN_DATA": str(tmp_path / "data"), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip

    def run(*words: str, code: int = 0) -> str:
        command = [sys.executable, "-m", "quizgen", *words]
        done = subprocess.run(
            command, cwd=copy, env=environment, input="s\ns\n", capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    topic = Path(bank) / "0.yaml"
    german = topic.read_text(encoding="utf-8").replace(
        "    en: Which are signs", "    de: Woran erkennt man sie?\n    en: Which are signs"
    )
    topic.write_text(german, encoding="utf-8")
    assert "Woran erkennt man sie?" in run("take", "--plain", "--bank", bank, "-q", "signs")
    assert run("take", "--plain", "--bank", bank, "-n", "2").endswith("Punkte: 0/2\n")
    assert "Sagt, was da ist" in run("doctor", "--help")
    assert run("doctor").startswith("ok ")
    run("handout", "a.pdf", "--bank", bank, "-n", "2")
    assert "die Datei gibt es schon" in run("handout", "a.pdf", "--bank", bank, "-n", "2", code=1)
    run("handout", "b.pdf", "--layout", "certificate", "--bank", bank)
    (certificate,) = pdfium.PdfDocument(str(copy / "b.pdf"))
    assert "What you can do: " in certificate.get_textpage().get_text_range()
    with pexpect.spawn(
        sys.executable,
        ["-m", "quizgen", "take", "--kiosk", "--bank", bank, "-n", "2"],
        cwd=str(copy),
        env=environment,
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 80),
    ) as kiosk:
        kiosk.expect("Mit 2 geht es los")
        kiosk.send("2")
        kiosk.expect("1 of 2")
        kiosk.send("\x0f\x15\x14")
        kiosk.expect(pexpect.EOF)
    changed = {
        path.relative_to(copy).as_posix()
        for path in (copy / "quizgen").rglob("*")
        if path.is_file() and not (ROOT / path.relative_to(copy)).exists()
    }
    assert changed == {"quizgen/locales/de.toml"}
