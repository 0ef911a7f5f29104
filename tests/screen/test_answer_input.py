import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.screen.answer_input import AnswerInput, IncompleteAnswer, SentAnswer, insert_text
from quizgen.screen.shapes import answer_screen
from quizgen.shapes import Answer, Choose, Fill, Match, Order, Response
from quizgen.shapes.fill import MAX_REPLY_LENGTH
from quizgen.text.messages import Message, _
from tests.banks import sample_quiz

ONE, SEVERAL, TRUTH, MATCH, ORDER, FILL = (question.answer for question in sample_quiz().questions)
NAMED = [
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "enter",
    "backspace",
    "delete",
    "escape",
    "f1",
    "unknown",
]


def after(answer: Answer, *keys: str) -> AnswerInput | Response:
    """Return what keys make of an answer: a draft, or the response once it is sent. Unknown keys change nothing."""
    screen = answer_screen(answer)
    draft = screen.start_input(answer)
    for key in keys:
        pressed = screen.handle_key(answer, draft, key)
        if isinstance(pressed, SentAnswer):
            return pressed.response
        draft = pressed.draft if isinstance(pressed, IncompleteAnswer) else pressed or draft
    return draft


@pytest.mark.parametrize(
    ("answer", "keys", "response"),
    [
        (ONE, "d", (3,)),
        (ONE, "4", (3,)),
        (ONE, ["up", "enter"], (3,)),
        (ONE, ["down", "down", " "], (1,)),
        (TRUTH, "t", (0,)),
        (TRUTH, "f", (1,)),
        (TRUTH, "2", (1,)),
        (SEVERAL, ["d", "a", "enter"], (0, 3)),
        (SEVERAL, ["a", "b", "b", "3", "enter"], (0, 2)),
        (SEVERAL, ["down", " ", "down", "down", " ", "enter"], (0, 2)),
        (MATCH, ["c", "a", "b", "enter"], (2, 0, 1)),
        (MATCH, ["2", "a", "c", "b", "enter"], (1, 0, 2)),
        (MATCH, ["a", "b", "c", "1", "b", "2", "a", "enter"], (1, 0, 2)),
        (MATCH, [" ", "down", " ", "down", " ", "enter"], (0, 1, 2)),
        (ORDER, ["c", "a", "b", "enter"], (2, 0, 1)),
        (ORDER, ["a", "backspace", "c", "a", "b", "enter"], (2, 0, 1)),
        (ORDER, ["a", "b", "a", "c", "a", "enter"], (1, 2, 0)),
        (ORDER, ["down", "enter", "down", "enter", "down", "enter", "enter"], (0, 1, 2)),
        (FILL, [*"lin", "k", "enter"], "link"),
        (FILL, [*"链接", "enter"], "链接"),
        (FILL, [*"ink", "home", "l", "end", "x", "backspace", "enter"], "link"),
        (FILL, [*"a  link ", "enter"], "a link"),
    ],
)
def test_keys_make_an_answer(answer: Answer, keys: list[str], response: Response) -> None:
    assert after(answer, *keys) == response


@pytest.mark.parametrize(
    ("answer", "keys"),
    [
        (ONE, ["enter"]),  # Enter pressed once too often after the answer before
        (ONE, [" "]),
        (ONE, ["e", "9", "0"]),
        (SEVERAL, ["enter"]),
        (SEVERAL, ["a", "a", "enter"]),
        (MATCH, ["a", "b", "enter"]),
        (ORDER, ["a", "b", "enter", "1", "2"]),  # a digit may mean a place or a step
        (FILL, ["enter"]),
        (FILL, [" ", " ", "enter"]),
    ],
)
def test_an_incomplete_answer_is_not_submitted(answer: Answer, keys: list[str]) -> None:
    assert isinstance(after(answer, *keys), AnswerInput)


@pytest.mark.parametrize(
    ("answer", "keys", "lacks", "count"),
    [
        (ONE, "", _("Nothing chosen yet."), 0),
        (SEVERAL, "aa", _("Tick at least one first."), 0),
        (MATCH, "b", _("{count} left to place."), 2),
        (ORDER, "", _("{count} left to place."), 3),
        (ORDER, "a", _("{count} left to place."), 2),
        (FILL, " ", _("Nothing typed yet."), 0),
    ],
)
def test_enter_on_an_incomplete_answer_says_what_is_missing(
    answer: Answer, keys: str, lacks: Message, count: int
) -> None:
    draft = after(answer, *keys)
    assert isinstance(draft, AnswerInput)
    pressed = answer_screen(answer).handle_key(answer, draft, "enter")
    assert isinstance(pressed, IncompleteAnswer)
    assert (pressed.lacks, pressed.count) == (lacks, count)


def test_enter_goes_to_the_prompt_that_lacks_a_choice() -> None:
    draft = after(MATCH, "a", "b", "up", "up", "enter")
    assert isinstance(draft, AnswerInput)
    assert draft.cursor == 2


def test_a_choice_moved_to_another_prompt_leaves_the_first_empty() -> None:
    draft = after(MATCH, "a", "a")
    assert isinstance(draft, AnswerInput)
    assert draft.chosen == (-1, 0, -1)


def test_pasted_lines_become_one_without_control_characters() -> None:
    draft = insert_text(AnswerInput(cursor=1, words="ab"), "x\r\ny\x1b[31m\u0007")
    assert draft.words == "ax y[31mb"
    assert insert_text(AnswerInput(cursor=0), "x" * 10_000).words == "x" * MAX_REPLY_LENGTH
    assert insert_text(AnswerInput(), "王\t小明\r李").words == "王 小明 李"


@given(
    st.sampled_from([ONE, SEVERAL, TRUTH, MATCH, ORDER, FILL]),
    st.lists(st.one_of(st.sampled_from(NAMED), st.characters()), max_size=30),
)
def test_any_keys_send_only_answers_of_the_right_shape(answer: Answer, keys: list[str]) -> None:
    response = after(answer, *keys)
    if isinstance(response, AnswerInput):
        return
    match answer:
        case Fill():
            assert isinstance(response, str)
            assert response.strip()
        case Match(key=key) | Order(key=key):
            assert isinstance(response, tuple)
            assert sorted(response) == sorted(key)
        case Choose(options=options):
            assert isinstance(response, tuple)
            assert list(response) == sorted(set(response))
            assert set(response) <= set(range(len(options)))
