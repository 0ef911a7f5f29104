"""Every scene of the full screen as text, by language.

``python -m tests.screen.pages`` writes the pages anew, to be looked at in the diff.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from quizgen.attempt import Attempt, Rules
from quizgen.profile import MEANINGS, NAMES
from quizgen.screen.home import Home, Setting, draw_home_page
from quizgen.screen.home import handle_key as press_home
from quizgen.screen.page import Page, draw_session_page
from quizgen.screen.rows import row_text
from quizgen.screen.scenes import press_key
from quizgen.screen.session import (
    IDLE_SECONDS,
    Greeting,
    Session,
    advance_time,
    open_session,
    open_welcome,
    start_session,
)
from quizgen.text.languages import LANGUAGES
from quizgen.view.board import VisitorResult, list_best_of_day
from quizgen.view.knowledge import Knowledge, TopicKnowledge
from tests.banks import sample_quiz
from tests.exhibit_bank import JUDGED, SPOTTED, exhibit_quiz
from tests.view.test_twin import attempt_at, with_twins

KNOWLEDGE = Knowledge(
    topics=(
        TopicKnowledge("callers", {"en": "Strange callers", "zh-Hans": "陌生来电"}, 0.8),
        TopicKnowledge("parcels", {"en": "Parcels and fees", "zh-Hans": "包裹与费用"}, 0.25),
        TopicKnowledge("cards", {"en": "Cards", "zh-Hans": "银行卡"}, None),
    ),
    seen_through=31,
    tricks=83,
)

VISITORS = [VisitorResult(float(index), right, 10) for index, right in enumerate((7, 9, 10, 3, 8))]
"""The results of visitors at a stall."""

FOLDER = Path(__file__).parent / "pages"
SIZE = 80, 24

SCRIPT = (
    "",  # a question of one
    "down down",
    "b",
    "enter a d",  # several
    "enter",
    "enter",  # a truth
    "s",
    "enter b c",  # a match
    "a enter",
    "enter c z",  # an order
    "b a enter",
    "left",
    "enter enter 链 接 h o m e",  # words
    "escape",
    "?",
    "x enter enter",
    "enter",  # the end
)
"""Keys; a page is taken after each line."""


def sessions(language: str) -> Iterator[Session]:
    """Take the sample quiz with keys that show every scene."""
    attempt = Attempt(quiz=sample_quiz(language), started=0.0)
    yield open_welcome(replace(attempt, kiosk=True), 0.0)
    yield advance_time(start_session(replace(attempt, kiosk=True), 0.0), IDLE_SECONDS + 3)
    timed = open_session(replace(attempt, rules=Rules(feedback="end", quiz_seconds=90.0)), 0.0)
    yield timed
    yield advance_time(press_key(timed, "enter", 0.0), 24.5)
    yield advance_time(press_key(timed, "enter", 0.0), 80.5)
    session = replace(start_session(attempt, 0.0), unsaved=language == "en")
    for keys in SCRIPT:
        for key in keys.split():
            session = press_key(session, key, 1.0)
        yield session


def exhibit_sessions(language: str) -> Iterator[Session]:
    """Judge every exhibit to be a scam, and find the line of a call: each before and after the answer.

    Then see one beside its twin.
    """
    session = start_session(Attempt(quiz=exhibit_quiz(language), started=0.0), 0.0)
    while session.scene == "prompt":
        yield session
        session = press_key(session, "3" if session.open_question.kind == "spot" else "b", 1.0)
        yield session
        session = press_key(session, "enter", 1.0)
    yield session
    yield press_key(session, "w", 1.0)
    mistaken = press_key(start_session(attempt_at(*with_twins()).in_language(language), 0.0), "b", 1.0)
    yield mistaken
    yield press_key(mistaken, "t", 1.0)
    yield last_missed(language)
    stall = Attempt(quiz=exhibit_quiz(language, *JUDGED), started=0.0, kiosk=True)
    greeting = Greeting("Market Post", "", "Come and try", list_best_of_day(VISITORS))
    yield advance_time(open_welcome(stall, 0.0, greeting), 6.0)


def last_missed(language: str) -> Session:
    """Miss only the last of three questions, which therefore comes back after a page in between."""
    taken = Attempt(quiz=exhibit_quiz(language, *JUDGED[:3]), started=0.0, rules=Rules(repeat=True))
    for question in taken.quiz.questions[:2]:
        taken = taken.answer(question.answer.correct_response(language), 0.0)
    return press_key(press_key(start_session(taken, 0.0), "s", 1.0), "enter", 1.0)


def unfolding_sessions(language: str) -> Iterator[Session]:
    """Let a chat and a call come line by line, and stop them: too early, in time, and by the line."""
    questions = (JUDGED[1], SPOTTED, JUDGED[1])
    attempt = Attempt(quiz=exhibit_quiz(language, *questions), started=0.0, rules=Rules(unfold=True))
    session = start_session(attempt, 0.0)
    yield session
    for keys in ("x", "enter enter", "4", "enter", "x", "enter down enter", "enter", "a"):
        for key in keys.split():
            session = press_key(session, key, 1.0)
        yield session


def homes(language: str) -> Iterator[Home]:
    """Show the home page to somebody new, and to one who has been here: each entry, what is asked, help."""
    yield Home(language)
    greeting = Greeting(organiser="Market Post", headline="Real or scam?")
    home = press_home(Home(language, greeting, due=3, unfinished=(4, 10)), "down")
    yield home
    yield press_home(home, "x")
    yield press_home(home, "p")
    yield press_home(home, "?")
    been = replace(
        home,
        days=(True, True, False, True, True, True, True),
        streak=6,
        today="■■□■■",
        knowledge=KNOWLEDGE,
        topics=KNOWLEDGE.topics,
    )
    yield been
    yield press_home(press_home(been, "o"), "right")
    settings = [Setting(key, NAMES[key], what) for key, what in MEANINGS.items()]
    settings[0] = replace(settings[0], value="Market Post")
    choosing = press_home(replace(been, settings=tuple(settings)), "e")
    yield choosing
    yield press_home(choosing, "?")
    yield press_home(press_home(been, "o"), "?")
    yield press_home(been, "v")


def home_pages(homes: Iterable[Home], width: int, height: int) -> str:
    """Draw them all, a line of tildes between them."""
    return _joined((draw_home_page(home, width, height) for home in homes), width)


def pages(sessions: Iterable[Session], width: int, height: int) -> str:
    """Draw them all, a line of tildes between them."""
    return _joined((draw_session_page(session, width, height) for session in sessions), width)


def _joined(drawn: Iterable[Page], width: int) -> str:
    texts = ("\n".join(row_text(row).rstrip() for row in each.rows) for each in drawn)
    return ("\n" + "~" * width + "\n").join(texts) + "\n"


def all_pages() -> dict[str, str]:
    """Return the pages of each language by the name of their file, on a terminal of the usual size."""
    drawn = {}
    for language in LANGUAGES:
        drawn[f"{language}.txt"] = pages(sessions(language), *SIZE)
        drawn[f"home-{language}.txt"] = home_pages(homes(language), *SIZE)
        drawn[f"exhibits-{language}.txt"] = pages(exhibit_sessions(language), *SIZE)
        drawn[f"unfold-{language}.txt"] = pages(unfolding_sessions(language), *SIZE)
    return drawn


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in all_pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
