"""What the manual says can be done is done here."""

import re
from pathlib import Path

import pytest

from quizgen.bank import load
from tests.cli.program import Program

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

SOURCES = """
sources:
  - id: talk
    title: {en: A talk, zh-Hans: 访谈}
    publisher: {en: Market Post, zh-Hans: 集市报}
    date: 2021-05
    language: zh-Hans
    passages:
      - {id: q1-a1, digest: "%s"}
""" % ("0" * 64)


def test_the_bank_in_the_readme_is_one(tmp_path: Path) -> None:
    (found,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "parcels.yaml").write_text(found, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    bank = load([tmp_path])
    assert list(bank.questions) == ["parcels/fee-by-text"]


def test_every_link_leads_somewhere() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "benchmarks/README.md"):
        path = ROOT / page
        for link in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{page}: {link}"


@pytest.mark.parametrize("command", re.findall(r"^quizgen (.*?)(?: +#.*)?$", README, re.MULTILINE))
def test_every_command_in_the_readme_is_understood(command: str, tmp_path: Path) -> None:
    words = command.removesuffix(" \\").split()
    options = {word for word in words if word.startswith("-")}
    program = Program(tmp_path)
    path = [word for word in words[:2] if word.isalpha() and word.islower()]
    shown = program.here(*path, "--help", COLUMNS="200").out
    assert shown
    for option in options:
        assert re.search(rf"{option}\b", shown), f"no {option} in {path}"
