"""The welcome page of a kiosk: it plays, and shows the best of the day."""

from pathlib import Path

from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.history import open_history
from quizgen.screen.page import draw_session_page
from quizgen.screen.rows import row_text
from quizgen.screen.session import Greeting, advance_time, open_welcome
from quizgen.text.languages import LANGUAGES, locale
from quizgen.text.messages import as_is
from quizgen.view.board import VisitorResult, animal_name, find_own_name, list_best_of_day
from tests.exhibit_bank import JUDGED, exhibit_quiz

KIOSK = Attempt(quiz=exhibit_quiz("en", *JUDGED), started=0.0, kiosk=True)


def shown(seconds: float, size: tuple[int, int] = (80, 30), greeting: Greeting = Greeting()) -> str:  # noqa: B008
    session = advance_time(open_welcome(KIOSK, 0.0, greeting), seconds)
    return "\n".join(row_text(row).rstrip() for row in draw_session_page(session, *size).rows)


def test_a_call_or_message_appears_line_by_line_and_asks_at_its_end() -> None:
    pages = [shown(seconds) for seconds in range(0, 60, 2)]
    assert len(set(pages)) > 3
    assert JUDGED[0].stem["en"] not in pages[0]
    assert any(JUDGED[0].stem["en"] in page for page in pages)
    places = {
        page.split("\n").index(row) for page in pages for row in page.split("\n") if "1  English" in row
    }
    assert len(places) == 1, "the languages stay where they are"


def test_every_language_is_offered_at_every_size() -> None:
    for size in ((40, 16), (80, 24), (120, 40), (200, 60)):
        assert [locale(each).autonym in shown(5, size) for each in LANGUAGES] == [True] * len(LANGUAGES)


def test_the_headline_is_in_large_letters_if_there_is_room() -> None:
    assert "█" not in shown(0, (80, 24))
    assert "█" in shown(0, (120, 40))


def test_the_best_of_the_day_is_named_if_there_is_room() -> None:
    greeting = Greeting(best=(as_is("Otter 10/10"), as_is("Panda 9/10")))
    assert "Best of today: Otter 10/10 · Panda 9/10" in shown(0, greeting=greeting)
    assert "Best of today" not in shown(0)


def test_a_board_has_the_best_three_and_none_while_there_are_few_visitors() -> None:
    results = [VisitorResult(float(index), right, 10) for index, right in enumerate((7, 9, 9, 3, 10))]
    assert list_best_of_day(results[:3]) == ()
    assert [line.translated("en") for line in list_best_of_day(results)] == [
        "Swallow 10/10",
        "Panda 9/10",
        "Crane 9/10",
    ]
    own = find_own_name(results, 3.0)
    assert own is not None
    assert own.translated("en") == "Tiger"
    assert find_own_name(results, 99.0) is None
    assert animal_name(24).translated("en") == "Otter 2"


def test_the_history_lists_the_results_of_visitors_only(tmp_path: Path) -> None:
    history, _aside = open_history(tmp_path / "history.db")
    for started, kiosk in ((1.0, True), (2.0, False), (3.0, True)):
        attempt = replace(KIOSK, started=started, kiosk=kiosk)
        for question in attempt.quiz.questions:
            response = question.answer.correct_response("en") if started < 3 else None
            attempt = attempt.answer(response, 10.0)
        history.save_attempt(attempt, None)
    assert history.load_kiosk_results(0.0, 20.0) == [(1.0, len(JUDGED), len(JUDGED)), (3.0, 0, len(JUDGED))]
    assert history.load_kiosk_results(20.0, 30.0) == []
    history.close()
