"""What a sheet has for a reader of scans: a solid square in each corner of a page, and a code. Lengths are in points."""

from quizgen.marks.positions import SheetCode
from quizgen.paper.design import MM
from quizgen.paper.images import qr_dark_squares
from quizgen.paper.press import Box

QR_WIDTH = 17 * MM
"""Width of a QR code."""

CORNER_MARK, MARK_EDGE = 4 * MM, 5.5 * MM
"""Side of the square in each corner of a sheet, and its distance from the edges of the sheet. They are outside the margins."""


def corner_marks(width: float, height: float) -> list[Box]:
    """Return the squares in the corners of a sheet of this size."""
    far_x, far_y = width - MARK_EDGE - CORNER_MARK, height - MARK_EDGE - CORNER_MARK
    return [Box(x, y, CORNER_MARK, CORNER_MARK) for y in (MARK_EDGE, far_y) for x in (MARK_EDGE, far_x)]


def code_squares(code: SheetCode) -> list[Box]:
    """Return the dark squares of the QR code of a page, which is QR_WIDTH wide and high."""
    squares = qr_dark_squares(str(code))
    side = QR_WIDTH / (max(row for row, _ in squares) + 1)
    return [Box(column * side, row * side, side, side) for row, column in squares]
