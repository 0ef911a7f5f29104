"""Count the pages of a PDF that quizgen made."""

import re
import zlib

_PAGE = re.compile(rb"/Type\s*/Page\b")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b[^>]*>>\s*stream\r?\n")


def count_pages(pdf: bytes) -> int:
    """Return the number of pages of a PDF. Its objects may be in compressed streams."""
    streams = (zlib.decompressobj().decompress(pdf[found.end() :]) for found in _OBJECT_STREAM.finditer(pdf))
    return sum(len(_PAGE.findall(text)) for text in (pdf, *streams))
