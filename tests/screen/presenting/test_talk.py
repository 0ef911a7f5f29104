"""A talk as a state machine: every key, from the title to the end."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.screen.presenting.talk import (
    KEYS,
    Step,
    Talk,
    TalkHost,
    handle_key,
    list_right_answer_parts,
    list_steps,
    start_talk,
)
from tests.banks import sample_quiz
from tests.exhibit_bank import exhibit_quiz


def talk(keys: str = "", *, exhibits: bool = False) -> Talk:
    """A talk after so many keys, one a second from the first second on."""
    started = start_talk(exhibit_quiz("en") if exhibits else sample_quiz(), TalkHost(), 0.0)
    return pressed(started, keys)


def pressed(of: Talk, keys: str) -> Talk:
    for at, key in enumerate(keys.split(), start=1):
        of = handle_key(of, " " if key == "space" else key, float(at))
    return of


def test_a_talk_goes_from_its_title_to_the_numbers_to_call() -> None:
    shown = [(step.stage, step.index) for step in list_steps(sample_quiz())]
    assert shown[:5] == [
        ("title", -1),
        ("question", 0),
        ("options", 0),
        ("key", 0),
        ("question", 1),
    ]
    assert shown[-3:] == [("question", 5), ("key", 5), ("end", -1)]  # a blank has no options


def test_questions_that_were_shown_are_counted_also_after_going_back() -> None:
    talk = start_talk(sample_quiz(), TalkHost(), 0.0)
    assert talk.shown_questions == 0
    for key in (" ", " ", " ", " ", "left", "left"):
        talk = handle_key(talk, key, 1.0)
    assert talk.shown_questions == 2


def test_lines_to_choose_from_are_shown_at_once() -> None:
    quiz = exhibit_quiz("en")
    spots = [index for index, question in enumerate(quiz.questions) if question.answer.option_line_numbers]
    assert spots
    for index in spots:
        assert Step("options", index) not in list_steps(quiz)


@pytest.mark.parametrize("key", [key for key, does in KEYS.items() if does == "next"])
def test_keys_of_a_remote_control_go_forward_and_back(key: str) -> None:
    on = handle_key(talk(), key, 1.0)
    assert on.step == Step("question", 0)
    for back in ("pageup", "left"):
        assert pressed(on, back).step.stage == "title"
    assert pressed(talk(), "pageup").place == 0
    end = talk()
    for at in range(40):
        end = handle_key(end, key, float(at))
    assert end.step.stage == "end"
    assert end.next_step is None


def test_the_keys_for_hands_are_those_of_the_options_that_there_are() -> None:
    found = {
        (step.stage, step.index): talk(" ".join(["space"] * place)).hand_keys
        for place, step in enumerate(list_steps(sample_quiz()))
    }
    assert found["question", 0] == ""
    assert found["options", 0] == found["key", 0] == "A–D"
    assert found["options", 2] == "A–B"
    spots = (talk(" ".join(["space"] * place), exhibits=True) for place in range(40))
    assert any(each.hand_keys == "1–4" for each in spots)


def test_hands_are_typed_by_letter_and_number_before_or_after_the_reveal() -> None:
    open_ = talk("space space")
    assert pressed(open_, "a 1 2 b 7 enter").hand_counts == (12, 7, 0, 0)
    assert pressed(open_, "a 1 2 b 7 pagedown").hand_counts == (12, 7, 0, 0)
    told = talk("space space space")
    assert pressed(told, "Ｂ ７ enter").hand_counts == (0, 7, 0, 0)  # as a Chinese keyboard may write them
    assert pressed(told, "b 7 enter b 9 enter").hand_counts == (0, 9, 0, 0)
    assert pressed(told, "b 0 0 7 enter").hand_counts == (0, 7, 0, 0)


@pytest.mark.parametrize(
    "keys", ["a enter", "a 3 escape", "a 3 backspace enter", "a 3 enter x", "a 3 delete"]
)
def test_hands_that_are_withdrawn_are_not_counted(keys: str) -> None:
    after = pressed(talk("space space"), keys)
    assert after.hand_counts == ()
    assert after.typing is None


def test_a_space_between_letter_and_number_does_not_show_the_right_answer() -> None:
    open_ = talk("space space")
    spaced = pressed(open_, "a space 1 2 space b space 7 space")
    assert (spaced.step, spaced.hand_counts) == (open_.step, (12, 7, 0, 0))
    assert pressed(spaced, "space").step.stage == "key"


def test_hands_stay_with_their_question() -> None:
    after = pressed(talk("space space"), "a 3 enter space space space")
    assert (after.step, after.hand_counts) == (Step("options", 1), ())
    assert pressed(after, "pageup pageup").hand_counts == (3, 0, 0, 0)


def test_a_line_is_named_by_its_number() -> None:
    quiz = exhibit_quiz("en")
    index, numbers = next(
        (index, question.answer.option_line_numbers)
        for index, question in enumerate(quiz.questions)
        if question.answer.option_line_numbers
    )
    place = list_steps(quiz).index(Step("question", index))
    open_ = pressed(start_talk(quiz, TalkHost(), 0.0), " ".join(["space"] * place))
    counted = pressed(open_, f"{numbers[1]} 1 4 enter")
    assert counted.hand_counts[1] == 14
    assert sum(counted.hand_counts) == 14
    assert list_right_answer_parts(open_, index)[0].name in {str(number) for number in numbers}


def test_steps_of_an_order_and_pairs_of_a_match_have_no_hands() -> None:
    places = [list_steps(sample_quiz()).index(Step("options", index)) for index in (3, 4)]
    for place in places:
        at = talk(" ".join(["space"] * place))
        assert not at.can_count_hands
        assert pressed(at, "a 1 2 enter").hands == {}
    assert [part.name for part in list_right_answer_parts(talk(), 3)] == ["1C", "2A", "3B"]
    assert [part.name for part in list_right_answer_parts(talk(), 4)] == ["1 C", "2 A", "3 B"]


def test_the_screen_goes_dark_and_the_next_key_only_brings_it_back() -> None:
    dark = pressed(talk("space space"), ".")
    assert dark.dark
    assert pressed(dark, "pagedown") == talk("space space")
    assert pressed(talk(), "b").dark  # as some remote controls send it
    assert pressed(talk("space space"), "b 4 .").hand_counts == (0, 4, 0, 0)
    assert pressed(talk(), "。").dark


def test_leaving_needs_a_confirmation() -> None:
    asked = pressed(talk("space"), "q")
    for key in ("pagedown", "space", "enter", "n", "escape"):
        assert pressed(asked, key) == talk("space")
    for key in ("y", "Ｙ", "q", "ctrl+c"):
        assert pressed(asked, key).left
    assert pressed(talk(), "ctrl+c").over == "leave"
    assert pressed(talk(), "? q").over == "leave"
    assert pressed(talk(), "? pagedown") == talk()


def test_a_tall_step_scrolls_before_the_next_step() -> None:
    first = talk("space")
    scrolled = handle_key(first, "pagedown", 9.0, max_top=10, visible_rows=8)
    assert (scrolled.place, scrolled.top) == (1, 6)
    scrolled = handle_key(scrolled, "pagedown", 9.0, max_top=10, visible_rows=8)
    assert (scrolled.place, scrolled.top) == (1, 10)
    assert handle_key(scrolled, "pagedown", 9.0, max_top=10, visible_rows=8).place == 2
    assert handle_key(scrolled, "up", 9.0, max_top=10, visible_rows=8).top == 9
    assert handle_key(scrolled, "pageup", 9.0, max_top=10, visible_rows=8).place == 1


def test_the_clock_of_a_question_starts_when_it_is_shown() -> None:
    assert talk("space").since == 1.0
    assert talk("space space space").since == 1.0
    assert talk("space space space space").since == 4.0
    assert talk("space space space space").started == 1.0  # when the title was left


KEYS_TYPED = st.sampled_from([*KEYS, *"abcdfhxy01279", "王", "。", "Ａ", "unknown", ""])


@given(st.lists(KEYS_TYPED, max_size=40))
def test_any_keys_give_a_talk_that_the_guide_can_read_back(keys: list[str]) -> None:
    after = talk("space space")
    for key in keys:
        after = handle_key(after, key, 5.0, max_top=3, visible_rows=5)
    assert msgspec.json.decode(msgspec.json.encode(after), type=Talk) == after
    assert 0 <= after.top <= 3
