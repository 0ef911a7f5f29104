"""``quizgen bank cover``: passages, facts and questions of the small British bank, and of a bank without sources."""

from pathlib import Path

import pytest

from quizgen.bank import read_bank
from quizgen.files import shipped_folder
from tests.cli.program import Program

UK = shipped_folder("question_bank") / "uk"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path)


def test_each_passage_is_shown_with_its_words_facts_and_questions(program: Program) -> None:
    done = program.here("bank", "cover", "--bank", UK)
    assert (done.code, done.err) == (0, "")
    bank = read_bank([UK])
    (source,) = bank.sources.values()
    lines = done.out.splitlines()
    assert lines[0] == f"{source.id}: {source.title['en']}"
    for passage in source.passages:
        (line,) = [each for each in lines if each.startswith(f"  {passage.id.partition('/')[2]}  ")]
        assert len(line) > 40  # the article is beside the bank
    for fact in bank.facts:
        count = sum(fact in bank.fact_ids_behind(question) for question in bank.questions.values())
        number = {0: "no question", 1: "1 question"}.get(count, f"{count} questions")
        assert f"      {fact}: {number}" in lines
    cited = {passage for fact in bank.facts.values() for passage in fact.cites}
    bare = len(source.passages) - len(cited)
    assert lines.count("      no fact") == bare
    assert lines[-1].startswith(
        f"{len(source.passages)} passages, {bare} without a fact; {len(bank.facts)} facts, "
    )


def test_what_is_complete_can_be_left_out(program: Program) -> None:
    bank = read_bank([UK])
    asked = {fact for question in bank.questions.values() for fact in bank.fact_ids_behind(question)}
    shown = program.here("bank", "cover", "--bank", UK, "--missing").out
    for passage in bank.sources["fraud-morning"].passages:
        facts = {fact.id for fact in bank.facts.values() if passage.id in fact.cites}
        is_complete = bool(facts) and facts <= asked
        assert (f"\n  {passage.id.partition('/')[2]}  " in shown) != is_complete


def test_a_bank_without_sources_says_how_to_add_one(program: Program, tmp_path: Path) -> None:
    bank = tmp_path / "own"
    bank.mkdir()
    (bank / "bank.yaml").write_text("languages: [en]\noptional: [facts]\n", encoding="utf-8")
    done = program.here("bank", "cover", "--bank", bank)
    assert (done.code, done.out, done.err) == (
        1,
        "",
        "the bank has no source; add a text with `quizgen source add`\n",
    )
