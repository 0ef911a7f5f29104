"""The web page in a real browser: by keyboard, mouse and finger."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble, assemble_days
from quizgen.attempt import Attempt
from quizgen.page import PageHeader, make_page_content, render_page
from quizgen.text.languages import LANGUAGES, locale
from quizgen.text.messages import Message, _, pgettext
from quizgen.view.glossary import explain_words
from quizgen.view.text import localize_for_display
from tests.banks import in_french, town_bank
from tests.formats.quizzes import every_kind
from tests.page.browser import CHROMIUM, PATIENCE, Browser
from tests.readers import node_with

pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="no Chromium is here to open a page in; `sh scripts/readers` installs it"
)

FOCUS = r"(document.activeElement.textContent || document.activeElement.type || '').trim().replace(/\u00a0/g, ' ')"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEADING = r"document.getElementById('heading').textContent.replace(/\u00a0/g, ' ')"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with ExitStack() as stack:
        try:
            started = stack.enter_context(Browser(tmp_path_factory.mktemp("browser")))
        except OSError:  # as where it is kept in a sandbox of its own, which no pipe leads into
            pytest.skip("the Chromium that is here does not start")
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    quiz = every_kind()
    path = tmp_path_factory.mktemp("page") / "quiz.html"
    content = make_page_content(quiz.bank, [quiz], LANGUAGES)
    path.write_bytes(render_page(content, PageHeader("River Post")))
    return path.as_uri()


def go_to(browser: Browser, words: str) -> None:
    """Go on by Tab, until what has the focus begins with these words."""
    for _time in range(30):
        browser.press("Tab")
        if str(browser.look(FOCUS)).startswith(words):
            return
    raise AssertionError((words, browser.look("document.body.innerText")))


def answer(browser: Browser) -> str:
    """Answer a question in whatever way it asks for, rightly or not; give the way."""
    way = str(browser.look("document.getElementById('hint').textContent"))
    if browser.look("document.querySelector('.tap') !== null"):
        while browser.look("document.querySelector('.more') !== null"):
            go_to(browser, "Next line")
            browser.press("Enter")
            assert browser.look("document.getElementById('live').textContent") == browser.look(
                "[...document.querySelectorAll('.exhibit .line')].pop().textContent"
            )
        go_to(browser, str(browser.look("document.querySelector('.tap').textContent")))
        browser.press("Enter")
        return f"{way} at once"
    while browser.look("document.querySelector('.more') !== null"):
        go_to(browser, "Next line")
        browser.press("Enter")
    browser.look("document.getElementById('heading').focus()")
    browser.press("Tab")
    if "line" in way or "tick" in way or "one." in way:
        browser.press(" ")
    elif "goes with" in way:
        for downs in (1, 2, 3):
            for _ in range(downs):
                browser.press("ArrowDown")
            browser.press("Tab")
    elif "arrows" in way:
        go_to(browser, "↓")
        browser.press("Enter")
        assert "now in place 2 of 3" in str(browser.look("document.getElementById('live').textContent"))
        assert browser.look(FOCUS) == "↓"
    else:
        browser.type("Web link!")
    if "words" not in way:
        go_to(browser, "Answer")
    browser.press("Enter")
    return way


STEPS = "document.body.dataset.stage === 'step'"
GO_ON = (
    "document.querySelector('.bar .main').click();"
    "if (document.body.dataset.stage === 'pause') document.querySelector('.bar .main').click()"
)
"""Go to the next step, also through the page before the repeat of the last question."""


def test_every_kind_is_answered_by_keyboard_alone(browser: Browser, address: str) -> None:
    browser.open(address, 320)
    go_to(browser, "Begin")
    browser.press("Enter")
    total = len(every_kind().questions)
    ways = set()
    asked = 0
    while browser.look(STEPS):
        asked += 1
        assert str(browser.look(FOCUS)).startswith("Question ")
        if asked == 1:
            # What is lacking is said, and the focus goes where it can be mended.
            go_to(browser, "Answer")
            browser.press("Enter")
            assert browser.look("document.querySelector('[role=alert]').textContent") == "Nothing chosen yet."
            assert browser.look("document.activeElement.type") == "radio"
            browser.look("document.getElementById('heading').focus()")
        ways.add(answer(browser))
        assert str(browser.look(FOCUS)).startswith("Question ")
        verdict = str(browser.look("document.getElementById('live').textContent"))
        assert verdict
        assert verdict in str(browser.look("document.querySelector('.verdict').textContent"))
        marks = browser.look("document.querySelectorAll('mark').length")
        assert (marks > 0) == bool(browser.look("document.querySelectorAll('figure').length"))
        assert browser.look(TOO_WIDE) == 0
        # No value is missing in what is said, and none is left open.
        assert not re.search(r"undefined|null|NaN|[{}]", str(browser.look("document.body.innerText")))
        browser.look("document.querySelector('.bar .main').focus()")
        browser.press("Enter")
    assert asked > total  # missed questions came back
    assert len(ways) == 8
    shown = str(browser.look("document.getElementById('screen').innerText"))
    assert not re.search(r"undefined|null|NaN|[{}]", shown)
    assert f"/{total}" in shown
    assert "Scams stopped: " in shown
    assert browser.asked_for() == [address]
    assert browser.complaints() == []


def button(words: str) -> str:
    """Give the expression that finds a button."""
    return f"[...document.querySelectorAll('button')].find(each => each.textContent === {json.dumps(words)})"


def fill_in(browser: Browser, point: Callable[[str], None]) -> None:
    """Choose, type or move something, where one tap does not answer."""
    for place in range(int(browser.look("document.querySelectorAll('select').length"))):
        # The list that opens is the browser's own, so that it is chosen from by keys.
        browser.look(f"document.getElementById('prompt-{place}').focus()")
        for _time in range(place + 1):
            browser.press("ArrowDown")
    for field in ("#words", "[data-way=down]", "label.choice"):
        if browser.look(f"document.querySelector('{field}') !== null"):
            point(f"document.querySelector('{field}')")
    if browser.look("document.getElementById('words') !== null"):
        browser.type("网址")


@pytest.mark.parametrize(("by", "width", "language"), [("finger", 320, "zh-Hans"), ("mouse", 768, "zh-Hant")])
def test_every_kind_is_answered_by_finger_and_mouse(
    browser: Browser, address: str, by: str, width: int, language: str
) -> None:
    def say(words: Message) -> str:
        return words.translated(language)

    def point(element: str) -> None:
        browser.point(element, touch=by == "finger")

    browser.open(address, width, "dark", touch=by == "finger")
    point(button(locale(language).autonym))
    point(button(say(_("Begin"))))
    total = len(every_kind().questions)
    heading = say(_("Question {number} of {total} · {topic}", number=1, total=total, topic=""))
    assert str(browser.look(HEADING)).startswith(heading)
    while browser.look(STEPS):
        assert browser.look(TOO_WIDE) <= 0
        fill_in(browser, point)
        taps = browser.look("document.querySelector('.tap') !== null")
        point("document.querySelector('.tap')" if taps else button(say(pgettext("verb", "Answer"))))
        assert browser.look(TOO_WIDE) <= 0
        assert browser.look("document.querySelector('.verdict').textContent.length") > 2
        point("document.querySelector('.verdict')")  # two quick taps at one place would be a double tap
        point("document.querySelector('.bar .main')")
    assert f"/{total}" in browser.look("document.querySelector('.score').textContent")
    point("document.querySelector('summary')")
    assert browser.look("document.querySelector('details').open")
    assert browser.complaints() == []


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(320, "light", 0), (768, "dark", 1), (1280, "light", 2)]
)
def test_axe_finds_nothing(browser: Browser, address: str, width: int, scheme: str, language: int) -> None:
    """axe-core finds nothing at the start, in questions of each sort, in their feedback, and in the result."""
    _, folder = node_with("axe-core")
    script = (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    browser.open(address, width, scheme)
    browser.look(f"document.querySelectorAll('#languages button')[{language}].click()")
    found = browser.look(f"{script}; {_AXE}")
    assert found["seen"] >= 8
    assert found["wrong"] == []
    assert browser.complaints() == []


_AXE = """
(async () => {
  const wrong = [], seen = new Set();
  const main = () => document.querySelector("#screen .main");
  const check = async (stage) => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    wrong.push(...violations.map(({ id, nodes }) => `${stage}: ${id}: ${nodes.map(({ html }) => html)}`));
  };
  await check("start");
  document.querySelector("[data-begin=quiz]").click();
  while (document.querySelector("form")) {
    const way = `${document.getElementById("hint").textContent} ${(document.querySelector("figure") || {}).className}`;
    const anew = !seen.has(way);
    if (anew) await check(way);
    if (anew) document.querySelectorAll(".more").forEach((each) => each.click());
    document.querySelector(".skip").click();
    document.querySelectorAll("details").forEach((each) => { each.open = true; });
    if (anew) await check(`told of ${way}`);
    seen.add(way);
    main().click();
  }
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
  await check("result");
  return { wrong, seen: seen.size };
})()
"""


@pytest.fixture(scope="module")
def game(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write a page with money: six exhibits to judge in one quiz, with 20,000 yuan or more at stake in each."""
    bank = town_bank()
    exhibits = {
        id_: replace(each, stake=20_000, lines=tuple(replace(line, lost=None) for line in each.lines))
        for id_, each in bank.exhibits.items()
    }
    bank = replace(bank, exhibits=exhibits)
    recipe = Recipe(count=6, kinds=("judge",))
    quiz, days = assemble(bank, recipe, 4, "en"), assemble_days(bank, recipe, "en")
    path = tmp_path_factory.mktemp("game") / "quiz.html"
    path.write_bytes(render_page(make_page_content(bank, [quiz], ["en"], days), PageHeader()))
    return path.as_uri()


MONEY = "document.querySelector('.money b').textContent"
STEP = "history.state.step"


def test_taking_scams_for_genuine_costs_money_and_never_more_than_there_is(
    browser: Browser, game: str
) -> None:
    browser.open(game, 360)
    browser.look("document.querySelector('[data-begin=quiz]').click()")
    kept = 50_000
    while browser.look(STEPS):
        asked = "document.querySelector('.stake')"
        counts = browser.look(f"{asked} !== null")
        if counts:
            gone = "Your money is gone, so nothing more can be lost. Your answers still count."
            expected = f"{min(20_000, kept):,} yuan at stake" if kept else gone
            assert browser.look(f"{asked}.textContent") == expected
        browser.look("document.querySelector('.tap[data-option=\"0\"]').click()")  # genuine
        wrong = browser.look("document.querySelector('.verdict.wrong') !== null")
        kept -= min(20_000, kept) if counts and wrong else 0
        assert browser.look(MONEY) == f"{kept:,} yuan"
        assert bool(browser.look("document.querySelector('.twin') !== null")) == bool(
            wrong and browser.look("document.querySelector('.twin mark') !== null")
        )
        browser.look(GO_ON)
    assert kept == 0
    shown = str(browser.look("document.querySelector('.purse').innerText"))
    assert "You kept 0 of 50,000 yuan." in shown
    assert "line 1 (−20,000 yuan)." in shown
    # Each mistake is named by what came and from whom.
    names = browser.look("[...document.querySelectorAll('summary')].map(each => each.textContent)")
    assert names
    assert not [each for each in names if "Genuine, or a scam?" in each]
    assert browser.look("document.querySelector('a[href=\"tel:110\"]').textContent") == "110"
    assert browser.complaints() == []


def test_the_last_question_comes_back_after_a_page_in_between(browser: Browser, tmp_path: Path) -> None:
    bank = town_bank()
    quiz = assemble(bank, Recipe(count=3, kinds=("judge",)), 5, "en")
    path = tmp_path / "quiz.html"
    path.write_bytes(render_page(make_page_content(bank, [quiz], ["en"]), PageHeader()))
    browser.open(path.as_uri(), 360)
    browser.look("document.querySelector('[data-begin=quiz]').click()")
    for number, question in enumerate(quiz.questions, start=1):
        is_wrong = number == 3
        genuine = bank.exhibits[question.exhibit].genuine
        option = 0 if genuine != is_wrong else 1
        browser.look(f"document.querySelector('.tap[data-option=\"{option}\"]').click()")
        assert browser.look("document.querySelector('.verdict.wrong') !== null") == is_wrong
        browser.look("document.querySelector('.bar .main').click()")
    assert browser.look(HEADING) == "Once more: the last question"
    browser.look("document.querySelector('.bar .main').click()")
    assert browser.look("document.querySelector('.tap') !== null")
    assert browser.look("document.querySelector('.chip') !== null")
    assert browser.complaints() == []


def test_a_call_answers_back(browser: Browser, tmp_path: Path) -> None:
    bank = town_bank()
    question = next(
        each
        for each in bank.questions.values()
        if each.kind == "judge" and any(line.replies for line in bank.exhibits[each.exhibit].lines)
    )
    lines = bank.exhibits[question.exhibit].lines
    quiz = assemble(bank, Recipe(questions=(question.id,)), 1, "en")
    path = tmp_path / "quiz.html"
    path.write_bytes(render_page(make_page_content(bank, [quiz], ["en"]), PageHeader()))
    browser.open(path.as_uri(), 360)
    browser.look("document.querySelector('[data-begin=quiz]').click()")
    while browser.look("document.querySelector('.more') !== null"):
        browser.look("document.querySelector('.more').click()")
    # The exhibit waits until something is said; then come what one says, and what follows.
    point = next(line for line in lines if line.replies)
    said = browser.look("[...document.querySelectorAll('.replies button')].map(each => each.textContent)")
    assert said == [localize_for_display(each.say, "en") for each in point.replies]
    browser.look("document.querySelectorAll('.replies button')[1].click()")
    shown = browser.look("[...document.querySelectorAll('.exhibit .line')].map(each => each.textContent)")
    follows = [localize_for_display(each.text, "en") for each in point.replies[1].then]
    assert [each.partition(": ")[2] for each in shown][-1 - len(follows) :] == [said[1], *follows]
    browser.look("document.querySelector('.tap').click()")
    told = str(browser.look("document.querySelector('.exhibit').textContent"))
    assert said[1] in told
    assert said[0] not in told
    assert browser.complaints() == []


def test_back_goes_back_in_the_quiz(browser: Browser, game: str) -> None:
    browser.open(game, 360)
    browser.look("document.querySelector('[data-begin=quiz]').click()")
    for number in (1, 2):
        assert str(browser.look(HEADING)).startswith(f"Question {number} of 6")
        browser.look("document.querySelector('.tap').click()")
        browser.look("document.querySelector('.bar .main').click()")
    for step in (1, 0):
        go_back(browser, f"document.querySelector('.verdict') !== null && {STEP} === {step}")
    go_back(browser, "document.querySelector('[data-begin=today]') !== null")
    # Nothing is answered twice: the quiz goes on where it was.
    assert "Go on with question 3" in str(browser.look("document.querySelector('.cards').textContent"))
    assert browser.complaints() == []


def go_back(browser: Browser, until: str) -> None:
    browser.look("setTimeout(() => history.back())")
    ends = time.monotonic() + PATIENCE
    while not browser.look(until):
        assert time.monotonic() < ends, until
        time.sleep(0.05)


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_people_who_do_not_want_it(
    browser: Browser, game: str, wish: str, *, moves: bool
) -> None:
    browser.open(game, 360)
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": wish}])
    browser.look("document.querySelector('[data-begin=quiz]').click()")
    browser.look("document.querySelector('.more').click(); document.querySelector('.tap').click()")
    moving = (
        "[...document.querySelectorAll('*')].some(each => getComputedStyle(each).animationName !== 'none')"
    )
    assert browser.look(moving) == moves


def test_in_a_wide_window_the_buttons_are_beside_the_message_though_words_are_explained(
    browser: Browser, tmp_path: Path
) -> None:
    bank = town_bank()
    quizzes = (
        assemble(bank, Recipe(questions=(each.id,)), 1, "en")
        for each in bank.questions.values()
        if each.kind == "judge" and len(bank.exhibits[each.exhibit].lines) > 1
    )
    quiz = next(
        each for each in quizzes if explain_words(Attempt(quiz=each, started=0.0), 0, is_answered=False)
    )
    path = tmp_path / "quiz.html"
    path.write_bytes(render_page(make_page_content(bank, [quiz], ["en"]), PageHeader()))
    browser.open(path.as_uri(), 1280)
    browser.look("document.querySelector('[data-begin=quiz]').click()")
    words = "document.querySelectorAll('form > .faint').length"
    more = "document.querySelector('.more, .replies button')"
    while browser.look(f"{more} !== null"):
        assert browser.look(words) == 0  # a word may stand in a line that has not appeared
        browser.look(f"{more}.click()")
    edges = browser.look(
        "['.exhibit', '.bar', '.skip'].map(each => document.querySelector(each).getBoundingClientRect())"
        ".map(box => [box.left, box.right, box.bottom])"
    )
    assert edges[1][0] > edges[0][1]
    assert edges[2][2] <= browser.look("innerHeight")
    assert browser.look(words) > 0


def test_lines_to_choose_from_have_the_whole_width(browser: Browser, tmp_path: Path) -> None:
    bank = town_bank()
    quiz = assemble(bank, Recipe(count=1, kinds=("spot",)), 1, "en")
    path = tmp_path / "quiz.html"
    path.write_bytes(render_page(make_page_content(bank, [quiz], ["en"]), PageHeader()))
    browser.open(path.as_uri(), 1280)
    browser.look("document.querySelector('[data-begin=quiz]').click()")
    left, begins = browser.look(
        "['form', '.exhibit'].map(each => document.querySelector(each).getBoundingClientRect().left)"
    )
    assert begins - left < 32


def test_five_questions_are_for_today_once(browser: Browser, game: str) -> None:
    browser.open(game, 360)
    browser.look(
        "Object.defineProperty(navigator, 'share', { value: async (it) => { window.shared = it.text; } })"
    )
    browser.look("document.querySelector('[data-begin=today]').click()")
    asked = 0
    while browser.look(STEPS):
        asked += not browser.look("document.querySelector('.chip') !== null")
        browser.look("document.querySelector('.skip').click()")
        browser.look(GO_ON)
    assert asked == 5
    browser.look("document.querySelector('.share button').click()")
    shared = str(browser.look("window.shared")).splitlines()
    assert re.fullmatch(r"\d+ [A-Z][a-z]+ □□□□□ kept [0-9,]+, day 1", shared[1])
    go = "[...document.querySelectorAll('button')].find(each => each.textContent === 'To the start').click()"
    browser.look(go)
    assert browser.look("document.querySelector('[data-begin=today]') === null")
    assert "Done for today" in str(browser.look("document.querySelector('.cards').textContent"))
    assert browser.look("document.querySelectorAll('.dots .on').length") == 1
    assert browser.complaints() == []


def test_a_result_is_copied_where_nothing_shares_and_shown_where_nothing_copies(
    browser: Browser, game: str
) -> None:
    for clipboard in ("{ writeText: async (text) => { window.copied = text; } }", "undefined"):
        browser.open(game, 360)
        browser.look(
            "Object.defineProperty(navigator, 'share', { value: undefined });"
            f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }}); 1"
        )
        browser.look("document.querySelector('[data-begin=quiz]').click()")
        while browser.look(STEPS):
            browser.look("document.querySelector('.skip').click()")
            browser.look(GO_ON)
        browser.look("document.querySelector('.share button').click()")
        shown = browser.look(
            "new Promise(done => setTimeout(() => done(window.copied || document.getElementById('shared').value), 50))"
        )
        assert "I had 0 of 6 right." in str(shown)
    assert browser.look("document.activeElement.id") == "shared"
    assert browser.complaints() == []


def test_a_printed_result_shows_its_reasons(browser: Browser, game: str) -> None:
    browser.open(game, 768)
    browser.look("document.querySelector('[data-begin=quiz]').click()")
    while browser.look(STEPS):
        browser.look("document.querySelector('.skip').click()")
        browser.look(GO_ON)
    folded = "document.querySelectorAll('details:not([open])').length"
    assert browser.look(folded)
    browser.look("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.look(folded) == 0
    browser.call("Emulation.setEmulatedMedia", media="print")
    hidden = ("#languages", ".bar", ".share", ".forget")
    shown = [browser.look(f"getComputedStyle(document.querySelector('{each}')).display") for each in hidden]
    browser.call("Emulation.setEmulatedMedia", media="")
    assert shown == ["none"] * 4
    browser.look("window.dispatchEvent(new Event('afterprint'))")
    assert browser.look(folded)


def test_the_page_continues_after_a_change_of_language(browser: Browser, address: str) -> None:
    browser.open(address, 1280, "dark")
    go_to(browser, "Begin")
    browser.press("Enter")
    browser.press("Tab")
    browser.press(" ")
    browser.look("document.querySelectorAll('#languages button')[2].click()")
    assert browser.look("document.documentElement.lang") == "zh-Hant"
    assert "短信" not in str(browser.look("document.body.innerText"))
    assert "簡訊" in str(browser.look("document.querySelector('legend').textContent"))
    assert browser.look("document.querySelectorAll(':checked').length") == 1  # what was chosen still is
    go_to(browser, "送出")
    browser.press("Enter")
    browser.open(address, 1280, anew=False)
    assert browser.look("document.querySelector('.row .main').textContent") == "從第 2 題繼續"
    browser.look("document.querySelector('.row .main').click()")
    assert str(browser.look(HEADING)).startswith("第 2 題")
    browser.open(address, 1280, anew=False)
    # Nothing is forgotten without a question, whose first answer keeps everything.
    for chosen, kept in (("保留", 1), ("清除", 0)):
        go_to(browser, "清除我的作答")
        browser.press("Enter")
        assert browser.look(FOCUS) == "保留"
        go_to(browser, chosen) if not kept else None
        browser.press("Enter")
        assert browser.look("localStorage.length") == kept
    assert browser.look("document.activeElement.id") == "title"
    assert browser.look("localStorage.length") == 0
    browser.open(address, 1280, anew=False)
    assert browser.look("document.querySelector('.row .main').textContent") == "Begin"
    assert set(browser.asked_for()) == {address}
    assert browser.complaints() == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_bank_in_another_language_is_read_in_that_one(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    quiz = in_french(replace(every_kind(), language=language))
    path = tmp_path / "quiz.html"
    path.write_bytes(render_page(make_page_content(quiz.bank, [quiz], [language]), PageHeader()))
    browser.open(path.as_uri(), 320)
    look = "(each => each && each.closest('[lang]').lang)"
    browser.look("document.querySelector('.main').click()")
    parts = ("legend", ".choice", "#hint", ".main", "#heading")
    languages = [browser.look(f"{look}(document.querySelector('{what}'))") for what in parts]
    assert languages == ["fr", "fr", "en", "en", "en"]
    browser.look("document.querySelector('.skip').click()")
    assert browser.look(f"{look}(document.querySelector('.review li'))") == "fr"
    assert browser.look(f"{look}(document.querySelector('.verdict'))") == "en"
    assert browser.look("document.documentElement.lang") == language
    assert browser.look(f"{look}(document.getElementById('private'))") == "en"


def test_the_page_may_load_nothing(browser: Browser, address: str) -> None:
    browser.open(address, 768)
    browser.look(
        "new Image().src = 'https://example.org/a.png'; fetch('https://example.org/b').catch(() => 0); 1"
    )
    browser.look(
        "const added = document.createElement('script'); added.textContent = 'window.ran = 1'; document.body.append(added)"
    )
    assert browser.look("window.ran === undefined")
    assert browser.asked_for() == [address]
    for what in ("a.png", "example.org/b", "inline script"):
        assert any("Content Security Policy" in each and what in each for each in browser.complaints())
