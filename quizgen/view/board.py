"""The best results of a day at a stall, under the names of animals. No name of a person is asked for."""

from collections.abc import Sequence

from msgspec import Struct

from quizgen.text.messages import Message, _
from quizgen.view.tally import MIN_OTHERS

_ANIMALS = (
    _("Otter"), _("Panda"), _("Crane"), _("Tiger"), _("Swallow"), _("Badger"), _("Dolphin"), _("Squirrel"),
    _("Eagle"), _("Hedgehog"), _("Camel"), _("Koala"), _("Owl"), _("Fox"), _("Penguin"), _("Giraffe"),
    _("Kingfisher"), _("Horse"), _("Lynx"), _("Turtle"), _("Magpie"), _("Elephant"), _("Seal"), _("Zebra"),
)  # fmt: skip

_SHOWN = 3
"""How many of the best results are shown."""


class VisitorResult(Struct, frozen=True):
    """When a visitor began, how many answers were right, and how many questions there were."""

    started: float
    right: int
    total: int


def animal_name(index: int) -> Message:
    """Return the name of the visitor with this index on a day. When all animals are used, a number follows."""
    turn, animal = divmod(index, len(_ANIMALS))
    return _("{animal} {number}", animal=_ANIMALS[animal], number=turn + 1) if turn else _ANIMALS[animal]


def list_best_of_day(results: Sequence[VisitorResult]) -> tuple[Message, ...]:
    """Return the best results of a day, given in the order in which the visitors began.

    None are shown while there are so few that people could tell whose they are.
    """
    if len(results) <= MIN_OTHERS:
        return ()
    ranked = sorted(
        enumerate(results), key=lambda each: (-each[1].right / each[1].total, -each[1].right, each[0])
    )
    return tuple(
        _("{name} {right}/{total}", name=animal_name(index), right=result.right, total=result.total)
        for index, result in ranked[:_SHOWN]
    )


def find_own_name(results: Sequence[VisitorResult], started: float) -> Message | None:
    """Return the name of the visitor who began at this time, or ``None``."""
    return next((animal_name(index) for index, each in enumerate(results) if each.started == started), None)
