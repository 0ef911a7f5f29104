"""``quizgen take`` from a pipe: what it says, what it keeps, what it refuses, and how it ends."""

import json
import random
import re
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble, daily_seed
from quizgen.bank import read_bank
from quizgen.cli.days import daily_share_line
from quizgen.history import VERSION, open_history
from tests.banks import TOWN, sample_bank
from tests.cli.program import PATIENCE, Program, full_disk_command, unprivileged_command
from tests.test_bank import as_files

SIX = (
    "parcels/customs-text", "parcels/signs", "callers/code-is-harmless", "callers/who-does-what",
    "callers/what-first", "parcels/odd-part",
)  # fmt: skip
ONE = ("-q", "parcels/customs-text", "--seed", "7")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def named(questions: tuple[str, ...]) -> list[str]:
    return [argument for question in questions for argument in ("-q", question)]


# The built-in bank, as in the manual


def test_after_two_saved_answers_the_third_question_is_next(program: Program) -> None:
    first = program.apart("take", "-n", "5", "--seed", "7", typed="a\nb\nq\n")
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("Quizgen: 5 questions, seed 7\nFacts from ")
    marks = [line[0] for line in first.out.splitlines() if line[:2] in ("✓ ", "✗ ")]
    assert len(marks) == 2
    _, *reasons = first.out.split("\nWhy: ")
    assert ["\nSource: " in reason for reason in reasons] == [True, True]
    assert first.out.endswith("\nStopped: 2 of 5 answered and saved.\nTo continue: quizgen take --resume\n")
    second = program.apart("take", "--resume", typed="s\ns\ns\n")
    assert (second.code, second.err) == (0, "")
    assert second.out.startswith("Quizgen: continuing at question 3 of 5, seed 7\n")
    assert second.out.endswith(f"\nScore: {marks.count('✓')}/5\n")
    (kept,) = program.attempts()
    assert [given.at for given in kept.attempt.answers] == sorted(given.at for given in kept.attempt.answers)
    assert kept.attempt.finished_at


# What a pipe gets


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_all_six_kinds_answered_right(program: Program, language: str) -> None:
    keys = program.keys(language, 3, *SIX)
    done = program.here(
        "take", "--bank", program.bank, *named(SIX), "-l", language, "-s", 3, typed="\n".join(keys)
    )
    assert done.code == 0
    assert done.out.splitlines()[-1] in ("Score: 6/6", "得分：6/6")
    assert done.out.count("✓") == 6


def test_a_line_that_is_not_understood_is_a_wrong_answer_to_its_own_question(program: Program) -> None:
    keys = program.keys("en", 3, *SIX)
    keys[1] = "x y z"
    keys.insert(4, "")  # an empty line is none
    done = program.here("take", "--bank", program.bank, *named(SIX), "-s", 3, typed="\n".join(keys))
    assert done.out.endswith("\nScore: 5/6\n")
    ((kept),) = program.attempts()
    assert [given.right for given in kept.attempt.answers] == [True, False, True, True, True, True]
    assert kept.attempt.answers[1].response == "x y z"


def test_one_question_is_one(program: Program) -> None:
    done = program.here("take", "--bank", program.bank, *ONE)
    assert done.out.startswith("Quizgen: 1 question, seed 7\n")


def test_a_bare_take_from_a_pipe_begins_a_new_quiz_without_asking(program: Program) -> None:
    for _ in range(2):
        assert program.here("take", typed="s\n").code == 0
    assert program.answers() == [[None], [None]]


@pytest.mark.parametrize(
    ("typed", "answered"), [("", 0), ("a", 1), ("a\n", 1), ("a\nq", 1), ("Q\n", 0), ("a\r\nb\r\nＱ\r\n", 2)]
)
def test_the_end_of_input_and_q_stop_and_save(program: Program, typed: str, answered: int) -> None:
    done = program.here("take", "--bank", program.bank, *named(SIX[:3]), typed=typed)
    assert done.code == 0
    assert "Score:" not in done.out
    assert [len(answers) for answers in program.answers()] == ([answered] if answered else [])
    assert (f"Stopped: {answered} of 3 answered and saved." in done.out) == bool(answered)


def test_bytes_that_are_not_text_are_a_wrong_answer(program: Program) -> None:
    done = program.apart(
        "take", "--bank", program.bank, *named(SIX[:3]), typed=b"\xff\xfe\x00\n\x1b[A\n" + b"a" * 10**6
    )
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("\nScore: 0/3\n")
    assert "\x1b" not in done.out


def test_the_locale_chooses_the_language(program: Program) -> None:
    done = program.here("take", "--bank", program.bank, LC_ALL="zh_TW.UTF-8")
    assert done.out.startswith("Quizgen 測驗：共 6 題，卷號 ")


def test_hostile_bank_text_is_shown_as_typed(program: Program) -> None:
    stem = "[red]a[/red] {{ 1 + 1 }} {0} %s <b>&amp; $HOME `ls` :boom:"
    bank = sample_bank()
    question = replace(bank.questions["parcels/customs-text"], stem={"en": stem, "zh-Hans": stem})
    as_files(replace(bank, questions=bank.questions | {question.id: question}), program.bank)
    done = program.here("take", "--bank", program.bank, *ONE, typed="s\n")
    assert done.out.count(f"\n{stem}\n") == 1
    assert f"\n1. {stem}\n" in done.out


# The result file


def test_the_result_is_the_whole_attempt(program: Program) -> None:
    file = program.folder / "result.json"
    keys = program.keys("zh-Hans", 3, *SIX)
    typed = "\n".join([keys[0], "a", keys[2], "s", keys[4], "网站"])
    arguments = ("--bank", program.bank, *named(SIX), "-l", "zh-Hans", "-s", 3, "--result", file)
    assert program.here("take", *arguments, typed=typed).code == 0
    result = json.loads(file.read_text(encoding="utf-8"))
    answers = result.pop("answers")
    started, finished = result.pop("started"), result.pop("finished")
    assert started <= finished == answers[-1]["at"]
    assert result == {
        "seed": 3,
        "language": "zh-Hans",
        "feedback": "each",
        "question_seconds": None,
        "quiz_seconds": None,
        "kiosk": False,
        "again": False,
        "unfold": False,
        "score": 3,
        "total": 6,
        "scams": 0,
        "scams_stopped": 0,
        "genuine": 0,
        "genuine_trusted": 0,
        "d_prime": None,
        "c": None,
    }
    assert [answer["id"] for answer in answers] == list(SIX)
    assert [answer["key"] for answer in answers] == keys
    assert [answer["right"] for answer in answers] == [True, False, True, False, True, False]
    assert [answer["response"] for answer in answers] == [keys[0], "a", keys[2], None, keys[4], "网站"]
    assert 0 <= answers[1].pop("seconds") < 5
    assert answers[1] | {"key": "", "at": ""} == {
        "id": "parcels/signs",
        "kind": "multiple",
        "topic": "parcels",
        "level": "understand",
        "difficulty": 2,
        "stem": "哪些是假通知的特征？",
        "response": "a",
        "right": False,
        "key": "",
        "at": "",
    }


def test_a_stopped_quiz_has_a_result_of_what_was_answered_and_resumes_into_a_whole_one(
    program: Program,
) -> None:
    file = program.folder / "result.json"
    program.here("take", "--bank", program.bank, *named(SIX[:3]), "--result", file, typed="a\n")
    part = json.loads(file.read_text(encoding="utf-8"))
    assert (len(part["answers"]), part["total"], part["finished"]) == (1, 3, None)
    done = program.here("take", "--resume", "--result", file, "--force", typed="a\nt\n")
    assert done.code == 0
    whole = json.loads(file.read_text(encoding="utf-8"))
    assert len(whole["answers"]) == 3
    assert whole["answers"][0] == part["answers"][0]


def test_a_quiz_resumes_in_another_language_and_is_saved_in_it(program: Program) -> None:
    program.here("take", "--bank", program.bank, *named(SIX[:3]), "-l", "en", typed="a\n")
    assert "\nRead these again\n" not in program.here("take", "--resume", "-l", "zh-Hans", typed="a\n").out
    assert program.attempts()[0].attempt.quiz.language == "zh-Hans"
    assert "第 3 题，共 3 题" in program.here("take", "--resume", typed="t\n").out
    (kept,) = program.attempts()
    assert kept.attempt.position == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("there.json", "the file exists; name another file, or overwrite it with --force"),
        ("missing/result.json", "its folder does not exist; create it first"),
        ("bank", "this is a folder; name a file"),
    ],
)
def test_a_result_that_cannot_be_written_is_refused_before_the_quiz(
    program: Program, name: str, said: str
) -> None:
    (program.folder / "there.json").write_text("old", encoding="utf-8")
    path = program.folder / name
    done = program.here("take", "--bank", program.bank, "--result", path, typed="a\n")
    assert (done.code, done.out, done.err) == (1, "", f"{path}: {said}\n")
    assert (program.folder / "there.json").read_text(encoding="utf-8") == "old"
    assert not program.data.exists()


def test_a_full_disk_leaves_no_result_and_the_quiz_continues(program: Program) -> None:
    file = program.folder / "result.json"
    file.write_text("old", encoding="utf-8")
    done = program.apart(
        *("take", "--bank", program.bank, *ONE, "--result", file, "--force"),
        typed="a\n",
        by=full_disk_command(),
    )
    assert done.code == 1
    assert "\nScore: " in done.out
    history, on, result = done.err.splitlines()
    assert "history.db: cannot read or write the history: " in history
    assert on == "the quiz continues, but its answers are not being saved"
    assert result.startswith(f"{file}: cannot write the file: ")
    assert file.read_text(encoding="utf-8") == "old"
    assert not list(program.folder.glob(".*part"))


# Misuse


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-t", "parcel"), "no topic 'parcel'; did you mean parcels?"),
        (("-q", "parcels/sign"), "no question 'parcels/sign'; did you mean parcels/signs?"),
        (("-k", "singel"), "no kind 'singel'; did you mean single?"),
        (("--level", "aply"), "no level 'aply'; did you mean apply?"),
        (("-l", "zn-Hans"), "no language 'zn-Hans': there are en, zh-Hans, zh-Hant; did you mean zh-Hans?"),
        (("-n", "0"), "a quiz cannot have 0 questions; ask for 1 or more"),
        (("-n", "-1"), "a quiz cannot have -1 questions; ask for 1 or more"),
        (("-n", "7"), "you asked for 7 questions, but only 6 match this selection; ask for 6 or fewer"),
        (("-n", "4", "-t", "callers"), "you asked for 4 questions, but only 3 match this selection; ask for 3 or fewer"),
        (("--resume", "-n", "3"), "--resume continues a quiz with the options it was started with; leave out the other options; only -l may be given"),
    ],
)  # fmt: skip
def test_misuse_is_reported_in_a_line_before_any_question(
    program: Program, arguments: tuple[str, ...], said: str
) -> None:
    done = program.here("take", "--bank", program.bank, *arguments, typed="a\n")
    assert done == (2, "", f"{said}\n")


def test_every_misuse_is_reported_at_once(program: Program) -> None:
    done = program.here("take", "--bank", program.bank, "-t", "parcel", "-k", "fil", "-n", "0")
    assert (done.code, len(done.err.splitlines())) == (2, 3)


def test_resume_without_an_unfinished_quiz_is_refused(program: Program) -> None:
    said = "there is no unfinished quiz to continue; start one with `quizgen take`\n"
    assert program.here("take", "--resume") == (1, "", said)
    assert program.here("take", "--bank", program.bank, *ONE, typed="a\n").code == 0
    assert program.here("take", "--resume") == (1, "", said)


# A history that fails


def test_a_quiz_without_a_history_folder_reports_it_once(program: Program) -> None:
    (program.folder / "file").touch()
    data = str(program.folder / "file")
    done = program.here("take", "--bank", program.bank, *named(SIX[:3]), typed="a\na\nq\n", QUIZGEN_DATA=data)
    assert done.code == 0
    assert len(done.err.splitlines()) == 2
    assert done.err.startswith(f"{data}/history.db: cannot read or write the history: ")
    assert done.out.endswith("\nStopped: 2 of 3 answered; your answers could not be saved.\n")
    chinese = program.here("take", "--bank", program.bank, *ONE, "-l", "zh-Hans", QUIZGEN_DATA=data)
    assert chinese.err.splitlines()[1] == "测验继续进行，但答题记录无法保存"
    resumed = program.here("take", "--resume", QUIZGEN_DATA=data)
    assert (resumed.code, resumed.out, len(resumed.err.splitlines())) == (1, "", 1)


def test_a_folder_that_may_not_be_written_to(program: Program) -> None:
    program.data.mkdir(mode=0o500)
    done = program.apart("take", "--bank", program.bank, *ONE, typed="a\n", by=unprivileged_command())
    assert done.code == 0
    assert "\nScore: " in done.out
    assert done.err.splitlines()[1:] == ["the quiz continues, but its answers are not being saved"]


def test_a_history_that_may_not_be_written_to(program: Program) -> None:
    program.here("take", "--bank", program.bank, *named(SIX[:2]), typed="a\n")
    before = (program.data / "history.db").read_bytes()
    (program.data / "history.db").chmod(0o400)
    program.data.chmod(0o500)
    done = program.apart("take", "--bank", program.bank, *ONE, typed="a\n", by=unprivileged_command())
    assert done.code == 0
    assert len(done.err.splitlines()) == 2
    program.data.chmod(0o700)
    assert (program.data / "history.db").read_bytes() == before


def test_a_damaged_history_is_moved_and_a_new_one_is_used(program: Program) -> None:
    program.data.mkdir()
    (program.data / "history.db").write_bytes(b"no database" * 1000)
    done = program.here("take", "--bank", program.bank, *ONE, typed="a\n")
    assert done.code == 0
    aside = program.data / "history.db.damaged"
    assert done.err == f"{aside}: the history was damaged and has been moved here; a new one is started\n"
    assert aside.read_bytes() == b"no database" * 1000
    assert len(program.attempts()) == 1


def test_a_history_from_a_newer_version_is_left_alone_and_keeps_nobody_from_a_quiz(program: Program) -> None:
    program.here("take", "--bank", program.bank, *ONE, typed="a\n")
    file = program.data / "history.db"
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = file.read_bytes()
    for arguments in (("take", "--bank", program.bank, *ONE), ("take", "--resume"), ("history",)):
        done = program.here(*arguments, typed="a\n")
        goes_on = arguments[:2] == ("take", "--bank")
        assert (done.code, done.out.endswith("Score: 0/1\n")) == (int(not goes_on), goes_on)
        assert done.err.startswith(f"{file}: this history was written by a newer quizgen (its version is ")
    assert file.read_bytes() == before


def test_two_quizzes_at_once_are_both_saved_whole(program: Program) -> None:
    with (
        program.process("take", "--bank", program.bank, *named(SIX)) as one,
        program.process("take", "--bank", program.bank, *named(SIX)) as other,
    ):
        for process in (one, other):
            out, err = process.communicate("s\n" * 6, timeout=PATIENCE)
            assert (process.returncode, err) == (0, "")
            assert out.endswith("\nScore: 0/6\n")
    assert program.answers() == [[None] * 6, [None] * 6]


def test_an_attempt_resumed_twice_is_saved_by_one_process_only(program: Program) -> None:
    program.here("take", "--bank", program.bank, *named(SIX[:3]), typed="s\n")
    with program.process("take", "--resume") as process:
        while not process.stdout.readline().startswith("More than one may be right"):
            pass
        assert program.here("take", "--resume", typed="a\nt\n").code == 0
        out, err = process.communicate("s\ns\n", timeout=PATIENCE)
    assert process.returncode == 0
    assert out.endswith("\nScore: 0/3\n")
    assert err.splitlines() == [
        "this attempt is also open elsewhere; finish it in one place",
        "the quiz continues, but its answers are not being saved",
    ]
    assert program.answers() == [[None, (0,), (0,)]]


# Streams


@pytest.mark.parametrize(
    ("environment", "encoding", "said"),
    [
        ({"LC_ALL": "C", "PYTHONUTF8": "0"}, "ascii", 'Facts from "A talk at the market", Harbour Gazette'),
        ({"PYTHONIOENCODING": "ascii"}, "ascii", "\nx Wrong. The right answer:\n"),
        ({"PYTHONIOENCODING": "latin-1"}, "latin-1", "\nx Wrong. The right answer:\n"),
        ({"TERM": "dumb", "NO_COLOR": "1"}, "utf-8", "\n✗ Wrong. The right answer:\n"),
        ({"LC_ALL": "zh_CN.GB18030", "PYTHONIOENCODING": "gb18030"}, "gb18030", "\n✗ 答错了。正确答案：\n"),
        ({"LC_ALL": "zh_CN.GB2312", "PYTHONIOENCODING": "gb2312"}, "gb2312", "\nx 答错了。正确答案：\n"),
        ({"LC_ALL": "zh_TW.Big5", "PYTHONIOENCODING": "big5"}, "big5", "\nx 答錯了。正確答案：\n"),
        ({"LC_ALL": "zh_CN", "PYTHONIOENCODING": "ascii"}, "utf-8", "\n✗ 答错了。正确答案：\n"),
    ],
)
def test_any_encoding_of_the_output_works(
    program: Program, environment: dict[str, str], encoding: str, said: str
) -> None:
    done = program.apart(
        *("take", "--bank", program.bank, "-q", "callers/code-is-harmless"),
        typed="t\n",
        by=(),
        encoding=encoding,
        **environment,
    )
    assert (done.code, done.err) == (0, "")
    assert said in done.out


def test_words_typed_in_the_encoding_of_the_locale_are_read(program: Program) -> None:
    done = program.apart(
        *("take", "--bank", program.bank, "-q", "parcels/odd-part"),
        typed="链接\n".encode("gb18030"),
        encoding="gb18030",
        LC_ALL="zh_CN.GB18030",
        PYTHONIOENCODING="gb18030",
    )
    assert done.out.endswith("\n得分：1/1\n")


@pytest.mark.parametrize("closed", ["<&-", "2>&-"])
def test_a_quiz_runs_with_a_closed_stream(program: Program, closed: str) -> None:
    by = ("sh", "-c", f'exec "$@" {closed}', "sh")
    done = program.apart("take", "--bank", program.bank, *named(SIX), typed="s\n", by=by)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Quizgen: 6 questions, seed ")


def test_a_reader_that_goes_away_ends_the_quiz_quietly_and_loses_no_answer(program: Program) -> None:
    with program.process("take", "--bank", program.bank, *named(SIX)) as process:
        assert process.stdout.readline().startswith("Quizgen: 6 questions")
        process.stdout.close()
        process.stdin.write("s\n")
        process.stdin.flush()
        assert process.wait(PATIENCE) == 1
        assert process.stderr.read() == ""
    assert program.answers() == [[None]]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_keeps_what_was_answered(program: Program, number: signal.Signals) -> None:
    with program.process("take", "--bank", program.bank, *named(SIX)) as process:
        process.stdin.write("s\n")
        process.stdin.flush()
        while not process.stdout.readline().startswith("More than one may be right"):
            pass
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (128 + number, "")
    assert ("Stopped: 1 of 6 answered and saved." in out) == (number != signal.SIGHUP)
    assert program.answers() == [[None]]


# From one day to the next


NOON = 1_795_867_200.0  # 28 November 2026, in UTC


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Set the time, in days after noon of 28 November 2026."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()

    def set_time(days: float) -> None:
        monkeypatch.setattr("time.time", lambda: NOON + days * 86400)

    set_time(0)
    yield set_time
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("clock")
def test_the_five_of_a_day_are_the_same_for_everybody(tmp_path: Path) -> None:
    quizzes = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        program = Program(tmp_path / name)
        if name == "two":
            program.here("take", "-n", 10, typed="s\n" * 10)
        done = program.here("take", "--daily", typed="s\n" * 5)
        assert done.code == 0
        assert re.fullmatch(r"28 Nov □{5} kept [\d,]+, day 1", done.out.splitlines()[-1])
        quizzes.append(program.attempts()[-1].attempt.quiz)
    assert quizzes[0].questions == quizzes[1].questions
    assert len(quizzes[0].questions) == 5
    assert quizzes[0].seed == daily_seed(date(2026, 11, 28))


def test_the_five_are_asked_once_a_day_and_counted(program: Program, clock: Callable[[float], None]) -> None:
    daily = ("take", "--bank", program.bank, "--daily")
    assert program.here(*daily, typed="s\n" * 5).out.splitlines()[-1] == "28 Nov □□□□□ day 1"
    again = program.here(*daily, typed="s\n" * 5)
    assert (again.code, again.err) == (0, "")
    assert again.out.splitlines()[:2] == [
        "You have answered today’s questions. There are new ones tomorrow.", "28 Nov □□□□□ day 1",
    ]  # fmt: skip
    clock(1)
    quiz = assemble(read_bank([program.bank]), Recipe(count=5), daily_seed(date(2026, 11, 29)), "zh-Hans")
    keys = [each.answer.format_correct_response("zh-Hans") for each in quiz.questions[:2]]
    done = program.here(*daily, "-l", "zh-Hans", typed="\n".join([*keys, "s", "s", "s"]))
    assert done.out.splitlines()[-1] == "11月29日 ■■□□□ 第 2 天"
    assert len(program.attempts()) == 2


@pytest.mark.usefixtures("clock")
def test_the_five_of_a_day_continue_where_they_were_left(program: Program) -> None:
    daily = ("take", "--bank", program.bank, "--daily")
    program.here(*daily, typed="s\ns\n")
    assert program.here(*daily, typed="s\n" * 3).out.splitlines()[-1] == "28 Nov □□□□□ day 1"
    assert program.answers() == [[None] * 5]


@pytest.mark.usefixtures("clock")
def test_of_two_daily_quizzes_at_once_both_are_saved_and_the_first_counts(program: Program) -> None:
    program.here("take", "--bank", program.bank, "--daily", typed="s\n" * 5)
    with closing(open_history(program.data / "history.db")[0]) as history:
        first = program.attempts()[0].attempt
        second = replace(first, started=first.started + 1)
        history.save_attempt(second, None)
        assert daily_share_line(history, first, "en") == "28 Nov □□□□□ day 1"
        assert daily_share_line(history, second, "en") == (
            "You have answered these questions twice; what counts is the first time: 28 Nov □□□□□ day 1"
        )
    assert len(program.attempts()) == 2


def test_a_clock_that_goes_back_is_named_and_loses_nothing(
    program: Program, clock: Callable[[float], None]
) -> None:
    daily = ("take", "--bank", program.bank, "--daily")
    program.here(*daily, typed="s\n" * 5)
    clock(-3)
    done = program.here(*daily, typed="s\n" * 5)
    assert done.code == 0
    assert done.err == (
        "The clock says 25 November 2026, but your history has answers of 28 November 2026. "
        "Check the date of this computer.\n"
    )
    assert done.out.splitlines()[-1] == "25 Nov □□□□□ day 1"
    assert len(program.attempts()) == 2


def test_what_is_due_is_apart_from_the_questions_of_the_day(program: Program) -> None:
    both = program.here("take", "--daily", "--review")
    assert (both.code, both.err) == (
        2, "--review and --daily cannot be used together; choose one; --review asks what is due, --daily the five questions of today\n",
    )  # fmt: skip


@pytest.mark.parametrize("chance", range(4))
def test_a_quiz_prefers_what_was_not_answered_yet_and_its_seed_gives_it_again(
    program: Program, monkeypatch: pytest.MonkeyPatch, chance: int
) -> None:
    monkeypatch.setattr("secrets.randbelow", random.Random(chance).randrange)  # noqa: S311  the same in each run
    for _ in range(3):
        program.here("take", "-n", 10, "--bank", TOWN, typed="s\n" * 10)
    first, second, third = ([each.id for each in kept.attempt.quiz.questions] for kept in program.attempts())
    assert len({*first, *second, *third}) == 30
    seed = program.attempts()[-1].attempt.quiz.seed
    program.here("take", "-n", 10, "-s", seed, "--bank", TOWN, typed="s\n" * 10)
    assert [each.id for each in program.attempts()[-1].attempt.quiz.questions] == third


def test_unfolding_takes_what_can_unfold_unless_something_is_chosen(program: Program) -> None:
    done = program.here("take", "--unfold", "-n", 6, "-s", 3, typed="\nb\n" * 6)
    assert done.code == 0
    kinds = {question.kind for kept in program.attempts() for question in kept.attempt.quiz.questions}
    assert kinds <= {"judge", "spot"}
    assert [kept.attempt.rules.unfold for kept in program.attempts()] == [True]
    assert done.out.count("It comes line by line") == 6
    done = program.here("take", "--unfold", "-k", "true-false", "-n", 1, typed="t\n")
    assert "It comes line by line" not in done.out
