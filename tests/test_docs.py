"""What the manual says can be done is done here."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizgen.bank import analyse_bank, load
from quizgen.cli.bank_check import judged
from quizgen.cli.commands import COMMANDS, Subcommands
from tests.banks import built_in_bank
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
    for path in (ROOT / page for page in [*PAGES, "benchmarks/README.md"]):
        for link, anchor in re.findall(r"\]\(([^)#]+)#?([^)]*)\)", path.read_text(encoding="utf-8")):
            page = path.parent / link
            assert page.exists(), f"{path.name}: {link}"
            if anchor:
                assert f"### {anchor}\n" in page.read_text(encoding="utf-8"), f"{path.name}: {link}#{anchor}"


PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *(f"docs/{page.name}" for page in ROOT.glob("docs/*.md")),
]


def commands_on(page: str) -> set[str]:
    """Collect the command lines of a page: those in blocks of code, and those within sentences."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    alone = re.findall(r"^quizgen +(.*?)(?: +#.*| {3,}.*)?$", "".join(blocks), re.MULTILINE)
    within = re.findall(r"`quizgen\s+([^`]+)`", text)
    return {" ".join(line.removesuffix(" \\").replace("…", "").split()) for line in [*alone, *within]} - {""}


def path_of(words: list[str]) -> list[str]:
    """Give the words of a command line that name the command, such as ``bank check``."""
    groups = [name for name, entry in COMMANDS.items() if isinstance(entry, Subcommands)]
    length = 2 if words[0] in [*groups, "print"] else 1
    return [word for word in words[:length] if re.fullmatch("[a-z][a-z-]*", word)]


def test_every_command_of_the_manual_is_understood(tmp_path: Path) -> None:
    program = Program(tmp_path)
    shown: dict[tuple[str, ...], str] = {}
    wrong = []
    for page in PAGES:
        for command in sorted(commands_on(page)):
            words = command.split()
            path = tuple(path_of(words))
            if path not in shown:
                shown[path] = program.here(*path, "--help", COLUMNS="200").out
            options = [word for word in words if re.match("--?[a-z]", word)]
            if not all(re.search(rf"{option}\b", shown[path]) for option in options) or not shown[path]:
                wrong.append(f"{page}: quizgen {command}")
    assert wrong == []
    assert len(shown) > 20


def test_no_page_has_the_option_of_layouts_that_there_was() -> None:
    assert [page for page in PAGES if "--layout" in (ROOT / page).read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("seed", [1, 2])
def test_the_pipe_in_the_readme_is_right_with_any_seed(seed: int, tmp_path: Path) -> None:
    (typed, command) = re.findall(r"printf '(.*?)' \| quizgen (.*?)\n```", README, re.DOTALL)[0]
    words = command.replace("\\\n", " ").split()
    done = Program(tmp_path).here(*words, "-s", seed, typed=typed.replace("\\n", "\n"))
    assert done.out.endswith("\nScore: 3/3\n")


GOOD, DRAFT = "stranger-rings-uncle-money", "first-draft"
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
    if "--watch" in command:  # which never ends; tests/cli/test_check_watch.py runs it
        assert "--watch" in program.here("bank", "check", "--help", COLUMNS="200").out
        return
    done = program.here(*command.replace("TEXT", str(ARTICLE)).split(), typed="\n")
    assert done.err == ("nothing is written\n" if command.startswith("bank new") else done.err)
    assert done.code == int(command.startswith("bank new")), done
    assert done.out


def blocks(page: str) -> list[Any]:
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]


def bank_of(entries: list[dict[str, Any]], files: list[dict[str, Any]], folder: Path) -> Path:
    """Write a bank of what a page shows: entries of one topic, and whole files; facts that are only named are made up."""
    folder.mkdir()
    topic: dict[str, Any] = {"topic": "stop-payment", "title": {"en": "Stop", "zh-Hans": "止付"}}
    sections = {"statement": "facts", "lines": "exhibits", "kind": "questions"}
    for entry in entries:
        section = next(section for key, section in sections.items() if key in entry)
        topic.setdefault(section, []).append(entry)
    topics = {"stop-payment": topic}
    written = {f"stop-payment/{fact['id']}" for fact in topic.get("facts", ())}
    for name in sorted(set(named_facts([entries, files])) - written):
        home, _, own = name.rpartition("/")
        home = home or "stop-payment"
        if f"{home}/{own}" in written:
            continue
        made_up = topics.setdefault(
            home, topic | {"topic": home, "facts": [], "exhibits": [], "questions": []}
        )
        text = {"en": "So it is.", "zh-Hans": "如此。"}
        fact = {"id": own, "statement": text, "cites": ["police-interview-2021/q1-a1"], "terms": ["x"]}
        made_up.setdefault("facts", []).append(fact)
    passages = {"police-interview-2021": "q1-a1", "when-cheated-2025": "n2"}
    (source,) = yaml.safe_load(SOURCES)["sources"]
    sources = [
        source | {"id": id_, "passages": [source["passages"][0] | {"id": passage}]}
        for id_, passage in passages.items()
    ]
    help_file = {"help": [{"region": "cn", "id": "police", "number": "110", "for": topic["title"]}]}
    parts = [*topics.values(), {"sources": sources}, *files]
    parts += [] if any("help" in file for file in files) else [help_file]
    for number, part in enumerate(parts):
        written_out = yaml.safe_dump(json.loads(json.dumps(part)), allow_unicode=True, sort_keys=False)
        (folder / f"{number}.yaml").write_text(written_out, encoding="utf-8")
    return folder


def named_facts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        named = value.get("facts", ())
        if all(isinstance(name, str) for name in named):
            yield from named
        value = list(value.values())
    for part in value if isinstance(value, list) else ():
        yield from named_facts(part)


def test_the_guide_ends_with_a_question_that_no_rule_finds_fault_with(tmp_path: Path) -> None:
    """Its first draft has every flaw that it names, and no other; its exhibits are twins, each judged."""
    found = blocks(WRITING)
    entries = [entry for block in found if isinstance(block, list) for entry in block]
    files = [block for block in found if "help" in block]
    good, draft = (next(e for e in entries if e["id"] == id_) for id_ in (GOOD, DRAFT))
    seen = {}
    for left_out in (draft, good):
        kept = [entry for entry in entries if entry is not left_out]
        surveyed = analyse_bank([bank_of(kept, files, tmp_path / left_out["id"])])
        assert surveyed.findings.problems == []
        for each in (good, draft):
            if each is not left_out:
                about = surveyed._replace(own=frozenset([f"stop-payment/{each['id']}"]))
                seen[each["id"]] = {
                    found.rule.id for found in judged(about, lambda _: None) if found.question
                }
        assert surveyed.bank
        assert [exhibit.genuine for exhibit in surveyed.bank.exhibits.values()] == [True, False]
        assert sum(question.kind == "judge" for question in surveyed.bank.questions.values()) == 2
    named = re.findall(r"\| \[([a-z-]+)\]\(lint", WRITING)
    assert seen == {GOOD: set(), DRAFT: set(named)}


def test_the_guide_begins_with_a_fact_of_the_bank() -> None:
    (fact,) = blocks(WRITING)[0]
    ours = built_in_bank().facts[f"stop-payment/{fact['id']}"]
    assert list(ours.cites) == fact["cites"]
    assert set(fact["terms"]) <= set(ours.terms)


def test_the_exhibit_model_of_the_page_on_models_makes_what_it_says(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "generate.md").read_text(encoding="utf-8")
    (models,) = (block for block in blocks(page) if "exhibits" in block)
    bank = load([bank_of([], [models], tmp_path / "bank")])
    assert len(bank.exhibits) == len(bank.questions) == 12
    assert sum(exhibit.genuine for exhibit in bank.exhibits.values()) == 6
