"""Answer shapes: the few forms that all answers have, however a question is written in the bank.

Each module here is a shape, found automatically. It has all that needs neither screen nor paper: the options and the
key, printed orders, marking, and how replies are read and written.
"""

from typing import TYPE_CHECKING, TypeAlias, Union

from quizgen.registry import collect_entries
from quizgen.shapes.choose import Choose
from quizgen.shapes.fill import Fill
from quizgen.shapes.match import Match
from quizgen.shapes.order import Order
from quizgen.shapes.shape import AnswerForm, Mark, Orders, Response, Shape

__all__ = [
    "SHAPES", "Answer", "AnswerForm", "Choose", "Fill", "Mark", "Match", "Order", "Orders", "Response", "Shape",
]  # fmt: skip

SHAPES: tuple[type[Shape], ...] = tuple(
    collect_entries(__name__, __path__, "SHAPE", lambda shape: shape.__struct_config__.tag).values()
)

if TYPE_CHECKING:
    Answer: TypeAlias = Shape
else:
    # Caches and histories may hold any shape that is found.
    Answer = Union[SHAPES]  # noqa: UP007  a union of a tuple of types
