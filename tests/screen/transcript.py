"""Takes the sample quiz with set replies and gives the whole transcript, each reply after its prompt.

``python -m tests.screen.transcript`` writes the transcripts anew, to be looked at in the diff.
"""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from quizgen.attempt import Attempt
from quizgen.model import Quiz
from quizgen.screen.line_mode import PlainDisplay, take_quiz
from quizgen.screen.terminal import TerminalDisplay
from quizgen.text.languages import LANGUAGES
from tests.banks import sample_quiz
from tests.exhibit_bank import exhibit_quiz

FOLDER = Path(__file__).parent / "transcripts"

REPLIES = ("e", "d", "a b", "?", "f", "1c 2b 3a", "bac", "s")
"""Not understood, right; wrong; help, right; one pair of three; one place of three; a skip."""

EXHIBIT_REPLIES = ("g", "a", "b", "scam", "a", "a", "s", "?", "2", "3")
"""Four verdicts right and two wrong, a skip; help, the reader's own line, the line that gives it away."""


def replies(*lines: str, echo: Callable[[str], object]) -> Callable[[float | None], str | None]:
    """Return each line in turn, then the end of input; a line is echoed as a terminal would."""
    left: Iterator[str] = iter(lines)

    def reply(_seconds: float | None) -> str | None:
        line = next(left, None)
        if line is not None:
            echo(f"> {line}\n")
        return line

    return reply


def plain(quiz: Quiz, *lines: str) -> str:
    """Take a quiz in plain lines."""
    out = io.StringIO()
    display = PlainDisplay(out.write, replies(*lines, echo=out.write))
    take_quiz(Attempt(quiz=quiz, started=0.0), display, save_attempt=lambda _: True, now=lambda: 1.0)
    return out.getvalue()


def terminal(quiz: Quiz, width: int, *lines: str, colour: bool = False) -> str:
    """Take a quiz on a terminal so many cells wide."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    display = TerminalDisplay(console, replies(*lines, echo=out.write))
    take_quiz(Attempt(quiz=quiz, started=0.0), display, save_attempt=lambda _: True, now=lambda: 1.0)
    return out.getvalue()


def transcripts() -> dict[str, str]:
    """Return every transcript by the name of its file."""
    texts = {}
    for language in LANGUAGES:
        for name, quiz, typed in (
            (language, sample_quiz(language), REPLIES),
            (f"exhibits-{language}", exhibit_quiz(language), EXHIBIT_REPLIES),
        ):
            texts[f"plain-{name}.txt"] = plain(quiz, *typed)
            texts[f"terminal-{name}.txt"] = terminal(quiz, 80, *typed)
    return texts


if __name__ == "__main__":
    for name, text in transcripts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
