"""Read the pages of scans, which others made: in a child process, because a page can take hours or gigabytes."""

from pathlib import Path
from typing import Any

from quizgen.errors import QuizgenError, problem
from quizgen.marks.positions import decode_positions
from quizgen.text.messages import _

MAX_SIDE = 2400
"""The longer side of a page in pixels, as it is read: that of A4 with 200 dpi. Larger pages are made smaller first."""

MAX_PIXELS = 60_000_000
"""The most pixels of a picture, after what a JPEG leaves out when it is opened smaller."""


def count_pages(path: str) -> int:
    """Return how many pages a PDF or a picture has. Raises QuizgenError if it is neither."""
    return len(_open_pdf(path)) if _is_pdf(path) else int(getattr(_open_picture(path), "n_frames", 1))


def read_pages(pages: list[tuple[str, int]], positions_paths: list[str]) -> list[bytes]:
    """Read pages, each a file and a number from 1; return what is on each, as a ``ReadPicture`` in MessagePack."""
    import cv2
    import msgspec

    from quizgen.marks.reading import ReadPicture, read_picture

    cv2.setNumThreads(1)  # several such processes share the processor
    all_positions = [decode_positions(Path(each).read_bytes(), each) for each in positions_paths]
    opened: dict[str, Any] = {}
    results = []
    for path, number in pages:
        try:
            if _is_pdf(path):
                if path not in opened:
                    opened = {path: _open_pdf(path)}
                page = _draw_page(opened[path], number)
            else:
                page = _load_picture(path, number)
            picture = read_picture(page, all_positions)
        except QuizgenError:
            picture = ReadPicture(trouble="unreadable")
        results.append(msgspec.msgpack.encode(picture))
    return results


def _is_pdf(path: str) -> bool:
    with Path(path).open("rb") as file:
        return file.read(4) == b"%PDF"


def _draw_page(pdf: Any, number: int) -> Any:
    """Return a page of a PDF in shades of grey, at most ``MAX_SIDE`` pixels high or wide. Raises QuizgenError."""
    import numpy as np
    import pypdfium2

    try:
        page = pdf[number - 1]
        scale = MAX_SIDE / max(*page.get_size(), 1)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        drawn = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
        page.close()
    except pypdfium2.PdfiumError as error:
        raise QuizgenError(_unreadable()) from error
    return drawn


def _load_picture(path: str, number: int) -> Any:
    """Return a picture in shades of grey, at most ``MAX_SIDE`` pixels high or wide. Raises QuizgenError."""
    import numpy as np
    from PIL import Image

    image = _open_picture(path)
    try:
        image.seek(number - 1)
        image.draft("L", (MAX_SIDE, MAX_SIDE))
        if image.width * image.height > MAX_PIXELS:
            raise QuizgenError(problem(_("this picture has too many pixels"), _("save it smaller")))
        image = image.convert("RGBA" if "A" in image.getbands() else "L")
        if image.mode == "RGBA":  # what is transparent is paper
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")
        if max(image.size) > MAX_SIDE:
            image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.BOX)
        return np.array(image)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise QuizgenError(_unreadable()) from error


def _open_pdf(path: str) -> Any:
    """Open a PDF without reading all of it: a pile may have hundreds of megabytes. Raises QuizgenError."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise QuizgenError(
                problem(_("this PDF file has a password"), _("save it without one"))
            ) from error
        raise QuizgenError(_unreadable()) from error


def _open_picture(path: str) -> Any:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # MAX_PIXELS is checked after a JPEG is made smaller
    try:
        return Image.open(path, formats=("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF", "PPM"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise QuizgenError(_unreadable()) from error


def _unreadable() -> Any:
    return problem(_("this is not a PDF file or a picture that can be read"), _("scan the sheet again"))
