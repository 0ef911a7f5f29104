"""CONTRIBUTING says how an answer shape is added: here one is, in a copy, as one module a layer, and is used."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.banks import sample_bank
from tests.test_bank import as_files

ROOT = Path(__file__).parents[2]

LAYERS = ("kinds", "shapes", "view/shapes", "screen/shapes", "paper/shapes")

QUESTION = """\
- id: on-the-phone
  kind: sequence
  level: apply
  difficulty: 2
  facts: [no-fee]
  stem: {en: What comes first?, zh-Hans: 先做什么？}
  sequence:
  - {en: Hang up, zh-Hans: 挂断}
  - {en: Tell a friend, zh-Hans: 告知}
  - {en: Wait for help, zh-Hans: 等待}
  rationale: {en: It takes none., zh-Hans: 它不收费。}
"""


def pretended(code: str) -> str:
    """Make a shape and a kind of their own out of those for putting in order."""
    code = re.sub(
        r"from quizgen\.shapes import Order, (.*)",
        r"from quizgen.shapes import \1\nfrom quizgen.shapes import Order",
        code,
    )
    code = code.replace(
        "from quizgen.shapes import Order\n", "from quizgen.shapes.sequence import Sequence_\n"
    )
    code = re.sub(r"\bOrder\b", "Sequence_", code)
    return code.replace('tag="order"', 'tag="sequence"').replace('name = "order"', 'name = "sequence"')


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("quizgen", "question_bank", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for layer in LAYERS:
        module = tmp_path / "copy/quizgen" / layer / "order.py"
        code = pretended(module.read_text(encoding="utf-8"))
        assert "Sequence_" in code
        module.with_name("sequence.py").write_text(code, encoding="utf-8")
    return tmp_path / "copy"


def test_a_shape_is_one_module_a_layer(copy: Path, tmp_path: Path) -> None:
    bank = as_files(sample_bank(), tmp_path / "bank")
    with (bank / "0.yaml").open("a", encoding="utf-8") as file:
        file.write(QUESTION)

    def run(*words: object, typed: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "quizgen", *map(str, words)],
            cwd=copy,
            env={
                "HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": str(copy), "PYTHONUTF8": "1",
                "LC_ALL": "en_GB.UTF-8", "QUIZGEN_DATA": str(tmp_path / "data"), "PYTHONDONTWRITEBYTECODE": "1",
                "XDG_CACHE_HOME": str(tmp_path / "cache"),
            },
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("bank", "check", bank)
    asked = ("--bank", bank, "-k", "sequence", "--seed", "1")
    for _ in range(2):  # the second time, the bank is read from the cache
        played = run("take", "--plain", *asked, typed="c b a\n")
        assert played.splitlines()[-1] in {"Score: 1/1", "Score: 0/1"}
    run("history", "export", tmp_path / "history.csv")
    assert "parcels/on-the-phone,sequence" in (tmp_path / "history.csv").read_text(encoding="utf-8")
    for number, words in enumerate([(), ("--versions", "3")]):
        run("handout", tmp_path / f"{number}.pdf", *asked, *words)

    changed = {
        path.relative_to(copy).as_posix()
        for path in copy.rglob("*")
        if path.is_file()
        and (not (same := ROOT / path.relative_to(copy)).exists() or same.read_bytes() != path.read_bytes())
    }
    assert changed == {f"quizgen/{layer}/sequence.py" for layer in LAYERS}
