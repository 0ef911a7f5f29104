"""The screen by way of Textual, driven by its pilot."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec.structs import replace
from textual import events
from textual.drivers.headless_driver import HeadlessDriver

from quizgen.attempt import Attempt
from quizgen.screen.answer_input import NO_ROW
from quizgen.screen.app import KIOSK_EXIT_KEYS, AppServices, QuizApp
from quizgen.screen.rows import key_at_column
from quizgen.shapes import Fill
from quizgen.text.languages import LANGUAGES
from tests.banks import sample_quiz
from tests.exhibit_bank import JUDGED, SPOTTED, exhibit_quiz
from tests.screen.test_session import attempt

Script = Callable[[QuizApp, Any], Awaitable[None]]


class World:
    """The services: keeps attempts in a list, and has a clock that is set by hand."""

    def __init__(self, *, works: bool = True) -> None:
        self.kept: list[Attempt] = []
        self.works = works
        self.time = 100.0
        self.epoch = 0.0
        self.begun = 0

    def keep(self, attempt: Attempt) -> bool:
        self.kept.append(attempt)
        return self.works

    def fresh(self, language: str) -> Attempt:
        self.begun += 1
        return replace(attempt(language, kiosk=True), started=float(self.begun))

    def services(self) -> AppServices:
        return AppServices(
            save=self.keep, now=lambda: self.time, epoch=lambda: self.epoch, new_attempt=self.fresh
        )


def driven(
    script: Script, taken: Attempt, world: World | None = None, size: tuple[int, int] = (80, 24), **how: bool
) -> QuizApp:
    app = QuizApp(taken, (world or World()).services(), **how)

    async def drive() -> None:
        async with app.run_test(size=size) as pilot:
            await script(app, pilot)

    asyncio.run(drive())
    return app


def drawn(app: QuizApp) -> list[str]:
    """The lines on the terminal."""
    return [
        "".join(segment.text for segment in line) for line in app.screen._compositor.render_strips(app.size)
    ]


async def ticks(app: QuizApp, pilot: Any) -> None:
    """Let the app look at the clock, and wait until it is drawn."""
    app._handle_tick()
    await pilot.pause()


async def click(app: QuizApp, pilot: Any, key: str) -> None:
    """Click on whatever is that key."""
    for y, row in enumerate(app.page.rows):
        for x in range(app.size.width):
            if key_at_column(row, x) == key:
                await pilot.click(offset=(x, y))
                return
    raise AssertionError(key)


@pytest.mark.parametrize("mouse", [False, True], ids=["keys", "mouse"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_six_kinds_are_answered(language: str, *, mouse: bool) -> None:
    world = World()

    async def script(app: QuizApp, pilot: Any) -> None:
        words = "link" if language == "en" else "链接"
        for keys in ("d", "ad⏎", "f", "cab⏎", "cab⏎", f"{words}⏎"):
            question = app.session.attempt.question
            assert question
            for key in keys:
                world.time += 1.0  # or it would be the second of a double click
                name = "enter" if key == "⏎" else key
                if mouse and not (isinstance(question.answer, Fill) and key != "⏎"):
                    await click(app, pilot, name)
                else:
                    await pilot.press(name)
            assert any(line.strip().startswith("✓ ") for line in drawn(app)[3:12])
            world.time += 1.0
            await click(app, pilot, "enter") if mouse else await pilot.press("enter")
        assert app.session.scene == "results"
        await pilot.press("enter")

    app = driven(script, attempt(language), world)
    assert app.first.score().right == 6
    assert [kept.position for kept in world.kept] == [1, 2, 3, 4, 5, 6]


def test_a_double_click_counts_as_one_click() -> None:
    """Where ``next`` was clicked, the question that comes may have ``skip``."""
    world = World()

    async def script(app: QuizApp, pilot: Any) -> None:
        await click(app, pilot, "d")
        for scene, position in (("prompt", 1), ("feedback", 2), ("prompt", 2)):
            if (scene, position) == ("feedback", 2):
                await click(app, pilot, "a")
            await click(app, pilot, "enter")
            world.time += 0.2
            await pilot.click(offset=(3, 23))
            assert (app.session.scene, app.session.attempt.position) == (scene, position)
            world.time += 1.0
        await pilot.click(offset=(3, 23))
        assert app.session.attempt.position == 3  # skipped, since that was meant

    driven(script, attempt(), world)


def test_an_answer_is_saved_before_anything_else_is_shown() -> None:
    class Watching(World):
        app: QuizApp
        shown: list[list[str]]

        def keep(self, attempt: Attempt) -> bool:
            self.shown.append([row.text for row in map(self.app.render_row, range(24))])
            return super().keep(attempt)

    world = Watching()
    world.shown = []

    async def script(app: QuizApp, pilot: Any) -> None:
        before = drawn(app)
        world.app = app
        await pilot.press("a")
        assert world.shown == [before]
        assert drawn(app) != before

    driven(script, attempt(), world)


def test_a_failed_save_is_reported_and_the_quiz_continues() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        await pilot.press("d")
        assert "not saved" in drawn(app)[0]
        await pilot.press("enter", "s")
        assert app.session.attempt.position == 2

    assert driven(script, attempt(), World(works=False)).unsaved


def test_saving_practice_does_not_bring_back_a_deleted_attempt() -> None:
    world = World(works=False)

    async def script(_: QuizApp, pilot: Any) -> None:
        await pilot.press(*"sssss", "escape", "s")
        world.works = True
        await pilot.press("p", "escape", "s", "enter", "q")

    app = driven(script, attempt(feedback="end"), world)
    assert app.unsaved


def test_practising_is_a_separate_attempt() -> None:
    world = World()

    async def script(app: QuizApp, pilot: Any) -> None:
        await pilot.press(*"sssss", "escape", "s")
        assert app.session.scene == "results"
        world.time += 5
        await pilot.press("p")
        question = app.session.attempt.question
        assert question
        await pilot.press(
            *question.answer.format_correct_response("en").replace(" ", ""), "enter", "escape", "q"
        )

    app = driven(script, attempt(feedback="end"), world)
    assert app.first.score().right == 0
    assert app.first.finished_at
    assert [kept.position for kept in world.kept] == [1, 2, 3, 4, 5, 6, 1]
    assert world.kept[-1].score().right == 1


def test_setting_the_clock_changes_dates_but_takes_no_time() -> None:
    world = World()

    async def script(_: QuizApp, pilot: Any) -> None:
        await pilot.press("enter", "d", "enter")
        world.epoch += 3600
        world.time += 1
        await pilot.press("s", "q")

    app = driven(script, attempt(quiz_seconds=60.0), world)
    assert [(given.at, given.seconds) for given in app.first.answers] == [(100.0, 0.0), (3701.0, 1.0)]


def test_lost_focus_changes_nothing() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        from textual.events import AppBlur, AppFocus  # noqa: PLC0415

        before = drawn(app)
        app.post_message(AppBlur())
        await pilot.pause()
        assert drawn(app) == before
        app.post_message(AppFocus())
        await pilot.press("d")
        assert app.session.attempt.position == 1

    driven(script, attempt())


def test_keys_typed_after_the_end_have_no_effect() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        for key in ("ctrl+c", "s"):
            app.post_message(events.Key(key, None))
        await pilot.pause()
        app.leave_screen()  # as a key may ask for once more
        assert app.session.attempt.position == 0

    assert driven(script, attempt()).ended_by == signal.SIGINT


def test_only_the_left_button_clicks() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        await pilot.click(offset=(3, 23), button=3)
        await pilot.click(offset=(7, 7), button=3)
        assert app.session.attempt.position == 0

    driven(script, attempt())


def test_the_terminals_cursor_stands_where_words_are_typed() -> None:
    """There an input method shows what it offers."""

    async def script(app: QuizApp, pilot: Any) -> None:
        before = app.page.caret
        await pilot.press("电")
        assert before
        assert app.cursor_position == (before[0] + 2, before[1])

    blank = [question for question in sample_quiz().questions if isinstance(question.answer, Fill)]
    driven(script, replace(attempt(), quiz=replace(sample_quiz(), questions=tuple(blank))))


@pytest.mark.parametrize(("key", "by"), [("ctrl+c", signal.SIGINT), ("ctrl+d", 0), ("q", 0)])
def test_leaving_the_home_page_ends_the_program(key: str, by: int) -> None:
    async def script(_: QuizApp, pilot: Any) -> None:
        await pilot.press("d", key)

    app = driven(script, attempt())
    assert app.ended_by == by
    assert app.first.position == 1
    assert not app.is_running


def test_the_window_may_change_at_every_step() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        for size, key in (
            ((40, 16), "down"),
            ((20, 5), "d"),
            ((120, 40), "d"),
            ((41, 17), "enter"),
            ((1, 1), "s"),
        ):
            await pilot.resize_terminal(*size)
            await pilot.press(key)
            assert [len(drawn(app)), len(app.page.rows)] == [size[1], size[1]]
        assert app.session.attempt.position == 1  # what nobody can see answers nothing

    driven(script, attempt())


def test_pages_scroll_by_keys_and_wheel() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        await pilot.press("a", "home")
        top = app.page.top
        await pilot.press("pagedown")
        assert app.page.top == app.page.max_top > 0
        await pilot.press("up")
        assert app.page.top == app.page.max_top - 1
        await pilot.press("x", "escape")  # keys that do nothing here
        assert app.page.top == app.page.max_top - 1
        await pilot.press("pageup", "pageup")
        assert app.page.top == 0 <= top

    driven(script, attempt(), size=(40, 16))


def test_the_arrow_down_reads_an_exhibit_to_its_end_before_it_chooses() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        seen: list[str] = []
        unread = 0
        while app.page.unread:
            unread += 1
            *read, last = drawn(app)[:-1]  # above the foot
            assert last.startswith(" ▾ more below: ↓ or PgDn")
            seen += read
            await pilot.press("down")
        assert unread > 1
        seen += drawn(app)
        assert app.session.draft.cursor == NO_ROW
        assert all(
            any(words in row for row in seen) for words in ("I left my purse", "See you on", "Genuine")
        )
        await pilot.press("down", "enter")
        assert app.session.attempt.answers[0].response == (0,)

    wordy = replace(JUDGED[1], stem={"en": "Genuine, or a scam? " * 12})
    driven(script, Attempt(quiz=exhibit_quiz("en", wordy), started=0.0), size=(40, 16))


@pytest.mark.parametrize("size", [(80, 24), (100, 24), (200, 60)])
def test_a_line_can_be_clicked_if_the_question_asks_for_one(size: tuple[int, int]) -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        (y,) = (y for y, row in enumerate(drawn(app)) if "what it is for" in row)
        await pilot.click(offset=(drawn(app)[y].index("what it is for"), y))
        assert app.session.attempt.answers[0].right

    driven(script, Attempt(quiz=exhibit_quiz("en", SPOTTED), started=0.0), size=size)


def test_an_option_beside_its_exhibit_can_be_clicked_before_and_after_a_resize() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        for width, key in ((100, "down"), (99, "down"), (160, "up")):
            await pilot.resize_terminal(width, 30)
            await pilot.press(key)
        assert app.session.draft.cursor == 0
        await click(app, pilot, "b")
        assert app.session.attempt.position == 1

    driven(script, Attempt(quiz=exhibit_quiz("en", JUDGED[0]), started=0.0), size=(120, 40))


def test_pasted_text_is_not_taken_for_keys() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        from textual.events import Paste  # noqa: PLC0415

        app.post_message(Paste("d\nq\n"))
        await pilot.pause()
        assert app.session.attempt.position == 0
        assert any("does nothing here" in line for line in drawn(app))

    driven(script, attempt())


@pytest.mark.parametrize("space", ["\u3000", "\u00a0"])
def test_a_wide_space_is_a_space(space: str) -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        for character in f"电{space}子":
            app.post_message(events.Key(character, character))
        await pilot.pause()
        assert app.session.draft.words == "电 子"
        assert not app.session.unclear

    blank = [question for question in sample_quiz().questions if isinstance(question.answer, Fill)]
    driven(script, replace(attempt(), quiz=replace(sample_quiz(), questions=tuple(blank))))


@pytest.mark.parametrize(("light", "background"), [(False, (21, 24, 30)), (True, (251, 251, 248))])
def test_the_colours_change_between_light_and_dark(light: bool, background: tuple[int, int, int]) -> None:  # noqa: FBT001  a parameter
    async def script(app: QuizApp, pilot: Any) -> None:
        def colours() -> set[Any]:
            lines = app.screen._compositor.render_strips(app.size)
            return {
                s.style.bgcolor.get_truecolor() for line in lines for s in line if s.style and s.style.bgcolor
            }

        assert background in colours()
        await pilot.press("ctrl+t")
        assert background not in colours()
        await pilot.press("?")
        await click(app, pilot, "ctrl+t")
        assert background in colours()

    driven(script, attempt(), light=light)


def test_without_colour_there_are_no_escapes() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        await pilot.press("a")
        for line in app.screen._compositor.render_strips(app.size):
            for segment in line:
                style = segment.style
                assert not style or not style.color or style.color.is_default
                assert not style or not style.bgcolor or style.bgcolor.is_default
        assert any("✗ Wrong" in line for line in drawn(app))

    driven(script, attempt(), colour=False)


def test_the_clock_is_shown_and_runs_out() -> None:
    world = World()

    async def script(app: QuizApp, pilot: Any) -> None:
        world.time += 1000  # before Enter no clock runs
        await ticks(app, pilot)
        assert any("Time for each question: 0:20." in line for line in drawn(app))
        await pilot.press("enter")
        assert "  0:20" in drawn(app)[0]
        world.time += 15
        await ticks(app, pilot)
        assert " ! 0:05 " in drawn(app)[0]
        world.time += 5
        for _ in range(1000):  # it looks at the clock by itself
            if any("Time is up" in line for line in drawn(app)):
                return
            await pilot.pause(0.02)
        raise AssertionError("the clock stands still")

    driven(script, attempt(question_seconds=20.0), world)
    assert world.kept[0].answers[0].response is None


def test_time_stops_while_the_program_is_suspended(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()

    def stopped(_process: int, number: int) -> None:
        assert number == signal.SIGTSTP
        world.time += 1000

    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)
    monkeypatch.setattr(os, "kill", stopped)

    async def script(app: QuizApp, pilot: Any) -> None:
        await pilot.press("enter")
        world.time += 5
        await pilot.press("ctrl+z")
        await ticks(app, pilot)
        assert "0:15" in drawn(app)[0]

    driven(script, attempt(question_seconds=20.0), world)


# A kiosk


def test_a_kiosk_is_left_only_by_its_three_keys() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        for key in (
            "ctrl+c",
            "ctrl+z",
            "ctrl+backslash",
            "ctrl+q",
            "ctrl+d",
            "q",
            "escape",
            "ctrl+p",
            "f1",
            "ctrl+o",
            "x",
        ):
            await pilot.press(key)
        await pilot.press("ctrl+u", "ctrl+t")
        await pilot.press("ctrl+o", "ctrl+u", "pagedown", "ctrl+t")
        assert app.is_running
        await pilot.press(*KIOSK_EXIT_KEYS)

    app = driven(script, attempt(kiosk=True))
    assert not app.is_running


def test_nothing_of_one_visitor_is_left_for_the_next() -> None:
    world = World()

    async def script(app: QuizApp, pilot: Any) -> None:
        empty = drawn(app)
        await pilot.press("2", "d", "enter", "l", "a")
        world.time += 61
        await ticks(app, pilot)
        assert any("您还在吗？" in line or "您還在嗎？" in line for line in drawn(app))
        world.time += 15
        await ticks(app, pilot)
        assert drawn(app) == empty
        await pilot.press("1")
        assert app.session.attempt.answers == ()
        assert app.session.attempt.quiz.language == "en"
        assert app.session.draft.chosen == ()

    driven(script, attempt(kiosk=True), world)
    assert world.begun == 2


def test_the_next_visitor_does_not_get_the_last_ones_colours() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        await pilot.press("1")
        before = app._styles
        await pilot.press("ctrl+t")
        assert app._styles != before
        for _ in app.session.attempt.quiz.questions:
            await pilot.press("s", "enter")
        await pilot.press("enter", "enter")
        assert app.session.scene == "welcome"
        assert app._styles == before

    driven(script, attempt(kiosk=True))


def test_scrolling_starts_anew_for_the_next_visitor() -> None:
    async def script(app: QuizApp, pilot: Any) -> None:
        first = drawn(app)
        await pilot.press("1")
        for _ in app.session.attempt.quiz.questions:
            await pilot.press("s", "enter")
        await pilot.press("enter", "pagedown", "pagedown")
        assert app.session.scene == "results"
        assert app.page.top > 0
        await pilot.press("enter")
        assert app.session.scene == "welcome"
        assert drawn(app) == first

    driven(script, attempt(kiosk=True), size=(40, 16))


def test_half_of_the_ending_keys_is_forgotten_for_the_next_visitor() -> None:
    world = World()

    async def script(app: QuizApp, pilot: Any) -> None:
        await pilot.press("1", "ctrl+o", "ctrl+u")
        world.time += 100
        await ticks(app, pilot)
        assert app.session.scene == "welcome"
        await pilot.press("ctrl+t")
        assert app.is_running

    driven(script, attempt(kiosk=True), world)


@pytest.mark.parametrize("by", ["pagedown", "ctrl+t", "ctrl+c", "wheel", "click"])
def test_any_key_or_click_counts_as_activity(by: str) -> None:
    world = World()

    async def script(app: QuizApp, pilot: Any) -> None:
        await pilot.press("1")
        world.time += 61
        await ticks(app, pilot)
        assert any("still there" in line for line in drawn(app))
        if by == "wheel":
            app.post_message(events.MouseScrollDown(None, 1, 1, 0, 0, 0, shift=False, meta=False, ctrl=False))
            await pilot.pause()
        elif by == "click":
            await pilot.click(offset=(40, 15))
        else:
            await pilot.press(by)
        assert app.session.scene == "prompt"

    driven(script, attempt(kiosk=True), world)


def test_the_sample_is_one_of_each_kind() -> None:
    assert len({question.kind for question in sample_quiz().questions}) == 6
