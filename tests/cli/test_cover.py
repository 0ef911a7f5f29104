"""``quizgen bank cover``: passages, facts and questions of the small British bank, and of a bank without sources."""

import shutil
from pathlib import Path

import pytest

from quizgen.bank import read_bank
from quizgen.cli import child_process
from quizgen.files import shipped_folder
from quizgen.source.decode import MAX_BYTES
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
    cited |= {passage for number in bank.help.values() for passage in number.cites}
    assert any(each.startswith("      numbers to call: ") and "report-fraud" in each for each in lines)
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
        has_number = any(passage.id in number.cites for number in bank.help.values())
        is_complete = bool(facts or has_number) and facts <= asked
        assert (f"\n  {passage.id.partition('/')[2]}  " in shown) != is_complete


LOCKED = b"%PDF-1.4 damaged"
DAMAGED = (
    "cannot be read as a Word document or a PDF; remove its password, save it again, or save it as plain text"
)


def test_texts_beside_the_bank_that_cannot_be_read_are_named_and_the_others_used(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.readers_apart = True
    shutil.copytree(UK, program.folder / "uk")
    sound = program.here("bank", "cover", "--bank", "uk")
    (program.folder / "uk" / "a.pdf").write_bytes(LOCKED)
    (program.folder / "uk" / "b.txt").write_bytes(b"a" * (MAX_BYTES + 1))
    (program.folder / "uk" / "c.txt").write_bytes(b"It is.\n\n" * 150_000)
    monkeypatch.setattr(child_process, "MEGABYTES", 60)
    done = program.here("bank", "cover", "--bank", "uk")
    assert (done.code, done.out) == (0, sound.out)
    assert done.err.splitlines() == [
        "uk/b.txt: this file is larger than 5 MB; give only the text, as plain text or HTML",
        f"uk/a.pdf: {DAMAGED}",
        "uk/c.txt: this takes too much memory to read; save it again in the program it comes from, smaller or simpler",
    ]


def test_a_text_that_is_named_must_be_readable(program: Program) -> None:
    (program.folder / "a.pdf").write_bytes(LOCKED)
    done = program.here("bank", "cover", "a.pdf", "no.txt", "--bank", UK)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        f"a.pdf: {DAMAGED}",
        "no.txt: there is no such file or folder; check the path",
    ]


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
