import pytest

from quizgen.screen.shapes import screen_shape
from quizgen.shapes import SHAPES, Answer
from quizgen.text.languages import LANGUAGES
from quizgen.view.shapes import Part, shape_view
from tests.banks import sample_quiz

ANSWERS = [question.answer for question in sample_quiz().questions]
ONE, SEVERAL, TRUTH, MATCH, ORDER, FILL = ANSWERS


def test_every_shape_is_put_into_words_and_taken_on_the_screen() -> None:
    assert {type(answer) for answer in ANSWERS} == set(SHAPES)
    for answer in ANSWERS:
        assert shape_view(answer).shape is screen_shape(answer).shape is type(answer)


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_example_is_a_reply_but_not_the_right_one(answer: Answer) -> None:
    example = shape_view(answer).example(answer)
    if example:
        read = answer.parse(example.replace(" ", ""))
        assert read is not None
        assert not answer.mark(read).right


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", ANSWERS)
def test_the_key_is_named_as_it_is_typed(answer: Answer, language: str) -> None:
    key = shape_view(answer).key(answer, language)
    names = " ".join(part.name or part.text for part in key)
    assert names == answer.write_solution(language)


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_right_answer_is_right_in_every_part(answer: Answer) -> None:
    parts = shape_view(answer).review(answer, answer.solution("en"), "en")
    statuses = {part.status for part in parts if part.answers}
    assert statuses == ({"open"} if answer is FILL else {"right"})


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_skip_has_no_part_and_nothing_wrong(answer: Answer) -> None:
    assert shape_view(answer).response(answer, None, "en") == ()
    assert "wrong" not in {part.status for part in shape_view(answer).review(answer, None, "en")}


def test_a_wrong_choice_is_set_beside_the_right_one() -> None:
    parts = shape_view(ONE).review(ONE, (0,), "en")
    told = [(part.name, part.status, part.notes, part.answers) for part in parts]
    assert told == [
        ("a", "wrong", ("your answer",), True),
        ("b", "open", (), False),
        ("c", "open", (), False),
        ("d", "right", ("right answer",), True),
    ]


def test_a_wrong_place_tells_what_was_said_there() -> None:
    parts = shape_view(MATCH).review(MATCH, (2, 1, 0), "en")
    assert [(part.name, part.text, part.compared) for part in parts] == [
        ("1", "Caller: asks for the code", ""),
        ("2", "Owner", "You: takes the report. Right: hangs up"),
        ("3", "Office", "You: hangs up. Right: takes the report"),
    ]
    told = shape_view(ORDER).review(ORDER, (2, 1, 0), "en")
    assert [(part.status, part.text) for part in told] == [
        ("right", "Hang up"),
        ("wrong", "You: Keep the number. Right: Tell the office"),
        ("wrong", "You: Tell the office. Right: Keep the number"),
    ]


def test_what_acts_on_a_terminal_is_an_escape_in_words_too() -> None:
    assert shape_view(FILL).response(FILL, "a\x1b[31m", "en") == (Part("", "a\\x1b[31m"),)
