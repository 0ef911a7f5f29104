import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.bank import build, cache, check_bank, files, read_bank, schema
from quizgen.bank.yaml_form import bank_entries, question_entry
from quizgen.errors import QuizgenError
from quizgen.files import shipped_folder
from quizgen.kinds import KINDS
from quizgen.model import Bank, Declaration, Fact, Passage, Question, Source, Topic
from quizgen.shapes import Choose, Fill, Match, Order
from tests.banks import sample_bank, sample_quiz

FAULTY = Path(__file__).parent / "data" / "faulty-bank"
DIGEST = "5f" * 32
Texts = dict[str, str]


def text(en: str, zh: str = "文") -> Texts:
    return {"en": en, "zh-Hans": zh}


def empty_topic_file(**changes: Any) -> dict[str, Any]:
    """A sound topic of one fact and one question; ``changes`` are made to the question."""
    question = {
        "id": "who-asks",
        "kind": "single",
        "level": "recall",
        "difficulty": 1,
        "facts": ["no-fee"],
        "stem": text("Who asks?"),
        "key": text("Nobody", "没人"),
        "distractors": [text("The office", "储蓄所")],
        "rationale": text("So it is."),
    }
    fact = {"id": "no-fee", "statement": text("No fee."), "cites": ["q1"], "terms": ["灯塔"]}
    return {
        "topic": "parcels",
        "title": text("Parcels"),
        "facts": [fact],
        "questions": [{key: value for key, value in (question | changes).items() if value is not None}],
    }


def sources_file(*ids: str) -> dict[str, Any]:
    return {
        "sources": [
            {
                "id": each,
                "title": text("A talk"),
                "publisher": text("Gazette"),
                "date": "2020-03",
                "language": "zh-Hant",
                "passages": [{"id": "q1", "digest": DIGEST}],
            }
            for each in ids
        ]
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds one source, below the current one."""
    monkeypatch.chdir(tmp_path)
    bank = tmp_path / "bank"
    bank.mkdir()
    write(bank / "sources.yaml", sources_file("talk"))
    return bank


def write(path: Path, data: Any) -> Path:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def said(*places: Path) -> list[str]:
    return [str(problem) for problem in check_bank(places).problems]


# What a bank declares


@pytest.mark.parametrize(
    ("declared", "where"),
    [
        ("languages: [en]\noptional: [facts]\ncurrency: pounds\n", "bank/bank.yaml:3:11"),
        ("languages: [en]\noptional: [facts]\ncurrency: 3\ntitel: {en: Parcels}\n", "bank/bank.yaml:3:11"),
        ("languages: en\noptional: [facts]\ncurrency: {en: pounds}\n", "bank/bank.yaml:1:12"),
        ("languages: [en]  # only\noptional:\n- facts\ntitle: {en: Parcels: all}\n", "bank/bank.yaml:4"),
        ("languages: [en\noptional: [facts]\n", "bank/bank.yaml:"),
    ],
)
def test_an_error_in_what_a_bank_declares_causes_none_in_its_other_files(
    folder: Path, declared: str, where: str
) -> None:
    topic = json.loads(json.dumps(empty_topic_file(facts=None)), object_hook=_only_in_english)
    topic["exhibits"] = [
        {
            "id": "call",
            "channel": "call",
            "genuine": False,
            "stake": 10,
            "from": {"en": "A caller"},
            "lines": [{"who": "caller", "en": "Pay"}],
            "signs": [{"line": 1, "words": {"en": "Pay"}, "reason": {"en": "So."}, "facts": ["no-fee"]}],
        }
    ]
    write(folder / "parcels.yaml", topic)
    write(folder / "sources.yaml", json.loads(json.dumps(sources_file("talk")), object_hook=_only_in_english))
    (folder / "bank.yaml").write_text(declared, encoding="utf-8")
    found = said(folder)
    assert found
    assert all(each.startswith("bank/bank.yaml:") for each in found)
    assert any(each.startswith(where) for each in found)


def _only_in_english(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "zh-Hans"}


@pytest.mark.parametrize(
    ("fact", "hint"),
    [
        ("call-after-days", "; did you mean calls/call-after-days?"),
        ("call-after-day", "; did you mean calls/call-after-days?"),
        ("parcels/no-fees", "; did you mean parcels/no-fee?"),
        ("calls/no-fee", "; did you mean parcels/no-fee?"),
        ("letters/call-after-days", "; did you mean calls/call-after-days?"),
        ("cals/gone", "; there is no topic cals; did you mean calls?"),
        ("quiet/gone-home", ""),
    ],
)
def test_a_fact_that_is_not_there_may_be_in_another_topic(folder: Path, fact: str, hint: str) -> None:
    write(folder / "parcels.yaml", empty_topic_file(facts=[fact]))
    calls = empty_topic_file() | {"topic": "calls", "questions": []}
    calls["facts"][0]["id"] = "call-after-days"
    write(folder / "calls.yaml", calls)
    write(folder / "quiet.yaml", {"topic": "quiet", "title": text("Quiet")})
    name = fact if "/" in fact else f"parcels/{fact}"
    assert [each.partition(": ")[2] for each in said(folder)] == [f"there is no fact {name}{hint}"]


# What a file may be


@pytest.mark.parametrize("length", [5_000, 5_001])
def test_a_text_has_a_greatest_length(tmp_path: Path, length: int) -> None:
    file = write(tmp_path / "a.yaml", empty_topic_file(stem=text("w" * length)))
    long = [each for each in said(file) if "characters" in each]
    assert [each.rpartition("/")[2] for each in long] == (
        [
            "a.yaml:22:9: this text has 5001 characters; the maximum is 5000; shorten it, or split it into several questions"
        ]
        if length > 5_000
        else []
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "x.yaml: this file is empty; fill it or remove it"),
        (b"# nothing\n---\n", "x.yaml: this file is empty; fill it or remove it"),
        (b"topic: a\0b", "x.yaml: this is not a text file: byte 8 is zero; remove it"),
        (
            b"\x89PNG\r\n\x1a\n" + b"\x01" * 200,
            "x.yaml:1:1: this file is not UTF-8: byte 0 is 0x89; save it as UTF-8",
        ),
        (
            b"\x01" * 200,
            "x.yaml: this is not a text file: it has many characters such as U+0001, a control character",
        ),
        ("topic: 包".encode("utf-16"), "x.yaml: this file is UTF-16; save it as UTF-8"),
        (
            "topic: parcels\ntitle: 包裹".encode("gb18030"),
            "x.yaml:2:8: this file is not UTF-8: byte 22 is 0xb0; save it as UTF-8",
        ),
        (
            b"topic: a: b",
            "x.yaml:1:9: this is not YAML: a colon cannot be here; put the text in quotes",
        ),
        (b"topic: 'a\n", "x.yaml:1:8: this is not YAML: this quotation mark is never closed; close it"),
        (b"title: {en: a, b: c\n", "x.yaml:1:8: this is not YAML: the braces opened here are not closed"),
        (b"facts: [a, b\n", "x.yaml:1:8: this is not YAML: the list opened here is not closed"),
        (b"topic: @x", "x.yaml:1:8: this is not YAML: a text cannot start with this character"),
        (b"facts:\n  - a\n b: c", "x.yaml:3:2: this is not YAML: this line does not fit the lines above it"),
        (b"\ttopic: a", "x.yaml:1:1: this is not YAML: a text cannot start with this character"),
        (b'topic: "\\q"', "x.yaml:1:9: this is not YAML: unknown escape sequence"),
        (b"a: 1\n--- \nb: 2\n", "x.yaml:2:1: a second document starts here; keep one document per file"),
        (b"a: &x {}\nb: *x\n", "x.yaml:1:4: anchors (&x) are not allowed; remove it"),
        (b"a: *x\n", "x.yaml:1:4: aliases (*x) are not allowed; write the text out in full"),
        (
            b"a: !!python/none x\n",
            "x.yaml:1:4: tags (tag:yaml.org,2002:python/none) are not allowed; remove it",
        ),
        (b"<<: {a: b}\n", "x.yaml:1:1: merge keys (<<) are not allowed; write the keys out in full"),
        (b"{{a}}: b\n", "x.yaml:1:1: expected a key, but found a list or a mapping; put the text in quotes"),
        (
            b"a: " + b"[" * 100 + b"]" * 100,
            "x.yaml:1:15: this is nested more than 12 levels deep; see `quizgen bank schema`",
        ),
        (
            b"[" * 100_000,
            "x.yaml:1:1001: this is not YAML: brackets are nested too deep; see `quizgen bank schema`",
        ),
        (
            b"a:\n" + b"- " * 100_000,
            "x.yaml:2:23: this is nested more than 12 levels deep; see `quizgen bank schema`",
        ),
        (
            b"questions:\n" + b"- {}\n" * 100_000,
            "x.yaml:99999:3: this file has more than 100000 keys and values; split its topic into several",
        ),
        (
            b"".join(b"k%d: 1\n" % number for number in range(50_001)),
            "x.yaml:50000:9: this file has more than 100000 keys and values; split its topic into several",
        ),
        (b"- a\n", "x.yaml:1:1: the file is a list, but must be a mapping; see `quizgen bank schema`"),
        (
            b"just words",
            "x.yaml:1:1: the file is a text, but must be a mapping; see `quizgen bank schema`",
        ),
        (b"a" * (files.MAX_BYTES + 1), "x.yaml: this file is larger than 4 MB; split its topic into several"),
    ],
)
def test_a_file_that_is_no_bank_file_is_one_problem(folder: Path, content: bytes, expected: str) -> None:
    (folder / "x.yaml").write_bytes(content)
    write(folder / "z.yaml", empty_topic_file(level="aply"))
    first, second = said(folder)
    assert first.startswith(f"bank/{expected}")
    assert second.startswith("bank/z.yaml:")  # the others are still read


def test_an_alias_bomb_costs_nothing(folder: Path) -> None:
    lines = ["a0: &a0 [lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    (folder / "bomb.yaml").write_text("\n".join(lines), encoding="utf-8")
    begin = time.process_time()
    assert said(folder) == ["bank/bomb.yaml:1:5: anchors (&a0) are not allowed; remove it"]
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda path: path.mkdir(), "this is a folder; rename or remove it"),
        (
            lambda path: path.symlink_to("nowhere"),
            "this link points to a file that does not exist; fix or remove the link",
        ),
        (os.mkfifo, "this is a device or a pipe, not a file; rename or remove it"),
    ],
)
def test_folders_and_pipes_named_like_a_bank_file_are_reported(
    folder: Path, make: Callable[[Path], None], expected: str
) -> None:
    make(folder / "x.yaml")
    assert said(folder) == [f"bank/x.yaml: {expected}"]


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(folder / "x.yaml", empty_topic_file())
    opened = Path.open

    def refuse(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)  # the tests may run as root, whom no mode keeps out
    assert said(folder) == [
        "bank/x.yaml: you have no permission to read this; give yourself permission to read it"
    ]


def test_folders_that_hold_no_bank(folder: Path) -> None:
    empty = folder / "empty"
    empty.mkdir()
    (empty / ".#x.yaml").symlink_to("an-editor's-lock")
    assert said(folder / "gone", empty) == [
        "bank/empty: this folder has no bank: it has no .yaml file; name another",
        "bank/gone: there is no such file or folder; check the path",
    ]


@pytest.mark.usefixtures("folder")
def test_a_file_is_named_as_its_user_would(tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "x\x1b[31m.yaml").touch()
    assert said(Path("bank/../bank/gone"), elsewhere) == [
        f"{elsewhere}/x<U+001B>[31m.yaml: this file is empty; fill it or remove it",
        "bank/../bank/gone: there is no such file or folder; check the path",
    ]


# What a file may say


def test_every_planted_fault_is_found_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FAULTY)
    assert said(Path()) == (FAULTY / "expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"stem": text("Who\tasks?")}, "this text contains a line break or a tab"),
        ({"stem": text("\u3000")}, "this text is empty"),
        ({"stem": text("A\x1b[31m?")}, "this text contains U+001B, a control character; remove it"),
        ({"stem": text("A\u2067?")}, "this text contains U+2067 (right-to-left isolate)"),
        ({"stem": text("A\ufeff?")}, "this text contains U+FEFF (zero width no-break space)"),
        ({"stem": text("A\ue000?")}, "this text contains U+E000, a private-use character"),
        ({"stem": text("A\u2028?")}, "this text contains U+2028 (line separator)"),
        ({"stem": text("A\U000e0041?")}, "this text contains U+E0041 (tag latin capital letter a)"),
        ({"id": "a--b"}, "`a--b` is not an id"),
        ({"id": "a" * 61}, f"`{'a' * 61}` is too long; use at most 60 characters"),
        ({"id": "\x1b[31m"}, "this text contains U+001B"),
        ({"kind": "multiple", "key": [text("Nobody", "没人")]}, "question who-asks has 2 options"),
        ({"kind": ["single"]}, "a list is not a valid kind; did you mean single?"),
        ({"difficulty": True}, "`True` is not a valid difficulty"),
        (
            {"distractors": [text(f"Office {n}", f"{n}") for n in range(8)]},
            "`distractors` has 8 entries; give at most 7",
        ),
        ({"rationale": None}, "question who-asks has no `rationale`"),
        ({"facts": ["other/no-fee"]}, "there is no fact other/no-fee; did you mean parcels/no-fee?"),
        ({"key": text("ＴＨＥ  Office", "没人")}, "two of the options are the same in en"),
        ({"key": {**text("Nobody", "没人"), "zh-Hant": "a\u200b"}}, "this text contains U+200B"),
        ({"advice": {}}, "`advice` has no text in en"),
        ({"\x1b[2J": 1}, "unknown key `<U+001B>[2J` in question who-asks"),
    ],
)
def test_a_fault_in_a_question(folder: Path, changes: dict[str, Any], expected: str) -> None:
    path = folder / "x.yaml"
    # In ASCII, so that what YAML itself would refuse to hold stands there as an escape.
    path.write_text(yaml.safe_dump(empty_topic_file(**changes)), encoding="ascii")
    found = said(folder)
    assert any(expected in each for each in found), found
    assert all(each.startswith("bank/x.yaml:") and each.isprintable() for each in found)


def test_a_character_that_yaml_refuses_is_found_with_all_else(folder: Path) -> None:
    lines = ["topic: parcels", "title: {en: A\x07, zh-Hans: \u202e包}  # \ue000", "fact: []"]
    (folder / "x.yaml").write_text("\r\n".join(lines), encoding="utf-8", newline="")
    assert [each for each in said(folder) if "remove it" in each or "fact" in each] == [
        "bank/x.yaml:2:14: the file contains U+0007, a control character; remove it",
        "bank/x.yaml:2:26: the file contains U+202E (right-to-left override), a control character for writing direction; remove it",
        "bank/x.yaml:2:33: the file contains U+E000, a private-use character; remove it",
        "bank/x.yaml:3:1: unknown key `fact` in the file; did you mean facts?",
    ]


def test_a_lone_surrogate_is_refused(folder: Path) -> None:
    (folder / "x.yaml").write_text('topic: "\\ud800"', encoding="utf-8")
    (line,) = said(folder)
    assert line.startswith("bank/x.yaml:1:")


def test_a_missing_libyaml_is_reported_in_one_line(folder: Path) -> None:
    program = "import sys, yaml; yaml.__with_libyaml__ = False; from quizgen.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "bank", "check", str(folder)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "PyYAML is installed without libyaml, which reads the bank; install a wheel of it: pip install --force-reinstall PyYAML\n"
    )


@pytest.mark.parametrize(
    "content",
    [
        f"questions: [{', '.join(['{}'] * 3_000)}]\n",
        "\n".join(f"k{number}: 1" for number in range(3_000)) + "\n",
    ],
)
def test_of_very_many_faults_the_first_are_reported_and_the_others_counted(
    folder: Path, content: str
) -> None:
    path = folder / "x.yaml"
    path.write_text(f"topic: parcels\ntitle: {{en: A, zh-Hans: 甲}}\n{content}", encoding="utf-8")
    found = check_bank([path])
    assert (len(found.problems), found.more) == (1_000, 2_000)
    with pytest.raises(QuizgenError) as raised:
        read_bank([folder])
    assert (len(raised.value.problems), raised.value.more) == (1_000, 2_000)


def test_ids_are_one_namespace_over_all_folders(folder: Path) -> None:
    second = folder / "second"
    second.mkdir()
    write(folder / "x.yaml", empty_topic_file())
    write(second / "y.yml", empty_topic_file(id="no-fee") | {"title": text("Again")})
    write(second / "z.yaml", sources_file("talk", "other"))
    found = said(folder, second)
    assert [each.partition(": ")[2] for each in found if "is already used" in each] == [
        "the id parcels is already used in bank/x.yaml, line 1; choose another",
        "the id parcels/no-fee is already used in bank/x.yaml, line 6; choose another",
        "the id parcels/no-fee is already used in bank/x.yaml, line 6; choose another",
        "the id talk is already used in bank/sources.yaml, line 2; choose another",
        "the id talk/q1 is already used in bank/sources.yaml, line 12; choose another",
    ]
    assert any("2 sources have a passage q1; write talk/q1 or other/q1" in each for each in found)


def test_a_reference_into_an_unreadable_file_is_not_called_missing(folder: Path) -> None:
    write(folder / "x.yaml", empty_topic_file(facts=["lost/fact", "parcels/gone"]))
    (folder / "lost.yaml").write_bytes(b"topic: 'lost")
    assert said(folder) == [
        "bank/lost.yaml:1:8: this is not YAML: this quotation mark is never closed; close it",
        "bank/x.yaml:21:5: there is no fact parcels/gone; did you mean parcels/no-fee?",
    ]


# What printed sheets say


STATEMENTS = {
    "statements": [
        {
            "id": "hang-up",
            "role": "step",
            "head": text("Hang up"),
            "text": text("Hang up."),
            "short": text("Up."),
            "number": "{police}",
            "facts": ["parcels/no-fee"],
        },
        {"id": "call-back", "role": "say", "text": text("I will call {police}.", "我会打{police}。")},
        {"id": "keep-notes", "role": "step", "text": text("Keep notes.")},
    ]
}
HELP = {
    "help": [
        {"region": "sea", "id": "police", "number": "110", "for": text("the police"), "role": "emergency"},
        {"region": "sea", "id": "office", "number": "220", "for": text("the office")},
    ]
}


def test_a_bank_has_the_statements_for_sheets(folder: Path) -> None:
    write(folder / "a.yaml", empty_topic_file())
    write(folder / "help.yaml", HELP)
    write(folder / "sheets.yaml", STATEMENTS)
    bank = read_bank([folder], folder / "cache")
    assert read_bank([folder], folder / "cache") == bank  # compiled
    assert [each.id for each in bank.statements_with_role("step")] == ["hang-up", "keep-notes"]
    hang_up = bank.statements["hang-up"]
    assert (hang_up.head["en"], hang_up.short["en"], hang_up.number) == ("Hang up", "Up.", "110")
    assert hang_up.facts == ("parcels/no-fee",)
    assert bank.statements["call-back"].text["en"] == "I will call 110."
    assert [each.id for each in bank.help_numbers_with_role("emergency")] == ["police"]
    assert not bank.help_numbers_with_role("advice")
    shown = bank_entries(bank)
    assert [each["role"] for each in shown["statements"]] == ["step", "say", "step"]
    assert [each["role"] for each in shown["help"]] == ["emergency", ""]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"role": "stop"}, "`stop` is not a valid role; did you mean step? there are headline, slogan, verb, lead, step, keep, tip and say"),
        ({"facts": ["no-fee"]}, "`no-fee` is not the id of a fact; write it with its topic: topic/id"),
        ({"facts": ["parcels/no-fees"]}, "there is no fact parcels/no-fees; did you mean parcels/no-fee?"),
        ({"facts": ["parcels/no-fee"] * 2}, "this is in `facts` twice; remove one"),
        ({"number": "110"}, "`110` is not a help number; write its id in braces: {name}"),
        ({"number": "{polite}"}, "there is no help number {polite}; did you mean police?"),
        ({"text": {"en": "Hang up."}}, "`text` has no text in zh-Hans; add `zh-Hans:`"),
        ({"text": text("Call {polite}.")}, "there is no help number {polite}; did you mean police?"),
        ({"id": "keep-notes"}, "the id keep-notes is already used on line 1; choose another"),
        ({"fact": []}, "unknown key `fact` in statement hang-up; did you mean facts?"),
    ],
)  # fmt: skip
def test_a_fault_in_a_statement(folder: Path, changes: dict[str, Any], expected: str) -> None:
    write(folder / "a.yaml", empty_topic_file())
    write(folder / "help.yaml", HELP)
    first, *others = STATEMENTS["statements"]
    faulty = {"statements": [first | changes, *others]}
    (folder / "sheets.yaml").write_text(json.dumps(faulty, ensure_ascii=False), encoding="utf-8")
    (line,) = said(folder)
    assert line.partition(": ")[2] == expected


def test_one_file_is_checked_with_the_others_in_its_folder(folder: Path) -> None:
    sound = write(folder / "sound.yaml", empty_topic_file())
    write(folder / "other.yaml", empty_topic_file(level="aply") | {"topic": "other"})
    assert check_bank([sound]) == ([], 1, 1, 1, 0, 0)
    assert len(said(folder)) == 1


# What a sound bank becomes


def as_files(bank: Bank, folder: Path) -> Path:
    """Write a bank as its author would, a file a topic."""
    folder.mkdir(exist_ok=True)
    everything = bank_entries(bank)
    sources = [{key: value for key, value in source.items() if value} for source in everything["sources"]]
    for source in sources:
        source["passages"] = [
            {key: value for key, value in passage.items() if value} | {"id": passage["id"].partition("/")[2]}
            for passage in source["passages"]
        ]
    write(folder / "sources.yaml", {"sources": sources})
    for number, topic in enumerate(everything["topics"]):
        entries = {
            section: [
                {
                    key: value.partition("/")[2] if key == "id" else value
                    for key, value in entry.items()
                    if key != "topic"
                    and value not in ({}, [], "")
                    and (key, value) != ("stake", 0)  # no stake
                }
                for entry in everything[section]
                if entry["topic"] == topic["id"]
            ]
            for section in ("facts", "exhibits", "questions")
        }
        write(folder / f"{number}.yaml", {"topic": topic["id"], "title": topic["title"], **entries})
    return folder


def test_a_bank_written_out_and_loaded_is_the_same(tmp_path: Path) -> None:
    bank = sample_bank()
    loaded = read_bank([as_files(bank, tmp_path)])
    enemies = {name: question.enemies for name, question in loaded.questions.items() if question.enemies}
    assert enemies == {  # an option of one has the word that the other wants in its blank
        "parcels/customs-text": ("parcels/odd-part",),
        "parcels/odd-part": ("parcels/customs-text",),
    }
    assert {
        name: question_entry(replace(question, enemies=())) for name, question in loaded.questions.items()
    } == {name: question_entry(question) for name, question in bank.questions.items()}
    assert (loaded.sources, loaded.topics, loaded.facts) == (bank.sources, bank.topics, bank.facts)


def unordered(entry: dict[str, Any]) -> dict[str, Any]:
    """Options are printed in any order; pairs and steps are not."""
    return {
        key: sorted(value, key=str) if key in ("key", "distractors") and isinstance(value, list) else value
        for key, value in entry.items()
    }


def test_an_answer_in_printed_order_is_written_back_the_same() -> None:
    for printed, question in zip(sample_quiz().questions, sample_bank().questions.values(), strict=True):
        assert unordered(question_entry(printed)) == unordered(question_entry(question))


def test_extra_right_sides_are_distractors(folder: Path) -> None:
    pairs = [{"left": text(f"L{n}", f"左{n}"), "right": text(f"R{n}", f"右{n}")} for n in range(2)]
    changes = {"kind": "match", "key": None, "pairs": pairs, "distractors": [text("R2", "右2")]}
    write(folder / "x.yaml", empty_topic_file(**changes))
    question = read_bank([folder]).questions["parcels/who-asks"]
    assert isinstance(question.answer, Match)
    assert question.answer.key == (0, 1)
    assert len(question.answer.choices) == 3
    assert question_entry(question)["pairs"] == pairs
    assert question_entry(question)["distractors"] == [text("R2", "右2")]


def test_texts_are_read_unchanged(folder: Path) -> None:
    odd = "{{ 7 * 7 }} [bold]x[/] <b>&amp;</b> \\u001b  two blanks"
    write(folder / "x.yaml", empty_topic_file(stem=text(odd)))
    assert read_bank([folder]).questions["parcels/who-asks"].stem["en"] == odd


def test_the_shipped_schema_is_the_one_that_checks_use() -> None:
    stored = (shipped_folder("question_bank") / "bank.schema.json").read_text(encoding="utf-8")
    assert json.loads(stored) == schema.editor_schema(Declaration())
    assert stored == json.dumps(schema.editor_schema(Declaration()), ensure_ascii=False, indent=2) + "\n"


def test_the_schema_for_editors_offers_only_the_languages_of_the_bank() -> None:
    declared = Declaration(("en",))
    offered = schema.editor_schema(declared)
    assert list(offered["$defs"]["text"]["properties"]) == ["en"]
    assert "zh-Hant is made" not in json.dumps(offered)
    validator = jsonschema_rs.Draft202012Validator(offered)
    topic = {"topic": "x", "title": {"en": "X", "zh-Hans": "某", "zh-Hant": "某"}}
    assert validator.is_valid(topic)  # they are allowed all the same
    assert not validator.is_valid(topic | {"title": {"en": "X", "fr": "X"}})
    assert list(schema.editor_schema(Declaration())["$defs"]["text"]["properties"]) == [
        "en",
        "zh-Hans",
        "zh-Hant",
    ]


def test_every_sort_of_entry_has_snippets_and_examples_that_fit(tmp_path: Path) -> None:
    """The examples, with what they refer to, are a bank without problems."""
    offered = schema.editor_schema(Declaration())["$defs"]
    for name in (
        "question",
        "FactEntry",
        "LessonEntry",
        "ExhibitEntry",
        "HelpNumberEntry",
        "Source",
        "Statement",
    ):
        assert len(offered[name]["examples"]) == len(offered[name]["defaultSnippets"]) > 0
    questions = offered["question"]["examples"]
    assert [each["kind"] for each in questions] == list(KINDS)
    twins = offered["ExhibitEntry"]["examples"]
    (fact,), (source,) = offered["FactEntry"]["examples"], offered["Source"]["examples"]
    (lesson,) = offered["LessonEntry"]["examples"]
    for index, question in enumerate(questions):
        question["id"] = f"q-{index}"
        if "exhibit" in question:
            question["exhibit"] = twins[0]["id"]
    topic = {
        "topic": "topic",
        "title": text("Topic"),
        "facts": [fact | {"id": "fact-id", "cites": ["q1-a1"]}],
        "lessons": [lesson | {"id": "lesson-id"}],
        "exhibits": twins,
        "questions": questions,
    }
    (statement,) = offered["Statement"]["examples"]
    files = {
        "topic": topic,
        "sources": {"sources": [source]},
        "help": {"help": offered["HelpNumberEntry"]["examples"]},
        "sheets": {"statements": [statement | {"facts": ["topic/fact-id"]}]},
    }
    for name, data in files.items():
        write(tmp_path / f"{name}.yaml", data)
    assert check_bank([tmp_path]).problems == []


# The compiled form


def compiled(folder: Path) -> list[Path]:
    return sorted(folder.glob("bank-*.msgpack"))


def test_an_unchanged_bank_is_not_read_twice(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "x.yaml", empty_topic_file())
    kept = tmp_path / "deep" / "cache"
    first = read_bank([folder], kept)

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(build, "read_documents", fail)
    assert read_bank([folder], kept) == first
    (folder / "x.yaml").touch()
    assert read_bank([folder], kept) == first  # content is the key, not the time


def test_a_changed_bank_is_never_read_from_the_cache(folder: Path, tmp_path: Path) -> None:
    path = write(folder / "x.yaml", empty_topic_file())
    before = path.stat()
    read_bank([folder], tmp_path)
    write(path, empty_topic_file(stem=text("Why asks?")))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_bank([folder], tmp_path).questions["parcels/who-asks"].stem["en"] == "Why asks?"


def test_a_bank_with_a_problem_is_not_cached(folder: Path, tmp_path: Path) -> None:
    write(folder / "x.yaml", empty_topic_file(level="aply"))
    for _ in range(2):
        with pytest.raises(QuizgenError, match="aply"):
            read_bank([folder], tmp_path / "cache")
    assert not compiled(tmp_path / "cache")


def test_a_damaged_cache_is_replaced(folder: Path, tmp_path: Path) -> None:
    write(folder / "x.yaml", empty_topic_file())
    bank = read_bank([folder], tmp_path)
    (kept,) = compiled(tmp_path)
    whole = kept.read_bytes()
    payload = msgspec.msgpack.encode({"sources": 1})
    damaged = [
        b"",
        whole[:-1],
        whole[:50],
        whole.replace(b"Who", b"Why"),
        sha256(payload).digest() + payload,
    ]
    for content in damaged:
        kept.write_bytes(content)
        assert read_bank([folder], tmp_path) == bank
        assert kept.read_bytes() == whole


@pytest.mark.parametrize("what", ["fifo", "folder", "link to itself", "link to a device", "link to a file"])
def test_folders_and_pipes_in_the_cache_are_ignored(folder: Path, tmp_path: Path, what: str) -> None:
    kept = tmp_path / "cache"
    bank = read_bank([folder], kept)
    (path,) = compiled(kept)
    path.unlink()
    if what == "fifo":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    else:
        others = tmp_path / "others"
        others.write_text("others'")
        leads = {"link to itself": path, "link to a device": Path(os.devnull), "link to a file": others}
        path.symlink_to(leads[what])
    found: list[Bank] = []
    reading = Thread(target=lambda: found.append(read_bank([folder], kept)), daemon=True)
    reading.start()
    reading.join(10)
    assert found == [bank]
    assert Path(os.devnull).is_char_device()
    assert "link" not in what or others.read_text() == "others'"


def test_a_cache_that_cannot_be_written_does_no_harm(folder: Path, tmp_path: Path) -> None:
    write(folder / "x.yaml", empty_topic_file())
    blocked = tmp_path / "file"
    blocked.touch()
    assert read_bank([folder], blocked) == read_bank([folder], blocked / "below") == read_bank([folder])


def test_a_write_that_fails_leaves_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "x.yaml", empty_topic_file())

    def fail(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    read_bank([folder], tmp_path / "cache")
    assert not list((tmp_path / "cache").iterdir())


def test_nothing_is_written_or_deleted_through_a_link(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for number in range(20):
        (other / f"bank-{number}").touch()
    (tmp_path / "cache").symlink_to(other)
    read_bank([folder], tmp_path / "cache")
    assert len(list(other.iterdir())) == 20


def test_what_another_user_or_a_link_put_into_the_cache_is_not_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "cache"
    bank = read_bank([folder], kept)
    (file,) = compiled(kept)
    key = file.stem.removeprefix("bank-")
    assert cache.read_cached_bank(kept, key) == bank
    monkeypatch.setattr("os.geteuid", lambda: file.stat().st_uid + 1)
    assert cache.read_cached_bank(kept, key) is None
    monkeypatch.undo()
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert cache.read_cached_bank(kept, key) is None
    assert kept.stat().st_mode & 0o777 == 0o700


def test_a_cache_keeps_only_its_newest_entries(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "cache"
    kept.mkdir()
    (kept / "bank-killed.part").touch()
    (kept / "another's file").touch()
    os.utime(kept / "bank-killed.part", (0, 0))
    for number in range(cache.MAX_CACHED_BANKS + 2):
        write(folder / "x.yaml", empty_topic_file(stem=text(f"Who asks {number}?")))
        read_bank([folder], kept)
    assert len(compiled(kept)) == cache.MAX_CACHED_BANKS
    assert len(list(kept.iterdir())) == cache.MAX_CACHED_BANKS + 1


def some_text() -> st.SearchStrategy[Texts]:
    return st.dictionaries(st.sampled_from(["en", "zh-Hans", "zh-Hant"]), st.text(max_size=5), max_size=3)


def texts() -> st.SearchStrategy[tuple[Texts, ...]]:
    return st.lists(some_text(), max_size=3).map(tuple)


def indices() -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(st.integers(0, 9), max_size=3).map(tuple)


def words() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.text(max_size=5), max_size=3).map(tuple)


ANSWERS = st.one_of(
    st.builds(Choose, texts(), indices(), st.sampled_from(["one", "several", "truth"])),
    st.builds(Match, texts(), texts(), indices()),
    st.builds(Order, texts(), indices()),
    st.builds(Fill, st.dictionaries(st.text(max_size=3), words(), max_size=2)),
)
BANKS = st.builds(
    Bank,
    st.dictionaries(
        st.text(max_size=3),
        st.builds(
            Source,
            st.text(max_size=3),
            some_text(),
            some_text(),
            st.text(max_size=3),
            st.lists(
                st.builds(Passage, st.text(max_size=3), st.text(max_size=3), some_text()), max_size=2
            ).map(tuple),
            date=st.text(max_size=3),
        ),
        max_size=2,
    ),
    st.dictionaries(st.text(max_size=3), st.builds(Topic, st.text(max_size=3), some_text()), max_size=2),
    st.dictionaries(
        st.text(max_size=3),
        st.builds(Fact, st.text(max_size=3), st.text(max_size=3), some_text(), words(), words()),
        max_size=2,
    ),
    st.dictionaries(
        st.text(max_size=3),
        st.builds(
            Question,
            st.text(max_size=3),
            st.text(max_size=3),
            st.sampled_from(["single", "fill"]),
            st.sampled_from(["recall", "apply"]),
            st.integers(1, 3),
            words(),
            some_text(),
            ANSWERS,
            some_text(),
            some_text(),
        ),
        max_size=3,
    ),
)


@given(BANKS)
def test_any_bank_comes_back_from_the_cache_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, bank: Bank
) -> None:
    folder = tmp_path_factory.getbasetemp() / "round-trip"
    cache.write_cached_bank(folder, "k" * 64, bank)
    assert cache.read_cached_bank(folder, "k" * 64) == bank


@given(st.binary(max_size=200))
@example(b'"\\U00110000"')
@example(b"%YAML 99999999999999999999.1\n--- a")
@example(b"? \n")
@example(b"- !<")
def test_any_bytes_are_a_bank_or_are_reported(content: bytes) -> None:
    build.read_documents([files.RawFile("x.yaml", content)])


WORDS = [
    *"{}[],:-?&*!|>'\"%@`#~\n\t ",
    "\n  ",
    "\n- ",
    ": ",
    "topic",
    "facts",
    "questions",
    "sources",
    "id",
    "kind",
]


@given(data=st.lists(st.sampled_from([*WORDS, "single", "stem", "en", "1", "1e9", "no", "null", "\\ud800"])))
def test_any_yaml_is_a_bank_or_is_reported(data: list[str]) -> None:
    build.read_documents([files.RawFile("x.yaml", "".join(data).encode())])


@given(
    damage=st.lists(
        st.tuples(st.integers(0, 400), st.sampled_from(["", "{0}{0}", "x: 1\n", "- x\n"])), max_size=3
    )
)
def test_damage_to_a_valid_bank_is_reported_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, str]]
) -> None:
    """Drop, repeat and replace lines of sound files: whatever comes of it is a bank or problems."""
    folder = tmp_path_factory.getbasetemp() / "sound"
    raw = []
    for path in sorted((folder if folder.exists() else as_files(sample_bank(), folder)).iterdir()):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for at, instead in damage:
            lines[at % len(lines)] = instead.format(lines[at % len(lines)])
        raw.append(files.RawFile(path.name, "".join(lines).encode()))
    documents, problems = build.read_documents(raw)
    if not problems:
        assert build.build_bank_without_enemies(documents, {}).questions
