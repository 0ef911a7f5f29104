"""Printing typeset sections on the pages of many papers. What papers share is composed once."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from quizgen.model import Question, Quiz
from quizgen.paper.design import LABEL_HEIGHT, MM, SPACING_STEPS, Design, Page, page_of
from quizgen.paper.press.fit import FittedSection, fit
from quizgen.paper.press.foot import foot, label_pieces, line_positions, running_texts
from quizgen.paper.press.pdf_assembler import (
    Bookmark,
    ContentFragment,
    Link,
    PdfAssembler,
    PlacedFragment,
)
from quizgen.paper.press.pieces import Blocks, Box, PieceId
from quizgen.paper.press.section import Section
from quizgen.paper.press.strips import PlacedBlock, StripPosition, block_strip
from quizgen.paper.press.typesetter import PaintedSettings, Typesetter
from quizgen.paper.renderer import About
from quizgen.text.messages import _

Progress: TypeAlias = Callable[[int], None]
"""A function called from time to time with the number of papers printed so far."""


class AnswerField(Struct, frozen=True):
    """A box, circle or blank to mark with a pen, in points from the top left of its page.

    ``page`` counts from the first page of the PDF, 0. ``question`` is an id. ``option`` is the printed index of the option,
    prompt or step that a box belongs to, or -1 for a blank. ``value`` is what a circle means for a prompt or a step: the
    printed index of a choice, or of a position in the order. It is -1 for a box to tick or to write in.
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
    """Sections of papers, each set in the size of type that suits it best, and painted."""

    fitted: Mapping[Section, FittedSection]
    typeset: PaintedSettings
    page: Page

    def assembler(self) -> PdfAssembler:
        """Begin a PDF."""
        return PdfAssembler(self.typeset, self.page)

    def section_pages(self, section: Section, assembler: PdfAssembler) -> "SectionPages":
        """Return the object that fills pages with a section."""
        return SectionPages(self.fitted[section], list(self.fitted).index(section), assembler, self.page)

    def document(self, sections: Sequence[Section]) -> "PdfDocument":
        """Begin a PDF of papers with some of the sections."""
        assembler = self.assembler()
        return PdfDocument([self.section_pages(section, assembler) for section in sections], assembler)


def typeset_sections(
    sections: Sequence[Section],
    questions: Sequence[Question],
    samples: Sequence[Sequence[Question]],
    design: Design,
    *,
    tagged: bool,
) -> TypesetSections:
    """Set sections in type, ``tagged`` for screen readers or not.

    ``questions`` are all questions of all papers; ``samples`` are papers for choosing the size of the type. Raises
    QuizgenError for a question that is taller than a page, and for a character that no font has.
    """
    page = page_of(design)
    with Typesetter(sections[0].language, design.logo) as typesetter:
        fitted = fit(sections, questions, samples, design, page, typesetter)
        typeset = typesetter.paint([each.setting for each in fitted], tagged=tagged)
    return TypesetSections(dict(zip(sections, fitted, strict=True)), typeset, page)


class PdfDocument:
    """A PDF of papers. Each has the pages of its sections, with a foot that numbers them."""

    def __init__(self, sections: Sequence["SectionPages"], assembler: PdfAssembler) -> None:
        self._sections = sections
        self._assembler = assembler
        self._first_pages: list[int] = []
        self._bookmarks: list[Bookmark] = []

    def add(self, quiz: Quiz, *, on_a_fresh_sheet: bool = False) -> None:
        """Add a paper, with a bookmark, or one for each of its sections if it is not a version.

        ``on_a_fresh_sheet`` begins the paper on a new sheet, and its answers too if the questions take several pages.
        """
        label, assembler = quiz.version, self._assembler
        if on_a_fresh_sheet and assembler.count % 2:
            assembler.add_page([])
        self._first_pages.append(assembler.count)
        composed = [section.pages(quiz) for section in self._sections]
        total = sum(map(len, composed))
        if label:
            self._begin(_("Paper {label}", label=label).translated(quiz.language))
        number = 0
        for section, pages in zip(self._sections, composed, strict=True):
            if number > 1 and on_a_fresh_sheet and assembler.count % 2:
                assembler.add_page([])
            if not label and len(composed) > 1:
                self._begin(section.title)
            link = section.link()
            for fragments in pages:
                number += 1
                tag, under = section.label(label), section.foot(quiz.seed, number, total)
                assembler.add_page(tag + fragments + under, link)
                link = None

    def _begin(self, title: str) -> None:
        self._bookmarks.append(Bookmark(title, self._assembler.count))
        self._assembler.begin(title)

    def finish(self, about: About) -> bytes:
        """Return the PDF."""
        return self._assembler.finish(self._bookmarks, about)

    def answer_fields(self, index: int, quiz: Quiz) -> list[AnswerField]:
        """Return the boxes and blanks of a paper's questions, given the paper's index and its quiz."""
        section, first = self._sections[0], self._first_pages[index]
        return [
            AnswerField(first + page, x + box.x, y + box.y, box.width, box.height, owner, item.option)
            for page, owner, item, x, y in section.placed(quiz)
            if (box := section.blocks[item.piece].box)
        ]


_LABEL_PADDING = 0.6
"""The space at both sides of a version's label in its box together, as a multiple of the type size."""


class SectionPages:
    """Fills the pages of papers with one section: the questions, or the answers."""

    def __init__(self, fitted: FittedSection, setting: int, assembler: PdfAssembler, page: Page) -> None:
        self.title = fitted.section.title
        self.blocks: Blocks = fitted.setting.blocks
        self._fitted = fitted
        self._setting = setting
        self._assembler = assembler
        self._page = page
        self._heights: dict[tuple[str, float], float] = {}
        self._single_blocks: dict[PieceId, ContentFragment] = {}
        # By identity: versions that print a question the same way share it. The value keeps it alive, so that its id stays its own.
        self._question_fragments: dict[tuple[int, float], tuple[Question, ContentFragment]] = {}
        self._foot_fragments: dict[tuple[int, int], list[PlacedFragment]] = {}

    def pages(self, quiz: Quiz) -> list[list[PlacedFragment]]:
        """Compose the pages of one paper."""
        looseness, positions = self._place_strips(quiz.questions)
        pages: list[list[PlacedFragment]] = [[] for _ in range(positions[-1].page + 1)]
        measures, margin = self._fitted.measures, self._page.margin
        column_edges = [margin + measures.x(column) for column in range(measures.columns)]
        strips = self._strips(quiz.questions, looseness)
        for (page, column, y), fragments in zip(positions, strips, strict=True):
            pages[page] += [(fragment, column_edges[column], margin + y) for fragment in fragments]
        return pages

    def _strips(self, questions: Sequence[Question], looseness: float) -> Iterator[list[ContentFragment]]:
        """Yield what comes one below the other: the head, each question after its number, and what closes the section."""
        section, forms = self._fitted.section, self._question_fragments
        yield [self._block(section.head)]
        for number, question in enumerate(questions, start=1):
            form = (id(question), looseness)
            if form not in forms:
                placed = self._fitted.strip(question, looseness).placed
                forms[form] = question, self._assembler.fragment(self._setting, placed, question.id)
            before = [self._block(("number", f"{number}."))] if section.is_numbered else []
            yield [*before, forms[form][1]]
        for piece in section.closing:
            yield [self._block(piece)]

    def _block(self, piece: PieceId) -> ContentFragment:
        """Compose a single block, once for all papers."""
        if piece not in self._single_blocks:
            placed = block_strip(piece, self.blocks).placed
            self._single_blocks[piece] = self._assembler.fragment(self._setting, placed)
        return self._single_blocks[piece]

    def link(self) -> Link | None:
        """Return the link of the QR code in the head, if there is one."""
        head = self._fitted.section.head
        box = self.blocks[head].box
        if not box:
            return None
        href = next(piece.values["href"] for piece in self._fitted.section.pieces if piece.id == head)
        x, y = self._page.margin + box.x, self._page.margin + box.y
        return Link(href, (x, y, x + box.width, y + box.height))

    def placed(self, quiz: Quiz) -> Iterator[tuple[int, str, PlacedBlock, float, float]]:
        """Yield page, question id, block, and x and y on the page for each block of the questions."""
        looseness, positions = self._place_strips(quiz.questions)
        margin = self._page.margin
        for (page, column, y), question in zip(positions[1:], quiz.questions, strict=False):
            x = margin + self._fitted.measures.x(column)
            for item in self._fitted.strip(question, looseness).placed:
                yield page, question.id, item, x + item.x, margin + y + item.y

    def foot(self, seed: int, number: int, total: int) -> list[PlacedFragment]:
        """Compose the foot of a page, once for all papers."""
        if (number, total) not in self._foot_fragments:
            page = self._page
            texts = running_texts(
                self._fitted.section.language, seed=seed, page=str(number), pages=str(total)
            )
            strip = foot(page, self.blocks, texts, self._fitted.measures.small)
            credit = self._assembler.fragment(self._setting, strip.placed[:1], is_foot=True)
            line = self._assembler.foot_fragment(self._setting, strip.placed[1:])
            left, top = page.margin, page.height - page.margin - strip.height
            self._foot_fragments[number, total] = [(credit, left, top), (line, left, top)]
        return self._foot_fragments[number, total]

    def label(self, label: str) -> list[PlacedFragment]:
        """Compose the box with the version's label, above a page at the right, in the type of the key."""
        keys = label_pieces(self._fitted.section.language, label)
        if not keys:
            return []
        page, measures = self._page, self._fitted.measures
        scale = measures.label / measures.table
        edges = line_positions(keys, self.blocks, measures.table)
        placed = [PlacedBlock(key, x, 0) for key, x in zip(keys, edges, strict=False)]
        width, height = (round(em * measures.label, 2) for em in (_LABEL_PADDING, LABEL_HEIGHT))
        frame = Box(0, 0, round(width + edges[-1] * scale, 2), height)
        down = (height - self.blocks[keys[0]].height * scale) / 2
        fragment = self._assembler.framed_line(self._setting, placed, scale, frame, (width / 2, down))
        return [(fragment, page.width - page.margin - frame.width, page.margin - height)]

    def _place_strips(self, questions: Sequence[Question]) -> tuple[float, list[StripPosition]]:
        """Place the strips of a paper with the most space that takes no more pages than the least. Return it with them."""
        looseness, positions = self._fill_pages(questions)
        if positions[-1].page:
            positions = self._positions(questions, looseness, even=True)
        return looseness, positions

    def _fill_pages(self, questions: Sequence[Question]) -> tuple[float, list[StripPosition]]:
        fitted = self._fitted
        if fitted.looseness is not None:
            positions = self._positions(questions, fitted.looseness)
            if positions[-1].page < fitted.pages:
                return fitted.looseness, positions
        fewest = self._positions(questions, SPACING_STEPS[-1])[-1].page
        looseness = SPACING_STEPS[
            bisect_left(SPACING_STEPS, -fewest, key=lambda it: -self._positions(questions, it)[-1].page)
        ]
        return looseness, self._positions(questions, looseness)

    def _positions(
        self, questions: Sequence[Question], looseness: float, *, even: bool = False
    ) -> list[StripPosition]:
        heights = [self._height(question, looseness) for question in questions]
        return self._fitted.flow(heights, looseness, even=even)

    def _height(self, question: Question, looseness: float) -> float:
        """Return the height of a question, which is the same in every version."""
        if (question.id, looseness) not in self._heights:
            self._heights[question.id, looseness] = self._fitted.strip(question, looseness).height
        return self._heights[question.id, looseness]
