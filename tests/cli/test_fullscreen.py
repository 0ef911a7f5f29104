"""The full screen on a terminal of its own: what a person sees and types, and what is left when it is killed."""

import os
import re
import signal
import sqlite3
import sys
import termios
import time
from contextlib import closing, suppress
from pathlib import Path

import pexpect
import pytest

from quizgen.cli.days import local_today
from quizgen.screen.home import Home, draw_home_page
from quizgen.screen.rows import key_at_column
from quizgen.text.messages import _
from quizgen.view.text import format_date
from tests.cli.program import PATIENCE, Program, full_disk_command, unprivileged_command
from tests.cli.test_take import SIX, named

ESCAPES = re.compile(r"\x1b(?:\[[0-9;?<>=$]*[a-zA-Z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")
ENTER = "\r"
MEANWHILE = Path(__file__).with_name("meanwhile.py")


class Screen:
    """Somebody at the full screen: presses keys, and waits for text on it."""

    def __init__(self, program: Program, *arguments: object, **options: object) -> None:
        self.terminal = program.terminal(*arguments, **options)  # type: ignore[arg-type]
        self.terminal.delaybeforesend = None

    def sees(self, text: str, *again: str) -> str:
        """Wait for a text; give what came before it.

        Keys that may be swallowed for a while, nobody can tell from outside how long, are pressed ``again`` each second.
        """
        for _time in range(PATIENCE if again else 0):
            if self.terminal.expect_exact([text, pexpect.TIMEOUT], timeout=1) == 0:
                return str(self.terminal.before)
            with suppress(OSError):  # it has ended
                self.presses(*again)
        self.terminal.expect_exact(text)
        return str(self.terminal.before)

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.terminal.send(key)

    def clicks(self, x: int, y: int) -> None:
        """Click the cell in this column and row, as a terminal reports it."""
        self.presses(f"\x1b[<0;{x + 1};{y + 1}M", f"\x1b[<0;{x + 1};{y + 1}m")

    def ends(self, *again: str) -> tuple[int | None, str]:
        """Wait for the end, as for a text; give the exit code and what stands below the screen."""
        last = self.sees(pexpect.EOF, *again).rpartition("\x1b[?1049l")[2]
        self.terminal.close()
        return self.terminal.exitstatus, ESCAPES.sub("", last).replace("\r\n", "\n")

    def hangs_up(self) -> int:
        """Close the terminal, wait for the program to end, and return its exit code."""
        self.terminal.ptyproc.fileobj.close()
        self.terminal.closed = self.terminal.ptyproc.closed = True
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            pid, status = os.waitpid(self.terminal.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        os.kill(self.terminal.pid, signal.SIGKILL)
        raise AssertionError("the program lives on without its terminal")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_a_quiz_killed_in_the_middle_is_resumed(program: Program) -> None:
    keys = program.keys("en", 3, *SIX)
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX), "-s", 3)
    screen.sees("1 of 6")
    screen.presses(keys[0])
    screen.sees("Right")
    screen.presses(ENTER)
    screen.sees("2 of 6")
    screen.presses(*keys[1].split(), ENTER)
    screen.sees("Right")
    screen.presses(ENTER)
    screen.sees("3 of 6")
    screen.terminal.kill(signal.SIGKILL)
    screen.terminal.wait()

    again = Screen(program, "take")
    again.sees("You stopped a quiz at question 3 of 6")
    again.sees("Start another")
    asked = _(
        "You stopped a quiz at question {number} of {total} on {date}. Continue it? (y/n)",
        date=format_date(local_today(), "en"),
        number=3,
        total=6,
    ).translated("en")
    offer = draw_home_page(Home("en", offered=asked, unfinished=(3, 6)), 80, 24)
    again.clicks(10, next(y for y, row in enumerate(offer.rows) if key_at_column(row, 10) == "y"))
    again.sees("✓ 2")  # which the offer, drawn once more, does not have
    for number, key in enumerate(keys[2:], start=3):
        again.sees(f"{number} of 6")
        pairs = "".join(c for c in key if not c.isdigit() and c != " ")
        again.presses(*(pairs if number < 6 else key))
        if number > 3:
            again.presses(ENTER)
        again.sees("Right")
        again.presses(ENTER)
    again.sees("Score: 6/6")
    again.presses(ENTER)
    code, last = again.ends()
    assert code == 0
    assert last.strip() == "Score: 6/6"
    (kept,) = program.attempts()
    assert [given.question for given in kept.attempt.answers] == list(SIX)
    assert kept.attempt.score().right == 6


@pytest.mark.parametrize(
    ("key", "code"), [("q", 0), ("\x04", 0), ("\x03", 130)], ids=["q", "Ctrl-D", "Ctrl-C"]
)
def test_stopping_saves_and_says_how_to_continue(program: Program, key: str, code: int) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX))
    before = termios.tcgetattr(screen.terminal.child_fd)
    screen.sees("1 of 6")
    screen.presses("s")
    screen.sees("Skipped")
    screen.presses(key)
    ended, last = screen.ends()
    assert ended == code
    assert last.endswith("Stopped: 1 of 6 answered and saved.\nTo continue: quizgen take --resume\n")
    assert program.answers() == [[None]]
    assert before[3] & termios.ECHO


def test_keys_that_come_at_once_act_in_their_order(program: Program) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX))
    screen.sees("1 of 6")
    screen.presses("s\x03")
    assert screen.ends()[0] == 128 + signal.SIGINT
    assert program.answers() == [[None]]


def test_a_change_of_language_is_saved_too(program: Program) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX))
    screen.sees("1 of 6")
    screen.presses("s")
    screen.sees("Skipped")
    screen.presses("l")
    screen.sees("已跳过")
    screen.presses("q")
    assert screen.ends()[0] == 0
    assert program.attempts()[0].attempt.quiz.language == "zh-Hans"


def test_a_signal_to_continue_changes_nothing_while_the_quiz_runs(program: Program) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX))
    screen.sees("1 of 6")
    os.kill(screen.terminal.pid, signal.SIGCONT)
    screen.presses("s")
    screen.sees("Skipped")
    screen.presses("q")
    assert screen.ends()[0] == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(program: Program, number: signal.Signals) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX))
    screen.sees("1 of 6")
    screen.presses("s")
    screen.sees("Skipped")
    os.kill(screen.terminal.pid, number)
    code, last = screen.ends()
    assert code == 128 + number
    assert "Stopped: 1 of 6 answered and saved." in last


@pytest.mark.parametrize(
    ("number", "command", "module"),
    [
        (signal.SIGTERM, "take", "textual.app"),
        (signal.SIGQUIT, "present", "textual.css.model"),
    ],
)
def test_a_signal_during_the_start_of_the_screen_counts(
    program: Program, number: signal.Signals, command: str, module: str
) -> None:
    by = (sys.executable, str(MEANWHILE), str(int(number)), module)
    screen = Screen(program, *command.split(), "--bank", program.bank, *named(SIX), by=by)
    screen.terminal.expect(pexpect.EOF)
    screen.terminal.close()
    assert "\x1b[?1049h" not in screen.terminal.before
    assert screen.terminal.exitstatus == 128 + number


def test_a_terminal_that_is_closed_while_the_screen_loads_ends_the_program(program: Program) -> None:
    by = (sys.executable, str(MEANWHILE), str(int(signal.SIGSTOP)), "textual.app")
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX), by=by)
    os.waitpid(screen.terminal.pid, os.WUNTRACED)
    assert screen.hangs_up() == 128 + signal.SIGHUP


@pytest.mark.parametrize("by", ["Ctrl-Z", "a signal"])
def test_a_suspended_quiz_is_drawn_again(program: Program, by: str) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX[:2]))
    screen.sees("1 of 2")
    if by == "Ctrl-Z":
        screen.presses("\x1a")
    else:
        os.kill(screen.terminal.pid, signal.SIGTSTP)
    screen.sees("\x1b[?1049l")
    _, status = os.waitpid(screen.terminal.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    os.kill(screen.terminal.pid, signal.SIGCONT)
    screen.sees("\x1b[?1049h")
    screen.sees("1 of 2")
    screen.presses("s")
    screen.sees("Skipped")
    screen.presses("q")
    assert screen.ends()[0] == 0


def test_a_terminal_that_is_closed_loses_nothing(program: Program) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX))
    screen.sees("1 of 6")
    screen.presses("s")
    screen.sees("Skipped")
    assert screen.hangs_up() == 128 + signal.SIGHUP
    assert program.answers() == [[None]]


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (("--plain",), {}),
        (("--lines",), {}),
        ((), {"TERM": "dumb"}),
        ((), {"LC_ALL": "C", "PYTHONUTF8": "0"}),
    ],
)
def test_lines_are_used_on_request_and_without_full_screen(
    program: Program, options: tuple[str, ...], environment: dict[str, str]
) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX), *options, **environment)
    assert "\x1b[?1049h" not in screen.sees("> ")
    screen.terminal.sendeof()
    screen.terminal.expect(pexpect.EOF)


@pytest.mark.parametrize("by", ["no leave", "no room"])
def test_without_a_history_the_quiz_runs_and_says_so(program: Program, by: str) -> None:
    program.data.mkdir()
    program.data.chmod(0o500)
    command = unprivileged_command() if by == "no leave" else full_disk_command()
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX[:1]), by=command)
    said = screen.sees("1 of 1")
    assert "its answers are not being saved" in said
    screen.presses("s")
    screen.sees("not saved")
    screen.presses(ENTER)
    screen.sees("could not be saved")
    screen.presses(ENTER)
    assert screen.ends()[0] == 0


@pytest.mark.parametrize(
    "noises",
    [
        [b"\xff\xfe\xe1", b"\xc3(", b"\x00"],
        [b"\x1b[99999999u", b"\x1b[1;1;99999999u", b"\x1b[48;24;80;0;0t\x1b[<35;10;10M"],
        [b"\x1b[" + b"9" * 4301 + b"u"],
    ],
    ids=[
        "no UTF-8, half a letter, nought",
        "no such key or letter, a width of no pixels",
        "more digits than Python makes a number of",
    ],
)
def test_no_byte_that_a_keyboard_sends_ends_the_quiz(program: Program, noises: list[bytes]) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX))
    for number, noise in enumerate(noises, start=1):
        screen.sees(f"{number} of 6")
        os.write(screen.terminal.child_fd, noise)
        screen.sees("That key does nothing here")
        screen.presses("s")
        screen.sees("Skipped")
        screen.presses(ENTER if number < len(noises) else "q")
    said = f"\nStopped: {len(noises)} of 6 answered and saved.\nTo continue: quizgen take --resume\n"
    assert screen.ends() == (0, said)


def test_answers_saved_later_are_not_reported_as_lost(program: Program) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX[:3]))
    screen.sees("1 of 3")
    screen.presses("s")
    screen.sees("Skipped")
    with closing(sqlite3.connect(program.data / "history.db")) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON answers BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    screen.presses(ENTER, "s")
    screen.sees("not saved")
    with closing(sqlite3.connect(program.data / "history.db")) as connection:
        connection.execute("DROP TRIGGER full")
    screen.presses(ENTER)
    screen.sees("3 of 3")
    screen.presses("s")
    screen.sees("Skipped")
    screen.presses("q")
    assert screen.ends() == (0, "\nScore: 0/3\n")
    assert program.answers() == [[None, None, None]]


def test_colour_is_left_out_where_it_is_not_wanted(program: Program) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX), NO_COLOR="1")
    shown = screen.sees("1 of 6")
    screen.presses("q")
    screen.ends()
    codes = {code for found in re.findall(r"\x1b\[([0-9;]*)m", shown) for code in found.split(";")}
    assert not codes & {"38", "48", *map(str, range(31, 38)), *map(str, range(41, 48))}


# The kiosk


def test_a_kiosk_ends_by_its_three_keys_and_no_others(program: Program) -> None:
    screen = Screen(
        program, "take", "--kiosk", "--bank", program.bank, *named(SIX[:2]), TEXTUAL_ALLOW_SIGNALS="1"
    )
    screen.sees("Press 1 to start")
    screen.presses("\x03", "\x1a", "\x1c", "q", "\x04", "\x11", "1")
    screen.sees("1 of 2")
    screen.presses("\x03", "\x1a", "\x1c", "q", "s")
    screen.sees("Skipped")
    for number in (signal.SIGINT, signal.SIGQUIT):
        os.kill(screen.terminal.pid, number)
    screen.presses(ENTER)
    screen.sees("2 of 2")
    screen.presses("s")
    screen.sees("Skipped")
    screen.presses(ENTER)
    screen.sees("Thank you")
    screen.presses(ENTER)
    screen.sees("Press 1 to start")
    screen.presses("\x0f", "\x15", "\x14")
    assert screen.ends()[0] == 0
    (kept,) = program.attempts()
    assert kept.attempt.kiosk
    assert kept.attempt.finished_at
    assert program.here("take", "--resume").err.startswith("there is no unfinished quiz")
    assert program.here("history", "export", "-", "--format", "csv").out.count("\n") == 3


def test_a_kiosk_ended_by_a_signal_names_it(program: Program) -> None:
    screen = Screen(program, "take", "--kiosk", "--bank", program.bank, *named(SIX[:2]))
    screen.sees("Press 1 to start")
    os.kill(screen.terminal.pid, signal.SIGTERM)
    assert screen.ends()[0] == 128 + signal.SIGTERM


@pytest.mark.parametrize("option", ["--plain", "--lines", "--review", "--resume", "--result=x.json"])
def test_a_kiosk_is_for_passers_by(program: Program, option: str) -> None:
    done = program.here("take", "--kiosk", option)
    assert done.code == 2
    assert done.err.count("\n") == 1


def test_a_kiosk_needs_a_screen(program: Program) -> None:
    assert "a kiosk needs a terminal with a full screen" in program.here("take", "--kiosk").err


# The review


def test_a_review_asks_what_is_due_or_says_that_nothing_is(program: Program) -> None:
    new = program.here("take", "--review", "--bank", program.bank)
    assert new.out.startswith("Nothing is due for review.\nQuestions come up for review after")
    program.here("take", "--bank", program.bank, *named(SIX[:3]), typed="s\ns\nt\n")
    today = program.here("take", "--review", "--bank", program.bank)
    assert re.fullmatch(
        r"Nothing is due for review\.\nThe next question is due on \d+ [A-Z][a-z]+ \d{4}\.\n", today.out
    )  # tomorrow
    with closing(sqlite3.connect(program.data / "history.db")) as connection, connection:
        connection.execute("UPDATE answers SET at = at - 400 * 86400 WHERE position < 2")
    done = program.here("take", "--review", "--bank", program.bank, typed="s\ns\ns\n")
    assert "Quizgen: 2 questions" in done.out
    again = program.here("take", "--review", "--bank", program.bank)
    assert "Nothing is due" in again.out  # answered a moment ago


def test_what_is_due_later_today_is_due_at_a_time(program: Program) -> None:
    program.here("take", "--bank", program.bank, *named(SIX[:1]), typed="s\n")
    with closing(sqlite3.connect(program.data / "history.db")) as connection, connection:
        connection.execute("UPDATE answers SET at = at - 86400 + 60")
    noon_here = f"NOON{time.gmtime(time.time()).tm_hour - 12}"
    today = program.apart("take", "--review", "--bank", program.bank, TZ=noon_here)
    assert re.search(r"due on \d+ [A-Z][a-z]+ \d{4} 1[23]:\d\d\.\n", today.out)


@pytest.mark.parametrize("count", ["0", "-1"])
def test_a_review_of_no_questions_is_refused(program: Program, count: str) -> None:
    done = program.here("take", "--review", "--bank", program.bank, "-n", count)
    assert (done.code, done.out) == (2, "")


# Rules, a line at a time


def test_an_exam_shows_results_only_at_the_end(program: Program) -> None:
    done = program.here(
        "take", "--bank", program.bank, *named(SIX[:2]), "--feedback", "end", "-s", 3, typed="s\ns\n"
    )
    before, _, after = done.out.partition("Your mistakes")
    assert "You see what was right and wrong at the end." in before
    assert "Why:" not in before
    assert after.count("Why:") == 2
    assert done.out.endswith("Score: 0/2\n")


def test_time_limits_work_in_line_mode(program: Program) -> None:
    with program.process("take", "--bank", program.bank, *named(SIX[:2]), "--question-time", "1s") as process:
        out = process.stdout.read()
    assert out.count("– Time is up. The right answer:") == 2
    assert "Time for each question: 0:01." in out
    assert out.endswith("Score: 0/2\n")


@pytest.mark.parametrize("text", ["", "abc", "10x", "0s", "-5s", "25h", "5s10"])
def test_an_invalid_time_is_refused(program: Program, text: str) -> None:
    done = program.here("take", f"--time-limit={text}")
    assert (done.code, done.err.count("\n")) == (2, 1)


def test_a_time_without_a_unit_is_refused(program: Program) -> None:
    done = program.here("take", "--time-limit", "10")
    said = "Invalid value for '--time-limit': '10' is not a length of time; write 10m for minutes, or 10s for seconds"
    assert (done.code, done.err) in ((2, f"{said}\n"), (2, f"{said.partition(': ')[2]}\n"))


def test_language_and_colours_are_saved_and_missed_questions_repeat(
    program: Program,
) -> None:
    three = ("take", "--bank", program.bank, *named(SIX[:3]), "-s", 3)
    screen = Screen(program, *three)
    screen.sees("1 of 3")
    screen.presses("l", "\x14", *("s", ENTER) * 3)
    screen.sees("再来一次")
    screen.presses("s")
    screen.sees("已跳过")
    screen.presses(ENTER, "q")
    screen.sees("这些题会再出现")
    screen.presses("q")
    assert screen.ends() == (0, "\n得分：0/3\n")
    assert [(kept.attempt.position, len(kept.attempt.repeats)) for kept in program.attempts()] == [(3, 1)]
    profile = program.folder / "config/quizgen/profile.toml"
    assert profile.read_text(encoding="utf-8") == 'languages = ["zh-Hans"]\ntheme = "light"\n'
    screen = Screen(program, *three, "--once")
    screen.sees("第 1 题，共 3 题")
    screen.presses(*("s", ENTER) * 3)
    screen.sees("测验结束")
    screen.presses("q")
    assert screen.ends()[0] == 0
    assert len(program.attempts()) == 2
    assert program.here(*three, "-l", "en", typed="q\n").out.startswith("Quizgen: 3 questions, seed 3\n")
    assert program.here(*three, typed="q\n").out.startswith("Quizgen 测验")


def test_n_at_the_end_begins_another_quiz_which_is_saved_too(program: Program) -> None:
    screen = Screen(program, "take", "--bank", program.bank, "-n", "2", "--once")
    for _round in range(2):
        screen.sees("1 of 2")
        screen.presses("\t", "s", ENTER, "\t", "s", ENTER)  # Tab skips where letters are typed
        screen.sees("new")
        screen.presses("n")
    screen.sees("1 of 2")
    screen.presses("\x03")
    assert screen.ends()[0] == 130
    assert [each.attempt.position for each in program.attempts() if each.attempt.position] == [2, 2]


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ((*named(SIX[:1]), "--once"), 1),
        (("-s", "3", "-n", "2", "--once"), 2),
        (("--daily", "-n", "2", "--once"), 2),
        (("--resume",), 1),
    ],
    ids=["named", "a seed", "daily", "resumed"],
)
def test_n_begins_an_ordinary_quiz_after_one_that_cannot_come_again(
    program: Program, options: tuple[str, ...], left: int
) -> None:
    if options == ("--resume",):
        program.here("take", "--bank", program.bank, *named(SIX[:2]), typed="s\n")
    else:
        options = ("--bank", str(program.bank), *options)
    screen = Screen(program, "take", *options)
    screen.sees("1 of " if "--resume" not in options else "2 of 2")
    screen.presses(*("\t", "s", ENTER) * left)
    screen.sees("new")
    screen.presses("n")
    shows_shell = "\x1b[?1049l" in screen.sees("1 of")
    assert shows_shell <= ("-s" not in options)  # only if something is printed, such as the line to copy
    screen.presses("\t", "s", ENTER)
    screen.sees("2 of")
    screen.presses("\x03")
    assert screen.ends()[0] == 130
    first, another = (kept.attempt for kept in program.attempts())
    assert (another.rules.daily, another.position) == ("", 1)
    assert another.quiz.seed != first.quiz.seed


def test_n_after_a_review_asks_what_else_is_due(program: Program) -> None:
    program.here("take", "--bank", program.bank, *named(SIX[:3]), typed="s\ns\ns\n")
    with closing(sqlite3.connect(program.data / "history.db")) as connection, connection:
        connection.execute("UPDATE answers SET at = at - 400 * 86400")
    screen = Screen(program, "take", "--review", "--once", "--bank", program.bank, "-n", "2")
    screen.sees("1 of 2")
    screen.presses("\t", "s", ENTER, "\t", "s", ENTER)
    screen.sees("new")
    screen.presses("n")
    screen.sees("1 of 1")
    screen.presses("s", ENTER)
    screen.sees("End of the quiz")
    screen.presses("q")
    assert screen.ends()[0] == 0
    asked = [question.id for kept in program.attempts()[1:] for question in kept.attempt.quiz.questions]
    assert sorted(asked) == sorted(SIX[:3])


def test_a_quiz_killed_at_a_repeat_or_at_its_results_continues_there(program: Program) -> None:
    screen = Screen(program, "take", "--bank", program.bank, *named(SIX[:3]), "-s", 3)
    screen.sees("1 of 3")
    screen.presses(*("s", ENTER) * 3)
    screen.sees("Once more")
    screen.presses("s")
    screen.sees("Skipped")
    screen.terminal.kill(signal.SIGKILL)
    screen.terminal.wait()

    again = Screen(program, "take", "--resume")
    again.sees("Once more")
    again.presses("s")
    again.sees("Skipped")
    again.presses(ENTER, "s")
    again.sees("Skipped")
    again.presses(ENTER)
    again.sees("0 of 3 right")
    again.terminal.kill(signal.SIGKILL)
    again.terminal.wait()
    (kept,) = program.attempts()
    assert [repeat.missed for repeat in kept.attempt.repeats] == [0, 1, 2]

    offered = Screen(program, "take")
    offered.sees("You have not seen all results")
    offered.presses("y")
    offered.sees("0 of 3 right")
    offered.presses("q")
    assert offered.ends() == (0, "\nScore: 0/3\n")
    done = program.here("take", "--resume", "--plain")
    assert (done.code, done.err) == (
        1,
        "there is no unfinished quiz to continue; start one with `quizgen take`\n",
    )
