"""That every shape found says all that the core needs, and that orders and digits agree."""

from itertools import islice, product

import msgspec
import pytest

from quizgen.model import Question
from quizgen.paper.shapes import shapes_on_paper
from quizgen.screen.shapes import screen_shape
from quizgen.shapes import SHAPES, Answer, Choose, Fill, Match, Order, Shape
from quizgen.text.messages import messages
from quizgen.view.shapes import shape_view
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
    assert {shape.__struct_config__.tag for shape in SHAPES} >= {"choose", "match", "order", "fill"}


def test_a_shape_that_lacks_a_method_cannot_be_made() -> None:
    class Half(Shape, frozen=True):
        """One that says nothing yet."""

    with pytest.raises(TypeError, match="abstract"):
        Half()  # type: ignore[abstract]


def test_every_interface_knows_every_shape() -> None:
    for of_interface in (shape_view, screen_shape):
        for answer in SAMPLES:
            assert of_interface(answer).shape is type(answer)
    assert {type(answer) for answer in SAMPLES} == set(SHAPES), "a shape has no sample here"
    assert shapes_on_paper().keys() == set(SHAPES)


@pytest.mark.parametrize("answer", SAMPLES)
def test_each_interface_says_how_it_is_answered(answer: Answer) -> None:
    for table in ("take", "app"):
        assert shape_view(answer).hint(answer) in messages("en", table)


@pytest.mark.parametrize("answer", SAMPLES)
def test_the_printed_orders_are_as_many_as_it_says_and_differ(answer: Answer) -> None:
    radices = [digit.radix for digit in answer.digits(answer.drawn_orders("seed"))]
    numbers = [tuple(each) for each in product(*map(range, radices))]
    orders = [answer.orders_of(iter(number)) for number in numbers]
    assert len(set(orders)) == len(orders) == answer.permutations
    assert [tuple(d.value for d in answer.digits(order)) for order in orders] == numbers


@pytest.mark.parametrize("answer", SAMPLES)
def test_the_solution_stays_right_in_every_order(answer: Answer) -> None:
    before = answer.solution("en")
    for seed in range(20):
        printed = answer.arranged(answer.drawn_orders(seed))
        solution = printed.solution("en")
        assert printed.mark(solution).right
        assert printed.parse(printed.write_solution("en").replace(" ", "")) == solution or printed.takes_words
    assert answer.solution("en") == before


def test_questions_of_every_shape_are_read_back() -> None:
    for question in islice(sample_bank().questions.values(), 6):
        packed = msgspec.msgpack.encode(question)
        assert msgspec.msgpack.decode(packed, type=Question) == question
