"""``quizgen import drafts``: what passes is written as drafts, and everything else is named."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizgen.bank import read_bank
from tests.cli.program import Program
from tests.drafts import uk_bank

FACT = {
    "id": "kind-voice",
    "statement": {"en": "Careful people are cheated as well, since callers are kind."},
    "cites": ["p9"],
    "terms": ["A voice that is kind", "careful people"],
}
QUESTION = {
    "id": "who-falls-for-it",
    "kind": "true-false",
    "level": "understand",
    "difficulty": 2,
    "facts": ["kind-voice"],
    "stem": {"en": "Only careless people fall for a caller who is 'kind' and in a hurry."},
    "key": False,
    "rationale": {"en": "Callers do this all day, and it works on careful people as well."},
    "advice": {"en": "Tell a friend about it,  and call {bank}."},
}


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return uk_bank(Path("uk"))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def reply(*facts: dict[str, Any], questions: tuple[dict[str, Any], ...] = (), topic: str = "calls") -> Path:
    """Write what a language model replies."""
    data = {"topic": topic, "facts": list(facts), "questions": list(questions)}
    written = yaml.safe_dump(json.loads(json.dumps(data)), allow_unicode=True, sort_keys=False)
    path = Path("reply.md")
    path.write_text(f"Sure!\n\n```yaml\n{written}```\n\nHave fun.\n", encoding="utf-8")
    return path


def test_drafts_that_pass_are_added_and_wait_for_a_person(bank: Path, program: Program) -> None:
    done = program.here("import", "drafts", reply(FACT, questions=(QUESTION,)), "--bank", bank)
    assert done == (
        0,
        (
            "uk: 2 drafts added (1 fact, 0 exhibits, 1 question), 0 refused\n"
            "Read and accept them: `quizgen bank accept --bank uk`\n"
        ),
        "",
    )
    assert "calls/who-falls-for-it" not in read_bank([bank]).questions
    question = read_bank([bank], with_drafts=True).questions["calls/who-falls-for-it"]
    # Straight quotation marks and double spaces need no decision.
    assert question.stem["en"].endswith("who is ‘kind’ and in a hurry.")
    assert question.advice["en"] == "Tell a friend about it, and call 159."
    assert program.here("bank", "accept", "kind-voice", "who-falls-for-it", "--bank", bank).code == 0
    assert "calls/who-falls-for-it" in read_bank([bank]).questions
    assert program.here("bank", "check", "--lint", bank).code == 0


def test_each_draft_that_is_refused_is_named_and_the_others_are_added(bank: Path, program: Program) -> None:
    facts = (
        FACT,
        FACT | {"id": "copied", "statement": {"en": "It works on people: a voice that is kind, in a hurry and well informed works."}},
        FACT | {"id": "no-passage", "cites": ["p19"]},
        FACT | {"id": "no-term", "terms": ["careful people", "kind voices"]},
        FACT | {"id": "dial-159"},
        FACT | {"id": "No Id", "statement": "Careful people are cheated as well."},
    )  # fmt: skip
    questions = (
        QUESTION,
        QUESTION | {"id": "rests-on-refused", "facts": ["no-term"]},
        QUESTION | {"id": "which-of-these", "stem": {"en": "It is never not so that callers are kind to everybody, always."}},
        {key: value for key, value in QUESTION.items() if key not in ("key", "id")} | {"id": "no-key"},
    )  # fmt: skip
    done = program.here("import", "drafts", reply(*facts, questions=questions), "--bank", bank)
    assert done.code == 1
    assert done.out.splitlines()[0] == "uk: 2 drafts added (1 fact, 0 exhibits, 1 question), 8 refused"
    lines = done.err.splitlines()
    assert all(line.startswith("reply.md:") for line in lines)
    for expected in (
        ":16:9: this is copied from the source: 'a voice that is kind, in a hurry and well informed'; say it in words of your own",
        "there is no passage p19; did you mean p9?",
        "the passage does not have 'kind voices'; copy it letter for letter",
        "the id calls/dial-159 already exists; choose another",
        "`No Id` is not an id; use lower-case a to z, digits and single hyphens",
        "`statement` has no language; write it in each: {en: …}",
        "this refers to no-term, which is refused; correct that first",
        "question no-key has no `key`; add it, for example `key: true`",
        "[absolute-term]",
    ):
        assert any(expected in line for line in lines), (expected, lines)
    drafts = read_bank([bank], with_drafts=True)
    assert [fact.id for fact in drafts.facts.values() if fact.draft] == ["calls/kind-voice"]


def test_a_corrected_file_can_be_imported_again(bank: Path, program: Program) -> None:
    wrong = FACT | {"id": "kind-callers", "terms": ["kind callers"]}
    second = QUESTION | {"id": "rests-on-both", "facts": ["kind-callers"]}
    done = program.here("import", "drafts", reply(FACT, wrong, questions=(second,)), "--bank", bank)
    assert (done.code, len(done.err.splitlines())) == (1, 2)
    program.here("bank", "accept", "kind-voice", "--bank", bank)
    right = wrong | {"terms": ["careful people"]}
    done = program.here("import", "drafts", reply(FACT, right, questions=(second,)), "--bank", bank)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[:2] == [
        "uk: 2 drafts added (1 fact, 0 exhibits, 1 question), 0 refused",
        "1 other is in the bank already",
    ]


def test_a_draft_may_rest_on_what_the_bank_has_even_if_the_same_id_is_refused(
    bank: Path, program: Program
) -> None:
    other = FACT | {"id": "secrets-from-the-bank"}
    question = QUESTION | {"facts": ["secrets-from-the-bank"]}
    done = program.here("import", "drafts", reply(other, questions=(question,)), "--bank", bank)
    assert done.out.startswith("uk: 1 draft added (0 facts, 0 exhibits, 1 question), 1 refused\n")
    (line,) = done.err.splitlines()
    assert line.endswith("the id calls/secrets-from-the-bank already exists; choose another")


def test_nothing_is_written_if_nothing_passes_or_in_a_dry_run(bank: Path, program: Program) -> None:
    before = {path: path.read_bytes() for path in bank.iterdir()}
    done = program.here("import", "drafts", reply(FACT | {"terms": ["x y"]}), "--bank", bank)
    assert (done.code, done.out) == (1, "uk: 0 drafts added (0 facts, 0 exhibits, 0 questions), 1 refused\n")
    done = program.here("import", "drafts", reply(FACT), "--bank", bank, "--dry-run")
    assert (done.code, done.out) == (
        0,
        "uk: 1 draft would be added (1 fact, 0 exhibits, 0 questions), 0 refused\n",
    )
    assert {path: path.read_bytes() for path in bank.iterdir()} == before


def test_the_topic_is_that_of_the_option_or_of_the_file(bank: Path, program: Program) -> None:
    done = program.here("import", "drafts", reply(FACT, topic="cals"), "--bank", bank)
    assert (done.code, done.err) == (1, "reply.md:4:8: there is no topic cals; did you mean calls?\n")
    done = program.here("import", "drafts", reply(FACT, topic="cals"), "--bank", bank, "-t", "mony")
    assert (done.code, done.err) == (2, "no topic 'mony'; did you mean money?\n")
    assert (
        program.here("import", "drafts", reply(FACT, topic="cals"), "--bank", bank, "-t", "money").code == 0
    )
    assert "money/kind-voice" in read_bank([bank], with_drafts=True).facts


def test_twins_come_in_together_or_not_at_all(bank: Path, program: Program) -> None:
    done = program.here("import", "drafts", reply_with_twins(words="Stay on the line"), "--bank", bank)
    assert (done.code, done.err) == (0, "")
    again = reply_with_twins(words="not in the line", prefix="other-")
    done = program.here("import", "drafts", again, "--bank", bank)
    assert done.code == 1
    first, second = done.err.splitlines()
    assert "these words are not in line 3 in en; copy them from it, letter for letter" in second
    assert "this refers to other-stay, which is refused; correct that first" in first


def reply_with_twins(words: str, prefix: str = "") -> Path:
    """Write two twins as JSON. The sign of the scam has these words."""

    def exhibit(own: str, twin: str, sign: str, *, genuine: bool) -> dict[str, Any]:
        return {
            "id": f"{prefix}{own}",
            "channel": "call",
            "genuine": genuine,
            "twin": f"{prefix}{twin}",
            "from": {"en": "Your bank"},
            "lines": [
                {"who": "caller", "en": "This is Tom, from the fraud team of your bank."},
                {"who": "you", "en": "How can I be sure?"},
                {"who": "caller", "en": "Hang up and dial 159." if genuine else "Stay on the line please."},
            ],
            "signs": [{"line": 3, "words": {"en": sign}, "reason": {"en": "It decides."}, "facts": ["dial-159"]}],
        }  # fmt: skip

    twins = [exhibit("hang", "stay", "dial 159", genuine=True), exhibit("stay", "hang", words, genuine=False)]
    path = Path("reply.json")
    path.write_text(json.dumps({"topic": "calls", "exhibits": twins}, indent=1), encoding="utf-8")
    return path


def test_the_text_of_the_source_must_be_at_hand(bank: Path, program: Program) -> None:
    (bank / "article.txt").unlink()
    done = program.here("import", "drafts", reply(FACT), "--bank", bank)
    assert done.code == 1
    assert done.err == (
        "reply.md:10:3: the text of fraud-morning/p9 is not at hand, so this cannot be checked; "
        "put the text of fraud-morning into the folder of the bank\n"
    )
    done = program.here("bank", "brief", "--bank", bank)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "the text of fraud-morning is not at hand; put the file into the folder of the bank, or name it here\n"
    )


def test_a_brief_is_about_the_passages_that_are_named_or_have_no_fact(bank: Path, program: Program) -> None:
    def passages(*names: object) -> list[str]:
        out = program.here("bank", "brief", *names, "--bank", bank).out
        return [line.removeprefix("### ") for line in out.splitlines() if line.startswith("### fraud-")]

    assert passages() == ["fraud-morning/p1"]
    assert passages("p9", "fraud-morning/p2") == ["fraud-morning/p9", "fraud-morning/p2"]
    (bank / "article.txt").rename("moved.txt")
    assert passages("p9", "moved.txt") == ["fraud-morning/p9"]
    done = program.here("bank", "brief", "p9", "lost.txt", "--bank", bank)
    assert (done.code, done.err) == (1, "lost.txt: there is no such file or folder; check the path\n")
    done = program.here("bank", "brief", "p99", "px", "moved.txt", "--bank", bank)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[0] == "no passage 'p99'; did you mean fraud-morning/p9?"
    assert len(done.err.splitlines()) == 2
