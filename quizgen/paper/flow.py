"""A fitted part -> the pages of each paper. What papers share is composed and inked once."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from quizgen.model import Question, Quiz
from quizgen.paper.compose import Placed, Strip, block_strip, breaks, foot
from quizgen.paper.design import EASES, Page
from quizgen.paper.fit import Fitted
from quizgen.paper.layout import Blocks
from quizgen.paper.pieces import Key
from quizgen.paper.press import Impression, Ink, Press


class Flow:
    """Fills the pages of paper after paper with the questions, or the answers, of a batch."""

    def __init__(self, fitted: Fitted, setting: int, press: Press) -> None:
        self.title = fitted.part.title
        self.blocks: Blocks = fitted.setting.blocks
        self._fitted = fitted
        self._setting = setting
        self._press = press
        self._heights: dict[tuple[str, float], float] = {}
        self._inks: dict[Key, Ink] = {}
        # By identity, since versions that print a question alike share it; it is kept, so that no other gets its id.
        self._forms: dict[tuple[int, float], tuple[Question, Ink]] = {}
        self._eases: dict[frozenset[str], float] = {}
        self._feet: dict[tuple[str, ...], tuple[Strip, Ink, Ink]] = {}

    def pages(self, quiz: Quiz, margin: float) -> list[list[Impression]]:
        """Compose the pages of one paper."""
        ease = self._ease(quiz.questions)
        strips = self._strips(quiz, ease)
        pages: list[list[Impression]] = []
        for (page, y), (number, ink) in zip(self._breaks(quiz.questions, ease), strips, strict=True):
            if page == len(pages):
                pages.append([])
            if number:
                pages[page].append((self._block(("number", f"{number}.")), margin, margin + y))
            pages[page].append((ink, margin, margin + y))
        return pages

    def placed(self, quiz: Quiz, margin: float) -> Iterator[tuple[int, str, Placed, float, float]]:
        """Tell where everything of the questions stands: page, question id, block, and its x and y on the page."""
        ease = self._ease(quiz.questions)
        places = self._breaks(quiz.questions, ease)[1:]
        for (page, y), question in zip(places, quiz.questions, strict=False):
            for item in self._fitted.strip(question, ease).placed:
                yield page, question.id, item, margin + item.x, margin + y + item.y

    def foot(self, page: Page, label: Sequence[str], rest: Sequence[str]) -> list[Impression]:
        """Ink the foot of a page as ``compose.foot`` has it: all but the label is inked once for all papers."""
        if (same := tuple(rest)) not in self._feet:
            strip = foot(page, self.blocks, rest)
            self._feet[same] = (
                strip,
                self._ink(strip.placed[:1]),
                self._press.whole(self._setting, strip.placed[1:]),
            )
        strip, credit, running = self._feet[same]
        left, top = page.margin, page.height - page.margin - strip.height
        inks = [credit, running]
        if label:
            keys: list[Key] = [("running", text) for text in label]
            widths = [self.blocks[key].width for key in keys]
            _, first, *_ = strip.placed
            edges = accumulate(widths, initial=first.x - sum(widths))
            inks.insert(1, self._ink([Placed(key, x, first.y) for key, x in zip(keys, edges, strict=False)]))
        return [(ink, left, top) for ink in inks]

    def _ink(self, placed: Sequence[Placed]) -> Ink:
        return self._press.ink(self._setting, placed)

    def _strips(self, quiz: Quiz, ease: float) -> Iterator[tuple[int, Ink]]:
        """Give all that stands below each other: each question with its number, all else with 0."""
        part = self._fitted.part
        yield 0, self._block(part.head)
        for number, question in enumerate(quiz.questions, start=1):
            form = (id(question), ease)
            if form not in self._forms:
                self._forms[form] = question, self._ink(self._fitted.strip(question, ease).placed)
            yield number, self._forms[form][1]
        if part.last:
            yield 0, self._block(part.last)

    def _block(self, key: Key) -> Ink:
        if key not in self._inks:
            self._inks[key] = self._ink(block_strip(key, self.blocks).placed)
        return self._inks[key]

    def _ease(self, questions: Sequence[Question]) -> float:
        """Return the roomiest ease of spacing that takes no more pages than the tightest does."""
        same = frozenset(question.id for question in questions)
        if same not in self._eases:
            fewest = self._count(questions, EASES[-1])
            ease = EASES[bisect_left(EASES, -fewest, key=lambda ease: -self._count(questions, ease))]
            if fewest > 1:
                return ease  # how questions fall on several pages depends on their order
            self._eases[same] = ease
        return self._eases[same]

    def _count(self, questions: Sequence[Question], ease: float) -> int:
        return self._breaks(questions, ease)[-1][0] + 1

    def _breaks(self, questions: Sequence[Question], ease: float) -> list[tuple[int, float]]:
        part, fitted = self._fitted.part, self._fitted
        heights = [self.blocks[part.head].height]
        heights += [self._height(question, ease) for question in questions]
        if part.last:
            heights.append(self.blocks[part.last].height)
        return breaks(heights, fitted.room, fitted.gap(ease))

    def _height(self, question: Question, ease: float) -> float:
        """Height of a question, which is the same in every version."""
        if (question.id, ease) not in self._heights:
            self._heights[question.id, ease] = self._fitted.strip(question, ease).height
        return self._heights[question.id, ease]
