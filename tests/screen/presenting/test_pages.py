"""What room and guide see: pages as they were, and what holds for them at any size."""

from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.assemble import QuestionPool, Recipe, assemble
from quizgen.screen.page import MIN_SIZE
from quizgen.screen.presenting.guide import draw_guide_page, draw_waiting_page
from quizgen.screen.presenting.letters import draw_block_letters
from quizgen.screen.presenting.room import draw_room_page
from quizgen.screen.presenting.talk import HAND, Talk, TypedCount, list_right_answer_parts
from quizgen.screen.rows import row_text, total_width
from quizgen.text.languages import LANGUAGES
from quizgen.text.messages import _, pgettext
from quizgen.view.room import list_questions_to_ask_audience
from tests.banks import town_bank
from tests.screen.presenting.pages import FOLDER, all_pages, all_talks, each_sort, talks

TALKS = [talk for language in LANGUAGES for talk in all_talks(language)]
DRAW = {"room": draw_room_page, "guide": draw_guide_page}


def words(talk: Talk, who: str, width: int = 100, height: int = 40) -> str:
    """All that is on a page, without its breaks."""
    rows = DRAW[who](talk, width, height, talk.since).rows
    return " ".join(" ".join(row_text(row) for row in rows).split())


@pytest.mark.parametrize(("name", "text"), all_pages().items())
def test_every_step_matches_its_golden_page(name: str, text: str) -> None:
    assert text == (FOLDER / name).read_text(encoding="utf-8")


@given(
    st.sampled_from(TALKS),
    st.sampled_from(sorted(DRAW)),
    st.integers(2, 220),
    st.integers(1, 70),
    st.integers(0, 9),
    st.sampled_from(["", "help", "leave"]),
)
def test_a_page_fills_the_screen_to_the_cell(
    talk: Talk, who: str, width: int, height: int, top: int, over: Literal["", "help", "leave"]
) -> None:
    drawn = DRAW[who](replace(talk, top=top, over=over), width, height, talk.since)
    assert len(drawn.rows) == height
    assert {total_width(row) for row in drawn.rows} == {width}
    assert drawn.top <= drawn.max_top


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_narrowest_foot_has_the_keys_shown_nowhere_else(language: str) -> None:
    for talk in all_talks(language):
        foot = row_text(draw_room_page(talk, *MIN_SIZE, 0.0).rows[-1]).split()
        for does in (pgettext("step", "next"), _("keys"), pgettext("talk", "quit")):
            assert does.translated(language) in foot


def test_too_small_a_window_gets_a_message() -> None:
    assert "What the caller wants" in words(TALKS[0], "room", MIN_SIZE[0], MIN_SIZE[1])
    assert "needs 40×16" in words(TALKS[0], "room", MIN_SIZE[0], MIN_SIZE[1] - 1)


@pytest.mark.parametrize("talk", all_talks("en"), ids=lambda talk: f"{talk.step.index}-{talk.step.stage}")
def test_only_the_guide_sees_the_key_before_it_is_shown(talk: Talk) -> None:
    index = talk.step.index
    if index < 0:
        return
    question = talk.attempt.quiz.questions[index]
    room, guide = words(talk, "room"), words(talk, "guide")
    assert ("✓" in room) == (talk.step.stage == "key")
    assert ("[" in room) == (talk.step.stage == "key" and bool(question.exhibit))
    assert (question.rationale["en"][:20] in room) == (talk.step.stage == "key")
    assert question.rationale["en"][:20] in guide
    for part in list_right_answer_parts(talk, index):
        assert f"{part.name} {part.text}".strip()[:20] in guide
    assert list_questions_to_ask_audience(talk.attempt.quiz)[index] in guide


def test_every_step_of_our_questions_fits_100_columns_by_30_rows() -> None:
    """Only long exhibits scroll. A quiz has one of them at most."""
    bank = town_bank()
    quiz = assemble(bank, Recipe(count=40, audience="all"), 1, "en")
    long_ = QuestionPool(quiz.questions, bank.exhibits, max_long_exhibits=1).long
    taller = [
        f"{talk.step.stage} {quiz.questions[talk.step.index].id}"
        for talk in talks(quiz)
        if draw_room_page(talk, 100, 30, 0.0).max_top and quiz.questions[talk.step.index].id not in long_
    ]
    assert taller == []


def test_option_rows_and_their_question_are_aligned() -> None:
    for asked, options in pairwise(TALKS):
        if (asked.step.stage, options.step.stage) == ("question", "options"):
            before, after = (draw_room_page(talk, 100, 30, 0.0).rows for talk in (asked, options))
            changed = [
                row_text(one) for one, other in zip(before[1:-1], after[1:-1], strict=True) if one != other
            ]
            blank = {row.strip(" ┃│┏┓┗┛━─▂╭╮╰╯") == "" for row in changed}
            assert blank <= {True} or options.question_view.exhibit


@pytest.mark.parametrize("height", [30, 24, 22, 21])
def test_counting_the_first_hand_moves_nothing(height: int) -> None:
    """Somebody who clicks on an option for each hand would hit another one."""
    counted = [talk for talk in TALKS if talk.step.stage == "options" and talk.hand_counts]
    for talk in counted:
        before, after = (
            [
                next((span.key for span in row if span.key), "")
                for row in draw_room_page(each, 80, height, 0.0).rows
            ]
            for each in (replace(talk, hands={}), talk)
        )
        for letter in filter(None, before):
            assert after.index(letter) == before.index(letter)


def test_options_do_not_move_when_the_key_appears() -> None:
    for options, told in pairwise(TALKS):
        if options.step.stage == "options" and told.can_count_hands:
            before, after = (draw_room_page(talk, 200, 60, 0.0).rows for talk in (options, told))
            for letter in "abcdef"[: len(options.option_names)]:
                places = {
                    next(
                        y for y, row in enumerate(rows) if any(span.key == f"{HAND}{letter}" for span in row)
                    )
                    for rows in (before, after)
                }
                assert len(places) == 1


def test_bars_are_in_proportion_to_the_hands() -> None:
    for talk in all_talks("en"):
        if talk.step.stage != "key" or sum(map(bool, talk.hand_counts)) < 2:
            continue
        bars = [
            next(span.text for span in row if span.look == "full")
            for row in draw_room_page(talk, 100, 40, 0.0).rows
            if any(span.look == "full" and span.text for span in row)
        ]
        assert len(bars) == 2
        shares = [count for count in talk.hand_counts if count]
        assert max(map(len, bars)) * min(shares) / max(shares) == pytest.approx(min(map(len, bars)), abs=1)


def test_the_guide_may_have_another_language_and_sees_a_dark_screen() -> None:
    options = all_talks("en")[2]
    chinese = words(options.in_language("zh-Hant"), "guide")
    assert "螢幕上：選項" in chinese
    assert "接下來第 2 題" in chinese
    dark = replace(options, dark=True)
    assert words(dark, "room") == ""
    assert "On the screen: nothing (dark)" in words(dark, "guide")


@pytest.mark.parametrize("language", LANGUAGES)
def test_question_draft_and_keys_are_shown(language: str) -> None:
    talk = all_talks(language)[2]
    assert _("Press q again to quit.").translated(language) in words(replace(talk, over="leave"), "room")
    assert _("Hands for {option}, then Enter:", option="C").translated(language) in words(
        replace(talk, typing=TypedCount(2, "41")), "room"
    )
    help_ = words(replace(talk, over="help"), "room")
    for does in (
        _("the next step; Enter, → and PageDown too"),
        _("the previous step; PageUp too"),
        _("make the screen dark; any key brings it back. b works too if no option is called B"),
        _("quit the talk; asks first"),
    ):
        assert does.translated(language)[:12] in help_


def test_a_talk_warns_before_it_starts_if_letters_are_small() -> None:
    assert "are very small" in words(TALKS[0], "room", 200, 60)
    assert "are very small" not in words(TALKS[0], "room", 100, 30)


def test_a_guide_that_waits_says_for_what() -> None:
    for had_one, said in ((False, "quizgen present"), (True, "is over")):
        rows = draw_waiting_page("en", 60, 20, had_one=had_one)
        assert said in " ".join(row_text(row) for row in rows.rows)
        assert {total_width(row) for row in rows.rows} == {60}


def test_block_letters_have_a_size_and_unknown_ones_none() -> None:
    assert draw_block_letters("1", 1) == ["▄█ ", " █ ", "▀▀▀"]
    assert len(draw_block_letters("10-9", 2)) == 5
    assert len({len(row) for row in draw_block_letters("0123456789 ABCDEFGHIJ-✓", 1)}) == 1
    assert draw_block_letters("+86", 1) == []
    assert draw_block_letters("", 2) == []


def test_a_single_block_is_centred_on_a_wide_screen() -> None:
    """An exhibit and what is asked about it fill the width; a question without one would fill its left half."""
    quiet, beside = (
        next(
            each
            for each in all_talks("en")
            if each.step.index >= 0 and bool(each.question_view.exhibit) is told
        )
        for told in (False, True)
    )
    for draw in (draw_room_page, draw_guide_page):
        lines = [row_text(row) for row in draw(quiet, 200, 60, 0.0).rows[:-1]]
        assert all(line.startswith(" " * 48) for line in lines)
        assert any(line[50:54].strip() for line in lines)
    assert any(row_text(row)[24:48].strip() for row in draw_room_page(beside, 200, 60, 0.0).rows)


def test_the_guide_ends_with_advice_and_a_column_of_numbers() -> None:
    lines = [row_text(row).strip() for row in draw_guide_page(all_talks("en")[-1], 100, 30, 0.0).rows]
    assert _("If somebody has just been cheated").translated("en") in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_large_screen_has_large_letters(language: str) -> None:
    """Title, short questions, their options and the numbers fill it; in a usual window, words stay words."""
    title, *others = all_talks(language)
    for size in ((200, 60), (160, 45)):
        rows = [row_text(row) for row in draw_room_page(title, *size, 0.0).rows]
        assert sum("█" in row for row in rows) > 6
        judged = next(each for each in others if each.step.index >= 0 and each.question_view.exhibit)
        assert judged.question_view.stem not in words(judged, "room", *size)
        end = draw_room_page(others[-1], *size, 0.0).rows
        assert max(map(len, (row_text(row).rstrip() for row in end))) <= size[0]
    assert others[0].question_view.stem[:12] in words(others[0], "room", 80, 24)


def test_reasons_use_a_wide_screen() -> None:
    told = next(each for each in all_talks("en") if each.step.stage == "key" and each.question_view.exhibit)
    assert draw_room_page(told, 200, 60, 0.0).max_top == 0


def test_the_topic_of_a_judged_call_comes_with_its_answer() -> None:
    judged = [
        each
        for each in each_sort("en")
        if each.step.index >= 0 and each.question_view.answer.is_genuine_or_scam_choice
    ]
    assert {each.step.stage for each in judged} >= {"question", "key"}
    for each in judged:
        assert (each.question_view.topic_title in words(each, "room")) == (each.step.stage == "key")
