"""Read the pages of scans, which others made: in a child process, because a page can take hours or gigabytes."""

import os
from pathlib import Path
from typing import Any

from quizgen.marks.positions import decode_positions

MAX_SIDE = 2400
"""The longer side of a page in pixels, as it is read: that of A4 with 200 dpi. Larger pages are made smaller first."""

MAX_PIXELS = 60_000_000
"""The most pixels of a picture, after what a JPEG leaves out when it is opened smaller."""

MAX_PAGES = 10_000
"""The most pages of a file. A file of a few kilobytes can say that it has billions."""


class UnreadError(Exception):
    """A file or a page that cannot be read. ``trouble`` says why, as in ``ReadPicture``."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def count_pages(paths: list[bytes]) -> list[tuple[int, str]]:
    """Return how many pages each file has, or 0 and what is wrong with the file."""
    return [_count_pages(os.fsdecode(path)) for path in paths]


def _count_pages(path: str) -> tuple[int, str]:
    try:
        count = len(_open_pdf(path)) if _is_pdf(path) else int(getattr(_open_picture(path), "n_frames", 1))
    except UnreadError as error:
        return 0, error.trouble
    except (OSError, SyntaxError, ValueError, EOFError):
        return 0, "damaged"
    return (count, "") if count <= MAX_PAGES else (0, "long")


def read_pages(pages: list[tuple[bytes, int]], positions_paths: list[bytes]) -> list[bytes]:
    """Read pages, each a file and a number from 1; return what is on each, as a ``ReadPicture`` in MessagePack."""
    import cv2
    import msgspec

    from quizgen.marks.reading import ReadPicture, read_picture

    cv2.setNumThreads(1)  # several such processes share the processor
    all_positions = [
        decode_positions(Path(path).read_bytes(), path) for path in map(os.fsdecode, positions_paths)
    ]
    opened: dict[str, Any] = {}
    results = []
    for path, number in [(os.fsdecode(path), number) for path, number in pages]:
        try:
            if _is_pdf(path):
                if path not in opened:
                    opened = {path: _open_pdf(path)}
                page = _draw_page(opened[path], number)
            else:
                page = _load_picture(path, number)
            picture = read_picture(page, all_positions)
        except UnreadError as error:
            picture = ReadPicture(trouble=error.trouble)
        except (OSError, ArithmeticError, ValueError, MemoryError, cv2.error):
            picture = ReadPicture(trouble="unreadable")
        results.append(msgspec.msgpack.encode(picture))
    return results


def _is_pdf(path: str) -> bool:
    with Path(path).open("rb") as file:
        return file.read(4) == b"%PDF"


def _draw_page(pdf: Any, number: int) -> Any:
    """Return a page of a PDF in shades of grey, at most ``MAX_SIDE`` pixels high or wide. Raises UnreadError."""
    import numpy as np
    import pypdfium2

    try:
        page = pdf[number - 1]
        scale = MAX_SIDE / max(*page.get_size(), 1)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        drawn = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
        page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadError("damaged") from error
    return drawn


def _load_picture(path: str, number: int) -> Any:
    """Return a picture in shades of grey, at most ``MAX_SIDE`` pixels high or wide. Raises UnreadError."""
    import numpy as np
    from PIL import Image

    image = _open_picture(path)
    try:
        image.seek(number - 1)
        image.draft("L", (MAX_SIDE, MAX_SIDE))
        if image.width * image.height > MAX_PIXELS:
            raise UnreadError("large")
        image = image.convert("RGBA" if "A" in image.getbands() else "L")
        if image.mode == "RGBA":  # what is transparent is paper
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")
        if max(image.size) > MAX_SIDE:
            image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.BOX)
        return np.array(image)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnreadError("damaged") from error


def _open_pdf(path: str) -> Any:
    """Open a PDF without reading all of it: a pile may have hundreds of megabytes. Raises UnreadError."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(Path(path).open("rb"), autoclose=True)
    except pypdfium2.PdfiumError as error:
        raise UnreadError("password" if "password" in str(error).lower() else "damaged") from error


def _open_picture(path: str) -> Any:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # MAX_PIXELS is checked after a JPEG is made smaller
    try:
        return Image.open(path, formats=("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF", "PPM"))
    except UnidentifiedImageError as error:
        raise UnreadError("no picture") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadError("damaged") from error
