import re

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.text.languages import LANGUAGES
from tests.banks import TOPICS, sample_quiz
from tests.screen.transcript import REPLIES, terminal

STYLE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [20, 33, 40, 79, 100])
def test_no_line_is_wider_than_the_terminal(language: str, width: int) -> None:
    text = terminal(sample_quiz(language), width, *REPLIES)
    assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize(("width", "longest"), [(10, 20), (300, 100)])
def test_a_line_has_bounds_on_any_terminal(width: int, longest: int) -> None:
    text = terminal(sample_quiz(), width, *REPLIES)
    assert max(cell_len(line) for line in text.splitlines()) == longest


def test_everything_shown_by_colour_is_said_in_words_too() -> None:
    coloured = terminal(sample_quiz(), 80, *REPLIES, colour=True)
    assert STYLE.search(coloured)
    assert STYLE.sub("", coloured) == terminal(sample_quiz(), 80, *REPLIES)


def test_bank_text_is_never_markup() -> None:
    quiz = sample_quiz()
    hostile = replace(
        quiz.questions[0],
        stem={"en": "[bold]a[/bold] [link=x]b[/] :boom: \x1b[2J"},
        rationale={"en": "[red]c"},
    )
    text = STYLE.sub("", terminal(replace(quiz, questions=(hostile,)), 80, "d", colour=True))
    assert "\n[bold]a[/bold] [link=x]b[/] :boom: <U+001B>[2J\n" in text
    assert "\n  Why: [red]c\n" in text
    assert "\x1b" not in text


def test_bars_move_below_titles_that_leave_no_room() -> None:
    quiz = sample_quiz()
    long = replace(TOPICS["parcels"], title={"en": "Parcels, fees and everything else"})
    quiz = replace(quiz, bank=replace(quiz.bank, topics=TOPICS | {"parcels": long}))
    text = terminal(quiz, 40, *REPLIES)
    assert "\nParcels, fees and everything else\n███████░░░░░░░░░░░░░  1/3\nStrange callers\n" in text
