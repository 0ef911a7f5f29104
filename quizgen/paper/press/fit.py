"""Choosing the type size and the spacing with which questions or answers fill their pages well.

The result is the largest size that takes no more pages than the smallest. Setting type takes time, so the heights are
estimated for every size, and only the most promising size is set. Its real heights correct the estimates for the other
sizes, until the most promising size is one that has been set.
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
from quizgen.paper.press.strips import Strip, StripPosition, flow, flow_evenly
from quizgen.paper.press.typesetter import Setting, Typesetter
from quizgen.text.messages import _

OVERFLOW_TOLERANCE = 0.01
"""The share of papers that may take one page more, if each paper draws its own questions."""

MAX_HEAD_SHARE = 0.75
"""The largest share of a page for a head. Large type on A5 with organiser, date and link takes nearly that."""

Papers: TypeAlias = Sequence[Sequence[Question]]
"""Papers, as lists of questions, to choose the size by: one, or a sample if each paper draws its own questions."""

Stacks: TypeAlias = list[list[float]]
"""For each paper, the heights of the head, of each question, and of the closing pieces."""


class FittedSection(Struct, frozen=True):
    """A section set in type of one size, and the height in points of the space on its pages.

    If all papers have the same questions, ``pages`` is how many pages each paper takes, and ``looseness`` the largest
    spacing with that number of pages. ``count_on_one_page`` is how many of the first paper's questions fit one page in the smallest
    type, as set or as estimated.
    """

    section: Section
    setting: Setting
    measures: Measures
    room: float
    pages: int = 0
    looseness: float | None = None
    count_on_one_page: int = 0

    @property
    def size(self) -> float:
        """The size of the type, in points."""
        return self.measures.size

    def strip(self, question: Question, looseness: float) -> Strip:
        """Compose one question or answer."""
        return self.section.compose(
            question, self.setting.blocks, self.measures, spacing(self.size, looseness)
        )

    def gap(self, looseness: float) -> float:
        """Return the space between strips, in points."""
        return round(spacing(self.size, looseness).question * self.section.gap, 2)

    def flow(self, heights: Sequence[float], looseness: float, *, even: bool = False) -> list[StripPosition]:
        """Place the head, strips of these heights, and the closing pieces; with ``even``, fill pages equally."""
        blocks, section = self.setting.blocks, self.section
        stack = [
            blocks[section.head].height,
            *heights,
            *(blocks[piece].height for piece in section.closing),
        ]
        return (flow_evenly if even else flow)(
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
) -> list[FittedSection]:
    """Set each section in the largest type that takes no more pages than the smallest would.

    ``questions`` are all questions of all papers. All sections are set together, which saves time. Raises QuizgenError for
    a question that is taller than a page.
    """
    searches = [_Search(section, questions, papers, design, page) for section in sections]
    while unfinished := [search for search in searches if not search.result]:
        requests = [(search.section.pieces, search.measures[search.next_size]) for search in unfinished]
        for search, setting in zip(unfinished, typesetter.set(requests), strict=True):
            search.add(setting)
    return [search.result for search in searches if search.result]


class _Search:
    """The search for one section's type size: ``next_size`` is the size to set next, ``result`` the result.

    Sizes are compared by the number of pages that all papers take together with the smallest spacing.
    """

    def __init__(
        self, section: Section, questions: Sequence[Question], papers: Papers, design: Design, page: Page
    ) -> None:
        self.section = section
        self.result: FittedSection | None = None
        self._questions = questions
        self._papers = papers
        self._page = page
        self._sizes = TYPE_SIZES[design.text_size]
        self.measures = {size: measures(page, size, section.language) for size in self._sizes}
        self._settings: dict[float, Setting] = {}
        self._too_tall: dict[float, list[str]] = {}
        self._rooms: dict[float, float] = {}
        self._guesses: dict[float, Stacks] = {}
        for size, measures_ in self.measures.items():
            blocks = {piece.id: section.estimate(piece, measures_) for piece in section.pieces}
            self._guesses[size] = self._stacks_of(size, blocks)
            self._rooms[size] = page.room(foot_height(blocks))
        self._stacks = dict(self._guesses)
        self._has_closing = True
        self._size_with_closing = 0.0
        self.next_size = self._best()

    def add(self, setting: Setting) -> None:
        """Add the section as set in ``next_size``, and find the next size to set, or the result."""
        size, blocks = self.next_size, setting.blocks
        self._settings[size] = setting
        self._stacks[size] = self._stacks_of(size, blocks)
        self._rooms[size] = self._page.room(foot_height(blocks))
        self._too_tall[size] = self._questions_too_tall(size)
        for other in self._sizes:
            if other not in self._settings:
                self._stacks[other] = _correct_guesses(
                    self._guesses[other], self._stacks[size], self._guesses[size]
                )
                self._rooms[other] = self._rooms[size]
        self._decide_next(size)

    def _decide_next(self, size: float) -> None:
        """Decide what comes next, after a size has been set."""
        # If each paper takes one page, slightly larger type might fit too, but setting everything again takes time.
        best = size if self._pages(size) <= len(self._papers) + self._allowed_extra_pages else self._best()
        if best not in self._settings:
            self.next_size = best
        elif self._has_closing and self._may_leave_out_closing(best):
            self._size_with_closing = best
            self._has_closing = False
            self.next_size = self._best()
            if self.next_size in self._settings:
                self._decide_next(self.next_size)
        else:
            if not self._has_closing and self._pages(best) >= self._pages(
                self._size_with_closing, closes=True
            ):
                best, self._has_closing = self._size_with_closing, True
            self.result = self._result(best)

    def _may_leave_out_closing(self, size: float) -> bool:
        """Return whether papers might take fewer pages without the closing pieces."""
        section = self.section
        return bool(section.closing) and section.closes_if_room and self._pages(size) > len(self._papers)

    @property
    def _allowed_extra_pages(self) -> int:
        return int(OVERFLOW_TOLERANCE * len(self._papers))

    def _best(self) -> float:
        """Return the largest size that takes no more pages than any other, as set or as estimated.

        Raises QuizgenError if a question is taller than a page in every size.
        """
        pages = {size: self._pages(size) for size in self._sizes}
        fewest = min(pages.values()) + self._allowed_extra_pages
        if fewest == inf:
            tall = self._too_tall[self.next_size]
            raise QuizgenError(
                problem(
                    _("{question} is taller than a page"),
                    _("shorten it, or take a larger --paper or a smaller --text-size"),
                    question=id_,
                )
                for id_ in tall
            )
        return next(size for size in self._sizes if pages[size] <= fewest)

    def _pages(self, size: float, *, closes: bool | None = None) -> float:
        """Count the pages of all papers together in one size; the result is infinite if a question is too tall."""
        if self._too_tall.get(size):
            return inf
        closing = len(self.section.closing) if (self._has_closing if closes is None else closes) else 0
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
        """List the questions that are taller than a page. Raises MisuseError if the head leaves no room for them."""
        blocks, room = self._settings[size].blocks, self._rooms[size]
        if blocks[self.section.head].height > MAX_HEAD_SHARE * room:
            raise MisuseError(
                problem(
                    _("title, organiser, contact, date, link and logo leave no room for questions"),
                    _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
                )
            )
        heights = _heights(self.section, blocks, self._questions, self.measures[size])
        return [id_ for id_, height in heights.items() if height > room]

    def _result(self, size: float) -> FittedSection:
        section = self.section if self._has_closing else replace(self.section, closing=())
        fitted = FittedSection(section, self._settings[size], self.measures[size], self._rooms[size])
        fitted = replace(fitted, count_on_one_page=self._questions_on_a_page())
        if len({frozenset(question.id for question in paper) for paper in self._papers}) > 1:
            return fitted
        pages = int(self._pages(size) // len(self._papers))
        return replace(fitted, pages=pages, looseness=_looseness(fitted, self._papers, pages))

    def _questions_on_a_page(self) -> int:
        """Count the questions of the first paper that fit one page in the smallest type."""
        smallest, closing = self._sizes[-1], len(self.section.closing) if self._has_closing else 0
        stack = self._stacks[smallest][0]
        end = len(stack) - len(self.section.closing)
        tail = stack[end:] if closing else []
        counts = range(end - 1, 0, -1)
        fitting = (
            count for count in counts if self._pages_of([*stack[: count + 1], *tail], smallest, closing) == 1
        )
        return next(fitting, 0)


def stacks_of(
    section: Section, blocks: Blocks, questions: Sequence[Question], papers: Papers, measures: Measures
) -> Stacks:
    """Return the heights of everything in a section with the smallest spacing, paper by paper."""
    heights = _heights(section, blocks, questions, measures)
    closing = [blocks[piece].height for piece in section.closing]
    return [
        [blocks[section.head].height, *(heights[question.id] for question in paper), *closing]
        for paper in papers
    ]


def _heights(
    section: Section, blocks: Blocks, questions: Sequence[Question], measures: Measures
) -> dict[str, float]:
    space = spacing(measures.size, 0)
    return {question.id: section.compose(question, blocks, measures, space).height for question in questions}


def _correct_guesses(guesses: Stacks, actual: Stacks, guessed: Stacks) -> Stacks:
    """Correct the estimates for one size by the ratio of real and estimated heights in another."""
    return [
        [height * real / guess for height, real, guess in zip(*each, strict=True)]
        for each in zip(guesses, actual, guessed, strict=True)
    ]


def _looseness(fitted: FittedSection, papers: Papers, fewest: int) -> float:
    """Return the largest spacing with which each paper takes at most ``fewest`` pages."""

    def max_pages(looseness: float) -> int:
        heights = {question.id: fitted.strip(question, looseness).height for question in papers[0]}
        return max(
            fitted.flow([heights[question.id] for question in paper], looseness)[-1].page + 1
            for paper in papers
        )

    return SPACING_STEPS[
        bisect_left(SPACING_STEPS, -fewest, 0, len(SPACING_STEPS) - 1, key=lambda it: -max_pages(it))
    ]
