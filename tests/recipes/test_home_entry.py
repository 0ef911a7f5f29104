"""CONTRIBUTING says how the home page gets one more entry: here it lists the bank, in a copy, seen on a terminal."""

from pathlib import Path

from tests.banks import TOWN
from tests.cli.test_fullscreen import Screen
from tests.recipes.copied import Copy


def test_an_entry_of_the_home_page_is_a_key_a_command_and_messages(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.change(
        "quizgen/screen/home.py",
        lambda code: code.replace('"kit", "leave"', '"kit", "topics", "leave"').replace(
            '        ("p", "kit", ',
            '        ("o", "topics", (_("Read the facts"), _("what the questions rest on"))),\n        ("p", "kit", ',
        ),
    )
    copy.change(
        "quizgen/cli/home.py",
        lambda code: code.replace(
            '    "kit": ["kit"],\n',
            f'    "kit": ["kit"],\n    "topics": ["bank", "list", "--facts", "--bank", "{TOWN}"],\n',
        ).replace('"present", "kit")', '"present", "kit", "topics")'),
    )

    screen = Screen(copy.program, folder=copy.root)
    screen.sees("Read the facts")
    screen.presses("o")
    screen.sees("offers/")
    screen.presses("\r")
    screen.sees("Read the facts")
    screen.presses("q")
    assert screen.ends()[0] == 0
    assert copy.touched() == {"quizgen/screen/home.py", "quizgen/cli/home.py"}
