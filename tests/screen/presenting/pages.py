"""What room and guide see of each sort of step as text, by language.

``python -m tests.screen.presenting.pages`` writes the pages anew, to be looked at in the diff.
"""

from collections.abc import Iterator
from pathlib import Path

from quizgen.model import Quiz
from quizgen.screen.presenting.guide import draw_guide_page
from quizgen.screen.presenting.room import draw_room_page
from quizgen.screen.presenting.talk import Talk, TalkHost, handle_key, list_steps, start_talk
from quizgen.screen.rows import row_text
from quizgen.text.languages import LANGUAGES
from tests.banks import sample_quiz
from tests.exhibit_bank import exhibit_quiz

FOLDER = Path(__file__).parent / "pages"
HOST = TalkHost("What the caller wants", "River Street Police Post", "0123 4567")
SIZE = 100, 30


def talks(quiz: Quiz) -> Iterator[Talk]:
    """Go through a talk, counting hands wherever there is something to raise them for."""
    talk = start_talk(quiz, HOST, 0.0)
    yield talk
    for number in range(1, len(list_steps(quiz))):
        talk = handle_key(talk, "pagedown", 60.0 * number)
        if talk.can_count_hands and not talk.hand_counts:
            for key in ("b" if talk.step.stage == "options" else "1", "7", "a", "1", "2", "enter"):
                talk = handle_key(talk, key, 60.0 * number)
        yield talk


def all_talks(language: str) -> list[Talk]:
    """Return every step of a talk on questions of each kind, and of one on exhibits of each sort."""
    return [*talks(sample_quiz(language)), *list(talks(exhibit_quiz(language)))[1:]]


def each_sort(language: str) -> list[Talk]:
    """Return one step of each stage, with an exhibit and without."""
    found: dict[tuple[str, bool], Talk] = {}
    for talk in all_talks(language):
        with_exhibit = talk.step.index >= 0 and talk.question_view.exhibit is not None
        found.setdefault((talk.step.stage, with_exhibit), talk)
    return list(found.values())


def all_pages() -> dict[str, str]:
    """Return the pages of each language by the name of their file."""
    drawn = {}
    width, height = SIZE
    for language in LANGUAGES:
        for draw in (draw_room_page, draw_guide_page):
            texts = (
                "\n".join(row_text(row).rstrip() for row in draw(talk, width, height, talk.since + 75).rows)
                for talk in each_sort(language)
            )
            name = f"{draw.__name__.removeprefix('draw_').removesuffix('_page')}-{language}.txt"
            drawn[name] = ("\n" + "~" * width + "\n").join(texts) + "\n"
    return drawn


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in all_pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
