"""The press: type that is set once, printed on many papers.

A layout of one page needs none of this: it is a template and ``print_template`` (``quizgen/paper/renderer.py``). A layout
in versions describes what its papers are made of, and gets a PDF, and the places where papers are marked.

All lengths are in points, 1/72 inch. ``x`` and ``y`` go right and down from a top left: that of a page, or of a strip.
Pages count from 0, and so do the printed indices of options.

Describe:
    ``Piece(id, values, sized)`` is set in type once. ``id`` is a tuple of texts, of which the first is its kind: the macro in
    ``templates/pieces.html`` that draws it from the values. A piece holds nothing that differs between versions.
    ``Block(width, height, box)`` is a piece as set; ``Blocks`` has blocks by the ids of pieces.
    ``Placed(piece, x, y, option)`` is a block in its place, and ``Strip(height, placed)`` what stays together on a page.
    ``Section(title, language, pieces, head, closing, compose, ...)`` is all questions, or all answers: ``compose(question,
    blocks, measures, spacing)`` gives the strip of a question, as tall in each version.

Papers made of sections:
    ``typeset_sections(sections, questions, samples, design, tagged)`` finds the largest type that takes no more pages
    than the smallest. ``.document(sections)`` begins a PDF: ``.add(quiz)`` prints a paper, ``.places(index, quiz)`` gives
    its boxes as ``Place(page, x, y, width, height, question, option, value)``, and ``.finish(about)`` gives the bytes.

Pages made of placed blocks, as the key and answer sheets are:
    ``Typesetter(language, logo).lay_out(template, values, pieces)`` sets a template of one's own, in which elements with these
    ids are pieces; ``.paint(settings)`` goes to ``PdfAssembler(typeset, page)``. Its ``fragment(setting, placed)`` makes
    what ``add_page([(fragment, x, y), ...])`` prints; ``filled(boxes)`` draws rules and ``picture(...)`` a code.

The same description gives the same bytes.
"""

from quizgen.paper.press.fit import Fitted
from quizgen.paper.press.foot import DIGITS, PLAIN_FOOT, foot, foot_height, in_line, label_ids, running
from quizgen.paper.press.papers import PdfDocument, Place, Progress, TypesetSections, typeset_sections
from quizgen.paper.press.pdf_assembler import (
    Bookmark,
    ContentFragment,
    PdfAssembler,
    PlacedFragment,
    filled,
    padded,
    table_row,
)
from quizgen.paper.press.pieces import Block, Blocks, Box, Piece, PieceId, text_piece
from quizgen.paper.press.section import Section
from quizgen.paper.press.strips import Placed, Strip, block_strip, grid
from quizgen.paper.press.typesetter import TALLEST, Setting, Typesetter

__all__ = [
    "DIGITS", "PLAIN_FOOT", "TALLEST", "Block", "Blocks", "Bookmark", "Box", "ContentFragment", "Fitted", "PdfAssembler",
    "PdfDocument", "Piece", "PieceId", "Place", "Placed", "PlacedFragment", "Progress", "Section", "Setting", "Strip",
    "TypesetSections", "Typesetter", "block_strip", "filled", "foot", "foot_height", "grid", "in_line", "label_ids",
    "padded", "running", "table_row", "text_piece", "typeset_sections",
]  # fmt: skip
