"""``quizgen history``: attempts listed, exported and deleted."""

import csv
import io
import json
import re
import sqlite3
import time
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.cli.days import visitor_rank_lines
from quizgen.formats import formats_by_name
from quizgen.formats.records import attempt_records
from quizgen.history import open_history
from tests.cli.program import Program, full_disk_command, unprivileged_command
from tests.exhibit_bank import judged

DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
ORDER = ("-q", "callers/what-first")
FILL = ("-q", "parcels/odd-part")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def program_with_history(program: Program) -> Program:
    """A history of a finished and an interrupted attempt."""
    program.here("take", "--bank", program.bank, *FILL, "-s", 7, typed="=link\n")
    program.here("take", "--bank", program.bank, *FILL, *ORDER, "-s", 12, "-l", "zh-Hans", typed="链接\n")
    return program


@pytest.mark.parametrize("arguments", [(), ("show",), ("clear",), ("clear", "--yes")])
def test_listing_without_attempts_makes_no_history_file(program: Program, arguments: tuple[str, ...]) -> None:
    assert program.here("history", *arguments) == (0, "There are no attempts yet.\n", "")
    assert not program.data.exists()
    assert program.here("history", *arguments, LC_ALL="zh_CN.UTF-8").out == "还没有答题记录。\n"


def test_the_list_has_columns_and_begins_with_the_latest(program_with_history: Program) -> None:
    code, out, err = program_with_history.here("history")
    assert (code, err) == (0, "")
    assert DATE.sub("<date and time>", out) == (
        "Started           Score  Quiz                     Topics\n"
        "<date and time>  -      Quiz, left after 1 of 2  Parcels and fees, Strange callers\n"
        "<date and time>  0/1    Quiz                     Parcels and fees\n"
    )
    assert program_with_history.here("history", "show") == (code, out, err)


@pytest.mark.parametrize("arguments", [("show", "-l", "zh-Hant"), ("-l", "zh-Hant")])
def test_the_list_is_translated(program_with_history: Program, arguments: tuple[str, ...]) -> None:
    assert DATE.sub("<date and time>", program_with_history.here("history", *arguments).out) == (
        "開始時間          得分  小測驗                     主題\n"
        "<date and time>  -     小測驗、答了 1/2 題就停了  包裹與費用、陌生來電\n"
        "<date and time>  0/1   小測驗                     包裹與費用\n"
    )


def test_csv_has_a_row_for_each_answer_and_no_formula(program_with_history: Program) -> None:
    file = program_with_history.folder / "answers.csv"
    assert program_with_history.here("history", "export", file) == (0, "", "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfattempt,language,seed,started,finished,number,id,")
    first, second = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert first == {
        "attempt": "1",
        "language": "en",
        "seed": "7",
        "started": first["started"],
        "finished": first["at"],
        "number": "1",
        "id": "parcels/odd-part",
        "kind": "fill",
        "topic": "parcels",
        "level": "recall",
        "difficulty": "2",
        "response": "'=link",
        "right": "0",
        "key": "link",
        "at": first["at"],
        "seconds": first["seconds"],
        "feedback": "each",
        "kiosk": "0",
        "scams": "0",
        "scams_stopped": "0",
        "genuine": "0",
        "genuine_trusted": "0",
        "d_prime": "",
        "c": "",
        "stem": "A false notice often carries an odd ____.",
        "again": "0",
        "money": "",
        "kept": "",
        "seen": "",
    }
    assert 0 <= float(first["seconds"]) < 5
    assert (second["attempt"], second["finished"], second["right"]) == ("2", "", "1")


def test_csv_escapes_invisible_characters_that_were_typed(program: Program) -> None:
    program.here("take", "--bank", program.bank, *FILL, "-s", 7, typed="a\u202eb\n")
    done = program.here("history", "export", "-", "--format", "csv")
    assert "a<U+202E>b" in done.out


def test_json_has_attempts_with_their_answers(program_with_history: Program) -> None:
    code, out, err = program_with_history.here("history", "export", "-", "--format", "json")
    assert (code, err) == (0, "")
    first, second = json.loads(out)
    assert (first["attempt"], first["score"], first["total"]) == (1, 0, 1)
    assert first["answers"][0]["response"] == "=link"
    assert (first["scams"], first["genuine"], first["d_prime"], first["c"]) == (0, 0, None, None)
    assert (second["finished"], len(second["answers"]), second["total"]) == (None, 1, 2)
    file = program_with_history.folder / "answers.JSON"
    assert program_with_history.here("history", "export", file).code == 0
    assert file.read_text(encoding="utf-8") == out


def test_an_empty_history_exports_as_an_empty_table(program: Program) -> None:
    assert program.here("history", "export", "-", "--format", "json").out == "[]\n"
    assert program.here("history", "export", "-", "--format", "csv").out.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("answers", 2, "its name ends in none of the formats csv, json; choose one with --format"),
        ("there.csv", 1, "the file exists; name another file, or overwrite it with --force"),
        ("missing/answers.csv", 1, "its folder does not exist; create it first"),
    ],
)
def test_an_export_that_cannot_be_written_is_refused(
    program_with_history: Program, name: str, code: int, said: str
) -> None:
    (program_with_history.folder / "there.csv").write_text("old", encoding="utf-8")
    path = program_with_history.folder / name
    assert program_with_history.here("history", "export", path) == (code, "", f"{path}: {said}\n")
    assert (program_with_history.folder / "there.csv").read_text(encoding="utf-8") == "old"


def test_an_export_on_a_full_disk_leaves_the_old_file(program_with_history: Program) -> None:
    file = program_with_history.folder / "there.csv"
    file.write_text("old", encoding="utf-8")
    done = program_with_history.apart("history", "export", file, "--force", by=full_disk_command())
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert file.read_text(encoding="utf-8") == "old"
    assert not list(program_with_history.folder.glob(".*part"))


@pytest.mark.parametrize("typed", ["", "n\n", "\n", "maybe\n"])
def test_only_yes_deletes_the_history(program_with_history: Program, typed: str) -> None:
    done = program_with_history.here("history", "clear", typed=typed)
    assert done.code == 1
    assert done.out == ("Delete all 2 attempts? This cannot be undone. (y/n)\nNothing was deleted.\n")
    assert len(program_with_history.attempts()) == 2


@pytest.mark.parametrize(
    ("arguments", "typed"), [((), "y\n"), ((), "YES\n"), (("-l", "zh-Hans"), "是\n"), (("--yes",), "")]
)
def test_yes_deletes_every_attempt(
    program_with_history: Program, arguments: tuple[str, ...], typed: str
) -> None:
    done = program_with_history.here("history", "clear", *arguments, typed=typed)
    assert done.code == 0
    assert done.out.splitlines()[-1] in ("Deleted: 2", "已删除：2")
    assert program_with_history.attempts() == []


def test_an_inaccessible_history_is_reported(program_with_history: Program) -> None:
    program_with_history.data.chmod(0o000)
    done = program_with_history.apart("history", by=unprivileged_command())
    program_with_history.data.chmod(0o700)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{program_with_history.data}/history.db: cannot read or write the history: ")
    assert len(done.err.splitlines()) == 1


def test_a_history_in_a_folder_that_cannot_be_written_to_can_be_read(program_with_history: Program) -> None:
    commands = [
        ("history",),
        ("history", "export", "-", "--format", "csv"),
        ("history", "tally", "--day", "2026-11-28"),
    ]
    before = [program_with_history.here(*command).out for command in commands]
    (program_with_history.data / "history.db").chmod(0o400)
    program_with_history.data.chmod(0o500)
    shown = [program_with_history.apart(*command, by=unprivileged_command()) for command in commands]
    cleared = program_with_history.apart("history", "clear", "--yes", by=unprivileged_command())
    program_with_history.data.chmod(0o700)
    assert [(each.code, each.out, each.err) for each in shown] == [(0, out, "") for out in before]
    assert cleared.code == 1
    assert cleared.err.startswith(
        f"{program_with_history.data}/history.db: cannot read or write the history: "
    )
    assert len(program_with_history.attempts()) == 2


def test_a_long_history_is_exported_in_level_memory(program_with_history: Program) -> None:
    (stored, *_), sizes = program_with_history.attempts(), []
    for count in (50, 500):
        tracemalloc.start()
        write = formats_by_name("history")["json"].write_pieces
        assert write
        assert all(write(attempt_records([stored] * count)))
        sizes.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert sizes[1] < 1.5 * sizes[0]


def test_an_unreadable_attempt_does_not_hide_the_others(program_with_history: Program) -> None:
    with closing(sqlite3.connect(program_with_history.data / "history.db")) as connection, connection:
        connection.execute("UPDATE attempts SET quiz = '{}' WHERE id = 1")
    shown = program_with_history.here("history")
    assert shown.code == 1
    assert "left after 1 of 2" in shown.out
    assert "attempt 1 in the history cannot be read" in shown.err
    done = program_with_history.here("history", "export", program_with_history.folder / "x.csv")
    assert (done.code, done.err) == (1, shown.err)
    assert (
        (program_with_history.folder / "x.csv")
        .read_text(encoding="utf-8-sig")
        .splitlines()[1]
        .startswith("2,zh-Hans,")
    )


def test_an_unreadable_attempt_is_reported_and_can_be_cleared(program_with_history: Program) -> None:
    file = program_with_history.data / "history.db"
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE attempts SET quiz = '{}'")
    connection.close()
    done = program_with_history.here("history")
    assert (done.code, done.out) == (1, "")
    assert re.sub(r"read: [^;]*;", "read;", done.err).splitlines() == [
        f"{file}: attempt {number} in the history cannot be read; `quizgen history clear` starts a new history"
        for number in (1, 2)
    ]
    assert program_with_history.here("take", "--resume").code == 1
    assert program_with_history.here("history", "clear", "--yes") == (0, "Deleted: 2\n", "")


def test_practice_streaks_are_shown(program_with_history: Program) -> None:
    assert "days of practice" not in program_with_history.here("history").out
    with closing(sqlite3.connect(program_with_history.data / "history.db")) as connection, connection:
        connection.execute("UPDATE answers SET at = at - 2 * 86400 WHERE attempt = 1")
    told = "\n\n2 days of practice in a row (one day off is allowed).\n"
    assert program_with_history.here("history").out.endswith(told)


@pytest.mark.parametrize("columns", [40, 80])
def test_on_a_terminal_an_attempt_has_a_line(program_with_history: Program, columns: int) -> None:
    terminal = program_with_history.terminal("history", size=(24, columns))
    lines = [str(line).rstrip() for line in terminal.read().splitlines()]
    assert len(lines) == 3
    assert all(cell_len(line) <= columns for line in lines)


def test_a_language_before_a_subcommand_is_not_ignored(program: Program) -> None:
    said = "--lang comes before a subcommand; put it after\n"
    assert program.here("history", "-l", "en", "show") == (2, "", said)


# A stall


def save_visits(program: Program, *marks: str) -> None:
    """Save quizzes of visitors of today."""
    with closing(open_history(program.data / "history.db")[0]) as history:
        for each in marks:
            history.save_attempt(replace(judged(each, started=time.time()), kiosk=True), None)


def test_a_day_at_a_kiosk_is_summed_up(program: Program) -> None:
    save_visits(program, "+++++++", "+-+++++", "----+++")
    code, out, err = program.here("history", "tally")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("At the stall, ")
    assert lines[1:6] == [
        "Visitors: 3 (3 finished)",
        "Average score: 76%",
        "Scams stopped: 6 of 9. Genuine ones trusted: 10 of 12.",
        "",
        "Missed most, and by how many visitors",
    ]
    assert lines[6] == "  2/3  Genuine, or a scam? (A chat message from: A new friend from the choir)"
    data = json.loads(program.here("history", "tally", "--json").out)
    assert data | {"day": "", "missed": len(data["missed"])} == {
        "day": "",
        "visitors": 3,
        "finished": 3,
        "average": pytest.approx(16 / 21),
        "verdicts": {"scams": 9, "stopped": 6, "genuine": 12, "trusted": 10},
        "missed": 3,
    }
    assert "识破骗局" in program.here("history", "tally", "-l", "zh-Hans").out


def test_the_last_day_that_there_is_has_a_tally(program: Program) -> None:
    program.here("take", "--bank", program.bank, "-n", 1, typed="s\n")
    assert program.here("history", "tally", "--day", "9999-12-31").code == 0


def test_a_day_without_visitors_and_an_invalid_day_are_reported(program: Program) -> None:
    assert (
        program.here("history", "tally", "--day", "2020-05-01").out
        == "Nobody took part at a stall on 1 May 2020.\n"
    )
    assert not program.data.exists()
    for asked in ("yesterday", "2020-13-01", "20200501"):
        done = program.here("history", "tally", "--day", asked)
        assert (done.code, done.err) == (
            2,
            f"{asked!r} is not a date; write it as year, month and day: 2026-05-01\n",
        )


def test_the_end_of_a_stall_s_quiz_says_how_one_did_among_others(program: Program) -> None:
    path = program.data / "history.db"
    save_visits(program, "+++++++", "+-+++++", "----+++", "-------")
    taken = replace(judged("++++++-"), kiosk=True)
    with closing(open_history(path)[0]) as history:
        assert visitor_rank_lines(history, taken) == ("You did better than 2 of the 3 other visitors today.",)
        assert visitor_rank_lines(history, taken.in_language("zh-Hant"))[0].startswith("今天另有 3 人")
    assert visitor_rank_lines(history, taken) == ()  # closed: the quiz goes on
