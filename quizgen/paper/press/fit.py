"""Choose the type size and the spacing with which questions or answers fill their pages well.

The result is the largest type size that takes no more pages than the smallest. Typesetting takes time, so heights are
estimated for every size, and only the most promising size is typeset. Its real heights correct the estimates for the
other sizes, until the most promising size is one that has been typeset.
"""

from bisect import bisect_left
from collections.abc import Sequence
from math import inf
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Question
from quizgen.paper.design import (
    SPACING_STEPS,
    TYPE_SIZES,
    Measures,
    Page,
    QuizPaperDesign,
    measures_for_type_size,
    spacing_for_type_size,
)
from quizgen.paper.press.elements import Blocks
from quizgen.paper.press.foot import foot_height
from quizgen.paper.press.section import Section
from quizgen.paper.press.strips import Strip, StripPosition, place_strips, place_strips_evenly
from quizgen.paper.press.typesetter import TypesetGroup, Typesetter
from quizgen.text.messages import _

OVERFLOW_TOLERANCE = 0.01
"""The share of versions that may take one page more, if each paper draws its own questions."""

MAX_HEAD_SHARE = 0.75
"""The largest share of a page for a head. Large type on A5 with organiser, date and link takes nearly that."""

SampleVersions: TypeAlias = Sequence[Sequence[Question]]
"""Papers, as lists of questions, to choose the size by: one, or a sample if each paper draws its own questions."""

StackedHeights: TypeAlias = list[list[float]]
"""For each paper, the heights of the head, of each question, and of the closing pieces."""


class FittedSection(Struct, frozen=True):
    """A section of a paper in its chosen type size; ``room`` is the height in points for its strips on a page.

    If all versions have the same questions, ``pages`` is the number of pages of each version, and ``looseness`` (0 to
    1) the largest spacing with that number. ``count_on_one_page`` is how many questions of the first version fit on
    one page in the smallest type.
    """

    section: Section
    group: TypesetGroup
    measures: Measures
    room: float
    pages: int = 0
    looseness: float | None = None
    count_on_one_page: int = 0

    @property
    def size(self) -> float:
        """The type size, in points."""
        return self.measures.size

    def compose_strip(self, question: Question, looseness: float) -> Strip:
        """Return the strip (the blocks that stay together) of a question or an answer."""
        return self.section.compose(
            question, self.group.blocks, self.measures, spacing_for_type_size(self.size, looseness)
        )

    def strip_gap(self, looseness: float) -> float:
        """Return the space between strips, in points."""
        return round(spacing_for_type_size(self.size, looseness).question * self.section.gap, 2)

    def place_strips(
        self, heights: Sequence[float], looseness: float, *, even: bool = False
    ) -> list[StripPosition]:
        """Return the positions of the head, of strips with these heights, and of the closing elements.

        With ``even``, all pages are filled about equally.
        """
        blocks, section = self.group.blocks, self.section
        stack = [
            blocks[section.head].height,
            *heights,
            *(blocks[element].height for element in section.closing),
        ]
        return (place_strips_evenly if even else place_strips)(
            stack,
            self.room,
            self.strip_gap(looseness),
            columns=self.measures.columns,
            closing_strips=len(section.closing),
        )


def fit_to_pages(
    sections: Sequence[Section],
    questions: Sequence[Question],
    versions: SampleVersions,
    design: QuizPaperDesign,
    page: Page,
    typesetter: Typesetter,
) -> list[FittedSection]:
    """Typeset each section in the largest type that takes no more pages than the smallest would.

    The answers are in no larger type than the questions, which are the first section.

    ``questions`` are those of all versions; ``versions`` are samples by which the size is chosen. Raises QuizgenError
    for a question that is taller than a page.
    """
    sizes = TYPE_SIZES[design.text_size]
    fitted = _fit_sections(sections, sizes, questions, versions, page, typesetter)
    first, smaller = fitted[0], [size for size in sizes if size <= fitted[0].size]
    too_large = [
        section
        for section, result in zip(sections, fitted, strict=True)
        if smaller and not section.sizes and result.size > first.size
    ]
    if not too_large:
        return fitted
    again = _fit_sections(too_large, smaller, questions, versions, page, typesetter)
    refitted = dict(zip(map(id, too_large), again, strict=True))
    return [refitted.get(id(section), result) for section, result in zip(sections, fitted, strict=True)]


def _fit_sections(
    sections: Sequence[Section],
    sizes: Sequence[float],
    questions: Sequence[Question],
    versions: SampleVersions,
    page: Page,
    typesetter: Typesetter,
) -> list[FittedSection]:
    """Typeset each section in one of the sizes, unless it has sizes of its own."""
    searches = [_TypeSizeSearch(section, sizes, questions, versions, page) for section in sections]
    while unfinished := [search for search in searches if not search.result]:
        requests = [(search.section.elements, search.measures[search.next_size]) for search in unfinished]
        for search, group in zip(unfinished, typesetter.typeset(requests), strict=True):
            search.add_typeset_group(group)
    return [search.result for search in searches if search.result]


class _TypeSizeSearch:
    """The search for the type size of one section: ``next_size`` is the size to typeset next, ``result`` the result.

    A size is judged by the total number of pages of all versions, each set with the smallest spacing.
    """

    def __init__(
        self,
        section: Section,
        sizes: Sequence[float],
        questions: Sequence[Question],
        versions: SampleVersions,
        page: Page,
    ) -> None:
        self.section = section
        self.result: FittedSection | None = None
        self._questions = questions
        self._versions = versions
        self._page = page
        self._sizes = section.sizes or sizes
        self.measures = {size: measures_for_type_size(page, size, section.language) for size in self._sizes}
        self._groups: dict[float, TypesetGroup] = {}
        self._too_tall: dict[float, list[str]] = {}
        self._rooms: dict[float, float] = {}
        self._guesses: dict[float, StackedHeights] = {}
        for size, measures_ in self.measures.items():
            blocks = {element.id: section.estimate(element, measures_) for element in section.elements}
            self._guesses[size] = self._stack_heights(size, blocks)
            self._rooms[size] = page.height_above_foot(foot_height(blocks))
        self._stacks = dict(self._guesses)
        self._has_closing = True
        self._size_with_closing = 0.0
        self.next_size = self._best_size()

    def add_typeset_group(self, group: TypesetGroup) -> None:
        """Record how the section fits in ``next_size``. Then choose the next size to try, or set the result if the search is over."""
        size, blocks = self.next_size, group.blocks
        self._groups[size] = group
        self._stacks[size] = self._stack_heights(size, blocks)
        self._rooms[size] = self._page.height_above_foot(foot_height(blocks))
        self._too_tall[size] = self._questions_too_tall(size)
        for other in self._sizes:
            if other not in self._groups:
                self._stacks[other] = _correct_estimates(
                    self._guesses[other], self._stacks[size], self._guesses[size]
                )
                self._rooms[other] = self._rooms[size]
        self._choose_next_size(size)

    def _choose_next_size(self, size: float) -> None:
        """Determine the next size to typeset, or the result."""
        # If each paper takes one page, slightly larger type might fit too, but group everything again takes time.
        best = (
            size
            if self._count_pages(size) <= len(self._versions) + self._allowed_extra_pages
            else self._best_size()
        )
        if best not in self._groups:
            self.next_size = best
        elif self._has_closing and self._may_leave_out_closing(best):
            self._size_with_closing = best
            self._has_closing = False
            self.next_size = self._best_size()
            if self.next_size in self._groups:
                self._choose_next_size(self.next_size)
        else:
            if not self._has_closing and self._count_pages(best) >= self._count_pages(
                self._size_with_closing, closes=True
            ):
                best, self._has_closing = self._size_with_closing, True
            self.result = self._make_result(best)

    def _may_leave_out_closing(self, size: float) -> bool:
        """Return whether versions might take fewer pages without the closing elements."""
        section = self.section
        return (
            bool(section.closing) and section.closes_if_room and self._count_pages(size) > len(self._versions)
        )

    @property
    def _allowed_extra_pages(self) -> int:
        """How many pages more than the fewest all versions together can take, for larger type."""
        return int(OVERFLOW_TOLERANCE * len(self._versions))

    def _best_size(self) -> float:
        """Return the largest size that takes no more pages than any other, as set or as estimated.

        Raises QuizgenError if a question is taller than a page in every size.
        """
        pages = {size: self._count_pages(size) for size in self._sizes}
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

    def _count_pages(self, size: float, *, closes: bool | None = None) -> float:
        """Return the number of pages of all versions together in one size; infinite if a question is too tall."""
        if self._too_tall.get(size):
            return inf
        closing = len(self.section.closing) if (self._has_closing if closes is None else closes) else 0
        stacks = self._stacks[size]
        if not closing:
            left_out = len(self.section.closing)
            stacks = [stack[: len(stack) - left_out] for stack in stacks]
        return sum(self._count_pages_of_version(stack, size, closing) for stack in stacks)

    def _count_pages_of_version(self, stack: Sequence[float], size: float, closing: int) -> int:
        gap, columns = spacing_for_type_size(size, 0).question * self.section.gap, self.measures[size].columns
        return (
            place_strips(stack, self._rooms[size], gap, columns=columns, closing_strips=closing)[-1].page + 1
        )

    def _stack_heights(self, size: float, blocks: Blocks) -> StackedHeights:
        return stacked_heights(self.section, blocks, self._questions, self._versions, self.measures[size])

    def _questions_too_tall(self, size: float) -> list[str]:
        """Return the ids of questions that are taller than a page.

        Raises MisuseError if the head leaves no room for any.
        """
        blocks, room = self._groups[size].blocks, self._rooms[size]
        if blocks[self.section.head].height > MAX_HEAD_SHARE * room:
            raise MisuseError(
                problem(
                    _("title, organiser, contact, date, link and logo leave no room for questions"),
                    _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
                )
            )
        heights = _question_heights(self.section, blocks, self._questions, self.measures[size])
        return [id_ for id_, height in heights.items() if height > room]

    def _make_result(self, size: float) -> FittedSection:
        section = self.section if self._has_closing else replace(self.section, closing=())
        fitted = FittedSection(section, self._groups[size], self.measures[size], self._rooms[size])
        fitted = replace(fitted, count_on_one_page=self._count_questions_on_one_page())
        if len({frozenset(question.id for question in version) for version in self._versions}) > 1:
            return fitted
        pages = int(self._count_pages(size) // len(self._versions))
        return replace(fitted, pages=pages, looseness=_largest_looseness(fitted, self._versions, pages))

    def _count_questions_on_one_page(self) -> int:
        """Return how many questions of the first version fit on one page in the smallest type."""
        smallest, closing = self._sizes[-1], len(self.section.closing) if self._has_closing else 0
        stack = self._stacks[smallest][0]
        end = len(stack) - len(self.section.closing)
        tail = stack[end:] if closing else []
        counts = range(end - 1, 0, -1)
        fitting = (
            count
            for count in counts
            if self._count_pages_of_version([*stack[: count + 1], *tail], smallest, closing) == 1
        )
        return next(fitting, 0)


def stacked_heights(
    section: Section,
    blocks: Blocks,
    questions: Sequence[Question],
    versions: SampleVersions,
    measures: Measures,
) -> StackedHeights:
    """Return, for each version, the heights of its head, questions and closing elements with the smallest spacing."""
    heights = _question_heights(section, blocks, questions, measures)
    closing = [blocks[element].height for element in section.closing]
    return [
        [blocks[section.head].height, *(heights[question.id] for question in version), *closing]
        for version in versions
    ]


def _question_heights(
    section: Section, blocks: Blocks, questions: Sequence[Question], measures: Measures
) -> dict[str, float]:
    space = spacing_for_type_size(measures.size, 0)
    return {question.id: section.compose(question, blocks, measures, space).height for question in questions}


def _correct_estimates(
    guesses: StackedHeights, actual: StackedHeights, guessed: StackedHeights
) -> StackedHeights:
    """Correct the estimated heights for one type size by the ratio of real to estimated heights in another."""
    return [
        [height * real / guess for height, real, guess in zip(*each, strict=True)]
        for each in zip(guesses, actual, guessed, strict=True)
    ]


def _largest_looseness(fitted: FittedSection, versions: SampleVersions, fewest: int) -> float:
    """Return the largest spacing with which each version takes at most ``fewest`` pages."""

    def max_pages(looseness: float) -> int:
        heights = {question.id: fitted.compose_strip(question, looseness).height for question in versions[0]}
        return max(
            fitted.place_strips([heights[question.id] for question in version], looseness)[-1].page + 1
            for version in versions
        )

    return SPACING_STEPS[
        bisect_left(SPACING_STEPS, -fewest, 0, len(SPACING_STEPS) - 1, key=lambda it: -max_pages(it))
    ]
