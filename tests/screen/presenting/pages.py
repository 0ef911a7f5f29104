"""What room and guide see of a whole talk as text, by language and size.

``python -m tests.screen.presenting.pages`` writes the pages anew, to be looked at in the diff.
"""

from collections.abc import Iterator
from pathlib import Path

from quizgen.model import Quiz
from quizgen.screen.presenting.guide import guide_page
from quizgen.screen.presenting.room import room_page
from quizgen.screen.presenting.talk import Host, Talk, begin, press, steps
from quizgen.screen.rows import text_of
from tests.banks import sample_quiz
from tests.exhibit_bank import exhibit_quiz

FOLDER = Path(__file__).parent / "pages"
HOST = Host("What the caller wants", "River Street Police Post", "0123 4567")
DRAWN = (
    (room_page, "en", 100, 30),
    (room_page, "en", 80, 24),
    (room_page, "zh-Hans", 100, 30),
    (room_page, "zh-Hant", 80, 24),
    (guide_page, "en", 80, 24),
    (guide_page, "zh-Hant", 100, 30),
)


def talks(quiz: Quiz) -> Iterator[Talk]:
    """Go through a talk, counting hands wherever there is something to raise them for."""
    talk = begin(quiz, HOST, 0.0)
    yield talk
    for number in range(1, len(steps(quiz))):
        talk = press(talk, "pagedown", 60.0 * number)
        if talk.may_count and not talk.counts:
            for key in ("b" if talk.step.stage == "options" else "1", "7", "a", "1", "2", "enter"):
                talk = press(talk, key, 60.0 * number)
        yield talk


def all_talks(language: str) -> list[Talk]:
    """Give every step of a talk on questions of each kind, and of one on exhibits of each sort."""
    return [*talks(sample_quiz(language)), *list(talks(exhibit_quiz(language)))[1:]]


def all_pages() -> dict[str, str]:
    """Give the pages of each language and size by the name of their file."""
    drawn = {}
    for draw, language, width, height in DRAWN:
        texts = (
            "\n".join(text_of(row).rstrip() for row in draw(talk, width, height, talk.since + 75).rows)
            for talk in all_talks(language)
        )
        name = f"{draw.__name__.removesuffix('_page')}-{language}-{width}x{height}.txt"
        drawn[name] = ("\n" + "~" * width + "\n").join(texts) + "\n"
    return drawn


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in all_pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
