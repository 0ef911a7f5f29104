"""Chooses questions that fit a layout: where one has no room, nothing shrinks, but another question is taken."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, ClassVar, TypeAlias

from quizgen.assemble import Candidates, Part, part_of
from quizgen.errors import QuizgenError, problem
from quizgen.model import Question
from quizgen.paper.renderer import Renderer, heights_of
from quizgen.view.question import QuestionView

Measure: TypeAlias = Callable[[Sequence[Question]], Iterable[str]]
"""Lays questions out, and gives the ids of those that have room."""

_SPARE = 8
"""How many more questions than needed are measured: to lay out twice takes longer than to lay out more at once."""


def choose(
    candidates: Candidates,
    count: int,
    measure: Measure,
    *,
    layout: str,
    may: Callable[[Question], bool] = lambda _: True,
    mix: Sequence[Part] = (),
) -> list[Question]:
    """Choose ``count`` questions that fit, no two of them enemies, and none on one fact where that can be had.

    ``may`` tells without laying anything out whether a question may fit: by its kind, and by a guess of its size, which
    should let too many pass rather than too few. What it lets pass is measured, some at a time.

    ``mix`` has for each place the part of a quiz (:data:`quizgen.assemble.Part`) that its question comes from, as in
    ``["apply"] * 4``. A place beyond the mix takes any question, and so does one for whose part nothing fits.

    The questions of the quiz as drawn are taken before all others. Where questions are asked for by name, two of them
    may be enemies or rest on one fact. The questions are returned in the order of their places.

    Raises QuizgenError that names each question asked for by name that does not fit, or tells how many fit where
    these are too few; ``layout`` is the name by which it speaks of the layout.
    """
    room: dict[str, bool] = {}  # by measure, or by the guess where that says no

    def is_open(question: Question) -> bool:
        if question.id not in room and not may(question):
            room[question.id] = False
        return room.get(question.id, True)

    while True:
        ranked = _taken(candidates, count + _SPARE, mix[:count], is_open)
        taken = ranked[:count]
        named = [question for question in candidates.own if question.id in candidates.named]
        if all(question.id in room for question in (*taken, *filter(is_open, named))):
            _refuse(candidates, taken, count, room, layout)
            return taken
        unknown = {question.id: question for question in (*named, *ranked) if question.id not in room}
        fitting = set(measure(list(unknown.values())))
        room |= {id_: id_ in fitting for id_ in unknown}


def _refuse(
    candidates: Candidates, taken: Sequence[Question], count: int, room: dict[str, bool], layout: str
) -> None:
    if tall := [id_ for id_ in candidates.named if not room[id_]]:
        raise QuizgenError(
            problem("print.no-place", "print.name-another", question=id_, layout=layout) for id_ in tall
        )
    if len(taken) < count:
        hint = "print.name-more" if candidates.named else "print.widen"
        raise QuizgenError(problem("print.too-few-fit", hint, layout=layout, wanted=count, found=len(taken)))


def _taken(
    candidates: Candidates, count: int, mix: Sequence[Part], is_open: Callable[[Question], bool]
) -> list[Question]:
    """Take questions for so many places, each the first that may stand beside those taken before it."""
    bank, free = candidates.bank, bool(candidates.named)
    barred: set[str] = set()
    used: set[str] = set()

    def take(part: Part | None = None) -> Question | None:
        best = None
        for question in chain(candidates.own, candidates.others):
            if question.id in barred or part not in (None, part_of(question, bank.exhibits)):
                continue
            if not is_open(question):
                continue
            best = best or question
            if free or used.isdisjoint(bank.facts_behind(question)):
                best = question
                break
        if best:
            barred.update((best.id, *(() if free else best.enemies)))
            used.update(bank.facts_behind(best))
        return best

    by_part = [take(part) for part in mix]
    taken = [each or take() for each in by_part]
    taken += [take() for _ in range(count - len(taken))]
    return [each for each in taken if each]


class QuestionSheet(ABC):
    """A sheet with room for a few questions: it measures candidates in its own template, and takes those that fit.

    A subclass says what its template draws, which questions are worth measuring, and which fit. The template
    ``{name}.html`` is laid out for two purposes:

    - To print, it draws the sheet with the chosen questions.
    - To measure (``measuring`` is true), it gets more questions than the sheet has places. It draws only what belongs to
      each question, in the type and the width that this has on the sheet, one question below the other, on a page high
      enough for all (9000 points). Each element whose height ``fits`` asks for has an id that ends in the question's
      number: ``front-3``.

    ``tests/recipes/test_layout.py`` has a small one with its template.
    """

    name: ClassVar[str]
    """The layout's name, which is its template's too."""

    def __init__(self, renderer: Renderer, candidates: Candidates) -> None:
        self.renderer, self.candidates = renderer, candidates
        self.bank, self.language = candidates.bank, candidates.language
        self._known: dict[str, bool] = {}  # whether a question fits, once it was measured

    @abstractmethod
    def values(self, questions: Sequence[QuestionView], *, measuring: bool) -> dict[str, Any]:
        """Return the values that the template reads, by name, without ``measuring``, which it gets as well."""

    @abstractmethod
    def may_fit(self, question: QuestionView) -> bool:
        """Tell by its kind, and by a guess of its size, whether a question is worth measuring."""

    @abstractmethod
    def fits(self, question: QuestionView, heights: Mapping[str, float]) -> bool:
        """Tell whether a question has room, by the heights of elements by their ids, in points."""

    def lay_out(self, questions: Sequence[Question], *, measuring: bool = False) -> Any:
        """Lay out the sheet with these questions, or what is measured of them: a ``weasyprint.Document``."""
        values = self.values(self._views(questions), measuring=measuring)
        return self.renderer.lay_out(f"{self.name}.html", {**values, "measuring": measuring})

    def choose(self, count: int, mix: Sequence[Part]) -> list[Question]:
        """Choose questions that fit, a place for each part in ``mix``, as ``["apply"] * 4``; raises as :func:`choose` does."""
        return choose(
            self.candidates,
            count,
            self._fitting,
            layout=self.name,
            may=lambda question: self.may_fit(QuestionView(question, self.bank, self.language)),
            mix=mix,
        )

    def _fitting(self, questions: Sequence[Question]) -> list[str]:
        if new := [question for question in questions if question.id not in self._known]:
            heights = heights_of(self.lay_out(new, measuring=True))
            self._known |= {view.id: self.fits(view, heights) for view in self._views(new)}
        return [question.id for question in questions if self._known[question.id]]

    def _views(self, questions: Sequence[Question]) -> list[QuestionView]:
        return [
            QuestionView(question, self.bank, self.language, number)
            for number, question in enumerate(questions, start=1)
        ]
