"""What a handout has for a reader of scans: squares in the corners of its pages, a code on each, and where the circles are."""

from collections.abc import Mapping

from quizgen.errors import MisuseError, problem
from quizgen.marks.positions import PrintedPaper, SheetCode, SheetPositions
from quizgen.model import Question, Quiz
from quizgen.paper.design import MM, Page
from quizgen.paper.mark_positions import describe_paper, describe_questions
from quizgen.paper.press import (
    ElementId,
    LayoutElement,
    PdfAssembler,
    PlacedBlock,
    PlacedFragment,
    SectionPages,
    draw_boxes,
)
from quizgen.paper.scan_marks import CORNER_MARK, MARK_EDGE, QR_WIDTH, code_squares, corner_marks
from quizgen.shapes import Choose
from quizgen.text.messages import _

_ABOVE, _BESIDE = 2.5 * MM, 5 * MM
"""White above and beside a code, without which it cannot be read."""

KEPT_FREE = _ABOVE + QR_WIDTH
"""The height above the foot of each page that the code and the directions take."""

_DIRECTIONS: ElementId = ("scanned",)


def make_directions() -> LayoutElement:
    """Return the directions beside the code."""
    return LayoutElement(
        _DIRECTIONS, {}, lambda measures: {"width": round(measures.width - QR_WIDTH - _BESIDE, 2)}
    )


def readable_questions(quiz: Quiz) -> Quiz:
    """Return a quiz without the questions whose answers are written, which a reader of scans leaves out."""
    chosen = tuple(each for each in quiz.questions if isinstance(each.answer, Choose))
    return Quiz(chosen, quiz.seed, quiz.language, quiz.bank, quiz.version)


class ScanMarks:
    """Marks the pages of papers, and remembers where their circles are.

    ``originals`` are the questions as the bank has them, by id. Their order of options names the answers of all versions.
    """

    def __init__(
        self, section: SectionPages, assembler: PdfAssembler, page: Page, originals: Mapping[str, Question]
    ) -> None:
        self._section, self._assembler, self._page, self._originals = section, assembler, page, originals
        self._papers: list[PrintedPaper] = []

    def mark_pages(self, quiz: Quiz) -> list[list[PlacedFragment]]:
        """Return the marks of each page of a paper, up to the last with a circle. Raises MisuseError for a paper without circles."""
        chosen = readable_questions(quiz)
        if not chosen.questions:
            raise MisuseError(
                problem(
                    _("none of these questions has boxes to tick, which --marks needs"),
                    _("leave --marks out, or choose other questions, such as with --kind single"),
                )
            )
        ids = {each.id for each in chosen.questions}
        fields = [each for each in self._section.answer_fields(quiz) if each.question in ids]
        paper = describe_paper(
            chosen, self._originals, fields, lambda each: [""] * len(each.answer.lettered_texts)
        )
        self._papers.append(paper)
        page, code_x, code_y = self._page, self._code_left, self._code_top
        directions = self._assembler.make_fragment(0, [PlacedBlock(_DIRECTIONS, 0, 0)])
        height = self._section.blocks[_DIRECTIONS].height
        corners = draw_boxes(corner_marks(page.width, page.height))
        marks = []
        for number in range(1, paper.pages + 1):
            code = SheetCode(quiz.seed, quiz.version, len(quiz.questions), number, paper.digest)
            picture = self._assembler.make_picture(0, code_squares(code), str(code))
            marks.append(
                [
                    (directions, page.margin, round(code_y + (QR_WIDTH - height) / 2, 2)),
                    (picture, code_x, code_y),
                    (corners, 0, 0),
                ]
            )
        return marks

    def describe(self, quiz: Quiz) -> SheetPositions:
        """Return what a reader of scans must know about all papers; ``quiz`` has all their questions."""
        return SheetPositions(
            seed=quiz.seed,
            width=self._page.width / MM,
            height=self._page.height / MM,
            corner=CORNER_MARK / MM,
            edge=MARK_EDGE / MM,
            code_x=self._code_left / MM,
            code_y=self._code_top / MM,
            code_side=QR_WIDTH / MM,
            letter=0,
            questions=describe_questions(readable_questions(quiz), self._originals),
            papers=tuple(self._papers),
        )

    @property
    def _code_left(self) -> float:
        return round(self._page.width - self._page.margin - QR_WIDTH, 2)

    @property
    def _code_top(self) -> float:
        return round(self._section.bottom + _ABOVE, 2)
