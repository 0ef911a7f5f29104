"""Questions and answers of invented people."""

from quizgen.analysis import GivenAnswer, Sitting, Time
from quizgen.model import Question
from quizgen.shapes import Choose

LETTERS = "ABCD"


def question(id_: str, difficulty: int = 2) -> Question:
    """Make a question with four options, the first of which is right."""
    options = tuple({"en": f"{letter} of {id_}"} for letter in LETTERS)
    return Question(
        id_,
        "topic",
        "single",
        "apply",
        difficulty,
        (),
        {"en": f"Which of {id_}?"},
        Choose(options, (0,), "one"),
        {},
    )


def given(asked: Question, letter: str, *, genuine: bool | None = None) -> GivenAnswer:
    """Answer a question with a letter, or skip it with ""."""
    chosen = (LETTERS.index(letter),) if letter else None
    return GivenAnswer(asked, chosen, letter == "A", genuine=genuine)


def sheet(code: str, time: Time, *answers: GivenAnswer) -> Sitting:
    return Sitting(answers, code, time)


def both_sheets(code: str, before: tuple[GivenAnswer, ...], after: tuple[GivenAnswer, ...]) -> list[Sitting]:
    """Make the two sheets of a person."""
    return [sheet(code, "before", *before), sheet(code, "after", *after)]
