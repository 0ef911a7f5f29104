"""What a talk has changed: the same few questions before and after it, with how sure one is, and a table to count in.

Nobody is named: a code that only its owner can make again lets the two sheets be laid side by side. Two halves of
a sheet stand beside each other, to be cut apart once; large type, and A5, have a page for each.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

from msgspec import Struct

from quizgen.assemble import Candidates
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Question, Quiz
from quizgen.paper.choosing import QuestionSheet
from quizgen.paper.design import MIN_TYPE_SIZE, MM, PAGES, Option, PageDesign, TextSize
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.lines import estimate_width, is_han, line_count, text_width
from quizgen.paper.press import SETTING_PAGE_HEIGHT
from quizgen.paper.renderer import About, Renderer, heights_of
from quizgen.paper.sheets import asks_for_one_option, form_values
from quizgen.shapes import Choose
from quizgen.text.languages import locale
from quizgen.text.messages import N_, _, ngettext
from quizgen.view.question import QuestionView

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

_MOST_SHARES = 1.3
"""Shares of the room that a question may take, as long as others leave it that."""

_MOST_ALIKE = 0.6
"""Part of the questions that may be true, or false."""

_TRIES = 40
"""Times that other questions are looked for."""

_SURE_PART = 0.9
"""What a guess of a height is multiplied by, so that no question that fits is left out for a guess."""

_TYPE: dict[TextSize, tuple[float, ...]] = {"normal": (11, 10), "large": (18, 16)}
"""Sizes of type, in points: the first with which enough questions have room is taken."""


class BeforeAfterDesign(PageDesign, frozen=True):
    """What may be asked of sheets for before and after a talk."""

    text_size: Annotated[TextSize, Option(N_("large is 18 points, for older readers."))] = "normal"


class _Paper(Struct, frozen=True):
    """A page, in points, with two sheets ``across``, or one."""

    width: float
    height: float
    across: bool

    @classmethod
    def of(cls, design: BeforeAfterDesign) -> "_Paper":
        """Turn the page, where two sheets have room beside each other."""
        upright = PAGES[design.paper]
        if design.paper == "A5" or design.text_size == "large":
            return cls(upright.width, upright.height, across=False)
        return cls(upright.height, upright.width, across=True)

    @property
    def column(self) -> float:
        """Width of the text of one sheet."""
        return (self.width / 2 if self.across else self.width) - 2 * _MARGIN


def print_before_after(candidates: Candidates, design: BeforeAfterDesign) -> tuple[bytes, Quiz]:
    """Print both sheets and the table, as a PDF, and return which quiz they ask.

    The same bytes for the same candidates, design, fonts and version of quizgen. Raises QuizgenError where too few
    questions have room, one asked for by name has none, Pango is missing or no font has a character, and MisuseError
    where the head leaves no room.
    """
    *roomy, last = _TYPE[design.text_size]
    with Renderer(candidates.language, design.logo) as renderer:
        for size in roomy:
            try:
                return _Sheets(renderer, candidates, design, size).print()
            except QuizgenError:
                continue  # smaller type has room for more
        return _Sheets(renderer, candidates, design, last).print()


class _Sheets(QuestionSheet):
    """Both sheets and the table, in type of one size."""

    name: ClassVar[str] = "before-after"

    def __init__(
        self, renderer: Renderer, candidates: Candidates, design: BeforeAfterDesign, size: float
    ) -> None:
        super().__init__(renderer, candidates)
        self._design, self._size = design, size
        self._paper = _Paper.of(design)
        self._count = len(candidates.named) or min(candidates.count or QUESTIONS, QUESTIONS)
        self._large = design.text_size == "large"
        self._tick, self._circle = (6.5 * MM, 9 * MM) if self._large else (4.5 * MM, 5.5 * MM)
        self._barred: set[str] = set()
        self._heights: dict[str, float] = {}  # of questions that were measured
        around = heights_of(self.lay_out([], measuring=True))
        self._room = self._paper.height - 2 * _MARGIN - around["head"] - around["foot"] - _GAP
        if self._room < self._count * 3 * size:
            raise MisuseError(
                problem(
                    _("title, organiser, contact, date, link and logo leave no room for questions"),
                    _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
                )
            )

    def print(self) -> tuple[bytes, Quiz]:
        """Choose questions, and print them; raises QuizgenError where too few have room."""
        chosen = self._chosen()
        about = About(
            _("Before and after the talk").translated(self.language), self._design.organiser, self.language
        )
        return self.renderer.write(self.lay_out(chosen), about), self.candidates.quiz(chosen)

    def values(self, questions: Sequence[QuestionView], *, measuring: bool) -> dict[str, Any]:
        paper, size = self._paper, self._size
        table = paper.height - 2 * _MARGIN - _ABOVE_TALLY * size
        row = min(_TALLEST_ROW[self._design.text_size], table / (self._count + 1))
        shares = _SHARES[paper.across]
        return {
            **form_values(
                self._design,
                self.language,
                _("title, organiser, contact, date, link and logo leave no room for questions"),
            ),
            "seed": self.candidates.seed,
            "large": self._large,
            "size": size,
            "small": 16 if self._large else MIN_TYPE_SIZE,
            "tick": self._tick,
            "circle": self._circle,
            "width": paper.width,
            "height": SETTING_PAGE_HEIGHT if measuring else paper.height,
            "across": paper.across,
            "margin": _MARGIN,
            "column": paper.column,
            "gap": 0 if measuring else self._gap(questions),
            "questions": questions,
            "columns": {each.id: self._columns(each) for each in questions},
            "short": _shortened,
            "tally_row": round(row, 2),
            "tally_shares": shares,
            "asked_width": shares[0] / 100 * (paper.width - 2 * _MARGIN) - 0.8 * size - 1,
            "asked_lines": max(1, int((row - 0.4 * size - 1) / (1.25 * size))),
        }

    def may_fit(self, question: QuestionView) -> bool:
        if question.id in self._barred or question.exhibit or not asks_for_one_option(question):
            return False
        columns, han = self._columns(question), is_han(self.language)
        room = self._paper.column - 1.7 * self._size
        lines: float = line_count(question.stem, self._size, room, bold=True, han=han)
        if columns:
            width = room / columns - self._tick
            options = (f"{option.letter} {option.text}" for option in question.options)
            lines += sum(line_count(option, self._size, width) for option in options) / columns
        height = lines * locale(self.language).leading * self._size + self._circle
        return bool(_SURE_PART * height <= self._most_height)

    def fits(self, question: QuestionView, heights: Mapping[str, float]) -> bool:
        self._heights[question.id] = heights[f"question-{question.number}"]
        return self._heights[question.id] <= self._most_height

    @property
    def _most_height(self) -> float:
        return _MOST_SHARES * self._room / self._count

    def _chosen(self) -> list[Question]:
        """Choose questions that have room beside each other, short ones making room for longer.

        Whoever ticks true, or false, all along must not be right: others are tried, where there are any.
        """
        second_best: list[Question] = []
        for _attempt in range(_TRIES):
            try:
                chosen = self.choose(self._count, ["apply"] * self._count)
            except QuizgenError:
                if second_best:
                    break
                raise
            if sum(self._heights[each.id] for each in chosen) > self._room:
                self._barred.add(max(chosen, key=lambda each: self._heights[each.id]).id)
                continue
            alike = _on_one_side(chosen)
            if not alike or self.candidates.named:
                return chosen
            second_best = second_best or chosen
            self._barred.add(alike[-1].id)
        if second_best:
            return second_best
        raise MisuseError(
            problem(
                _("title, organiser, contact, date, link and logo leave no room for questions"),
                _("shorten them or leave some out, or take a larger --paper or a smaller --text-size"),
            )
        )

    def _gap(self, questions: Sequence[QuestionView]) -> float:
        """Return the white before each question: what is left, shared out."""
        white = self._room - sum(self._heights[each.id] for each in questions)
        return round(min(white / len(questions), _MOST_GAP * self._size), 2)

    def _columns(self, question: QuestionView) -> int:
        """Return how many options stand beside each other, or 0 where the scale has room beside all of them."""
        room, han = self._paper.column - 1.7 * self._size, is_han(self.language)
        texts = [f"{option.letter} {option.text}" for option in question.options]
        longest = max((text_width(each, han=han) for each in texts), default=0) * self._size
        taken = 1.05 * longest + self._tick + 8 + 0.6 * self._size
        count = len(question.options)
        words = _("How sure are you?").translated(self.language)
        scale = 1.1 * estimate_width(words) * self._size + 5 * 1.4 * self._circle
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
    """Return the beginning of a stem, of ``most`` ems, so that whoever counts knows which question it is."""
    if estimate_width(stem) <= most:
        return stem
    end = next(index for index in range(len(stem)) if estimate_width(stem[: index + 1]) > most)
    cut = stem[:end]
    return (cut.rpartition(" ")[0] if " " in cut else cut).rstrip(",.;:，。；：、") + "…"


def _make(job: PrintJob, design: BeforeAfterDesign) -> Printed:
    pdf, quiz = print_before_after(job.candidates(), design)
    questions = ngettext("{count} question", "{count} questions", len(quiz.questions))
    return Printed(pdf, _("sheets for before and after a talk, of {questions}", questions=questions))


LAYOUT = Layout(
    name="before-after",
    help=N_("the same five questions before a talk and after it, and a table to count them in"),
    design=BeforeAfterDesign,
    make=_make,
    kit=KitSheet(
        45,
        "per-visitor",
        "one",
        _(
            "Filled in before the talk and after it, to see what it has changed. Print its last page, a table to count in, only once."
        ),
        (_("A pen for each visitor"), _("Scissors, or a knife and a ruler")),
    ),
)
