"""How a layout chooses questions for the place that it has: nothing shrinks, another question is taken."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from quizgen.assemble import Candidates, Part, part_of
from quizgen.errors import QuizgenError, problem
from quizgen.model import Question

Measure: TypeAlias = Callable[[Sequence[Question]], Iterable[str]]
"""Lays questions out, and gives the ids of those that have room."""

_SPARE = 8
"""So many more than are needed are laid out with them, since to lay out again takes longer than to lay out more."""


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

    ``may`` tells without laying anything out what a layout has a place for: by its kind, and by a guess of its size
    (``paper/widths.py``), which should rather let too much pass. What it lets pass is measured, some at a time.
    ``mix`` names the part of a quiz (:data:`quizgen.assemble.MIX`) that each place is for; places beyond it, and
    those for whose part nothing fits, are for any. The quiz's own questions go before all others, and those asked
    for by name stand beside each other whatever they are. They come in the order of their places.

    Raises QuizgenError that names each question asked for by name that does not fit, or tells how many fit where
    these are too few; ``layout`` is the name by which it speaks of the layout.
    """
    order = [*candidates.own, *candidates.others]
    room = {question.id: False for question in order if not may(question)}
    while True:
        left = [question for question in order if room.get(question.id, True)]
        ranked = _taken(left, count + _SPARE, mix[:count], candidates)
        taken = ranked[:count]
        needed = [question for question in candidates.own if question.id in candidates.named]
        unknown = [question for question in [*taken, *needed] if question.id not in room]
        if not unknown:
            _refuse(candidates, taken, count, room, layout)
            return taken
        unknown += [question for question in ranked[count:] if question.id not in room]
        fitting = set(measure(list({question.id: question for question in unknown}.values())))
        room |= {question.id: question.id in fitting for question in unknown}


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
    questions: Sequence[Question], count: int, mix: Sequence[Part], candidates: Candidates
) -> list[Question]:
    """Take questions for so many places, each the first that may stand beside those taken before it."""
    bank = candidates.bank
    barred: set[str] = set()
    used: set[str] = set()

    def take(wanted: Iterable[Question]) -> Question | None:
        may = [question for question in wanted if question.id not in barred]
        best = next((question for question in may if used.isdisjoint(bank.facts_behind(question))), None)
        best = best or next(iter(may), None)
        if best:
            barred.update((best.id, *(() if candidates.named else best.enemies)))
            used.update(() if candidates.named else bank.facts_behind(best))
        return best

    by_part = [
        take(question for question in questions if part_of(question, bank.exhibits) == part) for part in mix
    ]
    taken = [each or take(questions) for each in by_part]
    taken += [take(questions) for _ in range(count - len(taken))]
    return [each for each in taken if each]
