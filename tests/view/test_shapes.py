"""How every shape describes an answer in words."""

import pytest

from quizgen.screen.shapes import answer_screen
from quizgen.shapes import ANSWER_SHAPES
from quizgen.text.languages import LANGUAGES
from quizgen.view.feedback import review_response
from quizgen.view.question import NamedText, QuestionView, build_question_views
from tests.banks import sample_quiz

QUESTIONS = build_question_views(sample_quiz())
ONE, SEVERAL, TRUTH, MATCH, ORDER, FILL = QUESTIONS


def test_every_shape_can_be_answered_on_the_screen() -> None:
    assert {type(question.answer) for question in QUESTIONS} == set(ANSWER_SHAPES)
    for question in QUESTIONS:
        assert answer_screen(question.answer).shape is type(question.answer)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_an_example_reply_is_not_the_right_one(question: QuestionView) -> None:
    answer, example = question.answer, question.answer.example_reply()
    if example:
        read = answer.parse_reply(example.replace(" ", ""))
        assert read is not None
        assert not answer.mark_response(read).right


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_key_is_shown_as_it_is_typed(language: str) -> None:
    for question in build_question_views(sample_quiz(), language):
        names = " ".join(part.name or part.text for part in question.right_answer_parts)
        assert names == question.answer.format_correct_response(language)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_the_right_answer_is_right_in_every_part(question: QuestionView) -> None:
    statuses = {
        part.status
        for part in review_response(question, question.answer.correct_response("en"))
        if part.answers
    }
    assert statuses == ({"open"} if question is FILL else {"right"})


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_skip_has_no_part_and_nothing_wrong(question: QuestionView) -> None:
    assert question.response_parts(None) == ()
    assert "wrong" not in {part.status for part in review_response(question, None)}


def test_a_response_to_an_order_names_each_position() -> None:
    assert [part.name for part in ORDER.response_parts((2, 0, 1))] == ["1c", "2a", "3b"]
    assert [part.name for part in MATCH.response_parts((2, 0, 1))] == ["1c", "2a", "3b"]


def test_a_wrong_choice_is_compared_with_the_right_one() -> None:
    parts = review_response(ONE, (0,))
    told = [(part.name, part.status, part.notes, part.answers) for part in parts]
    assert told == [
        ("a", "wrong", ("your answer",), True),
        ("b", "open", (), False),
        ("c", "open", (), False),
        ("d", "right", ("right answer",), True),
    ]


def test_a_wrong_position_shows_the_answer_given_there() -> None:
    parts = review_response(MATCH, (2, 1, 0))
    assert [(part.name, part.text, part.compared) for part in parts] == [
        ("1", "Caller: asks for the code", ""),
        ("2", "Owner", "You: takes the report. Right: hangs up"),
        ("3", "Office", "You: hangs up. Right: takes the report"),
    ]
    told = review_response(ORDER, (2, 1, 0))
    assert [(part.status, part.text) for part in told] == [
        ("right", "Hang up"),
        ("wrong", "You: Keep the number. Right: Tell the office"),
        ("wrong", "You: Tell the office. Right: Keep the number"),
    ]


def test_control_characters_in_texts_are_escaped() -> None:
    assert FILL.response_parts("a\x1b[31m") == (NamedText("", "a<U+001B>[31m"),)
