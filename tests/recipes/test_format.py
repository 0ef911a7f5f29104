"""CONTRIBUTING says how a format is added: here one is, in a copy, as one module, and a quiz is written in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.banks import sample_bank
from tests.test_bank import as_files

ROOT = Path(__file__).parents[2]

FORMAT = '''
"""Stems alone, a line each."""

from typing import Any

from quizgen.export.format import Format


def _write(quiz: dict[str, Any]) -> bytes:
    return "".join(f"{question['stem']}\\n" for question in quiz["questions"]).encode()


FORMAT = Format(name="stems", suffix=".txt", takes="quiz", write=_write)
'''


def test_a_format_is_one_module(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for name in ("quizgen", "question_bank", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "quizgen/export/stems.py").write_text(FORMAT, encoding="utf-8")
    bank = str(as_files(sample_bank(), tmp_path / "bank"))

    def run(*words: str, code: int = 0) -> tuple[str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "quizgen", *words],
            cwd=copy,
            env={
                "HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": str(copy), "PYTHONUTF8": "1",
                "LC_ALL": "en_GB.UTF-8", "PYTHONDONTWRITEBYTECODE": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        return done.stdout, done.stderr

    chosen = ("--bank", bank, "-q", "parcels/customs-text", "-s", "7", "-l", "zh-Hant")
    said = run("export", "stems", "out.txt", *chosen)
    assert said == ("", "out.txt：1 道題，卷號 7\n")
    assert (copy / "out.txt").read_text(encoding="utf-8").startswith("簡訊說您的包裹")
    assert run("export", "stems", "-", *chosen)[0] == (copy / "out.txt").read_text(encoding="utf-8")
    assert "json, stems" in run("export", "--help")[0]
    assert run("export", "stem", "x", code=2)[1] == "there is no format 'stem'; did you mean stems?\n"
    assert run("export", "stems", "out.txt", code=1)[1].startswith("out.txt: the file exists; ")
