"""The press: it sets type once and prints it on many papers.

A layout of one page does not need the press: it is a template and ``print_template`` (``quizgen/paper/renderer.py``). A
layout in versions describes the parts of its papers, and gets a PDF, and the positions of boxes to mark.

All lengths are in points, 1/72 inch. ``x`` and ``y`` go right and down from the top left of a page or a strip. Page
numbers and printed indices of options start at 0.

Description:
    ``Piece(id, values, sized)`` is set in type once. ``id`` is a tuple of texts; the first is its kind, the macro in
    ``templates/pieces.html`` that draws the piece from the values. A piece is the same in all versions.
    ``Block(width, height, box)`` is a piece after it is set; ``Blocks`` maps the ids of pieces to blocks.
    ``PlacedBlock(piece, x, y, option)`` is a block at a position; ``Strip(height, placed)`` is blocks that stay together.
    ``Section(title, language, pieces, head, closing, compose, ...)`` is all questions or all answers. ``compose(question,
    blocks, measures, spacing)`` returns the strip of a question, which has the same height in each version.

Papers of sections:
    ``typeset_sections(sections, questions, samples, design, tagged)`` finds the largest type that takes no more pages
    than the smallest. ``.document(sections)`` begins a PDF: ``.add(quiz)`` prints a paper, ``.answer_fields(index, quiz)``
    returns its boxes as ``AnswerField(page, x, y, width, height, question, option, value)``, and ``.finish(about)``
    returns the bytes.

Pages of placed blocks, such as the key and answer sheets:
    ``Typesetter(language, logo).lay_out(template, values, pieces)`` sets another template, whose elements with these ids
    are pieces; ``.paint(settings)`` makes what ``PdfAssembler(typeset, page)`` needs. Its ``fragment(setting, placed)``
    makes what ``add_page([(fragment, x, y), ...])`` prints; ``fill_boxes(boxes)`` draws rules, ``picture(...)`` a code.

The same description gives the same bytes.
"""

from quizgen.paper.press.fit import FittedSection
from quizgen.paper.press.foot import (
    DIGITS,
    PLAIN_FOOT,
    foot,
    foot_height,
    label_pieces,
    line_positions,
    running_texts,
)
from quizgen.paper.press.papers import AnswerField, PdfDocument, Progress, TypesetSections, typeset_sections
from quizgen.paper.press.pdf_assembler import (
    Bookmark,
    ContentFragment,
    PdfAssembler,
    PlacedFragment,
    fill_boxes,
    pad,
    table_row,
)
from quizgen.paper.press.pieces import Block, Blocks, Box, Piece, PieceId, text_piece
from quizgen.paper.press.section import Section
from quizgen.paper.press.strips import PlacedBlock, Strip, block_strip, grid
from quizgen.paper.press.typesetter import SETTING_PAGE_HEIGHT, Setting, Typesetter

__all__ = [
    "DIGITS",
    "PLAIN_FOOT",
    "SETTING_PAGE_HEIGHT",
    "AnswerField",
    "Block",
    "Blocks",
    "Bookmark",
    "Box",
    "ContentFragment",
    "FittedSection",
    "PdfAssembler",
    "PdfDocument",
    "Piece",
    "PieceId",
    "PlacedBlock",
    "PlacedFragment",
    "Progress",
    "Section",
    "Setting",
    "Strip",
    "TypesetSections",
    "Typesetter",
    "block_strip",
    "fill_boxes",
    "foot",
    "foot_height",
    "grid",
    "label_pieces",
    "line_positions",
    "pad",
    "running_texts",
    "table_row",
    "text_piece",
    "typeset_sections",
]  # fmt: skip
