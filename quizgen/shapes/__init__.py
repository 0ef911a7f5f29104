"""Answer shapes: the few forms that all answers have, such as options to choose from, or a blank to fill in.

Each shape is a module of this package, which is found automatically. It has everything about an answer that
depends neither on a screen nor on paper: the correct response, the orders in which options can be printed,
how a response is marked, and how a typed reply is parsed.
"""

from typing import TYPE_CHECKING, TypeAlias, Union

from quizgen.registry import collect_entries
from quizgen.shapes.choose import Choose
from quizgen.shapes.fill import Fill
from quizgen.shapes.match import Match
from quizgen.shapes.order import Order
from quizgen.shapes.shape import AnswerForm, AnswerShape, Correctness, Orders, Response

__all__ = [
    "ANSWER_SHAPES",
    "Answer",
    "AnswerForm",
    "AnswerShape",
    "Choose",
    "Correctness",
    "Fill",
    "Match",
    "Order",
    "Orders",
    "Response",
]  # fmt: skip

ANSWER_SHAPES: tuple[type[AnswerShape], ...] = tuple(
    collect_entries(__name__, __path__, "SHAPE", lambda shape: shape.__struct_config__.tag).values()
)

if TYPE_CHECKING:
    Answer: TypeAlias = AnswerShape
else:
    # Caches and histories may hold any shape that is found.
    Answer = Union[ANSWER_SHAPES]  # noqa: UP007  a union of a tuple of types
