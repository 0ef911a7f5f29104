"""Measure how much a pen has left in each box of a straightened sheet.

Ink is 0 for the paper around a box and 1 for the black that is printed on the same sheet, whatever the light and the
scanner. What is printed in a box does not count.
"""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from quizgen.files import shipped_folder
from quizgen.marks.positions import MarkBox, SheetPositions
from quizgen.marks.sheet import DOTS, Gray, paper_light

Floats = NDArray[np.float32]

_BORDER = 0.35
"""The width of the line around a box, in millimetres."""

_TOLERANCE = 0.35
"""How far print may be from its place after alignment, in millimetres. So much around what is printed does not count."""

_SEARCH = 1.3
"""How far a box is looked for around its place, in millimetres, because paper bends."""

_STROKE_SHARE = 0.1
"""The share of a box that a thin stroke covers."""

_AROUND, _AROUND_SIZE = 3.0, 0.8
"""Where to look for what crosses a box out: at the four corners of a square around it, in millimetres from its centre."""


class Ink(Struct, frozen=True):
    """The ink in a box: on average (``fill``), and in its darkest tenth (``stroke``), which a thin stroke makes dark too.

    ``crossed`` says that ink goes beyond the box on three sides or more, as when somebody crosses it out.
    """

    fill: float
    stroke: float
    crossed: bool = False


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
    for box, centre in zip(boxes, centres, strict=True):
        # A mark may hide the print, so the nearest boxes decide together.
        nearest = np.argsort(np.hypot(*(centres - centre).T))[:7]
        measured.append(_measure_box(ink, box, letter, np.median(shifts[nearest, :2], axis=0)))
    return measured


def _find_shift(ink: Floats, box: MarkBox, letter: float) -> tuple[float, float]:
    """Return how far right and down a box is from its place, in pixels."""
    printed, _inside = _draw_box(box.width, box.height, box.label, letter)
    reach = round(_SEARCH * DOTS)
    window = _cut(ink, box, reach + (printed.shape[1] - box.width * DOTS) / 2, (0, 0))
    if min(np.subtract(window.shape, printed.shape)) < 0:
        return 0, 0
    fit = cv2.matchTemplate(window, printed, cv2.TM_CCOEFF_NORMED)
    y, x = np.unravel_index(int(np.argmax(fit)), fit.shape)
    return float(x) - reach, float(y) - reach


def _measure_box(ink: Floats, box: MarkBox, letter: float, shift: NDArray[np.float64]) -> Ink:
    printed, inside = _draw_box(box.width, box.height, box.label, letter)
    margin = (printed.shape[1] - box.width * DOTS) / 2
    patch = _cut(ink, box, margin, shift)
    wide = _cut(ink, box, 3 * DOTS, shift)
    if patch.shape != printed.shape:
        return Ink(0.5, 0.5)
    paper = float(np.median(wide))
    smooth = cv2.GaussianBlur(patch, (0, 0), 0.15 * DOTS)
    dots = np.sort(smooth[inside]) - paper
    darkest = dots[-max(1, round(_STROKE_SHARE * len(dots))) :]
    return Ink(
        round(float(np.mean(dots)), 3),
        round(float(np.mean(darkest)), 3),
        _count_crossed_corners(ink, box, shift, paper) >= 3,  # noqa: PLR2004  a tick goes beyond two
    )


def _count_crossed_corners(ink: Floats, box: MarkBox, shift: NDArray[np.float64], paper: float) -> int:
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


def _cut(ink: Floats, box: MarkBox, margin: float, shift: Sequence[float] | NDArray[np.float64]) -> Floats:
    """Return the part of a picture with a box and ``margin`` pixels around it."""
    left, top = round(box.x * DOTS - margin + shift[0]), round(box.y * DOTS - margin + shift[1])
    width, height = round(box.width * DOTS + 2 * margin), round(box.height * DOTS + 2 * margin)
    return ink[max(0, top) : top + height, max(0, left) : left + width]


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
    inner = (_BORDER + 0.45) * fine
    ImageDraw.Draw(free).ellipse(
        (edges[0] + inner, edges[1] + inner, edges[2] - inner, edges[3] - inner), fill=255
    )
    inside = np.asarray(free.resize(size, Image.Resampling.BOX)) > 250  # noqa: PLR2004  wholly inside
    reach = round(_TOLERANCE * DOTS)
    around = cv2.dilate(printed, np.ones((2 * reach + 1,) * 2, np.uint8))
    return np.asarray(printed, np.float32), inside & (np.asarray(around) < 0.3)  # noqa: PLR2004  hardly any print
