"""Every shape has all that the program needs, and its orders have the numbers that it says."""

from itertools import islice

import msgspec
import pytest

from quizgen.model import Question
from quizgen.paper.shapes import paper_shape
from quizgen.screen import lines
from quizgen.screen.scenes import prompt
from quizgen.screen.shapes import answer_screen
from quizgen.shapes import ANSWER_SHAPES, Answer, AnswerShape, Choose, Fill, Match, Order
from tests.banks import sample_bank

A = {"en": "one", "zh-Hans": "一"}
SAMPLES: list[Answer] = [
    Choose((A, A, A), (1,), "one"),
    Choose((A, A, A, A), (0, 2), "several"),
    Choose((A, A), (1,), "truth"),
    Match((A, A), (A, A, A), (0, 1)),
    Order((A, A, A), (0, 1, 2)),
    Fill({"en": ("words",)}),
]


def test_shapes_are_found() -> None:
    assert {shape.__struct_config__.tag for shape in ANSWER_SHAPES} >= {"choose", "match", "order", "fill"}


def test_a_shape_says_what_the_core_needs() -> None:
    class Lacking(AnswerShape, frozen=True):
        """Says nothing."""

    with pytest.raises(TypeError, match=r"abstract methods? .*mark"):
        Lacking()  # type: ignore[abstract]


def test_every_interface_knows_every_shape() -> None:
    for answer in SAMPLES:
        assert answer_screen(answer).shape is paper_shape(answer).shape is type(answer)
    assert {type(answer) for answer in SAMPLES} == set(ANSWER_SHAPES), "a shape has no sample here"


@pytest.mark.parametrize("answer", SAMPLES)
def test_each_interface_says_how_it_is_answered(answer: Answer) -> None:
    for hints in (lines.HINTS, prompt.HINTS):
        assert answer.hint_id in hints


@pytest.mark.parametrize("answer", SAMPLES)
def test_the_printed_orders_are_as_many_as_it_says_and_differ(answer: Answer) -> None:
    orders = [answer.orders_at_index(index) for index in range(answer.order_count)]
    assert len(set(orders)) == len(orders)
    assert [answer.index_of_orders(order) for order in orders] == [*range(len(orders))]
    assert answer.draw_random_orders("seed") in orders


@pytest.mark.parametrize("answer", SAMPLES)
def test_the_solution_stays_right_in_every_order(answer: Answer) -> None:
    before = answer.correct_response("en")
    for seed in range(20):
        printed = answer.with_orders(answer.draw_random_orders(seed))
        solution = printed.correct_response("en")
        assert printed.mark_response(solution).right
        assert (
            printed.parse_reply(printed.format_correct_response("en").replace(" ", "")) == solution
            or printed.takes_words
        )
    assert answer.correct_response("en") == before


def test_exported_questions_of_every_shape_are_read_back() -> None:
    for question in islice(sample_bank().questions.values(), 6):
        packed = msgspec.msgpack.encode(question)
        assert msgspec.msgpack.decode(packed, type=Question) == question
