import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from quizgen.bank import check_bank, schema
from quizgen.bank.yaml_form import bank_entries
from quizgen.cli import main
from quizgen.kinds import KINDS
from quizgen.model import Declaration
from tests.banks import sample_bank
from tests.test_bank import FAULTY, as_files, empty_topic_file, text, write

Run: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return as_files(sample_bank(), tmp_path / "bank")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``quizgen bank …`` and give its exit code and what it printed."""

    def quizgen_bank(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["quizgen", "bank", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return quizgen_bank


def test_check_prints_every_finding_and_fails(run: Run) -> None:
    code, out, err = run("check", FAULTY)
    assert (code, err) == (1, "")
    assert out.splitlines() == [str(problem) for problem in check_bank([FAULTY]).problems]


def test_check_of_a_valid_bank_counts_its_questions(run: Run, bank: Path) -> None:
    expected = "4 facts and 6 questions in 3 files: no problems found\n"
    assert run("check", bank) == (0, expected, "")
    assert run("check", "--bank", bank) == (0, expected, "")
    assert run("check", bank / "0.yaml") == (0, "2 facts and 3 questions in 1 file: no problems found\n", "")


def test_a_file_is_checked_with_its_neighbours(run: Run, bank: Path) -> None:
    data = empty_topic_file(facts=["callers/code", "no-fee", "callers/cod"]) | {"topic": "more"}
    data["facts"][0]["cites"] = ["end"]
    file = write(bank / "more.yaml", data)
    code, out, _ = run("check", file)
    assert (code, len(out.splitlines())) == (1, 1)
    assert out.endswith("there is no fact callers/cod; did you mean callers/code?\n")
    assert run("check", bank / "1.yaml")[0] == 0  # what is wrong elsewhere is not said here


def test_a_bank_with_problems_is_not_used(run: Run) -> None:
    code, out, err = run("list", "--bank", FAULTY)
    assert (code, out) == (1, "")
    assert err.splitlines() == [str(problem) for problem in check_bank([FAULTY]).problems]


def test_list_aligns_and_selects(run: Run, bank: Path) -> None:
    code, out, _ = run("list", "--bank", bank, "-t", "parcels", "-l", "en")
    assert code == 0
    assert out == (
        "parcels/customs-text  single    apply       2"
        "  A text message says that your parcel is held until you pay…\n"
        "parcels/signs         multiple  understand  2  Which are signs of a false notice?\n"
        "parcels/odd-part      fill      recall      2  A false notice often carries an odd ____.\n"
    )
    assert run("list", "--bank", bank, "--kind", "order", "--level", "recall", "-l", "zh-Hans") == (
        0,
        "callers/what-first  order  recall  2  请排出先后顺序。\n",
        "",
    )
    assert run("list", "--bank", bank, "--level", "apply", "-k", "fill") == (0, "", "")


def test_list_shows_facts(run: Run, bank: Path) -> None:
    code, out, _ = run("list", "--bank", bank, "--facts", "-t", "callers")
    assert code == 0
    assert out == (
        "callers/code   A code read out on the phone opens the account.\n"
        "callers/steps  Hang up, tell the office, keep the number.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["list", "-t", "parcel", "-k", "singel"], ["'parcel'", "'singel'"]),
        (["list", "--facts", "-k", "single"], ["a fact has no kind"]),
        (["list", "-l", "fr"], ["no language 'fr'"]),
        (["show"], ["no id given; name a question or a fact, or use --json"]),
        (["show", "signss"], ["no question, exhibit, lesson or fact 'signss'; did you mean parcels/signs?"]),
        (
            ["show", "parcel/signs"],
            ["no question, exhibit, lesson or fact 'parcel/signs'; did you mean parcels/signs?"],
        ),
        (
            ["show", "%%%"],
            ["no question, exhibit, lesson or fact '%%%'; `quizgen bank list` shows all of them"],
        ),
    ],
)
def test_misuse_says_what_to_do(run: Run, bank: Path, arguments: list[str], expected: list[str]) -> None:
    code, out, err = run(*arguments, "--bank", bank)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == len(expected)
    for line, each in zip(err.splitlines(), expected, strict=True):
        assert each in line


def test_an_id_of_two_topics_asks_which(run: Run, bank: Path) -> None:
    write(bank / "more.yaml", empty_topic_file(id="signs") | {"topic": "more"})
    sources = (bank / "sources.yaml").read_text(encoding="utf-8").replace("q1-a1", "q1")
    (bank / "sources.yaml").write_text(sources, encoding="utf-8")
    zero = (bank / "0.yaml").read_text(encoding="utf-8").replace("q1-a1", "q1")
    (bank / "0.yaml").write_text(zero, encoding="utf-8")
    code, _, err = run("show", "signs", "--bank", bank)
    assert (code, err) == (2, "'signs' is in several topics; write one of parcels/signs, more/signs\n")


def test_show_is_for_people(run: Run, bank: Path) -> None:
    code, out, _ = run("show", "customs-text", "--bank", bank)
    assert code == 0
    assert out == (
        "parcels/customs-text\n"
        "topic        Parcels and fees\n"
        "kind         single\n"
        "level        apply\n"
        "difficulty   2\n"
        "stem         A text message says that your parcel is held until you pay a small fee."
        " What fits the fact best?\n"
        "key          Ask the office yourself\n"
        "distractors  Pay, since the sum is small\n"
        "             Reply and ask for a discount\n"
        "             Send the link to a neighbour\n"
        "rationale    The office takes no fee in this way.\n"
        "advice       Call the number that is printed on your card. [our own, not from a source]\n"
        "enemies      parcels/odd-part\n"
        "fact         The office asks no fee by text message. [parcels/no-fee]\n"
        "passage      market-talk/q1-a1: the harbour savings office:"
        " A talk at the market (Harbour Gazette, 2020-03)\n"
        "terms        灯塔\n"
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("signs", "key          催得很急"),
        ("code-is-harmless", "key         false"),
        ("who-does-what", "pairs       来电者 → 索要验证码"),
        ("what-first", "sequence    挂断电话"),
        ("odd-part", "accept      链接; 网址"),
        ("callers/steps", "         market-talk/end: 《集市上的一席谈》（港口报，2020-03）"),
    ],
)
def test_show_describes_every_kind(run: Run, bank: Path, name: str, line: str) -> None:
    assert line in run("show", name, "--bank", bank, "-l", "zh-Hans")[1].splitlines()


ENEMIES = {"parcels/customs-text": ["parcels/odd-part"], "parcels/odd-part": ["parcels/customs-text"]}


def test_show_json_is_the_bank(run: Run, bank: Path) -> None:
    expected = json.loads(json.dumps(bank_entries(sample_bank())))
    for entry in expected["questions"]:  # an option of one has the word that the other wants in its blank
        entry["enemies"] = ENEMIES.get(entry["id"], [])
    whole = json.loads(run("show", "--json", "--bank", bank)[1])
    assert sorted(whole.pop("files")) == sorted(path.name for path in bank.glob("*.yaml"))
    assert list(whole) == [
        "sources",
        "topics",
        "facts",
        "lessons",
        "exhibits",
        "questions",
        "help",
        "statements",
    ]
    for section, entries in whole.items():
        assert sorted(entries, key=str) == sorted(expected[section], key=str)
    for entry in (expected["questions"][1], expected["facts"][0]):
        assert json.loads(run("show", entry["id"], "--json", "--bank", bank)[1]) == entry


def test_markup_in_a_bank_is_shown_as_typed(run: Run, bank: Path) -> None:
    odd = "{{ 7 * 7 }} [bold]x[/bold] <b>&amp;</b>"
    data = empty_topic_file(stem=text(odd)) | {"topic": "more"}
    data["facts"][0]["cites"] = ["end"]
    write(bank / "more.yaml", data)
    assert f"stem         {odd}" in run("show", "who-asks", "--bank", bank)[1]
    assert odd in run("list", "--bank", bank)[1]


def test_stats_count_all_and_name_what_is_missing(run: Run, bank: Path) -> None:
    data = empty_topic_file(facts=["callers/code"]) | {"topic": "more"}
    data["facts"][0]["cites"] = ["end"]
    write(bank / "more.yaml", data)
    code, out, _ = run("stats", "--bank", bank)
    assert code == 0
    assert out == (
        "topic    facts  questions  single  multiple  true-false  match  order  fill  judge  spot\n"
        "parcels      2          3       1         1           0      0      0     1      0     0\n"
        "callers      2          3       0         0           1      1      1     0      0     0\n"
        "more         1          1       1         0           0      0      0     0      0     0\n"
        "total        5          7       2         1           1      1      1     1      0     0\n"
        "\n"
        "topic    facts  questions  recall  understand  apply\n"
        "parcels      2          3       1           1      1\n"
        "callers      2          3       3           0      0\n"
        "more         1          1       1           0      0\n"
        "total        5          7       5           1      1\n"
        "\n"
        "topic    facts  questions  difficulty 1  difficulty 2  difficulty 3\n"
        "parcels      2          3             0             3             0\n"
        "callers      2          3             0             3             0\n"
        "more         1          1             1             0             0\n"
        "total        5          7             1             6             0\n"
        "\n"
        "a quiz can have 6 questions that do not give each other away\n"
        "facts without a question:\n"
        "  more/no-fee\n"
    )
    counted = json.loads(run("stats", "--json", "--bank", bank)[1])
    assert (counted["facts"], counted["questions"], counted["without_enemies"]) == (5, 7, 6)
    assert counted["facts_without_question"] == ["more/no-fee"]
    assert counted["topics"][2] == {
        "topic": "more",
        "facts": 1,
        "lessons": 0,
        "questions": 1,
        "kind": {kind: int(kind == "single") for kind in KINDS},
        "level": {"recall": 1, "understand": 0, "apply": 0},
        "difficulty": {"1": 1, "2": 0, "3": 0},
        "audience": {"everyone": 1, "work": 0},
        "mix": {"genuine": 0, "scam": 0, "apply": 0, "understand": 0, "recall": 1},
        "exhibits": {"genuine": 0, "scam": 0},
    }


def test_schema_is_printed(run: Run) -> None:
    assert json.loads(run("schema")[1]) == schema.editor_schema(Declaration())
