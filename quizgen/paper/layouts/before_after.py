"""What a talk has changed: the same few questions before and after it, with how sure one is, and a table to count in.

Nobody is named: a code that only its owner can make again lets the two sheets be laid side by side. Two halves of
a sheet stand beside each other, to be cut apart once; large type, and A5, have a page for each.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Struct

from quizgen.assemble import Candidates
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Question, Quiz
from quizgen.paper.choosing import choose
from quizgen.paper.design import MM, PAGES, SMALLEST, Option, PageDesign, TextSize
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.lines import guessed_width, is_han, line_count, text_width
from quizgen.paper.press import TALLEST
from quizgen.paper.renderer import About, Renderer, height
from quizgen.paper.sheets import form_values
from quizgen.shapes import Choose
from quizgen.text.messages import counted, message, text
from quizgen.view.question import QuestionView, view_questions

QUESTIONS = 5
"""How many are asked unless fewer are wanted, or others named: what people answer in three minutes, twice."""

_MARGIN = 10 * MM
_GAP = 10.0
"""White above the foot, in points."""

_TALLEST_ROW = {"normal": 18 * MM, "large": 26 * MM}
"""The most that a row of the table to count in is high."""

_ABOVE_TALLY = 18.5
"""What stands above and below the rows of that table, in ems."""

_SHARES = {True: (28, 26, 11, 12, 11, 12), False: (27.6, 17.2, 12.6, 15, 12.6, 15)}
"""Parts of the table's width, in hundredths, on a page across and on one upright: the last are for strokes."""

_MOST_GAP = 1.6
"""White before a question, in ems, that still holds a sheet together."""

_MORE = 1.3
"""Times its share of the room a question may take, as long as others leave it that."""

_MOST_ALIKE = 0.6
"""Part of the questions that may be true, or false."""

_TRIES = 40
"""Times that other questions are looked for."""

_SURELY = 0.9
"""What a guess of a height is taken times, so that what may have room is measured."""

_ENDLESS: dict[str, Any] = {"height": TALLEST, "measured": True}
"""What a sheet is like on which questions are measured, once: none is cut off."""

_TYPE: dict[TextSize, tuple[float, ...]] = {"normal": (11, 10), "large": (18, 16)}


class BeforeAfterDesign(PageDesign, frozen=True):
    """What may be asked of sheets for before and after a talk."""

    text_size: Annotated[TextSize, Option("print.option-text-size")] = "normal"


class _Sheet(Struct, frozen=True):
    """Where sheets stand on the paper, in points: two ``across`` on a page, or one."""

    width: float
    height: float
    across: bool

    @property
    def column(self) -> float:
        """Width of what one sheet has."""
        return (self.width / 2 if self.across else self.width) - 2 * _MARGIN


def print_before_after(candidates: Candidates, design: BeforeAfterDesign) -> tuple[bytes, Quiz]:
    """Print both sheets and the table, as a PDF, and tell which quiz they ask.

    The same bytes for the same candidates, design, fonts and version of quizgen. Raises QuizgenError where too few
    questions have room, one asked for by name has none, Pango is missing or no font has a character, and MisuseError
    where the head leaves no room.
    """
    upright = PAGES[design.paper]
    large = design.text_size == "large"
    if design.paper == "A5" or large:
        sheet = _Sheet(upright.width, upright.height, across=False)
    else:
        sheet = _Sheet(upright.height, upright.width, across=True)
    count = len(candidates.named) or min(candidates.count or QUESTIONS, QUESTIONS)
    *roomy, last = _TYPE[design.text_size]
    with Renderer(candidates.language, design.logo) as renderer:
        for size in roomy:
            try:
                return _Setter(renderer, candidates, design, sheet, size, count).print()
            except QuizgenError:
                continue  # smaller type has room for more
        return _Setter(renderer, candidates, design, sheet, last, count).print()


class _Setter:
    """Sets sheets in type of one size."""

    def __init__(
        self,
        renderer: Renderer,
        candidates: Candidates,
        design: BeforeAfterDesign,
        sheet: _Sheet,
        size: float,
        count: int,
    ) -> None:
        self._renderer, self._candidates, self._sheet = renderer, candidates, sheet
        self._size, self._count = size, count
        self._is_han = is_han(candidates.language)
        self._tallest_row = _TALLEST_ROW[design.text_size]
        self._measured: dict[str, float] = {}
        large = design.text_size == "large"
        self._about = About(
            message(candidates.language, "before-after.heading"), design.organiser, candidates.language
        )
        self._values: dict[str, Any] = {
            **form_values(design, candidates.language, "print.no-room-for-questions"),
            "seed": candidates.seed,
            "large": large,
            "size": size,
            "small": 16 if large else SMALLEST,
            "tick": (6.5 if large else 4.5) * MM,
            "circle": (9 if large else 5.5) * MM,
            "width": sheet.width,
            "height": sheet.height,
            "across": sheet.across,
            "margin": _MARGIN,
            "column": sheet.column,
            "short": _shortened,
        }
        anchors = self._lay_out([], _ENDLESS).pages[0].anchors
        self._room = sheet.height - 2 * _MARGIN - height(anchors["head"]) - height(anchors["foot"]) - _GAP
        if self._room < count * 3 * size:
            raise MisuseError(problem("print.no-room-for-questions", "print.shorten-head"))

    def print(self) -> tuple[bytes, Quiz]:
        """Choose questions, and print them; raises QuizgenError where too few have room."""
        chosen, heights = self._chosen()
        quiz = self._candidates.quiz(chosen)
        white = (self._room - sum(heights.values())) / len(chosen)
        more = {"gap": round(min(white, _MOST_GAP * self._size), 2), "keys": True}
        return self._renderer.write(self._lay_out(chosen, more), self._about), quiz

    def _chosen(self) -> tuple[list[Question], dict[str, float]]:
        """Choose questions that have room beside each other, short ones making room for longer, and tell their heights.

        Whoever ticks true, or false, all along is not to be right: others are tried, where there are any.
        """
        barred: set[str] = set()
        second_best: tuple[list[Question], dict[str, float]] | None = None
        for _ in range(_TRIES):
            try:
                chosen = choose(
                    self._candidates,
                    self._count,
                    self._fitting,
                    layout="before-after",
                    may=lambda question: question.id not in barred and self._may(question),
                    mix=["apply"] * self._count,
                )
            except QuizgenError:
                if second_best:
                    break
                raise
            heights = self._heights(chosen)
            if sum(heights.values()) > self._room:
                barred.add(max(heights, key=heights.__getitem__))
                continue
            alike = _on_one_side(chosen)
            if not alike or self._candidates.named:
                return chosen, heights
            second_best = second_best or (chosen, heights)
            barred.add(alike[-1].id)
        if second_best:
            return second_best
        raise MisuseError(problem("print.no-room-for-questions", "print.shorten-head"))

    def _may(self, question: Question) -> bool:
        """Tell whether a question is of a kind that fits, one answer to tick and nothing to read before it, and may be short enough."""
        answer = question.answer
        if not isinstance(answer, Choose) or answer.style == "several" or question.exhibit:
            return False
        (asked,) = view_questions(self._candidates.quiz([question]))
        columns = self._columns(asked)
        room = self._sheet.column - 1.7 * self._size
        rows = sum(
            line_count(
                f"{option.letter} {option.text}", self._size, room / max(columns, 1) - self._values["tick"]
            )
            for option in asked.options
        ) / max(columns, 1)
        written = line_count(asked.stem, self._size, room, bold=True, han=self._is_han) + (
            rows if columns else 0
        )
        guess = written * self._values["leading"] * self._size + self._values["circle"]
        return bool(_SURELY * guess <= _MORE * self._room / self._count)

    def _fitting(self, questions: Sequence[Question]) -> list[str]:
        """Give those that take not much more than their share of the room."""
        share = _MORE * self._room / self._count
        return [id_ for id_, taken in self._heights(questions).items() if taken <= share]

    def _heights(self, questions: Sequence[Question]) -> dict[str, float]:
        """Measure questions, in points, each once."""
        if new := [question for question in questions if question.id not in self._measured]:
            anchors = self._lay_out(new, _ENDLESS).pages[0].anchors
            self._measured |= {
                question.id: height(anchors[f"question-{number}"])
                for number, question in enumerate(new, start=1)
            }
        return {question.id: self._measured[question.id] for question in questions}

    def _lay_out(self, questions: Sequence[Question], more: dict[str, Any]) -> Any:
        asked = view_questions(self._candidates.quiz(questions))
        left = self._sheet.height - 2 * _MARGIN - _ABOVE_TALLY * self._size
        row = min(self._tallest_row, left / (self._count + 1))
        shares = _SHARES[self._sheet.across]
        values = {
            "gap": 0,
            "keys": False,
            "measured": False,
            "tally_row": round(row, 2),
            "tally_shares": shares,
            "asked_width": shares[0] / 100 * (self._sheet.width - 2 * _MARGIN) - 0.8 * self._size - 1,
            "asked_lines": max(1, int((row - 0.4 * self._size - 1) / (1.25 * self._size))),
            "questions": asked,
            "columns": {each.id: self._columns(each) for each in asked},
        }
        return self._renderer.lay_out("before-after.html", {**self._values, **values, **more})

    def _columns(self, asked: QuestionView) -> int:
        """Say how many options stand beside each other: as many as have room, or 0 where the scale has room there too."""
        room = self._sheet.column - 1.7 * self._size
        texts = [f"{option.letter} {option.text}" for option in asked.options]
        longest = max((text_width(each, han=self._is_han) for each in texts), default=0) * self._size
        taken = 1.05 * longest + self._values["tick"] + 8 + 0.6 * self._size
        count = len(asked.options)
        words = message(self._candidates.language, "before-after.sure")
        scale = 1.1 * guessed_width(words) * self._size + 5 * 1.4 * self._values["circle"]
        if count * taken + scale <= room:
            return 0
        return next((many for many in (4, 3, 2) if count % many == 0 and taken * many <= room), 1)


def _on_one_side(questions: Sequence[Question]) -> list[Question]:
    """List those that are all true, or all false, where these are most of the questions."""
    for side in (0, 1):
        found = [
            question
            for question in questions
            if isinstance(question.answer, Choose)
            and question.answer.style == "truth"
            and question.answer.keys == (side,)
        ]
        if len(found) > max(1, _MOST_ALIKE * len(questions)):
            return found
    return []


def _shortened(stem: str, most: float) -> str:
    """Give the beginning of a stem, of ``most`` ems, so that whoever counts knows which question it is."""
    if guessed_width(stem) <= most:
        return stem
    end = next(index for index in range(len(stem)) if guessed_width(stem[: index + 1]) > most)
    cut = stem[:end]
    return (cut.rpartition(" ")[0] if " " in cut else cut).rstrip(",.;:，。；：、") + "…"


def _make(job: PrintJob, design: BeforeAfterDesign) -> Printed:
    pdf, quiz = print_before_after(job.candidates(), design)
    questions = counted("print.questions", len(quiz.questions))
    return Printed(pdf, text("print.before-after", questions=questions))


LAYOUT = Layout(
    name="before-after",
    help="print.help-before-after",
    design=BeforeAfterDesign,
    templates=("before-after.html",),
    make=_make,
    kit=KitSheet(45, "per-visitor", "one", "kit.before-after", ("kit.pens", "kit.knife")),
)
