"""CONTRIBUTING says how a command is added: here one is, in a copy, with an option and those that choose a quiz."""

from pathlib import Path

from tests.recipes.copied import Copy

COMMAND = '''
"""``quizgen ids``: the ids of the questions of a quiz."""

from typing import Annotated

import typer

from quizgen.cli.options import Selection, with_selection
from quizgen.cli.output import print_lines
from quizgen.errors import MisuseError, problem
from quizgen.text.messages import N_, _


@with_selection
def ids(selection: Selection, first: Annotated[int, typer.Option("--first", min=1, help=N_("Begin with this question."))] = 1) -> None:
    """Print the ids of the questions of a quiz."""
    questions = selection.quiz().questions
    if first > len(questions):
        raise MisuseError(problem(_("there are {total} questions"), _("begin earlier"), total=len(questions)))
    print_lines([question.id for question in questions[first - 1 :]])
'''


def test_a_command_is_a_function_an_entry_and_messages(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/cli/ids.py", COMMAND)
    copy.change(
        "quizgen/cli/commands.py",
        lambda code: code.replace(
            '    "doctor": CommandEntry(',
            '    "ids": CommandEntry("ids:ids", N_("List the ids of a quiz.")),\n    "doctor": CommandEntry(',
        ),
    )

    asked = ("--bank", copy.bank, "-q", "parcels/customs-text", "-s", "7")
    assert copy.run("ids", *asked).out == "parcels/customs-text\n"
    assert "  ids      List the ids of a quiz.\n" in copy.run("--help").out
    shown = copy.run("ids", "--help").out
    assert "--first " in shown
    assert "Begin with this question." in shown
    refused = copy.run("ids", *asked, "--first", 2, code=2)
    assert (refused.out, refused.err) == ("", "there are 1 questions; begin earlier\n")
    assert "--first" in copy.run("ids", "--frist", "2", code=2).err
    assert copy.touched() == {"quizgen/cli/ids.py", "quizgen/cli/commands.py"}
