"""Parts, set in type -> the pages of paper after paper, assembled into one PDF. What papers share is composed once."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from quizgen.model import Question, Quiz
from quizgen.paper.content import Content, Part, running, tag_ids
from quizgen.paper.design import LABEL_HEIGHT, LOOSENESSES, MM, Design, Page, page_of
from quizgen.paper.fit import Fitted, fit
from quizgen.paper.pdf_assembler import Bookmark, ContentFragment, Link, PdfAssembler, PlacedFragment
from quizgen.paper.renderer import About
from quizgen.paper.strips import Placed, Spot, Strip, block_strip, foot, in_line
from quizgen.paper.typesetter import Blocks, Box, PieceId, Typesetter
from quizgen.text.messages import message

Progress: TypeAlias = Callable[[int], None]
"""Is told now and then how many papers are printed."""


class Place(Struct, frozen=True):
    """A box, circle or blank that a pen is meant for, in points from the top left of its page.

    ``page`` counts from the PDF's first, 0; ``question`` is an id; ``option`` is the printed index of the
    option, prompt or step that a box stands for, or -1 for a blank. ``value`` is what a circle says of a prompt or a
    step: the printed index of a choice, or of a place in the order; it is -1 where a box is to be ticked or written in.
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
        """Give ``x``, ``y``, ``width`` and ``height`` in millimetres."""
        return self.x / MM, self.y / MM, self.width / MM, self.height / MM


class Papers:
    """One PDF: for each paper the pages of its parts, with a foot under each that counts them."""

    def __init__(self, parts: Sequence["PartPages"], assembler: PdfAssembler, page: Page) -> None:
        self._parts = parts
        self._assembler = assembler
        self._page = page
        self._starts: list[int] = []
        self._bookmarks: list[Bookmark] = []

    def add(self, quiz: Quiz, *, on_a_fresh_sheet: bool = False) -> None:
        """Add a paper; a bookmark leads to it, or to each of its parts where it is no version.

        On a fresh sheet begin both the paper, and the answers to questions of several pages.
        """
        language, label, page = quiz.language, quiz.version, self._page
        if on_a_fresh_sheet and self._assembler.count % 2:
            self._assembler.add_page([])
        self._starts.append(self._assembler.count)
        runs = [part.pages(quiz, page.margin) for part in self._parts]
        total = str(sum(map(len, runs)))
        if label:
            named = message(language, "paper.version", label=label)
            self._bookmarks.append(Bookmark(named, self._assembler.count))
            self._assembler.begin(named)
        number = 0
        for part, pages in zip(self._parts, runs, strict=True):
            if number > 1 and on_a_fresh_sheet and self._assembler.count % 2:
                self._assembler.add_page([])
            if not label and len(runs) > 1:
                self._bookmarks.append(Bookmark(part.title, self._assembler.count))
                self._assembler.begin(part.title)
            link = part.link(page.margin)
            for fragments in pages:
                number += 1
                texts = running(language, seed=quiz.seed, page=str(number), pages=total)
                tag = part.tag(page, language, label)
                self._assembler.add_page(tag + fragments + part.foot(page, texts), link)
                link = None

    def finish(self, about: About) -> bytes:
        """Return the PDF."""
        return self._assembler.finish(self._bookmarks, about)

    def places(self, index: int, quiz: Quiz) -> list[Place]:
        """Find where a paper is to be marked, by its index and its quiz: the boxes and blanks of its questions."""
        part = self._parts[0]
        return [
            Place(
                self._starts[index] + number, x + box.x, y + box.y, box.width, box.height, owner, item.option
            )
            for number, owner, item, x, y in part.placed(quiz, self._page.margin)
            if (box := part.blocks[item.piece].box)
        ]


class SetParts:
    """Parts of papers, each set in type of the size that suits them best, and painted."""

    def __init__(
        self,
        parts: Sequence[Part],
        content: Content,
        samples: Sequence[Sequence[Question]],
        design: Design,
        *,
        tagged: bool,
    ) -> None:
        """Set parts, ``tagged`` for a screen reader or not; ``samples`` are papers to go by.

        Raises QuizgenError for a question that is taller than a page and a character that no font has.
        """
        self._page, self._parts = page_of(design), parts
        with Typesetter(content.language, design.logo) as typesetter:
            self._fitted = fit(parts, content.questions, samples, design, self._page, typesetter)
            self._typeset = typesetter.paint([fitted.setting for fitted in self._fitted], tagged=tagged)

    def assembler(self) -> PdfAssembler:
        """Begin a PDF."""
        return PdfAssembler(self._typeset, self._page)

    def part_pages(self, part: Part, assembler: PdfAssembler) -> "PartPages":
        """Give what fills pages with a part."""
        index = self._parts.index(part)
        return PartPages(self._fitted[index], index, assembler)

    def papers(self, parts: Sequence[Part]) -> Papers:
        """Begin a PDF of papers with some of the parts."""
        assembler = self.assembler()
        return Papers([self.part_pages(part, assembler) for part in parts], assembler, self._page)

    def room(self, part: Part) -> tuple[int, int]:
        """Tell how many pages a part takes, and how many questions would take but one."""
        fitted = self._fitted[self._parts.index(part)]
        return fitted.pages, fitted.on_a_page

    def blocks(self, part: Part) -> Blocks:
        """Give the blocks of a part."""
        return self._fitted[self._parts.index(part)].setting.blocks


_TAG_SIDES = 0.6
"""White within the box with a version's label, at both sides together, by the size of its type."""


class PartPages:
    """Fills the pages of paper after paper with the questions, or the answers."""

    def __init__(self, fitted: Fitted, setting: int, assembler: PdfAssembler) -> None:
        self.title = fitted.part.title
        self.blocks: Blocks = fitted.setting.blocks
        self._fitted = fitted
        self._setting = setting
        self._assembler = assembler
        heads = (piece for piece in fitted.part.pieces if piece.id == fitted.part.head)
        self._href = next(heads).values.get("href", "")
        self._heights: dict[tuple[str, float], float] = {}
        self._fragments: dict[PieceId, ContentFragment] = {}
        # By identity, since versions that print a question alike share it; it is kept, so that no other gets its id.
        self._forms: dict[tuple[int, float], tuple[Question, ContentFragment]] = {}
        self._feet: dict[tuple[str, ...], tuple[Strip, ContentFragment, ContentFragment]] = {}
        self._numbered: list[ContentFragment] = []

    def pages(self, quiz: Quiz, margin: float) -> list[list[PlacedFragment]]:
        """Compose the pages of one paper."""
        looseness, spots = self._arranged(quiz.questions)
        pages: list[list[PlacedFragment]] = [[] for _ in range(spots[-1].page + 1)]
        measures = self._fitted.measures
        lefts = [margin + measures.x(column) for column in range(measures.columns)]
        for (page, column, y), (number, fragment) in zip(spots, self._strips(quiz, looseness), strict=True):
            x, top = lefts[column], margin + y
            if number:
                pages[page].append((number, x, top))
            pages[page].append((fragment, x, top))
        return pages

    def link(self, margin: float) -> Link | None:
        """Give where the code at its head leads to, if it has one."""
        box = self.blocks[self._fitted.part.head].box
        if not box:
            return None
        x, y = margin + box.x, margin + box.y
        return Link(self._href, (x, y, x + box.width, y + box.height))

    def placed(self, quiz: Quiz, margin: float) -> Iterator[tuple[int, str, Placed, float, float]]:
        """Tell where everything of the questions stands: page, question id, block, and its x and y on the page."""
        looseness, spots = self._arranged(quiz.questions)
        for (page, column, y), question in zip(spots[1:], quiz.questions, strict=False):
            x = margin + self._fitted.measures.x(column)
            for item in self._fitted.strip(question, looseness).placed:
                yield page, question.id, item, x + item.x, margin + y + item.y

    def foot(self, page: Page, texts: Sequence[str]) -> list[PlacedFragment]:
        """Compose the foot of a page as ``strips.foot`` has it, once for all papers."""
        if (same := tuple(texts)) not in self._feet:
            strip = foot(page, self.blocks, texts, self._fitted.measures.small)
            self._feet[same] = (
                strip,
                self._fragment(strip.placed[:1], is_foot=True),
                self._assembler.foot_in_one(self._setting, strip.placed[1:]),
            )
        strip, credit, running = self._feet[same]
        left, top = page.margin, page.height - page.margin - strip.height
        return [(credit, left, top), (running, left, top)]

    def tag(self, page: Page, language: str, label: str) -> list[PlacedFragment]:
        """Compose the box above a page, at the right, that says which version it is of, of the labels of the key."""
        keys = tag_ids(language, label)
        if not keys:
            return []
        measures = self._fitted.measures
        scale = measures.label / measures.table
        edges = in_line(keys, self.blocks, measures.table)
        placed = [Placed(key, x, 0) for key, x in zip(keys, edges, strict=False)]
        width, height = (round(em * measures.label, 2) for em in (_TAG_SIDES, LABEL_HEIGHT))
        frame = Box(0, 0, round(width + edges[-1] * scale, 2), height)
        down = (height - self.blocks[keys[0]].height * scale) / 2
        fragment = self._assembler.framed(self._setting, placed, scale, frame, (width / 2, down))
        return [(fragment, page.width - page.margin - frame.width, page.margin - height)]

    def _fragment(
        self, placed: Sequence[Placed], owner: str = "", *, is_foot: bool = False
    ) -> ContentFragment:
        return self._assembler.fragment(self._setting, placed, owner, is_foot=is_foot)

    def _strips(
        self, quiz: Quiz, looseness: float
    ) -> Iterator[tuple[ContentFragment | None, ContentFragment]]:
        """Give all that stands below each other, and before each question its number."""
        part, forms = self._fitted.part, self._forms
        yield None, self._block(part.head)
        for question, number in zip(quiz.questions, self._numbers(len(quiz.questions)), strict=True):
            form = (id(question), looseness)
            if form not in forms:
                placed = self._fitted.strip(question, looseness).placed
                forms[form] = question, self._fragment(placed, question.id)
            yield number, forms[form][1]
        for piece in part.closing:
            yield None, self._block(piece)

    def _numbers(self, count: int) -> Sequence[ContentFragment | None]:
        """Give the numbers of so many questions, made once; reasons have none."""
        if self._fitted.part.holds == "reasons":
            return [None] * count
        while len(self._numbered) < count:
            self._numbered.append(self._block(("number", f"{len(self._numbered) + 1}.")))
        return self._numbered[:count]

    def _block(self, piece: PieceId) -> ContentFragment:
        if piece not in self._fragments:
            self._fragments[piece] = self._fragment(block_strip(piece, self.blocks).placed)
        return self._fragments[piece]

    def _arranged(self, questions: Sequence[Question]) -> tuple[float, list[Spot]]:
        """Place a paper as loosely as takes no more pages than the tightest does, and tell how loosely."""
        looseness, spots = self._filled(questions)
        if spots[-1].page:
            heights = [self._height(question, looseness) for question in questions]
            spots = self._fitted.flow(heights, looseness, even=True)
        return looseness, spots

    def _filled(self, questions: Sequence[Question]) -> tuple[float, list[Spot]]:
        fitted = self._fitted
        if fitted.looseness is not None:
            spots = self._spots(questions, fitted.looseness)
            if spots[-1].page < fitted.pages:
                return fitted.looseness, spots
        fewest = self._spots(questions, LOOSENESSES[-1])[-1].page
        looseness = LOOSENESSES[
            bisect_left(LOOSENESSES, -fewest, key=lambda it: -self._spots(questions, it)[-1].page)
        ]
        return looseness, self._spots(questions, looseness)

    def _spots(self, questions: Sequence[Question], looseness: float) -> list[Spot]:
        return self._fitted.flow([self._height(question, looseness) for question in questions], looseness)

    def _height(self, question: Question, looseness: float) -> float:
        """Height of a question, which is the same in every version."""
        if (question.id, looseness) not in self._heights:
            self._heights[question.id, looseness] = self._fitted.strip(question, looseness).height
        return self._heights[question.id, looseness]
