"""What you asked for version 0.2.0 wrote is read as it: a bank, a history, an export, digests of passages and the code of a sheet."""

import json
from contextlib import closing
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

from quizgen.history import open_history
from quizgen.marks.positions import SheetCode
from quizgen.source.wording import digest
from tests.cli.program import Program

MADE = Path(__file__).parent / "data" / "made-by-0.2.0"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """Return the folder of a bank of that version, without its models and retired ids."""
    ignored = ignore_patterns("models.yaml", "retired.yaml")
    return Path(copytree(MADE / "bank", tmp_path / "old", ignore=ignored))


def test_a_bank_is_read_and_no_problem_is_found(program: Program, bank: Path) -> None:
    done = program.here("bank", "check", "--bank", str(bank))
    assert done.code == 0, done.err
    assert "54 facts and 36 questions in 6 files" in done.out


def test_models_and_retired_ids_get_one_line_each_that_says_what_to_do(program: Program) -> None:
    done = program.here("bank", "check", "--bank", str(MADE / "bank"))
    assert done.code == 1
    models, retired = done.out.splitlines()
    assert models.endswith(
        "models.yaml:1:1: quizgen no longer makes questions from models and relations; "
        "delete the models; if the file has nothing else, delete it"
    )
    assert retired.endswith(
        "retired.yaml:1:1: a bank no longer lists the ids that it had; "
        "delete this list; if the file has nothing else, delete it"
    )


def test_the_same_questions_and_seed_give_the_same_quiz(program: Program, bank: Path, tmp_path: Path) -> None:
    before = json.loads((MADE / "quiz.json").read_text(encoding="utf-8"))
    asked = [word for question in before["questions"] for word in ("-q", question["id"])]
    out = tmp_path / "quiz.json"
    done = program.here("export", "json", str(out), "--bank", str(bank), "-l", "en", "--seed", "3", *asked)
    assert done.code == 0, done.err
    for question in before["questions"]:
        question["lesson"] = ""  # what 0.2.0 did not know
    assert json.loads(out.read_text(encoding="utf-8")) == before


def test_a_history_is_read_and_exported_as_before(program: Program, tmp_path: Path) -> None:
    program.data.mkdir(exist_ok=True)
    copy(MADE / "history.db", program.data / "history.db")
    out = tmp_path / "attempts.json"
    done = program.here("history", "export", str(out))
    assert done.code == 0, done.err
    before = json.loads((MADE / "attempts.json").read_text(encoding="utf-8"))
    assert json.loads(out.read_text(encoding="utf-8")) == before


def test_a_finished_quiz_of_it_is_not_offered_again(tmp_path: Path) -> None:
    copy(MADE / "history.db", tmp_path / "history.db")
    with closing(open_history(tmp_path / "history.db")[0]) as history:
        assert all(each.closed == (each.attempt.question is None) for each in history.load_attempts())


def test_an_unfinished_quiz_can_be_resumed(program: Program) -> None:
    program.data.mkdir(exist_ok=True)
    copy(MADE / "history.db", program.data / "history.db")
    done = program.here("take", "--resume", "--plain", typed="a\na\na\na\n")
    assert done.code == 0, done.err
    assert done.out.endswith("/6\n")


@pytest.mark.parametrize(
    ("text", "name"), json.loads((MADE / "digests.json").read_text(encoding="utf-8")).items()
)
def test_a_passage_has_the_digest_that_authors_wrote_down(text: str, name: str) -> None:
    assert digest(text) == name


def test_a_sheet_of_that_version_is_not_taken_for_another() -> None:
    assert SheetCode.parse("QUIZGEN:1:77:A:5:1") is None
    assert str(SheetCode(77, "A", 5, 1, "0A1B2C3D")) == "QUIZGEN:2:77:A:5:1:0A1B2C3D"
