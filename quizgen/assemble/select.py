"""Selecting the questions that a recipe admits, and how many a quiz has."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.assemble.draw import Pool
from quizgen.errors import MisuseError, Problem, QuizgenError, nearest, problem
from quizgen.ids import find_id
from quizgen.model import DIFFICULTIES, LEVELS, Bank, Question
from quizgen.text.messages import Message, _, ngettext

DEFAULT_COUNT = 10

AskedAudience: TypeAlias = Literal["everyone", "work", "all"]
"""Who the questions of a quiz are for, or all questions."""


class Recipe(Struct, frozen=True):
    """What a quiz should be. Empty selections admit everything.

    ``count`` is ``None`` for the default: 10, or all the named questions, or as many as there are if the selection has fewer.
    ``questions`` are full ids, or slugs that only one topic has. ``large_print`` is for a sheet in large print, which has no room
    for long exhibits. ``audience`` is who the questions are for, or all; ``written_only`` leaves generated ones out. Questions
    asked for by name are always admitted.
    """

    count: int | None = None
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    difficulties: tuple[int, ...] = ()
    questions: tuple[str, ...] = ()
    written_only: bool = False
    audience: AskedAudience = "everyone"
    large_print: bool = False

    @property
    def max_long(self) -> int | None:
        """The largest number of long exhibits: one; in large print, none; no limit if kinds or questions are named."""
        if self.large_print:
            return 0
        return None if self.kinds or self.questions else 1


def select(bank: Bank, recipe: Recipe) -> list[Question]:
    """List the questions that a recipe admits, in the order of the bank, or of the ids if it names questions."""
    problems = [
        *_unknown("topic", recipe.topics, bank.topics),
        *(_unknown("kind", recipe.kinds, _kinds()) if recipe.kinds else ()),
        *_unknown("level", recipe.levels, LEVELS),
        *_unknown("difficulty", recipe.difficulties, DIFFICULTIES),
    ]
    named = [find_id(name, bank.questions, _("question")) for name in dict.fromkeys(recipe.questions)]
    problems += [each for each in named if isinstance(each, Problem)]
    if recipe.count is not None and recipe.count < 1:
        problems.append(
            problem(_("a quiz cannot have {count} questions"), _("ask for 1 or more"), count=recipe.count)
        )
    if problems:
        raise MisuseError(problems)
    candidates = (
        [bank.questions[name] for name in map(str, named)]
        if recipe.questions
        else list(bank.questions.values())
    )
    return [
        question
        for question in candidates
        if (not recipe.topics or question.topic in recipe.topics)
        and (not recipe.kinds or question.kind in recipe.kinds)
        and (not recipe.levels or question.level in recipe.levels)
        and (not recipe.difficulties or question.difficulty in recipe.difficulties)
        and (recipe.questions or _fits(recipe, question))
    ]


def _fits(recipe: Recipe, question: Question) -> bool:
    """Return whether a question has the right audience, and is written if generated ones are left out."""
    return recipe.audience in ("all", question.audience) and not (recipe.written_only and question.generated)


def wanted_count(bank: Bank, recipe: Recipe, available: int) -> int:
    """Return how many questions a recipe asks for, given how many are available.

    Raises MisuseError if there are none, or fewer than asked for, and QuizgenError if the bank has no questions at all.
    """
    wanted = recipe.count
    if wanted is None:
        wanted = available if recipe.questions else min(DEFAULT_COUNT, available)
    if available == 0 and not bank.questions:
        raise QuizgenError(
            problem(_("the bank has no questions yet"), _("write one with `quizgen bank new`"))
        )
    if available == 0:
        raise MisuseError(
            problem(
                _("no questions match this selection"),
                _("widen the selection: drop a topic, kind, level or difficulty"),
            )
        )
    if wanted > available:
        raise MisuseError(
            problem(
                ngettext(
                    "you asked for {wanted} questions, but only 1 matches this selection",
                    "you asked for {wanted} questions, but only {count} match this selection",
                    available,
                    wanted=wanted,
                ),
                _("ask for {available} or fewer"),
                available=available,
            )
        )
    return wanted


def draw_questions(bank: Bank, recipe: Recipe, seed: int) -> list[Question]:
    """Draw the questions of a recipe; all that it names, if it names exactly that many."""
    pool = select(bank, recipe)
    count = wanted_count(bank, recipe, len(pool))
    if recipe.questions and count == len(pool):
        return pool
    return Pool(pool, bank.exhibits, recipe.max_long).draw(count, seed)


def freshest_seed(bank: Bank, recipe: Recipe, seen: Collection[str], seeds: Sequence[int]) -> int:
    """Return the first of some seeds whose quiz has the most questions that are not in ``seen``, a set of ids.

    Raises MisuseError as ``draw_questions`` does.
    """
    selected = select(bank, recipe)
    count = wanted_count(bank, recipe, len(selected))
    pool = Pool(selected, bank.exhibits, recipe.max_long)
    best, most_fresh = seeds[0], -1
    for seed in seeds:
        fresh = sum(question.id not in seen for question in pool.draw(count, seed))
        if fresh > most_fresh:
            best, most_fresh = seed, fresh
        if most_fresh == count:
            break
    return best


_WHAT: Mapping[str, Message] = {
    "topic": _("topic"),
    "kind": _("kind"),
    "level": _("level"),
    "difficulty": _("difficulty"),
}


def _unknown(what: str, asked: Iterable[object], known: Iterable[object]) -> list[Problem]:
    names = [str(name) for name in known]
    return [
        problem(
            _("no {what} {asked!r}"),
            _near_or_all(what, str(name), names),
            what=_WHAT[what],
            asked=str(name),
        )
        for name in asked
        if str(name) not in names
    ]


def _kinds() -> Iterable[str]:
    from quizgen.kinds import KINDS  # noqa: PLC0415  a quiz of all kinds starts faster without their modules

    return KINDS


def _near_or_all(what: str, name: str, names: Sequence[str]) -> Message:
    few = 8  # `quizgen bank list` lists questions and topics, not kinds
    all_named = what == "kind" or len(names) <= few
    listed = (
        _("there are {ids}", ids=tuple(names)) if all_named else _("`quizgen bank list` shows all of them")
    )
    return nearest(name, names, cutoff=0.5) or listed
