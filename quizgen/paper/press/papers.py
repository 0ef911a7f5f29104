"""Print typeset sections on the pages of many papers. What several papers share is composed once."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.model import Question, Quiz
from quizgen.paper.design import LABEL_HEIGHT, MM, PAGES, SPACING_STEPS, Page, QuizPaperDesign
from quizgen.paper.press.elements import BACK, Blocks, Box, ElementId
from quizgen.paper.press.fit import FittedSection, fit_to_pages
from quizgen.paper.press.foot import compose_foot, label_element_ids, positions_in_line, running_text_parts
from quizgen.paper.press.pdf_assembler import (
    Bookmark,
    ContentFragment,
    Link,
    PdfAssembler,
    PlacedFragment,
)
from quizgen.paper.press.section import Section
from quizgen.paper.press.strips import PlacedBlock, StripPosition, make_block_strip
from quizgen.paper.press.typesetter import PaintedGroups, Typesetter
from quizgen.paper.renderer import PdfMetadata
from quizgen.text.messages import _

Progress: TypeAlias = Callable[[int], None]
"""A function called from time to time with the number of papers printed so far."""


class AnswerField(Struct, frozen=True):
    """The position of a box, circle or blank to mark with a pen, in points from the top left of its page.

    ``page`` counts the pages of the PDF from 0. ``question`` is an id. ``option`` is the index in printed order of the
    option, prompt or step that a box belongs to, or -1 for a blank. ``value`` is what a circle stands for: the index
    in printed order of a choice, or a position in the order of steps. It is -1 for a box to tick or to write in.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    question: str
    option: int
    value: int = -1

    @property
    def millimetres(self) -> tuple[float, float, float, float]:
        """``x``, ``y``, ``width`` and ``height`` in millimetres."""
        return self.x / MM, self.y / MM, self.width / MM, self.height / MM


class TypesetSections(Struct, frozen=True):
    """The sections of papers, each typeset in its best size and painted as PDF operators."""

    fitted: Mapping[Section, FittedSection]
    painted: PaintedGroups
    page: Page

    def begin_pdf(self) -> PdfAssembler:
        """Return an assembler for a new PDF."""
        return PdfAssembler(self.painted, self.page)

    def make_section_pages(self, section: Section, assembler: PdfAssembler) -> "SectionPages":
        """Return the object that composes pages with a section."""
        return SectionPages(self.fitted[section], list(self.fitted).index(section), assembler, self.page)

    def begin_document(self, sections: Sequence[Section]) -> "PdfDocument":
        """Begin a PDF of papers that consist of these sections."""
        assembler = self.begin_pdf()
        return PdfDocument([self.make_section_pages(section, assembler) for section in sections], assembler)


def typeset_sections(
    sections: Sequence[Section],
    questions: Sequence[Question],
    samples: Sequence[Sequence[Question]],
    design: QuizPaperDesign,
    *,
    tagged: bool,
    kept_free: float = 0.0,
) -> TypesetSections:
    """Typeset sections, ``tagged`` for screen readers or not.

    ``questions`` are those of all papers; ``samples`` are some papers by which the type size is chosen. So many points
    are kept free above the foot of each page. Raises QuizgenError for a question that is taller than a page, and for a character
    that no font has.
    """
    page = PAGES[design.paper]
    with Typesetter(sections[0].language, design.logo, design.colour) as typesetter:
        shorter = replace(page, height=page.height - kept_free)
        fitted = fit_to_pages(sections, questions, samples, design, shorter, typesetter)
        painted = typesetter.paint([each.group for each in fitted], tagged=tagged)
    return TypesetSections(dict(zip(sections, fitted, strict=True)), painted, page)


class PdfDocument:
    """A PDF of papers. Each paper has the pages of its sections, and a foot with page numbers."""

    def __init__(self, sections: Sequence["SectionPages"], assembler: PdfAssembler) -> None:
        self._sections = sections
        self._assembler = assembler
        self._first_pages: list[int] = []
        self._bookmarks: list[Bookmark] = []

    def add_paper(
        self, quiz: Quiz, *, on_a_fresh_sheet: bool = False, marks: Sequence[Sequence[PlacedFragment]] = ()
    ) -> None:
        """Add a paper with a bookmark. A paper that is not a version has a bookmark for each section.

        ``marks`` are fragments to add to its first pages.

        With ``on_a_fresh_sheet``, the paper begins on a new sheet, and its answers do too if the questions take
        several pages. If the back of a version's last sheet would be blank, it has what the paper brings for it (``BACK``).
        """
        label, assembler = quiz.version, self._assembler
        if on_a_fresh_sheet and assembler.page_count % 2:
            assembler.add_page([])
        self._first_pages.append(assembler.page_count)
        composed = [section.compose_pages(quiz) for section in self._sections]
        total = sum(map(len, composed))
        if label:
            self._begin_part(_("Paper {label}", label=label).translated(quiz.language))
        for fragments, more in zip(composed[0], marks, strict=False):
            fragments.extend(more)
        number = 0
        for section, pages in zip(self._sections, composed, strict=True):
            if number > 1 and on_a_fresh_sheet and assembler.page_count % 2:
                assembler.add_page([])
            if not label and len(composed) > 1:
                self._begin_part(section.title)
            link = section.qr_code_link()
            for fragments in pages:
                number += 1
                tag, under = section.compose_label(label), section.compose_foot(quiz.seed, number, total)
                assembler.add_page(tag + fragments + under, link)
                link = None
        if (
            label
            and on_a_fresh_sheet
            and assembler.page_count % 2
            and (back := self._sections[0].compose_back())
        ):
            assembler.add_page(back)

    def _begin_part(self, title: str) -> None:
        self._bookmarks.append(Bookmark(title, self._assembler.page_count))
        self._assembler.begin_part(title)

    def finish(self, about: PdfMetadata) -> bytes:
        """Return the PDF."""
        return self._assembler.finish(self._bookmarks, about)

    def answer_fields(self, index: int, quiz: Quiz) -> list[AnswerField]:
        """Return the boxes and blanks of the paper with this index and this quiz."""
        return self._sections[0].answer_fields(quiz, self._first_pages[index])


_LABEL_PADDING = 0.6
"""The space at both sides of a version's label in its box together, as a multiple of the type size."""


class SectionPages:
    """Composes the pages of one section, the questions or the answers, for many papers."""

    def __init__(self, fitted: FittedSection, group_index: int, assembler: PdfAssembler, page: Page) -> None:
        self.title = fitted.section.title
        self.blocks: Blocks = fitted.group.blocks
        self._fitted = fitted
        self._group_index = group_index
        self._assembler = assembler
        self._page = page
        self._heights: dict[tuple[str, float], float] = {}
        self._single_blocks: dict[ElementId, ContentFragment] = {}
        # By identity: versions that print a question the same way share it. The value keeps it alive, so that its id stays its own.
        self._question_fragments: dict[tuple[int, float], tuple[Question, ContentFragment]] = {}
        self._foot_fragments: dict[tuple[int, int], list[PlacedFragment]] = {}

    def compose_pages(self, quiz: Quiz) -> list[list[PlacedFragment]]:
        """Compose the pages of one paper."""
        looseness, positions = self._place_strips(quiz.questions)
        pages: list[list[PlacedFragment]] = [[] for _ in range(positions[-1].page + 1)]
        measures, margin = self._fitted.measures, self._page.margin
        column_edges = [margin + measures.column_left(column) for column in range(measures.columns)]
        strips = self._compose_strips(quiz.questions, looseness)
        for (page, column, y), fragments in zip(positions, strips, strict=True):
            pages[page] += [(fragment, column_edges[column], margin + y) for fragment in fragments]
        return pages

    def _compose_strips(
        self, questions: Sequence[Question], looseness: float
    ) -> Iterator[list[ContentFragment]]:
        """Yield the strips in order: the head, each question after its number, and the closing elements."""
        section, forms = self._fitted.section, self._question_fragments
        yield [self._compose_block(section.head)]
        for number, question in enumerate(questions, start=1):
            form = (id(question), looseness)
            if form not in forms:
                placed = self._fitted.compose_strip(question, looseness).placed
                forms[form] = question, self._assembler.make_fragment(self._group_index, placed, question.id)
            before = [self._compose_block(("number", f"{number}."))] if section.is_numbered else []
            yield [*before, forms[form][1]]
        for element_id in section.closing:
            yield [self._compose_block(element_id)]

    def _compose_block(self, element_id: ElementId) -> ContentFragment:
        """Compose a single block, once for all papers."""
        if element_id not in self._single_blocks:
            placed = make_block_strip(element_id, self.blocks).placed
            self._single_blocks[element_id] = self._assembler.make_fragment(self._group_index, placed)
        return self._single_blocks[element_id]

    def compose_back(self) -> list[PlacedFragment]:
        """Compose the back of a paper's last sheet; nothing if it has none, or one that is too tall."""
        block, margin = self.blocks.get(BACK), self._page.margin
        if not block or block.height > self._page.height - 2 * margin:
            return []
        return [(self._compose_block(BACK), margin, margin)]

    def qr_code_link(self) -> Link | None:
        """Return the link of the QR code in the head, or ``None`` if there is none."""
        head = self._fitted.section.head
        box = self.blocks[head].box
        if not box:
            return None
        href = next(
            element_id.values["href"] for element_id in self._fitted.section.elements if element_id.id == head
        )
        x, y = self._page.margin + box.x, self._page.margin + box.y
        return Link(href, (x, y, x + box.width, y + box.height))

    @property
    def bottom(self) -> float:
        """The lower edge of the room for questions, from the top of a page."""
        return self._page.margin + self._fitted.room

    def answer_fields(self, quiz: Quiz, first: int = 0) -> list[AnswerField]:
        """Return the boxes and blanks of a paper that begins on the page ``first``."""
        return [
            AnswerField(first + page, x + box.x, y + box.y, box.width, box.height, owner, item.option)
            for page, owner, item, x, y in self.placed_blocks(quiz)
            if (box := self.blocks[item.element_id].box)
        ]

    def placed_blocks(self, quiz: Quiz) -> Iterator[tuple[int, str, PlacedBlock, float, float]]:
        """Yield the page, the question id, the block, and x and y on the page for each block of the questions."""
        looseness, positions = self._place_strips(quiz.questions)
        margin = self._page.margin
        for (page, column, y), question in zip(positions[1:], quiz.questions, strict=False):
            x = margin + self._fitted.measures.column_left(column)
            for item in self._fitted.compose_strip(question, looseness).placed:
                yield page, question.id, item, x + item.x, margin + y + item.y

    def compose_foot(
        self, seed: int, number: int, total: int, page: Page | None = None
    ) -> list[PlacedFragment]:
        """Compose the foot of a page, once for all papers. ``page`` is set if it differs from the others."""
        if (number, total) not in self._foot_fragments:
            page = page or self._page
            texts = running_text_parts(
                self._fitted.section.language, seed=seed, page=str(number), pages=str(total)
            )
            strip = compose_foot(page, self.blocks, texts, self._fitted.measures.small)
            credit = self._assembler.make_fragment(self._group_index, strip.placed[:1], is_foot=True)
            line = self._assembler.make_foot_fragment(self._group_index, strip.placed[1:])
            left, top = page.margin, page.height - page.margin - strip.height
            self._foot_fragments[number, total] = [(credit, left, top), (line, left, top)]
        return self._foot_fragments[number, total]

    def compose_label(self, label: str) -> list[PlacedFragment]:
        """Compose the box with a version's label, at the top right of a page."""
        keys = label_element_ids(self._fitted.section.language, label)
        if not keys:
            return []
        page, measures = self._page, self._fitted.measures
        scale = measures.label / measures.table
        edges = positions_in_line(keys, self.blocks, measures.table)
        placed = [PlacedBlock(key, x, 0) for key, x in zip(keys, edges, strict=False)]
        width, height = (round(em * measures.label, 2) for em in (_LABEL_PADDING, LABEL_HEIGHT))
        frame = Box(0, 0, round(width + edges[-1] * scale, 2), height)
        down = (height - self.blocks[keys[0]].height * scale) / 2
        fragment = self._assembler.make_framed_line(
            self._group_index, placed, scale, frame, (width / 2, down)
        )
        return [(fragment, page.width - page.margin - frame.width, page.margin - height)]

    def _place_strips(self, questions: Sequence[Question]) -> tuple[float, list[StripPosition]]:
        """Return the largest spacing that takes no more pages than the smallest, and the positions of the strips."""
        looseness, positions = self._choose_looseness(questions)
        if positions[-1].page:
            positions = self._strip_positions(questions, looseness, even=True)
        return looseness, positions

    def _choose_looseness(self, questions: Sequence[Question]) -> tuple[float, list[StripPosition]]:
        fitted = self._fitted
        if fitted.looseness is not None:
            positions = self._strip_positions(questions, fitted.looseness)
            if positions[-1].page < fitted.pages:
                return fitted.looseness, positions
        fewest = self._strip_positions(questions, SPACING_STEPS[-1])[-1].page
        looseness = SPACING_STEPS[
            bisect_left(SPACING_STEPS, -fewest, key=lambda it: -self._strip_positions(questions, it)[-1].page)
        ]
        return looseness, self._strip_positions(questions, looseness)

    def _strip_positions(
        self, questions: Sequence[Question], looseness: float, *, even: bool = False
    ) -> list[StripPosition]:
        heights = [self._question_height(question, looseness) for question in questions]
        return self._fitted.place_strips(heights, looseness, even=even)

    def _question_height(self, question: Question, looseness: float) -> float:
        """Return the height of a question, which is the same in every version."""
        if (question.id, looseness) not in self._heights:
            self._heights[question.id, looseness] = self._fitted.compose_strip(question, looseness).height
        return self._heights[question.id, looseness]
