"""Choosing questions that fit a layout: if a question has no room, nothing shrinks, but another question takes its place."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from quizgen.assemble import Candidates, Category, pick_questions
from quizgen.errors import QuizgenError, problem
from quizgen.model import Question
from quizgen.paper.renderer import Renderer, element_heights
from quizgen.text.messages import NOTHING, Message, _
from quizgen.view.question import QuestionView

if TYPE_CHECKING:
    from weasyprint import Document

FindFitting: TypeAlias = Callable[[Sequence[Question]], Iterable[str]]
"""Lays out questions, and returns the ids of those that have room."""

_EXTRA_MEASURED = 8
"""How many more questions than needed to measure, because a second layout takes longer than a larger one."""


_MAX_NAMED = 12
"""The most questions that an error names as having no room."""


def choose_fitting_questions(
    candidates: Candidates,
    count: int,
    find_fitting: FindFitting,
    *,
    layout: str,
    may_fit: Callable[[Question], bool] = lambda _: True,
    known: dict[str, bool] | None = None,
    category_mix: Sequence[Category] = (),
    fewest: int = 0,
    limits: Message = NOTHING,
) -> list[Question]:
    """Choose ``count`` questions that fit a sheet.

    No two of them are enemies (questions that give each other away), and no two are on the same fact if that is
    possible. Questions of the drawn quiz come before all others. Questions that the user asked for may be enemies or
    share a fact.

    ``may_fit`` quickly estimates whether a question may fit; it should accept too many rather than too few.
    ``find_fitting`` then lays out the accepted questions, several at a time. ``known`` says of questions, by
    id, whether they fit. These are neither estimated nor laid out. What is found out of others is added.

    ``category_mix`` names the category (:data:`quizgen.assemble.Category`) of each question, such as ``["apply"] *
    4``. If no question of a category fits, one of another category is chosen. The result has the order of the mix.

    If no more fit, ``fewest`` questions are enough, unless ``fewest`` is 0 or the user asked for a question by its id.

    Raises QuizgenError if a question that the user asked for does not fit, or if too few fit. ``layout`` is the name
    of the layout in the error, and ``limits`` says there what fits.
    """
    room = {} if known is None else known  # as measured, or as estimated if the estimate says no

    def can_be_picked(question: Question) -> bool:
        if question.id not in room and not may_fit(question):
            room[question.id] = False
        return room.get(question.id, True)

    while True:
        taken = pick_questions(candidates, count, category_mix[:count], can_be_picked)
        named = [question for question in candidates.from_quiz if question.id in candidates.named]
        if all(question.id in room for question in (*taken, *filter(can_be_picked, named))):
            is_enough = fewest and not candidates.named and len(taken) >= fewest
            _raise_if_too_few_fit(candidates, taken, len(taken) if is_enough else count, room, layout, limits)
            return taken
        # What takes the place of a question has its category.
        more = count + _EXTRA_MEASURED
        more_mix = [category_mix[index % len(category_mix)] for index in range(more)] if category_mix else []
        ranked = pick_questions(candidates, more, more_mix, can_be_picked)
        wanted = (*named, *taken, *ranked)
        unknown = {question.id: question for question in wanted if question.id not in room}
        fitting = set(find_fitting(list(unknown.values())))
        room |= {id_: id_ in fitting for id_ in unknown}


def _raise_if_too_few_fit(
    candidates: Candidates,
    taken: Sequence[Question],
    count: int,
    room: dict[str, bool],
    layout: str,
    limits: Message,
) -> None:
    """Raise QuizgenError if a question that the user named does not fit, or if fewer than ``count`` were ``taken``.

    ``room`` says of each question that was measured, by id, whether the sheet has room for it.
    """
    if tall := [id_ for id_ in candidates.named if not room[id_]]:
        raise QuizgenError(
            problem(
                _("{question} does not fit on {layout}"),
                _("shorten it, or name another; {limits}", limits=limits)
                if limits
                else _("name another, or take a larger --paper or a smaller --text-size"),
                question=id_,
                layout=layout,
            )
            for id_ in tall
        )
    if len(taken) < count:
        hint = (
            _("name more of them, or leave --question out")
            if candidates.named
            else _("ask for more topics, kinds, levels or difficulties, or write more questions")
        )
        unfit = tuple(id_ for id_, fits in room.items() if not fits)
        if 0 < len(unfit) <= _MAX_NAMED:
            hint = _("{hint}; these have no room on it: {questions}", hint=hint, questions=unfit)
        raise QuizgenError(
            problem(
                _(
                    "{layout} takes {wanted} questions that fit ({limits}), and of those asked for there are {found}"
                )
                if limits
                else _(
                    "{layout} takes {wanted} questions that fit, and of those asked for there are {found}"
                ),
                hint,
                limits=limits,
                layout=layout,
                wanted=count,
                found=len(taken),
            )
        )


class QuestionSheet(ABC):
    """A sheet with room for a few questions, which chooses questions that fit.

    A subclass says what its template draws, which questions are worth measuring, and which fit. The template
    ``{name}.html`` is laid out for two purposes:

    - To print, it draws the sheet with the chosen questions.
    - To measure (``measuring`` is true), it gets more questions than the sheet has room for. It draws them one below
      the other, in the type and width that they have on the sheet, on a page high enough for all (9000 points). Each
      element whose height ``fits`` needs has an id that ends in the question's number, such as ``front-3``.

    ``tests/recipes/test_layout.py`` has a small example with its template.
    """

    name: ClassVar[str]
    """The name of the layout and of its template."""

    def __init__(self, renderer: Renderer, candidates: Candidates) -> None:
        self.renderer, self.candidates = renderer, candidates
        self.bank, self.language = candidates.bank, candidates.language
        self._measured: dict[str, tuple[QuestionView, Mapping[str, float]]] = {}
        """Each measured question, with the heights of the layout that it was measured in."""

    @abstractmethod
    def template_values(self, questions: Sequence[QuestionView], *, measuring: bool) -> dict[str, Any]:
        """Return the values for the template, by name. It also gets ``measuring``."""

    @abstractmethod
    def may_fit(self, question: QuestionView) -> bool:
        """Return whether a question is worth measuring, judged by its kind and an estimate of its size."""

    @abstractmethod
    def fits(self, question: QuestionView, heights: Mapping[str, float]) -> bool:
        """Return whether the sheet has room for a question; ``heights`` maps ids of elements to heights in points."""

    def lay_out(self, questions: Sequence[Question]) -> "Document":
        """Lay out the sheet with these questions, to print it."""
        return self._fill_template(questions, measuring=False)

    def lay_out_to_measure(self, questions: Sequence[Question]) -> "Document":
        """Lay out these questions one below the other, to measure them."""
        return self._fill_template(questions, measuring=True)

    def _fill_template(self, questions: Sequence[Question], *, measuring: bool) -> "Document":
        values = self.template_values(self._question_views(questions), measuring=measuring)
        return self.renderer.lay_out(f"{self.name}.html", {**values, "measuring": measuring})

    def choose_questions(
        self,
        count: int,
        category_mix: Sequence[Category],
        *,
        fewest: int = 0,
        known: dict[str, bool] | None = None,
    ) -> list[Question]:
        """Choose questions that fit, one for each category in ``category_mix``.

        Unless ``fewest`` is 0, so many are enough if no more fit. ``known`` is as in ``choose_fitting_questions``.

        Raises QuizgenError as ``choose_fitting_questions`` does.
        """
        return choose_fitting_questions(
            self.candidates,
            count,
            self._fitting_ids,
            layout=self.name,
            may_fit=lambda question: self.may_fit(QuestionView(question, self.bank, self.language)),
            known=known,
            category_mix=category_mix,
            fewest=fewest,
        )

    def _fitting_ids(self, questions: Sequence[Question]) -> list[str]:
        if new := [question for question in questions if question.id not in self._measured]:
            heights = element_heights(self.lay_out_to_measure(new))
            self._measured |= {view.id: (view, heights) for view in self._question_views(new)}
        return [question.id for question in questions if self.fits(*self._measured[question.id])]

    def _question_views(self, questions: Sequence[Question]) -> list[QuestionView]:
        return [
            QuestionView(question, self.bank, self.language, number)
            for number, question in enumerate(questions, start=1)
        ]
