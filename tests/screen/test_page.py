import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.color import Color, ColorSystem
from rich.style import Style

from quizgen.attempt import Attempt
from quizgen.screen.answer_input import AnswerInput
from quizgen.screen.page import MIN_SIZE, compose_page, draw_session_page
from quizgen.screen.palette import DARK, LIGHT, NONE, ROOM_DARK, ROOM_LIGHT, build_styles
from quizgen.screen.rows import Look, Row, Span, key_at_column, row_text, spread_row, total_width
from quizgen.screen.scenes import ScrollArea, press_key
from quizgen.screen.scenes.prompt import HINTS
from quizgen.screen.session import Greeting, Session, next_language, open_welcome, start_session
from quizgen.shapes import Match
from quizgen.text.languages import LANGUAGES, locale, localize
from quizgen.text.messages import _
from quizgen.view.question import build_question_view
from tests.exhibit_bank import JUDGED, SPOTTED, exhibit_quiz
from tests.screen.pages import FOLDER, all_pages, exhibit_sessions, sessions, unfolding_sessions
from tests.screen.test_session import attempt, pressed


@pytest.mark.parametrize(("name", "text"), all_pages().items())
def test_every_scene_matches_its_golden_page(name: str, text: str) -> None:
    assert text == (FOLDER / name).read_text(encoding="utf-8")


ALL = [
    session
    for language in LANGUAGES
    for session in (*sessions(language), *exhibit_sessions(language), *unfolding_sessions(language))
]


@given(
    st.sampled_from(ALL), st.integers(1, 220), st.integers(1, 60), st.one_of(st.none(), st.integers(-5, 60))
)
def test_a_page_fills_the_screen_to_the_cell(
    session: object, width: int, height: int, top: int | None
) -> None:
    drawn = draw_session_page(session, width, height, top)  # type: ignore[arg-type]
    assert len(drawn.rows) == height
    if width >= 2:
        assert {total_width(row) for row in drawn.rows} == {width}
    if drawn.caret:
        assert 0 <= drawn.caret[0] < width
        assert 0 <= drawn.caret[1] < height


@pytest.mark.parametrize(("width", "height"), [(39, 16), (40, 15), (10, 3)])
def test_a_window_that_is_too_small_gets_a_message(width: int, height: int) -> None:
    text = " ".join(
        row_text(row).strip() for row in draw_session_page(start_session(attempt(), 0.0), width, height).rows
    )
    assert f"This window is {width}×{height}"[:20] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_smallest_window_fits_an_exhibit_and_its_question(language: str) -> None:
    """Blank rows, frames and the hint are left out, but no text and no option."""
    for question in (*JUDGED, SPOTTED):
        session = start_session(Attempt(quiz=exhibit_quiz(language, question), started=0.0), 0.0)
        low, high = draw_session_page(session, 40, 16), draw_session_page(session, 40, 60)
        assert low.max_top == 0
        seen, all_ = ("".join(map(row_text, drawn.rows)).split() for drawn in (low, high))
        hint = HINTS[build_question_view(session.attempt, 0).hint_id].translated(language).split()
        stop = ["q", _("stop").translated(language)]  # by a key in the list of keys
        frames = {word for word in all_ if not word.strip("─╭╮╰╯┌┐└┘├┤")}
        assert set(all_) - set(seen) <= {*hint, *stop, *frames, "l", locale(next_language(language)).autonym}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kiosk_welcome_in_all_languages_fits_the_smallest_window(language: str) -> None:
    greeting = Greeting("Riverside police station", "Real or scam? Three minutes", "Come and try, no names")
    drawn = draw_session_page(open_welcome(replace(attempt(language), kiosk=True), 0.0, greeting), 40, 16)
    seen = "\n".join(map(row_text, drawn.rows))
    assert [locale(each).autonym in seen for each in LANGUAGES] == [True] * len(LANGUAGES)
    assert greeting.organiser in seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exhibit_stays_in_place_when_its_signs_are_marked(language: str) -> None:
    """Brackets come around telltale words, and signs before options: all stays where it was."""

    def above(session: Session) -> list[str]:
        rows = [row_text(row) for row in draw_session_page(session, 80, 40).rows[2:]]
        stem = build_question_view(session.attempt, 0).stem
        return [
            row.translate({ord("["): None, ord("]"): None}).replace(" ", "")
            for row in rows[: next(at for at, row in enumerate(rows) if stem in row) + 1]
        ]

    for question in (*JUDGED, SPOTTED):
        session = start_session(Attempt(quiz=exhibit_quiz(language, question), started=0.0), 0.0)
        answered = press_key(session, "3" if question is SPOTTED else "b", 1.0)
        assert answered.scene == "feedback"
        assert above(answered) == above(session)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_smallest_window_has_hints_for_stopping_and_more(language: str) -> None:
    """Keys are set closer before any is left out."""
    answered = press_key(start_session(attempt(language), 0.0), "b", 1.0)
    for session in (start_session(attempt(language), 0.0), answered, press_key(answered, "enter", 2.0)):
        foot = row_text(draw_session_page(session, 40, 16).rows[-1]).split()
        assert _("stop").translated(language) in foot
        assert (_("more").translated(language) in foot) == (session.scene == "feedback")


def test_hints_say_press_where_letters_are_keys() -> None:
    def seen(session: Session) -> str:
        return " ".join(" ".join(row_text(row) for row in draw_session_page(session, 40, 16).rows).split())

    blank = next(at for at, each in enumerate(attempt().quiz.questions) if each.answer.takes_words)
    typing = pressed(start_session(attempt(), 0.0), "s⏎" * blank)
    assert "Type the missing words" in seen(typing)
    listening = press_key(typing, "escape", 1.0)
    assert "Type the missing words" not in seen(listening)
    assert "Enter or Esc: type" in seen(listening)
    assert "Type the missing words" in seen(press_key(listening, "escape", 2.0))


def clicked(keys: str, words: str) -> str:
    """The key of the row that has these words, after those keys."""
    drawn = draw_session_page(pressed(start_session(attempt(), 0.0), keys), 80, 24)
    (row,) = (row for row in drawn.rows if words in row_text(row))
    start_of = row_text(row).index(words)
    return key_at_column(row, start_of)


def test_a_click_in_the_list_of_keys_presses_that_key() -> None:
    def clicked_on(session: Session, words: str) -> Session:
        (row,) = (row for row in draw_session_page(session, 40, 40).rows if words in row_text(row))
        return press_key(session, key_at_column(row, row_text(row).index(words)), 1.0)

    listed = pressed(start_session(attempt(), 0.0), "d⏎?")
    assert listed.scene == "help"
    back = clicked_on(listed, "look back at your")
    assert (back.scene, back.reviewed) == ("review", 0)
    assert clicked_on(listed, "stop; your").request == "leave"
    assert (press_key(listed, "q", 1.0).scene, press_key(listed, "q", 1.0).request) == ("prompt", None)


@pytest.mark.parametrize(
    ("keys", "words", "key"),
    [
        ("", "Reply and ask", "b"),
        ("", "skip", "s"),
        ("", "简体中文", "l"),
        ("d", "next", "enter"),
        ("d⏎", "It is short", "c"),
        ("d⏎s⏎", "False", "f"),
        ("d⏎s⏎s⏎", "Owner", "2"),
        ("d⏎s⏎s⏎", "takes the report", "b"),
        ("d⏎s⏎s⏎s⏎", "Hang up", "c"),
        ("", "A text message", ""),
    ],
)
def test_a_click_is_the_key_of_what_it_lands_on(keys: str, words: str, key: str) -> None:
    assert clicked(keys, words) == key


def test_the_first_click_at_a_kiosk_chooses_the_language() -> None:
    session = next(sessions("en"))
    rows = draw_session_page(session, 80, 24).rows
    assert next(key_at_column(row, 8) for row in rows if "简体中文" in row_text(row)) == "2"


def test_right_and_wrong_are_shown_by_signs_and_words() -> None:
    for keys, sign in (("d", "✓ Right"), ("a", "✗ Wrong"), ("s", "– Skipped")):
        text = "\n".join(
            row_text(row)
            for row in draw_session_page(pressed(start_session(attempt(), 0.0), keys), 80, 24).rows
        )
        assert f"  {sign}" in text
        assert "✓  d  Ask the office yourself (right answer" in text


@pytest.mark.parametrize(("count", "keys"), [(0, "a"), (1, "ab⏎"), (2, "t"), (3, "cab⏎"), (5, "x⏎")])
def test_nothing_moves_when_an_answer_is_given(count: int, keys: str) -> None:
    session = pressed(start_session(attempt(), 0.0), "s⏎" * count)
    before, after = (
        [row_text(row) for row in draw_session_page(each, 80, 29).rows]
        for each in (session, pressed(session, keys))
    )
    stem = before.index(" " * 80, 3) + 1
    assert after[2:stem] == before[2:stem]
    names = {0: "abcd", 1: "abcd", 2: "tf", 3: "123"}.get(count, "")
    for row, name in enumerate(names, start=stem):
        assert before[row].index(name) == after[row].index(name)


@pytest.mark.parametrize(
    ("keys", "note"), [("z", "That key does nothing here."), ("⏎", "Nothing chosen yet.")]
)
@pytest.mark.parametrize("width", [40, 80])
def test_a_note_does_not_move_the_hint(keys: str, note: str, width: int) -> None:
    session = start_session(attempt(), 0.0)
    before = [row_text(row).strip() for row in draw_session_page(session, width, 24).rows]
    after = [row_text(row).strip() for row in draw_session_page(pressed(session, keys), width, 24).rows]
    place = after.index(note)
    assert before[place] == ""
    assert before[:place] == after[:place]
    assert before[place + 1 :] == after[place + 1 :]


def test_titles_of_sources_are_shown_when_they_are_opened() -> None:
    session = pressed(start_session(attempt(), 0.0), "s⏎s⏎s⏎s")
    short = [row_text(row).strip() for row in draw_session_page(session, 60, 24).rows]
    full = [row_text(row).strip() for row in draw_session_page(pressed(session, "m"), 60, 24).rows]
    assert sum("Source:" in row or "Gazette" in row for row in short) == 1
    assert any("Gazette" in row for row in full)
    assert [row_text(row).strip() for row in draw_session_page(pressed(session, "mm"), 60, 24).rows] == short


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "most"), [(40, 2), (80, 1)])
def test_keys_take_two_rows_at_the_most(language: str, width: int, most: int) -> None:
    for session in (*sessions(language), *unfolding_sessions(language)):
        rows = draw_session_page(session, width, 24).rows
        assert sum(any(span.look == "key" for span in row) and row[0].look == "foot" for row in rows) <= most


@pytest.mark.parametrize(
    ("count", "keys", "answer"),
    [
        (0, "a", ["a) Pay, since the sum is small"]),
        (1, "bd⏎", ["b) It comes on a Monday", "d) It is in a hurry"]),
        (2, "t", ["t) True"]),
        (3, "abc⏎", ["1a) Caller: hangs up", "2b) Owner: takes the report", "3c) Office: asks for the code"]),
    ],
)
def test_looking_back_in_an_exam_shows_the_full_answer(count: int, keys: str, answer: list[str]) -> None:
    session = pressed(start_session(attempt(feedback="end"), 0.0), "s" * count + keys + "←")
    rows = [row_text(row).strip() for row in draw_session_page(session, 80, 24).rows]
    first = rows.index("Your answer:") + 1
    assert rows[first : first + len(answer) + 1] == [*answer, ""]


def test_looking_back_in_an_exam_shows_the_order_and_words_given() -> None:
    ordered = pressed(start_session(attempt(feedback="end"), 0.0), "ssssbac⏎⎋←")
    rows = [row_text(row).strip() for row in draw_session_page(ordered, 80, 24).rows]
    first = rows.index("Your answer:") + 1
    steps = [localize(step, "en") for step in ordered.attempt.quiz.questions[4].answer.steps]  # type: ignore[attr-defined]
    assert rows[first : first + 3] == [f"1b) {steps[1]}", f"2a) {steps[0]}", f"3c) {steps[2]}"]


def test_the_row_under_the_cursor_is_always_seen() -> None:
    session = start_session(attempt(), 0.0)
    session = replace(session, attempt=replace(session.attempt, quiz=long_quiz()))
    for _time in range(10):
        session = press_key(session, "down", 0.0)
        assert any("›" in row_text(row) for row in draw_session_page(session, 40, 16).rows)


def long_quiz() -> object:
    quiz = attempt().quiz
    question = quiz.questions[0]
    texts = tuple({"en": f"{text['en']} and {'so on ' * 20}"} for text in question.answer.options)  # type: ignore[attr-defined]
    return replace(quiz, questions=(replace(question, answer=replace(question.answer, options=texts)),))


def test_the_choices_of_a_match_are_visible_at_every_prompt() -> None:
    """On the smallest screen too, as far as there is room: somebody with a mouse clicks on what is seen."""
    session = pressed(start_session(attempt(), 0.0), "s⏎" * 3)
    match = session.open_question.answer
    assert isinstance(match, Match)
    texts = tuple({"en": f"{text['en']} {'and so on, ' * 9}"} for text in match.prompts)
    question = replace(session.open_question, answer=replace(match, prompts=texts))
    quiz = replace(session.attempt.quiz, questions=(*session.attempt.quiz.questions[:3], question))
    session = replace(session, attempt=replace(session.attempt, quiz=quiz))
    for prompt in "23":
        rows = draw_session_page(press_key(session, prompt, 0.0), 40, 16).rows
        keys = {span.key for row in rows for span in row}
        assert {prompt, "a", "b", "c"} <= keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_thanks_to_a_visitor_are_in_view(language: str) -> None:
    session = pressed(start_session(attempt(language, kiosk=True), 0.0), "s⏎" * 6 + "⏎")
    assert session.scene == "results"
    rows = [row_text(row).strip() for row in draw_session_page(session, 40, 16).rows]
    assert any(_("Thank you for taking part.").translated(language) in row for row in rows)


@pytest.mark.parametrize("keys", ["?", "s⏎" * 6 + "⏎"])
def test_a_page_to_read_says_that_more_is_below_until_it_is_seen(keys: str) -> None:
    session = pressed(start_session(attempt(), 0.0), keys)
    assert session.scene in ("help", "results")
    first = draw_session_page(session, *MIN_SIZE)
    assert any("more below: ↓ or PgDn" in row_text(row) for row in first.rows)
    last = draw_session_page(session, *MIN_SIZE, first.max_top)
    assert not any("more below" in row_text(row) for row in last.rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_frame_without_top_and_bottom_has_no_right_side(language: str) -> None:
    session = start_session(Attempt(quiz=exhibit_quiz(language, *JUDGED), started=0.0), 0.0)
    for size in (MIN_SIZE, (80, 40)):
        text = "\n".join(row_text(row).rstrip() for row in draw_session_page(session, *size).rows)
        assert ("╭" in text) == (" │\n" in text)


def test_scrolling_shows_all_and_says_that_there_is_more() -> None:
    session = replace(start_session(attempt(), 0.0), draft=AnswerInput())
    session = pressed(session, "a")
    first = draw_session_page(session, 40, 16, 0)
    assert row_text(first.rows[-3]).endswith("↓") or row_text(first.rows[-2]).endswith("↓")
    last = draw_session_page(session, 40, 16, 10_000)
    assert last.top == last.max_top > 0
    assert row_text(last.rows[2]).endswith("↑")
    tops = range(last.max_top + 10)
    seen = [
        row_text(row) for top in tops for row in draw_session_page(pressed(session, "m"), 40, 16, top).rows
    ]
    assert any("A text message" in row for row in seen)
    assert any("Gazette, 2020-03" in row for row in seen)


# Colours


def luminance(colour: Color | None) -> float:
    """WCAG 2.2, relative luminance."""
    assert colour
    parts = [value / 255 for value in colour.get_truecolor()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("system", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT])
@pytest.mark.parametrize("palette", [DARK, LIGHT, ROOM_DARK, ROOM_LIGHT])
def test_every_text_stands_out_from_its_background(palette: dict[Look, str], system: ColorSystem) -> None:
    for look, true in build_styles(palette).items():
        assert true.color
        assert true.bgcolor
        style = Style(color=true.color.downgrade(system), bgcolor=true.bgcolor.downgrade(system))
        low, high = sorted((luminance(style.color), luminance(style.bgcolor)))
        wanted = 4.5 if look not in ("full", "empty") else 1.5  # WCAG 2.2, 1.4.3; a bar is no text
        assert (high + 0.05) / (low + 0.05) >= wanted, look


def test_the_scroll_mark_of_a_full_row_stays_within_the_window() -> None:
    full = [spread_row((Span("x" * 60),), (), 39, "text") for _row in range(40)]
    page = compose_page([], ScrollArea(full, (20, 21)), [], "en", 40, 16)
    assert page.top
    assert {total_width(row) for row in page.rows} == {40}


def test_without_colour_there_is_none() -> None:
    assert all(style.color is None and style.bgcolor is None for style in build_styles(NONE).values())
    assert build_styles(NONE)["key"] == Style(reverse=True)


@pytest.mark.parametrize(("height", "shown"), [(12, "a long sour…"), (13, "a long source")])
def test_an_ending_is_whole_if_there_is_room_for_it(height: int, shown: str) -> None:
    def rows(*texts: str) -> list[Row]:
        return [(Span(text),) for text in texts]

    area = ScrollArea(
        rows("verdict", "reason", "a long sour…"), whole=2, ending=rows("", "a long source", "number 2")
    )
    page = compose_page([(), ()], area, [], "en", 80, height - 6)
    texts = [row_text(row).strip() for row in page.rows]
    assert shown in texts
    assert ("number 2" in texts) == (shown == "a long source")


def test_hints_never_run_together_in_the_smallest_window() -> None:
    for session in (*sessions("en"), *unfolding_sessions("en")):
        last = row_text(draw_session_page(session, 40, 16).rows[-1])
        for does in ("answer", "next", "stop it", "this line", "skip"):
            assert not re.search(rf"\b{does} \S", last), last


def test_what_is_unread_can_be_named() -> None:
    lines: list[Row] = [(Span(f"line {number}"),) for number in range(20)]
    for named, expected in (
        ("What to do is below", "▾ What to do is below"),
        ("", "▾ more below: ↓ or PgDn"),
    ):
        page = compose_page([], ScrollArea(lines, read=20, unread=named), [], "en", 80, 16)
        assert row_text(page.rows[-1]).strip(" ↓") == expected.strip(" ↓")


def test_blank_rows_below_are_not_announced() -> None:
    rows: list[Row] = [(Span(str(number)),) for number in range(18)]
    for last, is_unread in (((), False), ((Span("the end"),), True)):
        area = ScrollArea([*rows, (), last], read=20)
        page = compose_page([(Span("Quizgen"),)], area, [], "en", 60, 20)
        assert page.unread == is_unread
        assert any("more below" in row_text(row) for row in page.rows) == is_unread
