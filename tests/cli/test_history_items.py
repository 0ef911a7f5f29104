"""``quizgen history items`` and ``quizgen bank difficulty``."""

import json
from pathlib import Path

import pytest

from tests.cli.program import Program

FILL = ("-q", "parcels/odd-part")
OTHER = "parcels/odd-part"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_items_of_the_history(program: Program) -> None:
    assert program.here("history", "items") == (0, "There are no answers yet.\n", "")
    program.here("take", "--bank", program.bank, *FILL, "-s", 7, typed="wrong\n")
    program.here("take", "--bank", program.bank, *FILL, "-s", 7, typed="link\n")
    assert program.here("history", "items") == (
        0,
        (
            "Question          Answers  Right        Left out  r  Remarks\n"
            "parcels/odd-part        2  50 % (9–91)         0     2 answers: too few to say\n"
        ),
        "",
    )
    in_chinese = program.here("history", "items", "--lang", "zh-Hans").out
    assert in_chinese.split()[:6] == ["题目", "回答数", "答对", "没答", "r", "说明"]
    (record,) = json.loads(program.here("history", "items", "--json").out)
    assert (record["id"], record["asked"], record["right"]) == ("parcels/odd-part", 2, 1)
    assert program.here("history", "items", "-t", "callers").out == "There are no answers yet.\n"


def results(program: Program, right: int, wrong: int, question: str = OTHER) -> Path:
    """Write results of people of whom some wrote the right word and others a wrong one."""
    path = program.folder / "results.csv"
    rows = [f"{number},,,,{sign}\n" for number, sign in enumerate("+" * right + "-" * wrong)]
    path.write_text(f"sheet,version,code,time,{question}\n{''.join(rows)}", encoding="utf-8")
    return path


def test_difficulty_is_proposed_from_results(program: Program) -> None:
    done = program.here("bank", "difficulty", "--from", results(program, 90, 10), "--bank", program.bank)
    assert done == (
        0,
        (
            "Question          Answers  Now  Proposed  Right\n"
            "parcels/odd-part      100    2         1  90 % (83–94)\n"
            "The answers do not contradict the difficulty of 0 questions, or are too few.\n"
        ),
        "",
    )
    few = program.here("bank", "difficulty", "--from", results(program, 9, 1), "--bank", program.bank)
    assert few.out == "The answers do not contradict the difficulty of 1 question, or are too few.\n"
    (record,) = json.loads(
        program.here(
            "bank", "difficulty", "--json", "--from", results(program, 90, 10), "--bank", program.bank
        ).out
    )
    assert (record["now"], record["proposed"], record["right"]) == (2, 1, 90)


def test_sheets_after_a_talk_do_not_count_for_the_difficulty(program: Program) -> None:
    path = results(program, 90, 10)
    path.write_text(path.read_text(encoding="utf-8").replace(",,,,", ",,,after,"), encoding="utf-8")
    done = program.here("bank", "difficulty", "--json", "--from", path, "--bank", program.bank)
    assert done.out == "[]\n"


def test_faulty_results_are_refused(program: Program) -> None:
    path = results(program, 1, 0, "parcels/od-part")
    done = program.here("bank", "difficulty", "--from", path, "--bank", program.bank)
    assert done == (
        1,
        "",
        f"{path}:1:1: the bank has no question parcels/od-part; did you mean parcels/odd-part?\n",
    )
    missing = program.here("bank", "difficulty", "--from", program.folder / "none.csv")
    assert (missing.code, missing.out) == (1, "")
    assert program.here("bank", "difficulty").code == 2


def test_a_report_is_made_of_results(program: Program) -> None:
    out = program.folder / "report.html"
    path = results(program, 30, 10)
    command = ("history", "report", out, path, "--bank", program.bank)
    assert program.here(*command) == (0, "", "")
    assert "40 sheets" in out.read_text(encoding="utf-8")
    assert program.here(*command).err.startswith(f"{out}: the file exists")
    assert program.here(*command, "--force", "-l", "zh-Hans").code == 0
    assert "大家答得怎么样" in out.read_text(encoding="utf-8")
    wrong = program.here("history", "report", program.folder / "report.txt", path)
    assert (wrong.code, wrong.err) == (
        2,
        f"{program.folder / 'report.txt'}: its name ends neither in .pdf nor in .html; name another file\n",
    )
