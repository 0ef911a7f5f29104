"""Pictures of sheets that have seen bad days: stained, folded, covered, badly copied, or photographed in bad light.

Each function takes a page in shades of grey, at 300 dpi, and random numbers, and returns the picture.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.marks.pictures import Gray, add_noise, as_jpeg, photograph, scan

Random = np.random.Generator
Floats = NDArray[np.float64]

DOTS = 300 / 25.4
"""Pixels of a page for each millimetre."""


def as_gray(picture: NDArray[np.float64] | NDArray[np.float32] | cv2.typing.MatLike) -> Gray:
    """Return a picture in whole shades of grey."""
    return np.clip(picture, 0, 255).astype(np.uint8)


def scan_well(picture: Gray, random: Random) -> Gray:
    """Scan a page with 150 or 200 dpi, a little askew."""
    dpi = float(random.choice((150, 200)))
    return scan(picture, random, (dpi, dpi), float(random.uniform(-2, 2)))


def scan_or_photograph(picture: Gray, random: Random) -> Gray:
    """Scan a page, or take a photo of it."""
    return (scan_well, photograph)[random.integers(2)](picture, random)


def shrink(picture: Gray, by: float) -> Gray:
    """Return a picture with fewer pixels."""
    return as_gray(cv2.resize(picture, None, fx=by, fy=by, interpolation=cv2.INTER_AREA))


def make_clouds(shape: tuple[int, ...], size: int, random: Random) -> NDArray[np.float32]:
    """Return smooth noise with a deviation of about 1 and waves of ``size`` pixels."""
    height, width = shape
    rough = random.normal(0, 1, (height // size + 3, width // size + 3)).astype(np.float32)
    large = cv2.resize(rough, None, fx=size, fy=size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(large[:height, :width], np.float32)


def make_spot(shape: tuple[int, ...], centre: tuple[float, float], radii: tuple[float, float]) -> Floats:
    """Return a spot that is 1 at its centre (x, y) and fades outwards, given in shares of the picture."""
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    x = (columns / shape[1] - centre[0]) / radii[0]
    y = (rows / shape[0] - centre[1]) / radii[1]
    return np.asarray(np.exp(-(x**2) - y**2), np.float64)


def light_from_one_side(picture: Gray, random: Random) -> Gray:
    """Take a photo beside a lamp: the far corner is almost dark."""
    photo = photograph(picture, random)
    centre = float(random.choice((0, 1))), float(random.uniform(0, 1))
    light = random.uniform(0.3, 0.45) + 0.75 * make_spot(photo.shape, centre, (1, 0.8))
    return as_jpeg(add_noise(as_gray(photo * light), random, 3), int(random.integers(40, 85)))


def flash(picture: Gray, random: Random) -> Gray:
    """Take a photo with a flash that glares on the paper."""
    photo = photograph(picture, random)
    spot = make_spot(photo.shape, tuple(random.uniform(0.25, 0.75, 2)), tuple(random.uniform(0.04, 0.2, 2)))
    return as_jpeg(as_gray(photo + 260 * spot), int(random.integers(40, 85)))


def on_a_pattern(picture: Gray, random: Random) -> Gray:
    """Take a photo on a white, black, striped or chequered table."""
    height, width = picture.shape
    margin = round(random.uniform(12, 40) * DOTS)
    size = int(random.uniform(5, 25) * DOTS)
    rows, columns = np.indices((height + 2 * margin, width + 2 * margin)) // size
    tables = (
        np.full(rows.shape, 235), np.full(rows.shape, 15), 60 + 140 * (rows % 2), 40 + 150 * ((rows + columns) % 2),
    )  # fmt: skip
    table = tables[random.integers(len(tables))] + 8 * make_clouds(rows.shape, 60, random)
    laid = as_gray(table)
    laid[margin - 12 : margin + height + 12, margin - 12 : margin + width + 12] = (laid[0, 0] * 0.6).round()
    laid[margin : margin + height, margin : margin + width] = picture
    return photograph(laid, random)


def streak(picture: Gray, random: Random) -> Gray:
    """Copy a page with streaks of toner along it."""
    page = picture.astype(np.float32)
    for _streak in range(int(random.integers(1, 4))):
        at, wide = random.uniform(0, page.shape[1]), random.uniform(0.1, 0.5) * DOTS
        shape = np.exp(-(((np.arange(page.shape[1]) - at) / wide) ** 2))
        if random.random() < 0.3:  # noqa: PLR2004  white, where toner is missing
            page += 200 * random.uniform(0.3, 0.8) * shape
        else:
            page *= 1 - random.uniform(0.2, 0.9) * shape
    return scan_well(as_gray(page), random)


def dirty_glass(picture: Gray, random: Random) -> Gray:
    """Scan a page on glass with dust, crumbs and hairs."""
    page = picture.copy()
    for _crumb in range(int(random.integers(20, 80))):
        at = int(random.integers(page.shape[1])), int(random.integers(page.shape[0]))
        cv2.circle(page, at, round(random.uniform(0.1, 0.5) * DOTS), (int(random.integers(30, 160)),), -1)
    for _hair in range(int(random.integers(2, 6))):
        start = random.uniform((0, 0), page.shape[::-1])
        turns = np.cumsum(random.normal(0, 0.25, 30)) + random.uniform(0, 6)
        path = start + np.cumsum(np.stack([np.cos(turns), np.sin(turns)], 1) * DOTS, axis=0)
        cv2.polylines(page, [path.astype(np.int32)], False, (int(random.integers(60, 150)),), 2, cv2.LINE_AA)  # noqa: FBT003  an open line
    return scan_well(page, random)


def fold_twice(picture: Gray, random: Random) -> Gray:
    """Fold a page along and across, with a shadow on each fold, and scan or photograph it."""
    page = picture.astype(np.float32)
    for axis in (0, 1):
        length = page.shape[axis]
        away = (np.arange(length) - random.uniform(0.3, 0.7) * length) / DOTS
        shade = 1 - random.uniform(0.1, 0.45) * np.exp(-((away / random.uniform(0.3, 1.2)) ** 2))
        shade *= np.where(away > 0, 1, random.uniform(0.85, 1))
        page *= shade[:, None] if axis == 0 else shade
    return scan_or_photograph(as_gray(page), random)


def crumple(picture: Gray, random: Random) -> Gray:
    """Crumple a page and smooth it out again, and scan or photograph it."""
    rows, columns = np.indices(picture.shape, np.float32)
    hills = make_clouds(picture.shape, 300, random)
    move = random.uniform(0.1, 0.5) * DOTS
    bent = cv2.remap(
        picture,
        columns + move * make_clouds(picture.shape, 400, random),
        rows + move * hills,
        cv2.INTER_LINEAR,
        borderValue=(255,),
    )
    slopes = cv2.GaussianBlur(cv2.Sobel(hills, cv2.CV_32F, 1, 1, ksize=5), (0, 0), 6)
    shade = 1 + 0.06 * slopes / max(float(slopes.std()), 1e-6)
    return scan_or_photograph(as_gray(bent * shade), random)


def fit_to_page(picture: Gray, random: Random) -> Gray:
    """Print a page at 88 to 97 % of its size, and scan it with an edge cut off, mostly beside the squares."""
    scale = random.uniform(0.88, 0.97)
    small = shrink(picture, scale)
    rest = [picture.shape[axis] - small.shape[axis] for axis in (0, 1)]
    top, left = (int(random.integers(each + 1)) for each in rest)
    page = cv2.copyMakeBorder(
        small, top, rest[0] - top, left, rest[1] - left, cv2.BORDER_CONSTANT, value=(255,)
    )
    side, cut = random.integers(4), round(random.uniform(2, 9) * DOTS)
    turned = np.rot90(np.asarray(page, np.uint8), int(side))
    return scan_well(np.ascontiguousarray(np.rot90(turned[cut:], -int(side))), random)


def smudge(picture: Gray, random: Random) -> Gray:
    """Wipe over pencil and ink with a hand or a bad eraser."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    dirt = np.zeros(small.shape, np.float32)
    for _wipe in range(int(random.integers(2, 7))):
        start, angle = random.uniform((0, 0), small.shape[::-1]), random.uniform(0, 2 * np.pi)
        end = start + random.uniform(5, 40) * DOTS / 4 * np.array([np.cos(angle), np.sin(angle)])
        wide = round(random.uniform(3, 10) * DOTS / 4)
        wipe = cv2.line(
            np.zeros(small.shape, np.float32),
            start.astype(int).tolist(),
            end.astype(int).tolist(),
            (1,),
            wide,
        )
        dirt += random.uniform(10, 45) * cv2.GaussianBlur(wipe, (0, 0), wide / 4)
    large = cv2.resize(dirt, picture.shape[::-1], interpolation=cv2.INTER_LINEAR)
    grain = 1 + 0.3 * make_clouds(picture.shape, 4, random)
    return scan_or_photograph(as_gray(picture - large * grain), random)


def coffee(picture: Gray, random: Random) -> Gray:
    """Put a wet cup on a page."""
    page = picture.astype(np.float32)
    centre = random.uniform(0.1, 0.9, 2) * page.shape[::-1]
    rows, columns = np.ogrid[: page.shape[0], : page.shape[1]]
    away = np.hypot(columns - centre[0], rows - centre[1]) / DOTS - random.uniform(25, 45)
    ring = np.exp(-((away / random.uniform(0.7, 2)) ** 2)) + 0.25 * (away < 0)
    page *= 1 - random.uniform(0.15, 0.5) * ring * (1 + 0.3 * make_clouds(page.shape, 150, random))
    return scan_or_photograph(as_gray(page), random)


def on_coloured_paper(picture: Gray, random: Random) -> Gray:
    """Print on coloured paper, which is darker, and whose grain shows."""
    paper = random.uniform(0.45, 0.8)
    grain = 1 + 0.03 * make_clouds(picture.shape, 3, random)
    return scan_or_photograph(as_gray(picture * paper * grain), random)


def print_faintly(picture: Gray, random: Random) -> Gray:
    """Print with little toner, so that black is grey and has gaps. Pens are not fainter."""
    grain = make_clouds(picture.shape, 5, random)
    return scan_well(as_gray(255 - (255 - picture.astype(np.float32)) * (0.62 + 0.06 * grain)), random)


def with_the_back_showing(picture: Gray, random: Random) -> Gray:
    """Scan thin paper, printed on both sides: the back shows through."""
    back = cv2.GaussianBlur(np.roll(picture[:, ::-1], (300, 70), (0, 1)), (0, 0), 3).astype(np.float32)
    return scan_well(as_gray(picture - random.uniform(0.08, 0.25) * (255 - back)), random)


def halftone(picture: Gray, random: Random) -> Gray:
    """Copy a page as a pattern of dots, as old copiers and fax machines do with grey, and scan it with moiré."""
    page = shrink(picture, 0.667).astype(np.float32)
    rows, columns = np.indices(page.shape)
    angle, pitch = random.uniform(0, np.pi / 2), random.uniform(2.5, 4.5)
    along = (columns * np.cos(angle) + rows * np.sin(angle)) * 2 * np.pi / pitch
    across = (rows * np.cos(angle) - columns * np.sin(angle)) * 2 * np.pi / pitch
    screen = 128 + 60 * np.cos(along) * np.cos(across)
    dots = np.where(page * random.uniform(0.8, 0.95) < screen, 0, 255).astype(np.uint8)
    return scan(
        as_gray(cv2.resize(dots, picture.shape[::-1])), random, (110, 170), float(random.uniform(-3, 3))
    )


def fax(picture: Gray, random: Random) -> Gray:
    """Send a page by fax: 204 by 196 dots an inch, black or white, with lost lines."""
    turned = scan(picture, random, (204, 204), float(random.uniform(-1, 1)), quality=95)
    black = np.where(add_noise(turned, random, 12) < random.uniform(120, 190), 0, 255).astype(np.uint8)
    for _line in range(int(random.integers(0, 4))):
        at = int(random.integers(2, len(black)))
        black[at] = black[at - 1] if random.integers(2) else 255
    return black


def finger(picture: Gray, random: Random) -> Gray:
    """Hold a page while the photo is taken: a thumb or a hand covers an edge, sometimes with a square."""
    page = picture.astype(np.float32)
    height, width = page.shape
    for _thumb in range(int(random.integers(1, 3))):
        side = random.integers(4)
        along = random.uniform(0, 1)
        x, y = ((0, along), (1, along), (along, 0), (along, 1))[side]
        reach, wide = random.uniform(8, 32) * DOTS, random.uniform(8, 14) * DOTS
        axes = (reach, wide) if side < 2 else (wide, reach)  # noqa: PLR2004  left and right
        cover = np.zeros(page.shape, np.float32)
        cv2.ellipse(
            cover,
            (round(x * width), round(y * height)),
            (round(axes[0]), round(axes[1])),
            0,
            0,
            360,
            (1,),
            -1,
        )
        cover = cv2.GaussianBlur(cover, (0, 0), 3)
        page = page * (1 - cover) + random.uniform(110, 190) * cover
    return photograph(as_gray(page), random)


def overlap(picture: Gray, random: Random) -> Gray:
    """Scan a page on which an edge of another page lies, sometimes on a square."""
    page = picture.copy()
    other = np.rot90(picture, 2)
    side, deep = int(random.integers(4)), round(random.uniform(3, 14) * DOTS)
    turned = np.rot90(page, side).copy()
    strip = np.rot90(other, side)[:deep]
    turned[: len(strip)] = strip[:, : turned.shape[1]] if strip.shape[1] >= turned.shape[1] else 250
    turned[deep : deep + 6] = (turned[deep : deep + 6] * 0.7).astype(np.uint8)
    return scan_well(np.ascontiguousarray(np.rot90(turned, -side)), random)


def punch(picture: Gray, random: Random) -> Gray:
    """Punch two holes, staple a corner, and scan the page on a black lid."""
    page = picture.copy()
    height, width = page.shape
    for y in (height / 2 - 40 * DOTS, height / 2 + 40 * DOTS):
        cv2.circle(page, (round(12 * DOTS), round(y)), round(3 * DOTS), (10,), -1, cv2.LINE_AA)
    corner = width - round(random.uniform(4, 18) * DOTS), round(random.uniform(4, 18) * DOTS)
    end = corner[0] + round(9 * DOTS * random.uniform(-1, 1)), corner[1] + round(6 * DOTS)
    cv2.line(page, corner, end, (90,), 7, cv2.LINE_AA)
    lid = cv2.copyMakeBorder(page, 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=(20,))
    return scan(np.asarray(lid, np.uint8), random, (150, 200), 0)


def wide_angle(picture: Gray, random: Random) -> Gray:
    """Take a photo with a lens that bends straight lines."""
    photo = photograph(picture, random)
    height, width = photo.shape
    rows, columns = np.indices(photo.shape, np.float32)
    x, y = columns / width - 0.5, rows / height - 0.5
    bend = 1 + float(random.uniform(-0.06, 0.06)) * (x**2 + y**2)
    warped = cv2.remap(
        photo,
        (x * bend + 0.5) * width,
        (y * bend + 0.5) * height,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return as_jpeg(np.asarray(warped, np.uint8), 30)


ODD_PICTURES: dict[str, Callable[[Gray, Random], Gray]] = {
    "light from one side": light_from_one_side,
    "flash": flash,
    "patterned table": on_a_pattern,
    "toner streaks": streak,
    "dirty glass": dirty_glass,
    "folded twice": fold_twice,
    "crumpled": crumple,
    "fit to page, edge cut off": fit_to_page,
    "smudged": smudge,
    "coffee": coffee,
    "coloured paper": on_coloured_paper,
    "faint print": print_faintly,
    "back showing through": with_the_back_showing,
    "halftone": halftone,
    "fax": fax,
    "fingers": finger,
    "another sheet over an edge": overlap,
    "punched and stapled": punch,
    "wide-angle lens, JPEG 30": wide_angle,
}
"""The kinds of pictures by name."""
