"""The history on the full screen: read, and opened quiz by quiz."""

import asyncio
import re

import pytest
from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.screen.history_page import HistoryPage, draw_history_page, handle_key
from quizgen.screen.home_app import HistoryApp
from quizgen.screen.page import MIN_SIZE
from quizgen.screen.rows import Span, key_at_column, row_text, total_width
from quizgen.text.languages import LANGUAGES
from quizgen.text.messages import _
from quizgen.view.history import build_attempt_view, summarise_history
from tests.test_attempt import taken


def history_page(language: str = "en", *marks: str) -> HistoryPage:
    views = [
        build_attempt_view(replace(taken(each), started=1e9 + at * 86400), language)
        for at, each in enumerate(marks or ("++----", "+++++-", "+"))
    ]
    summary = summarise_history(views, days=3, streak=2, now=1e9 + 2 * 86400)
    listed = reversed([(number, view) for number, view in enumerate(views, start=1)])
    return HistoryPage(language, summary, days=(False, True, True), attempts=tuple(listed))


def text_of(page: HistoryPage, width: int = 80, height: int = 24) -> str:
    return "\n".join(row_text(row).rstrip() for row in draw_history_page(page, width, height).rows)


def test_the_history_sums_up_before_it_lists() -> None:
    text = text_of(history_page())
    assert "58%" in text  # of both finished quizzes
    assert "○●●" in text
    assert text.index("By topic") < text.index("Your quizzes") < text.index("5/6") < text.index("2/6")
    assert "left after 1 of 6" in text
    assert re.search(r"^ +2 quizzes$", text_of(history_page(), 40, 16), re.MULTILINE)
    assert re.search(r"^ +1 quiz$", text_of(history_page("en", "+-+-+-"), 40, 16), re.MULTILINE)
    assert "There are no attempts yet." in text_of(HistoryPage("en", summarise_history((), 0, 0, 0.0)))


@pytest.mark.parametrize("size", [MIN_SIZE, (60, 20), (80, 24)])
def test_however_many_topics_there_are_the_first_quiz_is_visible(size: tuple[int, int]) -> None:
    page = history_page()
    topics = tuple(replace(page.summary.topics[0], title=f"Topic {number}") for number in range(7))
    page = replace(page, summary=replace(page.summary, topics=topics))
    assert "left after 1 of 6" in text_of(page, *size)
    assert "Topic 6" in text_of(handle_key(page, "end"), *size) + text_of(page, *size)


def test_a_row_says_what_sort_of_quiz_it_was() -> None:
    rushed = replace(history_page().attempts[1][1], sort=_("Rush"), bank="Harbour")
    page = replace(history_page(), attempts=((1, rushed),))
    for width in (40, 80):
        assert re.search(r"5/6 .*Rush", text_of(page, width, 24))
    assert "Rush, Harbour" in text_of(page)


def test_enter_or_a_click_opens_a_quiz_and_other_keys_do_not_leave() -> None:
    page = history_page()
    assert handle_key(page, "enter").requested == 3
    assert handle_key(handle_key(page, "down"), " ").requested == 2
    assert handle_key(page, "open 1").requested == 1
    told = handle_key(page, "z")
    assert (told.leaving, told.said) == (False, "That key does nothing here.")
    assert handle_key(page, "escape").leaving
    opened = replace(page, opened=taken("+++++-"))
    assert "Score: 5/6" in text_of(opened)
    assert handle_key(opened, "escape") == page


@pytest.mark.parametrize("size", [MIN_SIZE, (80, 24), (130, 40)])
def test_a_quiz_that_was_left_says_so_and_counts_only_its_answers(size: tuple[int, int]) -> None:
    page = history_page("en", "+-+-")
    assert "left after 4 of 6" in text_of(page, *size)
    assert "2/6" not in text_of(page, *size)
    opened = text_of(replace(page, opened=taken("+-+-")), *size)
    assert "left after 4 of 6" in opened
    assert "Score: 2/4" in opened
    assert "End of the quiz" not in opened


def test_a_click_on_a_row_is_on_its_quiz() -> None:
    rows = draw_history_page(history_page(), 80, 24).rows
    keys = [key_at_column(row, 10) for row in rows if key_at_column(row, 10).startswith("open")]
    assert keys == ["open 3", "open 2", "open 1"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_scores_stand_below_each_other(language: str, width: int) -> None:
    rows = draw_history_page(history_page(language, "+++++-", "++----"), width, 24).rows
    begins = [total_width([Span(text.partition("/6")[0])]) for text in map(row_text, rows) if "/6" in text]
    assert len(begins) == 2
    assert len(set(begins)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [MIN_SIZE, (40, 16), (80, 24), (200, 60)])
def test_every_size_is_filled(language: str, size: tuple[int, int]) -> None:
    rows = draw_history_page(history_page(language), *size).rows
    assert [total_width(row) for row in rows] == [size[0]] * size[1]


def test_thousands_of_quizzes_are_not_drawn_at_once() -> None:
    page = history_page()
    many = replace(page, attempts=page.attempts * 2000, cursor=3000)
    assert draw_history_page(many, 80, 24).max_top < 300
    assert "› " in text_of(many)


def test_the_keys_are_listed_and_the_language_changes_on_the_list_and_on_a_quiz() -> None:
    page = history_page()
    assert handle_key(page, "l").language == "zh-Hans"
    helping = handle_key(page, "?")
    assert "open the quiz" in text_of(helping)
    assert handle_key(helping, "l") == replace(helping, language="zh-Hans")
    assert handle_key(helping, "down") == page
    assert handle_key(helping, "click enter").requested is not None
    opened = replace(page, opened=taken("++++++"))
    assert "return to the list" in text_of(handle_key(opened, "?"))
    assert handle_key(handle_key(opened, "?"), "enter") == opened
    assert handle_key(opened, "l").language == "zh-Hans"


def test_a_page_in_another_language_is_made_anew_and_keeps_the_cursor() -> None:
    async def play() -> HistoryPage:
        app = HistoryApp(history_page(), lambda _number: "", history_page)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("down", "l")
        return app.history

    assert asyncio.run(play()) == replace(history_page("zh-Hans"), cursor=1)


def test_a_quiz_that_cannot_be_read_is_named() -> None:
    async def play() -> HistoryPage:
        def load(number: int) -> Attempt | str:
            return "attempt 3 cannot be read" if number == 3 else taken("++++++")

        app = HistoryApp(history_page(), load)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("enter")
            assert app.history.said == "attempt 3 cannot be read"
            await pilot.press("down", "enter")
            assert app.history.opened == taken("++++++")
            await pilot.press("down", "enter", "q")
        return app.history

    assert asyncio.run(play()).leaving
