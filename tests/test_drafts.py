"""Drafts in a bank: no quiz and no sheet has them, and everything that shows the bank marks them."""

from pathlib import Path

import pytest

from quizgen.assemble import Recipe, assemble
from quizgen.bank import analyse_bank, read_bank
from quizgen.errors import MisuseError, QuizgenError
from tests.cli.program import Program
from tests.drafts import mark_as_draft, uk_bank


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return uk_bank(tmp_path / "uk")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def test_a_draft_is_in_no_quiz(bank: Path) -> None:
    mark_as_draft(bank, "first-call")
    content = read_bank([bank])
    assert "money/first-call" not in content.questions
    assert content.drafts == ("money/first-call",)
    assert all("money/first-call" not in question.enemies for question in content.questions.values())
    assert "money/first-call" in read_bank([bank], with_drafts=True).questions


def test_what_rests_on_a_draft_is_a_draft_too(bank: Path) -> None:
    mark_as_draft(bank, "159-never-calls")
    content = read_bank([bank])
    whole = read_bank([bank], with_drafts=True)
    assert "calls/159-never-calls" not in content.facts
    # The fact is behind a sign of one of two twins, and each twin is shown beside the other.
    assert not {"calls/bank-holds-and-moves", "calls/bank-holds-a-payment"} & content.exhibits.keys()
    left_out = whole.questions.keys() - content.questions.keys()
    assert left_out == set(content.drafts)
    assert left_out == {
        id_
        for id_, question in whole.questions.items()
        if "calls/159-never-calls" in question.facts
        or question.exhibit in ("calls/bank-holds-and-moves", "calls/bank-holds-a-payment")
    }
    assert whole.statements.keys() - content.statements.keys() == {
        id_ for id_, each in whole.statements.items() if "calls/159-never-calls" in each.facts
    }


def test_the_cache_keeps_drafts_apart(bank: Path, tmp_path: Path) -> None:
    mark_as_draft(bank, "first-call")
    for _ in range(2):  # compiled, then from the cache
        assert "money/first-call" not in read_bank([bank], tmp_path / "cache").questions
        assert "money/first-call" in read_bank([bank], tmp_path / "cache", with_drafts=True).questions


def test_a_draft_that_is_named_is_refused_with_what_to_do(bank: Path) -> None:
    mark_as_draft(bank, "first-call")
    for name in ("money/first-call", "first-call"):
        with pytest.raises(MisuseError) as refused:
            assemble(read_bank([bank]), Recipe(questions=(name,)), 1, "en")
        assert str(refused.value) == (
            f"question '{name}' is a draft, or rests on one, so it is in no quiz yet; "
            "read it and accept it: `quizgen bank accept money/first-call`"
        )


def test_a_bank_of_drafts_alone_says_so(bank: Path) -> None:
    (bank / "calls.yaml").unlink()
    (bank / "sheets.yaml").unlink()
    for fact in read_bank([bank]).facts:
        mark_as_draft(bank, fact.partition("/")[2])
    with pytest.raises(QuizgenError, match="all questions of the bank are drafts; read them"):
        assemble(read_bank([bank]), Recipe(), 1, "en")


def test_lists_show_and_count_drafts(bank: Path, program: Program) -> None:
    mark_as_draft(bank, "first-call")
    mark_as_draft(bank, "scotland-101")

    def lines(*words: object) -> list[str]:
        return program.here("bank", *words, "--bank", bank).out.splitlines()

    listed = [line.split()[0] for line in lines("list", "--drafts")]
    assert listed == ["money/first-call", "money/report-in-scotland"]
    assert [line.split()[0] for line in lines("list") if line.endswith(" draft")] == listed
    assert [line.split()[0] for line in lines("list", "--facts", "--drafts")] == ["money/scotland-101"]
    assert lines("list", "--exhibits", "--drafts") == []
    assert (
        "of these are drafts, which no quiz has: 1 fact, 0 exhibits, 2 questions (`quizgen bank accept`)"
        in (lines("stats"))
    )
    assert "      money/scotland-101: 1 question (draft)" in lines("cover")
    assert lines("show", "first-call")[1].split() == (
        ["draft", "yes;", "it", "is", "in", "no", "quiz", "until", "somebody", "accepts", "it"]
    )
    assert '"draft": true' in program.here("bank", "show", "first-call", "--json", "--bank", bank).out
    assert program.here("bank", "check", bank).out.splitlines()[1:] == [
        "2 drafts are in no quiz yet; read them with `quizgen bank accept`"
    ]


def test_drafts_are_checked_like_all_else(bank: Path) -> None:
    mark_as_draft(bank, "first-call")
    analysis = analyse_bank([bank])
    assert analysis.findings.drafts == 1
    assert analysis.bank
    assert "money/first-call" in analysis.bank.questions
