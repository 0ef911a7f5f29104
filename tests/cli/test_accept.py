"""``quizgen bank accept``, with ids and on a terminal."""

from pathlib import Path

import pexpect
import pytest

from quizgen.bank import read_bank
from tests.cli.program import Program
from tests.drafts import UK, mark_as_draft, uk_bank


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return uk_bank(Path("uk"))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def test_a_draft_that_is_named_is_accepted_and_the_file_is_as_before(bank: Path, program: Program) -> None:
    mark_as_draft(bank, "first-call")
    mark_as_draft(bank, "own-fault")
    done = program.here("bank", "accept", "first-call", "money/own-fault", "--bank", bank)
    assert done == (0, "2 drafts accepted, 0 left\n", "")
    assert (bank / "money.yaml").read_bytes() == (UK / "money.yaml").read_bytes()
    assert "money/first-call" in read_bank([bank]).questions


def test_what_it_waits_for_is_said(bank: Path, program: Program) -> None:
    for name in ("first-call", "bank-first"):
        mark_as_draft(bank, name)
    done = program.here("bank", "accept", "first-call", "--bank", bank)
    assert (done.code, done.out) == (0, "1 draft accepted, 1 left\n")
    assert done.err == "money/first-call is in no quiz until these are accepted too: money/bank-first\n"


def test_a_name_that_is_no_draft_changes_nothing(bank: Path, program: Program) -> None:
    mark_as_draft(bank, "first-call")
    before = (bank / "money.yaml").read_bytes()
    done = program.here("bank", "accept", "first-call", "own-fault", "fist-call", "--bank", bank)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        "money/own-fault is not a draft",
        "no draft 'fist-call'; did you mean money/first-call?",
    ]
    assert (bank / "money.yaml").read_bytes() == before


def test_without_a_terminal_ids_are_needed(bank: Path, program: Program) -> None:
    assert program.here("bank", "accept", "--bank", bank) == (0, "the bank has no drafts\n", "")
    mark_as_draft(bank, "first-call")
    done = program.here("bank", "accept", "--bank", bank)
    assert done == (2, "", "no id given; the drafts are money/first-call\n")


def test_a_draft_is_shown_with_the_question_before_its_passage(bank: Path, program: Program) -> None:
    article = bank / "article.txt"
    text = article.read_text(encoding="utf-8")
    second = text.split("\n\n")[2]
    article.write_text(text.replace(second, f"What is it about?\n\n{second}"), encoding="utf-8")
    fact = next(id_ for id_, each in read_bank([bank]).facts.items() if each.cites[0].endswith("/p2"))
    mark_as_draft(bank, fact.partition("/")[2])
    with program.terminal("bank", "accept", "--bank", bank, size=(60, 100)) as shown:
        shown.expect_exact("What is it about?")
        shown.expect_exact("Accept it?")  # a key that comes before may be thrown away
        shown.sendintr()
        shown.expect(pexpect.EOF)


def test_on_a_terminal_each_is_shown_with_its_passage(bank: Path, program: Program) -> None:
    for name in ("bank-first", "first-call", "own-fault", "scotland-101"):
        mark_as_draft(bank, name)
    with program.terminal("bank", "accept", "--bank", bank, size=(60, 100)) as shown:
        for reply, heading in (
            ("y", "1 of 4: money/bank-first"),
            ("", "2 of 4: money/scotland-101"),
            ("what", "3 of 4: money/first-call"),
            ("n", ""),
        ):
            shown.expect_exact(heading)
            shown.expect_exact("Accept it?")
            if heading:
                assert "It has happened. What now?" in " ".join((shown.before or "").split())
            shown.sendline(reply)
        shown.expect_exact("uk/money.yaml:")
        shown.expect_exact("it stays a draft; change it here, or delete it")
        shown.expect_exact("4 of 4: money/own-fault")
        shown.expect_exact("Accept it?")
        shown.sendintr()
        shown.expect_exact("1 draft accepted, 3 left")
        shown.expect(pexpect.EOF)
    assert shown.exitstatus == 130
    assert "money/bank-first" in read_bank([bank]).facts
    assert set(read_bank([bank]).drafts) == {
        "money/first-call",
        "money/own-fault",
        "money/report-in-scotland",
    }
