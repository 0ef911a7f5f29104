"""Pictures of filled-in sheets, as scanners and telephones make them: each from a seed, with the true answers.

Marks are drawn into a rendered sheet. Then the sheet is distorted: resolution, skew, perspective, shadow, blur, JPEG, noise.
"""

import io
from dataclasses import dataclass, field

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

from quizgen.marks.positions import MarkBox, PrintedPaper, SheetPositions

DOTS = 300 / 25.4
"""Pixels for a millimetre of the sheet before it is distorted."""

Gray = NDArray[np.uint8]
Styles = tuple[str, ...]

CLEAN: Styles = ("fill", "fill", "fill", "cross", "tick")
HARD: Styles = (*CLEAN, "pencil", "scribble", "stray", "crossed-out")
ODD: Styles = ("dot", "ring", "pencil", "light")
"""Marks that a reader may leave to a person, but must not take for an empty box."""


@dataclass(frozen=True)
class Filled:
    """A filled-in page with the true answers: the names of the marked boxes of each question, by row."""

    picture: Gray
    truth: dict[str, set[tuple[int, str]]] = field(default_factory=dict)


def render_page(pdf: bytes, page: int) -> Gray:
    """Return a page of a PDF in shades of grey."""
    bitmap = pdfium.PdfDocument(pdf)[page].render(scale=300 / 72, grayscale=True)
    return np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width).copy()


def fill_in(
    sheet: Gray,
    positions: SheetPositions,
    paper: PrintedPaper,
    page: int,
    random: np.random.Generator,
    styles: Styles,
    skipped: float = 0.04,
) -> Filled:
    """Answer the questions of a page at random, each person in a style of their own and sometimes in another."""
    picture = sheet.copy()
    truth: dict[str, set[tuple[int, str]]] = {}
    habit = styles[random.integers(len(styles))]
    for question in (each for each in paper.questions if each.page == page):
        asks = positions.questions[question.id].asks
        if asks == "words":
            continue
        chosen: set[tuple[int, str]] = set()
        for row in sorted({box.row for box in question.boxes}):
            boxes = [box for box in question.boxes if box.row == row]
            if random.random() < skipped:
                continue
            count = int(random.integers(1, len(boxes))) if asks == "several" else 1
            style = habit if random.random() < 0.8 else styles[random.integers(len(styles))]
            picked = list(random.permutation(len(boxes))[:count])
            if style in ("crossed-out", "corrected"):
                if asks == "one":
                    wrong = boxes[(picked[0] + 1) % len(boxes)]
                    draw_mark(picture, wrong, "fill", random)
                    draw_mark(picture, wrong, "big-cross" if style == "crossed-out" else "fluid", random)
                style = "fill"
            if style == "touched":
                draw_mark(picture, boxes[(picked[0] + 1) % len(boxes)], "point", random)
                style = "cross"
            for index in picked:
                draw_mark(picture, boxes[index], style, random)
                chosen.add((row, boxes[index].name))
        truth[question.id] = chosen
    return Filled(picture, truth)


def draw_mark(  # noqa: C901, PLR0912, PLR0915  a case for each style
    picture: Gray, box: MarkBox, style: str, random: np.random.Generator
) -> None:
    """Draw a mark of a style into a box."""
    cx = (box.x + box.width / 2 + random.normal(0, 0.25)) * DOTS
    cy = (box.y + box.height / 2 + random.normal(0, 0.25)) * DOTS
    half = box.height / 2 * DOTS
    shade = int(random.integers(10, 90))
    width = max(3, round(random.uniform(0.4, 0.8) * DOTS))
    reach = half * random.uniform(0.75, 1.1)
    corner = max(0, round(cx - 3 * half)), max(0, round(cy - 3 * half))
    part = picture[corner[1] : round(cy + 3 * half), corner[0] : round(cx + 3 * half)]
    cx, cy = cx - corner[0], cy - corner[1]
    ink = np.full_like(part, 255)

    def line(points: list[tuple[float, float]], wide: int = width, dark: int = shade) -> None:
        wobble = random.normal(0, 0.06, (len(points), 2))
        path = (np.array([cx, cy]) + reach * (np.array(points) + wobble)).round().astype(np.int32)
        cv2.polylines(ink, [path], isClosed=False, color=(dark,), thickness=wide, lineType=cv2.LINE_AA)

    if style in ("blue", "red"):  # as a camera or a scanner turns the pen's colour into grey
        shade = int(random.integers(60, 125))
        style = ("fill", "cross", "tick")[random.integers(3)]
    match style:
        case "fill" | "overflow" | "marker":
            wider = {"overflow": 1.2, "marker": 1.45}.get(style, 1)
            radius = round(half * random.uniform(0.75, 1.0) * wider)
            cv2.ellipse(
                ink, (round(cx), round(cy)), (radius, round(radius * random.uniform(0.85, 1.05))),
                float(random.uniform(0, 180)), 0, 360, (shade,), -1, cv2.LINE_AA,
            )  # fmt: skip
        case "cross":
            line([(-0.8, -0.8), (0.8, 0.8)])
            line([(-0.8, 0.8), (0.8, -0.8)])
        case "big-cross":
            reach = half * random.uniform(1.3, 1.6)
            line([(-1, -1), (1, 1)], width + 3)
            line([(-1, 1), (1, -1)], width + 3)
        case "tick":
            line([(-0.7, 0.0), (-0.1, 0.7), (1.0, -1.1)])
        case "pencil":
            dark = int(random.integers(120, 165))
            count = int(random.integers(4, 8))
            for y in np.linspace(-0.7, 0.7, count):
                line([(-0.7, y), (0.7, y - 0.2)], max(3, round(0.5 * DOTS)), dark)
        case "dot":
            radius = round(random.uniform(0.6, 1.0) * DOTS)
            cv2.circle(ink, (round(cx), round(cy)), radius, (shade,), -1, cv2.LINE_AA)
        case "point":
            cv2.circle(ink, (round(cx), round(cy)), round(random.uniform(0.15, 0.35) * DOTS), (shade,), -1)
        case "fluid":
            radii = (round(half * random.uniform(1.2, 1.5)), round(half * random.uniform(1.1, 1.3)))
            tilt = float(random.uniform(0, 180))
            cv2.ellipse(part, (round(cx), round(cy)), radii, tilt, 0, 360, (252,), -1, cv2.LINE_AA)
        case "ring":
            radius = round(half * random.uniform(1.25, 1.5))
            cv2.circle(ink, (round(cx), round(cy)), radius, (shade,), width, cv2.LINE_AA)
        case "light":
            dark = int(random.integers(140, 190))
            line([(-0.8, -0.8), (0.8, 0.8)], width, dark)
            line([(-0.8, 0.8), (0.8, -0.8)], width, dark)
        case "scribble":
            line([(-0.8, -0.5), (0.7, -0.6), (-0.7, 0.0), (0.8, 0.1), (-0.6, 0.6), (0.6, 0.6)])
        case "stray":
            line([(-0.8, -0.8), (0.8, 0.8)])
            line([(-0.8, 0.8), (1.3, -1.2)])
    np.minimum(part, ink, out=part)


def distort(picture: Gray, random: np.random.Generator, *, hard: bool) -> Gray:
    """Return a sheet as a scanner makes it, or for the hard half a telephone or a bad copier."""
    bad = (photograph, _copy, _bad_scan)
    return bad[random.integers(3)](picture, random) if hard else scan(picture, random)


def _bad_scan(picture: Gray, random: np.random.Generator) -> Gray:
    return scan(picture, random, (100, 150), float(random.uniform(-10, 10)))


def scan(
    picture: Gray,
    random: np.random.Generator,
    resolutions: tuple[float, float] = (150, 300),
    angle: float | None = None,
    quality: int | None = None,
) -> Gray:
    """Return a sheet as an office scanner makes it, now and then upside down."""
    dpi = float(random.uniform(*resolutions))
    angle = float(random.normal(0, 1)) if angle is None else angle
    turned = _turn(picture, angle, dpi / 300)
    noisy = add_noise(turned, random, 6)
    if random.random() < 0.3:
        noisy = np.ascontiguousarray(noisy[::-1, ::-1])
    return as_jpeg(noisy, quality or int(random.integers(40, 90)))


def _copy(picture: Gray, random: np.random.Generator) -> Gray:
    """A one-bit copy of a copy."""
    dpi = float(random.uniform(130, 200))
    turned = _turn(picture, float(random.uniform(-4, 4)), dpi / 300)
    blurred = cv2.GaussianBlur(turned, (0, 0), float(random.uniform(0.5, 1.1)))
    noisy = add_noise(np.asarray(blurred, np.uint8), random, 22)
    black = np.where(noisy < random.uniform(135, 190), 0, 255).astype(np.uint8)
    specks = random.random(black.shape) < 0.0008
    black[specks] = 0
    return black


def photograph(picture: Gray, random: np.random.Generator) -> Gray:
    """A photograph of a sheet on a table, from an angle, with a shadow and a slight curl."""
    height, width = picture.shape
    curl = random.uniform(0, 0.006) * width
    rows, columns = np.indices((height, width), np.float32)
    bent = rows + (curl * np.sin(np.pi * columns / width * random.uniform(0.7, 1.3))).astype(np.float32)
    sheet = np.asarray(cv2.remap(picture, columns, bent, cv2.INTER_LINEAR, borderValue=(255,)), np.uint8)
    out = 2200 if random.random() < 0.7 or width > height else 1700
    scale = out / height * 0.88
    box = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    middle = np.array([out * 0.375, out / 2], np.float32)
    target = (box - (width / 2, height / 2)) * scale + middle
    target += random.uniform(-0.035, 0.035, (4, 2)) * out * np.array([0.75, 1])
    angle = np.radians(random.uniform(-5, 5))
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    target = ((target - middle) @ spin.T + middle).astype(np.float32)
    table = random.integers(40, 150) + random.normal(0, 12, (out, round(out * 0.75)))
    matrix = cv2.getPerspectiveTransform(box, target)
    size = (round(out * 0.75), out)
    there = cv2.warpPerspective(np.full_like(sheet, 255), matrix, size)
    laid = cv2.warpPerspective(sheet, matrix, size, flags=cv2.INTER_AREA)
    image = np.where(there > 127, laid, table)
    y, x = np.indices(image.shape) / np.array(image.shape).reshape(2, 1, 1)
    a = random.uniform(0, 2 * np.pi)
    slope = np.cos(a) * x + np.sin(a) * y
    light = 0.9 - 0.25 * (slope - slope.min()) / (slope.max() - slope.min())
    edge = random.uniform(0.2, 0.8)
    shadow = 1 - random.uniform(0.1, 0.4) / (1 + np.exp(-(slope - np.quantile(slope, edge)) * 25))
    shaded = np.clip(image * light * shadow, 0, 255)
    blurred = cv2.GaussianBlur(shaded, (0, 0), float(random.uniform(0.6, 1.4)))
    noisy = add_noise(np.asarray(blurred, np.uint8), random, 7)
    if random.random() < 0.3:
        noisy = np.ascontiguousarray(np.rot90(noisy, int(random.integers(1, 4))))
    return as_jpeg(noisy, int(random.integers(35, 85)))


def _turn(picture: Gray, angle: float, scale: float) -> Gray:
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = (round(height * sin + width * cos), round(height * cos + width * sin))
    matrix[:, 2] += (size[0] / 2 - width / 2, size[1] / 2 - height / 2)
    smooth = cv2.GaussianBlur(picture, (0, 0), 0.45 / scale)
    return np.asarray(cv2.warpAffine(smooth, matrix, size, borderValue=(250,)), np.uint8)


def add_noise(picture: Gray, random: np.random.Generator, amount: float) -> Gray:
    noise = random.normal(0, amount, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def as_jpeg(picture: Gray, quality: int) -> Gray:
    _ok, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def as_png(picture: Gray) -> bytes:
    """Return a picture as a PNG file."""
    return bytes(cv2.imencode(".png", picture)[1])


def as_pdf(pictures: list[Gray], dpi: int = 200) -> bytes:
    """Return pictures as a PDF with a page for each, as scanners make it."""
    pages = [Image.fromarray(each) for each in pictures]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=75)
    return out.getvalue()
