"""Measure how much a pen has left in each box of a straightened sheet.

Ink is 0 for the paper around a box and 1 for the black that is printed on the same sheet, whatever the light and the
scanner. What is printed in a box does not count.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from quizgen.files import shipped_folder
from quizgen.marks.positions import MarkBox, SheetPositions
from quizgen.marks.sheet import DOTS, Gray, paper_light

Floats = NDArray[np.float32]
Matrix = NDArray[np.float64]

_BORDER = 0.35
"""The width of the line around a box, in millimetres."""

_TOLERANCE = 0.25
"""How far print may be from its place after alignment, in millimetres. So much around what is printed does not count."""

_SEARCH = 2.0
"""How far a box is looked for around its place, in millimetres, because paper bends."""

_DRIFT, _DRIFT_BOXES = 5.0, 6
"""How far boxes are looked for if a corner of the sheet is missing, in millimetres, and how many must be found."""

_NEAREST, _BEST = 12, 5
"""How many boxes around a box say where the paper has moved it: the best so many of the nearest so many."""

_CERTAIN = 0.6
"""A box that fits so well is where it was found, whatever the boxes around it say."""

_NEAR = 0.6
"""How far a box or a mark may be from the place that the boxes around it say, in millimetres."""

_LINE_FAR, _LINE_NEAR, _LINE_SHARE = 40.0, 5.0, 0.25
"""A fold or a streak goes on at both sides of a box: at more than so much of the way from the second to the first, in millimetres, it is as dark as in the box."""

_LINE_MOST, _LINE_LEAST = 0.5, 0.1
"""The most ink that is taken from a box because a line passes through it, and the least that counts as a line."""

_STROKE_SHARE = 0.1
"""The share of a box that a thin stroke covers."""

_SPREADS = 0.2, 0.3, 0.4, 0.6
"""How far print may have spread on a blurred photo or a bad copy, in millimetres. The one that fits the empty boxes of a page best counts."""

_MOST_SPREAD, _EMPTY_SHARE = 0.2, 0.4
"""Spread print leaves at most so much ``stroke``. At least such a share of the boxes that have no more is empty."""

_MORE, _LITTLE_MORE = 1.5, 0.2
"""How much more of the spread print than these the others may have that are empty, too."""

_AROUND, _AROUND_SIZE = (3.3, 3.0), (1.8, 1.2)
"""Where to look for what crosses a box out: at the four corners of a rectangle around it, in millimetres from its centre, across and down."""

_AROUND_INK = 0.13
"""The ink at a corner through which a stroke goes."""


_RING_NEAR, _RING_FAR, _RING_WAYS = 0.55, 2.0, 24
"""Where a ring around a box is looked for: so many millimetres outside it, up to so many times its half height from its centre, in so many directions."""

_RING_INK = 0.15
"""The ink in a direction in which a ring is."""

_LITTLE, _SOLID_STROKE = 0.15, 0.8
"""More ``stroke`` than the first is surely a mark. In black and white, a mark with less than the second is faint: parts of it are lost."""

_THICK = 1.15
"""A ``label`` that is usual on a page on which a copier has made letters thick. On scans and photos it is less."""

_NEVER = 2
"""More ``stroke`` than any mark has."""

_LEAST, _LEAST_LABEL, _MOST_LABEL = 0.03, 0.12, 0.2
"""How much ``stroke`` an empty box may have, and by which share its ``label`` may be more than usual, on a page where all are alike; and at most."""


class Ink(Struct, frozen=True):
    """The ink in a box: on average (``fill``), and in its darkest tenth (``stroke``), which a thin stroke makes dark too.

    Print that a blur or a copier has spread on the page counts for neither. ``around`` is at how many of the four corners around the box there is ink: a box that is crossed out has it at three or
    more. ``fit`` says how well the printed box, or a filled-in one, was found at its place, from 0 to 1. ``label`` is how
    dark the printed letter is: 1 if it is as it was printed, more if there is a dot on it or a copier has made it thicker, and 0 if no letter is printed. ``gaps`` is the ink in
    the lightest quarter, which is hardly any in a box that is only crossed. ``line`` is the ink of a fold or streak that
    passes through the box; the rest does not count it. ``ring`` is the share of directions in which there is ink outside the box: nearly all
    if somebody has drawn a ring around it.
    """

    fill: float
    stroke: float
    around: int = 0
    fit: float = 1
    label: float = 1
    gaps: float = 0
    line: float = 0
    ring: float = 0


class Spread(NamedTuple):
    """What print that has spread leaves in each box: ``fill`` and ``stroke``, and how dark the letter is."""

    ink: Matrix
    label: Matrix


class EmptyLimits(Struct, frozen=True):
    """The most ``stroke`` and ``label`` of a box on a page that is surely empty. A tiny dot or a faint line has more.

    Where a faint mark may have left no trace, a box is surely empty only in a row with a mark of at least the ``stroke`` of
    ``beside``, since a pen that has left that in one box leaves a trace in others.
    """

    stroke: float
    label: float
    beside: float = 0


USUAL_LIMITS = EmptyLimits(0.09, 1.2)
"""The limits of a page on which all boxes are marked."""


def find_limits(boxes: Sequence[MarkBox], inks: Sequence[Ink], *, only_black: bool) -> EmptyLimits:
    """Return how empty the empty boxes of a page are: most of those with little ink.

    A copier that has made letters thick has also lost faint pencil, and its letters look like dots. So has a scanner with
    ``only_black`` and white, if some marks are faint.
    """
    empty = [ink for ink in inks if ink.stroke <= _LITTLE]
    if not empty:
        return USUAL_LIMITS
    strokes = np.array([ink.stroke for ink in empty])
    labels = np.array(
        [ink.label for box, ink in zip(boxes, inks, strict=True) if box.label and ink.stroke <= _LITTLE]
        or [1.0]
    )
    stroke, label = float(np.median(strokes)), max(float(np.median(labels)), 0.1)
    more = 5 * float(np.median(abs(labels / label - 1)))
    are_faint = any(_LITTLE < ink.stroke < _SOLID_STROKE for ink in inks)
    is_copy = label > _THICK
    return EmptyLimits(
        max(_LEAST, stroke + 4 * float(np.median(abs(strokes - stroke)))),
        label * (1 + min(max(_LEAST_LABEL, more), _MOST_LABEL)),
        (_NEVER if are_faint else _SOLID_STROKE) if is_copy or (only_black and are_faint) else 0,
    )


def measure_ink(straight: Gray, positions: SheetPositions) -> Floats:
    """Return the ink of a straightened sheet at each of its pixels."""
    light = paper_light(straight, 14 * DOTS).astype(np.float32)
    ink = 1 - straight / np.maximum(light, 1)
    near, side = round((positions.edge + 1) * DOTS), round((positions.corner - 2) * DOTS)
    height, width = straight.shape
    corners = [
        ink[y : y + side, x : x + side]
        for y in (near, height - near - side)
        for x in (near, width - near - side)
    ]
    black = max(0.2, float(np.median(corners)))
    return np.asarray(np.clip(ink / black, 0, 1), np.float32)


def find_drift(ink: Floats, boxes: Sequence[MarkBox], letter: float) -> Matrix | None:
    """Return the matrix from where boxes should be on a straightened sheet to where they are, or ``None`` if too few are found."""
    shifts = np.array([_find_shift(ink, box, letter, _DRIFT) for box in boxes])
    places = np.array([(box.x + box.width / 2, box.y + box.height / 2) for box in boxes]) * DOTS
    sure = shifts[:, 2] >= _CERTAIN
    if sure.sum() < _DRIFT_BOXES:
        return None
    matrix, _used = cv2.estimateAffine2D(places[sure], places[sure] + shifts[sure, :2])
    return None if matrix is None else np.vstack([matrix, (0, 0, 1)])


def measure_boxes(ink: Floats, boxes: Sequence[MarkBox], letter: float) -> list[Ink]:
    """Return the ink of each box of a page, after finding where the paper has moved it."""
    shifts = np.array([_find_shift(ink, box, letter) for box in boxes])
    centres = np.array([(box.x, box.y) for box in boxes])
    measured = []
    for box, centre, own in zip(boxes, centres, shifts, strict=True):
        # A mark may hide the print, so the nearest boxes then say where a box is.
        nearest = np.argsort(np.hypot(*(centres - centre).T))[:_NEAREST]
        best = nearest[np.argsort(-shifts[nearest, 2])][:_BEST]
        x, y = own[:2] if own[2] >= _CERTAIN else np.median(shifts[best, :2], axis=0)
        shift = (float(x), float(y))
        near = [boxes[index] for index in nearest if boxes[index] is not box]
        measured.append(
            replace(_measure_box(ink, box, letter, shift), ring=_measure_ring(ink, box, near, shift))
        )
    return _take_spread_print_away(measured, boxes, letter)


def _take_spread_print_away(inks: Sequence[Ink], boxes: Sequence[MarkBox], letter: float) -> list[Ink]:
    """Return the ink without what a blurred photo or a copier has spread from the print, as the empty boxes of the page show."""
    found = np.array([(ink.fill, ink.stroke) for ink in inks])
    best, least_miss = Spread(found * 0, np.ones(len(inks))), np.inf
    may_be_empty = found[:, 1] <= _MOST_SPREAD
    for reach in _SPREADS if may_be_empty.any() else ():
        blurred = np.array([_blur_print(box.width, box.height, box.label, letter, reach) for box in boxes])
        shares = found / blurred[:, :2]
        usual = max(0.0, float(np.quantile(shares[may_be_empty, 1], _EMPTY_SHARE)))
        empty = may_be_empty & (shares[:, 1] <= _MORE * usual + _LITTLE_MORE)
        share = np.maximum(np.median(shares[empty], axis=0), 0)
        spread = share * blurred[:, :2]
        miss = float(np.median(abs(found - spread)[may_be_empty, 1]))
        if miss < least_miss:
            best, least_miss = Spread(spread, 1 + min(share[1], 1) * (blurred[:, 2] - 1)), miss
    return [
        replace(
            ink,
            fill=round(float(fill), 3),
            stroke=round(float(stroke), 3),
            label=round(ink.label / float(label), 2),
        )
        for ink, (fill, stroke), label in zip(inks, found - best.ink, best.label, strict=True)
    ]


@cache
def _blur_print(
    width: float, height: float, label: str, letter: float, reach: float
) -> tuple[float, float, float]:
    """Return the ``fill``, the ``stroke`` and the ``label`` of an empty box whose print is blurred."""
    printed, inside = _draw_box(width, height, label, letter)
    blurred = np.asarray(cv2.GaussianBlur(printed, (0, 0), reach * DOTS), np.float32)
    fill, stroke = _measure_dots(np.sort(blurred[inside]))
    return fill, stroke, _measure_printed_letter(blurred, printed) if label else 1


def _measure_dots(dots: Floats) -> tuple[float, float]:
    """Return the mean ink of sorted dots, and that of the darkest of them."""
    darkest = dots[-max(1, round(_STROKE_SHARE * len(dots))) :]
    return float(np.mean(dots)), float(np.mean(darkest))


def _find_shift(
    ink: Floats, box: MarkBox, letter: float, search: float = _SEARCH
) -> tuple[float, float, float]:
    """Return how far right and down a box is from its place, in pixels, and how well it fits there."""
    printed, _inside = _draw_box(box.width, box.height, box.label, letter)
    reach = round(search * DOTS)
    window = _cut(ink, box, printed, (0, 0), 2 * reach)
    fit = np.asarray(cv2.matchTemplate(window, printed, cv2.TM_CCOEFF_NORMED), np.float32)
    y, x = np.unravel_index(int(np.argmax(fit)), fit.shape)
    right, down = _find_peak(fit[y, :], int(x)), _find_peak(fit[:, x], int(y))
    return right - reach, down - reach, float(fit[y, x])


def _find_peak(fit: Floats, highest: int) -> float:
    """Return where a curve is highest, between its points, given the highest of them."""
    if not 0 < highest < len(fit) - 1:
        return float(highest)
    before, here, after = map(float, fit[highest - 1 : highest + 2])
    bend = before - 2 * here + after
    return highest + (before - after) / (2 * bend) if bend else float(highest)


def _measure_box(ink: Floats, box: MarkBox, letter: float, shift: tuple[float, float]) -> Ink:
    printed, inside = _draw_box(box.width, box.height, box.label, letter)
    paper = float(np.median(_cut(ink, box, printed, shift, 5 * DOTS)))
    line = _find_lines(ink, box, printed, shift)
    patch = _cut(ink, box, printed, shift) - line
    smooth = cv2.GaussianBlur(patch, (0, 0), 0.15 * DOTS)
    dots = np.sort(smooth[inside]) - paper
    return Ink(
        *_measure_dots(dots),
        _count_corners(ink, box, shift, paper),
        round(max(_fit(ink, box, shape, shift) for shape in (printed, _draw_disc(box.width, box.height))), 2),
        round(_measure_printed_letter(patch - paper, printed), 2) if box.label else 0,
        round(float(dots[len(dots) // 4]), 3),
        round(float(line.max()), 2),
    )


def _fit(ink: Floats, box: MarkBox, shape: Floats, shift: tuple[float, float]) -> float:
    """Return how well a shape fits what is at the place of a box, from -1 to 1."""
    window = _cut(ink, box, shape, shift, 2 * round(_NEAR * DOTS))
    return float(cv2.matchTemplate(window, shape, cv2.TM_CCOEFF_NORMED).max())


def _find_lines(ink: Floats, box: MarkBox, printed: Floats, shift: tuple[float, float]) -> Floats:
    """Return the ink of folds and streaks that pass through a box, along the sheet or across it: they go on at both of its sides."""
    height, width = printed.shape
    x, y = (box.x + box.width / 2) * DOTS + shift[0], (box.y + box.height / 2) * DOTS + shift[1]
    across = _find_line(ink, round(y - height / 2), height, x)
    along = _find_line(ink.T, round(x - width / 2), width, y)
    return np.asarray(np.maximum(across[:, None], along), np.float32)


def _find_line(ink: Floats, start: int, count: int, middle: float) -> Floats:
    """Return the ink of lines along the rows of a picture, at so many rows: what the rows have at both sides of the middle."""
    sides = []
    for near, far in ((-_LINE_NEAR, -_LINE_FAR), (_LINE_NEAR, _LINE_FAR)):
        left, right = sorted((round(middle + near * DOTS), round(middle + far * DOTS)))
        side = ink[max(0, start) : start + count, max(0, left) : max(0, right) : 4]
        if side.shape[0] == count and side.shape[1] >= _LINE_FAR * DOTS / 12:
            dark = np.partition(side, round(_LINE_SHARE * side.shape[1]), axis=1)
            sides.append(dark[:, round(_LINE_SHARE * side.shape[1])])
    if not sides:
        return np.zeros(count, np.float32)
    line = np.min(sides, axis=0)
    line -= np.median(line)
    line[line < _LINE_LEAST] = 0
    return np.asarray(np.minimum(line, _LINE_MOST), np.float32)


def _measure_printed_letter(box_ink: Floats, printed_box: Floats) -> float:
    """Return how dark the middle of a box is, where its letter is printed, as a share of what is printed there."""
    height, width = printed_box.shape
    middle = np.s_[height // 3 : -(height // 3), width // 3 : -(width // 3)]
    return float(np.sum(box_ink[middle]) / max(float(np.sum(printed_box[middle])), 1))


def _count_corners(ink: Floats, box: MarkBox, shift: tuple[float, float], paper: float) -> int:
    """Return at how many of four corners around a box there is ink."""
    x, y = (box.x + box.width / 2) * DOTS + shift[0], (box.y + box.height / 2) * DOTS + shift[1]
    right, down = ((away + (box.width - 6) / 2) * DOTS for away in _AROUND)
    wide, high = (size * DOTS / 2 for size in _AROUND_SIZE)
    found = 0
    for dx in (-right, right):
        for dy in (-down, down):
            corner = ink[
                max(0, round(y + dy - high)) : round(y + dy + high),
                max(0, round(x + dx - wide)) : round(x + dx + wide),
            ]
            found += bool(corner.size and float(np.mean(corner)) - paper > _AROUND_INK)
    return found


def _measure_ring(ink: Floats, box: MarkBox, near: Sequence[MarkBox], shift: tuple[float, float]) -> float:
    """Return the share of directions from a box in which there is ink outside it. Directions to ``near`` boxes do not count."""
    half = box.height / 2 * DOTS
    far = round(_RING_FAR * half)
    shape = np.empty((2 * far + 1, 2 * far + 1), np.float32)
    patch = cv2.GaussianBlur(_cut(ink, box, shape, shift), (0, 0), 0.1 * DOTS)
    patch -= np.median(patch)
    free = np.ones_like(patch)
    for other in near:
        x = (other.x - box.x + (other.width - box.width) / 2) * DOTS + far
        y = (other.y - box.y + (other.height - box.height) / 2) * DOTS + far
        radius = round(other.height / 2 * DOTS + _RING_NEAR * DOTS)
        cv2.circle(free, (round(x), round(y)), radius, (0,), -1)
    around, is_free = (
        cv2.warpPolar(each, (far, 4 * _RING_WAYS), (far, far), far, cv2.WARP_POLAR_LINEAR)[
            :, round(half + _RING_NEAR * DOTS) :
        ]
        for each in (patch * free, free)
    )
    ways = np.max(around, axis=1).reshape(_RING_WAYS, 4).max(axis=1)
    seen = np.mean(is_free, axis=1).reshape(_RING_WAYS, 4).mean(axis=1) > 0.5  # noqa: PLR2004  most of the way
    return round(float(np.mean(ways[seen] > _RING_INK)), 2) if seen.any() else 0.0


def _cut(ink: Floats, box: MarkBox, printed: Floats, shift: tuple[float, float], more: int = 0) -> Floats:
    """Return the part of a picture with a box in its middle, as large as its print, or so many pixels larger."""
    x, y = (box.x + box.width / 2) * DOTS + shift[0], (box.y + box.height / 2) * DOTS + shift[1]
    height, width = printed.shape
    part = cv2.getRectSubPix(ink, (width + more, height + more), (x - 0.5, y - 0.5))
    return np.asarray(part, np.float32)


@cache
def _draw_disc(width: float, height: float) -> Floats:
    """Return a box that is filled in, with a margin."""
    margin = 1.0
    size = (round((width + 2 * margin) * DOTS), round((height + 2 * margin) * DOTS))
    picture = Image.new("L", (size[0] * 4, size[1] * 4))
    edges = (margin * 4 * DOTS, margin * 4 * DOTS, (margin + width) * 4 * DOTS, (margin + height) * 4 * DOTS)
    ImageDraw.Draw(picture).ellipse(edges, fill=255)
    return np.asarray(np.asarray(picture.resize(size, Image.Resampling.BOX)) / 255, np.float32)


@cache
def _draw_box(width: float, height: float, label: str, letter: float) -> tuple[Floats, NDArray[np.bool_]]:
    """Return a box as it is printed, with its label, and which of its pixels are free for a pen."""
    fine = 4 * DOTS
    margin = 0.5
    size = (round(width * DOTS + 2 * margin * DOTS), round(height * DOTS + 2 * margin * DOTS))
    picture = Image.new("L", (size[0] * 4, size[1] * 4))
    draw = ImageDraw.Draw(picture)
    middle = size[0] * 2, size[1] * 2
    half = width * fine / 2, height * fine / 2
    edges = (middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1])
    draw.ellipse(edges, outline=255, width=round(_BORDER * fine))
    if label:
        font = ImageFont.truetype(
            str(shipped_folder("templates") / "fonts" / "QuizgenSans-Regular.otf"), letter * fine
        )
        ascent, descent = font.getmetrics()
        draw.text((middle[0], middle[1] + (ascent - descent) / 2), label, 255, font, "ms")
    printed = np.asarray(picture.resize(size, Image.Resampling.BOX), np.float32) / 255
    free = Image.new("L", picture.size)
    inner = (_BORDER + 0.4) * fine
    ImageDraw.Draw(free).ellipse(
        (edges[0] + inner, edges[1] + inner, edges[2] - inner, edges[3] - inner), fill=255
    )
    inside = np.asarray(free.resize(size, Image.Resampling.BOX)) > 250  # noqa: PLR2004  wholly inside
    reach = round(_TOLERANCE * DOTS)
    around = cv2.dilate(printed, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1,) * 2))
    return np.asarray(printed, np.float32), inside & (np.asarray(around) < 0.3)  # noqa: PLR2004  hardly any print
