"""Find sheets in a picture by the squares in their corners, and straighten them."""

from collections.abc import Iterator, Sequence
from itertools import product

import cv2
import numpy as np
import zxingcpp
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from quizgen.marks.positions import SheetCode, SheetPositions, find_paper

Gray = NDArray[np.uint8]
Points = NDArray[np.float32]

DOTS = 6
"""Pixels of a straightened sheet for each millimetre, as a scanner with 150 dpi has."""

_CODE_DOTS = 14
"""Pixels for each millimetre of a straightened code."""

_MIN_SQUARE, _MAX_SQUARE = 0.008, 0.06
"""The smallest and the largest side of a corner mark, as a share of the longer side of the picture."""

_CODE_BLURS = (1.5, 3, 4.5)
"""How much a code is blurred before it is read, in pixels of its picture. A bad copy has specks and rough edges."""

_CODE_THIN = 6
"""How much thinner the black of a code is made before it is read, in pixels of its picture. On a copy of a copy it has grown."""

_CODE_CONTRAST = 0.15
"""The least deviation of the greys in a code, which is half dark and half light, as a share of its light ones."""

_DARK = 0.62
"""How light a corner mark may be, as a share of the paper around it."""

_SQUARE = 0.85
"""The least share of its rectangle that a corner mark fills. A filled-in circle fills less."""

_MAX_SEARCHED = 1700
"""The longer side, in pixels, of the picture in which squares are looked for."""

_MAX_SQUARES = 60
"""The most squares in a picture from which corners are chosen."""

_LEAST_CORNERS = 2
"""How many corners must be seen if the code was read in the picture."""

_MAX_CHOICES = 3
"""How many squares near the place of a corner are tried."""

_MAX_SIDES = 1.2
"""How many times the side of another a corner mark may have, once perspective is taken out: copiers and shadows change it."""

_MAX_STRETCH = 0.2
"""How far a corner may be from its place in an undistorted sheet, as a share of the sheet's width."""


class FoundSheet(Struct, frozen=True):
    """A sheet in a picture: its corner marks, clockwise from the top left, and the code on it.

    ``code`` is ``None`` if the corners were found and the code cannot be read; ``text`` is what a code says that is not ours. A
    sheet is not ``complete`` if a corner is covered or cut off: its place follows from the others and is not exact.
    ``code_corners`` are those of the code in the picture, if they are known.
    """

    corners: Points
    code: SheetCode | None
    text: str = ""
    complete: bool = True
    code_corners: Points | None = None


def find_sheets(picture: Gray, all_positions: list[SheetPositions]) -> list[FoundSheet]:
    """Find the sheets in a picture, in whatever direction they lie."""
    squares = _find_squares(picture)
    found: list[FoundSheet] = []
    taken: set[int] = set()
    candidates = list(_choose_corners(squares, all_positions))
    for corners in candidates:
        if taken & {*corners}:
            continue
        if sheet := _read_corners(picture, squares[list(corners), :2], all_positions):
            if sheet.code:
                rivals = [each for each in candidates if {*each} & {*corners} and not {*each} & taken]
                best = _choose_by_code(sheet, [corners, *rivals], squares, all_positions)
                sheet = replace(sheet, corners=squares[list(best), :2])
                taken |= {*best}
                found.append(sheet)
            elif not taken:
                found.append(sheet)
    read = [sheet for sheet in found if sheet.code]
    if not read or _has_squares_left(squares, taken):
        known = {str(sheet.code) for sheet in read}
        read += [
            sheet
            for sheet in _find_sheets_by_codes(picture, squares, all_positions)
            if sheet.text not in known
        ]
    if read:
        return read
    # The sheet of another quiz may have its code in another place.
    return [replace(sheet, text=sheet.text or read_code(picture)) for sheet in found[:1]]


def straighten(
    picture: Gray, sheet: FoundSheet, positions: SheetPositions, drift: NDArray[np.float64] | None = None
) -> Gray:
    """Return a sheet as it was printed, with ``DOTS`` pixels for each millimetre.

    ``drift`` takes a pixel of the result to where it was when the sheet was straightened before.
    """
    size = (round(positions.width * DOTS), round(positions.height * DOTS))
    matrix = _matrix_of_corners(sheet.corners, positions) @ np.diag([1 / DOTS, 1 / DOTS, 1])
    return _warp(picture, matrix if drift is None else matrix @ drift, size)


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
        ends = []
        for start in (second, first):
            gaps = np.hypot(*(places - (places[start] + down_vector)).T) / length
            nearest = np.argsort(gaps)[:_MAX_CHOICES]
            ends.append(
                [(float(gaps[at]), int(at)) for at in nearest if gaps[at] <= _MAX_STRETCH * down / across]
            )
        for (gap_right, low_right), (gap_left, low_left) in product(*ends):
            corners = (first, second, low_right, low_left)
            if len({*corners}) == 4 and _are_marks(squares[list(corners)], positions):  # noqa: PLR2004  a sheet has four corners
                yield gap_right + gap_left, corners


def _are_marks(squares: Points, positions: SheetPositions) -> bool:
    """Return whether four squares have the sides that corner marks at their places have in perspective."""
    matrix = _matrix_of_corners(squares[:, :2], positions)
    depth = np.hstack([_printed_corners(positions), np.ones((4, 1))]) @ matrix[2]
    # A small square at a place has the area that the determinant of the matrix there says.
    expected = positions.corner * np.sqrt(abs(np.linalg.det(matrix) / depth**3))
    shares = squares[:, 2] / expected
    return bool(shares.max() <= _MAX_SIDES * shares.min())


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
        if float(np.std(core)) < _CODE_CONTRAST * float(np.quantile(core, 0.95)):
            continue
        if read := _read_first_code(crop):
            text, in_crop = read
            in_picture = cv2.perspectiveTransform(in_crop[None], matrix @ place)[0]
            return FoundSheet(
                corners, SheetCode.parse(text), text, code_corners=np.asarray(in_picture, np.float32)
            )
        best = best or FoundSheet(corners, None)
    return best


def _choose_by_code(
    sheet: FoundSheet,
    candidates: Sequence[tuple[int, int, int, int]],
    squares: Points,
    all_positions: Sequence[SheetPositions],
) -> tuple[int, int, int, int]:
    """Return the corners for which the code is where it was printed. Corners of two sheets may make a better rectangle."""
    code, seen = sheet.code, sheet.code_corners
    positions = next((each for each in all_positions if code and find_paper([each], code)), None)
    if positions is None or seen is None:
        return candidates[0]
    left, top, side = positions.code_x, positions.code_y, positions.code_side
    printed = np.array(
        [(left, top), (left + side, top), (left + side, top + side), (left, top + side)], np.float32
    )

    def misplacement(candidate: tuple[int, int, int, int]) -> float:
        matrix = _matrix_of_corners(squares[list(candidate), :2], positions)
        return float(np.max(np.abs(cv2.perspectiveTransform(printed[None], matrix)[0] - seen)))

    return min(candidates, key=misplacement)


def _has_squares_left(squares: Points, taken: set[int]) -> bool:
    """Return whether there are more squares like those of the sheets that were found, so that there may be another sheet."""
    sides = [squares[index, 2] for index in taken]
    left = [side for index, (_x, _y, side) in enumerate(squares) if index not in taken]
    return bool(sides) and sum(_is_alike(side, float(np.mean(sides))) for side in left) >= _LEAST_CORNERS


def _find_sheets_by_codes(
    picture: Gray, squares: Points, all_positions: Sequence[SheetPositions]
) -> Iterator[FoundSheet]:
    """Yield the sheets whose code can be read in the picture and that have at least two visible corners."""
    for text, code_corners in _read_codes(picture):
        code = SheetCode.parse(text)
        positions = next((each for each in all_positions if code and find_paper([each], code)), None)
        if positions:
            corners, count = _complete_corners(code_corners, squares, positions)
            if count >= _LEAST_CORNERS:
                yield FoundSheet(corners, code, text, complete=count == 4)  # noqa: PLR2004  a sheet has four corners


def _complete_corners(code: Points, squares: Points, positions: SheetPositions) -> tuple[Points, int]:
    """Return the corner marks of a sheet from the corners of its code, and how many of them are seen in the picture.

    The mark that is nearest to the code is looked for first. Each that is found says better where the next one must be.
    """
    left, top, side = positions.code_x, positions.code_y, positions.code_side
    from_printed = [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
    to_seen = [(float(x), float(y)) for x, y in code]
    printed = _printed_corners(positions)
    matrix = _fit_matrix(from_printed, to_seen)
    size = float(np.hypot(*(code[1] - code[0]))) / side * positions.corner
    count = 0
    away = np.hypot(*(printed - (left + side / 2, top + side / 2)).T)
    for index in np.argsort(away):
        place = _move(matrix, printed[index])
        gaps = np.hypot(*(squares[:, :2] - place).T) if len(squares) else np.zeros(0)
        reach = max(2 * size, _MAX_STRETCH * size / positions.corner * away[index])
        near = [at for at in np.argsort(gaps) if gaps[at] < reach and _is_alike(squares[at, 2], size)]
        if near:
            count += 1
            # A corner mark counts more than a corner of the code, which is near the others.
            from_printed += [tuple(printed[index])] * 4
            to_seen += [(float(squares[near[0], 0]), float(squares[near[0], 1]))] * 4
            matrix = _fit_matrix(from_printed, to_seen)
    return np.array([_move(matrix, corner) for corner in printed], np.float32), count


def _fit_matrix(
    printed: Sequence[tuple[float, float]], seen: Sequence[tuple[float, float]]
) -> NDArray[np.float64]:
    """Return the matrix from millimetres to pixels that fits best: with perspective if there are four corner marks, else without."""
    if len({*printed}) >= 8:  # noqa: PLR2004  four corners of the code, and four marks
        matrix, _used = cv2.findHomography(np.array(printed), np.array(seen))
        return np.asarray(matrix, np.float64)
    sides = np.hstack([np.array(printed), np.ones((len(printed), 1))])
    fitted = np.linalg.lstsq(sides, np.array(seen), rcond=None)[0]
    return np.vstack([fitted.T, (0, 0, 1)])


def _move(matrix: NDArray[np.float64], point: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return where a matrix takes a point."""
    x, y, scale = matrix @ (*point, 1)
    return np.array([x / scale, y / scale])


def _printed_corners(positions: SheetPositions) -> Points:
    """Return the centres of the corner marks in millimetres, clockwise from the top left."""
    near = positions.edge + positions.corner / 2
    right, low = positions.width - near, positions.height - near
    return np.array([[near, near], [right, near], [right, low], [near, low]], np.float32)


def _matrix_of_corners(corners: Points, positions: SheetPositions) -> NDArray[np.float64]:
    """Return the matrix from millimetres to pixels that takes the corner marks to these points."""
    printed = _printed_corners(positions)
    return np.asarray(cv2.getPerspectiveTransform(printed, np.ascontiguousarray(corners)), np.float64)


def read_code(crop: Gray) -> str:
    """Return the text of the QR code in a picture, or "" if none can be read."""
    read = _read_first_code(crop)
    return read[0] if read else ""


def _read_first_code(crop: Gray) -> tuple[str, Points] | None:
    """Return the text of a QR code in a picture and its corners, or ``None`` if none can be read."""
    return next((read for better in _improve_code(crop) for read in _read_codes(better)), None)


def _improve_code(crop: Gray) -> Iterator[Gray]:
    """Yield a picture of a code as it is, and with less of what a copier does to it."""
    yield crop
    yield np.asarray(cv2.dilate(crop, np.ones((_CODE_THIN, _CODE_THIN), np.uint8)), np.uint8)
    for blur in _CODE_BLURS:
        yield np.asarray(cv2.GaussianBlur(crop, (0, 0), blur), np.uint8)


def _read_codes(picture: Gray) -> list[tuple[str, Points]]:
    """Return the text and the corners of each QR code in a picture. The corners are clockwise from the top left of the code."""
    found = []
    for each in zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    ):
        place = each.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        found.append((each.text, np.array([(corner.x, corner.y) for corner in corners], np.float32)))
    return found
