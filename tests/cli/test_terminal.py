"""The program on a terminal: what a person sees and types, and what is left when the terminal goes."""

import os
import re
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pexpect
import pytest
from rich.cells import cell_len

from quizgen.attempt import Attempt
from quizgen.history import open_history
from tests.banks import sample_quiz
from tests.cli.program import Program
from tests.cli.test_take import ONE, SIX, named

STYLE = re.compile(r"\x1b\[[0-9;]*m")
PROMPT = r"(?:^|\r\n)> "
PAUSE = r"(?:next question|下一题|下一題)[^\r\n]*\r\n> "


class Person:
    """Somebody at a terminal on which the program runs."""

    def __init__(self, program: Program, *arguments: object, **options: object) -> None:
        self.terminal = program.terminal(*arguments, **options)  # type: ignore[arg-type]
        self.seen = ""

    def types(self, *lines: str) -> str:
        """Type each line once there is a prompt for it, and give what was shown before the last one."""
        shown = ""
        for line in lines:
            shown = self.waits()
            pause, self.terminal.delaybeforesend = self.terminal.delaybeforesend, None
            self.terminal.sendline(line)
            self.terminal.delaybeforesend = pause  # a key such as Ctrl-C comes once the line is waited for
        return shown

    def waits(self, pattern: str = PROMPT) -> str:
        """Wait for a prompt, or another pattern, and give what was shown since the one before. Press Enter after each question."""
        shown = ""
        while True:
            is_pause = self.terminal.expect([PAUSE, pattern]) == 0
            shown += self._saw(str(self.terminal.before) + str(self.terminal.after))
            if not is_pause:
                return shown
            self.terminal.sendline("")

    def stays(self) -> tuple[int, str]:
        """Wait for the end, and give the exit code and what was shown last."""
        self.terminal.expect(pexpect.EOF)
        self.terminal.close()
        return self.terminal.exitstatus, self._saw(str(self.terminal.before))

    def _saw(self, shown: str) -> str:
        self.seen += shown
        return STYLE.sub("", shown).replace("\r\n", "\n")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.mark.parametrize(
    ("language", "size", "locale"),
    [
        ("en", (24, 80), "C.UTF-8"),
        ("zh-Hans", (24, 80), "C.UTF-8"),
        ("zh-Hant", (16, 40), "xx_XX.UTF-8"),  # not installed, as often over ssh
    ],
)
def test_all_six_kinds_are_answered_by_hand(
    program: Program, language: str, size: tuple[int, int], locale: str
) -> None:
    person = Person(
        program,
        *("take", "--lines", "--bank", program.bank, *named(SIX), "-s", 3, "-l", language),
        size=size,
        LC_ALL=locale,
    )
    keys = program.keys(language, 3, *SIX)
    person.types("what?", "?", *keys)
    code, last = person.stays()
    assert code == 0
    assert last.splitlines()[-1] in ("Score: 6/6", "得分：6/6")
    assert person.seen.count("✓") == 6
    shown = STYLE.sub("", person.seen).splitlines()
    assert max(map(cell_len, shown)) <= size[1]
    (kept,) = program.attempts()
    assert kept.attempt.score().right == 6
    assert kept.attempt.finished_at


def test_an_answer_is_explained_before_the_next_question(program: Program) -> None:
    person = Person(program, "take", "--lines", "--bank", program.bank, *named(SIX[:2]), "-s", 7)
    person.types("s")
    assert re.sub(r"\n\n+", "\n", person.waits()).splitlines()[1:10] == [
        "– Skipped. The right answer:",
        f"  {program.keys('en', 7, SIX[0])[0]}) Ask the office yourself",
        "  Why: The office takes no fee in this way.",
        "  What to do (our advice): Call the number that is printed on your card.",
        "  Source: the harbour savings office, answer 1",
        "Enter: next question. q: stop.",
        "> ",
        "─" * 80,
        "Question 2 of 2 · Parcels and fees",
    ]


@pytest.mark.parametrize(
    ("options", "environment", "styled", "ruled"),
    [
        ((), {}, True, True),
        ((), {"NO_COLOR": "1"}, False, True),
        ((), {"TERM": "dumb"}, False, True),
        (("--plain",), {}, False, False),
        ((), {"LC_ALL": "C", "PYTHONUTF8": "0"}, False, False),
    ],
)
def test_colour_and_layout_are_for_terminals_that_have_them(
    program: Program, options: tuple[str, ...], environment: dict[str, str], *, styled: bool, ruled: bool
) -> None:
    person = Person(program, "take", "--lines", "--bank", program.bank, *ONE, *options, **environment)
    person.types("a")
    assert person.stays()[0] == 0
    assert ("[1;36m" in person.seen) == styled
    assert ("────" in person.seen) == ruled
    if "LC_ALL" in environment:
        assert person.seen.isascii()


@pytest.mark.parametrize(("options", "locale"), [((), "C"), (("--plain",), "C.UTF-8")])
def test_plain_lines_break_between_words(program: Program, options: tuple[str, ...], locale: str) -> None:
    person = Person(
        program,
        *("take", "--lines", *options, "--bank", program.bank, *named(SIX), "-s", 3),
        size=(24, 40),
        LC_ALL=locale,
        PYTHONUTF8="0",
    )
    person.types(*program.keys("en", 3, *SIX))
    assert person.stays()[0] == 0
    rows = person.seen.splitlines()
    assert max(map(cell_len, rows)) <= 40
    assert len(rows) > 60


def test_hostile_input_is_only_a_wrong_answer(program: Program) -> None:
    person = Person(program, "take", "--lines", "--bank", program.bank, "-q", SIX[5])
    person.types("[bold]{x} %s $(reboot)")
    assert person.stays()[0] == 0
    assert program.answers() == [["[bold]{x} %s $(reboot)"]]


# Stopping


@pytest.mark.parametrize(
    ("key", "code"), [("q\r", 0), ("\x04", 0), ("\x03", 130)], ids=["q", "Ctrl-D", "Ctrl-C"]
)
def test_stopping_saves_and_says_how_to_continue(program: Program, key: str, code: int) -> None:
    person = Person(program, "take", "--lines", "--bank", program.bank, *named(SIX))
    person.types("s")
    person.waits()
    person.terminal.send(key)
    ended, last = person.stays()
    assert ended == code
    assert last.endswith("\nStopped: 1 of 6 answered and saved.\nTo continue: quizgen take --resume\n")
    assert program.answers() == [[None]]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_after_half_a_paste_ends_the_quiz(program: Program, number: signal.Signals) -> None:
    """GNU readline waited for the end of a bracketed paste, and served no signal meanwhile."""
    person = Person(program, "take", "--lines", "--bank", program.bank, *named(SIX))
    person.types("s")
    person.waits()
    person.terminal.send("\x1b[200~")
    time.sleep(0.2)  # it has read that by then, if it edits lines
    os.kill(person.terminal.pid, number)
    code, last = person.stays()
    assert code == 128 + number
    assert "1 of 6 answered and saved" in last
    assert program.answers() == [[None]]


def test_a_terminal_that_is_closed_loses_nothing(program: Program) -> None:
    person = Person(program, "take", "--lines", "--bank", program.bank, *named(SIX))
    person.types("s", "s")
    person.waits()
    person.terminal.ptyproc.fileobj.close()  # hangs up, as a closed window does
    _, status = os.waitpid(person.terminal.pid, 0)
    person.terminal.closed = person.terminal.ptyproc.closed = True
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
    assert program.answers() == [[None, None]]


def test_of_two_programs_with_the_questions_of_a_day_the_first_to_answer_saves(program: Program) -> None:
    daily = ("take", "--lines", "--daily", "--once", "--bank", program.bank)
    one = Person(program, *daily)
    one.types("s")
    one.waits()
    other = Person(program, *daily)
    assert "continuing at question 2 of 5" in other.types("s")
    other.waits()
    one.terminal.sendline("s")
    assert "its answers are not being saved" in " ".join(one.waits().split())
    for person, left in ((one, 3), (other, 3)):
        person.terminal.sendline("s")
        person.types(*["s"] * (left - 1))
        assert person.stays()[1].splitlines()[-1].endswith("□□□□□ day 1")
    assert program.answers() == [[None] * 5]


def test_after_a_kill_take_resumes_the_quiz(program: Program) -> None:
    person = Person(program, "take", "--lines", "--bank", program.bank, *named(SIX), "-s", 3)
    person.types("s", "s")
    person.waits()
    person.terminal.kill(signal.SIGKILL)
    person.terminal.wait()
    again = Person(program, "take", "--lines")
    offered = again.types("what?")
    assert re.search(
        r"You stopped a quiz at question 3 of 6 on \d+ [A-Z][a-z]+ \d{4}\. Continue it\? \(y/n\)",
        offered.replace("\n", " "),
    )
    assert "Please answer y or n." in again.types("y")
    assert again.waits().startswith("y\nQuizgen: continuing at question 3 of 6, seed 3\n")
    again.terminal.sendline("t")
    again.types("s")
    assert "Once more" in again.waits()  # the first question, three others later
    again.terminal.sendline("q")
    assert again.stays()[0] == 0
    (kept,) = program.attempts()
    assert [given.question for given in kept.attempt.answers] == list(SIX[:4])


def test_the_offer_names_the_day_of_the_last_answer(program: Program) -> None:
    program.data.mkdir()
    history, _ = open_history(program.data / "history.db")
    with closing(history):
        history.save_attempt(Attempt(quiz=sample_quiz(), started=0.0).answer((3,), 86400.0), None)
    person = Person(program, "take", "--lines", TZ="UTC")
    assert "at question 2 of 6 on 2 January 1970." in person.waits()
    person.terminal.sendeof()
    assert person.stays()[0] == 0


def test_an_unreadable_attempt_does_not_prevent_a_new_quiz(program: Program) -> None:
    program.here("take", "--bank", program.bank, *named(SIX), typed="s\n")
    connection = sqlite3.connect(program.data / "history.db")
    with connection:
        connection.execute("UPDATE attempts SET quiz = '{}'")
    connection.close()
    person = Person(program, "take", "--lines")
    shown = person.types("q")
    assert "history.db: attempt 1 in the history cannot be read: " in " ".join(shown.split())
    assert "\nQuizgen: 10 questions, seed " in shown
    assert person.stays()[0] == 0


def test_an_offer_turned_down_begins_another_quiz_and_resume_still_finds_the_old_one(
    program: Program,
) -> None:
    program.here("take", "--bank", program.bank, *named(SIX[:2]), typed="s\n")
    person = Person(program, "take", "--lines")
    person.types("n", "s", "q")
    assert "seed" in person.seen
    assert person.stays()[0] == 0
    assert program.answers() == [[None], [None]]
    program.here("take", "--resume", typed="s\n" * 40)  # the new one, as the latest, with what it repeats
    assert "continuing at question 2 of 2" in program.here("take", "--resume", typed="s\n").out


@pytest.mark.parametrize(("key", "code"), [("\x04", 0), ("\x03", 130)], ids=["Ctrl-D", "Ctrl-C"])
def test_leaving_at_the_offer_changes_nothing(program: Program, key: str, code: int) -> None:
    program.here("take", "--bank", program.bank, *named(SIX[:2]), typed="s\n")
    person = Person(program, "take", "--lines", LC_ALL="zh_CN.UTF-8")
    assert "做到第 2 题（共 2 题）时退出了。" in person.waits()
    person.terminal.send(key)
    assert person.stays()[0] == code
    assert program.answers() == [[None]]


def test_a_selection_begins_a_quiz_without_an_offer(program: Program) -> None:
    program.here("take", "--bank", program.bank, *named(SIX[:2]), typed="s\n")
    person = Person(program, "take", "--lines", "--bank", program.bank, "-n", 5)
    assert person.types("q").startswith("Quizgen: 5 questions, seed ")
    assert person.stays()[0] == 0


def test_the_end_names_the_command_that_reviews_the_same_bank(program: Program) -> None:
    own = Person(program, "take", "--lines", "--bank", program.bank, *named(SIX[:1]))
    own.types("s")
    assert f"quizgentake--review--bank{program.bank}" in "".join(own.stays()[1].split())


# The history


def test_the_history_fits_the_terminal(program: Program) -> None:
    program.here("take", "--bank", program.bank, *named(SIX), "-s", 3, typed="s\n")
    wide = Person(program, "history", size=(24, 100)).stays()[1].splitlines()
    assert len(wide) == 2
    narrow = Person(program, "history", size=(16, 40)).stays()[1].splitlines()
    assert max(map(cell_len, narrow)) <= 40
    assert "  -      Quiz, " in narrow[1]
    assert narrow[1].endswith("…")
    assert len(narrow) == 2


@pytest.mark.parametrize(("line", "left", "code"), [("n", 1, 1), ("y", 0, 0)])
def test_clearing_the_history_asks(program: Program, line: str, left: int, code: int) -> None:
    program.here("take", "--bank", program.bank, *ONE, typed="s\n")
    person = Person(program, "history", "clear")
    person.waits(r"Delete the only attempt\? This cannot be undone\. \(y/n\)\r\n")
    person.terminal.sendline(line)
    assert person.stays()[0] == code
    assert len(program.attempts()) == left


def test_ctrl_c_at_the_question_deletes_nothing(program: Program) -> None:
    program.here("take", "--bank", program.bank, *ONE, typed="s\n")
    person = Person(program, "history", "clear")
    person.waits(r"\(y/n\)\r\n")
    person.terminal.sendcontrol("c")
    assert person.stays()[0] == 130
    assert len(program.attempts()) == 1


@pytest.mark.parametrize("how", ["--plain", "--lines"])
def test_text_typed_before_time_ran_out_is_not_in_the_next_answer(program: Program, how: str) -> None:
    bank = ("--bank", program.bank, "-q", "parcels/customs-text", "-q", "callers/code-is-harmless")
    person = Person(program, "take", how, *bank, "--question-time", "2s")
    person.waits("Press Enter to start")
    person.waits()
    person.terminal.sendline("")
    person.waits()
    person.terminal.send("f")
    person.waits("Time is up")
    person.waits()
    person.terminal.sendline("")
    person.waits("not a valid answer")
    person.waits()
    person.terminal.sendline("s")
    person.stays()
    assert program.answers() == [[None, None]]
