"""What is beside what in windows of at least 100 columns."""

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from quizgen.attempt import Attempt
from quizgen.model import Question
from quizgen.screen.home import draw_home_page, list_entries
from quizgen.screen.page import draw_session_page
from quizgen.screen.rows import Row, key_at_column, row_text, total_width
from quizgen.screen.scenes import press_key
from quizgen.screen.session import Session, start_session
from quizgen.text.languages import LANGUAGES
from quizgen.view.question import build_question_view
from tests.exhibit_bank import JUDGED, SPOTTED, exhibit_quiz
from tests.screen.test_home import REMEMBERED
from tests.screen.test_session import attempt, pressed
from tests.screen.test_unfold import CHAT, unfolding


def asked(question: Question, language: str = "en") -> Session:
    return start_session(Attempt(quiz=exhibit_quiz(language, question), started=0.0), 0.0)


def answered(question: Question, language: str = "en") -> Session:
    return press_key(asked(question, language), "3" if question is SPOTTED else "b", 1.0)


def drawn(session: Session, width: int, height: int = 40, top: int | None = None) -> list[Row]:
    return draw_session_page(session, width, height, top).rows


def place(rows: list[Row], words: str) -> tuple[int, int]:
    """The row and the column where words begin."""
    return next((at, row_text(row).index(words)) for at, row in enumerate(rows) if words in row_text(row))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", [*JUDGED, SPOTTED])
def test_from_100_columns_on_the_question_is_beside_its_exhibit(question: Question, language: str) -> None:
    view = build_question_view(asked(question, language).attempt, 0)
    label, stem = view.exhibit.label, view.stem[:16]  # type: ignore[union-attr]
    for session in (asked(question, language), answered(question, language)):
        for width in (100, 120, 200):
            rows = drawn(session, width)
            assert place(rows, label)[1] < place(rows, stem)[1]
            assert place(rows, label)[0] - place(rows, stem)[0] in (0, 1)  # a frame may be above its label
        rows = drawn(session, 99)
        assert place(rows, label)[0] < place(rows, stem)[0]


def test_a_click_in_either_column_chooses_what_it_lands_on() -> None:
    def clicked(session: Session, words: str) -> str:
        rows = drawn(session, 120)
        row, column = place(rows, words)
        return key_at_column(rows[row], column)

    view = build_question_view(asked(SPOTTED).attempt, 0)
    second = view.exhibit.lines[1]  # type: ignore[union-attr]
    assert clicked(asked(SPOTTED), second.words[0].text[:10]) == second.option
    assert clicked(asked(JUDGED[0]), "A scam") == "b"
    assert clicked(asked(JUDGED[0]), "Genuine, or") == ""


@pytest.mark.parametrize("question", [*JUDGED, SPOTTED])
def test_the_exhibit_stays_in_place_while_the_reasons_scroll(question: Question) -> None:
    session = answered(question)
    label = build_question_view(session.attempt, 0).exhibit.label  # type: ignore[union-attr]
    page = draw_session_page(session, 100, 16, 0)
    for top in range(page.max_top + 1):
        assert place(drawn(session, 100, 16, top), label) == place(page.rows, label)


@pytest.mark.parametrize("question", [*JUDGED, SPOTTED])
@pytest.mark.parametrize("width", [100, 160])
def test_nothing_moves_in_a_wide_window_when_an_answer_is_given(question: Question, width: int) -> None:
    view = build_question_view(asked(question).attempt, 0)
    before, after = (drawn(session, width) for session in (asked(question), answered(question)))
    for words in (view.stem[:16], view.exhibit.label):  # type: ignore[union-attr]
        assert place(before, words) == place(after, words)


def test_a_window_that_becomes_wide_shows_the_same_question() -> None:
    session = press_key(asked(SPOTTED), "down", 1.0)
    for width in (99, 100, 99):
        assert any(span.look == "cursor" for row in drawn(session, width) for span in row)


def test_the_latest_line_is_visible_however_low_the_window_is() -> None:
    session = unfolding(CHAT)
    for _line in range(3):
        session = press_key(session, "enter", 1.0)
    latest = session.open_question_view.exhibit.lines[-1]  # type: ignore[union-attr]
    rows = drawn(session, 100, 16)
    assert place(rows, latest.words[0].text[:8])
    assert place(rows, "Genuine, or")


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_home_the_bars_of_topics_are_beside_the_entries(language: str) -> None:
    home = replace(REMEMBERED, language=language)
    for width, height in ((120, 24), (120, 40), (200, 60)):
        rows = draw_home_page(home, width, height).rows
        assert {total_width(row) for row in rows} == {width}
        row, column = place(rows, " ← w")
        assert place(rows, " t ")[0] - 3 <= row <= place(rows, " p ")[0]
        assert key_at_column(rows[row], cell_len(row_text(rows[row])[:column])) == "w"
        row, column = place(rows, " t ")
        assert key_at_column(rows[row], column) == "t"
    rows = draw_home_page(home, 99, 24).rows
    assert place(rows, " ← w")[0] > place(rows, " p ")[0]


def test_the_bars_are_below_the_entries_where_these_would_take_two_rows_beside_them() -> None:
    rows = draw_home_page(REMEMBERED, 100, 30).rows
    assert place(rows, " ← w")[0] > place(rows, " e ")[0]
    assert place(rows, " e ")[0] - place(rows, " g ")[0] == len(list_entries(REMEMBERED)) - 1


def test_the_entry_under_the_cursor_is_visible_however_low_the_window_is() -> None:
    for cursor in range(8):
        rows = draw_home_page(replace(REMEMBERED, cursor=cursor), 100, 16).rows
        assert place(rows, "›")


def test_at_the_end_the_mistakes_are_beside_the_score() -> None:
    session = pressed(start_session(attempt(), 0.0), "s⏎" * 6 + "⏎")
    assert session.scene == "results"
    page = draw_session_page(session, 120, 24, 0)
    assert place(page.rows, "Score:")[1] < place(page.rows, "To remember")[1]
    assert place(page.rows, "Score:")[0] == place(page.rows, "To remember")[0]
    last = draw_session_page(session, 120, 24, page.max_top)
    assert place(last.rows, "Score:") == place(page.rows, "Score:")
    assert "To remember" not in "".join(map(row_text, last.rows))
