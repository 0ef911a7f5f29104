"""Read the paragraphs of a Word document (.docx) or a PDF.

Only a child process with limits calls this (``cli/child_process.py``), because a small file can unpack to any size.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from quizgen.errors import Problem, QuizgenError, problem
from quizgen.source.clean import join_chinese_lines
from quizgen.source.paragraphs import ends_sentence
from quizgen.text.messages import _

_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_PARAGRAPH_GAP = 1.35
"""A line begins a paragraph if it is this many times as far below the one before as lines usually are."""
_MIN_PARAGRAPHS = 2
"""If a PDF has more parts than this with space between them, the parts are its paragraphs."""
_LARGE = 1.15
"""Letters that are this many times as high as those of most lines are a heading."""
_NO_WORDS = re.compile(r"[\W\d_]+")


class DocumentText(NamedTuple):
    """The text of a document: its form, the title that it gives itself, and its text with blank lines between paragraphs.

    ``pages_without_text`` are the numbers of pages that have a picture and no text, such as scanned ones.
    """

    form: str
    title: str
    text: str
    pages_without_text: tuple[int, ...] = ()


def read_document_text(data: bytes, name: str) -> DocumentText | None:
    """Return the text of a Word document or a PDF, or ``None`` for any other file. ``name`` is the file's name for messages.

    Raises QuizgenError if the document cannot be read or has no text.
    """
    if data.startswith(_PDF):
        document = _read_pdf(data, name)
    elif data.startswith(_ZIP):
        document = _read_docx(data, name)
    else:
        return None
    if not document.text.strip():
        raise QuizgenError(
            problem(
                _("has no text, perhaps because its pages are pictures"),
                _("get it as text, for example from the publisher's web page"),
                file=name,
            )
        )
    return document


def _read_docx(data: bytes, name: str) -> DocumentText:
    """Read a Word document: its paragraphs, and the cells of its tables."""
    from docx import Document  # noqa: PLC0415  slow to load
    from docx.table import Table  # noqa: PLC0415

    try:
        document = Document(BytesIO(data))
        paragraphs: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                paragraphs += (cell.text for row in block.rows for cell in row.cells)
            else:
                paragraphs.append(block.text)
        title = document.core_properties.title or ""
    except MemoryError:
        raise
    except Exception as error:  # whatever python-docx, lxml and zipfile raise for a damaged file
        raise QuizgenError(_damaged_problem(name)) from error
    return DocumentText(
        "Word", title, "\n\n".join(dict.fromkeys(each for each in paragraphs if each.strip()))
    )


def _read_pdf(data: bytes, name: str) -> DocumentText:
    """Read the text of a PDF, without lines that have no words, such as page numbers."""
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415  slow to load
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_PAGEOBJ_IMAGE  # noqa: PLC0415

    pages_without_text: list[int] = []
    try:
        document = PdfDocument(data)
        lines: list[str] = []
        for number, page in enumerate(document, start=1):
            if lines and ends_sentence(lines[-1]):
                lines.append("")
            own = list(_page_lines(page))
            lines += own
            if not own and any(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])):
                pages_without_text.append(number)
        title = document.get_metadata_value("Title")
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise QuizgenError(
                problem(
                    _("has a password"),
                    _("open it with its password, and save it again without one"),
                    file=name,
                )
            ) from error
        raise QuizgenError(_damaged_problem(name)) from error
    text = "\n".join(lines)
    paragraphs = [join_chinese_lines(each).replace("\n", " ") for each in re.split(r"\n{2,}", text)]
    if len(paragraphs) > _MIN_PARAGRAPHS:
        text = "\n\n".join(paragraphs)
    return DocumentText("PDF", title, text, tuple(pages_without_text))


class _Line(NamedTuple):
    """A line of a page: where its first and its last character stand, the height of its letters, and its text."""

    first: float
    last: float
    height: float
    text: str


def _page_lines(page: Any) -> Iterator[str]:
    """Yield the lines of a page from the top, with a blank line where the distance to the line before is large.

    A heading, in larger letters than most lines, is one line, even if it takes several.
    """
    lines = list(_placed_lines(page.get_textpage()))
    if not lines:
        return
    # The distance between two lines, as a multiple of the height of their letters.
    distances = [0.0, *((before.last - line.first) / line.height for before, line in pairwise(lines))]
    usual = median([each for each in distances if each > 0] or [0.0])
    large = _LARGE * median(line.height for line in lines)
    heading = ""
    for distance, line in zip(distances, lines, strict=True):
        is_new = distance > _PARAGRAPH_GAP * usual
        if heading and line.height > large and not is_new:
            heading += f" {line.text}"
            continue
        if heading:
            yield from (heading, "")
        heading = line.text if line.height > large else ""
        if not heading:
            yield from ("", line.text) if is_new else (line.text,)
    if heading:
        yield heading


def _placed_lines(text_page: Any) -> Iterator[_Line]:
    """Yield the lines of a page that have words. A line that ends within a word, at a hyphen, goes on in the same line."""
    text, count = str(text_page.get_text_range()), text_page.count_chars()
    for match in re.finditer(r"[^\r\n]+", text):
        words = match[0].replace("\ufffe", "-").replace("\x02", "-").strip()
        first = match.end() - len(match[0].lstrip())
        last = match.start() + len(match[0].rstrip()) - 1
        if _NO_WORDS.fullmatch(words) or last >= count:
            continue
        _left, bottom, _right, top = text_page.get_charbox(first, loose=True)
        end = text_page.get_charbox(last, loose=True)[1]
        yield _Line(bottom, end, max(top - bottom, 1.0), words)


def _damaged_problem(name: str) -> Problem:
    """Return a problem that says that a document cannot be read."""
    return problem(
        _("cannot be read as a Word document or a PDF"),
        _("remove its password, save it again, or save it as plain text"),
        file=name,
    )
