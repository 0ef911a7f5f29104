"""Answer shapes: what a question comes down to, however it is written in the bank.

Each shape is a module here, found by looking, and says all that needs no screen and no paper: what there is to choose
from and what is right, how it is shuffled and marked, and how a reply is read and written.
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
    # What is read back from caches and histories may be of any shape that is found.
    Answer = Union[SHAPES]  # noqa: UP007  of as many as there are
