"""What the manual says can be done is done here."""

import re
from pathlib import Path

import pytest
import yaml

from quizgen.author.insert import inserted
from quizgen.bank import load, survey
from quizgen.bank.files import gather
from quizgen.cli.lint import judged
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
    pages = [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "benchmarks/README.md",
        *ROOT.glob("docs/*.md"),
    ]
    for path in pages:
        for link, anchor in re.findall(r"\]\(([^)#]+)#?([^)]*)\)", path.read_text(encoding="utf-8")):
            page = path.parent / link
            assert page.exists(), f"{path.name}: {link}"
            if anchor:
                assert f"### {anchor}\n" in page.read_text(encoding="utf-8"), f"{path.name}: {link}#{anchor}"


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


WRITING = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
ARTICLE = ROOT.parent / "shared" / "article.txt"


@pytest.mark.parametrize("command", re.findall(r"^quizgen (.*?)(?: +#.*)?$", WRITING, re.MULTILINE))
def test_every_command_of_the_guide_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    if "TEXT" in command and not ARTICLE.exists():
        pytest.skip("the article is not here")
    program = Program(tmp_path)
    if "--watch" in command:  # which never ends; tests/cli/test_watch.py runs it
        assert "--watch" in program.here("bank", "check", "--help", COLUMNS="200").out
        return
    done = program.here(*command.replace("TEXT", str(ARTICLE)).split(), typed="\n")
    assert done.err == ("nothing is written\n" if command.startswith("bank new") else done.err)
    assert done.code == int(command.startswith("bank new")), done
    assert done.out


def test_the_guide_ends_with_a_question_that_no_rule_finds_fault_with() -> None:
    """And begins with a fact of the bank; its first draft has every flaw that it names, and no other."""
    fact, good, draft = (
        yaml.safe_load(block)[0] for block in re.findall(r"```yaml\n(- .*?)```", WRITING, re.DOTALL)
    )
    ours = ROOT / "question_bank"
    topic = next(file for file in gather([ours])[0] if file.name.endswith("stop-payment.yaml"))
    found = {}
    for entry in (good, draft):
        surveyed = survey([ours], edited=inserted(topic, entry))
        assert surveyed.findings.problems == []
        about = surveyed._replace(own=frozenset([f"stop-payment/{entry['id']}"]))
        found[entry["id"]] = {each.rule.id for each in judged(about, lambda _: None) if each.question}
    named = re.findall(r"\| \[([a-z-]+)\]\(lint", WRITING)
    assert found == {good["id"]: set(), draft["id"]: set(named)}
    assert load([ours]).facts[f"stop-payment/{fact['id']}"].statement == fact["statement"]
