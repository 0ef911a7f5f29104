"""What version 0.3.0 wrote is read as it: a history with quizzes of every sort that it had."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest

from tests.cli.program import Program

MADE = Path(__file__).parent / "data" / "made-by-0.3.0"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    program = Program(tmp_path)
    program.data.mkdir(exist_ok=True)
    history = program.data / "history.db"
    copy(MADE / "history.db", history)
    with closing(sqlite3.connect(history)) as connection, connection:
        connection.execute("UPDATE answers SET sure = 'sure'")  # what people said who were asked
    return program


def test_a_history_is_read_and_exported_as_before(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "attempts.json"
    done = program.here("history", "export", str(out))
    assert done.code == 0, done.err
    before = json.loads((MADE / "attempts.json").read_text(encoding="utf-8"))
    assert json.loads(out.read_text(encoding="utf-8")) == before


def test_a_history_is_listed_with_every_quiz(program: Program) -> None:
    done = program.here("history", "show", "-l", "en")
    assert done.code == 0, done.err
    assert done.out.count("2026-12-03 ") == 7


def test_questions_that_the_bank_lacks_are_listed_and_left_out_of_review(program: Program) -> None:
    gone = "two-cards/free-upgrade-of-the-landline-962171fb-b"
    done = program.here("history", "show", "-l", "en")
    _, found, listed = " ".join(done.out.split()).partition("so they do not come up for review: ")
    assert found
    assert gone in listed.replace(",", "").split()
    done = program.here("take", "--review", "--plain", "-l", "en", typed="s\n" * 20)
    assert done.code == 0, done.err
    assert gone not in done.out + done.err


def test_an_unfinished_quiz_can_be_resumed(program: Program) -> None:
    done = program.here("take", "--resume", "--plain", typed="a\na\na\na\n")
    assert done.code == 0, done.err
