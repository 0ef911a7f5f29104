"""The press sets type once and prints it in many versions of a paper.

A layout of one page does not need it: that is a template and ``print_template`` (``quizgen/paper/renderer.py``). A
layout in versions describes the parts of its papers, and gets a PDF and the positions of boxes to mark.

All lengths are in points, 1/72 inch. ``x`` and ``y`` go right and down from the top left of a page or a strip. Page
numbers and indices of options in printed order start at 0.

Description of a paper:

- ``LayoutElement(id, values, sized)`` is HTML that is set in type once and is the same in all versions. ``id`` is a
  tuple of texts. The first is its kind: the macro in ``templates/elements.html`` that draws it from the values.
- ``Block(width, height, box)`` is a layout element after typesetting. ``Blocks`` maps the ids of layout elements to
  blocks.
- ``PlacedBlock(element_id, x, y, option)`` is a block at a position. ``Strip(height, placed)`` is blocks that stay
  together.
- ``Section(title, language, elements, head, closing, compose, ...)`` is all questions or all answers.
  ``compose(question, blocks, measures, spacing)`` returns the strip of a question, which has the same height in each
  version.

Papers that consist of sections:

- ``typeset_sections(sections, questions, samples, design, tagged)`` finds the largest type that takes no more pages
  than the smallest.
- ``.begin_document(sections)`` of its result begins a PDF. ``.add_paper(quiz)`` prints a paper,
  ``.answer_fields(index, quiz)`` returns its boxes to mark, and ``.finish(metadata)`` returns the bytes.

Pages of placed blocks, such as the answer key and answer sheets:

- ``Typesetter(language, logo).lay_out(template, values, element_ids)`` typesets another template, whose HTML elements
  with these ids become blocks. ``.paint(groups)`` returns what ``PdfAssembler(painted, page)`` needs.
- ``make_fragment(group_index, placed)`` of the assembler returns what ``add_page([(fragment, x, y), ...])`` prints.
  ``draw_boxes(boxes)`` draws rules, and ``make_picture(...)`` a QR code.

The same description gives the same bytes.
"""

from quizgen.paper.press.elements import BACK, Block, Blocks, Box, ElementId, LayoutElement, make_text_element
from quizgen.paper.press.fit import FittedSection
from quizgen.paper.press.foot import (
    DIGITS,
    PLAIN_FOOT,
    compose_foot,
    foot_height,
    label_element_ids,
    positions_in_line,
    running_text_parts,
)
from quizgen.paper.press.papers import (
    AnswerField,
    PdfDocument,
    Progress,
    SectionPages,
    TypesetSections,
    typeset_sections,
)
from quizgen.paper.press.pdf_assembler import (
    Bookmark,
    ContentFragment,
    PdfAssembler,
    PlacedFragment,
    draw_boxes,
    make_table_row,
    pad_to_width,
)
from quizgen.paper.press.section import Section
from quizgen.paper.press.strips import PlacedBlock, Strip, compose_option_grid, make_block_strip
from quizgen.paper.press.typesetter import SETTING_PAGE_HEIGHT, TypesetGroup, Typesetter

__all__ = [
    "BACK",
    "DIGITS",
    "PLAIN_FOOT",
    "SETTING_PAGE_HEIGHT",
    "AnswerField",
    "Block",
    "Blocks",
    "Bookmark",
    "Box",
    "ContentFragment",
    "ElementId",
    "FittedSection",
    "LayoutElement",
    "PdfAssembler",
    "PdfDocument",
    "PlacedBlock",
    "PlacedFragment",
    "Progress",
    "Section",
    "SectionPages",
    "Strip",
    "TypesetGroup",
    "TypesetSections",
    "Typesetter",
    "compose_foot",
    "compose_option_grid",
    "draw_boxes",
    "foot_height",
    "label_element_ids",
    "make_block_strip",
    "make_table_row",
    "make_text_element",
    "pad_to_width",
    "positions_in_line",
    "running_text_parts",
    "typeset_sections",
]  # fmt: skip
