"""The home page, key by key, and by way of Textual."""

import asyncio
import re
from datetime import date

import pytest
from msgspec.structs import replace
from textual import events

from quizgen.profile import MEANINGS, NAMES
from quizgen.screen.answer_input import AnswerInput
from quizgen.screen.home import (
    Home,
    HomeAction,
    Setting,
    draw_home_page,
    handle_key,
    home_lines,
    list_entries,
    paste_text,
    return_from,
)
from quizgen.screen.home_app import HomeApp
from quizgen.screen.page import MIN_SIZE
from quizgen.screen.rows import key_at_column, row_text, total_width
from quizgen.screen.scenes import CLICKED
from quizgen.screen.session import Greeting
from quizgen.text.languages import LANGUAGES
from tests.screen.pages import KNOWLEDGE, homes

BEEN = Home("en", due=3, unfinished=(4, 10))


def pressed(home: Home, *keys: str) -> Home:
    for key in keys:
        home = handle_key(home, key)
    return home


@pytest.mark.parametrize(
    ("keys", "action"),
    [
        (("g",), "resume"),
        (("T",), "take"),
        (("ｓ",), "exhibits"),
        (("d",), "daily"),
        (("r",), "review"),
        (("h",), "history"),
        (("1",), "resume"),
        (("enter",), "resume"),
        (("j", "down", "up", " "), "take"),
        (("end", "up", "enter", "enter"), "stall"),
        (("v", "enter"), "stall"),
        (("v", "l", "enter"), "stall"),
        (("e",), "settings"),
        (("q",), "leave"),
        (("?", "q", "q"), "leave"),
    ],
)
def test_each_key_starts_a_task(keys: tuple[str, ...], action: HomeAction) -> None:
    assert pressed(BEEN, *keys).action == action


def test_escape_only_goes_back_so_it_never_leaves_the_program() -> None:
    assert pressed(BEEN, "escape").action is None


def test_an_empty_history_offers_no_review_and_no_resume() -> None:
    new = Home("en")
    assert [entry.key for entry in list_entries(new)] == [*"tsdrhbpve"]
    told = handle_key(new, "r")
    assert told.action is None
    assert told.said.startswith("Nothing is due")
    assert handle_key(new, "g").said == handle_key(new, "0").said == "That key does nothing here."
    assert handle_key(told, "down").said == ""


REMEMBERED = replace(
    BEEN, days=(True,) * 7, streak=9, today="■■□■■", knowledge=KNOWLEDGE, topics=KNOWLEDGE.topics
)


def test_the_weakest_topic_is_one_key_away() -> None:
    assert handle_key(REMEMBERED, "w").action == "weakest"
    assert handle_key(BEEN, "w").said == "That key does nothing here."
    text = "\n".join(map(row_text, draw_home_page(REMEMBERED, 80, 24).rows))
    assert "Tricks that no longer work on you: 31 of 83" in text
    assert "●●●●●●●  day 9" in text
    assert re.search("Parcels and fees +██░░░░░░ ← w", text)


def test_the_questions_of_a_day_are_not_asked_twice() -> None:
    (entry,) = (each for each in list_entries(REMEMBERED) if each.key == "d")
    assert entry.what == "done today: ■■□■■"
    told = handle_key(REMEMBERED, "d")
    assert told.action is None
    assert told.said == "You have answered today’s questions. There are new ones tomorrow."
    assert handle_key(BEEN, "d").action == "daily"


@pytest.mark.parametrize(
    ("keys", "options"),
    [
        ("up enter", ["--count", "10"]),
        ("enter down right up up enter", ["--count", "20", "--topic", "callers"]),
        ("left 2 3 begin", ["--count", "20", "--topic", "cards", "--feedback", "end", "--time-limit", "20m"]),
        ("2 down enter down down right space", ["--count", "20", "--feedback", "end", "--time-limit", "20m"]),
        ("up up space space down down down left begin", ["--count", "5", "--difficulty", "2"]),
    ],
)
def test_topic_length_and_exam_are_chosen_before_a_quiz(keys: str, options: list[str]) -> None:
    chosen = pressed(REMEMBERED, "o", *(" " if key == "space" else key for key in keys.split()))
    assert chosen.action == "chosen"
    assert chosen.choice
    assert chosen.choice.options() == options
    assert pressed(REMEMBERED, "right", "escape") == REMEMBERED
    assert pressed(REMEMBERED, "o", "x").said == "That key does nothing here."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [MIN_SIZE, (40, 16), (80, 24), (132, 40)])
def test_a_stall_is_opened_only_by_somebody_who_was_told_how_it_ends(
    language: str, size: tuple[int, int]
) -> None:
    asking = pressed(Home(language), "v")
    assert asking.action is None
    page = draw_home_page(asking, *size)
    shown = " ".join(map(row_text, page.rows))
    assert all(key in shown for key in ("Ctrl-O", "Ctrl-U", "Ctrl-T", "Enter", "Esc"))
    assert page.max_top == 0
    assert any("Ctrl-O" in line for line in home_lines(asking))
    for key in ("escape", "q"):
        assert pressed(asking, key) == replace(pressed(Home(language), "v"), asks_stall=False)
    assert pressed(asking, "t", "v", "x").action is None


def test_a_setting_is_chosen_by_key_or_by_mouse() -> None:
    settings = (
        Setting("organiser", NAMES["organiser"], MEANINGS["organiser"], "Market Post"),
        Setting("theme", NAMES["theme"], MEANINGS["theme"]),
    )
    home = replace(BEEN, settings=settings)
    chosen = pressed(home, "e", "down", "enter")
    assert chosen.setting
    assert (chosen.action, chosen.setting.key) == ("settings", "theme")
    assert pressed(home, "e", "escape") == pressed(home, "e", "q")
    assert pressed(home, "e", "q").setting is None
    assert pressed(home, "e", "x").said == "That key does nothing here."
    rows = draw_home_page(pressed(home, "e"), 80, 24).rows
    (row,) = (row for row in rows if "theme" in row_text(row))
    clicked = pressed(home, "e", key_at_column(row, 5))
    assert (clicked.action, clicked.setting) == (chosen.action, chosen.setting)
    assert any("Market Post" in row_text(row) for row in rows)
    in_chinese = draw_home_page(pressed(home, "e", "l"), 80, 24).rows
    assert any("主办单位" in row_text(row) for row in in_chinese)


@pytest.mark.parametrize("page", ["o", "e"])
def test_the_pages_of_choices_list_their_own_keys(page: str) -> None:
    home = replace(REMEMBERED, settings=(Setting("theme", NAMES["theme"], MEANINGS["theme"]),))
    chosen = pressed(home, page)
    listed = pressed(chosen, "?")
    text = "\n".join(row_text(row) for row in draw_home_page(listed, 80, 24).rows)
    assert "Keys" in text
    assert ("begin the quiz" in text) == (page == "o")
    assert pressed(listed, "x") == chosen
    assert pressed(listed, CLICKED + "enter").action == pressed(chosen, "enter").action
    assert pressed(listed, "l", "x") == pressed(chosen, "l")


@pytest.mark.parametrize(
    ("due", "name"),
    [(0, "Review: nothing due"), (1, "Review: 1 due"), (10, "Review: 10 due"), (21, "Review: 10 of 21 due")],
)
def test_the_home_page_says_how_many_of_those_due_a_review_asks(due: int, name: str) -> None:
    assert name in [entry.name for entry in list_entries(Home("en", due=due))]


def test_one_enter_too_many_after_a_quiz_begins_no_other() -> None:
    back = return_from(REMEMBERED, "exhibits")
    assert any(
        "› s Real or scam?" in " ".join(row_text(row).split()) for row in draw_home_page(back, 80, 24).rows
    )
    told = handle_key(back, "enter")
    assert (told.action, told.said) == (
        None,
        "Press Enter again for “Real or scam?”, or choose with ↑ and ↓.",
    )
    assert pressed(told, "enter").action == "exhibits"
    assert pressed(back, "up", "enter").action == "take"
    smallest = draw_home_page(told, *MIN_SIZE)
    assert any("Press Enter again" in row_text(row) for row in smallest.rows)
    assert return_from(REMEMBERED, "chosen").cursor == return_from(REMEMBERED, "take").cursor == 1
    assert return_from(replace(REMEMBERED, unfinished=None), "resume").cursor == 0


@pytest.mark.parametrize("size", [MIN_SIZE, (60, 20)])
def test_in_a_small_window_the_entry_under_the_cursor_is_explained(size: tuple[int, int]) -> None:
    for number, entry in enumerate(list_entries(REMEMBERED)):
        page = draw_home_page(replace(REMEMBERED, cursor=number), *size)
        text = " ".join(" ".join(map(row_text, page.rows)).split())
        assert entry.what in text


def test_when_nothing_is_due_the_next_date_is_named() -> None:
    told = handle_key(Home("en", next_due=(date(2026, 11, 30), "")), "r")
    assert (told.action, told.said) == (
        None,
        "Nothing is due for review. The next question is due on 30 November 2026.",
    )


def test_the_plain_page_remembers_too_and_lets_one_choose() -> None:
    lines = list(home_lines(REMEMBERED))
    assert "9 days of practice in a row (one day off is allowed)." in lines
    assert lines[-4:-1] == [
        "Tricks that no longer work on you: 31 of 83", "Strange callers: 80%", "Parcels and fees: 25%",
    ]  # fmt: skip
    assert list(home_lines(pressed(REMEMBERED, "o", "1")))[:2] == [
        "1) Topic: Strange callers",
        "2) Questions: 10",
    ]


def test_a_kit_is_printed_into_the_named_folder() -> None:
    asked = handle_key(BEEN, "p")
    assert (asked.action, asked.draft) == (None, AnswerInput(cursor=4, words="talk"))
    named = paste_text(pressed(asked, *["backspace"] * 4, "q", "l"), " may")
    assert (named.draft, named.language) == (AnswerInput(cursor=6, words="ql may"), "en")
    assert handle_key(named, "enter").action == "kit"
    assert pressed(asked, "escape") == pressed(BEEN, "end", "up", "up")
    assert handle_key(pressed(asked, *["backspace"] * 4), "enter").action is None
    assert paste_text(BEEN, "q") == BEEN


@pytest.mark.parametrize(
    ("key", "action"),
    [("y", "resume"), ("n", "take"), ("enter", "resume"), ("q", "leave"), ("t", None), ("l", None)],
)
def test_an_offer_to_resume_is_only_accepted_or_declined(key: str, action: HomeAction | None) -> None:
    asked = Home("en", offered="Go on with it? (y/n)", unfinished=(4, 10))
    assert [entry.key for entry in list_entries(asked)] == ["y", "n"]
    assert (handle_key(asked, key).action, handle_key(asked, key).language) == (action, "en")


def test_a_click_in_the_help_acts_and_a_key_only_closes_it() -> None:
    helped = handle_key(BEEN, "?")
    keys = {span.key for row in draw_home_page(helped, 80, 24).rows for span in row}
    assert {"click t", "click g", "ctrl+t"} <= keys
    assert handle_key(helped, "click t").action == "take"
    assert handle_key(helped, "t") == BEEN


def test_keys_change_the_language_and_toggle_help() -> None:
    languages = [pressed(BEEN, *["l"] * count).language for count in range(len(LANGUAGES) + 1)]
    assert languages == [*LANGUAGES, LANGUAGES[0]]
    assert pressed(BEEN, "?", "l").helping
    assert not pressed(BEEN, "?", "x").helping


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fills_the_screen_and_shows_the_cursor(language: str) -> None:
    for width, height in ((80, 24), MIN_SIZE, (130, 40), (39, 16)):
        for home in homes(language):
            page = draw_home_page(home, width, height)
            assert len(page.rows) == height
            assert {total_width(row) for row in page.rows} == {width}
            if not (home.draft or home.helping or home.asks_stall) and width >= MIN_SIZE[0]:
                assert any(row_text(row).lstrip().startswith("›") for row in page.rows)


def test_line_mode_has_the_same_entries_and_messages() -> None:
    told = list(home_lines(Home("en", Greeting("Market Post", "Real or scam?"), due=3)))
    assert told[:3] == [
        "Market Post",
        "Real or scam?",
        "t) Take a quiz (ten questions, with an explanation for each)",
    ]
    assert any(line.startswith("r) Review: 3 due") for line in told)
    assert "简体中文" in told[-1]


@pytest.mark.parametrize("mouse", [False, True])
def test_output_of_a_task_scrolls_from_its_end_and_any_key_closes_it(*, mouse: bool) -> None:
    app = HomeApp(replace(BEEN, output=tuple(f"line {number}" for number in range(100))))

    def seen() -> str:
        return "\n".join(map(row_text, app.page.rows))

    async def drive() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            assert "line 99" in seen()
            assert "line 65" not in seen()
            if mouse:
                for _ in range(10):
                    app.post_message(
                        events.MouseScrollUp(None, 9, 9, 0, 0, 0, shift=False, meta=False, ctrl=False)
                    )
                    await pilot.pause()
            else:
                await pilot.press("k", "up", "pageup")
            assert "line 65" in seen()
            assert not app.home.action
            await (pilot.click(offset=(4, 23)) if mouse else pilot.press("q"))
            assert "Take a quiz" in seen()

    asyncio.run(drive())
    assert app.home == BEEN


@pytest.mark.parametrize("mouse", [False, True])
def test_the_full_screen_works_by_key_and_by_mouse(*, mouse: bool) -> None:
    app = HomeApp(BEEN)

    async def drive() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("x", "l", "ctrl+t")
            if mouse:
                y = next(y for y, row in enumerate(app.page.rows) if key_at_column(row, 8) == "s")
                await pilot.click(offset=(8, y))
            else:
                await pilot.press("s", "h")  # the second comes too late

    asyncio.run(drive())
    assert (app.home.action, app.home.language) == ("exhibits", "zh-Hans")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "your best result: 48,900 yuan"), ("zh-Hans", "最好成绩：48,900元")]
)
def test_the_best_result_of_the_game_is_shown_in_the_language_of_the_page(language: str, words: str) -> None:
    home = Home(language, best=48_900, currency={"en": "yuan", "zh-Hans": "元"})
    assert words in "\n".join(home_lines(home))
    assert "best result" not in "\n".join(home_lines(replace(home, best=None)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_says_what_the_question_bank_is_about(language: str) -> None:
    home = Home(language, about={"en": "Scams of Lowland", "zh-Hans": "低地骗局", "zh-Hant": "低地騙局"})
    about = {"en": "Scams of Lowland", "zh-Hans": "低地骗局", "zh-Hant": "低地騙局"}[language]
    assert about in "\n".join(map(row_text, draw_home_page(home, 80, 24).rows))
    assert about in list(home_lines(home))
    greeted = replace(home, greeting=Greeting(headline="Fair of the fire brigade"))
    assert next(iter(home_lines(greeted))) == "Fair of the fire brigade"
