"""``quizgen bank check --lint``: what it prints, what it waives, and how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from quizgen.lint import ALL_RULES
from tests.cli.program import Program
from tests.test_bank import FAULTY, empty_topic_file, sources_file, text, write

SOUND: dict[str, Any] = {
    "stem": text("Who rings the bell?", "谁来敲钟？"),
    "key": text("The keeper", "守灯人"),
    "distractors": [text("The baker", "面包师"), text("A sailor", "老水手")],
    "rationale": text("It is part of the watch at night.", "值夜时要管这件事。"),
}
ONE_DISTRACTOR = SOUND | {"distractors": [text("The baker", "面包师")]}
FEW = "there is only one distractor; add a plausible one [few-distractors]"

# What we rely on of SARIF 2.1.0 (OASIS, 2020), sections 3.19.2, 3.27, 3.30 and 3.49.
SARIF = Draft202012Validator(
    {
        "type": "object",
        "required": ["version", "runs"],
        "properties": {
            "version": {"const": "2.1.0"},
            "runs": {
                "minItems": 1,
                "items": {
                    "required": ["tool", "results"],
                    "properties": {
                        "tool": {
                            "required": ["driver"],
                            "properties": {
                                "driver": {
                                    "required": ["name", "rules"],
                                    "properties": {"rules": {"uniqueItems": True, "items": {"required": ["id"]}}},
                                }
                            },
                        },
                        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                        "results": {
                            "items": {
                                "required": ["message", "ruleId", "locations"],
                                "properties": {
                                    "level": {"enum": ["none", "note", "warning", "error"]},
                                    "suppressions": {
                                        "items": {
                                            "required": ["kind", "justification"],
                                            "properties": {"kind": {"enum": ["inSource", "external"]}},
                                        }
                                    },
                                    "locations": {
                                        "items": {
                                            "required": ["physicalLocation"],
                                            "properties": {
                                                "physicalLocation": {
                                                    "properties": {
                                                        "artifactLocation": {
                                                            "properties": {"uri": {"pattern": "^[^/:]+(/[^/:]+)*$"}}
                                                        },
                                                        "region": {
                                                            "properties": {
                                                                "startLine": {"minimum": 1},
                                                                "startColumn": {"minimum": 1},
                                                            }
                                                        },
                                                    }
                                                }
                                            },
                                        }
                                    },
                                },
                            }
                        },
                    },
                },
            },
        },
    }
)  # fmt: skip


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path)


@pytest.fixture
def folder(program: Program) -> Path:
    """A bank folder below the current one, with a source in it."""
    made = program.folder / "mine"
    made.mkdir()
    write(made / "sources.yaml", sources_file("talk"))
    return made.relative_to(program.folder)


def place(path: Path, wanted: str) -> str:
    """``file:line:column`` of the first text in a file that reads so."""
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, each in enumerate(lines) if wanted in each)
    return f"{path}:{line + 1}:{lines[line].index(wanted) + 1}"


def test_a_valid_bank_has_no_finding(program: Program, folder: Path) -> None:
    write(folder / "parcels.yaml", empty_topic_file(**SOUND))
    assert program.here("bank", "check", "--lint", folder) == (
        0,
        "1 question checked against the rules: no findings\n",
        "",
    )


@pytest.mark.parametrize("words", [("bank", "check"), ("bank", "check", "--lint"), ("take", "--bank")])
def test_problems_beyond_the_limit_are_counted(
    program: Program, folder: Path, words: tuple[str, ...]
) -> None:
    many = f"topic: parcels\ntitle: {{en: A, zh-Hans: 甲}}\nquestions: [{', '.join(['{}'] * 2_000)}]\n"
    (folder / "parcels.yaml").write_text(many, encoding="utf-8")
    done = program.here(*words, folder)
    assert done.code == 1
    lines = (done.out + done.err).splitlines()
    assert [line.endswith("has no `kind`; add it, for example `kind: single`") for line in lines[:300]] == [
        True
    ] * 300
    assert lines[300] == "and 1700 more problems"


def test_findings_have_a_place_and_fail(program: Program, folder: Path) -> None:
    file = write(folder / "parcels.yaml", empty_topic_file(**ONE_DISTRACTOR))
    done = program.here("bank", "check", "--lint", "--bank", folder)
    where = place(file, "- en: The baker")
    expected = f"{where}: warning: {FEW} parcels/who-asks\n1 question checked against the rules: 1 warning\n"
    assert done == (1, expected, "")


def test_notes_alone_do_not_fail(program: Program, folder: Path) -> None:
    write(
        folder / "parcels.yaml",
        empty_topic_file(**SOUND | {"rationale": text("Nets, as said.", "鹭鸶如此，值夜时要管。")}),
    )
    done = program.here("bank", "check", "--lint", folder)
    assert done.code == 0
    assert "note: rare characters: 鹭、鸶" in done.out
    assert done.out.endswith("1 note\n")


def test_a_waiver_is_counted_and_not_shown(program: Program, folder: Path) -> None:
    waive = {"few-distractors": "There are two bells only."}
    write(folder / "parcels.yaml", empty_topic_file(**ONE_DISTRACTOR, waive=waive))
    expected = "1 question checked against the rules: no findings (1 waived)\n"
    assert program.here("bank", "check", "--lint", folder) == (0, expected, "")


def test_wrong_waivers_are_named_with_their_place(program: Program, folder: Path) -> None:
    waive = {"few-distractor": "A slip of the pen.", "opinion": "It was one.", "xyz": "Who knows."}
    file = write(folder / "parcels.yaml", empty_topic_file(**SOUND, waive=waive))
    done = program.here("bank", "check", "--lint", folder)
    assert done.code == 1
    assert done.out.splitlines()[:-1] == [
        f"{place(file, 'A slip')}: error: there is no rule few-distractor to waive; did you mean few-distractors? [waiver-unknown] parcels/who-asks",
        f"{place(file, 'It was')}: warning: opinion finds nothing here any more; remove the waiver [waiver-unused] parcels/who-asks",
        f"{place(file, 'Who knows')}: error: there is no rule xyz to waive; docs/lint.md lists the rules [waiver-unknown] parcels/who-asks",
    ]


@pytest.mark.parametrize("arguments", [["--lint"], []])
def test_a_waiver_needs_a_reason(program: Program, folder: Path, arguments: list[str]) -> None:
    file = write(folder / "parcels.yaml", empty_topic_file(**ONE_DISTRACTOR, waive={"few-distractors": " "}))
    done = program.here("bank", "check", *arguments, folder)
    what = "the waiver of few-distractors has no reason; give the reason why this question may break the rule"
    assert (done.code, done.out) == (1, f"{place(file, chr(39) + ' ')}: {what}\n")


@pytest.mark.parametrize("waive", ["opinion", ["opinion"], {"opinion": None}, {"opinion": 3}])
def test_a_waiver_of_another_shape_is_a_problem(program: Program, folder: Path, waive: Any) -> None:
    file = write(folder / "parcels.yaml", empty_topic_file(**SOUND, waive=waive))
    done = program.here("bank", "check", "--lint", folder)
    assert done.code == 1
    assert done.out.startswith(f"{file}:")
    assert len(done.out.splitlines()) == 1


def test_one_file_is_read_with_its_folder(program: Program, folder: Path) -> None:
    first = write(folder / "a.yaml", empty_topic_file(**ONE_DISTRACTOR))
    second = write(folder / "b.yaml", empty_topic_file(**ONE_DISTRACTOR) | {"topic": "more"})
    both = program.here("bank", "check", "--lint", folder)
    alone = program.here("bank", "check", "--lint", second)
    assert both.out.count("few-distractors") == 2
    assert alone.out.count("few-distractors") == 1
    assert f"{first}:" not in alone.out
    assert "100% like parcels/who-asks" in alone.out  # the other file was read all the same
    assert alone.out.endswith("1 question checked against the rules: 2 warnings\n")
    # What is said of two questions is said wherever one looks.
    assert "100% like more/who-asks" not in both.out
    assert "100% like more/who-asks" in program.here("bank", "check", "--lint", first).out


def test_a_waiver_of_one_of_two_questions_is_enough(program: Program, folder: Path) -> None:
    first = write(folder / "a.yaml", empty_topic_file(**SOUND, waive={"near-duplicate": "A test of memory."}))
    second = write(folder / "b.yaml", empty_topic_file(**SOUND) | {"topic": "more"})
    for asked in (folder, first, second):
        done = program.here("bank", "check", "--lint", asked)
        assert (done.code, done.out.partition(": ")[2]) == (0, "no findings (1 waived)\n")


def test_a_broken_bank_is_not_checked_by_the_rules(program: Program) -> None:
    plain, linted = (program.here("bank", "check", *more, FAULTY) for more in ([], ["--lint"]))
    assert linted.code == plain.code == 1
    assert linted.out == plain.out
    assert linted.err == "the rules of item writing are checked once this is fixed\n"


def test_a_file_reports_a_broken_neighbour(program: Program, folder: Path) -> None:
    sound = write(folder / "parcels.yaml", empty_topic_file(**SOUND))
    (folder / "broken.yaml").write_text("topic: [", encoding="utf-8")
    assert program.here("bank", "check", sound).code == 0
    done = program.here("bank", "check", "--lint", sound)
    assert (done.code, done.out) == (
        1,
        "another file of the same folder has problems; check the whole folder first\n",
    )


def test_json_has_every_finding(program: Program, folder: Path) -> None:
    waive = {"few-distractors": "There are two bells only."}
    write(folder / "a.yaml", empty_topic_file(**ONE_DISTRACTOR, waive=waive))
    file = write(
        folder / "b.yaml",
        empty_topic_file(**ONE_DISTRACTOR | {"stem": text("A bridge.", "一座桥。")}) | {"topic": "more"},
    )
    done = program.here("bank", "check", "--lint", "--json", folder)
    found = json.loads(done.out)
    assert done.code == 1
    assert found["counts"] == {"error": 0, "warning": 3, "note": 0, "waived": 1}
    assert found["findings"][0]["waived"] == "There are two bells only."
    assert found["findings"][1] == {
        "rule": "stem-asks",
        "severity": "warning",
        "file": str(file),
        "line": int(place(file, "A bridge").split(":")[1]),
        "column": int(place(file, "A bridge").split(":")[2]),
        "question": "more/who-asks",
        "what": "the stem is neither a question nor an instruction",
        "hint": "end it with a question",
        "waived": None,
    }


def test_sarif_is_well_formed(program: Program, folder: Path) -> None:
    waive = {"few-distractors": "There are two bells only."}
    write(folder / "a file.yaml", empty_topic_file(**ONE_DISTRACTOR, waive=waive))
    write(folder / "b.yaml", empty_topic_file(**ONE_DISTRACTOR) | {"topic": "more"})
    # From another folder, and by an absolute path: what is named stays relative.
    done = program.here("bank", "check", "--lint", "--sarif", folder.absolute())
    log = json.loads(done.out)
    assert [error.message for error in SARIF.iter_errors(log)] == []
    assert done.code == 1
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        *(rule.id for rule in ALL_RULES),
        "unsound",
    ]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    first = run["results"][0]
    assert first["suppressions"] == [{"kind": "inSource", "justification": "There are two bells only."}]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "mine/a%20file.yaml"
    assert [result["suppressions"] for result in run["results"][1:]] == [[]] * len(run["results"][1:])


@pytest.mark.parametrize("lint", [["--lint"], []])
def test_sarif_and_json_of_a_broken_bank(program: Program, lint: list[str]) -> None:
    done = program.here("bank", "check", *lint, "--sarif", FAULTY)
    results = json.loads(done.out)["runs"][0]["results"]
    assert (done.code, done.err) == (1, "")
    assert {(result["ruleId"], result["level"]) for result in results} == {("unsound", "error")}
    counts = json.loads(program.here("bank", "check", *lint, "--json", FAULTY).out)["counts"]
    assert counts["error"] == len(results)


def test_json_and_sarif_exclude_each_other(program: Program, folder: Path) -> None:
    done = program.here("bank", "check", "--json", "--sarif", folder)
    assert (done.code, done.out, done.err) == (
        2,
        "",
        "--json and --sarif cannot be used together; choose one\n",
    )


def test_no_bar_is_shown_in_a_pipe(program: Program, folder: Path) -> None:
    done = program.apart("bank", "check", "--lint", folder, LC_ALL="zh_CN.UTF-8")
    assert done.out.endswith("没有发现问题\n")
    assert done.err == ""
