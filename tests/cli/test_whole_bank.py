"""A whole bank goes out of the program and comes back in, with everything that a bank can hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from quizgen.bank import check_bank
from quizgen.files import shipped_folder
from tests.cli.program import Done, Program

OURS, UK = shipped_folder("question_bank"), shipped_folder("question_bank") / "uk"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path)


def shown(program: Program, bank: Path | str) -> str:
    return program.here("bank", "show", "--json", "--bank", bank).out


def write_json(name: str, files: Any) -> str:
    Path(name).write_text(json.dumps({"files": files}, indent=1), "utf-8")
    return name


def contents(folder: Path | str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


@pytest.mark.parametrize("bank", [OURS, UK], ids=["ours", "uk"])
def test_a_bank_comes_back_whole_from_json(program: Program, bank: Path) -> None:
    Path("bank.json").write_text(shown(program, bank), "utf-8")
    assert program.here("bank", "init", "again", "--from", "json", "bank.json").code == 0
    assert shown(program, "again") == shown(program, bank)
    assert (Path("again") / "bank.schema.json").is_file()


def test_json_changes_a_bank_and_keeps_its_comments(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en")
    topic = Path("my/questions.yaml")
    topic.write_text(topic.read_text("utf-8").replace("[]", "\n  # about water\n") + QUESTION, "utf-8")
    files = json.loads(shown(program, "my"))["files"]
    (question,) = files["questions.yaml"]["questions"]
    question["stem"]["en"] = "What drinks water?"
    files["questions.yaml"]["questions"].append({**question, "id": "second", "stem": {"en": "And tea?"}})
    files["more.yaml"] = {"retired": ["questions/gone"]}
    done = program.here("import", "json", write_json("a.json", files), "--bank", "my")
    assert done == Done(0, "my: 2 entries added, 1 changed\n", "")
    changed = topic.read_text("utf-8")
    assert "  # about water\n" in changed
    assert changed.count("- id:") == 2
    assert "What drinks water?" in changed
    assert json.loads(shown(program, "my"))["files"] == files
    assert program.here("import", "json", "a.json", "--bank", "my").out == "my: nothing has changed\n"
    assert check_bank([Path("my")]).problems == []


QUESTION = """\
  - id: first
    kind: true-false
    level: recall
    difficulty: 1
    stem: {en: Plants drink water.}
    key: true
"""


def test_all_that_is_wrong_in_json_is_listed_and_nothing_is_written(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en")
    before = contents("my")
    question = {"id": "first", "kind": "true-false", "level": "recal", "difficulty": 1, "stem": {"en": "So"}}
    files = {"a.yaml": {"topic": "a", "title": {"en": "A"}, "questions": [{**question, "facts": ["none"]}]}}
    done = program.here("import", "json", write_json("a.json", files), "--bank", "my")
    assert done.code == 1
    assert done.err.splitlines() == [
        "a.json:9:5: question first has no `key`; add it, for example `key: true`",
        "a.json:12:15: `recal` is not a valid level; did you mean recall? there are recall, understand and apply",
    ]
    question |= {"level": "recall", "key": True, "facts": ["none"]}
    files["a.yaml"]["questions"] = [question, question]
    done = program.here("import", "json", write_json("a.json", files), "--bank", "my")
    assert done.err == "a.json:23:12: the id a/first is already used on line 10; choose another\n"
    files["a.yaml"]["questions"] = [question]
    done = program.here("import", "json", write_json("a.json", files), "--bank", "my")
    assert done.err == "a.json:19:7: there is no fact a/none\n"
    assert contents("my") == before


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "a.json:1:2: this is not JSON: it cannot be read beyond this point; look for a missing comma, "),
        ("[" * 100_000, "a.json: this is not a bank; write it with `quizgen bank show --json`"),
        ('{"questions": []}', "a.json: it has no `files`, which hold a bank; write it with `quizgen bank show"),
        ('{"files": {"../x.yaml": {}}}', "a.json:1:12: '../x.yaml' is not a name for a file of a bank; write"),
        ('{"files": {"x.yaml": 1}}', "a.json:1:12: x.yaml is not a mapping; write it with"),
        ('{"files": {"x.yaml": {}}}', "a.json:1:12: the file has no `title`; add it, for example `title: {en: …, zh-Hans: …}`\n"),
        ('{"files": {"x.yaml": {"topic": {"a": ' + "[" * 20 + "]" * 20 + "}}}}", "a.json:1:12: this is nested"),
        ('{"files": {"x.yaml": {"topic": "\\ud800"}}}', "a.json: the file contains U+D800, a lone surrogate; remove it"),
    ],
)  # fmt: skip
def test_json_without_a_bank_is_refused_in_a_line(program: Program, content: str, problem: str) -> None:
    Path("a.json").write_text(content, "utf-8")
    done = program.here("bank", "init", "new", "--from", "json", "a.json")
    assert done.code == 1
    assert done.err.startswith(problem)
    assert "Traceback" not in done.err
    assert not Path("new").exists()


def test_a_whole_bank_takes_no_options_for_single_questions(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en")
    name = write_json("a.json", {"x.yaml": {"retired": ["a/b"]}})
    for command in (
        ("import", "json", name, "--bank", "my", "-t", "questions"),
        ("import", "json", name, "--bank", "my", "--skip"),
        ("bank", "init", "new", "--from", "json", name, "--languages", "en"),
        ("bank", "init", "new", "--from", "json", name, "--title", "T"),
    ):
        done = program.here(*command)
        assert done.code == 2
        assert "leave out" in done.err
