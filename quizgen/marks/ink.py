"""Measure how much a pen has left in each box of a straightened sheet.

Ink is 0 for the paper around a box and 1 for the black that is printed on the same sheet, whatever the light and the
scanner. What is printed in a box does not count.
"""

from collections.abc import Sequence
from functools import cache

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

_BORDER = 0.35
"""The width of the line around a box, in millimetres."""

_TOLERANCE = 0.25
"""How far print may be from its place after alignment, in millimetres. So much around what is printed does not count."""

_SEARCH = 2.0
"""How far a box is looked for around its place, in millimetres, because paper bends."""

_NEAREST, _BEST = 12, 5
"""How many boxes around a box say where the paper has moved it: the best so many of the nearest so many."""

_CERTAIN = 0.6
"""A box that fits so well is where it was found, whatever the boxes around it say."""

_STROKE_SHARE = 0.1
"""The share of a box that a thin stroke covers."""

_AROUND, _AROUND_SIZE = 3.0, 0.8
"""Where to look for what crosses a box out: at the four corners of a square around it, in millimetres from its centre."""


_LITTLE = 0.15
"""More ``stroke`` is surely a mark."""

_LEAST, _LEAST_LABEL, _MOST_LABEL = 0.03, 0.12, 0.2
"""How much ``stroke`` an empty box may have, and how far its ``label`` may be above 1, on a page where all are alike; and at most."""


class Ink(Struct, frozen=True):
    """The ink in a box: on average (``fill``), and in its darkest tenth (``stroke``), which a thin stroke makes dark too.

    ``around`` is at how many of the four corners around the box there is ink: a box that is crossed out has it at three or
    more. ``fit`` says how well the printed box was found, from 0 to 1, together with the boxes near it. ``label`` is how
    dark the printed letter is: 1 for what is usual on the page, and more if there is a dot on the letter.
    """

    fill: float
    stroke: float
    around: int = 0
    fit: float = 1
    label: float = 1


class EmptyLimits(Struct, frozen=True):
    """The most ``stroke`` and ``label`` of a box on a page that is surely empty. A tiny dot or a faint line has more."""

    stroke: float
    label: float


USUAL_LIMITS = EmptyLimits(0.09, 1.2)
"""The limits of a page on which nothing is empty."""


def find_limits(inks: Sequence[Ink]) -> EmptyLimits:
    """Return how empty the empty boxes of a page are: most of those with little ink."""
    empty = [ink for ink in inks if ink.stroke <= _LITTLE]
    if not empty:
        return USUAL_LIMITS
    strokes = np.array([ink.stroke for ink in empty])
    labels = np.array([ink.label for ink in empty])
    usual = float(np.median(strokes))
    return EmptyLimits(
        max(_LEAST, usual + 4 * float(np.median(abs(strokes - usual)))),
        1 + min(max(_LEAST_LABEL, 5 * float(np.median(abs(labels - 1)))), _MOST_LABEL),
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


def measure_boxes(ink: Floats, boxes: Sequence[MarkBox], letter: float) -> list[Ink]:
    """Return the ink of each box of a page, after finding where the paper has moved it."""
    shifts = np.array([_find_shift(ink, box, letter) for box in boxes])
    centres = np.array([(box.x, box.y) for box in boxes])
    measured = []
    for box, centre, own in zip(boxes, centres, shifts, strict=True):
        # A mark may hide the print, so the nearest boxes then say where a box is. The best of them says whether boxes are there at all.
        nearest = np.argsort(np.hypot(*(centres - centre).T))[:_NEAREST]
        best = nearest[np.argsort(-shifts[nearest, 2])][:_BEST]
        x, y = own[:2] if own[2] >= _CERTAIN else np.median(shifts[best, :2], axis=0)
        fit = shifts[best[0], 2]
        measured.append(_measure_box(ink, box, letter, (float(x), float(y)), round(float(fit), 2)))
    usual = float(np.median([ink.label for ink in measured if ink.label] or [1]))
    return [replace(ink, label=round(ink.label / usual, 2) if ink.label else 1) for ink in measured]


def _find_shift(ink: Floats, box: MarkBox, letter: float) -> tuple[float, float, float]:
    """Return how far right and down a box is from its place, in pixels, and how well it fits there."""
    printed, _inside = _draw_box(box.width, box.height, box.label, letter)
    reach = round(_SEARCH * DOTS)
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


def _measure_box(ink: Floats, box: MarkBox, letter: float, shift: tuple[float, float], fit: float) -> Ink:
    printed, inside = _draw_box(box.width, box.height, box.label, letter)
    patch = _cut(ink, box, printed, shift)
    wide = _cut(ink, box, printed, shift, 5 * DOTS)
    paper = float(np.median(wide))
    smooth = cv2.GaussianBlur(patch, (0, 0), 0.15 * DOTS)
    dots = np.sort(smooth[inside]) - paper
    darkest = dots[-max(1, round(_STROKE_SHARE * len(dots))) :]
    return Ink(
        round(float(np.mean(dots)), 3),
        round(float(np.mean(darkest)), 3),
        _count_corners(ink, box, shift, paper),
        fit,
        _measure_printed_letter(patch - paper, printed) if box.label else 0,
    )


def _measure_printed_letter(box_ink: Floats, printed_box: Floats) -> float:
    """Return how dark the middle of a box is, where its letter is printed, as a share of what is printed there."""
    height, width = printed_box.shape
    middle = np.s_[height // 3 : -(height // 3), width // 3 : -(width // 3)]
    return float(np.sum(box_ink[middle]) / max(float(np.sum(printed_box[middle])), 1))


def _count_corners(ink: Floats, box: MarkBox, shift: tuple[float, float], paper: float) -> int:
    """Return at how many of four corners around a box there is ink."""
    x, y = (box.x + box.width / 2) * DOTS + shift[0], (box.y + box.height / 2) * DOTS + shift[1]
    away, size = (_AROUND + (box.width - 6) / 2) * DOTS, _AROUND_SIZE * DOTS / 2
    found = 0
    for dx in (-away, away):
        for dy in (-away, away):
            top, left = round(y + dy - size), round(x + dx - size)
            corner = ink[max(0, top) : round(y + dy + size), max(0, left) : round(x + dx + size)]
            found += bool(corner.size and float(np.mean(corner)) - paper > 0.15)  # noqa: PLR2004  a stroke
    return found


def _cut(ink: Floats, box: MarkBox, printed: Floats, shift: tuple[float, float], more: int = 0) -> Floats:
    """Return the part of a picture with a box in its middle, as large as its print, or so many pixels larger."""
    x, y = (box.x + box.width / 2) * DOTS + shift[0], (box.y + box.height / 2) * DOTS + shift[1]
    height, width = printed.shape
    part = cv2.getRectSubPix(ink, (width + more, height + more), (x - 0.5, y - 0.5))
    return np.asarray(part, np.float32)


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
