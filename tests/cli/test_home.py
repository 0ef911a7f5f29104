"""Bare ``quizgen`` on a terminal: from the home page to a quiz and back, on the full screen and a line at a time."""

from pathlib import Path

import pytest

from quizgen.screen.home import Home, draw_home_page
from quizgen.screen.rows import key_at_column
from tests.cli.program import Program
from tests.cli.test_fullscreen import Screen
from tests.cli.test_terminal import Person


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_from_the_home_page_to_a_quiz_and_back(program: Program) -> None:
    program.here("profile", "set", "organiser", "Market Post")
    screen = Screen(program)
    screen.sees("Market Post")
    screen.presses("l")
    screen.sees("做一份测验")
    screen.presses("s")
    screen.sees("第 1 题，共")
    screen.presses("s", "s")  # the second one if lines appear one by one
    screen.sees("已跳过")
    screen.presses("q")
    screen.sees("接着做")
    screen.presses("h")
    screen.sees("题就停了")
    screen.presses("q")
    screen.sees("接着做")
    screen.presses("q")
    assert screen.ends()[0] == 0
    assert program.answers() == [[None]]
    assert (program.folder / "config/quizgen/profile.toml").read_text(
        "utf-8"
    ) == 'organiser = "Market Post"\nlanguages = ["zh-Hans"]\n'


def test_between_the_home_page_and_a_quiz_the_shell_is_not_seen(program: Program) -> None:
    screen = Screen(program)
    screen.sees("Real or scam?")
    screen.presses("s")
    seen = screen.sees("1 of 10")
    screen.presses("q")
    seen += screen.sees("Five for today")
    assert "\x1b[?1049l" not in seen
    screen.presses("q")
    assert screen.ends() == (0, "")


def test_the_home_page_lists_past_quizzes(program: Program) -> None:
    screen = Screen(program)
    screen.sees("History")
    screen.presses("h")
    screen.sees("no attempts yet")
    screen.presses("q")
    screen.sees("Five for today")
    screen.presses("q")
    assert screen.ends() == (0, "")


def test_what_is_printed_in_place_of_a_quiz_goes_to_the_shell(program: Program) -> None:
    screen = Screen(program, "--bank", program.bank)
    screen.sees("Take a quiz")
    (program.bank / "facts.yaml").write_text("topic: 1\n")
    screen.presses("t")
    assert "\x1b[?1049l" in screen.sees("facts.yaml:1:")
    screen.sees("return")
    screen.presses("q", "q")
    assert screen.ends()[0] == 0


def test_a_setting_is_changed_from_the_home_page(program: Program) -> None:
    screen = Screen(program)
    screen.sees("Settings")
    screen.presses("e")
    screen.sees("text-size")
    screen.presses("\r")
    screen.sees("Enter keeps the current value")
    screen.presses("Market Post\r")
    screen.sees("Market Post")
    screen.sees("text-size")
    # Ctrl-C cancels only the change.
    screen.presses("\r")
    screen.sees("now: Market Post")
    screen.presses("\x03")
    screen.sees("text-size")
    screen.presses("\x1b")
    screen.sees("Take a quiz")
    screen.presses("q")
    assert screen.ends()[0] == 0
    assert 'organiser = "Market Post"' in (program.folder / "config/quizgen/profile.toml").read_text("utf-8")


def test_a_stall_is_opened_and_ended_from_the_home_page(program: Program) -> None:
    screen = Screen(program)
    screen.sees("Stall")
    screen.presses("v")
    screen.sees("Ctrl-O, Ctrl-U and Ctrl-T")
    screen.presses("\r")
    screen.sees("Press 1 to start.")
    screen.presses("\x0f\x15\x14")
    screen.sees("Take a quiz")
    screen.presses("q")
    assert screen.ends()[0] == 0


def test_printed_output_can_be_read_and_closed_by_mouse(program: Program) -> None:
    (program.folder / "talk").mkdir()
    (program.folder / "talk/mine.txt").touch()
    screen = Screen(program, folder=program.folder)
    rows = draw_home_page(Home("en"), 80, 24).rows
    place = {key_at_column(row, x): (x, y) for y, row in enumerate(rows) for x in range(80)}
    screen.sees("Print for a talk")
    screen.clicks(*place["h"])
    screen.sees("There are no attempts yet.")
    screen.sees("return")
    screen.clicks(4, 23)
    screen.sees("Print for a talk")
    screen.clicks(*place["p"])
    screen.sees("talk-2")  # a name that is free, since a mouse types none
    screen.clicks(22, 23)
    screen.sees("Print for a talk")
    screen.clicks(*place["q"])
    assert screen.ends()[0] == 0


def test_the_home_page_works_in_line_mode(program: Program) -> None:
    person = Person(program, "--plain")
    assert "r) Review: nothing due" in person.types("x")
    assert "does nothing here" in person.types("p")
    assert "Which folder should the sheets go in?" in person.types("")  # an empty line goes back
    assert "t) Take a quiz" in person.types("t")
    assert "Question 1 of 10" in person.types("q")
    assert "nothing to save" in person.types("q")
    assert person.stays()[0] == 0


def test_the_home_page_offers_the_latest_unfinished_quiz_whatever_was_done_since(program: Program) -> None:
    program.here("take", "-n", "5", "-s", "7", typed="s\nq\n")
    program.here("take", "-n", "1", "-s", "8", typed="s\n")
    person = Person(program, "--plain")
    assert "g) Continue" in (shown := person.types("q"))
    assert "question 2 of 5" in shown
    assert person.stays()[0] == 0


def test_the_home_page_of_a_bank_of_ones_own(program: Program) -> None:
    about = "about: {en: Parcels and strange callers, zh-Hans: 包裹与来电}\n"
    (program.bank / "bank.yaml").write_text("languages: [en, zh-Hans]\n" + about, encoding="utf-8")
    person = Person(program, "--plain", "--bank", str(program.bank))
    assert "Parcels and strange callers" in person.types("t")
    shown = person.types("q")
    assert "Parcels and fees" in shown or "Strange callers" in shown
    assert "nothing to save" in person.types("q")
    assert person.stays()[0] == 0


@pytest.mark.parametrize("arguments", [("--plain",), ("--plain", "doctor"), ("--bank", "x", "doctor")])
def test_plain_without_a_command_needs_a_terminal_and_before_one_has_no_effect(
    program: Program, arguments: tuple[str, ...]
) -> None:
    done = program.here(*arguments)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
