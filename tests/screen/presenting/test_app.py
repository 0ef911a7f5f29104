"""Both screens as Textual runs them, without a terminal: keys, foot, colours, resizing, following."""

import asyncio
from typing import Any

from quizgen.screen.presenting.app import GuideApp, GuideServices, RoomApp, RoomServices
from quizgen.screen.presenting.talk import Step, Talk
from quizgen.screen.rows import row_text
from tests.screen.presenting.test_talk import talk


async def is_drawn(app: RoomApp, pilot: Any, width: int) -> None:
    """Wait until the app is drawn in this width."""
    for _ in range(1000):
        if max(len(row_text(row)) for row in app.page.rows) == width:
            return
        await pilot.pause(0.02)
    raise AssertionError("it is not drawn anew")


def foot(app: RoomApp | GuideApp) -> str:
    """The key hints on the last row."""
    return row_text(app.page.rows[-1])


class Mouse:
    """Somebody who holds a talk by mouse, and always double-clicks, as many people do."""

    def __init__(self) -> None:
        self.now = 9.0
        self.room = RoomApp(talk(), RoomServices(lambda: self.now, lambda _: None))
        self.pilot: Any = None

    async def double(self, x: int, y: int) -> None:
        self.now += 1
        await self.pilot.click(offset=(x, y))
        self.now += 0.2
        await self.pilot.click(offset=(x, y))
        self.now += 1

    async def foot(self, words: str) -> None:
        await self.pilot.pause()
        await self.double(foot(self.room).index(words), self.room.size.height - 1)

    async def finds(self, words: str) -> tuple[int, int]:
        """Scroll to words, and give the cell where they begin."""
        await self.pilot.pause()
        for _ in range(40):
            for y, row in enumerate(self.room.page.rows):
                if words in row_text(row):
                    return row_text(row).index(words), y
            self.room.scroll_by(3)
        raise AssertionError(words)

    def hands(self) -> list[int]:
        return list(self.room.talk.hand_counts)

    def is_dark(self) -> bool:
        return self.room.talk.dark


def test_a_talk_works_by_mouse_alone() -> None:
    """On the smallest screen too, whose foot has no room for every key."""
    mouse = Mouse()

    async def hold() -> None:
        async with mouse.room.run_test(size=(40, 16)) as mouse.pilot:
            await mouse.foot("next")
            await mouse.foot("next")
            assert mouse.room.talk.step == Step("options", 0)
            await mouse.pilot.click(offset=await mouse.finds("Ask the office"))
            await mouse.pilot.click(offset=await mouse.finds("Ask the office"))
            await mouse.pilot.click(offset=await mouse.finds("Pay, since"))
            assert mouse.hands() == [1, 0, 0, 2]
            await mouse.foot("keys")
            await mouse.double(*await mouse.finds("make the"))
            assert mouse.is_dark()
            await mouse.pilot.click(offset=(20, 8))
            assert not mouse.is_dark()
            await mouse.foot("keys")
            await mouse.pilot.click(offset=await mouse.finds("clear the hands"))
            assert mouse.hands() == []
            await mouse.foot("quit")
            await mouse.pilot.click(offset=(20, 2))
            assert not mouse.room.talk.over
            await mouse.foot("quit")
            await mouse.foot("quit")
        assert mouse.room.talk.left

    asyncio.run(hold())


def test_a_talk_works_by_keys_and_the_guide_follows() -> None:
    shared: list[Talk | None] = [None]
    now = [9.0]
    room = RoomApp(talk(), RoomServices(lambda: now[0], lambda each: shared.__setitem__(0, each)))
    guide = GuideApp("zh-Hant", GuideServices(lambda: 9.0, lambda: shared[0]), has_own_language=True)

    async def hold() -> None:
        async with guide.run_test(size=(80, 24)):
            assert "講座還沒有開始" in seen(guide)
        async with room.run_test(size=(100, 30)) as pilot:
            assert shared[0] == talk()
            assert "hands" not in foot(room)
            await pilot.press("pagedown", "space")
            assert "hands" in foot(room)
            now[0] += 83
            room.redraw()
            assert "1:23" in seen(room)
            await pilot.press("b", "1", "2", "enter", "t")
            assert room.chosen_theme == "light"
            assert room.talk.hand_counts == (0, 12, 0, 0)
            assert "Ask the office yourself" in seen(room)
            await pilot.resize_terminal(80, 24)
            await is_drawn(room, pilot, 80)
            await pilot.press("full_stop")
            assert seen(room).strip() == ""
            await pilot.press("pageup", "q", "y")
        assert room.talk.left
        assert room.talk.step == Step("options", 0)

    async def follow() -> None:
        again = GuideApp("zh-Hant", GuideServices(lambda: 9.0, lambda: shared[0]), has_own_language=True)
        async with again.run_test(size=(80, 24)) as pilot:
            assert "螢幕上：選項" in seen(again)
            assert "關閉" in foot(again)
            await pilot.press("question_mark")
            assert "螢幕上" not in seen(again)
            assert "講座照常進行" in seen(again)
            await pilot.press("question_mark", "down")
            shared[0] = talk("space space space")
            again.poll_talk()
            await pilot.pause()
            assert "螢幕上：答案和解析" in seen(again)
            shared[0] = None
            again.poll_talk()
            await pilot.pause()
            assert "講座已結束" in seen(again)
            await pilot.press("q")
        assert not again.is_running

    def seen(app: RoomApp | GuideApp) -> str:
        return " ".join(row_text(row) for row in app.page.rows)

    asyncio.run(hold())
    asyncio.run(follow())


def test_the_foot_names_the_options_and_keys_close_the_list_of_keys() -> None:
    options = talk("space space")
    room = RoomApp(options, RoomServices(lambda: 9.0, lambda _: None))
    guide = GuideApp("en", GuideServices(lambda: 9.0, lambda: options), has_own_language=True)

    async def look() -> None:
        async with room.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            assert "A–D  hands" in foot(room)
        async with guide.run_test(size=(80, 24)) as pilot:
            page = guide.page.rows
            for key in ("escape", "enter", "space"):
                await pilot.press("question_mark")
                assert guide.page.rows[2:] != page[2:]
                await pilot.press(key)
                assert guide.page.rows[2:] == page[2:]

    asyncio.run(look())
