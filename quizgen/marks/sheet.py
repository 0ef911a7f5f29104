"""Find sheets in a picture by the squares in their corners, and straighten them."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import cv2
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from quizgen.marks.positions import SheetCode, SheetPositions

Gray = NDArray[np.uint8]
Points = NDArray[np.float32]

DOTS = 6
"""Pixels of a straightened sheet for each millimetre, as a scanner with 150 dpi has."""

_CODE_DOTS = 14
"""Pixels for each millimetre of a straightened code."""

_MIN_SQUARE, _MAX_SQUARE = 0.008, 0.06
"""The smallest and the largest side of a corner mark, as a share of the longer side of the picture."""

_CODE_BLURS = (0, 1.5, 3, 4.5)
"""How much a code is blurred before it is read, in pixels of its picture. A bad copy has specks and rough edges."""

_CODE_MODULES = (25, 29)
"""How many small squares our codes have in a row: those of versions 2 and 3 of QR codes."""

_CODE_LIKENESS = 0.7
"""The least correlation of a picture with the large squares of a code."""

_CODE_CONTRAST = 25
"""The least deviation of the greys in a code, which is half dark and half light."""

_DARK = 0.62
"""How light a corner mark may be, as a share of the paper around it."""

_SQUARE = 0.85
"""The least share of its rectangle that a corner mark fills. A filled-in circle fills less."""

_MAX_SEARCHED = 1700
"""The longer side, in pixels, of the picture in which squares are looked for."""

_MAX_SQUARES = 60
"""The most squares in a picture from which corners are chosen."""

_MAX_STRETCH = 0.2
"""How far a corner may be from its place in an undistorted sheet, as a share of the sheet's width."""


class FoundSheet(Struct, frozen=True):
    """A sheet in a picture: its corner marks, clockwise from the top left, and the code on it.

    ``code`` is ``None`` if the corners were found and the code cannot be read; ``text`` is what a code says that is not ours.
    """

    corners: Points
    code: SheetCode | None
    text: str = ""


def find_sheets(picture: Gray, all_positions: list[SheetPositions]) -> list[FoundSheet]:
    """Find the sheets in a picture, in whatever direction they lie."""
    squares = _find_squares(picture)
    found: list[FoundSheet] = []
    taken: set[int] = set()
    for corners in _choose_corners(squares, all_positions):
        if taken & set(corners):
            continue
        if sheet := _read_corners(picture, squares[list(corners), :2], all_positions):
            if sheet.code or not taken:
                found.append(sheet)
            if sheet.code:
                taken |= set(corners)
    if read := [sheet for sheet in found if sheet.code]:
        return read
    # The sheet of another quiz may have its code in another place.
    return [replace(sheet, text=sheet.text or read_code(picture)) for sheet in found[:1]]


def straighten(picture: Gray, sheet: FoundSheet, positions: SheetPositions) -> Gray:
    """Return a sheet as it was printed, with ``DOTS`` pixels for each millimetre."""
    size = (round(positions.width * DOTS), round(positions.height * DOTS))
    return _warp(
        picture, _matrix_of_corners(sheet.corners, positions) @ np.diag([1 / DOTS, 1 / DOTS, 1]), size
    )


def _warp(picture: Gray, matrix: NDArray[np.float64], size: tuple[int, int]) -> Gray:
    """Return the part of a picture to which ``matrix`` takes the pixels of the result. Outside is white."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped = cv2.warpPerspective(picture, matrix, size, flags=flags, borderValue=(255,))
    return np.asarray(warped, np.uint8)


def _find_squares(picture: Gray) -> Points:
    """Return solid dark squares: x and y of the centre, and the side, of each."""
    scale = min(1.0, _MAX_SEARCHED / max(picture.shape))
    smooth = cv2.GaussianBlur(
        cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR), (3, 3), 0
    )
    longer = max(smooth.shape)
    light = paper_light(np.asarray(smooth, np.uint8), longer // 15)
    dark = cv2.compare(smooth, cv2.convertScaleAbs(light, alpha=_DARK), cv2.CMP_LT)
    smallest, largest = _MIN_SQUARE * longer, _MAX_SQUARE * longer
    found = []
    for contour in cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, width, height = cv2.boundingRect(contour)
        if not (smallest <= min(width, height) and max(width, height) <= 1.5 * largest):
            continue
        area = cv2.contourArea(contour)
        _centre, sides, _angle = cv2.minAreaRect(contour)
        short, long = sorted(sides)
        if short < 0.6 * long or area < _SQUARE * short * long or not smallest <= (area**0.5) <= largest:
            continue
        inside = np.zeros((height, width), np.uint8)
        cv2.drawContours(inside, [contour - (x, y)], 0, 255, -1)
        if np.mean(dark[y : y + height, x : x + width][inside > 0]) < 0.85 * 255:
            continue
        moments = cv2.moments(contour)
        found.append(
            (moments["m10"] / moments["m00"] + 0.5, moments["m01"] / moments["m00"] + 0.5, area**0.5)
        )
    found.sort(key=lambda each: -each[2])
    return np.array(found[:_MAX_SQUARES], np.float32).reshape(-1, 3) / np.float32(scale)


def paper_light(picture: Gray, reach: int) -> Gray:
    """Return how light the paper is at each place: the lightest that is around it, at most ``reach`` pixels away."""
    step = 8
    height, width = picture.shape
    small = cv2.resize(picture, (-(-width // step), -(-height // step)), interpolation=cv2.INTER_AREA)
    around = np.ones((2 * (reach // step // 2) + 3,) * 2, np.uint8)
    light = cv2.blur(cv2.erode(cv2.dilate(small, around), around[2:, 2:]), (3, 3))
    return np.asarray(cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _choose_corners(
    squares: Points, all_positions: Sequence[SheetPositions]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield four squares that may be the corners of a sheet, clockwise from the top left, the likeliest first."""
    if len(squares) < 4:  # noqa: PLR2004  a sheet has four corners
        return
    sizes = {(each.width, each.height, each.corner, each.edge): each for each in all_positions}
    candidates = [found for each in sizes.values() for found in _find_rectangles(squares, each)]
    yield from dict.fromkeys(corners for _miss, corners in sorted(candidates))


def _find_rectangles(
    squares: Points, positions: SheetPositions
) -> Iterator[tuple[float, tuple[int, int, int, int]]]:
    """Yield four squares that have about the distances of the corners of a sheet, and how much they miss them."""
    between = positions.corner + 2 * positions.edge
    across, down = positions.width - between, positions.height - between
    places, sides = squares[:, :2], squares[:, 2]
    for first, second in product(range(len(squares)), repeat=2):
        if first == second or not _is_alike(sides[first], sides[second]):
            continue
        top = places[second] - places[first]
        length = float(np.hypot(*top))
        if not _is_alike(length / across * positions.corner, (sides[first] + sides[second]) / 2):
            continue
        down_vector = np.array([-top[1], top[0]]) * (down / across)
        corners, miss = [first, second], 0.0
        for start in (second, first):
            gaps = np.hypot(*(places - (places[start] + down_vector)).T) / length
            nearest = int(np.argmin(gaps))
            corners.append(nearest)
            miss += float(gaps[nearest])
            if gaps[nearest] > _MAX_STRETCH * down / across:
                break
        else:
            own = sides[corners]
            if len({*corners}) == 4 and _is_alike(float(own.min()), float(own.max())):  # noqa: PLR2004  a sheet has four corners
                miss += float(own.max() / own.min()) - 1
                yield miss, (corners[0], corners[1], corners[2], corners[3])


def _is_alike(first: float, second: float) -> bool:
    """Return whether two lengths differ no more than perspective makes them."""
    return 0.6 * second < first < 1.7 * second


def _read_corners(picture: Gray, corners: Points, all_positions: list[SheetPositions]) -> FoundSheet | None:
    """Return the sheet with these corners, or ``None`` if there is no code where one must be."""
    best: FoundSheet | None = None
    places = {(each.width, each.height, each.code_x, each.code_y): each for each in all_positions}
    for positions in places.values():
        matrix = _matrix_of_corners(corners, positions)
        margin = 3.0
        left, top = positions.code_x - margin, positions.code_y - margin
        side = positions.code_side + 2 * margin
        place = np.array([[1 / _CODE_DOTS, 0, left], [0, 1 / _CODE_DOTS, top], [0, 0, 1]])
        crop = _warp(picture, matrix @ place, (round(side * _CODE_DOTS),) * 2)
        core = crop[
            round(margin * _CODE_DOTS) : -round(margin * _CODE_DOTS),
            round(margin * _CODE_DOTS) : -round(margin * _CODE_DOTS),
        ]
        if float(np.std(core)) < _CODE_CONTRAST:
            continue
        if text := read_code(crop) or _read_redrawn_code(crop, margin * _CODE_DOTS):
            return FoundSheet(corners, SheetCode.parse(text), text)
        best = best or FoundSheet(corners, None)
    return best


def _matrix_of_corners(corners: Points, positions: SheetPositions) -> NDArray[np.float64]:
    """Return the matrix from millimetres to pixels that takes the corner marks to these points."""
    near = positions.edge + positions.corner / 2
    right, low = positions.width - near, positions.height - near
    printed = np.array([[near, near], [right, near], [right, low], [near, low]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(printed, np.ascontiguousarray(corners)), np.float64)


def read_code(crop: Gray) -> str:
    """Return the text of the QR code in a picture of little more than the code, or "" if it cannot be read."""
    detector = cv2.QRCodeDetector()
    for blur in _CODE_BLURS:
        text = detector.detectAndDecode(cv2.GaussianBlur(crop, (0, 0), blur) if blur else crop)[0]
        if text:
            return str(text)
    return ""


def _read_redrawn_code(crop: Gray, margin: float) -> str:
    """Return the text of a blurred code that begins about ``margin`` pixels from the edges of a picture, or "".

    Its small squares are measured one by one, and drawn anew. A copier makes dark ones larger, so that those that are light may be dark too:
    then the darker half are taken for dark, because every code has about as many of both.
    """
    dots = _measure_code(np.asarray(cv2.GaussianBlur(crop, (0, 0), 2), np.uint8), margin)
    if not len(dots):
        return ""
    known = _draw_finders(len(dots))
    halfway = (dots[known > 0].mean() + dots[known < 0].mean()) / 2
    for limit in (halfway, float(np.median(dots)), float(np.quantile(dots, 0.55))):
        clean = np.pad(np.where(dots < limit, 0, 255).astype(np.uint8), 4, constant_values=255)
        if text := read_code(np.kron(clean, np.ones((8, 8), np.uint8))):
            return text
    return ""


def _measure_code(smooth: Gray, margin: float) -> NDArray[np.float32]:
    """Return the grey of each small square of a code, or nothing if there is no code.

    The corners of the code are looked for near their places by the three large squares of every code, whatever its text.
    """
    best, found = _CODE_LIKENESS, np.zeros((0, 0), np.float32)
    shifts = np.arange(-1.2, 1.21, 0.2) * _CODE_DOTS
    for modules in _CODE_MODULES:
        finders = _draw_finders(modules)
        known = finders != 0
        for right, down, wider in product(shifts, shifts, (-0.3, 0, 0.3)):
            side = len(smooth) - 2 * margin + wider * _CODE_DOTS
            steps = (np.arange(modules) + 0.5) * side / modules + margin - wider * _CODE_DOTS / 2
            rows, columns = (steps + down).round().astype(int), (steps + right).round().astype(int)
            dots = smooth[np.ix_(rows, columns)].astype(np.float32)
            if not np.ptp(dots[known]):
                continue
            likeness = -float(np.corrcoef(dots[known], finders[known])[0, 1])
            if likeness > best:
                best, found = likeness, dots
    return found


@cache
def _draw_finders(modules: int) -> NDArray[np.float32]:
    """Return what is the same in all codes of a size: 1 for dark modules, -1 for light ones, and 0 where codes differ."""
    square = -np.ones((9, 9), np.float32)
    square[1:8, 1:8] = 1
    square[2:7, 2:7] = -1
    square[3:6, 3:6] = 1
    drawn = np.zeros((modules, modules), np.float32)
    drawn[6, 8:-8:2] = drawn[8:-8:2, 6] = 1
    drawn[6, 9:-8:2] = drawn[9:-8:2, 6] = -1
    drawn[:8, :8], drawn[:8, -8:], drawn[-8:, :8] = square[1:, 1:], square[1:, :8], square[:8, 1:]
    return drawn
