"""Decide what a person answered from the ink in the boxes, or that a person has to look."""

from collections.abc import Sequence
from functools import partial
from statistics import median
from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.marks.ink import USUAL_LIMITS, EmptyLimits, Ink
from quizgen.marks.positions import Asks, MarkBox

Reason: TypeAlias = Literal["", "faint", "several", "crossed", "words", "bent"]
"""Why a person has to look: a mark is faint, there are several, one may be crossed out, words are written, or the paper is bent."""

_BLANK, _MARKED = 0.12, 0.28
"""A box whose ``stroke`` is at most the first is empty, and one with at least the second is marked. In between, nobody knows."""

_SHADED, _SHADED_FILL = 0.16, 0.12
"""The least ``stroke`` and ``fill`` of a box that is shaded with a soft pencil. The others of its row must surely be empty."""

_DOT = 1.3
"""A letter that is so many times darker than an empty box may have it has a dot on it. Where a pen has only rested, it is not. The others of its row must surely be empty."""

_BESIDE_MARK, _BESIDE_FILL = 0.24, 0.05
"""Beside a box that is marked clearly, where one is asked for, one with at most so much ``stroke`` and ``fill`` is empty too: a bad copy has specks."""

_CLEAR = 2.8
"""A clear mark has so many times the stroke of the others."""

_FILLED = 0.45
"""The ``fill`` of a box that is filled in, and not only crossed or ticked."""

_CROSSED = 3
"""A box with ink at so many corners around it is crossed out, if it is filled in too."""

_BESIDE_RING, _NO_RING = 0.8, 0.72
"""Beside a mark, a box whose ``ring`` is at most the first has no ring around it, and elsewhere one with at most the second: printed words make half a ring, and a cross may reach its neighbours."""

_SOLID, _GAPS = 0.65, 0.1
"""A box with so much ``fill``, or with so much ink in its gaps, is not only crossed, however thick the strokes of a cross are."""

_LETTER = 0.12
"""How much darker than the others the darkest letter of a row may be if there is no mark on it."""

_FIT, _EMPTY_FIT = 0.35, 0.5
"""The least ``fit`` of a box that is marked, and of one that is not. Where it is less, glare, a finger or white fluid hides what was there."""

_LINE_FILL = 0.15
"""A mark in a box with a fold or a streak has at least so much ``fill``."""

UNSURE = "?"
"""The answer of a question that a person has to look at."""


class Decision(Struct, frozen=True):
    """An answer: the names of the marked boxes, "" if there are none, or ``UNSURE`` with the reason.

    For a question with rows, the answer has a name for each row, and "-" for a row without a mark.
    """

    answer: str
    reason: Reason = ""


def decide(
    asks: Asks, boxes: Sequence[MarkBox], inks: Sequence[Ink], limits: EmptyLimits = USUAL_LIMITS
) -> Decision:
    """Decide about a question from the ink in its boxes. ``limits`` are those of the same page."""
    if asks == "words":
        return Decision("") if inks[0].stroke <= _BLANK else Decision(UNSURE, "words")
    rows = sorted({box.row for box in boxes})
    answers = []
    for row in rows:
        here = [(box, ink) for box, ink in zip(boxes, inks, strict=True) if box.row == row]
        found = _decide_row([ink for _box, ink in here], limits, several=asks == "several")
        if isinstance(found, str):
            return Decision(UNSURE, found)
        answers.append("".join(sorted(here[index][0].name for index in found)))
    if asks == "rows":
        return Decision("".join(answer or "-" for answer in answers) if any(answers) else "")
    return Decision(answers[0])


def _decide_row(  # noqa: PLR0911  a line for each thing that may not be sure
    inks: Sequence[Ink], limits: EmptyLimits, *, several: bool
) -> list[int] | Reason:
    """Return which boxes are marked, or why that is not sure."""
    hidden = [ink for ink in inks if ink.fit < (_FIT if ink.stroke >= _MARKED else _EMPTY_FIT)]
    # What is white all over may be corrected with fluid. Then another box of the row must be marked.
    is_corrected = not several and all(map(_is_white, hidden)) and any(ink.stroke >= _MARKED for ink in inks)
    if hidden and not is_corrected:
        return "bent"
    if any(ink.line and ink.stroke >= _MARKED and ink.fill < _LINE_FILL for ink in inks):
        return "faint"
    marked = [index for index, ink in enumerate(inks) if ink.stroke >= _MARKED or _is_shaded(ink)]
    if not several and not marked:
        marked = [index for index, ink in enumerate(inks) if ink.label >= _DOT * limits.label]
    others = [ink for index, ink in enumerate(inks) if index not in marked]
    weakest = min((inks[index].stroke for index in marked), default=0.0)
    if several or weakest < _MARKED:
        # People seldom leave a question out, but some make a tiny mark, or draw a ring around the box.
        are_empty = weakest >= limits.beside and all(map(partial(_is_surely_empty, limits=limits), others))
    else:
        are_empty = all(ink.stroke <= _BLANK or _is_empty_beside(ink, weakest) for ink in others)
    if not are_empty:
        return "faint"
    if not marked:
        return [] if _are_letters_alike(inks) else "faint"
    crossed = [index for index in marked if _is_crossed_out(inks[index])]
    if any(ink.ring > _BESIDE_RING for ink in others):
        return "several"
    if several:
        return "crossed" if crossed else marked
    return _choose_one(marked, crossed, inks)


def _choose_one(marked: list[int], crossed: list[int], inks: Sequence[Ink]) -> list[int] | Reason:
    """Return the box that is meant where one is asked for: the only one, or the one that is not crossed out."""
    if len(marked) == 2 and len(crossed) == 1:  # noqa: PLR2004  one crossed out, and another instead
        (other,) = (index for index in marked if index not in crossed)
        return [other] if inks[other].fill >= _FILLED and inks[other].around < _CROSSED else "crossed"
    if len(marked) > 1:
        return "several"
    return "crossed" if crossed else marked


def _is_crossed_out(ink: Ink) -> bool:
    """Return whether a box was filled in, and then crossed out. A box that is only crossed has gaps."""
    return ink.around >= _CROSSED and ink.fill >= _FILLED and (ink.fill >= _SOLID or ink.gaps >= _GAPS)


def _are_letters_alike(inks: Sequence[Ink]) -> bool:
    """Return whether no printed letter of a row is darker than the others: there may be a dot on it."""
    *others, darkest = sorted(ink.label for ink in inks)
    return not others or darkest <= (1 + _LETTER) * median(others)


def _is_shaded(ink: Ink) -> bool:
    """Return whether a box looks as if it was shaded with a soft pencil."""
    return ink.stroke >= _SHADED and ink.fill >= _SHADED_FILL


def _is_surely_empty(ink: Ink, limits: EmptyLimits) -> bool:
    """Return whether a box is as empty as the empty boxes of its page, and the paper around it is empty, too."""
    return (
        ink.stroke <= min(limits.stroke, _BLANK)
        and ink.label <= limits.label
        and not ink.around
        and not ink.line
        and ink.ring <= _NO_RING
    )


def _is_white(ink: Ink) -> bool:
    """Return whether there is nothing at the place of a box, not even the box."""
    return ink.stroke <= _BLANK and ink.fill <= _BESIDE_FILL


def _is_empty_beside(ink: Ink, mark: float) -> bool:
    """Return whether a box is empty, given the stroke of the weakest mark beside it."""
    return ink.stroke <= _BESIDE_MARK and ink.fill <= _BESIDE_FILL and ink.stroke * _CLEAR <= mark
