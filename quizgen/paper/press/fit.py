"""Which type size and which spacing let questions, or answers, fill their pages well.

Setting type takes time, so the size is chosen by an estimate of how much room the text takes, and the
next smaller one is taken while what was set turns out too tall.
"""

from bisect import bisect_left
from collections.abc import Generator, Sequence
from math import inf
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Question
from quizgen.paper.design import SPACING_STEPS, TYPE_SIZES, Design, Measures, Page, measures, spacing
from quizgen.paper.lines import is_han, line_count, text_width
from quizgen.paper.press.foot import foot_height
from quizgen.paper.press.pieces import Block, Blocks, Piece
from quizgen.paper.press.section import Section
from quizgen.paper.press.strips import Spot, Strip, evened, flow
from quizgen.paper.press.typesetter import Setting, Typesetter, Wanted

_SPARE = 0.01
"""Where each paper draws its own questions, so small a share of the papers may take a page more."""

_HOPE = 0.97
"""How much less than guessed a single paper may turn out to take in another size: worth trying."""

_MOST_OF_A_PAGE = 0.75
"""What a head may take of one. Large type on A5 with an organiser, a date and a link takes nearly that."""

Papers: TypeAlias = Sequence[Sequence[Question]]
"""Papers to go by, each the questions in it: one, or where each draws its own, a sample of them."""


class Fitted(Struct, frozen=True):
    """A part set in type of one size, and the room, in points, that its pages have.

    ``pages`` is how many each paper takes, and ``looseness`` how loosely it may be set for that, where all papers
    hold the same questions, in whatever order. ``on_a_page`` is how many of the first paper's questions one page would
    hold in the smallest type, as far as that was set or can be guessed.
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
        """Place the head, strips of these heights, and what closes the part, all as tall as they are; pages ``even`` as ``evened`` has it."""
        blocks, part = self.setting.blocks, self.section
        stack = [
            blocks[part.head].height,
            *heights,
            *(blocks[piece].height for piece in part.closing),
        ]
        return (evened if even else flow)(
            stack,
            self.room,
            self.gap(looseness),
            columns=self.measures.columns,
            closing=len(part.closing),
        )


def fit(
    parts: Sequence[Section],
    pool: Sequence[Question],
    papers: Papers,
    design: Design,
    page: Page,
    typesetter: Typesetter,
) -> list[Fitted]:
    """Set each part in the largest type that takes no more pages than the smallest would.

    ``pool`` are all the questions that papers hold. What may close a part is left out if it would take a
    page more. What the parts want set is set together. Raises QuizgenError for what is taller than a page.
    """
    searches = [_fit(part, pool, papers, design, page) for part in parts]
    fitted: dict[int, Fitted] = {}
    answers: dict[int, Setting | None] = dict.fromkeys(range(len(parts)))
    while answers:
        wanted: dict[int, Wanted] = {}
        for index, setting in answers.items():
            try:
                wanted[index] = searches[index].send(setting)
            except StopIteration as found:
                fitted[index] = found.value
        settings = typesetter.set(list(wanted.values())) if wanted else []
        answers = dict(zip(wanted, settings, strict=True))
    return [fitted[index] for index in range(len(parts))]


def _fit(
    part: Section, pool: Sequence[Question], papers: Papers, design: Design, page: Page
) -> Generator[Wanted, Setting | None, Fitted]:
    """Search for the best size of a part's type; gives what is to be set, and is sent it as set."""
    settings: dict[float, Setting] = {}
    fitted, pages = yield from _search(part, pool, papers, design, page, settings)
    if part.closing and part.closes_if_room and pages > len(papers):
        open_ended, fewer = yield from _search(
            replace(part, closing=()), pool, papers, design, page, settings
        )
        if fewer < pages:
            fitted, pages = open_ended, fewer
    if len({frozenset(question.id for question in paper) for paper in papers}) > 1:
        return fitted
    fewest = int(pages // len(papers))
    return replace(fitted, pages=fewest, looseness=_looseness(fitted, papers, fewest))


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


def _search(  # noqa: C901  one search through the sizes
    part: Section,
    pool: Sequence[Question],
    papers: Papers,
    design: Design,
    page: Page,
    settings: dict[float, Setting],
) -> Generator[Wanted, Setting | None, tuple[Fitted, float]]:
    """Set a part, and tell how many pages all papers take together.

    Heights are guessed in every size; what was set corrects the guesses of what was not, until the size that
    promises best is one that was set. ``settings`` are those that there are already, by size; those made are added.
    """
    sizes = TYPE_SIZES[design.text_size]
    spare = int(_SPARE * len(papers))
    wides = {size: measures(page, size, part.language) for size in sizes}

    def stacks_in(size: float, blocks: Blocks) -> list[list[float]]:
        return stacks(part, blocks, pool, papers, wides[size])

    def pages_in(size: float, blocks: Blocks, of: list[list[float]]) -> int:
        room, gap = page.room(foot_height(blocks)), spacing(size, 0).question * part.gap
        columns, closing = wides[size].columns, len(part.closing)
        return sum(flow(stack, room, gap, columns=columns, closing=closing)[-1].page + 1 for stack in of)

    guessed_blocks = {
        size: {piece.id: _estimate(piece, wide, han=is_han(part.language)) for piece in part.pieces}
        for size, wide in wides.items()
    }
    guesses = {size: stacks_in(size, guessed_blocks[size]) for size in sizes}
    hope = _HOPE if len(papers) == 1 else 1

    def hoped(stacked: list[list[float]]) -> list[list[float]]:
        return [[height * hope for height in stack] for stack in stacked]

    pages: dict[float, float] = {
        size: pages_in(size, guessed_blocks[size], hoped(guesses[size])) for size in sizes
    }
    fitted: dict[float, Fitted] = {}
    heights = dict(guesses)

    def on_a_page(stack: list[float]) -> int:
        end = len(stack) - len(part.closing)
        counts = range(len(stack) - 1 - len(part.closing), 0, -1)
        smallest, blocks = sizes[-1], next(iter(fitted.values())).setting.blocks
        return next(
            (
                count
                for count in counts
                if pages_in(smallest, blocks, [stack[: count + 1] + stack[end:]]) == 1
            ),
            0,
        )

    while True:
        fewest = min(pages.values()) + spare
        best = next(size for size in sizes if pages[size] <= fewest)
        if best in fitted:
            return replace(fitted[best], on_a_page=on_a_page(heights[sizes[-1]][0])), pages[best]
        if best not in settings:
            found = yield part.pieces, wides[best]
            assert found  # noqa: S101  it is what was asked for
            settings[best] = found
        setting = settings[best]
        fitted[best] = Fitted(part, setting, wides[best], page.room(foot_height(setting.blocks)))
        real = heights[best] = stacks_in(best, setting.blocks)
        pages[best] = pages_in(best, setting.blocks, real)
        if tall := _too_tall(fitted[best], pool):
            # It may have room in type of another size, which stands in wider columns.
            pages[best] = inf
            if min(pages.values()) == inf:
                raise QuizgenError(
                    problem("print.tall", "print.shorten-question", question=owner) for owner in tall
                )
        for size in sizes:
            if size not in fitted:
                heights[size] = [
                    [height * by / guess for height, by, guess in zip(heights, set_, before, strict=True)]
                    for heights, set_, before in zip(guesses[size], real, guesses[best], strict=True)
                ]
                pages[size] = pages_in(size, setting.blocks, hoped(heights[size]))
        if pages[best] <= len(papers) + spare:
            # Each has its one page. Somewhat larger type might fit too, but to set it all again takes a quarter of a second.
            return fitted[best], pages[best]


def stacks(
    part: Section, blocks: Blocks, pool: Sequence[Question], papers: Papers, wide: Measures
) -> list[list[float]]:
    """Heights of all that a part holds, at its tightest, paper by paper."""
    space = spacing(wide.size, 0)
    heights = {question.id: part.compose(question, blocks, wide, space).height for question in pool}
    closing = [blocks[piece].height for piece in part.closing]
    return [
        [blocks[part.head].height, *(heights[question.id] for question in paper), *closing]
        for paper in papers
    ]


def _too_tall(fitted: Fitted, pool: Sequence[Question]) -> list[str]:
    """List the questions that are taller than a page; raises MisuseError for a head that leaves these no room."""
    if fitted.setting.blocks[fitted.section.head].height > _MOST_OF_A_PAGE * fitted.room:
        raise MisuseError(problem("print.no-room-for-questions", "print.shorten-head"))
    return [question.id for question in pool if fitted.strip(question, 0).height > fitted.room]


def _estimate(piece: Piece, wide: Measures, *, han: bool) -> Block:
    """Guess the size of a piece from the widths of its texts."""
    values, size = piece.values, wide.size
    match piece.id[0]:
        case "header":
            beside = 80 if values["qr"] else 0
            return Block(
                wide.width, max(6.6 * size + (4 if values["logo"] else 0) * size, beside + 0.7 * size)
            )
        case "answers" | "reasons":
            return Block(wide.width, 3.4 * size)
        case "footer":
            lines = line_count(values["sources"], wide.small, 0.74 * wide.width, han=han)
            contact = 1 if values["contact"] else 0
            return Block(
                wide.width,
                max(1, (lines if values["sources"] else 0) + contact) * 1.3 * wide.small + wide.foot,
            )
        case "slot":
            return Block(wide.slot, wide.slot_height)
    texts, width, frame = _texts(piece, wide, han=han)
    lines = sum(line_count(text, size, width, han=han) for text in texts)
    leading = wide.answer_leading if piece.id[0] in _ANSWERS else wide.leading
    widest = max(text_width(text, han=han) * size for text in texts)
    return Block(min(widest, width), round((lines * leading + frame) * size, 2))


_FRAMES = {"bubble": (0.64, 1.45), "call": (0, 0.9), "letter": (0.47, 1.25), "page": (0.47, 1.25)}
"""What the frame of an exhibit of each form takes of its height, and of the width of its lines, in ems."""

_ANSWERS = frozenset(("answer", "reason", "right", "help"))


def _texts(piece: Piece, wide: Measures, *, han: bool) -> tuple[Sequence[str], float, float]:  # noqa: C901, PLR0912  a case for each kind
    """Give the texts of a piece, the width of their lines, in points, and the height of what frames them, in ems."""
    values = piece.values
    texts, width, frame = [values.get("text", "")], wide.column, 0.0
    match piece.id[0]:
        case "stem":
            texts, width = ["".join(values["parts"]) + " " + values["hint"]], wide.text
            if len(values["parts"]) > 1:
                texts[0] += "x" * int(wide.blank / wide.size * 2)
                frame = 1.0
        case "asked":
            # Boxes stand behind it where there is room: it is as wide as its longest sentence where these stand below each other.
            texts, width = [" ".join(values["sentences"])], wide.text
            if line_count(texts[0], wide.size, width, han=han) > 1:
                texts = values["sentences"]
        case "exhibit":
            lines = [f"{line['who']}  {line['text']}" for line in values["lines"]]
            if not values["is_numbered"] and not values["is_spoken"]:
                lines = [values["text"]]
            texts = [f"{values['label']} {values['sender']}", *lines]
            frame, sides = _FRAMES[values["form"]]
            width = wide.text - (sides + 1.2 * values["is_numbered"]) * wide.size
        case "answer" | "reason" as kind:
            signs = [f"{sign.words} {sign.reason}" for sign in values["signs"]]
            letters = "x" * round(1.2 * values.get("letters", 0) + 0.7)
            texts = [" ".join([letters, values["key"], *signs, values["rationale"], values["cited"]])]
            if values["advice"]:
                texts.append("What to do: " + values["advice"])
            if kind == "reason":
                texts.append(values["about"])
            width = wide.answer
        case "help":
            texts = [f"{number['number']}    {number['purpose']}" for number in values["numbers"]]
            texts, frame = ["".join(texts)] if values["in_short"] else ["", *texts], 0.6
            width = wide.width - 1.4 * wide.size
        case "sources":
            small = wide.size / wide.small
            texts, width = ["".join(values["notes"]) + "x" * 80], wide.width * small**2
        case "prompt" | "choice":
            width = piece.values_at(wide)["width"]
        case "right":
            width = wide.answer - 1.06 * wide.size
        case "option":
            width = wide.option
    return texts, width, frame
