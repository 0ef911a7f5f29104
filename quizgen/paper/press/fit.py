"""Which type size and which spacing let questions, or answers, fill their pages well.

The largest size is taken that needs no more pages than the smallest. Setting type takes time, so heights are guessed in
every size, and only the size that promises best is set. What was set corrects the guesses of the other sizes, until the
size that promises best has been set.
"""

from bisect import bisect_left
from collections.abc import Sequence
from math import inf
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Question
from quizgen.paper.design import SPACING_STEPS, TYPE_SIZES, Design, Measures, Page, measures, spacing
from quizgen.paper.press.foot import foot_height
from quizgen.paper.press.pieces import Blocks
from quizgen.paper.press.section import Section
from quizgen.paper.press.strips import Spot, Strip, evened, flow
from quizgen.paper.press.typesetter import Setting, Typesetter

OVERFLOW_TOLERANCE = 0.01
"""Where each paper draws its own questions, so small a share of the papers may take a page more."""

MOST_OF_A_PAGE = 0.75
"""What a head may take of one. Large type on A5 with an organiser, a date and a link takes nearly that."""

Papers: TypeAlias = Sequence[Sequence[Question]]
"""Papers to choose by, each the questions in it: one, or where each draws its own, a sample of them."""

Stacks: TypeAlias = list[list[float]]
"""For each paper the heights of all that stands below each other: the head, each question, and what closes the section."""


class Fitted(Struct, frozen=True):
    """A section set in type of one size, and the room, in points, that its pages have.

    ``pages`` is how many each paper takes, and ``looseness`` how loosely it may be set for that, where all papers
    hold the same questions, in whatever order. ``on_a_page`` is how many of the first paper's questions one page would
    hold in the smallest type, as set or as guessed.
    """

    section: Section
    setting: Setting
    measures: Measures
    room: float
    pages: int = 0
    looseness: float | None = None
    on_a_page: int = 0

    @property
    def size(self) -> float:
        """Size of the type, in points."""
        return self.measures.size

    def strip(self, question: Question, looseness: float) -> Strip:
        """Compose one question or answer."""
        return self.section.compose(
            question, self.setting.blocks, self.measures, spacing(self.size, looseness)
        )

    def gap(self, looseness: float) -> float:
        """Space between strips, in points."""
        return round(spacing(self.size, looseness).question * self.section.gap, 2)

    def flow(self, heights: Sequence[float], looseness: float, *, even: bool = False) -> list[Spot]:
        """Place the head, strips of these heights, and what closes the section; pages ``even`` as ``evened`` has it."""
        blocks, section = self.setting.blocks, self.section
        stack = [
            blocks[section.head].height,
            *heights,
            *(blocks[piece].height for piece in section.closing),
        ]
        return (evened if even else flow)(
            stack,
            self.room,
            self.gap(looseness),
            columns=self.measures.columns,
            closing=len(section.closing),
        )


def fit(
    sections: Sequence[Section],
    questions: Sequence[Question],
    papers: Papers,
    design: Design,
    page: Page,
    typesetter: Typesetter,
) -> list[Fitted]:
    """Set each section in the largest type that takes no more pages than the smallest would.

    ``questions`` are all that papers hold. What the sections want set is set together, which saves time. Raises
    QuizgenError for what is taller than a page.
    """
    searches = [_Search(section, questions, papers, design, page) for section in sections]
    while unfinished := [search for search in searches if not search.found]:
        wanted = [(search.section.pieces, search.measures[search.wanted]) for search in unfinished]
        for search, setting in zip(unfinished, typesetter.set(wanted), strict=True):
            search.add(setting)
    return [search.found for search in searches if search.found]


class _Search:
    """The search for the size of one section's type: ``wanted`` is the size to set next, ``found`` the result.

    Sizes are compared by the pages that all papers take together, at their tightest.
    """

    def __init__(
        self, section: Section, questions: Sequence[Question], papers: Papers, design: Design, page: Page
    ) -> None:
        self.section = section
        self.found: Fitted | None = None
        self._questions = questions
        self._papers = papers
        self._page = page
        self._sizes = TYPE_SIZES[design.text_size]
        self.measures = {size: measures(page, size, section.language) for size in self._sizes}
        self._settings: dict[float, Setting] = {}
        self._too_tall: dict[float, list[str]] = {}
        self._rooms: dict[float, float] = {}
        self._guesses: dict[float, Stacks] = {}
        for size, wide in self.measures.items():
            blocks = {piece.id: section.estimate(piece, wide) for piece in section.pieces}
            self._guesses[size] = self._stacks_of(size, blocks)
            self._rooms[size] = page.room(foot_height(blocks))
        self._stacks = dict(self._guesses)
        self._closes = True
        self._size_with_closing = 0.0
        self.wanted = self._best()

    def add(self, setting: Setting) -> None:
        """Take the section as it was set in the size wanted, and find the next size to set, or the result."""
        size, blocks = self.wanted, setting.blocks
        self._settings[size] = setting
        self._stacks[size] = self._stacks_of(size, blocks)
        self._rooms[size] = self._page.room(foot_height(blocks))
        self._too_tall[size] = self._questions_too_tall(size)
        for other in self._sizes:
            if other not in self._settings:
                self._stacks[other] = _corrected(
                    self._guesses[other], self._stacks[size], self._guesses[size]
                )
                self._rooms[other] = self._rooms[size]
        self._go_on(size)

    def _go_on(self, size: float) -> None:
        """Decide by what was set in a size what comes next."""
        # Where each paper has its one page, somewhat larger type might fit too, but to set it all again takes time.
        best = size if self._pages(size) <= len(self._papers) + self._spare else self._best()
        if best not in self._settings:
            self.wanted = best
        elif self._closes and self._may_leave_out_closing(best):
            self._size_with_closing = best
            self._closes = False
            self.wanted = self._best()
            if self.wanted in self._settings:
                self._go_on(self.wanted)
        else:
            if not self._closes and self._pages(best) >= self._pages(self._size_with_closing, closes=True):
                best, self._closes = self._size_with_closing, True
            self.found = self._result(best)

    def _may_leave_out_closing(self, size: float) -> bool:
        """Tell whether papers might take fewer pages without what closes the section."""
        section = self.section
        return bool(section.closing) and section.closes_if_room and self._pages(size) > len(self._papers)

    @property
    def _spare(self) -> int:
        return int(OVERFLOW_TOLERANCE * len(self._papers))

    def _best(self) -> float:
        """Give the largest size that takes no more pages than any other, as set or as guessed.

        Raises QuizgenError where a question is taller than a page in every size.
        """
        pages = {size: self._pages(size) for size in self._sizes}
        fewest = min(pages.values()) + self._spare
        if fewest == inf:
            tall = self._too_tall[self.wanted]
            raise QuizgenError(problem("print.tall", "print.shorten-question", question=id_) for id_ in tall)
        return next(size for size in self._sizes if pages[size] <= fewest)

    def _pages(self, size: float, *, closes: bool | None = None) -> float:
        """Count the pages of all papers together in one size: infinitely many where a question is too tall."""
        if self._too_tall.get(size):
            return inf
        closing = len(self.section.closing) if (self._closes if closes is None else closes) else 0
        stacks = self._stacks[size]
        if not closing:
            left_out = len(self.section.closing)
            stacks = [stack[: len(stack) - left_out] for stack in stacks]
        return sum(self._pages_of(stack, size, closing) for stack in stacks)

    def _pages_of(self, stack: Sequence[float], size: float, closing: int) -> int:
        gap, columns = spacing(size, 0).question * self.section.gap, self.measures[size].columns
        return flow(stack, self._rooms[size], gap, columns=columns, closing=closing)[-1].page + 1

    def _stacks_of(self, size: float, blocks: Blocks) -> Stacks:
        return stacks_of(self.section, blocks, self._questions, self._papers, self.measures[size])

    def _questions_too_tall(self, size: float) -> list[str]:
        """List the questions that are taller than a page; raises MisuseError for a head that leaves these no room."""
        blocks, room = self._settings[size].blocks, self._rooms[size]
        if blocks[self.section.head].height > MOST_OF_A_PAGE * room:
            raise MisuseError(problem("print.no-room-for-questions", "print.shorten-head"))
        heights = _heights(self.section, blocks, self._questions, self.measures[size])
        return [id_ for id_, height in heights.items() if height > room]

    def _result(self, size: float) -> Fitted:
        section = self.section if self._closes else replace(self.section, closing=())
        fitted = Fitted(section, self._settings[size], self.measures[size], self._rooms[size])
        fitted = replace(fitted, on_a_page=self._on_a_page())
        if len({frozenset(question.id for question in paper) for paper in self._papers}) > 1:
            return fitted
        pages = int(self._pages(size) // len(self._papers))
        return replace(fitted, pages=pages, looseness=_looseness(fitted, self._papers, pages))

    def _on_a_page(self) -> int:
        """Count the questions of the first paper that one page would hold in the smallest type."""
        smallest, closing = self._sizes[-1], len(self.section.closing) if self._closes else 0
        stack = self._stacks[smallest][0]
        end = len(stack) - len(self.section.closing)
        tail = stack[end:] if closing else []
        counts = range(end - 1, 0, -1)
        fitting = (
            count for count in counts if self._pages_of([*stack[: count + 1], *tail], smallest, closing) == 1
        )
        return next(fitting, 0)


def stacks_of(
    section: Section, blocks: Blocks, questions: Sequence[Question], papers: Papers, wide: Measures
) -> Stacks:
    """Give the heights of all that a section holds, at its tightest, paper by paper."""
    heights = _heights(section, blocks, questions, wide)
    closing = [blocks[piece].height for piece in section.closing]
    return [
        [blocks[section.head].height, *(heights[question.id] for question in paper), *closing]
        for paper in papers
    ]


def _heights(
    section: Section, blocks: Blocks, questions: Sequence[Question], wide: Measures
) -> dict[str, float]:
    space = spacing(wide.size, 0)
    return {question.id: section.compose(question, blocks, wide, space).height for question in questions}


def _corrected(guesses: Stacks, real: Stacks, guessed: Stacks) -> Stacks:
    """Correct the guesses of one size by what was set, and had been guessed, in another."""
    return [
        [height * by / guess for height, by, guess in zip(*each, strict=True)]
        for each in zip(guesses, real, guessed, strict=True)
    ]


def _looseness(fitted: Fitted, papers: Papers, fewest: int) -> float:
    """Give the roomiest looseness in which each of the papers takes so few pages."""

    def most(looseness: float) -> int:
        heights = {question.id: fitted.strip(question, looseness).height for question in papers[0]}
        return max(
            fitted.flow([heights[question.id] for question in paper], looseness)[-1].page + 1
            for paper in papers
        )

    return SPACING_STEPS[
        bisect_left(SPACING_STEPS, -fewest, 0, len(SPACING_STEPS) - 1, key=lambda it: -most(it))
    ]
